//! The content of a service's messages: the words, their wording's id, their effect's id, and an explicit mention.

use serde_json::{Value, json};

use crate::homeserver::{EventRef, RoomRef};
use crate::room::{EFFECT_KEY, WORDING_KEY};
use lodge_ground::drawing::Picture;
use lodge_ground::id::EffectId;
use lodge_ground::name::Address;
use lodge_ground::outbox::Beside;
use lodge_ground::wording::{File, Manner, Rendered};

/// A message in a thread. Its answer goes into the same thread, for its writer looks there for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// The room that the thread is in.
    pub room: RoomRef,
    /// The message that the thread hangs on.
    pub root: EventRef,
    /// The message that is answered.
    pub words: EventRef,
}

impl From<Thread> for Beside {
    fn from(Thread { room, root, words }: Thread) -> Self {
        Self { room: room.into(), root: root.0, words: words.0 }
    }
}

impl From<&Beside> for Thread {
    fn from(Beside { room, root, words }: &Beside) -> Self {
        Self { room: room.into(), root: EventRef(root.clone()), words: EventRef(words.clone()) }
    }
}

/// The content of a message that says the words of this wording, mentioning `to` and nobody else.
///
/// The default push rules pass over every `m.notice` before they look at mentions (Matrix specification, "Default
/// Override Rules"), so a message that is to ring is `m.text`.
pub fn message(words: Rendered, (wording, manner): (&str, Manner), effect: EffectId, to: &[Address]) -> Value {
    let Rendered { plain, html } = words;
    let kind = match manner {
        Manner::Rings => "m.text",
        Manner::Silent => "m.notice",
    };
    let mentioned: Vec<&str> = to.iter().map(Address::as_str).collect();
    json!({
        "msgtype": kind,
        "body": plain,
        "format": "org.matrix.custom.html",
        "formatted_body": html,
        "m.mentions": { "user_ids": mentioned },
        WORDING_KEY: wording,
        EFFECT_KEY: effect.to_string(),
    })
}

/// The content of a message that is this file, mentioning nobody. `stored` says where the homeserver has its bytes, and how they are
/// read ([`Homeserver::upload`](crate::homeserver::Homeserver::upload)).
pub fn file(file: &File, stored: Value, wording: &str, effect: EffectId) -> Value {
    let info = json!({ "mimetype": file.media_type, "size": file.bytes.len() });
    sent("m.file", (file.name, file.name, info), stored, (wording, effect))
}

/// The content of a message that is this picture, as [`file()`]. Its words for those who do not see it are what clients give to a
/// screen reader, and show below it.
pub fn picture(picture: &Picture, stored: Value, wording: &str, effect: EffectId) -> Value {
    let Picture { file, size: (width, height), instead } = picture;
    let info = json!({ "mimetype": file.media_type, "size": file.bytes.len(), "w": width, "h": height });
    sent("m.image", (instead, file.name, info), stored, (wording, effect))
}

fn sent(
    kind: &str,
    (body, name, info): (&str, &str, Value),
    stored: Value,
    (wording, effect): (&str, EffectId),
) -> Value {
    let mut content = json!({
        "msgtype": kind,
        "body": body,
        "filename": name,
        "info": info,
        "m.mentions": {},
        WORDING_KEY: wording,
        EFFECT_KEY: effect.to_string(),
    });
    if let (Some(content), Value::Object(stored)) = (content.as_object_mut(), stored) {
        content.extend(stored);
    }
    content
}

/// The same content, said in a thread after these words (Matrix specification, "Threading"). Clients without threads show
/// it as a reply to them.
pub fn in_thread(mut content: Value, Thread { root, words, .. }: &Thread) -> Value {
    content["m.relates_to"] = json!({
        "rel_type": "m.thread",
        "event_id": root.0,
        "is_falling_back": true,
        "m.in_reply_to": { "event_id": words.0 },
    });
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_in_a_thread_stands_after_the_words_that_it_answers() {
        let words = Rendered { plain: "Noted.".to_owned(), html: "<p>Noted.</p>".to_owned() };
        let plain = message(words, ("noted", Manner::Silent), EffectId::from_bytes([1; 16]), &[]);
        assert_eq!(plain.get("m.relates_to"), None);
        let thread = Thread {
            room: RoomRef("!room".to_owned()),
            root: EventRef("$root".to_owned()),
            words: EventRef("$words".to_owned()),
        };
        let mut threaded = in_thread(plain.clone(), &thread);
        let relation = json!({
            "rel_type": "m.thread", "event_id": "$root", "is_falling_back": true,
            "m.in_reply_to": { "event_id": "$words" },
        });
        assert_eq!(threaded.as_object_mut().unwrap().remove("m.relates_to"), Some(relation));
        assert_eq!(threaded, plain);
    }
}
