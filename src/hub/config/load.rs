//! Reading the configuration: a file, and what the command line sets over it.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::Config;

/// One value set on the command line: `introductions.answer_within=3s`.
#[derive(Debug, Clone, PartialEq)]
pub struct Override {
    key: Vec<String>,
    value: toml::Value,
}

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{}: cannot be read: {cause}; name the configuration with --config, or begin with a copy of config/lodge.example.toml", path.display())]
    Unreadable {
        /// Which file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The file is not TOML.
    #[error("{}: not valid TOML: {cause}", path.display())]
    Syntax {
        /// Which file.
        path: PathBuf,
        /// Where and why.
        cause: toml::de::Error,
    },
    /// One value is not what it should be.
    #[error("{}: {key}: {problem}", path.display())]
    Value {
        /// Which file.
        path: PathBuf,
        /// The key.
        key: String,
        /// What was found and what is allowed.
        problem: String,
    },
    /// Values do not go together.
    #[error("{}: {}", path.display(), problems.join("; "))]
    Problems {
        /// Which file.
        path: PathBuf,
        /// Each with its key.
        problems: Vec<String>,
    },
    /// A value on the command line is not of the form `key=value`.
    #[error("--set {found}: expected key=value, such as introductions.answer_within=3s")]
    Override {
        /// What was found.
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
        // What is no TOML value of its own, such as 3s, is text.
        let parsed = format!("value = {value}").parse::<toml::Table>().ok().and_then(|mut t| t.remove("value"));
        Ok(Self { key, value: parsed.unwrap_or_else(|| toml::Value::String(value.to_owned())) })
    }
}

/// Reads the configuration at `path`. Paths in it that are relative are taken from where the file stands.
pub fn load(path: &Path, overrides: &[Override]) -> Result<Config, ConfigError> {
    let text =
        std::fs::read_to_string(path).map_err(|cause| ConfigError::Unreadable { path: path.to_owned(), cause })?;
    parse(&text, path, overrides)
}

fn parse(text: &str, path: &Path, overrides: &[Override]) -> Result<Config, ConfigError> {
    let mut table: toml::Table = text.parse().map_err(|cause| ConfigError::Syntax { path: path.to_owned(), cause })?;
    for Override { key, value } in overrides {
        set(&mut table, key, value.clone()).map_err(|problem| ConfigError::Value {
            path: path.to_owned(),
            key: key.join("."),
            problem,
        })?;
    }
    let mut config: Config = serde_path_to_error::deserialize(toml::Value::Table(table)).map_err(|error| {
        let key = error.path().to_string();
        let problem = error.into_inner().message().to_owned();
        ConfigError::Value { path: path.to_owned(), key, problem }
    })?;
    let problems = config.problems();
    if !problems.is_empty() {
        return Err(ConfigError::Problems { path: path.to_owned(), problems });
    }
    let base = path.parent().unwrap_or_else(|| Path::new(""));
    let matrix = &mut config.matrix;
    let paths = [&mut config.store.directory, &mut config.store.key_file, &mut matrix.registration];
    for path in paths.into_iter().chain(matrix.token_file.as_mut()).chain(config.wording.directory.as_mut()) {
        *path = base.join(&*path);
    }
    Ok(config)
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

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../../../config/lodge.example.toml");

    fn with(overrides: &[&str]) -> Result<Config, String> {
        let overrides: Vec<Override> = overrides.iter().map(|text| text.parse().unwrap()).collect();
        parse(EXAMPLE, Path::new("lodge.toml"), &overrides).map_err(|error| error.to_string())
    }

    #[test]
    fn the_example_is_a_configuration_and_shows_the_defaults() {
        let example = with(&[]).unwrap();
        let defaults = super::super::Introductions::default();
        assert_eq!(format!("{:?}", example.introductions), format!("{defaults:?}"));
        assert_eq!(format!("{:?}", example.log), format!("{:?}", super::super::Log::default()));
        assert_eq!(example.people.len(), 2);
    }

    #[test]
    fn every_key_of_the_configuration_stands_in_the_example() {
        for key in ["token_file", "device_id", "directory", "key_file", "cache_mb", "matrix_library", "policy_version"]
        {
            assert!(EXAMPLE.lines().any(|l| l.trim_start_matches("# ").starts_with(&format!("{key} ="))), "{key}");
        }
    }

    #[test]
    fn a_value_on_the_command_line_stands_over_the_file() {
        let config = with(&["introductions.answer_within=3s", "matrix.encrypt_conversations=false"]).unwrap();
        assert_eq!(config.introductions.answer_within.to_string(), "3s");
        assert!(!config.matrix.encrypt_conversations);
        assert!("nonsense".parse::<Override>().is_err());
    }

    #[test]
    fn what_is_wrong_is_named_with_its_key_what_was_found_and_what_is_allowed() {
        for (set, expected) in [
            (
                "introductions.answer_within=soon",
                "lodge.toml: introductions.answer_within: not a duration: expected a number with ms, s, m, h, d or w, such as \"14d\" or \"1h 30m\", found \"soon\"",
            ),
            (
                "service.zone=Mars",
                "lodge.toml: service.zone: expected a time zone such as \"Europe/London\", found \"Mars\"",
            ),
            (
                "introductions.answer_at=9",
                "lodge.toml: introductions.answer_at: invalid type: integer `9`, expected a string",
            ),
            (
                "introductions.answer_at=25:00",
                "lodge.toml: introductions.answer_at: expected a time of day such as \"09:00\", found \"25:00\"",
            ),
            (
                "matrix.user=porter",
                "lodge.toml: matrix.user: not a full Matrix id: expected one such as \"@sam:example.org\", found \"porter\"",
            ),
            (
                "log.level=loud",
                "lodge.toml: log.level: unknown variant `loud`, expected one of `error`, `warn`, `info`, `debug`, `trace`",
            ),
            ("store.cache_mb=0", "lodge.toml: store.cache_mb: expected at least 1, found 0"),
            ("introductions.purposes=[]", "lodge.toml: introductions.purposes: expected more than nothing, found 0"),
            (
                "matrix.homeserver=ftp://x",
                "lodge.toml: matrix.homeserver: expected an address that begins with http:// or https://, found \"ftp://x/\"",
            ),
            (
                "matrix.token_file=x",
                "lodge.toml: matrix.token_file and matrix.device_id: expected both or neither, found one",
            ),
        ] {
            assert_eq!(with(&[set]).unwrap_err(), expected);
        }
        let unknown = with(&["matrix.colour=blue"]).unwrap_err();
        assert!(unknown.starts_with("lodge.toml: matrix.colour: unknown field `colour`, expected one of"), "{unknown}");
    }
}
