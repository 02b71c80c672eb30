//! The porter's messages to somebody who writes a request, or has sent one.

use serde::{Deserialize, Serialize};

use crate::consent::{Disclosure, Shown};
use crate::interview::say::{questions_of, time_of};
use crate::introduction::Request;
use crate::people::member::Field;
use crate::people::named::Named;
use crate::say::Say;
use crate::time::Timestamp;
use crate::wording::{Arg, Wording, lines, named, nth, number, who, words};

/// A message to somebody about a request of their own: its draft, its sending, and questions about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Requesting {
    /// They are asked for the person they would like to meet.
    AskWhom,
    /// Their words hold no full address.
    NotAnAddress {
        /// The text that was found instead.
        found: String,
    },
    /// They have a request waiting to the same address.
    AlreadyWaiting {
        /// The person they named.
        to: Named,
        /// The time at which that request ends at the latest.
        deadline: Timestamp,
    },
    /// They have as many requests waiting as the service allows.
    TooManyWaiting {
        /// The number of requests that may wait.
        limit: usize,
    },
    /// They have sent as many requests in a month as the service allows.
    TooManySent {
        /// The number of requests in a month.
        limit: usize,
        /// The time from which the next can be sent.
        from: Timestamp,
    },
    /// Their purpose is personal, and introductions are not for that (requirement C5).
    PurposePersonal {
        /// The purposes on the list.
        purposes: Vec<String>,
    },
    /// They are asked for the purpose.
    AskPurpose {
        /// The person they named.
        to: Named,
        /// The service's closed list, as people read it.
        purposes: Vec<String>,
    },
    /// Their purpose is not on the list.
    PurposeNotOffered {
        /// The purposes on the list.
        purposes: Vec<String>,
    },
    /// The drafts that they put aside.
    SavedDrafts {
        /// Those, in the order of their numbers from 1.
        saved: Vec<DraftLine>,
        /// Whether they are writing another, which follows.
        in_hand: bool,
    },
    /// Their draft is put aside.
    DraftSaved {
        /// The number by which they go on with it.
        number: usize,
    },
    /// As many drafts are put aside as anybody can have.
    TooManyDrafts {
        /// That many.
        limit: usize,
    },
    /// No draft of theirs has that number.
    NoSuchDraft {
        /// The number they gave.
        number: usize,
    },
    /// They are asked how the two know each other.
    AskKnownHow {
        /// The person they named.
        to: Named,
    },
    /// They are asked for their message.
    AskMessage {
        /// The person they named.
        to: Named,
        /// The longest message, in characters.
        limit: usize,
    },
    /// Their message goes beyond the limit.
    MessageTooLong {
        /// The longest message, in characters.
        limit: usize,
        /// The length of theirs.
        found: usize,
    },
    /// Exactly what the other will see, and what is shown once both have said yes.
    Preview {
        /// The person they named.
        to: Named,
        /// The request as the addressee will read it.
        request: RequestText,
        /// Their own details beside it.
        #[serde(default)]
        beside: Vec<Shown>,
        /// The details that are shown once both have said yes.
        after_both: Vec<Shown>,
        /// Fields they could still add.
        could_add: Vec<Field>,
        /// Advice on the draft; it blocks nothing.
        tips: Vec<Tip>,
    },
    /// Something they were shown has changed since, so it is not sent; they are shown it again.
    ChangedSince,
    /// They have nothing written in that field.
    FieldEmpty {
        /// The field without a value.
        field: Field,
    },
    /// A room shows the address, so that cannot be kept back once both agree.
    IdComesWithRoom,
    /// Nobody is asked to meet somebody without a name, so the name goes with the request.
    NameComesWithRequest,
    /// The request is on its way.
    Sent {
        /// The person they named.
        to: Named,
        /// The time at which they hear at the latest.
        deadline: Timestamp,
    },
    /// To the requester: the addressee said no, and chose to say why.
    SaidNo {
        /// The person they named.
        to: Named,
        /// The addressee's words.
        reason: String,
    },
    /// To the requester: the addressee would like to know something first.
    QuestionCame {
        /// The number by which they can answer.
        number: u32,
        /// The person they named.
        to: Named,
        /// The addressee's words.
        question: String,
        /// The time until which an answer can reach them.
        deadline: Timestamp,
    },
    /// To the requester: their answer goes with their request.
    AnswerNoted {
        /// The person they named.
        to: Named,
        /// Their answer, as it was passed on.
        answer: String,
    },
    /// Their requests, and those that await their answer.
    Requests {
        /// The requests they sent.
        sent: Vec<SentLine>,
        /// The requests that await their answer: number, the requester's details, the deadline.
        to_answer: Vec<(u32, Disclosure, Timestamp)>,
        /// Questions about their requests that await their answer: number, whom they named, the question.
        questions: Vec<(u32, Named, String)>,
    },
}

