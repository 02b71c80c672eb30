//! Indexes of rows in memory, which find them by more than their ids.

use std::collections::{BTreeMap, BTreeSet};

use crate::stored::{Identified, RowId};

/// A row that is found by keys of this kind.
pub trait By<K> {
    /// The keys; they stay as they are for as long as the row is there.
    fn keys(&self) -> impl Iterator<Item = K>;
}

/// An index, kept in step with its rows by [`crate::state::Rows`].
pub trait Index<T>: Default {
    /// A row is there.
    fn added(&mut self, row: &T);
    /// A row is gone, or another is in its place.
    fn removed(&mut self, row: &T);
    /// Whether a row that is there can be found by its keys.
    fn finds(&self, row: &T) -> bool;
}

/// No index: rows are found by their ids alone.
impl<T> Index<T> for () {
    fn added(&mut self, _: &T) {}

    fn removed(&mut self, _: &T) {}

    fn finds(&self, _: &T) -> bool {
        true
    }
}

/// Two indexes.
impl<T, A: Index<T>, B: Index<T>> Index<T> for (A, B) {
    fn added(&mut self, row: &T) {
        self.0.added(row);
        self.1.added(row);
    }

    fn removed(&mut self, row: &T) {
        self.0.removed(row);
        self.1.removed(row);
    }

    fn finds(&self, row: &T) -> bool {
        self.0.finds(row) && self.1.finds(row)
    }
}

/// An index by keys that each belong to one row; the last row that came with a key has it.
#[derive(Debug, Clone)]
pub struct Unique<K, Id>(BTreeMap<K, Id>);

impl<K: Ord, Id: RowId> Unique<K, Id> {
    /// The row that has this key.
    pub fn get(&self, key: &K) -> Option<Id> {
        self.0.get(key).copied()
    }
}

impl<K, Id> Default for Unique<K, Id> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord, T: Identified + By<K>> Index<T> for Unique<K, T::Id> {
    fn added(&mut self, row: &T) {
        self.0.extend(row.keys().map(|key| (key, row.id())));
    }

    fn removed(&mut self, row: &T) {
        for key in row.keys() {
            if self.0.get(&key) == Some(&row.id()) {
                self.0.remove(&key);
            }
        }
    }

    fn finds(&self, row: &T) -> bool {
        row.keys().all(|key| self.0.contains_key(&key))
    }
}

/// An index by keys that many rows may have, in the order of the keys.
#[derive(Debug, Clone)]
pub struct Sorted<K, Id>(BTreeSet<(K, Id)>);

impl<K: Copy + Ord, Id: RowId> Sorted<K, Id> {
    /// The rows with this key, in the order of their ids.
    pub fn get(&self, key: K) -> impl Iterator<Item = Id> {
        self.0.range((key, Id::FIRST)..).take_while(move |(of, _)| *of == key).map(|(_, id)| *id)
    }

    /// The first key of all, and the first row that has it.
    pub fn first(&self) -> Option<(K, Id)> {
        self.0.first().copied()
    }
}

impl<K, Id> Default for Sorted<K, Id> {
    fn default() -> Self {
        Self(BTreeSet::new())
    }
}

impl<K: Ord, T: Identified + By<K>> Index<T> for Sorted<K, T::Id> {
    fn added(&mut self, row: &T) {
        self.0.extend(row.keys().map(|key| (key, row.id())));
    }

    fn removed(&mut self, row: &T) {
        for key in row.keys() {
            self.0.remove(&(key, row.id()));
        }
    }

    fn finds(&self, row: &T) -> bool {
        row.keys().all(|key| self.0.contains(&(key, row.id())))
    }
}
