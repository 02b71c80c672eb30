//! One life, with a crash at each of its points in turn.

use lodge_simulation::life::{Order, Script};
use lodge_simulation::many::{each, number};
use lodge_simulation::people::plan::Answering;

/// Lives with a crash before and after every commit and every call to the homeserver, one at a time.
#[test]
fn every_crash_point_of_one_life() {
    for (seed, order) in [(1, Order::Fixed), (2, Order::Any), (3, Order::Any), (4, Order::Any)] {
        let script = |crash_at| {
            let mut script = Script::plain(seed, Answering::YesWithMore);
            script.parts[0].goals[0].edits = vec!["add email", "add phone"];
            (script.order, script.crash_at) = (order, crash_at);
            script
        };
        let undisturbed = script(None).live();
        assert!(undisturbed.violations.is_empty(), "{}", undisturbed.breaches());
        assert_eq!(undisturbed.introduced(), 1, "{}", undisturbed.transcript());
        let last = number("LODGE_POINTS", undisturbed.points);
        let broken = each("crash points", last, |point| {
            let lived = script(Some(point)).live();
            assert_eq!(lived.crashes, 1, "there is no point {point}");
            let ended_well = lived.violations.is_empty() && lived.introduced() == 1;
            (!ended_well).then(|| format!("{}\n{}", lived.breaches(), lived.transcript()))
        });
        for (point, what) in &broken {
            eprintln!("life {seed}, crash at point {point}: {what}");
        }
        assert!(broken.is_empty(), "{} of {last} crash points of life {seed} ended badly", broken.len());
    }
}
