//! `lodge setup`: makes the things that a hub needs before its first run, and tells the next steps of the homeserver's
//! administrator.

use std::path::{Path, PathBuf};

use anyhow::Context;
use lodge_core::name::Address;
use lodge_plumbing::privacy::privacy_settings;
use lodge_plumbing::registration::{HUB, Registration};
use lodge_plumbing::store::MasterKey;
use serde_json::json;

use crate::config::{Config, FIRST_POLICY, Policy};

/// The outcome of a setup in lines: the things that were made, those that were there, and the next steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// One line for each of these.
    pub lines: Vec<String>,
    /// The file with the homeserver's settings.
    pub settings: PathBuf,
}

/// Makes the master key, the registration, a first policy page and the homeserver's settings. Files that are there
/// already are left as they are.
pub fn setup(config: &Config) -> anyhow::Result<Report> {
    let mut lines = Vec::new();
    let key = &config.store.key_file;
    if key.exists() {
        MasterKey::read(key)?;
        lines.push(format!("The master key is there: {}", key.display()));
    } else {
        if let Some(directory) = key.parent() {
            std::fs::create_dir_all(directory).with_context(|| format!("{} cannot be made", directory.display()))?;
        }
        MasterKey::create(key)?;
        lines.push(format!("Made the master key: {}", key.display()));
        lines.push("  Keep a copy of it where the data is not. Nothing can be read without it.".to_owned());
    }
    let registration = &config.matrix.registration;
    if config.matrix.token_file.is_some() {
        lines.push("The porter's session comes from matrix.token_file; no registration is needed.".to_owned());
    } else if registration.exists() {
        Registration::read(registration, &config.matrix.user)?;
        lines.push(format!("The registration is there: {}", registration.display()));
    } else {
        Registration::draw(config.matrix.user.clone())?.write(registration, HUB)?;
        lines.push(format!("Made the registration: {}", registration.display()));
    }
    lines.extend(policy_page(&config.policy)?);
    let settings = registration.with_file_name("homeserver-settings.yaml");
    std::fs::write(&settings, homeserver_settings(registration)?)
        .with_context(|| format!("{} cannot be written", settings.display()))?;
    lines.push(format!("Wrote what the homeserver should be told: {}", settings.display()));
    lines.extend(next_steps(&config.matrix.user, &settings, config.matrix.homeserver.as_str()));
    Ok(Report { lines, settings })
}

/// A first policy page, where there is none.
fn policy_page(policy: &Policy) -> anyhow::Result<Vec<String>> {
    let path = &policy.file;
    if path.exists() {
        policy.read()?;
        return Ok(vec![format!("The policy page is there: {}", path.display())]);
    }
    if let Some(directory) = path.parent() {
        std::fs::create_dir_all(directory).with_context(|| format!("{} cannot be made", directory.display()))?;
    }
    std::fs::write(path, FIRST_POLICY).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(vec![
        format!("Made a first policy page: {}", path.display()),
        "  Every member can read it. Make it your own before the first of them does: who you are, whom to ask, and"
            .to_owned(),
        "  the limits and times wherever you change those in the configuration.".to_owned(),
    ])
}

fn next_steps(porter: &Address, settings: &Path, homeserver: &str) -> Vec<String> {
    vec![
        String::new(),
        "What to do next:".to_owned(),
        format!("  1. Take the lines of {} over into homeserver.yaml, and restart the homeserver.", settings.display()),
        "  2. lodge check, and then lodge run. The first run makes the porter's account.".to_owned(),
        "  3. Lift the porter's rate limit, once, with a homeserver administrator's token in $TOKEN:".to_owned(),
        "     curl -X POST -H \"Authorization: Bearer $TOKEN\" -d '{\"messages_per_second\":0,\"burst_count\":0}' \\"
            .to_owned(),
        format!("       {homeserver}_synapse/admin/v1/users/{porter}/override_ratelimit"),
    ]
}

/// The homeserver's settings, with the reason beside each.
fn homeserver_settings(registration: &Path) -> anyhow::Result<String> {
    let registration = std::path::absolute(registration)?;
    let mut text = String::from("# Settings that the hub needs or that protect its people.\n\n");
    text.push_str("# How the homeserver knows the hub.\n");
    text.extend(["app_service_config_files: ", &json!([registration]).to_string(), "\n"]);
    for setting in privacy_settings() {
        text.extend(["\n# Otherwise ", setting.otherwise, ".\n"]);
        text.extend([setting.line().as_str(), "\n"]);
    }
    Ok(text)
}

/// The smallest configuration that can be, in this directory, with these values over it, set up as `lodge setup` does.
#[cfg(test)]
pub(crate) fn smallest(directory: &Path, set: &[&str]) -> Config {
    let text = "[service]\nname = \"the Careers Service\"\nzone = \"Europe/London\"\n\
                [store]\ndirectory = \"data\"\nkey_file = \"master.key\"\n\
                [matrix]\nhomeserver = \"http://127.0.0.1:1\"\nuser = \"@porter:example.org\"\n";
    let file = directory.join("lodge.toml");
    std::fs::write(&file, text).expect("a configuration is written");
    let set: Vec<_> = set.iter().map(|set| set.parse().expect("a key and a value")).collect();
    let config = crate::config::load(&file, &set).expect("it can be used");
    setup(&config).expect("it is set up");
    config
}
