//! The rule of one answer: pairs of lives that differ in what goes on at the addressee's side, and in nothing that
//! anybody else can see.

use std::collections::BTreeMap;
use std::sync::Mutex;

use lodge_simulation::life::Lived;
use lodge_simulation::many::{each, nothing_in, number};
use lodge_simulation::pairs::occasions::{self, Occasion, STUDENT};
use lodge_simulation::pairs::{ADDRESSEE, Group, Instead, OTHERS, REQUESTER, STAFF, Weather, difference, wordings};
use lodge_simulation::people::plan::Answering;

/// Messages that requesters must have heard often enough, so that a difference in them would show.
const HEARD: [&str; 25] = [
    "sent",
    "preview",
    "no-introduction",
    "withdrawn",
    "requests",
    "my-data",
    "already-waiting",
    "too-many-waiting",
    "too-many-sent",
    "question-came",
    "answer-noted",
    "nothing-to-answer",
    "nothing-to-withdraw",
    "which-to-withdraw",
    "no-draft",
    "ask-known-how",
    "forgetting",
    "reminder",
    "asked",
    "block-recorded",
    "nothing-to-report",
    "help",
    "policy",
    "mentors",
    "contact-card",
];

/// Messages that addressees must have heard often enough, so that something went on at their side.
const HAPPENED: [&str; 15] = [
    "no-recorded",
    "ignore-recorded",
    "block-recorded",
    "report-recorded",
    "later-noted",
    "paused",
    "limit-set",
    "forgetting",
    "asked",
    "question-passed-on",
    "answer-came",
    "taken-back",
    "you-block",
    "list-agreed",
    "list-left",
];

/// The number of times that each wording was said.
#[derive(Default)]
struct Tally(Mutex<BTreeMap<String, u64>>);

