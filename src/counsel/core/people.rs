//! The people whom the service talks with: clients, who come by themselves, and counsellors, whom the service names.

use lodge_ground::name::Address;
use lodge_ground::proof::Waiting;
use lodge_ground::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::asked::Asked;
use crate::case::Wanted;
use crate::hours::Hours;
use crate::id::PersonId;

/// Somebody who wrote to the service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// Their id, which says nothing of who they are.
    pub id: PersonId,
    /// The account that they write from.
    pub address: Address,
    /// The terms they said yes to.
    pub agreed: Option<Agreed>,
    /// The answer that the service waits for.
    pub talk: Talk,
    /// The messages that asked for it.
    #[serde(default = "Asked::before_counting")]
    pub question: Asked,
    /// The time at which they last wrote.
    pub heard: Timestamp,
    /// The times at which they asked for somebody, for as long as each counts.
    #[serde(default)]
    pub asked: Vec<Timestamp>,
    /// Whether they are being forgotten.
    pub forgetting: bool,
    /// Devices of theirs that wait to be confirmed.
    #[serde(default)]
    pub devices: Waiting,
}

impl Client {
    /// Whether this is the edition of the terms that they said yes to.
    pub fn has_agreed_to(&self, edition: &str) -> bool {
        self.agreed.as_ref().is_some_and(|agreed| agreed.edition == edition)
    }

    /// The service waits for this from them. Unless it did before, nothing has asked for it yet.
    pub fn is_to_answer(&mut self, talk: Talk) {
        if self.talk != talk {
            (self.talk, self.question) = (talk, Asked::default());
        }
    }
}

/// A yes to the terms (C10).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// The edition of the terms.
    pub edition: String,
    /// The edition of the wording, and with it the exact words they were shown.
    pub wording: String,
    /// The time of their yes.
    pub at: Timestamp,
}

/// The answer that the service waits for from a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Talk {
    /// A yes to the terms, in this edition.
    Terms(String),
    /// The counsellor that they would like to talk with.
    Whom,
    /// The subject, for this choice of counsellor.
    About(Wanted),
    /// A yes or no to showing this line to the counsellors who are asked.
    Showing(Wanted, String),
    /// No answer: nothing is open.
    Nothing,
}

/// Somebody who counsels, as the service names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counsellor {
    /// Their id, which says nothing of who they are.
    pub id: PersonId,
    /// Their account, which does nothing but counsel.
    pub address: Address,
    /// The name that clients know them by.
    pub name: String,
    /// A line about them, for clients to choose by.
    pub card: String,
    /// Whether the service still names them.
    pub current: bool,
    /// Their own settings.
    pub own: Own,
    /// Devices of theirs that wait to be confirmed.
    #[serde(default)]
    pub devices: Waiting,
}

/// The settings that a counsellor makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// The hours at which they are on duty; always, until they say.
    pub hours: Option<Hours>,
    /// The number of conversations they hold at once.
    pub capacity: u32,
    /// The words that clients read while they are away; `None` when they are not.
    pub away: Option<String>,
    /// Their own words for introducing nobody (B6); the service's, until they say.
    pub tone: Option<String>,
}

/// A counsellor holds this many conversations at once until they say otherwise.
pub const CAPACITY: u32 = 8;

impl Default for Own {
    fn default() -> Self {
        Self { hours: None, capacity: CAPACITY, away: None, tone: None }
    }
}

/// A counsellor as the configuration names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The account that they counsel from.
    pub address: Address,
    /// The name that clients know them by.
    pub name: String,
    /// A line about them.
    pub card: String,
}
