//! Turns a message into its sentence's id in the wording files and the values that are put into it.

pub use lodge_ground::wording::{Arg, Wording};

use crate::consent::{Disclosure, Shown};
use crate::introduction::{Known, Party, Went};
use crate::member::{Field, Role};
use crate::named::Named;
use crate::policy::Offers;
use crate::say::{Matter, Meant, OwnBlock, RequestText, Say, SentLine, SentStanding, Tip};
use crate::time::Timestamp;

/// The English files, as they stand in `config/wording/en`.
pub const ENGLISH: &[(&str, &str)] = &[
    ("conversation.ftl", include_str!("../../config/wording/en/conversation.ftl")),
    ("joining.ftl", include_str!("../../config/wording/en/joining.ftl")),
    ("requests.ftl", include_str!("../../config/wording/en/requests.ftl")),
    ("answers.ftl", include_str!("../../config/wording/en/answers.ftl")),
    ("rooms.ftl", include_str!("../../config/wording/en/rooms.ftl")),
    ("community.ftl", include_str!("../../config/wording/en/community.ftl")),
    ("cards.ftl", include_str!("../../config/wording/en/cards.ftl")),
    ("moderation.ftl", include_str!("../../config/wording/en/moderation.ftl")),
    ("rights.ftl", include_str!("../../config/wording/en/rights.ftl")),
    ("fields.ftl", include_str!("../../config/wording/en/fields.ftl")),
];

