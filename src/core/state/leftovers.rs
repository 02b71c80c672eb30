//! The remains of a forgetting that was cut short between the end of a key and the rest.

use std::collections::BTreeSet;

use super::State;
use crate::id::{IntroductionId, MemberId};
use crate::people::member::Member;

impl State {
    /// Closes what is asked of members about introductions that went with somebody's key: the rest of a forgetting that was
    /// cut short. Gives those whose rows that changes.
    pub fn close_prompts_about_nothing(&mut self) -> BTreeSet<MemberId> {
        let stands = |id: IntroductionId| self.introductions.get(id).is_some();
        let asked = |member: &&Member| member.dialogue.prompts.values().any(|prompt| !stands(prompt.introduction));
        let changed: BTreeSet<MemberId> = self.members().filter(asked).map(|member| member.id).collect();
        for id in &changed {
            if let Some(member) = self.members.get_mut(*id) {
                let introductions = &self.introductions;
                member.dialogue.prompts.retain(|_, prompt| introductions.get(prompt.introduction).is_some());
            }
        }
        changed
    }
}
