//! The people with each role, and messages to everybody who works for the service.

use std::collections::BTreeSet;

use crate::effect::Act;
use crate::id::MemberId;
use crate::input::Said;
use crate::people::member::{Role, Standing};
use crate::say::{Joining, Say, Staffing};
use crate::turn::Turn;

impl Turn<'_> {
    /// Everybody who works for the service, and is told what concerns it.
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

    /// The message to somebody whose organisation has still to be approved, at whatever they try; `None` for anybody else.
    pub(crate) fn still_waits(&self, id: MemberId) -> Option<Joining> {
        let entry = &self.state.listing(id).filter(|_| self.role(id) == Some(Role::Unverified))?.entry;
        Some(Joining::StillWaits { organisation: entry.organisation()?.to_owned() })
    }

    /// The speaker's role, if they work for the service and their message can be tied to them; they hear if not.
    pub(crate) fn staff_role(&mut self, said: &Said) -> Option<Role> {
        let role = self.role(said.member).filter(|role| role.is_staff());
        if role.is_none() {
            self.tell(said.member, Staffing::NotStaff);
            return None;
        }
        role.filter(|_| self.is_proven(said))
    }
}
