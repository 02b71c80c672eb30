//! What each of the porter's messages bears witness of: which steps were taken last, in which order and when.
//!
//! A store that is restored from an older export hears again what it had heard, but the rooms do not say in which order
//! across them, nor when. The messages that it said meanwhile do: each carries the last steps before it, sealed, so that
//! only the porter reads them. It is of one size whatever it holds, so it tells nobody else how much happens.

use std::collections::VecDeque;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD as BASE64;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use lodge_core::id::{EffectId, IdSecret};
use lodge_core::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How many steps a message bears witness of.
const REMEMBERED: usize = 40;

/// A step in bytes: its key, its moment, and its detail.
const STEP: usize = 20;

/// The number of the first step, how many there are, and the steps.
const PLAIN: usize = 9 + REMEMBERED * STEP;

const NONCE: usize = 24;

/// After a restore, steps are numbered anew from this far on: those that no message bore witness of had numbers too.
const LEAP: u64 = 1 << 20;

/// What a step came of, as a keyed hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StepKey([u8; 8]);

impl StepKey {
    /// The key of what these parts say.
    pub fn of(secret: &IdSecret, parts: &[&[u8]]) -> Self {
        let parts: Vec<&[u8]> = std::iter::once(&b"step"[..]).chain(parts.iter().copied()).collect();
        let digest = secret.digest(&parts);
        Self(std::array::from_fn(|at| digest[at]))
    }
}

/// One step that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Its place among all steps.
    pub number: u64,
    /// What it came of.
    pub key: StepKey,
    /// When.
    pub at: Timestamp,
    /// A few bytes of which event shows it, where it was a message to be said, or else of what was told because of it.
    pub detail: u32,
}

/// What a message carries: text that only the porter can read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Witness(pub String);

impl Witness {
    /// The steps that it bears witness of, in order; none where it is not the porter's own of this effect.
    pub fn open(&self, secret: &IdSecret, effect: EffectId) -> Vec<Taken> {
        self.opened(secret, effect).as_deref().and_then(read).unwrap_or_default()
    }

    fn opened(&self, secret: &IdSecret, effect: EffectId) -> Option<Vec<u8>> {
        let bytes = BASE64.decode(&self.0).ok()?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE)?;
        let payload = Payload { msg: sealed, aad: &effect.to_bytes() };
        cipher(secret).decrypt(XNonce::from_slice(nonce), payload).ok()
    }

    fn seal(plain: &[u8], secret: &IdSecret, effect: EffectId) -> Self {
        // It follows from what is sealed, so that no two different texts are ever sealed with one.
        let nonce = secret.digest(&[b"witness nonce", &effect.to_bytes(), plain]);
        let nonce = XNonce::from_slice(&nonce[..NONCE]);
        let payload = Payload { msg: plain, aad: &effect.to_bytes() };
        let Ok(sealed) = cipher(secret).encrypt(nonce, payload) else { return Self::default() };
        Self(BASE64.encode([nonce.as_slice(), &sealed].concat()))
    }
}

/// The last steps that were taken, as they stand in the store.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Steps {
    next: u64,
    last: VecDeque<Taken>,
    /// The number of the first that is not committed yet.
    committed: u64,
    /// The number of the first that is not in any batch yet.
    batched: u64,
}

/// [`Steps`] as a row.
#[derive(Serialize, Deserialize)]
struct Written {
    next: u64,
    last: String,
}

impl Steps {
    /// The number of the next step.
    pub fn next(&self) -> u64 {
        self.next
    }

    /// A step is taken.
    pub fn note(&mut self, key: StepKey, at: Timestamp, detail: u32) {
        self.last.push_back(Taken { number: self.next, key, at, detail });
        self.next += 1;
        // Those that a message may bear witness of, and those that come after them.
        while self.last.len() > REMEMBERED && self.last[0].number + (REMEMBERED as u64) < self.committed {
            self.last.pop_front();
        }
    }

    /// Whether there is anything to be written; from here on it counts as written with the batch.
    pub fn take_changed(&mut self) -> bool {
        std::mem::replace(&mut self.batched, self.next) != self.next
    }

    /// The last batch is committed.
    pub fn committed(&mut self) {
        self.committed = self.batched;
    }

    /// The store was restored, and steps up to this number were taken before.
    pub fn go_on_after(&mut self, number: u64) {
        self.next = self.next.max(number) + LEAP;
        self.last.clear();
    }

    /// What a message of this effect bears witness of if it is sent now: committed steps only.
    pub fn witness(&self, secret: &IdSecret, effect: EffectId) -> Witness {
        let committed = self.last.iter().rev().filter(|taken| taken.number < self.committed);
        let mut last: Vec<&Taken> = committed.take(REMEMBERED).collect();
        last.reverse();
        Witness::seal(&write(last), secret, effect)
    }
}

impl From<Steps> for Written {
    fn from(steps: Steps) -> Self {
        let last = steps.last.iter().skip(steps.last.len().saturating_sub(REMEMBERED)).collect();
        Self { next: steps.next, last: BASE64.encode(write(last)) }
    }
}

