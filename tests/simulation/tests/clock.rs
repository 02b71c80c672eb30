//! Lives in which the clock of the hub's machine is wrong for some minutes: by a year, or by some hours, both ways.

use std::sync::atomic::{AtomicU64, Ordering};

use lodge_core::time::Span;
use lodge_simulation::chance::Chance;
use lodge_simulation::life::Script;
use lodge_simulation::many::{each, number};
use lodge_simulation::skew::Skew;
use lodge_simulation::world::START;

const HOUR: i64 = 3_600_000;
const BY: [i64; 6] = [365 * 24 * HOUR, -365 * 24 * HOUR, 40 * 24 * HOUR, -40 * 24 * HOUR, 3 * HOUR, -3 * HOUR];

/// The life of this seed, with a clock that is wrong at some moment of its first days.
fn script(seed: u64, watched: bool) -> Script {
    let mut chance = Chance::of(seed, 31);
    let from = START.after(Span::from_millis(chance.below(6 * 86_400_000)));
    let until = from.after(Span::from_millis(1_000 + chance.below(300_000)));
    let skew = Skew { from, until, by: *chance.pick(&BY), watched };
    Script { skew: Some(skew), ..Script::from_seed(seed) }
}

/// A wrong clock, whatever it says, makes nothing due before its time, nobody is told anything because of it, and life
/// goes on as soon as it is right.
#[test]
fn a_clock_that_is_wrong_ends_nothing_and_tells_nobody_anything() {
    let (count, from) = (number("LODGE_LIVES", 4_000), number("LODGE_LIVES_FROM", 0));
    if let Ok(seed) = std::env::var("LODGE_SEED") {
        let lived = script(seed.parse().expect("LODGE_SEED is a number"), true).live();
        println!("{}\n\n{}", lived.transcript(), lived.breaches());
        return assert!(lived.violations.is_empty(), "the clock of this seed breaks a rule");
    }
    let (stopped, introduced) = (AtomicU64::new(0), AtomicU64::new(0));
    let broken = each("clocks", count, |number| {
        let lived = script(from + number, true).live();
        stopped.fetch_add(u64::from(lived.stopped > 0), Ordering::Relaxed);
        introduced.fetch_add(lived.introduced(), Ordering::Relaxed);
        (!lived.violations.is_empty()).then(|| lived.breaches())
    });
    let (stopped, introduced) = (stopped.into_inner(), introduced.into_inner());
    eprintln!("{stopped} hubs stopped because of their clock, {introduced} rooms in which two could speak");
    assert!(broken.is_empty(), "{broken:#?}");
    assert!(stopped * 20 > count && introduced * 10 > count, "too few clocks were noticed to show anything");
}

#[test]
fn a_hub_that_does_not_watch_its_clock_ends_what_is_open_and_that_is_seen() {
    let broken = |seed| {
        !script(seed, false).live().violations.is_empty() && Script::from_seed(seed).live().violations.is_empty()
    };
    let seen = each("unwatched clocks", 400, |seed| broken(seed).then_some(())).len();
    eprintln!("{seen} of 400 unwatched clocks break a rule");
    assert!(seen > 20, "{seen} are seen");
}
