//! A homeserver with a counselling service beside it, for which Kim and Lee counsel.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, ensure};
use lodge_counsel::config::Loaded;
use lodge_demo::household::Guest;
use lodge_demo::quiet::Configured;
use lodge_demo::running::Running;
use lodge_demo::{Homeserver, Person};
use matrix_sdk::ruma::{OwnedRoomId, OwnedUserId};
use serde_json::Value;
use tempfile::TempDir;

use crate::house;

const PATIENCE: Duration = Duration::from_mins(2);

/// The service, its homeserver, and everything that it runs from.
pub struct Quiet {
    pub homeserver: Homeserver,
    pub account: OwnedUserId,
    pub configured: Configured,
    running: Option<Running>,
    directory: TempDir,
}

impl Quiet {
    /// A running one with these values over its configuration. The homeserver has the porters of tests too.
    pub async fn open(set: &[&str]) -> Result<Self> {
        let mut quiet = Self::prepare(&[]).await?;
        quiet.start(set)?;
        Ok(quiet)
    }

    /// One that does not run yet, on whose homeserver these are registered beside it.
    pub async fn prepare(others: &[PathBuf]) -> Result<Self> {
        let directory = tempfile::tempdir()?;
        let configured = Configured::write(directory.path(), &lodge_demo::homeserver::Settings::default().server_name)?;
        let registrations = [others, std::slice::from_ref(&configured.registration)].concat();
        let homeserver = house::homeserver_with(&registrations).await;
        Ok(Self { homeserver, account: configured.account.clone(), configured, running: None, directory })
    }

    /// The directory of its files: the list of accounts is among them.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Its configuration with these values over it.
    pub fn loaded(&self, set: &[&str]) -> Result<Loaded> {
        self.configured.loaded(&self.homeserver.url(), set)
    }

    pub fn start(&mut self, set: &[&str]) -> Result<()> {
        self.running = Some(Running::counsel(self.loaded(set)?));
        Ok(())
    }

    pub async fn stop(&mut self) -> Result<()> {
        let Some(running) = self.running.take() else { return Ok(()) };
        running.stop().await
    }

    pub async fn person(&self, who: &str) -> Result<Person> {
        self.homeserver.register(who, house::PASSWORD, false).await?;
        let mut person = Person::log_in(&self.homeserver.url(), who, house::PASSWORD).await?;
        person.set_patience(PATIENCE);
        Ok(person)
    }

    /// A counsellor, in the conversation that the service opened at its start.
    pub async fn counsellor(&self, who: &str) -> Result<Guest> {
        let guest = Guest::come_in(self.person(who).await?, &self.account).await?;
        guest.hears("counsellor-welcome").await?;
        Ok(guest)
    }

    /// Somebody new who writes to the service and has read the terms.
    pub async fn visitor(&self, who: &str) -> Result<Guest> {
        self.visited_by(self.person(who).await?).await
    }

    /// Somebody who writes to the service and has read the terms.
    pub async fn visited_by(&self, person: impl Into<Arc<Person>>) -> Result<Guest> {
        let guest = Guest::visit(person, &self.account).await?;
        guest.hears("terms").await?;
        Ok(guest)
    }

    /// The homeserver's answer to somebody's question.
    pub async fn ask(&self, person: &Person, path: &str) -> Result<Value> {
        let api = self.homeserver.api()?.with_token(person.access_token());
        api.get(&format!("/_matrix/client/v3/{path}")).await?.ok()
    }
}

/// Somebody asks for any counsellor, from their yes to the terms on; returns the message that the counsellor reads.
pub async fn ask_anybody(client: &Guest, counsellor: &Guest) -> Result<String> {
    client.asks("yes", "ask-whom").await?;
    client.asks("anybody", "ask-about").await?;
    client.asks("I would like to leave my course.", "ask-showing").await?;
    client.asks("no", "asking").await?;
    counsellor.hears("counsellor-offer").await
}

/// The client and then the counsellor come into the room that was opened for them, and see the service leave it.
pub async fn come_together(client: &Guest, counsellor: &Guest) -> Result<OwnedRoomId> {
    let service = &client.porter;
    let room = client.person.invited_by(service).await?.room;
    client.person.join(&room).await?;
    ensure!(counsellor.person.invited_by(service).await?.room == room, "they were invited to different rooms");
    counsellor.person.join(&room).await?;
    for guest in [client, counsellor] {
        let note = guest.person.hears("opening-note").await?;
        ensure!(note.room == room && note.sender == *service, "the opening note was said elsewhere: {note}");
        guest.person.sees_leaving(&room, service).await?;
    }
    Ok(room)
}
