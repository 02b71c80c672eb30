//! Everything the hub may do in the world, as values. What is not here, it cannot do.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::{EffectId, IntroductionId, MemberId};
use crate::introduction::RoomRef;
use crate::say::Say;

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Effect {
    /// Its id: it is done once, however often it is tried.
    pub id: EffectId,
    /// Whose details are in it; each one's key is needed to read it from disk.
    pub owners: BTreeSet<MemberId>,
    /// What to do.
    pub act: Act,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// Say this to a member, in the conversation with them.
    Tell(MemberId, Say),
    /// Create the room of an introduction: empty, encrypted, marked with this effect's id.
    CreateRoom(IntroductionId),
    /// Invite a member into it.
    Invite(IntroductionId, RoomRef, MemberId),
    /// Take a member's invitation back, or remove them.
    Remove(IntroductionId, RoomRef, MemberId),
    /// Say the opening note in it.
    Note(IntroductionId, RoomRef, Say),
    /// Let the two speak in it.
    OpenSpeech(IntroductionId, RoomRef),
    /// Leave it.
    Leave(IntroductionId, RoomRef),
    /// Take back what was said to a member by this effect, as far as the channel can. What was never said is done.
    TakeBack(MemberId, EffectId),
    /// End the conversation with a member and destroy what is kept of them: what they own cannot be read any more.
    Forget(MemberId),
}

/// What must happen in order: all that concerns one conversation, or one introduction's room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// The conversation with a member.
    Conversation(MemberId),
    /// The room of an introduction.
    Introduction(IntroductionId),
    /// The taking back of what this effect said. It waits for nothing else that is to be said there.
    TakingBack(EffectId),
    /// The forgetting of a member.
    Forgetting(MemberId),
}

impl Act {
    /// The lane it belongs to.
    pub fn lane(&self) -> Lane {
        match self {
            Self::Tell(member, _) => Lane::Conversation(*member),
            Self::CreateRoom(id)
            | Self::Invite(id, _, _)
            | Self::Remove(id, _, _)
            | Self::Note(id, _, _)
            | Self::OpenSpeech(id, _)
            | Self::Leave(id, _) => Lane::Introduction(*id),
            Self::TakeBack(_, said) => Lane::TakingBack(*said),
            Self::Forget(member) => Lane::Forgetting(*member),
        }
    }
}
