//! The core with inbox, outbox and everything that is committed with each step.
//!
//! It is leaner than the hub's: nothing here is restored from an export, for as little as possible of a counselling
//! service should outlive its disk (`docs/decisions`, 22).

mod inbox;
mod report;
mod conversations;
mod positions;
mod forgetting;
mod anew;

use std::collections::{BTreeMap, BTreeSet};

use lodge_counsel_core::effect::{Act, Lane};
use lodge_counsel_core::id::{CaseId, EffectId, Ids, PersonId};
use lodge_counsel_core::input::Input;
use lodge_counsel_core::people::Named;
use lodge_counsel_core::policy::Settings;
use lodge_counsel_core::say::Say;
use lodge_counsel_core::state::{Changes, State};
use lodge_counsel_core::step::{Step, step};
use lodge_ground::name::Address;
use lodge_ground::store::{Batch, Store, StoreError};
use lodge_ground::time::{Span, Timestamp};
use lodge_matrix::content::Thread;
use lodge_matrix::hearing::{Hearing, Limits};
use lodge_matrix::homeserver::RoomRef;
use lodge_matrix::news::Wanted;
use lodge_matrix::room::{Direct, Encryption, Federation, RoomSpec};

use crate::errand::{Errand, Job, Line, Outbox};
use crate::perform::{Task, What};
use crate::room;
use crate::rows::{self, Conversation};

pub use report::Fault;

/// Rows that are kept for a time only are looked at this often.
const TIDY_EVERY: Span = Span::from_days(1);

/// The settings that the engine is opened with.
#[derive(Debug, Clone)]
pub struct Options {
    /// The service's settings, for the core.
    pub settings: Settings,
    /// Whether people of other servers can be in its rooms.
    pub federation: Federation,
    /// A message may wait this long for its key before its sender is asked to say it again.
    pub unreadable_after: Span,
    /// This many messages of one person are read in a minute; those beyond are read later.
    pub messages_a_minute: usize,
}

/// The service's room that an event is in, by what the room is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Conversation(PersonId),
    Case(CaseId),
}

/// The engine: the core's state, the outbox, and everything about Matrix that decisions need.
#[derive(Debug)]
pub struct Channel {
    options: Options,
    ids: Ids,
    state: State,
    outbox: Outbox,
    /// Everything that is kept of what was heard.
    hearing: Hearing,
    conversations: BTreeMap<PersonId, Conversation>,
    places: BTreeMap<RoomRef, Place>,
    /// The time of the last look at rows that are kept for a time only.
    tidied: Option<Timestamp>,
    /// The people who are being forgotten, each with the effect that asks for it.
    forgetting: BTreeMap<PersonId, EffectId>,
    /// Those of them of whom nothing may be left to be done.
    ripe: BTreeSet<PersonId>,
    /// Rows of the core's state that are to be written with the next batch.
    dirty: Changes,
    /// All other changes for the next batch.
    batch: Batch,
}

impl Channel {
    /// The engine with all that `store` keeps. Its ids come from a stream of its own, which is new at each start.
    pub fn open(store: &impl Store, options: Options, ids: Ids, now: Timestamp) -> Result<Self, StoreError> {
        let state = State::load(store)?;
        let conversations: BTreeMap<_, _> =
            rows::load::<Conversation>(store)?.into_iter().map(|c| (c.person, c)).collect();
        let outbox = Outbox::from_jobs(rows::load::<Job>(store)?);
        let (encryption, unreadable_after) = (Encryption::EndToEnd, options.unreadable_after);
        let limits = Limits { encryption, unreadable_after, messages_a_minute: options.messages_a_minute };
        let mut batch = Batch::new();
        let mut engine = Self {
            options,
            ids,
            places: BTreeMap::new(),
            tidied: None,
            hearing: Hearing::open(store, limits, now, &mut batch)?,
            forgetting: outbox.jobs().filter_map(|job| Some((job.errand.forgets()?, job.id))).collect(),
            ripe: outbox.jobs().filter_map(|job| job.errand.forgets()).collect(),
            dirty: Changes::default(),
            batch,
            conversations,
            outbox,
            state,
        };
        engine.find_places();
        engine.place_older()?;
        Ok(engine)
    }

