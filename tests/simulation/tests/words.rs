//! A word counts once, where it stands: the same words heard again, put into a room again, or heard from elsewhere
//! change nothing; and words that came before the question they would answer, or are read long after, open nothing and
//! show nothing.
//!
//! For every command there is, and in every state in which a conversation can be.

use std::collections::{BTreeMap, BTreeSet};

use lodge_channel::homeserver::EventRef;
use lodge_channel::news::{Heard, News, RoomNews, Text};
use lodge_core::command::{Command, read};
use lodge_core::input::Proof;
use lodge_core::name::Address;
use lodge_core::say::{Answering, Say};
use lodge_core::time::Span;
use lodge_matrix::homeserver::RoomRef;
use lodge_simulation::community::commands::SAMPLES;
use lodge_simulation::community::deeds::Deed;
use lodge_simulation::community::outside::known;
use lodge_simulation::community::service::person;
use lodge_simulation::community::{Life, Script};
use lodge_simulation::life::Order;
use lodge_simulation::many::each;
use lodge_simulation::world::START;
use lodge_simulation::world::faults::Rates;
use lodge_simulation::world::log::What;
use lodge_simulation::world::room::{Kind, Room};

/// A state of somebody's conversation: its name, the words by which it is reached, and the person who writes in it.
struct State {
    name: &'static str,
    reached: &'static [(usize, &'static str)],
    writer: usize,
}

const ASKS: &str = "introduce @p1:example.org for career advice: Dear one, how did you begin?";

/// The words by which staff make an event with one place, up to its preview.
macro_rules! an_event_and {
    ($($then:expr),*) => {
        &[
            (2, "new event"),
            (2, "Working in museums"),
            (2, "none"),
            (2, "6 November, 17:30 to 19:00"),
            (2, "Room 4"),
            (2, "everyone"),
            (2, "1"),
            (2, "until it begins"),
            (2, "Some people tell how they began."),
            $($then),*
        ]
    };
}

const STATES: [State; 24] = [
    State { name: "nothing is open", reached: &[(1, "help")], writer: 1 },
    State { name: "a draft without a name", reached: &[(0, "introduce")], writer: 0 },
    State { name: "a draft without a purpose", reached: &[(0, "introduce @p1:example.org")], writer: 0 },
    State { name: "a draft without how they know each other", reached: &[(0, ASKS)], writer: 0 },
    State {
        name: "a draft without words",
        reached: &[(0, "introduce @p1:example.org for career advice"), (0, "no")],
        writer: 0,
    },
    State {
        name: "a plan of an information interview",
        reached: &[
            (0, "introduce @p1:example.org for an information interview: Dear one, how did you begin?"),
            (0, "no"),
        ],
        writer: 0,
    },
    State { name: "a preview", reached: &[(0, ASKS), (0, "no")], writer: 0 },
    State { name: "one prompt", reached: &[(0, ASKS), (0, "no"), (0, "send")], writer: 1 },
    State {
        name: "two prompts",
        reached: &[(0, ASKS), (0, "no"), (0, "send"), (3, ASKS), (3, "no"), (3, "send")],
        writer: 1,
    },
    State {
        name: "a question that was carried",
        reached: &[(0, ASKS), (0, "no"), (0, "send"), (1, "ask Which year are you in?"), (1, "send")],
        writer: 0,
    },
    State { name: "a yes", reached: &[(0, ASKS), (0, "no"), (0, "send"), (1, "yes")], writer: 1 },
    State { name: "a room for two", reached: &[(0, ASKS), (0, "no"), (0, "send"), (1, "yes")], writer: 0 },
    State {
        name: "a time that is being found",
        reached: &[(0, ASKS), (0, "no"), (0, "send"), (1, "yes, Tue or Thu after 4")],
        writer: 0,
    },
    State {
        name: "a meeting that is noted",
        reached: &[(0, ASKS), (0, "no"), (0, "send"), (1, "yes"), (0, "arranged Thursday 17:00")],
        writer: 1,
    },
    State { name: "a reflection", reached: &[(1, "reflect"), (1, "private-tok00000001")], writer: 1 },
    State { name: "the question before being forgotten", reached: &[(1, "forget me")], writer: 1 },
    State { name: "the offer of the mentors' list", reached: &[(1, "list me")], writer: 1 },
    State { name: "something for staff to decide", reached: &[(3, "suggest room Chess: playing chess")], writer: 2 },
    State { name: "a visitor", reached: &[(4, "help")], writer: 4 },
    State { name: "a visitor who asks for staff", reached: &[(4, "ask staff: may I come by")], writer: 2 },
    State {
        name: "an event of which parts are missing",
        reached: &[(2, "new event"), (2, "Working in museums")],
        writer: 2,
    },
    State { name: "the preview of an event", reached: an_event_and!(), writer: 2 },
    State { name: "an event that is shown", reached: an_event_and!((2, "announce"), (1, "event 1")), writer: 1 },
    State {
        name: "a place that is offered",
        reached: an_event_and!((2, "announce"), (0, "come 1"), (1, "come 1"), (0, "not coming 1")),
        writer: 1,
    },
];

