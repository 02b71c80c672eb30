//! `lodge demo`: a homeserver of one's own, the hub, and people with real encrypted clients who play a day.
//!
//! Every test that needs a real Matrix uses the same parts.

pub mod homeserver;
pub mod person;
pub mod household;
pub mod quiet;
pub mod running;
mod stage;
mod hour;
mod arriving;
mod play;

use std::fs;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use lodge_core::people::member::{Field, Role};
use lodge_hub::config::{Config, Override};
use lodge_hub::run::clock;
use lodge_plumbing::store::durable::if_there;
use matrix_sdk::ruma::{OwnedUserId, UserId};
use secrecy::ExposeSecret;
use serde_json::json;

use arriving::Letter;
pub use homeserver::Homeserver;
use homeserver::{Environment, Settings};
use hour::Hour;
use household::{Guest, Listed, Resident};
pub use person::Person;
use play::Cast;
use quiet::{COUNSELLORS, Configured};
use running::Running;
use stage::Stage;

/// The choices about the demonstration.
#[derive(Debug)]
pub struct Options {
    /// Leave everything running afterwards.
    pub stay: bool,
    /// Whether the story is played.
    pub play: bool,
    /// The directory for its data.
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

/// A person who has no account yet when the play begins, and the day on which their studies end.
const NEWCOMER: (&str, &str) = ("noor", "2027-06-30");

/// A request waits this long in the play, in which a fortnight is too long.
const ANSWER_WITHIN: &str = "20s";

/// The rooms for many, as a configuration declares them.
const ROOMS: &str = r#"rooms=[
    { key = "news", name = "News from the Careers Service", topic = "What is on, and what changes.", purpose = "announcements",
      joins = ["student", "alumnus", "employer", "staff"], posts = ["staff"], encrypted = false, history = "shared" },
    { key = "museums", name = "Museums and archives", topic = "Working there, and how to begin.", purpose = "interest",
      joins = ["student", "alumnus", "employer", "staff"], posts = ["student", "alumnus", "employer", "staff"],
      encrypted = false, history = "shared" },
    { key = "students", name = "Among students", topic = "Questions that are easier to ask each other.",
      purpose = "interest", joins = ["student"], posts = ["student"], encrypted = true, history = "from-joining" },
    { key = "staff", name = "Staff", topic = "Among ourselves.", purpose = "staff", joins = ["staff"], posts = ["staff"],
      encrypted = true, history = "from-joining" },
]"#;

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
        details: &[(Field::Course, "Physics, third year"), (Field::Email, "noor@lodge.localhost")],
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
    let stage = Stage::new(options.dir.join("files"));
    let mut stop = std::pin::pin!(stop);
    let (mut house, mut config) = tokio::select! {
        opened = House::open(&options, &stage) => opened?,
        () = &mut stop => bail!("stopped before the homeserver was up"),
    };
    let hour = if options.play { Some(Hour::set(&mut config, clock(), &stage)?) } else { None };
    if options.play {
        stage.prepares(&format!("All is ready after {} s. The play begins.", began.elapsed().as_secs()));
    }
    house.take_in_roster(&options, &stage, &config).await?;
    let mut counsel = Running::counsel(house.quiet.loaded(&house.homeserver.url(), &[])?);
    let mut hub = Running::hub(config);
    let result = tokio::select! {
        result = house.day(&options, &stage, began, hour) => result,
        ended = hub.ended() => return ended.and_then(|()| bail!("the hub stopped in the middle of the play")),
        ended = counsel.ended() => return ended.and_then(|()| bail!("the quiet room stopped in the middle of the play")),
        () = &mut stop => Ok(()),
    };
    if options.stay && result.is_ok() {
        house.print(&stage, &options.dir);
        tokio::select! {
            () = stop => {}
            ended = hub.ended() => return ended.context("the hub stopped by itself"),
            ended = counsel.ended() => return ended.context("the quiet room stopped by itself"),
        }
    }
    hub.stop().await?;
    counsel.stop().await?;
    house.homeserver.stop().await?;
    result
}

