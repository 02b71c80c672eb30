//! The owners of rows, in memory: so that forgetting somebody looks at their rows and at no others.
//!
//! It stays in memory because on disk it would tell, without any key, which rows are about the same people.

use std::collections::{BTreeMap, BTreeSet};

use lodge_ground::id::MemberId;
use lodge_ground::store::{Owners, StoreError, Table};

use super::rows::{Place, Rows};
use super::seal::RowSeal;

/// The places of everybody's rows: some 40 bytes for each owner of each row.
#[derive(Default)]
pub(super) struct Owned(BTreeMap<MemberId, BTreeSet<Place>>);

impl Owned {
    /// The owners of all these rows, each of which is read for them.
    pub(super) fn of(rows: &Rows, seal: &RowSeal) -> Result<Self, StoreError> {
        let mut owned = Self::default();
        for table in Table::ALL {
            for (place, sealed) in rows.starting_with(table as u8)? {
                owned.add(&place, &seal.owners(&place, &sealed)?);
            }
        }
        Ok(owned)
    }

    /// Everybody who owns rows.
    pub(super) fn owners(&self) -> impl Iterator<Item = MemberId> {
        self.0.keys().copied()
    }

    pub(super) fn add(&mut self, place: &Place, owners: &Owners) {
        for owner in owners {
            self.0.entry(*owner).or_default().insert(place.clone());
        }
    }

    pub(super) fn remove(&mut self, place: &Place, owners: &Owners) {
        for owner in owners {
            if let Some(places) = self.0.get_mut(owner) {
                places.remove(place);
                if places.is_empty() {
                    self.0.remove(owner);
                }
            }
        }
    }

    /// The places of the rows of any of these.
    pub(super) fn places_of(&self, owners: &Owners) -> BTreeSet<Place> {
        owners.iter().filter_map(|owner| self.0.get(owner)).flatten().cloned().collect()
    }
}
