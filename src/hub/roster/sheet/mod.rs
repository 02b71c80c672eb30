//! Reads a roster from a file of separated values, as spreadsheets and student records write it.
//!
//! Columns come in any order, and their names are taken as people write them. Every line that cannot be read is named,
//! with the value that was found and the right form; a column nobody knows is a mistake too, since a misspelt
//! `valid_until` would otherwise be a role without an end. Nothing is guessed: where a file could be read in two ways,
//! the administrator is asked.

mod columns;
mod dates;
mod notes;
mod quotes;
mod text;

use std::collections::BTreeMap;
use std::fmt;

use csv::{ReaderBuilder, StringRecord};
use jiff::tz::TimeZone;
use lodge_core::name::{Address, DisplayName, clean_line, shown};
use lodge_core::people::member::{Field, Role};
use lodge_core::people::roster::{Entry, MailAddress};
use lodge_core::time::Timestamp;

use self::columns::{Column, columns, delimiter};
use self::dates::Written;
use crate::cells::is_formula;

pub use dates::Order;
pub use text::Encoding;

/// The words of somebody who gives a file on how it is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reading {
    /// The order of its dates, where they could be read in two.
    pub dates: Option<Order>,
    /// Its encoding, where it does not say so itself and is not UTF-8.
    pub encoding: Option<Encoding>,
}

/// The reasons for which a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// Lines of it cannot, in the file's order.
    Lines(Vec<AboutLine>),
    /// These dates could be read in two ways, and their order was not given. All else is as it should be.
    DateOrder(Vec<AboutLine>),
}

/// People as a file lists them, each with the line that they stand on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The people, in the file's order.
    pub entries: Vec<Entry>,
    /// The line on which each of them begins, counted from 1.
    pub lines: Vec<u64>,
    /// Values that are taken otherwise than they are written.
    pub notes: Vec<AboutLine>,
}

/// A line of a file that cannot be taken in, or is not taken as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AboutLine {
    /// The line's number, counted from 1.
    pub line: u64,
    /// The mistake, and that which would be right; or the value that is taken.
    pub what: String,
}

impl fmt::Display for AboutLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

/// The longest course, cohort, organisation or headline, in characters.
const VALUE_CHARS_MAX: usize = 200;

/// Reads a roster. The roles hold through their last day in the service's zone.
///
/// # Errors
/// Every line that cannot be read, or the dates whose order is not known.
pub fn read(bytes: &[u8], zone: &TimeZone, reading: &Reading) -> Result<Sheet, Unfit> {
    let text = text::decode(bytes, reading.encoding).map_err(Unfit::Lines)?;
    let (text, first, named) = without_separator_line(&text);
    let delimiter = named.unwrap_or_else(|| delimiter(text));
    let by = u8::try_from(delimiter).unwrap_or(b',');
    let mut reader = ReaderBuilder::new().delimiter(by).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut lines = Lines { bytes: text.as_bytes(), at: 0, line: first };
    let mut records = reader.records().map(|record| {
        let record = record.map_err(|error| Unfit::Lines(vec![bad(lines.line, error.to_string())]))?;
        Ok((lines.of(&record), record))
    });
    let is_something = |record: &Result<(u64, StringRecord), Unfit>| {
        record.as_ref().map_or(true, |(_, record)| !record.iter().all(is_blank))
    };
    let Some(header) = records.by_ref().find(is_something) else {
        return Err(Unfit::Lines(vec![bad(1, "expected the names of the columns, found an empty file")]));
    };
    let (line, header) = header?;
    let columns =
        columns(&header).map_err(|whats| Unfit::Lines(whats.into_iter().map(|what| bad(line, what)).collect()))?;
    let unclosed = quotes::unclosed(text, delimiter, columns.len());
    if !unclosed.is_empty() {
        let below = |bad: AboutLine| AboutLine { line: bad.line + first - 1, ..bad };
        return Err(Unfit::Lines(unclosed.into_iter().map(below).collect()));
    }
    let mut people = People { order: reading.dates, ..People::new(zone) };
    for record in records.filter(is_something) {
        let (line, record) = record?;
        people.add(line, &record, &columns);
    }
    people.read()
}

