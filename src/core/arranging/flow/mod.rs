//! The time of a meeting is found, told, moved and called off, and both are reminded of it.

mod choosing;
mod ending;
mod giving;
mod meeting;
mod offering;
mod reminding;

use crate::command::ArrangingCommand;
use crate::input::Said;
use crate::turn::Turn;

impl Turn<'_> {
    /// Somebody says something about when they meet.
    pub(crate) fn arranging_command(&mut self, said: &Said, command: &ArrangingCommand) {
        match command {
            ArrangingCommand::Arranged { when, .. } => self.arrange(said, when),
            ArrangingCommand::NotArranged { number, .. } => self.call_off(said, *number),
            ArrangingCommand::Times { times, .. } => self.times(said, times),
        }
    }
}
