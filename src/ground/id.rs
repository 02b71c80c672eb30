//! Identifiers: 128 random bits each, so that none tells how many others there are or which came first.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use hmac::{Hmac, Mac};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::Sha256;

use crate::time::Timestamp;

/// Text that should have been an identifier and is not: 32 lower-case hexadecimal digits were expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier: expected 32 hexadecimal digits, found {found:?}")]
pub struct NotAnId {
    found: String,
}

impl NotAnId {
    /// This text was found.
    pub fn found(text: &str) -> Self {
        Self { found: text.to_owned() }
    }
}

/// Defines kinds of identifiers, which [`Ids`] draws: 32 hexadecimal digits as text and in rows.
#[macro_export]
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u128);

        impl $name {
            /// The identifier as sixteen bytes, most significant first.
            pub const fn to_bytes(self) -> [u8; 16] {
                self.0.to_be_bytes()
            }

            /// The identifier that [`Self::to_bytes`] gave.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(u128::from_be_bytes(bytes))
            }
        }

        impl $crate::stored::RowId for $name {
            const FIRST: Self = Self(0);

            fn to_key(self) -> Vec<u8> {
                self.to_bytes().to_vec()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&$crate::id::Digits::of(self.0), f)
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::id::NotAnId;

            fn from_str(text: &str) -> Result<Self, $crate::id::NotAnId> {
                let wrong = || $crate::id::NotAnId::found(text);
                if text.len() != 32 {
                    return Err(wrong());
                }
                u128::from_str_radix(text, 16).map(Self).map_err(|_| wrong())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::id::Digits::of(self.0).as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <String as ::serde::Deserialize>::deserialize(deserializer)?.parse().map_err(::serde::de::Error::custom)
            }
        }

        impl $crate::id::Draw for $name {
            fn from_number(number: u128) -> Self {
                Self(number)
            }
        }
    )*};
}

ids! {
    /// A person known to a service: of the hub, a member.
    MemberId;
    /// Something a service is to do in the world. It is the Matrix transaction id too, and stands in the content.
    EffectId;
    /// A device of somebody's that waits to be confirmed.
    ConfirmationId;
}

/// A number as text: 32 lower-case hexadecimal digits. An engine writes some dozen of these for each message.
#[derive(Debug, Clone, Copy)]
pub struct Digits([u8; 32]);

impl Digits {
    /// The digits of this number.
    pub fn of(number: u128) -> Self {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut digits = [0; 32];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(number.to_be_bytes()) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        Self(digits)
    }

    /// The digits as text.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A kind of identifier that [`Ids`] can draw.
pub trait Draw {
    /// The identifier with this number.
    fn from_number(number: u128) -> Self;
}

/// The secret with which ids are made: each follows from what caused it, and only who has the secret can tell how.
///
/// A step that a crash kept from the disk therefore leads to the same ids when it is taken again.
#[derive(Clone)]
pub struct IdSecret {
    key: [u8; 32],
    /// Keyed already, for most steps need a hash or two.
    hash: Hmac<Sha256>,
    spent: Spent,
}

/// Numbers that are not drawn again.
type Spent = Arc<BTreeSet<u128>>;

impl IdSecret {
    /// The secret made of these bytes.
    pub fn from_bytes(key: [u8; 32]) -> Self {
        Self { key, hash: with_key(&key), spent: Spent::default() }
    }

    /// The secret of the time after this moment: none of its ids is one of the time before.
    #[must_use]
    pub fn since(&self, moment: Timestamp) -> Self {
        let key = hashed(self.hash.clone(), &[b"since", &moment.as_millis().to_be_bytes()]);
        Self { spent: self.spent.clone(), ..Self::from_bytes(key) }
    }

    /// Sees to it that the id of somebody who was forgotten is not drawn again, even where its cause comes again.
    pub fn spend(&mut self, member: MemberId) {
        Arc::make_mut(&mut self.spent).insert(member.0);
    }

    /// A keyed hash of these parts, for a purpose that the first of them names. It tells nothing of any id.
    pub fn digest(&self, parts: &[&[u8]]) -> [u8; 32] {
        let parts: Vec<&[u8]> = std::iter::once(&b"digest"[..]).chain(parts.iter().copied()).collect();
        hashed(self.hash.clone(), &parts)
    }

    /// The ids that follow from a cause. Each of its parts counts, and so does where one ends and the next begins.
    pub fn ids(&self, cause: &[&[u8]]) -> Ids {
        Ids::new(self.key, hashed(self.hash.clone(), cause), self.spent.clone())
    }
}

impl fmt::Debug for IdSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdSecret")
    }
}

