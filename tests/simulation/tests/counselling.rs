//! The counselling service shows to nobody outside of it: pairs of lives that differ in nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use lodge_simulation::counsel::consents::not_given;
use lodge_simulation::counsel::group::{Group, LIVES, PAIRS};
use lodge_simulation::counsel::leaks::Leak;
use lodge_simulation::counsel::observing::{difference, opened, sees_difference, wordings};
use lodge_simulation::life::Lived;
use lodge_simulation::many::{each, nothing_in, number};
use lodge_simulation::planted::Planted;

/// A leak may go unseen for this many pairs.
const PAIRS_MAX: u64 = 1_200;

/// Messages that must have been said often enough at the counselling service, so that something went on there.
const HAPPENED: [&str; 49] = [
    "terms",
    "ask-whom",
    "not-one-of-them",
    "ask-about",
    "ask-showing",
    "asking",
    "claimed",
    "nobody",
    "not-met",
    "taken-back",
    "first-here",
    "opening-note",
    "time-suggested",
    "time-passed-on",
    "time-agreed",
    "time-declined",
    "time-cancelled",
    "reminder",
    "closing",
    "left",
    "still-there",
    "erasure-soon",
    "ask-handover",
    "handover-declined",
    "data",
    "forgetting",
    "none-open",
    "help",
    "not-understood",
    "device-unknown",
    "unreadable",
    "asked-again",
    "counsellor-welcome",
    "counsellor-offer",
    "counsellor-taken",
    "counsellor-claimed",
    "counsellor-passed",
    "counsellor-full",
    "counsellor-not-met",
    "counsellor-closing",
    "counsellor-left",
    "counsellor-over",
    "counsellor-still-there",
    "counsellor-erasure-soon",
    "counsellor-handover-asked",
    "counsellor-handover-declined",
    "counsellor-time-agreed",
    "counsellor-settings",
    "counsellor-policy",
];

/// Lives of one group, each lived when it is asked for.
struct Lives {
    seed: u64,
    group: Group,
    lived: [Option<Lived>; LIVES],
}

impl Lives {
    fn of(seed: u64, leak: Option<Leak>) -> Self {
        Self { seed, group: Group::of(seed, leak), lived: [const { None }; LIVES] }
    }

    fn live(&mut self, index: usize) {
        if self.lived[index].is_none() {
            let lived = self.group.life(index).live();
            assert!(lived.violations.is_empty(), "seed {}, life {index}: {}", self.seed, lived.breaches());
            let taken = not_given(&lived);
            assert!(taken.is_empty(), "seed {}, life {index}: {taken:?}", self.seed);
            self.lived[index] = Some(lived);
        }
    }

    /// The difference of two of them, if there is one.
    fn differ(&mut self, (first, second): (usize, usize)) -> Option<String> {
        self.live(first);
        self.live(second);
        let lived = |index: usize| self.lived[index].as_ref().expect("it was lived");
        difference(&self.group, [first, second], lived(first), lived(second))
    }
}

/// The number of times that each wording was said.
#[derive(Default)]
struct Tally(Mutex<BTreeMap<String, u64>>);

impl Tally {
    fn count(&self, lives: &Lives) {
        let mut tally = self.0.lock().expect("no thread panicked");
        for wording in lives.lived.iter().flatten().flat_map(wordings) {
            *tally.entry(wording.to_owned()).or_default() += 1;
        }
    }

    fn missing(&self) -> Vec<&'static str> {
        let tally = self.0.lock().expect("no thread panicked");
        HAPPENED.into_iter().filter(|wording| !tally.contains_key(*wording)).collect()
    }
}

#[test]
fn i01_what_goes_on_at_the_counselling_service_shows_to_nobody_outside_it() {
    if let Ok(seed) = std::env::var("LODGE_SEED") {
        return again(seed.parse().expect("LODGE_SEED is a number"));
    }
    let pairs = number("LODGE_PAIRS", 1_800);
    let groups = pairs.div_ceil(PAIRS.len() as u64);
    let said = Tally::default();
    let differing = each("groups of pairs", groups, |seed| {
        let mut lives = Lives::of(seed, None);
        let found = PAIRS.into_iter().find_map(|pair| Some(format!("lives {pair:?}: {}", lives.differ(pair)?)));
        said.count(&lives);
        found
    });
    nothing_in(&differing, "groups", groups, "counselling");
    // A world in which nothing happens would show no difference.
    let missing = said.missing();
    assert!(pairs < 1_000 || missing.is_empty(), "never said: {missing:?}");
}

/// Plays one group again, with all that happens in the two lives that differ.
fn again(seed: u64) {
    let mut lives = Lives::of(seed, None);
    for pair in PAIRS {
        if let Some(lines) = lives.differ(pair) {
            for index in [pair.0, pair.1] {
                let life = lives.lived[index].as_ref().expect("it was lived");
                println!("======== life {index}, {} conversations ========\n\n{}", opened(life), life.transcript());
            }
            panic!("lives {pair:?}: {lines}");
        }
    }
}

/// The comparison can fail: people who are asked, and people who ask, see that something goes on.
#[test]
fn those_in_a_conversation_see_it() {
    let mut lives = Lives::of(3, None);
    let busy = (1..LIVES).find(|index| {
        lives.live(*index);
        lives.lived[*index].as_ref().is_some_and(|lived| opened(lived) > 0)
    });
    let busy = busy.expect("somebody talks with somebody in one of these lives");
    lives.live(0);
    let of = |index: usize| lives.lived[index].as_ref().expect("it was lived");
    for who in lives.group.clients([0, busy]).into_iter().take(1) {
        assert!(sees_difference(of(0), of(busy), &who), "{who} saw nothing");
        assert!(!sees_difference(of(busy), of(busy), &who), "the same life differs from itself");
    }
}

/// A word that is taken for an answer to a later question may go unseen for this many groups.
const GROUPS_MAX: u64 = 60;

#[test]
fn a_yes_to_what_was_not_read_yet_is_seen() {
    let mut missing: BTreeSet<&str> = ["the terms", "the line", "the time"].into();
    for seed in 0..GROUPS_MAX {
        let group = Group::of(seed, None);
        for index in 1..LIVES {
            let mut script = group.life(index);
            script.planted = Some(Planted::CounselHearsLate);
            let taken = not_given(&script.live());
            missing.retain(|what| !taken.iter().any(|wrong| wrong.contains(what)));
        }
    }
    assert!(missing.is_empty(), "nobody sees that words were taken for a yes to {missing:?}");
}

#[test]
fn i01_every_planted_leak_is_caught_by_a_pair() {
    let leaks = u64::try_from(Leak::ALL.len()).expect("a few");
    let missed = each("planted leaks", leaks, |index| {
        let leak = Leak::ALL[usize::try_from(index).expect("a few")];
        let caught = (0..PAIRS_MAX / PAIRS.len() as u64).find_map(|seed| {
            let mut lives = Lives::of(seed, Some(leak));
            let mut pairs = PAIRS.into_iter().enumerate();
            pairs.find_map(|(place, pair)| Some((seed, place, pair, lives.differ(pair)?)))
        });
        let Some((seed, place, pair, lines)) = caught else { return Some(leak) };
        let shown: String = lines.chars().take(400).collect();
        let pairs = seed * PAIRS.len() as u64 + place as u64 + 1;
        eprintln!("{leak:?}: caught by pair {pairs} (seed {seed}, lives {pair:?}): {shown}");
        None
    });
    assert!(missed.is_empty(), "no pair shows {missed:?}");
}
