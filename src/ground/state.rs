//! A service's state in memory: rows that are found by their ids and by more, and that note their own changes.
//!
//! The macro [`state!`](crate::state!) declares a state. Nothing can change a row without noting it, and so nothing that
//! changed is left out of the batch that is committed.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::index::Index;
use crate::store::{Batch, Store, StoreError, Table};
use crate::stored::{self, Identified, RowId as _, Single};

/// All rows of one kind, with an index `I` that finds them by more than their ids.
///
/// Two are equal when their rows are, whatever of them was changed.
#[derive(Debug, Clone)]
pub struct Rows<T: Identified, I = ()> {
    by_id: BTreeMap<T::Id, T>,
    index: I,
    /// The rows that were put, taken or lent to be changed since [`Self::take_changes`].
    changed: BTreeSet<T::Id>,
}

impl<T: Identified, I: Index<T>> Rows<T, I> {
    /// The rows that a store keeps.
    ///
    /// # Errors
    /// As [`stored::load`].
    pub fn load(store: &impl Store) -> Result<Self, StoreError> {
        let mut rows = Self::default();
        stored::load(store)?.into_iter().for_each(|row| rows.file(row));
        Ok(rows)
    }

    /// The row with this id.
    pub fn get(&self, id: T::Id) -> Option<&T> {
        self.by_id.get(&id)
    }

    /// All rows, in the order of their ids.
    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.by_id.values()
    }

    /// The index, to find ids by something else.
    pub fn index(&self) -> &I {
        &self.index
    }

    /// Puts a row in the place of any with its id.
    pub fn put(&mut self, row: T) {
        self.changed.insert(row.id());
        self.file(row);
    }

    /// Takes a row out.
    pub fn take(&mut self, id: T::Id) -> Option<T> {
        let row = self.by_id.remove(&id)?;
        self.index.removed(&row);
        self.changed.insert(id);
        Some(row)
    }

    /// A row to be changed, but for its id and for everything that the index finds it by: a row in which one of those
    /// changes is taken and put.
    pub fn get_mut(&mut self, id: T::Id) -> Option<&mut T> {
        let row = self.by_id.get_mut(&id)?;
        self.changed.insert(id);
        Some(row)
    }

    /// The ids of the rows that changed since the last call, those that are gone among them.
    pub fn take_changes(&mut self) -> BTreeSet<T::Id> {
        let changed = std::mem::take(&mut self.changed);
        let is_found = |id| self.by_id.get(id).is_none_or(|row| self.index.finds(row));
        debug_assert!(changed.iter().all(is_found), "a row of {:?} was changed in what it is found by", T::TABLE);
        changed
    }

    /// Adds to a batch the changes that bring these rows to a store.
    ///
    /// # Errors
    /// As [`stored::put`].
    pub fn write(&self, changed: BTreeSet<T::Id>, batch: &mut Batch) -> Result<(), StoreError> {
        for id in changed {
            batch.push(match self.by_id.get(&id) {
                Some(row) => stored::put(row)?,
                None => stored::delete::<T>(id.to_key()),
            });
        }
        Ok(())
    }

    fn file(&mut self, row: T) {
        match self.by_id.entry(row.id()) {
            Entry::Vacant(place) => {
                self.index.added(&row);
                place.insert(row);
            }
            Entry::Occupied(mut place) => {
                self.index.removed(place.get());
                self.index.added(&row);
                place.insert(row);
            }
        }
    }
}

impl<T: Identified, I: Default> Default for Rows<T, I> {
    fn default() -> Self {
        Self { by_id: BTreeMap::new(), index: I::default(), changed: BTreeSet::new() }
    }
}

impl<T: Identified + PartialEq, I> PartialEq for Rows<T, I> {
    fn eq(&self, other: &Self) -> bool {
        self.by_id == other.by_id
    }
}

impl<T: Identified + Eq, I> Eq for Rows<T, I> {}

/// The one row of its kind; as it is at first where there is none yet.
///
/// Two are equal when their rows are.
#[derive(Debug, Clone, Default)]
pub struct Value<T> {
    value: T,
    changed: bool,
}

impl<T: Single + Default> Value<T> {
    /// The row that a store keeps.
    ///
    /// # Errors
    /// As [`Store::load`] and [`stored::single`].
    pub fn load(store: &impl Store) -> Result<Self, StoreError> {
        let value = stored::single(&store.load(Table::Singles)?)?.unwrap_or_default();
        Ok(Self { value, changed: false })
    }

