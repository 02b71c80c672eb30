//! The news in a sync response, reduced to those that a service acts on. Reading is total: anything that a homeserver
//! sends is either understood or passed over.

use crate::content::Thread;
use crate::device::Device;
use crate::occupant::Occupant;
use lodge_ground::id::EffectId;
use lodge_ground::name::Address;
use lodge_ground::proof::Proof;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::homeserver::{EventRef, Membership, RoomRef};
use crate::relation::{edited, redacted, related};
use crate::room::EFFECT_KEY;
use lodge_ground::time::Timestamp;

/// The news of one sync response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The token from which the next one goes on.
    pub token: String,
    /// News of the rooms the porter is in, or was.
    pub rooms: Vec<RoomNews>,
    /// Rooms the porter was invited to.
    pub invitations: Vec<Invitation>,
}

/// The urgency with which a service would like the next sync response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wanted {
    /// The response may wait until there is something new.
    WithNews,
    /// Before long, though nothing new may come: what waits for it is for strangers.
    Soon,
    /// At once, though nothing new may come.
    AtOnce,
}

/// Everything that a response tells of one room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomNews {
    /// The room that the news are from.
    pub room: RoomRef,
    /// The token at which older news begin that the response left out; `None` when it left out none.
    pub gap: Option<String>,
    /// The news, oldest first.
    pub news: Vec<News>,
}

/// An invitation to the porter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The room that the porter is invited to.
    pub room: RoomRef,
    /// The account that invites.
    pub from: Address,
}

/// One event, as far as it was understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// The id of the event.
    pub event: EventRef,
    /// The time of sending, by its homeserver's word. It counts only where a homeserver is heard anew.
    pub at: Timestamp,
    /// The content of the event.
    pub heard: Heard,
}

/// The content of an event, as far as a service acts on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Somebody wrote something: an original message of text.
    Text(Text),
    /// The account's own message, done for this effect.
    Own(EffectId),
    /// A message of the account's own, done for this effect, by the homeserver's word alone. It may have been made up, so
    /// nothing was said by it that somebody could answer.
    Echo(EffectId),
    /// The porter created this room for this effect.
    Created(EffectId),
    /// Somebody came, went or was invited, with any id.
    Moved(Occupant, Membership),
    /// A message whose key is not here yet: the event as it came.
    Sealed(String),
    /// Somebody edited a message of theirs. The new words are never read.
    Edited(Retouched),
    /// Somebody took a message of theirs away.
    Redacted(Retouched),
    /// Somebody sent something that is not in words, such as a reaction, a picture or a recording.
    Wordless(Address),
    /// Somebody other than the porter changed how the room is.
    Changed,
    /// An event that the hub does not act on: a notice, a reaction, a state that it knows.
    Nothing,
}

/// A message that was edited or taken away, and the account that is said to have done it. A homeserver can make up
/// either.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retouched {
    /// The account that edited or redacted the message.
    pub by: Address,
    /// The message that was edited or redacted.
    pub message: EventRef,
}

/// An original message of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// The account that sent the message.
    pub sender: Address,
    /// The words, without a quotation of the message that they reply to.
    pub body: String,
    /// The message that the person replies to. Where nobody can tell which one a message is about, this is no event's
    /// id.
    pub reply_to: Option<EventRef>,
    /// The thread it was written in.
    pub thread: Option<InThread>,
    /// The accounts that the message mentions.
    pub mentions: Vec<Address>,
    /// Whether it mentions everybody in the room.
    pub everybody: bool,
    /// The proof that the sender wrote it.
    pub proof: Proof,
    /// The ciphertext that it was read from; `None` where it was not encrypted, or where nobody has looked at the
    /// ciphertext. In a conversation that is encrypted, words without it are tied to nobody.
    pub cipher: Option<Cipher>,
    /// The device it was written from; `None` where there are none, or it cannot be tied to any.
    pub device: Option<Device>,
}

/// The thread that a message was written in (Matrix specification, "Threading").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InThread {
    /// The message that the thread hangs on. Unless a message replies to another, it is about this one.
    pub root: EventRef,
    /// The last message in the thread, by the word of the client that wrote this one: what clients without threads are
    /// shown as replied to, though the person replied to nothing.
    pub last: Option<EventRef>,
}

impl InThread {
    /// The place of an answer to these words of the thread: in the same thread, after them.
    pub fn answering(&self, room: &RoomRef, words: &EventRef) -> Thread {
        Thread { room: room.clone(), root: self.root.clone(), words: words.clone() }
    }
}

