//! The outbox: jobs that were committed and are still to be done, in order within each line.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use serde::{Deserialize, Serialize};

use crate::id::{EffectId, MemberId};
use crate::store::Table;
use crate::time::{Span, Timestamp};
use crate::venue::Venue;

/// A thing to be done, in the terms of one service.
pub trait Errand {
    /// The table of such jobs.
    const TABLE: Table = Table::Outbox;

    /// The name of a line; the jobs of one line are done one after another.
    type Line: Clone + Debug + Ord;

    /// The line that it stands in.
    fn line(&self) -> Self::Line;

    /// The people named by it, beside those whose details are in it: without their rows it cannot be done.
    fn names(&self) -> Option<MemberId>;
}

/// The words beside which their answer stands, such as a thread of a conversation, in the terms of the channel that heard
/// them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// The conversation in which they were said.
    pub room: Venue,
    /// The message from which the talk beside began.
    pub root: String,
    /// The message that is answered.
    pub words: String,
}

/// Something to be done, as it stands in the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job<E> {
    /// Its place in the order of all jobs.
    pub number: u64,
    /// The id of the effect that the job carries out.
    pub id: EffectId,
    /// The members whose details are in it.
    pub owners: BTreeSet<MemberId>,
    /// The thing to be done.
    pub errand: E,
    /// Whether it is not to be done any more, and stays only until it is known whether it was.
    #[serde(default)]
    pub withdrawn: bool,
    /// The words that it answers, where it says something to their writer and stands beside them. Older rows have none.
    #[serde(default, rename = "thread", skip_serializing_if = "Option::is_none")]
    pub beside: Option<Beside>,
}

impl<E: Errand> Job<E> {
    /// The people without whose rows it cannot be done.
    pub fn people(&self) -> BTreeSet<MemberId> {
        self.owners.iter().copied().chain(self.errand.names()).collect()
    }
}

/// The end of a try, for the line whose head was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It had an outcome, and the line may go on.
    Finished,
    /// The line must wait until then.
    Delayed(Timestamp),
    /// Nobody knows the outcome. It may still show in what comes in.
    Uncertain,
}

/// The state of a line.
#[derive(Debug, Clone, Default)]
struct Queue {
    jobs: BTreeSet<u64>,
    busy: bool,
    /// The line is not tried before this moment.
    later: Option<Timestamp>,
    /// Tries that failed in a row.
    failures: u32,
    /// This many more sync responses must come first, for the outcome of an earlier try to show in them.
    held: u8,
}

/// The first wait after a failure; it doubles with each further one.
const BACKOFF_FIRST: Span = Span::from_millis(500);

/// The longest wait between tries.
const BACKOFF_MAX_MS: u64 = 60_000;

/// After an unknown outcome two responses must come: one that was asked for before it tells nothing.
const RESPONSES_AFTER_UNKNOWN: u8 = 2;

/// The jobs that are still to be done, by line.
#[derive(Debug, Clone)]
pub struct Outbox<E: Errand> {
    next: u64,
    jobs: BTreeMap<u64, Job<E>>,
    by_effect: BTreeMap<EffectId, u64>,
    /// The jobs that cannot be done without a person's rows, by that person.
    by_person: BTreeMap<MemberId, BTreeSet<u64>>,
    queues: BTreeMap<E::Line, Queue>,
    /// Jobs that are not committed yet.
    staged: BTreeSet<u64>,
    /// Lines that may have something ready.
    candidates: BTreeSet<E::Line>,
    /// Jobs that an earlier process may have tried, or whose try had an unknown outcome.
    uncertain: BTreeSet<u64>,
    /// Jobs that are withdrawn.
    withdrawn: BTreeSet<EffectId>,
    /// Lines whose next try waits for a moment.
    waits: BTreeSet<(Timestamp, E::Line)>,
}

impl<E: Errand> Default for Outbox<E> {
    fn default() -> Self {
        Self {
            next: 0,
            jobs: BTreeMap::new(),
            by_effect: BTreeMap::new(),
            by_person: BTreeMap::new(),
            queues: BTreeMap::new(),
            staged: BTreeSet::new(),
            candidates: BTreeSet::new(),
            uncertain: BTreeSet::new(),
            withdrawn: BTreeSet::new(),
            waits: BTreeSet::new(),
        }
    }
}

impl<E: Errand> Outbox<E> {
    /// The outbox that these jobs are. All of them may have been tried before, so each waits for one sync response.
    pub fn from_jobs(jobs: Vec<Job<E>>) -> Self {
        let mut outbox = Self::default();
        for job in jobs {
            let line = job.errand.line();
            outbox.next = outbox.next.max(job.number + 1);
            outbox.uncertain.insert(job.number);
            outbox.by_effect.insert(job.id, job.number);
            outbox.withdrawn.extend(job.withdrawn.then_some(job.id));
            let queue = outbox.queues.entry(line.clone()).or_default();
            queue.jobs.insert(job.number);
            queue.held = 1;
            outbox.candidates.insert(line);
            outbox.concerns(&job);
            outbox.jobs.insert(job.number, job);
        }
        outbox
    }

