//! Being forgotten, and going back to an older copy of the store.

pub(crate) mod forgetting;
pub(crate) mod going_back;

use crate::command::RightsCommand;
use crate::input::Said;
use crate::turn::Turn;

impl Turn<'_> {
    /// Somebody asks for the rules, or about what is kept about them.
    pub(crate) fn rights_command(&mut self, said: &Said, command: RightsCommand) {
        match command {
            RightsCommand::Policy => self.policy(said.member),
            RightsCommand::MyData => self.my_data(said.member),
            RightsCommand::Forget { sure } => self.forget_me(said, sure),
        }
    }
}
