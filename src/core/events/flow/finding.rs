//! Events are found: by members who may come, by the people of the host, and by staff with their numbers.

use std::collections::BTreeSet;

use super::super::{Event, SignUp, Stage, Standing};
use crate::command::plain_words;
use crate::dialogue::Asks;
use crate::effect::Act;
use crate::id::{EventId, MemberId};
use crate::input::Said;
use crate::people::member::Role;
use crate::say::{EventDesk, EventLine, EventNext, Events, Guest, HostSees};
use crate::turn::Turn;

/// One look shows this many events, so that they fit a phone.
const LISTED_MAX: usize = 8;

/// One look shows this many guests.
const GUESTS_MAX: usize = 40;

impl Turn<'_> {
    /// Shows the events that are ahead, or those on a topic.
    pub(super) fn list_events(&mut self, member: MemberId, topic: Option<String>) {
        let found = self.events_for(member);
        let found: Vec<&Event> =
            found.into_iter().filter(|event| topic.as_deref().is_none_or(|topic| is_about(event, topic))).collect();
        let more = found.len().saturating_sub(LISTED_MAX);
        let lines = self.event_lines(member, found.into_iter().take(LISTED_MAX));
        self.tell(member, Events::List { lines, more, topic });
    }

    /// Events as lines of a list.
    pub(super) fn event_lines<'e>(&self, member: MemberId, events: impl Iterator<Item = &'e Event>) -> Vec<EventLine> {
        let standing = |event: &Event| self.sign_up(member, event.id).map(|own| own.standing);
        events.map(|event| EventLine { event: event.told(), standing: standing(event) }).collect()
    }

    /// Shows one event: to staff with its numbers, to its host with a rounded one once sign-up is over.
    pub(super) fn show_event(&mut self, said: &Said, number: u32) {
        let member = said.member;
        let Some(event) = self.event_for(member, number).cloned() else {
            self.tell(member, Events::NoSuch { number });
            return;
        };
        if self.role(member).is_some_and(Role::is_staff) {
            if self.is_proven(said) {
                self.show_numbers(member, &event);
            }
            return;
        }
        let next = self.next_with(member, &event);
        let reads_number = event.stage != Stage::CalledOff && self.is_host(member, &event);
        let host = reads_number.then(|| event.counted.map_or(HostSees::Later(event.plan.sign_up_by), HostSees::Count));
        let say = Events::Shown { event: event.told(), next, host };
        match next {
            EventNext::Come | EventNext::Stands(Standing::Offered(_)) => {
                self.tell_asking_anew(member, Asks::Come(event.id), say)
            }
            EventNext::Wait | EventNext::Stands(_) | EventNext::Hosts | EventNext::Closed | EventNext::CalledOff => {
                self.tell(member, say)
            }
        };
    }

    fn show_numbers(&mut self, staff: MemberId, event: &Event) {
        let all: Vec<&SignUp> = self.sign_ups(event.id).collect();
        let coming = all.iter().filter(|one| one.standing == Standing::Coming).count();
        let say = EventDesk::Overview {
            event: event.told(),
            stage: event.stage,
            coming,
            waiting: all.len() - coming,
            came: all.iter().filter(|one| one.came).count(),
            code: event.code,
        };
        self.tell(staff, say);
    }

    /// Shows staff who comes to an event.
    pub(super) fn show_guests(&mut self, said: &Said, number: Option<u32>) {
        let Some(event) = self.event_of_staff(said, number) else { return };
        let mut all: Vec<&SignUp> = self.sign_ups(event.id).collect();
        all.sort_by_key(|one| (!one.standing.takes_place(), one.at, one.id));
        let guest = |one: &&SignUp| {
            let person = &self.state.member(one.member)?.person;
            let (name, address) = (person.name.to_string(), person.address.clone());
            Some((one.member, Guest { name, address, standing: one.standing, came: one.came }))
        };
        let (owners, guests): (BTreeSet<MemberId>, Vec<Guest>) = all.iter().take(GUESTS_MAX).filter_map(guest).unzip();
        let more = all.len().saturating_sub(GUESTS_MAX);
        let say = EventDesk::Guests { event: event.told(), guests, more };
        let owners = owners.into_iter().chain([said.member]).collect();
        self.effect(owners, Act::Tell(said.member, say.into()));
    }

    /// The event that a member of staff names; they hear if there is none.
    pub(super) fn event_of_staff(&mut self, said: &Said, number: Option<u32>) -> Option<Event> {
        self.staff_role(said)?;
        let staff = said.member;
        let Some(number) = number else {
            self.tell(staff, EventDesk::WhichOne);
            return None;
        };
        let event = self.event_for(staff, number).cloned();
        if event.is_none() {
            self.tell(staff, Events::NoSuch { number });
        }
        event
    }

    /// The events that are ahead and meant for a member, by time.
    pub(super) fn events_for(&self, member: MemberId) -> Vec<&Event> {
        let ahead = self.state.events().filter(|event| event.stage == Stage::Ahead && event.plan.until > self.now);
        let mut events: Vec<&Event> = ahead.filter(|event| self.is_meant_for(member, event)).collect();
        events.sort_by_key(|event| (event.plan.from, event.number));
        events
    }

    /// The event with this number, if it is meant for a member.
    pub(super) fn event_for(&self, member: MemberId, number: u32) -> Option<&Event> {
        self.state.events().find(|event| event.number == number && self.is_meant_for(member, event))
    }

    /// Whether an event is open to a member, or they work for the service.
    pub(super) fn may_come(&self, member: MemberId, event: &Event) -> bool {
        self.role(member).is_some_and(|role| event.plan.open_to.contains(&role) || role.is_staff())
    }

    /// Whether a member may come, is the host, works for the service, or is on the list.
    fn is_meant_for(&self, member: MemberId, event: &Event) -> bool {
        self.may_come(member, event) || self.is_host(member, event) || self.sign_up(member, event.id).is_some()
    }

    /// Whether a member speaks for the organisation with which an event is held.
    pub(super) fn is_host(&self, member: MemberId, event: &Event) -> bool {
        let Some(organisation) = &event.plan.organisation else { return false };
        let listed = self.state.listing(member).and_then(|listing| listing.entry.organisation());
        let is_employer = self.role(member) == Some(Role::Employer);
        is_employer && listed.is_some_and(|listed| self.organisation_id(listed) == self.organisation_id(organisation))
    }

    fn next_with(&self, member: MemberId, event: &Event) -> EventNext {
        match (event.stage, self.sign_up(member, event.id)) {
            (Stage::CalledOff, _) => EventNext::CalledOff,
            (Stage::Over, _) => EventNext::Closed,
            (Stage::Ahead, Some(own)) => EventNext::Stands(own.standing),
            (Stage::Ahead, None) if !self.may_come(member, event) => EventNext::Hosts,
            (Stage::Ahead, None) if !event.takes_sign_ups(self.now) => EventNext::Closed,
            (Stage::Ahead, None) if self.has_place(event) => EventNext::Come,
            (Stage::Ahead, None) => EventNext::Wait,
        }
    }

    /// Everybody on the list of an event.
    pub(super) fn sign_ups(&self, event: EventId) -> impl Iterator<Item = &SignUp> {
        let (by_event, _) = self.state.sign_ups.index();
        by_event.get(event).filter_map(|id| self.state.sign_up(id))
    }

    /// Those on it who have a place.
    pub(super) fn coming(&self, event: EventId) -> impl Iterator<Item = &SignUp> {
        self.sign_ups(event).filter(|one| one.standing == Standing::Coming)
    }

    /// A member's own place on the list of an event.
    pub(super) fn sign_up(&self, member: MemberId, event: EventId) -> Option<SignUp> {
        let (_, by_member) = self.state.sign_ups.index();
        by_member.get(member).filter_map(|id| self.state.sign_up(id)).find(|one| one.event == event).copied()
    }

    /// Whether somebody who signs up now gets a place.
    pub(super) fn has_place(&self, event: &Event) -> bool {
        let taken = self.sign_ups(event.id).filter(|one| one.standing.takes_place()).count();
        event.plan.places.is_none_or(|places| u64::try_from(taken).unwrap_or(u64::MAX) < u64::from(places))
    }
}

/// Whether an event is on this topic: each of its words begins one that staff say of the event.
fn is_about(event: &Event, topic: &str) -> bool {
    let plan = &event.plan;
    let texts = [&plan.title, &plan.about].into_iter().chain(&plan.organisation);
    let words: Vec<String> = texts.flat_map(|text| plain_words(text)).collect();
    // "museums" finds a museum, and "museum" finds museums.
    let stem = |word: &str| word.strip_suffix('s').unwrap_or(word).to_owned();
    plain_words(topic).iter().all(|wanted| words.iter().any(|word| word.starts_with(&stem(wanted))))
}