    /// Adds a job, to be done once it is committed; `beside` holds the words that it answers, if it stands beside them.
    pub fn add(&mut self, id: EffectId, owners: BTreeSet<MemberId>, errand: E, beside: Option<Beside>) -> &Job<E> {
        let number = self.next;
        self.next += 1;
        self.staged.insert(number);
        self.by_effect.insert(id, number);
        self.queues.entry(errand.line()).or_default().jobs.insert(number);
        let job = Job { number, id, owners, errand, withdrawn: false, beside };
        self.concerns(&job);
        self.jobs.entry(number).or_insert(job)
    }

    /// The jobs that cannot be done without this person's rows: theirs, and those that name them.
    pub fn of(&self, person: MemberId) -> impl Iterator<Item = &Job<E>> {
        self.by_person.get(&person).into_iter().flatten().filter_map(|number| self.jobs.get(number))
    }

    fn concerns(&mut self, job: &Job<E>) {
        for person in job.people() {
            self.by_person.entry(person).or_default().insert(job.number);
        }
    }

    /// Releases the jobs that were added since the last commit: they are on disk now.
    pub fn committed(&mut self) {
        for number in std::mem::take(&mut self.staged) {
            if let Some(job) = self.jobs.get(&number) {
                self.candidates.insert(job.errand.line());
            }
        }
    }

    /// The job of this effect.
    pub fn job(&self, id: EffectId) -> Option<&Job<E>> {
        self.by_effect.get(&id).and_then(|number| self.jobs.get(number))
    }

    /// Takes a job out: it is done, or not to be done any more.
    pub fn take(&mut self, id: EffectId) -> Option<Job<E>> {
        let number = self.by_effect.remove(&id)?;
        let job = self.jobs.remove(&number)?;
        self.staged.remove(&number);
        self.uncertain.remove(&number);
        self.withdrawn.remove(&id);
        for person in job.people() {
            if let Some(theirs) = self.by_person.get_mut(&person) {
                theirs.remove(&number);
                if theirs.is_empty() {
                    self.by_person.remove(&person);
                }
            }
        }
        if let Some(queue) = self.queues.get_mut(&job.errand.line()) {
            queue.jobs.remove(&number);
        }
        self.tidy(job.errand.line());
        Some(job)
    }

    /// A job is done apart from the words that it answers from now on, where it was to stand beside some.
    pub fn set_apart(&mut self, id: EffectId) -> Option<&Job<E>> {
        let job = self.jobs.get_mut(self.by_effect.get(&id)?)?;
        job.beside.take().map(|_| &*job)
    }

    /// The numbers of the first and the last job; `None` when there is none.
    pub fn numbers(&self) -> Option<(u64, u64)> {
        Some((*self.jobs.first_key_value()?.0, *self.jobs.last_key_value()?.0))
    }

    /// Whether a try of this job is on its way, or had an outcome that may still show.
    pub fn is_in_doubt(&self, id: EffectId) -> bool {
        let Some(job) = self.job(id) else { return false };
        let queue = self.queues.get(&job.errand.line());
        queue.is_some_and(|queue| queue.jobs.first() == Some(&job.number) && (queue.busy || queue.held > 0))
    }

    /// Whether this job waits, with no try of it on its way.
    pub fn is_waiting(&self, job: &Job<E>) -> bool {
        let queue = self.queues.get(&job.errand.line());
        queue.is_some_and(|queue| !queue.busy || queue.jobs.first() != Some(&job.number))
    }

    /// A job is not to be done any more. It keeps its place, untried, until somebody takes it out.
    pub fn withdraw(&mut self, id: EffectId) -> Option<&Job<E>> {
        let job = self.jobs.get_mut(self.by_effect.get(&id)?)?;
        job.withdrawn = true;
        self.withdrawn.insert(id);
        Some(job)
    }

    /// Withdrawn jobs that were not done, and of which no try can show any more.
    pub fn never_done(&self) -> Vec<EffectId> {
        self.withdrawn.iter().copied().filter(|id| !self.is_in_doubt(*id)).collect()
    }

    /// A line may go on: something that it waited for has come.
    pub fn wake(&mut self, line: E::Line) {
        if self.queues.contains_key(&line) {
            self.candidates.insert(line);
        }
    }

    /// A sync response was committed.
    pub fn heard(&mut self) {
        let held: Vec<E::Line> = self.held().cloned().collect();
        for line in held {
            if let Some(queue) = self.queues.get_mut(&line) {
                queue.held -= 1;
            }
            self.candidates.insert(line.clone());
            self.tidy(line);
        }
    }

    /// Makes a line wait until this many more sync responses are committed.
    pub fn hold(&mut self, line: &E::Line, responses: u8) {
        if let Some(queue) = self.queues.get_mut(line) {
            queue.held = queue.held.max(responses);
        }
    }

