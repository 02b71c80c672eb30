//! The moments of an event: reminders, the end of sign-up, its own end, and the end of what is kept of it.

use super::super::{Event, KEPT, Rounded, SignUp, Stage, Standing};
use crate::arranging::plan;
use crate::id::{EventId, MemberId};
use crate::people::member::Role;
use crate::say::{EventDesk, Events};
use crate::timer::{Subject, Wait};
use crate::turn::Turn;

impl Turn<'_> {
    /// Sets the timers of an event by its times, as they are now.
    pub(super) fn set_timers_of_event(&mut self, id: EventId) {
        let Some(event) = self.state.event(id).map(|event| event.plan.clone()) else { return };
        self.stop_timers(Subject::Event(id), |_| true);
        for due in plan::reminders(event.from, self.now, &self.settings.office).into_iter().flatten() {
            self.wait(due, Wait::EventReminder { event: id });
        }
        if event.sign_up_by > self.now {
            self.wait(event.sign_up_by, Wait::SignUpOver { event: id });
        }
        self.wait(event.until, Wait::EventOver { event: id });
    }

    /// Everybody with a place is reminded. A reminder that comes late, at night or after its time, is passed over.
    pub(crate) fn remind_of_event(&mut self, id: EventId) {
        let Some(event) = self.state.event(id).filter(|event| event.stage == Stage::Ahead) else { return };
        if self.now >= event.plan.from || !plan::is_by_day(self.now, &self.settings.office) {
            return;
        }
        let told = event.told();
        for member in self.members_coming(id) {
            self.tell(member, Events::Reminder { event: told.clone() });
        }
    }

    /// Nobody can sign up any more. Those who wait hear that, and the host hears about how many come.
    pub(crate) fn sign_up_is_over(&mut self, id: EventId) {
        let Some(event) = self.state.event(id).filter(|event| event.stage == Stage::Ahead).map(Event::told) else {
            return;
        };
        let waiting = self.sign_ups(id).filter(|one| one.standing != Standing::Coming);
        for SignUp { id: own, member, standing, .. } in waiting.copied().collect::<Vec<_>>() {
            self.off_the_list(own);
            // A place came free for somebody to whom it was offered.
            let say = match standing {
                Standing::Waiting => Events::NoPlaceCame { event: event.clone() },
                Standing::Coming | Standing::Offered(_) => Events::SignUpOver { event: event.clone() },
            };
            self.tell(member, say);
        }
        let count = Rounded::of(self.coming(id).count());
        if let Some(event) = self.state.events.get_mut(id) {
            event.counted = Some(count);
        }
        for host in self.hosts_of(id) {
            self.tell(host, Events::HostCount { event: event.clone(), count });
        }
    }

    pub(super) fn hosts_of(&self, id: EventId) -> Vec<MemberId> {
        let Some(event) = self.state.event(id) else { return vec![] };
        let employers = self.those_who(|role| role == Role::Employer).into_iter();
        employers.filter(|employer| self.is_host(*employer, event)).collect()
    }

    /// An event has taken place.
    pub(crate) fn event_is_over(&mut self, id: EventId) {
        let Some(event) = self.state.events.get_mut(id) else { return };
        event.stage = Stage::Over;
        let until = event.plan.until;
        let passes_at = event.plan.organisation.is_some().then(|| event.clone());
        if let Some(event) = passes_at {
            self.wait(self.passes_contacts_at(&event), Wait::ContactsPassed { event: id });
        }
        self.wait(plan::day_after(until, &self.settings.office), Wait::EventThanks { event: id });
        self.wait(until.after(KEPT), Wait::EventGone { event: id });
    }

    /// Everybody who had a place is thanked, for nobody else knows who of them was there, and asked whether they would like to
    /// stay in touch with the host. Staff get numbers to pass on.
    pub(crate) fn thank_for_event(&mut self, id: EventId) {
        let Some(whole) = self.state.event(id).cloned() else { return };
        let event = whole.told();
        let has_host = !self.hosts_of(id).is_empty();
        let came = Rounded::of(self.coming(id).filter(|one| one.came).count());
        let members = self.members_coming(id);
        let coming = Rounded::of(members.len());
        for member in members {
            self.tell(member, Events::Thanks { event: event.clone() });
            if has_host && !self.is_host(member, &whole) {
                self.ask_to_stay_in_touch(member, &whole, true);
            }
        }
        for staff in self.staff() {
            self.tell(staff, EventDesk::Summary { event: event.clone(), coming, came });
        }
    }

    fn members_coming(&self, id: EventId) -> Vec<MemberId> {
        self.coming(id).map(|one| one.member).collect()
    }

    /// An event was over long ago: nothing is kept of it.
    pub(crate) fn drop_event(&mut self, id: EventId) {
        for own in self.hand_overs_for(id) {
            self.take_back_hand_over(own.id, false);
        }
        for own in self.sign_ups(id).map(|one| one.id).collect::<Vec<_>>() {
            self.off_the_list(own);
        }
        self.state.events.take(id);
    }
}