/// A ciphertext: the Megolm session and the index of a message. A session's owner uses each index once, so the same
/// again is a copy, under whatever event id it comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cipher {
    /// The session's id, as Matrix writes it.
    pub session: String,
    /// The message's index in it.
    pub index: u32,
}

impl News {
    /// The same, read from this ciphertext and written from this device.
    #[must_use]
    pub fn read_from(mut self, cipher: Cipher, device: Option<Device>) -> Self {
        if let Heard::Text(text) = &mut self.heard {
            (text.cipher, text.device) = (Some(cipher), device);
        }
        self
    }
}

/// The longest text that is looked at, in bytes. A Matrix event holds 65,536.
const BODY_BYTES_MAX: usize = 65_536;

/// Reads an event, decrypted where it was encrypted.
///
/// `own` is the porter's address. An event that does not even have an id gives nothing.
pub fn read(event: &Value, own: &Address, proof: Proof) -> Option<News> {
    let id = EventRef(event.get("event_id")?.as_str()?.to_owned());
    let heard = heard(event, own, proof).unwrap_or(Heard::Nothing);
    let at = Timestamp::from_millis(event.get("origin_server_ts").and_then(Value::as_i64).unwrap_or_default());
    Some(News { event: id, at, heard })
}

fn heard(event: &Value, own: &Address, proof: Proof) -> Option<Heard> {
    let sender = Occupant::named(event.get("sender")?.as_str()?);
    let is_own = sender.is(own);
    let content = event.get("content")?;
    match event.get("type")?.as_str()? {
        "m.room.message" if is_own => Some(match proof {
            Proof::Proven => Heard::Own(effect(content)?),
            Proof::Unconfirmed | Proof::Unproven => Heard::Echo(effect(content)?),
        }),
        // Two services that answered each other would never end.
        "m.room.message" if content.get(EFFECT_KEY).is_some() => None,
        // Words of somebody whose id cannot be read are nobody's whom a service knows.
        "m.room.message" => match edited(content) {
            Some(message) => Some(Heard::Edited(Retouched { by: sender.address()?, message })),
            None if is_wordless(content) => Some(Heard::Wordless(sender.address()?)),
            None => text(event, sender.address()?, content, proof).map(Heard::Text),
        },
        "m.reaction" | "m.sticker" | "m.poll.start" | "org.matrix.msc3381.poll.start"
            if !is_own && event.get("state_key").is_none() =>
        {
            // One that was redacted has no content any more.
            content.as_object().filter(|content| !content.is_empty())?;
            Some(Heard::Wordless(sender.address()?))
        }
        "m.room.redaction" if !is_own => {
            let by = sender.address()?;
            redacted(event, content).map(|message| Heard::Redacted(Retouched { by, message }))
        }
        "m.room.create" if is_own => effect(content).map(Heard::Created),
        "m.room.member" => {
            let who = Occupant::named(event.get("state_key")?.as_str()?);
            let membership = match content.get("membership")?.as_str()? {
                "join" => Membership::Joined,
                "invite" => Membership::Invited,
                "leave" | "ban" => Membership::Left,
                _ => return None,
            };
            Some(Heard::Moved(who, membership))
        }
        _ if event.get("state_key").is_some() => (!is_own).then_some(Heard::Changed),
        // A redacted event has no ciphertext any more, and no key can open it.
        "m.room.encrypted" if !is_own => content.get("ciphertext").map(|_| Heard::Sealed(event.to_string())),
        _ => None,
    }
}

/// Whether a message is by a person and no text. Programs say other things by types of their own.
fn is_wordless(content: &Value) -> bool {
    const TYPES: [&str; 6] = ["m.audio", "m.emote", "m.file", "m.image", "m.location", "m.video"];
    content.get("msgtype").and_then(Value::as_str).is_some_and(|kind| TYPES.contains(&kind))
}

fn effect(content: &Value) -> Option<EffectId> {
    content.get(EFFECT_KEY)?.as_str()?.parse().ok()
}

