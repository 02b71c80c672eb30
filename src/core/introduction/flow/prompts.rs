//! Prompts: what is put to a member about an introduction, said again, and closed.

use lodge_ground::bounded::AtMost;

use crate::audit::Noted;
use crate::consent::{Ask, Disclosure};
use crate::dialogue::{Prompt, Question};
use crate::id::{EffectId, IntroductionId, MemberId};
use crate::introduction::Request;
use crate::people::named::Named;
use crate::say::{Answering, Ending, RequestText, Requesting, Say};
use crate::step::LISTED_MAX;
use crate::time::Timestamp;
use crate::turn::Turn;

impl Turn<'_> {
    /// Opens a prompt to a member; its number.
    pub(super) fn prompt(&mut self, member: MemberId, introduction: IntroductionId, question: Question) -> Option<u32> {
        let prompt = Prompt { id: self.ids.draw(), introduction, asked: AtMost::default(), question };
        let dialogue = self.dialogue(member)?;
        let number = dialogue.take_number();
        dialogue.prompts.insert(number, prompt);
        Some(number)
    }

    /// Says a request's words, the first time or again: as they are now, and with the details that a yes shows now.
    pub(super) fn put(&mut self, addressee: MemberId, number: u32) {
        self.renew(addressee, number);
        let Some((say, introduction)) = self.words_of(addressee, number) else { return };
        if let Some(disclosure) = say.disclosures().first() {
            self.step.noted.push(Noted::Disclosed(introduction, disclosure.consent()));
        }
        let effect = self.tell(addressee, say);
        self.was_asked(addressee, number, effect, true);
    }

    /// Lets a prompt ask for the details that a yes would show now. If they have changed, no message has shown them
    /// yet.
    pub(crate) fn renew(&mut self, addressee: MemberId, number: u32) {
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

    pub(crate) fn words_of(&self, addressee: MemberId, number: u32) -> Option<(Say, IntroductionId)> {
        let member = self.state.member(addressee)?;
        let prompt = member.dialogue.prompts.get(&number)?;
        let ask = prompt.ask()?;
        let introduction = self.state.introduction(prompt.introduction)?;
        let of = self.request_disclosure(addressee, prompt.introduction)?;
        let mut open = member.dialogue.prompts.iter();
        let say = Answering::Asked {
            number,
            request: self.request_text(&introduction.request),
            of,
            yes_shows: ask.terms().afterwards(),
            could_add: ask.more().to_vec(),
            deadline: introduction.deadline,
            only: !open.any(|(other, prompt)| *other != number && prompt.is_open_request()),
        };
        Some((say.into(), introduction.id))
    }

    /// The disclosure by which the requester shows this addressee their details with the request; none once they have taken
    /// it back.
    pub(crate) fn request_disclosure(&self, addressee: MemberId, introduction: IntroductionId) -> Option<Disclosure> {
        let introduction = self.state.introduction(introduction).filter(|one| !one.is_taken_back_by_requester())?;
        let requester = self.state.member(introduction.requester)?;
        introduction.asked.with_request(requester, self.state.member(addressee)?, self.now)
    }

    /// The number by which an addressee was asked to meet.
    pub(crate) fn number_of(&self, addressee: MemberId, id: IntroductionId) -> Option<u32> {
        let prompts = &self.state.member(addressee)?.dialogue.prompts;
        let found = prompts.iter().find(|(_, prompt)| prompt.introduction == id && prompt.ask().is_some());
        found.map(|(number, _)| *number)
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

    /// Closes every prompt about an introduction, of both parties.
    pub(crate) fn close_prompts(&mut self, id: IntroductionId) {
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

    /// The requests that wait for a member's first answer: number, who asks, until when.
    pub(crate) fn open_prompts(&self, member: MemberId) -> Vec<(u32, Disclosure, Timestamp)> {
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

    /// Says a question's words to the requester, the first time or again.
    pub(super) fn put_question(&mut self, requester: MemberId, number: u32, id: IntroductionId, place: usize) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let Some(asked) = introduction.questions.get(place) else { return };
        let (to, deadline) = (introduction.named.clone(), introduction.deadline);
        let say = Requesting::QuestionCame { number, to, question: asked.question.clone(), deadline };
        let effect = self.tell(requester, say);
        self.was_asked(requester, number, effect, true);
        self.has_shown(id, requester, effect);
    }

    /// Questions that wait for a requester's answer: number, whom they had named, the question.
    pub(crate) fn open_questions(&self, requester: MemberId) -> Vec<(u32, Named, String)> {
        let prompts = self.state.member(requester).into_iter().flat_map(|member| &member.dialogue.prompts);
        let open = prompts.filter_map(|(number, prompt)| {
            let Question::Tell { place } = prompt.question else { return None };
            let introduction = self.state.introduction(prompt.introduction)?;
            let question = introduction.questions.get(place)?.question.clone();
            Some((*number, introduction.named.clone(), question))
        });
        open.collect()
    }

    /// Asks how it went, the first time or again.
    pub(super) fn put_how_was_it(&mut self, member: MemberId, number: u32, id: IntroductionId) {
        let Some(which) = self.meant(member, id) else { return };
        let interview = self.interview_party(id, member);
        let effect = self.tell(member, Ending::HowWasIt { number, which, interview });
        self.was_asked(member, number, effect, true);
    }

    pub(super) fn request_text(&self, request: &Request) -> RequestText {
        let label = self.settings.purpose(&request.purpose).map(|purpose| purpose.label.clone());
        let purpose = label.unwrap_or_else(|| request.purpose.to_string());
        RequestText { purpose, request: request.clone() }
    }
}
