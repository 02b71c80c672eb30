//! An acknowledged commit survives the loss of everything that was not synced.
//!
//! A writer in a process of its own commits to a store and says so after each step. A library preloaded into it keeps
//! the bytes it synced; then it is killed, and the store is opened from those alone, or from those and a random part of
//! the others. The same is done with bugs planted, to see that they would be found.

mod disk;
mod faults;
mod segments;
mod writer;

use std::fmt;
use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use lodge_ground::store::StoreError;
use tempfile::TempDir;

use disk::{Dice, Disk, Luck};
use writer::{Kind, Orders, STEPS, State};

/// The moment at which the power goes.
#[derive(Debug, Clone, Copy)]
enum Cut {
    /// After the acknowledgement of this step, before anything else is done.
    After(u64),
    /// Some time after the acknowledgement of this step; the writer goes on meanwhile.
    NotBefore(u64),
    /// After this many syncs.
    AtSync(u64),
}

/// The state of the store after the power came back.
#[derive(Debug)]
enum Found {
    /// Everything up to a step that was acknowledged, or a later one.
    Everything,
    /// Everything up to an earlier step only.
    Lost { acknowledged: u64, there: u64 },
    /// A state that no step left.
    Torn,
    /// Nothing can be read.
    Unreadable(StoreError),
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Everything => f.write_str("everything is there"),
            Self::Lost { acknowledged, there } => write!(f, "step {acknowledged} was acknowledged, {there} is there"),
            Self::Torn => f.write_str("half of a step is there"),
            Self::Unreadable(error) => error.fmt(f),
        }
    }
}

/// The disk as it is when the power comes back.
#[derive(Debug, Clone, Copy)]
enum Remains {
    /// The disks with the store and everything else.
    Store,
    /// The disk with the mirror, and the exports.
    Mirror,
}

/// A writer that was killed.
struct Killed {
    acknowledged: u64,
    /// Whether it was killed before all its steps were taken.
    early: bool,
    kind: Kind,
    dir: TempDir,
}

/// The writer, when it is told to be; and a test of its own.
#[test]
fn without_a_loss_of_power_everything_written_is_there() {
    if let Some(orders) = Orders::from_environment() {
        return orders.follow();
    }
    for kind in [Kind::Ours, Kind::TrustsFlush] {
        let dir = tempfile::tempdir().unwrap();
        let mut store = writer::open(kind, &dir.path().join("store")).unwrap();
        for (step, state) in (0..).zip(writer::states()) {
            if step > 0 {
                writer::take(step, store.as_mut()).unwrap();
            }
            assert_eq!(writer::state_of(store.as_ref()).unwrap(), state, "after step {step} of {kind:?}");
        }
    }
}

#[test]
fn an_acknowledged_commit_survives_power_loss() {
    let states = writer::states();
    for seed in 0..20 {
        let step = 1 + Dice::new(seed).roll(STEPS - 1);
        let cut = if seed % 2 == 0 { Cut::After(step) } else { Cut::NotBefore(step) };
        let killed = kill(Kind::Ours, cut, None);
        assert!(killed.acknowledged >= step);
        for luck in [Luck::None, Luck::Mixed(seed), Luck::Mixed(seed + 1000)] {
            for from in [Remains::Store, Remains::Mirror] {
                let found = killed.look_at(from, luck, &states);
                assert!(matches!(found, Found::Everything), "seed {seed}, {cut:?}, {luck:?}, {from:?}: {found}");
            }
        }
    }
}

/// The first sync is the first that a new store makes.
#[test]
fn power_may_go_at_any_sync() {
    let states = writer::states();
    let mut cuts = 0;
    loop {
        let killed = kill(Kind::Ours, Cut::AtSync(cuts + 1), None);
        if !killed.early {
            break;
        }
        cuts += 1;
        for luck in [Luck::None, Luck::Mixed(cuts)] {
            for from in [Remains::Store, Remains::Mirror] {
                let found = killed.look_at(from, luck, &states);
                assert!(matches!(found, Found::Everything), "power lost at sync {cuts}, {luck:?}, {from:?}: {found}");
            }
        }
    }
    assert!(cuts > STEPS, "only {cuts} syncs: fewer than steps");
}

#[test]
fn acknowledging_before_the_sync_is_found() {
    for seed in 0..3 {
        let step = 1 + Dice::new(seed).roll(STEPS - 1);
        let found = kill(Kind::AcknowledgesFirst, Cut::After(step), None).look(Luck::None, &writer::states());
        assert!(matches!(found, Found::Lost { acknowledged, there } if there == acknowledged - 1), "{found}");
    }
}

