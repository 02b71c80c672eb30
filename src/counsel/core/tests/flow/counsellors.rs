//! The settings and the questions of counsellors.

use lodge_counsel_core::say::{OwnCase, Say, Standing, ToCounsellor};

use crate::talk::{Talk, address};

#[test]
fn counsellors_are_welcomed_once() {
    let mut talk = Talk::new();
    talk.name(&["kim", "lee", "noa"]);
    assert_eq!(talk.hears("noa"), ["counsellor-welcome"]);
    assert_eq!(talk.hears("kim"), [""; 0]);
    talk.name(&["kim", "lee"]);
    talk.name(&["kim", "lee", "noa"]);
    assert_eq!(talk.hears("noa"), ["counsellor-welcome"]);
    assert_eq!(talk.visits("noa"), ["counsellor-help"]);
}

#[test]
fn hours_capacity_and_away_are_set_in_words_and_shown() {
    let mut talk = Talk::new();
    let show = |talk: &mut Talk, text: &str| {
        talk.types("kim", text);
        format!("{:?}", talk.hears_whole("kim"))
    };
    assert!(show(&mut talk, "settings").contains("hours: None, capacity: 8, away: None"));
    assert!(show(&mut talk, "hours mon-fri 9-17").contains("mon-fri 9:00-17:00"));
    assert!(show(&mut talk, "capacity 3").contains("capacity: 3"));
    assert!(show(&mut talk, "away Until Monday").contains("Until Monday"));
    assert!(show(&mut talk, "back").contains("away: None"));
    assert!(show(&mut talk, "hours always").contains("hours: None"));
    assert_eq!(talk.says("kim", "hours whenever"), ["counsellor-hours-how"]);
    assert_eq!(talk.says("kim", "capacity many"), ["counsellor-capacity-how"]);
    assert_eq!(talk.says("kim", "capacity 101"), ["counsellor-capacity-how"]);
    assert_eq!(talk.says("kim", "Hello there, Kim"), ["counsellor-not-understood"]);
}

#[test]
fn b06_the_policy_is_an_answer_that_each_begins_in_their_own_tone() {
    let mut talk = Talk::new();
    let policy = |talk: &mut Talk, text: &str| {
        talk.types("kim", text);
        talk.hears_whole("kim").remove(0)
    };
    let answer = |tone: Option<&str>| {
        let (tone, policy) = (tone.map(str::to_owned), crate::talk::settings().policy);
        Say::from(ToCounsellor::Policy { tone, policy, account: address("quiet") })
    };
    assert_eq!(policy(&mut talk, "policy"), answer(None));
    assert_eq!(policy(&mut talk, "policy tone How kind of you to ask."), answer(Some("How kind of you to ask.")));
    assert_eq!(policy(&mut talk, "policy"), answer(Some("How kind of you to ask.")));
    assert_eq!(policy(&mut talk, "policy tone default"), answer(None));
}

#[test]
fn their_cases_are_listed_by_their_words() {
    let mut talk = Talk::new();
    talk.opens("sam", "kim");
    talk.opens("alex", "lee");
    talk.asks("robin");
    talk.types("sam", "close");
    talk.forget();
    talk.types("kim", "cases");
    let closing = talk.state.cases().find(|case| case.counsellor() == Some(talk.id("kim"))).unwrap().word.clone();
    let offered = talk.case("robin").word.clone();
    let mut expected = vec![
        OwnCase { word: closing, standing: Standing::Closing, meeting: None },
        OwnCase { word: offered, standing: Standing::Offered, meeting: None },
    ];
    expected.sort_by(|one, other| one.word.cmp(&other.word));
    assert_eq!(talk.hears_whole("kim"), [Say::from(ToCounsellor::Cases(expected))]);
}

#[test]
fn nobody_can_do_anything_with_anothers_case() {
    let mut talk = Talk::new();
    let word = talk.opens("sam", "kim");
    for text in ["close", "left", "cancel time", "hand over", "yes", "no"] {
        assert_eq!(talk.says("lee", &format!("{text} {word}")), ["counsellor-no-such-case"], "{text}");
    }
    assert_eq!(talk.says("lee", &format!("time {word} tomorrow 14:00")), ["counsellor-no-such-case"]);
    assert_eq!((talk.hears("sam"), talk.hears("kim")), (vec![], vec![]));
}

#[test]
fn b10_an_account_that_counsels_is_no_client() {
    let mut talk = Talk::new();
    talk.opens("sam", "kim");
    let client = talk.id("sam");
    talk.name(&["kim", "lee", "sam"]);
    assert_ne!(talk.id("sam"), client);
    assert_eq!(talk.hears("sam"), ["counsellor-welcome"]);
    assert!(talk.state.client(client).unwrap().forgetting);
    // The rows that a store keeps meanwhile say the same.
    let read = lodge_counsel_core::state::State::load(&talk.kept).unwrap();
    assert!(read.client(client).is_some() && read.person_at(&address("sam")) == Some(talk.id("sam")));
    talk.perform();
    assert!(talk.state.client(client).is_none() && talk.state.person_at(&address("sam")).is_some());
}
