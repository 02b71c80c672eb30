//! Becoming a member and ceasing to be one.

use std::collections::BTreeSet;

use crate::audit::Noted;
use crate::availability::Availability;
use crate::card::Card;
use crate::dialogue::{Asks, Dialogue};
use crate::effect::Act;
use crate::id::{IntroductionId, MemberId};
use crate::introduction::{Happening, Party};
use crate::member::{Member, Person, Role, Standing};
use crate::room::Places;
use crate::say::{Joining, Say};
use crate::step::Turn;

impl Turn<'_> {
    /// Begins a membership with these details. What is said to them at first is the caller's.
    pub(super) fn add_member(&mut self, id: MemberId, person: Person) {
        self.state.put_member(Member {
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
        self.step.changes.members.insert(id);
        self.step.noted.push(Noted::MemberAdded(id));
    }

    /// Says the first words to somebody whose role is known: what this is, and the boundaries (requirement B1).
    pub(super) fn welcome(&mut self, id: MemberId) {
        let edition = self.settings.joining.boundaries.clone();
        let Some(member) = self.member(id) else { return };
        member.boundaries_told = Some(edition);
        let (name, role) = (member.person.name.clone(), member.person.role);
        let boundaries = self.boundaries();
        let service = self.settings.service.clone();
        self.tell_asking_anew(id, Asks::Boundaries, Joining::Welcome { name, service, role, boundaries }.into());
    }

    /// Does what happens once to an introduction, whichever of several causes comes last: its ids do not follow from that
    /// cause, so that they are the same where another comes last.
    pub(crate) fn once<T>(&mut self, id: IntroductionId, what: &str, act: impl FnOnce(&mut Self) -> T) -> T {
        let own = self.ids.once(&[&id.to_bytes(), what.as_bytes()]);
        let of_cause = std::mem::replace(self.ids, own);
        let done = act(self);
        *self.ids = of_cause;
        done
    }

    /// Does something for one person on the list. Its ids follow from that person alone, whoever else is on it.
    pub(crate) fn apart<T>(&mut self, part: &[&[u8]], act: impl FnOnce(&mut Self) -> T) -> T {
        let own = self.ids.apart(part);
        let of_list = std::mem::replace(self.ids, own);
        let done = act(self);
        *self.ids = of_list;
        done
    }

    /// Ends a membership, and tells them kindly. Who asked for this member, or was asked by them, hears nothing of it
    /// before the deadline.
    pub(super) fn end_membership(&mut self, id: MemberId) {
        let Some(member) = self.state.member(id) else { return };
        if member.standing != Standing::Current {
            return;
        }
        let (returns, role) = (member.returns, member.person.role);
        self.end_quietly(id);
        self.apart(&[b"role-ended", &id.to_bytes(), &returns.to_be_bytes()], |turn| {
            turn.tell(id, Joining::RoleEnded { role }.into())
        });
    }

    /// Ends a membership without a word.
    pub(crate) fn end_quietly(&mut self, id: MemberId) {
        let returns = self.state.member(id).map_or(0, |member| member.returns);
        let affected = self.state.introductions_of(id).into_iter().filter_map(|m| Some((m.id, m.party(id)?)));
        let affected: Vec<(IntroductionId, Party)> = affected.collect();
        for (introduction, party) in affected {
            let part: &[&[u8]] = &[b"gone", &id.to_bytes(), &returns.to_be_bytes(), &introduction.to_bytes()];
            self.apart(part, |turn| turn.happen(introduction, Happening::Gone(party)));
        }
        if let Some(member) = self.member(id) {
            member.standing = Standing::Ended;
            member.dialogue.draft = None;
            member.dialogue.carry = None;
            member.dialogue.browsing = None;
        }
        self.leave_list(id);
        self.step.noted.push(Noted::MemberEnded(id));
        self.review_rooms(id);
    }

    /// All who work for the service, to whom what concerns it is said.
    pub(crate) fn staff(&self) -> Vec<MemberId> {
        self.those_who(Role::is_staff)
    }

    /// Current members whose role is one of these.
    pub(crate) fn those_who(&self, is: impl Fn(Role) -> bool) -> Vec<MemberId> {
        let current = self.state.members().filter(|member| member.standing == Standing::Current);
        current.filter(|member| is(member.person.role)).map(|member| member.id).collect()
    }

    /// Says the same of somebody to all who work for the service, each in their own conversation.
    pub(crate) fn tell_staff(&mut self, about: MemberId, say: &Say) {
        for member in self.staff() {
            self.effect(BTreeSet::from([about, member]), Act::Tell(member, say.clone()));
        }
    }

    /// The role of a member now.
    pub(crate) fn role(&self, id: MemberId) -> Option<Role> {
        self.state.member(id).map(|member| member.person.role)
    }
}
