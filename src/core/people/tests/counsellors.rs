//! Accounts that counsel: public, and with no part in anything here.

use lodge_core::input::Input;
use lodge_core::people::member::{Person, Role};
use lodge_core::people::roster::{Lister, Reach, Roster, doing_both};
use lodge_core::say::{Ending, Say};
use lodge_core::step::Step;
use lodge_core::time::Span;

use crate::talk::{Talk, address, person};

/// A talk with somebody of the staff among the members.
fn talk() -> Talk {
    let mut talk = Talk::new();
    talk.input(Input::Roster(Roster::these(Lister::Records, [person("casey", Role::Staff, &[])])));
    talk.forget();
    talk
}

fn anybody() -> Talk {
    let mut talk = talk();
    talk.settings.counsels.clear();
    talk
}

/// Kim wrote to the porter before the service listed that account as one that counsels.
fn known_before() -> Talk {
    let mut talk = anybody();
    talk.input(Input::Visited(address("kim-quiet")));
    talk.hears("kim-quiet");
    talk.settings.counsels.insert(address("kim-quiet"));
    talk
}

/// Every message to somebody who asks for Kim, looks, takes it back, asks again and waits for the end.
fn asking(mut talk: Talk) -> Vec<Say> {
    talk.asks("sam", "kim-quiet");
    let shown = ["requests", "my data", "withdraw", "introduce @kim-quiet:example.org", "cancel"];
    let mut heard: Vec<Say> = Vec::new();
    for words in shown {
        talk.types("sam", words);
        talk.until(talk.now.after(Span::from_days(1)));
        heard.extend(talk.hears_whole("sam").into_iter().map(|(_, say)| say));
    }
    talk.asks("sam", "kim-quiet");
    talk.until(talk.now.after(Span::from_days(40)));
    talk.types("sam", "requests");
    heard.extend(talk.hears_whole("sam").into_iter().map(|(_, say)| say));
    assert_eq!((talk.hears("casey"), talk.hears("alex")), (vec![], vec![]));
    heard
}

/// The wordings without ids that are drawn by chance, which differ where more were drawn before.
fn without_ids(heard: &[Say]) -> Vec<&'static str> {
    heard.iter().map(|say| say.wording().id).collect()
}

#[test]
fn b02_whoever_asks_for_an_account_that_counsels_hears_what_they_hear_of_an_unknown_one() {
    let counsels = asking(talk());
    assert_eq!(counsels, asking(anybody()));
    assert!(counsels.iter().any(|say| matches!(say, Say::Ending(Ending::NoIntroduction { .. }))), "{counsels:#?}");
    assert_eq!(without_ids(&asking(known_before())), without_ids(&counsels));
}

#[test]
fn b10_an_account_that_counsels_is_let_in_by_nobody() {
    let mut talk = talk();
    talk.input(Input::Visited(address("kim-quiet")));
    assert_eq!(talk.last, Step::default());
    assert_eq!(talk.says("casey", "verify @kim-quiet:example.org as student"), ["account-takes-no-part"]);
    assert_eq!(talk.last.changes, Step::default().changes);
    talk.input(Input::Roster(Roster::these(Lister::Records, [person("kim-quiet", Role::Staff, &[])])));
    assert!(talk.state.member_at(&address("kim-quiet")).is_none(), "not even by a list that nobody looked at");
}

#[test]
fn b10_a_visitor_who_turns_out_to_counsel_is_forgotten_at_the_next_start() {
    let mut talk = known_before();
    talk.input(Input::Roster(Roster::these(Lister::Configuration, Vec::<Person>::new())));
    talk.perform();
    assert!(talk.state.member_at(&address("kim-quiet")).is_none());
}

#[test]
fn b10_an_account_that_counsels_and_has_a_role_is_named_with_it_until_the_role_ends() {
    let mut talk = anybody();
    let kim = Roster::these(Lister::Records, [person("kim-quiet", Role::Staff, &[])]);
    talk.input(Input::Roster(kim));
    let both = |talk: &Talk| doing_both(&talk.state, &talk.settings, talk.now);
    assert_eq!(both(&talk), []);
    talk.settings.counsels.insert(address("kim-quiet"));
    assert_eq!(both(&talk), [(address("kim-quiet"), Role::Staff)]);
    let without = Roster { reach: Reach::Whole, ..Roster::these(Lister::Records, [person("casey", Role::Staff, &[])]) };
    talk.input(Input::Roster(without));
    assert_eq!(both(&talk), []);
}
