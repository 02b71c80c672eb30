//! The porter's messages about the desk, and about questions to the staff.

use serde::{Deserialize, Serialize};

use super::Age;
use crate::name::Address;
use crate::say::Say;
use crate::wording::{Arg, Wording, nth, number};

/// A message about the desk: to people who work for the service, and to those who asked them something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Desk {
    /// The things that wait for staff.
    List {
        /// The first of them, oldest first.
        lines: Vec<DeskLine>,
        /// The number of further ones.
        more: usize,
        /// The number of requests that wait for the reader's own answer.
        own: usize,
    },
    /// The reader's name is on something now.
    Took {
        /// The thing that they took.
        matter: DeskMatter,
    },
    /// The reader's name was on it before.
    TookBefore,
    /// A colleague has taken it.
    TakenBy {
        /// The colleague.
        by: Address,
        /// The day since which they have it.
        since: Age,
    },
    /// The reader's name is off it again.
    PutBack,
    /// The reader's name was not on it.
    NotWithYou,
    /// The thing waits no longer.
    Settled,
    /// No line is named, or none was shown yet.
    WhichLine,
    /// The list has no line of that number.
    NoSuchLine {
        /// The number they gave.
        number: u32,
    },
    /// Words were to answer a line that is no question.
    NotAQuestion {
        /// The number they gave.
        number: u32,
    },
    /// Words in reply to a message that is not remembered.
    WhichQuestion,
    /// To somebody who asks: as many questions of theirs wait as can.
    QuestionsWait {
        /// The number of their questions that wait.
        count: usize,
    },
    /// To somebody who asked: their question is taken back.
    QuestionTakenBack {
        /// The words of the question.
        words: String,
    },
    /// To somebody who asked: the staff closed their question, and wrote no answer.
    QuestionClosed {
        /// The words of the question.
        words: String,
    },
    /// To staff: the question is closed.
    Done {
        /// The person who had asked.
        who: Address,
    },
    /// To somebody who has no question waiting with the staff.
    NoQuestion,
    /// To somebody who asks for the staff's view of a draft: it is with them.
    FeedbackAsked,
    /// To somebody who asks for that, and has written no message yet.
    FeedbackOnWhat,
    /// To staff: a question is taken back.
    TakenBackBy {
        /// The person who had asked.
        who: Address,
    },
    /// To staff: the question has an answer already, and their words were not passed on.
    AnsweredBefore {
        /// The person who had asked.
        who: Address,
        /// The colleague who answered, as far as they are still known.
        by: Option<Address>,
        /// Whether it was the reader.
        own: bool,
    },
    /// To staff: the question is no longer there, and their words were not passed on.
    QuestionGone,
}

/// One line of the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskLine {
    /// The number by which it is meant while the list is the last one shown.
    pub number: u32,
    /// The thing that waits.
    pub matter: DeskMatter,
    /// The day since which it waits.
    pub since: Age,
    /// The member of staff who has taken it.
    pub taken: Option<Holder>,
}

/// Something that waits for staff, as they read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeskMatter {
    /// Somebody is to be verified.
    Visitor {
        /// Their account.
        who: Address,
    },
    /// An organisation is to be approved.
    Organisation {
        /// Its name.
        name: String,
    },
    /// A room is suggested.
    Room {
        /// Its name.
        name: String,
    },
    /// An opportunity is offered.
    Opportunity {
        /// The organisation that offers it.
        organisation: String,
    },
    /// Somebody asked the staff something.
    Question {
        /// Their account.
        who: Address,
        /// The beginning of their words.
        words: String,
    },
    /// Somebody was reported.
    Report {
        /// The person who is reported.
        who: Address,
        /// The room for many that it is about; none where it is about a request or an introduction.
        room: Option<String>,
    },
}

/// The member of staff who has taken something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Holder {
    /// The reader.
    You,
    /// This colleague.
    Colleague(Address),
}

impl DeskLine {
    fn wording(&self) -> Wording {
        let taken = self.taken.iter().map(|holder| match holder {
            Holder::You => Wording::plain("desk-with-you"),
            Holder::Colleague(by) => Wording::with("desk-with", vec![("by", text(by.as_str()))]),
        });
        let args = vec![
            ("number", nth(self.number)),
            ("matter", Arg::Listed(vec![self.matter.wording()])),
            ("since", Arg::Listed(vec![self.since.wording()])),
            ("taken", Arg::Listed(taken.collect())),
            ("step", Arg::Listed(vec![self.step()])),
        ];
        Wording::with("desk-line", args)
    }

