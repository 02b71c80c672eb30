//! A conversation with the core: people's words go in, the porter's messages come out.

use std::collections::BTreeMap;

use lodge_core::effect::{Act, Effect, RoomAct};
use lodge_core::id::{EffectId, Ids, IntroductionId, MemberId, RoomId, TimerId, WordsId};
use lodge_core::input::{Before, Input, Performed, Proof, Reply, Said, Tended};
use lodge_core::introduction::{Introduction, Stage, Venue};
use lodge_core::name::{Address, DisplayName};
use lodge_core::people::member::{Field, Person, Role};
use lodge_core::people::roster::Roster;
use lodge_core::policy::Settings;
use lodge_core::say::Say;
use lodge_core::state::State;
use lodge_core::step::{Step, step};
use lodge_core::time::{Span, Timestamp};
use lodge_core::timer::{Timer, Wait};

pub use super::settings::settings;

/// Monday 2 November 2026, ten in the morning in London.
pub const START: Timestamp = Timestamp::from_millis(1_793_613_600_000);

pub struct Talk {
    pub state: State,
    pub settings: Settings,
    pub now: Timestamp,
    ids: Ids,
    /// The messages that were not looked at yet, in order, each with its reader.
    said: Vec<(MemberId, EffectId, Say)>,
    /// The other acts that are to be done.
    acts: Vec<Act>,
    /// Every message in each member's conversation, in order.
    stands: BTreeMap<MemberId, Vec<EffectId>>,
    /// Messages that do not show in a conversation yet, while they are held back.
    pub held_back: Option<Vec<(MemberId, EffectId)>>,
    pub last: Step,
    /// The words as which each text was typed last.
    wrote: BTreeMap<String, WordsId>,
    typed: u128,
}

pub fn address(name: &str) -> Address {
    Address::exact(&format!("@{name}:example.org")).unwrap()
}

pub fn person(name: &str, role: Role, details: &[(Field, &str)]) -> Person {
    Person {
        address: address(name),
        name: DisplayName::parse(name).unwrap(),
        role,
        details: details.iter().map(|(field, value)| (*field, (*value).to_owned())).collect(),
    }
}

pub fn people() -> Vec<Person> {
    vec![
        person("sam", Role::Student, &[(Field::Email, "sam@mail.example"), (Field::Course, "History")]),
        person("noor", Role::Student, &[]),
        person("alex", Role::Alumnus, &[(Field::Email, "alex@mail.example"), (Field::Headline, "Curator")]),
        person("robin", Role::Alumnus, &[]),
        person("ivy", Role::Intern, &[]),
    ]
}

impl Talk {
    pub fn new() -> Self {
        let mut talk = Self {
            state: State::default(),
            settings: settings(),
            now: START,
            ids: Ids::from_seed([9; 32]),
            said: vec![],
            acts: vec![],
            stands: BTreeMap::new(),
            held_back: None,
            last: Step::default(),
            wrote: BTreeMap::new(),
            typed: 0,
        };
        talk.input(Input::Roster(Roster::whole(people())));
        for person in people() {
            let member = talk.state.member_at(&person.address).unwrap();
            if member.person.role.takes_part() {
                let id = member.id;
                talk.says_by(id, "agree");
            }
        }
        talk.forget();
        talk
    }

    pub fn id(&self, name: &str) -> MemberId {
        self.state.member_at(&address(name)).unwrap().id
    }

    /// Something comes in; a request that follows from it is brought at once, as these settings say.
    pub fn input(&mut self, input: Input) {
        self.step(input);
        while let Some(id) = self.to_bring() {
            self.step(Input::Due(id));
        }
    }

    fn to_bring(&self) -> Option<TimerId> {
        let brings = |timer: &&Timer| matches!(timer.wait, Wait::Bring { .. }) && timer.due <= self.now;
        self.state.timers().find(brings).map(|timer| timer.id)
    }

    fn step(&mut self, input: Input) {
        let step = step(&mut self.state, &self.settings, input, self.now, &mut self.ids);
        for Effect { id, act, .. } in &step.effects {
            if let Act::Tell(member, say) = act {
                self.said.push((*member, *id, say.clone()));
                match &mut self.held_back {
                    Some(held_back) => held_back.push((*member, *id)),
                    None => self.stands.entry(*member).or_default().push(*id),
                }
            } else {
                self.acts.push(act.clone());
            }
        }
        self.last = step;
    }

    /// Lets all show that was held back.
    pub fn show_held_back(&mut self) {
        for (member, message) in self.held_back.take().into_iter().flatten() {
            self.stands.entry(member).or_default().push(message);
        }
    }

    /// The messages that stand in a conversation by now.
    pub fn before(&self, member: MemberId) -> Before {
        let stands = self.stands.get(&member).cloned().unwrap_or_default();
        Before::new(stands.iter().copied().collect(), stands.last().copied())
    }

    /// Words that somebody types, as a channel would hear them.
    #[expect(clippy::disallowed_methods, reason = "in the place of a channel")]
    pub fn said(&mut self, member: MemberId, text: &str, reply: Reply, proof: Proof) -> Input {
        self.typed += 1;
        let words = WordsId::from_bytes(self.typed.to_be_bytes());
        self.wrote.insert(text.to_owned(), words);
        Input::Said(Said::heard(member, words, text.to_owned(), proof).replying(reply).after(self.before(member)))
    }

