//! The way of an introduction: from a draft to two yeses and a room, or to the one answer.

pub(crate) mod drafting;
pub(crate) mod requester;
mod planning;
pub(crate) mod sending;
pub(crate) mod bringing;
pub(crate) mod addressee;
pub(crate) mod prompts;
pub(crate) mod choosing;
pub(crate) mod answering;
mod timed;
pub(crate) mod carrying;
pub(crate) mod questions;
pub(crate) mod reporting;
pub(crate) mod outcome;
pub(crate) mod taking_back;
pub(crate) mod withdrawing;
pub(crate) mod leaving;
pub(crate) mod afterwards;
pub(crate) mod retouching;
pub(crate) mod tidying;

use crate::command::RequestCommand;
use crate::id::MemberId;
use crate::input::Said;
use crate::turn::Turn;

impl Turn<'_> {
    /// Somebody says something about requests of their own.
    pub(crate) fn request_command(&mut self, said: &Said, command: RequestCommand) {
        match command {
            RequestCommand::Introduce { to, purpose, message } => self.introduce(said, to, purpose, message),
            RequestCommand::Send => self.send_in_hand(said),
            RequestCommand::Change => self.change(said.member),
            RequestCommand::Cancel => self.cancel_in_hand(said.member),
            RequestCommand::Undo => self.undo(said),
            RequestCommand::Add(fields) => self.add(said.member, fields),
            RequestCommand::Hide(fields) => self.hide(said.member, &fields),
            RequestCommand::Requests => self.requests(said.member),
            RequestCommand::Drafts => self.drafts(said.member),
            RequestCommand::Save => self.save(said.member),
            RequestCommand::GoOn(number) => self.go_on(said.member, number),
            RequestCommand::Back => self.back(said.member),
            RequestCommand::Again if self.only_drafts(said.member) => self.drafts(said.member),
            RequestCommand::Again => self.again(said.member),
            RequestCommand::Choices => self.choices(said.member),
            RequestCommand::Withdraw(chosen) => self.withdraw(said, &chosen),
        }
    }

    /// Whether the request that they are writing is all that there is to repeat.
    fn only_drafts(&self, member: MemberId) -> bool {
        self.state.member(member).is_some_and(|own| own.dialogue.draft.is_some() && own.dialogue.prompts.is_empty())
    }
}
