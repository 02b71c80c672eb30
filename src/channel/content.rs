//! The content of the porter's messages to members.

use lodge_core::say::Say;
use lodge_ground::id::EffectId;
use lodge_ground::name::Address;
use lodge_matrix::content;
use lodge_matrix::homeserver::{CallError, Called, Homeserver, Refusal};
use serde_json::Value;

pub use lodge_ground::wording::Rendered;
pub use lodge_matrix::content::in_thread;

/// Turns messages into words.
pub trait Voice: Sync {
    /// The words for it.
    fn render(&self, say: &Say) -> Rendered;
}

/// The content of a message that says this because of an effect: a file, which the homeserver is given first, or words that mention
/// these.
///
/// # Errors
/// As the homeserver answers. A file that it refuses is no fault of the room.
pub async fn words_or_file(
    server: &impl Homeserver,
    voice: &impl Voice,
    say: &Say,
    effect: EffectId,
    to: &[Address],
) -> Called<Value> {
    let Some(file) = say.file(&voice.render(say)) else { return Ok(message(voice, say, effect, to)) };
    let stored = server.upload(&file).await.map_err(|error| match error {
        CallError::Refused { why: Refusal::Other { code } } => CallError::Refused { why: Refusal::NoFile { code } },
        error @ (CallError::Limited { .. } | CallError::Unknown { .. } | CallError::Refused { .. }) => error,
    })?;
    Ok(content::file(&file, stored, say.wording().id, effect))
}

/// The content of a message that says this because of an effect, and mentions these.
pub fn message(voice: &impl Voice, say: &Say, effect: EffectId, to: &[Address]) -> Value {
    content::message(voice.render(say), (say.wording().id, say.manner()), effect, to)
}
