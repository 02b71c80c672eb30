//! Words that are carried to a stranger (A7): their writer has seen them first as they go out, and said "send".

use lodge_core::input::Proof;
use lodge_core::name::Address;
use lodge_core::say::{Requesting, Say};
use lodge_matrix::homeserver::RoomRef;

use super::{Found, Rule};
use crate::world::World;
use crate::world::log::{Entry, Form, Meaning, Sight, Typed, What};
use crate::world::room::Key;

/// The messages by which the porter says that words have gone. They are no preview of them.
const GONE: [&str; 4] = ["question-passed-on", "reason-passed-on", "my-data", "answer-came"];

pub fn examine(world: &World, found: &mut Found) {
    for (place, Entry { what, .. }) in world.log.iter().enumerate() {
        let What::Saw(who, _, Sight::Porter(message)) = what else { continue };
        let Say::Requesting(
            Requesting::QuestionCame { question: words, .. } | Requesting::SaidNo { reason: words, .. },
        ) = &message.say
        else {
            continue;
        };
        let sent = shown_and_sent(&world.log[..place], who, words);
        found.unless(sent, Rule::Words, || format!("{words:?} reaches {who} before its writer saw and sent it"));
    }
}

/// Whether somebody else than `reader` was shown these words in a conversation, and then wrote "send" there.
fn shown_and_sent(log: &[Entry], reader: &Address, words: &str) -> bool {
    let quoted = serde_json::to_string(words).unwrap_or_default();
    let mut shown: Vec<(&Address, &RoomRef)> = Vec::new();
    log.iter().any(|entry| {
        if let What::Saw(who, room, Sight::Porter(message)) = &entry.what
            && who != reader
            && message.text.contains(quoted.trim_matches('"'))
            && !GONE.contains(&message.wording.as_str())
        {
            shown.push((who, room));
        }
        matches!(&entry.what, What::Typed(who, room, typed) if sends(typed) && shown.contains(&(who, room)))
    })
}

fn sends(typed: &Typed) -> bool {
    let original = matches!(typed.form, Form::Original | Form::Reply(_) | Form::Thread(_));
    typed.meaning == Meaning::Send && original && typed.proof == Proof::Proven && typed.key != Key::Never
}
