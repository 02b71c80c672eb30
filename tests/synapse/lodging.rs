//! A lodge of a test's own: its hub in this process, its porter, and its members with real clients.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use lodge_core::name::Address;
use lodge_core::people::member::{Field, Role};
use lodge_demo::homeserver::write_private;
use lodge_demo::household::{self, Guest, Listed, Resident};
use lodge_demo::person::{Kind, Seen};
use lodge_demo::running::Running;
use lodge_demo::{Homeserver, Person};
use lodge_hub::config::{Config, Override};
use lodge_hub::roster::{self, Import, Letters, Reading};
use lodge_plumbing::registration::{HUB, Registration};
use matrix_sdk::ruma::{OwnedRoomId, OwnedUserId, RoomId, UserId};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::house;
use crate::ringing::is_in_its_manner;

/// Everybody who can be a member; a test names those it needs.
const RESIDENTS: [Resident; 4] = [
    Resident {
        localpart: "sam",
        name: "Sam",
        role: Role::Student,
        details: &[(Field::Course, "History, second year"), (Field::Email, "sam@mail.example")],
    },
    Resident { localpart: "noor", name: "Noor", role: Role::Student, details: &[] },
    Resident {
        localpart: "alex",
        name: "Alex",
        role: Role::Alumnus,
        details: &[(Field::Headline, "Museum curator"), (Field::Email, "alex@mail.example")],
    },
    Resident { localpart: "robin", name: "Robin", role: Role::Alumnus, details: &[(Field::Headline, "Barrister")] },
];

const BY_SERVICE: &str = "m.login.application_service";

/// The device that the hub's token belongs to.
const DEVICE: &str = "LODGE";

/// A hub and everything that it runs from.
pub struct Lodging {
    /// The account of the porter.
    pub porter: OwnedUserId,
    /// The path of the configuration.
    pub configuration: PathBuf,
    /// Values that stand over the file's, as on the command line.
    pub overrides: Vec<String>,
    /// The file and the values over it, as they were read.
    pub config: Config,
    hub: Option<Running>,
    directory: TempDir,
}

impl Lodging {
    /// A running hub on the shared homeserver, with these members, who have come into their conversations. No other
    /// test has the same `name`.
    pub async fn open<const N: usize>(name: &str, who: [&str; N], set: &[&str]) -> Result<(Self, [Guest; N])> {
        let homeserver = house::homeserver().await;
        let mut lodging = Self::prepare(homeserver, name, &who, set).await?;
        lodging.start();
        let mut guests = Vec::new();
        for one in who {
            let person = lodging.person(homeserver, name, one).await?;
            guests.push(Guest::arrive(person, &lodging.porter).await?);
        }
        let guests = guests.try_into().ok().context("as many guests as names")?;
        Ok((lodging, guests))
    }

    /// A hub on any homeserver, not yet running, which will have these members.
    pub async fn prepare(homeserver: &Homeserver, name: &str, who: &[&str], set: &[&str]) -> Result<Self> {
        let residents = RESIDENTS.iter().filter(|resident| who.contains(&resident.localpart)).copied();
        Self::prepare_for(homeserver, name, &residents.collect::<Vec<_>>(), set).await
    }

    /// The same, for members of the test's own.
    pub async fn prepare_for(homeserver: &Homeserver, name: &str, members: &[Resident], set: &[&str]) -> Result<Self> {
        let directory = tempfile::tempdir()?;
        let porter = UserId::parse(format!("@porter_{name}:{}", homeserver.server_name()))?;
        register(homeserver, &porter).await?;
        let token = log_in(homeserver, &porter, DEVICE).await?;
        write_private(&directory.path().join("porter.token"), &token)?;
        let mut listed = Vec::new();
        for resident in members {
            let user_id = Some(account(name, resident.localpart, homeserver)?);
            listed.push(Listed { user_id, ..(*resident).into() });
        }
        let configuration = household::configure(directory.path(), &homeserver.url(), &porter)?;
        let own = [
            "matrix.token_file=porter.token".to_owned(),
            format!("matrix.device_id={DEVICE}"),
            "introductions.bring_after=50ms".to_owned(),
        ];
        let overrides: Vec<String> = own.into_iter().chain(set.iter().map(|set| (*set).to_owned())).collect();
        let parsed: Vec<Override> = overrides.iter().map(|set| set.parse()).collect::<Result<_, _>>()?;
        let config = household::prepare(&configuration, &parsed)?;
        let lodging = Self { porter, configuration, overrides, config, hub: None, directory };
        if !listed.is_empty() {
            lodging.take_in(&listed, true, None).await?;
        }
        Ok(lodging)
    }

    /// One of the members, logged in, and not yet in their conversation.
    pub async fn person(&self, homeserver: &Homeserver, name: &str, who: &str) -> Result<Person> {
        self.person_through(homeserver, &homeserver.url(), name, who).await
    }