#[test]
fn trusting_the_flush_of_sled_is_found() {
    for seed in 0..3 {
        let step = 1 + Dice::new(seed).roll(STEPS - 1);
        let found = kill(Kind::TrustsFlush, Cut::After(step), None).look(Luck::None, &writer::states());
        assert!(matches!(found, Found::Lost { there: 0, .. }), "{found}");
    }
}

/// Each as if the store had not made it.
#[test]
fn every_sync_is_needed() {
    for forgotten in ["db", "rows", "store", "live", "keys", "last-commit.new"] {
        let found = kill(Kind::Ours, Cut::After(12), Some(forgotten)).look(Luck::None, &writer::states());
        assert!(!matches!(found, Found::Everything), "nothing was lost without the sync of {forgotten}");
    }
}

/// Each as if the log, or an export, had not made it; then the store's own disk is lost too.
#[test]
fn every_sync_of_the_log_is_needed() {
    for forgotten in ["log", "mirror", "00000000000000000011.log", "export-11.part"] {
        let killed = kill(Kind::Ours, Cut::After(12), Some(forgotten));
        let found = killed.look_at(Remains::Mirror, Luck::None, &writer::states());
        assert!(!matches!(found, Found::Everything), "nothing was lost without the sync of {forgotten}");
    }
}

/// Runs a writer until the power goes. `forgotten` names the files that it does not sync.
fn kill(kind: Kind, cut: Cut, forgotten: Option<&str>) -> Killed {
    let dir = tempfile::tempdir().expect("a directory");
    let [live, platter] = ["live", "platter"].map(|name| dir.path().join(name));
    for path in [&live, &platter] {
        std::fs::create_dir(path).expect("a directory");
    }
    let pause_after = match cut {
        Cut::After(step) => step,
        Cut::NotBefore(_) | Cut::AtSync(_) => 0,
    };
    let (name, orders) = Orders { kind, store: live.join("store"), pause_after }.to_environment();
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command
        .args(["--exact", "without_a_loss_of_power_everything_written_is_there", "--nocapture"])
        .env(name, orders)
        .env("LD_PRELOAD", disk::preload())
        .env("PLATTER", &platter)
        .envs(forgotten.map(|name| ("PLATTER_IGNORE", name)))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    if let Cut::AtSync(count) = cut {
        command.env("PLATTER_UNTIL", count.to_string());
    }
    let (acknowledged, early) = run_until(cut, &mut command);
    let synced = std::fs::read_dir(&platter).expect("the platter").count();
    assert!(synced > 0, "nothing was ever synced: the library was not preloaded");
    Killed { acknowledged, early, kind, dir }
}

/// The last step acknowledged, and whether the end came before the last one.
fn run_until(cut: Cut, command: &mut Command) -> (u64, bool) {
    let mut child = command.spawn().expect("the writer starts");
    let out = BufReader::new(child.stdout.take().expect("its output"));
    let mut acknowledged = 0;
    for line in out.lines() {
        let line = line.expect("a line");
        let Some(step) = line.strip_prefix("ack ") else { continue };
        acknowledged = step.parse().expect("a step");
        let enough = match cut {
            Cut::After(step) | Cut::NotBefore(step) => acknowledged == step,
            Cut::AtSync(_) => acknowledged == STEPS,
        };
        if enough {
            // The writer may acknowledge more before it dies, and those steps count too, so its output is read on.
            child.kill().expect("the writer is killed");
        }
    }
    let ended = child.wait().expect("the writer ends");
    assert_eq!(ended.signal(), Some(9), "the writer ended by itself: {ended}");
    (acknowledged, acknowledged < STEPS)
}

impl Killed {
    /// Opens the store as the disk has it, in this process.
    fn look(&self, luck: Luck, states: &[State]) -> Found {
        self.look_at(Remains::Store, luck, states)
    }

    fn look_at(&self, remains: Remains, luck: Luck, states: &[State]) -> Found {
        let after = disk::in_memory();
        Disk::recover(&self.at("live"), &self.at("platter"), luck, after.path());
        let store = after.path().join("store");
        let state = match remains {
            Remains::Store => writer::open(self.kind, &store).and_then(|store| writer::state_of(store.as_ref())),
            // Before the first export nothing was acknowledged.
            Remains::Mirror => writer::restored(&store).map(Option::unwrap_or_default),
        };
        match state {
            Err(error) => Found::Unreadable(error),
            Ok(state) => self.compare(&state, states),
        }
    }

    fn compare(&self, state: &State, states: &[State]) -> Found {
        let acknowledged = self.acknowledged;
        match (0..).zip(states).filter(|(_, expected)| *expected == state).last() {
            None => Found::Torn,
            Some((there, _)) if there < acknowledged => Found::Lost { acknowledged, there },
            Some(_) => Found::Everything,
        }
    }

    fn at(&self, name: &str) -> PathBuf {
        Path::new(self.dir.path()).join(name)
    }
}
