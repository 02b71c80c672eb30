//! One try at one thing to be done, as calls. It may be tried again after any outcome.

use lodge_counsel_core::say::Say;
use lodge_ground::id::EffectId;
use lodge_ground::name::Address;
use lodge_ground::wording::Rendered;
use lodge_matrix::content::Thread;
use lodge_matrix::homeserver::{Called, EventRef, Homeserver, RoomRef};
use lodge_matrix::room::{Direct, RoomSpec};
use lodge_matrix::{calls, content};

use crate::errand::Line;
use crate::room;

/// Turns messages into words.
pub trait Voice: Sync {
    /// The words for it.
    fn render(&self, say: &Say) -> Rendered;
}

/// One thing to be tried now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The line it is the head of.
    pub line: Line,
    /// The effect it is for; where it opens a conversation, the id that marks it.
    pub id: EffectId,
    /// The call, or calls, to be made.
    pub what: What,
    /// Whether it may have been done before, by a try whose outcome nobody knows.
    pub uncertain: bool,
}

/// A thing to be tried on the homeserver.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// Create a room with these settings.
    Create(RoomSpec),
    /// Compare a room with its settings and this marker.
    Check(RoomRef, RoomSpec, EffectId),
    /// Invite this account to a room, which is a conversation of two or not.
    Invite(RoomRef, Address, Direct),
    /// Remove somebody, or take their invitation back.
    Remove(RoomRef, Address),
    /// Say something to somebody, in a room of the service and them alone; there, in the thread of the words that it answers.
    Tell(RoomRef, Address, Say, Option<Thread>),
    /// Say something to everybody in a room.
    Note(RoomRef, Say),
    /// Let the two speak who are in a room that was made so, and take the name away under which it waited for them.
    OpenSpeech(RoomRef, RoomSpec),
    /// Leave a room, or turn its invitation down.
    Leave(RoomRef),
    /// Come in, say this, and leave.
    Greet(RoomRef, Say),
}

/// The result of a try that had one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried {
    /// It is done, with nothing more to tell.
    Done,
    /// The room exists under this id.
    RoomMade(RoomRef),
    /// The room is as it was to be.
    Fits,
    /// The room is not: these of its events differ.
    Unfit(Vec<String>),
    /// The message stands at this event.
    Said(EventRef),
    /// Somebody is in the conversation who should not be, so nothing was said.
    Overheard,
}

/// Tries a task once.
pub async fn perform(server: &impl Homeserver, voice: &impl Voice, own: &Address, task: &Task) -> Called<Tried> {
    let content =
        |say: &Say, to: &[Address]| content::message(voice.render(say), (say.wording().id, say.manner()), task.id, to);
    match &task.what {
        What::Create(spec) => server.create_room(&room::in_words(spec, voice), task.id).await.map(Tried::RoomMade),
        What::Check(room, spec, marker) => {
            let differences =
                room::in_words(spec, voice).differences(&server.state(room).await?, own, &marker.to_string());
            Ok(if differences.is_empty() { Tried::Fits } else { Tried::Unfit(differences) })
        }
        What::Invite(room, who, direct) => {
            calls::invite(server, room, (who, *direct), task.uncertain).await.map(|()| Tried::Done)
        }
        What::Remove(room, who) => calls::remove(server, room, who).await.map(|()| Tried::Done),
        What::Tell(room, to, say, thread) => {
            if !calls::is_of_two(server, room, own, to).await? {
                return Ok(Tried::Overheard);
            }
            let content = content(say, std::slice::from_ref(to));
            let content = match thread {
                Some(thread) => content::in_thread(content, thread),
                None => content,
            };
            server.send(room, task.id, content).await.map(Tried::Said)
        }
        What::Note(room, say) => {
            let content = content(say, &[]);
            server.send(room, task.id, content).await.map(Tried::Said)
        }
        What::OpenSpeech(room, spec) => {
            server.open_speech(room, spec).await?;
            calls::unname(server, room).await.map(|()| Tried::Done)
        }
        What::Leave(room) => calls::leave(server, room).await.map(|()| Tried::Done),
        What::Greet(room, say) => calls::greet(server, room, task.id, content(say, &[])).await.map(|()| Tried::Done),
    }
}
