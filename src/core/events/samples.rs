//! Samples of messages about events.

#![expect(clippy::unwrap_used, reason = "samples are made of values that are known to be right")]

use std::collections::BTreeSet;

use crate::consent::{ContactConsent, ContactTerms, Versions};
use crate::events::calendar::Entry;
use crate::events::making::{Part, Unfit};
use crate::events::{Plan, Rounded, Stage, Standing};
use crate::id::{ConsentId, EventId};
use crate::name::Address;
use crate::people::member::{Member, Role};
use crate::say::samples::{deadline, now, sam, shown, word};
use crate::say::{
    Contacts, EventDesk, EventLine, EventNews, EventNext, EventTold, Events, Guest, HostSees, NoHandOver, Posted,
    Reminders, Say,
};
use crate::time::Span;

/// Every kind of message about events.
pub(crate) fn everything() -> Vec<Say> {
    let posted = [EventNews::New, EventNews::Changed, EventNews::CalledOff];
    let posted = posted.map(|news| Say::from(Posted::Event { event: event(), news }));
    members().into_iter().map(Say::from).chain(desk().into_iter().map(Say::from)).chain(posted).collect()
}

/// An event with everything in it.
fn event() -> EventTold {
    let from = deadline().after(Span::from_days(7));
    let plan = Plan {
        title: "Working in museums".to_owned(),
        organisation: Some("City Museum".to_owned()),
        from,
        until: from.after(Span::from_millis(5_400_000)),
        place: "Room 4, Main Building".to_owned(),
        open_to: BTreeSet::from([Role::Student, Role::Alumnus]),
        places: Some(40),
        sign_up_by: deadline(),
        about: "Three curators tell how they began.\nBring your questions.".to_owned(),
    };
    EventTold { number: 4, plan }
}

/// One of the service's own, open to everybody.
fn own() -> EventTold {
    let mut own = event();
    own.number = 5;
    own.plan = Plan {
        title: "Careers fair".to_owned(),
        organisation: None,
        open_to: Role::ALL.into_iter().collect(),
        places: None,
        ..own.plan
    };
    own
}

fn lines() -> Vec<EventLine> {
    let line = |standing| EventLine { event: event(), standing };
    let offered = Standing::Offered(deadline());
    let own = EventLine { event: own(), standing: None };
    [Some(Standing::Coming), Some(Standing::Waiting), Some(offered)].map(line).into_iter().chain([own]).collect()
}

fn members() -> Vec<Events> {
    let until = deadline();
    let shown = |next, host| Events::Shown { event: event(), next, host };
    let coming = |reminders| Events::Coming { event: event(), reminders, before: false };
    let all = [
        Events::List { lines: vec![], more: 0, topic: None },
        Events::List { lines: vec![], more: 0, topic: Some("law".to_owned()) },
        Events::List { lines: lines(), more: 0, topic: None },
        Events::List { lines: lines(), more: 3, topic: None },
        shown(EventNext::Come, None),
        shown(EventNext::Wait, None),
        shown(EventNext::Stands(Standing::Coming), None),
        shown(EventNext::Stands(Standing::Waiting), None),
        shown(EventNext::Stands(Standing::Offered(until)), None),
        shown(EventNext::Closed, Some(HostSees::Count(Rounded::About(40)))),
        shown(EventNext::Closed, Some(HostSees::Count(Rounded::Few))),
        shown(EventNext::Hosts, Some(HostSees::Later(until))),
        shown(EventNext::CalledOff, None),
        Events::Shown { event: own(), next: EventNext::Come, host: None },
        Events::NoSuch { number: 9 },
        Events::Which { lines: lines(), comes: true },
        Events::Which { lines: lines(), comes: false },
        coming(Reminders::Both),
        coming(Reminders::DayBefore),
        coming(Reminders::HourBefore),
        coming(Reminders::None),
        Events::Coming { event: event(), reminders: Reminders::Both, before: true },
        Events::Waits { event: event(), before: false },
        Events::Waits { event: event(), before: true },
        Events::PlaceOffered { event: event(), until },
        Events::PlacePassed { event: event() },
        Events::NoPlaceCame { event: event() },
        Events::NotComing { event: event(), was: Some(Standing::Coming) },
        Events::NotComing { event: event(), was: Some(Standing::Waiting) },
        Events::NotComing { event: event(), was: None },
        Events::SignUpOver { event: event() },
        Events::TooMany { limit: 30 },
        Events::Changed { event: event(), coming: true },
        Events::Changed { event: event(), coming: false },
        Events::CalledOff { event: event() },
        Events::Reminder { event: event() },
        Events::Here { event: event() },
        Events::NotHere,
        Events::Thanks { event: event() },
        Events::HostCount { event: event(), count: Rounded::About(40) },
        Events::HostCount { event: event(), count: Rounded::Few },
        Events::Calendar(Entry::sample(event(), true)),
        Events::Calendar(Entry::sample(event(), false)),
        Events::NoCalendar,
    ];
    all.into_iter().chain(contacts().map(Events::Contacts)).collect()
}

