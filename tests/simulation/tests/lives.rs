//! Thousands of short lives, each from its seed.

use std::sync::atomic::{AtomicU64, Ordering};

use lodge_simulation::life::Script;
use lodge_simulation::many::{each, nothing_in, number};

#[test]
fn twenty_thousand_short_lives() {
    if let Ok(seed) = std::env::var("LODGE_SEED") {
        let lived = Script::from_seed(seed.parse().expect("LODGE_SEED is a number")).live();
        println!("{}", lived.transcript());
        assert!(lived.violations.is_empty(), "{}", lived.breaches());
        return;
    }
    let lives = number("LODGE_LIVES", 20_000);
    let [steps, crashes, introduced, files, coming, offered] = [const { AtomicU64::new(0) }; 6];
    let broken = each("lives", lives, |seed| {
        let life = Script::from_seed(seed).live();
        steps.fetch_add(life.steps, Ordering::Relaxed);
        crashes.fetch_add(life.crashes, Ordering::Relaxed);
        introduced.fetch_add(life.introduced(), Ordering::Relaxed);
        files.fetch_add(life.files(), Ordering::Relaxed);
        coming.fetch_add(life.said("event-coming"), Ordering::Relaxed);
        offered.fetch_add(life.said("event-place-offered"), Ordering::Relaxed);
        (!life.violations.is_empty()).then(|| life.breaches())
    });
    let [steps, crashes, introduced, files] = [steps, crashes, introduced, files].map(AtomicU64::into_inner);
    let [coming, offered] = [coming, offered].map(AtomicU64::into_inner);
    eprintln!("{steps} steps, {crashes} crashes, {introduced} rooms in which two could speak, {files} files");
    eprintln!("{coming} times somebody came to an event, and {offered} times a place was offered");
    // A world in which nothing happens would break no rule.
    assert!(
        introduced * 10 > lives && files * 10 > lives && crashes > lives,
        "the lives are too quiet to show anything"
    );
    assert!(coming * 10 > lives && offered * 100 > lives, "too little happens at events to show anything");
    if let Some((first, _)) = broken.first() {
        eprintln!("{}", Script::from_seed(*first).live().transcript());
    }
    nothing_in(&broken, "lives", lives, "lives");
}
