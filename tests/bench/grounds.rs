//! The grounds on which everything is measured: a homeserver of the benchmark's own, hubs on it, and people.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use lodge_core::name::{Address, DisplayName};
use lodge_core::people::member::{Person as Listed, Role};
use lodge_core::policy::Settings as CoreSettings;
use lodge_core::time::Timestamp;
use lodge_demo::homeserver::{Account, Environment, Limits, Settings, shared_environment, write_private};
use lodge_demo::household::{self, Resident};
use lodge_demo::running::Running;
use lodge_demo::{Homeserver, Person};
use lodge_hub::roster::{self, Import, Reading};
use lodge_plumbing::store::MasterKey;
use matrix_sdk::ruma::{OwnedUserId, UserId};
use serde_json::json;
use tempfile::TempDir;

use crate::figures::progress;
use crate::raw::{Echo, Raw};
use crate::settings::directory;

/// Monday 2 November 2026, ten in the morning in London.
pub const START: Timestamp = Timestamp::from_millis(1_793_613_600_000);

const AS_TOKEN: &str = "a-token-for-this-benchmark-only";
const DEVICE: &str = "LODGE";
/// The same two people talk with the porter, and are introduced, as often as it is measured.
pub const AGAIN_AND_AGAIN: [&str; 5] = [
    "introductions.bring_after=0s",
    "limits.cooldown=0s",
    "limits.sent_a_month=10000",
    "limits.received_a_month=10000",
    "limits.messages_a_minute=1000000",
];
/// The password of every account.
pub const PASSWORD: &str = "open sesame";

/// A homeserver, with raised limits where nothing else is asked for.
pub struct Grounds {
    pub homeserver: Homeserver,
    directory: TempDir,
}

/// Two people, and whom they talk to, without encryption.
pub struct People {
    pub sam: Raw,
    pub alex: Raw,
    pub porter: OwnedUserId,
    pub echo: Echo,
    /// Their conversations with the porter, and those with the echo.
    pub with_porter: [String; 2],
    pub with_echo: [String; 2],
}

impl Grounds {
    pub async fn open() -> Result<Self> {
        Self::open_with(Limits::Raised).await
    }

    /// Opens the grounds with these limits. Synapse's own hold for the porter too.
    pub async fn open_with(limits: Limits) -> Result<Self> {
        let directory = directory()?;
        let environment =
            tokio::task::block_in_place(|| Environment::install(&shared_environment(), &|line| progress(line)))?;
        let registration = directory.path().join("registration.yaml");
        let service = json!({
            "id": "bench",
            "url": null,
            "as_token": AS_TOKEN,
            "hs_token": "never used",
            "sender_localpart": "bench",
            "rate_limited": limits == Limits::Stock,
            "namespaces": { "users": [{ "exclusive": true, "regex": "@porter_.*" }], "rooms": [], "aliases": [] },
        });
        fs::write(&registration, service.to_string())?;
        // Those on logging in would only hold the people up.
        let any = json!({ "per_second": 1000, "burst_count": 1000 });
        let log_in = json!({ "address": any, "account": any, "failed_attempts": any });
        let further = [("rc_login".to_owned(), log_in), ("rc_registration".to_owned(), any)].into_iter().collect();
        let settings = Settings { registrations: vec![registration], limits, further, ..Settings::default() };
        let homeserver = Homeserver::start(&environment, &directory.path().join("homeserver"), &settings).await?;
        Ok(Self { homeserver, directory })
    }

    pub async fn close(mut self) -> Result<()> {
        self.homeserver.stop().await
    }

    /// A hub that talks without encryption, an echo, and two people in conversation with both.
    pub async fn unencrypted(&self) -> Result<(Running, People)> {
        progress("a hub without encryption, and an echo");
        self.people("plain", ["plain-sam", "plain-alex"], &self.homeserver.url(), &[]).await
    }

