//! A bridge between rooms and a real IRC server, set up as its guide says: the messages it carries, the power it needs
//! for that, and that it can do nothing else.

mod debian;
mod heisenbridge;
mod irc;
mod kept;

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use lodge_core::people::member::{Field, Role};
use lodge_demo::homeserver::Api;
use lodge_demo::household::{Guest, Resident};
use lodge_demo::{Homeserver, Person};
use matrix_sdk::ruma::{OwnedRoomId, OwnedUserId, RoomId, UserId};
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::sync::OnceCell;
use tokio::time::Instant;

use crate::house;
use crate::lodging::{Lodging, meet, request};
use heisenbridge::{Bridge, Steward, as_bridge, bot, ghost};
use irc::{Chatter, Server};

/// The hub has this long to do something that no person sees.
const PATIENCE: Duration = Duration::from_mins(4);

/// The surroundings that the tests of this file share: a homeserver, an IRC server, and the bridge between them.
struct Net {
    homeserver: Homeserver,
    server: Server,
    _bridge: Bridge,
}

/// Started when it is first asked for.
async fn net() -> &'static Net {
    static SHARED: OnceCell<Net> = OnceCell::const_new();
    SHARED.get_or_init(|| async { Net::start().await.unwrap() }).await
}

impl Net {
    async fn start() -> Result<Self> {
        let directory = house::own_directory();
        let registration = heisenbridge::register(&directory)?;
        let homeserver = house::homeserver_with(std::slice::from_ref(&registration)).await;
        let server = tokio::task::block_in_place(|| Server::start(&directory))?;
        let bridge = Bridge::start(&homeserver, &registration).await?;
        Ok(Self { homeserver, server, _bridge: bridge })
    }
}

/// Somebody with an account and a client on that homeserver.
async fn person(localpart: &str) -> Result<Person> {
    let homeserver = &net().await.homeserver;
    homeserver.register(localpart, house::PASSWORD, false).await?;
    Person::log_in(&homeserver.url(), localpart, house::PASSWORD).await
}

/// Plain calls to that homeserver.
async fn api(token: SecretString) -> Result<Api> {
    Ok(net().await.homeserver.api()?.with_token(token))
}

/// The people who may write in a room.
#[derive(Clone, Copy, PartialEq)]
enum Writers {
    Everybody,
    Staff,
}

const MEMBERS: [Resident; 4] = [
    Resident { localpart: "sam", name: "Sam", role: Role::Student, details: &[] },
    Resident { localpart: "alex", name: "Alex", role: Role::Alumnus, details: &[] },
    Resident { localpart: "casey", name: "Casey", role: Role::Staff, details: &[] },
    Resident {
        localpart: "erin",
        name: "Erin",
        role: Role::Employer,
        details: &[(Field::Organisation, "City Museum")],
    },
];

/// A hub with the bridge in its configuration, a bridged room that it declares, and a student who has come into it.
struct Room {
    name: &'static str,
    id: OwnedRoomId,
    lodging: Lodging,
    sam: Guest,
}

impl Room {
    /// The hub has made the room as it is to be, and invited the bridge. No other test has the same name.
    async fn make(name: &'static str, writers: Writers) -> Result<Self> {
        let homeserver = &net().await.homeserver;
        let bridge = format!(r#"bridges=[{{ sender = "{}", users = "@irc_.*" }}]"#, bot());
        let mut lodging = Lodging::prepare_for(homeserver, name, &MEMBERS, &[&rooms(name, writers), &bridge]).await?;
        lodging.start();
        let sam = guest(&lodging, name, "sam").await?;
        let id = join(&sam, name).await?;
        let room = Self { name, id, lodging, sam };
        room.until_invited(&bot()).await?;
        Ok(room)
    }

    /// Another of the members, in their conversation.
    async fn guest(&self, who: &str) -> Result<Guest> {
        guest(&self.lodging, self.name, who).await
    }

    async fn until_invited(&self, who: &UserId) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        while membership(&self.id, who).await?.as_deref() != Some("invite") {
            ensure!(Instant::now() < deadline, "{who} was not invited in time");
        }
        Ok(())
    }

    /// Somebody is invited, removed or banned, with the porter's power.
    async fn does(&self, what: &str, whom: &UserId) -> Result<()> {
        as_porter(&self.lodging, &self.id, what, whom).await
    }

    /// The status of the homeserver's answer to the bridge's token, as the bridge's own account or another of its
    /// accounts.
    async fn bridge_tries(&self, who: &UserId, path: &str, body: Value) -> Result<u16> {
        let api = as_bridge(&net().await.homeserver)?;
        let path = format!("/_matrix/client/v3/rooms/{}/{path}?user_id={who}", self.id);
        let made_with_put = path.contains("/send/") || path.contains("/state/");
        let answer = if made_with_put { api.put(&path, &body).await? } else { api.post(&path, &body).await? };
        Ok(answer.status)
    }
}

