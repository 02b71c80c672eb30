//! Questions about others that anybody with an account can ask a homeserver: the user directory, profiles, keys,
//! presence, rooms in common, room lists, aliases, Spaces, and the state of their own rooms.
//!
//! It answers as freely as Synapse does when nobody has closed anything, but for presence, which `lodge setup` switches
//! off: whether somebody is online tells whom they may be writing to, whichever program they write to.

use std::collections::{BTreeMap, BTreeSet};

use lodge_channel::homeserver::{CallError, Called, Membership};
use lodge_core::name::Address;
use lodge_matrix::homeserver::RoomRef;
use serde_json::Value;

use super::World;
use super::limiter::{Bucket, Limiter, Size};
use super::log::{Sight, What};
use super::room::Room;

/// A homeserver that is careful about invitations to one account: three at once, one more every five minutes.
const TO_ONE: Size = Size { holds: 3, fills_ms: 300_000 };

/// Of one account: ten at once, one more every three seconds (Synapse's own figures).
const OF_ONE: Size = Size { holds: 10, fills_ms: 3_000 };

/// The things that the homeserver shows beside its rooms.
#[derive(Debug, Default)]
pub struct Outward {
    /// Whether what clients are told beside events is recorded: whose list of devices has changed.
    pub watched: bool,
    /// Rooms in the public list.
    pub published: BTreeSet<RoomRef>,
    /// Names by which a room can be found.
    pub aliases: BTreeMap<String, RoomRef>,
    /// The other words in profiles, beside a name.
    pub profiles: BTreeMap<Address, String>,
    /// The accounts that are shown as being online.
    pub online: BTreeSet<Address>,
    /// Accounts whose profile nobody gets.
    pub hidden: BTreeSet<Address>,
    /// Accounts that anybody finds.
    pub found: BTreeSet<Address>,
    /// Rooms that are counted for people who are not in them.
    pub counted: BTreeMap<Address, u64>,
    /// The limits on what anybody may do.
    pub limiter: Limiter,
}

/// The bucket for the messages of one account: ten at once, one more every five seconds (Synapse's own figures).
pub const SAYING: Size = Size { holds: 10, fills_ms: 5_000 };

impl World {
    /// Somebody asks all there is to ask about these accounts and names. The answers are recorded.
    pub fn look_around(&mut self, who: &Address, at: &[Address], names: &[String]) {
        let found = self.found_by(who);
        let of = |one: &dyn Fn(&Address) -> String| at.iter().map(|a| format!("{a}: {}", one(a))).collect::<Vec<_>>();
        let answers = [
            ("directory", found.iter().map(ToString::to_string).collect()),
            ("profiles", of(&|whom| self.profile(whom))),
            ("keys", of(&|whom| if self.is_service(whom) { "2 devices" } else { "1 device" }.to_owned())),
            ("presence", of(&|whom| if self.outward.online.contains(whom) { "online" } else { "off" }.to_owned())),
            ("rooms in common", of(&|whom| self.in_common(who, whom))),
            ("room list", self.outward.published.iter().map(|room| self.told_of(room)).collect()),
            ("names", names.iter().map(|name| format!("{name}: {:?}", self.outward.aliases.get(name))).collect()),
            ("from outside", self.rooms().filter_map(shown_to_all).collect()),
            ("own rooms", self.rooms().filter(|room| room.has(who)).map(whole).collect()),
        ];
        for (question, answer) in answers {
            self.answered(who, question, answer.join("; "));
        }
    }

    /// Somebody invites another person to a room of their own. The outcome is recorded.
    pub fn invite_to_own(&mut self, who: &Address, whom: &Address) {
        let porter = self.porter.clone();
        let room =
            self.make(&porter, who, super::Kind::Own(who.clone()), Room::persons_levels(), serde_json::json!({}));
        let became = match self.invite(who, &room, whom) {
            Ok(()) => "done".to_owned(),
            Err(CallError::Limited { retry_after_ms }) => format!("wait {retry_after_ms} ms"),
            Err(CallError::Refused { why }) => format!("refused: {why}"),
            Err(CallError::Unknown { why }) => why,
        };
        self.answered(who, "inviting", format!("{whom}: {became}"));
    }

    /// An answer that somebody gets.
    pub fn answered(&mut self, who: &Address, question: &'static str, answer: String) {
        self.note(What::Saw(who.clone(), RoomRef(String::new()), Sight::Answer(question, answer)));
    }

