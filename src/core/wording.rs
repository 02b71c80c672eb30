//! The English wording files, and the parts of sentences that several features use.

use std::sync::{Arc, LazyLock};

pub use lodge_ground::drawing::Drawing;
pub use lodge_ground::wording::{Arg, File, Manner, Rendered, Wording};

use crate::command::phrases::Phrases;
use crate::consent::{Disclosure, Shown};
use crate::people::member::Field;
use crate::people::named::Named;
use crate::policy::Offers;

/// The English files, as they stand in `config/wording/en`.
pub const ENGLISH: &[(&str, &str)] = &[
    ("conversation.ftl", include_str!("../../config/wording/en/conversation.ftl")),
    ("introduction.ftl", include_str!("../../config/wording/en/introduction.ftl")),
    ("arranging.ftl", include_str!("../../config/wording/en/arranging.ftl")),
    ("times.ftl", include_str!("../../config/wording/en/times.ftl")),
    ("people.ftl", include_str!("../../config/wording/en/people.ftl")),
    ("mentors.ftl", include_str!("../../config/wording/en/mentors.ftl")),
    ("rooms.ftl", include_str!("../../config/wording/en/rooms.ftl")),
    ("conduct.ftl", include_str!("../../config/wording/en/conduct.ftl")),
    ("desk.ftl", include_str!("../../config/wording/en/desk.ftl")),
    ("events.ftl", include_str!("../../config/wording/en/events.ftl")),
    ("interview.ftl", include_str!("../../config/wording/en/interview.ftl")),
    ("notes.ftl", include_str!("../../config/wording/en/notes.ftl")),
    ("rights.ftl", include_str!("../../config/wording/en/rights.ftl")),
    ("fields.ftl", include_str!("../../config/wording/en/fields.ftl")),
];

/// The English lists that help with requests, as they stand beside those files.
pub(crate) const ENGLISH_LISTS: &[(&str, &str)] = &[
    ("tips.txt", include_str!("../../config/wording/en/tips.txt")),
    ("questions.txt", include_str!("../../config/wording/en/questions.txt")),
    ("referrals.txt", include_str!("../../config/wording/en/referrals.txt")),
    ("reflection.txt", include_str!("../../config/wording/en/reflection.txt")),
];

/// The English phrases, as they stand beside those files.
pub const ENGLISH_PHRASES: &str = concat!(
    include_str!("../../config/wording/en/phrases.txt"),
    "\n",
    include_str!("../../config/wording/en/examples.txt")
);

/// The English phrases, ready to be read. A test reads the files, so they have no line that cannot be used.
pub fn english_phrases() -> Arc<Phrases> {
    static READY: LazyLock<Arc<Phrases>> =
        LazyLock::new(|| Arc::new(Phrases::parse(ENGLISH_PHRASES).unwrap_or_default()));
    READY.clone()
}

impl Field {
    fn line_id(self) -> &'static str {
        match self {
            Self::Name => "line-name",
            Self::Address => "line-matrix-id",
            Self::Headline => "line-headline",
            Self::Course => "line-course",
            Self::Organisation => "line-organisation",
            Self::Work => "line-work",
            Self::Year => "line-year",
            Self::Gladly => "line-gladly",
            Self::RatherNot => "line-rather-not",
            Self::Languages => "line-languages",
            Self::AnswerTime => "line-answer-time",
            Self::Email => "line-email",
            Self::Phone => "line-phone",
        }
    }

    fn word_id(self) -> &'static str {
        match self {
            Self::Name => "word-name",
            Self::Address => "word-matrix-id",
            Self::Headline => "word-headline",
            Self::Course => "word-course",
            Self::Organisation => "word-organisation",
            Self::Work => "word-work",
            Self::Year => "word-year",
            Self::Gladly => "word-gladly",
            Self::RatherNot => "word-rather-not",
            Self::Languages => "word-languages",
            Self::AnswerTime => "word-answer-time",
            Self::Email => "word-email",
            Self::Phone => "word-phone",
        }
    }
}

/// The service's features, as sentences choose by them.
pub(crate) fn offered(offers: Offers) -> Vec<(&'static str, Arg)> {
    let Offers { introductions, rooms, mentors, events } = offers;
    let offered = [("introductions", introductions), ("rooms", rooms), ("mentors", mentors), ("events", events)];
    offered.into_iter().map(|(name, is)| (name, Arg::Number(u64::from(is)))).collect()
}

/// The person somebody asked for, as they named them.
pub(crate) fn named(named: &Named) -> Arg {
    match named {
        Named::Address(address) => Arg::Text(address.to_string()),
        Named::Entry { shown_as: Some(name), .. } => Arg::Text(name.clone()),
        Named::Entry { shown_as: None, .. } => Arg::Lines(vec![Wording::plain("named-entry")]),
    }
}

/// The fields with what stands in them, one on each line.
pub(crate) fn lines(fields: &[Shown]) -> Vec<Wording> {
    fields
        .iter()
        .map(|f| Wording::with(f.field().line_id(), vec![("value", Arg::Text(f.value().to_owned()))]))
        .collect()
}

/// The names of the fields, as people type them.
pub(crate) fn words<'a>(fields: impl IntoIterator<Item = &'a Field>) -> Vec<Wording> {
    fields.into_iter().map(|field| Wording::plain(field.word_id())).collect()
}

/// A person as the other knows them: by the fields they agreed to show, in one line.
pub(crate) fn who(of: &Disclosure) -> Arg {
    let values: Vec<&str> = of.fields().iter().map(Shown::value).collect();
    Arg::Text(values.join(", "))
}

/// The number by which somebody can answer or choose.
pub(crate) fn nth(number: u32) -> Arg {
    Arg::Number(u64::from(number))
}

/// A count.
pub(crate) fn number(number: usize) -> Arg {
    Arg::Number(number as u64)
}
