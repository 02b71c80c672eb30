//! From what is said to the sentence for it: its id in the wording files, and what is put into it.

use crate::consent::{Disclosure, Shown};
use crate::member::Field;
use crate::name::Address;
use crate::say::{RequestText, Say, SentLine, SentStanding, Tip};
use crate::time::{Span, Timestamp};

/// The id of a sentence in the wording files, with what is put into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// The id.
    pub id: &'static str,
    /// What is put in, by name.
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
    /// A duration.
    Long(Span),
    /// Other sentences, each on a line of its own. Empty is a form of its own.
    Lines(Vec<Wording>),
    /// Other sentences, in one line with commas between.
    Listed(Vec<Wording>),
}

impl Wording {
    fn plain(id: &'static str) -> Self {
        Self { id, args: vec![] }
    }

    fn with(id: &'static str, args: Vec<(&'static str, Arg)>) -> Self {
        Self { id, args }
    }
}

impl Say {
    /// The sentence for it.
    #[expect(clippy::too_many_lines, reason = "a table with a row for each thing that can be said")]
    pub fn wording(&self) -> Wording {
        use Arg::{Lines, Listed, Long, Number, Text, When};
        let number = |n: usize| Number(n as u64);
        match self {
            Self::Welcome { name, service } => {
                Wording::with("welcome", vec![("name", Text(name.to_string())), ("service", Text(service.clone()))])
            }
            Self::Help => Wording::plain("help"),
            Self::NotUnderstood => Wording::plain("not-understood"),
            Self::Elsewhere => Wording::plain("elsewhere"),
            Self::Unreadable => Wording::plain("unreadable"),
            Self::DeviceUnknown => Wording::plain("device-unknown"),
            Self::TakesNoPart => Wording::plain("takes-no-part"),
            Self::AskWhom => Wording::plain("ask-whom"),
            Self::NotAnAddress { found } => Wording::with("not-an-address", vec![("found", Text(found.clone()))]),
            Self::NotThatOne => Wording::plain("not-that-one"),
            Self::AlreadyWaiting { to, deadline } => {
                Wording::with("already-waiting", vec![("to", address(to)), ("deadline", When(*deadline))])
            }
            Self::TooManyWaiting { limit } => Wording::with("too-many-waiting", vec![("limit", number(*limit))]),
            Self::AskPurpose { to, purposes } => {
                Wording::with("ask-purpose", vec![("to", address(to)), ("purposes", Lines(numbered(purposes)))])
            }
            Self::PurposeNotOffered { purposes } => {
                Wording::with("purpose-not-offered", vec![("purposes", Lines(numbered(purposes)))])
            }
            Self::AskKnownHow { to } => Wording::with("ask-known-how", vec![("to", address(to))]),
            Self::AskMessage { to, limit } => {
                Wording::with("ask-message", vec![("to", address(to)), ("limit", number(*limit))])
            }
            Self::MessageTooLong { limit, found } => {
                Wording::with("message-too-long", vec![("limit", number(*limit)), ("found", number(*found))])
            }
            Self::Preview { to, request, after_both, could_add, tips } => Wording::with(
                "preview",
                vec![
                    ("to", address(to)),
                    ("request", Lines(vec![request.wording()])),
                    ("after", Lines(lines(after_both))),
                    ("addable", number(could_add.len())),
                    ("add", Listed(words(could_add))),
                    ("advice", number(tips.len())),
                    ("tips", Lines(tips.iter().map(|tip| Wording::plain(tip.id())).collect())),
                ],
            ),
            Self::FieldEmpty { field } => {
                Wording::with("field-empty", vec![("field", Listed(words(std::slice::from_ref(field))))])
            }
            Self::IdComesWithRoom => Wording::plain("id-comes-with-room"),
            Self::NameComesWithRequest => Wording::plain("name-comes-with-request"),
            Self::Sent { to, deadline } => {
                Wording::with("sent", vec![("to", address(to)), ("deadline", When(*deadline))])
            }
            Self::DraftDropped => Wording::plain("draft-dropped"),
            Self::NoDraft => Wording::plain("no-draft"),
            Self::DraftWaits => Wording::plain("draft-waits"),
            Self::Asked { number, request, of: _, yes_shows, could_add, deadline } => Wording::with(
                "asked",
                vec![
                    ("number", Number(u64::from(*number))),
                    ("request", Lines(vec![request.wording()])),
                    ("shows", Lines(lines(yes_shows))),
                    ("addable", Number(could_add.len() as u64)),
                    ("add", Listed(words(could_add))),
                    ("deadline", When(*deadline)),
                ],
            ),
            Self::Reminder { number, of, deadline } => Wording::with(
                "reminder",
                vec![("number", Number(u64::from(*number))), ("who", who(of)), ("deadline", When(*deadline))],
            ),
            Self::YesRecorded => Wording::plain("yes-recorded"),
            Self::NoRecorded => Wording::plain("no-recorded"),
            Self::AnswerUnclear => Wording::plain("answer-unclear"),
            Self::NothingToAnswer => Wording::plain("nothing-to-answer"),
            Self::WhichOne { open } => Wording::with(
                "which-one",
                vec![(
                    "open",
                    Lines(
                        open.iter()
                            .map(|(number, of)| {
                                Wording::with(
                                    "which-one-line",
                                    vec![("number", Number(u64::from(*number))), ("who", who(of))],
                                )
                            })
                            .collect(),
                    ),
                )],
            ),
            Self::NoSuchNumber { number } => {
                Wording::with("no-such-number", vec![("number", Number(u64::from(*number)))])
            }
            Self::TooLate => Wording::plain("too-late"),
            Self::AgreedRequester { to, of, within } => Wording::with(
                "agreed-requester",
                vec![("to", address(to)), ("fields", Lines(lines(of.fields()))), ("within", Long(*within))],
            ),
            Self::AgreedAddressee { of, within } => Wording::with(
                "agreed-addressee",
                vec![("fields", Lines(lines(of.fields()))), ("within", Long(*within))],
            ),
            Self::NoIntroduction { to } => Wording::with("no-introduction", vec![("to", address(to))]),
            Self::OpeningNote => Wording::plain("opening-note"),
            Self::WithdrawnByOther => Wording::plain("withdrawn-by-other"),
            Self::NotMet => Wording::plain("not-met"),
            Self::YouBlock => Wording::plain("you-block"),
            Self::RoomFailed => Wording::plain("room-failed"),
            Self::Requests { sent, to_answer } => Wording::with(
                "requests",
                vec![
                    ("sent-count", number(sent.len())),
                    ("sent", Lines(sent.iter().map(SentLine::wording).collect())),
                    ("answer-count", number(to_answer.len())),
                    (
                        "answer",
                        Lines(
                            to_answer
                                .iter()
                                .map(|(number, of, deadline)| {
                                    Wording::with(
                                        "requests-to-answer",
                                        vec![
                                            ("number", Number(u64::from(*number))),
                                            ("who", who(of)),
                                            ("deadline", When(*deadline)),
                                        ],
                                    )
                                })
                                .collect(),
                        ),
                    ),
                ],
            ),
            Self::Fault => Wording::plain("fault"),
        }
    }
}

