//! Cards, and who sees what of them.

use lodge_core::consent::Shown;
use lodge_core::input::{Input, Proof, Reply};
use lodge_core::mentors::card::Audience;
use lodge_core::people::member::{Details, Field, Role};
use lodge_core::people::roster::Roster;
use lodge_core::policy::Offers;
use lodge_core::say::{Answering, Cards, Requesting, Say, Unfit};

use crate::talk::{Talk, address, people};

fn told(talk: &mut Talk, name: &str, text: &str) -> Cards {
    talk.forget();
    talk.types(name, text);
    let told = talk.hears_whole(name);
    let Some((_, Say::Cards(cards))) = told.last() else { panic!("{text}: {told:?}") };
    cards.clone()
}

#[test]
fn c11_a_card_says_of_each_line_who_sees_it_and_nothing_is_open_by_itself() {
    let mut talk = Talk::new();
    let Cards::Own { lines, empty, .. } = told(&mut talk, "alex", "profile") else { panic!() };
    assert!(lines.iter().all(|(_, audience)| *audience == Audience::Meeting), "{lines:?}");
    assert!(empty.contains(&Field::Gladly) && !empty.contains(&Field::Headline), "{empty:?}");
    talk.says("alex", "profile gladly: how to begin");
    talk.says("alex", "profile show headline to members");
    let Cards::Own { lines, .. } = told(&mut talk, "alex", "profile") else { panic!() };
    let audience = |field| lines.iter().find(|(shown, _)| shown.field() == field).map(|(_, audience)| *audience);
    assert_eq!(audience(Field::Headline), Some(Audience::Members));
    assert_eq!(audience(Field::Gladly), Some(Audience::Meeting));
}

#[test]
fn what_somebody_wrote_on_their_card_outlives_the_next_reading_of_the_list() {
    let mut talk = Talk::new();
    assert_eq!(talk.says("alex", "profile headline: Keeper of maps"), ["profile-written"]);
    assert_eq!(talk.says("alex", "profile clear email"), ["profile-emptied"]);
    talk.input(Input::Roster(Roster::whole(people())));
    let alex = talk.id("alex");
    let details: Details = [(Field::Headline, "Keeper of maps".to_owned())].into_iter().collect();
    assert!(talk.state.member(alex).unwrap().person.details == details);
}

#[test]
fn words_that_do_not_fit_change_nothing_and_are_told_what_would_be_right() {
    let mut talk = Talk::new();
    let long = format!("profile headline: {}", "x".repeat(101));
    for (name, text, expected) in [
        ("sam", "profile shoe size: 9", "profile-no-such-field"),
        ("sam", "profile gladly: maps", "profile-no-such-field"),
        ("sam", "profile name: Alex", "profile-no-such-field"),
        ("sam", &long, "profile-too-long"),
        ("sam", "profile email: at home", "profile-not-one"),
        ("sam", "profile phone: call me", "profile-not-one"),
        ("sam", "profile clear phone", "profile-empty"),
        ("sam", "profile show phone to members", "profile-empty"),
        ("sam", "profile show email to members", "profile-reaches-only"),
        ("sam", "profile show course to my friends", "profile-who-sees"),
        ("sam", "profile show course to mentors list", "list-not-for-them"),
        ("sam", "list me", "list-not-for-them"),
        ("sam", "unlist me", "list-not-in"),
    ] {
        let before = talk.state.clone();
        assert_eq!(talk.says(name, text), [expected], "{text}");
        assert_eq!(talk.state, before, "{text}");
    }
}

#[test]
fn an_employers_people_cannot_say_for_whom_they_speak() {
    let mut talk = Talk::new();
    let as_employer = |mut person: lodge_core::people::member::Person| {
        person.role = if person.address == address("robin") { Role::Employer } else { person.role };
        person
    };
    talk.input(Input::Roster(Roster::whole(people().into_iter().map(as_employer))));
    let kept = Cards::Unfit(Unfit::KeptByService { field: Field::Organisation });
    assert_eq!(told(&mut talk, "robin", "profile organisation: The Bank"), kept);
    assert_eq!(talk.says("alex", "profile organisation: City Museum"), ["profile-written"]);
}

