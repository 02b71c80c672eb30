//! A second channel, on which people write letters: the engine is all that it needs of what members have now.
//!
//! There are no rooms, no devices and no way to take a letter back. Two people meet at a table of the library.

#![expect(clippy::unwrap_used, reason = "what a test makes up is there")]

use std::collections::BTreeMap;

use lodge_core::effect::{Act, Lane};
use lodge_core::id::{EffectId, IdSecret, IntroductionId, MemberId};
use lodge_core::input::{Before, Input, Performed, Proof, Reply, Said};
use lodge_core::introduction::Venue;
use lodge_core::name::{Address, DisplayName};
use lodge_core::people::member::{Field, Person, Role};
use lodge_core::people::roster::Roster;
use lodge_core::time::{Span, Timestamp};
use lodge_engine::{Consequences, End, Engine, Options};
use lodge_ground::store::{Memory, Store as _};

#[path = "../../core/tests/flow/settings.rs"]
mod settings;

/// Monday 2 November 2026, ten in the morning in London.
const START: Timestamp = Timestamp::from_millis(1_793_613_600_000);

/// A letter of the porter's, by the effect that it carries out and the wording that it says.
type Letter = (EffectId, &'static str);

/// The post, with the engine behind it.
struct Post {
    store: Memory,
    engine: Engine,
    now: Timestamp,
    /// Every letter that each member got, in order.
    letters: BTreeMap<MemberId, Vec<Letter>>,
    /// The number of them that each has read.
    read: BTreeMap<MemberId, usize>,
    /// The number of letters that members wrote.
    written: u64,
    /// The things that the porter did at tables, in order.
    at_tables: Vec<String>,
}

impl Post {
    /// Sam, a student, and Alex, who left years ago, are on the service's list.
    fn new() -> Self {
        let store = Memory::default();
        let engine = open(&store, START);
        let (letters, read) = (BTreeMap::new(), BTreeMap::new());
        let mut post = Self { store, engine, now: START, letters, read, written: 0, at_tables: vec![] };
        let person = |name: &str, role, field, value: &str| Person {
            address: address(name),
            name: DisplayName::parse(name).unwrap(),
            role,
            details: [(field, value.to_owned())].into_iter().collect(),
        };
        let sam = person("sam", Role::Student, Field::Course, "History");
        let alex = person("alex", Role::Alumnus, Field::Email, "alex@mail.example");
        let consequences = post.engine.roster(Roster::whole(vec![sam, alex]), START).unwrap();
        attend(&consequences);
        post.settle();
        post
    }

    fn id(&self, name: &str) -> MemberId {
        self.engine.state().member_at(&address(name)).unwrap().id
    }

    /// The one introduction.
    fn introduction(&self) -> IntroductionId {
        self.engine.state().introductions().next().expect("Sam asked for one").id
    }

    /// Everything happens that is due, is committed, and is done.
    fn settle(&mut self) {
        loop {
            while let Some(consequences) = self.engine.due(self.now).unwrap() {
                attend(&consequences);
            }
            let batch = self.engine.take_batch().unwrap();
            self.store.commit(&batch).unwrap();
            self.engine.committed();
            let lanes = self.engine.heads(self.now);
            if lanes.is_empty() {
                return;
            }
            for lane in lanes {
                self.engine.started(lane);
                self.try_head(lane);
                self.engine.ended(lane, End::Finished, self.now);
            }
        }
    }

    /// Does what is at the head of a lane, which has been started.
    fn try_head(&mut self, lane: Lane) {
        let job = self.engine.outbox().in_line(&lane).next().expect("it is the head of a lane");
        let (id, mut performed) = (job.id, Performed::Done);
        match job.errand.act().clone() {
            Act::Tell(member, say) => self.letters.entry(member).or_default().push((id, say.wording().id)),
            Act::CreateRoom(_) => performed = Performed::RoomMade(Venue("table 3".to_owned())),
            Act::Invite(_, table, member) => {
                let name = &self.engine.state().member(member).unwrap().person.name;
                self.at_tables.push(format!("{} is invited to {}", name.as_str(), table.0));
            }
            Act::Note(_, table, say) => self.at_tables.push(format!("{} at {}", say.wording().id, table.0)),
            Act::OpenSpeech(_, table) => self.at_tables.push(format!("both may speak at {}", table.0)),
            Act::Leave(_, table) => self.at_tables.push(format!("the porter leaves {}", table.0)),
            Act::Remove(..) | Act::TakeBack(..) | Act::Forget(_) | Act::Room(..) => panic!("not in these stories"),
        }
        attend(&self.engine.done(id, performed, self.now).unwrap());
    }

    /// Somebody writes a letter; the program was started anew since the last one.
    #[expect(clippy::disallowed_methods, reason = "this is a channel")]
    fn writes(&mut self, name: &str, text: &str, reply: Reply) {
        self.engine = open(&self.store, self.now);
        let member = self.id(name);
        self.written += 1;
        let number = self.written.to_be_bytes();
        let words = self.engine.ids_of(&[b"words", &number]).draw();
        let got = self.letters.get(&member).map(Vec::as_slice).unwrap_or_default();
        let before = Before::new(got.iter().map(|(id, _)| *id).collect(), got.last().map(|(id, _)| *id));
        let said = Said::heard(member, words, text.to_owned(), Proof::Proven).replying(reply).after(before);
        let ids = self.engine.ids_of(&[b"letter", &number]);
        attend(&self.engine.step(ids, Input::Said(said), self.now).unwrap());
        self.engine.heard();
        self.settle();
    }

    /// Somebody writes a letter, and reads what has come for them.
    fn says(&mut self, name: &str, text: &str) -> Vec<&'static str> {
        self.writes(name, text, Reply::None);
        self.reads(name)
    }

    /// Somebody answers the last letter of this wording, and reads what has come for them.
    fn answers(&mut self, name: &str, wording: &str, text: &str) -> Vec<&'static str> {
        let (id, _) = *self.letters[&self.id(name)].iter().rfind(|(_, said)| *said == wording).unwrap();
        self.writes(name, text, Reply::To(id));
        self.reads(name)
    }

    /// The wordings of the letters that somebody has not read.
    fn reads(&mut self, name: &str) -> Vec<&'static str> {
        let member = self.id(name);
        let got = self.letters.get(&member).map(Vec::as_slice).unwrap_or_default();
        let read = self.read.insert(member, got.len()).unwrap_or_default();
        got[read..].iter().map(|(_, wording)| *wording).collect()
    }

    /// Somebody sits down at the table.
    fn comes(&mut self, name: &str) {
        let (id, member) = (self.introduction(), self.id(name));
        let ids = self.engine.ids_of(&[b"came", &member.to_bytes()]);
        attend(&self.engine.step(ids, Input::CameIn(id, member), self.now).unwrap());
        self.settle();
    }

    /// Time passes, day by day.
    fn days(&mut self, days: u64) {
        for _ in 0..days {
            self.now = self.now.after(Span::from_days(1));
            self.settle();
        }
    }

    /// Sam asks for Alex, up to the moment at which Alex has read it.
    fn asked() -> Self {
        let mut post = Self::new();
        assert_eq!((post.reads("sam"), post.reads("alex")), (vec!["welcome"], vec!["welcome"]));
        assert_eq!(post.says("alex", "agree"), ["agreed"]);
        assert_eq!(post.says("sam", "agree"), ["agreed"]);
        let request = "introduce @alex:example.org for career advice: How did you begin?";
        assert_eq!(post.says("sam", request), ["ask-known-how"]);
        assert_eq!(post.says("sam", "no"), ["preview"]);
        assert_eq!(post.says("sam", "send"), ["sent"]);
        assert_eq!(post.reads("alex"), ["asked"]);
        post
    }
}

