//! One try at one thing to be done, as calls. It may be tried again after any outcome.

use lodge_core::conduct::Found;
use lodge_core::id::EffectId;
use lodge_core::input::Tended;
use lodge_core::name::Address;
use lodge_core::say::Say;
use lodge_matrix::calls;
use lodge_matrix::content::Thread;
use lodge_matrix::homeserver::RoomRef;
use lodge_matrix::occupant::Occupant;

use crate::community::{Wanted, tend};
use crate::content::{self, Voice};
use crate::homeserver::{CallError, Called, EventRef, Homeserver, Membership};
use crate::news::{Heard, News};
use crate::outbox::Line;
use crate::room::{self, Direct, RoomSpec};

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
    /// Invite this account to a room, which is a conversation of two or not.
    Invite(RoomRef, Address, Direct),
    /// Remove somebody, or take their invitation back.
    Remove(RoomRef, Address),
    /// Say something in a conversation or in a room of two.
    Say {
        /// The room to say it in.
        room: RoomRef,
        /// The message.
        say: Say,
        /// The accounts that the message mentions.
        to: Vec<Address>,
        /// The account that must be in the room with the porter, and nobody else, for it to be said at all.
        audience: Option<Address>,
        /// The words in a thread of this room that it answers.
        thread: Option<Thread>,
    },
    /// Let the members speak, and take the name away under which the room waited for them.
    OpenSpeech(RoomRef),
    /// Take a message back; `None` where it was never sent.
    TakeBack(Option<(RoomRef, EventRef)>),
    /// Leave a room, or turn its invitation down.
    Leave(RoomRef),
    /// Come in, say this, and leave.
    Greet(RoomRef, Say),
    /// Create a room for many.
    Make(Box<Wanted>),
    /// Make a room for many as it should be.
    Tend(RoomRef, Box<Wanted>),
    /// Take somebody out of a room, if they are there.
    Oust(RoomRef, Occupant),
    /// Say something in a room for many.
    Post(RoomRef, Say),
    /// Look at a message.
    Look(RoomRef, EventRef),
}

impl What {
    /// Whether it says something that shows somebody's details. Such a try ends within [`Settings::words_within`].
    ///
    /// [`Settings::words_within`]: lodge_core::policy::Settings::words_within
    pub fn shows_details(&self) -> bool {
        matches!(self, Self::Say { audience: Some(_), .. })
    }
}

/// The result of a try that had one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried {
    /// It is done, with nothing more to tell.
    Done,
    /// The room exists under this id.
    RoomMade(RoomRef),
    /// The message stands at this event.
    Said(EventRef),
    /// Somebody is in the conversation who should not be, so nothing was said.
    Overheard,
    /// Somebody was there, and is taken out.
    Ousted,
    /// A room is as it should be.
    Tended(Tended),
    /// The message that was looked at, if it is there and says something.
    Looked(Option<Found>),
}