/// The weighty messages: nobody is asked, introduced, published or forgotten but by a word for it.
const WEIGHS: [&str; 12] = [
    "sent",
    "yes-recorded",
    "search-yes-with-times",
    "agreed-requester",
    "agreed-addressee",
    "list-agreed",
    "forgetting",
    "question-came",
    "said-no",
    "event-announced",
    "event-is-called-off",
    "event-coming",
];

/// Words that are no command's only sample, and that people write all the time.
const SHORT: [&str; 6] = ["yes", "no", "ok", "thanks", "list me now", "1 yes"];

/// Four people in their conversations, and one whom the service does not list.
fn life(seed: u64) -> Life {
    let people = (0..4).map(person).collect();
    let (deeds, rates) = (Vec::new(), Rates::default());
    let mut life = Life::new(Script { seed, people, deeds, rates, crash_at: None, order: Order::Fixed, at_once: 1 });
    life.live(0);
    let (visitor, porter) = (person(4).address, life.porter.own().clone());
    life.porter.world().create_own(&visitor, &porter);
    life.pass(Span::from_millis(1));
    life.live(0);
    life
}

fn says((who, words): (usize, &str)) -> Deed {
    Deed::Says(person(who).address, words.to_owned())
}

fn does(life: &mut Life, deed: Deed) {
    life.then(deed);
    life.live(0);
}

/// The life of this seed in this state.
fn reach(seed: u64, reached: &[(usize, &str)]) -> Life {
    let mut life = life(seed);
    for step in reached {
        does(&mut life, says(*step));
    }
    life
}

/// The number of times that each weighty message was said, of requests that anybody was asked about, and of rooms for
/// two.
fn weight(life: &Life) -> BTreeMap<String, usize> {
    let world = life.porter.world();
    let of_two = world.rooms().filter(|room| matches!(room.kind, Kind::Introduction(_))).count();
    let mut weight = BTreeMap::from([("rooms".to_owned(), of_two)]);
    let mut asked = BTreeSet::new();
    for entry in &world.log {
        if let What::Said(_, message) = &entry.what
            && let Say::Answering(Answering::Asked { of, .. }) = &message.say
            && asked.insert(of.introduction())
        {
            *weight.entry("asked".to_owned()).or_default() += 1;
        }
        if let What::Said(_, message) = &entry.what
            && WEIGHS.contains(&message.wording.as_str())
        {
            *weight.entry(message.wording.clone()).or_default() += 1;
        }
    }
    weight
}

/// The weighty messages that come more often in the first than in each of the others.
fn more(of: &BTreeMap<String, usize>, than: [&BTreeMap<String, usize>; 2]) -> Vec<String> {
    let most = |what: &String| than.iter().filter_map(|one| one.get(what)).copied().max().unwrap_or_default();
    let heavier = of.iter().filter(|(what, count)| **count > most(what));
    heavier.map(|(what, count)| format!("{what}: {count} times, and not {}", most(what))).collect()
}

/// The porter's messages since, but to people who work for the service.
fn said_since(life: &Life, from: usize) -> Vec<String> {
    let world = life.porter.world();
    let staff = life.conversation(&person(2).address);
    let said = world.log[from..].iter().filter_map(|entry| {
        let What::Said(room, message) = &entry.what else { return None };
        (Some(room) != staff).then(|| format!("{} in {}", message.wording, room.0))
    });
    said.collect()
}

/// The last that somebody wrote in their conversation.
fn last_written(life: &Life, who: &Address) -> Option<(EventRef, Text)> {
    let room = life.conversation(who)?;
    let world = life.porter.world();
    let event = world.encrypted_in(room).last()?;
    let text = Text {
        sender: who.clone(),
        body: event.plain["content"]["body"].as_str()?.to_owned(),
        reply_to: None,
        thread: None,
        mentions: vec![],
        everybody: false,
        proof: Proof::Proven,
        cipher: None,
        device: None,
    };
    Some((event.id.clone(), text))
}

/// The changes when the same words come again in one of three ways.
fn comes_again(state: &State, words: &str) -> Vec<String> {
    let mut life = reach(17, state.reached);
    let who = person(state.writer).address;
    does(&mut life, says((state.writer, words)));
    let Some((event, text)) = last_written(&life, &who) else { return vec!["nothing was written".to_owned()] };
    let home = life.conversation(&who).cloned().expect("a conversation");
    let elsewhere = life.conversation(&person(3).address).cloned().expect("a conversation");
    let before = known(&life);
    let mut found = Vec::new();
    let mut check = |life: &mut Life, how: &str, from: usize| {
        life.live(0);
        let said = said_since(life, from);
        if !said.is_empty() || known(life) != before {
            found.push(format!("{how}: {said:?}, {}", if known(life) == before { "" } else { "and it was acted on" }));
        }
    };
    let heard = |event: EventRef| News { event, at: START, heard: Heard::Text(text.clone()) };
    let of = |room, news| vec![RoomNews { room, gap: None, news: vec![news] }];

    let from = life.porter.world().log.len();
    life.hub.hears(of(home.clone(), heard(event.clone())));
    check(&mut life, "heard twice", from);
    let from = life.porter.world().log.len();
    life.hub.hears(of(elsewhere, heard(EventRef("$elsewhere".to_owned()))));
    check(&mut life, "heard from another's conversation", from);
    let from = life.porter.world().log.len();
    life.porter.world().replay(&home, &event, &home);
    check(&mut life, "put into the room again", from);
    found
}