    /// The row.
    pub fn get(&self) -> &T {
        &self.value
    }

    /// The row to be changed.
    pub fn get_mut(&mut self) -> &mut T {
        self.changed = true;
        &mut self.value
    }

    /// Whether it changed since the last call.
    pub fn take_changes(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    /// Adds to a batch the change that brings it to a store, if it is to be written.
    ///
    /// # Errors
    /// As [`stored::put`].
    pub fn write(&self, changed: bool, batch: &mut Batch) -> Result<(), StoreError> {
        if changed {
            batch.push(stored::put(&self.value)?);
        }
        Ok(())
    }
}

impl<T: PartialEq> PartialEq for Value<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Value<T> {}

/// Declares `State` and its `Changes`, kind by kind: a field with all rows, the index that finds them by more than their
/// ids if there is one, and a function that gives one row; then the kind as [`stored!`](crate::stored!) reads it. A kind
/// of which there is one row stands among the values.
///
/// The order of kinds is the order of changes in a batch.
///
/// # Examples
///
/// ```
/// use lodge_ground::id::MemberId;
/// use lodge_ground::index::{By, Unique};
/// use lodge_ground::store::{Batch, Memory, Store};
///
/// #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
/// pub struct Guest {
///     id: MemberId,
///     table: u64,
/// }
///
/// impl By<u64> for Guest {
///     fn keys(&self) -> impl Iterator<Item = u64> {
///         [self.table].into_iter()
///     }
/// }
///
/// lodge_ground::state! {
///     /// The people who are there, each at a table of their own.
///     pub struct State;
///     rows {
///         /// Everybody.
///         guests by Unique<u64, MemberId>:
///         /// Somebody.
///         guest |it: Guest| Members, id it.id => MemberId, of [it.id];
///     }
///     values {}
/// }
///
/// let (mut state, mut store, sam) = (State::default(), Memory::default(), MemberId::from_bytes([1; 16]));
/// state.guests.put(Guest { id: sam, table: 7 });
/// let (changes, mut batch) = (state.take_changes(), Batch::new());
/// state.write(changes, &mut batch)?;
/// store.commit(&batch)?;
/// let read = State::load(&store)?;
/// assert_eq!((&read, read.guests.index().get(&7)), (&state, Some(sam)));
/// # Ok::<(), lodge_ground::store::StoreError>(())
/// ```
#[macro_export]
macro_rules! state {
    (
        $(#[$doc:meta])* pub struct State;
        rows {$(
            $(#[$all:meta])* $rows:ident $(by $index:ty)?:
            $(#[$one:meta])* $row:ident |$it:ident: $kind:ty| $table:ident, id $id:expr => $ids:ty, of $owners:expr;
        )*}
        values {$($(#[$single:meta])* $value:ident: $type:ty, $key:expr;)*}
    ) => {
        $crate::stored! {
            $(|$it: $kind| $table, id $id => $ids, of $owners;)*
            $($type, $key;)*
        }

        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        pub struct State {
            $(pub(crate) $rows: $crate::state::Rows<$kind $(, $index)?>,)*
            $(pub(crate) $value: $crate::state::Value<$type>,)*
        }

        /// The rows of the state that changed, those that are gone among them, by their ids.
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        pub struct Changes {
            $($(#[$all])* pub $rows: ::std::collections::BTreeSet<$ids>,)*
            $($(#[$single])* pub $value: bool,)*
        }

        impl Changes {
            /// Adds later changes.
            pub fn extend(&mut self, later: Self) {
                $(self.$rows.extend(later.$rows);)*
                $(self.$value |= later.$value;)*
            }
        }

        impl State {
            /// The state that a store keeps.
            ///
            /// # Errors
            /// When the store cannot read it.
            pub fn load(store: &impl $crate::store::Store) -> Result<Self, $crate::store::StoreError> {
                Ok(Self {
                    $($rows: $crate::state::Rows::load(store)?,)*
                    $($value: $crate::state::Value::load(store)?,)*
                })
            }

            /// The rows that changed since the last call.
            pub fn take_changes(&mut self) -> Changes {
                Changes {
                    $($rows: self.$rows.take_changes(),)*
                    $($value: self.$value.take_changes(),)*
                }
            }

            /// Adds to a batch the changes that bring these rows to a store.
            ///
            /// # Errors
            /// When a row cannot be written as JSON, which no kind of row does.
            pub fn write(
                &self,
                changes: Changes,
                batch: &mut $crate::store::Batch,
            ) -> Result<(), $crate::store::StoreError> {
                $(self.$rows.write(changes.$rows, batch)?;)*
                $(self.$value.write(changes.$value, batch)?;)*
                Ok(())
            }

            $(
                $(#[$all])*
                pub fn $rows(&self) -> impl Iterator<Item = &$kind> {
                    self.$rows.values()
                }

                $(#[$one])*
                pub fn $row(&self, id: $ids) -> Option<&$kind> {
                    self.$rows.get(id)
                }
            )*

            $(
                $(#[$single])*
                pub fn $value(&self) -> &$type {
                    self.$value.get()
                }
            )*
        }
    };
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;
    use crate::id::MemberId;
    use crate::index::{By, Sorted, Unique};
    use crate::store::{Memory, Write};

    const SAM: MemberId = MemberId::from_bytes([1; 16]);
    const ALEX: MemberId = MemberId::from_bytes([2; 16]);

    #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
    struct Guest {
        id: MemberId,
        seat: u64,
        thanks: u64,
    }

    crate::stored! {
        |it: Guest| Members, id it.id => MemberId, of [it.id];
    }

    impl By<u64> for Guest {
        fn keys(&self) -> impl Iterator<Item = u64> {
            [self.seat].into_iter()
        }
    }

    type Guests = Rows<Guest, (Unique<u64, MemberId>, Sorted<u64, MemberId>)>;

    fn guest(id: MemberId, seat: u64) -> Guest {
        Guest { id, seat, thanks: 0 }
    }

    fn at(guests: &Guests, seat: u64) -> (Option<MemberId>, Vec<MemberId>) {
        let (unique, sorted) = guests.index();
        (unique.get(&seat), sorted.get(seat).collect())
    }

    #[test]
    fn an_index_follows_what_is_put_and_taken() {
        let mut guests = Guests::default();
        guests.put(guest(SAM, 1));
        guests.put(guest(ALEX, 2));
        assert_eq!(at(&guests, 1), (Some(SAM), vec![SAM]));
        guests.put(guest(SAM, 2));
        assert_eq!(at(&guests, 1), (None, vec![]));
        assert_eq!(at(&guests, 2), (Some(SAM), vec![SAM, ALEX]), "the last has what only one can have");
        assert_eq!(guests.index().1.first(), Some((2, SAM)));
        assert_eq!(guests.take(ALEX), Some(guest(ALEX, 2)));
        assert_eq!(at(&guests, 2), (Some(SAM), vec![SAM]), "which stays theirs when another goes");
        assert_eq!((guests.take(ALEX), guests.get_mut(ALEX)), (None, None));
    }

    #[test]
    fn whatever_changes_is_noted_once_and_is_all_that_a_store_needs() {
        let (mut guests, mut store) = (Guests::default(), Memory::default());
        let mut commit = |guests: &mut Guests| {
            let (changed, mut batch) = (guests.take_changes(), Batch::new());
            guests.write(changed, &mut batch).unwrap();
            store.commit(&batch).unwrap();
            assert_eq!(&Guests::load(&store).unwrap(), guests);
            batch
        };
        guests.put(guest(SAM, 1));
        guests.put(guest(ALEX, 2));
        assert_eq!(commit(&mut guests).len(), 2);
        assert_eq!(commit(&mut guests), []);
        guests.get_mut(SAM).unwrap().thanks = 1;
        guests.take(ALEX);
        let gone = Write::Delete { table: Table::Members, key: ALEX.to_bytes().to_vec() };
        assert_eq!(commit(&mut guests), [stored::put(guests.get(SAM).unwrap()).unwrap(), gone]);
    }

    #[test]
    #[cfg(debug_assertions)]
    #[should_panic(expected = "a row of Members was changed in what it is found by")]
    fn a_row_that_its_index_would_not_find_is_noticed_at_the_end_of_the_step() {
        let mut guests = Guests::default();
        guests.put(guest(SAM, 1));
        guests.get_mut(SAM).unwrap().seat = 2;
        guests.take_changes();
    }
}
