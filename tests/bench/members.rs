//! The costs of an introduction, a stranger's invitation and a restart, by the number of members: bytes written, calls
//! and time. The homeserver is one in memory, with room for more members than Synapse could be given here.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use lodge_demo::Person;
use lodge_demo::household::{self, Guest};
use lodge_demo::running::Running;
use lodge_fake::{Fake, SERVER};
use lodge_hub::config::Config;
use lodge_hub::roster::{self, Import, Reading};
use matrix_sdk::ruma::UserId;
use tempfile::TempDir;

use crate::figures::{Figures, progress};
use crate::grounds::{AGAIN_AND_AGAIN, PASSWORD};
use crate::settings::{count, directory};

/// The number of members, where nothing else is asked for.
const SIZES: [usize; 3] = [500, 2000, 10_000];

/// Two members who are introduced to each other as often as it is measured.
const SAM: &str = "@member0:example.org";
const ALEX: &str = "@member1:example.org";

pub async fn measure(figures: &mut Figures) -> Result<()> {
    let most = count("LODGE_BENCH_SIZE", SIZES[2])?;
    for size in SIZES.into_iter().filter(|size| *size < most).chain([most]) {
        with(figures, size, Talk::Clear).await?;
    }
    for size in SIZES.into_iter().filter(|size| *size <= SEALED_MAX.min(most)) {
        with(figures, size, Talk::Sealed).await?;
    }
    Ok(())
}

/// The most members whose conversations are encrypted: it takes a session for each.
const SEALED_MAX: usize = SIZES[1];

/// Whether conversations are encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Talk {
    Clear,
    /// Those of two have devices, and all others none.
    Sealed,
}

async fn with(figures: &mut Figures, size: usize, talk: Talk) -> Result<()> {
    let times = count("LODGE_BENCH_COSTS", 20)?;
    let kind = match talk {
        Talk::Clear => "",
        Talk::Sealed => ", encrypted",
    };
    progress(&format!("members: a hub with {size} of them{kind}"));
    let house = House::open(size, talk).await?;
    let began = Instant::now();
    let hub = house.start();
    // Those with devices come in when they are asked to arrive.
    let others = size - house.people.len();
    house.fake.until("everybody to be welcomed", |_| house.made("PUT rooms send") >= others).await?;
    let pair = Pair::arrive(&house, talk).await?;
    progress(&format!("members: welcomed after {:.1} s", began.elapsed().as_secs_f64()));
    pair.introduced(&house).await?;

    let before = Spent::by(&house)?;
    for _ in 0..times {
        pair.introduced(&house).await?;
    }
    figures.spent(&format!("introduction, {size} members{kind}"), &Spent::by(&house)?.since(&before, times));

    let before = Spent::by(&house)?;
    for number in 0..times {
        let forgotten = house.made(FORGET);
        house.fake.invites(&format!("@stranger{number}:{SERVER}"), &house.porter);
        house.let_go(forgotten + 1).await?;
    }
    figures.spent(&format!("stranger's invitation, {size} members{kind}"), &Spent::by(&house)?.since(&before, times));

    hub.stop().await?;
    pair.sam.says(&house, "help").await?;
    let (opened, listened, before) = (house.made(OPEN), house.made(LISTEN), Spent::by(&house)?);
    let began = Instant::now();
    let hub = house.start();
    house.fake.until("the session", |_| house.made(OPEN) > opened).await?;
    let opened = began.elapsed();
    house.fake.until("somebody who listens", |_| house.made(LISTEN) > listened).await?;
    let listens = began.elapsed();
    pair.sam.hears(&house, "help").await?;
    let [opened, listens, took] = [opened, listens, began.elapsed()].map(|time| time.as_secs_f64());
    let when = format!("open after {opened:.2} s, listening after {listens:.2} s, answering after {took:.2} s");
    figures.spent(&format!("restart, {size} members{kind}: {when}"), &Spent::by(&house)?.since(&before, 1));
    hub.stop().await
}