    /// The lines that wait for sync responses.
    pub fn held(&self) -> impl Iterator<Item = &E::Line> {
        self.queues.iter().filter(|(_, queue)| queue.held > 0).map(|(line, _)| line)
    }

    /// The heads of all lines that may be tried now.
    pub fn heads(&mut self, now: Timestamp) -> Vec<E::Line> {
        while let Some((due, _)) = self.waits.first().filter(|(due, _)| *due <= now) {
            let due = *due;
            if let Some((_, line)) = self.waits.pop_first() {
                if let Some(queue) = self.queues.get_mut(&line).filter(|queue| queue.later == Some(due)) {
                    queue.later = None;
                }
                self.candidates.insert(line);
            }
        }
        let candidates = std::mem::take(&mut self.candidates);
        candidates.into_iter().filter(|line| self.head(line).is_some()).collect()
    }

    /// The job at the head of a line, if it may be tried now.
    pub fn head(&self, line: &E::Line) -> Option<&Job<E>> {
        let queue = self.queues.get(line)?;
        if queue.busy || queue.held > 0 || queue.later.is_some() {
            return None;
        }
        let number = queue.jobs.first().filter(|number| !self.staged.contains(number))?;
        self.jobs.get(number).filter(|job| !job.withdrawn)
    }

    /// The jobs of a line, in order.
    pub fn in_line(&self, line: &E::Line) -> impl Iterator<Item = &Job<E>> {
        self.queues.get(line).into_iter().flat_map(|queue| &queue.jobs).filter_map(|number| self.jobs.get(number))
    }

    /// Whether this job may have been tried before, with an outcome that nobody knows.
    pub fn is_uncertain(&self, job: &Job<E>) -> bool {
        self.uncertain.contains(&job.number)
    }

    /// The head of this line is being tried.
    pub fn started(&mut self, line: &E::Line) {
        if let Some(queue) = self.queues.get_mut(line) {
            queue.busy = true;
        }
    }

    /// The try of a line's head has ended.
    pub fn ended(&mut self, line: &E::Line, end: End, now: Timestamp) {
        match end {
            End::Finished => self.finished(line),
            End::Delayed(until) => self.delayed(line, until),
            End::Uncertain => self.uncertain(line, now),
        }
    }

    /// A try has ended; the line may go on.
    pub fn finished(&mut self, line: &E::Line) {
        if let Some(queue) = self.queues.get_mut(line) {
            queue.busy = false;
            queue.failures = 0;
        }
        self.candidates.insert(line.clone());
        self.tidy(line.clone());
    }

    /// The homeserver asked to wait until then.
    pub fn delayed(&mut self, line: &E::Line, until: Timestamp) {
        if let Some(queue) = self.queues.get_mut(line) {
            queue.busy = false;
            queue.later = Some(until);
            self.waits.insert((until, line.clone()));
        }
    }

    /// A try ended and nobody knows how.
    pub fn uncertain(&mut self, line: &E::Line, now: Timestamp) {
        let Some(queue) = self.queues.get_mut(line) else { return };
        let wait = BACKOFF_FIRST.as_millis().saturating_mul(1 << queue.failures.min(16)).min(BACKOFF_MAX_MS);
        queue.failures += 1;
        queue.held = RESPONSES_AFTER_UNKNOWN;
        self.uncertain.extend(queue.jobs.first());
        self.delayed(line, now.after(Span::from_millis(wait)));
    }

    /// The first moment at which a line that waits may go on.
    pub fn next_wake(&self) -> Option<Timestamp> {
        self.waits.first().map(|(due, _)| *due)
    }

    /// The number of jobs that are still to be done.
    pub fn len(&self) -> usize {
        self.jobs.len()
    }

    /// Whether nothing is to be done.
    pub fn is_empty(&self) -> bool {
        self.jobs.is_empty()
    }

    /// Every job, in order.
    pub fn jobs(&self) -> impl Iterator<Item = &Job<E>> {
        self.jobs.values()
    }

    fn tidy(&mut self, line: E::Line) {
        let idle = |queue: &Queue| queue.jobs.is_empty() && !queue.busy && queue.later.is_none() && queue.held == 0;
        if self.queues.get(&line).is_some_and(idle) {
            self.queues.remove(&line);
            self.candidates.remove(&line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A letter to be sent; all go one after another.
    struct Letter;

    impl Errand for Letter {
        type Line = ();

        fn line(&self) {}

        fn names(&self) -> Option<MemberId> {
            None
        }
    }

    #[test]
    fn what_is_withdrawn_is_not_tried() {
        let (mut outbox, id) = (Outbox::<Letter>::default(), EffectId::from_bytes([1; 16]));
        outbox.add(id, BTreeSet::new(), Letter, None);
        outbox.committed();
        assert!(outbox.head(&()).is_some());
        outbox.withdraw(id);
        assert!(outbox.head(&()).is_none());
        assert_eq!((outbox.never_done(), outbox.len()), (vec![id], 1));
    }
}
