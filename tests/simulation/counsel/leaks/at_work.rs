//! The places at which each leak sits.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use lodge_channel::homeserver::{Called, EventRef};
use lodge_core::id::EffectId;
use lodge_core::name::Address;
use lodge_core::say::Say as HubSay;
use lodge_core::time::Span;
use lodge_counsel_channel::Channel;
use lodge_counsel_channel::perform::{Task, What as Try};
use lodge_counsel_core::say::{Say, ToCounsellor};
use lodge_matrix::homeserver::RoomRef;
use lodge_matrix::room::WORDING_KEY;
use serde_json::{Value, json};

use super::Leak;
use crate::counsel::{QUIET, address};
use crate::planted::Planted;
use crate::world::World;
use crate::world::account::Account;
use crate::world::log::Sight;
use crate::world::room::{Kind, Room};

/// The hub waits this long in milliseconds, and the counselling service counts this long as being at work.
const WAITS: u64 = 60_000;
const AT_WORK: Span = Span::from_millis(10 * WAITS);

impl World {
    /// Whether this leak is planted.
    pub fn leaks(&self, leak: Leak) -> bool {
        self.planted == Some(Planted::Counsel(leak))
    }

    /// Whether nothing limits this account, and nothing that it does counts: so it is with those of services.
    pub(crate) fn is_free(&self, own: &Address) -> bool {
        self.is_service(own) && (*own == self.porter || !self.leaks(Leak::InviteesLimit))
    }

    /// The account whose faults a call meets.
    pub(crate) fn fated(&self, own: &Address) -> Address {
        if self.leaks(Leak::SharedFates) { self.porter.clone() } else { own.clone() }
    }

    /// The wait of a call that would not have to wait without a leak, in milliseconds.
    pub(crate) fn held_up(&self, own: &Address, name: &str, room: &RoomRef) -> Option<u64> {
        let hub = *own == self.porter && self.leaks(Leak::HubDelayed) && name == "send";
        if hub && self.leaking.at_work.is_some_and(|at| at.after(AT_WORK) > self.now) {
            return Some(WAITS);
        }
        let until = self.leaking.held.get(room).filter(|until| name == "send" && **until > self.now)?;
        u64::try_from(until.as_millis() - self.now.as_millis()).ok()
    }

    /// A service made a call.
    pub(crate) fn made_call(&mut self, own: &Address, name: &str, room: &RoomRef) {
        let Some(Planted::Counsel(leak)) = self.planted.filter(|_| *own != self.porter) else { return };
        self.leaking.at_work = Some(self.now);
        let of_two = self.room(room).is_some_and(|room| !is_conversation(room));
        if name == "invite" && of_two && leak == Leak::InvitesViaHub {
            let porter = self.porter.clone();
            self.force_in(room, &porter);
        }
        if name == "speech" {
            let two = self.room(room).and_then(two);
            if let Some(two) = two {
                self.leaking.opened += 1;
                self.leaking.busy.insert(two[1].clone());
                self.shows_outward(leak, room, &two);
                self.shows_in_rooms(leak, room, &two);
                self.tells_others(leak, &two);
            }
        }
    }

    /// Somebody invites a service to a room of theirs.
    pub(crate) fn knocked(&mut self, who: &Address, room: &RoomRef, service: &Address) {
        if *service != self.porter && self.leaks(Leak::HubToldOfVisit) {
            let porter = self.porter.clone();
            let _: Called<()> = self.invite(who, room, &porter);
        }
    }

    /// Somebody says something in a room of a service's.
    pub(crate) fn spoke(&mut self, who: &Address, room: &RoomRef) {
        let here = self.room(room).is_some_and(|room| room.service != self.porter && is_conversation(room));
        if here && !crate::counsel::counsels(who) {
            self.leaking.client = Some(who.clone());
        }
    }

    /// The content of a service's message, as a leak changes it.
    pub(crate) fn twisted(&self, own: &Address, mut content: Value) -> Value {
        let Some(Planted::Counsel(leak)) = self.planted else { return content };
        let body = content["body"].as_str().unwrap_or_default();
        let twisted = if *own == self.porter { self.of_hub(leak, body) } else { self.of_counsel(leak, body) };
        if let Some(body) = twisted {
            content["body"] = json!(body);
        }
        content
    }

