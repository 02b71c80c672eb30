//! Everything the porter can say, as values. The sentences stand in the wording files, by the ids given here.
//!
//! Each feature has its own messages in its folder; those of the conversation as such stand here.

mod aside;
mod manner;
mod not_taken;
#[cfg(any(test, feature = "samples"))]
pub mod samples;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::consent::Disclosure;
use crate::id::MemberId;
use crate::people::member::Role;
use crate::policy::Offers;
use crate::wording::{Arg, Drawing, File, Rendered, Wording, nth, number, offered, who};

pub use crate::arranging::say::{Arranging, Reminders, Searching, Times};
pub use crate::conduct::say::{CaseLine, CasePlace, Conduct, ConductDesk};
pub use crate::desk::say::{Desk, DeskLine, DeskMatter, Holder};
pub use crate::events::say::{Contacts, NoHandOver};
pub use crate::events::say::{EventDesk, EventLine, EventNews, EventNext, EventTold, Events, Guest, HostSees};
pub use crate::interview::say::Interview;
pub use crate::introduction::say::{
    Answering, Carrying, DraftLine, Ending, Matter, Meant, Next, RequestText, Requesting, SentLine, SentStanding,
    Stands, Tip,
};
pub use crate::mentors::say::{Cards, Listing, Unfit};
pub use crate::notes::say::{Begins, NoteDay, NoteLine, Notes};
pub use crate::people::say::devices::Devices;
pub use crate::people::say::joining::{Boundaries, Joining, Staffing};
pub use crate::people::say::receiving::{OwnBlock, Receiving};
pub use crate::rights::say::Rights;
pub use crate::rooms::say::{Posted, RoomDesk, RoomLine, RoomStanding, Rooms};
pub use aside::{Aside, OpenRequest};
pub use not_taken::{NotTaken, Unchanged};

/// Something the porter says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Say {
    /// The requests that the porter understands.
    Help {
        /// The features that the service offers.
        offers: Offers,
        /// The reader's role.
        role: Role,
    },
    /// The words were not understood.
    NotUnderstood,
    /// To a member who wrote in a room that the porter did not open.
    Elsewhere,
    /// A message could not be read.
    Unreadable,
    /// They write more in a minute than is read in one; the rest is read later.
    Hurried,
    /// Nothing proved that a message was its sender's, so it was not taken for an answer.
    DeviceUnknown,
    /// Their role takes no part in introductions.
    TakesNoPart,
    /// They named themselves, or the porter.
    NotThatOne,
    /// Their words were not taken for an answer.
    NotTaken(NotTaken),
    /// The draft is thrown away.
    DraftDropped,
    /// There is no draft.
    NoDraft,
    /// The next steps with the draft, when a word does not fit.
    DraftWaits,
    /// They wrote something that could be the answer to one of several questions.
    MaybeAnAnswer {
        /// The number of the question.
        number: u32,
    },
    /// They began an answer that carries words, and gave none.
    WordsMissing {
        /// The command as they typed it.
        command: String,
    },
    /// Their words are longer than what is carried.
    WordsTooLong {
        /// The most, in characters.
        limit: usize,
        /// The number of characters there were.
        found: usize,
    },
    /// A date was not understood.
    WhenUnclear {
        /// The command that the time was for, as they typed it.
        command: String,
    },
    /// Their words began like an answer and could mean either; they were not taken for one.
    AnswerUnclear,
    /// Nothing awaits an answer.
    NothingToAnswer,
    /// Several requests wait; which one is meant?
    WhichOne {
        /// Number and sender's shown details of each.
        open: Vec<(u32, Disclosure)>,
    },
    /// There is no open request with that number.
    NoSuchNumber {
        /// The number they gave.
        number: u32,
    },
    /// The request is no longer open.
    TooLate,
    /// Something went wrong on the porter's side.
    Fault,
    /// A message to somebody who joins, or whose role changes.
    Joining(Joining),
    /// A message about members to people who work for the service.
    Staffing(Staffing),
    /// About a device that is not known to be its owner's.
    Devices(Devices),
    /// About words of theirs that are to be carried.
    Carrying(Carrying),
    /// Beside everything that goes on.
    Aside(Aside),
    /// Something about cards and the mentors' list.
    Cards(Cards),
    /// To a member, about rooms for many.
    Rooms(Rooms),
    /// To staff and administrators, about rooms for many.
    RoomDesk(RoomDesk),
    /// A text that stands in a room for many, or is said there.
    Posted(Posted),
    /// To a member, about conduct in rooms for many.
    Conduct(Conduct),
    /// To staff, about conduct in rooms for many.
    ConductDesk(ConductDesk),
    /// About questions to the staff.
    Desk(Desk),
    /// About events, to members.
    Events(Events),
    /// About events, to staff.
    EventDesk(EventDesk),
    /// To somebody, about an information interview.
    Interview(Interview),
    /// About the time at which two people meet.
    Arranging(Arranging),
    /// To somebody, about their own notes.
    Notes(Notes),
    // These are written without a name around them, as their messages were when they stood here.
    /// To somebody about a request of their own.
    #[serde(untagged)]
    Requesting(Requesting),
    /// To somebody about a request to them.
    #[serde(untagged)]
    Answering(Answering),
    /// About the outcome of a request.
    #[serde(untagged)]
    Ending(Ending),
    /// To a member, about the requests that they are brought.
    #[serde(untagged)]
    Receiving(Receiving),
    /// To somebody, about their rights over what is kept about them.
    #[serde(untagged)]
    Rights(Rights),
}

