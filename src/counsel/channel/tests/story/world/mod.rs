//! A homeserver as small as can be, the service on it, and people who do what they are told. It can die at any moment:
//! after each commit and after each call, whose answer is lost then.

#![expect(clippy::unwrap_used, reason = "a world that is not as it was made is the end of its test")]

mod copies;
mod people;
mod plain;

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

use lodge_counsel_channel::perform::perform;
use lodge_counsel_channel::{Channel, Fault, Options};
use lodge_counsel_core::id::Ids;
use lodge_counsel_core::people::Named;
use lodge_ground::id::EffectId;
use lodge_ground::name::Address;
use lodge_ground::store::{Memory, Row, Store, Table, Write};
use lodge_ground::time::{Span, Timestamp};
use lodge_ground::wording::File;
use lodge_matrix::homeserver::{
    CallError, Called, EventRef, Events, Homeserver, Membership, Page, Refusal, RoomRef, RoomState,
};
use lodge_matrix::news::{Delivery, Heard, Invitation, News, RoomNews, Wanted};
use lodge_matrix::occupant::Occupant;
use lodge_matrix::room::{Direct, Federation, RoomSpec, Speech};
use serde_json::{Value, json};

use self::plain::{Plain, settings};

/// A room as the homeserver has it.
#[derive(Debug, Clone, Default)]
pub struct Room {
    pub state: RoomState,
    pub members: BTreeMap<Address, Membership>,
    pub created: Option<EffectId>,
    /// Others who are in it, by ids that cannot be read.
    pub strange: Vec<String>,
    /// The messages in it: each with its sender, the wording's id, and the words.
    pub said: Vec<(Address, String, String)>,
    /// The relations of the service's messages in it, in order.
    pub relations: Vec<Value>,
    /// The events of the service's messages, in order.
    pub events: Vec<EventRef>,
    pub speech: bool,
}

/// An event that the service's account is told of.
#[derive(Debug, Clone)]
enum Sight {
    Event(RoomRef, Heard),
    Invited(RoomRef, Address),
}

#[derive(Debug, Default)]
struct Server {
    rooms: BTreeMap<RoomRef, Room>,
    sights: Vec<Sight>,
    sent: BTreeSet<EffectId>,
    next: u32,
    /// The service's own messages that its account is told of only later.
    withheld: Option<Vec<Sight>>,
    /// The number of the service's next messages that are refused.
    refuses: u32,
    /// A key of the state that comes out wrong in every room that is made.
    pub spoils: Option<(String, Value)>,
}

/// The homeserver and everybody on it.
pub struct World {
    server: Mutex<Server>,
    own: Address,
}

pub fn address(name: &str) -> Address {
    Address::exact(&format!("@{name}:example.org")).unwrap()
}

fn forbidden<T>() -> Called<T> {
    Err(CallError::Refused { why: Refusal::Other { code: "M_FORBIDDEN".to_owned() } })
}

impl World {
    pub fn new() -> Self {
        Self { server: Mutex::default(), own: address("quiet") }
    }

    fn with<T>(&self, act: impl FnOnce(&mut Server, &Address) -> T) -> T {
        act(&mut self.server.lock().unwrap(), &self.own)
    }

    pub fn room(&self, room: &RoomRef) -> Room {
        self.with(|server, _| server.rooms[room].clone())
    }

    pub fn rooms(&self) -> Vec<(RoomRef, Room)> {
        self.with(|server, _| server.rooms.iter().map(|(id, room)| (id.clone(), room.clone())).collect())
    }

    /// From now on this event of each new room comes out as this.
    pub fn spoil(&self, kind: &str, content: Value) {
        self.with(|server, _| server.spoils = Some((kind.to_owned(), content)));
    }

    fn since(&self, token: Option<&str>) -> Option<Delivery> {
        let from: usize = token.map_or(0, |token| token.parse().unwrap());
        self.with(|server, _| {
            let to = server.sights.len();
            if from == to && token.is_some() {
                return None;
            }
            let mut delivery = Delivery { token: to.to_string(), rooms: vec![], invitations: vec![] };
            for (at, sight) in server.sights.iter().enumerate().skip(from) {
                match sight {
                    Sight::Event(room, heard) => {
                        let event = event(at, heard);
                        let news = News { event, at: Timestamp::from_millis(0), heard: heard.clone() };
                        delivery.rooms.push(RoomNews { room: room.clone(), gap: None, news: vec![news] });
                    }
                    Sight::Invited(room, from) => {
                        delivery.invitations.push(Invitation { room: room.clone(), from: from.clone() });
                    }
                }
            }
            Some(delivery)
        })
    }
}