/// The words of a request. Preview and prompt hold the same value, so that both read the same; the details beside it are the
/// requester's own in the preview, and a [`Disclosure`] in the prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestText {
    /// The purpose as people read it.
    pub purpose: String,
    /// The requester's words.
    pub request: Request,
}

/// Advice on a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tip {
    /// The message is very short.
    Short,
    /// It asks no question.
    NoQuestion,
    /// It reads like a job application (requirement A14).
    JobApplication,
    /// It is too long for a phone.
    Long,
    /// It praises, and asks nothing.
    Flattery,
    /// It names somebody else by their address.
    AnotherPerson,
    /// It has a telephone number in it.
    Phone,
    /// It is nearly the message of another request of the same person's.
    Pasted,
    /// It reads like a question to the porter.
    ForPorter,
}

/// One of a member's drafts, as they see it in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftLine {
    /// The person that it is to, if they are named.
    pub to: Option<Named>,
    /// The purpose as the service words it, if it is given.
    pub purpose: Option<String>,
}

/// One of a member's own requests, as they see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentLine {
    /// The person they named.
    pub to: Named,
    /// The state of the request, as far as they know it.
    pub standing: SentStanding,
}

/// The state of a request, to the requester: no more than the rule of one answer allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SentStanding {
    /// The request waits, until this moment at the latest.
    Waiting(Timestamp),
    /// Both said yes, and the room is open.
    Agreed,
    /// There was no introduction.
    NoIntroduction,
    /// The addressee said no, and chose to say why.
    SaidNo,
    /// The requester took it back, by word or by leaving its room.
    Withdrawn,
    /// The requester's membership ended.
    MembershipEnded,
}

impl From<Requesting> for Say {
    fn from(say: Requesting) -> Self {
        Self::Requesting(say)
    }
}

