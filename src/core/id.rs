//! Identifiers: 128 random bits each, so that none tells how many others there are or which came first.

use std::fmt;
use std::str::FromStr;

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Text that should have been an identifier and is not: 32 lower-case hexadecimal digits were expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier: expected 32 hexadecimal digits, found {found:?}")]
pub struct NotAnId {
    found: String,
}

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

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:032x}", self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let wrong = || NotAnId { found: text.to_owned() };
                if text.len() != 32 {
                    return Err(wrong());
                }
                u128::from_str_radix(text, 16).map(Self).map_err(|_| wrong())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }

        impl Draw for $name {
            fn from_number(number: u128) -> Self {
                Self(number)
            }
        }
    )*};
}

ids! {
    /// A member: a person known to the hub.
    MemberId;
    /// An introduction of two members.
    IntroductionId;
    /// A question put to one member.
    PromptId;
    /// One party's recorded yes.
    ConsentId;
    /// Something the hub is to do in the world. It is the Matrix transaction id too, and stands in the content.
    EffectId;
    /// A moment the hub waits for.
    TimerId;
}

/// A kind of identifier that [`Ids`] can draw.
pub trait Draw {
    /// The identifier with this number.
    fn from_number(number: u128) -> Self;
}

/// Where identifiers come from: a stream of random numbers from a seed, so that the same seed gives the same ids.
#[derive(Debug, Clone)]
pub struct Ids(ChaCha20Rng);

impl Ids {
    /// The stream that belongs to `seed`. A running service draws its seed from the operating system.
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self(ChaCha20Rng::from_seed(seed))
    }

    /// The next identifier.
    pub fn draw<T: Draw>(&mut self) -> T {
        let high = u128::from(self.0.next_u64());
        T::from_number((high << 64) | u128::from(self.0.next_u64()))
    }
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
}
