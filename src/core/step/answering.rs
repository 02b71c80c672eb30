//! The addressee's answers: what each does, and what the requester learns of it.

use super::Turn;
use crate::audit::Noted;
use crate::command::Answer;
use crate::consent::{Consent, Word};
use crate::dialogue::Question;
use crate::id::{IntroductionId, MemberId};
use crate::input::{Reply, Said};
use crate::introduction::{Happening, Quiet, Went};
use crate::member::Fields;
use crate::name::clean_text;
use crate::say::Say;
use crate::state::Wait;
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
    fn of(question: &Question) -> Self {
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
            Answer::Yes(_) | Answer::No if self.is_about_a_meeting(said, number) => {
                let went = if answer == Answer::No { Went::NotWell } else { Went::Well };
                self.tell_how_it_went(said, number, went);
            }
            Answer::Yes(_)
            | Answer::No
            | Answer::NoBecause(_)
            | Answer::Ask(_)
            | Answer::Later(_)
            | Answer::Ignore
            | Answer::Block
            | Answer::Unclear => self.answer_request(said, number, answer),
        }
    }

    fn answer_request(&mut self, said: &Said, number: Option<u32>, answer: Answer) {
        let prompted = match self.prompt_meant(said, number, Kind::Meet) {
            Ok(prompted) => prompted,
            Err(say) => {
                let whom = answer == Answer::Block && say == Say::NothingToAnswer;
                self.tell(said.member, if whom { Say::BlockWhom } else { say });
                return;
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
                self.tell(said.member, Say::AnswerUnclear);
            }
        }
    }

    /// Which prompt of this kind an answer is for: the one replied to, the one with that number, or the only open one.
    pub(super) fn prompt_meant(&self, said: &Said, number: Option<u32>, kind: Kind) -> Result<Prompted, Say> {
        let dialogue = self.state.member(said.member).map(|member| &member.dialogue.prompts);
        let of_kind = dialogue.into_iter().flatten().filter(|(_, prompt)| Kind::of(&prompt.question) == kind);
        let all: Vec<_> = of_kind.collect();
        let prompted = |(number, prompt): (&u32, &crate::dialogue::Prompt)| Prompted {
            number: *number,
            introduction: prompt.introduction,
        };
        let replied = match said.reply {
            Reply::None | Reply::Late(_) => None,
            Reply::To(effect) => match all.iter().find(|(_, prompt)| prompt.asked.contains(&effect)) {
                Some((number, _)) => Some(**number),
                None => return Err(Say::TooLate),
            },
            Reply::Elsewhere | Reply::LateElsewhere(_) if number.is_none() && all.is_empty() => {
                return Err(Say::TooLate);
            }
            // It answers something else than the prompt that happens to be open.
            Reply::Elsewhere | Reply::LateElsewhere(_) if number.is_none() => {
                return Err(self.which_one(said.member, kind));
            }
            Reply::Elsewhere | Reply::LateElsewhere(_) => None,
        };
        match (replied, number) {
            (Some(replied), Some(number)) if replied != number => Err(self.which_one(said.member, kind)),
            (Some(named), _) | (None, Some(named)) => {
                let found = all.iter().find(|(number, _)| **number == named);
                found.map(|found| prompted(*found)).ok_or(if all.is_empty() {
                    Say::NothingToAnswer
                } else {
                    Say::NoSuchNumber { number: named }
                })
            }
            (None, None) => {
                let open =
                    |(_, prompt): &&(&u32, &crate::dialogue::Prompt)| kind != Kind::Meet || prompt.is_open_request();
                match all.iter().filter(open).collect::<Vec<_>>()[..] {
                    [] => Err(Say::NothingToAnswer),
                    [only] => Ok(prompted(*only)),
                    _ => Err(self.which_one(said.member, kind)),
                }
            }
        }
    }

    fn which_one(&self, member: MemberId, kind: Kind) -> Say {
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
        let Some(own) = self.state.member(said.member) else { return };
        let prompt = own.dialogue.prompts.get(&prompted.number);
        let Some(mut terms) = prompt.and_then(|prompt| prompt.terms()).cloned() else { return };
        if let Some(field) = more.difference(&own.fields()).next().copied() {
            let say = self.for_nobody(said.member, field).unwrap_or(Say::FieldEmpty { field });
            self.tell(said.member, say);
            return;
        }
        terms.after_both.extend(more);
        if !self.is_tied(said) {
            return;
        }
        let Some(word) = Word::of(said) else { return };
        let id = terms.introduction;
        let Some(introduction) = self.state.introduction(id) else { return };
        if introduction.deadline <= self.now {
            self.tell(said.member, Say::TooLate);
            return;
        }
        let until = introduction.deadline.after(self.settings.join_within);
        let consent = Consent::give(self.ids.draw(), &word, terms, self.now, until);
        self.step.noted.push(Noted::ConsentGiven(id, consent.id()));
        self.happen(id, Happening::Yes(consent));
    }

    pub(super) fn goes_quiet(&mut self, said: &Said, prompted: Prompted, why: Quiet) {
        if self.is_tied(said) {
            self.happen(prompted.introduction, Happening::Quiet(why));
        }
    }

    fn no_because(&mut self, said: &Said, prompted: Prompted, words: &str) {
        if let Some(reason) = self.words(said, words, "no because")
            && self.is_tied(said)
        {
            self.happen(prompted.introduction, Happening::NoBecause(reason));
        }
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
        self.stop_waiting(id, |wait| wait == Wait::Reminder);
        self.wait(id, at, Wait::Reminder);
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
