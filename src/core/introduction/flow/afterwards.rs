//! Afterwards: each of the two is asked in private how it went.

use crate::dialogue::Question;
use crate::id::IntroductionId;
use crate::input::Said;
use crate::introduction::flow::choosing::Kind;
use crate::introduction::{Party, Went};
use crate::people::member::Standing;
use crate::say::Ending;
use crate::timer::Wait;
use crate::turn::Turn;

impl Turn<'_> {
    pub(crate) fn ask_how_it_went(&mut self, id: IntroductionId) {
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

    pub(crate) fn tell_how_it_went(&mut self, said: &Said, number: Option<u32>, went: Went) {
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
        self.tell(said.member, Ending::ThankYou { went });
    }
}
