//! The first line of a list, which names its columns.

use csv::{ReaderBuilder, StringRecord};
use lodge_core::name::shown;
use lodge_ground::near::distance;

/// The content of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Name,
    Email,
    MatrixId,
    Role,
    Cohort,
    Organisation,
    ValidUntil,
    Course,
    Headline,
}

/// The columns there are, for the message about an unknown one.
pub(super) const COLUMNS: &str = "name, email, matrix_id, role, cohort, organisation, valid_until, course, headline";

/// The characters by which spreadsheets separate cells. Of equals the last is taken, so the usual one stands there.
const DELIMITERS: [char; 4] = ['|', '\t', ';', ','];

/// The separator of the cells: that by which the first line names the most columns that are known.
pub(super) fn delimiter(text: &str) -> char {
    let known = |delimiter: &char| {
        let first = first_line(text, *delimiter);
        let cells = first.as_ref().map_or(0, StringRecord::len);
        (first.map_or(0, |first| first.iter().filter(|name| column(name).is_some()).count()), cells)
    };
    DELIMITERS.into_iter().max_by_key(known).unwrap_or(',')
}

fn first_line(text: &str, delimiter: char) -> Option<StringRecord> {
    let delimiter = u8::try_from(delimiter).ok()?;
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes());
    reader.records().filter_map(Result::ok).find(|record| record.iter().any(|cell| !super::is_blank(cell)))
}

/// The content of each column, from the names in the first line; nothing in one without a name.
pub(super) fn columns(header: &StringRecord) -> Result<Vec<Option<Column>>, Vec<String>> {
    let mut columns: Vec<Option<Column>> = Vec::new();
    let mut wrong = Vec::new();
    for name in header {
        let known = column(name);
        if let Some(before) = known.and_then(|known| columns.iter().position(|column| *column == Some(known))) {
            wrong.push(format!(
                "column {} \"{}\" and column {} \"{}\" are both the {}; expected one of each",
                before + 1,
                shown(&header[before]),
                columns.len() + 1,
                shown(name),
                known.map_or("", Column::name),
            ));
        } else if known.is_none() && !super::is_blank(name) {
            let hint = meant(name).map(|meant| format!("; did you mean {}?", meant.name())).unwrap_or_default();
            wrong.push(format!("there is no column \"{}\"{hint}; expected some of {COLUMNS}", shown(name)));
        }
        columns.push(known);
    }
    let has = |column: Column| columns.contains(&Some(column));
    if wrong.is_empty() {
        let missing = [Column::Name, Column::Role].into_iter().filter(|column| !has(*column));
        wrong.extend(missing.map(|column| format!("there is no column {}; every person has one", column.name())));
        if !has(Column::Email) && !has(Column::MatrixId) {
            wrong.push("there is neither a column email nor matrix_id; people are found by one of them".to_owned());
        }
    }
    if wrong.is_empty() { Ok(columns) } else { Err(wrong) }
}

/// The names of the columns, as lists have them, without anything but letters.
const NAMES: [(Column, &[&str]); 9] = [
    (Column::Name, &["name", "fullname", "displayname"]),
    (Column::Email, &["email", "emailaddress", "mail", "mailaddress", "address"]),
    (Column::MatrixId, &["matrixid", "matrix", "mxid", "matrixaddress", "matrixuser", "matrixuserid"]),
    (Column::Role, &["role"]),
    (Column::Cohort, &["cohort", "group", "yeargroup", "intake"]),
    (Column::Organisation, &["organisation", "organization", "employer", "company"]),
    (Column::ValidUntil, &["validuntil", "until", "validto", "ends", "endson", "enddate", "expires"]),
    (Column::Course, &["course", "degree", "programme", "program", "subject"]),
    (Column::Headline, &["headline", "job", "jobtitle", "position"]),
];

/// The content of a column of this name, however it is spaced, capitalised and joined.
fn column(name: &str) -> Option<Column> {
    let plain = plain(name);
    NAMES.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(column, _)| *column)
}

/// The column that is probably meant by a name that nobody knows: one of its words is a column's, or nearly.
fn meant(name: &str) -> Option<Column> {
    let spaced: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<String> = spaced.split(' ').chain([name]).map(plain).filter(|word| word.len() > 2).collect();
    // Of a short word one letter may be another, of a longer one two.
    let is_near = |word: &str, known: &str| distance(word, known) <= if word.len() > 5 { 2 } else { 1 };
    let is_one_of = |names: &[&str]| words.iter().any(|word| names.contains(&word.as_str()));
    let is_like = |names: &[&str]| words.iter().any(|word| names.iter().any(|known| is_near(word, known)));
    // The last resort is a name that stands within another, such as "surname".
    let is_within = |names: &[&str]| names.iter().any(|known| known.len() > 3 && plain(name).contains(known));
    let first = |fits: &dyn Fn(&[&str]) -> bool| NAMES.iter().find(|(_, names)| fits(names)).map(|(column, _)| *column);
    first(&is_one_of).or_else(|| first(&is_like)).or_else(|| first(&is_within))
}

fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
}

impl Column {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::MatrixId => "matrix_id",
            Self::Role => "role",
            Self::Cohort => "cohort",
            Self::Organisation => "organisation",
            Self::ValidUntil => "valid_until",
            Self::Course => "course",
            Self::Headline => "headline",
        }
    }
}
