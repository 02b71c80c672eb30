//! The rooms that the counselling service makes. None has an alias or a Space, or words that tell what it is for.

use lodge_counsel_core::say::Say;
use lodge_ground::name::Address;
use lodge_matrix::room::{Calls, Direct, Encryption, Federation, History, RoomSpec, Sign, Speech};

use crate::perform::Voice;

/// The room in which the service talks with one person.
pub fn conversation(federation: Federation) -> RoomSpec {
    RoomSpec { federation, ..RoomSpec::conversation(Encryption::EndToEnd) }
}

/// The room of a client and a counsellor, silent until both are in it.
///
/// The counsellor is a creator beside the service (Matrix 1.16, room version 12): when the service has left, the room
/// has somebody who can mend it, move it to a later version, or invite a second counsellor, and nobody else can.
pub fn private(counsellor: &Address, federation: Federation) -> RoomSpec {
    RoomSpec {
        speech: Speech::Withheld,
        encryption: Encryption::EndToEnd,
        history: History::FromJoining,
        direct: Direct::Yes,
        calls: Calls::Allowed,
        federation,
        sign: None,
        creators: vec![counsellor.clone()],
    }
}

/// The same room with the words at its top: one in which nobody can speak yet says what it is.
pub fn in_words(spec: &RoomSpec, voice: &impl Voice) -> RoomSpec {
    let words = |say: &Say| voice.render(say).plain;
    let sign = match spec.speech {
        Speech::Open => None,
        Speech::Withheld => Some(Sign { name: words(&Say::RoomName), topic: words(&Say::RoomTopic) }),
    };
    RoomSpec { sign, ..spec.clone() }
}
