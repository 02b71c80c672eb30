//! Staff make an event, part by part, and change one that was announced.

use super::super::making::{Making, Move, Part, Unfit};
use super::super::{Event, Plan, Stage};
use crate::dialogue::Asks;
use crate::id::MemberId;
use crate::input::Said;
use crate::say::{EventDesk, EventTold};
use crate::turn::Turn;

impl Turn<'_> {
    /// A member of staff makes an event. One that they had begun goes on.
    pub(super) fn make_event(&mut self, said: &Said) {
        if self.staff_role(said).is_none() {
            return;
        }
        let making = self.making(said.member).unwrap_or_else(Making::new);
        self.go_on_making(said.member, making, None);
    }

    /// A member of staff changes an event that was announced.
    pub(super) fn change_event(&mut self, said: &Said, number: Option<u32>) {
        let Some(event) = self.event_of_staff(said, number) else { return };
        if event.stage != Stage::Ahead {
            self.tell(said.member, EventDesk::OverAlready { event: event.told() });
            return;
        }
        let making = self.making(said.member).unwrap_or_else(|| Making::changing(&event));
        self.go_on_making(said.member, making, None);
    }

    /// Words for the event that a member of staff is making.
    pub(crate) fn words_for_event(&mut self, said: &Said, text: &str) {
        let (staff, now) = (said.member, self.now);
        let Some(mut making) = self.making(staff) else { return };
        if self.staff_role(said).is_none() {
            return;
        }
        let mut unfit = None;
        match making.moved_by(text) {
            Move::Drop => return self.drop_making(staff),
            Move::Back => making.go_back(),
            Move::Change(part) => making.asks = Some(part),
            Move::Show => {}
            Move::Give(part) => {
                let is_approved = |name: &str| self.is_approved(self.organisation_id(name));
                unfit = making.give(part, text, now, &self.settings.office, is_approved).err();
            }
        }
        self.go_on_making(staff, making, unfit);
    }

    /// Asks for the next part of an event, or shows all of it.
    pub(super) fn go_on_making(&mut self, staff: MemberId, making: Making, unfit: Option<Unfit>) {
        let say = self.question_of_making(&making, unfit);
        if let Some(dialogue) = self.dialogue(staff) {
            dialogue.making = Some(making);
        }
        self.tell_asking_anew(staff, Asks::Making, say);
    }

    /// The question about the event that a member of staff is making, if they are making one.
    pub(crate) fn question_about_event(&self, staff: MemberId) -> Option<EventDesk> {
        Some(self.question_of_making(&self.making(staff)?, None))
    }

    fn question_of_making(&self, making: &Making, unfit: Option<Unfit>) -> EventDesk {
        match (making.asks, making.sketch.plan()) {
            (None, Some(plan)) => {
                EventDesk::Preview { event: self.sketched(making, plan), changes: making.of.is_some() }
            }
            (part, _) => EventDesk::Ask { part: part.unwrap_or(Part::Title), unfit },
        }
    }

    fn sketched(&self, making: &Making, plan: Plan) -> EventTold {
        let number = making.of.and_then(|id| self.state.event(id)).map_or(0, |event: &Event| event.number);
        EventTold { number, plan }
    }

    /// Lets go of the event that a member of staff is making.
    pub(crate) fn drop_making(&mut self, staff: MemberId) {
        self.made(staff);
        self.tell(staff, EventDesk::Dropped);
    }

    /// Nothing is being made any more.
    pub(super) fn made(&mut self, staff: MemberId) {
        if let Some(dialogue) = self.dialogue(staff) {
            dialogue.making = None;
            dialogue.asks_no_more(Asks::Making);
        }
    }

    pub(super) fn making(&self, staff: MemberId) -> Option<Making> {
        self.state.member(staff)?.dialogue.making.clone()
    }
}
