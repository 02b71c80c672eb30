//! The configuration: read whole and examined before anything connects.
//!
//! Every value is read into the type that the rest of the program uses, so a mistake is found here and named with its
//! key, the value that was found and the values that are allowed.

mod bridges;
mod introductions;
mod joining;
mod audit;
mod accounts;
mod offers;
mod lists;
mod phrases;
mod policy;
mod rooms;
mod moderation;
mod load;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::tz::TimeZone;
use lodge_core::command::phrases::Phrases;
use lodge_core::consent::Versions;
use lodge_core::interview::Lists;
use lodge_core::mark::MarkKey;
use lodge_core::name::{Address, DisplayName};
use lodge_core::people::member::Role;
use lodge_core::people::roster::{Entry, Lister, Roster};
use lodge_core::policy::{self as core_policy, Settings};
use lodge_core::rooms::RoomSettings;
use lodge_core::time::{OfficeHour, Span};
use lodge_plumbing::accounts::Accounts;
use lodge_plumbing::config::{self, Wording};
use lodge_plumbing::log::Log;
use lodge_plumbing::observe::Observe;
use lodge_plumbing::store::{MasterKey, MirrorFault};
use serde::Deserialize;
use url::Url;

pub use audit::Audit;
pub use bridges::Bridge;
pub use introductions::{Introductions, Limits, Rights};
pub use joining::{Administrator, Joining, Registration};
pub use lists::ListsError;
pub use load::{ConfigError, Override, load};
pub use moderation::Moderation;
pub use offers::{Directory, Offers};
pub use phrases::PhrasesError;
pub use policy::{FIRST_POLICY, Policy, PolicyError};
pub use rooms::{Community, Room};

/// The configuration of a hub. `config/lodge.example.toml` explains every key.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The careers service: its name and its time.
    pub service: Service,
    /// The porter's account, and the way to its homeserver.
    pub matrix: Matrix,
    /// The directories of the store and of its copies.
    pub store: Store,
    /// The places where the ends of the audit log are told.
    #[serde(default)]
    pub audit: Audit,
    /// Durations, texts and purposes of introductions.
    #[serde(default)]
    pub introductions: Introductions,
    /// Limits on what one member may do.
    #[serde(default)]
    pub limits: Limits,
    /// The features that the service offers by now.
    #[serde(default)]
    pub offers: Offers,
    /// The mentors' list.
    #[serde(default)]
    pub directory: Directory,
    /// The rights of members.
    #[serde(default)]
    pub rights: Rights,
    /// The policy page.
    #[serde(default)]
    pub policy: Policy,
    /// The service's own words for the porter.
    #[serde(default)]
    pub wording: Wording,
    /// The program's own log.
    #[serde(default)]
    pub log: Log,
    /// The place where figures of it can be asked for.
    #[serde(default)]
    pub observe: Observe,
    /// Whether an administrator says that this machine's clock is right though the last write was later. It is no part
    /// of the file.
    #[serde(skip)]
    pub clock_is_right: bool,
    /// Whether an administrator lets the account have new cross-signing keys, if those that it has are lost. It is no
    /// part of the file.
    #[serde(skip)]
    pub new_identity: bool,
    /// Settings of all rooms for many.
    #[serde(default)]
    pub community: Community,
    /// The rooms for many.
    #[serde(default)]
    pub rooms: Vec<Room>,
    /// The bridges to other networks.
    #[serde(default)]
    pub bridges: Vec<Bridge>,
    /// Conduct in the rooms for many.
    #[serde(default)]
    pub moderation: Moderation,
    /// The way in for new people.
    #[serde(default)]
    pub joining: Joining,
    /// The first administrator; nobody where the roster has one.
    pub administrator: Option<Administrator>,
    /// The accounts that counsel and that broker, from the file that `service` names.
    #[serde(skip)]
    pub accounts: Option<Accounts>,
}

/// The careers service itself.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The name by which people know it.
    pub name: String,
    /// The zone in which the porter tells times.
    #[serde(deserialize_with = "lodge_plumbing::config::zone")]
    pub zone: TimeZone,
    /// The file that lists who counsels and who brokers, which the service that counsels reads too.
    pub accounts: Option<PathBuf>,
}

/// The porter's account, and the way to its homeserver.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matrix {
    /// The address of the homeserver's client API.
    pub homeserver: Url,
    /// The porter's full Matrix id.
    #[serde(deserialize_with = "lodge_plumbing::config::address")]
    pub user: Address,
    /// The name that clients show.
    #[serde(default = "porter_name")]
    pub display_name: DisplayName,
    /// A PNG with the picture that they show, in the place of the program's own.
    pub picture: Option<PathBuf>,
    /// The application service registration.
    #[serde(default = "registration")]
    pub registration: PathBuf,
    /// A file with an access token, instead.
    pub token_file: Option<PathBuf>,
    /// The device that the token belongs to.
    pub device_id: Option<String>,
    /// Whether conversations are encrypted.
    #[serde(default = "yes")]
    pub encrypt_conversations: bool,
    /// Whether only verified devices count.
    #[serde(default)]
    pub strict_devices: bool,
    /// A message may wait this long for its key before its writer is told.
    #[serde(default = "unreadable_after")]
    pub unreadable_after: Span,
}