/// The event of the sight with the number `at`: the one that the service was told of when it sent it, or another.
fn event(at: usize, heard: &Heard) -> EventRef {
    EventRef(if let Heard::Own(effect) = heard { format!("${effect}") } else { format!("${at}") })
}

impl Server {
    fn fresh(&mut self) -> RoomRef {
        self.next += 1;
        RoomRef(format!("!{}", self.next))
    }

    fn moved(&mut self, own: &Address, room: &RoomRef, who: &Address, now: Membership) {
        let at = self.rooms.get_mut(room).unwrap();
        let there = at.members.get(own) == Some(&Membership::Joined);
        at.members.insert(who.clone(), now);
        if there && who != own {
            self.sights.push(Sight::Event(room.clone(), Heard::Moved(who.into(), now)));
        }
    }

    fn of(&mut self, own: &Address, room: &RoomRef) -> Called<&mut Room> {
        match self.rooms.get_mut(room) {
            Some(at) if at.members.get(own) == Some(&Membership::Joined) => Ok(at),
            Some(_) | None => forbidden(),
        }
    }
}

impl Homeserver for World {
    async fn create_room(&self, spec: &RoomSpec, marker: EffectId) -> Called<RoomRef> {
        let creation = spec.creation(&marker.to_string());
        let room = self.make_room(&creation).await?;
        self.with(|server, _| {
            let at = server.rooms.get_mut(&room).unwrap();
            at.created = Some(marker);
            at.speech = spec.speech == Speech::Open;
            server.sights.push(Sight::Event(room.clone(), Heard::Created(marker)));
        });
        Ok(room)
    }

    async fn invite(&self, room: &RoomRef, who: &Address, _: Direct) -> Called<()> {
        self.with(|server, own| {
            let at = server.of(own, room)?;
            if at.members.get(who) == Some(&Membership::Joined) {
                return forbidden();
            }
            server.moved(own, room, who, Membership::Invited);
            Ok(())
        })
    }

    async fn remove(&self, room: &RoomRef, who: &Occupant) -> Called<()> {
        self.with(|server, own| {
            server.of(own, room)?;
            server.moved(own, room, &who.address().unwrap(), Membership::Left);
            Ok(())
        })
    }

    async fn join(&self, room: &RoomRef) -> Called<()> {
        self.with(|server, own| match server.rooms[room].members.get(own) {
            Some(Membership::Invited | Membership::Joined) => {
                server.moved(own, room, own, Membership::Joined);
                Ok(())
            }
            Some(Membership::Left) | None => forbidden(),
        })
    }

    async fn leave(&self, room: &RoomRef) -> Called<()> {
        self.with(|server, own| {
            let at = server.rooms.get_mut(room).unwrap();
            at.members.insert(own.clone(), Membership::Left);
            Ok(())
        })
    }

    async fn send(&self, room: &RoomRef, effect: EffectId, content: Value) -> Called<EventRef> {
        self.with(|server, own| {
            if let Some(left) = server.refuses.checked_sub(1) {
                server.refuses = left;
                return Err(CallError::Refused { why: Refusal::Other { code: "M_TOO_LARGE".to_owned() } });
            }
            let first = server.sent.insert(effect);
            let own = own.clone();
            let at = server.of(&own, room)?;
            if first {
                let of = |key: &str| content[key].as_str().unwrap_or_default().to_owned();
                at.said.push((own, of("org.lodge.wording"), of("body")));
                at.relations.push(content["m.relates_to"].clone());
                at.events.push(EventRef(format!("${effect}")));
                let sight = Sight::Event(room.clone(), Heard::Own(effect));
                server.withheld.as_mut().unwrap_or(&mut server.sights).push(sight);
            }
            Ok(EventRef(format!("${effect}")))
        })
    }

    async fn upload(&self, _: &File) -> Called<Value> {
        panic!("the service sends no files")
    }

    async fn redact(&self, _: &RoomRef, _: &EventRef, _: EffectId) -> Called<()> {
        panic!("the service takes nothing back")
    }

