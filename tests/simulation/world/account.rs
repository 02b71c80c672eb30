//! A service's account on the homeserver: each call is one beat, so that anything can happen between two of them.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use lodge_channel::community::RoomState;
use lodge_channel::content::{Rendered, Voice};
use lodge_channel::homeserver::{CallError, Called, EventRef, Events, Homeserver, Membership, Page};
use lodge_channel::news::News;
use lodge_channel::room::{Direct, RoomSpec, Speech};
use lodge_core::id::EffectId;
use lodge_core::name::Address;
use lodge_core::say::Say;
use lodge_ground::drawing::{Drawing, Picture};
use lodge_ground::wording::File;
use lodge_matrix::homeserver::RoomRef;
use lodge_matrix::occupant::Occupant;
use serde_json::Value;

use super::faults::{Fate, Faults};
use super::log::What;
use super::{World, forbidden};
use crate::chance::Chance;
use crate::planted::Planted;

/// A service's account. Two services share nothing but the homeserver behind it.
#[derive(Debug, Clone)]
pub struct Account {
    world: Arc<Mutex<World>>,
    own: Address,
}

impl Account {
    /// The porter's account on this homeserver.
    pub fn porter(world: World) -> Self {
        let own = world.porter.clone();
        Self { world: Arc::new(Mutex::new(world)), own }
    }

    /// The account of another service on the same homeserver, with faults and chances of its own.
    #[must_use]
    pub fn beside(&self, own: Address, faults: Faults, chance: Chance) -> Self {
        self.world().register(own.clone(), faults, chance);
        Self { world: self.world.clone(), own }
    }

    /// The account's address.
    pub fn own(&self) -> &Address {
        &self.own
    }

    /// The homeserver, until the guard is dropped.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The number of beats for which a message is on its way before it arrives.
    fn delay(&self) -> u64 {
        let mut world = self.world();
        let strained = world.faults().on && self.own == world.porter;
        if strained { world.slowness.delay() } else { 0 }
    }

    /// One call: it waits for its beat, meets its fate, and is recorded.
    async fn call<T>(
        &self,
        name: &'static str,
        room: &RoomRef,
        act: impl FnOnce(&mut World, &Address) -> Called<T> + Send,
    ) -> Called<T> {
        Beat(false).await;
        let mut world = self.world();
        let lost = |why: &str| Err(CallError::Unknown { why: why.to_owned() });
        let fated = world.fated(&self.own);
        let held_up = world.held_up(&self.own, name, room).or_else(|| world.says_too_much(&self.own, name));
        let errand = format!("{} {name} {}", world.errand, world.whose(room));
        let fate = held_up.map_or_else(|| world.session(&fated).faults.fate(&errand), Fate::Limited);
        let (outcome, became) = match fate {
            Fate::CrashBefore => (lost("dead"), "dies before"),
            Fate::Limited(retry_after_ms) => (Err(CallError::Limited { retry_after_ms }), "limited"),
            Fate::LostRequest => (lost("no answer"), "request lost"),
            Fate::LostReply => {
                let became =
                    if act(&mut world, &self.own).is_ok() { "done, reply lost" } else { "refused, reply lost" };
                (lost("no answer"), became)
            }
            Fate::CrashAfter => {
                let became =
                    if act(&mut world, &self.own).is_ok() { "done, dies after" } else { "refused, dies after" };
                (lost("dead"), became)
            }
            Fate::Fine => {
                let outcome = act(&mut world, &self.own);
                let became = if outcome.is_ok() { "done" } else { "refused" };
                (outcome, became)
            }
        };
        if became == "done" {
            world.made_call(&self.own, name, room);
        }
        world.note(What::Call(self.own.clone(), name, room.clone(), became));
        outcome
    }
}

impl Homeserver for Account {
    async fn create_room(&self, spec: &RoomSpec, marker: EffectId) -> Called<RoomRef> {
        let nowhere = RoomRef(String::new());
        self.call("create", &nowhere, |world, own| {
            let room = world.create(own, spec, marker);
            if world.planted == Some(Planted::RoomTwice) && spec.speech == Speech::Withheld {
                let twin = world.create(own, spec, marker);
                world.twins.insert(room.clone(), twin);
            }
            Ok(room)
        })
        .await
    }

    async fn invite(&self, room: &RoomRef, who: &Address, _: Direct) -> Called<()> {
        self.call("invite", room, |world, own| {
            if let Some(twin) = world.twins.get(room).cloned() {
                world.invite(own, &twin, who)?;
            }
            world.invite(own, room, who)
        })
        .await
    }

    async fn remove(&self, room: &RoomRef, who: &Occupant) -> Called<()> {
        self.call("remove", room, |world, own| {
            if world.planted == Some(Planted::RoomNotClosed) {
                return Ok(());
            }
            world.kick(own, room, &who.address().ok_or_else(forbidden)?)
        })
        .await
    }

