//! Conduct in rooms for many: words that were meant for the porter, reports, what staff do, and floods.

use std::collections::BTreeSet;

use lodge_core::conduct::{Flood, Found, MUTED, MessageRef, Wrote};
use lodge_core::effect::{Act, RoomAct};
use lodge_core::id::{CaseId, MemberId, RoomId};
use lodge_core::input::{InRoom, Input, Performed};
use lodge_core::introduction::Venue;
use lodge_core::name::Address;
use lodge_core::people::member::Role;
use lodge_core::people::roster::Roster;
use lodge_core::rights::data;
use lodge_core::rooms::{Declared, Encryption, History, Key, Purpose, WRITES, powers};
use lodge_core::say::{CasePlace, Conduct, ConductDesk, Say};
use lodge_core::time::Span;

use crate::talk::{START, Talk, address, people, person};

const DAY: Span = Span::from_days(1);

fn room(key: &str, purpose: Purpose, posts: &[Role]) -> Declared {
    let everybody = BTreeSet::from([Role::Student, Role::Alumnus, Role::Staff, Role::Administrator]);
    let posts = if posts.is_empty() { everybody.clone() } else { posts.iter().copied().collect() };
    Declared {
        key: Key::parse(key).unwrap(),
        name: format!("The {key} room"),
        topic: "Working in it.".to_owned(),
        purpose,
        joins: everybody,
        cohorts: BTreeSet::new(),
        posts,
        encryption: Encryption::None,
        history: History::Shared,
        bridged: false,
        federated: false,
        space: None,
    }
}

/// Two rooms for many, in which Sam, Noor and Alex are; Jo and Kim work for the service.
pub struct House(pub Talk);

impl House {
    pub fn new() -> Self {
        let mut talk = Talk::new();
        let mut all = people();
        for (name, role) in [("jo", Role::Staff), ("kim", Role::Administrator)] {
            all.push(person(name, role, &[]));
        }
        talk.input(Input::Roster(Roster::whole(all)));
        talk.settings.rooms.declared =
            vec![room("pharma", Purpose::Interest, &[]), room("news", Purpose::Announcements, &[Role::Staff])];
        talk.input(Input::Rooms);
        let mut house = Self(talk);
        house.perform();
        for name in ["sam", "noor", "alex"] {
            house.0.says(name, "agree");
            for key in ["pharma", "news"] {
                house.0.says(name, &format!("join {key}"));
                house.0.input(Input::InRoom(id(key), InRoom::Came(address(name))));
            }
        }
        house.perform();
        house.0.forget();
        house
    }

    /// Does everything that is to be done in rooms, and returns it.
    fn perform(&mut self) -> Vec<RoomAct> {
        let mut done = vec![];
        loop {
            let acts = self.0.acts();
            if acts.is_empty() {
                return done;
            }
            for act in acts {
                let performed = if let Act::Room(room, RoomAct::Make) = &act {
                    Performed::RoomMade(place(*room))
                } else {
                    Performed::Done
                };
                if let Act::Room(_, act) = &act {
                    done.push(act.clone());
                }
                self.0.input(Input::Performed(act, performed));
            }
        }
    }

    /// Somebody writes this in the pharma room; returns the answers in private.
    fn writes(&mut self, name: &str, text: &str) -> Vec<&'static str> {
        self.0.input(Input::InRoom(id("pharma"), InRoom::Wrote(wrote(name, text))));
        self.0.hears(name)
    }

    /// A message that was reported is looked at, and this is found.
    fn looks(&mut self, found: Option<(&str, &str)>) {
        let look = self.0.acts().into_iter().find(|act| matches!(act, Act::Room(_, RoomAct::Look(..)))).unwrap();
        let found = found.map(|(by, text)| Found { by: address(by), text: text.to_owned() });
        self.0.input(Input::Performed(look, Performed::Looked(found)));
    }

    fn power(&self, name: &str, key: &str) -> Option<i64> {
        powers(&self.0.state, self.0.state.room(id(key)).unwrap()).get(&address(name)).copied()
    }

    pub fn noted(&self) -> Vec<&'static str> {
        self.0.last.noted.iter().map(|noted| noted.code()).collect()
    }

    pub fn is_in(&self, name: &str, key: &str) -> bool {
        self.0.state.member(self.0.id(name)).unwrap().rooms.at.get(&id(key)).is_some_and(|place| place.is_in())
    }

    fn reports_sam(&mut self) {
        assert_eq!(self.0.says("noor", "report @sam:example.org in pharma: they shout"), ["report-kept"]);
        self.0.forget();
    }
}

