//! The addressee's side: being asked and reminded, and what is open with them.

use lodge_ground::bounded::AtMost;

use super::{LISTED_MAX, Turn};
use crate::audit::Noted;
use crate::consent::{Ask, Disclosure};
use crate::dialogue::{Prompt, Question};
use crate::id::{EffectId, IntroductionId, MemberId};
use crate::introduction::{Side, Stage};
use crate::say::Say;
use crate::time::Timestamp;
use crate::timer::Wait;

impl Turn<'_> {
    /// Puts a request to its addressee for the first time.
    pub(super) fn ask(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let Some(addressee) = introduction.addressee else { return };
        let (sent_at, deadline) = (introduction.sent_at, introduction.deadline);
        let Some(own) = self.state.member(addressee) else { return };
        let yes = Ask::of_addressee(&introduction.asked, own, &self.settings.versions);
        let question = Question::Meet { yes, aside: false };
        let Some(number) = self.prompt(addressee, id, question) else { return };
        let now = self.now;
        if let Some(member) = self.member(addressee) {
            member.availability.brought(now);
        }
        self.silence_begins(addressee);
        self.put(addressee, number);
        for reminder in self.settings.reminders.clone() {
            let due = sent_at.after(reminder);
            if due < deadline {
                self.wait(due, Wait::Reminder { introduction: id });
            }
        }
    }

    /// Opens a prompt to a member; its number.
    pub(super) fn prompt(&mut self, member: MemberId, introduction: IntroductionId, question: Question) -> Option<u32> {
        let prompt = Prompt { id: self.ids.draw(), introduction, asked: AtMost::default(), question };
        let dialogue = self.dialogue(member)?;
        let number = dialogue.take_number();
        dialogue.prompts.insert(number, prompt);
        Some(number)
    }

    /// Says a request's words, the first time or again: as they are now, and with what a yes shows now.
    pub(super) fn put(&mut self, addressee: MemberId, number: u32) {
        self.renew(addressee, number);
        let Some((say, introduction)) = self.words_of(addressee, number) else { return };
        if let Some(disclosure) = say.disclosures().first() {
            self.step.noted.push(Noted::Disclosed(introduction, disclosure.consent()));
        }
        let effect = self.tell(addressee, say);
        self.was_asked(addressee, number, effect, true);
    }

    /// Lets a prompt ask for what a yes would show now. If that is something else, no message has shown it yet.
    fn renew(&mut self, addressee: MemberId, number: u32) {
        let Some(own) = self.state.member(addressee) else { return };
        let Some(prompt) = own.dialogue.prompts.get(&number) else { return };
        let Some(introduction) = self.state.introduction(prompt.introduction) else { return };
        let now = Ask::of_addressee(&introduction.asked, own, &self.settings.versions);
        if prompt.ask().is_some_and(|ask| ask.is_same(&now)) {
            return;
        }
        if let Some(prompt) = self.dialogue(addressee).and_then(|dialogue| dialogue.prompts.get_mut(&number))
            && let Question::Meet { yes, .. } = &mut prompt.question
        {
            *yes = now;
        }
    }

    fn words_of(&self, addressee: MemberId, number: u32) -> Option<(Say, IntroductionId)> {
        let member = self.state.member(addressee)?;
        let prompt = member.dialogue.prompts.get(&number)?;
        let ask = prompt.ask()?;
        let introduction = self.state.introduction(prompt.introduction)?;
        let of = self.request_disclosure(addressee, prompt.introduction)?;
        let say = Say::Asked {
            number,
            request: self.request_text(&introduction.request),
            of,
            yes_shows: ask.terms().afterwards(),
            could_add: ask.more().to_vec(),
            deadline: introduction.deadline,
        };
        Some((say, introduction.id))
    }

    /// What the requester agreed to show this addressee with the request.
    pub(super) fn request_disclosure(&self, addressee: MemberId, introduction: IntroductionId) -> Option<Disclosure> {
        let introduction = self.state.introduction(introduction)?;
        let requester = self.state.member(introduction.requester)?;
        introduction.asked.with_request(requester, self.state.member(addressee)?, self.now)
    }

    /// A message asks for the answer to this prompt, so that a reply to it is one; `whole` where it shows all of it.
    pub(super) fn was_asked(&mut self, addressee: MemberId, number: u32, effect: EffectId, whole: bool) {
        if let Some(prompt) = self.member(addressee).and_then(|member| member.dialogue.prompts.get_mut(&number)) {
            prompt.asked_by(effect, whole);
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
        let prompt = self.state.member(addressee).and_then(|member| member.dialogue.prompts.get(&number));
        // A reminder of what was never said would be the first that they hear of it.
        if prompt.is_none_or(|prompt| prompt.shown().is_empty()) {
            return self.put(addressee, number);
        }
        self.tell_about(addressee, number, Say::Reminder { number, of, deadline });
    }

    /// Repeats whatever waits for this member's answer.
    pub(super) fn again(&mut self, member: MemberId) {
        let prompts = self.state.member(member).into_iter().flat_map(|m| &m.dialogue.prompts);
        let open: Vec<(u32, IntroductionId, Question)> = prompts
            .filter(|(_, prompt)| !matches!(&prompt.question, Question::Meet { aside: true, .. }))
            .map(|(number, prompt)| (*number, prompt.introduction, prompt.question.clone()))
            .take(LISTED_MAX)
            .collect();
        if open.is_empty() {
            self.tell(member, Say::NothingToAnswer);
        }
        for (number, introduction, question) in open {
            match question {
                Question::Meet { .. } => self.put(member, number),
                Question::Tell { place } => self.put_question(member, number, introduction, place),
                Question::HowWasIt => self.put_how_was_it(member, number, introduction),
            }
        }
    }

    /// The requests that wait for a member's first answer: number, who asks, until when.
    pub(super) fn open_prompts(&self, member: MemberId) -> Vec<(u32, Disclosure, Timestamp)> {
        let prompts = self.state.member(member).into_iter().flat_map(|m| &m.dialogue.prompts);
        prompts
            .filter(|(_, prompt)| prompt.is_open_request())
            .take(LISTED_MAX)
            .filter_map(|(number, prompt)| {
                let of = self.request_disclosure(member, prompt.introduction)?;
                Some((*number, of, self.state.introduction(prompt.introduction)?.deadline))
            })
            .collect()
    }

    /// Closes the prompt by which an addressee was asked, and what of it was not said yet.
    pub(super) fn close_prompt(&mut self, id: IntroductionId) {
        let Some(addressee) = self.state.introduction(id).and_then(|introduction| introduction.addressee) else {
            return;
        };
        let Some(number) = self.number_of(addressee, id) else { return };
        let Some(prompt) = self.dialogue(addressee).and_then(|dialogue| dialogue.prompts.remove(&number)) else {
            return;
        };
        self.step.cancelled.extend(prompt.asked.iter());
    }

    /// Lays a request aside that the addressee has said no to or lets pass: it counts as open only when they name it.
    pub(super) fn lay_aside(&mut self, id: IntroductionId) {
        let Some(addressee) = self.state.introduction(id).and_then(|introduction| introduction.addressee) else {
            return;
        };
        let Some(number) = self.number_of(addressee, id) else { return };
        if let Some(prompt) = self.dialogue(addressee).and_then(|dialogue| dialogue.prompts.get_mut(&number))
            && let Question::Meet { aside, .. } = &mut prompt.question
        {
            *aside = true;
        }
    }

    /// Closes every prompt about an introduction, whoever it was put to.
    pub(super) fn close_prompts(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        for member in introduction.owners() {
            let Some(found) = self.state.member(member) else { continue };
            if !found.dialogue.prompts.values().any(|prompt| prompt.introduction == id) {
                continue;
            }
            let Some(dialogue) = self.dialogue(member) else { continue };
            let closed = dialogue.prompts.extract_if(.., |_, prompt| prompt.introduction == id);
            let asked: Vec<EffectId> = closed.flat_map(|(_, prompt)| prompt.asked).collect();
            self.step.cancelled.extend(asked);
        }
    }

    /// The number by which an addressee was asked to meet.
    pub(super) fn number_of(&self, addressee: MemberId, id: IntroductionId) -> Option<u32> {
        let prompts = &self.state.member(addressee)?.dialogue.prompts;
        let found = prompts.iter().find(|(_, prompt)| prompt.introduction == id && prompt.ask().is_some());
        found.map(|(number, _)| *number)
    }
}
