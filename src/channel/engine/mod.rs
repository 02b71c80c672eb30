//! The engine: the core with its inbox and outbox, and everything that must be committed with each step.
//!
//! It does no input or output. Its driver hands in deliveries, outcomes and the time; commits the batch that it gives;
//! says that it is committed; and only then gets the tasks that follow. Several inputs may share one batch.

mod cause;
mod inbox;
mod once;
mod report;
mod conversations;
mod positions;
mod threads;
mod standing;
mod retouching;
mod taking_back;
mod devices;
mod pace;
mod community;
mod overheard;
mod strangers;
mod forgetting;
mod tidying;
mod heads;
mod anew;
mod going_back;
#[cfg(test)]
mod bounds;
#[cfg(test)]
mod kinds;
#[cfg(test)]
pub(crate) mod trial;

use std::collections::{BTreeMap, BTreeSet};

use lodge_core::conduct::Floods;
use lodge_core::effect::{Act, Lane};
use lodge_core::id::{EffectId, IdSecret, Ids, IntroductionId, MemberId, RoomId};
use lodge_core::input::Input;
use lodge_core::name::Address;
use lodge_core::people::roster::Roster;
use lodge_core::policy::Settings;
use lodge_core::state::{Changes, State};
use lodge_core::step::{Step, step};
use lodge_core::time::{Span, Timestamp};
use lodge_matrix::anew::Anchors;
use lodge_matrix::content::Thread;
use lodge_matrix::device::KnownDevices;
use lodge_matrix::homeserver::RoomRef;
use lodge_matrix::ledger::Ledger;
use lodge_matrix::pace::Paces;
use lodge_matrix::seen::SeenEvents;
use lodge_matrix::waiting::Sealed;

use crate::audit::Chain;
use crate::homeserver::EventRef;
use crate::outbox::{Errand, Job, Line, Outbox};
use crate::perform::{Task, What};
use crate::room::{self, Encryption};
use crate::store::{Batch, Store, StoreError, Table, Write};
use crate::tables::{self, Asked, AuditHead, AuditKept, Ciphers, Conversation, Era, HeadTold, Restored, Token, Unread};

use cause::Cause;
use standing::Standings;

pub use heads::Heads;
pub use report::Fault;

/// The settings that the engine is opened with.
#[derive(Debug, Clone)]
pub struct Options {
    /// The service's settings. The porter's address is among them.
    pub settings: Settings,
    /// Whether conversations are encrypted.
    pub encryption: Encryption,
    /// The servers, beside the porter's own, whose accounts may come to the porter unknown.
    pub servers: BTreeSet<String>,
    /// A message may wait this long for its key before its sender is asked to say it again.
    pub unreadable_after: Span,
    /// This many messages of one member are read in a minute; those beyond are read later.
    pub messages_a_minute: usize,
    /// The time for which an entry of the audit log is kept at least.
    pub audit_kept_for: Span,
}

/// The hub's room that an event is in, by what the room is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Conversation(MemberId),
    Introduction(IntroductionId),
    Room(RoomId),
}

/// The engine: the core's state, the outbox, and everything about Matrix that decisions need.
#[derive(Debug)]
pub struct Engine {
    options: Options,
    secret: IdSecret,
    state: State,
    outbox: Outbox,
    chain: Chain,
    /// The part of the audit log that is kept.
    audit_kept: AuditKept,
    token: Option<String>,
    /// Events by which it shows whether the homeserver still knows what was heard.
    anchors: Anchors,
    conversations: BTreeMap<MemberId, Conversation>,
    places: BTreeMap<RoomRef, Place>,
    /// The events that were dealt with.
    seen: SeenEvents,
    /// The time of the last look at rows that are kept for a time only.
    tidied: Option<Timestamp>,
    /// Messages that can be answered by a reply.
    asked: BTreeMap<EventRef, EffectId>,
    /// The places of messages that can be answered or taken back.
    said: BTreeMap<EffectId, Asked>,
    /// The same, by whom they were said to.
    standings: Standings,
    /// Members who are being forgotten, and the effects that ask for it.
    forgetting: BTreeMap<MemberId, EffectId>,
    /// Those of them for whom nothing may be left to be finished first.
    ripe: BTreeSet<MemberId>,
    /// Messages whose key has not come.
    waiting: Sealed,
    /// The ciphertexts that were heard.
    ciphers: Ledger,
    /// Copies of each member's ciphertexts, counted since that was last told.
    copies: BTreeMap<MemberId, u32>,
    /// Each member's known devices.
    devices: KnownDevices,
    /// The pace at which each member is listened to.
    paces: Paces,
    /// An older copy of the store was put back, and no response was taken in since.
    went_back: bool,
    /// The amount that each member writes in the rooms for many.
    floods: Floods,
    /// The homeserver did not know any more how far it was heard, and nobody was told in the log.
    began_anew: bool,
    /// The time of the last commit, as far as is known.
    kept_at: Option<Timestamp>,
    /// The end of the audit log that was told last.
    head_told: Option<HeadTold>,
    /// The time at which the last sync response was taken in.
    heard_at: Option<Timestamp>,
    /// Rows of the core's state that are to be written with the next batch.
    dirty: Changes,
    /// All other changes for the next batch.
    batch: Batch,
}

