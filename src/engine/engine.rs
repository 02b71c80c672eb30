//! The engine: the core with its outbox and its log, and everything that must be committed with each step.
//!
//! A channel opens it, has it take steps, and attends to their [`Consequences`]. Several steps may share one batch, to which
//! the channel adds rows of its own. When the batch is committed, the channel says so, and only then gets the heads of lanes
//! that may be tried.

use std::collections::{BTreeMap, BTreeSet};

use lodge_core::effect::{Act, Effect};
use lodge_core::id::{EffectId, IdSecret, Ids, MemberId};
use lodge_core::input::Input;
use lodge_core::name::Address;
use lodge_core::people::roster::Roster;
use lodge_core::policy::Settings;
use lodge_core::rooms::RoomSettings;
use lodge_core::state::{Changes, State};
use lodge_core::step::{Step, step};
use lodge_core::time::{Span, Timestamp};
use lodge_ground::audit::Chain;
use lodge_ground::outbox::{self, Beside};
use lodge_ground::store::{Batch, Restored, Store, StoreError, Table, Write};
use lodge_ground::stored;
use serde_json::Value;

use crate::cause::Cause;
use crate::consequences::Consequences;
use crate::outbox::{Errand, Job, Outbox};
use crate::tables::{AuditHead, AuditKept, Era, HeadTold};

/// The settings that the engine is opened with.
#[derive(Debug, Clone)]
pub struct Options {
    /// The service's settings.
    pub settings: Settings,
    /// The time for which an entry of the audit log is kept at least.
    pub audit_kept_for: Span,
}

/// An engine that was opened, with what its channel has to see to.
#[derive(Debug)]
pub struct Opened {
    /// It runs from here on.
    pub engine: Engine,
    /// Jobs that an earlier program kept in the outbox's table and that are no acts: they are a channel's own. The next batch
    /// takes their rows away, and the channel keeps them elsewhere with the same batch.
    pub strays: Vec<outbox::Job<Value>>,
    /// An older copy of the store was put back, and its channel has not heard anything since. Before it does, it has the engine
    /// go back ([`Engine::go_back`]); when it has heard something, it deletes the row.
    pub restored: Option<Restored>,
}

/// The place where somebody's words are answered: messages to their writer stand beside them, and nothing else does.
pub type Answer = (MemberId, Beside);

/// The core's state, the outbox and the log.
#[derive(Debug)]
pub struct Engine {
    pub(crate) options: Options,
    pub(crate) secret: IdSecret,
    pub(crate) state: State,
    pub(crate) outbox: Outbox,
    pub(crate) chain: Chain,
    /// The part of the audit log that is kept.
    pub(crate) audit_kept: AuditKept,
    /// The end of the audit log that was told last.
    pub(crate) head_told: Option<HeadTold>,
    /// Members who are being forgotten, and the effects that ask for it.
    pub(crate) forgetting: BTreeMap<MemberId, EffectId>,
    /// Those of them for whom nothing may be left to be finished first.
    pub(crate) ripe: BTreeSet<MemberId>,
    /// The time of the last look at rows that are kept for a time only.
    pub(crate) tidied: Option<Timestamp>,
    /// Rows of the core's state that are to be written with the next batch.
    dirty: Changes,
    /// All other changes for the next batch.
    pub(crate) batch: Batch,
}

