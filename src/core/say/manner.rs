//! The manner in which each message comes to its reader: whether it rings.
//!
//! A message rings if it asks for an answer or brings news unasked, so that people hear of it who look elsewhere. A
//! message that merely answers words just typed does not, for its reader is there. Nor does anything that stands in a room
//! for many.

use super::{
    Answering, Arranging, Cards, Carrying, Conduct, ConductDesk, Desk, Devices, Ending, Interview, Joining, NotTaken,
    Posted, Receiving, Requesting, Rights, RoomDesk, Rooms, Say, Searching, Staffing,
};
use crate::wording::Manner;

impl Say {
    /// The manner in which it is said. It is the same for each kind of message, whatever is in it.
    pub fn manner(&self) -> Manner {
        match self {
            // Both are said when nobody can tell how long ago the words were written.
            Self::Unreadable | Self::NotTaken(NotTaken::LeftOut(_)) => Manner::Rings,
            // Somebody else may have written the words.
            Self::DeviceUnknown => Manner::Rings,
            // It may stand for any message that could not be said.
            Self::Fault => Manner::Rings,
            Self::Help { .. }
            | Self::Aside(_)
            | Self::Notes(_)
            | Self::NotUnderstood
            | Self::Elsewhere
            | Self::Hurried
            | Self::TakesNoPart
            | Self::NotThatOne
            | Self::DraftDropped
            | Self::NoDraft
            | Self::DraftWaits
            | Self::MaybeAnAnswer { .. }
            | Self::WordsMissing { .. }
            | Self::WordsTooLong { .. }
            | Self::WhenUnclear { .. }
            | Self::AnswerUnclear
            | Self::NothingToAnswer
            | Self::WhichOne { .. }
            | Self::NoSuchNumber { .. }
            | Self::TooLate
            | Self::NotTaken(
                NotTaken::Early
                | NotTaken::Changed
                | NotTaken::Unsure { .. }
                | NotTaken::AgreeFirst { .. }
                | NotTaken::Retouched(..)
                | NotTaken::Wordless { .. }
                | NotTaken::TooManyBlocks { .. },
            ) => Manner::Silent,
            Self::Joining(say) => say.manner(),
            Self::Staffing(say) => say.manner(),
            Self::Devices(say) => say.manner(),
            Self::Carrying(say) => say.manner(),
            Self::Arranging(say) => say.manner(),
            Self::Cards(say) => say.manner(),
            Self::Rooms(say) => say.manner(),
            Self::RoomDesk(say) => say.manner(),
            Self::Posted(say) => say.manner(),
            Self::Conduct(say) => say.manner(),
            Self::ConductDesk(say) => say.manner(),
            Self::Desk(say) => say.manner(),
            Self::Events(say) => say.manner(),
            Self::EventDesk(say) => say.manner(),
            Self::Interview(say) => say.manner(),
            Self::Requesting(say) => say.manner(),
            Self::Answering(say) => say.manner(),
            Self::Ending(say) => say.manner(),
            Self::Receiving(say) => say.manner(),
            Self::Rights(say) => say.manner(),
        }
    }
}

impl Interview {
    fn manner(&self) -> Manner {
        match self {
            Self::Guide { .. }
            | Self::Questions { .. }
            | Self::NoMoreQuestions
            | Self::Referrals { .. }
            | Self::AskQuestions { .. }
            | Self::QuestionsUnfit { .. }
            | Self::AskTime { .. }
            | Self::TimeUnfit
            | Self::Rehearsal { .. }
            | Self::RehearsedYes { .. }
            | Self::RehearsedQuestion { .. }
            | Self::RehearsedNo { .. }
            | Self::ThankYou
            | Self::NothingToRehearse { .. } => Manner::Silent,
        }
    }
}

