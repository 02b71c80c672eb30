//! Turns a message into its sentence's id in the wording files and the values that are put into it.

mod client;
mod counsellor;
mod manner;

pub use lodge_ground::wording::{Arg, Manner, Wording};

use crate::input::{LeftOut, Retouch};
use crate::say::Say;

/// The English files, as they stand in `config/wording/counsel/en`.
pub const ENGLISH: &[(&str, &str)] = &[
    ("client.ftl", include_str!("../../../config/wording/counsel/en/client.ftl")),
    ("counsellor.ftl", include_str!("../../../config/wording/counsel/en/counsellor.ftl")),
];

impl Say {
    /// The sentence for it.
    pub fn wording(&self) -> Wording {
        match self {
            Self::Client(say) => say.wording(),
            Self::Counsellor(say) => say.wording(),
            Self::RoomName => Wording::plain("room-name"),
            Self::RoomTopic => Wording::plain("room-topic"),
            Self::FirstHere => Wording::plain("first-here"),
            Self::OpeningNote => Wording::plain("opening-note"),
            Self::AskedAgain => Wording::plain("asked-again"),
            Self::Elsewhere => Wording::plain("elsewhere"),
            Self::Wordless => Wording::plain("wordless"),
            Self::Unreadable => Wording::plain("unreadable"),
            Self::LeftOut(LeftOut::Sealed) => Wording::plain("unreadable-several"),
            Self::LeftOut(LeftOut::Hurried) => Wording::plain("left-out"),
            Self::Hurried => Wording::plain("hurried"),
            Self::Retouched { how, counsels } => {
                let gone = flag(*how == Retouch::Redaction);
                Wording::with("first-words-stand", vec![("gone", gone), ("counsels", flag(*counsels))])
            }
            Self::DeviceUnknown => Wording::plain("device-unknown"),
            Self::DeviceNew { code, counsels } => {
                Wording::with("device-new", vec![("code", Arg::Text(code.to_string())), ("counsels", flag(*counsels))])
            }
            Self::DeviceHow => Wording::plain("device-how"),
            Self::DeviceCodeUnknown => Wording::plain("device-code-unknown"),
            Self::DeviceConfirmed => Wording::plain("device-confirmed"),
            Self::DeviceOnceMore => Wording::plain("device-once-more"),
            Self::Fault => Wording::plain("fault"),
        }
    }
}

/// A choice between two forms: 1 for yes, 0 for no.
fn flag(yes: bool) -> Arg {
    Arg::Number(u64::from(yes))
}

/// Words that may be there or not: the choice, and the words.
fn maybe(words: Option<&str>) -> (Arg, Arg) {
    (flag(words.is_some()), Arg::Text(words.unwrap_or_default().to_owned()))
}

/// The form of somebody's words while they are away: 0 when they are not, 1 when they left no words, 2 with words; and
/// the words.
fn away(text: Option<&str>) -> (Arg, Arg) {
    let form = match text {
        None => 0,
        Some("") => 1,
        Some(_) => 2,
    };
    (Arg::Number(form), Arg::Text(text.unwrap_or_default().to_owned()))
}
