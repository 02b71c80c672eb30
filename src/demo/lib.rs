//! `lodge demo`: a homeserver of one's own, the hub, and people with real encrypted clients who play a day.
//!
//! Every test that needs a real Matrix uses the same parts.

pub mod homeserver;
pub mod household;
pub mod person;
mod play;
mod stage;

use std::fs;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use lodge_core::member::{Field, Role};
use lodge_hub::config::{Config, Override};
use matrix_sdk::ruma::{OwnedUserId, UserId};
use secrecy::ExposeSecret;
use serde_json::json;

pub use homeserver::Homeserver;
use homeserver::{Environment, Settings};
use household::{Guest, Resident, RunningHub};
pub use person::Person;
use play::Cast;
use stage::Stage;

/// How the demonstration is given.
#[derive(Debug)]
pub struct Options {
    /// Leave everything running afterwards.
    pub stay: bool,
    /// Play the story.
    pub play: bool,
    /// Where its data is kept.
    pub dir: PathBuf,
    /// The homeserver's port; a free one when `None`.
    pub port: Option<u16>,
    /// Values of the hub's configuration.
    pub overrides: Vec<Override>,
}

/// The part of every Matrix id after the colon.
const SERVER_NAME: &str = "lodge.localhost";

/// Everybody's password. The homeserver answers on this machine only.
const PASSWORD: &str = "open-the-door";

/// How long a request waits in the play, in which a fortnight is too long.
const ANSWER_WITHIN: &str = "20s";

const RESIDENTS: [Resident; 6] = [
    Resident {
        localpart: "sam",
        name: "Sam",
        role: Role::Student,
        details: &[(Field::Course, "History, second year"), (Field::Email, "sam@lodge.localhost")],
    },
    Resident {
        localpart: "noor",
        name: "Noor",
        role: Role::Student,
        details: &[(Field::Course, "Physics, third year")],
    },
    Resident {
        localpart: "alex",
        name: "Alex",
        role: Role::Alumnus,
        details: &[(Field::Headline, "Museum curator"), (Field::Email, "alex@lodge.localhost")],
    },
    Resident { localpart: "robin", name: "Robin", role: Role::Alumnus, details: &[(Field::Headline, "Barrister")] },
    Resident {
        localpart: "erin",
        name: "Erin",
        role: Role::Employer,
        details: &[(Field::Organisation, "City Museum")],
    },
    Resident { localpart: "casey", name: "Casey", role: Role::Staff, details: &[(Field::Headline, "Careers adviser")] },
];

/// Gives the demonstration. Returns without an error only if every step was seen from the people's side.
pub async fn demo(options: Options, stop: impl Future<Output = ()>) -> Result<()> {
    let began = Instant::now();
    let stage = Stage::new();
    let mut stop = std::pin::pin!(stop);
    let (mut house, mut hub) = tokio::select! {
        opened = House::open(&options, &stage) => opened?,
        () = &mut stop => bail!("stopped before the homeserver was up"),
    };
    let result = tokio::select! {
        result = house.day(&options, &stage, began) => result,
        ended = hub.ended() => {
            ended?;
            bail!("the hub stopped in the middle of the play")
        }
        () = &mut stop => Ok(()),
    };
    if options.stay && result.is_ok() {
        house.print(&stage, &options.dir);
        tokio::select! {
            () = stop => {}
            ended = hub.ended() => return ended.context("the hub stopped by itself"),
        }
    }
    hub.stop().await?;
    house.homeserver.stop().await?;
    result
}

/// What is around the hub.
struct House {
    homeserver: Homeserver,
    porter: OwnedUserId,
    people: Vec<Person>,
}

impl House {
    async fn open(options: &Options, stage: &Stage) -> Result<(Self, RunningHub)> {
        let dir = &options.dir;
        fs::create_dir_all(dir).with_context(|| format!("{} cannot be made", dir.display()))?;
        let dir = dir.canonicalize()?;
        let environment = {
            let at = homeserver::environment_or(dir.join("synapse"));
            tokio::task::block_in_place(|| Environment::install(&at, &|line| stage.prepares(line)))?
        };
        begin_afresh(&dir)?;
        let port = options.port.map_or_else(homeserver::free_port, Ok)?;
        let porter = UserId::parse(format!("@porter:{SERVER_NAME}"))?;
        let config = configured(&dir, port, &porter, options)?;
        stage.prepares("Starting the homeserver");
        let settings = Settings {
            server_name: SERVER_NAME.to_owned(),
            port: Some(port),
            registrations: vec![config.matrix.registration.clone()],
            ..Settings::default()
        };
        let homeserver = Homeserver::start(&environment, &dir.join("homeserver"), &settings).await?;
        stage.prepares("Logging six people in");
        let people = household::move_in(&homeserver, &RESIDENTS, PASSWORD).await?;
        stage.prepares("Starting the hub");
        let hub = RunningHub::start(config);
        Ok((Self { homeserver, porter, people }, hub))
    }

