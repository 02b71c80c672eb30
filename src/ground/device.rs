//! The devices that something was written from: the one thing about its writer that a homeserver cannot make up.
//!
//! A homeserver can list devices of its own on anybody's account, and put an identity of its own in the place of
//! theirs. So the identity that signed somebody's device is pinned when the first signed one writes, and from then on
//! only devices count that it signed or that somebody vouched for in a second way. This module decides; it looks at
//! nothing but what it is given.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::bounded::{AtMost, Bulk};
use crate::id::{ConfirmationId, MemberId};
use crate::news::{Text, Trust};
use crate::time::{Span, Timestamp};

/// At most this many devices of one person are remembered. Somebody with more has to confirm the one that was longest
/// remembered again, unless their identity signs it.
const DEVICES_MAX: usize = 32;

/// At most this many devices of one person wait for a second way at once; one more takes the place of the first.
const WAITING_MAX: usize = 4;

/// A device waits this long to be confirmed.
const CONFIRM_WITHIN: Span = Span::from_days(1);

/// The device that something was written from, as the homeserver and the keys tell it now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Its Curve25519 identity key (Matrix 1.18, "Device keys"), in unpadded base64. The words came encrypted with it, so
    /// it is the one thing here that the homeserver has no say in.
    pub key: String,
    /// The master key of the cross-signing identity that signs it (Matrix 1.18, "Cross-signing"), in unpadded base64;
    /// `None` where the identity that the homeserver shows now does not sign it, or there is none.
    pub signed_by: Option<String>,
}

impl Bulk for (ConfirmationId, Device) {
    fn bytes(&self) -> usize {
        self.1.key.len() + self.1.signed_by.as_ref().map_or(0, String::len)
    }
}

/// A service's knowledge of one person's devices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pinned {
    /// The person.
    pub member: MemberId,
    /// The identity whose devices count; `None` as long as no signed device of theirs wrote.
    pub identity: Option<String>,
    /// The keys of devices that are theirs whatever the homeserver says of them: signed by that identity, or confirmed.
    /// The one that was longest remembered comes first.
    pub devices: AtMost<String, DEVICES_MAX>,
    /// Devices that wait to be confirmed.
    pub waiting: AtMost<(ConfirmationId, Device), WAITING_MAX>,
}

impl Pinned {
    /// Nothing is known of this person's devices yet.
    pub fn nothing(member: MemberId) -> Self {
        Self { member, identity: None, devices: AtMost::default(), waiting: AtMost::default() }
    }

    /// Decides how far words from this device are their owner's, and learns the device from them if they are.
    pub fn hear(&mut self, device: &Device) -> Trust {
        if self.devices.contains(&device.key) {
            return Trust::Tied;
        }
        match (&self.identity, &device.signed_by) {
            // They have never cross-signed, so every device on their list counts.
            (None, None) => Trust::Tied,
            (None, Some(identity)) => {
                self.identity = Some(identity.clone());
                self.remember(&device.key);
                Trust::Tied
            }
            (Some(pinned), Some(identity)) if pinned == identity => {
                self.remember(&device.key);
                Trust::Tied
            }
            (Some(_), Some(_) | None) => Trust::Unconfirmed,
        }
    }

    /// Learns something about their devices from a word of theirs. `from` is the device that it was said from.
    pub fn heed(&mut self, word: DeviceWord, from: Option<&Device>) {
        match word {
            DeviceWord::Waits(id) => {
                if let Some(device) = from {
                    self.waiting.push((id, device.clone()));
                }
            }
            DeviceWord::IsTheirs(id) => {
                let Some((_, device)) = self.waiting.take(|(waiting, _)| *waiting == id) else { return };
                // The identity that signs it takes the place of the one before, by which nobody else is then known.
                if device.signed_by.is_some() {
                    self.identity = device.signed_by;
                }
                self.remember(&device.key);
            }
        }
    }

    /// Whether their devices are known by the homeserver's list alone.
    pub fn is_weak(&self) -> bool {
        self.identity.is_none()
    }

    fn remember(&mut self, key: &str) {
        self.devices.retain(|known| known != key);
        self.devices.push(key.to_owned());
    }
}

/// A service's knowledge of everybody's devices.
#[derive(Debug, Clone, Default)]
pub struct KnownDevices {
    pinned: BTreeMap<MemberId, Pinned>,
    /// The one that the words at hand were written from.
    from: Option<Device>,
}

impl KnownDevices {
    /// Reads the rows of an earlier process.
    pub fn new(rows: Vec<Pinned>) -> Self {
        Self { pinned: rows.into_iter().map(|pinned| (pinned.member, pinned)).collect(), from: None }
    }

    /// Decides how far these words of somebody's count, and gives the row that has changed by them.
    pub fn hear(&mut self, member: MemberId, text: &Text) -> (Trust, Option<&Pinned>) {
        self.from.clone_from(&text.device);
        let (Trust::Tied, Some(device)) = (text.trust, &text.device) else { return (text.trust, None) };
        let known = self.pinned.get(&member);
        let mut pinned = known.cloned().unwrap_or_else(|| Pinned::nothing(member));
        let trust = pinned.hear(device);
        if known == Some(&pinned) {
            return (trust, None);
        }
        (trust, Some(self.pin(pinned)))
    }

    /// Carries out the words about somebody's devices, and gives the row that has changed by them.
    pub fn heed(&mut self, member: MemberId, word: DeviceWord) -> Option<&Pinned> {
        let mut pinned = self.pinned.get(&member).cloned()?;
        pinned.heed(word, self.from.as_ref());
        Some(self.pin(pinned))
    }

    /// Lets go of everything that is known of somebody's devices, and returns the row that was.
    pub fn forget(&mut self, member: MemberId) -> Option<Pinned> {
        self.pinned.remove(&member)
    }