/// The rooms of such a hub: one that is bridged, and the staff's.
fn rooms(key: &str, writers: Writers) -> String {
    let (purpose, posts) = match writers {
        Writers::Everybody => ("interest", r#""student", "alumnus", "staff", "employer""#),
        Writers::Staff => ("opportunities", r#""staff""#),
    };
    format!(
        r#"rooms=[
            {{ key = "{key}", name = "Bridged", topic = "Here and elsewhere.", purpose = "{purpose}",
              joins = ["student", "alumnus", "staff", "employer"], posts = [{posts}], encrypted = false,
              history = "shared", bridged = true }},
            {{ key = "staff", name = "Staff", topic = "Among staff.", purpose = "staff", joins = ["staff"],
              posts = ["staff"], encrypted = true, history = "from-joining" }},
        ]"#
    )
}

async fn guest(lodging: &Lodging, name: &str, who: &str) -> Result<Guest> {
    Guest::arrive(lodging.person(&net().await.homeserver, name, who).await?, &lodging.porter).await
}

/// Somebody asks for a room and comes in.
async fn join(guest: &Guest, key: &str) -> Result<OwnedRoomId> {
    guest.asks(&format!("join {key}"), "room-invitation").await?;
    let room = guest.person.invited_by(&guest.porter).await?.room;
    guest.person.join(&room).await?;
    Ok(room)
}

/// Does something to somebody in a room with the porter's power, as the homeserver's operator could.
async fn as_porter(lodging: &Lodging, room: &RoomId, what: &str, whom: &UserId) -> Result<()> {
    let api = net().await.homeserver.api()?.with_token(house::AS_TOKEN);
    let path = format!("/_matrix/client/v3/rooms/{room}/{what}?user_id={}", lodging.porter);
    api.post(&path, &json!({ "user_id": whom })).await?.ok()?;
    Ok(())
}

/// Somebody's membership of a room, as an administrator of the homeserver sees it.
async fn membership(room: &RoomId, who: &UserId) -> Result<Option<String>> {
    let administrator = net().await.homeserver.administrator().await?;
    let state = administrator.get(&format!("/_synapse/admin/v1/rooms/{room}/state")).await?.ok()?;
    let events = state["state"].as_array().context("a room has a state")?;
    let theirs = events.iter().find(|event| event["type"] == "m.room.member" && event["state_key"] == who.as_str());
    Ok(theirs.and_then(|event| event["content"]["membership"].as_str()).map(str::to_owned))
}

/// An account that the bridge makes for somebody on IRC, which is in no room yet.
async fn new_ghost(network: &str, nick: &str) -> Result<OwnedUserId> {
    let ghost = ghost(network, nick);
    let account =
        json!({ "type": "m.login.application_service", "username": ghost.localpart(), "inhibit_login": true });
    as_bridge(&net().await.homeserver)?.post("/_matrix/client/v3/register", &account).await?.ok()?;
    Ok(ghost)
}

/// One of the bridge's accounts accepts an invitation.
async fn ghost_joins(room: &RoomId, ghost: &UserId) -> Result<()> {
    let path = format!("/_matrix/client/v3/rooms/{room}/join?user_id={ghost}");
    as_bridge(&net().await.homeserver)?.post(&path, &json!({})).await?.ok()?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_on_irc_is_read_in_the_room_and_what_is_said_in_the_room_is_read_on_irc() -> Result<()> {
    let steward = Steward::connect(&net().await.server, "books").await?;
    let room = Room::make("books", Writers::Everybody).await?;
    let sam = &room.sam.person;
    let mut robin = Chatter::connect(&net().await.server, "robin").await?;
    robin.join("#books").await?;
    steward.plumb(&room.id, "#books").await?;
    robin.sees(":books!").await?;

    // People who read along on IRC are shown in the room, also before they say anything.
    steward.tells("ROOM #books SYNC --full".to_owned(), "Member sync is set to full").await?;
    steward.tells("ROOM #books NAMES".to_owned(), "Synchronizing members").await?;
    let ghost = ghost("books", "robin");
    sam.sees_joining(&room.id, &ghost).await?;
    robin.say("#books", "Has anybody read the new one?").await?;
    let heard = sam.next_from(&ghost).await?;
    assert_eq!((&heard.room, heard.body()), (&room.id, Some("Has anybody read the new one?")));
    sam.say(&room.id, "Twice.").await?;
    let line = robin.sees("Twice.").await?;
    assert!(line.contains("PRIVMSG #books :<books-sam> Twice."), "{line}");
    assert_eq!(sam.unexpected().await?, []);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bridge_may_bring_its_own_people_in_and_do_nothing_else() -> Result<()> {
    let room = Room::make("power", Writers::Everybody).await?;
    let sam = &room.sam.person;
    let (bridge, ghost, sam) = (bot(), new_ghost("power", "robin").await?, json!({ "user_id": sam.user_id() }));
    assert_eq!(room.bridge_tries(&ghost, "join", json!({})).await?, 403, "nobody has invited it");
    assert_eq!(room.bridge_tries(&bridge, "join", json!({})).await?, 200);
    assert_eq!(room.bridge_tries(&bridge, "invite", json!({ "user_id": ghost })).await?, 200);
    assert_eq!(room.bridge_tries(&ghost, "join", json!({})).await?, 200);
    let said = json!({ "msgtype": "m.text", "body": "Good morning." });
    assert_eq!(room.bridge_tries(&ghost, "send/m.room.message/1", said).await?, 200);
    let states = [
        ("m.room.topic", json!({ "topic": "Bridged." })),
        ("m.room.join_rules", json!({ "join_rule": "public" })),
        ("m.room.power_levels", json!({ "users": { bridge.as_str(): 100 } })),
        ("m.bridge", json!({})),
        ("m.widget", json!({})),
    ];
    for who in [&bridge, &ghost] {
        for act in ["kick", "ban"] {
            assert_eq!(room.bridge_tries(who, act, sam.clone()).await?, 403, "{who} {act}");
        }
        for (kind, content) in &states {
            assert_eq!(room.bridge_tries(who, &format!("state/{kind}/"), content.clone()).await?, 403, "{who} {kind}");
        }
    }
    assert_eq!(room.bridge_tries(&ghost, "invite", sam).await?, 403);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn from_a_room_in_which_staff_write_words_go_out_and_none_come_in() -> Result<()> {
    let steward = Steward::connect(&net().await.server, "news").await?;
    let room = Room::make("news", Writers::Staff).await?;
    let (sam, casey) = (&room.sam.person, room.guest("casey").await?);
    assert_eq!(join(&casey, "news").await?, room.id);
    let mut robin = Chatter::connect(&net().await.server, "newsreader").await?;
    robin.join("#news").await?;
    steward.plumb(&room.id, "#news").await?;
    steward.tells("ROOM #news NOTICERELAY --enable".to_owned(), "Notice relay is enabled").await?;
    robin.sees(":news!").await?;

    // Two kinds of words go out: those of staff themselves, and those that the porter posts for an employer.
    casey.person.say(&room.id, "The fair is on Friday.").await?;
    let line = robin.sees("The fair is on Friday.").await?;
    assert!(line.contains("PRIVMSG #news :<news-casey> The fair"), "{line}");
    assert_eq!(sam.next_from(casey.person.user_id()).await?.body(), Some("The fair is on Friday."));
    offer(&room, &casey, "A summer in our archive.").await?;
    let line = robin.sees("A summer in our archive.").await?;
    assert!(line.contains("NOTICE #news :"), "{line}");

    robin.say("#news", "Where?").await?;
    let said = json!({ "msgtype": "m.text", "body": "Where?" });
    assert_eq!(room.bridge_tries(&bot(), "send/m.room.message/1", said).await?, 403);
    let robin = json!({ "user_id": ghost("news", "newsreader") });
    assert_eq!(room.bridge_tries(&bot(), "invite", robin).await?, 403);
    sam.settle().await?;
    assert!(!sam.seen().iter().any(|seen| seen.body() == Some("Where?")));
    Ok(())
}

/// An employer offers an opportunity, and staff approve it and its organisation.
async fn offer(room: &Room, casey: &Guest, words: &str) -> Result<()> {
    let erin = room.lodging.person(&net().await.homeserver, room.name, "erin").await?;
    let erin = Guest::come_in(erin, &room.lodging.porter).await?;
    erin.hears("waits-for-organisation").await?;
    casey.asks("approve organisation City Museum", "organisation-approved").await?;
    erin.hears("welcome").await?;
    erin.asks("agree", "agreed").await?;
    erin.asks(&format!("opportunity: {words}"), "offer-preview").await?;
    erin.asks("send", "offer-sent").await?;
    casey.hears("offer-proposed").await?;
    casey.asks("approve 1", "proposal-approved").await?;
    erin.hears("offer-posted").await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_from_irc_who_was_removed_comes_back_with_their_next_word_and_a_ban_keeps_them_out() -> Result<()> {
    let steward = Steward::connect(&net().await.server, "chess").await?;
    let room = Room::make("chess", Writers::Everybody).await?;
    let sam = &room.sam.person;
    let mut robin = Chatter::connect(&net().await.server, "rook").await?;
    robin.join("#chess").await?;
    let mut alex = Chatter::connect(&net().await.server, "knight").await?;
    alex.join("#chess").await?;
    steward.plumb(&room.id, "#chess").await?;
    robin.sees(":chess!").await?;
    let (moves, waits) = (ghost("chess", "rook"), ghost("chess", "knight"));
    robin.say("#chess", "Check.").await?;
    assert_eq!(sam.next_from(&moves).await?.body(), Some("Check."));

    room.does("kick", &moves).await?;
    sam.sees_leaving(&room.id, &moves).await?;
    robin.say("#chess", "Check again.").await?;
    sam.sees_joining(&room.id, &moves).await?;
    assert_eq!(sam.next_from(&moves).await?.body(), Some("Check again."));

    room.does("ban", &moves).await?;
    sam.sees_leaving(&room.id, &moves).await?;
    robin.say("#chess", "And again.").await?;
    // Heard on IRC before the next words, and the bridge passes messages on in order.
    alex.sees("And again.").await?;
    alex.say("#chess", "Who is there?").await?;
    assert_eq!(sam.next_from(&waits).await?.body(), Some("Who is there?"));
    assert!(!sam.seen().iter().any(|seen| seen.body() == Some("And again.")));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bridge_that_is_removed_takes_everybody_from_irc_with_it_and_needs_its_steward_to_return() -> Result<()> {
    let steward = Steward::connect(&net().await.server, "music").await?;
    let room = Room::make("music", Writers::Everybody).await?;
    let sam = &room.sam.person;
    let mut robin = Chatter::connect(&net().await.server, "flute").await?;
    robin.join("#music").await?;
    steward.plumb(&room.id, "#music").await?;
    robin.sees(":music!").await?;
    let flute = ghost("music", "flute");
    robin.say("#music", "Hello.").await?;
    assert_eq!(sam.next_from(&flute).await?.body(), Some("Hello."));

    room.does("kick", &bot()).await?;
    sam.sees_leaving(&room.id, &bot()).await?;
    sam.sees_leaving(&room.id, &flute).await?;
    robin.sees("PART #music").await?;
    assert_eq!(room.bridge_tries(&bot(), "join", json!({})).await?, 403);

    room.does("invite", &bot()).await?;
    steward.plumb(&room.id, "#music").await?;
    robin.sees(":music!").await?;
    robin.say("#music", "Hello again.").await?;
    assert_eq!(sam.next_from(&flute).await?.body(), Some("Hello again."));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bridges_accounts_are_taken_out_of_an_introductions_room_and_the_staff_room_and_staff_are_told() -> Result<()>
{
    let mut room = Room::make("elsewhere", Writers::Everybody).await?;
    let (alex, casey) = (room.guest("alex").await?, room.guest("casey").await?);
    let staff = join(&casey, "staff").await?;
    request(&room.sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    alex.asks("yes", "yes-recorded").await?;
    room.sam.hears("agreed-requester").await?;
    alex.hears("agreed-addressee").await?;
    let introduction = alex.person.invited_by(&alex.porter).await?.room;
    let ghost = new_ghost("elsewhere", "robin").await?;
    for (place, told) in [(&introduction, "room-third"), (&staff, "room-intruder")] {
        as_porter(&room.lodging, place, "invite", &ghost).await?;
        let words = casey.hears(told).await?;
        assert!(words.contains(ghost.as_str()), "{words}");
        assert_eq!(membership(place, &ghost).await?.as_deref(), Some("leave"));
    }

    // While the hub is away they can come in; it sees them when it is back.
    let late = new_ghost("elsewhere", "late").await?;
    room.lodging.stop().await?;
    for place in [&introduction, &staff] {
        as_porter(&room.lodging, place, "invite", &late).await?;
        ghost_joins(place, &late).await?;
    }
    room.lodging.start();
    let words = casey.hears("room-third").await?;
    assert!(words.contains(late.as_str()), "{words}");
    casey.person.sees_leaving(&staff, &late).await?;
    assert_eq!(membership(&introduction, &late).await?.as_deref(), Some("leave"));

    // In the bridged room they are welcome, and the two still meet.
    as_porter(&room.lodging, &room.id, "invite", &ghost).await?;
    ghost_joins(&room.id, &ghost).await?;
    meet(&room.sam, &alex, &introduction).await?;
    assert_eq!(membership(&room.id, &ghost).await?.as_deref(), Some("join"));
    room.lodging.stop().await
}