impl Say {
    /// The sentence for it.
    pub fn wording(&self) -> Wording {
        use Arg::{Lines, Text};
        match self {
            Self::Help { offers, role } => Wording::with("help", help(*offers, *role)),
            Self::NotUnderstood => Wording::plain("not-understood"),
            Self::Elsewhere => Wording::plain("elsewhere"),
            Self::Unreadable => Wording::plain("unreadable"),
            Self::Hurried => Wording::plain("hurried"),
            Self::DeviceUnknown => Wording::plain("device-unknown"),
            Self::TakesNoPart => Wording::plain("takes-no-part"),
            Self::NotThatOne => Wording::plain("not-that-one"),
            Self::NotTaken(why) => why.wording(),
            Self::DraftDropped => Wording::plain("draft-dropped"),
            Self::NoDraft => Wording::plain("no-draft"),
            Self::DraftWaits => Wording::plain("draft-waits"),
            Self::MaybeAnAnswer { number } => Wording::with("maybe-an-answer", vec![("number", nth(*number))]),
            Self::WordsMissing { command } => Wording::with("words-missing", vec![("command", Text(command.clone()))]),
            Self::WordsTooLong { limit, found } => {
                Wording::with("words-too-long", vec![("limit", number(*limit)), ("found", number(*found))])
            }
            Self::WhenUnclear { command } => Wording::with("when-unclear", vec![("command", Text(command.clone()))]),
            Self::AnswerUnclear => Wording::plain("answer-unclear"),
            Self::NothingToAnswer => Wording::plain("nothing-to-answer"),
            Self::WhichOne { open } => {
                let lines = open.iter().map(|(number, of)| open_line(*number, of)).collect();
                Wording::with("which-one", vec![("open", Lines(lines))])
            }
            Self::NoSuchNumber { number } => Wording::with("no-such-number", vec![("number", nth(*number))]),
            Self::TooLate => Wording::plain("too-late"),
            Self::Fault => Wording::plain("fault"),
            Self::Joining(say) => say.wording(),
            Self::Staffing(say) => say.wording(),
            Self::Devices(say) => say.wording(),
            Self::Carrying(say) => say.wording(),
            Self::Aside(say) => say.wording(),
            Self::Cards(say) => say.wording(),
            Self::Rooms(say) => say.wording(),
            Self::RoomDesk(say) => say.wording(),
            Self::Posted(say) => say.wording(),
            Self::Conduct(say) => say.wording(),
            Self::ConductDesk(say) => say.wording(),
            Self::Desk(say) => say.wording(),
            Self::Events(say) => say.wording(),
            Self::EventDesk(say) => say.wording(),
            Self::Interview(say) => say.wording(),
            Self::Arranging(say) => say.wording(),
            Self::Notes(say) => say.wording(),
            Self::Requesting(say) => say.wording(),
            Self::Answering(say) => say.wording(),
            Self::Ending(say) => say.wording(),
            Self::Receiving(say) => say.wording(),
            Self::Rights(say) => say.wording(),
        }
    }

    /// Whether it shows anybody's details, the reader's own among them, so that nobody else may be there.
    pub fn shows_details(&self) -> bool {
        match self {
            Self::Requesting(say) => say.shows_details(),
            Self::Answering(say) => say.shows_details(),
            Self::Rights(say) => say.shows_details(),
            Self::Cards(say) => say.shows_details(),
            Self::Conduct(say) => say.shows_details(),
            Self::Interview(say) => say.shows_details(),
            Self::Notes(say) => say.shows_details(),
            Self::Events(Events::Contacts(say)) => say.shows_details(),
            Self::Staffing(_) | Self::ConductDesk(_) | Self::Desk(_) | Self::EventDesk(_) => true,
            Self::Help { .. }
            | Self::NotUnderstood
            | Self::Elsewhere
            | Self::Unreadable
            | Self::Hurried
            | Self::DeviceUnknown
            | Self::TakesNoPart
            | Self::NotThatOne
            | Self::NotTaken(_)
            | Self::DraftDropped
            | Self::NoDraft
            | Self::DraftWaits
            | Self::MaybeAnAnswer { .. }
            | Self::WordsMissing { .. }
            | Self::WordsTooLong { .. }
            | Self::WhenUnclear { .. }
            | Self::AnswerUnclear
            | Self::NothingToAnswer
            | Self::WhichOne { .. }
            | Self::NoSuchNumber { .. }
            | Self::TooLate
            | Self::Fault
            | Self::Joining(_)
            | Self::Devices(_)
            | Self::Carrying(_)
            | Self::Aside(_)
            | Self::Rooms(_)
            | Self::RoomDesk(_)
            | Self::Posted(_)
            | Self::Arranging(_)
            | Self::Events(_)
            | Self::Ending(_)
            | Self::Receiving(_) => !self.disclosures().is_empty(),
        }
    }