    /// The number of people of whom any device is known, and that of those among them who have none that an identity of
    /// theirs signed.
    pub fn count(&self) -> (usize, usize) {
        (self.pinned.len(), self.pinned.values().filter(|pinned| pinned.is_weak()).count())
    }

    fn pin(&mut self, pinned: Pinned) -> &Pinned {
        let member = pinned.member;
        self.pinned.entry(member).insert_entry(pinned).into_mut()
    }
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

    const SAM: MemberId = MemberId::from_bytes([1; 16]);

    fn device(key: &str, signed_by: Option<&str>) -> Device {
        Device { key: key.to_owned(), signed_by: signed_by.map(str::to_owned) }
    }

    fn known(identity: Option<&str>, devices: &[&str]) -> Pinned {
        let devices = devices.iter().map(|key| (*key).to_owned()).collect();
        Pinned { identity: identity.map(str::to_owned), devices, ..Pinned::nothing(SAM) }
    }

    fn waits(number: u8) -> ConfirmationId {
        ConfirmationId::from_bytes([number; 16])
    }

    #[test]
    fn i07_words_count_from_devices_that_the_pinned_identity_signed_and_from_none_that_a_homeserver_adds() {
        // The known devices, the device that writes, how far it counts, and the known devices then.
        let table = [
            // Somebody who never cross-signs is not shut out, from whatever device they write.
            (known(None, &[]), device("old", None), Trust::Tied, known(None, &[])),
            (known(None, &[]), device("new", None), Trust::Tied, known(None, &[])),
            // The first signed device pins its identity.
            (known(None, &[]), device("old", Some("hers")), Trust::Tied, known(Some("hers"), &["old"])),
            // The identity signs one more.
            (
                known(Some("hers"), &["old"]),
                device("new", Some("hers")),
                Trust::Tied,
                known(Some("hers"), &["old", "new"]),
            ),
            // A device that it did not sign.
            (known(Some("hers"), &["old"]), device("new", None), Trust::Unconfirmed, known(Some("hers"), &["old"])),
            // Another identity, on a device that it signed.
            (
                known(Some("hers"), &["old"]),
                device("new", Some("its own")),
                Trust::Unconfirmed,
                known(Some("hers"), &["old"]),
            ),
            // A device of old counts, even if the homeserver shows another signature of it now; and it proves nothing
            // of who else signs it.
            (known(Some("hers"), &["old"]), device("old", None), Trust::Tied, known(Some("hers"), &["old"])),
            (known(Some("hers"), &["old"]), device("old", Some("its own")), Trust::Tied, known(Some("hers"), &["old"])),
        ];
        for (before, device, trust, after) in table {
            let mut pinned = before.clone();
            assert_eq!((pinned.hear(&device), &pinned), (trust, &after), "{before:?} hears {device:?}");
        }
    }

    #[test]
    fn i07_the_device_that_waited_is_confirmed_as_it_was_and_no_other() {
        let mut pinned = known(Some("hers"), &["old"]);
        let (new, rogue) = (device("new", Some("her second")), device("rogue", Some("its own")));
        pinned.heed(DeviceWord::Waits(waits(1)), Some(&new));
        pinned.heed(DeviceWord::Waits(waits(2)), Some(&rogue));
        // An identity that the homeserver shows in the meantime is not the one that is meant.
        pinned.heed(DeviceWord::IsTheirs(waits(1)), Some(&device("old", Some("its own"))));
        assert_eq!(pinned.hear(&new), Trust::Tied);
        assert_eq!(pinned.identity.as_deref(), Some("her second"));
        assert_eq!(pinned.hear(&rogue), Trust::Unconfirmed);
        assert_eq!(pinned.hear(&device("old", None)), Trust::Tied, "the device that vouched for it is still theirs");
        // Twice is once, and what nobody waits for is nobody's.
        let before = pinned.clone();
        pinned.heed(DeviceWord::IsTheirs(waits(1)), Some(&rogue));
        pinned.heed(DeviceWord::IsTheirs(waits(9)), Some(&rogue));
        assert_eq!(pinned, before);
    }

    #[test]
    fn i07_a_device_without_a_signature_can_be_confirmed_and_the_identity_stays() {
        let mut pinned = known(Some("hers"), &["old"]);
        let new = device("new", None);
        pinned.heed(DeviceWord::Waits(waits(1)), Some(&new));
        pinned.heed(DeviceWord::IsTheirs(waits(1)), None);
        assert_eq!(pinned.hear(&new), Trust::Tied);
        assert_eq!(pinned.identity.as_deref(), Some("hers"));
        assert_eq!(pinned.hear(&device("third", None)), Trust::Unconfirmed);
    }

    #[test]
    fn what_is_kept_of_anybodys_devices_is_bounded() {
        let (mut pinned, mut waiting) = (known(Some("hers"), &[]), Waiting::default());
        for number in 0..100 {
            pinned.hear(&device(&format!("device {number}"), Some("hers")));
            pinned.heed(DeviceWord::Waits(waits(number)), Some(&device("rogue", None)));
            waiting.add(waits(number), Timestamp::from_millis(0));
        }
        assert_eq!(
            (pinned.devices.len(), pinned.waiting.len(), waiting.0.len()),
            (DEVICES_MAX, WAITING_MAX, WAITING_MAX)
        );
        let ids: Vec<_> = pinned.waiting.iter().map(|(id, _)| *id).collect();
        assert_eq!(ids, waiting.0.iter().map(|(id, _)| *id).collect::<Vec<_>>(), "both let go of the same");
    }

    #[test]
    fn a_device_waits_for_a_day_and_is_confirmed_once() {
        let (now, id) = (Timestamp::from_millis(0), waits(7));
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
