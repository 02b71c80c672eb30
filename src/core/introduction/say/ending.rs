//! The porter's messages about an introduction once the question has been answered, or its time is over.

use serde::{Deserialize, Serialize};

use crate::arranging::say::other;
use crate::consent::Disclosure;
use crate::introduction::say::{Matter, Meant, listed};
use crate::introduction::{Known, Missed, Party, Went};
use crate::people::named::Named;
use crate::say::Say;
use crate::time::Span;
use crate::wording::{Arg, Wording, lines, named, nth};

/// A message about the outcome of a request: the meeting, the one answer, a withdrawal, and how it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// Everything that they take back is out of the other's reach.
    WithdrawalDone {
        /// The point it had come to, as far as they knew.
        known: Known,
        /// The party that they are.
        by: Party,
    },
    /// There is nothing to withdraw.
    NothingToWithdraw,
    /// They wrote "cancel", and there is no draft but something to withdraw.
    WithdrawInstead,
    /// Several things could be withdrawn; which one?
    WhichToWithdraw {
        /// The things to choose from, by number.
        matters: Vec<Matter>,
    },
    /// They are asked how the meeting went.
    HowWasIt {
        /// The number by which they can answer.
        number: u32,
        /// The introduction that is meant.
        which: Meant,
        /// The party that they are, of an information interview.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        interview: Option<Party>,
    },
    /// Several such questions wait; which one is meant?
    WhichMeeting {
        /// Those, by the numbers under which they were put.
        matters: Vec<Matter>,
    },
    /// Thank you for telling how it went.
    ThankYou {
        /// Their word on how it went.
        went: Went,
        /// The party that they are, of an information interview.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        interview: Option<Party>,
    },
    /// Thank you for a line on how it went, which is kept among their notes.
    ThankYouForWords {
        /// The number of the note.
        note: u32,
        /// The party that they are, of an information interview.
        interview: Option<Party>,
    },
    /// One of the two did not come.
    Missed {
        /// The one who did not.
        missed: Missed,
        /// The party that they are, of an information interview.
        interview: Option<Party>,
    },
    /// Both said yes: to the requester.
    AgreedRequester {
        /// The person they named.
        to: Named,
        /// The details that the addressee agreed to show.
        of: Disclosure,
        /// They have this long to come in.
        within: Span,
        /// Whether the addressee gave times with their yes: the requester is shown them once both are in.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        times: bool,
    },
    /// Both said yes: to the addressee.
    AgreedAddressee {
        /// The details that the requester agreed to show.
        of: Disclosure,
        /// They have this long to come in.
        within: Span,
        /// Whether the addressee gave times with their yes: the requester is shown them once both are in.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        times: bool,
    },
    /// The one answer: there is no introduction.
    NoIntroduction {
        /// The person they named.
        to: Named,
        /// The next steps of somebody who had asked for an information interview.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        next: Option<Next>,
    },
    /// The name of an introduction's room, while it waits for the two.
    RoomOfTwoName,
    /// The topic of an introduction's room.
    RoomOfTwoTopic,
    /// To whoever comes into an introduction's room first.
    FirstHere,
    /// The last words in an introduction's room.
    OpeningNote,
    /// The other took it back, or turned the invitation down.
    WithdrawnByOther {
        /// The point it had come to.
        known: Known,
    },
    /// The room was closed, for not both came.
    NotMet,
    /// Their own account turns invitations away, so no room could be opened.
    YouBlock,
    /// The room could not be opened.
    RoomFailed,
}

/// The next steps after an information interview that did not come about. They follow from the requester's own words, and from
/// nothing about the addressee (the rule of one answer).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// The field in which they can look for other mentors.
    pub field: Option<String>,
}

impl From<Ending> for Say {
    fn from(say: Ending) -> Self {
        Self::Ending(say)
    }
}

