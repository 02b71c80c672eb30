//! The rooms that the porter creates for introductions.

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
        creators: Vec::new(),
    }
}
