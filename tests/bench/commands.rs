//! Commands in a second, and the processor time of each, beside the least that a bot can do with the Matrix SDK. The
//! homeserver is one in memory, so that it is the last to be busy.
//!
//! Hub and bot are processes of their own (`lodge run`, and this program as the bot), by turns on the same homeserver.
//! The kernel counts the processor time of each, so that of the homeserver and of its people is no part of it.

use std::env;
use std::fs::File;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use lodge_fake::{Fake, Said};
use tokio::process::{Child, Command};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::figures::{Figures, Turns, progress};
use crate::grounds::PASSWORD;
use crate::members::{House, Talk, processor};
use crate::sdk_bot::Bot;
use crate::settings::count;

/// The conversations of each program.
const ROOMS: usize = 500;

/// The numbers of people who wait for an answer at once.
const WAITING: [usize; 4] = [1, 8, 32, 128];

/// The first argument of this program where it is the bot.
const AS_BOT: &str = "as-bot";

const BOT: &str = "@bot:example.org";
const SOMEBODY: &str = "@somebody:example.org";

pub async fn measure(figures: &mut Figures) -> Result<()> {
    let (commands, turns) = (count("LODGE_BENCH_COMMANDS", 1000)?, count("LODGE_BENCH_TURNS", 5)?);
    progress(&format!("commands: {turns} turns of {commands}, of the hub and of an SDK bot, {ROOMS} rooms of each"));
    let house = House::open(ROOMS, Talk::Clear).await?;
    let [mut hub, mut bot] = [hub(&house).await?, bot(&house).await?];
    for program in [&mut hub, &mut bot] {
        // For everything that is made when it is first needed.
        program.answers(&house.fake, ROOMS, 8).await?;
    }
    for waiting in WAITING {
        let (mut by_hub, mut by_bot) = (Turns::default(), Turns::default());
        for turn in 0..turns {
            // Neither is always the one that comes after the other.
            let mut both = [(&mut hub, &mut by_hub), (&mut bot, &mut by_bot)];
            both.rotate_left(turn % 2);
            for (program, times) in both {
                let before = processor(&program.process)?;
                let took = program.answers(&house.fake, commands, waiting).await?;
                times.add(commands, took, processor(&program.process)?.saturating_sub(before));
            }
        }
        figures.turns(&format!("commands, {waiting} waiting"), &by_hub, &by_bot, "SDK bot", 1.0);
    }
    Ok(())
}

/// A program that answers, in a process of its own.
struct Program {
    process: String,
    rooms: Vec<(String, String)>,
    /// The number of commands so far.
    asked: usize,
    said: UnboundedReceiver<Said>,
    _child: Child,
}

impl Program {
    fn start(command: &mut Command, user: &str, rooms: Vec<(String, String)>, house: &House) -> Result<Self> {
        let log = File::create(house.directory.path().join(format!("{user}.log")))?;
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log).kill_on_drop(true).spawn()?;
        let process = child.id().context("a program ended at once")?.to_string();
        Ok(Self { process, rooms, asked: 0, said: house.fake.listen_to(user), _child: child })
    }

    /// Has this many commands answered, while so many people wait; the time it takes.
    async fn answers(&mut self, homeserver: &Fake, commands: usize, waiting: usize) -> Result<Duration> {
        let began = Instant::now();
        for _ in 0..waiting.min(commands) {
            self.asks(homeserver);
        }
        for answered in 0..commands {
            self.said.recv().await.context("the homeserver is gone")?;
            if answered + waiting < commands {
                self.asks(homeserver);
            }
        }
        Ok(began.elapsed())
    }

    fn asks(&mut self, homeserver: &Fake) {
        let (who, room) = &self.rooms[self.asked % self.rooms.len()];
        self.asked += 1;
        homeserver.says(who, room, "help");
    }
}

async fn hub(house: &House) -> Result<Program> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lodge"));
    command.args(["run", "--config"]).arg(&house.configuration);
    command.args(house.set.iter().flat_map(|set| ["--set", set]));
    let mut hub = Program::start(&mut command, &house.porter, Vec::new(), house)?;
    house.fake.until("everybody to be welcomed", |_| house.made("PUT rooms send") >= ROOMS).await?;
    for number in 0..ROOMS {
        let member = format!("@member{number}:{}", lodge_fake::SERVER);
        let room = house.fake.rooms_of(&member).into_iter().next().context("a member is nowhere")?;
        hub.rooms.push((member, room));
    }
    while hub.said.try_recv().is_ok() {}
    Ok(hub)
}

async fn bot(house: &House) -> Result<Program> {
    house.fake.furnish(ROOMS, SOMEBODY, BOT, false);
    let rooms = house.fake.rooms_of(BOT).into_iter().map(|room| (SOMEBODY.to_owned(), room)).collect();
    let mut command = Command::new(env::current_exe()?);
    command.args([AS_BOT, &house.fake.url(), BOT]).arg(house.directory.path().join("bot"));
    let bot = Program::start(&mut command, BOT, rooms, house)?;
    house.fake.until("the bot to listen", |fake| fake.count(BOT, "GET sync") > 1).await?;
    Ok(bot)
}

/// Runs as the bot, where this program was started as that; `None` where it was not.
pub fn as_bot() -> Option<Result<()>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [first, url, user, directory] = &arguments[..] else { return None };
    let run = || {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async { Bot::start(url, user, PASSWORD, directory.as_ref()).await?.ended().await })
    };
    (first == AS_BOT).then(run)
}
