//! The addressee's answers: the consequences of each, and how much of it the requester learns.

use super::choosing::{Kind, Prompted};
use crate::audit::Noted;
use crate::command::Answer;
use crate::consent::Ask;
use crate::dialogue::{Carried, Carry, Counts};
use crate::id::IntroductionId;
use crate::input::{Reply, Said};
use crate::introduction::{Happening, Quiet};
use crate::people::member::{Field, Fields};
use crate::say::{Answering, NotTaken, Receiving, Requesting, Say};
use crate::timer::Wait;
use crate::turn::Turn;
use crate::when;

impl Turn<'_> {
    pub(crate) fn answer_request(&mut self, said: &Said, number: Option<u32>, answer: Answer) {
        let prompted = match self.prompt_meant(said, number, Kind::Meet) {
            Ok(prompted) => prompted,
            Err(say) => {
                let none = say == Say::NothingToAnswer;
                if none && number.is_none() && !matches!(answer, Answer::Block | Answer::Report(_)) {
                    return self.answers_nothing(said);
                }
                let whom = answer == Answer::Block && none;
                return self.not_taken(said, if whom { Say::Receiving(Receiving::BlockWhom) } else { say });
            }
        };
        match answer {
            Answer::Yes(more) => self.yes(said, prompted, more, Self::keep_times_of_yes),
            Answer::No => self.goes_quiet(said, prompted, Quiet::Declined),
            Answer::Ignore => self.goes_quiet(said, prompted, Quiet::Ignored),
            Answer::NoBecause(words) => self.no_because(said, prompted, &words),
            Answer::Ask(words) => self.ask_question(said, prompted, &words),
            Answer::Later(words) => self.later(said, prompted, &words),
            Answer::Block => self.block_sender(said, prompted),
            Answer::Unclear | Answer::Tell(_) | Answer::Went(_) | Answer::Missed(_) | Answer::Report(_) => {
                self.tell_about(said.member, prompted.number, Say::AnswerUnclear);
            }
        }
    }

    /// Words that begin like an answer to a request, and none is open. They may be the answer to a question.
    pub(crate) fn answers_nothing(&mut self, said: &Said) {
        match self.open_questions(said.member)[..] {
            [(number, ..)] if said.reply == Reply::None => self.show_answer(said, number),
            _ => drop(self.tell(said.member, Say::NothingToAnswer)),
        }
    }

    /// The addressee's word is a yes by what the porter said before it.
    pub(crate) fn agreed_to(&mut self, said: &Said, prompted: Prompted) {
        // The times stood beside the yes before it.
        self.yes(said, prompted, Fields::new(), |turn, _, id| turn.keep_times_to_come(id));
    }

    fn yes(&mut self, said: &Said, prompted: Prompted, more: Fields, keep_times: fn(&mut Self, &Said, IntroductionId)) {
        let Prompted { number, introduction: id } = prompted;
        let Some(own) = self.state.member(said.member) else { return };
        let Some(ask) = own.dialogue.prompts.get(&number).and_then(|prompt| prompt.ask()).cloned() else { return };
        let Some(introduction) = self.state.introduction(id) else { return };
        if introduction.deadline <= self.now {
            self.tell(said.member, Say::TooLate);
            return;
        }
        // Their details or the wording changed since they saw it, and a yes is to the text they see, so they see it
        // anew.
        if !Ask::of_addressee(&introduction.asked, own, &self.settings.versions).is_same(&ask) {
            self.tell(said.member, NotTaken::Changed);
            return self.put(said.member, number);
        }
        let more: Fields = more.difference(ask.terms().after_both()).copied().collect();
        let offered = |field: &&Field| !ask.more().iter().any(|shown| shown.field() == **field);
        if let Some(field) = more.iter().find(offered).copied() {
            let say = self.for_nobody(said.member, field).unwrap_or(Say::Requesting(Requesting::FieldEmpty { field }));
            return self.tell_about(said.member, number, say);
        }
        let until = introduction.deadline.after(self.settings.join_within);
        let Some(word) = self.word(said, &ask.shown()) else { return };
        let Some(consent) = ask.accept(word, &more, self.ids.draw(), self.now, until) else { return };
        self.step.noted.push(Noted::ConsentGiven(id, consent.id()));
        self.counts = Some(Counts::Yes(id));
        keep_times(self, said, id);
        self.apply(id, Happening::Yes(consent));
    }

    pub(crate) fn goes_quiet(&mut self, said: &Said, prompted: Prompted, why: Quiet) {
        if self.may_take_back(said) {
            self.counts = Some(Counts::No(prompted.introduction));
            self.apply(prompted.introduction, Happening::Quiet(why));
        }
    }

    fn no_because(&mut self, said: &Said, prompted: Prompted, words: &str) {
        if let Some(words) = self.words(said, words, "no because")
            && self.is_proven(said)
        {
            let Prompted { number, introduction } = prompted;
            self.show_carry(said.member, Carry { introduction, number, kind: Carried::Reason, words });
        }
    }

    /// The addressee says no, and has their reason passed on.
    pub(crate) fn carry_reason(&mut self, carry: Carry) {
        self.counts = Some(Counts::No(carry.introduction));
        self.apply(carry.introduction, Happening::NoBecause(carry.words));
    }

    fn later(&mut self, said: &Said, prompted: Prompted, words: &str) {
        let Prompted { number, introduction: id } = prompted;
        let Some(deadline) = self.state.introduction(id).map(|introduction| introduction.deadline) else { return };
        let Some(at) = when::moment(words, self.now, &self.settings.office) else {
            self.tell(said.member, Say::WhenUnclear { command: format!("{number} later") });
            return;
        };
        if at >= deadline {
            self.tell(said.member, Answering::LaterTooLate { number, at, deadline });
            return;
        }
        let reminder = Wait::Reminder { introduction: id };
        self.stop_waiting(reminder);
        self.wait(at, reminder);
        self.tell(said.member, Answering::LaterNoted { number, at });
    }
}
