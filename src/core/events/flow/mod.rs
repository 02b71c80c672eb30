//! Events as they go: found and joined by members, made and announced by staff, and over in time.

mod announcing;
mod contacts;
mod finding;
mod making;
mod signing_up;
mod timed;

use crate::command::EventsCommand;
use crate::input::Said;
use crate::turn::Turn;

impl Turn<'_> {
    /// Somebody says something about events.
    pub(crate) fn events_command(&mut self, said: &Said, command: EventsCommand) {
        match command {
            EventsCommand::List(topic) => self.list_events(said.member, topic),
            EventsCommand::Show(number) => self.show_event(said, number),
            EventsCommand::Come(number) => self.come(said, number),
            EventsCommand::NotComing(number) => self.not_coming(said, number),
            EventsCommand::StayInTouch { number, with_email } => self.stay_in_touch(said, number, with_email),
            EventsCommand::TakeBackContact(number) => self.take_back_contact(said, number),
            EventsCommand::Here(code) => self.is_here(said, code),
            EventsCommand::Make => self.make_event(said),
            EventsCommand::Announce => self.announce_event(said),
            EventsCommand::Change(number) => self.change_event(said, number),
            EventsCommand::CallOff { number, sure } => self.call_off_event(said, number, sure),
            EventsCommand::Guests(number) => self.show_guests(said, number),
        }
    }
}
