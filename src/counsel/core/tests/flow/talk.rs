//! A conversation with the core: people's words go in, the messages to them and all other acts come out.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Time;
use jiff::tz::TimeZone;
use lodge_counsel_core::case::{Case, Stage};
use lodge_counsel_core::effect::Act;
use lodge_counsel_core::id::{CaseId, EffectId, Ids, PersonId};
use lodge_counsel_core::input::{Before, Input, Performed, Reply, Said};
use lodge_counsel_core::people::Named;
use lodge_counsel_core::policy::Settings;
use lodge_counsel_core::say::Say;
use lodge_counsel_core::state::State;
use lodge_counsel_core::step::{Step, step};
use lodge_ground::name::Address;
use lodge_ground::proof::Proof;
use lodge_ground::store::{Batch, Memory, Store as _};
use lodge_ground::time::{OfficeHour, Span, Timestamp};
use lodge_ground::venue::Venue;

/// Monday 2 November 2026, ten in the morning in London.
pub const START: Timestamp = Timestamp::from_millis(1_793_613_600_000);

pub const HOUR: Span = Span::from_millis(3_600_000);

pub struct Talk {
    pub state: State,
    pub settings: Settings,
    pub now: Timestamp,
    ids: Ids,
    /// The messages to each that were not looked at yet, in order.
    pub said: Vec<(PersonId, Say)>,
    /// Every message to each, in order, as it stands in their conversation.
    pub told: BTreeMap<PersonId, Vec<(EffectId, Say)>>,
    /// Words of each, with the messages that they had read by then, in order.
    pub spoken: Vec<(PersonId, String, Vec<Say>)>,
    /// The other acts that are to be done.
    acts: Vec<Act>,
    pub last: Step,
    /// The rows, as each step's changes brought them to a store.
    pub kept: Memory,
}

pub fn address(name: &str) -> Address {
    Address::exact(&format!("@{name}:example.org")).unwrap()
}

pub fn counsellor(name: &str) -> Named {
    Named {
        address: address(name),
        name: format!("{}{} Example", name[..1].to_uppercase(), &name[1..]),
        card: format!("I am {name}, and listen."),
    }
}

pub fn settings() -> Settings {
    Settings {
        account: address("quiet"),
        servers: BTreeSet::from(["other.example".to_owned()]),
        terms: "1".to_owned(),
        wording: "w1".to_owned(),
        emergency: "Ring 999, or the night line on 0800 000 000.".to_owned(),
        alternatives: "The night line is there from eight to eight: 0800 000 000.".to_owned(),
        policy: "I introduce nobody and recommend nobody, whoever asks.".to_owned(),
        asks_a_day: 5,
        strangers: 3,
        claim_within: Span::from_days(2),
        come_within: Span::from_days(3),
        leave_within: Span::from_days(7),
        keep_closed: Span::from_days(90),
        warn_before: Span::from_days(7),
        remind_before: HOUR,
        keep_strangers: Span::from_days(5),
        office: OfficeHour { zone: TimeZone::get("Europe/London").unwrap(), at: Time::constant(9, 0, 0, 0) },
    }
}

impl Talk {
    /// A service with two counsellors, Kim and Lee.
    pub fn new() -> Self {
        let mut talk = Self {
            state: State::default(),
            settings: settings(),
            now: START,
            ids: Ids::from_seed([5; 32]),
            said: vec![],
            told: BTreeMap::new(),
            spoken: vec![],
            acts: vec![],
            last: Step::default(),
            kept: Memory::default(),
        };
        talk.name(&["kim", "lee"]);
        talk.forget();
        talk
    }

    /// These are the counsellors now.
    pub fn name(&mut self, names: &[&str]) {
        self.input(Input::Counsellors(names.iter().map(|name| counsellor(name)).collect()));
    }

    pub fn id(&self, name: &str) -> PersonId {
        self.state.person_at(&address(name)).unwrap()
    }

    pub fn input(&mut self, input: Input) {
        if let Input::Said(Said { person, text, before, .. }) = &input {
            let told = self.told.get(person).into_iter().flatten();
            let read = told.filter(|(message, _)| before.stood(*message)).map(|(_, say)| say.clone());
            self.spoken.push((*person, text.clone(), read.collect()));
        }
        let step = step(&mut self.state, &self.settings, input, self.now, &mut self.ids);
        for effect in &step.effects {
            if let Act::Tell(person, say) = &effect.act {
                self.said.push((*person, say.clone()));
                self.told.entry(*person).or_default().push((effect.id, say.clone()));
            } else {
                self.acts.push(effect.act.clone());
            }
        }
        let mut batch = Batch::new();
        self.state.write(step.changes.clone(), &mut batch).unwrap();
        self.kept.commit(&batch).unwrap();
        self.last = step;
    }

