//! The rooms that the counselling service makes. None has a name, a topic, an alias or a Space.

use lodge_ground::name::Address;
use lodge_matrix::room::{Calls, Direct, Encryption, Federation, History, RoomSpec, Speech};

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
        creators: vec![counsellor.clone()],
    }
}
