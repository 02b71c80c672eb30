//! The settings of a homeserver of one's own: loopback only, no federation, nothing given away.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use matrix_sdk::ruma::serde::Base64;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use lodge_plumbing::{privacy::privacy_settings, store::durable};

/// The rate of requests that the homeserver takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Limits {
    /// As many as come: for plays, tests and benchmarks that are not about limits.
    #[default]
    Raised,
    /// Synapse's own rate: a few a second.
    Stock,
}

/// The choices about a homeserver of one's own.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The part of every Matrix id after the colon.
    pub server_name: String,
    /// The port on 127.0.0.1; a free one when `None`.
    pub port: Option<u16>,
    /// Files that register application services. Synapse reads them at its start only.
    pub registrations: Vec<PathBuf>,
    /// The rate of requests that it takes.
    pub limits: Limits,
    /// Privacy settings, by name, that are left as Synapse comes: to see what each of them is for.
    pub left_out: Vec<&'static str>,
    /// Further settings, which take the place of others of the same name.
    pub further: Map<String, Value>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            server_name: "lodge.localhost".to_owned(),
            port: None,
            registrations: Vec::new(),
            limits: Limits::Raised,
            left_out: Vec::new(),
            further: Map::new(),
        }
    }
}

/// The homeserver's secrets, made once per directory. They guard a homeserver that only this machine can reach and lie
/// beside its database, so they are not kept from memory as the hub's own secrets are.
#[derive(Serialize, Deserialize)]
pub(super) struct Secrets {
    pub(super) registration: String,
    pub(super) administrator_password: String,
    macaroon: String,
    form: String,
    signing_key: String,
}

impl Secrets {
    /// Those of `directory`, new ones when it has none yet.
    pub(super) fn of(directory: &Path) -> Result<Self> {
        let path = directory.join("secrets.json");
        if let Ok(text) = fs::read_to_string(&path) {
            return serde_json::from_str(&text).with_context(|| {
                format!("{} is damaged; remove {} to start afresh", path.display(), directory.display())
            });
        }
        let secrets = Self {
            registration: random()?,
            administrator_password: random()?,
            macaroon: random()?,
            form: random()?,
            signing_key: format!("ed25519 a_lodge {}", random()?),
        };
        write_private(&path, &serde_json::to_string_pretty(&secrets)?)?;
        Ok(secrets)
    }
}

/// Writes the configuration of Synapse into `directory`; returns the path to start it with.
pub(super) fn write(directory: &Path, settings: &Settings, port: u16, secrets: &Secrets) -> Result<PathBuf> {
    write_private(&directory.join("signing.key"), &format!("{}\n", secrets.signing_key))?;
    write_private(&directory.join("log.yaml"), &log_config(directory).to_string())?;
    let path = directory.join("homeserver.yaml");
    // JSON is YAML too.
    write_private(&path, &format!("{:#}", Value::Object(homeserver(directory, settings, port, secrets))))?;
    Ok(path)
}

fn homeserver(directory: &Path, settings: &Settings, port: u16, secrets: &Secrets) -> Map<String, Value> {
    let mut config = object(json!({
        "server_name": settings.server_name,
        "public_baseurl": format!("http://127.0.0.1:{port}/"),
        "listeners": [{
            "type": "http",
            "port": port,
            "bind_addresses": ["127.0.0.1"],
            "tls": false,
            "resources": [{ "names": ["client"], "compress": false }],
        }],
        "database": { "name": "sqlite3", "args": { "database": directory.join("homeserver.db") } },
        "media_store_path": directory.join("media"),
        "log_config": directory.join("log.yaml"),
        "signing_key_path": directory.join("signing.key"),
        "registration_shared_secret": secrets.registration,
        "macaroon_secret_key": secrets.macaroon,
        "form_secret": secrets.form,
        "app_service_config_files": settings.registrations,
        "trusted_key_servers": [],
        "suppress_key_server_warning": true,
        "report_stats": false,
        // A password of the play protects nothing; hashing it strongly would only make everyone wait.
        "bcrypt_rounds": 4,
        // A person who was away for long still gets everything at once.
        "filter_timeline_limit": 1000,
    }));
    let privacy = privacy_settings().into_iter().filter(|setting| !settings.left_out.contains(&setting.name));
    config.extend(privacy.map(|setting| (setting.name.to_owned(), setting.value)));
    match settings.limits {
        Limits::Raised => config.extend(raised_limits()),
        Limits::Stock => {}
    }
    config.extend(settings.further.clone());
    config
}

