//! Reading a configuration: a file, what the command line sets over it, and errors that name the key.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use jiff::civil::Time;
use jiff::tz::TimeZone;
use lodge_ground::name::Address;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use url::Url;

/// One value set on the command line: `introductions.answer_within=3s`.
#[derive(Debug, Clone, PartialEq)]
pub struct Override {
    key: Vec<String>,
    value: toml::Value,
}

/// The ways in which a configuration is unfit for use. Each text says what to change.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{}: cannot be read: {cause}; name the configuration with --config, or begin with a copy of the example in config/", path.display())]
    Unreadable {
        /// The file as it was named.
        path: PathBuf,
        /// The system's answer.
        cause: std::io::Error,
    },
    /// The file is not TOML.
    #[error("{}: not valid TOML: {cause}", path.display())]
    Syntax {
        /// The file as it was named.
        path: PathBuf,
        /// The parser's message, which names the line.
        cause: toml::de::Error,
    },
    /// One value is not allowed.
    #[error("{}: {key}: {problem}", path.display())]
    Value {
        /// The file as it was named.
        path: PathBuf,
        /// The key, with the tables it stands in (`log.level`).
        key: String,
        /// The value that was found, and the values that are allowed.
        problem: String,
    },
    /// Values do not go together.
    #[error("{}: {}", path.display(), problems.join("; "))]
    Problems {
        /// The file as it was named.
        path: PathBuf,
        /// Each with its key.
        problems: Vec<String>,
    },
    /// A value on the command line is not of the form `key=value`.
    #[error("--set {found}: expected key=value, such as introductions.answer_within=3s")]
    Override {
        /// The whole argument, as it was given.
        found: String,
    },
}

impl FromStr for Override {
    type Err = ConfigError;

    fn from_str(text: &str) -> Result<Self, ConfigError> {
        let wrong = || ConfigError::Override { found: text.to_owned() };
        let (key, value) = text.split_once('=').ok_or_else(wrong)?;
        let key: Vec<String> = key.trim().split('.').map(str::to_owned).collect();
        if key.iter().any(String::is_empty) {
            return Err(wrong());
        }
        // Text that is no TOML value, such as 3s, is taken as a string.
        let parsed = format!("value = {value}").parse::<toml::Table>().ok().and_then(|mut t| t.remove("value"));
        Ok(Self { key, value: parsed.unwrap_or_else(|| toml::Value::String(value.to_owned())) })
    }
}

/// The values of the configuration at `path`, with these set over them.
///
/// # Errors
/// When the file cannot be read or is not TOML, or a value is to be set where none can be.
pub fn table(path: &Path, overrides: &[Override]) -> Result<toml::Table, ConfigError> {
    let text =
        std::fs::read_to_string(path).map_err(|cause| ConfigError::Unreadable { path: path.to_owned(), cause })?;
    overridden(&text, path, overrides)
}

/// The values in this text, with these set over them.
pub fn overridden(text: &str, path: &Path, overrides: &[Override]) -> Result<toml::Table, ConfigError> {
    let mut table: toml::Table = text.parse().map_err(|cause| ConfigError::Syntax { path: path.to_owned(), cause })?;
    for Override { key, value } in overrides {
        set(&mut table, key, value.clone()).map_err(|problem| ConfigError::Value {
            path: path.to_owned(),
            key: key.join("."),
            problem,
        })?;
    }
    Ok(table)
}

/// Reads values into the type that the rest of the program uses.
///
/// # Errors
/// When a value is not allowed: its key is named.
pub fn read<T: DeserializeOwned>(table: toml::Table, path: &Path) -> Result<T, ConfigError> {
    serde_path_to_error::deserialize(toml::Value::Table(table)).map_err(|error| {
        let key = error.path().to_string();
        let problem = error.into_inner().message().to_owned();
        ConfigError::Value { path: path.to_owned(), key, problem }
    })
}

/// A service's own words, in place of single ones that the program has.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wording {
    /// The directory with the service's own wording files; without it the compiled ones hold.
    pub directory: Option<PathBuf>,
}

/// The mistake in the address of a homeserver, with its key.
pub fn homeserver_problem(homeserver: &Url) -> Option<String> {
    let fits = ["http", "https"].contains(&homeserver.scheme());
    (!fits).then(|| {
        format!("matrix.homeserver: expected an address that begins with http:// or https://, found \"{homeserver}\"")
    })
}

/// The mistake in the size of a cache in megabytes, with its key.
pub fn cache_problem(cache_mb: u64) -> Option<String> {
    (cache_mb == 0).then(|| "store.cache_mb: expected at least 1, found 0".to_owned())
}

/// Reads a time zone by its name.
pub fn zone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<TimeZone, D::Error> {
    let name = String::deserialize(deserializer)?;
    TimeZone::get(&name).map_err(|_| {
        serde::de::Error::custom(format!("expected a time zone such as \"Europe/London\", found \"{name}\""))
    })
}

/// Reads a time of day such as `09:00`.
pub fn time_of_day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Time, D::Error> {
    let text = String::deserialize(deserializer)?;
    let parsed = matches!(text.len(), 5 | 8).then(|| text.parse::<Time>().ok()).flatten();
    parsed
        .ok_or_else(|| serde::de::Error::custom(format!("expected a time of day such as \"09:00\", found \"{text}\"")))
}

/// Reads a Matrix id as people type it into a file. Every id in a configuration is read by this or by one of the next two.
pub fn address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Address, D::Error> {
    Typed::deserialize(deserializer).map(|Typed(address)| address)
}

/// The same, where there may be none.
pub fn address_if_any<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Address>, D::Error> {
    Ok(Option::<Typed>::deserialize(deserializer)?.map(|Typed(address)| address))
}

/// The same for several.
pub fn addresses<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Address>, D::Error> {
    Ok(Vec::<Typed>::deserialize(deserializer)?.into_iter().map(|Typed(address)| address).collect())
}

/// A Matrix id as somebody typed it.
struct Typed(Address);

impl<'de> Deserialize<'de> for Typed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Address::typed(&text).map(Self).map_err(serde::de::Error::custom)
    }
}

fn set(table: &mut toml::Table, key: &[String], value: toml::Value) -> Result<(), String> {
    let Some((first, rest)) = key.split_first() else { return Ok(()) };
    if rest.is_empty() {
        table.insert(first.clone(), value);
        return Ok(());
    }
    let next = table.entry(first.clone()).or_insert_with(|| toml::Value::Table(toml::Table::new()));
    let next = next.as_table_mut().ok_or_else(|| format!("{first} is a value, not a section"))?;
    set(next, rest, value)
}