fn text(event: &Value, sender: Address, content: &Value, proof: Proof) -> Option<Text> {
    let relation = content.get("m.relates_to");
    let kind = relation.and_then(|relation| relation.get("rel_type")).and_then(Value::as_str);
    // An edit is no new message; neither is anything by a program, which speaks in notices, nor an old form of edit.
    let edit = kind == Some("m.replace") || content.get("m.new_content").is_some();
    if event.get("state_key").is_some() || edit || content.get("msgtype")?.as_str()? != "m.text" {
        return None;
    }
    let body = content.get("body")?.as_str()?;
    if body.len() > BODY_BYTES_MAX {
        return None;
    }
    let (reply_to, thread) = relation.map_or((None, None), related);
    let mentioned = content.get("m.mentions").and_then(|mentions| mentions.get("user_ids")).and_then(Value::as_array);
    let mentions =
        mentioned.into_iter().flatten().filter_map(|id| Address::exact(id.as_str()?).ok()).take(16).collect();
    let body = if reply_to.is_some() { without_quotation(body) } else { body };
    let everybody = content.get("m.mentions").and_then(|mentions| mentions.get("room")).and_then(Value::as_bool);
    let everybody = everybody == Some(true);
    Some(Text {
        sender,
        body: body.to_owned(),
        reply_to,
        thread,
        mentions,
        everybody,
        proof,
        cipher: None,
        device: None,
    })
}

/// The thread in which a message was written that cannot be read yet; relations stand outside the encryption.
pub fn thread_of_sealed(event: &str) -> Option<InThread> {
    let event: Value = serde_json::from_str(event).ok()?;
    related(event.get("content")?.get("m.relates_to")?).1
}

/// Whether an event that could not be read is of this sender's.
pub fn is_sealed_by(event: &str, sender: &Address) -> bool {
    /// The parts of an event that are looked at.
    #[derive(serde::Deserialize)]
    struct Sent<'a> {
        #[serde(borrow)]
        sender: std::borrow::Cow<'a, str>,
    }
    serde_json::from_str::<Sent<'_>>(event).is_ok_and(|sent| sent.sender == sender.as_str())
}

