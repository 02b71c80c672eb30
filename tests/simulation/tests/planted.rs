//! The monitor sees: each bug that is planted is caught, within so many lives, by the rule that it breaks.

use lodge_simulation::life::{Lived, Script};
use lodge_simulation::many::each;
use lodge_simulation::monitor::{Rigour, Rule, Violation};
use lodge_simulation::planted::Planted;
use lodge_simulation::unrest::Rates;

/// A planted bug may go unseen for this many lives.
const LIVES_MAX: u64 = 5_000;

/// The rules that a bug may break first.
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
        Planted::OpenBeforeShown
        | Planted::ThreadForgotten
        | Planted::BareAnyTime
        | Planted::OkIsYes
        | Planted::GivenUpStaysOpen => &[Rule::Consent],
        Planted::ReplayCounts | Planted::WordFromElsewhere => &[Rule::Consent, Rule::Request, Rule::OnceEach],
        Planted::NumberReused => &[Rule::Consent, Rule::Numbers],
        Planted::SendBeforePreview => &[Rule::Request],
        Planted::RedactionIgnored => &[Rule::Withdrawal],
        Planted::ValuesOfNow => &[Rule::Disclosure],
        Planted::NoteTold => &[Rule::Private],
        Planted::HostReadsAll
        | Planted::GuestsToMembers
        | Planted::CountBeforeEnd
        | Planted::CountToOthers
        | Planted::CountNotRounded
        | Planted::ContactUnasked
        | Planted::ContactToOthers
        | Planted::SilenceIsYes => &[Rule::Guests],
        Planted::PlaceToTwo
        | Planted::ChangeTwice
        | Planted::CalledOffToAll
        | Planted::ReminderToAll
        | Planted::LineReversed
        | Planted::PlacesForgotten
        | Planted::SignUpNeverOver => &[Rule::Places],
        Planted::ListTellsComing | Planted::StepTellsComing => &[],
        Planted::CounselHearsLate | Planted::Leak(_) | Planted::Counsel(_) => &[],
    }
}

#[test]
fn every_planted_bug_is_caught() {
    all_are_caught("planted bugs", &Planted::ALL, |seed| Some(Script::from_seed(seed)));
}

/// Things go wrong for this many steps in lives with events, which take place late in a life.
const TROUBLE: u64 = 2_000;

/// The life of this seed, if there are events in it.
fn with_events(seed: u64) -> Option<Script> {
    let script = Script { trouble: TROUBLE, ..Script::from_seed(seed) };
    script.parts.iter().any(|part| part.traits.goes_out).then_some(script)
}

#[test]
fn b11_every_planted_bug_about_events_is_caught() {
    all_are_caught("planted bugs about events", &Planted::OF_EVENTS, with_events);
}

fn all_are_caught(what: &str, bugs: &[Planted], life: impl Fn(u64) -> Option<Script> + Sync) {
    let missed = each(what, bugs.len() as u64, |index| {
        let planted = bugs[usize::try_from(index).expect("a few")];
        let caught = (0..LIVES_MAX).find_map(|seed| {
            let script = life(seed)?;
            let lived = Script { planted: Some(planted), ..script.clone() }.live();
            let mut violations = lived.violations.into_iter();
            let violation = violations.find(|violation| breaks(planted).contains(&violation.rule))?;
            let without = script.live();
            assert!(without.violations.is_empty(), "life {seed} without a bug: {}", without.breaches());
            Some((seed, violation))
        });
        let Some((seed, violation)) = caught else { return Some(planted) };
        eprintln!("{planted:?}: life {seed}, {violation}");
        None
    });
    assert!(missed.is_empty(), "the monitor does not see {missed:?}");
}

/// In at least this many lives a bug shows nothing to a monitor that does not look closely.
const LIVES_BEFORE: u64 = 400;

/// The life of this seed with this bug.
fn with(planted: Planted, seed: u64) -> Script {
    Script { planted: Some(planted), ..Script::from_seed(seed) }
}

/// A breach of a rule of this bug's, in a life that breaks none without it.
fn caught(planted: Planted, seed: u64) -> Option<Violation> {
    let broken = |lived: &Lived| {
        let mut violations = lived.violations.iter();
        violations.find(|violation| breaks(planted).contains(&violation.rule)).cloned()
    };
    let violation = broken(&with(planted, seed).live())?;
    Script::from_seed(seed).live().violations.is_empty().then_some(violation)
}

/// The breaches of any rule where nothing comes between people's plans, and where a yes counts for anything that was
/// ever asked.
fn caught_before(planted: Planted, seed: u64) -> Option<String> {
    let script = Script { unrest: Rates::default(), rigour: Rigour::Loose, ..with(planted, seed) };
    let lived = script.live();
    (!lived.violations.is_empty()).then(|| lived.breaches())
}

#[test]
fn i07_each_way_in_which_a_word_counts_that_was_not_given_is_caught_and_only_by_a_close_look() {
    let bugs = u64::try_from(Planted::OF_CONSENT.len()).expect("a few");
    let wrong = each("planted bugs of consent", bugs, |index| {
        let planted = Planted::OF_CONSENT[usize::try_from(index).expect("a few")];
        let found = (0..LIVES_MAX).find_map(|seed| caught(planted, seed).map(|violation| (seed, violation)));
        let before = (0..LIVES_BEFORE).find_map(|seed| caught_before(planted, seed).map(|what| (seed, what)));
        match (found, before) {
            (Some((seed, violation)), None) => {
                eprintln!("{planted:?}: life {seed}, {violation}");
                None
            }
            (None, _) => Some(format!("the monitor does not see {planted:?}")),
            (Some(_), Some((seed, what))) => {
                Some(format!("{planted:?} shows without a close look in life {seed}: {what}"))
            }
        }
    });
    assert!(wrong.is_empty(), "{wrong:#?}");
}
