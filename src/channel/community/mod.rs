//! The rooms for many on the homeserver: how each is to be, in its state events and in how it is made.

mod difference;
mod tend;
mod plan;

use std::collections::BTreeMap;

use lodge_core::name::Address;
use lodge_core::policy::Settings;
use lodge_core::rooms::{self, Bridge, CommunityRoom, Encryption, History, Key, Purpose, Readers};
use lodge_core::say::{Posted, Say};
use lodge_core::state::State;
use lodge_matrix::homeserver::RoomRef;

use serde_json::{Value, json};

use crate::content::Voice;
use crate::room::{BRIDGES_AND_WIDGETS, EFFECT_KEY, ROOM_VERSION, encryption};

pub use lodge_matrix::homeserver::RoomState;

pub use difference::{Change, Doing, difference};
pub use plan::{Action, Course, Intended, Planned, plan, plan_new};
pub use tend::tend;

/// The room that is wanted, before it is put in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// The short name that members use.
    pub key: Key,
    /// The number of changes to it so far.
    pub edition: u64,
    name: Say,
    topic: Say,
    encryption: Encryption,
    history: History,
    /// The power that it takes to write.
    writing: i64,
    /// Accounts that have one of their own.
    powers: BTreeMap<Address, i64>,
    bridged: bool,
    /// The bridges that there are.
    bridges: Vec<Bridge>,
    /// Whether they bring in those who write on the other network.
    brings: bool,
    federated: bool,
    standby: Option<Address>,
    /// The rooms that it lists, if it is a Space.
    lists: Option<Vec<RoomRef>>,
    /// The Space that lists it.
    space: Option<RoomRef>,
    /// The homeserver's name.
    via: String,
}

/// The room that is wanted, as events of its state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// The state events that matter.
    pub state: RoomState,
    /// The content of its creation, apart from the marker.
    pub making: Value,
    /// The account that is to be invited beside the members.
    pub standby: Option<Address>,
    /// Whether bridges and other programs may be announced in it.
    pub bridged: bool,
    /// The bridges that there are: where it is bridged they are invited, elsewhere none of their accounts may be.
    pub bridges: Vec<Bridge>,
}

impl Wanted {
    /// The room that the settings and the members' roles ask for.
    pub fn of(state: &State, settings: &Settings, room: &CommunityRoom) -> Self {
        let declared = &room.declared;
        let place = |key: &Key| state.room(key.id()).and_then(CommunityRoom::place).map(RoomRef::from);
        let listed =
            |other: &&CommunityRoom| other.declared.space.as_ref() == Some(&declared.key) && !other.is_archived();
        let lists = state.rooms().filter(listed).filter_map(CommunityRoom::place).map(RoomRef::from);
        let nobody_writes = room.is_archived() || declared.purpose == Purpose::Space;
        let porter = settings.porter.as_str();
        Self {
            key: declared.key.clone(),
            edition: room.edition,
            name: Posted::Name { name: declared.name.clone(), archived: room.is_archived() }.into(),
            topic: Posted::Topic { topic: declared.topic.clone(), readers: Readers::of(declared, &settings.service) }
                .into(),
            encryption: declared.encryption,
            history: declared.history,
            writing: match (nobody_writes, declared.everybody_posts()) {
                (true, _) => NOBODY,
                (false, true) => 0,
                (false, false) => rooms::WRITES,
            },
            powers: rooms::powers(state, room),
            bridged: declared.bridged,
            bridges: settings.rooms.bridges.clone(),
            brings: declared.bridged && declared.everybody_posts() && !nobody_writes,
            federated: declared.federated,
            standby: settings.rooms.standby.clone(),
            lists: (declared.purpose == Purpose::Space).then(|| lists.collect()),
            space: declared.space.as_ref().filter(|_| !room.is_archived()).and_then(place),
            via: porter.split_once(':').map_or_else(String::new, |(_, server)| server.to_owned()),
        }
    }

