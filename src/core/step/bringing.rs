//! What is brought to a member: pausing, limits, and whether a request goes to its addressee at all.

use super::Turn;
use crate::id::{IntroductionId, MemberId};
use crate::introduction::{Quiet, Side, Stage};
use crate::mark::Marked;
use crate::member::{Member, Standing};
use crate::name::Address;
use crate::say::Say;
use crate::when;

impl Turn<'_> {
    /// Why a request is not brought to whoever it names, if it is not. The requester never learns of it.
    pub(super) fn kept_from(&self, requester: &Address, addressee: Option<&Member>) -> Option<Quiet> {
        let Some(addressee) = addressee else { return Some(Quiet::NotAMember) };
        let named = &addressee.person.address;
        if self.settings.counsels(named) {
            return Some(Quiet::NotAMember);
        }
        if addressee.standing != Standing::Current {
            return Some(Quiet::Gone);
        }
        if !addressee.person.role.takes_part() {
            return Some(Quiet::TakesNoPart);
        }
        if self.is_marked(Marked::Blocked { by: named, who: requester }) {
            return Some(Quiet::Blocked);
        }
        if self.is_marked(Marked::Asked { by: requester, whom: named }) {
            return Some(Quiet::TooSoon);
        }
        let availability = &addressee.availability;
        let takes = availability.paused(self.now).is_none() && availability.has_room(&self.settings.limits, self.now);
        (!takes).then_some(Quiet::NotTaking)
    }

    /// A request that was taken back before anybody answered it may be sent again: its writer may have seen a mistake.
    pub(super) fn lift_cooldown(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let unanswered = match introduction.stage {
            Stage::Waiting(Side::Asked) => true,
            Stage::Waiting(Side::Quiet(why)) => match why {
                Quiet::NotTaking | Quiet::TakesNoPart | Quiet::NotAMember | Quiet::Gone | Quiet::Stopped => true,
                Quiet::Declined
                | Quiet::TakenBack
                | Quiet::Ignored
                | Quiet::Reported
                | Quiet::Blocked
                | Quiet::TooSoon
                | Quiet::RoomFailed
                | Quiet::InvitationTurnedAway => false,
            },
            Stage::Opening { .. } | Stage::Invited { .. } | Stage::Met { .. } | Stage::Ended { .. } => false,
        };
        if unanswered {
            self.let_ask_again(id);
        }
    }

    /// The requester may ask the same person again at once.
    pub(super) fn let_ask_again(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let addressee = introduction.addressee.and_then(|addressee| self.state.member(addressee));
        let whom = addressee.map(|member| &member.person.address).or(introduction.named.typed()).cloned();
        let requester = self.state.member(introduction.requester).map(|member| member.person.address.clone());
        if let (Some(by), Some(whom)) = (requester, whom) {
            let mark = self.settings.mark_key.id(Marked::Asked { by: &by, whom: &whom });
            self.unmark(mark);
        }
    }

    pub(super) fn pause(&mut self, member: MemberId, words: &str) {
        let Some(until) = when::moment(words, self.now, &self.settings.office) else {
            self.tell(member, Say::WhenUnclear { command: "pause until".to_owned() });
            return;
        };
        let latest = self.now.after(self.settings.limits.pause);
        if until > latest {
            self.tell(member, Say::PauseTooLong { latest });
            return;
        }
        if let Some(own) = self.member(member) {
            own.availability.paused_until = Some(until);
        }
        let open = self.open_prompts(member).len();
        self.tell(member, Say::Paused { until, open });
    }

    pub(super) fn resume(&mut self, member: MemberId) {
        if let Some(own) = self.member(member) {
            own.availability.paused_until = None;
        }
        self.tell(member, Say::Resumed);
    }

    pub(super) fn limit(&mut self, member: MemberId, limit: Option<u32>) {
        if let Some(own) = self.member(member) {
            own.availability.monthly_max = limit;
        }
        self.tell(
            member,
            match limit {
                Some(limit) => Say::LimitSet { limit },
                None => Say::LimitOff { limit: self.settings.limits.received_a_month },
            },
        );
    }

    pub(super) fn own_settings(&mut self, member: MemberId) {
        let Some(own) = self.state.member(member) else { return };
        let paused = own.availability.paused(self.now);
        let limit = own.availability.limit(&self.settings.limits);
        let blocks = self.own_blocks(member);
        self.tell(member, Say::OwnSettings { paused, limit, blocks });
    }
}
