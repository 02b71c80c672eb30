//! Joining: unknown people, codes, roles that staff verify, organisations, and the boundaries everybody agrees to.

use std::collections::BTreeMap;

use lodge_core::effect::Act;
use lodge_core::input::{Input, Proof, Reply};
use lodge_core::name::DisplayName;
use lodge_core::people::member::{Details, Field, Role, Standing};
use lodge_core::people::roster::{
    Change, Code, Entry, Lister, MailAddress, Problem, Reach, Roster, invitees, parts, plan, problems,
};
use lodge_core::say::{Say, Staffing};
use lodge_core::time::Span;

use crate::talk::{START, Talk, address, people};

pub fn entry(name: &str, role: Role) -> Entry {
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

pub fn at_firm(name: &str, firm: &str) -> Entry {
    Entry {
        address: Some(address(name)),
        details: BTreeMap::from([(Field::Organisation, firm.to_owned())]),
        ..entry(name, Role::Employer)
    }
}

pub fn these(entries: Vec<Entry>) -> Roster {
    Roster::these(Lister::Records, entries)
}

#[test]
fn whoever_asks_hears_whom_they_write_to_and_what_they_had_begun_goes_on() {
    let mut talk = Talk::new();
    talk.input(Input::Visited(address("kim")));
    talk.forget();
    for name in ["sam", "ivy", "kim"] {
        assert_eq!(talk.says(name, "Who are you?"), ["about"], "{name}");
    }
    talk.says("sam", "introduce @alex:example.org for career advice");
    assert_eq!(talk.says("sam", "are you a bot?"), ["about"]);
    assert_eq!(talk.says("sam", "no"), ["ask-message"]);
}

fn code_of(talk: &Talk, entry: &Entry) -> String {
    Code::of(entry.mail.as_ref().unwrap(), &talk.settings.mark_key).to_string()
}

/// A talk with staff and an administrator among the members.
pub fn talk() -> Talk {
    let mut talk = Talk::new();
    let (mut casey, mut avery) = (entry("casey", Role::Staff), entry("avery", Role::Administrator));
    (casey.address, avery.address) = (Some(address("casey")), Some(address("avery")));
    talk.input(Input::Roster(these(vec![casey, avery])));
    talk.forget();
    talk
}

#[test]
fn a01_a_code_from_the_roster_shows_who_somebody_is_once() {
    let mut talk = talk();
    let kim = entry("kim", Role::Student);
    talk.input(Input::Roster(these(vec![kim.clone()])));
    let code = code_of(&talk, &kim);
    assert_eq!(invitees(&talk.state, &talk.settings.mark_key, &these(vec![kim.clone()]))[0].1.to_string(), code);

    talk.input(Input::Visited(address("kim")));
    assert_eq!(talk.hears("kim"), ["visitor"]);
    assert_eq!(talk.says("kim", "introduce @alex:example.org"), ["not-verified"]);
    assert_eq!(talk.says("kim", "ABCD-1234-EFGH"), ["code-unknown"]);
    assert_eq!(talk.says_as("kim", &code, Reply::None, Proof::Unproven), ["device-unknown"]);
    assert_eq!(talk.says("kim", &code.to_lowercase()), ["welcome"]);
    assert_eq!(talk.says("kim", &code), ["code-not-needed"]);

    let member = talk.state.member(talk.id("kim")).unwrap();
    let details: Details = [(Field::Email, "kim@mail.example".to_owned())].into_iter().collect();
    assert!(member.person.role == Role::Student && member.person.details == details);
    talk.input(Input::Visited(address("rey")));
    talk.hears("rey");
    assert_eq!(talk.says("rey", &code), ["code-unknown"], "it is used");
}

#[test]
fn a22_the_key_that_a_listing_had_before_its_owner_came_is_destroyed() {
    let mut talk = talk();
    let kim = entry("kim", Role::Student);
    talk.input(Input::Roster(these(vec![kim.clone()])));
    let listed = talk.state.listing_with_mail(kim.mail.as_ref().unwrap()).unwrap().member;
    talk.input(Input::Visited(address("kim")));
    talk.acts();
    talk.says("kim", &code_of(&talk, &kim));
    assert_eq!(talk.acts(), [Act::Forget(listed)]);
    assert!(talk.state.listing(listed).is_none());
    assert!(talk.state.listing(talk.id("kim")).is_some());
}

#[test]
fn a19_staff_verify_in_their_own_name_and_only_administrators_verify_staff() {
    let mut talk = talk();
    talk.input(Input::Visited(address("kim")));
    talk.hears("kim");
    assert_eq!(talk.says("kim", "ask staff I am Kim from history and lost my letter"), ["staff-asked"]);
    for staff in ["casey", "avery"] {
        assert_eq!(talk.hears(staff), ["help-wanted"]);
    }
    assert_eq!(talk.hears("sam"), Vec::<&str>::new());
    assert_eq!(talk.says("sam", "verify @kim:example.org as student"), ["not-staff"]);
    assert_eq!(talk.says("casey", "verify @kim:example.org as staff"), ["only-administrators"]);
    assert_eq!(talk.says("casey", "verify @kim:example.org"), ["verify-how"]);
    assert_eq!(talk.says("casey", "verify @kim:example.org as student until 30 June"), ["verified"]);
    let noted: Vec<_> = talk.last.noted.iter().map(|noted| (noted.code(), noted.about())).collect();
    let (casey, kim) = (talk.id("casey").to_string(), talk.id("kim").to_string());
    assert!(noted.contains(&("verified-by-staff", vec![casey, kim])), "{noted:?}");
    assert_eq!(talk.hears("kim"), ["welcome"]);
    assert_eq!(talk.says("avery", "verify @kim:example.org as staff"), ["verified"]);
    assert_eq!(talk.hears("kim"), ["role-changed"]);
}

#[test]
fn asking_the_staff_has_an_end_for_a_day() {
    let mut talk = talk();
    talk.input(Input::Visited(address("kim")));
    talk.hears("kim");
    assert_eq!(talk.says("kim", "ask staff"), ["ask-staff-what"]);
    for _ in 0..2 {
        assert_eq!(talk.says("kim", "ask staff where is my letter"), ["staff-asked"]);
    }
    assert_eq!(talk.says("kim", "ask staff where is my letter"), ["asked-staff-enough"]);
    talk.now = talk.now.after(Span::from_days(1));
    assert_eq!(talk.says("kim", "ask staff where is my letter"), ["staff-asked"]);
}

#[test]
fn b11_an_employers_people_wait_until_staff_approve_their_organisation() {
    let mut talk = talk();
    talk.input(Input::Roster(these(vec![at_firm("erin", "City Museum"), at_firm("lou", "city  museum")])));
    assert_eq!(
        (talk.hears("erin"), talk.hears("lou")),
        (vec!["waits-for-organisation"], vec!["waits-for-organisation"])
    );
    assert_eq!(talk.hears("casey"), ["organisation-waits"], "once for both");
    assert_eq!(talk.says("erin", "introduce @alex:example.org"), ["still-waits-for-organisation"]);
    assert_eq!(talk.says("sam", "approve organisation City Museum"), ["not-staff"]);
    for nearly in ["City Musem", "Museum"] {
        let approves = format!("approve organisation {nearly}");
        assert_eq!(
            talk.says("casey", &approves),
            ["organisation-none-waits"],
            "nobody is listed there, and one is nearly so"
        );
    }
    assert_eq!(talk.says("casey", "approve organisation \u{201c}City Museum\u{201d}."), ["organisation-approved"]);
    assert_eq!((talk.hears("erin"), talk.hears("lou")), (vec!["welcome"], vec!["welcome"]));
    assert_eq!(talk.says("casey", "approve organisation CITY MUSEUM"), ["organisation-approved-before"]);
    assert_eq!(talk.says("casey", "organisations"), ["organisations"]);
    talk.input(Input::Roster(these(vec![at_firm("max", "City Museum")])));
    assert_eq!(talk.hears("max"), ["welcome"]);
}

#[test]
fn b11_a_name_under_which_none_waits_is_not_approved_and_the_near_one_is_named() {
    let mut talk = talk();
    assert_eq!(talk.says("casey", "approve organisation City Museum"), ["organisation-none-waits"], "in advance");
    talk.input(Input::Roster(these(vec![at_firm("erin", "City Museum"), at_firm("lou", "Smith & Co.")])));
    talk.hears("casey");
    let near = |talk: &mut Talk, text: &str| {
        talk.types("casey", &format!("approve organisation {text}"));
        let said = talk.hears_whole("casey").pop();
        let Some((_, Say::Staffing(Staffing::NoneWaits { near, .. }))) = said else { panic!("{text}: {said:?}") };
        near
    };
    for typed in ["city musem", "City Muzeum.", "museum", "The City Museum Ltd", "“City Musuem”", "Museum, City"] {
        assert_eq!(near(&mut talk, typed).as_deref(), Some("City Museum"), "{typed}");
    }
    assert_eq!(near(&mut talk, "Smith and Company").as_deref(), Some("Smith & Co."));
    for typed in ["Harbour Press", "Bank of England", "BBC"] {
        assert_eq!(near(&mut talk, typed), None, "{typed}");
    }
    assert_eq!(talk.state.member(talk.id("erin")).unwrap().person.role, Role::Unverified);
    assert_eq!(talk.says("casey", "Approve organisation “City Museum”."), ["organisation-approved"]);
    assert_eq!(talk.says("casey", "approve organisation city museum!"), ["organisation-approved-before"]);
    assert_eq!(talk.says("casey", "approve organisation Smith & Co."), ["organisation-approved"]);
    assert_eq!((talk.hears("erin").pop(), talk.hears("lou").pop()), (Some("welcome"), Some("welcome")));
}

#[test]
fn a19_whoever_is_verified_and_was_never_met_is_said_to_be_that() {
    let mut talk = talk();
    talk.input(Input::Visited(address("kim")));
    for (who, expected) in [("kim", true), ("rey", false), ("rey", true)] {
        talk.types("casey", &format!("verify @{who}:example.org as student"));
        let said = talk.hears_whole("casey").pop();
        let Some((_, Say::Staffing(Staffing::Verified { met, .. }))) = said else { panic!("{who}: {said:?}") };
        assert_eq!(met, expected, "{who}");
    }
}

#[test]
fn a19_an_organisation_that_staff_name_is_the_one_that_is_known() {
    let mut talk = talk();
    talk.input(Input::Roster(these(vec![at_firm("lou", "Smith & Co.")])));
    for (who, text, organisation) in [
        ("kim", "as employer at smith & co.", "smith & co."),
        ("rey", "as employer at City Museum.", "City Museum"),
        ("max", "as employer at “Marks & Spencer, London” until 30 June", "Marks & Spencer, London"),
    ] {
        talk.says("casey", &format!("verify @{who}:example.org {text}"));
        let listing = talk.state.listing(talk.id(who)).unwrap();
        assert_eq!(listing.entry.organisation(), Some(organisation), "{text}");
        assert_eq!(listing.entry.role, Role::Employer);
    }
    assert_eq!(talk.says("casey", "verify @ivy:example.org as intern for 3 months"), ["verify-unclear"]);
}

#[test]
fn a_role_ends_on_its_day_and_a_later_list_gives_it_back() {
    let mut talk = talk();
    let until = |days| Some(START.after(Span::from_days(days)));
    let kim = Entry { address: Some(address("kim")), until: until(30), ..entry("kim", Role::Student) };
    talk.input(Input::Roster(these(vec![kim.clone()])));
    talk.hears("kim");
    talk.until(START.after(Span::from_days(30)));
    assert_eq!(talk.hears("kim"), ["role-ended"]);
    assert_eq!(talk.state.member(talk.id("kim")).unwrap().standing, Standing::Ended);
    assert_eq!(talk.says("kim", "introduce @alex:example.org"), ["no-longer-member"]);
    talk.input(Input::Roster(these(vec![Entry { role: Role::Alumnus, until: None, ..kim }])));
    assert_eq!(talk.hears("kim"), ["welcome"]);
    assert_eq!(talk.state.member(talk.id("kim")).unwrap().person.role, Role::Alumnus);
}

#[test]
fn a_later_date_moves_the_end_of_a_role_and_what_somebody_wrote_stays() {
    let mut talk = talk();
    let until = |days| Some(START.after(Span::from_days(days)));
    let kim = Entry { address: Some(address("kim")), until: until(30), ..entry("kim", Role::Student) };
    for days in [30, 60] {
        talk.input(Input::Roster(these(vec![Entry { until: until(days), ..kim.clone() }])));
    }
    talk.hears("kim");
    talk.until(START.after(Span::from_days(59)));
    assert_eq!(talk.hears("kim"), Vec::<&str>::new());
    talk.until(START.after(Span::from_days(60)));
    assert_eq!(talk.hears("kim"), ["role-ended"]);
}

#[test]
fn a_list_that_is_whole_ends_only_what_the_same_records_listed() {
    let mut talk = talk();
    talk.input(Input::Visited(address("kim")));
    talk.says("casey", "verify @kim:example.org as student");
    talk.forget();
    let rest = Roster::whole(people().into_iter().filter(|person| person.address != address("sam")));
    talk.input(Input::Roster(rest));
    assert_eq!((talk.hears("sam"), talk.hears("kim")), (vec!["role-ended"], vec![]));
    assert_eq!(talk.state.member(talk.id("kim")).unwrap().standing, Standing::Current);
}

#[test]
fn a_list_that_is_taken_in_by_parts_does_what_it_does_at_once() {
    let list = || {
        let staff = |name, role| Entry { address: Some(address(name)), ..entry(name, role) };
        let new = [at_firm("erin", "City Museum"), entry("kim", Role::Student), staff("lou", Role::Staff)];
        let new = new.into_iter().chain([staff("casey", Role::Staff), staff("avery", Role::Administrator)]);
        let rest = people().into_iter().filter(|person| person.address != address("sam"));
        Roster::whole(rest.map(Entry::from).chain(new))
    };
    let mut at_once = talk();
    at_once.input(Input::Roster(list()));
    let mut by_parts = talk();
    let parts = parts(&by_parts.state, &list(), 1);
    assert_eq!(parts.len(), people().len() + 5);
    assert_eq!(parts[0], Input::Unlisted(Lister::Records, vec![by_parts.id("sam")]));
    for part in parts {
        by_parts.input(part);
    }
    let key = by_parts.settings.mark_key.clone();
    let left = plan(&by_parts.state, &key, &list());
    assert!(matches!(left[..], [Change::Waits { .. }]), "nothing is left to be done: {left:?}");
    by_parts.input(Input::Roster(list()));
    let listed = |talk: &Talk| {
        let mut entries: Vec<String> = talk.state.listings().map(|listing| format!("{:?}", listing.entry)).collect();
        entries.sort();
        entries
    };
    assert_eq!(listed(&by_parts), listed(&at_once));
    let mut heard = |name: &str| {
        let (by_parts, at_once) = (by_parts.hears(name), at_once.hears(name));
        assert_eq!(by_parts, at_once, "{name}");
        at_once
    };
    let heard: Vec<_> = ["sam", "casey", "erin", "lou"].map(&mut heard).into_iter().collect();
    assert_eq!(heard[..3], [vec!["role-ended"], vec!["organisation-waits"], vec!["waits-for-organisation"]]);
}

#[test]
fn whoever_staff_verify_while_a_list_without_them_is_taken_in_stays() {
    let mut talk = talk();
    let dropped = Roster::whole(people().into_iter().filter(|person| person.address != address("sam")));
    let part = parts(&talk.state, &dropped, 1).pop_front().unwrap();
    let sam = Entry { role: Role::Alumnus, address: Some(address("sam")), ..entry("sam", Role::Student) };
    let casey = Lister::Staff(talk.id("casey"));
    talk.input(Input::Roster(Roster::these(casey, [sam])));
    talk.input(Input::Unlisted(Lister::Records, vec![talk.id("sam")]));
    assert!(matches!(part, Input::Unlisted(Lister::Records, _)), "{part:?}");
    assert_eq!(talk.state.member(talk.id("sam")).unwrap().standing, Standing::Current);
}

#[test]
fn a_list_says_before_it_is_taken_in_what_it_would_change() {
    let mut talk = talk();
    let key = talk.settings.mark_key.clone();
    let kim = entry("kim", Role::Student);
    let list = Roster { reach: Reach::These, ..these(vec![kim.clone(), at_firm("erin", "City Museum")]) };
    let changes = plan(&talk.state, &key, &list);
    assert_eq!(changes[0], Change::New(kim.clone()));
    assert_eq!(changes[2], Change::Waits { organisation: "City Museum".to_owned(), people: 1 });
    talk.input(Input::Roster(list));
    let again = plan(&talk.state, &key, &these(vec![kim.clone()]));
    assert_eq!(again, [], "what was taken in changes nothing more");
    let older = Entry { role: Role::Alumnus, ..kim.clone() };
    let change = plan(&talk.state, &key, &these(vec![older.clone()]));
    assert_eq!(change, [Change::Changed { from: kim, to: older }]);
    assert!(matches!(plan(&talk.state, &key, &Roster::whole(Vec::<Entry>::new()))[0], Change::Ends(_)));
}

#[test]
fn what_of_a_list_cannot_be_taken_in_is_named_by_its_place() {
    let talk = talk();
    let porter = Entry { address: Some(address("porter")), ..entry("porter", Role::Student) };
    let nobody = Entry { mail: None, ..entry("kim", Role::Student) };
    let no_firm = entry("lou", Role::Employer);
    let twice = entry("rey", Role::Student);
    let counsels = Entry { address: Some(address("kim-quiet")), ..entry("kim", Role::Staff) };
    let list = these(vec![porter, nobody, no_firm, twice.clone(), twice, entry("max", Role::Unverified), counsels]);
    let found = problems(&talk.state, &talk.settings, &list);
    let expected = [
        (0, Problem::Porter(address("porter"))),
        (1, Problem::Nothing),
        (2, Problem::NoOrganisation),
        (4, Problem::Twice { what: "rey@mail.example".to_owned() }),
        (5, Problem::Unverified),
        (6, Problem::Counsels(address("kim-quiet"))),
    ];
    assert_eq!(found, expected);
}

#[test]
fn there_are_no_more_unknown_people_at_a_time_than_the_service_allows() {
    let mut talk = talk();
    for name in ["kim", "lou", "rey", "max"] {
        talk.input(Input::Visited(address(name)));
    }
    assert!(talk.state.member_at(&address("rey")).is_some());
    assert!(talk.state.member_at(&address("max")).is_none(), "three are enough here");
    talk.until(START.after(Span::from_days(14)));
    talk.perform();
    assert!(talk.state.member_at(&address("kim")).is_none(), "nobody verified them in a fortnight");
    talk.input(Input::Visited(address("max")));
    assert!(talk.state.member_at(&address("max")).is_some());
}

#[test]
fn a22_the_list_does_not_bring_back_who_asked_to_be_forgotten_by_email_either() {
    let mut talk = talk();
    let kim = Entry { address: Some(address("kim")), ..entry("kim", Role::Student) };
    talk.input(Input::Roster(these(vec![kim.clone()])));
    talk.says("kim", "forget me");
    talk.says("kim", "forget me now");
    talk.until(talk.now.after(Span::from_days(1)));
    talk.perform();
    let without_account = Entry { address: None, ..kim };
    assert_eq!(
        plan(&talk.state, &talk.settings.mark_key, &these(vec![without_account.clone()])),
        [Change::Forgotten(without_account.clone())]
    );
    talk.input(Input::Roster(these(vec![without_account])));
    assert!(talk.state.listings().all(|listing| listing.entry.name.as_str() != "kim"));
}

#[test]
fn who_counts_by_the_week_is_never_brought_more_than_everybody() {
    let mut talk = Talk::new();
    for (words, limit) in [("no more than 3 requests a week", 4), ("limit one a fortnight", 2), ("limit 5", 5)] {
        assert_eq!(talk.says("alex", words), ["limit-set"], "{words}");
        let own = talk.state.member(talk.id("alex")).unwrap();
        assert_eq!(own.availability.limit(&talk.settings.limits), limit, "{words}");
    }
}