/// The calls with which the porter lets go of a room, opens its session, and listens.
const FORGET: &str = "POST rooms forget";
const OPEN: &str = "GET account";
const LISTEN: &str = "GET sync";

/// Two members who are introduced to each other.
struct Pair {
    sam: Member,
    alex: Member,
}

/// Somebody in their conversation with the porter.
enum Member {
    Clear {
        user: String,
        room: String,
        /// The number of times that each wording was heard.
        heard: Mutex<BTreeMap<String, usize>>,
    },
    Sealed(Guest),
}

impl Pair {
    async fn arrive(house: &House, talk: Talk) -> Result<Self> {
        let (sam, alex) = match talk {
            Talk::Clear => (Member::in_the_clear(house, SAM).await?, Member::in_the_clear(house, ALEX).await?),
            Talk::Sealed => {
                let porter = UserId::parse(&house.porter)?;
                let [sam, alex] = &house.people[..] else { bail!("there are two with devices") };
                let arrive =
                    async |person: &Arc<Person>| Guest::arrive(person.clone(), &porter).await.map(Member::Sealed);
                (arrive(sam).await?, arrive(alex).await?)
            }
        };
        Ok(Self { sam, alex })
    }

    async fn introduced(&self, house: &House) -> Result<()> {
        let Self { sam, alex } = self;
        let forgotten = house.made(FORGET);
        let words = format!("introduce {ALEX} for career advice: May I ask how you began?");
        for (words, answer) in [(words.as_str(), "ask-known-how"), ("no", "preview"), ("send", "sent")] {
            sam.asks(house, words, answer).await?;
        }
        alex.hears(house, "asked").await?;
        alex.asks(house, "yes", "agreed-addressee").await?;
        sam.hears(house, "agreed-requester").await?;
        for member in [alex, sam] {
            member.comes_in(house).await?;
        }
        house.let_go(forgotten + 1).await
    }
}

impl Member {
    async fn in_the_clear(house: &House, user: &str) -> Result<Self> {
        let room = house.fake.rooms_of(user).into_iter().next().with_context(|| format!("{user} is nowhere"))?;
        let member = Self::Clear { user: user.to_owned(), room, heard: Mutex::default() };
        member.asks(house, "agree", "agreed").await?;
        Ok(member)
    }

    async fn says(&self, house: &House, words: &str) -> Result<()> {
        match self {
            Self::Clear { user, room, .. } => house.fake.says(user, room, words),
            Self::Sealed(guest) => guest.says(words).await?,
        }
        Ok(())
    }

    /// Hears the words with this id, once more.
    async fn hears(&self, house: &House, wording: &str) -> Result<()> {
        match self {
            Self::Clear { room, heard, .. } => {
                let before = {
                    let mut heard = heard.lock().unwrap_or_else(PoisonError::into_inner);
                    let count = heard.entry(wording.to_owned()).or_default();
                    *count += 1;
                    *count - 1
                };
                house.fake.until(wording, |fake| fake.said(&house.porter, Some(room), wording) > before).await
            }
            Self::Sealed(guest) => guest.hears(wording).await.map(drop),
        }
    }

    async fn asks(&self, house: &House, words: &str, wording: &str) -> Result<()> {
        self.says(house, words).await?;
        self.hears(house, wording).await
    }

    /// Accepts the invitation to an introduction's room; people without a client come in by themselves.
    async fn comes_in(&self, house: &House) -> Result<()> {
        let Self::Sealed(guest) = self else { return Ok(()) };
        let room = guest.person.invited_by(&UserId::parse(&house.porter)?).await?.room;
        guest.person.join(&room).await
    }
}

/// A hub, and its homeserver.
pub struct House {
    pub fake: Fake,
    config: Config,
    /// The path of the configuration, and the settings that are others.
    pub configuration: PathBuf,
    pub set: Vec<String>,
    pub porter: String,
    /// Those of the members who have devices.
    people: Vec<Arc<Person>>,
    pub directory: TempDir,
}

