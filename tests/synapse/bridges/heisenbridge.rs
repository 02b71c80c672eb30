//! heisenbridge as its guide sets it up, and a steward who tells it what to carry.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use lodge_demo::homeserver::{Api, Environment, Package, free_port};
use lodge_demo::{Homeserver, Person};
use matrix_sdk::ruma::{OwnedRoomId, OwnedUserId, RoomId, UserId};
use serde_json::json;

use super::irc::Server;
use super::kept::Kept;
use super::person;

const HEISENBRIDGE: Package = Package {
    name: "heisenbridge",
    version: "1.15.4",
    download_mb: 15,
    requirements: include_str!("requirements.txt"),
};

/// The registration that the guide tells administrators to copy.
const REGISTRATION: &str = include_str!("../../../bridges/irc/registration.yaml");

const AS_TOKEN: &str = "the-bridges-token-for-these-tests-only";
const HS_TOKEN: &str = "the-homeservers-token-for-these-tests-only";

/// The part of Matrix ids after the colon.
const SERVER_NAME: &str = "lodge.localhost";

/// Writes the registration, filled in as the guide says, for a bridge on a free port.
pub fn register(directory: &Path) -> Result<PathBuf> {
    let filled = REGISTRATION
        .replace("127.0.0.1:9898", &format!("127.0.0.1:{}", free_port()?))
        .replace("FIRST-SECRET", AS_TOKEN)
        .replace("SECOND-SECRET", HS_TOKEN)
        .replace(r"example\.ac\.uk", &SERVER_NAME.replace('.', r"\."));
    let path = directory.join("irc-registration.yaml");
    fs::write(&path, filled)?;
    Ok(path)
}

/// The bridge while it runs; it ends with this value.
pub struct Bridge {
    _process: Kept,
}

impl Bridge {
    /// Starts it; everybody of this homeserver may tell it what to carry.
    pub async fn start(homeserver: &Homeserver, registration: &Path) -> Result<Self> {
        let installed = Path::new(env!("CARGO_TARGET_TMPDIR")).join("heisenbridge");
        let tell = |line: &str| eprintln!("{line}");
        let environment =
            tokio::task::block_in_place(|| Environment::install_package(&HEISENBRIDGE, &installed, &tell))?;
        allow_everybody(&as_bridge(homeserver)?).await?;
        let mut command = Command::new(environment.python());
        command.args(["-m", "heisenbridge", "--config"]).arg(registration).arg(homeserver.url());
        let process = tokio::task::block_in_place(|| Kept::start(&command, "bridge is now running"))?;
        Ok(Self { _process: process })
    }
}

/// As `ADDMASK *:… --admin` leaves it, so that each test can have a steward of its own.
async fn allow_everybody(bridge: &Api) -> Result<()> {
    let account = json!({ "type": "m.login.application_service", "username": "heisenbridge", "inhibit_login": true });
    bridge.post("/_matrix/client/v3/register", &account).await?.ok()?;
    let settings = json!({ "allow": { format!("*:{SERVER_NAME}"): "admin" } });
    bridge.put(&format!("/_matrix/client/v3/user/{}/account_data/irc", bot()), &settings).await?.ok()?;
    Ok(())
}

/// Plain calls with the bridge's own token: as its account, or with `?user_id=` as anybody in its namespace.
pub fn as_bridge(homeserver: &Homeserver) -> Result<Api> {
    Ok(homeserver.api()?.with_token(AS_TOKEN.to_owned()))
}

/// The bridge's own account.
pub fn bot() -> OwnedUserId {
    UserId::parse(format!("@heisenbridge:{SERVER_NAME}")).unwrap()
}

/// The account that somebody on IRC has on Matrix.
pub fn ghost(network: &str, nick: &str) -> OwnedUserId {
    UserId::parse(format!("@irc_{network}_{nick}:{SERVER_NAME}")).unwrap()
}

/// Somebody who tells the bridge what to carry, with a network and a nickname of their own.
pub struct Steward {
    person: Person,
    network: OwnedRoomId,
}

impl Steward {
    /// Connects the bridge to the IRC server, which it knows as the network `name`, where its nickname is `name` too.
    pub async fn connect(server: &Server, name: &str) -> Result<Self> {
        let person = person(&format!("{name}-steward")).await?;
        let control = converse(&person).await?;
        let told = |words: String, answer: &'static str| tell(&person, &control, words, answer);
        told(format!("ADDNETWORK {name}"), "Network added").await?;
        told(format!("ADDSERVER {name} 127.0.0.1 {}", server.port), "Server added").await?;
        told(format!("OPEN {name}"), "You have been invited").await?;
        let network = person.invited_by(&bot()).await?.room;
        person.join(&network).await?;
        tell(&person, &network, format!("NICK {name}"), "Nickname set").await?;
        tell(&person, &network, "CONNECT".to_owned(), "Internet Relay Network").await?;
        Ok(Self { person, network })
    }

    /// Has a room carried to a channel and back; the bridge's account has been invited there.
    pub async fn plumb(&self, room: &RoomId, channel: &str) -> Result<()> {
        self.tells(format!("PLUMB {room} {channel}"), "to unplumb just kick me out").await
    }

    /// Tells the bridge something about the network, and waits for an answer with this in it.
    pub async fn tells(&self, words: String, answer: &str) -> Result<()> {
        tell(&self.person, &self.network, words, answer).await
    }
}

/// A conversation with the bridge, which it accepts from those that it obeys.
async fn converse(person: &Person) -> Result<OwnedRoomId> {
    let api = super::api(person.access_token()).await?;
    let room = json!({ "preset": "private_chat", "is_direct": true, "invite": [bot()] });
    let made = api.post("/_matrix/client/v3/createRoom", &room).await?.ok()?;
    let room = RoomId::parse(made["room_id"].as_str().context("a room has an id")?)?;
    person.sees_joining(&room, &bot()).await?;
    Ok(room)
}

async fn tell(person: &Person, room: &RoomId, words: String, answer: &str) -> Result<()> {
    person.say(room, &words).await?;
    let answers = |body: &str| body.contains(answer);
    person
        .expect(&format!("the bridge's answer to {words:?}"), |seen| {
            seen.room == room && seen.sender == bot() && seen.body().is_some_and(answers)
        })
        .await?;
    Ok(())
}
