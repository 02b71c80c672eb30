//! The porter's messages that help with information interviews, to the one who asks for them.

use serde::{Deserialize, Serialize};

use super::plan::{Plan, Way};
use super::referrals::Kind;
use crate::consent::Shown;
use crate::people::named::Named;
use crate::say::{Ending, Next, RequestText, Say};
use crate::time::{Span, Timestamp};
use crate::wording::{Arg, Wording, lines, named, number};

/// A message that helps with an information interview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Interview {
    /// The guide to asking for an information interview and holding it.
    Guide {
        /// Whether the reader has a draft in hand.
        drafting: bool,
    },
    /// Questions to ask.
    Questions {
        /// The theme that they are about.
        theme: String,
        /// The questions of this page.
        questions: Vec<String>,
        /// The number of those that are left.
        more: usize,
        /// The other themes there are.
        others: Vec<String>,
        /// The reader's words for a theme, where there is none of that name.
        unknown: Option<String>,
    },
    /// There are no more of them.
    NoMoreQuestions,
    /// They are asked for the questions that go with their request.
    AskQuestions {
        /// The person they named.
        to: Named,
        /// The plan so far.
        had: Plan,
    },
    /// Those are too many, or too long.
    QuestionsUnfit {
        /// The most there can be.
        most: usize,
        /// The longest that one can be, in characters.
        limit: usize,
    },
    /// They are asked how long it would take, and in which way they would talk.
    AskTime {
        /// The person they named.
        to: Named,
        /// The plan so far.
        had: Plan,
    },
    /// Their answer to that was not understood.
    TimeUnfit,
    /// A rehearsal: the request as the addressee would read it.
    Rehearsal {
        /// The person they named.
        to: Named,
        /// The words as the addressee would read them.
        request: RequestText,
        /// Their own details beside it.
        beside: Vec<Shown>,
    },
    /// A rehearsal of a yes.
    RehearsedYes {
        /// The person they named.
        to: Named,
        /// Their own details that the other would be shown.
        shows: Vec<Shown>,
        /// Both would have this long to come in.
        within: Span,
    },
    /// A rehearsal of a question of the addressee's.
    RehearsedQuestion {
        /// The person they named.
        to: Named,
    },
    /// A rehearsal of a no, or of silence.
    RehearsedNo {
        /// The person they named.
        to: Named,
        /// The time at which they would hear.
        by: Timestamp,
        /// The next steps that the answer would name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<Next>,
    },
    /// An example of a few words of thanks, which they can send themselves.
    ThankYou,
    /// There is no request yet that could be rehearsed.
    NothingToRehearse {
        /// Whether they are writing one.
        drafting: bool,
    },
    /// Other places where they find help.
    Referrals {
        /// The institution's own list.
        kinds: Vec<(Kind, Vec<String>)>,
        /// Whether mentors can be looked for in the porter's list.
        mentors: bool,
        /// The field in which there are some, where they looked for one.
        field: Option<String>,
    },
}

impl From<Interview> for Say {
    fn from(say: Interview) -> Self {
        Self::Interview(say)
    }
}