impl Say {
    /// The sentence for it.
    #[expect(clippy::too_many_lines, reason = "a table with a row for each thing that can be said")]
    pub fn wording(&self) -> Wording {
        use Arg::{Code, Day, Lines, Listed, Long, Number, Page, Text, When};
        let nth = |n: &u32| Number(u64::from(*n));
        let number = |n: usize| Number(n as u64);
        match self {
            Self::Joining(joining) => joining.wording(),
            Self::Staffing(staffing) => staffing.wording(),
            Self::Help { offers, role } => Wording::with("help", help(*offers, *role)),
            Self::NotUnderstood => Wording::plain("not-understood"),
            Self::Elsewhere => Wording::plain("elsewhere"),
            Self::Unreadable => Wording::plain("unreadable"),
            Self::Hurried => Wording::plain("hurried"),
            Self::DeviceUnknown => Wording::plain("device-unknown"),
            Self::Devices(devices) => devices.wording(),
            Self::TakesNoPart => Wording::plain("takes-no-part"),
            Self::AskWhom => Wording::plain("ask-whom"),
            Self::NotAnAddress { found } => Wording::with("not-an-address", vec![("found", Text(found.clone()))]),
            Self::NotThatOne => Wording::plain("not-that-one"),
            Self::AlreadyWaiting { to, deadline } => {
                Wording::with("already-waiting", vec![("to", named(to)), ("deadline", When(*deadline))])
            }
            Self::TooManySent { limit, from } => {
                Wording::with("too-many-sent", vec![("limit", number(*limit)), ("from", When(*from))])
            }
            Self::PurposePersonal { purposes } => {
                Wording::with("purpose-personal", vec![("purposes", Lines(numbered(purposes)))])
            }
            Self::TooManyWaiting { limit } => Wording::with("too-many-waiting", vec![("limit", number(*limit))]),
            Self::AskPurpose { to, purposes } => {
                Wording::with("ask-purpose", vec![("to", named(to)), ("purposes", Lines(numbered(purposes)))])
            }
            Self::PurposeNotOffered { purposes } => {
                Wording::with("purpose-not-offered", vec![("purposes", Lines(numbered(purposes)))])
            }
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
            Self::NotTaken(why) => why.wording(),
            Self::Carrying(carrying) => carrying.wording(),
            Self::FieldEmpty { field } => {
                Wording::with("field-empty", vec![("field", Listed(words(std::slice::from_ref(field))))])
            }
            Self::IdComesWithRoom => Wording::plain("id-comes-with-room"),
            Self::NameComesWithRequest => Wording::plain("name-comes-with-request"),
            Self::Sent { to, deadline } => {
                Wording::with("sent", vec![("to", named(to)), ("deadline", When(*deadline))])
            }
            Self::DraftDropped => Wording::plain("draft-dropped"),
            Self::NoDraft => Wording::plain("no-draft"),
            Self::DraftWaits => Wording::plain("draft-waits"),
            Self::Asked { number, request, of, yes_shows, could_add, deadline } => Wording::with(
                "asked",
                vec![
                    ("number", Number(u64::from(*number))),
                    ("request", Lines(vec![request.wording(of.fields())])),
                    ("shows", Lines(lines(yes_shows))),
                    ("addable", Number(could_add.len() as u64)),
                    ("add", Lines(lines(could_add))),
                    ("deadline", When(*deadline)),
                ],
            ),
            Self::Reminder { number, of, deadline } => Wording::with(
                "reminder",
                vec![("number", Number(u64::from(*number))), ("who", who(of)), ("deadline", When(*deadline))],
            ),
            Self::YesRecorded => Wording::plain("yes-recorded"),
            Self::NoRecorded { number } => Wording::with("no-recorded", vec![("number", nth(number))]),
            Self::IgnoreRecorded { number } => Wording::with("ignore-recorded", vec![("number", nth(number))]),
            Self::TurnedDown => Wording::plain("turned-down"),
            Self::ReasonPassedOn { reason } => {
                Wording::with("reason-passed-on", vec![("reason", Text(reason.clone()))])
            }
            Self::SaidNo { to, reason } => {
                Wording::with("said-no", vec![("to", named(to)), ("reason", Text(reason.clone()))])
            }
            Self::QuestionPassedOn { number: n, question, left } => Wording::with(
                "question-passed-on",
                vec![("number", nth(n)), ("question", Text(question.clone())), ("left", number(*left))],
            ),
            Self::QuestionsUsedUp { number: n, limit } => {
                Wording::with("questions-used-up", vec![("number", nth(n)), ("limit", number(*limit))])
            }
            Self::QuestionCame { number, to, question, deadline } => Wording::with(
                "question-came",
                vec![
                    ("number", nth(number)),
                    ("to", named(to)),
                    ("question", Text(question.clone())),
                    ("deadline", When(*deadline)),
                ],
            ),
            Self::MaybeAnAnswer { number } => Wording::with("maybe-an-answer", vec![("number", nth(number))]),
            Self::AnswerNoted { to, answer } => {
                Wording::with("answer-noted", vec![("to", named(to)), ("answer", Text(answer.clone()))])
            }
            Self::AnswerCame { number, question, answer, of, deadline } => Wording::with(
                "answer-came",
                vec![
                    ("number", nth(number)),
                    ("who", who(of)),
                    ("question", Text(question.clone())),
                    ("answer", Text(answer.clone())),
                    ("deadline", When(*deadline)),
                ],
            ),
            Self::WordsMissing { command } => Wording::with("words-missing", vec![("command", Text(command.clone()))]),
            Self::WordsTooLong { limit, found } => {
                Wording::with("words-too-long", vec![("limit", number(*limit)), ("found", number(*found))])
            }
            Self::LaterNoted { number, at } => {
                Wording::with("later-noted", vec![("number", nth(number)), ("at", When(*at))])
            }
            Self::LaterTooLate { number, at, deadline } => Wording::with(
                "later-too-late",
                vec![("number", nth(number)), ("at", Day(*at)), ("deadline", When(*deadline))],
            ),
            Self::WhenUnclear { command } => Wording::with("when-unclear", vec![("command", Text(command.clone()))]),
            Self::ReportRecorded { until } => Wording::with("report-recorded", vec![("until", Day(*until))]),
            Self::ReportedMet { until } => Wording::with("reported-met", vec![("until", Day(*until))]),
            Self::NothingToReport => Wording::plain("nothing-to-report"),
            Self::WhichToReport { matters } => {
                Wording::with("which-to-report", vec![("matters", Lines(listed(matters)))])
            }
            Self::BlockRecorded { until } => Wording::with("block-recorded", vec![("until", Day(*until))]),
            Self::BlockWhom => Wording::plain("block-whom"),
            Self::Unblocked => Wording::plain("unblocked"),
            Self::NotBlocked => Wording::plain("not-blocked"),
            Self::Paused { until, open } => {
                Wording::with("paused", vec![("until", Day(*until)), ("open", number(*open))])
            }
            Self::PauseTooLong { latest } => Wording::with("pause-too-long", vec![("latest", Day(*latest))]),
            Self::Resumed => Wording::plain("resumed"),
            Self::LimitSet { limit } => Wording::with("limit-set", vec![("limit", nth(limit))]),
            Self::LimitOff { limit } => Wording::with("limit-off", vec![("limit", nth(limit))]),
            Self::OwnSettings { paused, limit, blocks } => Wording::with(
                "own-settings",
                vec![
                    ("paused", Lines(vec![pause(*paused)])),
                    ("limit", nth(limit)),
                    ("blocked", number(blocks.len())),
                    ("blocks", Lines(blocks.iter().map(OwnBlock::wording).collect())),
                ],
            ),
            Self::TakenBack => Wording::plain("taken-back"),
            Self::WithdrawalDone { known, by } => Wording::plain(match (known, by) {
                (Known::Before, Party::Requester) => "withdrawn",
                (Known::Before, Party::Addressee) => "yes-withdrawn",
                (Known::Invited, _) => "withdrawn-room-closed",
                (Known::Met, _) => "withdrawn-after-meeting",
            }),
            Self::NothingToWithdraw => Wording::plain("nothing-to-withdraw"),
            Self::WhichToWithdraw { matters } => {
                Wording::with("which-to-withdraw", vec![("matters", Lines(listed(matters)))])
            }
            Self::HowWasIt { number, which } => {
                Wording::with("how-was-it", vec![("number", nth(number)), ("which", Lines(vec![which.wording()]))])
            }
            Self::WhichMeeting { matters } => Wording::with("which-meeting", vec![("matters", Lines(listed(matters)))]),
            Self::ThankYou { went } => Wording::plain(match went {
                Went::Well => "went-well",
                Went::NotWell => "went-not-well",
                Went::NotYet => "went-not-yet",
            }),
            Self::Policy { version, text } => {
                Wording::with("policy", vec![("version", Text(version.clone())), ("page", Page(text.clone()))])
            }
            Self::PolicyChanged { version } => {
                Wording::with("policy-changed", vec![("version", Text(version.clone()))])
            }
            Self::MyData { part, of, json } => Wording::with(
                "my-data",
                vec![("part", number(*part)), ("of", number(*of)), ("json", Code(json.clone()))],
            ),
            Self::ForgetAsk { within } => Wording::with("forget-ask", vec![("within", Long(*within))]),
            Self::Forgetting { by } => Wording::with("forgetting", vec![("by", When(*by))]),
            Self::NoLongerMember => Wording::plain("no-longer-member"),
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
                vec![("to", named(to)), ("fields", Lines(lines(of.fields()))), ("within", Long(*within))],
            ),
            Self::AgreedAddressee { of, within } => Wording::with(
                "agreed-addressee",
                vec![("fields", Lines(lines(of.fields()))), ("within", Long(*within))],
            ),
            Self::NoIntroduction { to } => Wording::with("no-introduction", vec![("to", named(to))]),
            Self::OpeningNote => Wording::plain("opening-note"),
            Self::WithdrawnByOther { known } => Wording::plain(match known {
                Known::Before | Known::Invited => "withdrawn-by-other",
                Known::Met => "withdrawn-by-other-after-meeting",
            }),
            Self::NotMet => Wording::plain("not-met"),
            Self::YouBlock => Wording::plain("you-block"),
            Self::RoomFailed => Wording::plain("room-failed"),
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
            Self::Rooms(say) => say.wording(),
            Self::RoomDesk(say) => say.wording(),
            Self::Posted(say) => say.wording(),
            Self::Conduct(say) => say.wording(),
            Self::ConductDesk(say) => say.wording(),
            Self::Cards(cards) => cards.wording(),
            Self::Fault => Wording::plain("fault"),
        }
    }
}