/// The surroundings of the hub.
struct House {
    homeserver: Homeserver,
    porter: OwnedUserId,
    /// The counselling service.
    quiet: Configured,
    people: Vec<Arc<Person>>,
    counsellors: Vec<Arc<Person>>,
    /// The letters that went out to people who have no account yet.
    letters: Vec<Letter>,
}

impl House {
    async fn open(options: &Options, stage: &Stage) -> Result<(Self, Config)> {
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
        let quiet = Configured::write(&dir.join("quiet"), SERVER_NAME)?;
        let config = configured(&dir, port, &porter, &quiet, options)?;
        stage.prepares("Starting the homeserver");
        let settings = Settings {
            server_name: SERVER_NAME.to_owned(),
            port: Some(port),
            registrations: vec![config.matrix.registration.clone(), quiet.registration.clone()],
            ..Settings::default()
        };
        let homeserver = Homeserver::start(&environment, &dir.join("homeserver"), &settings).await?;
        let residents = RESIDENTS.into_iter().filter(|resident| !options.play || resident.localpart != NEWCOMER.0);
        let residents: Vec<Resident> = residents.collect();
        stage.prepares(&format!("Logging {} people in", residents.len() + COUNSELLORS.len()));
        let people = household::move_in(&homeserver, residents.iter().map(|one| one.localpart), PASSWORD).await?;
        let counsellors = COUNSELLORS.iter().map(|(localpart, _)| *localpart);
        let counsellors = household::move_in(&homeserver, counsellors, PASSWORD).await?;
        Ok((Self { homeserver, porter, quiet, people, counsellors, letters: Vec::new() }, config))
    }

    /// The careers service takes in its roster. In the play, one of the people has no account yet.
    async fn take_in_roster(&mut self, options: &Options, stage: &Stage, config: &Config) -> Result<()> {
        let listed = |resident: Resident| {
            let user_id = UserId::parse(format!("@{}:{SERVER_NAME}", resident.localpart))?;
            let new = options.play && resident.localpart == NEWCOMER.0;
            Ok(Listed { user_id: (!new).then_some(user_id), until: new.then(|| NEWCOMER.1.to_owned()), resident })
        };
        let listed = RESIDENTS.into_iter().map(listed).collect::<Result<Vec<_>>>()?;
        let taken = arriving::import(&self.homeserver, config, &options.dir.join("hub"), &listed).await?;
        if options.play {
            stage.scene("The careers service takes in its roster");
            stage.happens(&taken.said.join("\n"));
        }
        self.letters = taken.letters;
        Ok(())
    }

    /// The play, if there is one: it has an hour then.
    async fn day(&mut self, options: &Options, stage: &Stage, began: Instant, hour: Option<Hour>) -> Result<()> {
        let Some(hour) = hour else { return self.write_accounts(&options.dir) };
        stage.scene("Noor joins with the letter she was sent");
        let letter = self.letters.first().context("nobody was sent a letter")?;
        let noor = arriving::from_letter(stage, &self.homeserver, letter, NEWCOMER.0, PASSWORD).await?;
        stage.happens("The others have accounts, and find the same welcome there.");
        let Ok([sam, alex, robin, erin, casey]) = <[_; 5]>::try_from(std::mem::take(&mut self.people)) else {
            bail!("the cast is not complete");
        };
        let [sam, alex, robin] = [
            Guest::arrive(sam, &self.porter).await?,
            Guest::arrive(alex, &self.porter).await?,
            Guest::arrive(robin, &self.porter).await?,
        ];
        let [erin, casey] = [Guest::come_in(erin, &self.porter).await?, Guest::come_in(casey, &self.porter).await?];
        let mut counsellors = Vec::new();
        for person in &self.counsellors {
            let guest = Guest::come_in(person.clone(), &self.quiet.account).await?;
            guest.hears("counsellor-welcome").await?;
            counsellors.push(guest);
        }
        let Ok(counsellors) = <[_; 2]>::try_from(counsellors) else { bail!("the cast is not complete") };
        let cast = Cast { sam, noor, alex, robin, erin, casey, counsellors };
        let result = cast.play(stage, "Twenty seconds", &hour).await;
        let Cast { sam, noor, alex, robin, erin, casey, .. } = cast;
        self.people = [sam, noor, alex, robin, erin, casey].map(|guest| guest.person).into();
        result?;
        self.write_accounts(&options.dir)?;
        stage.scene(&format!("Every step was seen from the people's side, in {} s in all", began.elapsed().as_secs()));
        Ok(())
    }