impl RequestText {
    /// The words of the request, in the one form in which both people read them.
    fn wording(&self) -> Wording {
        let known = self.request.known_how.clone();
        Wording::with(
            "request",
            vec![
                ("purpose", Arg::Text(self.purpose.clone())),
                ("fields", Arg::Lines(lines(&self.fields))),
                ("acquainted", Arg::Number(u64::from(known.is_some()))),
                ("known", Arg::Text(known.unwrap_or_default())),
                ("message", Arg::Text(self.request.message.clone())),
            ],
        )
    }
}

impl SentLine {
    fn wording(&self) -> Wording {
        let to = ("to", address(&self.to));
        match self.standing {
            SentStanding::Waiting(deadline) => {
                Wording::with("requests-waiting", vec![to, ("deadline", Arg::When(deadline))])
            }
            SentStanding::Agreed => Wording::with("requests-agreed", vec![to]),
            SentStanding::NoIntroduction => Wording::with("requests-none", vec![to]),
        }
    }
}

impl Tip {
    fn id(self) -> &'static str {
        match self {
            Self::Short => "tip-short",
            Self::NoQuestion => "tip-no-question",
            Self::JobApplication => "tip-job-application",
        }
    }
}

impl Field {
    fn line_id(self) -> &'static str {
        match self {
            Self::Name => "line-name",
            Self::MatrixId => "line-matrix-id",
            Self::Headline => "line-headline",
            Self::Course => "line-course",
            Self::Organisation => "line-organisation",
            Self::Email => "line-email",
            Self::Phone => "line-phone",
        }
    }

    fn word_id(self) -> &'static str {
        match self {
            Self::Name => "word-name",
            Self::MatrixId => "word-matrix-id",
            Self::Headline => "word-headline",
            Self::Course => "word-course",
            Self::Organisation => "word-organisation",
            Self::Email => "word-email",
            Self::Phone => "word-phone",
        }
    }
}

fn address(address: &Address) -> Arg {
    Arg::Text(address.to_string())
}

fn lines(fields: &[Shown]) -> Vec<Wording> {
    fields.iter().map(|f| Wording::with(f.field.line_id(), vec![("value", Arg::Text(f.value.clone()))])).collect()
}

fn words(fields: &[Field]) -> Vec<Wording> {
    fields.iter().map(|field| Wording::plain(field.word_id())).collect()
}

fn numbered(purposes: &[String]) -> Vec<Wording> {
    let line = |(index, label): (usize, &String)| {
        let number = Arg::Number(index as u64 + 1);
        Wording::with("purpose-line", vec![("number", number), ("label", Arg::Text(label.clone()))])
    };
    purposes.iter().enumerate().map(line).collect()
}

/// A person as the other knows them: by what they agreed to show, in one line.
fn who(of: &Disclosure) -> Arg {
    let values: Vec<&str> = of.fields().iter().map(|shown| shown.value.as_str()).collect();
    Arg::Text(values.join(", "))
}
