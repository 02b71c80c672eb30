//! Ids that do not follow from the cause of the step.

use crate::id::IntroductionId;
use crate::turn::Turn;

impl Turn<'_> {
    /// Does something that happens once to an introduction, by whichever of several causes comes last: its ids do not
    /// follow from that cause, so that they are the same where another comes last.
    pub(crate) fn once<T>(&mut self, id: IntroductionId, what: &str, act: impl FnOnce(&mut Self) -> T) -> T {
        let own = self.ids.once(&[&id.to_bytes(), what.as_bytes()]);
        let of_cause = std::mem::replace(self.ids, own);
        let done = act(self);
        *self.ids = of_cause;
        done
    }

    /// Does something for one person on the list. Its ids follow from that person alone, and from nobody else on it.
    pub(crate) fn apart<T>(&mut self, part: &[&[u8]], act: impl FnOnce(&mut Self) -> T) -> T {
        let own = self.ids.apart(part);
        let of_list = std::mem::replace(self.ids, own);
        let done = act(self);
        *self.ids = of_list;
        done
    }
}
