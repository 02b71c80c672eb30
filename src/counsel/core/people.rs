//! Whom the service talks with: clients, who come by themselves, and counsellors, whom the service names.

use lodge_ground::device::Waiting;
use lodge_ground::name::Address;
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
    /// Their account.
    pub address: Address,
    /// The terms they said yes to.
    pub agreed: Option<Agreed>,
    /// What the service waits for from them.
    pub talk: Talk,
    /// What asked for it.
    #[serde(default = "Asked::before_counting")]
    pub question: Asked,
    /// When they were last heard of.
    pub heard: Timestamp,
    /// When they asked for somebody, for as long as it counts.
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
    /// Which edition of them.
    pub edition: String,
    /// Which words exactly they were shown: the edition of the wording.
    pub wording: String,
    /// When.
    pub at: Timestamp,
}

/// What the service waits for from a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Talk {
    /// A yes to the terms, in this edition.
    Terms(String),
    /// With whom?
    Whom,
    /// What about?
    About(Wanted),
    /// May those who are asked read that line?
    Showing(Wanted, String),
    /// Nothing.
    Nothing,
}

/// Somebody who counsels, as the service names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counsellor {
    /// Their id.
    pub id: PersonId,
    /// Their account, which does nothing but counsel.
    pub address: Address,
    /// The name that clients know them by.
    pub name: String,
    /// A line about them, for clients to choose by.
    pub card: String,
    /// Whether the service still names them.
    pub current: bool,
    /// How they work.
    pub own: Own,
    /// Devices of theirs that wait to be confirmed.
    #[serde(default)]
    pub devices: Waiting,
}

/// How a counsellor works, as they set it themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// When they are on duty; always, until they say.
    pub hours: Option<Hours>,
    /// How many conversations they hold at once.
    pub capacity: u32,
    /// What clients read while they are away; nothing when they are not.
    pub away: Option<String>,
    /// How they put it that they introduce nobody (B6); as the service does, until they say.
    pub tone: Option<String>,
}

/// How many conversations a counsellor holds at once until they say otherwise.
pub const CAPACITY: u32 = 8;

impl Default for Own {
    fn default() -> Self {
        Self { hours: None, capacity: CAPACITY, away: None, tone: None }
    }
}

/// A counsellor as the configuration names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Their account.
    pub address: Address,
    /// The name that clients know them by.
    pub name: String,
    /// A line about them.
    pub card: String,
}
