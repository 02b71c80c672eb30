//! Becoming a member and ceasing to be one.

use crate::audit::Noted;
use crate::dialogue::{Asks, Dialogue};
use crate::domain_event::DomainEvent;
use crate::id::MemberId;
use crate::mentors::card::Card;
use crate::people::availability::Availability;
use crate::people::member::{Member, Person, Standing};
use crate::rooms::Places;
use crate::say::Joining;
use crate::turn::Turn;

impl Turn<'_> {
    /// Begins a membership with these details. What is said to them at first is the caller's.
    pub(super) fn add_member(&mut self, id: MemberId, person: Person) {
        self.state.members.put(Member {
            id,
            person,
            standing: Standing::Current,
            returns: 0,
            dialogue: Dialogue::default(),
            availability: Availability::default(),
            policy_told: None,
            card: Card::default(),
            boundaries_told: None,
            agreed: None,
            helped_at: Vec::new(),
            rooms: Places::default(),
        });
        self.step.noted.push(Noted::MemberAdded(id));
    }

    /// Says the first words to somebody whose role is known: the purpose of the hub, and the boundaries (requirement
    /// B1).
    pub(super) fn welcome(&mut self, id: MemberId) {
        let edition = self.settings.joining.boundaries.clone();
        let Some(member) = self.member(id) else { return };
        member.boundaries_told = Some(edition);
        let (name, role) = (member.person.name.clone(), member.person.role);
        let boundaries = self.boundaries();
        let service = self.settings.service.clone();
        self.tell_asking_anew(id, Asks::Boundaries, Joining::Welcome { name, service, role, boundaries });
    }

    /// Ends a membership, and tells them kindly. Members who asked for this one, or were asked by them, hear nothing of
    /// it before the deadline.
    pub(super) fn end_membership(&mut self, id: MemberId) {
        let Some(member) = self.state.member(id) else { return };
        if member.standing != Standing::Current {
            return;
        }
        let (returns, role) = (member.returns, member.person.role);
        self.end_quietly(id);
        self.apart(&[b"role-ended", &id.to_bytes(), &returns.to_be_bytes()], |turn| {
            turn.tell(id, Joining::RoleEnded { role })
        });
    }

    /// Ends a membership without a word.
    pub(crate) fn end_quietly(&mut self, id: MemberId) {
        if let Some(member) = self.member(id) {
            member.standing = Standing::Ended;
            member.dialogue.draft = None;
            member.dialogue.saved = <_>::default();
            member.dialogue.carry = None;
            member.dialogue.browsing = None;
        }
        self.step.noted.push(Noted::MemberEnded(id));
        self.announce(DomainEvent::MembershipEnded(id));
    }

    /// A member whose key is destroyed is no longer known, nor what was listed of them.
    pub(crate) fn drop_member(&mut self, id: MemberId) {
        self.state.listings.take(id);
        if self.state.members.take(id).is_some() {
            self.step.noted.push(Noted::Forgotten(id));
        }
    }
}