impl Requesting {
    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        use Arg::{Lines, Listed, Text, When};
        match self {
            Self::AskWhom => Wording::plain("ask-whom"),
            Self::NotAnAddress { found } => Wording::with("not-an-address", vec![("found", Text(found.clone()))]),
            Self::AlreadyWaiting { to, deadline } => {
                Wording::with("already-waiting", vec![("to", named(to)), ("deadline", When(*deadline))])
            }
            Self::TooManyWaiting { limit } => Wording::with("too-many-waiting", vec![("limit", number(*limit))]),
            Self::TooManySent { limit, from } => {
                Wording::with("too-many-sent", vec![("limit", number(*limit)), ("from", When(*from))])
            }
            Self::PurposePersonal { purposes } => {
                Wording::with("purpose-personal", vec![("purposes", Lines(numbered(purposes)))])
            }
            Self::AskPurpose { to, purposes } => {
                Wording::with("ask-purpose", vec![("to", named(to)), ("purposes", Lines(numbered(purposes)))])
            }
            Self::PurposeNotOffered { purposes } => {
                Wording::with("purpose-not-offered", vec![("purposes", Lines(numbered(purposes)))])
            }
            Self::SavedDrafts { saved, in_hand } => {
                let lines = saved.iter().enumerate().map(|(at, draft)| draft.wording(at + 1)).collect();
                Wording::with("saved-drafts", vec![("drafts", Lines(lines)), ("more", number(usize::from(*in_hand)))])
            }
            Self::DraftSaved { number: saved } => Wording::with("draft-saved", vec![("number", number(*saved))]),
            Self::TooManyDrafts { limit } => Wording::with("too-many-drafts", vec![("limit", number(*limit))]),
            Self::NoSuchDraft { number: wrong } => Wording::with("no-such-draft", vec![("number", number(*wrong))]),
            Self::AskKnownHow { to } => Wording::with("ask-known-how", vec![("to", named(to))]),
            Self::AskMessage { to, limit } => {
                Wording::with("ask-message", vec![("to", named(to)), ("limit", number(*limit))])
            }
            Self::MessageTooLong { limit, found } => {
                Wording::with("message-too-long", vec![("limit", number(*limit)), ("found", number(*found))])
            }
            Self::Preview { to, request, beside, after_both, could_add, tips } => Wording::with(
                "preview",
                vec![
                    ("to", named(to)),
                    ("request", Lines(vec![request.wording(beside)])),
                    ("after", Lines(lines(after_both))),
                    ("addable", number(could_add.len())),
                    ("add", Listed(words(could_add))),
                    ("advice", number(tips.len())),
                    ("tips", Lines(tips.iter().map(|tip| Wording::plain(tip.id())).collect())),
                ],
            ),
            Self::ChangedSince => Wording::plain("changed-since"),
            Self::FieldEmpty { field } => {
                Wording::with("field-empty", vec![("field", Listed(words(std::slice::from_ref(field))))])
            }
            Self::IdComesWithRoom => Wording::plain("id-comes-with-room"),
            Self::NameComesWithRequest => Wording::plain("name-comes-with-request"),
            Self::Sent { to, deadline } => {
                Wording::with("sent", vec![("to", named(to)), ("deadline", When(*deadline))])
            }
            Self::SaidNo { to, reason } => {
                Wording::with("said-no", vec![("to", named(to)), ("reason", Text(reason.clone()))])
            }
            Self::QuestionCame { number, to, question, deadline } => Wording::with(
                "question-came",
                vec![
                    ("number", nth(*number)),
                    ("to", named(to)),
                    ("question", Text(question.clone())),
                    ("deadline", When(*deadline)),
                ],
            ),
            Self::AnswerNoted { to, answer } => {
                Wording::with("answer-noted", vec![("to", named(to)), ("answer", Text(answer.clone()))])
            }
            Self::Requests { sent, to_answer, questions } => Wording::with(
                "requests",
                vec![
                    ("sent-count", number(sent.len())),
                    ("sent", Lines(sent.iter().map(SentLine::wording).collect())),
                    ("answer-count", number(to_answer.len())),
                    ("answer", Lines(to_answer.iter().map(|(n, of, by)| waiting_line(*n, of, *by)).collect())),
                    ("question-count", number(questions.len())),
                    ("questions", Lines(questions.iter().map(|(n, to, text)| question_line(*n, to, text)).collect())),
                ],
            ),
        }
    }

    /// Whether it shows anybody's details, the reader's own among them.
    pub(crate) fn shows_details(&self) -> bool {
        matches!(
            self,
            Self::Preview { .. } | Self::QuestionCame { .. } | Self::AnswerNoted { .. } | Self::SaidNo { .. }
        ) || !self.disclosures().is_empty()
    }

    /// The disclosures in it.
    pub(crate) fn disclosures(&self) -> Vec<&Disclosure> {
        match self {
            Self::Requests { to_answer, .. } => to_answer.iter().map(|(_, of, _)| of).collect(),
            Self::AskWhom
            | Self::NotAnAddress { .. }
            | Self::AlreadyWaiting { .. }
            | Self::TooManyWaiting { .. }
            | Self::TooManySent { .. }
            | Self::PurposePersonal { .. }
            | Self::AskPurpose { .. }
            | Self::PurposeNotOffered { .. }
            | Self::SavedDrafts { .. }
            | Self::DraftSaved { .. }
            | Self::TooManyDrafts { .. }
            | Self::NoSuchDraft { .. }
            | Self::AskKnownHow { .. }
            | Self::AskMessage { .. }
            | Self::MessageTooLong { .. }
            | Self::Preview { .. }
            | Self::ChangedSince
            | Self::FieldEmpty { .. }
            | Self::IdComesWithRoom
            | Self::NameComesWithRequest
            | Self::Sent { .. }
            | Self::SaidNo { .. }
            | Self::QuestionCame { .. }
            | Self::AnswerNoted { .. } => vec![],
        }
    }
}

