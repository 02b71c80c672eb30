//! Requests that are being written: a step back, putting one aside, and going on with another.
//!
//! A draft that is put aside asks for nothing, and no words count for it until it is taken up again. It is shown anew then, so
//! that its "send" is to the text that stands there on that day.

use crate::dialogue::{Asks, Draft, Given, Planning, Ready, SAVED_MAX, Ticked};
use crate::id::MemberId;
use crate::interview::is_interview;
use crate::interview::plan::Part;
use crate::introduction::Request;
use crate::people::member::{Field, Fields, Member};
use crate::people::named::Named;
use crate::say::{DraftLine, Ending, Requesting, Say};
use crate::turn::Turn;

impl Turn<'_> {
    /// Shows the drafts: those put aside by number, and then the one in hand, or the question for the part it still needs.
    pub(crate) fn drafts(&mut self, member: MemberId) {
        let Some(own) = self.state.member(member) else { return };
        let saved: Vec<DraftLine> = own.dialogue.saved.iter().map(|draft| self.line_of_draft(draft)).collect();
        let in_hand = own.dialogue.draft.is_some();
        if !saved.is_empty() {
            self.tell(member, Requesting::SavedDrafts { saved, in_hand });
        }
        if in_hand || self.state.member(member).is_none_or(|own| own.dialogue.saved.is_empty()) {
            self.show_draft(member);
        }
    }

    fn show_draft(&mut self, member: MemberId) {
        let Some(Ready { named, request, ask }) = self.ready(member) else { return };
        let terms = ask.terms();
        let (with_request, after_both) = (terms.with_request().clone(), terms.after_both().clone());
        self.show(member, terms.introduction(), named, request, with_request, after_both);
    }

    fn line_of_draft(&self, draft: &Draft) -> DraftLine {
        let purpose = draft.purpose().and_then(|id| self.settings.purpose(id)).map(|purpose| purpose.label.clone());
        DraftLine { to: draft.named().cloned(), purpose }
    }

    /// Puts the draft in hand aside, as it is.
    pub(super) fn save(&mut self, member: MemberId) {
        let Some(own) = self.state.member(member) else { return };
        let Some(draft) = own.dialogue.draft.clone() else {
            self.tell(member, Say::NoDraft);
            return;
        };
        if own.dialogue.saved.len() >= SAVED_MAX {
            self.tell_asking(member, Asks::Draft, Requesting::TooManyDrafts { limit: SAVED_MAX });
            return;
        }
        let number = own.dialogue.saved.len() + 1;
        self.drop_the_draft(member);
        if let Some(dialogue) = self.dialogue(member) {
            dialogue.saved.push(draft);
        }
        self.tell(member, Requesting::DraftSaved { number });
    }

    /// Goes on with the draft of this number. The one in hand takes its place.
    pub(super) fn go_on(&mut self, member: MemberId, number: usize) {
        let Some(own) = self.state.member(member) else { return };
        let found = number.checked_sub(1).and_then(|at| own.dialogue.saved.iter().nth(at)).cloned();
        let Some(draft) = found else {
            self.tell(member, Requesting::NoSuchDraft { number });
            return;
        };
        let in_hand = own.dialogue.draft.clone();
        self.drop_the_draft(member);
        if let Some(dialogue) = self.dialogue(member) {
            dialogue.saved.take(|saved| *saved == draft);
            if let Some(in_hand) = in_hand {
                dialogue.saved.push(in_hand);
            }
            dialogue.draft = Some(draft.clone());
        }
        match draft {
            Draft::Ready(_) => self.show_draft(member),
            Draft::Whom(_)
            | Draft::WhatFor { .. }
            | Draft::KnownHow { .. }
            | Draft::Message { .. }
            | Draft::Plan(_) => {
                let ask = self.question_of(&draft);
                self.draft(member, draft, ask);
            }
        }
    }

    /// Asks once more for the part before. Nothing that was written is lost by it.
    pub(super) fn back(&mut self, member: MemberId) {
        let Some(own) = self.state.member(member) else { return };
        let all = shown_by_default(own);
        match own.dialogue.draft.clone() {
            None => drop(self.tell(member, Say::NoDraft)),
            Some(Draft::Whom(_)) => self.repeat_question(member),
            Some(Draft::WhatFor { given, .. }) => self.draft(member, Draft::Whom(given), Requesting::AskWhom),
            Some(Draft::KnownHow { named, given, .. }) => {
                let draft = Draft::WhatFor { named, given: Given { purpose: None, ..given } };
                let ask = self.question_of(&draft);
                self.draft(member, draft, ask);
            }
            // They had written it, and were about to change it.
            Some(Draft::Message { named, purpose, known_how, ticked: Some(ticked) }) => {
                let (message, plan) = (ticked.message.clone(), ticked.plan.clone());
                self.whole(member, named, Request { purpose, known_how, message, plan }, Some(ticked));
            }
            Some(Draft::Message { named, purpose, known_how: _, ticked: None }) => {
                let given = Given { purpose: Some(purpose.clone()), message: None };
                self.purposed(member, named, purpose, given);
            }
            Some(Draft::Plan(Planning { named, request, ticked, part: Part::Time })) => {
                self.ask_part(member, Planning { named, request, ticked, part: Part::Questions });
            }
            Some(Draft::Plan(Planning { named, request, ticked, part: Part::Questions })) => {
                self.message_again(member, named, request, ticked.unwrap_or(all));
            }
            Some(Draft::Ready(Ready { named, request, ask })) => {
                let terms = ask.terms();
                let (with_request, after_both) = (terms.with_request().clone(), terms.after_both().clone());
                let ticked = Ticked { with_request, after_both, ..all };
                if is_interview(&request.purpose) {
                    let (message, plan) = (request.message.clone(), request.plan.clone());
                    let ticked = Some(Ticked { message, plan, ..ticked });
                    self.ask_part(member, Planning { named, request, ticked, part: Part::Time });
                } else {
                    self.message_again(member, named, request, ticked);
                }
            }
        }
    }

    fn message_again(&mut self, member: MemberId, named: Named, request: Request, ticked: Ticked) {
        let Request { purpose, known_how, message, plan } = request;
        self.ask_message(member, named, purpose, known_how, Some(Ticked { message, plan, ..ticked }));
    }

    pub(crate) fn change(&mut self, member: MemberId) {
        let Some(Ready { named, request, ask }) = self.ready(member) else { return };
        let Some(own) = self.state.member(member) else { return };
        let terms = ask.terms();
        let (with_request, after_both) = (terms.with_request().clone(), terms.after_both().clone());
        let ticked = Ticked { with_request, after_both, ..shown_by_default(own) };
        self.message_again(member, named, request, ticked);
    }

    /// The draft in hand, if it is ready. Otherwise its writer hears the question that it still needs, or that there is none.
    pub(super) fn ready(&mut self, member: MemberId) -> Option<Ready> {
        let draft = self.state.member(member).and_then(|own| own.dialogue.draft.as_ref());
        let (some, ready) = (draft.is_some(), draft.and_then(Draft::ready).cloned());
        if ready.is_none() && some {
            self.repeat_question(member);
        } else if ready.is_none() {
            self.tell(member, Say::NoDraft);
        }
        ready
    }

    pub(crate) fn cancel(&mut self, member: MemberId) {
        let had_one = self.state.member(member).is_some_and(|own| own.dialogue.draft.is_some());
        self.drop_the_draft(member);
        let say = match (had_one, self.withdrawable(member).is_empty()) {
            (true, _) => Say::DraftDropped,
            (false, false) => Ending::WithdrawInstead.into(),
            (false, true) => Say::NoDraft,
        };
        self.tell(member, say);
    }

    pub(super) fn drop_the_draft(&mut self, member: MemberId) {
        if let Some(dialogue) = self.dialogue(member) {
            dialogue.draft = None;
            dialogue.asks_no_more(Asks::Draft);
            dialogue.count_draft_as(None);
        }
    }
}

/// The details that a request shows unless its writer chooses others.
fn shown_by_default(own: &Member) -> Ticked {
    let with_request: Fields = own.open_fields();
    let after_both = with_request.iter().copied().chain([Field::Address]).collect();
    Ticked { with_request, after_both, message: String::new(), plan: <_>::default() }
}
