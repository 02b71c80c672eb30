//! Marks: "these two, not before then", without saying who they are.

use crate::mark::{Mark, MarkId, Marked};
use crate::name::Address;
use crate::turn::Turn;

impl Turn<'_> {
    /// Sets a mark, or lets one last longer.
    pub(crate) fn mark(&mut self, marked: Marked<'_>, until: Option<crate::time::Timestamp>) -> MarkId {
        let id = self.settings.mark_key.id(marked);
        self.state.marks.put(Mark { id, until });
        id
    }

    pub(crate) fn unmark(&mut self, id: MarkId) {
        self.state.marks.take(id);
    }

    /// Whether this is marked, and the mark has not ended.
    pub(crate) fn is_marked(&self, marked: Marked<'_>) -> bool {
        let mark = self.state.mark(self.settings.mark_key.id(marked));
        mark.is_some_and(|mark| mark.until.is_none_or(|until| until > self.now))
    }

    /// Whether somebody is banned.
    pub(crate) fn is_banned(&self, who: &Address) -> bool {
        self.is_marked(Marked::Banned(who))
    }
}
