//! The content of the porter's messages to members.

use lodge_core::say::Say;
use lodge_ground::id::EffectId;
use lodge_ground::name::Address;
use lodge_matrix::content;
use serde_json::Value;

pub use lodge_ground::wording::Rendered;
pub use lodge_matrix::content::in_thread;

/// Turns messages into words.
pub trait Voice: Sync {
    /// The words for it.
    fn render(&self, say: &Say) -> Rendered;
}

/// The content of a message that says this because of an effect, and mentions these.
pub fn message(voice: &impl Voice, say: &Say, effect: EffectId, to: &[Address]) -> Value {
    content::message(voice.render(say), (say.wording().id, say.manner()), effect, to)
}
