//! A message before it is put in words: a sentence's id in the wording files, and the values that are put into it.

use crate::time::{Span, Timestamp};

/// The id of a sentence in the wording files, with the values for its variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The sentence's id in the wording files.
    pub id: &'static str,
    /// The values for its variables, by name.
    pub args: Vec<(&'static str, Arg)>,
}

/// Something put into a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// Somebody's words: shown as they are, never as markup.
    Text(String),
    /// A number, by which a sentence may choose its form.
    Number(u64),
    /// A moment, as a date and a time of day.
    When(Timestamp),
    /// From one moment to another, which is on the same day as a rule: the date, and both times of day.
    Between(Timestamp, Timestamp),
    /// The same time or times of day by the clock of another zone, which has this name: "17:00 in Berlin".
    There(Timestamp, Option<Timestamp>, String),
    /// A moment that may be years away or ago: its day, with the year.
    Day(Timestamp),
    /// A duration, shown in words such as "three days".
    Long(Span),
    /// A page of the service's own: its lines stay lines, and nothing in it is markup.
    Page(String),
    /// The place where a service is found: its account, which clients show as a link to it, or a web page.
    Way(String),
    /// Text for programs, set apart as it is.
    Code(String),
    /// Other sentences, each on a line of its own. Empty is a form of its own.
    Lines(Vec<Wording>),
    /// Other sentences, in one line with commas between.
    Listed(Vec<Wording>),
}

/// Whether a message rings with its reader, who may look elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// It asks for an answer or brings news unasked: clients notify.
    Rings,
    /// It answers words that its reader has just typed: clients show it and no more.
    Silent,
}

impl Wording {
    /// A sentence with nothing to put in.
    pub fn plain(id: &'static str) -> Self {
        Self { id, args: vec![] }
    }

    /// A sentence with these put in.
    pub fn with(id: &'static str, args: Vec<(&'static str, Arg)>) -> Self {
        Self { id, args }
    }
}

/// A message in words, plain and formatted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Without markup: strong words stand in quotation marks, and quotations have "> " before each of their lines.
    pub plain: String,
    /// In the HTML that Matrix allows: paragraphs, line breaks, strong words and quotations only.
    pub html: String,
}

/// A file that is said in the place of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, as its reader's device keeps it.
    pub name: &'static str,
    /// Its kind (RFC 6838), such as `text/calendar`.
    pub media_type: &'static str,
    /// Everything in it.
    pub bytes: Vec<u8>,
}