    /// The same in words.
    pub fn in_words(&self, voice: &impl Voice) -> Goal {
        let words = |say: &Say| voice.render(say).plain;
        let mut state = RoomState::new();
        let mut put = |kind: &str, key: &str, content| drop(state.insert((kind.to_owned(), key.to_owned()), content));
        put("m.room.power_levels", "", self.power_levels());
        put("m.room.join_rules", "", json!({ "join_rule": "invite" }));
        put("m.room.guest_access", "", json!({ "guest_access": "forbidden" }));
        let history = match self.history {
            History::Shared => "shared",
            History::FromInvitation => "invited",
            History::FromJoining => "joined",
        };
        put("m.room.history_visibility", "", json!({ "history_visibility": history }));
        put("m.room.name", "", json!({ "name": words(&self.name) }));
        put("m.room.topic", "", json!({ "topic": words(&self.topic) }));
        match self.encryption {
            Encryption::EndToEnd => put("m.room.encryption", "", encryption()),
            Encryption::None => {}
        }
        for child in self.lists.iter().flatten() {
            put("m.space.child", &child.0, json!({ "via": [self.via] }));
        }
        if let Some(space) = &self.space {
            put("m.space.parent", &space.0, json!({ "via": [self.via], "canonical": true }));
        }
        Goal {
            state,
            making: self.making(),
            standby: self.standby.clone(),
            bridged: self.bridged,
            bridges: self.bridges.clone(),
        }
    }

    fn making(&self) -> Value {
        let mut making = json!({ "m.federate": self.federated });
        if let Some(standby) = &self.standby {
            making["additional_creators"] = json!([standby.as_str()]);
        }
        if self.lists.is_some() {
            making["type"] = json!("m.space");
        }
        making
    }

    /// Nobody but its creators may invite, remove, ban or change anything; but where everybody writes, a bridge brings in
    /// those who write on the other network.
    fn power_levels(&self) -> Value {
        let mut events = serde_json::Map::new();
        // In a room that is bridged, it is the bridge that announces itself.
        for kind in BRIDGES_AND_WIDGETS.iter().filter(|_| !self.bridged) {
            events.insert((*kind).to_owned(), json!(NOBODY));
        }
        events.insert("m.room.tombstone".to_owned(), json!(TOMBSTONE));
        // One's own message can always be taken back.
        events.insert("m.room.redaction".to_owned(), json!(0));
        let bringing = self.bridges.iter().filter(|_| self.brings).map(|bridge| (&bridge.sender, &BRINGS));
        let users: serde_json::Map<String, Value> =
            self.powers.iter().chain(bringing).map(|(who, power)| (who.to_string(), json!(power))).collect();
        json!({
            "users": users,
            "users_default": 0,
            "events": events,
            "events_default": self.writing,
            "state_default": NOBODY,
            "invite": if self.brings && !self.bridges.is_empty() { BRINGS } else { NOBODY },
            "kick": NOBODY,
            "ban": NOBODY,
            "redact": NOBODY,
            "notifications": { "room": NOBODY },
        })
    }
}

/// More power than anybody has but the creators, who have more than any number.
const NOBODY: i64 = 100;
const TOMBSTONE: i64 = 150;
/// The power of a bridge that brings people in. It is enough for nothing else.
const BRINGS: i64 = 50;