impl Engine {
    /// The engine with all that `store` keeps. Its ids are made with `secret`, which stays the same from start to start.
    pub fn open(store: &impl Store, options: Options, secret: IdSecret, now: Timestamp) -> Result<Self, StoreError> {
        let secret = store.forgotten().into_iter().fold(secret, |mut secret, member| {
            secret.spend(member);
            secret
        });
        let state = State::load(store)?;
        let mut places: BTreeMap<_, _> = state.introductions().filter_map(inbox::place).collect();
        places.extend(state.rooms().filter_map(community::place));
        let conversations: BTreeMap<_, _> =
            tables::load::<Conversation>(store)?.into_iter().map(|c| (c.member, c)).collect();
        for conversation in conversations.values() {
            places.extend(conversation.stage.room().map(|r| (r.clone(), Place::Conversation(conversation.member))));
        }
        let singles = store.load(Table::Singles)?;
        let token = tables::single::<Token>(&singles)?;
        let head = tables::single::<AuditHead>(&singles)?;
        let kept = tables::single::<AuditKept>(&singles)?;
        // Older stores kept these for restores of another kind.
        let retired =
            [&b"steps"[..], b"said-before"].into_iter().filter(|key| singles.iter().any(|row| row.key == **key));
        let batch = retired.map(|key| Write::Delete { table: Table::Singles, key: key.to_vec() }).collect();
        let restored = tables::single::<Restored>(&singles)?;
        // A store that goes back with this start begins another era.
        let era = match &restored {
            Some(restored) if !restored.seen_to => Some(Era { began: now }),
            Some(_) | None => tables::single::<Era>(&singles)?,
        };
        let kept_at = token.as_ref().and_then(|token| token.at);
        let mut engine = Self {
            options,
            secret: era.map_or(secret.clone(), |era| secret.since(era.began)),
            state,
            outbox: Outbox::from_jobs(tables::load::<Job>(store)?),
            chain: Chain::from_head(head.map(|head| head.audit).unwrap_or_default()),
            audit_kept: kept.unwrap_or_default(),
            token: token.as_ref().map(|token| token.token.clone()),
            anchors: token.map(|token| token.anchors).unwrap_or_default(),
            conversations,
            places,
            seen: SeenEvents::default(),
            tidied: None,
            asked: BTreeMap::new(),
            said: BTreeMap::new(),
            standings: Standings::new(),
            forgetting: BTreeMap::new(),
            ripe: BTreeSet::new(),
            waiting: Sealed::default(),
            ciphers: Ledger::from_rows(tables::load::<Ciphers>(store)?),
            copies: BTreeMap::new(),
            devices: KnownDevices::new(tables::load(store)?),
            paces: Paces::new(tables::load::<Unread>(store)?),
            went_back: restored.is_some(),
            floods: Floods::default(),
            began_anew: false,
            kept_at,
            head_told: tables::single::<HeadTold>(&singles)?,
            heard_at: None,
            dirty: Changes::default(),
            batch,
        };
        engine.waiting = Sealed::new(tables::load(store)?, &mut engine.batch)?;
        for row in tables::load::<Asked>(store)? {
            engine.keep(row);
        }
        engine.place_older();
        engine.forgetting = engine.outbox.jobs().filter_map(|job| Some((job.errand.forgets()?, job.id))).collect();
        engine.ripe = engine.forgetting.keys().copied().collect();
        engine.state.close_prompts_about_nothing();
        engine.seen = SeenEvents::new(tables::load(store)?, now, &mut engine.batch);
        if let Some(restored) = restored {
            engine.go_back(restored, now)?;
        }
        Ok(engine)
    }

