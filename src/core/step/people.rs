//! Who is a member: taken from the service's list, whole, each time it is read.

use std::collections::BTreeSet;

use super::Turn;
use crate::audit::Noted;
use crate::availability::Availability;
use crate::dialogue::Dialogue;
use crate::id::{IntroductionId, MemberId};
use crate::introduction::{Happening, Party};
use crate::mark::Marked;
use crate::member::{Member, Person, Standing};
use crate::name::Address;
use crate::room::Places;
use crate::say::Say;

impl Turn<'_> {
    pub(super) fn people(&mut self, people: Vec<Person>) {
        let listed: BTreeSet<&Address> = people.iter().map(|person| &person.address).collect();
        let gone = self.state.current_outside(&listed);
        for member in gone {
            self.end_membership(member);
        }
        self.drop_ended_marks(&listed);
        for person in people {
            match self.state.member_at(&person.address) {
                // The list alone does not bring back who asked to be forgotten.
                None if self.is_marked(Marked::Forgotten(&person.address)) => {}
                None => self.add_member(person),
                Some(known) if matches!(known.standing, Standing::Leaving(_)) => {}
                Some(known) if known.person == person && known.standing == Standing::Current => {}
                Some(known) => {
                    let (id, back) = (known.id, known.standing == Standing::Ended);
                    let mut returns = known.returns;
                    if let Some(member) = self.member(id) {
                        member.person = person;
                        member.standing = Standing::Current;
                        member.returns += u32::from(back);
                        returns = member.returns;
                    }
                    // A role that changed may close rooms that the one before had opened.
                    self.review_rooms(id);
                    if back {
                        self.apart(&[b"back", &id.to_bytes(), &returns.to_be_bytes()], |turn| turn.welcome(id));
                    }
                }
            }
        }
    }

    /// Marks that have ended are dropped; so are those of people who were forgotten and are no longer on the list, so
    /// that being listed anew is a new beginning.
    fn drop_ended_marks(&mut self, listed: &BTreeSet<&Address>) {
        let key = &self.settings.mark_key;
        let kept: BTreeSet<_> = listed.iter().map(|address| key.id(Marked::Forgotten(address))).collect();
        let ended = self.state.marks().filter(|mark| match mark.until {
            Some(until) => until <= self.now,
            None => !kept.contains(&mark.id),
        });
        for id in ended.map(|mark| mark.id).collect::<Vec<_>>() {
            self.unmark(id);
        }
    }

    fn add_member(&mut self, person: Person) {
        let address = person.address.clone();
        self.apart(&[b"new", address.as_str().as_bytes()], |turn| {
            let id: MemberId = turn.ids.draw();
            turn.state.put_member(Member {
                id,
                person,
                standing: Standing::Current,
                returns: 0,
                dialogue: Dialogue::default(),
                availability: Availability::default(),
                policy_told: None,
                rooms: Places::default(),
            });
            turn.step.changes.members.insert(id);
            turn.welcome(id);
        });
    }

    /// Does what happens once to an introduction, whichever of several causes comes last: its ids do not follow from that
    /// cause, so that they are the same where another comes last.
    pub(super) fn once<T>(&mut self, id: IntroductionId, what: &str, act: impl FnOnce(&mut Self) -> T) -> T {
        let own = self.ids.once(&[&id.to_bytes(), what.as_bytes()]);
        let of_cause = std::mem::replace(self.ids, own);
        let done = act(self);
        *self.ids = of_cause;
        done
    }

    /// Does something for one person on the list. Its ids follow from that person alone, whoever else is on it.
    pub(super) fn apart<T>(&mut self, part: &[&[u8]], act: impl FnOnce(&mut Self) -> T) -> T {
        let own = self.ids.apart(part);
        let of_list = std::mem::replace(self.ids, own);
        let done = act(self);
        *self.ids = of_list;
        done
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
        let affected = self.state.introductions_of(id).into_iter().filter_map(|m| Some((m.id, m.party(id)?)));
        let affected: Vec<(IntroductionId, Party)> = affected.collect();
        let returns = self.state.member(id).map_or(0, |member| member.returns);
        for (introduction, party) in affected {
            let part: &[&[u8]] = &[b"gone", &id.to_bytes(), &returns.to_be_bytes(), &introduction.to_bytes()];
            self.apart(part, |turn| turn.happen(introduction, Happening::Gone(party)));
        }
        if let Some(member) = self.member(id) {
            member.standing = Standing::Ended;
            member.dialogue.draft = None;
        }
        self.step.noted.push(Noted::MemberEnded(id));
        self.review_rooms(id);
    }
}
