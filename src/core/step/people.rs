//! Who is a member: taken from the service's list, whole, each time it is read.

use std::collections::BTreeSet;

use super::Turn;
use crate::audit::Noted;
use crate::dialogue::Dialogue;
use crate::id::{IntroductionId, MemberId};
use crate::introduction::{Happening, Quiet};
use crate::member::{Member, Person, Standing};
use crate::name::Address;
use crate::say::Say;

impl Turn<'_> {
    pub(super) fn people(&mut self, people: Vec<Person>) {
        let listed: BTreeSet<&Address> = people.iter().map(|person| &person.address).collect();
        let gone = self.state.current_outside(&listed);
        for member in gone {
            self.end_membership(member);
        }
        for person in people {
            match self.state.member_at(&person.address) {
                None => self.add_member(person),
                Some(known) if known.person == person && known.standing == Standing::Current => {}
                Some(known) => {
                    let (id, back) = (known.id, known.standing == Standing::Ended);
                    if let Some(member) = self.member(id) {
                        member.person = person;
                        member.standing = Standing::Current;
                    }
                    if back {
                        self.welcome(id);
                    }
                }
            }
        }
    }

    fn add_member(&mut self, person: Person) {
        let id: MemberId = self.ids.draw();
        self.state.put_member(Member { id, person, standing: Standing::Current, dialogue: Dialogue::default() });
        self.step.changes.members.insert(id);
        self.welcome(id);
    }

    fn welcome(&mut self, id: MemberId) {
        self.step.noted.push(Noted::MemberAdded(id));
        if let Some(member) = self.state.member(id) {
            let name = member.person.name.clone();
            self.tell(id, Say::Welcome { name, service: self.settings.service.clone() });
        }
    }

    /// Ends a membership. Who asked for this member, or was asked by them, hears nothing of it before the deadline.
    fn end_membership(&mut self, id: MemberId) {
        let of_theirs = |m: &crate::introduction::Introduction| m.requester == id || m.addressee == Some(id);
        let affected: Vec<IntroductionId> = self.state.introductions().filter(|m| of_theirs(m)).map(|m| m.id).collect();
        for introduction in affected {
            self.happen(introduction, Happening::Quiet(Quiet::Gone));
        }
        if let Some(member) = self.member(id) {
            member.standing = Standing::Ended;
            member.dialogue.draft = None;
        }
        self.step.noted.push(Noted::MemberEnded(id));
    }
}
