//! The manner in which each message about events comes to its reader.

use super::{EventDesk, Events};
use crate::wording::Manner;

impl Events {
    /// Whether it rings.
    pub(crate) fn manner(&self) -> Manner {
        match self {
            Self::PlaceOffered { .. }
            | Self::PlacePassed { .. }
            | Self::NoPlaceCame { .. }
            | Self::Changed { .. }
            | Self::CalledOff { .. }
            | Self::Reminder { .. }
            | Self::HostCount { .. } => Manner::Rings,
            Self::List { .. }
            | Self::Shown { .. }
            | Self::NoSuch { .. }
            | Self::Which { .. }
            | Self::Coming { .. }
            | Self::Waits { .. }
            | Self::NotComing { .. }
            | Self::SignUpOver { .. }
            | Self::TooMany { .. }
            | Self::Here { .. }
            | Self::NotHere
            // Thanks are read when somebody looks.
            | Self::Thanks { .. }
            | Self::Calendar(_)
            | Self::NoCalendar => Manner::Silent,
            Self::Contacts(say) => say.manner(),
        }
    }
}

impl EventDesk {
    /// Whether it rings.
    pub(crate) fn manner(&self) -> Manner {
        match self {
            Self::Ask { .. }
            | Self::Preview { .. }
            | Self::Dropped
            | Self::NothingToAnnounce
            | Self::Announced { .. }
            | Self::ChangeTold { .. }
            | Self::Unchanged { .. }
            | Self::TooManyAhead { .. }
            | Self::WhichOne
            | Self::OverAlready { .. }
            | Self::CallOffSure { .. }
            | Self::CalledOff { .. }
            | Self::Overview { .. }
            | Self::Guests { .. }
            | Self::Summary { .. } => Manner::Silent,
        }
    }
}
