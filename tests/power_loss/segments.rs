//! Power that goes while sled goes from one segment to the next, writes in place of old ones and cleans them up: its most
//! delicate part, which is met only with many steps and small segments.
//!
//! One writer takes all the steps. After a random sync it stands still, and the disk is looked at as if the power had gone
//! right then: the store on its own disk, and the one that the mirror and the newest export give back. Then it goes on.
//!
//! `LODGE_POWER_STEPS=10000` takes that many steps instead of the usual number, `LODGE_POWER_LOOKS=20` looks ten times
//! as often.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::io::{self, BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use lodge_ground::id::MemberId;
use lodge_ground::store::{Batch, Row, Store, StoreError, Table, Write};
use lodge_ground::time::Timestamp;
use lodge_plumbing::store::{MasterKey, Options, RestoreFrom, SledStore, restore};

use crate::disk::{self, Dice, Disk, Luck};
use crate::writer::{State, state_of};

/// The size of a segment, in bytes.
const SEGMENT: usize = 64 * 1024;

/// As many as the rows must have gone through at least.
const SEGMENTS_MIN: u64 = 6;

/// This many steps are taken where nothing else is said.
const STEPS: u64 = 500;

/// An export is made before every so many steps, and the store closed and opened again.
const EXPORTED_EVERY: u64 = 400;
const REOPENED_EVERY: u64 = 270;

/// The variable that makes the program a writer and names the steps and the store.
const ORDERS: &str = "POWER_LOSS_SEGMENTS";

