//! The counselling service without a homeserver, on whatever store, with Sam in a conversation.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use lodge_counsel_channel::perform::{Task, Tried, What};
use lodge_counsel_channel::{Channel, Options as ChannelOptions};
use lodge_counsel_core::id::Ids;
use lodge_counsel_core::policy::Settings;
use lodge_counsel_core::say::Say;
use lodge_ground::name::Address;
use lodge_ground::store::{Memory, Store, Table};
use lodge_ground::time::{OfficeHour, Span, Timestamp};
use lodge_matrix::homeserver::{EventRef, Membership, RoomRef};
use lodge_matrix::news::{Delivery, Heard, Invitation, News, RoomNews};
use lodge_matrix::room::Federation;

pub const NOW: Timestamp = Timestamp::from_millis(1_793_610_000_000);

pub fn address(who: &str) -> Address {
    Address::exact(&format!("@{who}:example.org")).unwrap()
}

pub fn options() -> ChannelOptions {
    let days = Span::from_days;
    let settings = Settings {
        account: address("quiet"),
        servers: BTreeSet::new(),
        terms: "1".to_owned(),
        wording: "w".to_owned(),
        emergency: "Call 999.".to_owned(),
        alternatives: "Ask your doctor.".to_owned(),
        policy: "We introduce nobody.".to_owned(),
        asks_a_day: 6,
        strangers: 100,
        claim_within: days(2),
        come_within: days(3),
        leave_within: days(7),
        keep_closed: days(90),
        warn_before: days(7),
        remind_before: days(1),
        keep_strangers: days(7),
        office: OfficeHour { zone: TimeZone::UTC, at: jiff::civil::Time::constant(9, 0, 0, 0) },
    };
    let unreadable_after = Span::from_millis(600_000);
    ChannelOptions { settings, federation: Federation::Closed, unreadable_after, messages_a_minute: 60 }
}

/// The service, with Sam in a conversation.
pub struct Service<S = Memory> {
    pub engine: Channel,
    pub store: S,
    pub now: Timestamp,
    /// The messages of the service, in order.
    pub said: Vec<Say>,
    responses: usize,
}

impl<S: Store> Service<S> {
    pub fn on(store: S) -> Self {
        let engine = Channel::open(&store, options(), Ids::from_seed([1; 32]), NOW).unwrap();
        let mut service = Self { engine, store, now: NOW, said: vec![], responses: 0 };
        service.hear(vec![], vec!["sam"]);
        service.settle();
        let room = service.room();
        service.in_room(&room, vec![("$joined".to_owned(), Heard::Moved(address("sam").into(), Membership::Joined))]);
        service.settle();
        service.said.clear();
        service
    }

    /// The room of Sam's conversation.
    pub fn room(&self) -> RoomRef {
        let rows = self.store.load(Table::Conversations).unwrap();
        let row: serde_json::Value = serde_json::from_slice(&rows[0].value).unwrap();
        let stage = row["stage"].as_object().unwrap().values().next().unwrap().clone();
        RoomRef(stage.as_str().unwrap().to_owned())
    }

    pub fn hear(&mut self, rooms: Vec<RoomNews>, from: Vec<&str>) {
        self.responses += 1;
        let invitation =
            |who: &str| Invitation { room: RoomRef(format!("!{}{who}", self.responses)), from: address(who) };
        let invitations = from.into_iter().map(invitation).collect();
        let delivery = Delivery { token: format!("s{}", self.responses), rooms, invitations };
        self.engine.deliver(delivery, self.now).unwrap();
        self.commit();
    }

    pub fn in_room(&mut self, room: &RoomRef, all: Vec<(String, Heard)>) {
        let at = self.now;
        let news = all.into_iter().map(|(event, heard)| News { event: EventRef(event), at, heard }).collect();
        self.hear(vec![RoomNews { room: room.clone(), gap: None, news }], vec![]);
    }

    pub fn commit(&mut self) {
        self.engine.tick(self.now).unwrap();
        let batch = self.engine.take_batch().unwrap();
        self.store.commit(&batch).unwrap();
        self.engine.committed();
    }

    pub fn settle(&mut self) {
        loop {
            self.commit();
            let tasks = self.engine.ready(self.now);
            if tasks.is_empty() {
                return;
            }
            for task in tasks {
                let tried = self.tried(&task);
                self.engine.report(&task, Ok(tried), self.now).unwrap();
            }
        }
    }

    fn tried(&mut self, task: &Task) -> Tried {
        match &task.what {
            What::Create(_) => Tried::RoomMade(RoomRef(format!("!{}", task.id))),
            What::Check(..) => Tried::Fits,
            What::Tell(_, _, say, _) => {
                self.said.push(say.clone());
                Tried::Said(EventRef(format!("${}", task.id)))
            }
            What::Note(..) => Tried::Said(EventRef(format!("${}", task.id))),
            What::Invite(..) | What::Remove(..) | What::OpenSpeech(..) | What::Leave(_) | What::Greet(..) => {
                Tried::Done
            }
        }
    }
}