impl From<Written> for Steps {
    fn from(Written { next, last }: Written) -> Self {
        let last = BASE64.decode(last).ok().as_deref().and_then(read).unwrap_or_default();
        Self { next, last: last.into(), committed: next, batched: next }
    }
}

fn cipher(secret: &IdSecret) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&secret.digest(&[b"witness"]).into())
}

/// Steps that follow one another, in bytes.
fn write(steps: Vec<&Taken>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(PLAIN);
    bytes.extend(steps.first().map_or(0, |taken| taken.number).to_be_bytes());
    bytes.push(u8::try_from(steps.len()).unwrap_or_default());
    for Taken { key, at, detail, .. } in steps {
        bytes.extend(key.0);
        bytes.extend(at.as_millis().to_be_bytes());
        bytes.extend(detail.to_be_bytes());
    }
    bytes.resize(PLAIN, 0);
    bytes
}

fn read(bytes: &[u8]) -> Option<Vec<Taken>> {
    let (first, rest) = bytes.split_first_chunk::<8>()?;
    let (count, rest) = rest.split_first()?;
    let first = u64::from_be_bytes(*first);
    let steps = rest.chunks_exact(STEP).take(usize::from(*count)).zip(first..);
    steps.map(|(bytes, number)| read_one(bytes, number)).collect()
}

fn read_one(bytes: &[u8], number: u64) -> Option<Taken> {
    let (key, rest) = bytes.split_first_chunk()?;
    let (at, rest) = rest.split_first_chunk()?;
    let detail = u32::from_be_bytes(*rest.first_chunk()?);
    Some(Taken { number, key: StepKey(*key), at: Timestamp::from_millis(i64::from_be_bytes(*at)), detail })
}

#[cfg(test)]
mod tests {
    use super::*;

    const EFFECT: EffectId = EffectId::from_bytes([7; 16]);

    fn secret(byte: u8) -> IdSecret {
        IdSecret::from_bytes([byte; 32])
    }

    fn steps(count: u64) -> Steps {
        let mut steps = Steps::default();
        for number in 0..count {
            let at = Timestamp::from_millis(1_793_610_000_000 + i64::try_from(number).unwrap());
            steps.note(StepKey::of(&secret(1), &[&number.to_be_bytes()]), at, 5);
        }
        steps
    }

    fn committed(count: u64) -> Steps {
        let mut steps = steps(count);
        assert!(steps.take_changed());
        steps.committed();
        steps
    }

    #[test]
    fn a_witness_tells_the_last_steps_in_order_to_who_has_the_secret() {
        for count in [1, 40, 100] {
            let steps = committed(count);
            let told = steps.witness(&secret(1), EFFECT).open(&secret(1), EFFECT);
            let last: Vec<Taken> = steps.last.iter().copied().rev().take(REMEMBERED).rev().collect();
            assert_eq!((told.len(), told), (usize::try_from(count.min(40)).unwrap(), last));
        }
    }

    #[test]
    fn nobody_else_reads_it_and_it_fits_no_other_message() {
        let witness = committed(3).witness(&secret(1), EFFECT);
        assert_eq!(witness.open(&secret(2), EFFECT), []);
        assert_eq!(witness.open(&secret(1), EffectId::from_bytes([8; 16])), []);
        for broken in ["", "%", "AAAA", &witness.0[1..]] {
            assert_eq!(Witness(broken.to_owned()).open(&secret(1), EFFECT), []);
        }
    }

    #[test]
    fn it_is_of_one_size_and_never_the_same_for_different_steps() {
        let witness = |count| committed(count).witness(&secret(1), EFFECT).0;
        let (few, many) = (witness(1), witness(500));
        assert_eq!(few.len(), many.len());
        assert_ne!(few[..32], many[..32], "the nonce is another one");
        assert_eq!(steps(0).witness(&secret(1), EFFECT).0.len(), few.len());
    }

    #[test]
    fn what_is_not_committed_is_not_told() {
        let mut steps = committed(2);
        steps.note(StepKey::of(&secret(1), &[b"later"]), Timestamp::from_millis(0), 0);
        assert_eq!(steps.witness(&secret(1), EFFECT).open(&secret(1), EFFECT).len(), 2);
        assert!(steps.take_changed() && !steps.take_changed());
        assert_eq!(steps.witness(&secret(1), EFFECT).open(&secret(1), EFFECT).len(), 2);
        steps.committed();
        assert_eq!(steps.witness(&secret(1), EFFECT).open(&secret(1), EFFECT).len(), 3);
    }

    #[test]
    fn a_row_holds_what_a_message_may_have_to_tell() {
        let steps = committed(100);
        let read: Steps = serde_json::from_value(serde_json::to_value(&steps).unwrap()).unwrap();
        assert_eq!(read.next(), 100);
        assert_eq!(read.witness(&secret(1), EFFECT), steps.witness(&secret(1), EFFECT));
        assert!(serde_json::to_vec(&committed(1000)).unwrap().len() < 1200);
    }
}
