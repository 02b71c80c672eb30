//! The sentences for counsellors.

use lodge_ground::time::Timestamp;
use lodge_ground::wording::Arg::{Lines, Listed, Long, Number, Text, When};
use lodge_ground::wording::{Arg, Wording};

use super::{away, flag, maybe};
use crate::say::{OwnCase, Standing, ToCounsellor};
use crate::word::CaseWord;

impl ToCounsellor {
    /// The sentence for it.
    pub(super) fn wording(&self) -> Wording {
        match self {
            Self::Welcome(name) => Wording::with("counsellor-welcome", vec![("name", Text(name.clone()))]),
            Self::Help => Wording::plain("counsellor-help"),
            Self::Offer { word, about, only, until } => {
                let (told, about) = maybe(about.as_deref());
                let args = vec![("told", told), ("about", about), ("only", flag(*only)), ("until", When(*until))];
                case("counsellor-offer", word, args)
            }
            Self::Claimed { word, about, within } => {
                let (told, about) = maybe(about.as_deref());
                case("counsellor-claimed", word, vec![("told", told), ("about", about), ("within", Long(*within))])
            }
            Self::Taken(word) => case("counsellor-taken", word, vec![]),
            Self::Passed(word) => case("counsellor-passed", word, vec![]),
            Self::Full(count) => Wording::with("counsellor-full", vec![("count", Number(u64::from(*count)))]),
            Self::NoSuchCase => Wording::plain("counsellor-no-such-case"),
            Self::WhichCase(words) => {
                let words = words.iter().map(|word| case("counsellor-word", word, vec![])).collect();
                Wording::with("counsellor-which-case", vec![("words", Listed(words))])
            }
            Self::Cases(cases) => Wording::with(
                "counsellor-cases",
                vec![("count", Number(cases.len() as u64)), ("cases", Lines(cases.iter().map(line).collect()))],
            ),
            Self::NotMet(word) => case("counsellor-not-met", word, vec![]),
            Self::NotOpened(word) => case("counsellor-not-opened", word, vec![]),
            Self::Closing { word, own, until } => {
                case("counsellor-closing", word, vec![("own", flag(*own)), ("until", When(*until))])
            }
            Self::Left(word) => case("counsellor-left", word, vec![]),
            Self::Over(word) => case("counsellor-over", word, vec![]),
            Self::StillThere(word) => case("counsellor-still-there", word, vec![]),
            Self::ErasureSoon(word, at) => at_time("counsellor-erasure-soon", word, *at),
            Self::TimeSuggested(word, at) => at_time("counsellor-time-suggested", word, *at),
            Self::TimePassedOn(word, at) => at_time("counsellor-time-passed-on", word, *at),
            Self::TimeHow => Wording::plain("counsellor-time-how"),
            Self::TimeAgreed(word, at) => at_time("counsellor-time-agreed", word, *at),
            Self::TimeDeclined(word, at) => at_time("counsellor-time-declined", word, *at),
            Self::TimeCancelled(word, at) => at_time("counsellor-time-cancelled", word, *at),
            Self::Reminder(word, at) => at_time("counsellor-reminder", word, *at),
            Self::HandoverAsked(word) => case("counsellor-handover-asked", word, vec![]),
            Self::HandoverDeclined(word) => case("counsellor-handover-declined", word, vec![]),
            Self::NoSuchCounsellor(names) => {
                let name = |name: &String| Wording::with("counsellor-name", vec![("name", Text(name.clone()))]);
                let listed = Listed(names.iter().map(name).collect());
                let count = Number(names.len() as u64);
                Wording::with("counsellor-no-such-counsellor", vec![("count", count), ("names", listed)])
            }
            Self::Settings { hours, capacity, away } => settings(hours.as_deref(), *capacity, away.as_deref()),
            Self::HoursHow(found) => Wording::with("counsellor-hours-how", vec![("found", Text(found.clone()))]),
            Self::CapacityHow => Wording::plain("counsellor-capacity-how"),
            Self::BeganAnew => Wording::plain("counsellor-began-anew"),
            Self::Policy { tone, policy, account } => {
                let (toned, tone) = maybe(tone.as_deref());
                Wording::with(
                    "counsellor-policy",
                    vec![
                        ("toned", toned),
                        ("tone", tone),
                        ("policy", Text(policy.clone())),
                        ("account", Text(account.to_string())),
                    ],
                )
            }
            Self::NotUnderstood => Wording::plain("counsellor-not-understood"),
        }
    }
}

fn case(id: &'static str, word: &CaseWord, mut args: Vec<(&'static str, Arg)>) -> Wording {
    args.insert(0, ("word", Text(word.to_string())));
    Wording::with(id, args)
}

fn at_time(id: &'static str, word: &CaseWord, at: Timestamp) -> Wording {
    case(id, word, vec![("at", When(at))])
}

fn line(own: &OwnCase) -> Wording {
    let standing = match own.standing {
        Standing::Offered => 0,
        Standing::Opening => 1,
        Standing::Open => 2,
        Standing::Closing => 3,
    };
    // A case without a meeting has an empty time, which its sentence does not show.
    let at = own.meeting.map_or_else(|| Text(String::new()), When);
    let args = vec![("standing", Number(standing)), ("arranged", flag(own.meeting.is_some())), ("at", at)];
    case("counsellor-case", &own.word, args)
}

fn settings(hours: Option<&str>, capacity: u32, away_text: Option<&str>) -> Wording {
    let (timed, hours) = maybe(hours);
    let (away, words) = away(away_text);
    Wording::with(
        "counsellor-settings",
        vec![
            ("timed", timed),
            ("hours", hours),
            ("capacity", Number(u64::from(capacity))),
            ("away", away),
            ("words", words),
        ],
    )
}
