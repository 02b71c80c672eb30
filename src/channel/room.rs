//! The rooms that the porter creates for introductions.

use lodge_core::say::{Ending, Say};

use crate::content::Voice;

pub use lodge_matrix::room::*;

/// The room of an introduction: for two, silent until both are in, then theirs, calls included.
pub fn introduction() -> RoomSpec {
    RoomSpec {
        speech: Speech::Withheld,
        encryption: Encryption::EndToEnd,
        history: History::FromJoining,
        direct: Direct::Yes,
        calls: Calls::Allowed,
        federation: Federation::Open,
        sign: None,
        creators: Vec::new(),
    }
}

/// The same room with the words at its top: one in which nobody can speak yet says what it is.
pub fn in_words(spec: &RoomSpec, voice: &impl Voice) -> RoomSpec {
    let words = |say: Ending| voice.render(&Say::Ending(say)).plain;
    let sign = match spec.speech {
        Speech::Open => None,
        Speech::Withheld => Some(Sign { name: words(Ending::RoomOfTwoName), topic: words(Ending::RoomOfTwoTopic) }),
    };
    RoomSpec { sign, ..spec.clone() }
}