impl Tally {
    fn count<'a>(&self, wordings: impl Iterator<Item = &'a str>) {
        let mut tally = self.0.lock().expect("no thread panicked");
        for wording in wordings {
            *tally.entry(wording.to_owned()).or_default() += 1;
        }
    }

    fn missing(&self, wordings: &[&'static str]) -> Vec<&'static str> {
        let tally = self.0.lock().expect("no thread panicked");
        wordings.iter().filter(|wording| !tally.contains_key(**wording)).copied().collect()
    }
}

/// Lives of one group; what differs, if anything does.
fn compare(seed: u64, weather: Weather, heard: &Tally, happened: &Tally) -> Option<(Instead, String)> {
    let group = Group::of(seed, weather, None);
    let silence = group.silence().live();
    sound(seed, &silence);
    heard.count(wordings(&silence, group.address(REQUESTER)));
    group.others.into_iter().filter(|instead| !group.parts_too_early(*instead, &silence)).find_map(|instead| {
        let other = group.other(instead).live();
        sound(seed, &other);
        happened.count(wordings(&other, group.address(ADDRESSEE)));
        let to_staff = wordings(&other, group.address(STAFF)).filter(|wording| *wording != "introduction-reported");
        let to_staff: Vec<&str> = to_staff.collect();
        assert_eq!(to_staff, ["welcome", "agreed"], "seed {seed}, {instead:?}: staff are told of reports alone");
        group.differs(&silence, &other).map(|lines| (instead, lines))
    })
}

fn sound(seed: u64, lived: &Lived) {
    assert!(lived.violations.is_empty(), "seed {seed}: {}", lived.breaches());
}

/// Plays one group again, with all that happens in the two lives that differ.
fn again(seed: u64, weather: Weather) {
    let group = Group::of(seed, weather, None);
    let silence = group.silence().live();
    for instead in group.others.into_iter().filter(|instead| !group.parts_too_early(*instead, &silence)) {
        let other = group.other(instead).live();
        let differs = group.differs(&silence, &other);
        let breaches = Some(other.breaches()).filter(|breaches| !breaches.is_empty());
        if let Some(lines) = differs.or(breaches) {
            println!("{}\n\n======== {instead:?} ========\n\n{}", silence.transcript(), other.transcript());
            panic!("{instead:?}: {lines}");
        }
    }
}

/// Compares this many pairs, or plays one group again.
fn all_look_alike(weather: Weather, pairs: u64) {
    if let Ok(seed) = std::env::var("LODGE_SEED") {
        return again(seed.parse().expect("LODGE_SEED is a number"), weather);
    }
    let groups = pairs.div_ceil(OTHERS as u64);
    let (heard, happened) = (Tally::default(), Tally::default());
    let differing = each("groups of pairs", groups, |seed| {
        compare(seed, weather, &heard, &happened).map(|(instead, what)| format!("{instead:?}: {what}"))
    });
    nothing_in(&differing, "groups", groups, "pairs");
    // A world in which nothing happens would show no difference.
    let missing = (heard.missing(&HEARD), happened.missing(&HAPPENED));
    assert!(pairs < 2_000 || (missing.0.is_empty() && missing.1.is_empty()), "never said: {missing:?}");
}

#[test]
fn i03_whatever_the_addressee_does_short_of_speaking_looks_like_silence() {
    all_look_alike(Weather::Calm, number("LODGE_PAIRS", 20_000));
}

#[test]
fn i03_it_looks_like_silence_where_calls_fail_and_wait_and_the_hub_dies() {
    all_look_alike(Weather::Strain, number("LODGE_PAIRS", 20_000));
}

#[test]
fn i03_a_homeserver_that_limits_the_porter_changes_when_it_speaks_and_nothing_else() {
    all_look_alike(Weather::Limits, number("LODGE_PAIRS", 20_000) / 10);
}

/// The comparison can fail: a yes does not look like silence.
#[test]
fn a_yes_does_not_look_like_silence() {
    let group = Group::of(1, Weather::Calm, None);
    let (silence, yes) = (group.silence().live(), group.other(Instead::Answers(Answering::YesByNumber)).live());
    assert!(difference(&silence, &yes, group.address(REQUESTER)).is_some());
    assert!(difference(&silence, &silence, group.address(REQUESTER)).is_none());
}

/// Messages about events that somebody else, and the student, must have heard often enough.
const OF_EVENTS: [[&str; 9]; 2] = [
    [
        "events",
        "event-shown",
        "event-coming",
        "event-not-coming",
        "event-changed",
        "event-reminder",
        "event-thanks",
        "event-host-count",
        "my-data",
    ],
    [
        "event-coming",
        "event-waits",
        "event-not-coming",
        "event-changed",
        "event-place-offered",
        "event-place-passed",
        "event-reminder",
        "event-here",
        "event-thanks",
    ],
];

fn comings_look_alike(strained: bool, pairs: u64) {
    let one = std::env::var("LODGE_SEED").ok().map(|seed| seed.parse().expect("LODGE_SEED is a number"));
    let (heard, happened) = (Tally::default(), Tally::default());
    let groups = one.map_or(pairs.div_ceil(3), |_| 1);
    let differing = each("groups of pairs", groups, |nth| {
        let seed = one.unwrap_or(nth);
        let occasion = Occasion::of(seed, strained, None);
        let nothing = occasion.nothing().live();
        sound(seed, &nothing);
        for place in occasions::OTHERS {
            heard.count(wordings(&nothing, occasion.address(place)));
        }
        occasion.ways.into_iter().find_map(|coming| {
            let other = occasion.other(coming).live();
            sound(seed, &other);
            happened.count(wordings(&other, occasion.address(STUDENT)));
            let lines = occasion.differs(&nothing, &other)?;
            if one.is_some() {
                println!("{}\n\n======== {coming:?} ========\n\n{}", nothing.transcript(), other.transcript());
            }
            Some(format!("{coming:?}: {lines}"))
        })
    });
    nothing_in(&differing, "groups", groups, "pairs");
    let missing = (heard.missing(&OF_EVENTS[0]), happened.missing(&OF_EVENTS[1]));
    assert!(groups < 300 || (missing.0.is_empty() && missing.1.is_empty()), "never said: {missing:?}");
}

#[test]
fn b11_who_comes_to_an_event_shows_to_staff_alone() {
    comings_look_alike(false, number("LODGE_PAIRS", 20_000) / 10);
}

#[test]
fn b11_who_comes_to_an_event_shows_to_staff_alone_where_calls_fail_and_wait_and_the_hub_dies() {
    comings_look_alike(true, number("LODGE_PAIRS", 20_000) / 10);
}