impl House {
    pub async fn open(members: usize, talk: Talk) -> Result<Self> {
        let (fake, directory) = (Fake::start().await?, directory()?);
        let porter = UserId::parse(format!("@porter:{SERVER}"))?;
        let configuration = household::configure(directory.path(), &fake.url(), &porter)?;
        let roster = (0..members).map(|number| format!("Member {number},@member{number}:{SERVER},student\n"));
        let file = configuration.with_file_name("people.csv");
        fs::write(&file, format!("name,matrix_id,role\n{}", roster.collect::<String>()))?;
        let mut people = Vec::new();
        if talk == Talk::Sealed {
            for name in ["member0", "member1"] {
                people.push(Arc::new(Person::log_in(&fake.url(), name, PASSWORD).await?));
            }
        }
        let own = format!("matrix.encrypt_conversations={}", talk == Talk::Sealed);
        let set: Vec<String> = AGAIN_AND_AGAIN.into_iter().map(str::to_owned).chain([own]).collect();
        let overrides = set.iter().map(|set| set.parse()).collect::<Result<Vec<_>, _>>()?;
        let config = household::prepare(&configuration, &overrides)?;
        let import = Import { file, reading: Reading::default(), whole: true, apply: true, ends: None, letters: None };
        Box::pin(roster::import(&config, &import)).await?;
        Ok(Self { fake, config, configuration, set, porter: porter.to_string(), people, directory })
    }

    fn start(&self) -> Running {
        Running::hub(self.config.clone())
    }

    /// The number of calls of this kind that the porter has made.
    pub fn made(&self, kind: &str) -> usize {
        self.fake.count(&self.porter, kind)
    }

    /// Waits until the porter has let go of this many rooms.
    async fn let_go(&self, rooms: usize) -> Result<()> {
        self.fake.until("the porter to let go of a room", |_| self.made(FORGET) >= rooms).await?;
        // Rows that are written after the call belong to it too.
        tokio::time::sleep(Duration::from_millis(200)).await;
        Ok(())
    }
}

/// The costs so far, or for one of several things.
pub struct Spent {
    pub written: usize,
    pub calls: usize,
    pub kept: usize,
    /// The homeserver's own is part of it.
    pub processor: Duration,
}

impl Spent {
    fn by(house: &House) -> Result<Self> {
        let calls = house.fake.calls(&house.porter);
        let calls = calls.iter().filter(|(kind, _)| *kind != "GET sync").map(|(_, count)| count).sum();
        Ok(Self { written: written()?, calls, kept: size(house.directory.path())?, processor: processor("self")? })
    }

    /// The difference since then, for each of this many things.
    fn since(&self, before: &Self, times: usize) -> Self {
        Self {
            written: (self.written - before.written) / times,
            calls: (self.calls - before.calls) / times,
            kept: self.kept,
            processor: self.processor.saturating_sub(before.processor) / u32::try_from(times).unwrap_or(u32::MAX),
        }
    }
}

/// The bytes that this process has written, to disks and to connections. The kernel then sends another number to the
/// disk, which depends on how it keeps pages.
fn written() -> Result<usize> {
    let counts = fs::read_to_string("/proc/self/io").context("this machine does not count what is written")?;
    let line = counts.lines().find_map(|line| line.strip_prefix("wchar: "));
    Ok(line.context("bytes written are not counted")?.parse()?)
}

/// The processor time that a process has had (`self` is this one), in ticks of ten milliseconds.
pub fn processor(process: &str) -> Result<Duration> {
    let stat =
        fs::read_to_string(format!("/proc/{process}/stat")).context("this machine does not count processor time")?;
    // The first fields are a number and a name, which may hold spaces.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks = fields.skip(11).take(2).map(str::parse::<u64>).sum::<Result<u64, _>>()?;
    Ok(Duration::from_millis(ticks * 10))
}

/// The bytes in a directory.
fn size(directory: &std::path::Path) -> Result<usize> {
    let mut sum = 0;
    for entry in fs::read_dir(directory)? {
        let (path, meta) = {
            let entry = entry?;
            (entry.path(), entry.metadata()?)
        };
        sum += if meta.is_dir() { size(&path)? } else { usize::try_from(meta.len())? };
    }
    Ok(sum)
}
