//! The writer's steps, and the stores that it takes them in: ours, and ones with a bug planted.

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

use lodge_ground::id::MemberId;
use lodge_ground::store::{Batch, Owners, Row, Store, StoreError, Table, Write};
use lodge_ground::time::Timestamp;
use lodge_plumbing::store::{MasterKey, Options, RestoreFrom, SledStore, restore};

/// The writer takes this many steps.
pub const STEPS: u64 = 24;

/// Before this step it closes its store and opens it again, so that power can be lost while a store recovers.
const REOPENED_BEFORE: u64 = 21;

/// Before these steps it makes an export.
pub const EXPORTED_BEFORE: [u64; 2] = [1, 11];

const ORDERS: &str = "POWER_LOSS_WRITER";

/// The kind of writer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The store as it is.
    Ours,
    /// The store as it is, in a program that acknowledges each step before it took it.
    AcknowledgesFirst,
    /// A store that trusts sled's flush.
    TrustsFlush,
}

/// Every row of a store.
pub type State = BTreeMap<(Table, Vec<u8>), Row>;

/// The orders to a writer in a process of its own.
pub struct Orders {
    pub kind: Kind,
    pub store: PathBuf,
    /// The step after whose acknowledgement it waits to be killed; 0 for none.
    pub pause_after: u64,
}

impl Orders {
    /// The orders as the value of an environment variable.
    pub fn to_environment(&self) -> (&'static str, String) {
        (ORDERS, format!("{:?} {} {}", self.kind, self.pause_after, self.store.display()))
    }

    pub fn from_environment() -> Option<Self> {
        let orders = env::var(ORDERS).ok()?;
        let mut parts = orders.splitn(3, ' ');
        let name = parts.next()?;
        let kind = [Kind::Ours, Kind::AcknowledgesFirst, Kind::TrustsFlush]
            .into_iter()
            .find(|kind| format!("{kind:?}") == name)
            .expect("a kind of writer");
        let pause_after = parts.next()?.parse().expect("a step");
        Some(Self { kind, store: parts.next()?.into(), pause_after })
    }

    /// Takes the steps, saying `ack <step>` after each, and waits to be killed.
    pub fn follow(&self) {
        let mut store = open(self.kind, &self.store).expect("the writer's store opens");
        for step in 1..=STEPS {
            if step == REOPENED_BEFORE && self.kind != Kind::TrustsFlush {
                drop(store);
                store = open(self.kind, &self.store).expect("the writer's store opens again");
            }
            if EXPORTED_BEFORE.contains(&step) {
                store.export(&export_before(step, &self.store)).expect("an export is made");
            }
            let first = self.kind == Kind::AcknowledgesFirst;
            if first {
                self.acknowledge(step);
            }
            take(step, store.as_mut()).expect("the step is taken");
            if !first {
                self.acknowledge(step);
            }
        }
        wait_for_the_end();
    }

    fn acknowledge(&self, step: u64) {
        let mut out = io::stdout().lock();
        writeln!(out, "\nack {step}").and_then(|()| out.flush()).expect("somebody listens");
        if step == self.pause_after {
            wait_for_the_end();
        }
    }
}

/// A store of which exports are made.
pub trait Exported: Store {
    fn export(&mut self, to: &Path) -> Result<(), StoreError>;
}

impl Exported for SledStore {
    fn export(&mut self, to: &Path) -> Result<(), StoreError> {
        Self::export(self, to, &master(), Timestamp::from_millis(0)).map(drop)
    }
}

impl Exported for FlushedSled {
    fn export(&mut self, _: &Path) -> Result<(), StoreError> {
        Ok(())
    }
}

/// Opens the kind of store that a kind of writer has. Its mirror and its exports are beside it.
pub fn open(kind: Kind, path: &Path) -> Result<Box<dyn Exported>, StoreError> {
    match kind {
        Kind::Ours | Kind::AcknowledgesFirst => {
            let options = Options { mirror: Some(path.with_file_name("mirror")), ..Options::default() };
            Ok(Box::new(SledStore::open(path, &master(), options)?))
        }
        Kind::TrustsFlush => Ok(Box::new(FlushedSled::open(path))),
    }
}

/// The rows that the mirror beside `path` and the newest export give when the store itself is lost too; `None` when
/// there is no export yet.
pub fn restored(path: &Path) -> Result<Option<State>, StoreError> {
    let exports = EXPORTED_BEFORE.map(|step| export_before(step, path));
    let Some(export) = exports.into_iter().rfind(|export| export.exists()) else { return Ok(None) };
    let (to, from) = (
        path.with_file_name("restored"),
        RestoreFrom { export, keys: path.with_file_name("mirror"), erasures: None, without_log: false },
    );
    restore(&to, &master(), &Options::default(), &from, &mut |_| {})?;
    state_of(&SledStore::open(&to, &master(), Options::default())?).map(Some)
}

fn export_before(step: u64, store: &Path) -> PathBuf {
    store.with_file_name(format!("export-{step}"))
}

fn master() -> MasterKey {
    MasterKey::from_bytes([3; 32])
}

