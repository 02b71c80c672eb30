//! Tables that are no more, in older stores.

use lodge_ground::store::StoreError;

use super::log_format::Changes;
use super::sled_store::SledStore;

/// The numbers of tables that older stores have rows in, which nothing reads any more.
const RETIRED: [u8; 2] = [30, 31];

impl SledStore {
    /// Takes away the rows of tables that are no more.
    pub(super) fn clear_retired(&mut self) -> Result<(), StoreError> {
        let mut old = Changes::new();
        for table in RETIRED {
            old.extend(self.behind.rows()?.starting_with(table)?.into_iter().map(|(place, _)| (place.to_vec(), None)));
        }
        if old.is_empty() { Ok(()) } else { self.or_stop(|store| store.write(old)) }
    }
}