/// The source of identifiers: a stream of random numbers from a seed, so that the same seed gives the same ids.
#[derive(Clone)]
pub struct Ids {
    root: [u8; 32],
    seed: [u8; 32],
    stream: ChaCha20Rng,
    spent: Spent,
}

impl Ids {
    /// The stream that belongs to `seed`. A running service has [`IdSecret`] make it from the cause at hand.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self::new(seed, seed, Spent::default())
    }

    /// Draws the next identifier.
    pub fn draw<T: Draw>(&mut self) -> T {
        loop {
            let high = u128::from(self.stream.next_u64());
            let number = (high << 64) | u128::from(self.stream.next_u64());
            if !self.spent.contains(&number) {
                return T::from_number(number);
            }
        }
    }

    /// A stream for one part of this one's purpose, the same whatever else was drawn.
    #[must_use]
    pub fn apart(&self, part: &[&[u8]]) -> Self {
        Self::new(self.root, hashed(with_key(&self.seed), part), self.spent.clone())
    }

    /// A stream for something that happens once, whatever brings it about: the same for every cause.
    #[must_use]
    pub fn once(&self, what: &[&[u8]]) -> Self {
        let what: Vec<&[u8]> = std::iter::once(&b"once"[..]).chain(what.iter().copied()).collect();
        Self::new(self.root, hashed(with_key(&self.root), &what), self.spent.clone())
    }

    fn new(root: [u8; 32], seed: [u8; 32], spent: Spent) -> Self {
        Self { root, seed, stream: ChaCha20Rng::from_seed(seed), spent }
    }
}

impl fmt::Debug for Ids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ids")
    }
}

fn with_key(key: &[u8; 32]) -> Hmac<Sha256> {
    <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes keys of any length")
}

fn hashed(mut hash: Hmac<Sha256>, parts: &[&[u8]]) -> [u8; 32] {
    for part in parts {
        hash.update(&(part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_text_and_refuses_what_is_not_one() {
        let id: MemberId = Ids::from_seed([7; 32]).draw();
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(MemberId::from_bytes(id.to_bytes()), id);
        assert!("42".parse::<MemberId>().is_err());
        assert!("zz".repeat(16).parse::<MemberId>().is_err());
    }

    #[test]
    fn ids_of_one_stream_are_in_no_order() {
        let mut ids = Ids::from_seed([1; 32]);
        let drawn: Vec<MemberId> = (0..64).map(|_| ids.draw()).collect();
        assert!(!drawn.is_sorted());
        let mut again = Ids::from_seed([1; 32]);
        assert_eq!(drawn[0], again.draw());
    }

    #[test]
    fn ids_follow_from_their_cause_and_the_secret() {
        let secret = IdSecret::from_bytes([1; 32]);
        let first = |secret: &IdSecret, cause: &[&[u8]]| secret.ids(cause).draw::<EffectId>();
        let said = first(&secret, &[b"said", b"$1"]);
        assert_eq!(said, first(&secret, &[b"said", b"$1"]));
        assert_ne!(said, first(&secret, &[b"said", b"$2"]));
        assert_ne!(said, first(&secret, &[b"said$", b"1"]), "parts are kept apart");
        assert_ne!(said, first(&IdSecret::from_bytes([2; 32]), &[b"said", b"$1"]));
        let mut ids = secret.ids(&[b"list"]);
        let part = ids.apart(&[b"sam"]).draw::<EffectId>();
        assert_ne!(part, ids.draw());
        assert_eq!(part, ids.apart(&[b"sam"]).draw(), "what was drawn before makes no difference");
        let once = ids.once(&[b"met"]).draw::<EffectId>();
        assert_eq!(once, secret.ids(&[b"another cause"]).once(&[b"met"]).draw());
        assert_ne!(once, ids.once(&[b"ended"]).draw());
    }

    #[test]
    fn the_id_of_somebody_forgotten_is_not_drawn_again() {
        let mut secret = IdSecret::from_bytes([1; 32]);
        let cause: &[&[u8]] = &[b"listed", b"@sam:example.org"];
        let (mut ids, mut drawn) = (secret.ids(cause), Vec::new());
        for _ in 0..3 {
            let member: MemberId = ids.draw();
            drawn.push(member);
            secret.spend(member);
            ids = secret.ids(cause);
        }
        assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), 3, "{drawn:?}");
    }
}
