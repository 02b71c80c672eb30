//! After the loss of a disk and of the commit log: an older copy of the store was put back, and nobody knows any more
//! what was said since. No consent from before counts for anything new.

use std::collections::BTreeSet;
use std::mem;

use crate::id::MemberId;
use crate::people::member::Standing;
use crate::say::Joining;
use crate::time::Timestamp;
use crate::turn::Turn;

impl Turn<'_> {
    /// Nothing that was being written or asked goes on until its member says so again.
    pub(crate) fn dialogues_begin_anew(&mut self) {
        let members: Vec<MemberId> = self.state.members().map(|member| member.id).collect();
        for member in members {
            self.begin_dialogue_anew(member);
        }
    }

    /// Tells each current member once to which moment the service went back; those who were in the mentors' list, that
    /// they are in it no longer.
    pub(crate) fn tell_of_going_back(&mut self, to: Timestamp, listed: &BTreeSet<MemberId>) {
        let current = self.state.members().filter(|member| member.standing == Standing::Current);
        for member in current.map(|member| member.id).collect::<Vec<_>>() {
            self.tell(member, Joining::WentBack { to, was_listed: listed.contains(&member) });
        }
    }

    /// Lets go of everything that was being talked about, and of the questions that were still to be put.
    fn begin_dialogue_anew(&mut self, member: MemberId) {
        let Some(own) = self.member(member) else { return };
        own.card.offered = None;
        let anew = own.dialogue.anew();
        let before = mem::replace(&mut own.dialogue, anew);
        self.step.cancelled.extend(before.prompts.into_values().flat_map(|prompt| prompt.asked));
    }
}
