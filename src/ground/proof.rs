//! The proof that somebody wrote some words, as far as their channel has one; and the way to make up for one that is
//! missing.
//!
//! A device that is not known to be somebody's is named by a code, which its owner reads on it and says where nobody
//! can interfere.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::bounded::AtMost;
use crate::id::ConfirmationId;
use crate::time::{Span, Timestamp};

/// At most this many devices of one person wait for a second way at once; one more takes the place of the first.
pub const WAITING_MAX: usize = 4;

/// A device waits this long to be confirmed.
const CONFIRM_WITHIN: Span = Span::from_days(1);

/// The proof that the sender of a message wrote it: the device that it can be tied to, or the channel's own equivalent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// It is tied to a device that counts as theirs.
    Proven,
    /// It is tied to a device on their list that is not known to be theirs. It is no consent until they have confirmed
    /// that device in a second way; it can take back consents that they gave.
    Unconfirmed,
    /// It is tied to no device, and is never consent.
    Unproven,
}

/// Something that is said about a person's devices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceWord {
    /// The device that this was said from waits to be confirmed, under this id.
    Waits(ConfirmationId),
    /// The one that waits under this id is theirs.
    IsTheirs(ConfirmationId),
}

/// The devices of one person's that wait to be confirmed, by their codes alone.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Waiting(AtMost<(ConfirmationId, Timestamp), WAITING_MAX>);

impl Waiting {
    /// One more waits, since now.
    pub fn add(&mut self, id: ConfirmationId, now: Timestamp) {
        self.0.push((id, now));
    }

    /// Takes out the one with this code, unless its time is over.
    pub fn take(&mut self, code: &DeviceCode, now: Timestamp) -> Option<ConfirmationId> {
        self.0.retain(|(_, since)| now <= since.after(CONFIRM_WITHIN));
        self.0.take_newest(|(id, _)| DeviceCode::of(*id) == *code).map(|(id, _)| id)
    }
}

/// The name of a device that waits: four letters and digits. It is no secret, for everybody in the conversation can
/// read it. It counts where a device writes it that is known, or somebody who has asked the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DeviceCode(String);

/// Crockford's base 32: no I, L, O or U.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The length of a code, in letters.
const LENGTH: usize = 4;

impl DeviceCode {
    /// The code of the device that waits under this id.
    pub fn of(id: ConfirmationId) -> Self {
        let bytes = id.to_bytes();
        Self(bytes.iter().take(LENGTH).map(|byte| char::from(LETTERS[usize::from(byte & 31)])).collect())
    }

    /// The code that this word is, with the letters that are confused taken for the digits they look like.
    pub fn read(word: &str) -> Option<Self> {
        let letter = |c: char| match c.to_ascii_uppercase() {
            'O' => Some('0'),
            'I' | 'L' => Some('1'),
            c => u8::try_from(c).ok().filter(|byte| LETTERS.contains(byte)).map(char::from),
        };
        let code: Option<String> = word.chars().map(letter).collect();
        code.filter(|code| code.chars().count() == LENGTH).map(Self)
    }
}

impl fmt::Display for DeviceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_waits_for_a_day_and_is_confirmed_once() {
        let (now, id) = (Timestamp::from_millis(0), ConfirmationId::from_bytes([7; 16]));
        let code = DeviceCode::of(id);
        let mut waiting = Waiting::default();
        waiting.add(id, now);
        assert_eq!(waiting.clone().take(&code, now.after(CONFIRM_WITHIN)), Some(id));
        assert_eq!(waiting.clone().take(&code, now.after(CONFIRM_WITHIN).after(Span::from_millis(1))), None);
        assert_eq!(waiting.take(&DeviceCode("ZZZZ".to_owned()), now), None);
        assert_eq!((waiting.take(&code, now), waiting.take(&code, now)), (Some(id), None));
    }

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = DeviceCode("K10M".to_owned());
        for word in ["K10M", "k10m", "kl0m", "KIOM"] {
            assert_eq!(DeviceCode::read(word), Some(code.clone()), "{word}");
        }
        for word in ["", "K10", "K10MM", "K-0M", "K\u{e9}0M"] {
            assert_eq!(DeviceCode::read(word), None, "{word}");
        }
    }
}