#[test]
fn a_strange_device_changes_no_card() {
    let mut talk = Talk::new();
    for text in ["profile headline: Me", "profile show email to nobody", "profile clear headline"] {
        let before = talk.state.clone();
        assert_eq!(talk.says_as("alex", text, Reply::None, Proof::Unproven), ["device-unknown"], "{text}");
        assert_eq!(talk.state, before, "{text}");
    }
}

#[test]
fn c14_what_nobody_is_to_see_is_added_to_nothing_and_drops_out_of_what_waits() {
    let mut talk = Talk::new();
    talk.says("sam", "profile hide email");
    talk.says("sam", "introduce @alex:example.org for career advice: How did you begin?");
    talk.says("sam", "no");
    assert_eq!(talk.says("sam", "add email"), ["profile-for-nobody"]);
    talk.says("sam", "add course");
    talk.says("sam", "profile hide course");
    assert_eq!(talk.says("sam", "send"), ["changed-since", "preview"], "what they agree to is what they see");
    talk.says("sam", "send");
    let asked = talk.hears_whole("alex");
    let [(_, Say::Answering(Answering::Asked { of, .. }))] = &asked[..] else { panic!("{asked:?}") };
    assert_eq!(of.fields().iter().map(Shown::field).collect::<Vec<_>>(), [Field::Name]);
    assert_eq!(talk.says("alex", "profile hide email"), ["profile-shown-to"]);
    assert_eq!(talk.says("alex", "1 yes with email"), ["asked-anew", "asked"], "what a yes could show has changed");
    assert_eq!(talk.says("alex", "yes with email"), ["profile-for-nobody"]);
}

#[test]
fn what_every_member_may_see_goes_with_a_request_unless_it_is_taken_out() {
    let mut talk = Talk::new();
    talk.says("sam", "profile show course to members");
    talk.says("sam", "introduce @alex:example.org for career advice: How did you begin?");
    talk.types("sam", "no");
    let preview = talk.hears_whole("sam");
    let Some((_, Say::Requesting(Requesting::Preview { beside, .. }))) = preview.last() else { panic!("{preview:?}") };
    assert_eq!(beside.iter().map(Shown::field).collect::<Vec<_>>(), [Field::Name, Field::Course]);
    assert_eq!(talk.says("sam", "hide course"), ["preview"]);
}

#[test]
fn a01_a_consent_names_the_card_that_it_saw() {
    let mut talk = Talk::new();
    let versions: Vec<_> = ["Curator", "Keeper of maps", "Curator"]
        .map(|headline| {
            talk.says("alex", &format!("profile headline: {headline}"));
            let alex = talk.id("alex");
            talk.state.member(alex).unwrap().card_version()
        })
        .into();
    assert!(versions[0] != versions[1] && versions[0] == versions[2], "{versions:?}");
    let id = talk.asks("sam", "alex");
    talk.says("alex", "yes");
    let sam = talk.id("sam");
    assert_eq!(
        talk.state.introduction(id).unwrap().asked.terms().card(),
        &talk.state.member(sam).unwrap().card_version()
    );
}

#[test]
fn d09_what_is_off_is_answered_with_what_is_on_and_help_shows_nothing_else() {
    let mut talk = Talk::new();
    talk.settings.offers = Offers { introductions: true, rooms: false, mentors: false, events: false };
    for text in ["mentors", "mentors in museums", "more", "list me"] {
        let offers = talk.settings.offers;
        assert_eq!(told(&mut talk, "alex", text), Cards::NotOffered { offers }, "{text}");
    }
    assert_eq!(talk.says("sam", "introduce @alex:example.org"), ["ask-purpose"]);
    talk.asks("noor", "alex");
    talk.settings.offers = Offers { introductions: false, rooms: false, mentors: false, events: false };
    assert_eq!(talk.says("sam", "introduce @robin:example.org"), ["not-offered"]);
    talk.hears("alex");
    assert_eq!(talk.says("alex", "no"), ["no-recorded"], "what was begun comes to its end");
    assert_eq!(talk.says("alex", "my data"), ["my-data"]);
    talk.types("alex", "help");
    let told = talk.hears_whole("alex");
    let Some((_, Say::Help { offers, role: Role::Alumnus })) = told.last() else { panic!("{told:?}") };
    assert_eq!(*offers, talk.settings.offers);
}