    async fn join(&self, room: &RoomRef) -> Called<()> {
        self.call("join", room, |world, own| world.join(room, own)).await
    }

    async fn leave(&self, room: &RoomRef) -> Called<()> {
        self.call("leave", room, |world, own| {
            let stays = world.planted == Some(Planted::PorterStays);
            if stays && world.room(room).is_some_and(super::room::Room::is_open) {
                return Ok(());
            }
            world.leave(room, own)
        })
        .await
    }

    async fn send(&self, room: &RoomRef, effect: EffectId, content: Value) -> Called<EventRef> {
        for _ in 0..self.delay() {
            Beat(false).await;
        }
        self.call("send", room, |world, own| world.send(own, room, effect, content)).await
    }

    async fn upload(&self, file: &File) -> Called<Value> {
        self.call("upload", &RoomRef(String::new()), |world, _| Ok(world.store_file(file))).await
    }

    async fn redact(&self, room: &RoomRef, event: &EventRef, _: EffectId) -> Called<()> {
        self.call("redact", room, |world, own| world.redact(own, room, event)).await
    }

    async fn open_speech(&self, room: &RoomRef, spec: &RoomSpec) -> Called<()> {
        self.call("speech", room, |world, own| world.open_speech(own, room, spec)).await
    }

    async fn members(&self, room: &RoomRef) -> Called<Vec<(Occupant, Membership)>> {
        self.call("members", room, |world, own| {
            let found = world.room(room).filter(|found| found.has(own)).ok_or_else(forbidden)?;
            let here = found.members.iter().filter(|(_, membership)| **membership != Membership::Left);
            Ok(here.map(|(who, membership)| (who.into(), *membership)).collect())
        })
        .await
    }

    async fn is_small(&self, room: &RoomRef) -> Called<bool> {
        const SMALL_MAX: usize = 20;
        self.call("count", room, |world, own| {
            let found = world.room(room).filter(|found| found.has(own)).ok_or_else(forbidden)?;
            Ok(found.members.values().filter(|membership| **membership == Membership::Joined).count() <= SMALL_MAX)
        })
        .await
    }

    async fn standing(&self, room: &RoomRef, who: &Occupant) -> Called<Membership> {
        self.call("standing", room, |world, own| {
            let found = world.room(room).filter(|found| found.has(own)).ok_or_else(forbidden)?;
            Ok(found.membership(&who.address().ok_or_else(forbidden)?))
        })
        .await
    }

    async fn make_room(&self, creation: &Value) -> Called<RoomRef> {
        self.call("make", &RoomRef(String::new()), |world, own| Ok(world.make_for_many(own, creation))).await
    }

    async fn state(&self, room: &RoomRef) -> Called<RoomState> {
        self.call("state", room, |world, own| {
            let found = world.room(room).filter(|found| found.has(own)).ok_or_else(forbidden)?;
            Ok(found.state.clone())
        })
        .await
    }

    async fn put_state(&self, room: &RoomRef, kind: &str, key: &str, content: &Value) -> Called<()> {
        self.call("put", room, |world, own| world.put_state(own, room, (kind, key), content)).await
    }

    async fn post(&self, room: &RoomRef, effect: EffectId, content: Value) -> Called<EventRef> {
        self.call("post", room, |world, own| world.send(own, room, effect, content)).await
    }

    async fn message(&self, room: &RoomRef, event: &EventRef) -> Called<Option<News>> {
        self.call("message", room, |world, own| Ok(world.unseal(own, room, event))).await
    }

    async fn history(&self, room: &RoomRef, events: Events, from: &str, to: Option<&str>) -> Called<Page> {
        self.call("history", room, |world, own| world.history(own, room, events, from, to)).await
    }
}

/// A voice that says each message as its value in JSON, so that people in this world understand it exactly.
#[derive(Debug, Clone)]
pub struct PlainVoice(pub Option<Planted>, pub crate::twist::Details);

impl Voice for PlainVoice {
    fn render(&self, say: &Say) -> Rendered {
        let plain = serde_json::to_string(say).unwrap_or_default();
        Rendered { plain: crate::twist::words(self.0, &self.1, say, plain), html: String::new() }
    }

    /// A picture in which every word can be read, as a text.
    fn draw(&self, drawing: &Drawing) -> Option<Picture> {
        let lines = drawing.groups.iter().flat_map(|group| &group.lines).map(|(_, words)| words.as_str());
        let bytes = [drawing.instead.as_str()].into_iter().chain(lines).collect::<Vec<_>>().join("\n").into_bytes();
        let file = File { name: drawing.name, media_type: "image/png", bytes };
        Some(Picture { file, size: (1, 1), instead: drawing.instead.clone() })
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
