//! The addressee's answers: what each does, and what the requester learns of it.

use super::Turn;
use crate::audit::Noted;
use crate::command::Answer;
use crate::consent::Ask;
use crate::dialogue::{Carried, Carry, Counts, Prompt, Question};
use crate::id::{IntroductionId, MemberId};
use crate::input::{Reply, Said};
use crate::introduction::{Happening, Quiet};
use crate::member::{Field, Fields};
use crate::name::clean_text;
use crate::say::{NotTaken, Say};
use crate::timer::Wait;
use crate::when;

/// Which prompt an answer is for, and what it is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prompted {
    /// Its number.
    pub number: u32,
    /// The introduction it is about.
    pub introduction: IntroductionId,
}

/// What kind of prompt an answer answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Meet,
    Tell,
    HowWasIt,
}

impl Kind {
    pub(super) fn of(question: &Question) -> Self {
        match question {
            Question::Meet { .. } => Self::Meet,
            Question::Tell { .. } => Self::Tell,
            Question::HowWasIt => Self::HowWasIt,
        }
    }
}

impl Turn<'_> {
    pub(super) fn answer(&mut self, said: &Said, number: Option<u32>, answer: Answer) {
        match answer {
            Answer::Tell(words) => self.answer_question(said, number, &words),
            Answer::Went(went) => self.tell_how_it_went(said, number, went),
            Answer::Report(words) => self.report(said, number, &words),
            Answer::Yes(_) | Answer::No => self.yes_or_no(said, number, answer),
            Answer::Unclear if number.is_none() && said.reply == Reply::None => self.unclear_answer(said),
            Answer::NoBecause(_)
            | Answer::Ask(_)
            | Answer::Later(_)
            | Answer::Ignore
            | Answer::Block
            | Answer::Unclear => self.answer_request(said, number, answer),
        }
    }

    pub(super) fn answer_request(&mut self, said: &Said, number: Option<u32>, answer: Answer) {
        let prompted = match self.prompt_meant(said, number, Kind::Meet) {
            Ok(prompted) => prompted,
            Err(say) => {
                let whom = answer == Answer::Block && say == Say::NothingToAnswer;
                return self.not_taken(said, if whom { Say::BlockWhom } else { say });
            }
        };
        match answer {
            Answer::Yes(more) => self.yes(said, prompted, more),
            Answer::No => self.goes_quiet(said, prompted, Quiet::Declined),
            Answer::Ignore => self.goes_quiet(said, prompted, Quiet::Ignored),
            Answer::NoBecause(words) => self.no_because(said, prompted, &words),
            Answer::Ask(words) => self.ask_question(said, prompted, &words),
            Answer::Later(words) => self.later(said, prompted, &words),
            Answer::Block => self.block_sender(said, prompted),
            Answer::Unclear | Answer::Tell(_) | Answer::Went(_) | Answer::Report(_) => {
                self.tell_about(said.member, prompted.number, Say::AnswerUnclear);
            }
        }
    }

    /// Which prompt of this kind an answer is for: the one replied to, the one with that number, or the only open one. It
    /// is for none that did not stand before it.
    pub(super) fn prompt_meant(&self, said: &Said, number: Option<u32>, kind: Kind) -> Result<Prompted, Say> {
        let dialogue = self.state.member(said.member).map(|member| &member.dialogue.prompts);
        let of_kind = dialogue.into_iter().flatten().filter(|(_, prompt)| Kind::of(&prompt.question) == kind);
        let all: Vec<(&u32, &Prompt)> = of_kind.collect();
        let replied = match said.reply {
            Reply::None => None,
            Reply::To(effect) => match all.iter().find(|(_, prompt)| prompt.asked.contains(&effect)) {
                Some((number, _)) => Some(**number),
                None => return Err(Say::TooLate),
            },
            Reply::Elsewhere if number.is_none() && all.is_empty() => {
                return Err(Say::TooLate);
            }
            // It answers something else than the prompt that happens to be open.
            Reply::Elsewhere if number.is_none() => {
                return Err(self.which_one(said.member, kind));
            }
            Reply::Elsewhere => None,
        };
        let open = |(_, prompt): &&(&u32, &Prompt)| kind != Kind::Meet || prompt.is_open_request();
        let found = match (replied, number) {
            (Some(replied), Some(number)) if replied != number => return Err(self.which_one(said.member, kind)),
            (Some(named), _) | (None, Some(named)) => {
                let none = if all.is_empty() { Say::NothingToAnswer } else { Say::NoSuchNumber { number: named } };
                all.iter().find(|(number, _)| **number == named).ok_or(none)?
            }
            (None, None) => {
                let stood = |found: &&(&u32, &Prompt)| open(found) && found.1.stood(&said.before);
                match all.iter().filter(stood).collect::<Vec<_>>()[..] {
                    [] => all.iter().find(open).ok_or(Say::NothingToAnswer)?,
                    [only] => only,
                    _ => return Err(self.which_one(said.member, kind)),
                }
            }
        };
        let (number, prompt) = found;
        if !prompt.stood(&said.before) {
            return Err(Say::NotTaken(NotTaken::Early));
        }
        Ok(Prompted { number: **number, introduction: prompt.introduction })
    }

    pub(super) fn which_one(&self, member: MemberId, kind: Kind) -> Say {
        match kind {
            Kind::Meet => {
                let open = self.open_prompts(member).into_iter().map(|(number, of, _)| (number, of)).collect();
                Say::WhichOne { open }
            }
            Kind::HowWasIt => Say::WhichMeeting { matters: self.open_meetings(member) },
            Kind::Tell => self.own_requests(member),
        }
    }

    fn yes(&mut self, said: &Said, prompted: Prompted, more: Fields) {
        let Prompted { number, introduction: id } = prompted;
        let Some(own) = self.state.member(said.member) else { return };
        let Some(ask) = own.dialogue.prompts.get(&number).and_then(|prompt| prompt.ask()).cloned() else { return };
        let Some(introduction) = self.state.introduction(id) else { return };
        if introduction.deadline <= self.now {
            self.tell(said.member, Say::TooLate);
            return;
        }
        // Their details or the wording changed since they saw it: they agree to what they see, so they see it anew.
        if !Ask::of_addressee(&introduction.asked, own, &self.settings.versions).is_same(&ask) {
            self.tell(said.member, Say::NotTaken(NotTaken::Changed));
            return self.put(said.member, number);
        }
        let more: Fields = more.difference(ask.terms().after_both()).copied().collect();
        let offered = |field: &&Field| !ask.more().iter().any(|shown| shown.field() == **field);
        if let Some(field) = more.iter().find(offered).copied() {
            let say = self.for_nobody(said.member, field).unwrap_or(Say::FieldEmpty { field });
            return self.tell_about(said.member, number, say);
        }
        let until = introduction.deadline.after(self.settings.join_within);
        let Some(word) = self.word(said, &ask.shown()) else { return };
        let Some(consent) = ask.accept(word, &more, self.ids.draw(), self.now, until) else { return };
        self.step.noted.push(Noted::ConsentGiven(id, consent.id()));
        self.counts = Some(Counts::Yes(id));
        self.happen(id, Happening::Yes(consent));
    }

    pub(super) fn goes_quiet(&mut self, said: &Said, prompted: Prompted, why: Quiet) {
        if self.may_take_back(said) {
            self.counts = Some(Counts::No(prompted.introduction));
            self.happen(prompted.introduction, Happening::Quiet(why));
        }
    }

    fn no_because(&mut self, said: &Said, prompted: Prompted, words: &str) {
        if let Some(words) = self.words(said, words, "no because")
            && self.is_tied(said)
        {
            let Prompted { number, introduction } = prompted;
            self.show_carry(said.member, Carry { introduction, number, kind: Carried::Reason, words });
        }
    }

    /// The addressee says no, and has their reason passed on.
    pub(super) fn carry_reason(&mut self, carry: Carry) {
        self.counts = Some(Counts::No(carry.introduction));
        self.happen(carry.introduction, Happening::NoBecause(carry.words));
    }

    fn later(&mut self, said: &Said, prompted: Prompted, words: &str) {
        let Prompted { number, introduction: id } = prompted;
        let Some(deadline) = self.state.introduction(id).map(|introduction| introduction.deadline) else { return };
        let Some(at) = when::moment(words, self.now, &self.settings.office) else {
            self.tell(said.member, Say::WhenUnclear { command: format!("{number} later") });
            return;
        };
        if at >= deadline {
            self.tell(said.member, Say::LaterTooLate { number, at, deadline });
            return;
        }
        let reminder = Wait::Reminder { introduction: id };
        self.stop_waiting(reminder);
        self.wait(at, reminder);
        self.tell(said.member, Say::LaterNoted { number, at });
    }

    /// Words that are to be carried, tidied; if there are none, or too many, their writer hears that.
    pub(super) fn words(&mut self, said: &Said, words: &str, command: &str) -> Option<String> {
        let words = clean_text(words);
        let (limit, found) = (self.settings.words_chars_max, words.chars().count());
        if words.is_empty() {
            self.tell(said.member, Say::WordsMissing { command: command.to_owned() });
            return None;
        }
        if found > limit {
            self.tell(said.member, Say::WordsTooLong { limit, found });
            return None;
        }
        Some(words)
    }
}
