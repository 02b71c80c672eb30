//! Afterwards: each of the two is asked in private how it went.

use super::answering::Kind;
use super::{LISTED_MAX, Turn};
use crate::dialogue::Question;
use crate::id::{IntroductionId, MemberId};
use crate::input::Said;
use crate::introduction::{Party, Went};
use crate::member::Standing;
use crate::say::{Matter, Say};
use crate::timer::Wait;

impl Turn<'_> {
    pub(super) fn ask_how_it_went(&mut self, id: IntroductionId) {
        if self.state.introduction(id).is_none() {
            return;
        }
        for party in [Party::Requester, Party::Addressee] {
            let Some(member) = self.state.introduction(id).and_then(|introduction| introduction.member(party)) else {
                continue;
            };
            let current = self.state.member(member).is_some_and(|member| member.standing == Standing::Current);
            if current {
                self.once(id, &format!("how was it, {}", party.code()), |turn| {
                    if let Some(number) = turn.prompt(member, id, Question::HowWasIt) {
                        turn.put_how_was_it(member, number, id);
                    }
                });
            }
        }
        let due = self.now.after(self.settings.ask_after);
        self.once(id, "ask-over", |turn| turn.wait(due, Wait::AskOver { introduction: id }));
    }

    /// Asks how it went, the first time or again.
    pub(super) fn put_how_was_it(&mut self, member: MemberId, number: u32, id: IntroductionId) {
        let Some(which) = self.meant(member, id) else { return };
        let effect = self.tell(member, Say::HowWasIt { number, which });
        self.was_asked(member, number, effect, true);
    }

    /// The meetings that a member was asked about, by the numbers under which they can answer.
    pub(super) fn open_meetings(&self, member: MemberId) -> Vec<Matter> {
        let prompts = self.state.member(member).into_iter().flat_map(|member| &member.dialogue.prompts);
        let asked = prompts.filter(|(_, prompt)| prompt.question == Question::HowWasIt).take(LISTED_MAX);
        asked
            .filter_map(|(number, prompt)| {
                let number = usize::try_from(*number).ok()?;
                Some(Matter { number, which: self.meant(member, prompt.introduction)? })
            })
            .collect()
    }

    pub(super) fn tell_how_it_went(&mut self, said: &Said, number: Option<u32>, went: Went) {
        let prompted = match self.prompt_meant(said, number, Kind::HowWasIt) {
            Ok(prompted) => prompted,
            Err(say) => return self.not_taken(said, say),
        };
        if let Some(dialogue) = self.dialogue(said.member) {
            dialogue.prompts.remove(&prompted.number);
        }
        let id = prompted.introduction;
        let Some(party) = self.state.introduction(id).and_then(|introduction| introduction.party(said.member)) else {
            return;
        };
        self.introduction(id, |introduction| {
            introduction.went.insert(party, went);
        });
        self.tell(said.member, Say::ThankYou { went });
    }
}
