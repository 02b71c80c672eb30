//! Questions to the staff, and the desk as staff read it.

pub(crate) mod enquiries;
pub(crate) mod listing;
pub(crate) mod numbers;
pub(crate) mod taking;

use crate::command::DeskCommand;
use crate::input::Said;
use crate::turn::Turn;

impl Turn<'_> {
    /// Somebody says something about what waits for staff.
    pub(crate) fn desk_command(&mut self, said: &Said, command: &DeskCommand) {
        match command {
            DeskCommand::Desk { .. } => self.desk(said),
            DeskCommand::Take(number) => self.take(said, *number),
            DeskCommand::PutBack(number) => self.put_back(said, *number),
            DeskCommand::Tell(number, words) => self.tell_numbered(said, *number, words),
            DeskCommand::Done(number) => self.done(said, *number),
            DeskCommand::TakeBack => self.take_enquiry_back(said),
        }
    }
}
