//! The porter's messages about an introduction once the question has been answered, or its time is over.

use serde::{Deserialize, Serialize};

use crate::consent::Disclosure;
use crate::introduction::say::{Matter, Meant, listed};
use crate::introduction::{Known, Party, Went};
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
    },
    /// Both said yes: to the requester.
    AgreedRequester {
        /// The person they named.
        to: Named,
        /// The details that the addressee agreed to show.
        of: Disclosure,
        /// They have this long to come in.
        within: Span,
    },
    /// Both said yes: to the addressee.
    AgreedAddressee {
        /// The details that the requester agreed to show.
        of: Disclosure,
        /// They have this long to come in.
        within: Span,
    },
    /// The one answer: there is no introduction.
    NoIntroduction {
        /// The person they named.
        to: Named,
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

impl From<Ending> for Say {
    fn from(say: Ending) -> Self {
        Self::Ending(say)
    }
}

impl Ending {
    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        use Arg::{Lines, Long};
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
            Self::HowWasIt { number, which } => {
                Wording::with("how-was-it", vec![("number", nth(*number)), ("which", Lines(vec![which.wording()]))])
            }
            Self::WhichMeeting { matters } => Wording::with("which-meeting", vec![("matters", Lines(listed(matters)))]),
            Self::ThankYou { went } => Wording::plain(match went {
                Went::Well => "went-well",
                Went::NotWell => "went-not-well",
                Went::NotYet => "went-not-yet",
            }),
            Self::AgreedRequester { to, of, within } => Wording::with(
                "agreed-requester",
                vec![
                    ("to", named(to)),
                    ("fields", Lines(lines(of.fields()))),
                    ("room", room_of_two()),
                    ("within", Long(*within)),
                ],
            ),
            Self::AgreedAddressee { of, within } => Wording::with(
                "agreed-addressee",
                vec![("fields", Lines(lines(of.fields()))), ("room", room_of_two()), ("within", Long(*within))],
            ),
            Self::NoIntroduction { to } => Wording::with("no-introduction", vec![("to", named(to))]),
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

/// The name of the room of two, in a sentence.
fn room_of_two() -> Arg {
    Arg::Listed(vec![Wording::plain("room-of-two-name")])
}