fn id(key: &str) -> RoomId {
    Key::parse(key).unwrap().id()
}

fn place(room: RoomId) -> Venue {
    Venue(format!("!{room}"))
}

fn wrote(name: &str, text: &str) -> Wrote {
    Wrote {
        who: address(name),
        message: MessageRef("$one".to_owned()),
        text: text.to_owned(),
        replies: false,
        mentions: vec![],
        everybody: false,
    }
}

fn taken_away(acts: &[RoomAct], message: &str) -> usize {
    let meant = |act: &&RoomAct| matches!(act, RoomAct::TakeAway(_, _, found) if found.0 == message);
    acts.iter().filter(meant).count()
}

#[test]
fn b05_a_command_in_a_room_is_not_acted_on_and_its_writer_alone_hears_so() {
    let mut house = House::new();
    let before = house.0.state.member(house.0.id("sam")).unwrap().availability.clone();
    assert_eq!(house.writes("sam", "block @alex:example.org"), ["overheard"]);
    let sam = house.0.state.member(house.0.id("sam")).unwrap();
    assert_eq!(sam.availability, before);
    for name in ["alex", "noor", "jo", "kim"] {
        assert_eq!(house.0.hears(name), [] as [&str; 0]);
    }
    assert_eq!(house.perform(), []);
}

#[test]
fn b05_small_talk_and_the_words_of_strangers_are_answered_by_nothing() {
    let mut house = House::new();
    for text in ["yes", "hello everybody", "join us", "join secret", "opportunity: come to our talk"] {
        assert_eq!(house.writes("sam", text), [] as [&str; 0], "{text}");
    }
    assert_eq!(house.writes("sam", "join news"), ["overheard"]);
    let stranger = Wrote { who: Address::exact("@irc_ghost:example.org").unwrap(), ..wrote("sam", "my data") };
    house.0.input(Input::InRoom(id("pharma"), InRoom::Wrote(stranger)));
    assert!(house.0.last.effects.is_empty());
}

#[test]
fn b05_a_message_is_taken_away_by_its_own_word_once_and_by_no_yes_to_something_else() {
    let mut house = House::new();
    house.writes("sam", "my data");
    house.0.says("sam", "help");
    house.0.says("sam", "yes");
    assert_eq!(taken_away(&house.perform(), "$one"), 0, "something else was said since");
    assert_eq!(house.0.says("sam", "take it away"), [] as [&str; 0]);
    assert_eq!(taken_away(&house.perform(), "$one"), 1);
    assert_eq!(house.0.hears("sam"), ["taken-away"]);
    assert_eq!(house.0.says("sam", "take it away"), ["nothing-to-take-away"]);
    assert_eq!(house.perform(), []);
}

#[test]
fn which_message_can_be_taken_away_is_known_for_a_day_and_its_words_are_not_kept() {
    let mut house = House::new();
    house.writes("sam", "introduce @alex:example.org for career advice: my very own words");
    assert!(!format!("{:?}", house.0.state).contains("my very own words"));
    house.0.until(START.after(DAY));
    assert!(!format!("{:?}", house.0.state).contains("$one"));
    assert_eq!(house.0.says("sam", "take it away"), ["nothing-to-take-away"]);
}

