//! The porter's account on the homeserver: each call is one beat, so that anything can happen between two of them.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use lodge_channel::community::RoomState;
use lodge_channel::content::{Rendered, Voice};
use lodge_channel::homeserver::{CallError, Called, EventRef, Events, Homeserver, Membership, Page};
use lodge_channel::news::News;
use lodge_channel::room::{RoomSpec, Speech};
use lodge_core::id::EffectId;
use lodge_core::introduction::RoomRef;
use lodge_core::name::Address;
use lodge_core::say::Say;
use serde_json::Value;

use super::faults::Fate;
use super::log::What;
use super::{World, forbidden};
use crate::planted::Planted;

/// The porter's account.
#[derive(Debug, Clone)]
pub struct Porter(Arc<Mutex<World>>);

impl Porter {
    /// The account on this homeserver.
    pub fn new(world: World) -> Self {
        Self(Arc::new(Mutex::new(world)))
    }

    /// The homeserver, until the guard is dropped.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One call: it waits for its beat, meets its fate, and is recorded.
    async fn call<T>(
        &self,
        name: &'static str,
        room: &RoomRef,
        act: impl FnOnce(&mut World) -> Called<T> + Send,
    ) -> Called<T> {
        Beat(false).await;
        let mut world = self.world();
        let lost = |why: &str| Err(CallError::Unknown { why: why.to_owned() });
        let (outcome, became) = match world.faults.fate() {
            Fate::CrashBefore => (lost("dead"), "dies before"),
            Fate::Limited(retry_after_ms) => (Err(CallError::Limited { retry_after_ms }), "limited"),
            Fate::LostRequest => (lost("no answer"), "request lost"),
            Fate::LostReply => {
                let became = if act(&mut world).is_ok() { "done, reply lost" } else { "refused, reply lost" };
                (lost("no answer"), became)
            }
            Fate::CrashAfter => {
                let became = if act(&mut world).is_ok() { "done, dies after" } else { "refused, dies after" };
                (lost("dead"), became)
            }
            Fate::Fine => {
                let outcome = act(&mut world);
                let became = if outcome.is_ok() { "done" } else { "refused" };
                (outcome, became)
            }
        };
        world.note(What::Call(name, room.clone(), became));
        outcome
    }
}

impl Homeserver for Porter {
    async fn create_room(&self, spec: &RoomSpec, marker: EffectId) -> Called<RoomRef> {
        let nowhere = RoomRef(String::new());
        self.call("create", &nowhere, |world| {
            let room = world.create(spec, marker);
            if world.planted == Some(Planted::RoomTwice) && spec.speech == Speech::Withheld {
                let twin = world.create(spec, marker);
                world.twins.insert(room.clone(), twin);
            }
            Ok(room)
        })
        .await
    }

    async fn invite(&self, room: &RoomRef, who: &Address) -> Called<()> {
        self.call("invite", room, |world| {
            let porter = world.porter.clone();
            if let Some(twin) = world.twins.get(room).cloned() {
                world.invite(&porter, &twin, who)?;
            }
            world.invite(&porter, room, who)
        })
        .await
    }

    async fn remove(&self, room: &RoomRef, who: &Address) -> Called<()> {
        self.call("remove", room, |world| {
            let porter = world.porter.clone();
            if world.planted == Some(Planted::RoomNotClosed) {
                return Ok(());
            }
            world.kick(&porter, room, who)
        })
        .await
    }

    async fn join(&self, room: &RoomRef) -> Called<()> {
        self.call("join", room, |world| {
            let porter = world.porter.clone();
            world.join(room, &porter)
        })
        .await
    }

    async fn leave(&self, room: &RoomRef) -> Called<()> {
        self.call("leave", room, |world| {
            let porter = world.porter.clone();
            let stays = world.planted == Some(Planted::PorterStays);
            if stays && world.room(room).is_some_and(super::room::Room::is_open) {
                return Ok(());
            }
            world.leave(room, &porter)
        })
        .await
    }

    async fn send(&self, room: &RoomRef, effect: EffectId, content: Value) -> Called<EventRef> {
        self.call("send", room, |world| world.send(room, effect, content)).await
    }

    async fn redact(&self, room: &RoomRef, event: &EventRef, _: EffectId) -> Called<()> {
        self.call("redact", room, |world| world.redact(room, event)).await
    }

    async fn open_speech(&self, room: &RoomRef, spec: &RoomSpec) -> Called<()> {
        self.call("speech", room, |world| {
            let porter = world.porter.clone();
            world.open_speech(&porter, room, spec)
        })
        .await
    }

    async fn members(&self, room: &RoomRef) -> Called<Vec<(Address, Membership)>> {
        self.call("members", room, |world| {
            let found = world.room(room).filter(|found| found.has(&world.porter)).ok_or_else(forbidden)?;
            let here = found.members.iter().filter(|(_, membership)| **membership != Membership::Left);
            Ok(here.map(|(who, membership)| (who.clone(), *membership)).collect())
        })
        .await
    }

    async fn is_small(&self, room: &RoomRef) -> Called<bool> {
        const SMALL_MAX: usize = 20;
        self.call("count", room, |world| {
            let found = world.room(room).filter(|found| found.has(&world.porter)).ok_or_else(forbidden)?;
            Ok(found.members.values().filter(|membership| **membership == Membership::Joined).count() <= SMALL_MAX)
        })
        .await
    }

    async fn standing(&self, room: &RoomRef, who: &Address) -> Called<Membership> {
        self.call("standing", room, |world| {
            let found = world.room(room).filter(|found| found.has(&world.porter)).ok_or_else(forbidden)?;
            Ok(found.membership(who))
        })
        .await
    }

    async fn make_room(&self, creation: &Value) -> Called<RoomRef> {
        self.call("make", &RoomRef(String::new()), |world| Ok(world.make_for_many(creation))).await
    }

    async fn state(&self, room: &RoomRef) -> Called<RoomState> {
        self.call("state", room, |world| {
            let found = world.room(room).filter(|found| found.has(&world.porter)).ok_or_else(forbidden)?;
            Ok(found.state.clone())
        })
        .await
    }

    async fn put_state(&self, room: &RoomRef, kind: &str, key: &str, content: &Value) -> Called<()> {
        self.call("put", room, |world| {
            let porter = world.porter.clone();
            world.put_state(&porter, room, (kind, key), content)
        })
        .await
    }

    async fn post(&self, room: &RoomRef, effect: EffectId, content: Value) -> Called<EventRef> {
        self.call("post", room, |world| world.send(room, effect, content)).await
    }

    async fn message(&self, room: &RoomRef, event: &EventRef) -> Called<Option<News>> {
        self.call("message", room, |world| Ok(world.unseal(room, event))).await
    }

    async fn history(&self, room: &RoomRef, events: Events, from: &str, to: Option<&str>) -> Called<Page> {
        self.call("history", room, |world| world.history(room, events, from, to)).await
    }
}

/// Words as values: what is said, in JSON, so that people in this world understand it exactly.
#[derive(Debug, Clone)]
pub struct PlainVoice(pub Option<Planted>, pub crate::twist::Details);

impl Voice for PlainVoice {
    fn render(&self, say: &Say) -> Rendered {
        let plain = serde_json::to_string(say).unwrap_or_default();
        Rendered { plain: crate::twist::words(self.0, &self.1, say, plain), html: String::new() }
    }
}

/// Waits to be polled once more.
struct Beat(bool);

impl Future for Beat {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        Poll::Pending
    }
}
