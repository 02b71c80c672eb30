//! Words that a member sees as they will be read, before they are carried to the other.

use crate::dialogue::{Asks, Carried, Carry};
use crate::id::MemberId;
use crate::input::Said;
use crate::say::Carrying;
use crate::turn::Turn;

impl Turn<'_> {
    /// Words that may be the answer to a question: they are shown as they would be read, and wait for their writer's "send".
    pub(crate) fn show_answer(&mut self, said: &Said, number: u32) {
        let prompt = self.state.member(said.member).and_then(|own| own.dialogue.prompts.get(&number));
        let Some(introduction) = prompt.map(|prompt| prompt.introduction) else { return };
        let Some(to) = self.state.introduction(introduction).map(|introduction| introduction.named.clone()) else {
            return;
        };
        let Some(words) = self.words(said, &said.text, "answer") else { return };
        if let Some(dialogue) = self.dialogue(said.member) {
            dialogue.carry = Some(Carry { introduction, number, kind: Carried::Answer, words: words.clone() });
        }
        self.tell_asking_anew(said.member, Asks::Carry, Carrying::Answer { number, to, words });
    }

    /// Shows somebody exactly what would be carried to the other person, and waits for their "send".
    pub(super) fn show_carry(&mut self, member: MemberId, carry: Carry) {
        let Some(of) = self.request_disclosure(member, carry.introduction) else { return };
        let Carry { number, kind, ref words, .. } = carry;
        let say = Carrying::Preview { number, of, kind, words: words.clone() };
        if let Some(dialogue) = self.dialogue(member) {
            dialogue.carry = Some(carry);
        }
        self.tell_asking_anew(member, Asks::Carry, say);
    }

    /// Lets go of words that were to be carried.
    pub(crate) fn drop_carry(&mut self, member: MemberId) {
        if self.state.member(member).is_some_and(|own| own.dialogue.carry.is_some())
            && let Some(dialogue) = self.dialogue(member)
        {
            dialogue.carry = None;
            dialogue.asks_no_more(Asks::Carry);
        }
    }
}