    /// Whether it gives proposals or reports numbers of their own, by which staff deal with them.
    pub(crate) fn gives_numbers(&self) -> bool {
        matches!(
            self,
            Self::RoomDesk(
                RoomDesk::RoomProposed { .. } | RoomDesk::OfferProposed { .. } | RoomDesk::WhichProposal { .. }
            ) | Self::ConductDesk(ConductDesk::Reported { .. } | ConductDesk::Reports { .. })
        )
    }

    /// Whether it is a file, or a picture.
    pub fn is_file(&self) -> bool {
        matches!(self, Self::Arranging(Arranging::Calendar(_)) | Self::Events(Events::Calendar(_)))
            || matches!(self, Self::Notes(say) if say.is_file())
    }

    /// The file that it is, from its wording in words. The same message is the same file, however often it is made.
    pub fn file(&self, words: &Rendered) -> Option<File> {
        if let Self::Arranging(Arranging::Calendar(entry)) = self {
            Some(entry.file(&words.plain))
        } else if let Self::Events(Events::Calendar(entry)) = self {
            Some(entry.file(&words.plain))
        } else if let Self::Notes(say) = self {
            say.file(&words.plain)
        } else {
            None
        }
    }

    /// The picture that it is, from its wording in words: the same for the same message, as a file is.
    pub fn drawing(&self, words: &Rendered) -> Option<Drawing> {
        if let Self::Notes(say) = self { say.drawing(&words.plain) } else { None }
    }

    /// The message that its reader gets where it cannot be said.
    pub fn instead(&self) -> Option<Self> {
        if let Self::Notes(say) = self
            && say.is_file()
        {
            return say.instead().map(Self::from);
        }
        let instead = if matches!(self, Self::Events(Events::Calendar(_))) {
            Events::NoCalendar.into()
        } else if self.is_file() {
            Arranging::NoCalendar.into()
        } else {
            Self::Fault
        };
        (*self != instead).then_some(instead)
    }

    /// The members whose details it shows by a consent that is to no introduction: their entry of the mentors' list, or their
    /// contact.
    pub fn published(&self) -> Vec<MemberId> {
        if let Self::Events(Events::Contacts(contacts)) = self {
            return contacts.shows().into_iter().collect();
        }
        if let Self::Cards(cards) = self { cards.shows() } else { vec![] }
    }

    /// The disclosures in it: whose details it carries to whom, and by which consent.
    pub fn disclosures(&self) -> Vec<&Disclosure> {
        match self {
            Self::Requesting(say) => say.disclosures(),
            Self::Answering(say) => say.disclosures(),
            Self::Ending(say) => say.disclosures(),
            Self::Arranging(say) => say.disclosures(),
            Self::Notes(say) => say.disclosures(),
            Self::Carrying(say) => say.disclosure().into_iter().collect(),
            Self::Aside(say) => say.disclosure().into_iter().collect(),
            Self::NotTaken(say) => say.disclosures(),
            Self::WhichOne { open } => open.iter().map(|(_, of)| of).collect(),
            Self::Help { .. }
            | Self::NotUnderstood
            | Self::Elsewhere
            | Self::Unreadable
            | Self::Hurried
            | Self::DeviceUnknown
            | Self::TakesNoPart
            | Self::NotThatOne
            | Self::DraftDropped
            | Self::NoDraft
            | Self::DraftWaits
            | Self::MaybeAnAnswer { .. }
            | Self::WordsMissing { .. }
            | Self::WordsTooLong { .. }
            | Self::WhenUnclear { .. }
            | Self::AnswerUnclear
            | Self::NothingToAnswer
            | Self::NoSuchNumber { .. }
            | Self::TooLate
            | Self::Fault
            | Self::Joining(_)
            | Self::Staffing(_)
            | Self::Devices(_)
            | Self::Cards(_)
            | Self::Rooms(_)
            | Self::RoomDesk(_)
            | Self::Posted(_)
            | Self::Conduct(_)
            | Self::ConductDesk(_)
            | Self::Desk(_)
            | Self::Events(_)
            | Self::EventDesk(_)
            | Self::Interview(_)
            | Self::Receiving(_)
            | Self::Rights(_) => vec![],
        }
    }
}

/// The requests that somebody of this role can make of the porter.
fn help(offers: Offers, role: Role) -> Vec<(&'static str, Arg)> {
    let listable = u64::from(offers.mentors && role.can_be_listed());
    let staff = u64::from(role.is_staff());
    offered(offers).into_iter().chain([("listable", Arg::Number(listable)), ("staff", Arg::Number(staff))]).collect()
}

fn open_line(number: u32, of: &Disclosure) -> Wording {
    Wording::with("which-one-line", vec![("number", nth(number)), ("who", who(of))])
}
