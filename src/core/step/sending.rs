//! "Send": whatever was shown last of what could be sent, and a request on its way.

use std::collections::BTreeMap;

use super::Turn;
use super::asking::InHand;
use crate::audit::Noted;
use crate::availability::MONTH;
use crate::consent::{Terms, Word};
use crate::dialogue::{Counts, Draft, Ready};
use crate::id::MemberId;
use crate::input::Said;
use crate::introduction::{Introduction, Side, Stage};
use crate::mark::Marked;
use crate::member::Fields;
use crate::named::Named;
use crate::say::{Carrying, Say};
use crate::time::deadline;
use crate::timer::Wait;

use super::requester::sent_standing;

impl Turn<'_> {
    /// "Send": whatever was shown last of what could be sent.
    pub(super) fn send_in_hand(&mut self, said: &Said) {
        match self.in_hand(said.member) {
            InHand::Carry => self.send_carry(said),
            InHand::Offer => self.send_offer(said),
            InHand::Draft => self.send(said),
        }
    }

    /// "Cancel": the same is let go.
    pub(super) fn cancel_in_hand(&mut self, member: MemberId) {
        match self.in_hand(member) {
            InHand::Carry => {
                self.drop_carry(member);
                self.tell(member, Carrying::Dropped.into());
            }
            InHand::Offer => {
                if let Some(dialogue) = self.dialogue(member) {
                    dialogue.offer = None;
                }
                self.tell(member, Say::DraftDropped);
            }
            InHand::Draft => self.cancel(member),
        }
    }

    fn send(&mut self, said: &Said) {
        let Some(own) = self.state.member(said.member) else { return };
        let ready = match own.dialogue.draft.clone() {
            Some(Draft::Ready(ready)) => ready,
            Some(Draft::Whom(_) | Draft::WhatFor { .. } | Draft::KnownHow { .. } | Draft::Message { .. }) => {
                return self.repeat_question(said.member);
            }
            None => {
                self.tell(said.member, Say::NoDraft);
                return;
            }
        };
        let terms = ready.ask.terms();
        let (introduction, fields) = (terms.introduction(), (terms.with_request().clone(), terms.after_both().clone()));
        let versions = &self.settings.versions;
        let now = Terms::of_request(introduction, (own, &ready.named), &ready.request, fields.clone(), versions);
        if now != *terms {
            // Their details or the wording changed since they saw it: they agree to what they see, so they see it anew.
            self.tell(said.member, Say::ChangedSince);
            return self.show(said.member, introduction, ready.named, ready.request, fields.0, fields.1);
        }
        let Some(word) = self.word(said, &ready.ask.shown()) else { return };
        if let Some(refusal) = self.refusal(said.member, &ready.named) {
            self.tell(said.member, refusal);
            return;
        }
        self.sent(word, ready);
    }

    fn sent(&mut self, word: Word, ready: Ready) {
        let requester = word.speaker();
        let id = ready.ask.terms().introduction();
        let deadline = deadline(self.now, self.settings.answer_within, &self.settings.office);
        let until = deadline.after(self.settings.join_within);
        let Some(asked) = ready.ask.accept(word, &Fields::new(), self.ids.draw(), self.now, until) else { return };
        self.step.noted.push(Noted::RequestSent(id, asked.id()));
        let Some(own) = self.state.member(requester).map(|member| member.person.address.clone()) else { return };
        let addressee = self.state.member_named(&ready.named);
        let side = self.kept_from(&own, addressee).map_or(Side::Sent, Side::Quiet);
        let whom = addressee.map(|member| &member.person.address).or(ready.named.typed()).cloned();
        let addressee = addressee.map(|member| member.id);
        if let Some(whom) = whom {
            let cooldown = Some(self.now.after(self.settings.limits.cooldown));
            self.mark(Marked::Asked { by: &own, whom: &whom }, cooldown);
        }
        let brought_at = self.brought_at((requester, &own), &ready.request);
        self.counts = Some(Counts::Yes(id));
        if let Some(dialogue) = self.dialogue(requester) {
            dialogue.count_draft_as(Some(id));
        }
        self.drop_the_draft(requester);
        self.add_introduction(Introduction {
            id,
            requester,
            named: ready.named.clone(),
            addressee,
            request: ready.request,
            asked,
            sent_at: self.now,
            deadline,
            stage: Stage::Waiting(side),
            questions: vec![],
            shown: BTreeMap::new(),
            withdrawals: vec![],
            went: BTreeMap::new(),
        });
        self.wait(brought_at, Wait::Bring { introduction: id });
        self.wait(deadline, Wait::Deadline { introduction: id });
        self.tell(requester, Say::Sent { to: ready.named, deadline });
    }

    /// Why this member cannot ask for this address now, by what concerns the member alone.
    ///
    /// Nothing here may depend on the addressee: that would tell (the rule of one answer).
    pub(super) fn refusal(&self, member: MemberId, to: &Named) -> Option<Say> {
        let own = self.state.member(member)?;
        if to.means(own) || to.typed() == Some(&self.settings.porter) {
            return Some(Say::NotThatOne);
        }
        let waiting: Vec<&Introduction> =
            self.state.requests_of(member).into_iter().filter(|m| sent_standing(m).is_waiting()).collect();
        if let Some(same) = waiting.iter().find(|introduction| introduction.named.is(to)) {
            return Some(Say::AlreadyWaiting { to: to.clone(), deadline: same.deadline });
        }
        let limit = self.settings.limits.waiting;
        if waiting.len() >= limit {
            return Some(Say::TooManyWaiting { limit });
        }
        let limit = self.settings.limits.sent_a_month;
        let sent = self.state.requests_of(member);
        let first = sent.len().checked_sub(limit).and_then(|at| sent.get(at)).map(|first| first.sent_at.after(MONTH));
        first.filter(|from| *from > self.now).map(|from| Say::TooManySent { limit, from })
    }
}
