//! The pairs see: each leak that is planted is caught within a number of pairs.

use lodge_simulation::many::each;
use lodge_simulation::pairs::leaks::Leak;
use lodge_simulation::pairs::occasions::Occasion;
use lodge_simulation::pairs::{Group, OTHERS, Weather};
use lodge_simulation::planted::Planted;

/// A leak may go unseen for this many pairs.
const PAIRS_MAX: u64 = 2_000;

/// The first pair that shows this leak, among this many pairs of groups like these.
fn caught(leak: Leak, weather: Weather, pairs: u64, like: impl Fn(&Group) -> bool) -> Option<String> {
    let groups = (0..).map(|seed| (seed, Group::of(seed, weather, Some(leak)))).filter(|(_, group)| like(group));
    groups.zip(0..pairs / OTHERS as u64).find_map(|((seed, group), nth)| {
        let silence = group.silence().live();
        let mut others = group.others.into_iter().enumerate();
        others.find_map(|(place, instead)| {
            let lines = group.differs(&silence, &group.other(instead).live())?;
            let shown: String = lines.chars().take(400).collect();
            let pair = nth * OTHERS as u64 + place as u64 + 1;
            Some(format!("caught by pair {pair} (seed {seed}, {instead:?}): {shown}"))
        })
    })
}

fn all_are_caught(leaks: &[Leak], weather: Weather) {
    let missed = each("planted leaks", leaks.len() as u64, |index| {
        let leak = leaks[usize::try_from(index).expect("a few")];
        let Some(caught) = caught(leak, weather, PAIRS_MAX, |_| true) else { return Some(leak) };
        eprintln!("{leak:?}: {caught}");
        None
    });
    assert!(missed.is_empty(), "no pair shows {missed:?}");
}

#[test]
fn every_planted_leak_is_caught_by_a_pair() {
    let leaks: Vec<Leak> = Leak::ALL.into_iter().filter(|leak| !Leak::UNDER_STRAIN.contains(leak)).collect();
    all_are_caught(&leaks, Weather::Calm);
}

#[test]
fn every_planted_leak_of_a_life_under_strain_is_caught_by_a_pair_under_strain() {
    all_are_caught(&Leak::UNDER_STRAIN, Weather::Strain);
}

#[test]
fn where_times_are_not_compared_what_is_said_is() {
    all_are_caught(&[Leak::BlockingToldAtOnce, Leak::CooldownTold], Weather::Limits);
}

/// The pairs under strain are for these: where nothing goes wrong, and the requester can be invited, none shows.
#[test]
fn what_leaks_under_strain_alone_shows_in_no_calm_pair() {
    for leak in Leak::UNDER_STRAIN {
        let shown = caught(leak, Weather::Calm, PAIRS_MAX, |group| !group.requester_blocks());
        assert_eq!(shown, None, "{leak:?}");
    }
}

#[test]
fn b11_every_planted_leak_about_events_is_caught_by_a_pair() {
    for planted in Planted::OF_COMING {
        let caught = (0..PAIRS_MAX / 3).find_map(|seed| {
            let occasion = Occasion::of(seed, false, Some(planted));
            let nothing = occasion.nothing().live();
            let mut ways = occasion.ways.into_iter();
            let lines = ways.find_map(|coming| occasion.differs(&nothing, &occasion.other(coming).live()))?;
            Some(format!("seed {seed}: {lines}"))
        });
        let Some(caught) = caught else { panic!("no pair shows {planted:?}") };
        eprintln!("{planted:?}: {}", caught.chars().take(400).collect::<String>());
    }
}
