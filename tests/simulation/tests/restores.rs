//! Lives in which the disk is lost: with the commit log, nothing is; without it, nothing that was given before counts.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use lodge_channel::store::{Batch, Memory, Owners, Row, Store};
use lodge_core::time::Timestamp;
use lodge_plumbing::store::{self, MasterKey, Options, RestoreFrom, SledStore};
use lodge_simulation::life::{Lived, Script};
use lodge_simulation::many::{each, number};
use lodge_simulation::monitor::Rule;
use lodge_simulation::twin::{Loss, Then, Twin};
use lodge_simulation::world::log::{Sight, What};

/// The life of this seed, in which the disk is lost at some step, some time after an export was made.
fn script(seed: u64, then: Then) -> Script {
    let mut script = Script::from_seed(seed);
    let export = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56;
    let later = seed.wrapping_mul(0xD1B5_4A32_D192_ED03) >> 55;
    script.loss = Some(Loss { export: 1 + export, at: 2 + export + later, then });
    script
}

/// The durable store, in a directory of its own.
struct OnDisk {
    house: tempfile::TempDir,
    store: Option<SledStore>,
    /// The number of times that it came back.
    lives: usize,
}

impl OnDisk {
    fn twin() -> Box<dyn Twin> {
        // A disk in memory is used where there is one: no power is lost here.
        let shared = PathBuf::from("/dev/shm");
        let house = if shared.is_dir() { tempfile::tempdir_in(shared) } else { tempfile::tempdir() };
        let mut new = Self { house: house.expect("a directory"), store: None, lives: 0 };
        new.store = Some(SledStore::open(&new.at(), &master(), new.options()).expect("a new store opens"));
        Box::new(new)
    }

    fn at(&self) -> PathBuf {
        self.house.path().join(format!("store {}", self.lives))
    }

    fn options(&self) -> Options {
        Options { cache_bytes: 1 << 20, mirror: Some(self.house.path().join("mirror")), ..Options::default() }
    }

    fn store(&mut self) -> &mut SledStore {
        self.store.as_mut().expect("it is open")
    }
}

fn master() -> MasterKey {
    MasterKey::from_bytes([3; 32])
}

impl Twin for OnDisk {
    fn commit(&mut self, batch: &Batch) {
        self.store().commit(batch).expect("a commit");
    }

    fn outlive(&mut self, rows: &[Row]) {
        self.store().outlive(rows).expect("rows outlive");
    }

    fn forget(&mut self, members: &Owners) {
        self.store().forget(members).expect("forgets");
    }

    fn export(&mut self, now: Timestamp) {
        let path = self.house.path().join("export");
        self.store().export(&path, &master(), now).expect("an export");
    }

    fn lose(&mut self) -> Memory {
        self.store = None;
        std::fs::remove_dir_all(self.at()).expect("the disk is lost");
        self.lives += 1;
        let (export, keys) = (self.house.path().join("export"), self.house.path().join("mirror"));
        let from = RestoreFrom { export, keys, erasures: None, without_log: false };
        store::restore(&self.at(), &master(), &self.options(), &from, &mut |_| {}).expect("a restore");
        let store = SledStore::open(&self.at(), &master(), self.options()).expect("it opens");
        let rows = Memory::copy_of(&store).expect("it reads");
        self.store = Some(store);
        rows
    }
}

/// The number of lives, and the first seed.
fn lives(usual: u64) -> (u64, u64) {
    (number("LODGE_LIVES", usual), number("LODGE_LIVES_FROM", 0))
}

/// The seed of the one life that is to be looked at, if any is.
fn seed() -> Option<u64> {
    std::env::var("LODGE_SEED").ok().map(|seed| seed.parse().expect("LODGE_SEED is a number"))
}