impl Ending {
    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        use Arg::Lines;
        match self {
            Self::WithdrawalDone { known, by } => Wording::plain(match (known, by) {
                (Known::Before, Party::Requester) => "withdrawn",
                (Known::Before, Party::Addressee) => "yes-withdrawn",
                (Known::Invited, _) => "withdrawn-room-closed",
                (Known::Met, _) => "withdrawn-after-meeting",
            }),
            Self::NothingToWithdraw => Wording::plain("nothing-to-withdraw"),
            Self::WithdrawInstead => Wording::plain("withdraw-instead"),
            Self::WhichToWithdraw { matters } => {
                Wording::with("which-to-withdraw", vec![("matters", Lines(listed(matters)))])
            }
            Self::HowWasIt { number, which, interview: None } => {
                Wording::with("how-was-it", vec![("number", nth(*number)), ("which", Lines(vec![which.wording()]))])
            }
            Self::HowWasIt { number, which, interview: Some(party) } => {
                let id = match party {
                    Party::Requester => "how-was-your-interview",
                    Party::Addressee => "how-was-their-interview",
                };
                Wording::with(id, vec![("number", nth(*number)), ("who", other(which))])
            }
            Self::WhichMeeting { matters } => Wording::with("which-meeting", vec![("matters", Lines(listed(matters)))]),
            Self::ThankYou { went, interview } => Wording::plain(match (went, interview) {
                (Went::Well, None) => "went-well",
                (Went::Well, Some(Party::Requester)) => "interview-went-well",
                (Went::Well, Some(Party::Addressee)) => "thank-you-mentor",
                (Went::NotWell, Some(Party::Requester)) => "interview-went-not-well",
                (Went::NotWell, None | Some(Party::Addressee)) => "went-not-well",
                (Went::NotYet, _) => "went-not-yet",
            }),
            Self::ThankYouForWords { note, interview } => {
                let then = Wording::plain(match interview {
                    None => "then-anybody",
                    Some(Party::Requester) => "then-interviewer",
                    Some(Party::Addressee) => "then-mentor",
                });
                Wording::with("thank-you-for-words", vec![("note", nth(*note)), ("then", Lines(vec![then]))])
            }
            Self::Missed { missed, interview } => {
                let asked = u64::from(*interview == Some(Party::Requester));
                let id = match missed {
                    Missed::Other => "missed-by-other",
                    Missed::Own => "missed-by-reader",
                };
                Wording::with(id, vec![("asked", Arg::Number(asked))])
            }
            Self::AgreedRequester { to, of, within, times } => {
                let mut args = agreed(of, *within, *times);
                args.push(("to", named(to)));
                Wording::with("agreed-requester", args)
            }
            Self::AgreedAddressee { of, within, times } => {
                Wording::with("agreed-addressee", agreed(of, *within, *times))
            }
            Self::NoIntroduction { to, next } => {
                let then = match next {
                    None => Wording::plain("next-anybody"),
                    Some(Next { field: None }) => Wording::plain("next-interviewer"),
                    Some(Next { field: Some(field) }) => {
                        Wording::with("next-interviewer-in-field", vec![("field", Arg::Text(field.clone()))])
                    }
                };
                Wording::with("no-introduction", vec![("to", named(to)), ("next", Lines(vec![then]))])
            }
            Self::RoomOfTwoName => Wording::plain("room-of-two-name"),
            Self::RoomOfTwoTopic => Wording::plain("room-of-two-topic"),
            Self::FirstHere => Wording::plain("first-here"),
            Self::OpeningNote => Wording::plain("opening-note"),
            Self::WithdrawnByOther { known } => Wording::plain(match known {
                Known::Before | Known::Invited => "withdrawn-by-other",
                Known::Met => "withdrawn-by-other-after-meeting",
            }),
            Self::NotMet => Wording::plain("not-met"),
            Self::YouBlock => Wording::plain("you-block"),
            Self::RoomFailed => Wording::plain("room-failed"),
        }
    }

    /// The disclosures in it.
    pub(crate) fn disclosures(&self) -> Vec<&Disclosure> {
        match self {
            Self::AgreedRequester { of, .. } | Self::AgreedAddressee { of, .. } => vec![of],
            Self::WhichToWithdraw { matters } | Self::WhichMeeting { matters } => {
                matters.iter().filter_map(|matter| matter.which.disclosure()).collect()
            }
            Self::HowWasIt { which, .. } => which.disclosure().into_iter().collect(),
            Self::WithdrawalDone { .. }
            | Self::NothingToWithdraw
            | Self::WithdrawInstead
            | Self::ThankYou { .. }
            | Self::ThankYouForWords { .. }
            | Self::Missed { .. }
            | Self::NoIntroduction { .. }
            | Self::RoomOfTwoName
            | Self::RoomOfTwoTopic
            | Self::FirstHere
            | Self::OpeningNote
            | Self::WithdrawnByOther { .. }
            | Self::NotMet
            | Self::YouBlock
            | Self::RoomFailed => vec![],
        }
    }
}

fn agreed(of: &Disclosure, within: Span, times: bool) -> Vec<(&'static str, Arg)> {
    let fields = Arg::Lines(lines(of.fields()));
    let times = Arg::Number(u64::from(times));
    vec![("fields", fields), ("room", room_of_two()), ("within", Arg::Long(within)), ("times", times)]
}

/// The name of the room of two, in a sentence.
fn room_of_two() -> Arg {
    Arg::Listed(vec![Wording::plain("room-of-two-name")])
}