/// The people of a file while they are read.
struct People<'a> {
    zone: &'a TimeZone,
    order: Option<Order>,
    sheet: Sheet,
    wrong: Vec<AboutLine>,
    /// The dates that could be read in two ways.
    unclear: Vec<AboutLine>,
    /// The first date of each order that can be read in that order alone.
    only: [Option<(Order, AboutLine)>; 2],
}

impl<'a> People<'a> {
    fn new(zone: &'a TimeZone) -> Self {
        let sheet = Sheet { entries: Vec::new(), lines: Vec::new(), notes: Vec::new() };
        Self { zone, order: None, sheet, wrong: Vec::new(), unclear: Vec::new(), only: [None, None] }
    }

    fn add(&mut self, line: u64, record: &StringRecord, columns: &[Option<Column>]) {
        let cells = match cells(record, columns) {
            Ok(cells) => cells,
            Err(what) => return self.wrong.push(bad(line, what)),
        };
        let mut whats = Vec::new();
        let until = read_cell(&cells, Column::ValidUntil, &mut whats, |value| dates::read(value, self.order));
        let until = until.and_then(|written| self.last_day(line, &cells[&Column::ValidUntil], written));
        match entry(&cells, until, whats) {
            Ok(entry) => {
                let notes = notes::notes(record, columns, &entry);
                self.sheet.notes.extend(notes.into_iter().map(|what| bad(line, what)));
                self.sheet.entries.push(entry);
                self.sheet.lines.push(line);
            }
            Err(whats) => self.wrong.extend(whats.into_iter().map(|what| bad(line, what))),
        }
    }

    /// The moment at which the day is over that a date says; nothing for no end, and as long as it could be two days.
    fn last_day(&mut self, line: u64, value: &str, written: Written) -> Option<Timestamp> {
        let value = shown(value);
        let day = match written {
            Written::NoEnd => return None,
            Written::Day(day) => day,
            Written::Counted(day) => {
                let what = format!("valid_until: {value} is taken for {day}, as spreadsheets count days");
                self.sheet.notes.push(bad(line, what));
                day
            }
            Written::Only(order, day) => {
                let place = &mut self.only[usize::from(order != Order::DayFirst)];
                place.get_or_insert_with(|| (order, bad(line, format!("valid_until: {value} is {}", order.name()))));
                day
            }
            Written::Either(day_first, month_first) => {
                let what = format!("valid_until: {value} is {day_first} or {month_first}");
                self.unclear.push(bad(line, what));
                return None;
            }
        };
        let next = day.tomorrow().and_then(|next| next.to_zoned(self.zone.clone()));
        next.ok().map(|next| Timestamp::from_millis(next.timestamp().as_millisecond()))
    }

    fn read(mut self) -> Result<Sheet, Unfit> {
        if let [Some((_, one)), Some((_, other))] = &self.only {
            for line in [one, other] {
                let what = format!(
                    "{}, and other dates of the file are in the other order; write them all as in 2027-06-30",
                    line.what
                );
                self.wrong.push(bad(line.line, what));
            }
        }
        if !self.wrong.is_empty() {
            self.wrong.sort_by_key(|bad| bad.line);
            return Err(Unfit::Lines(self.wrong));
        }
        if self.unclear.is_empty() { Ok(self.sheet) } else { Err(Unfit::DateOrder(self.unclear)) }
    }
}

/// The text below a first line such as `sep=;`, by which spreadsheets are told what separates the cells, on which line it
/// begins, and what that was.
fn without_separator_line(text: &str) -> (&str, u64, Option<char>) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let told = first.trim().trim_matches('"').strip_prefix("sep=").and_then(|by| by.chars().next());
    // A tab is trimmed away with the blanks.
    let told = told.or_else(|| first.starts_with("sep=\t").then_some('\t')).filter(char::is_ascii);
    told.map_or((text, 1, None), |by| (rest, 2, Some(by)))
}