/// The words without the quotation that older clients put before a reply (Matrix specification before 1.13,
/// "Fallbacks for rich replies").
fn without_quotation(body: &str) -> &str {
    if !body.starts_with("> ") {
        return body;
    }
    let mut rest = body;
    while rest.starts_with('>') {
        rest = rest.split_once('\n').map_or("", |(_, after)| after);
    }
    rest.trim_start_matches('\n')
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use serde_json::json;

    pub(crate) fn porter() -> Address {
        Address::exact("@porter:example.org").unwrap()
    }

    pub(crate) fn read_text(content: Value) -> Heard {
        let event =
            json!({ "type": "m.room.message", "event_id": "$1", "sender": "@sam:example.org", "content": content });
        read(&event, &porter(), Proof::Proven).unwrap().heard
    }

    fn body_of(heard: Heard) -> Option<(String, Option<EventRef>)> {
        if let Heard::Text(text) = heard { Some((text.body, text.reply_to)) } else { None }
    }

    #[test]
    fn an_original_text_is_heard() {
        let heard = read_text(json!({ "msgtype": "m.text", "body": "yes" }));
        assert_eq!(body_of(heard), Some(("yes".to_owned(), None)));
    }

    #[test]
    fn a_reply_is_heard_without_the_quotation() {
        let relation = json!({ "m.in_reply_to": { "event_id": "$0" } });
        let old = json!({ "msgtype": "m.text", "body": "> <@porter:x> One\n> Two\n\nyes", "m.relates_to": relation });
        assert_eq!(body_of(read_text(old)), Some(("yes".to_owned(), Some(EventRef("$0".to_owned())))));
    }

    #[test]
    fn i09_whoever_comes_in_is_heard_whatever_they_are_called_and_nobodys_words_are_anothers() {
        for id in ["@a!b:example.org", "@Alex:example.org", "@\u{430}lex:example.org", "@:example.org", ""] {
            let event = |kind: &str, content: Value| json!({ "type": kind, "event_id": "$1", "sender": id, "state_key": id, "content": content });
            let heard = |event: &Value| read(event, &porter(), Proof::Proven).unwrap().heard;
            let came = heard(&event("m.room.member", json!({ "membership": "join" })));
            assert_eq!(came, Heard::Moved(Occupant::named(id), Membership::Joined));
            assert_eq!(heard(&event("m.room.name", json!({}))), Heard::Changed);
            let mut words = event("m.room.message", json!({ "msgtype": "m.text", "body": "yes" }));
            words.as_object_mut().unwrap().remove("state_key");
            let heard = heard(&words);
            if let Heard::Text(text) = heard {
                assert_eq!(text.sender.as_str(), id);
            } else {
                assert_eq!((heard, Address::exact(id).is_err()), (Heard::Nothing, true), "{id:?}");
            }
        }
    }

    #[test]
    fn i07_notices_edits_reactions_states_and_services_messages_are_never_words() {
        for content in [
            json!({ "msgtype": "m.notice", "body": "yes" }),
            json!({ "msgtype": "m.emote", "body": "yes" }),
            json!({ "msgtype": "m.text", "body": "yes", EFFECT_KEY: "0123456789abcdef0123456789abcdef" }),
            json!({ "msgtype": "m.text", "body": "yes", EFFECT_KEY: null }),
            json!({ "msgtype": "m.text", "body": "* yes", "m.new_content": { "msgtype": "m.text", "body": "yes" },
                    "m.relates_to": { "rel_type": "m.replace", "event_id": "$0" } }),
            json!({ "msgtype": "m.text", "body": 5 }),
            json!({ "msgtype": "m.text", "body": "x".repeat(70_000) }),
            json!("yes"),
        ] {
            let heard = read_text(content.clone());
            assert!(matches!(heard, Heard::Nothing | Heard::Edited(_) | Heard::Wordless(_)), "{content}: {heard:?}");
        }
        let reaction = json!({ "type": "m.reaction", "event_id": "$1", "sender": "@sam:example.org",
            "content": { "m.relates_to": { "rel_type": "m.annotation", "event_id": "$0", "key": "yes" } } });
        let sam = Address::exact("@sam:example.org").unwrap();
        assert_eq!(read(&reaction, &porter(), Proof::Proven).unwrap().heard, Heard::Wordless(sam));
    }

    #[test]
    fn what_people_send_without_words_is_noticed_and_what_programs_send_is_not() {
        let sam = Address::exact("@sam:example.org").unwrap();
        for kind in ["m.image", "m.audio", "m.video", "m.file", "m.location", "m.emote"] {
            let heard = read_text(json!({ "msgtype": kind, "body": "yes" }));
            assert_eq!(heard, Heard::Wordless(sam.clone()), "{kind}");
            assert_eq!(read_text(json!({ "msgtype": kind, "body": "yes", EFFECT_KEY: "" })), Heard::Nothing);
        }
        for kind in ["m.notice", "m.key.verification.request", "org.example.game"] {
            assert_eq!(read_text(json!({ "msgtype": kind, "body": "yes" })), Heard::Nothing, "{kind}");
        }
        let event = |kind: &str, content: Value| json!({ "type": kind, "event_id": "$1", "sender": "@sam:example.org", "content": content });
        let heard = |event: &Value| read(event, &porter(), Proof::Unproven).unwrap().heard;
        assert_eq!(heard(&event("m.sticker", json!({ "body": "wave" }))), Heard::Wordless(sam));
        assert_eq!(heard(&event("m.reaction", json!({}))), Heard::Nothing, "it was taken away");
        assert_eq!(heard(&event("m.room.encrypted", json!({}))), Heard::Nothing);
    }

    #[test]
    fn the_porter_knows_its_own_messages_and_rooms() {
        let id = "0123456789abcdef0123456789abcdef";
        let own = |kind: &str| json!({ "type": kind, "event_id": "$1", "sender": "@porter:example.org", "content": { EFFECT_KEY: id } });
        let heard = |kind: &str| read(&own(kind), &porter(), Proof::Proven).unwrap().heard;
        assert_eq!(heard("m.room.message"), Heard::Own(id.parse().unwrap()));
        assert_eq!(heard("m.room.create"), Heard::Created(id.parse().unwrap()));
        // Somebody else who writes the same key is not the porter.
        let forged = json!({ "type": "m.room.create", "event_id": "$1", "sender": "@sam:example.org",
            "content": { EFFECT_KEY: id } });
        assert_eq!(read(&forged, &porter(), Proof::Proven).unwrap().heard, Heard::Nothing);
    }

    #[test]
    fn i17_nothing_that_a_homeserver_sends_stops_the_reading() {
        for event in [json!(null), json!([]), json!({}), json!({ "event_id": 5 }), json!({ "event_id": "$1" })] {
            let heard = read(&event, &porter(), Proof::Proven).map(|news| news.heard);
            assert!(matches!(heard, None | Some(Heard::Nothing)), "{event}");
        }
    }
}