impl RequestText {
    /// The words of the request, in the one form in which both people read them.
    fn wording(&self, beside: &[Shown]) -> Wording {
        let known = self.request.known_how.clone();
        Wording::with(
            "request",
            vec![
                ("purpose", Arg::Text(self.purpose.clone())),
                ("fields", Arg::Lines(lines(beside))),
                ("acquainted", Arg::Number(u64::from(known.is_some()))),
                ("known", Arg::Text(known.unwrap_or_default())),
                ("message", Arg::Text(self.request.message.clone())),
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
        }
    }
}

impl Meant {
    pub(crate) fn wording(&self) -> Wording {
        match self {
            Self::To(to) => Wording::with("meant-to", vec![("to", named(to))]),
            Self::From(of) => Wording::with("meant-from", vec![("who", who(of))]),
            Self::On(at) => Wording::with("meant-on", vec![("at", Arg::Day(*at))]),
        }
    }
}

impl OwnBlock {
    fn wording(&self) -> Wording {
        let number = ("number", Arg::Number(self.number as u64));
        let until = ("until", Arg::Day(self.until));
        match &self.address {
            Some(who) => Wording::with("block-line-address", vec![number, ("who", Arg::Text(who.to_string())), until]),
            None => Wording::with("block-line", vec![number, ("at", Arg::Day(self.at)), until]),
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
            Self::MatrixId => "word-matrix-id",
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

/// The requests that somebody of this role can make of the porter.
fn help(offers: Offers, role: Role) -> Vec<(&'static str, Arg)> {
    let listable = u64::from(offers.mentors && role.can_be_listed());
    let staff = u64::from(role.is_staff());
    offered(offers).into_iter().chain([("listable", Arg::Number(listable)), ("staff", Arg::Number(staff))]).collect()
}

/// The service's features, as sentences choose by them.
pub(crate) fn offered(offers: Offers) -> Vec<(&'static str, Arg)> {
    let Offers { introductions, rooms, mentors } = offers;
    let offered = [("introductions", introductions), ("rooms", rooms), ("mentors", mentors)];
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

pub(crate) fn lines(fields: &[Shown]) -> Vec<Wording> {
    fields
        .iter()
        .map(|f| Wording::with(f.field().line_id(), vec![("value", Arg::Text(f.value().to_owned()))]))
        .collect()
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

fn listed(matters: &[Matter]) -> Vec<Wording> {
    let line = |matter: &Matter| {
        let which = Arg::Lines(vec![matter.which.wording()]);
        Wording::with("matter-line", vec![("number", Arg::Number(matter.number as u64)), ("which", which)])
    };
    matters.iter().map(line).collect()
}

fn pause(until: Option<Timestamp>) -> Wording {
    match until {
        Some(until) => Wording::with("pause-on", vec![("until", Arg::Day(until))]),
        None => Wording::plain("pause-off"),
    }
}

/// A person as the other knows them: by the fields they agreed to show, in one line.
pub(crate) fn who(of: &Disclosure) -> Arg {
    let values: Vec<&str> = of.fields().iter().map(Shown::value).collect();
    Arg::Text(values.join(", "))
}
