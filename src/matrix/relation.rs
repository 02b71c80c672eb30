//! The other event that an event is about, read from Matrix's relations. Reading is total.

use serde_json::Value;

use lodge_ground::id::EffectId;
use lodge_ground::positions::Reply;

use crate::homeserver::EventRef;
use crate::news::{InThread, Text};

/// The longest id of an event, in bytes (Matrix specification, appendices, "Event IDs").
const EVENT_ID_BYTES_MAX: usize = 255;

/// The message that an edit is of (Matrix specification, "Event replacements"). Programs edit their notices too; those
/// are nobody's words.
pub(crate) fn edited(content: &Value) -> Option<EventRef> {
    let relation = content.get("m.relates_to")?;
    let is_edit = relation.get("rel_type")? == "m.replace" && content.get("msgtype")? == "m.text";
    event_id(relation.get("event_id").filter(|_| is_edit))
}

/// The event that a redaction takes away: from room version 11 on its content names it, before that the event itself.
pub(crate) fn redacted(event: &Value, content: &Value) -> Option<EventRef> {
    event_id(content.get("redacts").or_else(|| event.get("redacts")))
}

/// The message that a message replies to, and the thread it was written in. A relation that cannot be read, or is of a kind that is
/// not known, is a reply to something all the same: its words do not stand by themselves.
pub(crate) fn related(relation: &Value) -> (Option<EventRef>, Option<InThread>) {
    let replied = relation.get("m.in_reply_to").map(|reply| event_id(reply.get("event_id")));
    let root = relation.get("rel_type").map(|kind| event_id(relation.get("event_id").filter(|_| kind == "m.thread")));
    // In a thread, the reply that clients without threads are shown is not one that the person made.
    let is_falling_back = relation.get("is_falling_back") == Some(&Value::Bool(true));
    let nothing = relation.is_null() || relation.as_object().is_some_and(serde_json::Map::is_empty);
    match (root.flatten(), replied) {
        (Some(root), None) => (None, Some(InThread { root, last: None })),
        (Some(root), Some(last)) if is_falling_back => (None, Some(InThread { root, last })),
        (Some(root), Some(replied)) => (Some(replied.unwrap_or_else(no_event)), Some(InThread { root, last: None })),
        (None, None) if nothing => (None, None),
        (None, replied) => (Some(replied.flatten().unwrap_or_else(no_event)), None),
    }
}

impl Text {
    /// Finds the message that these words are about: none where they stand by themselves, or else the message that
    /// asked, where it is one. Words in a thread are about the message that the thread hangs on, unless they reply to
    /// something else, or the last thing that was said in that thread asked something itself.
    ///
    /// `asked` finds the message that asked something by its event, and `said_there` tells whether it was said in the
    /// thread on an event.
    pub fn about(
        &self,
        asked: impl Fn(&EventRef) -> Option<EffectId>,
        said_there: impl Fn(EffectId, &EventRef) -> bool,
    ) -> Reply {
        let to = |message: Option<EffectId>| message.map_or(Reply::Elsewhere, Reply::To);
        if let Some(replied) = &self.reply_to {
            return to(asked(replied));
        }
        let Some(InThread { root, last }) = &self.thread else { return Reply::None };
        // A client's word for the last message holds only for a message that is known to have been said there.
        let last = last.as_ref().and_then(&asked).filter(|message| said_there(*message, root));
        to(last.or_else(|| asked(root)))
    }
}

fn event_id(value: Option<&Value>) -> Option<EventRef> {
    let id = value?.as_str()?;
    (1..=EVENT_ID_BYTES_MAX).contains(&id.len()).then(|| EventRef(id.to_owned()))
}

