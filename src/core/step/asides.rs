//! Words that are part of nothing that goes on: greetings, questions about how things are here, a wish to be left alone,
//! and those that are not understood.

use crate::command::{self, Answer, Command, RequestCommand, Topic};
use crate::dialogue::{Asked, Asks, Dialogue, Draft};
use crate::expecting::Meant;
use crate::id::MemberId;
use crate::input::{Reply, Said};
use crate::introduction::flow::choosing::{Kind, open_before};
use crate::people::member::Role;
use crate::say::{Aside, Desk, OpenRequest, Say};
use crate::turn::Turn;

/// After this many messages in a row that were not understood, a person is offered.
const MISSES_MAX: usize = 3;

impl Turn<'_> {
    /// The meaning of words that are no command of their own, should a phrase say it.
    pub(super) fn phrased(&self, dialogue: &Dialogue, said: &Said, meant: Meant) -> Meant {
        let text = match (&meant, &dialogue.draft) {
            (Meant::Command(Command::Text(text)), _) => text,
            // "I'd like to meet you to hear about law" may be the answer to a question, and names nobody.
            (Meant::Command(Command::Request(RequestCommand::Introduce { to: Some(Err(_)), .. })), _)
                if self.question_asked_last(said).is_some() =>
            {
                return Meant::Command(Command::Text(said.text.clone()));
            }
            // "No more requests, please" begins like an answer, and is none.
            (Meant::Command(Command::Answer { number: None, answer: Answer::Unclear }), _) => &said.text,
            // A purpose comes before a phrase, and words of their own are no phrase.
            (Meant::Draft(text), Some(Draft::WhatFor { .. }))
                if self.settings.purpose_meant(text).is_none() && !self.settings.is_personal(text) =>
            {
                text
            }
            (Meant::Draft(text), Some(Draft::Whom(_) | Draft::Ready(_))) => text,
            (Meant::Command(_) | Meant::Draft(_) | Meant::Reply | Meant::Enquiry(_), _) => return meant,
        };
        let command = self.settings.phrases.read(text).or_else(|| command::roughly(text));
        command.map_or(meant, Meant::Command)
    }

    /// Counts messages in a row that were not understood.
    pub(crate) fn note_miss(&mut self, member: MemberId, missed: bool) {
        let before = self.state.member(member).map_or(0, |own| own.dialogue.misses);
        let now = if missed { before.saturating_add(1) } else { 0 };
        if before != now
            && let Some(dialogue) = self.dialogue(member)
        {
            dialogue.misses = now;
        }
    }

    pub(super) fn greet(&mut self, said: &Said) {
        if self.role(said.member) == Some(Role::Unverified) {
            return self.help(said.member);
        }
        match self.only_open(said) {
            Some(open) => self.tell_about(said.member, open.number, Aside::HelloOpen(open)),
            None => {
                self.tell(said.member, Aside::Hello { offers: self.settings.offers });
            }
        }
    }

    /// "Stop": a draft, if that was the last thing talked about; otherwise they say what.
    pub(super) fn stop(&mut self, said: &Said, plainly: bool) {
        let Some(own) = self.state.member(said.member) else { return };
        let has_words = own.dialogue.draft.is_some() || own.dialogue.carry.is_some() || own.dialogue.offer.is_some();
        if plainly && has_words && !matches!(self.asked_last(said), Some(Asked::Prompt(_))) {
            return self.cancel_in_hand(said.member);
        }
        let (open, listed) = (self.only_open(said), own.is_listed());
        let say =
            Aside::StopWhat { open, draft: has_words, withdraw: !self.withdrawable(said.member).is_empty(), listed };
        // A bare yes to this would be a yes to who knows what, so it asks for no answer: it gives the words with their number.
        self.tell(said.member, say);
    }

    pub(super) fn explain(&mut self, member: MemberId, topic: Topic) {
        let say = match topic {
            Topic::Outcome => Aside::HowItEnds,
            Topic::Advice => Aside::Example,
            Topic::Language => Aside::Languages,
        };
        self.tell(member, say);
    }

    /// Words that nothing had asked for. The answer names what is open, and is not the same twice in a row.
    pub(super) fn not_understood(&mut self, said: &Said, text: &str) {
        let member = said.member;
        let Some(own) = self.state.member(member) else { return };
        let (misses, browses) = (own.dialogue.misses, own.dialogue.browsing.is_some());
        let own_words = own.dialogue.draft.is_some() || own.dialogue.carry.is_some() || own.dialogue.offer.is_some();
        if browses && self.entry_meant(member, text).is_some() {
            return self.introduce(said, Some(Err(text.to_owned())), None, None);
        }
        if own_words && !matches!(self.asked_last(said), Some(Asked::Prompt(_))) {
            return self.repeat_question(member);
        }
        if let Some(open) = self.only_open(said) {
            return self.tell_about(member, open.number, Aside::StillWaits { open, misses });
        }
        let several = self.state.member(member).is_some_and(|own| open_before(&own.dialogue, said).len() > 1);
        if several {
            let say = self.which_one(member, Kind::Meet);
            self.tell(member, say);
            return;
        }
        let question = self.open_questions(member).first().map(|(number, ..)| *number);
        let say = match (question, misses) {
            (Some(number), _) => Say::MaybeAnAnswer { number },
            (None, _) if said.reply != Reply::None && self.role(member).is_some_and(Role::is_staff) => {
                Desk::WhichQuestion.into()
            }
            (None, 0 | 1) => Say::NotUnderstood,
            (None, misses) if misses.is_multiple_of(2) => Aside::LostAgain.into(),
            (None, _) => Aside::LostToPerson.into(),
        };
        self.tell(member, say);
    }

    /// A draft's question was answered in words that fit none of its answers: once too often, a person is offered.
    pub(crate) fn lost_in_draft(&mut self, member: MemberId, say: impl Into<Say>) {
        let misses = self.state.member(member).map_or(0, |own| own.dialogue.misses);
        if misses >= MISSES_MAX && misses.is_multiple_of(MISSES_MAX) {
            self.tell_asking(member, Asks::Draft, Aside::LostInDraft);
        } else {
            self.tell(member, say);
        }
    }

    /// The request that waits for somebody and stood before their words, if it is the only one.
    fn only_open(&self, said: &Said) -> Option<OpenRequest> {
        let own = self.state.member(said.member)?;
        let [number] = open_before(&own.dialogue, said)[..] else { return None };
        let open = self.open_prompts(said.member).into_iter().find(|(open, ..)| *open == number);
        open.map(|(number, of, deadline)| OpenRequest { number, of, deadline })
    }
}
