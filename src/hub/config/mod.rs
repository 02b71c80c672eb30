//! The configuration: read whole and examined before anything connects.
//!
//! Every value is read into the type that the rest of the program uses, so what is wrong is found here and named with
//! its key, what was found and what is allowed.

mod load;

use std::collections::BTreeMap;
use std::path::PathBuf;

use jiff::civil::Time;
use jiff::tz::TimeZone;
use lodge_core::consent::Versions;
use lodge_core::member::{Field, Person, Role};
use lodge_core::name::{Address, DisplayName};
use lodge_core::policy::{Purpose, Settings};
use lodge_core::time::{OfficeHour, Span};
use serde::{Deserialize, Deserializer};
use url::Url;

pub use load::{ConfigError, Override, load};

/// The configuration of a hub. `config/lodge.example.toml` explains every key.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The careers service.
    pub service: Service,
    /// The porter's account.
    pub matrix: Matrix,
    /// Where everything is kept.
    pub store: Store,
    /// How introductions go.
    #[serde(default)]
    pub introductions: Introductions,
    /// The porter's words.
    #[serde(default)]
    pub wording: Wording,
    /// The program's own log.
    #[serde(default)]
    pub log: Log,
    /// Who is a member.
    #[serde(default)]
    pub people: Vec<Listed>,
}

/// The careers service.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// What people call it.
    pub name: String,
    /// Its time zone.
    #[serde(deserialize_with = "zone")]
    pub zone: TimeZone,
}

/// The porter's account.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matrix {
    /// Where the homeserver answers.
    pub homeserver: Url,
    /// The account.
    pub user: Address,
    /// The name that clients show.
    #[serde(default = "porter_name")]
    pub display_name: DisplayName,
    /// The application service registration.
    #[serde(default = "registration")]
    pub registration: PathBuf,
    /// A file with an access token, instead.
    pub token_file: Option<PathBuf>,
    /// The token's device.
    pub device_id: Option<String>,
    /// Whether conversations are encrypted.
    #[serde(default = "yes")]
    pub encrypt_conversations: bool,
    /// Whether only verified devices count.
    #[serde(default)]
    pub strict_devices: bool,
    /// How long a message may wait for its key.
    #[serde(default = "unreadable_after")]
    pub unreadable_after: Span,
}

/// Where everything is kept.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    /// The directory.
    pub directory: PathBuf,
    /// The master key's file.
    pub key_file: PathBuf,
    /// The cache, in megabytes.
    #[serde(default = "cache_mb")]
    pub cache_mb: u64,
}

/// How introductions go.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Introductions {
    /// How long somebody has to answer.
    pub answer_within: Span,
    /// The time of day at which a wait ends.
    #[serde(deserialize_with = "time_of_day")]
    pub answer_at: Time,
    /// When the addressee is reminded.
    pub reminders: Vec<Span>,
    /// How long the two have to come in.
    pub join_within: Span,
    /// How many requests one person may have waiting.
    pub waiting_requests_max: usize,
    /// The longest message, in characters.
    pub message_chars_max: usize,
    /// The edition of the policy page.
    pub policy_version: String,
    /// The closed list of purposes.
    pub purposes: Vec<Purpose>,
}

/// The porter's words.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// The service's own files.
    pub directory: Option<PathBuf>,
}

/// The program's own log.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Log {
    /// How it is written.
    pub format: LogFormat,
    /// How much of it.
    pub level: LogLevel,
    /// Whether the Matrix library logs too.
    pub matrix_library: bool,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// How much is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// What failed.
    Error,
    /// And what is doubtful.
    Warn,
    /// And what is done.
    Info,
    /// And how; may identify people.
    Debug,
    /// Everything; identifies people.
    Trace,
}

/// A member, as listed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Where they are reached.
    pub address: Address,
    /// Their name.
    pub name: DisplayName,
    /// What they are here.
    pub role: Role,
    /// What they could show.
    #[serde(default)]
    pub details: BTreeMap<Field, String>,
}

impl Config {
    /// The core's settings. `wording_version` is the edition of the porter's words.
    pub fn settings(&self, wording_version: String) -> Settings {
        let Introductions {
            answer_within,
            answer_at,
            reminders,
            join_within,
            waiting_requests_max,
            message_chars_max,
            policy_version,
            purposes,
        } = self.introductions.clone();
        Settings {
            service: self.service.name.clone(),
            porter: self.matrix.user.clone(),
            answer_within,
            office: OfficeHour { zone: self.service.zone.clone(), at: answer_at },
            reminders,
            join_within,
            waiting_requests_max,
            message_chars_max,
            purposes,
            versions: Versions { wording: wording_version, policy: policy_version },
        }
    }