/// Tries a task once.
pub async fn perform(server: &impl Homeserver, voice: &impl Voice, own: &Address, task: &Task) -> Called<Tried> {
    match &task.what {
        What::Create(spec) => server.create_room(&room::in_words(spec, voice), task.id).await.map(Tried::RoomMade),
        What::Invite(room, who, direct) => {
            calls::invite(server, room, (who, *direct), task.uncertain).await.map(|()| Tried::Done)
        }
        What::Remove(room, who) => calls::remove(server, room, who).await.map(|()| Tried::Done),
        What::Say { room, say, to, audience, thread } => {
            let content = content::words_or_file(server, voice, say, task.id, to).await?;
            if let Some(only) = audience
                && !calls::is_of_two(server, room, own, only).await?
            {
                return Ok(Tried::Overheard);
            }
            let content = match thread {
                Some(thread) => content::in_thread(content, thread),
                None => content,
            };
            server.send(room, task.id, content).await.map(Tried::Said)
        }
        What::OpenSpeech(room) => {
            server.open_speech(room, &room::introduction()).await?;
            calls::unname(server, room).await.map(|()| Tried::Done)
        }
        What::TakeBack(Some((room, event))) => server.redact(room, event, task.id).await.map(|()| Tried::Done),
        What::TakeBack(None) => Ok(Tried::Done),
        What::Leave(room) => calls::leave(server, room).await.map(|()| Tried::Done),
        What::Greet(room, say) => {
            let content = content::message(voice, say, task.id, &[]);
            calls::greet(server, room, task.id, content).await.map(|()| Tried::Done)
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
async fn oust(server: &impl Homeserver, room: &RoomRef, who: &Occupant) -> Called<Tried> {
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

/// The words of an event and their writer; `None` where it is no text of a person's.
fn words(news: News) -> Option<Found> {
    match news.heard {
        Heard::Text(text) => Some(Found { by: text.sender, text: text.body }),
        Heard::Own(_)
        | Heard::Echo(_)
        | Heard::Created(_)
        | Heard::Moved(..)
        | Heard::Sealed(_)
        | Heard::Edited(_)
        | Heard::Redacted(_)
        | Heard::Wordless(_)
        | Heard::Changed
        | Heard::Nothing => None,
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::Mutex;
    use std::task::{Context, Poll, Waker};

    use lodge_core::effect::Lane;
    use lodge_core::id::MemberId;
    use lodge_ground::drawing::{Drawing, Picture};
    use lodge_ground::wording::{File, Rendered};
    use serde_json::{Value, json};

    use super::*;
    use crate::homeserver::{Events, Page, Refusal, RoomState};

    /// A homeserver that says who is in a room, and keeps the messages that are sent there.
    struct Room {
        takes_files: bool,
        members: Vec<&'static str>,
        said: Mutex<Vec<Value>>,
    }

    impl Homeserver for Room {
        async fn members(&self, _: &RoomRef) -> Called<Vec<(Occupant, Membership)>> {
            Ok(self.members.iter().map(|id| (Occupant::named(id), Membership::Joined)).collect())
        }
        async fn send(&self, _: &RoomRef, _: EffectId, content: Value) -> Called<EventRef> {
            self.said.lock().unwrap().push(content);
            Ok(EventRef("$said".to_owned()))
        }
        async fn create_room(&self, _: &RoomSpec, _: EffectId) -> Called<RoomRef> {
            panic!("it only says something")
        }
        async fn invite(&self, _: &RoomRef, _: &Address, _: Direct) -> Called<()> {
            panic!("it only says something")
        }
        async fn remove(&self, _: &RoomRef, _: &Occupant) -> Called<()> {
            panic!("it only says something")
        }
        async fn join(&self, _: &RoomRef) -> Called<()> {
            panic!("it only says something")
        }
        async fn leave(&self, _: &RoomRef) -> Called<()> {
            panic!("it only says something")
        }
        async fn upload(&self, _: &File) -> Called<Value> {
            if self.takes_files {
                Ok(json!({ "file": { "url": "mxc://example.org/sealed" } }))
            } else {
                Err(CallError::Refused { why: Refusal::Other { code: "M_FORBIDDEN".to_owned() } })
            }
        }
        async fn redact(&self, _: &RoomRef, _: &EventRef, _: EffectId) -> Called<()> {
            panic!("it only says something")
        }
        async fn open_speech(&self, _: &RoomRef, _: &RoomSpec) -> Called<()> {
            panic!("it only says something")
        }
        async fn is_small(&self, _: &RoomRef) -> Called<bool> {
            panic!("it only says something")
        }
        async fn standing(&self, _: &RoomRef, _: &Occupant) -> Called<Membership> {
            panic!("it only says something")
        }
        async fn make_room(&self, _: &Value) -> Called<RoomRef> {
            panic!("it only says something")
        }
        async fn state(&self, _: &RoomRef) -> Called<RoomState> {
            panic!("it only says something")
        }
        async fn put_state(&self, _: &RoomRef, _: &str, _: &str, _: &Value) -> Called<()> {
            panic!("it only says something")
        }
        async fn post(&self, _: &RoomRef, _: EffectId, _: Value) -> Called<EventRef> {
            panic!("it only says something")
        }
        async fn message(&self, _: &RoomRef, _: &EventRef) -> Called<Option<News>> {
            panic!("it only says something")
        }
        async fn history(&self, _: &RoomRef, _: Events, _: &str, _: Option<&str>) -> Called<Page> {
            panic!("it only says something")
        }
    }

    struct Words;

    impl Voice for Words {
        fn render(&self, _: &Say) -> Rendered {
            Rendered { plain: "Hello.".to_owned(), html: "<p>Hello.</p>".to_owned() }
        }
    }

    /// The outcome of saying something that is for Alex alone, in a room with these, and the messages that were sent
    /// there.
    fn said_among(members: &[&'static str], thread: Option<Thread>) -> (Called<Tried>, Vec<Value>) {
        tried(Say::Elsewhere, true, members, thread)
    }

    fn tried(
        say: Say,
        takes_files: bool,
        members: &[&'static str],
        thread: Option<Thread>,
    ) -> (Called<Tried>, Vec<Value>) {
        tried_by(&Words, say, takes_files, members, thread)
    }

    fn tried_by(
        voice: &impl Voice,
        say: Say,
        takes_files: bool,
        members: &[&'static str],
        thread: Option<Thread>,
    ) -> (Called<Tried>, Vec<Value>) {
        let address = |id| Address::exact(id).unwrap();
        let (own, alex) = (address("@porter:example.org"), address("@alex:example.org"));
        let room = RoomRef("!room".to_owned());
        let (to, audience) = (vec![alex.clone()], Some(alex));
        let what = What::Say { room, say, to, audience, thread };
        let line = Line::Lane(Lane::Conversation(MemberId::from_bytes([2; 16])));
        let task = Task { line, id: EffectId::from_bytes([1; 16]), what, uncertain: false };
        let server = Room { takes_files, members: members.to_vec(), said: Mutex::default() };
        let tried = {
            let mut tried = pin!(perform(&server, voice, &own, &task));
            let Poll::Ready(tried) = tried.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
                panic!("it waits for nothing")
            };
            tried
        };
        (tried, server.said.into_inner().unwrap())
    }

    #[test]
    fn i09_nothing_is_said_beside_a_third_whatever_they_are_called() {
        let two = ["@porter:example.org", "@alex:example.org"];
        let (tried, said) = said_among(&two, None);
        assert_eq!((tried, said.len()), (Ok(Tried::Said(EventRef("$said".to_owned()))), 1));
        for third in ["@a!b:example.org", "@Alex:example.org", "@\u{430}lex:example.org", "@:example.org", ""] {
            assert_eq!(said_among(&[two[0], two[1], third], None), (Ok(Tried::Overheard), vec![]), "{third:?}");
            assert_eq!(said_among(&[two[0], third], None), (Ok(Tried::Overheard), vec![]), "{third:?}");
        }
    }

    /// A voice that draws, or fails to, as it does with words that it cannot draw.
    struct Pencil(bool);

    impl Voice for Pencil {
        fn render(&self, say: &Say) -> Rendered {
            Words.render(say)
        }

        fn draw(&self, drawing: &Drawing) -> Option<Picture> {
            let file = File { name: drawing.name, media_type: "image/png", bytes: vec![1; 12] };
            self.0.then(|| Picture { file, size: (780, 528), instead: drawing.instead.clone() })
        }
    }

    fn map() -> Say {
        serde_json::from_value(json!({ "notes": { "map": { "lines": [] } } })).unwrap()
    }

    #[test]
    fn a_picture_is_said_with_words_for_those_who_do_not_see_it_and_one_that_is_not_drawn_is_no_fault_of_the_room() {
        let two = ["@porter:example.org", "@alex:example.org"];
        let (done, said) = tried_by(&Pencil(true), map(), true, &two, None);
        assert_eq!(done, Ok(Tried::Said(EventRef("$said".to_owned()))));
        let content = json!({
            "msgtype": "m.image", "body": "Hello.", "filename": "network.png", "m.mentions": {},
            "info": { "mimetype": "image/png", "size": 12, "w": 780, "h": 528 },
            "file": { "url": "mxc://example.org/sealed" },
            "org.lodge.wording": "network-map", "org.lodge.effect": EffectId::from_bytes([1; 16]).to_string(),
        });
        assert_eq!(said, [content]);
        let beside_a_third = [two[0], two[1], "@eve:example.org"];
        assert_eq!(tried_by(&Pencil(true), map(), true, &beside_a_third, None), (Ok(Tried::Overheard), vec![]));
        let refused = |code: &str| Err(CallError::Refused { why: Refusal::NoFile { code: code.to_owned() } });
        assert_eq!(tried_by(&Pencil(true), map(), false, &two, None), (refused("M_FORBIDDEN"), vec![]));
        assert_eq!(tried_by(&Pencil(false), map(), true, &two, None), (refused("ORG.LODGE.NOT_DRAWN"), vec![]));
    }

    fn calendar() -> Say {
        let entry = json!({
            "introduction": "0".repeat(32), "with": { "on": 0 }, "at": 0, "minutes": 30, "takes_place": true,
            "change": 0, "told": 0, "service": "Careers", "porter": "@porter:example.org", "zone": "UTC",
        });
        serde_json::from_value(json!({ "arranging": { "calendar": entry } })).unwrap()
    }

    #[test]
    fn a_file_is_a_message_that_mentions_nobody_and_tells_where_its_bytes_are() {
        let two = ["@porter:example.org", "@alex:example.org"];
        let (done, said) = tried(calendar(), true, &two, None);
        assert_eq!(done, Ok(Tried::Said(EventRef("$said".to_owned()))));
        let size = calendar().file(&Words.render(&calendar())).unwrap().bytes.len();
        let content = json!({
            "msgtype": "m.file", "body": "meeting.ics", "filename": "meeting.ics", "m.mentions": {},
            "info": { "mimetype": "text/calendar", "size": size }, "file": { "url": "mxc://example.org/sealed" },
            "org.lodge.wording": "meeting-calendar", "org.lodge.effect": EffectId::from_bytes([1; 16]).to_string(),
        });
        assert_eq!(said, [content]);
        let beside_a_third = [two[0], two[1], "@eve:example.org"];
        assert_eq!(tried(calendar(), true, &beside_a_third, None), (Ok(Tried::Overheard), vec![]));
        // The same code would mean for words that the porter has no place in the room.
        let why = Refusal::NoFile { code: "M_FORBIDDEN".to_owned() };
        assert_eq!(tried(calendar(), false, &two, None), (Err(CallError::Refused { why }), vec![]));
    }

    #[test]
    fn an_answer_says_in_which_thread_it_stands() {
        let event = |id: &str| EventRef(id.to_owned());
        let thread = Thread { room: RoomRef("!room".to_owned()), root: event("$root"), words: event("$words") };
        let (_, said) = said_among(&["@porter:example.org", "@alex:example.org"], Some(thread));
        let relation = json!({
            "rel_type": "m.thread", "event_id": "$root", "is_falling_back": true,
            "m.in_reply_to": { "event_id": "$words" },
        });
        assert_eq!(said[0]["m.relates_to"], relation);
    }
}
