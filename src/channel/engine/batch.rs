//! The rows that changed since the last batch, which are to be committed together.

use lodge_core::state::Changes;

use super::Engine;
use crate::store::{Batch, StoreError, Write};
use crate::tables;

impl Engine {
    /// Takes the rows that changed since the last call. They must be committed whole, and nothing of them may be lost.
    pub fn take_batch(&mut self) -> Result<Batch, StoreError> {
        let dirty = std::mem::take(&mut self.dirty);
        let mut batch = std::mem::take(&mut self.batch);
        let Changes {
            members,
            introductions,
            timers,
            marks,
            reports,
            listings,
            organisations,
            rooms,
            proposals,
            cases,
            entries,
        } = dirty;
        for id in members {
            batch.push(put_or_delete(self.state.member(id), id.to_bytes())?);
        }
        for id in introductions {
            batch.push(put_or_delete(self.state.introduction(id), id.to_bytes())?);
        }
        for id in timers {
            batch.push(put_or_delete(self.state.timer(id), id.to_bytes())?);
        }
        for id in marks {
            batch.push(put_or_delete(self.state.mark(id), id.to_bytes())?);
        }
        for id in reports {
            batch.push(put_or_delete(self.state.report(id), id.to_bytes())?);
        }
        for id in listings {
            batch.push(put_or_delete(self.state.listing(id), id.to_bytes())?);
        }
        for id in organisations {
            batch.push(put_or_delete(self.state.organisation(id), id.to_bytes())?);
        }
        for id in rooms {
            batch.push(put_or_delete(self.state.room(id), id.to_bytes())?);
        }
        for id in proposals {
            batch.push(put_or_delete(self.state.proposal(id), id.to_bytes())?);
        }
        for id in cases {
            batch.push(put_or_delete(self.state.case(id), id.to_bytes())?);
        }
        for member in entries {
            batch.push(put_or_delete(self.state.entry(member), member.to_bytes())?);
        }
        Ok(batch)
    }
}

fn put_or_delete<K: tables::Kept>(row: Option<&K>, key: [u8; 16]) -> Result<Write, StoreError> {
    row.map_or_else(|| Ok(tables::delete::<K>(key.to_vec())), tables::put)
}