    fn of_hub(&self, leak: Leak, body: &str) -> Option<String> {
        if leak == Leak::CounsellorAnswered {
            let busy = self.leaking.busy.iter().any(|who| body.contains(who.as_str()));
            return busy.then(|| format!("{body}\nPlease be patient."));
        }
        let mut say: Value = serde_json::from_str(body).ok().filter(|_| leak == Leak::NumberGap)?;
        let number = say.as_object_mut()?.values_mut().next()?.get_mut("number")?;
        *number = json!(number.as_u64()? + self.leaking.opened);
        Some(say.to_string())
    }

    fn of_counsel(&self, leak: Leak, body: &str) -> Option<String> {
        let mut say: Value = serde_json::from_str(body).ok()?;
        let client = self.leaking.client.as_ref()?;
        let word = say.pointer_mut("/counsellor/offer/word")?;
        if leak == Leak::OfferNamesClient {
            return Some(format!("{body}\n{client}"));
        } else if leak == Leak::WordNamesClient {
            *word = json!(client.local());
        } else if leak == Leak::WordOfClient {
            *word = json!(word_of(client));
        }
        Some(say.to_string())
    }

    /// The homeserver shows to anybody who asks that two people can speak with each other.
    fn shows_outward(&mut self, leak: Leak, room: &RoomRef, [client, counsellor]: &[Address; 2]) {
        let (client, outward) = (client.clone(), &mut self.outward);
        match (leak, counsellor) {
            (Leak::ErrorDiffers, _) => drop(outward.hidden.insert(client)),
            (Leak::Alias, _) => {
                outward.aliases.insert(format!("#quiet-{}:example.org", client.local()), room.clone());
            }
            (Leak::Published, _) => drop(outward.published.insert(room.clone())),
            (Leak::PresenceShown, _) => drop(outward.online.insert(client)),
            (Leak::BusyShown, counsellor) => drop(outward.profiles.insert(counsellor.clone(), "busy".to_owned())),
            (Leak::ProfileMarked, _) => drop(outward.profiles.insert(client, "*".to_owned())),
            (Leak::DirectoryFinds, _) => drop(outward.found.insert(client)),
            (Leak::CommonCounted, _) => drop(outward.counted.insert(client, 1)),
            _ => {}
        }
    }

    /// Changes the state of a room so that it tells of the two.
    fn shows_in_rooms(&mut self, leak: Leak, room: &RoomRef, [client, counsellor]: &[Address; 2]) {
        let quiet = address(QUIET);
        let porters = |of: fn(&Room) -> bool| {
            self.rooms().find(|room| room.service == self.porter && of(room)).map(|room| room.id.clone())
        };
        let (place, kind, key, content) = match (leak, client) {
            (Leak::LobbyNamed, _) => (porters(is_lobby), "m.room.name", "", json!({ "name": "Busy" })),
            (Leak::LobbyTopic, _) => (porters(is_lobby), "m.room.topic", "", json!({ "topic": "One is busy" })),
            (Leak::SpaceChild, _) => {
                (porters(is_space), "m.space.child", room.0.as_str(), json!({ "via": ["example.org"] }))
            }
            (Leak::WorldReadable, _) => {
                let content = json!({ "history_visibility": "world_readable" });
                (Some(room.clone()), "m.room.history_visibility", "", content)
            }
            (Leak::Federated, _) => (Some(room.clone()), "m.room.create", "", json!({ "m.federate": true })),
            (Leak::ConversationNamed, client) => {
                let name = json!({ "name": format!("{client} is with {counsellor}") });
                for (place, who) in self.conversations(&quiet) {
                    if who != *client && who != *counsellor {
                        self.state(&place, &quiet, "m.room.name", "", name.clone());
                    }
                }
                return;
            }
            _ => return,
        };
        if let Some(place) = place {
            let by = if place == *room { quiet } else { self.porter.clone() };
            self.state(&place, &by, kind, key, content);
        }
    }

