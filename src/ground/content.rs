//! The content of what a service sends: a notice with its wording's id, its effect's id, and an explicit mention.

use serde_json::{Value, json};

use crate::id::EffectId;
use crate::name::Address;
use crate::room::{EFFECT_KEY, WORDING_KEY};
use crate::wording::Rendered;

/// The content of a message that says the words of this wording: always `m.notice`, mentioning `to` and nobody else.
pub fn message(words: Rendered, wording: &str, effect: EffectId, to: &[Address]) -> Value {
    let Rendered { plain, html } = words;
    let mentioned: Vec<&str> = to.iter().map(Address::as_str).collect();
    json!({
        "msgtype": "m.notice",
        "body": plain,
        "format": "org.matrix.custom.html",
        "formatted_body": html,
        "m.mentions": { "user_ids": mentioned },
        WORDING_KEY: wording,
        EFFECT_KEY: effect.to_string(),
    })
}
