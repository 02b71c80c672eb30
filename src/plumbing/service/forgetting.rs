//! Forgetting, a few at a time: however many are to be forgotten, members are answered in between, and a stop is heard.

use std::collections::BTreeMap;
use std::time::Duration;

use lodge_ground::store::{Row, Store, StoreError};
use lodge_ground::time::Timestamp;
use tokio::task::block_in_place;
use tokio::time::Instant;

use super::Engine;

/// The number that are forgotten before the owner looks at its mail again. For all of them there are some six writes to disk, and
/// as many again where the store has a mirror.
pub(super) const AT_ONCE: usize = 32;

/// Forgets the next few of the members of whom all is done; returns whether there may be more.
///
/// Their keys are destroyed first. The rows that follow are committed at once, so that nothing which comes in between
/// knows the members still.
pub(super) fn forget_some<E: Engine>(
    engine: &mut E,
    store: &mut impl Store,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let people = engine.to_forget(AT_ONCE)?;
    if people.is_empty() {
        return Ok(false);
    }
    commit(engine, store)?;
    let mut outlives = BTreeMap::new();
    for person in &people {
        let rows: Vec<Row> = engine.outlives(*person)?;
        outlives.extend(rows.into_iter().map(|row| ((row.table, row.key.clone()), row)));
    }
    block_in_place(|| {
        store.outlive(&outlives.into_values().collect::<Vec<_>>())?;
        store.forget(&people)
    })?;
    engine.forgotten(&people, now)?;
    commit(engine, store)?;
    Ok(true)
}

/// Commits the rows that changed, and returns how long that took; `None` where there were none.
pub(super) fn commit<E: Engine>(engine: &mut E, store: &mut impl Store) -> Result<Option<Duration>, StoreError> {
    let batch = engine.take_batch()?;
    let mut took = None;
    if !batch.is_empty() {
        let began = Instant::now();
        // The disk is waited for where it stops nobody else.
        block_in_place(|| store.commit(&batch))?;
        took = Some(began.elapsed());
    }
    engine.committed();
    Ok(took)
}