    /// Tells other people something that is none of their business.
    fn tells_others(&mut self, leak: Leak, two: &[Address; 2]) {
        let [client, _] = two;
        match (leak, client) {
            (Leak::DevicesTold, client) => {
                let mut shared: Vec<Address> =
                    self.rooms().filter(|room| room.has(client)).flat_map(Room::joined).collect();
                shared.retain(|other| !two.contains(other) && !self.is_service(other));
                for other in &shared {
                    self.answered(other, "devices changed", client.to_string());
                }
            }
            (Leak::ColleagueSees, client) => {
                let colleagues = self.conversations(&address(QUIET));
                for (place, who) in colleagues.iter().filter(|(_, who)| crate::counsel::counsels(who)) {
                    self.saw(who, place, Sight::Other(client.clone(), "join"));
                }
            }
            (Leak::OthersTold, client) => self.tell_other(client),
            _ => {}
        }
    }

    /// The hub tells somebody else something.
    fn tell_other(&mut self, client: &Address) {
        let porter = self.porter.clone();
        let others = self.conversations(&porter);
        let Some((place, _)) = others.into_iter().find(|(_, who)| who != client) else { return };
        let say = HubSay::NothingToAnswer;
        let (body, wording) = (serde_json::to_string(&say).unwrap_or_default(), say.wording().id);
        let content = json!({ "body": body, WORDING_KEY: wording });
        let effect = EffectId::from_bytes(u128::from(self.leaking.opened).to_be_bytes());
        let _: Called<EventRef> = self.send(&porter, &place, effect, content);
    }

    /// The rooms in which a service talks with somebody, and with whom.
    fn conversations(&self, service: &Address) -> Vec<(RoomRef, Address)> {
        let own = self.rooms().filter(|room| room.service == *service && is_conversation(room));
        own.flat_map(|room| room.joined().into_iter().map(|who| (room.id.clone(), who)))
            .filter(|(_, who)| !self.is_service(who))
            .collect()
    }
}

/// Something that the counselling service is about to do.
pub fn task(account: &Account, engine: &Channel, task: &mut Task) {
    let mut here = account.world();
    let Some(Planted::Counsel(leak @ (Leak::TakenDiffers | Leak::TakenLater))) = here.planted else { return };
    let Try::Tell(room, _, Say::Counsellor(ToCounsellor::Taken(word)), _) = &task.what else { return };
    let client = engine.state().case_called(word).and_then(|case| engine.state().client(case.client));
    let odd = client.is_some_and(|client| hash(&client.address) % 2 == 1);
    let (word, room) = (word.clone(), room.clone());
    if leak == Leak::TakenLater {
        if odd && here.leaking.late.insert(task.id) {
            let until = here.now.after(Span::from_millis(5_000));
            here.leaking.held.insert(room, until);
        }
    } else if let (true, Try::Tell(_, _, say, _)) = (odd, &mut task.what) {
        *say = ToCounsellor::Passed(word).into();
    }
}

/// The client and the counsellor of a room, whose creator beside the service is the counsellor.
fn two(room: &Room) -> Option<[Address; 2]> {
    let mut people = room.joined().into_iter().filter(|who| who.as_str() != QUIET);
    let (one, other) = (people.next()?, people.next()?);
    Some(if crate::counsel::counsels(&one) { [other, one] } else { [one, other] })
}

fn is_conversation(room: &Room) -> bool {
    matches!(room.kind, Kind::Conversation(_))
}

fn is_lobby(room: &Room) -> bool {
    matches!(room.kind, Kind::ForMany(_)) && !is_space(room)
}

fn is_space(room: &Room) -> bool {
    let creation = room.state.get(&("m.room.create".to_owned(), String::new()));
    creation.is_some_and(|creation| creation["type"] == "m.space")
}

/// A word in the shape of a case's, made from an account.
fn word_of(client: &Address) -> String {
    let mut number = usize::try_from(hash(client) >> 8).unwrap_or_default();
    let mut letter = |from: &[u8]| {
        let at = number % from.len();
        number /= from.len();
        char::from(from[at])
    };
    [&b"bdfgkmnprstvz"[..], b"aeiou", b"bdfgkmnprstvz", b"aeiou", b"bdfgkmnprstvz"].map(&mut letter).iter().collect()
}

fn hash(who: &Address) -> u64 {
    let mut hasher = DefaultHasher::new();
    who.as_str().hash(&mut hasher);
    hasher.finish()
}
