//! The porter's messages about devices that are not known to be their owner's.

use lodge_ground::proof::DeviceCode;
use serde::{Deserialize, Serialize};

use crate::say::Say;
use crate::wording::{Arg, Wording};

/// A message to somebody about a new device of theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Devices {
    /// Words that came from a device that is not known did not count; how it is confirmed.
    WhoseIsIt {
        /// The code by which it is named.
        code: DeviceCode,
    },
    /// The way to confirm a device, to somebody who writes from one that is known.
    HowTo,
    /// No device waits under that code.
    NoSuchCode,
    /// The device is confirmed.
    Confirmed,
    /// Staff confirmed the device.
    ConfirmedByStaff,
    /// They write from one more device, where what waits for their answer cannot be read. It follows once more.
    OnceMore,
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
            Self::OnceMore => Wording::plain("device-once-more"),
        }
    }
}
