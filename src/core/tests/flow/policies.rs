//! Policy lists that the service follows.

use lodge_core::input::Input;
use lodge_core::moderation::{Pattern, Policies, Rule, Whom};

use crate::moderation::House;

impl House {
    /// The lists are read, and this is what they say about accounts.
    fn reads(&mut self, patterns: &[&str]) {
        let rule = |text: &&str| Rule { about: Whom::User, pattern: Pattern::parse(text).unwrap() };
        self.0.settings.rooms.policies = Policies::new(patterns.iter().map(rule));
        self.0.input(Input::Policies);
    }
}

#[test]
fn whoever_a_policy_list_names_in_a_room_is_banned_and_staff_hear_of_it() {
    let mut house = House::new();
    house.reads(&["@s?m:example.org", "@nobody:*"]);
    assert_eq!(house.noted().iter().filter(|code| **code == "banned-by-list").count(), 1);
    assert!(!house.is_in("sam", "pharma") && house.is_in("noor", "pharma"));
    assert_eq!(house.0.hears("sam"), ["banned-as-listed"]);
    assert_eq!(house.0.hears("jo"), ["banned-by-list"]);
    assert_eq!(house.0.hears("noor"), [] as [&str; 0]);
    house.reads(&["@s?m:example.org"]);
    assert_eq!(house.0.hears("jo"), [] as [&str; 0], "once");
}

#[test]
fn whoever_is_in_no_room_is_banned_when_they_ask_for_one() {
    let mut house = House::new();
    house.reads(&["@robin:example.org"]);
    assert_eq!(house.0.hears("robin"), [] as [&str; 0]);
    house.0.says("robin", "agree");
    assert_eq!(house.0.says("robin", "join pharma"), ["banned-as-listed"]);
    assert!(!house.is_in("robin", "pharma"));
}

#[test]
fn a_rule_that_names_the_porter_or_the_staff_bans_nobody() {
    let mut house = House::new();
    house.reads(&["*", "@*:example.org", "@jo:example.org", "@porter:example.org"]);
    assert!(house.is_in("sam", "pharma"));
    for name in ["sam", "noor", "alex", "jo", "kim"] {
        assert_eq!(house.0.hears(name), [] as [&str; 0], "{name}");
    }
}

#[test]
fn whom_staff_let_in_again_no_list_takes_out() {
    let mut house = House::new();
    house.reads(&["@sam:example.org"]);
    house.0.forget();
    assert_eq!(house.0.says("jo", "allow @sam:example.org"), ["ban-lifted"]);
    house.0.says("sam", "agree");
    assert_eq!(house.0.says("sam", "join pharma"), ["room-invitation"]);
    house.0.forget();
    house.reads(&["@sam:example.org"]);
    assert!(!house.noted().contains(&"banned-by-list"));
    assert_eq!(house.0.hears("sam"), [] as [&str; 0]);
}
