//! Questions before an answer: carried to the requester without a name, and their answers carried back.
//!
//! In spite of anything that the addressee does meanwhile, the requester's question stays open until the deadline, and
//! an answer to it is noted in the same words: only the addressee's side decides whether anybody still reads it.

use crate::audit::Noted;
use crate::dialogue::{Carried, Carry, Prompt, Question};
use crate::id::{IntroductionId, MemberId};
use crate::input::Said;
use crate::introduction::flow::choosing::{Kind, Prompted};
use crate::introduction::{self, Side, Stage};
use crate::say::{Answering, Requesting, Say};
use crate::turn::Turn;

impl Turn<'_> {
    /// The addressee would like to know something first.
    pub(super) fn ask_question(&mut self, said: &Said, prompted: Prompted, words: &str) {
        let Prompted { number, introduction: id } = prompted;
        let limit = self.settings.limits.questions;
        let Some(question) = self.words(said, words, "ask") else { return };
        if !self.is_proven(said) {
            return;
        }
        let Some(introduction) = self.state.introduction(id) else { return };
        let place = introduction.questions.len();
        if place >= limit {
            self.tell(said.member, Answering::QuestionsUsedUp { number, limit });
            return;
        }
        self.show_carry(said.member, Carry { introduction: id, number, kind: Carried::Question, words: question });
    }

    /// The addressee saw their question as it will be read, and has it carried.
    pub(crate) fn carry_question(&mut self, addressee: MemberId, carry: Carry) {
        let Carry { introduction: id, number, words: question, .. } = carry;
        let limit = self.settings.limits.questions;
        let Some(introduction) = self.state.introduction(id) else { return };
        let (place, requester) = (introduction.questions.len(), introduction.requester);
        if place >= limit {
            self.tell(addressee, Answering::QuestionsUsedUp { number, limit });
            return;
        }
        self.introduction(id, |introduction| {
            introduction.questions.push(introduction::Question { question: question.clone(), answer: None });
        });
        self.step.noted.push(Noted::QuestionCarried(id));
        self.tell(addressee, Answering::QuestionPassedOn { number, question, left: limit - place - 1 });
        if let Some(number) = self.prompt(requester, id, Question::Tell { place }) {
            self.put_question(requester, number, id, place);
        }
    }

    /// The requester answers.
    pub(crate) fn answer_question(&mut self, said: &Said, number: Option<u32>, words: &str) {
        let prompted = match self.prompt_meant(said, number, Kind::Tell) {
            Ok(prompted) => prompted,
            Err(say) => return self.not_taken(said, say),
        };
        let Some(answer) = self.words(said, words, "answer") else { return };
        if !self.is_proven(said) {
            return;
        }
        self.give_answer(said.member, prompted, answer);
    }

    /// The requester saw their answer as it will be read, and has it carried.
    pub(crate) fn carry_own_answer(&mut self, requester: MemberId, carry: Carry) {
        let Carry { introduction, number, words, .. } = carry;
        let prompts = self.state.member(requester).map(|own| &own.dialogue.prompts);
        let is_open =
            |prompt: &Prompt| prompt.introduction == introduction && matches!(prompt.question, Question::Tell { .. });
        if prompts.and_then(|prompts| prompts.get(&number)).is_some_and(is_open) {
            self.give_answer(requester, Prompted { number, introduction }, words);
        } else {
            self.tell(requester, Say::TooLate);
        }
    }

    fn give_answer(&mut self, requester: MemberId, prompted: Prompted, answer: String) {
        let Prompted { number, introduction: id } = prompted;
        let prompt = self.dialogue(requester).and_then(|dialogue| dialogue.prompts.remove(&number));
        let Some(Question::Tell { place }) = prompt.map(|prompt| prompt.question) else { return };
        self.introduction(id, |introduction| {
            if let Some(asked) = introduction.questions.get_mut(place) {
                asked.answer = Some(answer.clone());
            }
        });
        let Some(introduction) = self.state.introduction(id) else { return };
        let (to, carries) = (introduction.named.clone(), introduction.stage == Stage::Waiting(Side::Asked));
        self.tell(requester, Requesting::AnswerNoted { to, answer: answer.clone() });
        if carries {
            self.carry_answer(id, place, answer);
        }
    }

    fn carry_answer(&mut self, id: IntroductionId, place: usize, answer: String) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let (Some(addressee), deadline) = (introduction.addressee, introduction.deadline) else { return };
        let Some(question) = introduction.questions.get(place).map(|asked| asked.question.clone()) else { return };
        let Some(number) = self.number_of(addressee, id) else { return };
        let Some(of) = self.request_disclosure(addressee, id) else { return };
        self.step.noted.push(Noted::AnswerCarried(id));
        self.tell_about(addressee, number, Answering::AnswerCame { number, question, answer, of, deadline });
    }
}