    /// The same, whose client finds the homeserver at another address.
    pub async fn person_through(&self, homeserver: &Homeserver, url: &str, name: &str, who: &str) -> Result<Person> {
        let localpart = format!("{name}-{who}");
        homeserver.register(&localpart, house::PASSWORD, false).await?;
        Person::log_in(url, &localpart, house::PASSWORD).await
    }

    /// Takes these people in, as a command does while the hub runs or not; the lines that it says.
    pub async fn take_in(&self, listed: &[Listed], whole: bool, letters: Option<Letters>) -> Result<Vec<String>> {
        let file = self.directory().join("people.csv");
        household::write_roster(&file, listed)?;
        let import = Import { file, reading: Reading::default(), whole, apply: true, ends: None, letters };
        // The future of an import is large, so it is boxed.
        Box::pin(roster::import(&self.config, &import)).await
    }

    /// Takes these people in as all there are, which ends the role of so many.
    pub async fn take_in_ending(&self, listed: &[Listed], ends: usize) -> Result<Vec<String>> {
        let file = self.directory().join("people.csv");
        household::write_roster(&file, listed)?;
        let ends = Some(ends);
        let import = Import { file, reading: Reading::default(), whole: true, apply: true, ends, letters: None };
        Box::pin(roster::import(&self.config, &import)).await
    }

    /// Gives the hub the token of another device, as its operator does after a restore.
    pub async fn give_device(&mut self, device: &str) -> Result<()> {
        let token = log_in(house::homeserver().await, &self.porter, device).await?;
        let file = self.directory().join(format!("{device}.token"));
        write_private(&file, &token)?;
        self.config.matrix.token_file = Some(file);
        self.config.matrix.device_id = Some(device.to_owned());
        Ok(())
    }

    /// Has the hub log in by itself, as an application service, in the place of the device whose token it was given.
    pub async fn log_in_by_itself(&mut self, homeserver: &Homeserver) -> Result<()> {
        let path = self.directory().join("registration.json");
        let account = Address::exact(self.porter.as_str())?;
        Registration::new(account, house::AS_TOKEN.into(), "never used ".repeat(3).into()).write(&path, HUB)?;
        let matrix = &mut self.config.matrix;
        let token = std::fs::read_to_string(matrix.token_file.take().context("it was given no token")?)?;
        homeserver.api()?.with_token(token.trim()).post("/_matrix/client/v3/logout", &json!({})).await?.ok()?;
        (matrix.registration, matrix.device_id) = (path, None);
        Ok(())
    }

    /// Starts the hub, the first time or again.
    pub fn start(&mut self) {
        self.hub.get_or_insert_with(|| Running::hub(self.config.clone()));
    }

    /// Stops the hub as `SIGTERM` does.
    pub async fn stop(&mut self) -> Result<()> {
        match self.hub.take() {
            Some(hub) => hub.stop().await.context("the hub did not stop in good order"),
            None => Ok(()),
        }
    }

    /// Waits until the hub has stopped by itself.
    pub async fn ended(&mut self) -> Result<()> {
        self.hub.take().context("no hub runs")?.ended().await
    }

    /// Ends the hub in the midst of anything.
    pub async fn kill(&mut self) {
        if let Some(hub) = self.hub.take() {
            hub.kill().await;
        }
    }

    /// The directory of the hub's data.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// Ends the test: nobody was told more than the test expected, all of it in private, and the audit log is whole.
    pub async fn close(mut self, guests: &[&Guest]) -> Result<()> {
        for guest in guests {
            nothing_more(guest).await?;
        }
        self.stop().await?;
        lodge_hub::audit::audit(&self.config, &[])?;
        Ok(())
    }
}

/// The porter told somebody nothing that was not expected, and all that it told them as it should: encrypted, in
/// its manner, mentioning them in their conversation and nobody elsewhere or by a file, and each effect once.
pub async fn nothing_more(guest: &Guest) -> Result<()> {
    let more = guest.person.unexpected().await?;
    ensure!(more.is_empty(), "{} was told more: {more:?}", guest.person.user_id());
    let seen = guest.person.seen();
    let mut effects = BTreeSet::new();
    for (seen, message) in seen.iter().filter_map(|seen| seen.message().map(|message| (seen, message))) {
        if seen.sender != guest.porter {
            continue;
        }
        let is_to_them = seen.room == guest.room && message.file_name().is_none();
        let mentioned = if is_to_them { vec![guest.person.user_id()] } else { Vec::new() };
        let private = message.encrypted && is_in_its_manner(message) && message.mentions == mentioned;
        let marked = message.wording.is_some() && effects.insert(message.effect.clone().context("no effect")?);
        ensure!(private && marked, "the porter said this: {message:?}");
    }
    Ok(())
}