impl Engine {
    /// The engine with all that `store` keeps. Its ids are made with `secret`, which stays the same from start to start.
    ///
    /// # Errors
    /// As [`Store::load`] and [`lodge_ground::store::Row::read`].
    pub fn open(store: &impl Store, options: Options, secret: IdSecret, now: Timestamp) -> Result<Opened, StoreError> {
        let secret = store.forgotten().into_iter().fold(secret, |mut secret, member| {
            secret.spend(member);
            secret
        });
        let singles = store.load(Table::Singles)?;
        // Older stores kept these for restores of another kind.
        let retired =
            [&b"steps"[..], b"said-before"].into_iter().filter(|key| singles.iter().any(|row| row.key == **key));
        let mut batch: Batch = retired.map(|key| Write::Delete { table: Table::Singles, key: key.to_vec() }).collect();
        let restored = stored::single::<Restored>(&singles)?;
        // A store that goes back with this start begins another era.
        let era = match &restored {
            Some(restored) if !restored.seen_to => Some(Era { began: now }),
            Some(_) | None => stored::single::<Era>(&singles)?,
        };
        let (jobs, strays) = load_jobs(store, &mut batch)?;
        let head = stored::single::<AuditHead>(&singles)?;
        let mut engine = Self {
            options,
            secret: era.map_or(secret.clone(), |era| secret.since(era.began)),
            state: State::load(store)?,
            outbox: Outbox::from_jobs(jobs),
            chain: Chain::from_head(head.map(|head| head.audit).unwrap_or_default()),
            audit_kept: stored::single::<AuditKept>(&singles)?.unwrap_or_default(),
            head_told: stored::single::<HeadTold>(&singles)?,
            forgetting: BTreeMap::new(),
            ripe: BTreeSet::new(),
            tidied: None,
            dirty: Changes::default(),
            batch,
        };
        engine.forgetting = engine.outbox.jobs().filter_map(|job| Some((job.errand.forgets()?, job.id))).collect();
        engine.ripe = engine.forgetting.keys().copied().collect();
        engine.state.close_prompts_about_nothing();
        Ok(Opened { engine, strays, restored })
    }

    /// Takes a step of the core, and keeps all that comes of it. The ids are of the cause for which it is taken.
    ///
    /// # Errors
    /// As [`stored::put`]; so do all that change something.
    pub fn step(&mut self, ids: Ids, input: Input, now: Timestamp) -> Result<Consequences, StoreError> {
        self.step_beside(None, ids, input, now)
    }

    /// Takes a step for somebody's words that are answered beside them.
    ///
    /// # Errors
    /// As [`Self::step`].
    pub fn step_beside(
        &mut self,
        answer: Option<&Answer>,
        mut ids: Ids,
        input: Input,
        now: Timestamp,
    ) -> Result<Consequences, StoreError> {
        let step = step(&mut self.state, &self.options.settings, input, now, &mut ids);
        self.keep(step, answer, now)
    }

    /// Keeps all that comes of a step.
    ///
    /// # Errors
    /// As [`Self::step`].
    pub fn keep(&mut self, step: Step, answer: Option<&Answer>, now: Timestamp) -> Result<Consequences, StoreError> {
        let consequences = Consequences::of(&step);
        let Step { changes, effects, cancelled, noted, devices: _ } = step;
        self.dirty.extend(changes);
        for effect in effects {
            self.take_up(effect, answer)?;
        }
        for id in cancelled {
            self.withdraw(id)?;
        }
        for noted in noted {
            let entry = self.chain.append(now.as_millis(), noted.code(), noted.about());
            self.batch.push(stored::put(&entry)?);
            self.batch.push(stored::put(&AuditHead { audit: self.chain.head() })?);
            if self.audit_kept.audit_kept.grew(&entry) {
                self.batch.push(stored::put(&self.audit_kept)?);
            }
        }
        Ok(consequences)
    }

    /// Has an act done that no step decided on, such as words about the channel itself. For words, the channel sees to it that
    /// there is a conversation.
    ///
    /// # Errors
    /// As [`Self::step`].
    pub fn add(&mut self, effect: Effect, beside: Option<Beside>) -> Result<(), StoreError> {
        let Effect { id, owners, act } = effect;
        // It is the same thing that is to be done, and waits to be done once.
        if self.outbox.job(id).is_some() {
            return Ok(());
        }
        if matches!(act, Act::Tell(..)) && self.forgets_any(&owners) {
            return Ok(());
        }
        let job = self.outbox.add(id, owners, Errand::Act(act), beside);
        self.batch.push(stored::put(job)?);
        Ok(())
    }

