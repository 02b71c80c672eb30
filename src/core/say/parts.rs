//! What the porter's words are made of where they list or quote.

use serde::{Deserialize, Serialize};

use crate::consent::{Disclosure, Shown};
use crate::introduction::Request;
use crate::name::Address;
use crate::named::Named;
use crate::time::Timestamp;

/// The words of a request. Preview and prompt hold the same value, so that both read the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestText {
    /// What for, as people read it.
    pub purpose: String,
    /// The requester's words.
    pub request: Request,
    /// The fields beside them.
    pub fields: Vec<Shown>,
}

/// Advice on a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tip {
    /// It is very short.
    Short,
    /// It asks nothing.
    NoQuestion,
    /// It reads like a job application (requirement A14).
    JobApplication,
}

/// One of a member's own requests, as they see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentLine {
    /// Whom they named.
    pub to: Named,
    /// How it stands, to them.
    pub standing: SentStanding,
}

/// How a request stands, to the requester: no more than the rule of one answer allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SentStanding {
    /// It waits, until this moment at the latest.
    Waiting(Timestamp),
    /// Both said yes.
    Agreed,
    /// There was no introduction.
    NoIntroduction,
    /// The addressee said no, and chose to say why.
    SaidNo,
    /// They took it back themselves.
    Withdrawn,
}

/// Which introduction is meant, as far as this reader may know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meant {
    /// Theirs, to whom they named.
    To(Named),
    /// Somebody else's, by what its requester showed them.
    From(Disclosure),
    /// Somebody else's, whose consent to be shown has lapsed: by the day on which it came.
    On(Timestamp),
}

impl Meant {
    /// The details in it.
    pub fn disclosure(&self) -> Option<&Disclosure> {
        match self {
            Self::From(of) => Some(of),
            Self::To(_) | Self::On(_) => None,
        }
    }
}

/// Something that a member can choose by its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matter {
    /// The number, in the list that was last shown.
    pub number: usize,
    /// Which.
    pub which: Meant,
}

/// A block of a member's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnBlock {
    /// The number, in the list that was last shown.
    pub number: usize,
    /// The address, where they gave it themselves.
    pub address: Option<Address>,
    /// When they blocked.
    pub at: Timestamp,
    /// Until when it lasts.
    pub until: Timestamp,
}
