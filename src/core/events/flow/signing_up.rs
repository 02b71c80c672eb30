//! Members come to an event, wait for a place, take one that is free, or do not come after all.

use super::super::{Event, OFFERED, SIGN_UPS_MAX, SignUp, Stage, Standing};
use crate::arranging::plan;
use crate::dialogue::{Asked, Asks};
use crate::id::{EventId, MemberId, SignUpId};
use crate::input::{Reply, Said};
use crate::say::Events;
use crate::timer::Wait;
use crate::turn::Turn;

impl Turn<'_> {
    /// Somebody would like to come.
    pub(super) fn come(&mut self, said: &Said, number: Option<u32>) {
        // Staff see who comes, so it is to be theirs.
        if !self.is_proven(said) {
            return;
        }
        let member = said.member;
        match (self.event_meant(said, number), number) {
            // The people of the host need no place.
            (Some(event), _) if !self.may_come(member, &event) => self.show_event(said, event.number),
            (Some(event), _) => self.come_to(member, &event),
            (None, Some(number)) => {
                self.tell(member, Events::NoSuch { number });
            }
            (None, None) => {
                let open = self.events_for(member).into_iter().filter(|event| event.takes_sign_ups(self.now));
                let open = open.filter(|event| self.may_come(member, event));
                let open: Vec<Event> = open.filter(|event| self.sign_up(member, event.id).is_none()).cloned().collect();
                match open.as_slice() {
                    [] => self.list_events(member, None),
                    [only] => self.come_to(member, only),
                    _ => {
                        let lines = self.event_lines(member, open.iter());
                        self.tell(member, Events::Which { lines, comes: true });
                    }
                }
            }
        }
    }

    /// The event with this number, or else the one that they are asked to come to.
    fn event_meant(&self, said: &Said, number: Option<u32>) -> Option<Event> {
        let event = match (number, self.asked_about(said)) {
            (Some(number), _) => self.event_for(said.member, number),
            (None, Some(Asked::Other(Asks::Come(id)))) => self.state.event(id),
            (None, _) => None,
        };
        event.cloned()
    }

    /// The thing that the porter's last message, or the one that these words reply to, asks for.
    pub(super) fn asked_about(&self, said: &Said) -> Option<Asked> {
        match said.reply {
            Reply::To(message) => self.state.member(said.member)?.dialogue.asked_by(message),
            Reply::None => self.asked_last(said),
            Reply::Elsewhere => None,
        }
    }

    /// A yes or a no to the question whether they come.
    pub(crate) fn yes_or_no_to_event(&mut self, said: &Said, id: EventId, is_no: bool) {
        let Some(event) = self.state.event(id).cloned() else {
            self.list_events(said.member, None);
            return;
        };
        if is_no {
            self.not_coming_to(said.member, &event);
        } else if self.is_proven(said) {
            self.come_to(said.member, &event);
        }
    }

    fn come_to(&mut self, member: MemberId, event: &Event) {
        let (told, own) = (event.told(), self.sign_up(member, event.id));
        let say = match own {
            _ if event.stage == Stage::CalledOff => Events::CalledOff { event: told },
            _ if event.stage == Stage::Over => Events::SignUpOver { event: told },
            Some(SignUp { standing: Standing::Coming, .. }) => {
                Events::Coming { event: told, reminders: self.reminders_of(event), before: true }
            }
            Some(SignUp { standing: Standing::Waiting, .. }) => Events::Waits { event: told, before: true },
            Some(own @ SignUp { standing: Standing::Offered(_), .. }) => {
                self.stop_waiting(Wait::PlaceOffer { sign_up: own.id });
                return self.takes_place(own, event);
            }
            None if !event.takes_sign_ups(self.now) => Events::SignUpOver { event: told },
            None if self.signed_up(member) >= SIGN_UPS_MAX => Events::TooMany { limit: SIGN_UPS_MAX },
            None => {
                let (id, at) = (self.ids.draw(), self.now);
                let own = SignUp { id, event: event.id, member, at, standing: Standing::Waiting, came: false };
                if self.has_place(event) {
                    return self.takes_place(own, event);
                }
                self.state.sign_ups.put(own);
                Events::Waits { event: told, before: false }
            }
        };
        self.tell(member, say);
    }

    fn takes_place(&mut self, own: SignUp, event: &Event) {
        self.state.sign_ups.put(SignUp { standing: Standing::Coming, ..own });
        if let Some(dialogue) = self.dialogue(own.member) {
            dialogue.asks_no_more(Asks::Come(event.id));
        }
        let reminders = self.reminders_of(event);
        self.tell(own.member, Events::Coming { event: event.told(), reminders, before: false });
        self.give_file(own.member, event, true);
    }

    fn reminders_of(&self, event: &Event) -> crate::say::Reminders {
        plan::told(plan::reminders(event.plan.from, self.now, &self.settings.office))
    }

    /// The number of events ahead for which a member has signed up.
    fn signed_up(&self, member: MemberId) -> usize {
        let (_, by_member) = self.state.sign_ups.index();
        let events = by_member.get(member).filter_map(|id| self.state.event(self.state.sign_up(id)?.event));
        events.filter(|event| event.stage == Stage::Ahead).count()
    }

    /// Somebody does not come after all.
    pub(super) fn not_coming(&mut self, said: &Said, number: Option<u32>) {
        if !self.may_take_back(said) {
            return;
        }
        let member = said.member;
        match (self.event_meant(said, number), number) {
            (Some(event), _) => self.not_coming_to(member, &event),
            (None, Some(number)) => {
                self.tell(member, Events::NoSuch { number });
            }
            (None, None) => {
                let own = self.events_for(member).into_iter();
                let own: Vec<Event> = own.filter(|event| self.sign_up(member, event.id).is_some()).cloned().collect();
                match own.as_slice() {
                    [] => self.list_events(member, None),
                    [only] => self.not_coming_to(member, only),
                    _ => {
                        let lines = self.event_lines(member, own.iter());
                        self.tell(member, Events::Which { lines, comes: false });
                    }
                }
            }
        }
    }

    fn not_coming_to(&mut self, member: MemberId, event: &Event) {
        let own = self.sign_up(member, event.id);
        let too_late = match event.stage {
            Stage::Ahead => None,
            Stage::Over => Some(Events::SignUpOver { event: event.told() }),
            Stage::CalledOff => Some(Events::CalledOff { event: event.told() }),
        };
        if let Some(say) = too_late.filter(|_| own.is_some()) {
            self.tell(member, say);
            return;
        }
        if let Some(own) = own {
            self.off_the_list(own.id);
        }
        let was = own.map(|own| own.standing);
        self.tell(member, Events::NotComing { event: event.told(), was });
        if was == Some(Standing::Coming) {
            self.give_file(member, event, false);
        }
        self.offer_places(event.id);
    }

    pub(super) fn off_the_list(&mut self, id: SignUpId) {
        self.stop_waiting(Wait::PlaceOffer { sign_up: id });
        let Some(own) = self.state.sign_ups.take(id) else { return };
        if let Some(dialogue) = self.dialogue(own.member) {
            dialogue.asks_no_more(Asks::Come(own.event));
        }
    }

    /// Keeps each place that is free for the next of those who wait, in the order in which they signed up.
    pub(super) fn offer_places(&mut self, id: EventId) {
        let Some(event) = self.state.event(id).filter(|event| event.takes_sign_ups(self.now)).cloned() else { return };
        while self.has_place(&event) {
            let waiting = self.sign_ups(id).filter(|one| one.standing == Standing::Waiting);
            let Some(next) = waiting.min_by_key(|one| (one.at, one.id)).copied() else { return };
            let until = self.now.after(OFFERED).min(event.plan.sign_up_by);
            self.state.sign_ups.put(SignUp { standing: Standing::Offered(until), ..next });
            self.wait(until, Wait::PlaceOffer { sign_up: next.id });
            let say = Events::PlaceOffered { event: event.told(), until };
            self.tell_asking_anew(next.member, Asks::Come(id), say);
        }
    }

    /// Nobody took the place in time that was kept for them.
    pub(crate) fn place_passed(&mut self, id: SignUpId) {
        let Some(own) = self.state.sign_up(id).copied() else { return };
        let Some(event) = self.state.event(own.event) else { return };
        let (told, passes_on) = (event.told(), event.takes_sign_ups(self.now));
        self.off_the_list(id);
        let say = if passes_on { Events::PlacePassed { event: told } } else { Events::SignUpOver { event: told } };
        self.tell(own.member, say);
        self.offer_places(own.event);
    }

    /// Somebody has heard the code at the door. People come who had not signed up.
    pub(super) fn is_here(&mut self, said: &Said, code: u16) {
        if !self.is_proven(said) {
            return;
        }
        let (member, now) = (said.member, self.now);
        let is_on = |event: &Event| event.is_at_the_door(now) && event.code == code;
        let on = self.state.events().find(|event| is_on(event) && self.may_come(member, event)).cloned();
        let Some(event) = on else {
            self.tell(member, Events::NotHere);
            return;
        };
        let own = self.sign_up(member, event.id).unwrap_or_else(|| SignUp {
            id: self.ids.draw(),
            event: event.id,
            member,
            at: now,
            standing: Standing::Coming,
            came: true,
        });
        self.stop_waiting(Wait::PlaceOffer { sign_up: own.id });
        self.state.sign_ups.put(SignUp { standing: Standing::Coming, came: true, ..own });
        self.tell(member, Events::Here { event: event.told() });
    }

    /// Somebody is here no longer, or takes no part: their places go to others, and their contact is taken back.
    pub(crate) fn leave_events(&mut self, member: MemberId) {
        for own in self.hand_overs_of(member) {
            self.take_back_hand_over(own.id, true);
        }
        let (_, by_member) = self.state.sign_ups.index();
        let own: Vec<SignUp> = by_member.get(member).filter_map(|id| self.state.sign_up(id)).copied().collect();
        for own in own {
            self.off_the_list(own.id);
            self.offer_places(own.event);
        }
    }
}
