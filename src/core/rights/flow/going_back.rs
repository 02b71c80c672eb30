//! After the loss of a disk and of the commit log: an older copy of the store was put back, and nobody knows any more
//! what was said since. No consent of before counts for anything new.

use std::mem;

use crate::id::{IntroductionId, MemberId};
use crate::introduction::Happening;
use crate::member::{Member, Standing};
use crate::say::Joining;
use crate::state::Wait;
use crate::time::Timestamp;
use crate::turn::Turn;

impl Turn<'_> {
    /// The store went back to how it was at the moment `to`. Introductions that are open come to nothing: their requesters
    /// get the one answer at the deadline that they were told. Nothing that was being written or asked goes on, and nobody
    /// is in the mentors' list, until they say so again. Each member is told once.
    pub(crate) fn went_back(&mut self, to: Timestamp) {
        let introductions: Vec<IntroductionId> = self.state.introductions().map(|one| one.id).collect();
        for id in introductions {
            self.happen(id, Happening::WentBack);
            // The question how it went says who the other is.
            self.stop_waiting(id, |wait| wait == Wait::AskAfter);
        }
        self.make_rooms_again();
        let members: Vec<(MemberId, Standing)> =
            self.state.members().map(|member| (member.id, member.standing)).collect();
        for (member, _) in &members {
            self.begin_dialogue_anew(*member);
        }
        for (member, standing) in members {
            let was_listed = self.state.member(member).is_some_and(Member::is_listed);
            self.leave_list(member);
            if standing == Standing::Current {
                self.tell(member, Joining::WentBack { to, was_listed }.into());
            }
        }
    }

    /// Lets go of all that was being talked about, and of what is still to be asked of it.
    fn begin_dialogue_anew(&mut self, member: MemberId) {
        let Some(own) = self.member(member) else { return };
        own.card.offered = None;
        let anew = own.dialogue.anew();
        let before = mem::replace(&mut own.dialogue, anew);
        self.step.cancelled.extend(before.prompts.into_values().flat_map(|prompt| prompt.asked));
    }
}
