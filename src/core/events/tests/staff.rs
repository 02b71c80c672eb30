//! Staff and events: made, announced, changed, called off, and looked after.

use lodge_core::audit::Noted;
use lodge_core::effect::{Act, RoomAct};
use lodge_core::events::Stage;
use lodge_core::input::Input;
use lodge_core::people::member::Role;
use lodge_core::rooms::{Purpose, RoomSettings};
use lodge_core::say::{EventDesk, EventNews, Events, Posted, Say};
use lodge_core::time::Span;

use crate::events::{announced, make, talk};
use crate::rooms::{EVERYBODY, room};
use crate::talk::Talk;

const DAY: Span = Span::from_days(1);

fn desk(talk: &mut Talk, text: &str) -> EventDesk {
    talk.types("kim", text);
    let heard = talk.hears_whole("kim");
    let Some((_, Say::EventDesk(say))) = heard.last() else { panic!("{text}: {heard:?}") };
    say.clone()
}

#[test]
fn an_event_is_made_by_staff_and_nobody_else() {
    let mut talk = talk();
    for name in ["sam", "alex", "erin"] {
        for text in ["new event", "announce", "change event 1", "call off event 1", "guests 1"] {
            assert_eq!(talk.says(name, text), ["not-staff"], "{name}: {text}");
        }
    }
    assert_eq!(talk.says("ivy", "new event"), ["takes-no-part"]);
    assert_eq!(talk.says("kim", "announce"), ["event-nothing-to-announce"]);
}

#[test]
fn the_parts_of_an_event_are_asked_for_and_can_be_given_again() {
    let mut talk = talk();
    for (text, heard) in [
        ("new event", "event-ask-title"),
        ("Events in museums", "event-ask-organisation"),
        ("Town Museum", "event-ask-organisation"),
        ("back", "event-ask-title"),
        ("new event", "event-ask-title"),
        ("Working in museums", "event-ask-organisation"),
        ("help", "help"),
        ("city museum", "event-ask-when"),
        ("sometime soon", "event-ask-when"),
        ("12 Nov 5.30pm-7pm", "event-ask-place"),
        ("announce", "event-ask-place"),
        ("Room 4", "event-ask-open-to"),
        ("everyone", "event-ask-places"),
        ("no limit", "event-ask-sign-up-by"),
        ("10 November", "event-ask-about"),
        ("send", "event-preview"),
        ("change the place", "event-ask-place"),
        ("Room 5", "event-preview"),
        ("thanks", "event-preview"),
        ("change the time", "event-ask-when"),
        ("9 November 12:00 to 13:00", "event-ask-sign-up-by"),
        ("no", "event-preview"),
    ] {
        assert_eq!(talk.says("kim", text), [heard], "{text}");
    }
    assert_eq!(talk.says("kim", "cancel"), ["event-dropped"]);
    assert_eq!(talk.state.events().count(), 0);
    assert_eq!(talk.says("kim", "announce"), ["event-nothing-to-announce"]);
}

#[test]
fn only_what_was_shown_is_announced() {
    let mut talk = talk();
    make(&mut talk, "40");
    talk.held_back = Some(vec![]);
    assert_eq!(talk.says("kim", "change the place"), ["event-ask-place"]);
    assert_eq!(talk.says("kim", "announce"), ["event-ask-place"], "a part is missing");
    talk.show_held_back();
    talk.held_back = Some(vec![]);
    assert_eq!(talk.says("kim", "Room 5"), ["event-preview"]);
    assert_eq!(talk.says("kim", "announce"), ["not-asked-yet"], "the new preview does not stand there yet");
    talk.show_held_back();
    assert_eq!(talk.says("kim", "announce"), ["event-announced"]);
    let event = talk.state.events().next().unwrap();
    assert_eq!(event.plan.place, "Room 5");
    let noted = talk.last.noted.clone();
    assert_eq!(noted, [Noted::EventAnnounced(event.id, talk.id("kim"))]);
    assert!((1_000..10_000).contains(&event.code));
}

#[test]
fn an_event_whose_time_has_come_is_not_announced() {
    let mut talk = talk();
    make(&mut talk, "40");
    talk.until(talk.now.after(Span::from_days(11)));
    assert_eq!(talk.says("kim", "announce"), ["event-ask-when"]);
}

#[test]
fn news_of_an_event_is_posted_where_announcements_are_read() {
    let mut talk = talk();
    let declared = vec![room("news", Purpose::Announcements, &EVERYBODY, &[Role::Staff])];
    talk.settings.rooms = RoomSettings { declared, ..RoomSettings::default() };
    talk.input(Input::Rooms);
    talk.perform();
    make(&mut talk, "40");
    for (texts, news) in [
        (&["announce"][..], EventNews::New),
        (&["change event 1", "change the place", "Room 5", "announce"], EventNews::Changed),
        (&["call off event 1 now"], EventNews::CalledOff),
    ] {
        talk.acts();
        for text in texts {
            talk.types("kim", text);
        }
        let acts = talk.acts();
        let posted: Vec<EventNews> = acts
            .iter()
            .filter_map(|act| {
                let Act::Room(_, RoomAct::Post(_, Say::Posted(Posted::Event { news, .. }))) = act else { return None };
                Some(*news)
            })
            .collect();
        assert_eq!(posted, [news], "{texts:?}");
    }
}

