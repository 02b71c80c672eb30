//! The deeds of a life: people talk with the porter, roles change, somebody meddles.

use lodge_core::name::Address;
use lodge_core::people::member::Role;
use lodge_core::rooms::RoomSettings;
use serde_json::{Value, json};

use super::commands::SAMPLES;
use super::service::{self, KEYS, person};
use crate::chance::Chance;

/// One thing that happens.
#[derive(Debug, Clone)]
pub enum Deed {
    /// Somebody says something to the porter.
    Says(Address, String),
    /// Somebody writes these words in a room.
    Writes(Address, String, String),
    /// Somebody leaves a room by themselves.
    Leaves(Address, String),
    /// The homeserver's operator puts somebody into a room.
    IsPutIn(Address, String),
    /// The standby account changes a state event of a room.
    Meddles(String, String, Value),
    /// Somebody gets another role.
    Becomes(Address, Role),
    /// Somebody is no longer on the list.
    IsListedNoMore(Address),
    /// The service changes its rooms.
    Declares(RoomSettings),
    /// The program dies.
    Dies,
    /// An export is made.
    IsExported,
    /// The disk is lost, and the export takes its place.
    IsRestored,
}

/// The deeds of a life of this seed.
pub fn of_seed(chance: &mut Chance, people: usize) -> Vec<Deed> {
    let count = 10 + chance.index(30);
    // Everybody first comes into their conversation; then anything happens.
    (0..count).map(|_| any(chance, people)).collect()
}

fn any(chance: &mut Chance, people: usize) -> Deed {
    let who = person(chance.index(people)).address;
    let key = (*chance.pick(&KEYS)).to_owned();
    let writes = |words: &str| Deed::Writes(who.clone(), key.clone(), words.to_owned());
    match chance.index(20) {
        0..=4 => Deed::Says(who, format!("join {key}")),
        5 | 6 => Deed::Says(who, format!("leave {key}")),
        7 => Deed::Says(who, "suggest room Chess: playing chess".to_owned()),
        8 => Deed::Says(who, (*chance.pick(&["approve 1", "decline 1", "approve", "approve 2"])).to_owned()),
        9 => writes("hello"),
        10 => Deed::Leaves(who, key),
        11 => {
            let stranger = Address::exact("@stranger:example.org").expect("an address");
            Deed::IsPutIn(if chance.one_in(2) { who } else { stranger }, key)
        }
        12 => meddling(chance, key),
        13 => {
            let role = *chance.pick(&[Role::Student, Role::Alumnus, Role::Staff, Role::Intern]);
            Deed::Becomes(who, role)
        }
        14 => match chance.index(3) {
            0 => Deed::IsListedNoMore(who),
            _ => Deed::Declares(service::rooms_without(chance.index(KEYS.len()))),
        },
        15 => writes(chance.pick::<&str>(SAMPLES)),
        16 => Deed::Says(who, "take it away".to_owned()),
        17 | 18 => Deed::Says(who, conduct(chance, people, &key)),
        _ => Deed::Dies,
    }
}

/// A sentence of people or staff about somebody's conduct in a room.
fn conduct(chance: &mut Chance, people: usize, key: &str) -> String {
    let whom = person(chance.index(people)).address;
    match chance.index(9) {
        0 => format!("report {whom} in {key}: they shout"),
        1 => "warn 1: more softly, please".to_owned(),
        2 => format!("mute {whom} in {key} for 2 hours"),
        3 => format!("mute {whom} in {key} for 2 days"),
        4 => format!("unmute {whom} in {key}"),
        5 => format!("remove {whom} from {key}"),
        6 => format!("allow {whom} in {key}"),
        7 => format!("ban {whom}"),
        _ => format!("allow {whom}"),
    }
}

/// One of the ways in which rooms drift.
pub fn meddling(chance: &mut Chance, key: String) -> Deed {
    let (kind, content) = match chance.index(5) {
        0 => ("m.room.name", json!({ "name": "Free coffee" })),
        1 => ("m.room.join_rules", json!({ "join_rule": "public" })),
        2 => (
            "m.room.power_levels",
            json!({ "users_default": 100, "users": {}, "events": {}, "events_default": 0,
            "state_default": 0, "invite": 0, "kick": 0, "ban": 0, "redact": 0 }),
        ),
        3 => ("m.room.history_visibility", json!({ "history_visibility": "world_readable" })),
        _ => ("m.room.guest_access", json!({ "guest_access": "can_join" })),
    };
    Deed::Meddles(key, kind.to_owned(), content)
}
