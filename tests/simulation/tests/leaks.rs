//! The pairs see: each leak that is planted is caught within so many pairs.

use lodge_simulation::many::each;
use lodge_simulation::pairs::leaks::Leak;
use lodge_simulation::pairs::{Group, OTHERS};

/// How many pairs a leak may live unseen.
const PAIRS_MAX: u64 = 2_000;

#[test]
fn every_planted_leak_is_caught_by_a_pair() {
    let leaks = u64::try_from(Leak::ALL.len()).expect("a few");
    let missed = each("planted leaks", leaks, |index| {
        let leak = Leak::ALL[usize::try_from(index).expect("a few")];
        let caught = (0..PAIRS_MAX / OTHERS as u64).find_map(|seed| {
            let group = Group::of(seed, Some(leak));
            let silence = group.silence().live();
            let mut others = group.others.into_iter().enumerate();
            others.find_map(|(place, instead)| {
                let lines = group.differs(&silence, &group.other(instead).live())?;
                Some((seed, seed * OTHERS as u64 + place as u64 + 1, instead, lines))
            })
        });
        let Some((seed, pairs, instead, lines)) = caught else { return Some(leak) };
        let shown: String = lines.chars().take(400).collect();
        eprintln!("{leak:?}: caught by pair {pairs} (seed {seed}, {instead:?}): {shown}");
        None
    });
    assert!(missed.is_empty(), "no pair shows {missed:?}");
}
