//! A careers service of one's own: a hub beside a homeserver, and the people who use it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use lodge_core::people::member::{Field, Role};
use lodge_hub::config::{self, Config, Override};
use lodge_hub::setup;
use matrix_sdk::ruma::{OwnedRoomId, OwnedUserId, UserId};

use crate::person::private_room;
use crate::{Homeserver, Person};

/// Somebody who uses the service.
#[derive(Debug, Clone, Copy)]
pub struct Resident {
    /// The part of their Matrix id before the colon.
    pub localpart: &'static str,
    /// The name in their contact card.
    pub name: &'static str,
    /// Their role in the careers service.
    pub role: Role,
    /// The details that they could show.
    pub details: &'static [(Field, &'static str)],
}

/// Somebody as a roster lists them.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The person, with the details that the records know.
    pub resident: Resident,
    /// Their account, if they have one that the records know.
    pub user_id: Option<OwnedUserId>,
    /// The last day of their role, such as 2027-06-30.
    pub until: Option<String>,
}

impl From<Resident> for Listed {
    fn from(resident: Resident) -> Self {
        Self { resident, user_id: None, until: None }
    }
}

/// Writes the configuration of a hub in `directory`, whose porter has this name, and returns its path.
///
/// The homeserver need not run yet; it must be told of the hub's registration, beside the configuration.
pub fn configure(directory: &Path, url: &str, porter: &UserId) -> Result<PathBuf> {
    let text = format!(
        "[service]\nname = \"the Careers Service\"\nzone = \"Europe/London\"\n\
         [store]\ndirectory = \"data\"\nkey_file = \"master.key\"\n\
         [matrix]\nhomeserver = \"{url}\"\nuser = \"{porter}\"\n"
    );
    fs::create_dir_all(directory).with_context(|| format!("{} cannot be made", directory.display()))?;
    let path = directory.join("lodge.toml");
    fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(path)
}

/// Writes a roster with these people, as a careers service's records would.
#[expect(clippy::disallowed_methods, reason = "no program of anybody's opens it but the hub")]
pub fn write_roster(path: &Path, listed: &[Listed]) -> Result<()> {
    let mut sheet = csv::Writer::from_path(path).with_context(|| format!("{} cannot be written", path.display()))?;
    sheet.write_record(["name", "matrix_id", "role", "valid_until", "email", "organisation", "course", "headline"])?;
    for Listed { resident: Resident { name, role, details, .. }, user_id, until } in listed {
        let user_id = user_id.as_deref().map(UserId::as_str).unwrap_or_default();
        let details: BTreeMap<Field, &str> = details.iter().copied().collect();
        let detail = |field| details.get(&field).copied().unwrap_or_default();
        let details = [Field::Email, Field::Organisation, Field::Course, Field::Headline].map(detail);
        let record = [name, user_id, role.code(), until.as_deref().unwrap_or_default()];
        sheet.write_record(record.into_iter().chain(details))?;
    }
    sheet.flush().with_context(|| format!("{} cannot be written", path.display()))
}

/// Makes everything that a configured hub needs, the registration among it that the homeserver is to be told of.
pub fn prepare(configuration: &Path, overrides: &[Override]) -> Result<Config> {
    let config = config::load(configuration, overrides)?;
    setup::setup(&config)?;
    Ok(config)
}

/// A person in their conversation with a service: with the porter, or with the one that counsels.
pub struct Guest {
    /// The person, who may be in other conversations too.
    pub person: Arc<Person>,
    /// Their conversation with the porter.
    pub room: OwnedRoomId,
    /// The service's account.
    pub porter: OwnedUserId,
}

impl Guest {
    /// Accepts the porter's invitation, hears its welcome, and agrees to what holds.
    pub async fn arrive(person: impl Into<Arc<Person>>, porter: &UserId) -> Result<Self> {
        let guest = Self::come_in(person, porter).await?;
        guest.hears("welcome").await?;
        guest.asks("agree", "agreed").await?;
        Ok(guest)
    }

    /// Invites the porter, which does not know them, and comes into the conversation that it opens instead.
    pub async fn visit(person: impl Into<Arc<Person>>, porter: &UserId) -> Result<Self> {
        let person = person.into();
        person.create_room(private_room(&[porter])?).await?;
        Self::come_in(person, porter).await
    }

    /// Accepts the porter's invitation.
    pub async fn come_in(person: impl Into<Arc<Person>>, porter: &UserId) -> Result<Self> {
        let person = person.into();
        let room = person.invited_by(porter).await?.room;
        person.join(&room).await?;
        Ok(Self { person, room, porter: porter.to_owned() })
    }

    /// Says something to the porter.
    pub async fn says(&self, text: &str) -> Result<()> {
        self.person.say(&self.room, text).await.map(drop)
    }

    /// Says something to the porter and hears the words with this id; they are returned.
    pub async fn asks(&self, text: &str, wording: &str) -> Result<String> {
        self.says(text).await?;
        self.hears(wording).await
    }

    /// Hears the words with this id from the porter, in their conversation, and encrypted where that is; they are
    /// returned.
    pub async fn hears(&self, wording: &str) -> Result<String> {
        let seen = self.person.hears(wording).await?;
        ensure!(seen.sender == self.porter, "{} said {wording}, not the porter", seen.sender);
        ensure!(seen.room == self.room, "the porter said {wording} outside the conversation");
        let room = self.person.client().get_room(&self.room).context("the conversation is gone")?;
        let encrypted = seen.message().is_some_and(|message| message.encrypted);
        // A hub may run without encryption, as an experiment; then its conversations have none.
        ensure!(
            encrypted || !room.encryption_state().is_encrypted(),
            "the porter said {wording} in the clear in an encrypted conversation"
        );
        Ok(seen.body().unwrap_or_default().to_owned())
    }
}

/// Registers each of these names with this password and logs them in.
pub async fn move_in(
    homeserver: &Homeserver,
    localparts: impl IntoIterator<Item = &str>,
    password: &str,
) -> Result<Vec<Arc<Person>>> {
    let mut people = Vec::new();
    for localpart in localparts {
        homeserver.register(localpart, password, false).await?;
        people.push(Arc::new(Person::log_in(&homeserver.url(), localpart, password).await?));
    }
    Ok(people)
}
