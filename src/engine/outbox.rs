//! The acts of the core that are still to be done, and the order in which they are.

use lodge_core::effect::{Act, Lane};
use lodge_core::id::MemberId;
use lodge_ground::outbox;
use serde::{Deserialize, Serialize};

/// An act to be done, as it stands in the store.
pub type Job = outbox::Job<Errand>;

/// The acts that are still to be done.
pub type Outbox = outbox::Outbox<Errand>;

/// A thing to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Errand {
    /// An act that the core decided on.
    Act(Act),
}

impl outbox::Errand for Errand {
    type Line = Lane;

    fn line(&self) -> Lane {
        self.act().lane()
    }

    fn names(&self) -> Option<MemberId> {
        match self.act() {
            Act::Invite(_, _, who) | Act::Remove(_, _, who) => Some(*who),
            Act::Tell(..)
            | Act::CreateRoom(_)
            | Act::Note(..)
            | Act::OpenSpeech(..)
            | Act::Leave(..)
            | Act::TakeBack(..)
            | Act::Forget(_)
            | Act::Room(..) => None,
        }
    }
}

impl Errand {
    /// The act that it is an errand for.
    pub fn act(&self) -> &Act {
        let Self::Act(act) = self;
        act
    }

    /// The member who is forgotten by it.
    pub(crate) fn forgets(&self) -> Option<MemberId> {
        if let Act::Forget(member) = self.act() { Some(*member) } else { None }
    }
}