#[test]
fn a_report_goes_to_staff_with_a_number_and_whoever_it_is_about_hears_nothing() {
    let mut house = House::new();
    assert_eq!(house.0.says("noor", "report @sam:example.org in pharma: they shout"), ["report-kept"]);
    assert_eq!(house.noted(), ["conduct-reported"]);
    for staff in ["jo", "kim"] {
        let heard = house.0.hears_whole(staff);
        let [(_, Say::ConductDesk(ConductDesk::Reported { line, by, quoted: None }))] = heard.as_slice() else {
            panic!("{heard:?}")
        };
        assert_eq!((line.number, line.who.as_str(), line.words.as_str()), (1, "@sam:example.org", "they shout"));
        assert_eq!(*by, address("noor"));
    }
    assert_eq!(house.0.hears("sam"), [] as [&str; 0]);
    let of = |name| format!("{:?}", data::about(&house.0.state, &house.0.settings, house.0.id(name), START));
    assert!(of("noor").contains("they shout"));
    assert!(!of("sam").contains("they shout") && !of("sam").contains("report"));
}

#[test]
fn a_report_says_the_same_whoever_is_named_and_goes_nowhere_from_outside_the_room() {
    let mut house = House::new();
    assert_eq!(house.0.says("noor", "report @nobody:example.org in pharma: who are they"), ["report-kept"]);
    assert_eq!(house.0.says("noor", "report @sam:example.org in secret: hm"), ["room-not-there"]);
    assert_eq!(house.0.says("robin", "report @sam:example.org in pharma: hm"), ["room-not-there"]);
    assert_eq!(house.0.says("noor", "report @noor:example.org in pharma: me"), ["not-that-one"]);
    house.0.settings.rooms.conduct.reports_a_day = 1;
    assert_eq!(house.0.says("noor", "report @sam:example.org in pharma: again"), ["reported-enough"]);
}

#[test]
fn a_message_is_reported_by_a_link_and_its_words_are_evidence_for_a_time() {
    let mut house = House::new();
    let link = format!("report https://matrix.to/#/{}/$rude?via=example.org unkind", place(id("pharma")).0);
    assert_eq!(house.0.says("noor", &link), [] as [&str; 0]);
    house.looks(Some(("sam", "what was rude")));
    assert_eq!(house.0.hears("noor"), ["report-kept"]);
    let heard = house.0.hears_whole("jo");
    let Say::ConductDesk(ConductDesk::Reported { line, quoted, .. }) = &heard[0].1 else { panic!("{heard:?}") };
    assert_eq!((line.who.clone(), quoted.as_deref()), (address("sam"), Some("what was rude")));
    let case: Vec<_> = house.0.state.cases().collect();
    assert_eq!(case[0].owners(), BTreeSet::from([house.0.id("sam"), house.0.id("noor")]));
    house.0.says("jo", "dismiss 1");
    house.0.until(START.after(Span::from_days(179)));
    assert_eq!(house.0.state.cases().count(), 1);
    house.0.until(START.after(Span::from_days(180)));
    assert_eq!(house.0.state.cases().count(), 0);
}

#[test]
fn a_link_to_nothing_or_to_ones_own_message_is_no_report() {
    for found in [None, Some(("noor", "my own")), Some(("porter", "an opportunity"))] {
        let mut house = House::new();
        house.0.says("noor", &format!("report https://matrix.to/#/{}/$rude hm", place(id("pharma")).0));
        house.looks(found);
        assert_eq!(house.0.hears("noor"), ["message-not-found"], "{found:?}");
        assert_eq!(house.0.state.cases().count(), 0);
        assert_eq!(house.0.hears("jo"), [] as [&str; 0]);
    }
    let mut house = House::new();
    assert_eq!(house.0.says("noor", "report https://matrix.to/#/!elsewhere:x/$rude hm"), ["message-not-found"]);
}