    /// Somebody writes to the service for the first time, or anew; returns the wording ids of the answers.
    pub fn visits(&mut self, name: &str) -> Vec<&'static str> {
        self.input(Input::Visited(address(name)));
        self.hears(name)
    }

    /// Somebody types something; returns the wording ids of the answers.
    pub fn says(&mut self, name: &str, text: &str) -> Vec<&'static str> {
        self.types(name, text);
        self.hears(name)
    }

    /// Somebody types something; the answers are still to be looked at.
    pub fn types(&mut self, name: &str, text: &str) {
        self.types_as(name, text, Proof::Proven);
    }

    pub fn types_as(&mut self, name: &str, text: &str, proof: Proof) {
        let person = self.id(name);
        self.input(Input::Said(Said { proof, ..self.words(person, text, 0) }));
    }

    /// The same, from one more device of theirs; returns the wording ids of the answers.
    pub fn says_from_further_device(&mut self, name: &str, text: &str) -> Vec<&'static str> {
        let words = self.words(self.id(name), text, 0);
        self.input(Input::Said(Said { is_further_device: true, ..words }));
        self.hears(name)
    }

    /// The same, before the last `unseen` messages to them stood in their conversation.
    pub fn types_before(&mut self, name: &str, text: &str, unseen: usize) {
        let words = self.words(self.id(name), text, unseen);
        self.input(Input::Said(words));
    }

    /// The same, as a reply.
    pub fn replies(&mut self, name: &str, text: &str, reply: Reply) {
        let words = self.words(self.id(name), text, 0);
        self.input(Input::Said(Said { reply, ..words }));
    }

    /// The newest message to somebody.
    pub fn newest(&self, name: &str) -> EffectId {
        self.told[&self.id(name)].last().unwrap().0
    }

    /// Somebody's words, before the last `unseen` messages to them.
    pub fn words(&self, person: PersonId, text: &str, unseen: usize) -> Said {
        let told = self.told.get(&person).map(Vec::as_slice).unwrap_or_default();
        let mut stood = told[..told.len().saturating_sub(unseen)].iter().map(|(message, _)| *message);
        let before = Before::new(stood.clone().collect(), stood.next_back());
        Said {
            person,
            text: text.to_owned(),
            reply: Reply::None,
            before,
            proof: Proof::Proven,
            is_further_device: false,
        }
    }

    /// The wording ids of the messages to somebody since they were last looked at.
    pub fn hears(&mut self, name: &str) -> Vec<&'static str> {
        self.hears_whole(name).iter().map(|say| say.wording().id).collect()
    }

    pub fn hears_whole(&mut self, name: &str) -> Vec<Say> {
        let person = self.id(name);
        let (theirs, others): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.said).into_iter().partition(|(to, _)| *to == person);
        self.said = others;
        theirs.into_iter().map(|(_, say)| say).collect()
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
                    Act::MakeRoom(id, _) => Performed::RoomMade(Venue(format!("!{id}"))),
                    Act::Tell(..)
                    | Act::Invite(..)
                    | Act::Remove(..)
                    | Act::Note(..)
                    | Act::OpenSpeech(..)
                    | Act::Leave(..)
                    | Act::Forget(_) => Performed::Done,
                };
                self.input(Input::Performed(act.clone(), performed));
                done.push(act);
            }
        }
        done
    }

    /// Takes the acts that are to be done, without doing them.
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

    pub fn days(&mut self, days: u64) {
        self.until(self.now.after(Span::from_days(days)));
    }

    /// Somebody agrees to the terms, and is asked with whom.
    pub fn agrees(&mut self, name: &str) {
        assert_eq!(self.visits(name), ["terms"]);
        assert_eq!(self.says(name, "yes"), ["ask-whom"]);
    }

    /// Somebody asks for anybody, without a line; the word of their case.
    pub fn asks(&mut self, name: &str) -> String {
        self.agrees(name);
        self.types(name, "1");
        self.types(name, "skip");
        assert_eq!(self.hears(name), ["ask-about", "asking"]);
        self.word(name)
    }

    /// Somebody asks for anybody, and is in a room with this counsellor.
    pub fn opens(&mut self, client: &str, counsellor: &str) -> String {
        let word = self.asks(client);
        self.meets(client, counsellor);
        word
    }

    /// A case that is offered is claimed, and both come in.
    pub fn meets(&mut self, client: &str, counsellor: &str) {
        let word = self.word(client);
        self.types(counsellor, &format!("claim {word}"));
        self.perform();
        for person in [client, counsellor] {
            let (case, person) = (self.case(client).id, self.id(person));
            self.input(Input::CameIn(case, person));
            self.perform();
        }
        assert!(matches!(self.case(client).stage, Stage::Open { .. }));
        self.forget();
    }

    /// A client's newest case that is not over.
    pub fn case(&self, client: &str) -> &Case {
        self.state.case_of(self.id(client)).unwrap()
    }

    pub fn word(&self, client: &str) -> String {
        self.case(client).word.to_string()
    }

    pub fn stage(&self, id: CaseId) -> &Stage {
        &self.state.case(id).unwrap().stage
    }
}
