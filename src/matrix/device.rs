//! The devices that something was written from: the one thing about its writer that a homeserver cannot make up.
//!
//! A homeserver can list devices of its own on anybody's account, and put an identity of its own in the place of
//! theirs. So the identity that signed somebody's device is pinned when the first signed one writes, and from then on
//! only devices count that it signed or that somebody vouched for in a second way. This module decides; it looks at
//! nothing but what it is given.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::news::Text;
use lodge_ground::bounded::{AtMost, Bulk};
use lodge_ground::id::{ConfirmationId, MemberId};
use lodge_ground::proof::{DeviceWord, Proof, WAITING_MAX};

/// At most this many devices of one person are remembered. Somebody with more has to confirm the one that was longest
/// remembered again, unless their identity signs it.
const DEVICES_MAX: usize = 32;

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

impl Bulk for Device {
    fn bytes(&self) -> usize {
        self.key.len() + self.signed_by.as_ref().map_or(0, String::len)
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
    pub fn hear(&mut self, device: &Device) -> Proof {
        if self.devices.contains(&device.key) {
            return Proof::Proven;
        }
        match (&self.identity, &device.signed_by) {
            // They have never cross-signed, so every device on their list counts.
            (None, None) => Proof::Proven,
            (None, Some(identity)) => {
                self.identity = Some(identity.clone());
                self.remember(&device.key);
                Proof::Proven
            }
            (Some(pinned), Some(identity)) if pinned == identity => {
                self.remember(&device.key);
                Proof::Proven
            }
            (Some(_), Some(_) | None) => Proof::Unconfirmed,
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

/// The hearing of some words, by the device that they came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heard {
    /// The proof that they are their writer's.
    pub proof: Proof,
    /// Whether the device is theirs, wrote for the first time, and is not their first. It cannot read what was said before
    /// it was there.
    pub is_further_device: bool,
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
    pub fn hear(&mut self, member: MemberId, text: &Text) -> (Heard, Option<&Pinned>) {
        self.from.clone_from(&text.device);
        let (Proof::Proven, Some(device)) = (text.proof, &text.device) else {
            return (Heard { proof: text.proof, is_further_device: false }, None);
        };
        let known = self.pinned.get(&member);
        let mut pinned = known.cloned().unwrap_or_else(|| Pinned::nothing(member));
        let proof = pinned.hear(device);
        let knew_others = known.is_some_and(|known| !known.devices.is_empty() && !known.devices.contains(&device.key));
        let heard = Heard { proof, is_further_device: knew_others && pinned.devices.contains(&device.key) };
        if known == Some(&pinned) {
            return (heard, None);
        }
        (heard, Some(self.pin(pinned)))
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use lodge_ground::proof::{DeviceCode, Waiting};
    use lodge_ground::time::Timestamp;

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
            (known(None, &[]), device("old", None), Proof::Proven, known(None, &[])),
            (known(None, &[]), device("new", None), Proof::Proven, known(None, &[])),
            // The first signed device pins its identity.
            (known(None, &[]), device("old", Some("hers")), Proof::Proven, known(Some("hers"), &["old"])),
            // The identity signs one more.
            (
                known(Some("hers"), &["old"]),
                device("new", Some("hers")),
                Proof::Proven,
                known(Some("hers"), &["old", "new"]),
            ),
            // A device that it did not sign.
            (known(Some("hers"), &["old"]), device("new", None), Proof::Unconfirmed, known(Some("hers"), &["old"])),
            // Another identity, on a device that it signed.
            (
                known(Some("hers"), &["old"]),
                device("new", Some("its own")),
                Proof::Unconfirmed,
                known(Some("hers"), &["old"]),
            ),
            // A device of old counts, even if the homeserver shows another signature of it now; and it proves nothing
            // of who else signs it.
            (known(Some("hers"), &["old"]), device("old", None), Proof::Proven, known(Some("hers"), &["old"])),
            (
                known(Some("hers"), &["old"]),
                device("old", Some("its own")),
                Proof::Proven,
                known(Some("hers"), &["old"]),
            ),
        ];
        for (before, device, proof, after) in table {
            let mut pinned = before.clone();
            assert_eq!((pinned.hear(&device), &pinned), (proof, &after), "{before:?} hears {device:?}");
        }
    }

    #[test]
    fn a_device_is_a_further_one_once_and_never_where_it_is_the_first_or_does_not_count() {
        let mut known = KnownDevices::new(vec![]);
        let member = MemberId::from_bytes([1; 16]);
        let mut is_further = |key: &str, signed_by: Option<&str>| {
            let news = json!({ "msgtype": "m.text", "body": "hello" });
            let crate::news::Heard::Text(mut text) = crate::news::tests::read_text(news) else { panic!("no text") };
            text.device = Some(device(key, signed_by));
            known.hear(member, &text).0.is_further_device
        };
        assert!(!is_further("unsigned", None) && !is_further("another", None), "nobody keeps those");
        assert!(!is_further("first", Some("hers")) && !is_further("first", Some("hers")));
        assert!(is_further("second", Some("hers")) && !is_further("second", Some("hers")));
        assert!(!is_further("rogue", Some("its own")));
    }

    #[test]
    fn i07_the_device_that_waited_is_confirmed_as_it_was_and_no_other() {
        let mut pinned = known(Some("hers"), &["old"]);
        let (new, rogue) = (device("new", Some("her second")), device("rogue", Some("its own")));
        pinned.heed(DeviceWord::Waits(waits(1)), Some(&new));
        pinned.heed(DeviceWord::Waits(waits(2)), Some(&rogue));
        // An identity that the homeserver shows in the meantime is not the one that is meant.
        pinned.heed(DeviceWord::IsTheirs(waits(1)), Some(&device("old", Some("its own"))));
        assert_eq!(pinned.hear(&new), Proof::Proven);
        assert_eq!(pinned.identity.as_deref(), Some("her second"));
        assert_eq!(pinned.hear(&rogue), Proof::Unconfirmed);
        assert_eq!(pinned.hear(&device("old", None)), Proof::Proven, "the device that vouched for it is still theirs");
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
        assert_eq!(pinned.hear(&new), Proof::Proven);
        assert_eq!(pinned.identity.as_deref(), Some("hers"));
        assert_eq!(pinned.hear(&device("third", None)), Proof::Unconfirmed);
    }

    #[test]
    fn what_is_kept_of_anybodys_devices_is_bounded() {
        let (mut pinned, mut waiting) = (known(Some("hers"), &[]), Waiting::default());
        for number in 0..100 {
            pinned.hear(&device(&format!("device {number}"), Some("hers")));
            pinned.heed(DeviceWord::Waits(waits(number)), Some(&device("rogue", None)));
            waiting.add(waits(number), Timestamp::from_millis(0));
        }
        assert_eq!((pinned.devices.len(), pinned.waiting.len()), (DEVICES_MAX, WAITING_MAX));
        let kept: Vec<_> = pinned.waiting.iter().map(|(id, _)| *id).collect();
        let named =
            (0..100).filter_map(|number| waiting.take(&DeviceCode::of(waits(number)), Timestamp::from_millis(0)));
        assert_eq!(kept, named.collect::<Vec<_>>(), "both let go of the same");
    }
}
