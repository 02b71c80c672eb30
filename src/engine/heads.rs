//! The end of the audit log is told from time to time where the store is not. Somebody who cuts the log and writes on has
//! not changed the ends that were told.

use lodge_core::id::RoomId;
use lodge_core::input::Input;
use lodge_core::rooms::{Key, Stage};
use lodge_core::time::{Span, Timestamp};
use lodge_ground::store::StoreError;
use lodge_ground::stored;

use crate::cause::Cause;
use crate::consequences::Consequences;
use crate::engine::Engine;
use crate::tables::HeadTold;

/// The way in which the ends of the audit log are told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heads {
    /// At most how often. Nothing is told as long as nothing was added to the log.
    pub every: Span,
    /// The room for many in which they are said.
    pub room: Option<Key>,
}

impl Engine {
    /// The time at which the end of the audit log is to be told next; `None` as long as there is nothing new, or no
    /// room to say it in.
    pub fn head_due(&self, heads: &Heads) -> Option<Timestamp> {
        let open = |room: RoomId| self.state.room(room).is_some_and(|room| matches!(room.stage, Stage::Open(_)));
        let can_be_said = heads.room.as_ref().is_none_or(|room| open(room.id()));
        let told = self.head_told;
        let is_new = self.chain.head() != told.map(|told| told.audit).unwrap_or_default();
        let due = told.map_or(Timestamp::from_millis(0), |told| told.at.after(heads.every));
        (can_be_said && is_new).then_some(due)
    }

    /// Tells the end of the audit log, if that is due: the message for the room goes out after the next commit, and the
    /// end that is returned may be written elsewhere then.
    ///
    /// # Errors
    /// As [`Engine::step`].
    pub fn tell_head(&mut self, heads: &Heads, now: Timestamp) -> Result<Option<(HeadTold, Consequences)>, StoreError> {
        if self.head_due(heads).is_none_or(|due| due > now) {
            return Ok(None);
        }
        let told = HeadTold { audit: self.chain.head(), at: now };
        let consequences = match &heads.room {
            Some(room) => {
                let ids = self.ids(Cause::Head(told.audit.number, now));
                self.step(ids, Input::AuditHead(room.clone(), told.audit), now)?
            }
            None => Consequences::default(),
        };
        self.batch.push(stored::put(&told)?);
        self.head_told = Some(told);
        Ok(Some((told, consequences)))
    }
}
