//! The porter's questions to a member, and the messages that stood before their words.

use crate::dialogue::{Asked, Asks};
use crate::id::{EffectId, MemberId};
use crate::input::Said;
use crate::say::Say;
use crate::turn::Turn;

impl Turn<'_> {
    /// Says something that asks for this.
    pub(crate) fn tell_asking(&mut self, member: MemberId, what: Asks, say: impl Into<Say>) -> EffectId {
        let message = self.tell(member, say);
        if let Some(dialogue) = self.dialogue(member) {
            dialogue.asks(what, message);
        }
        message
    }

    /// Says something that asks for this, and from now on nothing else does.
    pub(crate) fn tell_asking_anew(&mut self, member: MemberId, what: Asks, say: impl Into<Say>) -> EffectId {
        if let Some(dialogue) = self.dialogue(member) {
            dialogue.asks_no_more(what);
        }
        self.tell_asking(member, what, say)
    }

    /// Whether a message that asks for this stood before these words.
    pub(crate) fn was_shown(&self, said: &Said, what: Asks) -> bool {
        let asking = self.state.member(said.member).map(|own| own.dialogue.asking_for(what)).unwrap_or_default();
        asking.iter().any(|message| said.before.stood(*message))
    }

    /// The thing that the porter's last message before these words asked for.
    pub(crate) fn asked_last(&self, said: &Said) -> Option<Asked> {
        self.state.member(said.member)?.dialogue.asked_last(&said.before)
    }

    /// The thing that "send" and "cancel" are about: the last one shown that could be sent, or else the draft.
    pub(crate) fn in_hand(&self, member: MemberId) -> InHand {
        let Some(own) = self.state.member(member) else { return InHand::Draft };
        let dialogue = &own.dialogue;
        let offer = dialogue.offer.as_ref().map(|_| InHand::Offer);
        let there = |what: Asks| match what {
            Asks::Draft => dialogue.draft.as_ref().map(|_| InHand::Draft),
            Asks::Offer => offer,
            Asks::Carry => dialogue.carry.as_ref().map(|_| InHand::Carry),
            Asks::Making => dialogue.making.as_ref().map(|_| InHand::Making),
            Asks::ListMe
            | Asks::Come(_)
            | Asks::StayInTouch(_)
            | Asks::Stay
            | Asks::TakeAway
            | Asks::Choice
            | Asks::ReportChoice
            | Asks::MeetingChoice
            | Asks::Times(_)
            | Asks::Boundaries
            | Asks::BoundariesForYes(_)
            | Asks::Staff
            | Asks::Regret(_) => None,
        };
        let shown = dialogue.asking.iter().rev().find_map(|asking| there(asking.what));
        // Older rows do not tell by which messages a draft or an offer was shown.
        shown.or(offer.filter(|_| dialogue.draft.is_none())).unwrap_or(InHand::Draft)
    }

    /// A message asks for the answer to this prompt, so that a reply to it is one; `whole` where it shows all of it.
    pub(crate) fn was_asked(&mut self, addressee: MemberId, number: u32, effect: EffectId, whole: bool) {
        if let Some(prompt) = self.member(addressee).and_then(|member| member.dialogue.prompts.get_mut(&number)) {
            prompt.asked_by(effect, whole);
        }
    }

    /// Says something about a prompt that is still to be answered.
    pub(crate) fn tell_about(&mut self, member: MemberId, number: u32, say: impl Into<Say>) {
        let message = self.tell(member, say);
        self.was_asked(member, number, message, false);
    }

    /// Lets an offer go, so that nothing is sent that was shown long before.
    pub(crate) fn let_go_of_offer(&mut self, member: MemberId) {
        let has_one = self.state.member(member).is_some_and(|own| own.dialogue.offer.is_some());
        if has_one && let Some(dialogue) = self.dialogue(member) {
            dialogue.offer = None;
        }
    }
}

/// The thing that somebody can "send" or "cancel".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InHand {
    Draft,
    Offer,
    Carry,
    Making,
}

impl InHand {
    pub(crate) fn asks(self) -> Asks {
        match self {
            Self::Draft => Asks::Draft,
            Self::Offer => Asks::Offer,
            Self::Carry => Asks::Carry,
            Self::Making => Asks::Making,
        }
    }
}
