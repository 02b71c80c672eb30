//! The engine under test: a porter with two members, each in their conversation, and a store that can be looked into.

use std::collections::BTreeSet;

use lodge_core::consent::{Disclosure, Versions};
use lodge_core::effect::{Act, Effect};
use lodge_core::id::{EffectId, IdSecret, MemberId};
use lodge_core::input::Tended;
use lodge_core::mark::MarkKey;
use lodge_core::name::{Address, DisplayName};
use lodge_core::people::member::{Person, Role};
use lodge_core::people::roster::Roster;
use lodge_core::policy::{Directory, Joining, Limits, Offers, Purpose, PurposeId, Settings};
use lodge_core::rooms::RoomSettings;
use lodge_core::say::{Answering, Say};
use lodge_core::step::Step;
use lodge_core::time::{OfficeHour, Span, Timestamp};
use lodge_matrix::homeserver::RoomRef;
use serde_json::json;

use super::{Channel, Fault, Options};
use crate::homeserver::{CallError, Called, EventRef, Membership, Refusal};
use crate::news::{Cipher, Delivery, Heard, Invitation, News, RoomNews, Text};
use crate::outbox::Line;
use crate::perform::{Task, Tried, What};
use crate::room::Encryption;
use crate::store::{Memory, Store, StoreError, Table};
use lodge_ground::proof::Proof;

/// The moment at which all happens.
pub const NOW: Timestamp = Timestamp::from_millis(1_793_610_000_000);

/// The engine and its store.
pub struct Trial {
    pub store: Memory,
    pub engine: Channel,
    /// The calls that were made so far, in order.
    pub done: Vec<What>,
    /// Messages that were said and do not show yet.
    pub said: Vec<(RoomRef, EffectId)>,
    heard: u64,
    encrypted: u32,
}

impl Trial {
    /// Sam and Alex are members, and have come into their conversations.
    pub fn new() -> Self {
        let store = Memory::default();
        let engine = open(&store);
        let mut trial = Self { store, engine, done: Vec::new(), said: Vec::new(), heard: 0, encrypted: 0 };
        trial.engine.roster(Roster::whole(people()), NOW).unwrap();
        trial.settle();
        for member in [trial.sam(), trial.alex()] {
            let address = trial.engine.state().member(member).unwrap().person.address.clone();
            let room = trial.room(member);
            trial.hear(&room, Heard::Moved(address.into(), Membership::Joined));
        }
        trial.settle();
        trial.done.clear();
        trial
    }

    pub fn sam(&self) -> MemberId {
        self.member("@sam:example.org")
    }

    pub fn alex(&self) -> MemberId {
        self.member("@alex:example.org")
    }

    fn member(&self, address: &str) -> MemberId {
        self.engine.state().member_at(&Address::exact(address).unwrap()).unwrap().id
    }

    /// The room of the conversation with this member.
    pub fn room(&self, member: MemberId) -> RoomRef {
        self.engine.conversation(member).unwrap().stage.room().unwrap().clone()
    }

    /// The program dies and starts again: everything that was not committed is gone.
    pub fn restart(&mut self) {
        self.engine = open(&self.store);
    }

    /// Lets due timers fire, and commits the rows that changed.
    pub fn commit(&mut self) {
        self.engine.tick(NOW).unwrap();
        let batch = self.engine.take_batch().unwrap();
        self.store.commit(&batch).unwrap();
        self.engine.committed();
    }

    /// The members whom the store is to forget now.
    pub fn next_to_forget(&mut self) -> Vec<MemberId> {
        let members = self.engine.to_forget(usize::MAX).unwrap();
        self.commit();
        members.into_iter().collect()
    }

    /// The tasks that can be tried now.
    pub fn tasks(&mut self) -> Vec<Task> {
        self.commit();
        self.engine.ready(NOW)
    }

    /// Whether nothing is left to do.
    pub fn is_idle(&self) -> bool {
        self.engine.outbox().is_empty() && self.engine.chores().is_empty()
    }

    /// The one thing that can be tried now.
    pub fn task(&mut self) -> Task {
        let mut tasks = self.tasks();
        assert_eq!(tasks.len(), 1, "{tasks:#?}");
        tasks.remove(0)
    }

    /// Reports the outcome of a try.
    pub fn report(&mut self, task: &Task, outcome: Called<Tried>) -> Option<Fault> {
        if outcome.is_ok() {
            self.done.push(task.what.clone());
        }
        self.engine.report(task, outcome, NOW).unwrap()
    }

