//! The engine: from a message to what must be committed, in memory and on disk.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use lodge_channel::homeserver::{EventRef, Membership};
use lodge_channel::news::{Cipher, Delivery, Heard, News, RoomNews, Text};
use lodge_channel::perform::{Task, Tried, What};
use lodge_channel::room::Encryption;
use lodge_channel::store::{Memory, Store, Table};
use lodge_channel::{Channel, Options};
use lodge_core::id::IdSecret;
use lodge_core::input::Proof;
use lodge_core::name::Address;
use lodge_core::people::roster::Roster;
use lodge_core::time::Span;
use lodge_matrix::homeserver::RoomRef;
use lodge_plumbing::store::{self, MasterKey, RestoreFrom, SledStore};

use crate::figures::{Figures, progress};
use crate::grounds::{START, core_settings, members};
use crate::settings::{count, directory};

/// The durable store's engine knows this many members: the size of a commit does not depend on it.
const FEW: usize = 200;

/// One message each time, and what follows from it handed out, without a store.
pub fn in_memory(figures: &mut Figures) -> Result<()> {
    let (size, messages) = (count("LODGE_BENCH_MEMBERS", 100_000)?, count("LODGE_BENCH_MESSAGES", 50_000)?);
    progress(&format!("engine: {messages} messages among {size} members"));
    let mut desk = Desk::open(&Memory::default(), size)?;
    // The rows of all who came in are no part of the first message's.
    desk.engine.take_batch()?;
    let mut time = Duration::ZERO;
    for _ in 0..messages {
        let delivery = desk.message();
        let began = Instant::now();
        desk.engine.deliver(delivery, START)?;
        let batch = desk.engine.take_batch()?;
        desk.engine.committed();
        let tasks = desk.engine.ready(START);
        time += began.elapsed();
        ensure!(tasks.len() == 1 && !batch.is_empty(), "a message was not answered: {tasks:?}");
        desk.perform(tasks)?;
        desk.engine.take_batch()?;
    }
    figures.rate(&format!("engine, {size} members"), "messages", messages, time);
    Ok(())
}

/// Messages that are committed one by one, and sixteen at a time, to a store without a mirror and to one with a mirror.
pub fn committed(figures: &mut Figures) -> Result<()> {
    for (waiting, has_mirror) in [(1, false), (1, true), (16, false), (16, true)] {
        let inputs = count("LODGE_BENCH_COMMITS", 5000)?;
        let with = if has_mirror { "with a mirror" } else { "without a mirror" };
        progress(&format!("store: {inputs} messages, {waiting} to a commit, {with}"));
        let directory = directory()?;
        let key = MasterKey::from_bytes([1; 32]);
        let mirror = has_mirror.then(|| directory.path().join("mirror"));
        let options = store::Options { mirror, ..store::Options::default() };
        let mut store = SledStore::open(&directory.path().join("store"), &key, options)?;
        let mut desk = Desk::open(&store, FEW)?;
        store.commit(&desk.engine.take_batch()?)?;
        let mut time = Duration::ZERO;
        for _ in 0..inputs.div_ceil(waiting) {
            let deliveries: Vec<Delivery> = (0..waiting).map(|_| desk.message()).collect();
            let began = Instant::now();
            for delivery in deliveries {
                desk.engine.deliver(delivery, START)?;
            }
            store.commit(&desk.engine.take_batch()?)?;
            desk.engine.committed();
            time += began.elapsed();
            let tasks = desk.engine.ready(START);
            desk.perform(tasks)?;
        }
        let inputs = inputs.div_ceil(waiting) * waiting;
        figures.rate(&format!("durable commits, {waiting} waiting, {with}"), "messages", inputs, time);
    }
    Ok(())
}

/// Measures a lost disk: an export of this many members, and so many commits that were logged since.
pub fn restored(figures: &mut Figures) -> Result<()> {
    let (size, commits) = (count("LODGE_BENCH_MEMBERS", 100_000)?, count("LODGE_BENCH_LOGGED", 100_000)?);
    progress(&format!("restore: {size} members"));
    let (quick, directory) = (quick_directory()?, directory()?);
    let key = MasterKey::from_bytes([1; 32]);
    let options = |of: &Path| store::Options { mirror: Some(of.join("mirror")), ..store::Options::default() };
    let mut store = SledStore::open(&quick.path().join("store"), &key, options(quick.path()))?;
    let mut desk = Desk::open(&store, size)?;
    store.commit(&desk.engine.take_batch()?)?;
    let export = directory.path().join("export");
    store.export(&export, &key, START)?;
    progress(&format!("restore: {commits} commits"));
    for _ in 0..commits {
        let delivery = desk.message();
        desk.engine.deliver(delivery, START)?;
        store.commit(&desk.engine.take_batch()?)?;
        desk.engine.committed();
        let tasks = desk.engine.ready(START);
        desk.perform(tasks)?;
    }
    let lost = Memory::copy_of(&store)?;
    drop(store);
    copy(&quick.path().join("mirror"), &directory.path().join("mirror"))?;
    progress("restore: the disk is lost");
    let from = RestoreFrom { export, keys: directory.path().join("mirror"), erasures: None, without_log: false };
    let began = Instant::now();
    store::restore(&directory.path().join("store"), &key, &options(directory.path()), &from, &mut |_| {})?;
    figures.took(&format!("a lost disk, {size} members and {commits} commits"), began.elapsed());
    let began = Instant::now();
    let restored = SledStore::open(&directory.path().join("store"), &key, options(directory.path()))?;
    figures.took("its first opening", began.elapsed());
    for table in Table::ALL {
        ensure!(restored.load(table)? == lost.load(table)?, "{table:?} is not what was lost");
    }
    Ok(())
}

