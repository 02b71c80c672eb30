//! Writes rows behind the commit log, which has their acknowledged commits, while the next ones are made.
//!
//! A thread writes them, and takes the commits that came in while it synced as one batch. So sled never has more than
//! one batch that is not synced, and a disk that many commits wait for is synced fewer times.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use lodge_ground::store::{Owners, StoreError};
use tracing::error;

use super::log_format::{Changes, Position};
use super::log_replay::is_row;
use super::owned::Owned;
use super::rows::{Place, Rows};
use super::seal::RowSeal;

/// The number of commits that the rows may lack of those that the commit log has.
pub(super) const BEHIND_MAX: usize = 64;

/// The place of the last commit's number, among the rows.
pub(super) const NUMBER_PLACE: &[u8] = &[0, 1];
/// The place of the link of the last commit's record in the commit log, after the commit's number.
pub(super) const LINK_PLACE: &[u8] = &[0, 3];

/// A commit to the rows.
pub(super) struct Commit {
    pub(super) position: Position,
    pub(super) changes: Changes,
    /// Whether the commit log has it.
    pub(super) is_logged: bool,
}

/// The rows, and the thread that writes them.
pub(super) struct Behind {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    rows: Rows,
    seal: Arc<RowSeal>,
    owned: Mutex<Owned>,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    waiting: Vec<Commit>,
    /// The commits that are not safe among the rows: those that wait, and those that are being written.
    unsafe_yet: usize,
    failed: Option<StoreError>,
    /// Whether nothing more is to be written.
    is_over: bool,
}

impl Behind {
    /// Begins to write rows, which are owned so.
    pub(super) fn begin(rows: Rows, seal: Arc<RowSeal>, owned: Owned) -> io::Result<Self> {
        let (owned, state) = (Mutex::new(owned), Mutex::default());
        let shared = Arc::new(Shared { rows, seal, owned, state, changed: Condvar::new() });
        let work = shared.clone();
        let thread = thread::Builder::new().name("write".to_owned()).spawn(move || work.write_all_that_come())?;
        Ok(Self { shared, thread: Some(thread) })
    }

    /// Writes a commit that the log has. It is safe among the rows some time later.
    ///
    /// # Errors
    /// Those of commits before it, after which nothing more is written.
    pub(super) fn write_soon(&self, commit: Commit) -> Result<(), StoreError> {
        let mut state = self.shared.wait_while(|state| state.unsafe_yet >= BEHIND_MAX)?;
        state.waiting.push(commit);
        state.unsafe_yet += 1;
        drop(state);
        self.shared.changed.notify_all();
        Ok(())
    }

    /// Writes a commit, and returns when it is safe among the rows.
    pub(super) fn write(&self, commit: Commit) -> Result<(), StoreError> {
        self.finish()?;
        self.shared.write(vec![commit])
    }

    /// Returns when all commits are safe among the rows.
    pub(super) fn finish(&self) -> Result<(), StoreError> {
        self.shared.wait_while(|state| state.unsafe_yet > 0).map(drop)
    }

    /// The rows, with every commit.
    pub(super) fn rows(&self) -> Result<&Rows, StoreError> {
        self.finish()?;
        Ok(&self.shared.rows)
    }

    /// The longest row that can be written, sealed, in bytes.
    pub(super) fn longest(&self) -> usize {
        self.shared.rows.longest()
    }

    /// The places of the rows of any of these.
    pub(super) fn places_of(&self, owners: &Owners) -> Result<Vec<Vec<u8>>, StoreError> {
        self.finish()?;
        Ok(lock(&self.shared.owned).places_of(owners).iter().map(|place| place.to_vec()).collect())
    }

    /// Writes nothing more, and keeps sled from it too.
    pub(super) fn abandon(&self) {
        let mut state = lock(&self.shared.state);
        state.is_over = true;
        state.waiting.clear();
        drop(state);
        self.shared.changed.notify_all();
        self.shared.rows.abandon();
    }

    /// Puts a file in the place of sled's log that cannot be synced.
    #[cfg(test)]
    pub(super) fn break_log(&self) {
        self.shared.rows.break_log();
    }
}

