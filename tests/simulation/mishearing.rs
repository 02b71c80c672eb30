//! The planted bugs of consent, which mislead about words on their way in and out: which word is taken for an answer,
//! and to what.
//!
//! Each makes the engine believe something that is not so, about an order, a relation, a number or a ciphertext; so the
//! engine is fooled however carefully it looks, and the monitor has to see it from what people saw and typed.

use lodge_channel::homeserver::EventRef;
use lodge_channel::news::{Delivery, Heard, News, RoomNews};
use lodge_channel::room::WORDING_KEY;
use lodge_core::id::EffectId;
use lodge_core::name::Address;
use lodge_matrix::homeserver::RoomRef;
use serde_json::{Value, json};

use crate::planted::Planted;
use crate::world::World;
use crate::world::account::Account;
use crate::world::cipher::Cipher;
use crate::world::log::What;
use crate::world::room::{Event, Kind, Room};

/// Under this key the porter's message holds the number that it really means.
const NUMBER_KEY: &str = "org.lodge.simulation.number";

/// The messages that put a request to its addressee.
const PROMPTS: [&str; 3] = ["asked", "reminder", "answer-came"];

/// A message of the porter's, as a bug sends it.
pub fn said(world: &World, mut content: Value) -> Value {
    let body = content["body"].as_str().unwrap_or_default();
    match world.planted {
        Some(Planted::NumberReused) => {
            if let Some((number, body)) = renumbered(body) {
                content["body"] = json!(body);
                content[NUMBER_KEY] = json!(number);
            }
        }
        Some(Planted::ValuesOfNow) if wording(&content).starts_with("agreed-") => {
            let now = |text: String, (before, now): (&String, &String)| text.replace(before.as_str(), now);
            content["body"] = json!(world.present.iter().fold(body.to_owned(), now));
        }
        Some(_) | None => {}
    }
    content
}

/// The message with one of two numbers in the place of its own; and its own.
fn renumbered(body: &str) -> Option<(u64, String)> {
    let (first, rest) = body.split_once('\n').unwrap_or((body, ""));
    let mut say: Value = serde_json::from_str(first).ok()?;
    let shown = say.as_object_mut()?.values_mut().next()?.get_mut("number")?;
    let number = shown.as_u64().filter(|number| *number > 0)?;
    *shown = json!((number - 1) % 2 + 1);
    Some((number, if rest.is_empty() { say.to_string() } else { format!("{say}\n{rest}") }))
}

/// Whether a message of the porter's shows to anybody. One that does not is one that the homeserver never had, though the
/// porter is told that it has. Of every other request nothing shows.
pub fn shows(world: &World, content: &Value) -> bool {
    if world.planted != Some(Planted::GivenUpStaysOpen) || !PROMPTS.contains(&wording(content)) {
        return true;
    }
    let body = content["body"].as_str().unwrap_or_default();
    let introduction = body.split_once("\"introduction\":\"").and_then(|(_, rest)| rest.chars().next());
    introduction.is_none_or(|digit| digit.is_ascii_digit())
}

/// Somebody's words, as a bug has the porter read them.
pub fn heard(world: &World, event: &Event, mut plain: Value) -> Value {
    if event.cipher.is_none() {
        return plain;
    }
    let content = &mut plain["content"];
    let body = content["body"].as_str().unwrap_or_default().to_owned();
    match world.planted {
        Some(Planted::OkIsYes) if ["ok", "okay", "thanks", "ok thanks"].contains(&body.as_str()) => {
            content["body"] = json!("yes");
        }
        Some(Planted::ThreadForgotten) if content["m.relates_to"]["rel_type"] == "m.thread" => {
            content.as_object_mut().map(|content| content.remove("m.relates_to"));
        }
        Some(Planted::BareAnyTime) if is_bare_yes(&body) && content.get("m.relates_to").is_none() => {
            let asks = |content: &Value| PROMPTS.contains(&wording(content));
            if let Some(prompt) = last_before(world, event, asks) {
                content["m.relates_to"] = json!({ "m.in_reply_to": { "event_id": prompt.id.0 } });
            }
        }
        Some(Planted::NumberReused) => {
            if let Some((number, rest)) = body.split_once(' ')
                && let Ok(number) = number.parse::<u64>()
            {
                let shows = |content: &Value| number_shown(content) == Some(number);
                let means =
                    last_before(world, event, shows).and_then(|last| last.plain["content"][NUMBER_KEY].as_u64());
                content["body"] = json!(format!("{} {rest}", means.unwrap_or(number)));
            }
        }
        Some(_) | None => {}
    }
    plain
}

