//! The record of a life: everything that anybody saw, typed or did, in the order in which it happened.

use std::fmt;

use lodge_channel::homeserver::EventRef;
use lodge_core::id::EffectId;
use lodge_core::input::Proof;
use lodge_core::name::Address;
use lodge_core::people::member::Fields;
use lodge_core::say::Say;
use lodge_core::time::Timestamp;
use lodge_matrix::homeserver::RoomRef;

use super::room::{Key, Kind};

/// One line of the record.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The time on the homeserver.
    pub at: Timestamp,
    /// The thing that happened.
    pub what: What,
}

/// A thing that happens in a life.
#[derive(Debug, Clone)]
pub enum What {
    /// Somebody saw something in a room.
    Saw(Address, RoomRef, Sight),
    /// Somebody typed something in a room.
    Typed(Address, RoomRef, Typed),
    /// The porter said something in a room, even if nobody was there.
    Said(RoomRef, Message),
    /// A room was made.
    Made(RoomRef, Kind),
    /// Somebody was invited to a room of the porter's by it.
    Invited(Address, RoomRef),
    /// Members were let speak in a room.
    SpeechOpened(RoomRef),
    /// Somebody came into a room, or went out of it.
    Moved(Address, RoomRef, bool),
    /// The hub's list of members changed.
    Roster,
    /// The program died and was started again.
    Crashed,
    /// An older copy of the hub's store was put in the place of the present one.
    Restored,
    /// The homeserver put the bytes of an earlier message into a room again. Nobody typed it.
    Replayed {
        /// The room that it was put into.
        room: RoomRef,
        /// The id of the new event.
        event: EventRef,
        /// The message whose bytes it has.
        of: EventRef,
    },
    /// Somebody took a message of theirs away.
    TookAway(Address, RoomRef, EventRef),
    /// Nothing goes wrong any more from here on.
    Calm,
    /// A service's call and what became of it.
    Call(Address, &'static str, RoomRef, &'static str),
}

/// A thing that somebody sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    /// Words of the porter's.
    Porter(Message),
    /// Words of the counselling service's.
    Counsel(Spoken),
    /// Words of another person's.
    Words(Address, String),
    /// An invitation, and whose.
    Invitation(Address),
    /// They were removed, or their invitation was taken back.
    Removed,
    /// Somebody else in the room came, went or was invited.
    Other(Address, &'static str),
    /// Members may speak from now on.
    Speech,
    /// Their question, or one that was answered without asking, and the answer.
    Answer(&'static str, String),
    /// Words of the porter's were taken back: they can be read no more.
    TakenBack(EventRef),
}

/// Words of the porter's as a client gets them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The message's event.
    pub event: EventRef,
    /// The effect in its content.
    pub effect: EffectId,
    /// The id of its wording.
    pub wording: String,
    /// The message as a value.
    pub say: Say,
    /// Its text, in which canaries are looked for.
    pub text: String,
}

/// Words of the counselling service's as a client gets them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spoken {
    /// The message's event.
    pub event: EventRef,
    /// The id of its wording.
    pub wording: String,
    /// The message as a value.
    pub say: lodge_counsel_core::say::Say,
    /// The text as people read it.
    pub text: String,
}

/// Words that somebody typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The message's event.
    pub event: EventRef,
    /// The words as they were typed.
    pub text: String,
    /// Their meaning to the writer.
    pub meaning: Meaning,
    /// The form in which they were sent.
    pub form: Form,
    /// Whether the device is known.
    pub proof: Proof,
    /// The time at which their key comes.
    pub key: Key,
}

/// The meaning of words to somebody who types them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// A request for help.
    Help,
    /// "Send", about the draft.
    Send,
    /// A yes, with these fields, to the prompt of this number or this message.
    Yes(Fields, Option<u32>, Option<EventRef>),
    /// Anything else.
    Other,
}

/// The form in which something is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Form {
    /// An original message.
    Original,
    /// A reply to a message.
    Reply(EventRef),
    /// A message in the thread that begins with that message. Clients without threads are shown it as a reply.
    Thread(EventRef),
    /// An edit of a message.
    Edit(EventRef),
    /// A notice, as programs send.
    Notice,
    /// A reaction to a message.
    Reaction(EventRef),
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>12}  ", self.at.as_millis() - super::START.as_millis())?;
        match &self.what {
            What::Saw(who, room, Sight::Porter(message)) => {
                let Message { wording, text, effect, .. } = message;
                write!(f, "{who} in {} reads [{wording}] {} <{text}>", room.0, short(*effect))
            }
            What::Saw(who, room, sight) => write!(f, "{who} in {} sees {sight:?}", room.0),
            What::Typed(who, room, typed) => {
                let Typed { text, form, proof, key, event, .. } = typed;
                write!(f, "{who} in {} TYPES {text:?} ({form:?}, {proof:?}, key {key:?}, {})", room.0, event.0)
            }
            What::Said(room, message) => write!(f, "porter says [{}] in {}", message.wording, room.0),
            What::Made(room, kind) => write!(f, "room {} is made: {kind:?}", room.0),
            What::Invited(who, room) => write!(f, "{who} is invited to {}", room.0),
            What::SpeechOpened(room) => write!(f, "speech is opened in {}", room.0),
            What::Moved(who, room, true) => write!(f, "{who} comes into {}", room.0),
            What::Moved(who, room, false) => write!(f, "{who} is out of {}", room.0),
            What::Roster => write!(f, "the list of members changes"),
            What::Crashed => write!(f, "---- the program dies and starts again ----"),
            What::Restored => write!(f, "---- an older export takes the store's place ----"),
            What::Replayed { room, event, of } => {
                write!(f, "the homeserver puts {} into {} again as {}", of.0, room.0, event.0)
            }
            What::TookAway(who, room, event) => write!(f, "{who} in {} TAKES AWAY {}", room.0, event.0),
            What::Calm => write!(f, "==== nothing goes wrong from here on ===="),
            What::Call(own, name, room, outcome) => write!(f, "    {} calls {name} {}: {outcome}", own.local(), room.0),
        }
    }
}

fn short(effect: EffectId) -> String {
    effect.to_string().chars().take(6).collect()
}