fn contacts() -> impl Iterator<Item = Contacts> {
    let (until, kept_until) = (deadline(), deadline().after(Span::from_days(90)));
    let terms = |own: &Member, with_email| {
        let versions = Versions { wording: "1".to_owned(), policy: "1".to_owned() };
        ContactTerms::of(own, EventId::from_bytes([8; 16]), "City Museum".to_owned(), with_email, &versions)
    };
    let ask = |shows| Contacts::Ask { event: event(), shows, until };
    let (id, word, by) = (ConsentId::from_bytes([7; 16]), word(&sam(), "yes"), shown());
    let consent = ContactConsent::give(id, word, terms(&sam(), true), by, now()).unwrap();
    let shows = terms(&sam(), true).values().to_vec();
    let not = [NoHandOver::Later, NoHandOver::NotThere, NoHandOver::NoHost, NoHandOver::TooLate];
    [
        ask(shows.clone()),
        ask(terms(&sam(), false).values().to_vec()),
        Contacts::Agreed { event: event(), until, before: false },
        Contacts::Agreed { event: event(), until, before: true },
        Contacts::Kept { event: event(), until },
        Contacts::WhichEvent,
        Contacts::Passed { event: event(), shows, kept_until },
        Contacts::NotPassed { event: event() },
        Contacts::TakenBack { event: event(), passed: false },
        Contacts::TakenBack { event: event(), passed: true },
        Contacts::TakingBack { event: event() },
        Contacts::NothingToTakeBack,
        Contacts::Come { event: event(), people: 1, kept_until },
        Contacts::Come { event: event(), people: 12, kept_until },
        Contacts::One { contact: consent.contact(&sam()).unwrap() },
        Contacts::Gone { event: event() },
    ]
    .into_iter()
    .chain(not.map(|why| Contacts::Not { event: event(), why }))
}

fn desk() -> Vec<EventDesk> {
    let asked = Part::ALL.map(|part| EventDesk::Ask { part, unfit: None });
    let unfit = [
        (Part::Title, Unfit::Nothing),
        (Part::Title, Unfit::Long { limit: 80, found: 97 }),
        (Part::Title, Unfit::Account),
        (Part::Organisation, Unfit::Organisation { name: "Town Museum".to_owned() }),
        (Part::When, Unfit::When),
        (Part::When, Unfit::Past),
        (Part::When, Unfit::Far),
        (Part::OpenTo, Unfit::OpenTo),
        (Part::Places, Unfit::Places),
        (Part::SignUpBy, Unfit::SignUpBy),
    ];
    let unfit = unfit.map(|(part, unfit)| EventDesk::Ask { part, unfit: Some(unfit) });
    let told = |people| EventDesk::ChangeTold { event: event(), people };
    let sure = |people| EventDesk::CallOffSure { event: event(), people };
    let called_off = |people| EventDesk::CalledOff { event: event(), people };
    let overview = |event, stage| EventDesk::Overview { event, stage, coming: 38, waiting: 2, came: 0, code: 7351 };
    let all = vec![
        EventDesk::Preview { event: event(), changes: false },
        EventDesk::Preview { event: own(), changes: true },
        EventDesk::Dropped,
        EventDesk::NothingToAnnounce,
        EventDesk::Announced { event: event(), posted: true, code: 7351 },
        EventDesk::Announced { event: event(), posted: false, code: 7351 },
        told(0),
        told(1),
        told(12),
        EventDesk::Unchanged { event: event() },
        EventDesk::TooManyAhead { limit: 60 },
        EventDesk::WhichOne,
        EventDesk::OverAlready { event: event() },
        sure(0),
        sure(1),
        sure(12),
        called_off(0),
        called_off(1),
        called_off(12),
        overview(event(), Stage::Ahead),
        overview(own(), Stage::Over),
        overview(event(), Stage::CalledOff),
        EventDesk::Guests { event: event(), guests: vec![], more: 0 },
        EventDesk::Guests { event: event(), guests: guests(), more: 0 },
        EventDesk::Guests { event: event(), guests: guests(), more: 3 },
        EventDesk::Summary { event: event(), coming: Rounded::About(40), came: Rounded::Few },
    ];
    asked.into_iter().chain(unfit).chain(all).collect()
}

fn guests() -> Vec<Guest> {
    let guest = |name: &str, standing, came| Guest {
        name: name.to_owned(),
        address: Address::exact(&format!("@{}:example.org", name.to_lowercase())).unwrap(),
        standing,
        came,
    };
    vec![
        guest("Sam", Standing::Coming, true),
        guest("Noor", Standing::Coming, false),
        guest("Kim", Standing::Offered(now()), false),
        guest("Lee", Standing::Waiting, false),
    ]
}
