//! The configuration: read whole and examined before anything connects.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::civil::Time;
use jiff::tz::TimeZone;
use lodge_counsel_core::people::Named;
use lodge_counsel_core::policy::Settings;
use lodge_ground::name::{Address, DisplayName};
use lodge_ground::time::{OfficeHour, Span};
use lodge_matrix::room::Federation;
use lodge_plumbing::accounts::Accounts;
use lodge_plumbing::config::{self, ConfigError, Override, Wording};
use lodge_plumbing::log::Log;
use lodge_plumbing::observe::Observe;
use serde::Deserialize;
use url::Url;

/// The configuration of a counselling service. `config/counsel.example.toml` explains every key.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The service's name and its time.
    pub service: Service,
    /// The service's account, and the way to its homeserver.
    pub matrix: Matrix,
    /// The directories of the store and of its copies.
    pub store: Store,
    /// The terms, and the other places to turn to.
    pub terms: Terms,
    /// The durations.
    #[serde(default)]
    pub times: Times,
    /// The limits on what a client may do.
    #[serde(default)]
    pub limits: Limits,
    /// The service's own words.
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
}

/// The service's name and its time.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The name that clients show for its account, and the first words of each of its messages: they stand on locked
    /// screens.
    #[serde(default = "quiet_room")]
    pub name: DisplayName,
    /// The zone in which the service tells times.
    #[serde(deserialize_with = "config::zone")]
    pub zone: TimeZone,
    /// The file that lists who counsels and who brokers, which the hub reads too.
    pub accounts: PathBuf,
}

/// The service's account, and the way to its homeserver.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Matrix {
    /// The address of the homeserver's client API.
    pub homeserver: Url,
    /// The service's full Matrix id.
    #[serde(deserialize_with = "lodge_plumbing::config::address")]
    pub user: Address,
    /// A PNG with the picture that clients show for it, in the place of the program's own.
    pub picture: Option<PathBuf>,
    /// The application service registration.
    #[serde(default = "registration")]
    pub registration: PathBuf,
    /// Servers other than its own whose people may write to it.
    #[serde(default)]
    pub servers: BTreeSet<String>,
    /// Whether people of other servers can be in its rooms.
    #[serde(default = "closed")]
    pub federation: Federation,
    /// A message may wait this long for its key before its writer is told.
    #[serde(default = "unreadable_after")]
    pub unreadable_after: Span,
}

/// The directories of the store and of its copies.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    /// The service's own directory, which holds everything of it.
    pub directory: PathBuf,
    /// The master key's file.
    pub key_file: PathBuf,
    /// The cache, in megabytes.
    #[serde(default = "cache_mb")]
    pub cache_mb: u64,
}

/// The terms, and the other places to turn to.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The edition of the terms in force. With another, everybody is asked again.
    pub edition: String,
    /// The page on what to do in an emergency, with the numbers.
    pub emergency: String,
    /// The page of other places to turn to.
    pub alternatives: String,
    /// The service's words for counsellors introducing nobody.
    pub policy: String,
}

/// The durations.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Times {
    /// Counsellors have this long to take a case.
    pub claim_within: Span,
    /// Both have this long to come into their room.
    pub come_within: Span,
    /// Both have this long to leave it.
    pub leave_within: Span,
    /// A closed case is kept this long.
    pub keep_closed: Span,
    /// Both are told of the erasure this long before it.
    pub warn_before: Span,
    /// Both are reminded of a meeting this long before it.
    pub remind_before: Span,
    /// Somebody who wrote and did not agree is known this long.
    pub keep_strangers: Span,
    /// The time of day at which days named without one begin.
    #[serde(deserialize_with = "config::time_of_day")]
    pub office: Time,
}

/// The limits on what a client may do.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// One client may ask for somebody this often in a day.
    pub asks_a_day: usize,
    /// This many messages of one person are read in a minute.
    pub messages_a_minute: usize,
    /// This many people may be known at a time who have not agreed to the terms.
    pub strangers: usize,
}

/// A configuration with the accounts it names.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The configuration as it was read.
    pub config: Config,
    /// The counsellors, from the list of accounts.
    pub counsellors: Vec<Named>,
}

/// Reads the configuration at `path`, and the list of accounts beside it. Paths in it that are relative are taken from
/// the file's directory.
///
/// # Errors
/// When either cannot be used: the mistake is named, and the right way.
pub fn load(path: &Path, overrides: &[Override]) -> Result<Loaded, ConfigError> {
    let mut config: Config = config::read(config::table(path, overrides)?, path)?;
    let base = path.parent().unwrap_or_else(|| Path::new(""));
    let store = &mut config.store;
    let paths =
        [&mut store.directory, &mut store.key_file, &mut config.matrix.registration, &mut config.service.accounts];
    let named = [config.wording.directory.as_mut(), config.matrix.picture.as_mut()];
    for path in paths.into_iter().chain(named.into_iter().flatten()) {
        *path = base.join(&*path);
    }
    let accounts = Accounts::read(&config.service.accounts)?;
    let problems = config.problems(&accounts);
    if !problems.is_empty() {
        return Err(ConfigError::Problems { path: path.to_owned(), problems });
    }
    let named = |one: &lodge_plumbing::accounts::Counsellor| Named {
        address: one.user.clone(),
        name: one.name.to_string(),
        card: one.card.clone(),
    };
    Ok(Loaded { counsellors: accounts.counsellors.iter().map(named).collect(), config })
}

