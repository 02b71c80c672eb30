//! One try at one thing to be done, as calls. It may be tried again after any outcome.

use lodge_core::id::EffectId;
use lodge_core::input::Tended;
use lodge_core::introduction::RoomRef;
use lodge_core::moderation::Found;
use lodge_core::name::Address;
use lodge_core::say::Say;
use lodge_ground::calls;

use crate::community::{Wanted, tend};
use crate::content::{self, Voice};
use crate::homeserver::{CallError, Called, EventRef, Homeserver, Membership};
use crate::news::{Heard, News};
use crate::outbox::Line;
use crate::room::{self, RoomSpec};
use crate::witness::Witness;

/// One thing to be tried now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The line it is the head of.
    pub line: Line,
    /// The effect it is for; where it opens a conversation, the id that marks it.
    pub id: EffectId,
    /// What to try.
    pub what: What,
    /// Whether it may have been done before, by a try whose outcome nobody knows.
    pub uncertain: bool,
}

/// What to try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Create a room.
    Create(RoomSpec),
    /// Invite somebody.
    Invite(RoomRef, Address),
    /// Remove somebody, or take their invitation back.
    Remove(RoomRef, Address),
    /// Say something.
    Say {
        /// Where.
        room: RoomRef,
        /// What.
        say: Say,
        /// Whom it mentions.
        to: Vec<Address>,
        /// Who must be in the room with the porter, and nobody else, for it to be said at all.
        audience: Option<Address>,
        /// What it bears witness of.
        witness: Witness,
    },
    /// Let the members speak.
    OpenSpeech(RoomRef),
    /// Take a message back; nothing where it was never said.
    TakeBack(Option<(RoomRef, EventRef)>),
    /// Leave a room, or turn its invitation down.
    Leave(RoomRef),
    /// Come in, say this, and leave.
    Greet(RoomRef, Say),
    /// Create a room for many.
    Make(Box<Wanted>),
    /// Make a room for many as it should be.
    Tend(RoomRef, Box<Wanted>),
    /// Take somebody out of a room for many, if they are there.
    Oust(RoomRef, Address),
    /// Say something in a room for many.
    Post(RoomRef, Say),
    /// Look at a message.
    Look(RoomRef, EventRef),
}

/// How a try turned out, where it did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried {
    /// It is done.
    Done,
    /// The room exists.
    RoomMade(RoomRef),
    /// It was said.
    Said(EventRef),
    /// Somebody is in the conversation who should not be, so nothing was said.
    Overheard,
    /// Somebody was there, and is taken out.
    Ousted,
    /// A room is as it should be.
    Tended(Tended),
    /// What the message is, if it is there and says something.
    Looked(Option<Found>),
}

/// Tries it once.
pub async fn perform(server: &impl Homeserver, voice: &impl Voice, own: &Address, task: &Task) -> Called<Tried> {
    match &task.what {
        What::Create(spec) => server.create_room(spec, task.id).await.map(Tried::RoomMade),
        What::Invite(room, who) => calls::invite(server, room, who, task.uncertain).await.map(|()| Tried::Done),
        What::Remove(room, who) => calls::remove(server, room, who).await.map(|()| Tried::Done),
        What::Say { room, say, to, audience, witness } => {
            if let Some(only) = audience
                && !calls::is_of_two(server, room, own, only).await?
            {
                return Ok(Tried::Overheard);
            }
            let content = content::witnessed(voice, say, task.id, to, witness);
            server.send(room, task.id, content).await.map(Tried::Said)
        }
        What::OpenSpeech(room) => server.open_speech(room, &room::introduction()).await.map(|()| Tried::Done),
        What::TakeBack(Some((room, event))) => server.redact(room, event, task.id).await.map(|()| Tried::Done),
        What::TakeBack(None) => Ok(Tried::Done),
        What::Leave(room) => calls::leave(server, room).await.map(|()| Tried::Done),
        What::Greet(room, say) => {
            server.join(room).await?;
            // Where it is encrypted, words need a key for every device of everybody's there.
            if server.is_small(room).await? {
                server.send(room, task.id, content::message(voice, say, task.id, &[])).await?;
            }
            calls::leave(server, room).await.map(|()| Tried::Done)
        }
        What::Make(wanted) => {
            let creation = wanted.in_words(voice).creation(&task.id.to_string());
            server.make_room(&creation).await.map(Tried::RoomMade)
        }
        What::Tend(room, wanted) => tend(server, voice, room, wanted).await.map(Tried::Tended),
        What::Oust(room, who) => oust(server, room, who).await,
        What::Post(room, say) => {
            let content = content::message(voice, say, task.id, &[]);
            server.post(room, task.id, content).await.map(Tried::Said)
        }
        What::Look(room, event) => server.message(room, event).await.map(|news| Tried::Looked(news.and_then(words))),
    }
}

/// Takes somebody out of a room, if they are there.
async fn oust(server: &impl Homeserver, room: &RoomRef, who: &Address) -> Called<Tried> {
    if server.standing(room, who).await? == Membership::Left {
        return Ok(Tried::Done);
    }
    match server.remove(room, who).await {
        Ok(()) => Ok(Tried::Ousted),
        // They may have gone in between.
        Err(error @ CallError::Refused { .. }) => match server.standing(room, who).await? {
            Membership::Left => Ok(Tried::Done),
            Membership::Invited | Membership::Joined => Err(error),
        },
        Err(error @ (CallError::Limited { .. } | CallError::Unknown { .. })) => Err(error),
    }
}

/// What a message says, and who says it; nothing where it is no text of a person's.
fn words(news: News) -> Option<Found> {
    match news.heard {
        Heard::Text(text) => Some(Found { by: text.sender, text: text.body }),
        Heard::Own(..)
        | Heard::Echo(_)
        | Heard::Created(_)
        | Heard::Moved(..)
        | Heard::Sealed(_)
        | Heard::Changed
        | Heard::Nothing => None,
    }
}