/// Every row of `store`.
pub fn state_of(store: &dyn Store) -> Result<State, StoreError> {
    let mut state = State::new();
    for table in Table::ALL {
        state.extend(store.load(table)?.into_iter().map(|row| ((table, row.key.clone()), row)));
    }
    Ok(state)
}

/// The rows of a store after each step, from none to all.
pub fn states() -> Vec<State> {
    let mut states = vec![State::new()];
    for step in 1..=STEPS {
        let mut state = states.last().cloned().unwrap_or_default();
        match step_of(step) {
            Step::Forget(members) => state.retain(|_, row| row.owners.is_disjoint(&members)),
            Step::Commit(batch) => batch.into_iter().for_each(|write| match write {
                Write::Put(row) => drop(state.insert((row.table, row.key.clone()), row)),
                Write::Delete { table, key } => drop(state.remove(&(table, key))),
            }),
        }
        states.push(state);
    }
    states
}

/// Takes the step of this number.
pub fn take(step: u64, store: &mut dyn Store) -> Result<(), StoreError> {
    match step_of(step) {
        Step::Commit(batch) => store.commit(&batch),
        Step::Forget(members) => store.forget(&members),
    }
}

enum Step {
    Commit(Batch),
    Forget(Owners),
}

/// Each commit touches several tables, so that half of it would show; every third has a new owner, so that there is a
/// new key; and some members are forgotten.
fn step_of(step: u64) -> Step {
    let member = |number: u64| MemberId::from_bytes(u128::from(number).to_be_bytes());
    let newest = 10 + step / 3;
    if step % 8 == 7 {
        return Step::Forget([newest - 2, newest - 3].map(member).into());
    }
    let length = usize::try_from(step * 7919 % 3000).expect("a length");
    let put = |table, key: &[u8], owners: &[u64], filler: usize| {
        let owners = owners.iter().copied().map(member).collect();
        let value = [&step.to_be_bytes()[..], &vec![b'x'; filler]].concat();
        Write::Put(Row { table, key: key.to_vec(), owners, value })
    };
    let event = step.to_be_bytes();
    Step::Commit(vec![
        put(Table::Singles, b"token", &[], 0),
        put(Table::Seen, &event, &[], 0),
        put(Table::Audit, &event, &[], 120),
        put(Table::Members, &newest.to_be_bytes(), &[newest], length),
        put(Table::Introductions, &[b'0' + event[7] % 5], &[newest, newest - 1], length / 2),
        put(Table::Outbox, &event, &[newest], 300),
        Write::Delete { table: Table::Outbox, key: (step - 1).to_be_bytes().to_vec() },
    ])
}

fn wait_for_the_end() {
    let end = io::stdin().read_to_end(&mut Vec::new());
    panic!("nobody killed the writer: {end:?}");
}

/// Rows in the clear, each commit flushed by sled and acknowledged then. Its files are all synced once, when it opens.
struct FlushedSled(sled::Db);

impl FlushedSled {
    fn open(path: &Path) -> Self {
        let db = sled::Config::new().path(path).flush_every_ms(None).open().expect("sled opens");
        for entry in fs::read_dir(path).expect("its directory") {
            let file = File::open(entry.expect("an entry").path()).expect("its file");
            file.sync_all().expect("a sync");
        }
        for directory in [path, path.parent().expect("a directory above")] {
            File::open(directory).and_then(|directory| directory.sync_all()).expect("a sync");
        }
        Self(db)
    }
}

impl Store for FlushedSled {
    fn load(&self, table: Table) -> Result<Vec<Row>, StoreError> {
        let rows = self.0.scan_prefix([table as u8]).map(|found| {
            let (key, value) = found.expect("a row");
            let (owners, value) = value[1..].split_at(16 * usize::from(value[0]));
            let owners: Owners =
                owners.chunks(16).map(|id| MemberId::from_bytes(id.try_into().expect("an id"))).collect();
            Row { table, key: key[1..].to_vec(), owners, value: value.to_vec() }
        });
        Ok(rows.collect())
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        let mut changes = sled::Batch::default();
        for write in batch {
            match write {
                Write::Put(row) => {
                    let owners: Vec<u8> = row.owners.iter().flat_map(|owner| owner.to_bytes()).collect();
                    let count = u8::try_from(row.owners.len()).expect("few owners");
                    let value = [&[count][..], &owners, &row.value].concat();
                    changes.insert([&[row.table as u8], row.key.as_slice()].concat(), value);
                }
                Write::Delete { table, key } => changes.remove([&[*table as u8], key.as_slice()].concat()),
            }
        }
        self.0.apply_batch(changes).expect("a batch");
        self.0.flush().expect("a flush");
        Ok(())
    }

    fn forgotten(&self) -> Owners {
        Owners::new()
    }

    fn forget(&mut self, members: &Owners) -> Result<(), StoreError> {
        let state = state_of(self)?;
        let theirs = state.into_values().filter(|row| !row.owners.is_disjoint(members));
        self.commit(&theirs.map(|row| Write::Delete { table: row.table, key: row.key }).collect())
    }
}
