//! Questions to the staff.

pub(crate) mod enquiries;

use crate::command::DeskCommand;
use crate::input::Said;
use crate::turn::Turn;

impl Turn<'_> {
    /// Somebody says something about a question to the staff.
    pub(crate) fn desk_command(&mut self, said: &Said, command: &DeskCommand) {
        match command {
            DeskCommand::TakeBack => self.take_enquiry_back(said),
        }
    }
}
