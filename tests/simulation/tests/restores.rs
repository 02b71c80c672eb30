//! Lives in which the disk is lost and an older export takes its place, with the world as it is.

use std::sync::atomic::{AtomicU64, Ordering};

use lodge_core::time::Span;
use lodge_simulation::life::{Lived, Script};
use lodge_simulation::many::{each, number};
use lodge_simulation::monitor::{Rule, Violation};
use lodge_simulation::world::log::What;
use lodge_simulation::world::room::Key;

/// The life of this seed, with an export after some step and its restore after a later one.
fn script(seed: u64) -> Script {
    let mut script = Script::from_seed(seed);
    let export = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56;
    let later = seed.wrapping_mul(0xD1B5_4A32_D192_ED03) >> 55;
    script.restore = Some((1 + export, 2 + export + later));
    // A deadline is reckoned again from when the words were sent; only where it falls on an office hour is it the same.
    script.answer_within = Span::from_days(14);
    script
}

/// Whether every message could be read at once. What was read late the first time is read in its place the second time,
/// and may then be understood otherwise.
fn all_was_readable(lived: &Lived) -> bool {
    let before = lived.log.iter().take_while(|entry| !matches!(entry.what, What::Restored));
    let typed = before.filter_map(|entry| if let What::Typed(_, _, typed) = &entry.what { Some(typed) } else { None });
    typed.into_iter().all(|typed| typed.key == Key::Here)
}

fn was_restored(lived: &Lived) -> bool {
    lived.log.iter().any(|entry| matches!(entry.what, What::Restored))
}

/// What may differ where a message's key came late.
const WHERE_KEYS_CAME_LATE: [Rule; 4] = [Rule::OnceEach, Rule::OneRoom, Rule::Ends, Rule::OneAnswer];

/// What may differ in one restored life of three hundred, all but the first in one of six hundred, and why:
///
/// - The one answer comes late. When words were heard is known only by when they were answered. A deadline is reckoned
///   from then, so after an answer that took long it can come later than was said; it never comes earlier.
/// - Something is said twice, or a room is made twice. The porter has left a room of which the export tells nothing or
///   too little, and what was said there does not show.
/// - Somebody is not forgotten. The disk was lost after the porter had left their conversation, in which they asked for
///   it, and before their key was destroyed. They have to ask again.
fn is_tolerated(violation: &Violation) -> bool {
    let lost_with_a_room = [
        (Rule::OnceEach, "twice"),
        (Rule::OnceEach, "times of both"),
        (Rule::OneRoom, "where nobody can speak"),
        (Rule::Forgotten, "was forgotten, and Members holds"),
    ];
    is_late_answer(violation)
        || lost_with_a_room.iter().any(|(rule, what)| violation.rule == *rule && violation.what.contains(what))
}

fn is_late_answer(violation: &Violation) -> bool {
    violation.rule == Rule::Ends && violation.what.contains("hears late that")
}

/// Nothing is shown without a consent that stands, whatever was withdrawn between the export and its restore, and nobody
/// is told anything twice, meets in two rooms, or waits for ever: but for what [`is_tolerated`] names.
#[test]
fn a_restored_export_revives_no_consent_and_seldom_repeats_anything() {
    if let Ok(seed) = std::env::var("LODGE_SEED") {
        let lived = script(seed.parse().expect("LODGE_SEED is a number")).live();
        println!("{}", lived.transcript());
        assert!(lived.violations.is_empty(), "{}", lived.breaches());
        return;
    }
    let count = number("LODGE_LIVES", 4_000);
    let (restored, introduced) = (AtomicU64::new(0), AtomicU64::new(0));
    let broken = each("restores", count, |seed| {
        let lived = script(seed).live();
        restored.fetch_add(u64::from(was_restored(&lived)), Ordering::Relaxed);
        introduced.fetch_add(lived.introduced(), Ordering::Relaxed);
        let late = !all_was_readable(&lived);
        let counts = |violation: &&Violation| !late || !WHERE_KEYS_CAME_LATE.contains(&violation.rule);
        let broken: Vec<&Violation> = lived.violations.iter().filter(counts).collect();
        let grave = broken.iter().any(|violation| !is_tolerated(violation));
        let late = broken.iter().all(|violation| is_late_answer(violation));
        (!broken.is_empty()).then(|| (grave, late, lived.breaches()))
    });
    let (restored, introduced) = (restored.into_inner(), introduced.into_inner());
    eprintln!("{restored} restores, {introduced} rooms in which two could speak");
    for (seed, (grave, _, what)) in &broken {
        eprintln!("seed {seed}{}: {what}", if *grave { "" } else { " (tolerated)" });
    }
    let grave = broken.iter().filter(|(_, (grave, ..))| *grave).count();
    assert!(restored * 3 > count && introduced * 10 > count, "too few restores to show anything");
    assert_eq!(grave, 0, "lives in which a rule is broken; see one again with LODGE_SEED");
    let differ = broken.len() as u64;
    let more = broken.iter().filter(|(_, (_, late, _))| !late).count() as u64;
    assert!(
        differ * 300 <= restored && more * 600 <= restored,
        "{differ} of {restored} restores differ, {more} not in time only"
    );
}
