//! The addressee's side: being asked, reminded and answering.

use super::{LISTED_MAX, Turn};
use crate::audit::Noted;
use crate::command::Answer;
use crate::consent::{Consent, Disclosure, Recipient, Terms, Word, preview};
use crate::dialogue::Prompt;
use crate::id::{EffectId, IntroductionId, MemberId};
use crate::input::{Reply, Said};
use crate::introduction::{Happening, Quiet, Side, Stage};
use crate::member::{Field, Fields};
use crate::say::Say;
use crate::state::Wait;
use crate::time::Timestamp;

impl Turn<'_> {
    /// Puts a request to its addressee for the first time.
    pub(super) fn ask(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let Some(addressee) = introduction.addressee else { return };
        let (sent_at, deadline) = (introduction.sent_at, introduction.deadline);
        let asked = introduction.asked.terms();
        let yes = Terms {
            introduction: id,
            recipient: Recipient::Member(introduction.requester),
            purpose: asked.purpose.clone(),
            with_request: Fields::new(),
            after_both: Fields::from([Field::Name, Field::MatrixId]),
            text: asked.text.clone(),
            versions: self.settings.versions.clone(),
        };
        let prompt = Prompt { id: self.ids.draw(), introduction: id, asked: vec![], yes };
        let Some(dialogue) = self.dialogue(addressee) else { return };
        let number = dialogue.free_number();
        dialogue.prompts.insert(number, prompt);
        self.put(addressee, number);
        for reminder in self.settings.reminders.clone() {
            let due = sent_at.after(reminder);
            if due < deadline {
                self.wait(id, due, Wait::Reminder);
            }
        }
    }

    /// Says a prompt's words, the first time or again.
    fn put(&mut self, addressee: MemberId, number: u32) {
        let Some((say, introduction)) = self.words_of(addressee, number) else { return };
        if let Some(disclosure) = say.disclosures().first() {
            self.step.noted.push(Noted::Disclosed(introduction, disclosure.consent()));
        }
        let effect = self.tell(addressee, say);
        self.was_asked(addressee, number, effect);
    }

    fn words_of(&self, addressee: MemberId, number: u32) -> Option<(Say, IntroductionId)> {
        let member = self.state.member(addressee)?;
        let prompt = member.dialogue.prompts.get(&number)?;
        let introduction = self.state.introduction(prompt.introduction)?;
        let of = self.request_disclosure(addressee, prompt.introduction)?;
        let say = Say::Asked {
            number,
            request: self.request_text(&introduction.request, of.fields().to_vec()),
            of,
            yes_shows: preview(member, &prompt.yes.after_both),
            could_add: member.fields().difference(&prompt.yes.after_both).copied().collect(),
            deadline: introduction.deadline,
        };
        Some((say, introduction.id))
    }

    /// What the requester agreed to show this addressee with the request.
    fn request_disclosure(&self, addressee: MemberId, introduction: IntroductionId) -> Option<Disclosure> {
        let introduction = self.state.introduction(introduction)?;
        let requester = self.state.member(introduction.requester)?;
        introduction.asked.with_request(requester, self.state.member(addressee)?, self.now)
    }

    fn was_asked(&mut self, addressee: MemberId, number: u32, effect: EffectId) {
        if let Some(prompt) = self.member(addressee).and_then(|member| member.dialogue.prompts.get_mut(&number)) {
            prompt.asked.push(effect);
        }
    }

    pub(super) fn remind(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let (Some(addressee), deadline) = (introduction.addressee, introduction.deadline) else { return };
        if introduction.stage != Stage::Waiting(Side::Asked) || self.now >= deadline {
            return;
        }
        let Some(of) = self.request_disclosure(addressee, id) else { return };
        let Some(number) = self.number_of(addressee, id) else { return };
        let effect = self.tell(addressee, Say::Reminder { number, of, deadline });
        self.was_asked(addressee, number, effect);
    }

    pub(super) fn again(&mut self, member: MemberId) {
        let open = self.state.member(member).into_iter().flat_map(|m| m.dialogue.prompts.keys().copied());
        let numbers: Vec<u32> = open.take(LISTED_MAX).collect();
        if numbers.is_empty() {
            self.tell(member, Say::NothingToAnswer);
        }
        for number in numbers {
            self.put(member, number);
        }
    }

    pub(super) fn answer(&mut self, said: &Said, number: Option<u32>, answer: Answer) {
        let number = match self.prompt_meant(said, number) {
            Ok(number) => number,
            Err(say) => {
                self.tell(said.member, say);
                return;
            }
        };
        match answer {
            Answer::Yes(more) => self.yes(said, number, more),
            Answer::No => self.no(said, number),
            Answer::Unclear => {
                self.tell(said.member, Say::AnswerUnclear);
            }
        }
    }

    /// Which open prompt an answer is for: the one replied to, the one with that number, or the only one.
    fn prompt_meant(&self, said: &Said, number: Option<u32>) -> Result<u32, Say> {
        let open = self.state.member(said.member).map(|member| &member.dialogue.prompts);
        let Some(open) = open.filter(|open| !open.is_empty()) else {
            let late = said.reply != Reply::None;
            return Err(if late { Say::TooLate } else { Say::NothingToAnswer });
        };
        let replied = match said.reply {
            Reply::None | Reply::Late(_) => None,
            Reply::To(effect) => match open.iter().find(|(_, prompt)| prompt.asked.contains(&effect)) {
                Some((number, _)) => Some(*number),
                None => return Err(Say::TooLate),
            },
            // It answers something else than the prompt that happens to be open.
            Reply::Elsewhere if number.is_none() => return Err(self.which_one(said.member)),
            Reply::Elsewhere => None,
        };
        match (replied, number) {
            (Some(replied), Some(number)) if replied != number => Err(self.which_one(said.member)),
            (Some(replied), _) => Ok(replied),
            (None, Some(number)) if open.contains_key(&number) => Ok(number),
            (None, Some(number)) => Err(Say::NoSuchNumber { number }),
            (None, None) => match open.keys().collect::<Vec<_>>()[..] {
                [only] => Ok(*only),
                _ => Err(self.which_one(said.member)),
            },
        }
    }

    fn which_one(&self, member: MemberId) -> Say {
        let open = self.open_prompts(member).into_iter().map(|(number, of, _)| (number, of)).collect();
        Say::WhichOne { open }
    }

    /// A member's open prompts: number, who asks, until when.
    pub(super) fn open_prompts(&self, member: MemberId) -> Vec<(u32, Disclosure, Timestamp)> {
        let prompts = self.state.member(member).into_iter().flat_map(|m| &m.dialogue.prompts);
        prompts
            .take(LISTED_MAX)
            .filter_map(|(number, prompt)| {
                let of = self.request_disclosure(member, prompt.introduction)?;
                Some((*number, of, self.state.introduction(prompt.introduction)?.deadline))
            })
            .collect()
    }

    fn yes(&mut self, said: &Said, number: u32, more: Fields) {
        let Some(own) = self.state.member(said.member) else { return };
        let Some(prompt) = own.dialogue.prompts.get(&number) else { return };
        if let Some(field) = more.difference(&own.fields()).next() {
            self.tell(said.member, Say::FieldEmpty { field: *field });
            return;
        }
        let mut terms = prompt.yes.clone();
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

    fn no(&mut self, said: &Said, number: u32) {
        if !self.is_tied(said) {
            return;
        }
        let prompt = self.state.member(said.member).and_then(|own| own.dialogue.prompts.get(&number));
        if let Some(id) = prompt.map(|prompt| prompt.introduction) {
            self.happen(id, Happening::Quiet(Quiet::Declined));
        }
    }

    /// Takes a prompt back that is no longer open, and what of it was not said yet.
    pub(super) fn close_prompt(&mut self, id: IntroductionId) {
        let Some(addressee) = self.state.introduction(id).and_then(|introduction| introduction.addressee) else {
            return;
        };
        let Some(number) = self.number_of(addressee, id) else { return };
        let Some(prompt) = self.dialogue(addressee).and_then(|dialogue| dialogue.prompts.remove(&number)) else {
            return;
        };
        self.step.cancelled.extend(prompt.asked);
    }

    fn number_of(&self, addressee: MemberId, id: IntroductionId) -> Option<u32> {
        let prompts = &self.state.member(addressee)?.dialogue.prompts;
        prompts.iter().find(|(_, prompt)| prompt.introduction == id).map(|(number, _)| *number)
    }
}