impl Joining {
    fn manner(&self) -> Manner {
        match self {
            Self::WentBack { .. }
            | Self::Welcome { .. }
            | Self::Visitor { .. }
            | Self::WaitsForOrganisation { .. }
            | Self::BoundariesChanged { .. }
            | Self::RoleChanged { .. }
            | Self::RoleEnded { .. }
            | Self::StaffSay { .. } => Manner::Rings,
            Self::About { .. }
            | Self::VisitorHelp { .. }
            | Self::StillWaits { .. }
            | Self::NotVerified
            | Self::CodeUnknown
            | Self::CodeNotNeeded
            | Self::Boundaries { .. }
            | Self::Agreed { .. }
            | Self::AgreeFirst
            | Self::AskStaffWhat
            | Self::StaffAsked
            | Self::AskedStaffEnough => Manner::Silent,
        }
    }
}

impl Staffing {
    fn manner(&self) -> Manner {
        match self {
            Self::BeganAnew { .. } | Self::HelpWanted { .. } | Self::OrganisationWaits { .. } => Manner::Rings,
            Self::Told { .. }
            | Self::ToldBy { .. }
            | Self::Organisations { .. }
            | Self::Approved { .. }
            | Self::NoneWaits { .. }
            | Self::ApprovedBefore { .. }
            | Self::NotStaff
            | Self::VerifyHow
            | Self::VerifyUnclear
            | Self::OrganisationMissing
            | Self::OnlyAdministrators { .. }
            | Self::Verified { .. }
            | Self::TakesNoPart { .. }
            | Self::NotListed { .. }
            | Self::DeviceHow { .. }
            | Self::NoDeviceWaits { .. }
            | Self::DeviceConfirmed { .. }
            | Self::RoleEnded { .. } => Manner::Silent,
        }
    }
}

impl Devices {
    fn manner(&self) -> Manner {
        match self {
            Self::WhoseIsIt { .. } | Self::ConfirmedByStaff => Manner::Rings,
            Self::HowTo | Self::NoSuchCode | Self::Confirmed | Self::OnceMore => Manner::Silent,
        }
    }
}

impl Receiving {
    fn manner(&self) -> Manner {
        match self {
            Self::BlockRecorded { .. }
            | Self::BlockWhom
            | Self::Unblocked
            | Self::NotBlocked
            | Self::Paused { .. }
            | Self::PauseTooLong { .. }
            | Self::Resumed
            | Self::LimitSet { .. }
            | Self::LimitOff { .. }
            | Self::OwnSettings { .. } => Manner::Silent,
        }
    }
}

impl Requesting {
    fn manner(&self) -> Manner {
        match self {
            Self::SaidNo { .. } | Self::QuestionCame { .. } => Manner::Rings,
            Self::AskWhom
            | Self::NotAnAddress { .. }
            | Self::AlreadyWaiting { .. }
            | Self::TooManyWaiting { .. }
            | Self::TooManySent { .. }
            | Self::PurposePersonal { .. }
            | Self::AskPurpose { .. }
            | Self::PurposeNotOffered { .. }
            | Self::SavedDrafts { .. }
            | Self::DraftSaved { .. }
            | Self::TooManyDrafts { .. }
            | Self::NoSuchDraft { .. }
            | Self::AskKnownHow { .. }
            | Self::AskMessage { .. }
            | Self::MessageTooLong { .. }
            | Self::Preview { .. }
            | Self::ChangedSince
            | Self::FieldEmpty { .. }
            | Self::IdComesWithRoom
            | Self::NameComesWithRequest
            | Self::Sent { .. }
            | Self::AnswerNoted { .. }
            | Self::Requests { .. } => Manner::Silent,
        }
    }
}

impl Answering {
    fn manner(&self) -> Manner {
        match self {
            Self::Asked { .. } | Self::Reminder { .. } | Self::AnswerCame { .. } | Self::TakenBack => Manner::Rings,
            Self::Choices { .. }
            | Self::YesRecorded
            | Self::NoRecorded { .. }
            | Self::IgnoreRecorded { .. }
            | Self::TurnedDown
            | Self::ReasonPassedOn { .. }
            | Self::QuestionPassedOn { .. }
            | Self::QuestionsUsedUp { .. }
            | Self::LaterNoted { .. }
            | Self::LaterTooLate { .. }
            | Self::ReportRecorded { .. }
            | Self::ReportedMet { .. }
            | Self::NothingToReport
            | Self::WhichToReport { .. } => Manner::Silent,
        }
    }
}

