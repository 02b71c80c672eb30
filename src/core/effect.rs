//! The effects: everything the hub may do in the world, as values. It can do nothing else.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::conduct::MessageRef;
use crate::id::{CaseId, EffectId, IntroductionId, MemberId, RoomId};
use crate::introduction::Venue;
use crate::name::Address;
use crate::say::Say;

/// Something to do in the world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Its id: it is done once, however often it is tried.
    pub id: EffectId,
    /// The members whose details are in it; each one's key is needed to read it from disk.
    pub owners: BTreeSet<MemberId>,
    /// The act itself.
    pub act: Act,
}

/// An act in the world.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Say this to a member, in the conversation with them: words, or a file.
    Tell(MemberId, Say),
    /// Create the room of an introduction: empty, encrypted, marked with this effect's id.
    CreateRoom(IntroductionId),
    /// Invite a member into it.
    Invite(IntroductionId, Venue, MemberId),
    /// Take a member's invitation back, or remove them.
    Remove(IntroductionId, Venue, MemberId),
    /// Say the opening note in it.
    Note(IntroductionId, Venue, Say),
    /// Let the two speak in it.
    OpenSpeech(IntroductionId, Venue),
    /// Leave the room, which belongs to the two from then on.
    Leave(IntroductionId, Venue),
    /// Take back the message of this effect to a member, as far as the channel can. If it was never sent, that is done.
    TakeBack(MemberId, EffectId),
    /// End the conversation with a member and destroy their key: their rows cannot be read any more.
    Forget(MemberId),
    /// Something in a room for many.
    Room(RoomId, RoomAct),
}

/// Something to do in a room for many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoomAct {
    /// Make it, marked with this effect's id.
    Make,
    /// Make the room as it is to be.
    Tend(Venue),
    /// Invite a member who asked for it.
    Admit(Venue, MemberId),
    /// Take a member out, or take their invitation back.
    Expel(Venue, MemberId),
    /// Take a member out who came uninvited, if they are there.
    Oust(Venue, MemberId),
    /// Take somebody out who is no member, if they are there.
    OustStranger(Venue, Address),
    /// Say this in it.
    Post(Venue, Say),
    /// Take a member's own message away, as they asked.
    TakeAway(Venue, MemberId, MessageRef),
    /// Look at a message that this member reports.
    Look(Venue, MemberId, CaseId, MessageRef),
}

/// A lane of effects that happen in order: all that concern one conversation, or one introduction's room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// The conversation with a member.
    Conversation(MemberId),
    /// Files for a member, in that conversation. No words wait for a file, and a file waits for the words that were to be said before
    /// it.
    Files(MemberId),
    /// The room of an introduction.
    Introduction(IntroductionId),
    /// The taking back of this effect's message. It waits for no other message there.
    TakingBack(EffectId),
    /// The forgetting of a member.
    Forgetting(MemberId),
    /// The making and tending of a room for many.
    Room(RoomId),
    /// One member's place in it. It waits for nobody else's.
    Place(RoomId, MemberId),
    /// Those in it who are no members.
    Strangers(RoomId),
    /// The porter's messages in a room for many.
    Posts(RoomId),
}

impl Act {
    /// The lane it belongs to.
    pub fn lane(&self) -> Lane {
        match self {
            Self::Tell(member, say) if say.is_file() => Lane::Files(*member),
            Self::Tell(member, _) => Lane::Conversation(*member),
            Self::CreateRoom(id)
            | Self::Invite(id, _, _)
            | Self::Remove(id, _, _)
            | Self::Note(id, _, _)
            | Self::OpenSpeech(id, _)
            | Self::Leave(id, _) => Lane::Introduction(*id),
            Self::TakeBack(_, said) => Lane::TakingBack(*said),
            Self::Forget(member) => Lane::Forgetting(*member),
            Self::Room(room, act) => match act {
                RoomAct::Make | RoomAct::Tend(_) => Lane::Room(*room),
                RoomAct::Admit(_, member)
                | RoomAct::Expel(_, member)
                | RoomAct::Oust(_, member)
                | RoomAct::TakeAway(_, member, _)
                | RoomAct::Look(_, member, _, _) => Lane::Place(*room, *member),
                RoomAct::OustStranger(..) => Lane::Strangers(*room),
                RoomAct::Post(..) => Lane::Posts(*room),
            },
        }
    }
}
