//! Questions are put, and put again to somebody whose words answered nothing.

use std::collections::BTreeSet;

use super::Turn;
use crate::asked::Asked;
use crate::case::Case;
use crate::effect::Act;
use crate::id::{CaseId, PersonId};
use crate::input::Said;
use crate::people::Talk;
use crate::say::{Say, ToClient};
use crate::word::CaseWord;

impl Turn<'_> {
    /// Asks a client for the answer that is waited for.
    pub(super) fn ask(&mut self, client: PersonId, say: ToClient) {
        let message = self.effect(BTreeSet::from([client]), Act::Tell(client, say.into()));
        if let Some(client) = self.client(client) {
            client.question.and_by(message);
        }
    }

    /// Asks somebody something about a case, which holds the question.
    pub(super) fn ask_about_case(
        &mut self,
        id: CaseId,
        to: PersonId,
        say: impl Into<Say>,
        question: impl Fn(&mut Case) -> Option<&mut Asked>,
    ) {
        let Some(client) = self.state.case(id).map(|case| case.client) else { return };
        let message = self.effect(BTreeSet::from([client, to]), Act::Tell(to, say.into()));
        if let Some(question) = self.case(id).and_then(question) {
            question.and_by(message);
        }
    }

    /// Whether a client's words answer what the service waits for, if it does.
    pub(super) fn answers(&self, said: &Said) -> bool {
        let client = self.state.client(said.person);
        client.is_some_and(|client| client.talk == Talk::Nothing || client.question.is_answered(said))
    }

    /// Something beside the open question was dealt with: the question is asked once more, for words answer the message
    /// that asked last.
    pub(super) fn go_on(&mut self, said: &Said, talk: &Talk) {
        let Some(client) = self.state.client(said.person).filter(|client| client.talk == *talk) else { return };
        match talk {
            Talk::Terms(_) if client.question.stood(said) => self.ask(said.person, ToClient::TermsFirst),
            Talk::Terms(_) | Talk::Whom | Talk::About(_) | Talk::Showing(..) if !self.is_out_of_date(said.person) => {
                self.repeat(said.person);
            }
            Talk::Terms(_) | Talk::Whom | Talk::About(_) | Talk::Showing(..) | Talk::Nothing => {}
        }
    }

    /// A client's words do not answer the open question. They are not taken for anything else, and the client hears so,
    /// once, and is asked again.
    pub(super) fn ask_again(&mut self, said: &Said) {
        let client = self.state.client(said.person);
        if client.is_none_or(|client| client.question.comes_again(said)) {
            return;
        }
        self.tell(said.person, Say::AskedAgain);
        self.repeat(said.person);
        if let Some(client) = self.client(said.person) {
            client.question.was_put_again();
        }
    }

    /// The same, where the question is one about a case.
    pub(super) fn ask_again_about_case(
        &mut self,
        said: &Said,
        id: CaseId,
        say: impl Into<Say>,
        question: impl Fn(&mut Case) -> Option<&mut Asked>,
    ) {
        let comes = self.case(id).and_then(&question).is_none_or(|question| question.comes_again(said));
        if comes {
            return;
        }
        self.tell(said.person, Say::AskedAgain);
        self.ask_about_case(id, said.person, say, &question);
        if let Some(question) = self.case(id).and_then(question) {
            question.was_put_again();
        }
    }

    /// Asks a client once more for the answer that is waited for.
    pub(super) fn repeat(&mut self, client: PersonId) {
        let Some(talk) = self.state.client(client).map(|client| client.talk.clone()) else { return };
        match talk {
            Talk::Terms(_) => self.ask_terms(client),
            Talk::Whom => self.begin(client),
            Talk::About(wanted) => self.ask_about(client, &wanted),
            Talk::Showing(_, line) => self.ask(client, ToClient::AskShowing(line)),
            Talk::Nothing => {}
        }
    }

    /// The word of the case whose question a counsellor's words are about: the one that they named, the one whose
    /// question they replied to, or the only one with such a question. Where several fit, they are asked.
    pub(super) fn asked_about(
        &mut self,
        said: &Said,
        word: Option<CaseWord>,
        question: impl Fn(&Case, PersonId) -> Option<Asked>,
    ) -> Option<CaseWord> {
        let replied = |case: &&Case| question(case, said.person).is_some_and(|question| question.is_replied_to(said));
        let word = word.or_else(|| self.state.cases().find(replied).map(|case| case.word.clone()));
        self.chosen(said.person, word, |case, counsellor| question(case, counsellor).is_some())
    }
}
