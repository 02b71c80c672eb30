//! Bringing requests to a member: pausing, limits, and whether a request goes to its addressee at all.

use crate::id::{IntroductionId, MemberId};
use crate::introduction::{Happening, Quiet, Request, Side, Stage};
use crate::mark::Marked;
use crate::name::Address;
use crate::people::member::{Member, Standing};
use crate::time::Timestamp;
use crate::turn::Turn;

impl Turn<'_> {
    /// The time at which a request that is sent now is brought.
    ///
    /// A little by chance, and the same for nobody: how busy the porter is at a moment that the requester could know
    /// would tell whether there was anybody to bring it to (the rule of one answer).
    pub(super) fn brought_at(&self, requester: (MemberId, &Address), request: &Request) -> Timestamp {
        let least = self.settings.bring_after;
        let sent = self.state.requests_of(requester.0).len();
        self.now.after(least).after(self.settings.mark_key.delay(requester.1, sent, &request.message, least))
    }

    /// The time has come to bring a request to its addressee, if there is one who takes it now.
    pub(crate) fn bring(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id).filter(|i| i.stage == Stage::Waiting(Side::Sent)) else {
            return;
        };
        let Some(requester) = self.state.member(introduction.requester) else { return };
        let addressee = introduction.addressee.and_then(|addressee| self.state.member(addressee));
        let kept = self.closed_to(&requester.person.address, addressee).or_else(|| self.not_taking(addressee));
        self.apply(id, kept.map_or(Happening::Brought, Happening::Quiet));
    }

    /// The reason for which a request that is sent now is not brought to the person it names, if there is one. The
    /// requester never learns of it.
    pub(super) fn kept_from(&self, requester: &Address, addressee: Option<&Member>) -> Option<Quiet> {
        let too_soon = || {
            let named = &addressee?.person.address;
            self.is_marked(Marked::Asked { by: requester, whom: named }).then_some(Quiet::TooSoon)
        };
        self.closed_to(requester, addressee).or_else(too_soon).or_else(|| self.not_taking(addressee))
    }

    /// The reason for which nothing of this requester's is brought to the person they name, if there is one.
    fn closed_to(&self, requester: &Address, addressee: Option<&Member>) -> Option<Quiet> {
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
        self.is_marked(Marked::Blocked { by: named, who: requester }).then_some(Quiet::Blocked)
    }

    /// Whether they take no requests now, from anybody.
    fn not_taking(&self, addressee: Option<&Member>) -> Option<Quiet> {
        let availability = &addressee?.availability;
        let takes = availability.paused(self.now).is_none() && availability.has_room(&self.settings.limits, self.now);
        (!takes).then_some(Quiet::NotTaking)
    }

    /// A request that was taken back before anybody answered it may be sent again: its writer may have seen a mistake.
    pub(super) fn lift_cooldown(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let unanswered = match introduction.stage {
            Stage::Waiting(Side::Sent | Side::Asked) => true,
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
}
