//! The addressee's side: being asked and reminded, and the questions that are open with them.

use std::collections::BTreeSet;

use crate::consent::Ask;
use crate::dialogue::{Prompt, Question};
use crate::domain_event::DomainEvent;
use crate::id::{EffectId, IntroductionId, MemberId};
use crate::introduction::{Side, Stage};
use crate::say::{Answering, Devices, Say};
use crate::step::LISTED_MAX;
use crate::timer::Wait;
use crate::turn::Turn;

impl Turn<'_> {
    /// Puts a request to its addressee for the first time.
    pub(crate) fn ask(&mut self, id: IntroductionId) {
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
        self.announce(DomainEvent::RequestBrought(addressee));
        self.put(addressee, number);
        for reminder in self.settings.reminders.clone() {
            let due = sent_at.after(reminder);
            if due < deadline {
                self.wait(due, Wait::Reminder { introduction: id });
            }
        }
    }

    pub(crate) fn remind(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let (Some(addressee), deadline) = (introduction.addressee, introduction.deadline) else { return };
        if introduction.stage != Stage::Waiting(Side::Asked) || self.now >= deadline {
            return;
        }
        let Some(of) = self.request_disclosure(addressee, id) else { return };
        let Some(number) = self.number_of(addressee, id) else { return };
        let prompt = self.state.member(addressee).and_then(|member| member.dialogue.prompts.get(&number));
        // A reminder of a request that was never said would be the first that they hear of it.
        if prompt.is_none_or(|prompt| prompt.shown().is_empty()) {
            return self.put(addressee, number);
        }
        self.tell_about(addressee, number, Answering::Reminder { number, of, deadline });
    }

    /// Somebody asks for everything that they can do with the requests that are open.
    pub(super) fn choices(&mut self, member: MemberId) {
        let prompts = self.state.member(member).into_iter().flat_map(|own| &own.dialogue.prompts);
        let open: Vec<u32> = prompts
            .filter(|(_, prompt)| prompt.is_open_request())
            .map(|(number, _)| *number)
            .take(LISTED_MAX)
            .collect();
        if open.is_empty() {
            return self.help(member);
        }
        // After those of several, nobody could tell which of them a bare yes is to.
        let only = open.len() == 1;
        for number in open {
            let message = self.tell(member, Answering::Choices { number });
            if only {
                self.was_asked(member, number, message, false);
            }
        }
    }

    /// Repeats whatever waits for this member's answer.
    pub(crate) fn again(&mut self, member: MemberId) {
        if !self.repeat_open(member) {
            self.tell(member, Say::NothingToAnswer);
        }
    }

    /// Says once more what waits for a member's answer, where they write from a device that cannot read it, unless their words
    /// have brought it up themselves.
    pub(crate) fn say_once_more(&mut self, member: MemberId) {
        let said: BTreeSet<EffectId> = self.step.effects.iter().map(|effect| effect.id).collect();
        let is_unsaid = |prompt: &Prompt| !prompt.asked.iter().any(|message| said.contains(message));
        if self.open(member).any(|(_, prompt)| is_unsaid(prompt)) {
            self.tell(member, Devices::OnceMore);
            self.repeat_open(member);
        }
    }

    /// The questions that are open to a member.
    fn open(&self, member: MemberId) -> impl Iterator<Item = (u32, &Prompt)> {
        let prompts = self.state.member(member).into_iter().flat_map(|m| &m.dialogue.prompts);
        prompts
            .filter(|(_, prompt)| !matches!(&prompt.question, Question::Meet { aside: true, .. }))
            .map(|(number, prompt)| (*number, prompt))
            .take(LISTED_MAX)
    }

    /// Repeats the questions that are open to a member. Whether there are any.
    fn repeat_open(&mut self, member: MemberId) -> bool {
        let open = self.open(member).map(|(number, prompt)| (number, prompt.introduction, prompt.question.clone()));
        let open: Vec<(u32, IntroductionId, Question)> = open.collect();
        let are_any = !open.is_empty();
        for (number, introduction, question) in open {
            match question {
                Question::Meet { .. } => self.put(member, number),
                Question::Tell { place } => self.put_question(member, number, introduction, place),
                Question::HowWasIt => self.put_how_was_it(member, number, introduction),
            }
        }
        are_any
    }
}