    /// These are the counsellors that the service names.
    pub fn counsellors(&mut self, named: Vec<Named>, now: Timestamp) -> Result<(), StoreError> {
        self.step(Input::Counsellors(named), now)
    }

    /// Lets everything happen whose moment has come.
    pub fn tick(&mut self, now: Timestamp) -> Result<(), StoreError> {
        while let Some((due, timer)) = self.state.next_due() {
            if due > now {
                break;
            }
            self.step(Input::Due(timer), now)?;
        }
        self.read_on(now)?;
        self.ask_again(now)?;
        self.tidy(now);
        Ok(())
    }

    /// Lets go of what has been kept for long enough, if that was not done today.
    fn tidy(&mut self, now: Timestamp) {
        if self.tidied.is_none_or(|last| now < last || last.after(TIDY_EVERY) <= now) {
            self.tidied = Some(now);
            self.hearing.expire(now, &mut self.batch);
        }
    }

    /// The next moment at which [`Self::tick`] or [`Self::ready`] may have something to do.
    pub fn next_wake(&self) -> Option<Timestamp> {
        let due = self.state.next_due().map(|(due, _)| due);
        [due, self.hearing.next_wake(), self.outbox.next_wake()].into_iter().flatten().min()
    }

    /// The next moment that the core waits for.
    pub fn next_due(&self) -> Option<Timestamp> {
        self.state.next_due().map(|(due, _)| due)
    }

    /// The rows that changed since the last call. They must be committed whole, and nothing of them may be lost.
    pub fn take_batch(&mut self) -> Result<Batch, StoreError> {
        let (mut changes, mut batch) = (std::mem::take(&mut self.dirty), std::mem::take(&mut self.batch));
        changes.extend(self.state.take_changes());
        self.state.write(changes, &mut batch)?;
        Ok(batch)
    }

    /// Releases the effects of the last batch, which is committed.
    pub fn committed(&mut self) {
        self.outbox.committed();
    }

    /// The tasks that can be tried now. Each line has at most one on its way.
    pub fn ready(&mut self, now: Timestamp) -> Vec<Task> {
        let mut tasks = Vec::new();
        for line in self.outbox.heads(now) {
            if let Some(task) = self.task(&line) {
                self.outbox.started(&line);
                tasks.push(task);
            }
        }
        tasks
    }

    /// Everything that is kept of what was heard.
    pub fn hearing(&self) -> &Hearing {
        &self.hearing
    }

    /// The urgency with which the next sync response is wanted.
    pub fn news_wanted(&self) -> Wanted {
        if self.outbox.held().next().is_some() { Wanted::AtOnce } else { Wanted::WithNews }
    }

    /// Whether a task is for somebody who has not agreed to the terms, or for a room that is none of the service's, so that
    /// it comes after all that is for clients and counsellors: whatever strangers do, those are not held up.
    pub fn comes_last(&self, task: &Task) -> bool {
        match &task.line {
            Line::Lane(Lane::Conversation(person)) => {
                self.state.client(*person).is_some_and(|client| client.agreed.is_none())
            }
            Line::Lane(_) => false,
            Line::Other(_) => true,
        }
    }

    /// The core's state, to look at.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The jobs that are still to be done.
    pub fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    fn task(&self, line: &Line) -> Option<Task> {
        let job = self.outbox.head(line)?;
        let (id, line, uncertain) = (job.id, line.clone(), self.outbox.is_uncertain(job));
        let what = match &job.errand {
            Errand::Act(Act::Tell(person, say)) => {
                let room = match self.conversation_task(*person, line.clone(), uncertain) {
                    Ok(room) => room,
                    Err(opening) => return opening,
                };
                let thread = job.beside.as_ref().map(Thread::from).filter(|thread| thread.room == room);
                What::Tell(room, self.address(*person)?, say.clone(), thread)
            }
            Errand::Act(Act::MakeRoom(_, counsellor)) => What::Create(self.private(*counsellor)?),
            Errand::Check(_, counsellor, room, marker) => {
                What::Check(room.clone(), self.private(*counsellor)?, *marker)
            }
            Errand::Act(Act::Invite(_, room, person)) => What::Invite(room.into(), self.address(*person)?, Direct::No),
            Errand::Act(Act::Remove(_, room, person)) => What::Remove(room.into(), self.address(*person)?),
            Errand::Act(Act::Note(_, room, say)) => What::Note(room.into(), say.clone()),
            Errand::Act(Act::OpenSpeech(case, room)) => {
                let counsellor = self.state.case(*case)?.counsellor()?;
                What::OpenSpeech(room.into(), self.private(counsellor)?)
            }
            Errand::Act(Act::Leave(_, room)) => What::Leave(room.into()),
            Errand::Leave(room) => What::Leave(room.clone()),
            Errand::Greet(room, _) => What::Greet(room.clone(), Say::Elsewhere),
            // It is for the store to do.
            Errand::Act(Act::Forget(_)) => return None,
        };
        Some(Task { line, id, what, uncertain })
    }

