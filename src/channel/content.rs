//! The content of what the porter sends: a notice with its wording's id, its effect's id, and an explicit mention.

use lodge_core::id::EffectId;
use lodge_core::name::Address;
use lodge_core::say::Say;
use serde_json::{Value, json};

use crate::room::{EFFECT_KEY, WITNESS_KEY, WORDING_KEY};
use crate::witness::Witness;

/// What is said, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Without markup: strong words stand in quotation marks, and quotations have "> " before each of their lines.
    pub plain: String,
    /// In the HTML that Matrix allows: paragraphs, line breaks, strong words and quotations only.
    pub html: String,
}

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

/// The content of a message: always `m.notice`, mentioning `to` and nobody else.
pub fn message(voice: &impl Voice, say: &Say, effect: EffectId, to: &[Address]) -> Value {
    let Rendered { plain, html } = voice.render(say);
    let mentioned: Vec<&str> = to.iter().map(Address::as_str).collect();
    json!({
        "msgtype": "m.notice",
        "body": plain,
        "format": "org.matrix.custom.html",
        "formatted_body": html,
        "m.mentions": { "user_ids": mentioned },
        WORDING_KEY: say.wording().id,
        EFFECT_KEY: effect.to_string(),
    })
}