fn address(name: &str) -> Address {
    Address::exact(&format!("@{name}:example.org")).unwrap()
}

fn open(store: &Memory, now: Timestamp) -> Engine {
    let options = Options { settings: settings::settings(), audit_kept_for: Span::from_days(1095) };
    let opened = Engine::open(store, options, IdSecret::from_bytes([7; 32]), now).unwrap();
    assert!(opened.strays.is_empty() && opened.restored.is_none());
    opened.engine
}

/// A letter can be written to anybody at any time, and comes from no device, so there is nothing to attend to.
fn attend(consequences: &Consequences) {
    assert_eq!(consequences.devices, []);
}

#[test]
fn two_people_who_say_yes_meet_at_a_table() {
    let mut post = Post::asked();
    assert_eq!(post.answers("alex", "asked", "yes"), ["yes-recorded", "agreed-addressee"]);
    assert_eq!(post.reads("sam"), ["agreed-requester"]);
    assert_eq!(post.at_tables, ["alex is invited to table 3", "sam is invited to table 3"]);
    post.comes("alex");
    assert_eq!(post.at_tables[2..], ["first-here at table 3"], "Alex waits for Sam");
    post.comes("sam");
    assert_eq!(
        post.at_tables[3..],
        ["opening-note at table 3", "both may speak at table 3", "the porter leaves table 3"]
    );
    assert_eq!((post.reads("sam"), post.reads("alex")), (vec![], vec![]));
    assert!(post.engine.outbox().is_empty());
}

#[test]
fn a_no_is_heard_at_the_deadline_as_silence_is() {
    let mut post = Post::asked();
    assert_eq!(post.answers("alex", "asked", "no"), ["no-recorded"]);
    assert_eq!(post.reads("sam"), [""; 0]);
    post.days(13);
    assert_eq!((post.reads("sam"), post.reads("alex")), (vec![], vec![]), "not before the deadline");
    post.days(3);
    assert_eq!((post.reads("sam"), post.reads("alex")), (vec!["no-introduction"], vec![]));
    assert_eq!(post.at_tables, [""; 0]);
    assert!(post.engine.outbox().is_empty());
}
