//! The content of what the porter says to members: what both services' messages have, and what it bears witness of.

use lodge_core::say::Say;
use lodge_ground::content;
use lodge_ground::id::EffectId;
use lodge_ground::name::Address;
use serde_json::{Value, json};

use crate::room::WITNESS_KEY;
use crate::witness::Witness;

pub use lodge_ground::content::in_thread;
pub use lodge_ground::wording::Rendered;

/// Whatever turns what is to be said into words.
pub trait Voice: Sync {
    /// The words for it.
    fn render(&self, say: &Say) -> Rendered;
}

/// The content of a message that bears witness: as [`message`] has it.
pub fn witnessed(voice: &impl Voice, say: &Say, effect: EffectId, to: &[Address], witness: &Witness) -> Value {
    let mut content = message(voice, say, effect, to);
    content[WITNESS_KEY] = json!(witness.0);
    content
}

/// The content of a message without one.
pub fn message(voice: &impl Voice, say: &Say, effect: EffectId, to: &[Address]) -> Value {
    content::message(voice.render(say), say.wording().id, effect, to)
}
