//! The remains of a forgetting that was cut short between the end of a key and the rest.

use std::collections::BTreeSet;

use super::State;
use crate::id::MemberId;

impl State {
    /// Closes what is asked of members about introductions that went with somebody's key: the rest of a forgetting that was
    /// cut short. Gives whose rows that changes.
    pub fn close_prompts_about_nothing(&mut self) -> BTreeSet<MemberId> {
        let (introductions, mut changed) = (&self.introductions, BTreeSet::new());
        for member in self.members.values_mut() {
            let prompts = &mut member.dialogue.prompts;
            if prompts.extract_if(.., |_, prompt| !introductions.contains_key(&prompt.introduction)).count() > 0 {
                changed.insert(member.id);
            }
        }
        changed
    }
}
