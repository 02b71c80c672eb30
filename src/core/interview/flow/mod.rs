//! Help with requests, for the one who writes them.

mod helping;
mod rehearsing;

use super::is_interview;
use super::tips::{EARLIER_MAX, Looked};
use crate::command::InterviewCommand;
use crate::dialogue::{Draft, Planning, Ready, Ticked};
use crate::id::MemberId;
use crate::input::Said;
use crate::introduction::Request;
use crate::name::Address;
use crate::people::member::{Field, Member};
use crate::people::named::Named;
use crate::say::{Interview, Tip};
use crate::turn::Turn;

impl Turn<'_> {
    /// Somebody asks for help with an information interview.
    pub(crate) fn interview_command(&mut self, said: &Said, command: InterviewCommand) {
        match command {
            InterviewCommand::Guide => self.guide(said),
            InterviewCommand::Questions(topic) => self.questions(said.member, topic),
            InterviewCommand::MoreQuestions => self.more_questions(said.member),
            InterviewCommand::Rehearse(play) => self.rehearse(said.member, play),
            InterviewCommand::ThankYou => drop(self.tell(said.member, Interview::ThankYou)),
            InterviewCommand::Referrals(topic) => self.referrals(said.member, topic),
        }
    }

    /// The tips on a request that its writer is about to be shown; none where they were shown that message before.
    ///
    /// They follow from the writer's own words alone, and from nothing about the addressee (the rule of one answer).
    pub(crate) fn tips(&self, writer: MemberId, to: &Named, request: &Request) -> Vec<Tip> {
        let Some(own) = self.state.member(writer).filter(|own| shown_before(own) != Some(&request.message)) else {
            return vec![];
        };
        let mail = own.person.details.0.get(&Field::Email).map(String::as_str);
        let known = [Some(own.person.address.as_str()), mail, to.typed().map(Address::as_str)];
        let earlier = self.state.requests_of(writer).into_iter().rev().take(EARLIER_MAX);
        self.settings.lists.tips.look(&Looked {
            message: &request.message,
            interview: is_interview(&request.purpose),
            known: known.into_iter().flatten().collect(),
            earlier: earlier.map(|other| other.request.message.as_str()).collect(),
            has_questions: !request.plan.questions.is_empty(),
        })
    }
}

/// The message of the draft as its writer was shown it last.
fn shown_before(own: &Member) -> Option<&String> {
    match own.dialogue.draft.as_ref()? {
        Draft::Ready(Ready { request, .. }) => Some(&request.message),
        Draft::Message { ticked: Some(Ticked { message, .. }), .. } => Some(message),
        Draft::Plan(Planning { ticked, .. }) => ticked.as_ref().map(|ticked| &ticked.message),
        Draft::Whom(_) | Draft::WhatFor { .. } | Draft::KnownHow { .. } | Draft::Message { ticked: None, .. } => None,
    }
}