impl Carrying {
    fn manner(&self) -> Manner {
        match self {
            Self::Preview { .. } | Self::Answer { .. } | Self::Waits | Self::Dropped | Self::AnswerDropped { .. } => {
                Manner::Silent
            }
        }
    }
}

impl Ending {
    fn manner(&self) -> Manner {
        match self {
            Self::WithdrawalDone { .. }
            | Self::HowWasIt { .. }
            | Self::AgreedRequester { .. }
            | Self::AgreedAddressee { .. }
            | Self::NoIntroduction { .. }
            | Self::OpeningNote
            | Self::WithdrawnByOther { .. }
            | Self::NotMet
            | Self::YouBlock
            | Self::RoomFailed => Manner::Rings,
            Self::NothingToWithdraw
            | Self::WithdrawInstead
            | Self::WhichToWithdraw { .. }
            | Self::WhichMeeting { .. }
            | Self::ThankYou { .. }
            | Self::ThankYouForWords { .. }
            | Self::Missed { .. }
            // Its reader has just come in.
            | Self::FirstHere
            | Self::RoomOfTwoName
            | Self::RoomOfTwoTopic => Manner::Silent,
        }
    }
}

impl Arranging {
    fn manner(&self) -> Manner {
        match self {
            Self::Told { .. } | Self::DroppedByOther { .. } | Self::Reminder { .. } | Self::NoCalendar => Manner::Rings,
            // By the rules of clients every file rings.
            Self::Calendar(_) => Manner::Rings,
            Self::Noted { .. }
            | Self::NotedBefore { .. }
            | Self::Enough { .. }
            | Self::Dropped { .. }
            | Self::Ended { .. }
            | Self::Nobody
            | Self::NotNoted
            | Self::Which { .. }
            | Self::Unclear(_) => Manner::Silent,
            Self::Searching(say) => say.manner(),
        }
    }
}

impl Searching {
    fn manner(&self) -> Manner {
        match self {
            Self::Offered { .. } | Self::Confirm { .. } | Self::Passed { .. } => Manner::Rings,
            Self::When { .. }
            | Self::YesWithTimes { .. }
            | Self::Kept { .. }
            | Self::Common { .. }
            | Self::Chosen { .. }
            | Self::Apart { .. }
            | Self::NoneSuits { .. }
            | Self::WhichMoment { .. }
            | Self::Gone
            | Self::TooShort { .. }
            | Self::Enough { .. }
            | Self::Which { .. }
            | Self::Unclear(_) => Manner::Silent,
        }
    }
}

impl Cards {
    fn manner(&self) -> Manner {
        match self {
            Self::StillWilling { .. } | Self::LeftList => Manner::Rings,
            Self::Own { .. }
            | Self::Written { .. }
            | Self::Emptied { .. }
            | Self::ShownTo { .. }
            | Self::Unfit(..)
            | Self::ListOffer { .. }
            | Self::Listed { .. }
            | Self::Unlisted
            | Self::StillListed
            | Self::Mentors { .. }
            | Self::NoMentors { .. }
            | Self::NoMore
            | Self::WhichEntry
            | Self::NoListShown
            | Self::NoSuchEntry { .. }
            | Self::EntryGone { .. }
            | Self::Contact { .. }
            | Self::NotOffered { .. } => Manner::Silent,
        }
    }
}

impl Rooms {
    fn manner(&self) -> Manner {
        match self {
            Self::Closed { .. }
            | Self::SuggestionApproved { .. }
            | Self::SuggestionDeclined { .. }
            | Self::OfferPosted
            | Self::OfferDeclined => Manner::Rings,
            Self::List { .. }
            | Self::NotThere { .. }
            | Self::Invitation { .. }
            | Self::Already { .. }
            | Self::Left { .. }
            | Self::Blocks { .. }
            | Self::SuggestHow
            | Self::SuggestionNoted { .. }
            | Self::ProposalWaits
            | Self::OfferHow
            | Self::OfferWaits
            | Self::OfferPreview { .. }
            | Self::OfferSent
            | Self::OfferNotTheirs
            | Self::OfferNeedsOrganisation
            | Self::OfferNowhere => Manner::Silent,
        }
    }
}