    /// Somebody edits the last message in which they typed this.
    pub fn edits(&mut self, name: &str, text: &str) {
        self.input(Input::Edited(self.id(name), self.wrote[text]));
    }

    /// Somebody takes the last message away in which they typed this.
    pub fn redacts(&mut self, name: &str, text: &str) {
        self.input(Input::TakenAway(self.id(name), self.wrote[text]));
    }

    fn says_by(&mut self, member: MemberId, text: &str) {
        let input = self.said(member, text, Reply::None, Proof::Proven);
        self.input(input);
    }

    /// Somebody types something; returns the wording ids of the answers.
    pub fn says(&mut self, name: &str, text: &str) -> Vec<&'static str> {
        self.says_as(name, text, Reply::None, Proof::Proven)
    }

    pub fn says_as(&mut self, name: &str, text: &str, reply: Reply, proof: Proof) -> Vec<&'static str> {
        let input = self.said(self.id(name), text, reply, proof);
        self.input(input);
        self.hears(name)
    }

    /// Somebody types something; the answers are still to be looked at.
    pub fn types(&mut self, name: &str, text: &str) {
        self.says_by(self.id(name), text);
    }

    /// One asks for the other, who says yes, and both come into their room.
    pub fn meet(&mut self, from: &str, to: &str) -> IntroductionId {
        let id = self.asks(from, to);
        self.come_together(id, from, to);
        id
    }

    /// The addressee says yes to what they were asked last, and both come into their room.
    pub fn come_together(&mut self, id: IntroductionId, from: &str, to: &str) {
        self.says(to, "yes");
        self.perform();
        for party in [to, from] {
            let member = self.id(party);
            self.input(Input::CameIn(id, member));
        }
        self.perform();
    }

    /// The wording ids of the messages to somebody since they were last looked at, without files.
    pub fn hears(&mut self, name: &str) -> Vec<&'static str> {
        self.hears_whole(name).iter().filter(|(_, say)| !say.is_file()).map(|(_, say)| say.wording().id).collect()
    }

    pub fn hears_whole(&mut self, name: &str) -> Vec<(EffectId, Say)> {
        let member = self.id(name);
        let (theirs, others) = std::mem::take(&mut self.said).into_iter().partition(|(to, _, _)| *to == member);
        self.said = others;
        let theirs: Vec<(MemberId, EffectId, Say)> = theirs;
        theirs.into_iter().map(|(_, id, say)| (id, say)).collect()
    }

    /// Passes over all that was said so far.
    pub fn forget(&mut self) {
        self.said.clear();
    }

    /// Does all that waits to be done, and what follows from it, as a homeserver would that never fails.
    pub fn perform(&mut self) -> Vec<Act> {
        let mut done = vec![];
        while !self.acts.is_empty() {
            for act in std::mem::take(&mut self.acts) {
                let performed = match &act {
                    Act::CreateRoom(id) => Performed::RoomMade(Venue(format!("!{id}"))),
                    Act::Tell(..)
                    | Act::Invite(..)
                    | Act::Remove(..)
                    | Act::Note(..)
                    | Act::OpenSpeech(..)
                    | Act::Leave(..)
                    | Act::TakeBack(..)
                    | Act::Forget(_) => Performed::Done,
                    Act::Room(id, act) => self.performed_in_room(*id, act),
                };
                self.input(Input::Performed(act.clone(), performed));
                done.push(act);
            }
        }
        done
    }

    fn performed_in_room(&self, id: RoomId, act: &RoomAct) -> Performed {
        match act {
            RoomAct::Make => Performed::RoomMade(Venue(format!("!{id}"))),
            RoomAct::Tend(_) => {
                let edition = self.state.room(id).unwrap().edition;
                Performed::Tended(Tended { edition, ..Tended::default() })
            }
            RoomAct::Expel(..) => Performed::Ousted,
            RoomAct::Admit(..) | RoomAct::Oust(..) | RoomAct::OustStranger(..) | RoomAct::Post(..) => Performed::Done,
            RoomAct::TakeAway(..) => Performed::Done,
            RoomAct::Look(..) => Performed::Looked(None),
        }
    }

    pub fn acts(&mut self) -> Vec<Act> {
        std::mem::take(&mut self.acts)
    }

    /// Time passes until `moment`; everything that is due happens when it is due.
    pub fn until(&mut self, moment: Timestamp) {
        while let Some((due, timer)) = self.state.next_due().filter(|(due, _)| *due <= moment) {
            self.now = self.now.max(due);
            self.input(Input::Due(timer));
        }
        self.now = moment;
    }

    pub fn asks(&mut self, from: &str, to: &str) -> IntroductionId {
        let request = format!("introduce @{to}:example.org for career advice: Dear {to}, may I ask how you began?");
        // Requests of one moment would have no order.
        self.now = self.now.after(Span::from_millis(1));
        assert_eq!(self.says(from, &request), ["ask-known-how"]);
        assert_eq!(self.says(from, "no"), ["preview"]);
        assert_eq!(self.says(from, "send"), ["sent"]);
        self.newest().id
    }

    pub fn newest(&self) -> &Introduction {
        self.state.introductions().max_by_key(|introduction| (introduction.sent_at, introduction.id)).unwrap()
    }

    pub fn stage(&self, id: IntroductionId) -> &Stage {
        &self.state.introduction(id).unwrap().stage
    }
}