    /// Whether an account may be invited now. Accounts of services are not limited, and draw from no bucket.
    pub(super) fn may_be_invited(&mut self, by: &Address, whom: &Address) -> Called<()> {
        if self.is_free(by) {
            return Ok(());
        }
        let (now, limiter) = (self.now, &mut self.outward.limiter);
        let taken = limiter
            .take(Bucket::Invitee(whom.clone()), TO_ONE, now)
            .and_then(|()| limiter.take(Bucket::Issuer(by.clone()), OF_ONE, now));
        taken.map_err(|retry_after_ms| CallError::Limited { retry_after_ms })
    }

    /// Somebody who says much is asked to wait, and waits; that they had to is recorded.
    pub(super) fn says_much(&mut self, who: &Address) {
        if !self.outward.watched {
            return;
        }
        let now = self.now;
        if let Err(wait) = self.outward.limiter.take(Bucket::Sender(who.clone()), SAYING, now) {
            self.answered(who, "saying", format!("wait {wait} ms"));
        }
    }

    /// The people in an encrypted room are told whose list of devices they need from now on, and whose no more.
    pub(super) fn devices_move(&mut self, id: &RoomRef, who: &Address, comes: bool) {
        let room = self.rooms.get(id).filter(|room| self.outward.watched && is_encrypted(room));
        let others: Vec<Address> = room.map(Room::joined).unwrap_or_default();
        let word = if comes { "devices changed" } else { "devices left" };
        for other in others.iter().filter(|other| *other != who) {
            let elsewhere = |room: &Room| room.id != *id && is_encrypted(room) && room.has(who) && room.has(other);
            if self.rooms.values().any(elsewhere) {
                continue;
            }
            for (viewer, whose) in [(other, who), (who, other)] {
                if !self.is_service(viewer) {
                    self.answered(viewer, word, whose.to_string());
                }
            }
        }
    }

    /// The people whom somebody finds in the user directory: all with whom they share a room, and all in rooms of the
    /// public list.
    fn found_by(&self, who: &Address) -> BTreeSet<Address> {
        let public = |room: &&Room| room.has(who) || self.outward.published.contains(&room.id);
        let found = self.rooms.values().filter(public).flat_map(Room::joined);
        found.chain(self.outward.found.iter().cloned()).collect()
    }

    fn profile(&self, whom: &Address) -> String {
        if self.outward.hidden.contains(whom) {
            return "refused".to_owned();
        }
        format!("{} {}", whom.local(), self.outward.profiles.get(whom).map_or("", String::as_str))
    }

    fn in_common(&self, who: &Address, whom: &Address) -> String {
        let both = self.rooms.values().filter(|room| room.has(who) && room.has(whom));
        let both: Vec<&str> = both.map(|room| room.id.0.as_str()).collect();
        format!("{both:?}{}", self.outward.counted.get(whom).map_or_else(String::new, |more| format!(" and {more}")))
    }

    fn told_of(&self, room: &RoomRef) -> String {
        self.room(room).map_or_else(String::new, |room| format!("{}, {} people", whole(room), room.joined().len()))
    }
}

/// The summary of a room for anybody who has its id, here or through another homeserver; of most rooms there is none.
fn shown_to_all(room: &Room) -> Option<String> {
    let readable = content(room, "m.room.history_visibility")["history_visibility"] == "world_readable";
    let joinable = ["public", "knock"].iter().any(|rule| content(room, "m.room.join_rules")["join_rule"] == *rule);
    // Somebody who asks from another server is told that they may not, where a room is open to other servers at all.
    let elsewhere = content(room, "m.room.create")["m.federate"] == Value::Bool(true);
    (readable || joinable || elsewhere).then(|| format!("{} {readable} {joinable} {elsewhere}", room.id.0))
}

/// The summary of a room for somebody in it: its name, topic, children and people.
fn whole(room: &Room) -> String {
    let shown = ["m.room.name", "m.room.topic", "m.space.child", "m.room.history_visibility", "m.room.join_rules"];
    let state = room.state.iter().filter(|((kind, _), _)| shown.contains(&kind.as_str()));
    let state: Vec<String> = state.map(|((kind, key), content)| format!("{kind} {key} {content}")).collect();
    let people = room.members.iter().filter(|(_, membership)| **membership != Membership::Left);
    let people: Vec<String> = people.map(|(who, membership)| format!("{who} {membership:?}")).collect();
    format!("{} {} {}", room.id.0, state.join(" "), people.join(" "))
}

fn is_encrypted(room: &Room) -> bool {
    room.state.contains_key(&("m.room.encryption".to_owned(), String::new()))
}

fn content<'a>(room: &'a Room, kind: &str) -> &'a Value {
    room.state.get(&(kind.to_owned(), String::new())).unwrap_or(&Value::Null)
}