    fn private(&self, counsellor: PersonId) -> Option<RoomSpec> {
        Some(room::private(&self.address(counsellor)?, self.options.federation))
    }

    fn address(&self, person: PersonId) -> Option<Address> {
        self.state.address(person).cloned()
    }

    /// Takes a step of the core and keeps all that comes of it.
    fn step(&mut self, input: Input, now: Timestamp) -> Result<(), StoreError> {
        self.step_in(None, input, now)
    }

    /// Takes a step for somebody's words in a thread: the messages to them stand there too, for they look there for
    /// them. Those to others do not.
    fn step_in(&mut self, words: Option<(PersonId, Thread)>, input: Input, now: Timestamp) -> Result<(), StoreError> {
        let Step { changes, effects, devices } =
            step(&mut self.state, &self.options.settings, input, now, &mut self.ids);
        self.hearing.heed(devices, &mut self.batch)?;
        // Somebody who no longer counsels, and does again later, may have had to give up their devices.
        let gone = |id: &&PersonId| self.state.counsellor(**id).is_none_or(|one| !one.current);
        for id in changes.known_counsellors.iter().filter(gone).copied().collect::<Vec<_>>() {
            self.hearing.forget_devices(id, &mut self.batch);
        }
        let moved = !changes.cases.is_empty();
        self.dirty.extend(changes);
        if moved {
            self.find_places();
        }
        for effect in effects {
            if let Lane::Conversation(person) = effect.act.lane() {
                self.ensure_conversation(person)?;
            }
            let errand = Errand::Act(effect.act);
            let forgets = errand.forgets();
            let words = words.as_ref().filter(|(writer, _)| errand.tells() == Some(*writer));
            self.add_answer(effect.id, effect.owners, errand, words.map(|(_, thread)| thread.clone()))?;
            if let Some(person) = forgets {
                self.begin_forgetting(person, effect.id);
            }
        }
        Ok(())
    }

    /// Finds the service's rooms: its conversations, and those of cases while they are on their way.
    fn find_places(&mut self) {
        let conversations = self.conversations.values();
        let conversations =
            conversations.filter_map(|one| Some((one.stage.room()?.clone(), Place::Conversation(one.person))));
        let cases = self.state.cases().filter_map(|case| {
            let lodge_counsel_core::case::Stage::Opening { room, .. } = &case.stage else { return None };
            Some((room.room()?.into(), Place::Case(case.id)))
        });
        self.places = conversations.chain(cases).collect();
    }

    fn add_job(&mut self, id: EffectId, owners: BTreeSet<PersonId>, errand: Errand) -> Result<(), StoreError> {
        self.add_answer(id, owners, errand, None)
    }

    fn add_answer(
        &mut self,
        id: EffectId,
        owners: BTreeSet<PersonId>,
        errand: Errand,
        thread: Option<Thread>,
    ) -> Result<(), StoreError> {
        let job = self.outbox.add(id, owners, errand, thread.map(Into::into));
        self.batch.push(rows::put(job)?);
        Ok(())
    }

    fn drop_job(&mut self, id: EffectId) -> Option<Job> {
        let job = self.outbox.take(id)?;
        self.batch.push(rows::gone(&job));
        self.ripen(&job);
        Some(job)
    }
}
