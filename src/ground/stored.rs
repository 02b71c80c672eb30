//! Things that are kept as rows: the table, the key and the owners of each kind.
//!
//! The macro [`stored!`](crate::stored!) declares kinds, and the macro [`state!`](crate::state!) those that a service's
//! state holds. Tables, keys and owners stand on disk: for a kind that is there they never change.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::audit::Entry;
use crate::outbox::{Errand, Job};
use crate::store::{Owners, Restored, Row, Store, StoreError, Table, Write};

/// A thing that is kept as a row.
pub trait Stored: Serialize + DeserializeOwned {
    /// The table of such rows.
    const TABLE: Table;
    /// Its key in that table.
    fn key(&self) -> Vec<u8>;
    /// The members whose data it holds.
    fn owners(&self) -> Owners;
}

/// An id, as the key of rows.
pub trait RowId: Copy + Ord {
    /// The id before all others.
    const FIRST: Self;
    /// The key of the row with this id.
    fn to_key(self) -> Vec<u8>;
}

/// A kind of which there are many rows, each with an id.
pub trait Identified: Stored {
    /// The kind of id.
    type Id: RowId;
    /// The id of its row, which is the row's key.
    fn id(&self) -> Self::Id;
}

/// A kind of which there is one row at the most, among the single values.
pub trait Single: Stored {
    /// The key of that row.
    const KEY: &'static [u8];
}

/// The change that keeps `it`.
///
/// # Errors
/// As [`Row::holding`].
pub fn put<S: Stored>(it: &S) -> Result<Write, StoreError> {
    Ok(Write::Put(row(it)?))
}

/// The row that keeps `it`.
///
/// # Errors
/// As [`Row::holding`].
pub fn row<S: Stored>(it: &S) -> Result<Row, StoreError> {
    Row::holding(S::TABLE, it.key(), it.owners(), it)
}

/// The change that takes the row away that keeps `it`.
pub fn gone<S: Stored>(it: &S) -> Write {
    delete::<S>(it.key())
}

/// The change that takes away the row with this key.
pub fn delete<S: Stored>(key: impl Into<Vec<u8>>) -> Write {
    Write::Delete { table: S::TABLE, key: key.into() }
}

/// The change that takes away the one of its kind among the single values.
pub fn delete_single<S: Single>() -> Write {
    delete::<S>(S::KEY)
}

/// All rows of a kind that has a table of its own.
///
/// # Errors
/// As [`Store::load`] and [`Row::read`].
pub fn load<S: Stored>(store: &impl Store) -> Result<Vec<S>, StoreError> {
    store.load(S::TABLE)?.iter().map(Row::read).collect()
}

/// The one of its kind among the single values, if it is there.
///
/// # Errors
/// As [`Row::read`].
pub fn single<S: Single>(singles: &[Row]) -> Result<Option<S>, StoreError> {
    singles.iter().find(|row| row.key == S::KEY).map(Row::read).transpose()
}

/// Declares kinds that are kept as rows, in one of three forms:
///
/// ```text
/// |it: Member| Members, id it.id => MemberId, of [it.id];          many, each under its id
/// |it: Seen| Seen, key it.event.clone().into_bytes(), of [];       many, each under another key; here nobody's
/// Token, b"token";                                                 one, among the single values, and nobody's
/// ```
#[macro_export]
macro_rules! stored {
    () => {};
    (|$it:ident: $kind:ty| $table:ident, id $id:expr => $ids:ty, of $owners:expr; $($rest:tt)*) => {
        $crate::stored! { |$it: $kind| $table, key $crate::stored::RowId::to_key($id), of $owners; }
        impl $crate::stored::Identified for $kind {
            type Id = $ids;
            fn id(&self) -> $ids {
                let $it = self;
                $id
            }
        }
        $crate::stored! { $($rest)* }
    };
    (|$it:ident: $kind:ty| $table:ident, key $key:expr, of $owners:expr; $($rest:tt)*) => {
        impl $crate::stored::Stored for $kind {
            const TABLE: $crate::store::Table = $crate::store::Table::$table;
            fn key(&self) -> Vec<u8> {
                let $it = self;
                $key
            }
            fn owners(&self) -> $crate::store::Owners {
                let $it = self;
                let _ = $it;
                $crate::store::Owners::from($owners)
            }
        }
        $crate::stored! { $($rest)* }
    };
    ($kind:ty, $key:expr; $($rest:tt)*) => {
        $crate::stored! { |_it: $kind| Singles, key <$kind as $crate::stored::Single>::KEY.to_vec(), of []; }
        impl $crate::stored::Single for $kind {
            const KEY: &'static [u8] = $key;
        }
        $crate::stored! { $($rest)* }
    };
}

crate::stored! {
    |it: Entry| Audit, key it.number.to_be_bytes().to_vec(), of [];
    Restored, b"restored";
}

impl<E: Errand + Serialize + DeserializeOwned> Stored for Job<E> {
    const TABLE: Table = E::TABLE;

    fn key(&self) -> Vec<u8> {
        self.number.to_be_bytes().to_vec()
    }

    fn owners(&self) -> Owners {
        self.owners.clone()
    }
}