#[test]
fn a19_what_staff_do_about_a_report_is_recorded_confirmed_and_told_to_the_person() {
    for (command, code, staff_hears, person_hears) in [
        ("warn 1: Please speak more softly.", "case-warned", "staff-warned", vec!["warned"]),
        ("dismiss 1", "case-dismissed", "report-dismissed", vec![]),
        ("mute @sam:example.org in pharma for 2 days", "muted-by-staff", "staff-muted", vec!["muted"]),
        ("remove @sam:example.org from pharma", "removed-by-staff", "staff-removed", vec!["removed"]),
        ("ban @sam:example.org", "banned-by-staff", "staff-banned", vec!["banned"]),
    ] {
        let mut house = House::new();
        house.reports_sam();
        assert_eq!(house.0.says("jo", command), [staff_hears], "{command}");
        assert!(house.noted().contains(&code), "{command}: {:?}", house.noted());
        assert_eq!(house.0.hears("sam"), person_hears, "{command}");
        assert_eq!(house.0.hears("noor"), [] as [&str; 0], "{command}");
        assert_eq!(house.0.says("kim", "dismiss 1"), ["judged-before"], "{command}");
    }
}

#[test]
fn a_warning_carries_no_colleagues_name() {
    let mut house = House::new();
    house.reports_sam();
    house.0.says("jo", "warn 1: Please speak more softly.");
    let heard = house.0.hears_whole("sam");
    let expected =
        Conduct::Warned { room: "The pharma room".to_owned(), words: "Please speak more softly.".to_owned() };
    assert_eq!(heard[0].1, Say::Conduct(expected));
}

#[test]
fn who_is_muted_cannot_write_there_until_its_time_is_over_or_staff_say_so() {
    for undone in [false, true] {
        let mut house = House::new();
        house.0.says("jo", "mute @sam:example.org in pharma for 2 days");
        assert_eq!((house.power("sam", "pharma"), house.power("sam", "news")), (Some(MUTED), None));
        assert!(house.perform().iter().any(|act| matches!(act, RoomAct::Tend(_))));
        house.0.forget();
        if undone {
            assert_eq!(house.0.says("jo", "unmute @sam:example.org in pharma"), ["staff-unmuted"]);
        } else {
            house.0.until(START.after(Span::from_days(3)));
        }
        assert_eq!(house.power("sam", "pharma"), None, "undone: {undone}");
        assert!(house.perform().iter().any(|act| matches!(act, RoomAct::Tend(_))));
        assert_eq!(house.0.hears("sam"), ["speech-back"]);
        assert_eq!(house.0.says("jo", "unmute @sam:example.org in pharma"), ["nothing-to-undo"]);
    }
}

#[test]
fn leaving_and_coming_back_does_not_end_a_mute() {
    let mut house = House::new();
    house.0.says("jo", "mute @sam:example.org in pharma for 2 days");
    house.0.says("sam", "leave pharma");
    house.perform();
    assert_eq!(house.power("sam", "pharma"), None);
    house.0.says("sam", "join pharma");
    assert_eq!(house.power("sam", "pharma"), Some(MUTED));
    let tends = house.perform().iter().filter(|act| matches!(act, RoomAct::Tend(_))).count();
    assert!(tends > 0, "the homeserver hears of it");
}

#[test]
fn a_mute_leaves_the_powers_of_others_as_they_are() {
    let mut house = House::new();
    house.0.says("jo", "join news");
    house.0.says("jo", "agree");
    house.0.says("jo", "join news");
    house.0.says("kim", "mute @jo:example.org in news for 2 days");
    assert_eq!(house.power("jo", "news"), Some(MUTED));
    house.0.says("kim", "unmute @jo:example.org in news");
    assert_eq!(house.power("jo", "news"), Some(WRITES));
}