impl Drop for Behind {
    /// Writes the batches that wait, and lets go of the database.
    fn drop(&mut self) {
        lock(&self.shared.state).is_over = true;
        self.shared.changed.notify_all();
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

impl Shared {
    fn write_all_that_come(&self) {
        let _ended = Ended(self);
        loop {
            let commits = {
                let idle = |state: &mut State| state.waiting.is_empty() && !state.is_over;
                let waited = self.changed.wait_while(lock(&self.state), idle);
                std::mem::take(&mut waited.unwrap_or_else(PoisonError::into_inner).waiting)
            };
            if commits.is_empty() {
                return;
            }
            let number = commits.len();
            let written = self.write(commits);
            let mut state = lock(&self.state);
            state.unsafe_yet -= number;
            if let Err(error) = written {
                error!(%error, "the store's rows were not written; the commit log has them");
                state.failed = Some(error);
                state.is_over = true;
                state.waiting.clear();
            }
            drop(state);
            self.changed.notify_all();
        }
    }

    /// Waits as long as this is so and there is something that could change it.
    fn wait_while(&self, is_so: impl Fn(&State) -> bool) -> Result<MutexGuard<'_, State>, StoreError> {
        let waits = |state: &mut State| !state.is_over && is_so(state);
        let waited = self.changed.wait_while(lock(&self.state), waits);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        match state.failed.take() {
            Some(error) => Err(error),
            None if state.is_over => Err(StoreError::Stopped),
            None => Ok(state),
        }
    }

    /// Writes commits among the rows, and which of them is the last, all or nothing. They are safe then.
    fn write(&self, commits: Vec<Commit>) -> Result<(), StoreError> {
        let Some((Position { number, link }, is_logged)) = commits.last().map(|last| (last.position, last.is_logged))
        else {
            return Ok(());
        };
        let mut batch = sled::Batch::default();
        // Of several changes in one place the last counts.
        let changes: BTreeMap<_, _> = commits.into_iter().flat_map(|commit| commit.changes).collect();
        for (place, sealed) in changes {
            self.owns(&place, sealed.as_deref())?;
            match sealed {
                Some(sealed) => batch.insert(place, sealed),
                None => batch.remove(place),
            }
        }
        let number = number.to_be_bytes();
        batch.insert(NUMBER_PLACE, self.seal.seal_raw(NUMBER_PLACE, &number)?);
        if is_logged {
            batch.insert(LINK_PLACE, self.seal.seal_raw(LINK_PLACE, &[&number[..], &link].concat())?);
        }
        self.rows.write(batch)
    }

    /// Keeps in mind whose a row is that is about to be written, or taken away.
    fn owns(&self, place: &[u8], sealed: Option<&[u8]>) -> Result<(), StoreError> {
        if !is_row(place) {
            return Ok(());
        }
        let at = Place::from(place);
        let mut owned = lock(&self.owned);
        if let Some(before) = self.rows.get(place)? {
            owned.remove(&at, &self.seal.owners(place, &before)?);
        }
        if let Some(sealed) = sealed {
            owned.add(&at, &self.seal.owners(place, sealed)?);
        }
        Ok(())
    }
}

/// Tells that the thread has ended, also by a panic, to those who wait for it.
struct Ended<'a>(&'a Shared);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        lock(&self.0.state).is_over = true;
        self.0.changed.notify_all();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use lodge_ground::id::MemberId;
    use lodge_ground::store::{Row, Table};

    use super::super::keyring::Keyring;
    use super::super::master::MasterKey;
    use super::super::rows::SEGMENT;
    use super::*;

    #[test]
    fn commits_that_come_while_the_rows_are_synced_are_written_as_they_came_and_read_once_they_are() {
        let dir = tempfile::tempdir().unwrap();
        let master = MasterKey::from_bytes([5; 32]);
        let mut keyring = Keyring::create(&dir.path().join("keys"), &master).unwrap();
        let [one, other] = [1, 2].map(|number| MemberId::from_bytes([number; 16]));
        keyring.admit(&[one, other].into()).unwrap();
        let seal = Arc::new(RowSeal::new(&master));
        let rows = Rows::open(&dir.path().join("rows"), 1 << 20, SEGMENT).unwrap();
        let behind = Behind::begin(rows, seal.clone(), Owned::default()).unwrap();
        let row = |owner, value: u8| {
            let row = Row { table: Table::Singles, key: vec![1], owners: [owner].into(), value: vec![value] };
            seal.seal(&row, &keyring).map(|(place, sealed)| (place, Some(sealed))).unwrap()
        };
        let (place, first) = row(one, 1);
        let commits = [first, row(other, 2).1, None, row(other, 4).1, row(one, 5).1];
        // The thread waits for this before it writes anything.
        let held = lock(&behind.shared.owned);
        for (number, sealed) in (1..).zip(commits.clone()) {
            let changes = vec![(place.clone(), sealed)];
            let position = Position { number, link: [7; 16] };
            behind.write_soon(Commit { position, changes, is_logged: true }).unwrap();
        }
        drop(held);
        let found = behind.rows().unwrap().get(&place).unwrap();
        assert_eq!(found.as_deref(), commits[4].as_deref());
        assert_eq!(behind.places_of(&[one].into()).unwrap(), [place]);
        assert_eq!(behind.places_of(&[other].into()).unwrap(), Vec::<Vec<u8>>::new());
        let number = behind.rows().unwrap().get(NUMBER_PLACE).unwrap().unwrap();
        assert_eq!(seal.open_raw(NUMBER_PLACE, &number).unwrap().as_slice(), 5_u64.to_be_bytes());
    }
}