impl Interview {
    /// Whether it shows anybody's details, the reader's own among them.
    pub(crate) fn shows_details(&self) -> bool {
        matches!(self, Self::Rehearsal { .. } | Self::RehearsedYes { .. })
    }

    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        use Arg::{Lines, Listed, Long, Text, When};
        match self {
            Self::Guide { drafting } => Wording::with("guide", vec![("drafting", flag(*drafting))]),
            Self::Questions { theme, questions, more, others, unknown } => Wording::with(
                "questions",
                vec![
                    ("known", flag(unknown.is_none())),
                    ("asked", Text(unknown.clone().unwrap_or_default())),
                    ("theme", Text(theme.clone())),
                    ("questions", Lines(questions.iter().map(|text| line("question-line", text)).collect())),
                    ("more", number(*more)),
                    ("count", number(others.len())),
                    ("others", Listed(others.iter().map(|name| line("theme-name", name)).collect())),
                ],
            ),
            Self::NoMoreQuestions => Wording::plain("no-more-questions"),
            Self::AskQuestions { to, had } => Wording::with(
                "ask-questions",
                vec![
                    ("to", named(to)),
                    ("count", number(had.questions.len())),
                    ("had", Lines(had.questions.iter().map(|text| line("question-line", text)).collect())),
                ],
            ),
            Self::QuestionsUnfit { most, limit } => {
                Wording::with("questions-unfit", vec![("most", number(*most)), ("limit", number(*limit))])
            }
            Self::AskTime { to, had } => {
                let had = time_of(had);
                let count = usize::from(!had.is_empty());
                Wording::with("ask-time", vec![("to", named(to)), ("count", number(count)), ("had", Lines(had))])
            }
            Self::TimeUnfit => Wording::plain("time-unfit"),
            Self::Rehearsal { to, request, beside } => {
                Wording::with("rehearsal", vec![("to", named(to)), ("request", Lines(vec![request.wording(beside)]))])
            }
            Self::RehearsedYes { to, shows, within } => Wording::with(
                "rehearsed-yes",
                vec![("to", named(to)), ("shows", Lines(lines(shows))), ("within", Long(*within))],
            ),
            Self::RehearsedQuestion { to } => Wording::with("rehearsed-question", vec![("to", named(to))]),
            Self::ThankYou => Wording::plain("thank-you-example"),
            Self::RehearsedNo { to, by, next } => {
                let answer = Ending::NoIntroduction { to: to.clone(), next: next.clone() }.wording();
                let args = vec![("to", named(to)), ("by", When(*by)), ("answer", Lines(vec![answer]))];
                Wording::with("rehearsed-no", args)
            }
            Self::NothingToRehearse { drafting } => {
                Wording::with("nothing-to-rehearse", vec![("drafting", flag(*drafting))])
            }
            Self::Referrals { kinds, mentors, field } => Wording::with(
                "referrals",
                vec![
                    ("kinds", Lines(kinds.iter().map(|(kind, entries)| of_kind(*kind, entries)).collect())),
                    ("mentors", flag(*mentors)),
                    ("in-field", flag(field.is_some())),
                    ("field", Text(field.clone().unwrap_or_default())),
                ],
            ),
        }
    }
}

fn flag(is: bool) -> Arg {
    Arg::Number(u64::from(is))
}

fn line(id: &'static str, text: &str) -> Wording {
    Wording::with(id, vec![("text", Arg::Text(text.to_owned()))])
}

fn of_kind(kind: Kind, entries: &[String]) -> Wording {
    let id = match kind {
        Kind::Appointments => "referrals-appointments",
        Kind::Mentors => "referrals-mentors",
        Kind::Events => "referrals-events",
        Kind::Resources => "referrals-resources",
    };
    Wording::with(id, vec![("entries", Arg::Lines(entries.iter().map(|text| line("referral-line", text)).collect()))])
}

/// The length and the way of the talk, and the weeks for it, as both people read them; nothing where all are left open.
pub(crate) fn time_of(plan: &Plan) -> Vec<Wording> {
    let ways: Vec<Wording> = plan.ways.iter().map(|way| Wording::plain(way_id(*way))).collect();
    let minutes = plan.minutes.unwrap_or_default();
    let args =
        vec![("minutes", Arg::Number(u64::from(minutes))), ("count", number(ways.len())), ("ways", Arg::Listed(ways))];
    let time = (plan.minutes.is_some() || !plan.ways.is_empty()).then(|| Wording::with("plan-time", args));
    time.into_iter().chain(plan.weeks.iter().map(|weeks| line("plan-weeks", weeks))).collect()
}

/// The questions of a request, as both people read them.
pub(crate) fn questions_of(plan: &Plan) -> Vec<Wording> {
    question_lines(&plan.questions)
}

/// Questions of a request, one on each line.
pub(crate) fn question_lines(questions: &[String]) -> Vec<Wording> {
    questions.iter().map(|text| line("plan-question", text)).collect()
}

fn way_id(way: Way) -> &'static str {
    match way {
        Way::Call => "way-call",
        Way::Here => "way-here",
        Way::InPerson => "way-in-person",
    }
}
