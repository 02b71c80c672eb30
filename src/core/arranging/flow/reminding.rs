//! The other of the two hears of a time, and both are reminded of it.

use super::super::plan;
use crate::id::{EffectId, IntroductionId, MemberId};
use crate::interview::is_interview;
use crate::introduction::{Introduction, Stage};
use crate::mark::Marked;
use crate::people::member::{Member, Standing};
use crate::say::{Arranging, Meant};
use crate::time::Span;
use crate::turn::Turn;

/// Somebody who is reminded this long before an interview, or longer, can still prepare for it.
const PREPARE_FOR: Span = Span::from_millis(2 * 3_600_000);

impl Turn<'_> {
    /// Tells the other of the two, if they want to hear of this one.
    pub(in super::super) fn bring_news(
        &mut self,
        from: MemberId,
        id: IntroductionId,
        say: impl FnOnce(Meant) -> Arranging,
    ) {
        let Some(other) = self.state.introduction(id).and_then(|one| one.member(one.party(from)?.other())) else {
            return;
        };
        self.tell_of_meeting(other, id, say);
    }

    /// A time to remind both of their meeting. One that comes late, at night or after its time, is passed over.
    pub(crate) fn remind_of_meeting(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let Some(at) = introduction.arranged.as_ref().map(|arranged| arranged.at) else { return };
        let met = matches!(introduction.stage, Stage::Met { .. });
        let both = [Some(introduction.requester), introduction.addressee];
        if !met || self.now >= at || !plan::is_by_day(self.now, &self.settings.office) {
            return;
        }
        let (call, requester) = (self.call(id), introduction.requester);
        let prepares = is_interview(&introduction.request.purpose) && self.now < at.before(PREPARE_FOR);
        let questions = prepares.then(|| introduction.request.plan.questions.clone());
        for member in both.into_iter().flatten() {
            let prepare = questions.clone().filter(|_| member == requester);
            self.tell_of_meeting(member, id, |with| Arranging::Reminder { with, at, call: call.clone(), prepare });
        }
    }

    fn tell_of_meeting(&mut self, to: MemberId, id: IntroductionId, say: impl FnOnce(Meant) -> Arranging) {
        if self.hears_of_meeting(to, id) {
            self.say_of_meeting(to, id, say);
        }
    }

    /// Says something about the time that is noted. Once it no longer holds, it is not said any more.
    pub(in super::super) fn say_of_meeting(
        &mut self,
        to: MemberId,
        id: IntroductionId,
        say: impl FnOnce(Meant) -> Arranging,
    ) -> Option<EffectId> {
        let who = self.meant(to, id)?;
        let message = self.tell(to, say(who));
        self.introduction(id, |one| {
            if let Some(arranged) = &mut one.arranged {
                arranged.told.push(message);
            }
        });
        Some(message)
    }

    /// Whether a member still wants to hear of the other of the two: nobody does who has left, or blocks them.
    pub(super) fn hears_of_meeting(&self, to: MemberId, id: IntroductionId) -> bool {
        let is_here = self.state.member(to).is_some_and(|own| own.standing == Standing::Current);
        is_here && !self.blocks_other(to, id)
    }

    /// Whether a member blocks the other of the two, or there is no other any more.
    pub(super) fn blocks_other(&self, member: MemberId, id: IntroductionId) -> bool {
        let other = |one: &Introduction| one.member(one.party(member)?.other());
        let other = self.state.introduction(id).and_then(other).and_then(|other| self.state.member(other));
        let address = |member: &Member| member.person.address.clone();
        let (Some(own), Some(other)) = (self.state.member(member).map(address), other.map(address)) else {
            return true;
        };
        self.is_marked(Marked::Blocked { by: &own, who: &other })
    }
}
