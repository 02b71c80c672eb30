//! What becomes of an introduction whose consents nobody can confirm any more, after an older copy of the store was put
//! back: it comes to nothing, in the words that everything else comes to nothing in.

use super::Turn;
use crate::id::{IntroductionId, MemberId};
use crate::introduction::{Happening, Quiet, Stage};

impl Turn<'_> {
    /// Drops a draft of which nobody can say any more what of it was shown: "send" would send something else.
    pub(super) fn drop_draft(&mut self, member: MemberId) {
        if self.state.member(member).is_some_and(|member| member.dialogue.draft.is_some()) {
            self.cancel(member);
        }
    }

    /// Closes an introduction that is not over. Where the two were told of each other already, both hear that they did
    /// not meet; before that, the requester gets the one answer at its time.
    pub(super) fn unconfirmed(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let happening = match introduction.stage {
            Stage::Waiting(_) => Happening::Quiet(Quiet::Stopped),
            Stage::Opening { .. } => Happening::RoomFailed,
            Stage::Invited { .. } => Happening::JoinTimeOver,
            Stage::Met { .. } | Stage::Ended { .. } => return,
        };
        self.happen(id, happening);
    }
}
