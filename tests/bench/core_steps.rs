//! The core by itself: how many steps a second it takes among many members.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use lodge_core::effect::{Act, Effect};
use lodge_core::id::{EffectId, Ids, IntroductionId, MemberId};
use lodge_core::input::{Before, Input, Performed, Proof, Said};
use lodge_core::people::roster::Roster;
use lodge_core::policy::Settings;
use lodge_core::state::State;
use lodge_core::step::{Step, step};
use lodge_core::time::{Span, Timestamp};
use lodge_matrix::homeserver::RoomRef;

use crate::figures::{Figures, progress};
use crate::grounds::{START, core_settings, members};
use crate::settings::count;

/// Requests, answers and what follows from each, then the reminders and deadlines of those that were not answered.
pub fn measure(figures: &mut Figures) -> Result<()> {
    let (size, requests) = (count("LODGE_BENCH_MEMBERS", 100_000)?, count("LODGE_BENCH_REQUESTS", 50_000)?);
    progress(&format!("core: {requests} requests among {size} members"));
    let mut core = Core::with_members(size)?;
    for number in 0..requests {
        core.request(number, size)?;
    }
    core.time_passes();
    figures.rate(&format!("core, {size} members"), "steps", core.steps, core.time);
    Ok(())
}

/// This many messages to a member stand before their words.
const TOLD: usize = 8;

struct Core {
    state: State,
    settings: Settings,
    ids: Ids,
    now: Timestamp,
    members: Vec<(MemberId, String)>,
    /// The last messages to each member.
    told: BTreeMap<MemberId, Vec<EffectId>>,
    steps: usize,
    time: Duration,
}

impl Core {
    fn with_members(count: usize) -> Result<Self> {
        let people = members(count)?;
        let mut state = State::default();
        let settings = Settings { bring_after: Span::from_millis(0), ..core_settings()? };
        let mut ids = Ids::from_seed([1; 32]);
        let addresses: Vec<_> = people.iter().map(|person| person.address.clone()).collect();
        step(&mut state, &settings, Input::Roster(Roster::whole(people)), START, &mut ids);
        let known = |address| state.member_at(address).map(|member| (member.id, address.to_string()));
        let members: Vec<_> = addresses.iter().filter_map(known).collect();
        let told = BTreeMap::new();
        let mut core = Self { state, settings, ids, now: START, members, told, steps: 0, time: Duration::ZERO };
        for (member, _) in core.members.clone() {
            core.says(member, "boundaries");
            core.says(member, "agree");
        }
        (core.steps, core.time) = (0, Duration::ZERO);
        Ok(core)
    }

    /// One member asks another, who says yes, no or nothing.
    fn request(&mut self, number: usize, size: usize) -> Result<()> {
        self.now = self.now.after(Span::from_millis(10));
        let (requester, _) = self.members[number % size];
        let (addressee, address) = self.members[(number + 1 + number / size) % size].clone();
        self.says(requester, &format!("introduce {address} for career advice: May I ask how you began?"));
        self.says(requester, "no");
        let sent = self.says(requester, "send");
        while let Some((_, timer)) = self.state.next_due().filter(|(due, _)| *due <= self.now) {
            self.takes(Input::Due(timer));
        }
        let introduction = sent.changes.introductions.first().copied().context("a request was not sent")?;
        match number % 3 {
            0 => self.meet(addressee, requester, introduction),
            1 => drop(self.says(addressee, "no")),
            _ => {}
        }
        Ok(())
    }

    fn meet(&mut self, addressee: MemberId, requester: MemberId, introduction: IntroductionId) {
        let mut todo = self.says(addressee, "yes").effects;
        while let Some(Effect { act, .. }) = todo.pop() {
            let performed = match &act {
                Act::CreateRoom(id) => Performed::RoomMade(RoomRef(format!("!{id}")).into()),
                Act::Tell(..) => continue,
                Act::Invite(..)
                | Act::Remove(..)
                | Act::Note(..)
                | Act::OpenSpeech(..)
                | Act::Leave(..)
                | Act::TakeBack(..)
                | Act::Forget(_)
                | Act::Room(..) => Performed::Done,
            };
            todo.extend(self.takes(Input::Performed(act, performed)).effects);
        }
        for member in [addressee, requester] {
            self.takes(Input::CameIn(introduction, member));
        }
    }

    fn time_passes(&mut self) {
        while let Some((due, timer)) = self.state.next_due() {
            self.now = self.now.max(due);
            self.takes(Input::Due(timer));
        }
    }

    fn says(&mut self, member: MemberId, text: &str) -> Step {
        let told = self.told.get(&member).cloned().unwrap_or_default();
        let before = Before::new(told.iter().copied().collect(), told.last().copied());
        let words = self.ids.draw();
        #[expect(clippy::disallowed_methods, reason = "in the place of a channel")]
        let said = Said::heard(member, words, text.to_owned(), Proof::Proven);
        self.takes(Input::Said(said.after(before)))
    }

    fn takes(&mut self, input: Input) -> Step {
        let began = Instant::now();
        let step = step(&mut self.state, &self.settings, input, self.now, &mut self.ids);
        self.time += began.elapsed();
        self.steps += 1;
        for effect in &step.effects {
            if let Act::Tell(member, _) = &effect.act {
                let told = self.told.entry(*member).or_default();
                told.push(effect.id);
                if told.len() > TOLD {
                    told.remove(0);
                }
            }
        }
        step
    }
}
