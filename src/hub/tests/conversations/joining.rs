//! Joining: with a letter, through the staff, for an organisation; and the messages when a role ends or the terms
//! change.

use std::collections::BTreeMap;

use lodge_core::name::DisplayName;
use lodge_core::people::member::{Field, Role};
use lodge_core::people::roster::{Entry, Lister, MailAddress, Roster};
use lodge_core::time::Timestamp;

use crate::play::{Play, Story, address};

/// Midnight after 30 November 2026 in London.
const NOVEMBER_OVER: Timestamp = Timestamp::from_millis(1_796_083_200_000);

/// Somebody with an account.
fn listed(name: &str, role: Role) -> Entry {
    Entry { address: Some(address(name)), mail: None, ..invited(name, role) }
}

/// Somebody on the roster without an account.
fn invited(name: &str, role: Role) -> Entry {
    Entry {
        mail: Some(MailAddress::parse(&format!("{name}@mail.example")).unwrap()),
        address: None,
        name: DisplayName::parse(name).unwrap(),
        role,
        cohort: None,
        details: BTreeMap::new(),
        until: None,
    }
}

pub fn of_museum(name: &str) -> Entry {
    let details = BTreeMap::from([(Field::Organisation, "City Museum".to_owned())]);
    Entry { details, ..listed(name, Role::Employer) }
}

pub fn these(entries: impl IntoIterator<Item = Entry>) -> Roster {
    Roster::these(Lister::Records, entries)
}

/// A scene with staff: Casey, and Avery who is an administrator.
pub fn scene<'a>(story: &'a mut Story, title: &str) -> &'a mut Play {
    let play = story.scene(title);
    let staff = [listed("Casey", Role::Staff), listed("Avery", Role::Administrator)];
    play.offstage(|play| {
        play.takes_in("staff", these(staff));
        play.says("Casey", "agree");
        play.says("Avery", "agree");
    });
    play
}

#[test]
fn joining() {
    let mut story = Story::default();

    let play = story.scene("Somebody on the list with an account, until their first request");
    play.takes_in("Kim is listed.", these([listed("Kim", Role::Student)]));
    play.says("Kim", "boundaries");
    play.says("Kim", "introduce @alex:example.org for career advice: How did you begin?");
    play.says("Kim", "no");
    play.says("Kim", "send");
    play.says("Kim", "agree");
    play.says("Kim", "send");
    play.says("Kim", "boundaries");

    let play = story.scene("Asked before having agreed");
    play.takes_in("Kim is listed.", these([listed("Kim", Role::Student)]));
    play.has_asked("Sam", "Kim");
    play.says("Kim", "yes");
    play.says("Kim", "agree");
    play.says("Kim", "yes");

    let play = story.scene("Asked before having agreed, and a yes with times");
    play.takes_in("Kim is listed.", these([listed("Kim", Role::Student)]));
    play.has_asked("Sam", "Kim");
    play.says("Kim", "yes, Tue or Thu after 4");
    play.says("Kim", "agree");

    let play = scene(&mut story, "With a letter");
    play.offstage(|play| play.takes_in("Kim is listed.", these([invited("Kim", Role::Student)])));
    play.visits("Kim");
    play.says("Kim", "hello");
    play.says("Kim", "introduce @alex:example.org");
    play.says("Kim", "1234-5678-9ABC");
    let code = play.code_of("kim@mail.example");
    play.says_from_a_strange_device("Kim", &code);
    play.says("Kim", &format!("My code is {}", code.to_lowercase()));
    play.says("Kim", &code);
    play.says("Kim", "agree");
    play.visits("Rey");
    play.says("Rey", &code);

    let play = scene(&mut story, "Without a letter, through the staff");
    play.visits("Rey");
    play.says("Rey", "help");
    play.says("Rey", "ask staff");
    play.says("Rey", "ask staff I am Rey from the history course. I lost my letter.");
    play.says("Rey", "ask staff Is anybody there?");
    play.says("Rey", "ask staff Hello?");
    play.says("Rey", "ask staff It is me again.");
    play.says("Rey", "verify @rey:example.org as staff");
    play.says("Casey", "verify @rey:example.org");
    play.says("Casey", "verify @rey:example.org as staff");
    play.says("Casey", "verify @rey:example.org as employer");
    play.says("Casey", "verify @kim-quiet:example.org as alumnus");
    play.says("Casey", "verify @rey:example.org as student until someday");
    play.says("Casey", "verify @rey:example.org as student until 30 June");
    play.says("Rey", "verify @sam:example.org as student");

    let play = scene(&mut story, "Nobody knows them");
    play.visits("Rey");
    play.passes("14d");

    let play = scene(&mut story, "An organisation");
    play.says("Casey", "organisations");
    play.takes_in("Erin and Eli of City Museum are listed.", these([of_museum("Erin"), of_museum("Eli")]));
    play.says("Erin", "introduce");
    play.says("Erin", "help");
    play.says("Sam", "approve organisation City Museum");
    play.says("Casey", "organisations");
    play.says("Casey", "approve organisation city museum");
    play.says("Avery", "approve organisation City Museum");
    play.says("Avery", "verify @eve:example.org as employer at Harbour Press");
    story.is_as_reviewed("joining");
}

#[test]
fn roles_and_boundaries_change() {
    let mut story = Story::default();

    let play = scene(&mut story, "Studies end on the day that the roster gives, and the roster says what follows");
    let student = Entry { until: Some(NOVEMBER_OVER), ..listed("Kim", Role::Student) };
    play.offstage(|play| {
        play.takes_in("Kim is listed.", these([student]));
        play.says("Kim", "agree");
    });
    play.passes("28d");
    play.passes("1d");
    play.says("Kim", "introduce");
    play.takes_in("Kim is listed again, as an alumna.", these([listed("Kim", Role::Alumnus)]));
    play.says("Kim", "introduce");

    let play = scene(&mut story, "A role becomes another in time");
    play.takes_in("Sam is listed as an alumnus.", these([listed("Sam", Role::Alumnus)]));

    let play = scene(&mut story, "Staff end a role");
    play.says("Casey", "end @nobody:example.org");
    play.says("Casey", "end @avery:example.org");
    play.says("Sam", "end @noor:example.org");
    play.says("Casey", "end @sam:example.org");
    play.says("Sam", "help");

    let play = scene(&mut story, "What holds changes");
    play.has_asked("Sam", "Alex");
    play.settings.joining.boundaries = "2".to_owned();
    play.settings.joining.quiet_room = Some("@quiet:example.org".to_owned());
    play.takes_in("The hub starts, with other boundaries.", these([]));
    play.says("Alex", "yes");
    play.says("Alex", "agree");
    play.says("Alex", "yes");
    story.is_as_reviewed("roles_and_boundaries_change");
}