    async fn day(&mut self, options: &Options, stage: &Stage, began: Instant) -> Result<()> {
        self.write_accounts(&options.dir)?;
        if !options.play {
            return Ok(());
        }
        stage.prepares(&format!("All is ready after {} s. The play begins.", began.elapsed().as_secs()));
        stage.scene("Everybody is welcomed");
        let mut guests = Vec::new();
        for (person, resident) in self.people.drain(..).zip(&RESIDENTS) {
            guests.push(match resident.role {
                Role::Employer => Guest::come_in(person, &self.porter).await?,
                _ => Guest::arrive(person, &self.porter).await?,
            });
        }
        stage.happens("The porter opens an encrypted conversation with each of them. What Sam reads there:");
        let welcome = guests.first().and_then(|sam| {
            sam.person
                .seen()
                .iter()
                .find(|seen| seen.is_wording("welcome"))
                .and_then(|seen| seen.body().map(str::to_owned))
        });
        stage.says("The porter", "Sam", &welcome.unwrap_or_default());
        let Ok([sam, noor, alex, robin, erin, casey]) = <[Guest; 6]>::try_from(guests) else {
            bail!("the cast is not complete");
        };
        let cast = Cast { sam, noor, alex, robin, erin, casey };
        let result = cast.play(stage, "Twenty seconds").await;
        let Cast { sam, noor, alex, robin, erin, casey } = cast;
        self.people = [sam, noor, alex, robin, erin, casey].map(|guest| guest.person).into();
        result?;
        stage.scene(&format!("Every step was seen from the people's side, in {} s in all", began.elapsed().as_secs()));
        Ok(())
    }

    /// Writes who is who, for programs and people that want to try things themselves.
    fn write_accounts(&self, dir: &Path) -> Result<()> {
        let people: Vec<_> = RESIDENTS
            .iter()
            .zip(&self.people)
            .map(|(resident, person)| {
                json!({
                    "name": resident.localpart,
                    "role": resident.role,
                    "user_id": person.user_id(),
                    "password": PASSWORD,
                    "access_token": person.access_token().expose_secret(),
                })
            })
            .collect();
        let accounts = json!({
            "homeserver": self.homeserver.url(),
            "server_name": SERVER_NAME,
            "hub": { "user_id": self.porter },
            "people": people,
        });
        let path = dir.join("demo.json");
        fs::write(&path, format!("{accounts:#}\n")).with_context(|| format!("{} cannot be written", path.display()))
    }

    fn print(&self, stage: &Stage, dir: &Path) {
        stage.scene("It all stays up until you press Ctrl-C");
        stage.happens(&format!("Homeserver   {}", self.homeserver.url()));
        stage.happens(&format!("The porter   {}", self.porter));
        for (resident, person) in RESIDENTS.iter().zip(&self.people) {
            stage.happens(&format!("{:<12} {}  password {PASSWORD}", resident.name, person.user_id()));
        }
        stage.happens(&format!("The same for programs: {}", dir.join("demo.json").display()));
    }
}

/// Each demonstration is a new day: what an earlier one left is taken away, but for the installation.
fn begin_afresh(dir: &Path) -> Result<()> {
    for part in ["homeserver", "hub"] {
        let part = dir.join(part);
        if part.exists() {
            fs::remove_dir_all(&part).with_context(|| format!("{} cannot be cleared", part.display()))?;
        }
    }
    Ok(())
}

fn configured(dir: &Path, port: u16, porter: &UserId, options: &Options) -> Result<Config> {
    let residents: Vec<(OwnedUserId, Resident)> = RESIDENTS
        .iter()
        .map(|resident| Ok((UserId::parse(format!("@{}:{SERVER_NAME}", resident.localpart))?, *resident)))
        .collect::<Result<_>>()?;
    let url = format!("http://127.0.0.1:{port}");
    let configuration = household::configure(&dir.join("hub"), &url, porter, &residents)?;
    let mut overrides: Vec<Override> = Vec::new();
    if options.play {
        overrides.push(format!("introductions.answer_within={ANSWER_WITHIN}").parse()?);
        overrides.push("introductions.reminders=[\"18s\"]".parse()?);
    }
    overrides.extend(options.overrides.iter().cloned());
    Ok(household::prepare(&configuration, &overrides)?.0)
}
