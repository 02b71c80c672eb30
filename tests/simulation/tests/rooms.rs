//! Rooms for many in the simulated world: after any events, they end as the service says.

use lodge_core::people::member::{Field, Person, Role};
use lodge_core::rooms::{Purpose, RoomSettings};
use lodge_simulation::chance::Chance;
use lodge_simulation::community::commands::SAMPLES;
use lodge_simulation::community::deeds::{self, Deed};
use lodge_simulation::community::examine::{examine, picture};
use lodge_simulation::community::outside::{Moment, Since, known};
use lodge_simulation::community::service::{person, room, rooms_without};
use lodge_simulation::community::{Life, Script};
use lodge_simulation::life::Order;
use lodge_simulation::many::{each, number};
use lodge_simulation::world::faults::Rates;
use lodge_simulation::world::log::{Entry, Sight, What};
use serde_json::json;

fn people(count: usize) -> Vec<Person> {
    (0..count).map(person).collect()
}

fn says(who: usize, words: &str) -> Deed {
    Deed::Says(person(who).address, words.to_owned())
}

fn writes(who: usize, key: &str, words: &str) -> Deed {
    Deed::Writes(person(who).address, key.to_owned(), words.to_owned())
}

/// A life in which nothing is left to chance.
fn plain(crash_at: Option<u64>) -> Script {
    let standby = |kind: &str, content| Deed::Meddles("lobby".to_owned(), kind.to_owned(), content);
    let deeds = vec![
        says(0, "join lobby"),
        says(0, "join students"),
        says(2, "join news"),
        says(1, "join lobby"),
        says(1, "suggest room Chess: playing chess"),
        says(2, "approve 1"),
        says(0, "join chess"),
        writes(0, "lobby", "my data"),
        says(0, "take it away"),
        says(1, "report @p0:example.org in lobby: they shout"),
        says(2, "mute @p0:example.org in lobby for 2 days"),
        says(2, "remove @p1:example.org from lobby"),
        standby("m.room.name", json!({ "name": "Free coffee" })),
        standby("m.room.join_rules", json!({ "join_rule": "public" })),
        Deed::IsPutIn(person(4).address, "staff".to_owned()),
        Deed::Becomes(person(0).address, Role::Alumnus),
        says(1, "leave lobby"),
        Deed::Declares(rooms_without(4)),
    ];
    Script { seed: 7, people: people(5), deeds, rates: Rates::default(), crash_at, order: Order::Fixed, at_once: 1 }
}

/// The life of this seed, and for how many steps things go wrong in it.
fn of_seed(seed: u64) -> (Script, u64) {
    let mut chance = Chance::of(seed, 0);
    let count = 3 + chance.index(4);
    let mut rate = |usual: u64| if chance.one_in(3) { 0 } else { chance.between(usual / 2, usual * 2) };
    let rates = Rates {
        lost_request: rate(10),
        lost_reply: rate(10),
        limited: rate(12),
        crash: rate(40),
        repeated: rate(4),
        jump: 0,
        outage: rate(3),
    };
    let deeds = deeds::of_seed(&mut chance, count);
    let (crash_at, order, at_once) = (None, Order::Any, 1);
    let script = Script { seed, people: people(count), deeds, rates, crash_at, order, at_once };
    (script, chance.below(1500))
}

/// The same life, with an export after some deed and its restore after a later one.
fn restored(seed: u64) -> (Script, u64) {
    let (mut script, trouble) = of_seed(seed);
    let mut chance = Chance::of(seed, 77);
    let export = chance.index(script.deeds.len());
    let restore = export + 1 + chance.index(script.deeds.len() - export);
    script.deeds.insert(export, Deed::IsExported);
    script.deeds.insert(restore, Deed::IsRestored);
    (script, trouble)
}