/// The ciphertext of somebody's words, as the porter is told of it.
pub fn cipher(planted: Option<Planted>, event: &Event) -> Option<Cipher> {
    let forgets = planted == Some(Planted::ReplayCounts);
    if forgets { event.cipher.map(|cipher| Cipher { index: event.pos, ..cipher }) } else { event.cipher }
}

/// A response, as the engine gets it.
pub fn delivery(porter: &Account, delivery: &mut Delivery) {
    let world = porter.world();
    match world.planted {
        Some(Planted::OpenBeforeShown) => {
            for room in &mut delivery.rooms {
                bring_forward(&world, room, &PROMPTS);
            }
        }
        Some(Planted::SendBeforePreview) => {
            for room in &mut delivery.rooms {
                bring_forward(&world, room, &["preview"]);
            }
        }
        Some(Planted::WordFromElsewhere) => bring_home(&world, delivery),
        Some(_) | None => {}
    }
}

/// Moves the porter's messages with these wordings before words that others wrote.
fn bring_forward(world: &World, room: &mut RoomNews, wordings: &[&str]) {
    let said = |effect: EffectId| {
        world.log.iter().any(|entry| {
            let What::Said(_, message) = &entry.what else { return false };
            message.effect == effect && wordings.contains(&message.wording.as_str())
        })
    };
    room.news.sort_by_key(|news| match &news.heard {
        Heard::Own(effect) => !said(*effect),
        Heard::Text(_)
        | Heard::Echo(_)
        | Heard::Created(_)
        | Heard::Moved(..)
        | Heard::Sealed(_)
        | Heard::Edited(_)
        | Heard::Redacted(_)
        | Heard::Wordless(_)
        | Heard::Changed
        | Heard::Nothing => true,
    });
}

/// Moves words from another room into their writer's conversation.
fn bring_home(world: &World, delivery: &mut Delivery) {
    let mut found: Vec<(RoomRef, News)> = Vec::new();
    for RoomNews { room, news, .. } in &delivery.rooms {
        let there = world.room(room).map(|room| room.events.as_slice()).unwrap_or_default();
        for one in news.iter().filter(|news| matches!(news.heard, Heard::Sealed(_))) {
            let event = there.iter().find(|event| event.id == one.event);
            let Some((event, sender)) = event.and_then(|event| Some((event, sender(event)?))) else { continue };
            let again = event.cipher.is_some_and(|cipher| is_of_another_room(world, room, cipher));
            if again && let Some((home, news)) = home(world, &sender).zip(read(world, event)) {
                found.push((home, news));
            }
        }
    }
    for (room, one) in found {
        match delivery.rooms.iter_mut().find(|news| news.room == room) {
            Some(news) => news.news.push(one),
            None => delivery.rooms.push(RoomNews { room, gap: None, news: vec![one] }),
        }
    }
}

fn is_of_another_room(world: &World, room: &RoomRef, cipher: Cipher) -> bool {
    let elsewhere = world.rooms().filter(|other| other.id != *room);
    elsewhere.flat_map(|other| &other.events).any(|event| event.cipher == Some(cipher))
}

fn read(world: &World, event: &Event) -> Option<News> {
    lodge_channel::news::read(&event.plain, &world.porter, event.proof)
}

fn sender(event: &Event) -> Option<Address> {
    Address::exact(event.plain["sender"].as_str()?).ok()
}

fn home(world: &World, who: &Address) -> Option<RoomRef> {
    let theirs = |room: &&Room| matches!(room.kind, Kind::Conversation(_)) && room.has(who) && room.has(&world.porter);
    world.rooms().find(theirs).map(|room| room.id.clone())
}

/// The porter's last message before this event, in its room, of which this is true.
fn last_before<'a>(world: &'a World, event: &Event, is: impl Fn(&Value) -> bool) -> Option<&'a Event> {
    let room = world.rooms().find(|room| holds(room, &event.id))?;
    let porters = |one: &&Event| one.pos < event.pos && one.plain["sender"] == world.porter.as_str();
    room.events.iter().rev().filter(porters).find(|one| is(&one.plain["content"]))
}

fn holds(room: &Room, event: &EventRef) -> bool {
    room.events.iter().any(|one| one.id == *event)
}

fn wording(content: &Value) -> &str {
    content[WORDING_KEY].as_str().unwrap_or_default()
}

fn number_shown(content: &Value) -> Option<u64> {
    let say: Value = serde_json::from_str(content["body"].as_str()?.lines().next()?).ok()?;
    say.as_object()?.values().next()?.get("number")?.as_u64()
}

fn is_bare_yes(body: &str) -> bool {
    ["yes", "y", "sure"].contains(&body)
}