    async fn open_speech(&self, room: &RoomRef, spec: &RoomSpec) -> Called<()> {
        self.with(|server, own| {
            let at = server.of(own, room)?;
            at.speech = true;
            let levels = spec.power_levels(Speech::Open);
            at.state.insert(("m.room.power_levels".to_owned(), String::new()), levels);
            Ok(())
        })
    }

    async fn members(&self, room: &RoomRef) -> Called<Vec<(Occupant, Membership)>> {
        self.with(|server, own| {
            let at = server.of(own, room)?;
            let strange = at.strange.iter().map(|id| (Occupant::named(id), Membership::Joined));
            Ok(at.members.iter().map(|(who, now)| (who.into(), *now)).chain(strange).collect())
        })
    }

    async fn is_small(&self, room: &RoomRef) -> Called<bool> {
        self.with(|server, own| Ok(server.of(own, room)?.members.len() <= 8))
    }

    async fn standing(&self, room: &RoomRef, who: &Occupant) -> Called<Membership> {
        let who = who.address().unwrap();
        self.with(|server, own| Ok(server.of(own, room)?.members.get(&who).copied().unwrap_or(Membership::Left)))
    }

    async fn make_room(&self, creation: &Value) -> Called<RoomRef> {
        self.with(|server, own| {
            let id = server.fresh();
            let mut room = Room::default();
            room.members.insert(own.clone(), Membership::Joined);
            let mut put = |kind: &str, key: &str, content: Value| {
                room.state.insert((kind.to_owned(), key.to_owned()), content);
            };
            let mut create = creation["creation_content"].clone();
            create["room_version"] = creation["room_version"].clone();
            put("m.room.create", "", create);
            put("m.room.member", own.as_str(), json!({ "membership": "join" }));
            let mut levels = creation["power_level_content_override"].clone();
            levels["historical"] = json!(100);
            put("m.room.power_levels", "", levels);
            for event in creation["initial_state"].as_array().unwrap() {
                put(event["type"].as_str().unwrap(), "", event["content"].clone());
            }
            if let Some((kind, content)) = &server.spoils {
                put(kind, "", content.clone());
            }
            server.rooms.insert(id.clone(), room);
            Ok(id)
        })
    }

    async fn state(&self, room: &RoomRef) -> Called<RoomState> {
        self.with(|server, own| Ok(server.of(own, room)?.state.clone()))
    }

    async fn put_state(&self, room: &RoomRef, kind: &str, key: &str, content: &Value) -> Called<()> {
        self.with(|server, own| {
            server.of(own, room)?.state.insert((kind.to_owned(), key.to_owned()), content.clone());
            Ok(())
        })
    }

    async fn post(&self, _: &RoomRef, _: EffectId, _: Value) -> Called<EventRef> {
        panic!("the service has no rooms for many")
    }

    async fn message(&self, _: &RoomRef, _: &EventRef) -> Called<Option<News>> {
        panic!("the service looks nothing up")
    }

    async fn history(&self, _: &RoomRef, _: Events, _: &str, _: Option<&str>) -> Called<Page> {
        Ok(Page { news: vec![], next: None })
    }
}

/// The service on its homeserver, with a life that can end.
pub struct Service {
    pub world: World,
    pub now: Timestamp,
    pub faults: Vec<Fault>,
    pub store: Memory,
    engine: Option<Channel>,
    starts: u8,
    /// It dies once, after this many commits and calls.
    dies_after: Option<u32>,
    pub beats: u32,
    /// The effect of a call shows in a response before the call is answered.
    pub shows_first: bool,
}

impl Service {
    pub fn new(dies_after: Option<u32>) -> Self {
        Self {
            world: World::new(),
            now: Timestamp::from_millis(1_800_000_000_000),
            faults: vec![],
            store: Memory::default(),
            engine: None,
            starts: 0,
            dies_after,
            beats: 0,
            shows_first: false,
        }
    }

    /// The service dies, and is started when it next has something to do.
    pub fn dies_now(&mut self) {
        self.engine = None;
    }

    /// Now a message can be read that waited for its key.
    pub fn unseals(&mut self, news: News) {
        self.engine.as_mut().unwrap().unsealed(news, self.now).unwrap();
        self.commit();
        self.settle();
    }

