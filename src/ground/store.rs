//! Rows in tables, written in batches that hold or fail as a whole.
//!
//! The trait is small so that another engine can take its place. [`Memory`] is the one for simulations; the durable
//! one, which seals its files, is in the plumbing package. One suite of tests runs against both.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::id::MemberId;
use crate::stored::{self, Stored};
use crate::time::Timestamp;

/// Declares the kinds of row, each with its number, so that none is left out where all are gone through.
macro_rules! tables {
    ($($(#[$about:meta])* $table:ident = $number:literal,)*) => {
        /// A kind of row. The number stands on disk and never changes its meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Table {
            $($(#[$about])* $table = $number,)*
        }

        impl Table {
            /// Every table, in the order of its number.
            pub const ALL: [Self; [$(Self::$table),*].len()] = [$(Self::$table),*];
        }
    };
}

tables! {
    /// Members of the hub, with the prompts open to them.
    Members = 1,
    /// Introductions, with the consents they rest on.
    Introductions = 2,
    /// Timers, each with its owner and the time at which it is due.
    Timers = 3,
    /// Effects that were committed and are not yet acknowledged.
    Outbox = 4,
    /// The ledger: Matrix events already dealt with.
    Seen = 5,
    /// The room in which the porter talks with each member.
    Conversations = 6,
    /// Events that could not be decrypted yet.
    Waiting = 7,
    /// The events of the porter's messages that show details, for answers by reply and for taking them back.
    Asked = 8,
    /// Single values: the sync token, the head of the audit chain.
    Singles = 9,
    /// The audit log, by number.
    Audit = 10,
    /// Keyed hashes of blocks, cooldowns and erasures.
    Marks = 11,
    /// Reports that wait for a person to look at them.
    Reports = 12,
    /// The roster: the people whom the service lists.
    Listings = 13,
    /// Organisations that employ people.
    Organisations = 14,
    /// Entries of the mentors' list, as they were made when it last changed.
    Entries = 15,
    /// Rooms for many, with the members who are in them or are to be.
    Rooms = 20,
    /// Proposals that members made to staff.
    Proposals = 21,
    /// Reports of members about rooms for many.
    Cases = 22,
    /// Questions that people asked of staff.
    Enquiries = 23,
    /// Notes that members keep for themselves.
    Notebooks = 24,
    /// Events at which people meet.
    Events = 25,
    /// The places of members on the lists of events.
    SignUps = 26,
    /// The contacts of members for the hosts of events.
    HandOvers = 27,
    /// Messages that are read later.
    Unread = 40,
    /// The messages that were heard, of each Megolm session.
    Ciphers = 41,
    /// The devices that are known to be somebody's.
    Pinned = 42,
    /// Things that a channel does of its own accord, and that are not yet done.
    Chores = 43,
    /// Of the counselling service: the people who wrote to it.
    Clients = 50,
    /// Of the counselling service: its counsellors.
    Counsellors = 51,
    /// Of the counselling service: each client's way to a counsellor.
    Counsel = 52,
}

/// The members whose data a row holds, each of whose keys is needed to read it. A row about nobody has none.
pub type Owners = BTreeSet<MemberId>;

/// Most rows have fewer bytes than this, so that their content is written without a larger place having to be found.
const USUAL_ROW: usize = 512;

/// One row, in the clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The kind of the row.
    pub table: Table,
    /// Its key in that table.
    pub key: Vec<u8>,
    /// The members whose data it holds.
    pub owners: Owners,
    /// Its content, as JSON.
    pub value: Vec<u8>,
}

/// One change to the rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Put this row in the place of any with its key.
    Put(Row),
    /// Take away the row with this key; no matter whether there is one.
    Delete {
        /// The kind of the row.
        table: Table,
        /// Its key in that table.
        key: Vec<u8>,
    },
}

impl Row {
    /// The row that holds `it`.
    ///
    /// # Errors
    /// When `it` cannot be written as JSON, which no kind of row does.
    pub fn holding(table: Table, key: Vec<u8>, owners: Owners, it: &impl Serialize) -> Result<Self, StoreError> {
        let mut value = Vec::with_capacity(USUAL_ROW);
        serde_json::to_writer(&mut value, it)
            .map_err(|error| StoreError::Engine { doing: "write a row as JSON", cause: error.to_string() })?;
        Ok(Self { table, key, owners, value })
    }

    /// Reads the content.
    ///
    /// # Errors
    /// When it does not read as such a thing: the store is damaged.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, StoreError> {
        serde_json::from_slice(&self.value).map_err(|error| StoreError::Damaged {
            what: format!("a row of {:?} does not read as one: {error}", self.table),
        })
    }
}

