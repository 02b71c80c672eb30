//! People outside find out nothing while somebody talks with a counsellor that they could not find out before.
//!
//! A student and somebody of the staff share rooms with the clients, and put to the homeserver every question that it
//! answers. The same questions are put before anything is asked of the counselling service and after each thing that
//! can happen there.

mod watching;

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use lodge_channel::store::{Row, Store, Table};
use lodge_core::people::member::Role;
use lodge_demo::Person;
use lodge_demo::household::{Guest, Resident};
use lodge_hub::run::open_store;
use lodge_plumbing::store::MasterKey;
use matrix_sdk::ruma::{OwnedRoomId, RoomId};
use serde_json::{Value, json};

use crate::community::join;

use crate::lodging::{Lodging, talk};
use crate::logs::Running;
use crate::quiet::{Quiet, ask_anybody, come_together};
use watching::Watcher;

const NAME: &str = "outside";

/// They ask more often here than anybody may in a day.
const MANY: &str = "limits.asks_a_day=100";

const PATIENCE: Duration = Duration::from_mins(2);

const fn member(localpart: &'static str, role: Role) -> Resident {
    Resident { localpart, name: localpart, role, details: &[] }
}

/// Three who will talk with a counsellor, and two who watch.
const MEMBERS: [Resident; 5] = [
    member("sam", Role::Student),
    member("alex", Role::Student),
    member("robin", Role::Student),
    member("noor", Role::Student),
    member("casey", Role::Staff),
];

/// A Space and a room in it that all of them join.
const ROOMS: &str = r#"rooms=[
    { key = "students", name = "Students", topic = "Rooms for students.", purpose = "space", joins = ["student", "staff"],
      posts = [], encrypted = false, history = "shared" },
    { key = "lobby", name = "Lobby", topic = "Say hello.", purpose = "lobby", joins = ["student", "alumnus", "employer", "staff"],
      posts = ["student", "alumnus", "employer", "staff"], encrypted = false, history = "shared", space = "students" },
]"#;

/// Everybody, the services they use, and what those outside could find out at first.
struct Town {
    quiet: Quiet,
    lodging: Lodging,
    hub: Option<Running>,
    /// The people who will talk with a counsellor, once they have written to the service.
    clients: Vec<Guest>,
    kim: Guest,
    lee: Guest,
    watchers: Vec<Watcher>,
    rooms: Vec<OwnedRoomId>,
    compared: usize,
}

