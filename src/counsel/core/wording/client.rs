//! The sentences for clients.

use lodge_ground::time::Timestamp;
use lodge_ground::wording::Arg::{Code, Lines, Long, Number, Page, Text, When};
use lodge_ground::wording::Wording;

use super::{away, flag, maybe};
use crate::say::{CounsellorCard, TermsStanding, ToClient};

impl ToClient {
    /// The sentence for it.
    pub(super) fn wording(&self) -> Wording {
        match self {
            Self::Terms { within, keep, emergency, standing } => Wording::with(
                "terms",
                vec![
                    ("standing", Number(form(*standing))),
                    ("within", Long(*within)),
                    ("keep", Long(*keep)),
                    ("emergency", Page(emergency.clone())),
                ],
            ),
            Self::TermsFirst => Wording::plain("terms-first"),
            Self::NotNow => Wording::plain("not-now"),
            Self::AskWhom(cards) => Wording::with("ask-whom", vec![("counsellors", Lines(lines(cards)))]),
            Self::NotOneOfThem(cards) => Wording::with("not-one-of-them", vec![("counsellors", Lines(lines(cards)))]),
            Self::NobodyHere { alternatives } => {
                Wording::with("nobody-here", vec![("alternatives", Page(alternatives.clone()))])
            }
            Self::AskAbout { whom } => {
                let (named, whom) = maybe(whom.as_deref());
                Wording::with("ask-about", vec![("named", named), ("whom", whom)])
            }
            Self::LineTooLong { limit } => Wording::with("line-too-long", vec![("limit", Number(*limit as u64))]),
            Self::AskShowing(line) => Wording::with("ask-showing", vec![("line", Text(line.clone()))]),
            Self::Asking { whom, until } => {
                let (named, whom) = maybe(whom.as_deref());
                Wording::with("asking", vec![("named", named), ("whom", whom), ("until", When(*until))])
            }
            Self::AskedOften { from, emergency } => {
                Wording::with("asked-often", vec![("from", When(*from)), ("emergency", Page(emergency.clone()))])
            }
            Self::AlreadyAsking(until) => Wording::with("already-asking", vec![("until", When(*until))]),
            Self::AlreadyOpen => Wording::plain("already-open"),
            Self::TakenBack => Wording::plain("taken-back"),
            Self::Nobody { whom, alternatives } => nobody(whom.as_ref(), alternatives),
            Self::Claimed { name, within } => {
                Wording::with("claimed", vec![("name", Text(name.clone())), ("within", Long(*within))])
            }
            Self::NotMet => Wording::plain("not-met"),
            Self::NotOpened => Wording::plain("not-opened"),
            Self::TimeSuggested(at) => at_time("time-suggested", *at),
            Self::TimePassedOn(at) => at_time("time-passed-on", *at),
            Self::TimeHow => Wording::plain("time-how"),
            Self::TimeAgreed(at) => at_time("time-agreed", *at),
            Self::TimeDeclined(at) => at_time("time-declined", *at),
            Self::TimeCancelled(at) => at_time("time-cancelled", *at),
            Self::Reminder(at) => at_time("reminder", *at),
            Self::NoneOpen => Wording::plain("none-open"),
            Self::Closing { own, until } => {
                Wording::with("closing", vec![("own", flag(*own)), ("until", When(*until))])
            }
            Self::Left => Wording::plain("left"),
            Self::StillThere => Wording::plain("still-there"),
            Self::ErasureSoon(at) => at_time("erasure-soon", *at),
            Self::AskHandover { to, until } => {
                let (named, to) = maybe(to.as_deref());
                Wording::with("ask-handover", vec![("named", named), ("to", to), ("until", When(*until))])
            }
            Self::HandoverDeclined => Wording::plain("handover-declined"),
            Self::ForgetHow => Wording::plain("forget-how"),
            Self::Forgetting => Wording::plain("forgetting"),
            Self::Data(json) => Wording::with("data", vec![("json", Code(json.clone()))]),
            Self::Help { agreed, open, emergency } => Wording::with(
                "help",
                vec![("agreed", flag(*agreed)), ("open", flag(*open)), ("emergency", Page(emergency.clone()))],
            ),
            Self::NotUnderstood => Wording::plain("not-understood"),
        }
    }
}

fn form(standing: TermsStanding) -> u64 {
    match standing {
        TermsStanding::New => 0,
        TermsStanding::Changed => 1,
        TermsStanding::Shown => 2,
    }
}

fn at_time(id: &'static str, at: Timestamp) -> Wording {
    Wording::with(id, vec![("at", When(at))])
}

/// The first choice is anybody, so these are numbered from 2.
fn lines(cards: &[CounsellorCard]) -> Vec<Wording> {
    let line = |(number, card): (u64, &CounsellorCard)| {
        let (away, words) = away(card.away.as_deref());
        Wording::with(
            "card-line",
            vec![
                ("number", Number(number)),
                ("name", Text(card.name.clone())),
                ("card", Text(card.card.clone())),
                ("away", away),
                ("words", words),
            ],
        )
    };
    (2..).zip(cards).map(line).collect()
}

fn nobody(whom: Option<&(String, Option<String>)>, alternatives: &str) -> Wording {
    let (named, name) = maybe(whom.map(|(name, _)| name.as_str()));
    let (away, words) = away(whom.and_then(|(_, away)| away.as_deref()));
    Wording::with(
        "nobody",
        vec![
            ("named", named),
            ("whom", name),
            ("away", away),
            ("words", words),
            ("alternatives", Page(alternatives.to_owned())),
        ],
    )
}
