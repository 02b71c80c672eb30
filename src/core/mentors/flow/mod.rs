//! Writing and showing a card; keeping and reading the mentors' list.

pub(crate) mod cards;
pub(crate) mod directory;
pub(crate) mod picking;

use crate::command::MentorsCommand;
use crate::input::Said;
use crate::turn::Turn;

impl Turn<'_> {
    /// Somebody reads the mentors' list.
    pub(crate) fn mentors_command(&mut self, said: &Said, command: MentorsCommand) {
        match command {
            MentorsCommand::Find(topic) => self.mentors(said.member, topic),
            MentorsCommand::More => self.more(said.member),
            MentorsCommand::Stay => self.stay(said.member),
        }
    }
}