impl Goal {
    /// The body of the room-creation call, marked with `marker`.
    pub fn creation(&self, marker: &str) -> Value {
        let mut making = self.making.clone();
        making[EFFECT_KEY] = json!(marker);
        let levels = ("m.room.power_levels".to_owned(), String::new());
        let event = |((kind, key), content): (&(String, String), &Value)| json!({ "type": kind, "state_key": key, "content": content });
        let initial: Vec<Value> = self.state.iter().filter(|(kind, _)| **kind != levels).map(event).collect();
        json!({
            "preset": "private_chat",
            "visibility": "private",
            "room_version": ROOM_VERSION,
            "is_direct": false,
            "creation_content": making,
            "power_level_content_override": self.state.get(&levels),
            "initial_state": initial,
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use lodge_core::people::member::Role;
    use lodge_core::rooms::{Declared, Origin, Stage, Users};
    use lodge_core::time::Timestamp;
    use lodge_ground::store::Memory;

    use super::*;
    use crate::channel::trial::settings;
    use crate::content::Rendered;

    struct Silent;

    impl Voice for Silent {
        fn render(&self, _: &Say) -> Rendered {
            Rendered { plain: "words".to_owned(), html: String::new() }
        }
    }

    /// A room of a service that has a bridge.
    fn goal(bridged: bool, posts: &[Role], archived: bool) -> Goal {
        let declared = Declared {
            key: Key::parse("books").unwrap(),
            name: "Books".to_owned(),
            topic: "What we read.".to_owned(),
            purpose: Purpose::Interest,
            joins: BTreeSet::from([Role::Student, Role::Staff]),
            cohorts: BTreeSet::new(),
            posts: posts.iter().copied().collect(),
            encryption: Encryption::None,
            history: History::Shared,
            bridged,
            federated: false,
            space: None,
        };
        let mut room = CommunityRoom::new(declared, Origin::Configuration, Timestamp::from_millis(0));
        let place = RoomRef("!books".to_owned());
        room.stage = if archived { Stage::Archived(place.into()) } else { Stage::Open(place.into()) };
        let state = State::load(&Memory::of([room.clone()])).unwrap();
        let sender = Address::exact("@heisenbridge:example.org").unwrap();
        let mut settings = settings();
        settings.rooms.bridges = vec![Bridge { sender, users: Users::parse("@irc_.*").unwrap() }];
        Wanted::of(&state, &settings, &room).in_words(&Silent)
    }

    fn powers(goal: &Goal) -> (&Value, &Value) {
        let levels = &goal.state[&("m.room.power_levels".to_owned(), String::new())];
        (&levels["users"], &levels["invite"])
    }

    /// The room as it is to be, with these people in it.
    fn found(goal: &Goal, members: &[&str]) -> RoomState {
        let mut found = goal.state.clone();
        let mut made = goal.making.clone();
        made["room_version"] = json!(ROOM_VERSION);
        found.insert(("m.room.create".to_owned(), String::new()), made);
        let member = |who: &&str| (("m.room.member".to_owned(), (*who).to_owned()), json!({ "membership": "join" }));
        found.extend(members.iter().map(member));
        found
    }

    fn doings(goal: &Goal, members: &[&str]) -> Vec<Doing> {
        difference(goal, &found(goal, members)).into_iter().map(|change| change.doing).collect()
    }

    #[test]
    fn a_bridge_may_bring_people_in_only_where_everybody_writes_and_the_room_is_bridged() {
        let everybody = [Role::Student, Role::Staff];
        let none = (&json!({}), &json!(NOBODY));
        let bot = json!({ "@heisenbridge:example.org": 50 });
        assert_eq!(powers(&goal(true, &everybody, false)), (&bot, &json!(50)));
        assert_eq!(powers(&goal(true, &[Role::Staff], false)), none);
        assert_eq!(powers(&goal(true, &everybody, true)), none);
        assert_eq!(powers(&goal(false, &everybody, false)), none);
    }

    #[test]
    fn a_bridge_is_invited_where_a_room_is_bridged_and_its_accounts_are_taken_out_where_it_is_not() {
        let who = |who| Address::exact(who).unwrap();
        let (bot, ghost, sam) = ("@heisenbridge:example.org", "@irc_robin:example.org", "@sam:example.org");
        for posts in [&[Role::Student, Role::Staff][..], &[Role::Staff]] {
            let bridged = goal(true, posts, false);
            assert_eq!(doings(&bridged, &[sam]), [Doing::Invite(who(bot))]);
            assert_eq!(doings(&bridged, &[sam, bot, ghost]), []);
            let not = goal(false, posts, false);
            assert_eq!(doings(&not, &[sam]), []);
            assert_eq!(doings(&not, &[sam, bot, ghost]), [bot, ghost].map(|account| Doing::Remove(who(account))));
        }
    }
}
