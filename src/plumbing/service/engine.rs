//! The two traits that the runner needs of a service: an engine that decides, and a performer that tries what was
//! decided.

use std::fmt::Display;
use std::future::Future;

use lodge_ground::id::{EffectId, MemberId};
use lodge_ground::store::{Batch, Owners, Row, StoreError};
use lodge_ground::time::Timestamp;
use lodge_matrix::hearing::Hearing;
use lodge_matrix::homeserver::{Called, Events, RoomRef};
use lodge_matrix::news::{Delivery, News, Wanted};

use tokio::time::Instant;

use crate::matrix::Session;
use crate::observe::{Members, Vitals};

/// A service's decisions, as the runner sees them.
pub trait Engine: Send + 'static {
    /// Something to be tried.
    type Task: Clone + Send + Sync + 'static;
    /// The outcome of one try.
    type Tried: Send + 'static;
    /// A fault that an administrator should know of. It names no person and no room.
    type Fault: Display;
    /// A note from elsewhere than the account's news, such as a command of the administrator.
    type Note: Send + 'static;

    /// The effect that a task carries out.
    fn effect(task: &Self::Task) -> EffectId;
    /// Whether a task comes after all that is for people whom the service knows.
    fn comes_last(&self, task: &Self::Task) -> bool;
    /// Takes in a sync response whose gaps are filled.
    fn deliver(&mut self, delivery: Delivery, now: Timestamp) -> Result<(), StoreError>;
    /// The homeserver does not know any more where the last response ended.
    fn cannot_go_on(&mut self, now: Timestamp) -> Result<(), StoreError>;
    /// The kinds of events with which a gap in this room's news must be filled; `None` where nothing is needed.
    fn must_fill(&self, room: &RoomRef) -> Option<Events>;
    /// A message that waited could be read.
    fn unsealed(&mut self, news: News, now: Timestamp) -> Result<(), StoreError>;
    /// The faults that came with what was heard since the last call.
    fn take_faults(&mut self) -> Vec<Self::Fault>;
    /// Something came from elsewhere.
    fn noted(&mut self, note: Self::Note, now: Timestamp) -> Result<(), StoreError>;
    /// Lets everything happen whose moment has come.
    fn tick(&mut self, now: Timestamp) -> Result<(), StoreError>;
    /// The next moment at which something may be to be done.
    fn next_wake(&self) -> Option<Timestamp>;
    /// The rows that changed since the last call, to be committed as one batch.
    fn take_batch(&mut self) -> Result<Batch, StoreError>;
    /// The last batch is committed.
    fn committed(&mut self);
    /// Some of the members whom the store is to forget now, at most this many. The rows that change by it are committed
    /// before the store forgets them.
    fn to_forget(&mut self, at_most: usize) -> Result<Owners, StoreError>;
    /// The rows that are kept where a restore finds them, though this person is forgotten.
    fn outlives(&self, person: MemberId) -> Result<Vec<Row>, StoreError>;
    /// The store has forgotten these.
    fn forgotten(&mut self, people: &Owners, now: Timestamp) -> Result<(), StoreError>;
    /// The tasks that can be tried now.
    fn ready(&mut self, now: Timestamp) -> Vec<Self::Task>;
    /// Takes in how a task turned out.
    fn report(
        &mut self,
        task: &Self::Task,
        outcome: Called<Self::Tried>,
        now: Timestamp,
    ) -> Result<Option<Self::Fault>, StoreError>;
    /// Everything that is kept of what was heard.
    fn hearing(&self) -> &Hearing;
    /// The urgency of the next response.
    fn news_wanted(&self) -> Wanted;
    /// Its state, in figures that cost nothing.
    fn vitals(&self) -> Vitals;
    /// The number of members, where that may be told.
    fn members(&self) -> Members;
}

/// Tries each task once, on the homeserver.
pub trait Performer<E: Engine>: Send + Sync + 'static {
    /// Tries it. It may have waited for others since it could be tried.
    fn perform(
        &self,
        session: &Session,
        task: &E::Task,
        since: Instant,
    ) -> impl Future<Output = Called<E::Tried>> + Send;
}

/// Does the work that is due at a moment with the store as it is then, and returns the time at which the next is due,
/// if anything ever is.
pub type Maintenance<S> = Box<dyn FnMut(&mut S, Timestamp) -> Option<Timestamp> + Send>;