#[test]
fn whatever_goes_wrong_rooms_end_as_the_service_says_and_nobody_is_in_one_that_is_not_theirs() {
    let lives = number("LODGE_ROOM_LIVES", 400);
    let broken = each("lives with rooms", lives, |seed| {
        let (script, trouble) = of_seed(seed);
        let mut life = Life::new(script);
        life.live(trouble);
        let found = examine(&life);
        (!found.is_empty()).then(|| found.join("\n"))
    });
    for (seed, what) in broken.iter().take(5) {
        eprintln!("life {seed}: {what}");
    }
    assert!(broken.is_empty(), "{} of {lives} lives ended badly", broken.len());
}

#[test]
fn a_crash_at_any_point_leads_to_the_same_rooms() {
    let mut undisturbed = Life::new(plain(None));
    undisturbed.live(0);
    assert_eq!(examine(&undisturbed), [""; 0]);
    let expected = picture(&undisturbed);
    assert_eq!(expected["lobby"].1.len(), 3, "the porter, its standby account and who became an alumnus");
    let points = undisturbed.porter.world().faults().points;
    let broken = each("crash points", number("LODGE_POINTS", points), |point| {
        let mut life = Life::new(plain(Some(point)));
        life.live(u64::MAX);
        let mut found = examine(&life);
        if picture(&life) != expected {
            found.push(format!("{:#?}\nwhere it should be\n{expected:#?}", picture(&life)));
        }
        (!found.is_empty()).then(|| found.join("\n"))
    });
    for (point, what) in broken.iter().take(3) {
        eprintln!("crash at point {point}: {what}");
    }
    assert!(broken.is_empty(), "{} of {points} crash points ended badly", broken.len());
}

#[test]
fn rooms_of_a_store_that_went_back_end_as_the_service_says() {
    if let Ok(seed) = std::env::var("LODGE_SEED") {
        let (script, trouble) = restored(seed.parse().expect("LODGE_SEED is a number"));
        let mut life = Life::new(script);
        life.live(trouble);
        for entry in &life.porter.world().log {
            println!("{entry}");
        }
        assert_eq!(examine(&life), [""; 0]);
        return;
    }
    let lives = number("LODGE_ROOM_RESTORES", 400);
    let broken = each("stores that went back", lives, |seed| {
        let (script, trouble) = restored(seed);
        let mut life = Life::new(script);
        life.live(trouble);
        let found = examine(&life);
        (!found.is_empty()).then(|| found.join("\n"))
    });
    for (seed, what) in broken.iter().take(5) {
        eprintln!("life {seed}: {what}");
    }
    assert!(broken.is_empty(), "{} of {lives} lives ended badly", broken.len());
}

/// So many people and so many rooms, at the size of a large service.
const PEOPLE: usize = 5_000;
const ROOMS: usize = 60;

/// A service of that size: its rooms are declared, and many of its people ask for one.
fn large(crash_at: Option<u64>) -> Script {
    let roles = [Role::Student, Role::Alumnus, Role::Employer, Role::Staff];
    let declared = (0..ROOMS)
        .map(|number| {
            let posts = if number % 3 == 0 { &roles[3..] } else { &roles[..] };
            let purpose = if number % 3 == 0 { Purpose::Announcements } else { Purpose::Interest };
            room(&format!("room-{number}"), purpose, &roles, posts)
        })
        .collect();
    let rooms = RoomSettings { declared, ..RoomSettings::default() };
    let asks = who_ask().map(|who| says(who, &format!("join room-{}", who % ROOMS)));
    let deeds = std::iter::once(Deed::Declares(rooms)).chain(asks).collect();
    Script {
        seed: 11,
        people: people(PEOPLE),
        deeds,
        rates: Rates::default(),
        crash_at,
        order: Order::Fixed,
        at_once: 500,
    }
}

/// Every seventh asks for a room.
fn who_ask() -> impl Iterator<Item = usize> {
    (0..PEOPLE).step_by(7)
}

