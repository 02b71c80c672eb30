//! Marks: keyed hashes that say "these two, not before then" without saying who they are.
//!
//! A block, a cooldown and an erasure must outlive the rows of the people they are about, for otherwise being forgotten
//! would free the person who was blocked. A mark names nobody: somebody without the key cannot tell whom it is about,
//! and somebody with it must already know the addresses to ask. Each has an end, and is dropped then.

use std::fmt;

use hmac::{Hmac, Mac};
use lodge_ground::stored::RowId;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::id::MemberId;
use crate::name::Address;
use crate::time::{Span, Timestamp};

/// The id that a mark is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MarkId([u8; 16]);

impl MarkId {
    /// The id in the form of a row's key.
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0
    }
}

impl RowId for MarkId {
    const FIRST: Self = Self([0; 16]);

    fn to_key(self) -> Vec<u8> {
        self.0.to_vec()
    }
}

/// A fact that outlives the people it is about, as a keyed hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The hash that it is found by.
    pub id: MarkId,
    /// The time at which it ends; never, where there is none.
    pub until: Option<Timestamp>,
}

/// The fact behind a mark.
#[derive(Debug, Clone, Copy)]
pub enum Marked<'a> {
    /// The first will have nothing brought to them from the second (requirement A9).
    Blocked {
        /// The member who blocked.
        by: &'a Address,
        /// The account they blocked.
        who: &'a Address,
    },
    /// The first has asked for the second not long ago.
    Asked {
        /// The requester.
        by: &'a Address,
        /// The addressee.
        whom: &'a Address,
    },
    /// They asked to be forgotten, so the service's list alone does not bring them back.
    Forgotten(&'a Address),
    /// The same, for an email address of theirs.
    ForgottenMail(&'a str),
    /// The code of the person with this email address.
    Code(&'a str),
    /// A code, as somebody gave it.
    CodeGiven(&'a str),
    /// They may not be a member here.
    Banned(&'a Address),
    /// An organisation with this name.
    Organisation(&'a str),
}

/// The key of all marks. Its owner keeps it apart from them.
#[derive(Clone, PartialEq, Eq)]
pub struct MarkKey([u8; 32]);

impl MarkKey {
    /// The key made of these bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The place of an entry for this reader on this day, among all: by chance, and the same whenever they look.
    ///
    /// # Panics
    /// Never: HMAC takes keys of any length.
    pub fn place(&self, reader: MemberId, day: Timestamp, entry: MemberId) -> [u8; 32] {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(b"order of the mentors' list");
        mac.update(&reader.to_bytes());
        mac.update(&day.as_millis().to_be_bytes());
        mac.update(&entry.to_bytes());
        mac.finalize().into_bytes().into()
    }

    /// The time, at most `most`, for which a request is on its way longer than the least, by chance. `sent` requests of
    /// the same requester's came before it.
    ///
    /// It follows from facts that the requester knows and from a secret, and from nothing of the addressee's.
    ///
    /// # Panics
    /// Never: HMAC takes keys of any length.
    pub fn delay(&self, requester: &Address, sent: usize, message: &str, most: Span) -> Span {
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(b"delay of a request");
        mac.update(&(sent as u64).to_be_bytes());
        for part in [requester.as_str(), message] {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        let bytes: [u8; 32] = mac.finalize().into_bytes().into();
        let chance = bytes.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte));
        Span::from_millis(chance % (most.as_millis() + 1))
    }

    /// The id of a mark for this fact.
    ///
    /// # Panics
    /// Never: HMAC takes keys of any length.
    pub fn id(&self, marked: Marked<'_>) -> MarkId {
        let (kind, first, second) = match marked {
            Marked::Blocked { by, who } => ("blocked", by.as_str(), who.as_str()),
            Marked::Asked { by, whom } => ("asked", by.as_str(), whom.as_str()),
            Marked::Forgotten(who) => ("forgotten", who.as_str(), ""),
            Marked::ForgottenMail(who) => ("forgotten-mail", who, ""),
            Marked::Code(of) => ("code", of, ""),
            Marked::CodeGiven(code) => ("code-given", code, ""),
            Marked::Banned(who) => ("banned", who.as_str(), ""),
            Marked::Organisation(name) => ("organisation", name, ""),
        };
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        for part in [kind, first, second] {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        let mut id = [0; 16];
        id.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        MarkId(id)
    }
}

impl fmt::Debug for MarkKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MarkKey")
    }
}