/// The request in a preview or a prompt: from the name to the last quoted line.
pub fn request_in(text: &str) -> Vec<&str> {
    let lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().position(|line| line.starts_with("Name: "));
    let last = lines.iter().rposition(|line| line.starts_with('>'));
    first.zip(last).map(|(first, last)| lines[first..=last].to_vec()).unwrap_or_default()
}

/// The details in a message of the porter's, a line each.
pub fn details_in(text: &str) -> Vec<&str> {
    const LABELS: [&str; 7] = ["Name", "Address", "Headline", "Course", "Organisation", "Email", "Phone"];
    let is_detail = |line: &&str| line.split_once(": ").is_some_and(|(label, _)| LABELS.contains(&label));
    text.lines().filter(is_detail).collect()
}

/// One asks to meet the other, in one line and without having met before; it is sent.
pub async fn request(from: &Guest, to: &UserId) -> Result<()> {
    from.asks(&format!("introduce {to} for career advice: May I ask how you began?"), "ask-known-how").await?;
    from.asks("no", "preview").await?;
    from.asks("send", "sent").await?;
    Ok(())
}

/// Both are told of each other and invited; the room. Nobody has come in yet.
pub async fn agreed(one: &Guest, other: &Guest) -> Result<OwnedRoomId> {
    one.hears("agreed-requester").await?;
    other.hears("agreed-addressee").await?;
    let room = one.person.invited_by(&one.porter).await?.room;
    ensure!(other.person.invited_by(&other.porter).await?.room == room, "they were invited to different rooms");
    Ok(room)
}

/// Both come in, the first is told to wait, both read the opening note, and see the porter leave.
pub async fn meet(one: &Guest, other: &Guest, room: &RoomId) -> Result<()> {
    other.person.join(room).await?;
    let first = other.person.hears("first-here").await?;
    ensure!(first.room == room && first.sender == other.porter, "it was said elsewhere: {first}");
    one.person.join(room).await?;
    for guest in [one, other] {
        let note = guest.person.hears("opening-note").await?;
        ensure!(note.room == room && note.sender == guest.porter, "the opening note was said elsewhere: {note}");
        guest.person.sees_leaving(room, &guest.porter).await?;
    }
    Ok(())
}

/// One says something in a room and the other reads it, encrypted.
pub async fn talk(from: &Person, to: &Person, room: &RoomId, text: &str) -> Result<()> {
    from.say(room, text).await?;
    let heard = to.next_from(from.user_id()).await?;
    let read = heard.message().is_some_and(|message| message.encrypted && message.body == text);
    ensure!(read && heard.room == room, "{text:?} was said, and this arrived: {heard}");
    Ok(())
}

/// The number of times that somebody was told something.
pub fn times_told(guest: &Guest, wording: &str) -> usize {
    guest.person.seen().iter().filter(|seen| seen.is_wording(wording)).count()
}

/// The rooms that somebody was ever invited to.
pub fn invitations(person: &Person) -> Vec<OwnedRoomId> {
    let me = person.user_id();
    let mine = |seen: &Seen| matches!(&seen.kind, Kind::Invited { who } if who == me);
    person.seen().into_iter().filter(mine).map(|seen| seen.room).collect()
}

/// The account of a test's own somebody.
fn account(name: &str, who: &str, homeserver: &Homeserver) -> Result<OwnedUserId> {
    Ok(UserId::parse(format!("@{name}-{who}:{}", homeserver.server_name()))?)
}

/// Makes the porter's account, as an application service does.
async fn register(homeserver: &Homeserver, porter: &UserId) -> Result<()> {
    let api = homeserver.api()?.with_token(house::AS_TOKEN);
    let register = json!({ "type": BY_SERVICE, "username": porter.localpart(), "inhibit_login": true });
    api.post("/_matrix/client/v3/register", &register).await?.ok()?;
    Ok(())
}

/// A token for this device of the porter's.
async fn log_in(homeserver: &Homeserver, porter: &UserId, device: &str) -> Result<String> {
    let api = homeserver.api()?.with_token(house::AS_TOKEN);
    let identifier = json!({ "type": "m.id.user", "user": porter });
    let log_in = json!({ "type": BY_SERVICE, "identifier": identifier, "device_id": device });
    let session = api.post("/_matrix/client/v3/login", &log_in).await?.ok()?;
    session["access_token"].as_str().map(str::to_owned).context("the log-in gave no token")
}

/// The homeserver's answer to a person's plain call.
pub async fn call(person: &Person, path: &str, body: &Value) -> Result<lodge_demo::homeserver::Answer> {
    let api = house::homeserver().await.api()?.with_token(person.access_token());
    api.post(&format!("/_matrix/client/v3/{path}"), body).await
}