/// The directories of the store and of its copies.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    /// The hub's own directory, which holds everything of it.
    pub directory: PathBuf,
    /// The master key's file.
    pub key_file: PathBuf,
    /// The cache, in megabytes.
    #[serde(default = "cache_mb")]
    pub cache_mb: u64,
    /// The directory in which the members' keys, the erasure journal and the commit log are kept a second time, as they are now.
    pub mirror: Option<PathBuf>,
    /// The fate of commits that cannot be kept there.
    #[serde(default)]
    pub mirror_fault: MirrorFault,
    /// The directory into which the running hub exports itself; without it, the hub makes no exports.
    pub export_directory: Option<PathBuf>,
    /// The time between two exports.
    #[serde(default = "export_every")]
    pub export_every: Span,
    /// The number of exports that are kept.
    #[serde(default = "export_keep")]
    pub export_keep: usize,
    /// The time for which an entry of the audit log is kept at least.
    #[serde(default = "audit_kept_for")]
    pub audit_kept_for: Span,
}

/// The reasons for which there are no settings.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The policy page cannot be used.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// The phrases cannot be used.
    #[error(transparent)]
    Phrases(#[from] PhrasesError),
    /// The lists cannot be used.
    #[error(transparent)]
    Lists(#[from] ListsError),
}

impl Config {
    /// The core's settings. `wording_version` is the edition of the porter's words; the key of the marks comes from the
    /// master key.
    ///
    /// # Errors
    /// When the policy page, or the service's phrases or lists, cannot be used.
    pub fn settings(&self, wording_version: String, master: &MasterKey) -> Result<Settings, SettingsError> {
        let policy = self.policy.read()?;
        let Introductions {
            bring_after,
            answer_within,
            answer_at,
            reminders,
            join_within,
            settle,
            ask_after,
            call_link,
            kept_for,
            message_chars_max,
            words_chars_max,
            purposes,
            personal_words,
        } = self.introductions.clone();
        let Limits { waiting, messages_a_minute: _, sent_a_month, received_a_month, cooldown, questions, block, pause } =
            self.limits;
        Ok(Settings {
            service: self.service.name.clone(),
            porter: self.matrix.user.clone(),
            bring_after,
            answer_within,
            office: OfficeHour { zone: self.service.zone.clone(), at: answer_at },
            reminders,
            join_within,
            settle,
            ask_after,
            call_link,
            kept_for,
            forget_within: self.rights.forget_within,
            limits: core_policy::Limits { waiting, sent_a_month, received_a_month, cooldown, questions, block, pause },
            message_chars_max,
            words_chars_max,
            purposes,
            personal: personal_words,
            policy,
            joining: self.joining.settings(),
            rooms: self.room_settings(),
            versions: Versions { wording: wording_version, policy: self.policy.version.clone() },
            offers: self.offers.settings(),
            directory: self.directory.settings(),
            counsels: self.counsels(),
            phrases: self.phrases()?,
            lists: self.lists()?,
            mark_key: MarkKey::from_bytes(*master.derive("marks")),
        })
    }

    /// The things that people write without knowing any command.
    ///
    /// # Errors
    /// When the service's own cannot be used.
    pub fn phrases(&self) -> Result<Arc<Phrases>, PhrasesError> {
        phrases::load(self.wording.directory.as_deref())
    }

    /// The lists that help with requests.
    ///
    /// # Errors
    /// When the service's own cannot be used.
    pub fn lists(&self) -> Result<Lists, ListsError> {
        lists::load(self.wording.directory.as_deref())
    }

    /// The rooms for many.
    pub fn room_settings(&self) -> RoomSettings {
        let bridges = self.bridges.iter().map(Bridge::allowed).collect();
        RoomSettings { bridges, ..rooms::settings(&self.community, &self.rooms, &self.moderation) }
    }

    /// The people whom the configuration itself lists: the first administrator, if there is one.
    pub fn roster(&self) -> Roster {
        let entry = |person: &Administrator| Entry {
            mail: None,
            address: Some(person.address.clone()),
            name: person.name.clone(),
            role: Role::Administrator,
            cohort: None,
            details: std::collections::BTreeMap::new(),
            until: None,
        };
        Roster::these(Lister::Configuration, self.administrator.iter().map(entry))
    }

    /// The values that are of their type and still not allowed, each with its key.
    fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        problems.extend(config::homeserver_problem(&self.matrix.homeserver));
        if self.matrix.token_file.is_some() != self.matrix.device_id.is_some() {
            problems.push("matrix.token_file and matrix.device_id: expected both or neither, found one".to_owned());
        }
        problems.extend(introductions::lasting("store.export_every", self.store.export_every));
        problems.extend(introductions::within(
            "store.audit_kept_for",
            self.store.audit_kept_for,
            Span::from_days(30)..=Span::from_days(36_500),
        ));
        if self.store.export_keep == 0 {
            problems.push("store.export_keep: expected at least 1, found 0".to_owned());
        }
        problems.extend(config::cache_problem(self.store.cache_mb));
        problems.extend(self.observe.problem());
        problems.extend(self.introductions.problems());
        problems.extend(self.limits.problems());
        problems.extend(self.offers.problems());
        problems.extend(self.directory.problems());
        problems.extend(self.rights.problems());
        problems.extend(self.policy.problems());
        problems.extend(self.audit.problems(&self.rooms));
        problems.extend(rooms::problems(&self.community, &self.rooms, &self.matrix.user));
        let relied_on: Vec<&Address> = [&self.matrix.user].into_iter().chain(&self.community.standby).collect();
        problems.extend(bridges::problems(&self.bridges, &relied_on));
        problems.extend(self.moderation.problems());
        problems.extend(self.joining.problems());
        problems.extend(self.account_problems());
        if let Some(person) = self.administrator.as_ref().filter(|person| person.address == self.matrix.user) {
            problems.push(format!(
                "administrator.address: {} is the porter's own account, which is no member",
                person.address
            ));
        }
        problems
    }
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

fn export_every() -> Span {
    Span::from_days(1)
}

fn audit_kept_for() -> Span {
    Span::from_days(1095)
}

fn export_keep() -> usize {
    14
}

fn cache_mb() -> u64 {
    64
}