    /// A try was successful.
    pub fn succeed(&mut self, task: &Task) {
        let tried = match &task.what {
            What::Create(_) => Tried::RoomMade(RoomRef(format!("!{}", task.id))),
            What::Say { room, .. } => {
                self.said.push((room.clone(), task.id));
                Tried::Said(event_of(task.id))
            }
            What::Invite(..)
            | What::Remove(..)
            | What::OpenSpeech(_)
            | What::TakeBack(_)
            | What::Leave(_)
            | What::Greet(..)
            | What::Oust(..) => Tried::Done,
            What::Make(_) => Tried::RoomMade(RoomRef(format!("!{}", task.id))),
            What::Tend(_, wanted) => Tried::Tended(Tended { edition: wanted.edition, ..Tended::default() }),
            What::Post(..) => Tried::Said(event_of(task.id)),
            What::Look(..) => Tried::Looked(None),
        };
        assert_eq!(self.report(task, Ok(tried)), None);
    }

    /// Does everything that can be done.
    pub fn settle(&mut self) {
        loop {
            let tasks = self.tasks();
            if tasks.is_empty() {
                return;
            }
            for task in &tasks {
                self.succeed(task);
            }
        }
    }

    /// A sync response comes with all that was said and did not show yet, in the order in which it was said.
    pub fn show_all(&mut self) {
        for (room, effect) in std::mem::take(&mut self.said) {
            self.hear(&room, Heard::Own(effect));
        }
        self.commit();
    }

    /// A sync response comes with nothing new.
    pub fn nothing_new(&mut self) {
        self.deliver(vec![], vec![]);
    }

    /// A sync response comes with an invitation.
    pub fn invite(&mut self, room: &RoomRef, from: &str) {
        let from = Address::exact(from).unwrap();
        self.deliver(vec![], vec![Invitation { room: room.clone(), from }]);
    }

    /// A sync response comes with this.
    pub fn hear(&mut self, room: &RoomRef, heard: Heard) -> EventRef {
        let event = match &heard {
            Heard::Own(effect) | Heard::Echo(effect) => event_of(*effect),
            Heard::Text(_)
            | Heard::Created(_)
            | Heard::Moved(..)
            | Heard::Sealed(_)
            | Heard::Edited(_)
            | Heard::Redacted(_)
            | Heard::Wordless(_)
            | Heard::Changed
            | Heard::Nothing => EventRef(format!("$heard{}", self.heard)),
        };
        let news = vec![News { event: event.clone(), at: NOW, heard }];
        self.deliver(vec![RoomNews { room: room.clone(), gap: None, news }], vec![]);
        event
    }

    /// A sync response comes with all this. Words of which nothing else is said are from ciphertexts of their own.
    pub fn deliver(&mut self, mut rooms: Vec<RoomNews>, invitations: Vec<Invitation>) {
        for news in rooms.iter_mut().flat_map(|room| &mut room.news) {
            if let Heard::Text(Text { cipher: cipher @ None, .. }) = &mut news.heard {
                *cipher = Some(self.encrypt());
            }
        }
        self.heard += 1;
        let delivery = Delivery { token: format!("s{}", self.heard), rooms, invitations };
        self.engine.deliver(delivery, NOW).unwrap();
    }

    /// Makes the next ciphertext.
    pub fn encrypt(&mut self) -> Cipher {
        self.encrypted += 1;
        Cipher { session: "session".to_owned(), index: self.encrypted }
    }

    /// The core takes a step with these effects, and drops those.
    pub fn step(&mut self, acts: Vec<(u8, &[MemberId], Act)>, cancelled: &[u8]) {
        let effect = |(number, owners, act): (u8, &[MemberId], Act)| {
            let owners: BTreeSet<MemberId> = owners.iter().copied().collect();
            Effect { id: effect(number), owners, act }
        };
        let effects = acts.into_iter().map(effect).collect();
        let cancelled = cancelled.iter().copied().map(self::effect).collect();
        let step = Step { effects, cancelled, ..Step::default() };
        self.keep(step, NOW);
    }

    /// The core took this step.
    pub fn keep(&mut self, step: Step, now: Timestamp) {
        let consequences = self.engine.engine.keep(step, None, now).unwrap();
        self.engine.attend(consequences).unwrap();
    }

    /// Words that show Sam's details to Alex.
    pub fn words(&self) -> Say {
        let of = json!({
            "of": self.sam(), "to": self.alex(), "introduction": "0".repeat(32), "consent": "0".repeat(32), "fields": [],
        });
        let of: Disclosure = serde_json::from_value(of).unwrap();
        Say::Answering(Answering::Reminder { number: 1, of, deadline: NOW })
    }