/// The number of calls by which the hub changed a room.
fn changes(life: &Life) -> usize {
    let world = life.porter.world();
    let changes = |entry: &&Entry| matches!(entry.what, What::Call(_, "make" | "put", ..));
    world.log.iter().filter(changes).count()
}

#[test]
fn five_thousand_people_and_sixty_rooms_applied_twice_and_interrupted_anywhere_end_the_same() {
    let began = std::time::Instant::now();
    let mut first = Life::new(large(None));
    first.live(0);
    assert_eq!(examine(&first), [""; 0]);
    let expected = picture(&first);
    assert_eq!(expected.len(), ROOMS + 7, "those of before are archived");
    let asked = who_ask().filter(|who| who % ROOMS == 6).count();
    assert_eq!(expected["room-6"].1.len(), 1 + asked, "the porter, and who asked for it");
    let points = first.porter.world().faults().points;
    let changed = changes(&first);
    eprintln!("{PEOPLE} people and {ROOMS} rooms: {changed} changes, {points} points, {:.1?}", began.elapsed());

    let rooms = first.hub.rooms().clone();
    first.hub.set_rooms(rooms);
    first.live(0);
    assert_eq!(changes(&first), changed, "the second time nothing changes");
    drop(first);

    let tries = number("LODGE_LARGE_POINTS", 4);
    let mut chance = Chance::of(11, 99);
    let at: Vec<u64> = (0..tries).map(|_| chance.below(points)).collect();
    let broken = each("interruptions", tries, |index| {
        let point = at[usize::try_from(index).expect("a small number")];
        let mut life = Life::new(large(Some(point)));
        life.live(u64::MAX);
        let mut found = examine(&life);
        if picture(&life) != expected {
            found.push("the rooms are others".to_owned());
        }
        (!found.is_empty()).then(|| format!("at {point}: {}", found.join("\n")))
    });
    assert!(broken.is_empty(), "{broken:?}");
}

/// A service in which everybody is in the lobby and there is something to every command: somebody has a draft and is
/// asked, an organisation is approved, something is suggested and somebody reported.
fn busy() -> Script {
    let mut people = people(8);
    people[4].details = [(Field::Organisation, "City Museum".to_owned())].into_iter().collect();
    let begin = [
        says(2, "approve organisation City Museum"),
        says(4, "agree"),
        says(2, "join staff"),
        says(7, "join staff"),
        says(1, "introduce @p0:example.org for career advice: Dear reader"),
        says(1, "no"),
        says(1, "send"),
        says(0, "introduce @p6:example.org for career advice: Dear reader"),
        says(0, "no"),
        says(6, "suggest room Chess: playing chess"),
    ];
    let lobby = (0..people.len()).map(|who| says(who, "join lobby"));
    let report = says(3, "report @p1:example.org in lobby: they shout");
    let deeds = begin.into_iter().chain(lobby).chain([report]).collect();
    Script { seed: 17, people, deeds, rates: Rates::default(), crash_at: None, order: Order::Fixed, at_once: 1 }
}