/// A directory in memory, where there is one: only the bytes that are written there matter, and not how fast.
fn quick_directory() -> Result<tempfile::TempDir> {
    let shared = Path::new("/dev/shm");
    if shared.is_dir() { Ok(tempfile::tempdir_in(shared)?) } else { directory() }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to.join(entry.file_name()))?;
        } else {
            fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

/// An engine all of whose members are in their conversations and welcomed.
struct Desk {
    engine: Channel,
    rooms: Vec<(RoomRef, Address)>,
    number: usize,
}

impl Desk {
    fn open(store: &impl Store, count: usize) -> Result<Self> {
        let options = Options {
            settings: core_settings()?,
            encryption: Encryption::EndToEnd,
            servers: std::collections::BTreeSet::new(),
            unreadable_after: Span::from_millis(120_000),
            messages_a_minute: usize::MAX,
            audit_kept_for: Span::from_days(1095),
        };
        let engine = Channel::open(store, options, IdSecret::from_bytes([1; 32]), START)?;
        let mut desk = Self { engine, rooms: Vec::new(), number: 0 };
        desk.engine.roster(Roster::whole(members(count)?), START)?;
        desk.engine.committed();
        // Rooms are created, and members invited.
        for _ in 0..2 {
            let tasks = desk.engine.ready(START);
            desk.perform(tasks)?;
        }
        ensure!(desk.rooms.len() == count, "{} of {count} members were invited", desk.rooms.len());
        let came = |(number, (room, who)): (usize, &(RoomRef, Address))| {
            let event = EventRef(format!("$join{number}"));
            let heard = Heard::Moved(who.into(), Membership::Joined);
            RoomNews { room: room.clone(), gap: None, news: vec![News { event, at: START, heard }] }
        };
        let rooms = desk.rooms.iter().enumerate().map(came).collect();
        desk.engine.deliver(Delivery { token: "joined".to_owned(), rooms, invitations: vec![] }, START)?;
        let welcomes = desk.engine.ready(START);
        desk.perform(welcomes)?;
        ensure!(desk.engine.outbox().is_empty(), "{} things are left to do", desk.engine.outbox().len());
        Ok(desk)
    }

    /// A sync response in which the next member asks for help.
    fn message(&mut self) -> Delivery {
        self.number += 1;
        let (room, sender) = self.rooms[self.number % self.rooms.len()].clone();
        // As from clients that begin a session after a hundred messages.
        let before = u32::try_from(self.number / self.rooms.len()).unwrap_or(u32::MAX);
        let cipher = Cipher { session: format!("{sender}{}", before / 100), index: before % 100 };
        let text = Text {
            sender,
            body: "help".to_owned(),
            reply_to: None,
            thread: None,
            mentions: vec![],
            everybody: false,
            proof: Proof::Proven,
            cipher: Some(cipher),
            device: None,
        };
        let event = EventRef(format!("$said{}", self.number));
        let news = News { event, at: START, heard: Heard::Text(text) };
        let token = format!("said{}", self.number);
        Delivery { token, rooms: vec![RoomNews { room, gap: None, news: vec![news] }], invitations: vec![] }
    }

    /// Does these tasks, as a homeserver that never fails.
    fn perform(&mut self, tasks: Vec<Task>) -> Result<()> {
        for task in tasks {
            let tried = match &task.what {
                What::Create(_) => Tried::RoomMade(RoomRef(format!("!{}", task.id))),
                What::Invite(room, who, _) => {
                    self.rooms.push((room.clone(), who.clone()));
                    Tried::Done
                }
                What::Say { .. } => Tried::Said(EventRef(format!("${}", task.id))),
                What::Remove(..)
                | What::OpenSpeech(_)
                | What::TakeBack(_)
                | What::Leave(_)
                | What::Greet(..)
                | What::Make(_)
                | What::Tend(..)
                | What::Oust(..)
                | What::Look(..)
                | What::Post(..) => Tried::Done,
            };
            self.engine.report(&task, Ok(tried), START)?;
        }
        Ok(())
    }
}