#[test]
fn who_was_removed_comes_in_again_only_once_staff_say_so() {
    let mut house = House::new();
    house.0.says("jo", "remove @sam:example.org from pharma");
    assert!(!house.is_in("sam", "pharma") && house.is_in("sam", "news"));
    assert!(house.perform().iter().any(|act| matches!(act, RoomAct::Expel(..))));
    house.0.forget();
    assert_eq!(house.0.says("sam", "join pharma"), ["room-not-there"]);
    assert_eq!(house.0.says("jo", "allow @sam:example.org in pharma"), ["staff-allowed"]);
    assert_eq!(house.0.hears("sam"), ["allowed-back"]);
    assert_eq!(house.0.says("sam", "join pharma"), ["room-invitation"]);
    assert_eq!(house.0.says("jo", "allow @sam:example.org in pharma"), ["nothing-to-undo"]);
}

#[test]
fn who_is_banned_stays_so_whatever_a_list_says_until_staff_lift_it() {
    let mut house = House::new();
    house.0.says("jo", "ban @sam:example.org");
    house.0.forget();
    assert!(!house.is_in("sam", "pharma") && !house.is_in("sam", "news"));
    let everybody = people().into_iter().chain([person("jo", Role::Staff, &[])]);
    house.0.input(Input::Roster(Roster::whole(everybody)));
    assert_eq!(house.0.says("sam", "rooms"), ["no-longer-member"]);
    assert_eq!(house.0.says("jo", "verify @sam:example.org as student"), ["is-banned"]);
    assert_eq!(house.0.says("jo", "allow @sam:example.org"), ["ban-lifted"]);
    assert_eq!(house.0.hears("sam"), ["welcome"]);
    assert_eq!(house.0.says("jo", "allow @sam:example.org"), ["nothing-to-undo"]);
}

#[test]
fn i03_whoever_asked_for_somebody_who_is_banned_hears_nothing_before_the_deadline() {
    let mut house = House::new();
    house.0.asks("sam", "alex");
    house.0.forget();
    house.0.says("jo", "ban @alex:example.org");
    house.0.until(START.after(Span::from_days(13)));
    assert_eq!(house.0.hears("sam"), [] as [&str; 0]);
    house.0.until(START.after(Span::from_days(15)));
    assert_eq!(house.0.hears("sam"), ["no-introduction"]);
}

#[test]
fn a19_only_staff_moderate_and_only_administrators_moderate_staff() {
    let mut house = House::new();
    house.reports_sam();
    for text in [
        "reports",
        "warn 1: no",
        "dismiss 1",
        "mute @sam:example.org in pharma for 2 days",
        "unmute @sam:example.org in pharma",
        "remove @sam:example.org from pharma",
        "allow @sam:example.org in pharma",
        "ban @sam:example.org",
        "allow @sam:example.org",
    ] {
        assert_eq!(house.0.says("noor", text), ["not-staff"], "{text}");
    }
    assert_eq!(house.0.says("jo", "ban @kim:example.org"), ["only-administrators"]);
    assert_eq!(house.0.says("kim", "ban @kim:example.org"), ["not-that-one"], "nobody shuts themselves out");
    assert_eq!(house.0.says("jo", "ban @nobody:example.org"), ["not-listed"]);
    assert_eq!(house.0.says("jo", "mute @sam:example.org in nowhere for 2 days"), ["no-such-room"]);
    assert_eq!(house.0.says("jo", "mute @sam:example.org in pharma for ages"), ["when-unclear"]);
    assert_eq!(house.0.says("jo", "warn 9: hm"), ["no-such-report"]);
}

#[test]
fn a_member_of_staff_sees_no_report_about_themselves() {
    let mut house = House::new();
    house.0.says("noor", "report @jo:example.org in pharma: they shout");
    assert_eq!(house.0.hears("jo"), [] as [&str; 0]);
    assert_eq!(house.0.hears("kim"), ["conduct-reported"]);
    let heard = {
        house.0.says("jo", "reports");
        house.0.says("jo", "dismiss 1")
    };
    assert_eq!(heard, ["no-such-report"]);
    house.0.types("kim", "reports");
    let heard = house.0.hears_whole("kim");
    assert!(matches!(&heard[0].1, Say::ConductDesk(ConductDesk::Reports { lines }) if lines.len() == 1), "{heard:?}");
}

