//! The ends of the audit log, told where the configuration says while the hub runs.

use lodge_channel::store::StoreError;
use lodge_channel::tables::HeadTold;
use lodge_channel::{Channel, Heads};
use lodge_core::time::Timestamp;
use tracing::{error, info};

use crate::audit::HeadsFile;
use crate::config::Audit;

/// The places where the ends are told, and the end that is to be written when it is committed.
#[derive(Debug)]
pub(crate) struct ToldHeads {
    heads: Option<Heads>,
    file: Option<HeadsFile>,
    told: Option<HeadTold>,
}

impl ToldHeads {
    /// The configuration of it.
    pub(crate) fn new(config: &Audit) -> Self {
        Self { heads: config.heads(), file: config.heads_file.clone().map(HeadsFile), told: None }
    }

    /// The time at which the next end of the log is to be told.
    pub(super) fn due(&self, engine: &Channel) -> Option<Timestamp> {
        engine.head_due(self.heads.as_ref()?)
    }

    /// Tells the end, if that is due.
    pub(super) fn tell(&mut self, engine: &mut Channel, now: Timestamp) -> Result<(), StoreError> {
        let Some(heads) = &self.heads else { return Ok(()) };
        self.told = engine.tell_head(heads, now)?.or(self.told.take());
        Ok(())
    }

    /// An end that was told is committed, and written into the file. A failure is logged and stops nothing: the next end that is
    /// written holds all that this one would have shown.
    pub(super) fn committed(&mut self) {
        let (Some(told), Some(file)) = (self.told.take(), &self.file) else { return };
        // The disk is waited for where it stops nobody else.
        match tokio::task::block_in_place(|| file.add(told.audit, told.at)) {
            Ok(()) => info!(number = told.audit.number, "the end of the audit log is written where the store is not"),
            Err(cause) => {
                error!(%cause, "the end of the audit log cannot be written to audit.heads_file; the next one is tried in its turn");
            }
        }
    }
}
