//! Pairs of lives that differ in what the addressee does, and in nothing that the requester can see.

use lodge_core::member::Role;
use lodge_simulation::life::{Lived, Order, Script};
use lodge_simulation::many::{each, number};
use lodge_simulation::people::plan::{Answering, Greeting};
use lodge_simulation::world::START;
use lodge_simulation::world::log::{Sight, What};

/// What an addressee can do short of a yes that stands.
#[derive(Debug, Clone, Copy)]
enum Instead {
    Answers(Answering),
    Greets(Greeting),
    IsNoMember,
    IsIntern,
    LeavesTheList(u64),
}

const ALL: [Instead; 19] = [
    Instead::Answers(Answering::No),
    Instead::Answers(Answering::NoThenYes),
    Instead::Answers(Answering::NoEdited),
    Instead::Answers(Answering::UndecidedEdited),
    Instead::Answers(Answering::Unclear),
    Instead::Answers(Answering::Late),
    Instead::Answers(Answering::Notice),
    Instead::Answers(Answering::Reaction),
    Instead::Answers(Answering::Leaves),
    Instead::Answers(Answering::BlocksThenYes),
    Instead::Greets(Greeting::Ignores),
    Instead::Greets(Greeting::TurnsDown),
    Instead::Greets(Greeting::Blocks),
    Instead::Greets(Greeting::Elsewhere),
    Instead::IsNoMember,
    Instead::IsIntern,
    Instead::LeavesTheList(1),
    Instead::LeavesTheList(7),
    Instead::LeavesTheList(13),
];

fn script(seed: u64, instead: Option<Instead>) -> Script {
    let mut script = Script::plain(seed, Answering::Silent);
    script.parts[0].traits.chatter = 6;
    match instead {
        None => {}
        Some(Instead::Answers(answering)) => script.parts[1].traits.answering = answering,
        Some(Instead::Greets(greeting)) => script.parts[1].traits.greeting = greeting,
        Some(Instead::IsNoMember) => script.parts[1].listed = false,
        Some(Instead::IsIntern) => script.parts[1].person.role = Role::Intern,
        Some(Instead::LeavesTheList(days)) => {
            let at = START.after(lodge_core::time::Span::from_days(days));
            script.leaver = Some((at, 1));
        }
    }
    script
}

/// All that the requester sees, with its times, without the ids that are drawn at random.
fn seen_by_requester(lived: &Lived, script: &Script) -> Vec<String> {
    let requester = &script.parts[0].person.address;
    let seen = lived.log.iter().filter_map(|entry| {
        let What::Saw(who, _, sight) = &entry.what else { return None };
        let seen = if let Sight::Porter(message) = sight {
            format!("{} {}", message.wording, message.text)
        } else {
            format!("{sight:?}")
        };
        (who == requester).then(|| format!("{:?} {seen}", entry.at))
    });
    seen.collect()
}

#[test]
fn a_decline_looks_like_silence() {
    let pairs = number("LODGE_PAIRS", 2_000);
    let told = std::sync::atomic::AtomicU64::new(0);
    let differing = each("pairs", pairs, |seed| {
        let index = usize::try_from(seed).unwrap_or(0) % ALL.len();
        let instead = ALL[index];
        let (silent, other) = (script(seed, None), script(seed, Some(instead)));
        assert_eq!(silent.order, Order::Fixed);
        let (of_silence, of_other) = (silent.clone().live(), other.clone().live());
        assert!(of_silence.violations.is_empty(), "seed {seed}: {}", of_silence.breaches());
        assert!(of_other.violations.is_empty(), "seed {seed}, {instead:?}: {}", of_other.breaches());
        let (first, second) = (seen_by_requester(&of_silence, &silent), seen_by_requester(&of_other, &other));
        let ending = first.iter().filter(|line| line.contains(" no-introduction ")).count();
        told.fetch_add(ending as u64, std::sync::atomic::Ordering::Relaxed);
        let differ = first.iter().zip(&second).find(|(a, b)| a != b);
        let differ = differ.map(|(a, b)| format!("{a}\n    {b}"));
        let differ = differ.or_else(|| (first.len() != second.len()).then(|| format!("{first:#?}\n{second:#?}")));
        differ.map(|lines| format!("silence and {instead:?} differ:\n    {lines}"))
    });
    for (seed, what) in differing.iter().take(10) {
        eprintln!("seed {seed}: {what}");
    }
    assert!(differing.is_empty(), "{} of {pairs} pairs differ to the requester", differing.len());
    assert_eq!(told.into_inner(), pairs, "each requester hears once that it did not come about");
}

/// The comparison can fail: a yes does not look like silence.
#[test]
fn a_yes_does_not_look_like_silence() {
    let (silent, yes) = (script(1, None), script(1, Some(Instead::Answers(Answering::Yes))));
    let (first, second) = (silent.clone().live(), yes.clone().live());
    assert_ne!(seen_by_requester(&first, &silent), seen_by_requester(&second, &yes));
}