/// Everything that is wrong when one of them writes this in that room, and whether the porter took it for something to
/// itself.
fn overheard(who: usize, key: &str, words: &str) -> (bool, Vec<String>) {
    let mut life = Life::new(busy());
    life.live(0);
    let (place, who) = (life.room(key).expect("a room"), person(who).address);
    let mut found = examine(&life);
    let others = life.porter.world().room(&place).expect("a room").joined().len() - 2;
    let before = known(&life);

    let moment = Moment::now(&life, &who);
    life.then(Deed::Writes(who.clone(), key.to_owned(), words.to_owned()));
    life.live(0);
    let Since { events, calls, seen, told } = moment.since(&life);
    let told_so = told == ["overheard"];
    if !told_so && !told.is_empty() {
        found.push(format!("they were told {told:?}"));
    }
    let [(at, typed)] = &events[..] else { return (told_so, vec![format!("this came: {events:?}")]) };
    if *at != place || typed["sender"] != who.as_str() || typed["content"]["body"] != words {
        found.push(format!("something else was written: {typed}"));
    }
    let read = Sight::Words(who.clone(), words.to_owned());
    if seen.len() != others || others == 0 || seen.iter().any(|(_, sight)| *sight != read) {
        found.push(format!("{others} others saw this: {seen:?}"));
    }
    if !calls.is_empty() {
        found.push(format!("these calls were made: {calls:?}"));
    }
    if known(&life) != before {
        found.push("it was acted on".to_owned());
    }

    let message = typed["event_id"].clone();
    let moment = Moment::now(&life, &who);
    life.then(Deed::Says(who.clone(), "take it away".to_owned()));
    life.live(0);
    let Since { events, calls, seen, told } = moment.since(&life);
    if told_so {
        let gone = matches!(&events[..], [(at, event)] if *at == place && event["content"]["redacts"] == message);
        let only = calls == [("redact", place)] && told == ["taken-away"];
        let taken = |sight: &Sight| matches!(sight, Sight::TakenBack(event) if message == event.0.as_str());
        if !gone || !only || seen.len() != others || seen.iter().any(|(_, sight)| !taken(sight)) {
            found.push(format!("it was taken away like this: {events:?}, {calls:?}, {seen:?}, {told:?}"));
        }
    } else if (&events[..], &calls[..], &seen[..]) != (&[], &[], &[]) || told != ["nothing-to-take-away"] {
        found.push(format!("nothing was to be taken away: {events:?}, {calls:?}, {seen:?}, {told:?}"));
    }
    if known(&life) != before {
        found.push("taking it away did something else".to_owned());
    }
    (told_so, found)
}

#[test]
fn b05_of_every_command_in_a_room_nothing_shows_but_its_taking_away() {
    let writers = [(0, "lobby"), (2, "lobby"), (4, "lobby"), (2, "staff")];
    let tries: Vec<_> =
        writers.iter().flat_map(|(who, key)| SAMPLES.iter().map(|words| (*who, *key, *words))).collect();
    let outcomes = each("commands in rooms", tries.len() as u64, |index| {
        let (who, key, words) = tries[usize::try_from(index).expect("a small number")];
        Some(overheard(who, key, words))
    });
    let mut passed_over = Vec::new();
    for ((who, key, words), (_, (answered, found))) in tries.iter().zip(outcomes) {
        assert!(found.is_empty(), "{} writes {words:?} in {key}: {}", person(*who).address, found.join("\n"));
        if !answered && *key == "lobby" && *who == 4 {
            passed_over.push(*words);
        }
    }
    assert_eq!(passed_over, SMALL_TALK, "all else is answered in private");
}

/// Words that people also say to each other, so nobody is told that they were meant for the porter.
const SMALL_TALK: &[&str] = &[
    "help",
    "something is wrong",
    "a hard time",
    "verify",
    "change",
    "cancel",
    "save",
    "drafts 2",
    "back",
    "again",
    "policy",
    "who are you",
    "agree",
    "boundaries",
    "desk",
    "take 2",
    "put back 2",
    "done 3",
    "more answers",
    "take it away",
    "mute",
    "profile shoe size: 9",
    "more",
    "announce",
    "guests 4",
    "guide",
    "questions museums",
    "more questions",
    "rehearse",
    "rehearse yes",
    "referrals",
    "thank-you",
    "reflect",
    "note Ask about Mondays",
    "notes",
    "notes export",
    "delete note 1",
    "network",
    "network add want: somebody at a museum",
    "network remove 1",
    "still here",
    "undo",
    "ok thanks",
    "hello",
    "stop",
    "stop everything",
    "how it ends",
    "an example",
    "where is my code",
    "other languages",
    "the figures",
    "an announcement",
    "an event",
    "block nobody",
    "later 1 friday",
    "they did not come",
    "arranged Thursday 17:00",
    "not arranged",
    "times Tue or Thu after 4",
    "yes but not now",
    "good morning everybody",
];