    /// Sam's details are to be told to Alex, by the effect of this number.
    pub fn tell(&mut self, number: u8) {
        let act = Act::Tell(self.alex(), self.words());
        self.step(vec![(number, &[self.sam(), self.alex()], act)], &[]);
    }

    /// Takes back what the effect of this number said to Alex, by the effect of the next.
    pub fn take_back(&mut self, number: u8) {
        let act = Act::TakeBack(self.alex(), effect(number));
        self.step(vec![(number + 1, &[self.alex()], act)], &[number]);
    }

    /// The tables that hold a row of this member.
    pub fn tables_of(&self, member: MemberId) -> Vec<Table> {
        let holds = |table: &Table| self.store.load(*table).unwrap().iter().any(|row| row.owners.contains(&member));
        Table::ALL.into_iter().filter(holds).collect()
    }
}

/// Words that stand by themselves, from a device of their sender's. Their ciphertext is the trial's to make.
pub fn words(sender: Address, body: &str) -> Text {
    Text {
        sender,
        body: body.to_owned(),
        reply_to: None,
        thread: None,
        mentions: vec![],
        everybody: false,
        proof: Proof::Proven,
        cipher: None,
        device: None,
    }
}

/// The effect of this number.
pub fn effect(number: u8) -> EffectId {
    EffectId::from_bytes([number; 16])
}

/// The message that this effect says.
pub fn event_of(effect: EffectId) -> EventRef {
    EventRef(format!("${effect}"))
}

/// The outcome of a call without an answer.
pub fn unknown() -> Called<Tried> {
    Err(CallError::Unknown { why: "no answer".to_owned() })
}

/// The outcome of a call that the homeserver refuses.
pub fn refused(code: &str) -> Called<Tried> {
    Err(CallError::Refused { why: Refusal::Other { code: code.to_owned() } })
}

/// Whether a task is in this lane.
pub fn is_in(task: &Task, lane: lodge_core::effect::Lane) -> bool {
    task.line == Line::Lane(lane)
}

fn open(store: &Memory) -> Channel {
    try_open(store).unwrap()
}

/// The engine with all that a store keeps, which may be damaged.
pub fn try_open(store: &Memory) -> Result<Channel, StoreError> {
    Channel::open(store, options(), IdSecret::from_bytes([7; 32]), NOW)
}

/// The people on the service's list.
pub fn people() -> Vec<Person> {
    let person = |name: &str| Person {
        address: Address::exact(&format!("@{}:example.org", name.to_lowercase())).unwrap(),
        name: DisplayName::parse(name).unwrap(),
        role: Role::Student,
        details: lodge_core::people::member::Details::default(),
    };
    vec![person("Sam"), person("Alex")]
}

fn options() -> Options {
    let settings = settings();
    Options {
        settings,
        encryption: Encryption::EndToEnd,
        servers: BTreeSet::new(),
        unreadable_after: Span::from_millis(600_000),
        messages_a_minute: 60,
        audit_kept_for: Span::from_days(1095),
    }
}

/// The settings of a small service.
pub fn settings() -> Settings {
    let days = Span::from_days;
    let limits = Limits {
        waiting: 2,
        sent_a_month: 4,
        received_a_month: 4,
        cooldown: days(30),
        questions: 2,
        block: days(365),
        pause: days(365),
    };
    Settings {
        service: "Careers".to_owned(),
        porter: Address::exact("@porter:example.org").unwrap(),
        bring_after: Span::from_millis(0),
        answer_within: days(14),
        office: OfficeHour { zone: jiff::tz::TimeZone::UTC, at: jiff::civil::time(9, 0, 0, 0) },
        reminders: vec![],
        join_within: days(7),
        settle: Span::from_millis(60_000),
        ask_after: days(7),
        call_link: None,
        kept_for: days(730),
        forget_within: days(7),
        limits,
        message_chars_max: 500,
        words_chars_max: 500,
        purposes: vec![Purpose { id: PurposeId::new("advice"), label: "career advice".to_owned() }],
        personal: vec![],
        policy: String::new(),
        rooms: RoomSettings::default(),
        versions: Versions { wording: "w1".to_owned(), policy: "p1".to_owned() },
        offers: Offers::default(),
        directory: Directory::default(),
        counsels: BTreeSet::from([Address::exact("@quiet:example.org").unwrap()]),
        mark_key: MarkKey::from_bytes([3; 32]),
        phrases: lodge_core::wording::english_phrases(),
        lists: lodge_core::interview::Lists::english(),
        joining: Joining {
            boundaries: "1".to_owned(),
            quiet_room: None,
            visit: Span::from_days(14),
            visitors: 100,
            help_a_day: 3,
        },
    }
}