/// The traces of the hub's work.
struct Hub {
    /// The rows of its store, in the clear.
    rows: Vec<Row>,
    /// The log since its start.
    log: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn i01_whatever_goes_on_at_the_counselling_service_those_outside_find_out_nothing() -> Result<()> {
    let mut town = Town::open().await?;
    // Its first start has more to say than any later one.
    town.hub_at_rest().await?;
    let without = town.hub_at_rest().await?;
    town.watch().await?;
    town.arrive().await?;
    asking(&mut town).await?;
    a_room_of_two(&mut town).await?;
    somebody_else_goes_on(&mut town).await?;
    the_end(&mut town).await?;
    crowds(&mut town).await?;
    ensure!(town.compared >= 10, "only {} kinds of activity", town.compared);
    let with = town.hub_at_rest().await?;
    assert_eq!(with.rows, without.rows, "the hub keeps something of it");
    assert_eq!(with.log, without.log, "the hub logs something of it");
    // The comparison sees what does leak.
    town.unseen("the hub starts again").await?;
    town.is_seen_when_a_counsellor_invites_a_third().await?;
    town.is_seen_when_a_room_gets_an_alias().await
}

/// Asked, taken back, asked and taken by nobody.
async fn asking(town: &mut Town) -> Result<()> {
    let sam = &town.clients[0];
    ask_anybody(sam, &town.kim).await?;
    town.lee.hears("counsellor-offer").await?;
    town.unseen("somebody asks").await?;
    let sam = &town.clients[0];
    sam.asks("withdraw", "taken-back").await?;
    town.kim.hears("counsellor-taken").await?;
    town.unseen("they take it back").await?;
    town.restart(&[MANY, "times.claim_within=100ms"]).await?;
    let sam = &town.clients[0];
    sam.says("hello").await?;
    sam.hears("ask-whom").await?;
    sam.asks("anybody", "ask-about").await?;
    sam.asks("skip", "asking").await?;
    sam.hears("nobody").await?;
    town.restart(&[MANY]).await?;
    town.unseen("nobody takes it").await
}

/// Taken, a room opened, talked in, a time agreed on.
async fn a_room_of_two(town: &mut Town) -> Result<()> {
    let alex = &town.clients[1];
    ask_anybody(alex, &town.kim).await?;
    town.kim.asks("claim", "counsellor-claimed").await?;
    alex.hears("claimed").await?;
    town.unseen("a counsellor takes it").await?;
    let room = come_together(&town.clients[1], &town.kim).await?;
    town.rooms.push(room.clone());
    town.unseen("a room of two is opened").await?;
    let alex = &town.clients[1];
    for _ in 0..5 {
        talk(&alex.person, &town.kim.person, &room, "I have not told anybody yet.").await?;
        talk(&town.kim.person, &alex.person, &room, "Thank you for telling me.").await?;
    }
    town.unseen("they talk").await?;
    town.kim.asks("time tomorrow 14:00", "counsellor-time-passed-on").await?;
    let alex = &town.clients[1];
    alex.hears("time-suggested").await?;
    alex.asks("yes", "time-agreed").await?;
    town.kim.hears("counsellor-time-agreed").await?;
    town.unseen("they agree on a time").await
}

/// Another counsellor goes on with it, in another room.
async fn somebody_else_goes_on(town: &mut Town) -> Result<()> {
    let (alex, first) = (&town.clients[1], town.rooms.last().context("they have a room")?.clone());
    town.kim.asks("hand over to Lee", "counsellor-handover-asked").await?;
    alex.hears("ask-handover").await?;
    alex.asks("yes", "closing").await?;
    alex.hears("asking").await?;
    town.kim.hears("counsellor-closing").await?;
    town.lee.hears("counsellor-offer").await?;
    town.lee.asks("claim", "counsellor-claimed").await?;
    alex.hears("claimed").await?;
    let second = come_together(alex, &town.lee).await?;
    for guest in [alex, &town.kim] {
        guest.person.leave(&first).await?;
    }
    town.rooms.push(second);
    town.unseen("another counsellor goes on with it").await
}

/// Closes a conversation, and has its client forgotten.
async fn the_end(town: &mut Town) -> Result<()> {
    let (alex, room) = (&town.clients[1], town.rooms.last().context("they have a room")?.clone());
    alex.asks("close", "closing").await?;
    town.lee.hears("counsellor-closing").await?;
    for guest in [alex, &town.lee] {
        guest.person.leave(&room).await?;
        guest.says("left").await?;
    }
    town.lee.hears("counsellor-left").await?;
    town.unseen("it is closed").await?;
    let alex = &town.clients[1];
    alex.asks("forget me now", "forgetting").await?;
    alex.person.sees_leaving(&alex.room, &alex.porter).await?;
    town.unseen("a client is forgotten").await
}

/// A counsellor asked for by name who leaves it; and many who ask again and again.
async fn crowds(town: &mut Town) -> Result<()> {
    let robin = &town.clients[2];
    robin.asks("yes", "ask-whom").await?;
    robin.asks("Kim", "ask-about").await?;
    robin.asks("skip", "asking").await?;
    town.kim.hears("counsellor-offer").await?;
    town.kim.asks("pass", "counsellor-passed").await?;
    town.unseen("the one who was asked for passes").await?;
    let robin = &town.clients[2];
    robin.asks("withdraw", "taken-back").await?;
    for _ in 0..5 {
        for client in [&town.clients[0], &town.clients[2]] {
            client.says("hello").await?;
            client.hears("ask-whom").await?;
            client.asks("anybody", "ask-about").await?;
            client.asks("skip", "asking").await?;
            client.asks("withdraw", "taken-back").await?;
        }
    }
    town.unseen("many ask again and again").await
}

impl Town {
    async fn open() -> Result<Self> {
        let mut quiet = Quiet::prepare(&[]).await?;
        quiet.start(&[MANY])?;
        let accounts = format!("service.accounts={}", quiet.directory().join("accounts.toml").display());
        let set = [ROOMS, "log.level=info", &accounts, &format!("joining.quiet_room={}", quiet.account)];
        let lodging = Lodging::prepare_for(&quiet.homeserver, NAME, &MEMBERS, &set).await?;
        let hub = Some(Running::start(&lodging, &[]).await?);
        let (kim, lee) = (quiet.counsellor("kim-quiet").await?, quiet.counsellor("lee-quiet").await?);
        let mut people = Vec::new();
        for resident in MEMBERS {
            let mut person = lodging.person(&quiet.homeserver, NAME, resident.localpart).await?;
            person.set_patience(PATIENCE);
            let guest = Guest::arrive(person, &lodging.porter).await?;
            for key in ["students", "lobby"] {
                join(&guest, key).await?;
            }
            people.push(guest);
        }
        let mut watchers = Vec::new();
        for guest in people.split_off(3) {
            watchers.push(Watcher::log_in(&quiet.homeserver, guest).await?);
        }
        Ok(Self { quiet, lodging, hub, clients: people, kim, lee, watchers, rooms: Vec::new(), compared: 0 })
    }

    /// The clients write to the counselling service.
    async fn arrive(&mut self) -> Result<()> {
        for guest in std::mem::take(&mut self.clients) {
            let guest = self.quiet.visited_by(guest.person).await?;
            self.rooms.push(guest.room.clone());
            self.clients.push(guest);
        }
        self.unseen("people write to the service for the first time").await
    }