    /// The next step, in words that can be typed.
    fn step(&self) -> Wording {
        let number = ("number", nth(self.number));
        match &self.matter {
            DeskMatter::Visitor { who } => Wording::with("desk-verify", vec![("who", text(who.as_str()))]),
            DeskMatter::Organisation { name } => Wording::with("desk-approve-organisation", vec![("name", text(name))]),
            DeskMatter::Room { .. } | DeskMatter::Opportunity { .. } => Wording::with("desk-decide", vec![number]),
            DeskMatter::Question { .. } => Wording::with("desk-tell", vec![number]),
            DeskMatter::Report { .. } => Wording::plain("desk-judge"),
        }
    }
}

impl DeskMatter {
    fn wording(&self) -> Wording {
        let who = |who: &Address| ("who", text(who.as_str()));
        match self {
            Self::Visitor { who: address } => Wording::with("desk-visitor", vec![who(address)]),
            Self::Organisation { name } => Wording::with("desk-organisation", vec![("name", text(name))]),
            Self::Room { name } => Wording::with("desk-room", vec![("name", text(name))]),
            Self::Opportunity { organisation } => {
                Wording::with("desk-opportunity", vec![("organisation", text(organisation))])
            }
            Self::Question { who: address, words } => {
                Wording::with("desk-question", vec![who(address), ("words", text(words))])
            }
            Self::Report { who: address, room: None } => Wording::with("desk-report-introduced", vec![who(address)]),
            Self::Report { who: address, room: Some(room) } => {
                Wording::with("desk-report", vec![who(address), ("room", text(room))])
            }
        }
    }
}

impl From<Desk> for Say {
    fn from(desk: Desk) -> Self {
        Self::Desk(desk)
    }
}

impl Desk {
    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        match self {
            Self::List { lines, more, own } => {
                let shown = lines.iter().map(DeskLine::wording).collect();
                let args = vec![
                    ("count", number(lines.len())),
                    ("lines", Arg::Lines(shown)),
                    ("more", number(*more)),
                    ("own", number(*own)),
                ];
                Wording::with("desk", args)
            }
            Self::Took { matter } => Wording::with("desk-took", vec![("matter", Arg::Listed(vec![matter.wording()]))]),
            Self::TookBefore => Wording::plain("desk-took-before"),
            Self::TakenBy { by, since } => Wording::with(
                "desk-taken-by",
                vec![("by", text(by.as_str())), ("since", Arg::Listed(vec![since.wording()]))],
            ),
            Self::PutBack => Wording::plain("desk-put-back"),
            Self::NotWithYou => Wording::plain("desk-not-with-you"),
            Self::Settled => Wording::plain("desk-settled"),
            Self::WhichLine => Wording::plain("desk-which"),
            Self::NoSuchLine { number } => Wording::with("desk-no-such-line", vec![("number", nth(*number))]),
            Self::NotAQuestion { number } => Wording::with("desk-not-a-question", vec![("number", nth(*number))]),
            Self::WhichQuestion => Wording::plain("desk-which-question"),
            Self::QuestionsWait { count } => {
                Wording::with("questions-wait", vec![("count", Arg::Number(*count as u64))])
            }
            Self::QuestionTakenBack { words } => Wording::with("question-taken-back", vec![("words", text(words))]),
            Self::QuestionClosed { words } => Wording::with("question-closed", vec![("words", text(words))]),
            Self::Done { who } => Wording::with("desk-done", vec![("who", text(who.as_str()))]),
            Self::NoQuestion => Wording::plain("no-question-waits"),
            Self::FeedbackAsked => Wording::plain("feedback-asked"),
            Self::FeedbackOnWhat => Wording::plain("feedback-on-what"),
            Self::TakenBackBy { who } => Wording::with("question-taken-back-by", vec![("who", text(who.as_str()))]),
            Self::AnsweredBefore { who, by, own } => {
                let by = match by {
                    _ if *own => Wording::plain("answered-by-you"),
                    Some(by) => Wording::with("answered-by-colleague", vec![("by", text(by.as_str()))]),
                    None => Wording::plain("answered-by-somebody"),
                };
                let args = vec![("by", Arg::Listed(vec![by])), ("who", text(who.as_str()))];
                Wording::with("question-answered-before", args)
            }
            Self::QuestionGone => Wording::plain("question-gone"),
        }
    }
}

fn text(text: &str) -> Arg {
    Arg::Text(text.to_owned())
}