#[test]
fn power_may_go_at_any_sync_over_many_small_segments() {
    if let Ok(orders) = env::var(ORDERS) {
        let (steps, store) = orders.split_once(' ').expect("orders");
        return write(steps.parse().expect("a number"), Path::new(store));
    }
    let number = |name: &str, usual: u64| env::var(name).map_or(usual, |set| set.parse().expect("a number"));
    let (steps, often) = (number("LODGE_POWER_STEPS", STEPS), number("LODGE_POWER_LOOKS", 2));
    let dir = tempfile::tempdir().expect("a directory");
    let [live, platter] = ["live", "platter"].map(|name| dir.path().join(name));
    for path in [&live, &platter] {
        fs::create_dir(path).expect("a directory");
    }
    let mut writer = Command::new(env::current_exe().expect("this program"))
        .args(["--exact", "segments::power_may_go_at_any_sync_over_many_small_segments", "--nocapture"])
        .env(ORDERS, format!("{steps} {}", live.join("store").display()))
        .env("LD_PRELOAD", disk::preload())
        .env("PLATTER", &platter)
        .env("PLATTER_PAUSE", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the writer starts");
    let mut resume = writer.stdin.take().expect("its input");
    let out = BufReader::new(writer.stdout.take().expect("its output"));
    // Between two looks there are up to so many syncs.
    let apart = (255 / often.max(1)).max(2);
    let (mut dice, mut model, mut looks) = (Dice::new(steps), Model::new(), 0_u64);
    for said in out.lines() {
        let said = said.expect("a line");
        if let Some(step) = said.strip_prefix("ack ") {
            model.acknowledge(step.parse().expect("a step"));
        } else if said == "paused" {
            looks += 1;
            for luck in [Luck::None, Luck::Mixed(looks)] {
                look(&live, &platter, luck, &model);
            }
            let more = u8::try_from(1 + dice.roll(apart)).expect("a byte");
            resume.write_all(&[more]).expect("the writer goes on");
        } else if said == "done" {
            break;
        }
    }
    writer.kill().expect("the writer is killed");
    writer.wait().expect("the writer ends");
    assert_eq!(model.acknowledged, steps);
    let (there, written) = segments(&live.join("store/rows/db"));
    assert!(there >= SEGMENTS_MIN, "its rows lie in {there} segments only");
    assert!(written > there, "no segment was used again");
    eprintln!(
        "{steps} steps, {written} segments written, {there} of them there: power went {looks} times, looked at in four ways each"
    );
}

/// The number of segments that are there, and of those that were written in all, with those that were used again.
fn segments(db: &Path) -> (u64, u64) {
    let db = fs::read(db).expect("its rows");
    // Each begins with a sum, and where it is in the log, turned round.
    let place = |segment: &[u8]| {
        let place = i64::from_le_bytes(segment.get(4..12)?.try_into().ok()?) ^ i64::MAX;
        usize::try_from(place).ok().filter(|place| place % SEGMENT == 0)
    };
    let places = db.chunks(SEGMENT).filter_map(place);
    let written = places.max().map_or(0, |last| last / SEGMENT + 1);
    ((db.len() / SEGMENT) as u64, written as u64)
}

/// The writer: takes the steps and says so.
fn write(steps: u64, path: &Path) {
    let mut store = SledStore::open(path, &master(), options(path)).expect("the store opens");
    for step in 1..=steps {
        if step % REOPENED_EVERY == 0 {
            drop(store);
            store = SledStore::open(path, &master(), options(path)).expect("the store opens again");
        }
        if step % EXPORTED_EVERY == 1 {
            store.export(&export_of(path, step), &master(), Timestamp::from_millis(0)).expect("an export is made");
            // The one before the last is old.
            if let Some(old) = step.checked_sub(2 * EXPORTED_EVERY) {
                fs::remove_file(export_of(path, old)).expect("an old export goes");
            }
        }
        match step_of(step) {
            Step::Commit(batch) => store.commit(&batch),
            Step::Forget(member) => store.forget(&BTreeSet::from([member])),
        }
        .expect("the step is taken");
        say(&format!("ack {step}"));
    }
    say("done");
    io::stdin().read_line(&mut String::new()).expect("it waits for its end");
}

fn say(line: &str) {
    let mut out = io::stdout().lock();
    writeln!(out, "\n{line}").and_then(|()| out.flush()).expect("somebody listens");
}

/// The states that a store may be in: after the last step that is known to be acknowledged, and after each of the two that follow. While
/// a thread of the store stands still in its sync, the writer may acknowledge one step more, and begin another, before it waits for a sync
/// of its own.
struct Model {
    acknowledged: u64,
    states: [State; 3],
}

impl Model {
    fn new() -> Self {
        let mut states = [const { State::new() }; 3];
        apply(1, &mut states[1]);
        for step in [1, 2] {
            apply(step, &mut states[2]);
        }
        Self { acknowledged: 0, states }
    }

    fn acknowledge(&mut self, step: u64) {
        assert_eq!(step, self.acknowledged + 1);
        self.acknowledged = step;
        self.states.rotate_left(1);
        self.states[2] = self.states[1].clone();
        apply(step + 2, &mut self.states[2]);
    }

    fn assert_holds(&self, found: Result<State, StoreError>, what: &str) {
        let step = self.acknowledged;
        let found = found.unwrap_or_else(|error| panic!("{what} after step {step}: {error}"));
        let is_one = self.states.contains(&found);
        assert!(is_one, "{what} after step {step}: it is {}", state_named(&found, step));
    }
}

/// The name of the step that left this state, if it is near.
fn state_named(found: &State, near: u64) -> String {
    let mut state = State::new();
    for step in 1..near + 100 {
        apply(step, &mut state);
        if step + 100 > near && state == *found {
            return format!("as after step {step}");
        }
    }
    "as after none".to_owned()
}

/// Looks at what would be there if the power went now.
fn look(live: &Path, platter: &Path, luck: Luck, model: &Model) {
    for from_mirror in [false, true] {
        let after = disk::in_memory();
        Disk::recover(live, platter, luck, after.path());
        let store = after.path().join("store");
        let (found, what) = if from_mirror {
            (restored(&store), "the mirror")
        } else {
            (SledStore::open(&store, &master(), options(&store)).and_then(|store| state_of(&store)), "the store")
        };
        model.assert_holds(found, &format!("{what}, {luck:?},"));
    }
}

/// The state that the mirror beside `path` and the newest export give back when the store itself is lost too.
fn restored(path: &Path) -> Result<State, StoreError> {
    let beside = fs::read_dir(path.with_file_name("")).expect("the directory");
    let exports =
        beside.filter_map(|entry| entry.expect("an entry").file_name().to_str()?.strip_prefix("export-")?.parse().ok());
    // Before the first nothing was acknowledged.
    let Some(newest) = exports.max() else { return Ok(State::new()) };
    let to = path.with_file_name("restored");
    let from = RestoreFrom {
        export: export_of(path, newest),
        keys: path.with_file_name("mirror"),
        erasures: None,
        without_log: false,
    };
    let options = Options { mirror: None, ..options(path) };
    restore(&to, &master(), &options, &from, &mut |_| {})?;
    state_of(&SledStore::open(&to, &master(), options)?)
}

fn options(path: &Path) -> Options {
    Options { mirror: Some(path.with_file_name("mirror")), segment_bytes: SEGMENT, ..Options::default() }
}

fn export_of(store: &Path, step: u64) -> PathBuf {
    store.with_file_name(format!("export-{step}"))
}

fn master() -> MasterKey {
    MasterKey::from_bytes([4; 32])
}

enum Step {
    Commit(Batch),
    Forget(MemberId),
}

/// Each commit touches several tables and mostly rows that are there already, so that sled has old pages to clean up. Every
/// hundred steps somebody is new, and some time later somebody is forgotten.
fn step_of(step: u64) -> Step {
    let member = |number: u64| MemberId::from_bytes(u128::from(number).to_be_bytes());
    let newest = 10 + step / 100;
    if step % 100 == 77 {
        return Step::Forget(member(newest - 2));
    }
    let filler = vec![b'x'; usize::try_from(step * 7919 % 200).expect("a length")];
    let put = |table, key: u64, owners: &[u64]| {
        let owners = owners.iter().copied().map(member).collect();
        Write::Put(Row {
            table,
            key: key.to_be_bytes().to_vec(),
            owners,
            value: [&step.to_be_bytes()[..], &filler].concat(),
        })
    };
    Step::Commit(vec![
        put(Table::Singles, 0, &[]),
        put(Table::Members, step % 40, &[newest]),
        put(Table::Introductions, step % 23, &[newest, newest - 1]),
        put(Table::Audit, step % 1_000, &[]),
        put(Table::Outbox, step, &[newest]),
        Write::Delete { table: Table::Outbox, key: (step - 1).to_be_bytes().to_vec() },
    ])
}

fn apply(step: u64, state: &mut State) {
    match step_of(step) {
        Step::Forget(member) => state.retain(|_, row| !row.owners.contains(&member)),
        Step::Commit(batch) => batch.into_iter().for_each(|write| match write {
            Write::Put(row) => drop(state.insert((row.table, row.key.clone()), row)),
            Write::Delete { table, key } => drop(state.remove(&(table, key))),
        }),
    }
}
