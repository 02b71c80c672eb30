//! The monitor sees: each bug that is planted is caught, within so many lives, by the rule that it breaks.

use lodge_simulation::life::Script;
use lodge_simulation::many::each;
use lodge_simulation::monitor::Rule;
use lodge_simulation::planted::Planted;

/// How many lives a planted bug may live unseen.
const LIVES_MAX: u64 = 5_000;

/// Which rules a bug may break first.
fn breaks(planted: Planted) -> &'static [Rule] {
    match planted {
        Planted::RoomTwice | Planted::AdoptionIgnored | Planted::RoomNotClosed | Planted::PorterStays => {
            &[Rule::OneRoom]
        }
        Planted::DeclineToldEarly => &[Rule::OneAnswer],
        Planted::FieldUnticked | Planted::FieldWithoutYes => &[Rule::Disclosure],
        Planted::EditCounts | Planted::NoticeCounts | Planted::UntiedCounts => &[Rule::Consent],
        Planted::GapDropped => &[Rule::OnceEach],
        Planted::LosesLastCommit => &[Rule::OnceEach, Rule::Durable],
        Planted::EffectsBeforeCommit | Planted::LedgerLost | Planted::SealedDropped | Planted::EchoIgnored => {
            &[Rule::OnceEach]
        }
        Planted::JobStruckOffFirst => &[Rule::OnceEach, Rule::Ends, Rule::Durable],
        Planted::TimersLost | Planted::DeadlineShifted => &[Rule::Ends],
        Planted::RequesterInvitedFirst => &[Rule::Consent, Rule::OneRoom],
        Planted::AudienceUnchecked => &[Rule::OnlyTwo],
        Planted::SpeechOpenedEarly => &[Rule::Speech],
        Planted::Leak(_) | Planted::Counsel(_) => &[],
    }
}

#[test]
fn every_planted_bug_is_caught() {
    let bugs = u64::try_from(Planted::ALL.len()).expect("a few");
    let missed = each("planted bugs", bugs, |index| {
        let planted = Planted::ALL[usize::try_from(index).expect("a few")];
        let caught = (0..LIVES_MAX).find_map(|seed| {
            let mut script = Script::from_seed(seed);
            script.planted = Some(planted);
            let lived = script.live();
            let caught = lived.violations.iter().find(|violation| breaks(planted).contains(&violation.rule)).cloned();
            caught.map(|violation| (seed, violation))
        });
        let Some((seed, violation)) = caught else { return Some(planted) };
        eprintln!("{planted:?}: life {seed}, {violation}");
        None
    });
    assert!(missed.is_empty(), "the monitor does not see {missed:?}");
}
