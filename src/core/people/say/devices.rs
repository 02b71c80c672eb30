//! What is said about devices that are not known to be their owner's.

use lodge_ground::device::DeviceCode;
use serde::{Deserialize, Serialize};

use crate::say::Say;
use crate::wording::{Arg, Wording};

/// What somebody is told about a new device of theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Devices {
    /// Words that came from a device that is not known did not count; how it is confirmed.
    WhoseIsIt {
        /// By which code it is named.
        code: DeviceCode,
    },
    /// How a device is confirmed, to somebody who writes from one that is known.
    HowTo,
    /// No device waits under that code.
    NoSuchCode,
    /// It is confirmed.
    Confirmed,
    /// Staff confirmed it.
    ConfirmedByStaff,
}

impl From<Devices> for Say {
    fn from(devices: Devices) -> Self {
        Self::Devices(devices)
    }
}

impl Devices {
    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        match self {
            Self::WhoseIsIt { code } => Wording::with("device-new", vec![("code", Arg::Text(code.to_string()))]),
            Self::HowTo => Wording::plain("device-how"),
            Self::NoSuchCode => Wording::plain("device-code-unknown"),
            Self::Confirmed => Wording::plain("device-confirmed"),
            Self::ConfirmedByStaff => Wording::plain("device-confirmed-by-staff"),
        }
    }
}
