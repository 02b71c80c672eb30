//! The choice among several introductions or prompts that a member can mean.

use crate::dialogue::{Asks, Dialogue, Prompt, Question};
use crate::id::{IntroductionId, MemberId};
use crate::input::{Reply, Said};
use crate::introduction::flow::requester::sent_standing;
use crate::introduction::{Introduction, Party};
use crate::name::clean_text;
use crate::say::{Ending, Matter, Meant, NotTaken, Requesting, Say, SentLine};
use crate::step::LISTED_MAX;
use crate::turn::Turn;

impl Turn<'_> {
    /// The prompt of this kind that an answer is for: the one replied to, the one with that number, or the only open
    /// one. It is none that did not stand before the answer.
    pub(crate) fn prompt_meant(&self, said: &Said, number: Option<u32>, kind: Kind) -> Result<Prompted, Say> {
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

    pub(crate) fn which_one(&self, member: MemberId, kind: Kind) -> Say {
        match kind {
            Kind::Meet => {
                let open = self.open_prompts(member).into_iter().map(|(number, of, _)| (number, of)).collect();
                Say::WhichOne { open }
            }
            Kind::HowWasIt => Say::Ending(Ending::WhichMeeting { matters: self.open_meetings(member) }),
            Kind::Tell => self.own_requests(member),
        }
    }

    /// Words that are to be carried, tidied; if there are none, or too many, their writer hears that.
    pub(crate) fn words(&mut self, said: &Said, words: &str, command: &str) -> Option<String> {
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

    /// The meetings that a member was asked about, by the numbers under which they can answer.
    pub(crate) fn open_meetings(&self, member: MemberId) -> Vec<Matter> {
        let prompts = self.state.member(member).into_iter().flat_map(|member| &member.dialogue.prompts);
        let asked = prompts.filter(|(_, prompt)| prompt.question == Question::HowWasIt).take(LISTED_MAX);
        asked
            .filter_map(|(number, prompt)| {
                let number = usize::try_from(*number).ok()?;
                Some(Matter { number, which: self.meant(member, prompt.introduction)? })
            })
            .collect()
    }

    /// The state of a member's requests, and those that wait for an answer of theirs.
    pub(super) fn own_requests(&self, member: MemberId) -> Say {
        let line = |m: &Introduction| SentLine { to: m.named.clone(), standing: sent_standing(m) };
        let requests = self.state.requests_of(member);
        let sent = requests.iter().rev().take(LISTED_MAX).rev().map(|request| line(request)).collect();
        let (to_answer, questions) = (self.open_prompts(member), self.open_questions(member));
        Say::Requesting(Requesting::Requests { sent, to_answer, questions })
    }

    /// Offers these by number, and keeps which number is which.
    pub(super) fn matters(&mut self, member: MemberId, all: &[IntroductionId]) -> Vec<Matter> {
        let shown: Vec<IntroductionId> = all.iter().rev().take(LISTED_MAX).rev().copied().collect();
        let matters = shown.iter().enumerate();
        let matters = matters.filter_map(|(at, id)| Some(Matter { number: at + 1, which: self.meant(member, *id)? }));
        let matters = matters.collect();
        if let Some(dialogue) = self.dialogue(member) {
            dialogue.choosing = shown;
        }
        matters
    }

    /// The introduction with this number in the list that was last shown.
    pub(super) fn chosen(&self, member: MemberId, number: usize) -> Option<IntroductionId> {
        let choosing = &self.state.member(member)?.dialogue.choosing;
        number.checked_sub(1).and_then(|at| choosing.get(at)).copied()
    }

    /// Whether the list in which a number was chosen, if one is offered, stood before it.
    pub(super) fn chose_among_shown(&self, said: &Said) -> bool {
        let offered = self.state.member(said.member).is_some_and(|own| !own.dialogue.choosing.is_empty());
        !offered || self.was_shown(said, Asks::Choice)
    }

    /// An introduction in words that this member may read.
    pub(super) fn meant(&self, member: MemberId, id: IntroductionId) -> Option<Meant> {
        let introduction = self.state.introduction(id)?;
        Some(match introduction.party(member)? {
            Party::Requester => Meant::To(introduction.named.clone()),
            Party::Addressee => match self.request_disclosure(member, id) {
                Some(of) => Meant::From(of),
                None => Meant::On(introduction.sent_at),
            },
        })
    }
}

/// The prompt that an answer is for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Prompted {
    /// The number by which it was put.
    pub number: u32,
    /// The introduction it is about.
    pub introduction: IntroductionId,
}

/// The kind of prompt that an answer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Meet,
    Tell,
    HowWasIt,
}

impl Kind {
    pub(crate) fn of(question: &Question) -> Self {
        match question {
            Question::Meet { .. } => Self::Meet,
            Question::Tell { .. } => Self::Tell,
            Question::HowWasIt => Self::HowWasIt,
        }
    }
}

/// The requests that were open, and stood, before these words.
pub(crate) fn open_before(dialogue: &Dialogue, said: &Said) -> Vec<u32> {
    let open = dialogue.prompts.iter().filter(|(_, prompt)| prompt.is_open_request() && prompt.stood(&said.before));
    open.map(|(number, _)| *number).collect()
}