fn raised_limits() -> Map<String, Value> {
    let any = json!({ "per_second": 100_000, "burst_count": 100_000 });
    object(json!({
        "rc_message": any,
        "rc_registration": any,
        "rc_registration_token_validity": any,
        "rc_3pid_validation": any,
        "rc_login": { "address": any, "account": any, "failed_attempts": any },
        "rc_admin_redaction": any,
        "rc_joins": { "local": any, "remote": any },
        "rc_joins_per_room": any,
        "rc_key_requests": any,
        "rc_invites": { "per_room": any, "per_user": any, "per_issuer": any },
        "rc_third_party_invite": any,
        "rc_media_create": any,
        "rc_presence": { "per_user": any },
        "rc_delayed_event_mgmt": any,
        "rc_room_creation": any,
        "rc_reports": any,
        "rc_user_directory": any,
        "rc_profile": any,
    }))
}

fn log_config(directory: &Path) -> Value {
    json!({
        "version": 1,
        "formatters": { "plain": { "format": "%(asctime)s %(levelname)s %(name)s: %(message)s" } },
        "handlers": { "file": {
            "class": "logging.FileHandler",
            "formatter": "plain",
            "filename": directory.join("homeserver.log"),
            "encoding": "utf8",
        } },
        "root": { "level": "WARNING", "handlers": ["file"] },
        "disable_existing_loggers": false,
    })
}

fn object(value: Value) -> Map<String, Value> {
    if let Value::Object(map) = value { map } else { Map::new() }
}

/// 32 random bytes, as the unpadded base64 in which Matrix writes keys.
fn random() -> Result<String> {
    let mut bytes = [0_u8; 32];
    lodge_plumbing::random::fill(&mut bytes).context("the system gives no random numbers")?;
    Ok(Base64::<matrix_sdk::ruma::serde::base64::Standard, _>::new(bytes).encode())
}

/// Writes a file that only this user can read.
pub fn write_private(path: &Path, text: &str) -> Result<()> {
    durable::replace(path, text.as_bytes()).with_context(|| format!("{} cannot be written", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn configuration(settings: &Settings) -> Map<String, Value> {
        let home = tempfile::tempdir().unwrap();
        homeserver(home.path(), settings, 8008, &Secrets::of(home.path()).unwrap())
    }

    #[test]
    fn every_privacy_setting_stands_in_the_configuration() {
        let config = configuration(&Settings::default());
        for setting in privacy_settings() {
            assert_eq!(config.get(setting.name), Some(&setting.value), "{}", setting.name);
        }
    }

    #[test]
    fn stock_limits_are_left_to_synapse() {
        let raised = configuration(&Settings::default());
        let stock = configuration(&Settings { limits: Limits::Stock, ..Settings::default() });
        assert!(raised.contains_key("rc_message"));
        assert!(!stock.keys().any(|key| key.starts_with("rc_")), "{:?}", stock.keys());
    }

    #[test]
    fn the_homeserver_listens_on_this_machine_only() {
        let config = configuration(&Settings::default());
        assert_eq!(config["listeners"][0]["bind_addresses"], json!(["127.0.0.1"]));
    }

    #[test]
    fn secrets_are_made_once() {
        let home = tempfile::tempdir().unwrap();
        let first = Secrets::of(home.path()).unwrap();
        assert_eq!(Secrets::of(home.path()).unwrap().registration, first.registration);
    }
}
