//! The choice among several introductions or prompts that a member can mean.

use crate::command::courtesy::without_thanks;
use crate::command::plain_words;
use crate::dialogue::{Asks, Dialogue, Prompt, Question};
use crate::id::{IntroductionId, MemberId};
use crate::input::{Reply, Said};
use crate::introduction::flow::requester::sent_standing;
use crate::introduction::{Introduction, Party, Stage};
use crate::name::{Address, clean_text};
use crate::people::member::Field;
use crate::people::named::Named;
use crate::say::{Ending, Matter, Meant, NotTaken, Requesting, Say, SentLine, Stands};
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
                Some(Matter { number, which: self.meant(member, prompt.introduction)?, stands: None })
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
        let matters = matters.filter_map(|(at, id)| {
            Some(Matter { number: at + 1, which: self.meant(member, *id)?, stands: self.stands(member, *id) })
        });
        let matters = matters.collect();
        if let Some(dialogue) = self.dialogue(member) {
            dialogue.choosing = shown;
        }
        matters
    }

    /// The state of an introduction that a member can take back, as far as they know it.
    fn stands(&self, member: MemberId, id: IntroductionId) -> Option<Stands> {
        let introduction = self.state.introduction(id)?;
        let at = introduction.sent_at;
        match (&introduction.stage, introduction.party(member)?) {
            // A yes whose room is not open yet is still waiting for its requester.
            (Stage::Waiting(_) | Stage::Opening { .. }, Party::Requester) => Some(Stands::Waiting(at)),
            (Stage::Opening { .. }, Party::Addressee) => Some(Stands::Agreed(at)),
            (Stage::Invited { .. } | Stage::Met { .. }, _) => Some(Stands::Arranged(at)),
            (Stage::Waiting(_), Party::Addressee) | (Stage::Ended { .. }, _) => None,
        }
    }

    /// The only person whom a member knows by this name: the sender of a request that stood before their words, or
    /// somebody whose id an introduction has shown them.
    pub(crate) fn other_called(&self, said: &Said, name: &str) -> Option<Called> {
        let own = self.state.member(said.member)?;
        let stood = |prompt: &&Prompt| Kind::of(&prompt.question) == Kind::Meet && prompt.stood(&said.before);
        let others = self
            .state
            .introductions_of(said.member)
            .into_iter()
            .filter(|one| self.is_called(said.member, one.id, name));
        let found = others.filter_map(|one| match &one.stage {
            Stage::Invited { .. } | Stage::Met { .. } => {
                let other = self.state.member(one.member(one.party(said.member)?.other())?)?;
                Some(Called::Met(other.person.address.clone()))
            }
            Stage::Waiting(_) | Stage::Opening { .. } | Stage::Ended { .. } => {
                let mut prompts = own.dialogue.prompts.iter().filter(|(_, prompt)| stood(prompt));
                let (number, _) = prompts.find(|(_, prompt)| prompt.introduction == one.id)?;
                Some(Called::Sender(*number))
            }
        });
        let mut found: Vec<Called> = found.collect();
        found.dedup();
        if found.len() == 1 { found.pop() } else { None }
    }

    /// Whether a member knows the other of the two by this name.
    pub(crate) fn is_called(&self, member: MemberId, id: IntroductionId, name: &str) -> bool {
        let known = match self.meant(member, id) {
            Some(Meant::To(Named::Address(address))) => Some(address.local().to_owned()),
            Some(Meant::To(named @ Named::Entry { .. })) => Some(named.to_string()),
            Some(Meant::From(of)) => {
                of.fields().iter().find(|shown| shown.field() == Field::Name).map(|shown| shown.value().to_owned())
            }
            Some(Meant::On(_)) | None => None,
        };
        known.is_some_and(|known| is_named(&known, name))
    }

    /// The introduction with this number in the list that was last shown.
    pub(crate) fn chosen(&self, member: MemberId, number: usize) -> Option<IntroductionId> {
        let choosing = &self.state.member(member)?.dialogue.choosing;
        number.checked_sub(1).and_then(|at| choosing.get(at)).copied()
    }

    /// Whether the list in which a number was chosen, if one is offered, stood before it.
    pub(crate) fn chose_among_shown(&self, said: &Said) -> bool {
        let offered = self.state.member(said.member).is_some_and(|own| !own.dialogue.choosing.is_empty());
        !offered
            || [Asks::Choice, Asks::ReportChoice, Asks::MeetingChoice].iter().any(|list| self.was_shown(said, *list))
    }

    /// An introduction in words that this member may read.
    pub(crate) fn meant(&self, member: MemberId, id: IntroductionId) -> Option<Meant> {
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

/// Whether somebody of this name can be meant: each word is one of the name's.
pub(crate) fn is_named(name: &str, called: &str) -> bool {
    let (name, called) = (plain_words(name), plain_words(called.trim_start_matches('@')));
    let called: Vec<&str> = called.iter().map(String::as_str).collect();
    let called = without_thanks(&called);
    !called.is_empty() && called.iter().all(|word| name.iter().any(|own| own == word))
}

/// Somebody whom a member named in their own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Called {
    /// The sender of the request with this number, which they were brought.
    Sender(u32),
    /// Somebody to whom they were introduced.
    Met(Address),
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
