//! Things that happen in the rooms of a service, each once, as [`hearing`](crate::hearing) finds them in the news.

use lodge_ground::bounded::LeftOut;
use lodge_ground::id::{EffectId, MemberId};
use lodge_ground::name::Address;
use lodge_ground::proof::Proof;
use lodge_ground::time::Timestamp;

use crate::content::Thread;
use crate::homeserver::{EventRef, Membership, RoomRef};
use crate::news::{self, Retouched, Text};
use crate::occupant::Occupant;
use crate::rows::Unread;

/// The room that news came from, by its part in the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// It is none of the service's.
    Unknown,
    /// It is one of the service's, and no conversation.
    Other,
    /// It is the service's conversation with this person.
    Conversation {
        /// The person.
        member: MemberId,
        /// Their account. Nobody else's words count there.
        address: Address,
        /// The number of the service's messages that stand there.
        position: u64,
    },
}

/// Words of somebody's that count now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// The person who wrote them.
    pub member: MemberId,
    /// The conversation that they stand in.
    pub room: RoomRef,
    /// Their event.
    pub event: EventRef,
    /// The words, with the proof that they are their writer's.
    pub text: Text,
    /// The number of the service's messages that stood before them.
    pub position: u64,
    /// Whether their writer's device is one more of theirs, which writes for the first time.
    pub is_further_device: bool,
}

impl Words {
    /// The words in a thread that their answer stands beside; `None` where they were written in no thread.
    pub fn thread(&self) -> Option<Thread> {
        self.text.thread.as_ref().map(|thread| thread.answering(&self.room, &self.event))
    }
}

/// A thing that happened, and happens once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// Somebody said something in their conversation.
    Said(Words),
    /// Somebody writes more than is read in a minute; from this event on, the rest is read later.
    Hurried(MemberId, EventRef, Option<Thread>),
    /// Something that somebody said could not be read in time, for want of its key.
    Unreadable(MemberId, EventRef, Option<Thread>),
    /// Words of somebody's were left out at a bound. This event brought that to light.
    LeftOut(MemberId, EventRef, LeftOut, Option<Thread>),
    /// Somebody edited a message of theirs in their conversation, by this event.
    Edited(MemberId, EventRef, Retouched),
    /// Somebody took a message of theirs in their conversation away, by this event.
    TakenAway(MemberId, EventRef, Retouched),
    /// Somebody sent something that is not in words to their conversation, by this event.
    Wordless(MemberId, EventRef),
    /// Somebody came into a room of the service's, was invited or went.
    Moved(RoomRef, EventRef, Occupant, Membership),
    /// A message of the service's own shows.
    Own {
        /// The room that it shows in.
        room: RoomRef,
        /// Its event.
        event: EventRef,
        /// The effect that said it.
        effect: EffectId,
        /// Whether it stands in one of the service's rooms from now on, so that words there come after it.
        stands: bool,
    },
}

impl Origin {
    /// The person whose conversation it is and the position of words there now, where this is their account.
    pub(crate) fn of(&self, account: &Address) -> Option<(MemberId, u64)> {
        match self {
            Self::Conversation { member, address, position } if address == account => Some((*member, *position)),
            Self::Conversation { .. } | Self::Other | Self::Unknown => None,
        }
    }

    /// Whether this is a conversation, and the event its person's own. Nobody is asked to say again a message that somebody
    /// else sent.
    pub(crate) fn has_sealed(&self, sealed: &str) -> bool {
        match self {
            Self::Conversation { address, .. } => news::is_sealed_by(sealed, address),
            Self::Other | Self::Unknown => false,
        }
    }
}

impl Words {
    /// The row of words that are to be read later.
    pub(crate) fn into_unread(self, since: Timestamp) -> Unread {
        let Self { member, room, event, text, position, is_further_device: _ } = self;
        // In a conversation of two nobody else is called.
        let Text { sender, body, reply_to, thread, mentions, everybody: _, proof, cipher: _, device } = text;
        Unread {
            number: 0,
            event: event.0,
            room,
            member,
            since,
            sender,
            body,
            reply_to: reply_to.map(|event| event.0),
            thread,
            mentions,
            is_proven: proof == Proof::Proven,
            position,
            device,
            more: false,
        }
    }
}

impl From<Unread> for Words {
    fn from(unread: Unread) -> Self {
        let Unread {
            event, room, member, sender, body, reply_to, thread, mentions, is_proven, position, device, ..
        } = unread;
        let proof = if is_proven { Proof::Proven } else { Proof::Unproven };
        let reply_to = reply_to.map(EventRef);
        let text = Text { sender, body, reply_to, thread, mentions, everybody: false, proof, cipher: None, device };
        Self { member, room, event: EventRef(event), text, position, is_further_device: false }
    }
}
