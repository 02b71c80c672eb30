//! `lodge counsel setup`: makes everything that the service needs before its first run.

use anyhow::Context;
use lodge_plumbing::registration::{COUNSEL, Registration};
use lodge_plumbing::store::MasterKey;

use crate::config::Config;

/// Makes the master key and the registration. Files that are there already are left as they are. Returns a line for
/// each.
///
/// # Errors
/// When something cannot be written, or a file that is there cannot be used.
pub fn setup(config: &Config) -> anyhow::Result<Vec<String>> {
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
    }
    let (registration, user) = (&config.matrix.registration, &config.matrix.user);
    if registration.exists() {
        Registration::read(registration, user)?;
        lines.push(format!("The registration is there: {}", registration.display()));
    } else {
        Registration::draw(user.clone())?.write(registration, COUNSEL)?;
        lines.push(format!("Made the registration: {}", registration.display()));
    }
    lines.push(String::new());
    lines.push("What to do next:".to_owned());
    lines.push("  1. Add the registration to app_service_config_files in homeserver.yaml, and restart the".to_owned());
    lines.push("     homeserver. Let no other service read it, nor the key, nor the data.".to_owned());
    lines.push("  2. lodge counsel. The first run makes the account.".to_owned());
    Ok(lines)
}