/// Counts the lines of a file.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line on which a record begins; records are asked about in their order. At the place where the reader says
    /// that one begins, there may still be the end of the line before, and empty lines.
    fn of(&mut self, record: &StringRecord) -> u64 {
        let begins = record.position().and_then(|place| usize::try_from(place.byte()).ok()).unwrap_or(self.at);
        while let Some(byte) = self.bytes.get(self.at).filter(|byte| self.at < begins || b"\r\n".contains(byte)) {
            let next = self.bytes.get(self.at + 1);
            self.line += u64::from(*byte == b'\n' || (*byte == b'\r' && next != Some(&b'\n')));
            self.at += 1;
        }
        self.line
    }
}

/// Whether nothing can be seen in a cell.
fn is_blank(cell: &str) -> bool {
    clean_line(cell).is_empty()
}

/// The cells of a line that hold anything. Columns without a name are empty.
fn cells(record: &StringRecord, columns: &[Option<Column>]) -> Result<BTreeMap<Column, String>, String> {
    let named = columns.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    // A line that is longer may as well have a separator within a value, even if its end is empty.
    if record.len() < named || record.len() > columns.len() {
        return Err(format!(
            "{} values, where the first line names {named} columns; a value with the separator in it stands in \"quotes\"",
            record.len(),
        ));
    }
    let mut cells = BTreeMap::new();
    for (place, cell) in record.iter().enumerate().filter(|(_, cell)| !is_blank(cell)) {
        match columns.get(place).copied().flatten() {
            Some(column) if cell.contains('\u{FFFD}') => {
                return Err(format!(
                    "{}: \u{FFFD} stands where a letter was lost before; write it anew, found \"{}\"",
                    column.name(),
                    shown(cell)
                ));
            }
            Some(column) => drop(cells.insert(column, clean_line(cell))),
            None => {
                return Err(format!(
                    "\"{}\" stands in column {}, which has no name in the first line; expected one of {}",
                    shown(cell),
                    place + 1,
                    columns::COLUMNS
                ));
            }
        }
    }
    Ok(cells)
}

/// The person on a line, or all that is wrong with it.
fn entry(
    cells: &BTreeMap<Column, String>,
    until: Option<Timestamp>,
    mut wrong: Vec<String>,
) -> Result<Entry, Vec<String>> {
    let mail = read_cell(cells, Column::Email, &mut wrong, mail);
    let address = read_cell(cells, Column::MatrixId, &mut wrong, |value| Address::typed(value).map_err(text_of));
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

/// The value of a cell, if it has any; a mistake in it is noted.
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
            shown(value)
        ));
    }
    Ok(mail)
}

/// A name that spreadsheets show and do not compute, since any list of people may be opened in one.
fn name(value: &str) -> Result<DisplayName, String> {
    let name = DisplayName::parse(value).map_err(text_of)?;
    if is_formula(name.as_str()) {
        return Err(format!(
            "expected a name, found \"{}\", which spreadsheets take for a formula; write the name without the sign at its beginning",
            shown(value)
        ));
    }
    Ok(name)
}

/// The roles that can be listed.
const ROLES: &str = "student, alumnus, employer, staff, intern or administrator";

fn role(value: &str) -> Result<Role, String> {
    let word = value.to_lowercase();
    Role::from_word(&word).ok_or_else(|| format!("expected {ROLES}, found \"{}\"", shown(value)))
}

fn short(value: &str) -> Result<String, String> {
    let found = value.chars().count();
    if found > VALUE_CHARS_MAX {
        return Err(format!("expected at most {VALUE_CHARS_MAX} characters, found {found}"));
    }
    Ok(value.to_owned())
}

fn text_of(error: impl fmt::Display) -> String {
    error.to_string()
}

fn bad(line: u64, what: impl Into<String>) -> AboutLine {
    AboutLine { line, what: what.into() }
}

#[cfg(test)]
mod tests;