impl RoomDesk {
    fn manner(&self) -> Manner {
        match self {
            Self::RoomProposed { .. }
            | Self::OfferProposed { .. }
            | Self::Intruder { .. }
            | Self::Third { .. }
            | Self::Mended { .. } => Manner::Rings,
            Self::Decided { .. }
            | Self::DecidedBefore { .. }
            | Self::NothingToDecide
            | Self::NoSuchProposal { .. }
            | Self::WhichProposal { .. }
            | Self::KeyTaken { .. } => Manner::Silent,
        }
    }
}

impl Posted {
    fn manner(&self) -> Manner {
        match self {
            Self::Name { .. }
            | Self::Topic { .. }
            | Self::Opportunity { .. }
            | Self::Event { .. }
            | Self::Quiet { .. }
            | Self::AuditHead { .. } => Manner::Silent,
        }
    }
}

impl Conduct {
    fn manner(&self) -> Manner {
        match self {
            Self::Overheard { .. }
            | Self::Warned { .. }
            | Self::Muted { .. }
            | Self::Flooded { .. }
            | Self::SpeechBack { .. }
            | Self::Removed { .. }
            | Self::AllowedBack { .. }
            | Self::Banned { .. } => Manner::Rings,
            Self::TakenAway { .. }
            | Self::NotTakenAway { .. }
            | Self::NothingToTakeAway
            | Self::ReportHow
            | Self::ReportKept { .. }
            | Self::MessageNotFound
            | Self::ReportedEnough => Manner::Silent,
        }
    }
}

impl ConductDesk {
    fn manner(&self) -> Manner {
        match self {
            Self::Reported { .. } | Self::Flooding { .. } => Manner::Rings,
            Self::Reports { .. }
            | Self::How
            | Self::NoSuchReport { .. }
            | Self::JudgedBefore { .. }
            | Self::WarningTells { .. }
            | Self::CannotWarn { .. }
            | Self::Warned { .. }
            | Self::Dismissed { .. }
            | Self::NoSuchRoom { .. }
            | Self::Muted { .. }
            | Self::Unmuted { .. }
            | Self::Removed { .. }
            | Self::Allowed { .. }
            | Self::NothingToUndo { .. }
            | Self::Banned { .. }
            | Self::IsBanned { .. }
            | Self::BanLifted { .. } => Manner::Silent,
        }
    }
}

impl Desk {
    fn manner(&self) -> Manner {
        match self {
            Self::QuestionClosed { .. } => Manner::Rings,
            Self::List { .. }
            | Self::Took { .. }
            | Self::TookBefore
            | Self::TakenBy { .. }
            | Self::PutBack
            | Self::NotWithYou
            | Self::Settled
            | Self::WhichLine
            | Self::NoSuchLine { .. }
            | Self::NotAQuestion { .. }
            | Self::WhichQuestion
            | Self::QuestionsWait { .. }
            | Self::QuestionTakenBack { .. }
            | Self::Done { .. }
            | Self::NoQuestion
            | Self::FeedbackAsked
            | Self::FeedbackOnWhat
            | Self::TakenBackBy { .. }
            | Self::AnsweredBefore { .. }
            | Self::QuestionGone => Manner::Silent,
        }
    }
}

impl Rights {
    fn manner(&self) -> Manner {
        match self {
            Self::PolicyChanged { .. } => Manner::Rings,
            Self::Policy { .. }
            | Self::MyData { .. }
            | Self::ForgetAsk { .. }
            | Self::Forgetting { .. }
            | Self::NoLongerMember => Manner::Silent,
        }
    }
}