    /// The service's engine. It must be running.
    pub fn engine(&self) -> &Channel {
        self.engine.as_ref().unwrap()
    }

    /// Takes a part out of each row of a table, as it is in rows of an older edition, and starts anew.
    pub fn without(&mut self, table: Table, parts: &[&str]) {
        let older = |mut row: Row| {
            let mut value: Value = serde_json::from_slice(&row.value).unwrap();
            for part in parts {
                value.as_object_mut().unwrap().remove(*part);
            }
            row.value = serde_json::to_vec(&value).unwrap();
            Write::Put(row)
        };
        let batch = self.store.load(table).unwrap().into_iter().map(older).collect();
        self.store.commit(&batch).unwrap();
        self.engine = None;
    }

    /// Every row of the store, in bytes.
    pub fn rows(&self) -> String {
        let rows = Table::ALL.into_iter().flat_map(|table| self.store.load(table).unwrap());
        rows.map(|row| String::from_utf8_lossy(&row.value).into_owned()).collect::<Vec<_>>().join("\n")
    }

    /// Lets everything happen until nothing is left to do, and the time pass to then.
    pub fn settle(&mut self) {
        for _ in 0..10_000 {
            if !self.beat() {
                return;
            }
        }
        panic!("it does not come to rest");
    }

    /// Lets time pass.
    pub fn wait(&mut self, span: Span) {
        self.now = self.now.after(span);
        self.settle();
    }

    fn dies(&mut self) -> bool {
        self.beats += 1;
        if self.dies_after == Some(self.beats) {
            self.engine = None;
            return true;
        }
        false
    }

    fn beat(&mut self) -> bool {
        if self.engine.is_none() {
            self.starts += 1;
            let options = Options {
                settings: settings(),
                federation: Federation::Closed,
                unreadable_after: Span::from_millis(60_000),
                messages_a_minute: 60,
            };
            let ids = Ids::from_seed([self.starts; 32]);
            let mut engine = Channel::open(&self.store, options, ids, self.now).unwrap();
            let named = |name: &str| Named { address: address(name), name: name.to_owned(), card: String::new() };
            engine.counsellors(vec![named("kim"), named("lee")], self.now).unwrap();
            self.engine = Some(engine);
        }
        let engine = self.engine.as_mut().unwrap();
        let delivery = self.world.since(engine.hearing().token());
        let mut moved = delivery.is_some();
        match delivery {
            Some(delivery) => engine.deliver(delivery, self.now).unwrap(),
            // A response without news is one too.
            None if engine.news_wanted() > Wanted::WithNews => {
                let token = engine.hearing().token().unwrap_or("0").to_owned();
                engine.deliver(Delivery { token, rooms: vec![], invitations: vec![] }, self.now).unwrap();
                moved = true;
            }
            None => {}
        }
        engine.tick(self.now).unwrap();
        self.faults.extend(engine.take_faults());
        if !self.commit() {
            return true;
        }
        let tasks = self.engine.as_mut().unwrap().ready(self.now);
        for task in tasks {
            moved = true;
            let outcome = block_on(perform(&self.world, &Plain, &address("quiet"), &task));
            if self.dies() {
                return true;
            }
            let engine = self.engine.as_mut().unwrap();
            if let Some(delivery) = self.world.since(engine.hearing().token()).filter(|_| self.shows_first) {
                engine.deliver(delivery, self.now).unwrap();
            }
            self.faults.extend(engine.report(&task, outcome, self.now).unwrap());
            if !self.commit() {
                return true;
            }
        }
        moved
    }

    fn commit(&mut self) -> bool {
        loop {
            let batch = self.engine.as_mut().unwrap().take_batch().unwrap();
            self.store.commit(&batch).unwrap();
            if self.dies() {
                return false;
            }
            let engine = self.engine.as_mut().unwrap();
            engine.committed();
            let people = engine.to_forget(2).unwrap();
            if people.is_empty() {
                return true;
            }
            self.store.commit(&engine.take_batch().unwrap()).unwrap();
            engine.committed();
            if self.dies() {
                return false;
            }
            self.store.forget(&people).unwrap();
            if self.dies() {
                return false;
            }
            self.engine.as_mut().unwrap().forgotten(&people, self.now).unwrap();
        }
    }
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(done) = future.as_mut().poll(&mut context) {
            return done;
        }
    }
}