/// The stand-in for an event of which nobody knows which it is.
fn no_event() -> EventRef {
    EventRef(String::new())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::news::tests::{porter, read_text};
    use crate::news::{Heard, Retouched, Text, read, thread_of_sealed};
    use lodge_ground::name::Address;
    use lodge_ground::proof::Proof;

    #[test]
    fn i07_what_words_are_about_is_told_from_what_a_client_without_threads_is_shown() {
        let to = |id: &str| json!({ "event_id": id });
        let thread = |root: &Value| json!({ "rel_type": "m.thread", "event_id": root });
        let with = |mut relation: Value, falling_back: Value, to: Value| {
            relation["is_falling_back"] = falling_back;
            relation["m.in_reply_to"] = to;
            relation
        };
        let root = thread(&json!("$root"));
        let long = "$".repeat(256);
        // For each relation: the event it replies to, the thread's root, and the last event in the thread.
        let table: &[(Value, [Option<&str>; 3])] = &[
            (json!(null), [None, None, None]),
            (json!({}), [None, None, None]),
            (json!({ "m.in_reply_to": to("$0") }), [Some("$0"), None, None]),
            (root.clone(), [None, Some("$root"), None]),
            (with(root.clone(), json!(true), to("$0")), [None, Some("$root"), Some("$0")]),
            (with(root.clone(), json!(true), to("$root")), [None, Some("$root"), Some("$root")]),
            (with(root.clone(), json!(true), json!(5)), [None, Some("$root"), None]),
            (with(root.clone(), json!(false), to("$0")), [Some("$0"), Some("$root"), None]),
            (with(root.clone(), json!("true"), to("$0")), [Some("$0"), Some("$root"), None]),
            (with(root.clone(), json!(false), json!({})), [Some(""), Some("$root"), None]),
            // Without a root that can be read, no reply is only a fallback.
            (with(json!({}), json!(true), to("$0")), [Some("$0"), None, None]),
            (with(thread(&json!(5)), json!(true), to("$0")), [Some("$0"), None, None]),
            (with(json!({ "rel_type": "m.other", "event_id": "$1" }), json!(true), to("$0")), [Some("$0"), None, None]),
            // It is about something, and nobody can tell about what.
            (thread(&json!(null)), [Some(""), None, None]),
            (thread(&json!("")), [Some(""), None, None]),
            (thread(&json!(long)), [Some(""), None, None]),
            (json!({ "rel_type": "m.thread" }), [Some(""), None, None]),
            (json!({ "rel_type": ["m.thread"], "event_id": "$root" }), [Some(""), None, None]),
            (json!({ "rel_type": "m.reference", "event_id": "$root" }), [Some(""), None, None]),
            (json!({ "m.in_reply_to": { "event_id": long } }), [Some(""), None, None]),
            (json!({ "m.in_reply_to": null }), [Some(""), None, None]),
            (json!({ "is_falling_back": true }), [Some(""), None, None]),
            (json!("$root"), [Some(""), None, None]),
            (json!(["m.thread"]), [Some(""), None, None]),
        ];
        for (relation, expected) in table {
            let content = json!({ "msgtype": "m.text", "body": "yes", "m.relates_to": relation });
            let Heard::Text(Text { body, reply_to, thread, .. }) = read_text(content) else { panic!("{relation}") };
            let sealed = json!({ "content": { "m.relates_to": relation } }).to_string();
            assert_eq!(thread_of_sealed(&sealed), thread, "{relation}");
            let (root, last) = thread.map_or((None, None), |thread| (Some(thread.root), thread.last));
            let found = [reply_to, root, last].map(|event| event.map(|event| event.0));
            assert_eq!((body.as_str(), found), ("yes", expected.map(|id| id.map(str::to_owned))), "{relation}");
        }
    }

    #[test]
    fn an_edit_names_its_message_and_what_a_program_edits_is_nothing() {
        let edit = |kind: &str, of: &Value| {
            json!({ "msgtype": kind, "body": "* no", "m.new_content": { "msgtype": kind, "body": "no" },
                    "m.relates_to": { "rel_type": "m.replace", "event_id": of } })
        };
        let sam = Address::exact("@sam:example.org").unwrap();
        let edited = Heard::Edited(Retouched { by: sam, message: EventRef("$yes".to_owned()) });
        assert_eq!(read_text(edit("m.text", &json!("$yes"))), edited);
        for nothing in [edit("m.notice", &json!("$yes")), edit("m.text", &json!(5)), edit("m.text", &json!(""))] {
            assert_eq!(read_text(nothing.clone()), Heard::Nothing, "{nothing}");
        }
    }

    #[test]
    fn a_redaction_names_its_message_in_every_version_of_rooms_and_what_it_took_is_not_waited_for() {
        let heard = |event: Value| read(&event, &porter(), Proof::Unproven).unwrap().heard;
        let by = |sender: &str, redacts: Value, content: Value| json!({ "type": "m.room.redaction", "event_id": "$1", "sender": sender, "redacts": redacts, "content": content });
        let sam = || Address::exact("@sam:example.org").unwrap();
        let redacted = || Heard::Redacted(Retouched { by: sam(), message: EventRef("$yes".to_owned()) });
        assert_eq!(heard(by("@sam:example.org", json!("$yes"), json!({}))), redacted());
        assert_eq!(heard(by("@sam:example.org", json!(null), json!({ "redacts": "$yes" }))), redacted());
        assert_eq!(heard(by("@sam:example.org", json!(null), json!({}))), Heard::Nothing);
        assert_eq!(heard(by("@porter:example.org", json!("$yes"), json!({}))), Heard::Nothing);
        let event = |content: Value| json!({ "type": "m.room.encrypted", "event_id": "$yes", "sender": "@sam:example.org", "content": content });
        assert_eq!(heard(event(json!({}))), Heard::Nothing, "no key opens it");
        assert!(matches!(heard(event(json!({ "ciphertext": "AwgA" }))), Heard::Sealed(_)));
    }

    fn message(number: u8) -> EffectId {
        EffectId::from_bytes([number; 16])
    }

    fn event(id: &str) -> EventRef {
        EventRef(id.to_owned())
    }

    #[test]
    fn words_are_about_what_they_reply_to_or_what_their_thread_is_about() {
        let asked = |event: &EventRef| match event.0.as_str() {
            "$question" => Some(message(1)),
            "$there" => Some(message(2)),
            _ => None,
        };
        let said_there = |asked: EffectId, root: &EventRef| asked == message(2) && root.0 == "$root";
        let thread = |root: &str, last: &str| Some(InThread { root: event(root), last: Some(event(last)) });
        for (reply_to, thread, about) in [
            (None, None, Reply::None),
            (Some("$question"), None, Reply::To(message(1))),
            (Some("$other"), None, Reply::Elsewhere),
            (None, thread("$question", "$other"), Reply::To(message(1))),
            (None, thread("$root", "$there"), Reply::To(message(2))),
            (None, thread("$root", "$question"), Reply::Elsewhere),
            (None, thread("$other", "$there"), Reply::Elsewhere),
            (Some("$other"), thread("$question", "$question"), Reply::Elsewhere),
        ] {
            let text = Text {
                sender: Address::exact("@sam:example.org").unwrap(),
                body: "yes".to_owned(),
                reply_to: reply_to.map(event),
                thread,
                mentions: vec![],
                everybody: false,
                proof: Proof::Proven,
                cipher: None,
                device: None,
            };
            assert_eq!(text.about(asked, said_there), about, "{text:?}");
        }
    }
}