    /// Takes in a part of a list ([`lodge_core::people::roster::parts`]).
    pub fn part_of_roster(&mut self, part: Input, now: Timestamp) -> Result<(), StoreError> {
        self.step(Cause::List, part, now)
    }

    /// Takes in a list of people.
    pub fn roster(&mut self, list: Roster, now: Timestamp) -> Result<(), StoreError> {
        self.step(Cause::List, Input::Roster(list), now)
    }

    /// Lets everything happen whose moment has come.
    pub fn tick(&mut self, now: Timestamp) -> Result<(), StoreError> {
        while let Some((due, timer)) = self.state.next_due() {
            if due > now {
                break;
            }
            self.step(Cause::Due(timer), Input::Due(timer), now)?;
        }
        self.read_on(now)?;
        self.ask_again(now)?;
        self.tidy(now)
    }

    /// The next moment at which [`Self::tick`] or [`Self::ready`] may have something to do.
    pub fn next_wake(&self) -> Option<Timestamp> {
        let due = self.state.next_due().map(|(due, _)| due);
        let unreadable = self.waiting.next_wake(self.options.unreadable_after);
        [due, unreadable, self.paces.next_wake(), self.outbox.next_wake()].into_iter().flatten().min()
    }

    /// Takes the rows that changed since the last call. They must be committed whole, and nothing of them may be lost.
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

    /// The time of the last commit, as far as the store says.
    pub fn kept_at(&self) -> Option<Timestamp> {
        self.kept_at
    }

    /// The token from which the next sync response goes on; `None` for the first.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// The core's state, to look at.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The settings that the engine was opened with.
    pub fn settings(&self) -> &Settings {
        &self.options.settings
    }

    /// The jobs that are still to be done.
    pub fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// The conversation with a member.
    pub fn conversation(&self, member: MemberId) -> Option<&Conversation> {
        self.conversations.get(&member)
    }

    fn task(&self, line: &Line) -> Option<Task> {
        let job = self.outbox.head(line)?;
        let (id, line, uncertain) = (job.id, line.clone(), self.outbox.is_uncertain(job));
        let what = match &job.errand {
            Errand::Act(Act::Tell(member, say)) => {
                let room = match self.conversation_task(*member, line.clone(), uncertain) {
                    Ok(room) => room,
                    Err(opening) => return opening,
                };
                let to = self.address(*member)?;
                let audience = say.shows_details().then(|| to.clone());
                let thread = job.beside.as_ref().map(Thread::from).filter(|thread| thread.room == room);
                What::Say { room, say: say.clone(), to: vec![to], audience, thread }
            }
            Errand::Act(Act::CreateRoom(_)) => What::Create(room::introduction()),
            Errand::Act(Act::Invite(_, room, member)) => What::Invite(room.into(), self.address(*member)?),
            Errand::Act(Act::Remove(_, room, member)) => What::Remove(room.into(), self.address(*member)?),
            Errand::Act(Act::Note(_, room, say)) => {
                What::Say { room: room.into(), say: say.clone(), to: vec![], audience: None, thread: None }
            }
            Errand::Act(Act::OpenSpeech(_, room)) => What::OpenSpeech(room.into()),
            Errand::Act(Act::Leave(_, room)) => What::Leave(room.into()),
            Errand::Leave(room) | Errand::Decline(room) => What::Leave(room.clone()),
            Errand::Oust(room, who) => What::Oust(room.clone(), who.clone()),
            Errand::Act(Act::TakeBack(member, said)) => self.taking_back(*member, *said)?,
            // It is for the store to do.
            Errand::Act(Act::Forget(_)) => return None,
            Errand::Act(Act::Room(room, act)) => self.room_task(*room, act)?,
            Errand::Greet(room, _) => What::Greet(room.clone(), lodge_core::say::Say::Elsewhere),
        };
        Some(Task { line, id, what, uncertain })
    }

