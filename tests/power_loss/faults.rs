//! A disk that is full, read-only or broken, from any call on: the store stops and says why, everything it had
//! acknowledged is there, and with a disk that works it goes on. The same for the mirror, the exports, letters and the
//! session's file.
//!
//! `LODGE_FAULTS=1000` tries that many calls of each kind of disk and fault instead of the usual number, spread evenly.

use std::env;
use std::fs;
use std::io::{self, BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use lodge_plumbing::files::write_private;
use lodge_plumbing::store::durable::replace;

use crate::disk;
use crate::writer::{self, EXPORTED_BEFORE, Kind, STEPS, State};

/// The variable that makes the program a writer and tells it where its disks are.
const ORDERS: &str = "FAULTY_WRITER";

/// This many calls of each kind are tried where nothing else is said.
const TRIED: u64 = 5;

/// The disks, each by the beginning of its files' paths.
const DISKS: [&str; 5] = ["store", "mirror", "export-", "letters-", "session"];

/// The kinds of faults, with the system's numbers for them.
const FAULTS: [(&str, u32); 3] = [("full", 28), ("read-only", 30), ("broken", 5)];

/// The sizes of files that are written whole, in bytes.
const WHOLE: [usize; 2] = [200_000, 100_000];

#[test]
fn whatever_a_disk_does_nothing_is_acknowledged_that_is_not_kept() {
    if let Ok(at) = env::var(ORDERS) {
        return write(Path::new(&at));
    }
    let tried = env::var("LODGE_FAULTS").map_or(TRIED, |set| set.parse().expect("a number"));
    let (states, mut runs, mut stopped) = (writer::states(), 0, 0);
    for under in DISKS {
        for (fault, number) in FAULTS {
            let calls = run(under, number, 0).calls.expect("it ends by itself where nothing fails");
            assert!(calls > 0, "nothing was ever done under {under}");
            for one in 0..tried.min(calls) {
                // The last call is tried too.
                let call = calls - one * calls / tried.min(calls);
                let ran = run(under, number, call);
                ran.is_as_it_was_said(&states, &format!("{under}, {fault} from call {call} of {calls} on"));
                runs += 1;
                stopped += u64::from(ran.stopped.is_some());
            }
        }
    }
    eprintln!("{runs} faults, of which {stopped} stopped the writer");
    assert!(stopped > runs / 2, "of {runs} faults only {stopped} stopped it");
}

/// A writer that has ended.
struct Ran {
    at: tempfile::TempDir,
    acknowledged: u64,
    /// Its reason for stopping, if it stopped before its end.
    stopped: Option<String>,
    /// The number of calls that could have failed, if it came to its end.
    calls: Option<u64>,
}

fn run(under: &str, number: u32, call: u64) -> Ran {
    let at = disk::in_memory();
    let count = at.path().join("count");
    let mut child = Command::new(env::current_exe().expect("this program"))
        .args(["--exact", "faults::whatever_a_disk_does_nothing_is_acknowledged_that_is_not_kept", "--nocapture"])
        .env(ORDERS, at.path())
        .env("LD_PRELOAD", disk::faulty())
        .env("FAULTY_UNDER", at.path().join(under))
        .env("FAULTY_AT", call.to_string())
        .env("FAULTY_ERRNO", number.to_string())
        .env("FAULTY_COUNT", &count)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the writer starts");
    let out = BufReader::new(child.stdout.take().expect("its output"));
    let (mut acknowledged, mut stopped) = (0, None);
    for said in out.lines() {
        let said = said.expect("a line");
        if let Some(step) = said.strip_prefix("ack ") {
            assert!(stopped.is_none(), "it acknowledged {step} after it had stopped");
            acknowledged = step.parse().expect("a step");
        }
        if let Some(why) = said.strip_prefix("stopped ") {
            stopped = Some(why.to_owned());
        }
    }
    let output = child.wait_with_output().expect("the writer ends");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{under}, {number} at {call}, after step {acknowledged}: {error}");
    let calls = fs::read_to_string(count).ok().and_then(|calls| calls.trim().parse().ok());
    Ran { at, acknowledged, stopped, calls }
}

impl Ran {
    /// Fails unless everything is there that was acknowledged, the writer's reason is clear, and another goes on from
    /// there.
    fn is_as_it_was_said(&self, states: &[State], what: &str) {
        let at = |name: &str| self.at.path().join(name);
        if let Some(why) = &self.stopped {
            let named = ["No space left on device", "Read-only file system", "Input/output error"];
            assert!(named.iter().any(|named| why.contains(named)), "{what}: stopped without saying why: {why}");
        } else {
            assert_eq!(self.acknowledged, STEPS, "{what}: it ended before its last step and said nothing");
        }
        let mut store = writer::open(Kind::Ours, &at("store")).unwrap_or_else(|error| panic!("{what}: {error}"));
        let mut step = self.reached(&writer::state_of(store.as_ref()).expect("its rows"), states, what);
        if self.acknowledged > 0 {
            let restored = writer::restored(&at("store")).unwrap_or_else(|error| panic!("{what}: {error}"));
            self.reached(&restored.expect("there is an export"), states, &format!("{what}, restored"));
        }
        while step < STEPS {
            step += 1;
            writer::take(step, store.as_mut()).unwrap_or_else(|error| panic!("{what}: step {step}: {error}"));
        }
        assert!(
            writer::state_of(store.as_ref()).expect("its rows") == states[usize::try_from(STEPS).expect("few")],
            "{what}"
        );
        store.export(&at("export-afterwards")).unwrap_or_else(|error| panic!("{what}: {error}"));
        // A file that is written whole is there whole, or not at all.
        for name in ["letters-1", "letters-11", "session"] {
            let size = fs::metadata(at(name)).ok().and_then(|found| usize::try_from(found.len()).ok());
            assert!(size.is_none_or(|size| WHOLE.contains(&size)), "{what}: half of {name} is there: {size:?}");
        }
    }

    /// Up to which step a store has come: the last that was acknowledged, or the one that was under way.
    fn reached(&self, state: &State, states: &[State], what: &str) -> u64 {
        let there = (0..).zip(states).filter(|(_, expected)| *expected == state).map(|(step, _)| step).last();
        let reached = there.filter(|step| (self.acknowledged..=self.acknowledged + 1).contains(step));
        reached.unwrap_or_else(|| panic!("{what}: step {} was acknowledged, and {there:?} is there", self.acknowledged))
    }
}

/// The writer: takes the steps, and stops at the first thing that fails.
fn write(at: &Path) {
    if let Err(why) = steps(at) {
        say(&format!("stopped {}", why.replace('\n', " ")));
    }
}

fn steps(at: &Path) -> Result<(), String> {
    let words = |error: &dyn std::fmt::Display| error.to_string();
    let mut store = writer::open(Kind::Ours, &at.join("store")).map_err(|error| words(&error))?;
    for step in 1..=STEPS {
        if EXPORTED_BEFORE.contains(&step) {
            store.export(&at.join(format!("export-{step}"))).map_err(|error| words(&error))?;
            write_private(&at.join(format!("letters-{step}")), &vec![b'x'; WHOLE[0]]).map_err(|error| words(&error))?;
        }
        if let Err(why) = writer::take(step, store.as_mut()) {
            // After an error everything is refused.
            writer::take(step, store.as_mut()).expect_err("it goes on after an error");
            return Err(words(&why));
        }
        say(&format!("ack {step}"));
        replace(&at.join("session"), &vec![b'x'; WHOLE[usize::from(step % 2 == 0)]]).map_err(|error| words(&error))?;
    }
    Ok(())
}

fn say(line: &str) {
    let mut out = io::stdout().lock();
    writeln!(out, "\n{line}").and_then(|()| out.flush()).expect("somebody listens");
}