/// Says that the store was restored from an export alone, and has nothing of the time after it. The first start sees to
/// the consequences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// The time at which the export was made.
    pub from: Timestamp,
    /// Whether the first start has seen to that, and only a sync response is waited for.
    #[serde(default)]
    pub seen_to: bool,
}

/// Changes that hold or fail together, in order: a later change of one key replaces an earlier one.
pub type Batch = Vec<Write>;

/// The reasons for which a store could not do its work. After any of these nothing more may be written: the program
/// stops.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk or the engine failed.
    #[error("the store could not {doing}: {cause}")]
    Engine {
        /// The work, as a verb phrase.
        doing: &'static str,
        /// The engine's own words.
        cause: String,
    },
    /// A row is not as it was written.
    #[error("the store is damaged: {what}; keep its directory as it is and restore an export")]
    Damaged {
        /// The part that does not fit.
        what: String,
    },
    /// The key file or the key ring is missing or belongs to another store.
    #[error("the store cannot be opened: {why}")]
    Locked {
        /// The part that is missing, and where it should be.
        why: String,
    },
    /// Another program has the store open.
    #[error("the store in {place} is open already; another lodge may be running")]
    Held {
        /// The directory of the store.
        place: String,
    },
    /// A row was to be written for a member who was forgotten. Forgotten members stay forgotten: somebody who comes
    /// back is a new member with a new id.
    #[error("the store does not take rows of {member}, who was forgotten; a person who returns needs a new id")]
    Forgotten {
        /// The member whose key was destroyed.
        member: MemberId,
    },
    /// An earlier error left it open what reached the disk.
    #[error("the store stopped at an earlier error; start the program again")]
    Stopped,
}

/// A store of rows. One writer owns it.
///
/// # Examples
///
/// ```
/// use lodge_ground::id::MemberId;
/// use lodge_ground::store::{Memory, Owners, Row, Store, Table, Write};
///
/// let mut store = Memory::default();
/// let sam = MemberId::from_bytes([1; 16]);
/// let of = |owners: Owners, key: &[u8]| Row { table: Table::Marks, key: key.to_vec(), owners, value: b"{}".to_vec() };
/// let (theirs, nobodys) = (of([sam].into(), b"1"), of(Owners::new(), b"2"));
///
/// // Both or neither.
/// store.commit(&vec![Write::Put(theirs.clone()), Write::Put(nobodys.clone())])?;
/// assert_eq!(store.load(Table::Marks)?, [theirs, nobodys.clone()]);
///
/// store.forget(&[sam].into())?;
/// assert_eq!(store.load(Table::Marks)?, [nobodys]);
/// # Ok::<(), lodge_ground::store::StoreError>(())
/// ```
pub trait Store: Send {
    /// All rows of one table, in the order of their keys.
    ///
    /// A row whose owner was forgotten is not there.
    fn load(&self, table: Table) -> Result<Vec<Row>, StoreError>;

    /// Writes all of `batch` or nothing. After `Ok`, the batch survives a loss of power.
    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError>;

    /// The members who were forgotten.
    fn forgotten(&self) -> Owners;

    /// Keeps a second time, where a restore of any older copy finds them, rows that must outlive somebody who is forgotten.
    /// A store that cannot be restored needs no such place.
    fn outlive(&mut self, _rows: &[Row]) -> Result<(), StoreError> {
        Ok(())
    }

