//! The privacy of a room, as a service sets it: encryption, and the view of earlier messages.

use serde::{Deserialize, Serialize};

/// Whether messages are encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encryption {
    /// Messages are encrypted from end to end.
    EndToEnd,
    /// Nothing is encrypted.
    None,
}

/// The people who see earlier messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum History {
    /// Everybody in the room.
    Shared,
    /// Members see messages from their invitation on.
    FromInvitation,
    /// Nobody sees earlier messages: a history begins for each when they come in.
    FromJoining,
}
