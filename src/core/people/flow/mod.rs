//! Joining, verification by staff, and the end of a role.

pub(crate) mod availability;
pub(crate) mod devices;
pub(crate) mod joining;
pub(crate) mod membership;
pub(crate) mod roster;
pub(crate) mod verifying;

use crate::command::PeopleCommand;
use crate::input::Said;
use crate::say::{Joining, Receiving};
use crate::turn::Turn;

impl Turn<'_> {
    /// Somebody says something about joining, about others who do, or about the requests that they are brought.
    pub(crate) fn people_command(&mut self, said: &Said, command: PeopleCommand) {
        match command {
            PeopleCommand::About => {
                self.tell(said.member, Joining::About { service: self.settings.service.clone() });
            }
            PeopleCommand::Agree => self.says_agree(said),
            PeopleCommand::Boundaries => self.read_boundaries(said.member),
            PeopleCommand::Code(code) => self.code(said, &code),
            PeopleCommand::OwnDevice(code) => self.own_device(said, code.as_ref()),
            PeopleCommand::DeviceOf(who, code) => self.device_of(said, who, code.as_ref()),
            PeopleCommand::AskFeedback => self.ask_feedback(said),
            PeopleCommand::AskStaff(words) => self.ask_staff(said.member, &words),
            PeopleCommand::Tell(who, words) => self.staff_tell(said, who, &words),
            PeopleCommand::Verify(verify) => self.verify(said, verify),
            PeopleCommand::VerifyHow => self.verify_how(said),
            PeopleCommand::EndRole(who) => self.end_role(said, &who),
            PeopleCommand::Approve(name) => self.approve(said, &name),
            PeopleCommand::Organisations => self.organisations(said),
            PeopleCommand::Pause(words) => self.pause(said.member, &words),
            PeopleCommand::Resume => self.resume(said.member),
            PeopleCommand::Limit(limit) => self.limit(said.member, limit),
            PeopleCommand::BlockAddress(who) => self.block_address(said, who),
            // Nobody whom they know is called so.
            PeopleCommand::BlockCalled(_) => {
                self.tell(said.member, Receiving::BlockWhom);
            }
            PeopleCommand::Unblock(number) => self.unblock(said.member, number),
            PeopleCommand::OwnSettings => self.own_settings(said.member),
        }
    }
}