impl RequestText {
    /// The words of the request, in the one form in which both people read them.
    pub(crate) fn wording(&self, beside: &[Shown]) -> Wording {
        let known = self.request.known_how.clone();
        Wording::with(
            "request",
            vec![
                ("purpose", Arg::Text(self.purpose.clone())),
                ("fields", Arg::Lines(lines(beside))),
                ("acquainted", Arg::Number(u64::from(known.is_some()))),
                ("known", Arg::Text(known.unwrap_or_default())),
                ("message", Arg::Text(self.request.message.clone())),
                ("time", Arg::Lines(time_of(&self.request.plan))),
                ("asks", number(self.request.plan.questions.len())),
                ("questions", Arg::Lines(questions_of(&self.request.plan))),
            ],
        )
    }
}

impl SentLine {
    fn wording(&self) -> Wording {
        let to = ("to", named(&self.to));
        match self.standing {
            SentStanding::Waiting(deadline) => {
                Wording::with("requests-waiting", vec![to, ("deadline", Arg::When(deadline))])
            }
            SentStanding::Agreed => Wording::with("requests-agreed", vec![to]),
            SentStanding::NoIntroduction => Wording::with("requests-none", vec![to]),
            SentStanding::SaidNo => Wording::with("requests-said-no", vec![to]),
            SentStanding::Withdrawn => Wording::with("requests-withdrawn", vec![to]),
            SentStanding::MembershipEnded => Wording::with("requests-membership-ended", vec![to]),
        }
    }
}

impl DraftLine {
    fn wording(&self, at: usize) -> Wording {
        let to = self.to.as_ref().map_or_else(|| Arg::Text(String::new()), named);
        let purpose = self.purpose.clone().unwrap_or_default();
        let has = |is: bool| number(usize::from(is));
        Wording::with(
            "saved-draft-line",
            vec![
                ("number", number(at)),
                ("named", has(self.to.is_some())),
                ("to", to),
                ("meant", has(self.purpose.is_some())),
                ("purpose", Arg::Text(purpose)),
            ],
        )
    }
}

impl Tip {
    fn id(self) -> &'static str {
        match self {
            Self::Short => "tip-short",
            Self::NoQuestion => "tip-no-question",
            Self::JobApplication => "tip-job-application",
            Self::Long => "tip-long",
            Self::Flattery => "tip-flattery",
            Self::AnotherPerson => "tip-another-person",
            Self::Phone => "tip-phone",
            Self::Pasted => "tip-pasted",
            Self::ForPorter => "tip-for-porter",
        }
    }
}

fn numbered(purposes: &[String]) -> Vec<Wording> {
    let line = |(index, label): (usize, &String)| {
        let number = Arg::Number(index as u64 + 1);
        Wording::with("purpose-line", vec![("number", number), ("label", Arg::Text(label.clone()))])
    };
    purposes.iter().enumerate().map(line).collect()
}

fn waiting_line(number: u32, of: &Disclosure, deadline: Timestamp) -> Wording {
    let args = vec![("number", Arg::Number(u64::from(number))), ("who", who(of)), ("deadline", Arg::When(deadline))];
    Wording::with("requests-to-answer", args)
}

fn question_line(number: u32, to: &Named, question: &str) -> Wording {
    let args = vec![
        ("number", Arg::Number(u64::from(number))),
        ("to", named(to)),
        ("question", Arg::Text(question.to_owned())),
    ];
    Wording::with("requests-question", args)
}