    /// Takes in a list of people.
    ///
    /// # Errors
    /// As [`Self::step`].
    pub fn roster(&mut self, list: Roster, now: Timestamp) -> Result<Consequences, StoreError> {
        self.part_of_roster(Input::Roster(list), now)
    }

    /// Takes in a part of a list ([`lodge_core::people::roster::parts`]).
    ///
    /// # Errors
    /// As [`Self::step`].
    pub fn part_of_roster(&mut self, part: Input, now: Timestamp) -> Result<Consequences, StoreError> {
        self.step(self.ids(Cause::List), part, now)
    }

    /// Takes the settings for the rooms: missing rooms are made, differences are changed, rooms that are not declared
    /// any more are archived.
    ///
    /// # Errors
    /// As [`Self::step`].
    pub fn rooms(&mut self, rooms: RoomSettings, now: Timestamp) -> Result<Consequences, StoreError> {
        self.options.settings.rooms = rooms;
        self.step(self.ids(Cause::Rooms(now)), Input::Rooms, now)
    }

    /// Lets the next thing happen whose moment has come, if there is one. The caller calls until there is none.
    ///
    /// # Errors
    /// As [`Self::step`].
    pub fn due(&mut self, now: Timestamp) -> Result<Option<Consequences>, StoreError> {
        match self.state.next_due() {
            Some((due, timer)) if due <= now => {
                self.step(self.ids(Cause::Due(timer)), Input::Due(timer), now).map(Some)
            }
            Some(_) | None => Ok(None),
        }
    }

    /// The next moment at which [`Self::due`] or [`Self::heads`] may have something.
    pub fn next_wake(&self) -> Option<Timestamp> {
        let due = self.state.next_due().map(|(due, _)| due);
        [due, self.outbox.next_wake()].into_iter().flatten().min()
    }

    /// The batch that is committed next, for rows of the channel's own.
    pub fn batch(&mut self) -> &mut Batch {
        &mut self.batch
    }

    /// Takes the rows that changed since the last call. They must be committed whole, and nothing of them may be lost.
    ///
    /// # Errors
    /// As [`stored::put`].
    pub fn take_batch(&mut self) -> Result<Batch, StoreError> {
        let (mut changes, mut batch) = (std::mem::take(&mut self.dirty), std::mem::take(&mut self.batch));
        changes.extend(self.state.take_changes());
        self.state.write(changes, &mut batch)?;
        Ok(batch)
    }

    /// Releases the acts of the last batch, which is committed.
    pub fn committed(&mut self) {
        self.outbox.committed();
    }

    /// The core's state, to look at.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The settings that the core decides by.
    pub fn settings(&self) -> &Settings {
        &self.options.settings
    }

    /// The acts that are still to be done.
    pub fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    /// The address of a member.
    pub fn address(&self, member: MemberId) -> Option<Address> {
        self.state.member(member).map(|member| member.person.address.clone())
    }

    /// The ids that follow from this.
    pub fn ids(&self, cause: Cause<'_>) -> Ids {
        cause.ids(&self.secret)
    }

    /// The ids that follow from a cause of a channel's own. No two causes may have the same parts, those of [`Cause`] included.
    pub fn ids_of(&self, cause: &[&[u8]]) -> Ids {
        self.secret.ids(cause)
    }
}

/// The jobs in the outbox's table: acts, and those that a channel of an earlier program kept there.
fn load_jobs(store: &impl Store, batch: &mut Batch) -> Result<(Vec<Job>, Vec<outbox::Job<Value>>), StoreError> {
    let (mut jobs, mut strays) = (Vec::new(), Vec::new());
    for row in store.load(Table::Outbox)? {
        match row.read::<Job>() {
            Ok(job) => jobs.push(job),
            Err(error) => {
                let stray = row.read::<outbox::Job<Value>>().ok().filter(|job| job.errand.get("act").is_none());
                strays.push(stray.ok_or(error)?);
                batch.push(Write::Delete { table: Table::Outbox, key: row.key });
            }
        }
    }
    Ok((jobs, strays))
}