    fn address(&self, member: MemberId) -> Option<Address> {
        self.state.member(member).map(|member| member.person.address.clone())
    }

    fn own(&self) -> &Address {
        &self.options.settings.porter
    }

    /// Takes a step of the core and keeps all that comes of it.
    fn step(&mut self, cause: Cause<'_>, input: Input, now: Timestamp) -> Result<(), StoreError> {
        self.step_in(None, cause, input, now)
    }

    /// Takes a step for somebody's words in a thread: the messages to them stand there too.
    fn step_in(
        &mut self,
        thread: Option<(MemberId, Thread)>,
        cause: Cause<'_>,
        input: Input,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut ids = self.ids(cause);
        let step = step(&mut self.state, &self.options.settings, input, now, &mut ids);
        self.keep_step(step, thread.as_ref(), now)
    }

    fn keep_step(&mut self, step: Step, thread: Option<&(MemberId, Thread)>, now: Timestamp) -> Result<(), StoreError> {
        let Step { changes, effects, cancelled, noted, devices } = step;
        self.heed(devices)?;
        let mut gone = BTreeSet::new();
        for id in &changes.introductions {
            match self.state.introduction(*id) {
                Some(introduction) => self.places.extend(inbox::place(introduction)),
                None => drop(gone.insert(Place::Introduction(*id))),
            }
        }
        if !gone.is_empty() {
            self.places.retain(|_, place| !gone.contains(place));
        }
        self.places.extend(changes.rooms.iter().filter_map(|id| self.state.room(*id)).filter_map(community::place));
        self.dirty.extend(changes);
        for effect in effects {
            if let Lane::Conversation(member) = effect.act.lane() {
                self.ensure_conversation(member)?;
            }
            // An invitation of somebody who is to be removed is dropped: a try that waited would invite them first.
            if let Act::Remove(id, _, member) = &effect.act
                && let Some(invitation) = self.invitation(*id, *member)
            {
                self.drop_job(invitation);
            }
            if let Act::Room(room, act) = &effect.act {
                if self.is_tended_anyway(*room, act) {
                    continue;
                }
                self.drop_admission(*room, act);
            }
            let thread = threads::of_answer(&effect.act, thread);
            let errand = Errand::Act(effect.act);
            let forgets = errand.forgets();
            // Two moments can come at once at which they are to be forgotten.
            if forgets.is_some_and(|member| self.forgetting.contains_key(&member)) {
                continue;
            }
            self.add_answer(effect.id, effect.owners, errand, thread)?;
            if let Some(member) = forgets {
                self.begin_forgetting(member, effect.id)?;
            }
        }
        for id in cancelled {
            self.withdraw(id)?;
        }
        for noted in noted {
            let entry = self.chain.append(now.as_millis(), noted.code(), noted.about());
            self.batch.push(tables::put(&entry)?);
            self.batch.push(tables::put(&AuditHead { audit: self.chain.head() })?);
            if self.audit_kept.audit_kept.grew(&entry) {
                self.batch.push(tables::put(&self.audit_kept)?);
            }
        }
        Ok(())
    }

    /// The ids that follow from this.
    fn ids(&self, cause: Cause<'_>) -> Ids {
        cause.ids(&self.secret)
    }

    fn add_job(&mut self, id: EffectId, owners: BTreeSet<MemberId>, errand: Errand) -> Result<(), StoreError> {
        self.add_answer(id, owners, errand, None)
    }

    fn add_answer(
        &mut self,
        id: EffectId,
        owners: BTreeSet<MemberId>,
        errand: Errand,
        thread: Option<Thread>,
    ) -> Result<(), StoreError> {
        // It is the same thing that is to be done, and waits to be done once.
        if self.outbox.job(id).is_some() {
            return Ok(());
        }
        if matches!(errand, Errand::Act(Act::Tell(..))) && self.forgets_any(&owners) {
            return Ok(());
        }
        let job = self.outbox.add(id, owners, errand, thread.map(Into::into));
        self.batch.push(tables::put(job)?);
        Ok(())
    }

    fn drop_job(&mut self, id: EffectId) -> Option<Job> {
        let job = self.outbox.take(id)?;
        self.batch.push(tables::gone(&job));
        self.outbox.wake(Line::Lane(Lane::TakingBack(id)));
        self.ripen(&job);
        Some(job)
    }
}