    /// The same of this name, whose hub finds the homeserver at this address and is configured like this too.
    pub async fn people(
        &self,
        name: &str,
        [one, other]: [&'static str; 2],
        url: &str,
        set: &[&str],
    ) -> Result<(Running, People)> {
        let set = [set, &["matrix.encrypt_conversations=false"]].concat();
        let (hub, porter) = self.hub_at(url, &format!("porter_{name}"), &[one, other], &set).await?;
        let echo = Echo::start(self.raw(&format!("{name}-echo")).await?);
        let (mut sam, mut alex) = (self.raw(one).await?, self.raw(other).await?);
        let with_porter = [sam.welcomed_by(&porter).await?, alex.welcomed_by(&porter).await?];
        let with_echo = [sam.room_with(&echo.user).await?, alex.room_with(&echo.user).await?];
        Ok((hub, People { sam, alex, porter, echo, with_porter, with_echo }))
    }

    /// A running hub with these members, configured like this too.
    pub async fn hub(&self, porter: &str, members: &[&'static str], set: &[&str]) -> Result<(Running, OwnedUserId)> {
        self.hub_at(&self.homeserver.url(), porter, members, set).await
    }

    async fn hub_at(
        &self,
        url: &str,
        porter: &str,
        members: &[&'static str],
        set: &[&str],
    ) -> Result<(Running, OwnedUserId)> {
        let server = self.homeserver.server_name();
        let porter = UserId::parse(format!("@{porter}:{server}"))?;
        let resident = |name: &'static str| {
            let resident = Resident { localpart: name, name, role: Role::Student, details: &[] };
            Ok(household::Listed { user_id: Some(UserId::parse(format!("@{name}:{server}"))?), ..resident.into() })
        };
        let residents = members.iter().map(|name| resident(name)).collect::<Result<Vec<_>>>()?;
        let at = self.directory.path().join(porter.localpart());
        let path = household::configure(&at, url, &porter)?;
        write_private(&at.join("porter.token"), &self.log_in_by_service(&porter).await?)?;
        let own = ["matrix.token_file=porter.token".to_owned(), format!("matrix.device_id={DEVICE}")];
        let set = own.iter().map(String::as_str).chain(AGAIN_AND_AGAIN).chain(set.iter().copied());
        let set = set.map(str::parse).collect::<Result<Vec<_>, _>>()?;
        let config = household::prepare(&path, &set)?;
        if !residents.is_empty() {
            let file = at.join("people.csv");
            household::write_roster(&file, &residents)?;
            let import =
                Import { file, reading: Reading::default(), whole: true, apply: true, ends: None, letters: None };
            Box::pin(roster::import(&config, &import)).await?;
        }
        Ok((Running::hub(config), porter))
    }

    pub async fn account(&self, name: &str) -> Result<Account> {
        self.homeserver.register(name, PASSWORD, false).await
    }

    /// Somebody with an encrypted client.
    pub async fn person(&self, name: &str) -> Result<Person> {
        self.account(name).await?;
        Person::log_in(&self.homeserver.url(), name, PASSWORD).await
    }

    /// A directory for this purpose.
    pub fn directory(&self, purpose: &str) -> PathBuf {
        self.directory.path().join(purpose)
    }

    async fn raw(&self, name: &str) -> Result<Raw> {
        Raw::new(&self.homeserver, self.account(name).await?).await
    }

    async fn log_in_by_service(&self, porter: &UserId) -> Result<String> {
        const BY_SERVICE: &str = "m.login.application_service";
        let api = self.homeserver.api()?.with_token(AS_TOKEN);
        let register = json!({ "type": BY_SERVICE, "username": porter.localpart(), "inhibit_login": true });
        api.post("/_matrix/client/v3/register", &register).await?.ok()?;
        let identifier = json!({ "type": "m.id.user", "user": porter });
        let log_in = json!({ "type": BY_SERVICE, "identifier": identifier, "device_id": DEVICE });
        let session = api.post("/_matrix/client/v3/login", &log_in).await?.ok()?;
        session["access_token"].as_str().map(str::to_owned).context("the log-in gave no token")
    }
}

/// This many members, whom nobody sees.
pub fn members(count: usize) -> Result<Vec<Listed>> {
    let member = |number: usize| {
        Ok(Listed {
            address: Address::exact(&format!("@member{number}:example.org"))?,
            name: DisplayName::parse(&format!("Member {number}"))?,
            role: Role::Student,
            details: lodge_core::people::member::Details::default(),
        })
    };
    (0..count).map(member).collect()
}

/// The settings of a service that left them as they come.
pub fn core_settings() -> Result<CoreSettings> {
    let directory = directory()?;
    let porter = UserId::parse("@porter:example.org")?;
    let path = household::configure(directory.path(), "http://127.0.0.1:8008", &porter)?;
    let config = household::prepare(&path, &[])?;
    Ok(config.settings("1".to_owned(), &MasterKey::read(&config.store.key_file)?)?)
}