    /// Those outside look for the first time.
    async fn watch(&mut self) -> Result<()> {
        let (whom, rooms) = (self.whom(), self.rooms());
        for watcher in &mut self.watchers {
            watcher.look_at_first(&whom, &rooms).await?;
        }
        Ok(())
    }

    /// Fails unless people outside find out the same as at first, and nothing else, after this.
    async fn unseen(&mut self, what: &str) -> Result<()> {
        self.compared += 1;
        let found = self.found().await?;
        ensure!(found.is_empty(), "when {what}, this shows: {found:#?}");
        Ok(())
    }

    /// The things that people outside find out now and could not at first.
    async fn found(&self) -> Result<Vec<String>> {
        let (whom, rooms) = (self.whom(), self.rooms());
        let mut found = Vec::new();
        for watcher in &self.watchers {
            found.extend(watcher.finds_out(&whom, &rooms).await?);
        }
        Ok(found)
    }

    /// Everybody about whom something could be asked.
    fn whom(&self) -> Vec<String> {
        let guests = self.clients.iter().chain([&self.kim, &self.lee]);
        guests.map(|guest| guest.person.user_id().to_string()).chain([self.quiet.account.to_string()]).collect()
    }

    /// The rooms of the counselling service that there are by now: conversations with it, and rooms of two.
    fn rooms(&self) -> Vec<String> {
        self.rooms.iter().map(ToString::to_string).collect()
    }

    async fn restart(&mut self, set: &[&str]) -> Result<()> {
        self.quiet.stop().await?;
        self.quiet.start(set)
    }

    /// The traces of the hub's work since it was started. It is stopped for that, and started again.
    async fn hub_at_rest(&mut self) -> Result<Hub> {
        let logged = self.hub.take().context("the hub runs")?.stop().await?;
        let config = &self.lodging.config;
        let store = open_store(config, &MasterKey::read(&config.store.key_file)?)?;
        let mut rows = Vec::new();
        for table in Table::ALL {
            rows.extend(store.load(table)?);
        }
        drop(store);
        // The sync token differs from run to run and tells nothing of people.
        let single = |row: &Row, key: &[u8]| row.table == Table::Singles && row.key == key;
        rows.retain(|row| !single(row, b"token"));
        self.hub = Some(Running::start(&self.lodging, &[]).await?);
        Ok(Hub { rows, log: without_times(&logged) })
    }

    /// A counsellor can invite others to the room, which its terms say; those who are invited see it.
    async fn is_seen_when_a_counsellor_invites_a_third(&mut self) -> Result<()> {
        let (sam, noor) = (&self.clients[0], self.watchers[0].guest.person.user_id());
        ask_again(sam, &self.kim).await?;
        let room = come_together(sam, &self.kim).await?;
        let with_kim = self.kim.person.client().get_room(&room).context("Kim is in the room")?;
        with_kim.invite_user_by_id(noor).await?;
        let found = self.found().await?;
        ensure!(found.iter().any(|line| line.starts_with("noor") && line.contains("sync")), "not seen: {found:#?}");
        self.rooms.push(room);
        Ok(())
    }

    async fn is_seen_when_a_room_gets_an_alias(&mut self) -> Result<()> {
        let room: &RoomId = self.rooms.last().context("there is a room")?;
        let alias = format!("%23quiet%3A{}", self.quiet.homeserver.server_name());
        put(&self.quiet, &self.kim.person, &format!("directory/room/{alias}"), &json!({ "room_id": room })).await?;
        let found = self.found().await?;
        ensure!(
            found.iter().any(|line| line.starts_with("casey") && line.contains("directory/room")),
            "not seen: {found:#?}"
        );
        Ok(())
    }
}

/// Somebody who has agreed to the terms asks again, and Kim takes it.
async fn ask_again(client: &Guest, kim: &Guest) -> Result<()> {
    client.says("hello").await?;
    client.hears("ask-whom").await?;
    client.asks("Kim", "ask-about").await?;
    client.asks("skip", "asking").await?;
    kim.hears("counsellor-offer").await?;
    kim.asks("claim", "counsellor-claimed").await?;
    client.hears("claimed").await?;
    Ok(())
}

async fn put(quiet: &Quiet, person: &Person, path: &str, body: &Value) -> Result<()> {
    let api = quiet.homeserver.api()?.with_token(person.access_token());
    api.put(&format!("/_matrix/client/v3/{path}"), body).await?.ok().map(drop)
}

/// The lines of a log without the moments at which they begin, and without those about the work in hand at the moment
/// of stopping.
fn without_times(log: &str) -> String {
    let line = |line: &'_ str| {
        let line = line.split_once(' ').map_or(line, |(_, rest)| rest);
        line.split_once(" tasks=").map_or(line, |(line, _)| line).to_owned()
    };
    log.lines().map(line).collect::<Vec<_>>().join("\n")
}
