//! The disclosures in the porter's words: whose details each message carries.

use super::{Carrying, Conduct, NotTaken, Say};
use crate::consent::Disclosure;
use crate::id::MemberId;

impl Say {
    /// Whether it shows anybody's details, the reader's own among them, so that nobody else may be there.
    pub fn shows_details(&self) -> bool {
        let own = matches!(
            self,
            Self::Preview { .. }
                | Self::MyData { .. }
                | Self::Staffing(_)
                | Self::Conduct(Conduct::Overheard { .. } | Conduct::Warned { .. })
                | Self::ConductDesk(_)
                | Self::QuestionCame { .. }
                | Self::QuestionPassedOn { .. }
                | Self::AnswerNoted { .. }
                | Self::ReasonPassedOn { .. }
                | Self::SaidNo { .. }
        );
        let cards = if let Self::Cards(cards) = self { cards.shows_details() } else { false };
        own || cards || !self.disclosures().is_empty()
    }

    /// The mentors whose entries it shows.
    pub fn published(&self) -> Vec<MemberId> {
        if let Self::Cards(cards) = self { cards.shows() } else { vec![] }
    }

    /// The disclosures in it: whose details it carries to whom, and by which consent.
    #[expect(clippy::too_many_lines, reason = "a table with a row for each thing that can be said")]
    pub fn disclosures(&self) -> Vec<&Disclosure> {
        match self {
            Self::Asked { of, .. }
            | Self::Reminder { of, .. }
            | Self::AnswerCame { of, .. }
            | Self::AgreedRequester { of, .. }
            | Self::AgreedAddressee { of, .. }
            | Self::NotTaken(NotTaken::Unsure { of, .. })
            | Self::Carrying(Carrying::Preview { of, .. }) => vec![of],
            Self::WhichOne { open } => open.iter().map(|(_, of)| of).collect(),
            Self::Requests { to_answer, .. } => to_answer.iter().map(|(_, of, _)| of).collect(),
            Self::WhichToReport { matters } | Self::WhichToWithdraw { matters } | Self::WhichMeeting { matters } => {
                matters.iter().filter_map(|matter| matter.which.disclosure()).collect()
            }
            Self::HowWasIt { which, .. } => which.disclosure().into_iter().collect(),
            Self::NotTaken(NotTaken::Retouched(stands)) => stands.disclosure().into_iter().collect(),
            Self::Joining(_)
            | Self::Staffing(_)
            | Self::Help { .. }
            | Self::NotUnderstood
            | Self::Elsewhere
            | Self::Unreadable
            | Self::Hurried
            | Self::DeviceUnknown
            | Self::Devices(_)
            | Self::TakesNoPart
            | Self::AskWhom
            | Self::NotAnAddress { .. }
            | Self::NotThatOne
            | Self::AlreadyWaiting { .. }
            | Self::TooManyWaiting { .. }
            | Self::TooManySent { .. }
            | Self::PurposePersonal { .. }
            | Self::AskPurpose { .. }
            | Self::PurposeNotOffered { .. }
            | Self::AskKnownHow { .. }
            | Self::AskMessage { .. }
            | Self::MessageTooLong { .. }
            | Self::Preview { .. }
            | Self::ChangedSince
            | Self::NotTaken(
                NotTaken::Early | NotTaken::Changed | NotTaken::LeftOut(_) | NotTaken::TooManyBlocks { .. },
            )
            | Self::Carrying(Carrying::Waits | Carrying::Dropped)
            | Self::FieldEmpty { .. }
            | Self::IdComesWithRoom
            | Self::NameComesWithRequest
            | Self::Sent { .. }
            | Self::DraftDropped
            | Self::NoDraft
            | Self::DraftWaits
            | Self::YesRecorded
            | Self::NoRecorded { .. }
            | Self::IgnoreRecorded { .. }
            | Self::TurnedDown
            | Self::ReasonPassedOn { .. }
            | Self::SaidNo { .. }
            | Self::QuestionPassedOn { .. }
            | Self::QuestionsUsedUp { .. }
            | Self::QuestionCame { .. }
            | Self::MaybeAnAnswer { .. }
            | Self::AnswerNoted { .. }
            | Self::WordsMissing { .. }
            | Self::WordsTooLong { .. }
            | Self::LaterNoted { .. }
            | Self::LaterTooLate { .. }
            | Self::WhenUnclear { .. }
            | Self::ReportRecorded { .. }
            | Self::ReportedMet { .. }
            | Self::NothingToReport
            | Self::BlockRecorded { .. }
            | Self::BlockWhom
            | Self::Unblocked
            | Self::NotBlocked
            | Self::Paused { .. }
            | Self::PauseTooLong { .. }
            | Self::Resumed
            | Self::LimitSet { .. }
            | Self::LimitOff { .. }
            | Self::OwnSettings { .. }
            | Self::TakenBack
            | Self::WithdrawalDone { .. }
            | Self::NothingToWithdraw
            | Self::ThankYou { .. }
            | Self::Policy { .. }
            | Self::PolicyChanged { .. }
            | Self::MyData { .. }
            | Self::ForgetAsk { .. }
            | Self::Forgetting { .. }
            | Self::NoLongerMember
            | Self::AnswerUnclear
            | Self::NothingToAnswer
            | Self::NoSuchNumber { .. }
            | Self::TooLate
            | Self::NoIntroduction { .. }
            | Self::OpeningNote
            | Self::WithdrawnByOther { .. }
            | Self::NotMet
            | Self::YouBlock
            | Self::RoomFailed
            | Self::Rooms(_)
            | Self::RoomDesk(_)
            | Self::Posted(_)
            | Self::Conduct(_)
            | Self::ConductDesk(_)
            | Self::Cards(_)
            | Self::Fault => vec![],
        }
    }
}
