//! Rows that are kept for a time only are let go of while the hub runs: once a day, with whatever happens first then,
//! and no more of them at a time than is done in a moment.

use lodge_core::input::Input;
use lodge_core::step::outlived;
use lodge_core::time::{Span, Timestamp};
use lodge_ground::audit::Entry;
use lodge_ground::store::StoreError;
use lodge_ground::stored;

use crate::cause::Cause;
use crate::consequences::Consequences;
use crate::engine::Engine;

/// Tidying is done this often.
const EVERY: Span = Span::from_days(1);

/// This many entries of the audit log are taken away at a time.
const ENTRIES_MAX: u64 = 1000;

impl Engine {
    /// Lets go of rows that have been kept for long enough; `None` if that was done today. Where there are many, the rest
    /// follows with whatever happens next. A channel lets go of its own at the same time.
    ///
    /// # Errors
    /// As [`Engine::step`].
    pub fn tidy(&mut self, now: Timestamp) -> Result<Option<Consequences>, StoreError> {
        if self.tidied.is_some_and(|last| last <= now && now < last.after(EVERY)) {
            return Ok(None);
        }
        let more_of_log = self.shorten_audit_log(now)?;
        let consequences = self.step(self.ids(Cause::Tidied(now)), Input::Tidy, now)?;
        let more = more_of_log || outlived(&self.state, &self.options.settings, now).next().is_some();
        self.tidied = (!more).then_some(now);
        Ok(Some(consequences))
    }

    /// Takes away entries of the audit log that are old enough; whether more are.
    fn shorten_audit_log(&mut self, now: Timestamp) -> Result<bool, StoreError> {
        let kept = &mut self.audit_kept.audit_kept;
        let kept_for = i64::try_from(self.options.audit_kept_for.as_millis()).unwrap_or(i64::MAX);
        let gone = kept.let_go(now.as_millis().saturating_sub(kept_for), ENTRIES_MAX);
        let more = kept.taken_away < kept.before.number;
        if !gone.is_empty() {
            self.batch.extend(gone.map(|number| stored::delete::<Entry>(number.to_be_bytes())));
            self.batch.push(stored::put(&self.audit_kept)?);
        }
        Ok(more)
    }
}