    /// Writes who is who, for programs and people that want to try things themselves.
    fn write_accounts(&self, dir: &Path) -> Result<()> {
        let account = |name: &str, person: &Person| {
            json!({
                "name": name,
                "user_id": person.user_id(),
                "password": PASSWORD,
                "access_token": person.access_token().expose_secret(),
            })
        };
        let mut people = Vec::new();
        for (resident, person) in RESIDENTS.iter().zip(&self.people) {
            let mut one = account(resident.localpart, person);
            one["role"] = json!(resident.role);
            people.push(one);
        }
        let counsellors = COUNSELLORS.iter().zip(&self.counsellors);
        let counsellors: Vec<_> = counsellors.map(|((localpart, _), person)| account(localpart, person)).collect();
        let accounts = json!({
            "homeserver": self.homeserver.url(),
            "server_name": SERVER_NAME,
            "hub": { "user_id": self.porter },
            "people": people,
            "quiet_room": { "user_id": self.quiet.account, "counsellors": counsellors },
        });
        let path = dir.join("demo.json");
        fs::write(&path, format!("{accounts:#}\n")).with_context(|| format!("{} cannot be written", path.display()))
    }

    fn print(&self, stage: &Stage, dir: &Path) {
        stage.scene("It all stays up until you press Ctrl-C");
        stage.happens(&format!("Homeserver   {}", self.homeserver.url()));
        stage.happens(&format!("The porter   {}", self.porter));
        stage.happens(&format!("Quiet room   {}", self.quiet.account));
        let residents = RESIDENTS.iter().map(|resident| resident.name).zip(&self.people);
        let counsellors = COUNSELLORS.iter().map(|(_, name)| *name).zip(&self.counsellors);
        for (name, person) in residents.chain(counsellors) {
            stage.happens(&format!("{name:<12} {}  password {PASSWORD}", person.user_id()));
        }
        stage.happens(&format!("The same for programs: {}", dir.join("demo.json").display()));
    }
}

/// Each demonstration is a new day: what an earlier one left is taken away, but for the installation.
fn begin_afresh(dir: &Path) -> Result<()> {
    for part in ["homeserver", "hub", "quiet"] {
        let part = dir.join(part);
        if_there(fs::remove_dir_all(&part)).with_context(|| format!("{} cannot be cleared", part.display()))?;
    }
    Ok(())
}

fn configured(dir: &Path, port: u16, porter: &UserId, quiet: &Configured, options: &Options) -> Result<Config> {
    let url = format!("http://127.0.0.1:{port}");
    let configuration = household::configure(&dir.join("hub"), &url, porter)?;
    let mut overrides: Vec<Override> = vec![
        format!("joining.register_at={url}").parse()?,
        format!("joining.quiet_room={}", quiet.account).parse()?,
        format!("service.accounts={}", quiet.accounts.display()).parse()?,
        ROOMS.parse()?,
    ];
    if options.play {
        overrides.push(format!("introductions.answer_within={ANSWER_WITHIN}").parse()?);
        overrides.push("introductions.bring_after=250ms".parse()?);
        overrides.push("introductions.reminders=[\"18s\"]".parse()?);
    }
    overrides.extend(options.overrides.iter().cloned());
    household::prepare(&configuration, &overrides)
}
