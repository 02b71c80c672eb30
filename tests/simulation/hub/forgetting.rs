//! Forgetting, as the program does it: some at a time.

use lodge_channel::store::Store;
use lodge_core::time::Timestamp;

use super::Hub;

/// The number that are forgotten at once: so few that more of them wait now and then.
pub(crate) const FORGOTTEN_AT_ONCE: usize = 2;

impl Hub {
    /// Forgets some of those of whom all is done. The program can die before it, and between the key's end and the commit
    /// of the rest.
    pub(super) fn forget(&mut self, now: Timestamp) {
        // A batch that a planted bug holds back was committed, as far as the engine knows.
        let Some(engine) = self.engine.as_mut().filter(|_| self.late.is_none()) else { return };
        let members = engine.to_forget(FORGOTTEN_AT_ONCE).expect("rows are written");
        if members.is_empty() {
            return;
        }
        let batch = engine.take_batch().expect("rows are written");
        if !batch.is_empty() {
            self.write(&batch);
        }
        if self.porter.world().faults().crashes_here() {
            return;
        }
        self.settle();
        let Some(engine) = &mut self.engine else { return };
        engine.committed();
        for member in &members {
            let outlives = engine.outlives(*member).expect("rows are written");
            self.disk.outlive(&outlives).expect("memory takes every row");
            if let Some(twin) = &mut self.twin {
                twin.outlive(&outlives);
            }
        }
        self.disk.forget(&members).expect("memory forgets everybody");
        if let Some(twin) = &mut self.twin {
            twin.forget(&members);
        }
        if self.porter.world().faults().crashes_here() {
            return;
        }
        engine.forgotten(&members, now).expect("rows are written");
        self.dirty = true;
    }
}
