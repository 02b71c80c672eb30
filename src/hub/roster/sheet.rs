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
    for record in records {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                wrong.push(bad(error.position().map_or(0, csv::Position::line), error.to_string()));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
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

/// What separates the cells: the first line has it between its names.
fn delimiter(bytes: &[u8]) -> u8 {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |byte: u8| first.iter().filter(|found| **found == byte).count();
    // Of equals the last is taken, so the usual one stands there.
    [b'\t', b';', b','].into_iter().max_by_key(|byte| count(*byte)).unwrap_or(b',')
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
                wrong.push(format!("column {} has no name; expected one of {COLUMNS}", place + 1))
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
    let mail = read_cell(cells, Column::Email, &mut wrong, |value| MailAddress::parse(value).map_err(text_of));
    let address = read_cell(cells, Column::MatrixId, &mut wrong, |value| Address::parse(value).map_err(text_of));
    let until = read_cell(cells, Column::ValidUntil, &mut wrong, |value| last_day(value, zone));
    let name = read_cell(cells, Column::Name, &mut wrong, |value| DisplayName::parse(value).map_err(text_of));
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
