//! An event is announced, changed or called off. Everybody on its list hears of that once.

use super::super::making::{Making, Part, Unfit};
use super::super::{AHEAD_MAX, Event, KEPT, KEPT_MAX, Plan, SignUp, Stage, Standing};
use crate::audit::Noted;
use crate::dialogue::Asks;
use crate::domain_event::DomainEvent;
use crate::id::{EventId, MemberId};
use crate::input::Said;
use crate::say::{EventDesk, EventNews, Events};
use crate::time::Timestamp;
use crate::timer::{Subject, Wait};
use crate::turn::Turn;

impl Turn<'_> {
    /// A member of staff announces the event that they were shown.
    pub(super) fn announce_event(&mut self, said: &Said) {
        let staff = said.member;
        if self.staff_role(said).is_none() {
            return;
        }
        let Some(making) = self.making(staff) else {
            self.tell(staff, EventDesk::NothingToAnnounce);
            return;
        };
        let plan = making.sketch.plan().filter(|_| making.asks.is_none());
        let Some(plan) = plan else { return self.go_on_making(staff, making, None) };
        let shown = self.state.member(staff).map(|own| own.dialogue.asking_for(Asks::Making)).unwrap_or_default();
        if self.word(said, &shown).is_none() {
            return;
        }
        if let Some(part) = self.part_too_late(&plan, making.of) {
            let making = Making { asks: Some(part), ..making };
            return self.go_on_making(staff, making, Some(Unfit::Past));
        }
        match making.of {
            None => self.announce_new(staff, plan),
            Some(id) => self.announce_change(staff, id, plan),
        }
    }

    /// The part of an event that is past by now. A time that was told before may be: the rest can change up to the end.
    fn part_too_late(&self, plan: &Plan, changed: Option<EventId>) -> Option<Part> {
        let before = changed.and_then(|id| self.state.event(id)).map(|event| &event.plan);
        let moments = [
            (plan.from, before.map(|before| before.from), Part::When),
            (plan.sign_up_by, before.map(|before| before.sign_up_by), Part::SignUpBy),
        ];
        let late = moments.into_iter().find(|(at, before, _)| *at <= self.now && *before != Some(*at));
        late.map(|(_, _, part)| part)
    }

    fn announce_new(&mut self, staff: MemberId, plan: Plan) {
        if self.state.events().filter(|event| event.stage == Stage::Ahead).count() >= AHEAD_MAX {
            self.tell(staff, EventDesk::TooManyAhead { limit: AHEAD_MAX });
            return;
        }
        self.made(staff);
        let number = self.state.events().map(|event| event.number).max().unwrap_or_default() + 1;
        let event = Event {
            id: self.ids.draw(),
            number,
            plan,
            stage: Stage::Ahead,
            announced: self.now,
            code: self.door_code(),
            counted: None,
        };
        let (id, code, told) = (event.id, event.code, event.told());
        self.step.noted.push(Noted::EventAnnounced(id, staff));
        self.state.events.put(event);
        self.keep_events_few();
        self.set_timers_of_event(id);
        let posted = self.room_for_event(&told.plan).is_some();
        self.announce(DomainEvent::EventAnnounced(id, EventNews::New));
        self.tell(staff, EventDesk::Announced { event: told, posted, code });
    }

    fn keep_events_few(&mut self) {
        let mut over: Vec<(Timestamp, EventId)> = self
            .state
            .events()
            .filter(|event| event.stage != Stage::Ahead)
            .map(|event| (event.plan.until, event.id))
            .collect();
        over.sort_unstable();
        let beyond = self.state.events().count().saturating_sub(KEPT_MAX);
        for (_, id) in over.into_iter().take(beyond) {
            self.stop_timers(Subject::Event(id), |_| true);
            self.drop_event(id);
        }
    }

    /// A code of four digits that no other event has.
    fn door_code(&mut self) -> u16 {
        loop {
            let drawn: EventId = self.ids.draw();
            let [high, low, ..] = drawn.to_bytes();
            let code = 1_000 + u16::from_be_bytes([high, low]) % 9_000;
            if self.state.events().all(|event| event.code != code) {
                return code;
            }
        }
    }

    fn announce_change(&mut self, staff: MemberId, id: EventId, plan: Plan) {
        let Some(before) = self.state.event(id).cloned() else { return self.drop_making(staff) };
        self.made(staff);
        if before.stage != Stage::Ahead {
            self.tell(staff, EventDesk::OverAlready { event: before.told() });
            return;
        }
        if before.plan == plan {
            self.tell(staff, EventDesk::Unchanged { event: before.told() });
            return;
        }
        let event = Event { plan, counted: None, ..before };
        self.step.noted.push(Noted::EventChanged(id, staff));
        self.state.events.put(event.clone());
        self.set_timers_of_event(id);
        let list: Vec<SignUp> = self.sign_ups(id).copied().collect();
        for one in &list {
            let coming = one.standing == Standing::Coming;
            self.tell(one.member, Events::Changed { event: event.told(), coming });
            if coming {
                self.give_file(one.member, &event, true);
            }
        }
        self.offer_places(id);
        self.announce(DomainEvent::EventAnnounced(id, EventNews::Changed));
        self.tell(staff, EventDesk::ChangeTold { event: event.told(), people: list.len() });
    }

    /// A member of staff calls an event off, once they are sure.
    pub(super) fn call_off_event(&mut self, said: &Said, number: Option<u32>, sure: bool) {
        let Some(event) = self.event_of_staff(said, number) else { return };
        let (staff, id, told) = (said.member, event.id, event.told());
        if event.stage != Stage::Ahead {
            self.tell(staff, EventDesk::OverAlready { event: told });
            return;
        }
        let list: Vec<SignUp> = self.sign_ups(id).copied().collect();
        let people = list.len();
        if !sure {
            self.tell(staff, EventDesk::CallOffSure { event: told, people });
            return;
        }
        let event = Event { stage: Stage::CalledOff, ..event };
        self.step.noted.push(Noted::EventCalledOff(id, staff));
        self.state.events.put(event.clone());
        self.stop_timers(Subject::Event(id), |_| true);
        self.wait(self.now.after(KEPT), Wait::EventGone { event: id });
        for one in &list {
            self.stop_waiting(Wait::PlaceOffer { sign_up: one.id });
            self.tell(one.member, Events::CalledOff { event: told.clone() });
            if one.standing == Standing::Coming {
                self.give_file(one.member, &event, false);
            }
        }
        self.announce(DomainEvent::EventAnnounced(id, EventNews::CalledOff));
        self.tell(staff, EventDesk::CalledOff { event: told, people });
    }
}