#[test]
fn who_writes_too_much_is_muted_for_a_while_and_staff_hear_once() {
    let mut house = House::new();
    let sam: MemberId = house.0.id("sam");
    for _ in 0..3 {
        house.0.input(Input::InRoom(id("pharma"), InRoom::Flooded(sam, Flood::Messages)));
    }
    assert_eq!(house.power("sam", "pharma"), Some(MUTED));
    assert_eq!(house.0.hears("sam"), ["flooded"]);
    assert_eq!(house.0.hears("jo"), ["flooding"]);
    house.0.until(START.after(house.0.settings.rooms.conduct.mute));
    assert_eq!(house.power("sam", "pharma"), None);
    let jo = house.0.id("jo");
    house.0.input(Input::InRoom(id("pharma"), InRoom::Flooded(jo, Flood::Mentions)));
    assert_eq!(house.power("jo", "pharma"), None, "those who work for the service know what they do");
}

#[test]
fn a22_reports_go_with_whoever_made_them_and_with_whoever_they_are_about() {
    for name in ["sam", "noor"] {
        let mut house = House::new();
        house.reports_sam();
        house.0.says("jo", "mute @sam:example.org in pharma for 2 days");
        let member = house.0.id(name);
        house.0.input(Input::Performed(Act::Forget(member), Performed::Done));
        assert_eq!(house.0.state.cases().map(|case| case.id).collect::<Vec<CaseId>>(), [], "{name}");
        house.0.until(START.after(Span::from_days(200)));
    }
}

#[test]
fn a_report_about_a_request_reaches_staff_at_once_with_both_parties_and_the_one_who_asked_sees_nothing_of_it() {
    let mut house = House::new();
    let id = house.0.asks("sam", "alex");
    house.0.forget();
    assert_eq!(house.0.says("alex", "report he keeps asking for my phone number"), ["report-recorded"]);
    for staff in ["jo", "kim"] {
        let heard = house.0.hears_whole(staff);
        let [(_, Say::ConductDesk(ConductDesk::Reported { line, by, quoted: None }))] = heard.as_slice() else {
            panic!("{staff}: {heard:?}")
        };
        assert_eq!(line.place, CasePlace::Introduction { introduction: id });
        assert_eq!((line.who.as_str(), by.as_str()), ("@sam:example.org", "@alex:example.org"));
        assert_eq!(line.words, "he keeps asking for my phone number");
        assert_eq!(house.0.says(staff, "reports"), ["conduct-reports"]);
    }
    assert_eq!(house.0.hears("sam"), [] as [&str; 0]);
    let of = |name| format!("{:?}", data::about(&house.0.state, &house.0.settings, house.0.id(name), START));
    assert!(of("alex").contains("phone number") && !of("sam").contains("phone number"));
    // A warning would tell on Alex.
    assert_eq!(house.0.says("jo", "warn 1: please stop"), ["warning-tells"]);
    assert_eq!(house.0.hears("sam"), [] as [&str; 0]);
    assert_eq!(house.0.says("jo", "dismiss 1"), ["report-dismissed"]);
    house.0.until(START.after(Span::from_days(20)));
    assert_eq!(house.0.hears("sam"), ["no-introduction"]);
}

#[test]
fn a_report_about_somebody_who_works_for_the_service_is_for_the_others_alone() {
    let mut house = House::new();
    house.0.says("jo", "agree");
    house.0.asks("jo", "alex");
    house.0.forget();
    assert_eq!(house.0.says("alex", "report"), ["report-recorded"]);
    assert_eq!((house.0.hears("jo"), house.0.hears("kim")), (vec![], vec!["introduction-reported"]));
    assert_eq!(house.0.says("jo", "dismiss 1"), ["no-such-report"]);
    assert_eq!(house.0.says("kim", "ban @jo:example.org"), ["staff-banned"]);
    assert_eq!(house.0.says("kim", "dismiss 1"), ["judged-before"]);
}