    /// Destroys what makes these members' rows readable, in this store, its old segments and every copy made of it, and
    /// takes away every row that any of them owns, alone or with others. It cannot be undone: see
    /// [`StoreError::Forgotten`]. A loss of power in between leaves some of them forgotten and the others as they were.
    fn forget(&mut self, members: &Owners) -> Result<(), StoreError>;
}

/// Rows in memory: the store of simulations, lost with its process.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    rows: BTreeMap<(Table, Vec<u8>), Row>,
    forgotten: Owners,
    /// Rows that outlive the forgotten.
    kept: Vec<Row>,
    stopped: bool,
}

impl Store for Memory {
    fn load(&self, table: Table) -> Result<Vec<Row>, StoreError> {
        self.still_running()?;
        let from = (table, Vec::new());
        Ok(self.rows.range(from..).take_while(|((found, _), _)| *found == table).map(|(_, row)| row.clone()).collect())
    }

    fn commit(&mut self, batch: &Batch) -> Result<(), StoreError> {
        self.still_running()?;
        if let Some(member) = self.forgotten.iter().copied().find(|member| is_owner(*member, batch)) {
            self.stopped = true;
            return Err(StoreError::Forgotten { member });
        }
        for write in batch {
            match write {
                Write::Put(row) => {
                    self.rows.insert((row.table, row.key.clone()), row.clone());
                }
                Write::Delete { table, key } => {
                    self.rows.remove(&(*table, key.clone()));
                }
            }
        }
        Ok(())
    }

    fn forgotten(&self) -> Owners {
        self.forgotten.clone()
    }

    fn forget(&mut self, members: &Owners) -> Result<(), StoreError> {
        self.still_running()?;
        self.forgotten.extend(members);
        self.rows.retain(|_, row| row.owners.is_disjoint(members));
        Ok(())
    }

    fn outlive(&mut self, rows: &[Row]) -> Result<(), StoreError> {
        self.kept.extend_from_slice(rows);
        Ok(())
    }
}

impl Memory {
    /// A store that keeps these.
    ///
    /// # Panics
    /// When one cannot be written as JSON, which no kind of row does.
    pub fn of<S: Stored>(kept: impl IntoIterator<Item = S>) -> Self {
        let rows = kept.into_iter().map(|it| stored::row(&it).expect("rows are written as JSON"));
        let rows = rows.map(|row| ((row.table, row.key.clone()), row)).collect();
        Self { rows, ..Self::default() }
    }

    /// Copies all rows of another store.
    ///
    /// # Errors
    /// As [`Store::load`].
    pub fn copy_of(store: &impl Store) -> Result<Self, StoreError> {
        let mut rows = BTreeMap::new();
        for table in Table::ALL {
            rows.extend(store.load(table)?.into_iter().map(|row| ((row.table, row.key.clone()), row)));
        }
        Ok(Self { rows, forgotten: store.forgotten(), kept: Vec::new(), stopped: false })
    }

    /// The rows, in the order of their tables and keys.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.values()
    }

    /// The store that a restore makes of `export`, an earlier copy of this one: without the rows of members who were
    /// forgotten since, and with the rows that outlive them.
    #[must_use]
    pub fn restored_from(&self, export: &Self) -> Self {
        let newer = self.kept.iter().skip(export.kept.len()).cloned();
        let mut rows = export.rows.clone();
        rows.extend(newer.map(|row| ((row.table, row.key.clone()), row)));
        rows.retain(|_, row| row.owners.is_disjoint(&self.forgotten));
        Self { rows, forgotten: self.forgotten.clone(), kept: self.kept.clone(), stopped: false }
    }

    fn still_running(&self) -> Result<(), StoreError> {
        if self.stopped { Err(StoreError::Stopped) } else { Ok(()) }
    }
}

fn is_owner(member: MemberId, batch: &Batch) -> bool {
    batch.iter().any(|write| match write {
        Write::Put(row) => row.owners.contains(&member),
        Write::Delete { .. } => false,
    })
}