#[test]
fn a_change_is_told_once_to_those_on_the_list() {
    let mut talk = announced("1");
    talk.says("sam", "come 1");
    talk.says("noor", "come 1");
    talk.forget();
    talk.says("kim", "change event 1");
    assert_eq!(talk.says("kim", "announce"), ["event-unchanged"]);
    for text in ["change event 1", "change the time", "13 November 17:30 to 19:00"] {
        talk.says("kim", text);
    }
    assert!(matches!(desk(&mut talk, "announce"), EventDesk::ChangeTold { people: 2, .. }));
    let heard: Vec<&str> = talk.hears_whole("sam").iter().map(|(_, say)| say.wording().id).collect();
    assert_eq!(heard, ["event-changed", "event-calendar"]);
    assert_eq!(talk.hears("noor"), ["event-changed"]);
    assert_eq!(talk.hears("alex"), [""; 0]);
    for text in ["change event 1", "change the places", "2"] {
        talk.says("kim", text);
    }
    talk.says("kim", "announce");
    assert_eq!(talk.hears("noor"), ["event-changed", "event-place-offered"], "there is one place more");
    talk.forget();
    talk.until(talk.now.after(Span::from_days(9)));
    assert_eq!(talk.hears("sam"), [""; 0], "reminders follow the new time");
    talk.until(talk.now.after(DAY));
    assert_eq!(talk.hears("sam"), ["event-reminder"]);
}

#[test]
fn a_room_can_change_when_sign_up_is_over() {
    let mut talk = talk();
    make(&mut talk, "1");
    for text in ["change sign-up", "9 November"] {
        talk.says("kim", text);
    }
    assert_eq!(talk.says("kim", "announce"), ["event-announced"]);
    talk.says("sam", "come 1");
    talk.until(talk.now.after(Span::from_days(8)));
    talk.forget();
    for text in ["change event 1", "change the place", "Room 5"] {
        talk.says("kim", text);
    }
    assert_eq!(talk.says("kim", "announce"), ["event-change-told"]);
    assert_eq!(talk.hears("sam"), ["event-changed"]);
    assert_eq!(talk.says("noor", "come 1"), ["event-sign-up-over"], "that stays as it was");
}

#[test]
fn staff_see_to_an_organisation_while_they_make_its_event() {
    let mut talk = talk();
    talk.says("kim", "new event");
    talk.says("kim", "Working in museums");
    assert_eq!(talk.says("kim", "Town Museum"), ["event-ask-organisation"]);
    assert_eq!(talk.says("kim", "organisations"), ["organisations"]);
    assert_eq!(talk.says("kim", "desk"), ["desk"]);
    assert_eq!(talk.says("kim", "approve organisation Town Museum"), ["organisation-none-waits"]);
}

#[test]
fn an_event_is_called_off_once_staff_are_sure() {
    let mut talk = announced("1");
    talk.says("sam", "come 1");
    talk.says("noor", "come 1");
    talk.forget();
    assert!(matches!(desk(&mut talk, "call off event 1"), EventDesk::CallOffSure { people: 2, .. }));
    assert_eq!(talk.hears("sam"), [""; 0]);
    assert!(matches!(desk(&mut talk, "call off event 1 now"), EventDesk::CalledOff { people: 2, .. }));
    let heard: Vec<&str> = talk.hears_whole("sam").iter().map(|(_, say)| say.wording().id).collect();
    assert_eq!(heard, ["event-called-off", "event-calendar-called-off"]);
    assert_eq!(talk.hears("noor"), ["event-called-off"]);
    assert_eq!(talk.says("sam", "come 1"), ["event-called-off"]);
    assert!(matches!(desk(&mut talk, "call off event 1 now"), EventDesk::OverAlready { .. }));
    assert!(matches!(desk(&mut talk, "change event 1"), EventDesk::OverAlready { .. }));
    talk.until(talk.now.after(Span::from_days(20)));
    assert_eq!(talk.hears("sam"), [""; 0], "no reminder and no thanks");
}

#[test]
fn no_more_events_are_kept_than_can_be() {
    let mut talk = talk();
    for _ in 0..61 {
        make(&mut talk, "40");
        talk.says("kim", "announce");
        talk.says("kim", "cancel");
    }
    assert_eq!(talk.state.events().count(), 60);
    for number in 1..=400 {
        talk.says("kim", &format!("call off event {number} now"));
        make(&mut talk, "40");
        assert_eq!(talk.says("kim", "announce"), ["event-announced"], "{number}");
    }
    assert_eq!(talk.state.events().count(), 300);
    assert_eq!(talk.state.events().filter(|event| event.stage == Stage::Ahead).count(), 60);
    assert_eq!(talk.state.events().map(|event| event.number).max(), Some(460), "no number is given twice");
}

#[test]
fn b11_staff_alone_see_who_comes() {
    let mut talk = announced("1");
    talk.says("sam", "come 1");
    talk.says("noor", "come 1");
    let EventDesk::Guests { guests, more: 0, .. } = desk(&mut talk, "guests 1") else { panic!() };
    let names: Vec<&str> = guests.iter().map(|guest| &*guest.name).collect();
    assert_eq!(names, ["sam", "noor"]);
    let owners = &talk.last.effects[0].owners;
    assert!([talk.id("sam"), talk.id("noor"), talk.id("kim")].iter().all(|of| owners.contains(of)));
    let overview = desk(&mut talk, "event 1");
    assert!(matches!(overview, EventDesk::Overview { stage: Stage::Ahead, coming: 1, waiting: 1, came: 0, .. }));
    assert!(matches!(desk(&mut talk, "guests"), EventDesk::WhichOne));
    talk.types("erin", "event 1");
    let heard = talk.hears_whole("erin");
    assert!(matches!(heard.last(), Some((_, Say::Events(Events::Shown { .. })))));
}
