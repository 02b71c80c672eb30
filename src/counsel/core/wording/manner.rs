//! The manner in which each message comes to its reader: whether it rings. See [`Manner`].

use super::Manner;
use crate::say::{Say, ToClient, ToCounsellor};

impl Say {
    /// The manner in which it is said.
    pub fn manner(&self) -> Manner {
        match self {
            Self::Client(say) => say.manner(),
            Self::Counsellor(say) => say.manner(),
            Self::OpeningNote
            | Self::Unreadable
            | Self::LeftOut(_)
            | Self::DeviceUnknown
            | Self::DeviceNew { .. }
            | Self::Fault => Manner::Rings,
            Self::RoomName
            | Self::RoomTopic
            | Self::FirstHere
            | Self::Elsewhere
            | Self::Wordless
            | Self::Hurried
            | Self::AskedAgain
            | Self::Retouched { .. }
            | Self::DeviceHow
            | Self::DeviceCodeUnknown
            | Self::DeviceConfirmed
            | Self::DeviceOnceMore => Manner::Silent,
        }
    }
}

impl ToClient {
    fn manner(&self) -> Manner {
        match self {
            Self::Nobody { .. }
            | Self::Claimed { .. }
            | Self::NotMet
            | Self::NotOpened
            | Self::TimeSuggested(..)
            | Self::TimeAgreed(..)
            | Self::TimeDeclined(..)
            | Self::TimeCancelled(..)
            | Self::Reminder(..)
            | Self::StillThere
            | Self::ErasureSoon(..)
            | Self::AskHandover { .. }
            | Self::Closing { own: false, .. } => Manner::Rings,
            Self::Terms { .. }
            | Self::TermsFirst
            | Self::NotNow
            | Self::AskWhom(..)
            | Self::NotOneOfThem(..)
            | Self::NobodyHere { .. }
            | Self::AskAbout { .. }
            | Self::LineTooLong { .. }
            | Self::AskShowing(..)
            | Self::Asking { .. }
            | Self::AskedOften { .. }
            | Self::AlreadyAsking(..)
            | Self::AlreadyOpen
            | Self::TakenBack
            | Self::TimePassedOn(..)
            | Self::TimeHow
            | Self::NoneOpen
            | Self::Left
            | Self::HandoverDeclined
            | Self::ForgetHow
            | Self::Forgetting
            | Self::Data(..)
            | Self::Help { .. }
            | Self::NotUnderstood
            | Self::Closing { own: true, .. } => Manner::Silent,
        }
    }
}

impl ToCounsellor {
    fn manner(&self) -> Manner {
        match self {
            Self::Welcome(..)
            | Self::Offer { .. }
            | Self::NotMet(..)
            | Self::NotOpened(..)
            | Self::Over(..)
            | Self::StillThere(..)
            | Self::ErasureSoon(..)
            | Self::TimeSuggested(..)
            | Self::TimeAgreed(..)
            | Self::TimeDeclined(..)
            | Self::TimeCancelled(..)
            | Self::Reminder(..)
            | Self::HandoverDeclined(..)
            | Self::BeganAnew
            | Self::Closing { own: false, .. } => Manner::Rings,
            Self::Help
            | Self::Claimed { .. }
            | Self::Taken(..)
            | Self::Passed(..)
            | Self::Full(..)
            | Self::NoSuchCase
            | Self::WhichCase(..)
            | Self::Cases(..)
            | Self::Left(..)
            | Self::TimePassedOn(..)
            | Self::TimeHow
            | Self::HandoverAsked(..)
            | Self::NoSuchCounsellor(..)
            | Self::Settings { .. }
            | Self::HoursHow(..)
            | Self::CapacityHow
            | Self::Policy { .. }
            | Self::NotUnderstood
            | Self::Closing { own: true, .. } => Manner::Silent,
        }
    }
}