    /// The list of members.
    pub fn members(&self) -> Vec<Person> {
        let person = |listed: &Listed| Person {
            address: listed.address.clone(),
            name: listed.name.clone(),
            role: listed.role,
            details: listed.details.clone(),
        };
        self.people.iter().map(person).collect()
    }

    /// What each value must satisfy beside being of its type: everything that is wrong, each with its key.
    fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if !["http", "https"].contains(&self.matrix.homeserver.scheme()) {
            problems.push(format!(
                "matrix.homeserver: expected an address that begins with http:// or https://, found \"{}\"",
                self.matrix.homeserver
            ));
        }
        if self.matrix.token_file.is_some() != self.matrix.device_id.is_some() {
            problems.push("matrix.token_file and matrix.device_id: expected both or neither, found one".to_owned());
        }
        if self.store.cache_mb == 0 {
            problems.push("store.cache_mb: expected at least 1, found 0".to_owned());
        }
        problems.extend(self.introductions.problems());
        let mut known = std::collections::BTreeSet::new();
        for (index, listed) in self.people.iter().enumerate() {
            let key = format!("people[{index}]");
            if listed.address == self.matrix.user {
                problems
                    .push(format!("{key}.address: {} is the porter's own account, which is no member", listed.address));
            }
            if !known.insert(&listed.address) {
                problems.push(format!("{key}.address: {} is listed twice; each person once", listed.address));
            }
            if let Some(field) = [Field::Name, Field::MatrixId].iter().find(|field| listed.details.contains_key(field))
            {
                problems.push(format!("{key}.details: {field:?} stands in a key of its own, not among the details"));
            }
        }
        problems
    }
}

impl Introductions {
    fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut at_least_one = |key: &str, value: u64| {
            if value == 0 {
                problems.push(format!("introductions.{key}: expected more than nothing, found 0"));
            }
        };
        at_least_one("answer_within", self.answer_within.as_millis());
        at_least_one("join_within", self.join_within.as_millis());
        at_least_one("waiting_requests_max", self.waiting_requests_max as u64);
        at_least_one("message_chars_max", self.message_chars_max as u64);
        at_least_one("purposes", self.purposes.len() as u64);
        // What the longest message becomes in two forms must fit in a Matrix event of 65,536 bytes when encrypted.
        if self.message_chars_max > 4000 {
            let found = self.message_chars_max;
            problems.push(format!("introductions.message_chars_max: expected at most 4000, found {found}"));
        }
        for (index, purpose) in self.purposes.iter().enumerate() {
            if self.purposes[..index].iter().any(|other| other.id == purpose.id) {
                problems.push(format!("introductions.purposes[{index}].id: \"{}\" is listed twice", purpose.id));
            }
        }
        problems
    }
}

impl Default for Introductions {
    fn default() -> Self {
        let purpose =
            |id: &str, label: &str| Purpose { id: lodge_core::policy::PurposeId::new(id), label: label.to_owned() };
        Self {
            answer_within: Span::from_days(14),
            answer_at: Time::constant(9, 0, 0, 0),
            reminders: vec![Span::from_days(5), Span::from_days(12)],
            join_within: Span::from_days(7),
            waiting_requests_max: 5,
            message_chars_max: 2000,
            policy_version: "1".to_owned(),
            purposes: vec![
                purpose("information-interview", "an information interview"),
                purpose("career-advice", "career advice"),
                purpose("studies-and-research", "studies and research"),
                purpose("working-together", "working together on a project"),
            ],
        }
    }
}

impl Default for Log {
    fn default() -> Self {
        Self { format: LogFormat::Text, level: LogLevel::Info, matrix_library: false }
    }
}

fn zone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<TimeZone, D::Error> {
    let name = String::deserialize(deserializer)?;
    TimeZone::get(&name).map_err(|_| {
        serde::de::Error::custom(format!("expected a time zone such as \"Europe/London\", found \"{name}\""))
    })
}

fn time_of_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
    let text = String::deserialize(deserializer)?;
    let parsed = (text.len() == 5).then(|| text.parse::<Time>().ok()).flatten();
    parsed
        .ok_or_else(|| serde::de::Error::custom(format!("expected a time of day such as \"09:00\", found \"{text}\"")))
}

fn porter_name() -> DisplayName {
    DisplayName::parse("The porter").unwrap_or_else(|_| unreachable!("the name is plain"))
}

fn registration() -> PathBuf {
    PathBuf::from("registration.yaml")
}

fn unreadable_after() -> Span {
    Span::from_millis(120_000)
}

fn yes() -> bool {
    true
}

fn cache_mb() -> u64 {
    64
}