/// The weighty messages that come more often when words came too early, or are read late, than when they were said
/// before it or not at all.
fn comes_early_or_late(state: &State, words: &str) -> Vec<String> {
    const KEY_AFTER: Span = Span::from_millis(60_000);
    let Some((last, before)) = state.reached.split_last() else { return vec![] };
    // It asks to be told again, and is told that which stands by then.
    if words == "again" {
        return vec![];
    }
    let writes = || says((state.writer, words));
    let without = weight(&reach(17, state.reached));
    let mut first = reach(17, before);
    does(&mut first, writes());
    does(&mut first, says(*last));
    let first = weight(&first);
    let mut found = Vec::new();
    // A response has either room first, depending on the seed.
    for seed in [17, 18, 19] {
        let mut early = reach(seed, before);
        // A writer who brings it about themselves goes on before they are answered; anybody else is ahead of it.
        let own = last.0 == state.writer;
        early.at_once(if own { vec![says(*last), writes()] } else { vec![writes(), says(*last)] });
        early.live(0);
        let more = more(&weight(&early), [&without, &first]);
        if !more.is_empty() {
            found.push(format!("before it, seed {seed}: {more:?}"));
        }
    }
    let mut late = reach(17, before);
    late.says_sealed(&person(state.writer).address, words, KEY_AFTER);
    does(&mut late, says(*last));
    late.pass(KEY_AFTER);
    late.live(0);
    let more = more(&weight(&late), [&without, &first]);
    if !more.is_empty() {
        found.push(format!("read after it: {more:?}"));
    }
    found
}

/// Everything that is wrong, for each state and each command.
fn in_every_state(what: &str, check: impl Fn(&State, &str) -> Vec<String> + Sync) -> Vec<String> {
    let tries: Vec<(&State, &str)> =
        STATES.iter().flat_map(|state| SAMPLES.iter().chain(&SHORT).map(move |words| (state, *words))).collect();
    let wrong = each(what, tries.len() as u64, |index| {
        let (state, words) = tries[usize::try_from(index).expect("a small number")];
        let found = check(state, words);
        (!found.is_empty()).then(|| format!("{}, {words:?}: {}", state.name, found.join("; ")))
    });
    wrong.into_iter().map(|(_, what)| what).collect()
}

#[test]
fn the_people_here_can_say_every_command() {
    let said: BTreeSet<&str> = SAMPLES.iter().chain(&SHORT).map(|words| read(words).row().words).collect();
    let commands: BTreeSet<&str> = Command::all_words().into_iter().collect();
    assert_eq!(said, commands);
}

/// Everything that a rehearsal does in this state but tell its writer something in their own conversation.
fn shows_elsewhere(state: &State, words: &str) -> Vec<String> {
    let mut life = reach(17, state.reached);
    let (writer, before) = (person(state.writer).address, life.porter.world().log.len());
    let is_talk = |room: &&Room| matches!(room.kind, Kind::Conversation(_)) && room.has(&writer);
    let home = life.porter.world().rooms().find(is_talk).map(|room| room.id.clone());
    does(&mut life, says((state.writer, words)));
    let is_home = |room: &RoomRef| Some(room) == home.as_ref();
    let is_own = |what: &What| {
        let sees = matches!(what, What::Saw(who, room, _) if *who == writer && is_home(room));
        let types = matches!(what, What::Typed(who, room, _) if *who == writer && is_home(room));
        // The porter says it by a call, and looks first who would read it.
        sees || types
            || matches!(what, What::Said(room, _) | What::Call(_, "send" | "members", room, _) if is_home(room))
    };
    let world = life.porter.world();
    let others = world.log[before..].iter().filter(|entry| !is_own(&entry.what));
    others.map(|entry| format!("{:?}", entry.what)).collect()
}

#[test]
fn a13_a_rehearsal_reaches_nobody_but_its_writer_in_whatever_state() {
    const PLAYS: [&str; 4] = ["rehearse", "rehearse yes", "rehearse question", "rehearse no"];
    for state in &STATES {
        for words in PLAYS {
            let others = shows_elsewhere(state, words);
            assert!(others.is_empty(), "{}, {words:?}: {others:?}", state.name);
        }
    }
}

#[test]
fn i06_the_same_words_again_change_nothing_whatever_they_are_and_whatever_is_open() {
    let wrong = in_every_state("words that come again", comes_again);
    assert!(wrong.is_empty(), "{} go wrong: {:#?}", wrong.len(), &wrong[..wrong.len().min(12)]);
}

#[test]
fn i07_words_that_came_before_what_they_would_answer_or_are_read_late_open_and_show_nothing() {
    let wrong = in_every_state("words at another time", comes_early_or_late);
    assert!(wrong.is_empty(), "{} go wrong: {:#?}", wrong.len(), &wrong[..wrong.len().min(12)]);
}