/// The store that comes of the export and the commit log is the one that was lost, row for row, and its life goes on as
/// if it had only been started again.
#[test]
fn with_the_log_a_lost_disk_comes_back_row_for_row_and_its_life_goes_on_as_its_twins() {
    if let Some(seed) = seed() {
        let lived = script(seed, Then::WithLog(OnDisk::twin)).live();
        println!("{}", lived.transcript());
        assert_eq!(lived.differences, [""; 0]);
        return;
    }
    let (count, from) = lives(300);
    let introduced = AtomicU64::new(0);
    let broken = each("lost disks", count, |number| {
        let lost = script(from + number, Then::WithLog(OnDisk::twin)).live();
        let twin = script(from + number, Then::Nothing).live();
        introduced.fetch_add(lost.introduced(), Ordering::Relaxed);
        let mut found = lost.differences.clone();
        if lost.transcript() != twin.transcript() {
            found.push("its life goes on otherwise than its twin's".to_owned());
        }
        found.extend(lost.violations.iter().map(ToString::to_string));
        (!found.is_empty()).then(|| found.join("; "))
    });
    for (number, what) in broken.iter().take(5) {
        eprintln!("seed {}: {what}", from + number);
    }
    let introduced = introduced.into_inner();
    assert!(introduced * 10 > count, "{introduced} rooms are too few to show anything");
    assert!(broken.is_empty(), "{} of {count} lives differ; see one again with LODGE_SEED", broken.len());
}

/// Rules that hold after any loss. Words that were only said are not known any more: they can be said again, a request
/// that is known again ends at its own deadline, and one of the time that is lost never does. An answer to something of
/// that time answers nothing that is known.
fn holds_without_log(rule: Rule) -> bool {
    match rule {
        Rule::Disclosure
        | Rule::Request
        | Rule::OneRoom
        | Rule::Consent
        | Rule::Numbers
        | Rule::Forgotten
        | Rule::Private
        | Rule::Guests
        | Rule::OnlyTwo
        | Rule::Audit
        | Rule::Speech
        | Rule::Durable => true,
        Rule::OnceEach | Rule::OneAnswer | Rule::Withdrawal | Rule::Words | Rule::Ends | Rule::Places => false,
    }
}

/// Everything that is wrong with a life in which the store went back.
fn wrong(lived: &Lived) -> Vec<String> {
    let mut wrong: Vec<String> =
        lived.violations.iter().filter(|one| holds_without_log(one.rule)).map(ToString::to_string).collect();
    let mut told = BTreeSet::new();
    for entry in &lived.log {
        if let What::Saw(who, _, Sight::Porter(message)) = &entry.what
            && message.wording == "went-back"
            && !told.insert(who)
        {
            wrong.push(format!("{who} is told twice that the service went back"));
        }
    }
    wrong
}

/// An export alone revives nothing: no consent from before counts for anything new, everybody is told so once, and life
/// goes on.
#[test]
fn without_the_log_no_consent_of_before_counts_and_everybody_is_told_once() {
    if let Some(seed) = seed() {
        let lived = script(seed, Then::WithoutLog).live();
        println!("{}", lived.transcript());
        assert_eq!(wrong(&lived), [""; 0], "{}", lived.breaches());
        return;
    }
    let (count, from) = lives(4_000);
    let (told, after) = (AtomicU64::new(0), AtomicU64::new(0));
    let broken = each("stores that went back", count, |number| {
        let lived = script(from + number, Then::WithoutLog).live();
        let back = lived.log.iter().position(|entry| matches!(entry.what, What::Restored));
        let since = &lived.log[back.unwrap_or(lived.log.len())..];
        let tells = |what: &What| matches!(what, What::Said(_, message) if message.wording == "went-back");
        told.fetch_add(since.iter().filter(|entry| tells(&entry.what)).count() as u64, Ordering::Relaxed);
        let met = since.iter().filter(|entry| matches!(entry.what, What::SpeechOpened(_))).count();
        after.fetch_add(met as u64, Ordering::Relaxed);
        let wrong = wrong(&lived);
        (!wrong.is_empty()).then(|| wrong.join("; "))
    });
    for (number, what) in broken.iter().take(5) {
        eprintln!("seed {}: {what}", from + number);
    }
    let (told, after) = (told.into_inner(), after.into_inner());
    eprintln!("{told} were told; {after} rooms opened since");
    assert!(told > count && after * 300 > count, "too little happens to show anything");
    assert!(broken.is_empty(), "{} of {count} lives break a rule; see one again with LODGE_SEED", broken.len());
}