impl Config {
    /// The core's settings. `wording` is the edition of the words.
    pub fn settings(&self, wording: String) -> Settings {
        let (terms, times) = (&self.terms, &self.times);
        Settings {
            account: self.matrix.user.clone(),
            servers: self.matrix.servers.clone(),
            terms: terms.edition.clone(),
            wording,
            emergency: terms.emergency.clone(),
            alternatives: terms.alternatives.clone(),
            policy: terms.policy.clone(),
            asks_a_day: self.limits.asks_a_day,
            strangers: self.limits.strangers,
            claim_within: times.claim_within,
            come_within: times.come_within,
            leave_within: times.leave_within,
            keep_closed: times.keep_closed,
            warn_before: times.warn_before,
            remind_before: times.remind_before,
            keep_strangers: times.keep_strangers,
            office: OfficeHour { zone: self.service.zone.clone(), at: times.office },
        }
    }

    fn problems(&self, accounts: &Accounts) -> Vec<String> {
        let mut problems = Vec::new();
        problems.extend(self.observe.problem());
        problems.extend(config::homeserver_problem(&self.matrix.homeserver));
        problems.extend(config::cache_problem(self.store.cache_mb));
        for (key, text) in [
            ("edition", &self.terms.edition),
            ("emergency", &self.terms.emergency),
            ("alternatives", &self.terms.alternatives),
            ("policy", &self.terms.policy),
        ] {
            if text.trim().is_empty() {
                problems.push(format!("terms.{key}: expected the service's own words, found nothing"));
            }
        }
        let Limits { asks_a_day, messages_a_minute, strangers } = self.limits;
        let limits = [("asks_a_day", asks_a_day), ("messages_a_minute", messages_a_minute), ("strangers", strangers)];
        for (key, _) in limits.into_iter().filter(|(_, limit)| *limit == 0) {
            problems.push(format!("limits.{key}: expected at least 1, found 0"));
        }
        if self.times.warn_before > self.times.keep_closed {
            problems.push("times.warn_before: expected no more than times.keep_closed".to_owned());
        }
        if accounts.counsel != self.matrix.user {
            problems.push(format!(
                "matrix.user: expected {}, as {} names this service's account, found {}",
                accounts.counsel,
                self.service.accounts.display(),
                self.matrix.user
            ));
        }
        problems
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self { asks_a_day: 6, messages_a_minute: 60, strangers: 1000 }
    }
}

impl Default for Times {
    fn default() -> Self {
        let days = Span::from_days;
        Self {
            claim_within: days(2),
            come_within: days(3),
            leave_within: days(7),
            keep_closed: days(90),
            warn_before: days(7),
            remind_before: days(1),
            keep_strangers: days(7),
            office: Time::constant(9, 0, 0, 0),
        }
    }
}

fn quiet_room() -> DisplayName {
    DisplayName::parse("Quiet room").unwrap_or_else(|_| unreachable!("the name is plain"))
}

fn registration() -> PathBuf {
    PathBuf::from("counsel-registration.yaml")
}

fn closed() -> Federation {
    Federation::Closed
}

fn unreadable_after() -> Span {
    Span::from_millis(120_000)
}

fn cache_mb() -> u64 {
    16
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../../../config/counsel.example.toml");
    const ACCOUNTS: &str = include_str!("../../../config/accounts.example.toml");

    fn loaded(accounts: &str, set: &[&str]) -> Result<Loaded, String> {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("accounts.toml"), accounts).unwrap();
        let path = directory.path().join("counsel.toml");
        std::fs::write(&path, EXAMPLE).unwrap();
        let set: Vec<Override> = set.iter().map(|text| text.parse().unwrap()).collect();
        load(&path, &set).map_err(|error| error.to_string())
    }

    #[test]
    fn the_example_is_a_configuration_and_shows_the_defaults() {
        let Loaded { config, counsellors } = loaded(ACCOUNTS, &[]).unwrap();
        assert_eq!(format!("{:?}", config.times), format!("{:?}", Times::default()));
        assert_eq!(format!("{:?}", config.limits), format!("{:?}", Limits::default()));
        assert_eq!(config.service.name.as_str(), "Quiet room");
        assert_eq!(config.matrix.federation, Federation::Closed);
        assert_eq!(counsellors.len(), 2);
    }

    #[test]
    fn b10_it_does_not_start_when_an_account_counsels_and_brokers() {
        let both = ACCOUNTS.replace("@casey:example.org", "@kim-quiet:example.org");
        let error = loaded(&both, &[]).unwrap_err();
        assert!(error.contains("@kim-quiet:example.org both counsels and brokers"), "{error}");
    }

    #[test]
    fn what_is_wrong_is_named_with_its_key() {
        for (set, named) in [
            ("terms.emergency=\"\"", "terms.emergency: expected the service's own words"),
            ("matrix.user=@other:example.org", "matrix.user: expected @quiet:example.org"),
            ("limits.asks_a_day=0", "limits.asks_a_day: expected at least 1"),
            ("limits.messages_a_minute=0", "limits.messages_a_minute: expected at least 1"),
            ("limits.strangers=0", "limits.strangers: expected at least 1"),
            ("times.warn_before=91d", "times.warn_before: expected no more than"),
            ("matrix.federation=perhaps", "matrix.federation"),
        ] {
            let error = loaded(ACCOUNTS, &[set]).unwrap_err();
            assert!(error.contains(named), "{set}: {error}");
        }
    }
}
