//! A bridge between rooms and a real IRC server, set up as its guide says: what it carries, what power it needs for that,
//! and that it can do nothing else.

mod heisenbridge;
mod irc;
mod kept;

use anyhow::{Context, Result};
use lodge_demo::homeserver::{Account, Api};
use lodge_demo::{Homeserver, Person};
use matrix_sdk::ruma::{OwnedRoomId, RoomId, UserId};
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use crate::house;
use heisenbridge::{Bridge, Steward, as_bridge, bot, ghost};
use irc::{Chatter, Server};

/// What the tests of this file share: a homeserver, an IRC server, and the bridge between them.
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

/// Who may write in a room.
#[derive(Clone, Copy, PartialEq)]
enum Writers {
    Everybody,
    Staff,
}

/// A bridged room, with its maker's account for what else there is to be done in it.
struct Room {
    id: OwnedRoomId,
    maker: Account,
}

impl Room {
    /// A community room into which the bridge's account is invited.
    async fn make(name: &str, writers: Writers) -> Result<Self> {
        let maker = net().await.homeserver.register(&format!("{name}-maker"), house::PASSWORD, false).await?;
        let api = api(maker.access_token.clone()).await?;
        let made = api.post("/_matrix/client/v3/createRoom", &community_room(writers)).await?.ok()?;
        let id = RoomId::parse(made["room_id"].as_str().context("a room has an id")?)?;
        let room = Self { id, maker };
        room.does("invite", &bot()).await?;
        Ok(room)
    }

    /// Somebody who has come into it.
    async fn member(&self, localpart: &str) -> Result<Person> {
        let person = person(localpart).await?;
        self.does("invite", person.user_id()).await?;
        person.invited_by(&self.maker.user_id).await?;
        person.join(&self.id).await?;
        Ok(person)
    }

    /// Its maker invites, removes or bans somebody.
    async fn does(&self, what: &str, whom: &UserId) -> Result<()> {
        let path = format!("/_matrix/client/v3/rooms/{}/{what}", self.id);
        api(self.maker.access_token.clone()).await?.post(&path, &json!({ "user_id": whom })).await?.ok()?;
        Ok(())
    }

    /// What the homeserver answers the bridge's token, as the bridge's own account or another of its accounts.
    async fn bridge_tries(&self, who: &UserId, path: &str, body: Value) -> Result<u16> {
        let api = as_bridge(&net().await.homeserver)?;
        let path = format!("/_matrix/client/v3/rooms/{}/{path}?user_id={who}", self.id);
        let made_with_put = path.contains("/send/") || path.contains("/state/");
        let answer = if made_with_put { api.put(&path, &body).await? } else { api.post(&path, &body).await? };
        Ok(answer.status)
    }
}

/// What creates such a room: in the clear, with a history that is shared, and closed to whoever is not invited. Where
/// everybody writes the bridge's account may invite, for it brings in those who write on IRC; it may do nothing else.
fn community_room(writers: Writers) -> Value {
    let state = |kind: &str, content: Value| json!({ "type": kind, "state_key": "", "content": content });
    let (speak, invite, users) = match writers {
        Writers::Everybody => (0, 50, json!({ bot().as_str(): 50 })),
        Writers::Staff => (50, 100, json!({})),
    };
    json!({
        "preset": "private_chat",
        "visibility": "private",
        "room_version": "12",
        "creation_content": { "m.federate": true },
        "power_level_content_override": {
            "users": users,
            "users_default": 0,
            "events": {
                "m.room.redaction": 0,
                "m.room.tombstone": 150,
                "m.bridge": 100,
                "uk.half-shot.bridge": 100,
                "m.widget": 100,
                "im.vector.modular.widgets": 100,
                "io.element.functional_members": 100,
            },
            "events_default": speak,
            "state_default": 100,
            "invite": invite,
            "kick": 100,
            "ban": 100,
            "redact": 100,
            "notifications": { "room": 100 },
        },
        "initial_state": [
            state("m.room.join_rules", json!({ "join_rule": "invite" })),
            state("m.room.history_visibility", json!({ "history_visibility": "shared" })),
            state("m.room.guest_access", json!({ "guest_access": "forbidden" })),
        ],
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_on_irc_is_read_in_the_room_and_what_is_said_in_the_room_is_read_on_irc() -> Result<()> {
    let steward = Steward::connect(&net().await.server, "books").await?;
    let room = Room::make("books", Writers::Everybody).await?;
    let sam = room.member("books-sam").await?;
    let mut robin = Chatter::connect(&net().await.server, "robin").await?;
    robin.join("#books").await?;
    steward.plumb(&room.id, "#books").await?;
    robin.sees(":books!").await?;

    // Whoever reads along on IRC is shown in the room, also before they say anything.
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
    let sam = room.member("power-sam").await?;
    let (bridge, ghost, sam) = (bot(), ghost("power", "robin"), json!({ "user_id": sam.user_id() }));
    let account =
        json!({ "type": "m.login.application_service", "username": ghost.localpart(), "inhibit_login": true });
    as_bridge(&net().await.homeserver)?.post("/_matrix/client/v3/register", &account).await?.ok()?;
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
    let sam = room.member("news-sam").await?;
    let mut robin = Chatter::connect(&net().await.server, "newsreader").await?;
    robin.join("#news").await?;
    steward.plumb(&room.id, "#news").await?;
    steward.tells("ROOM #news NOTICERELAY --enable".to_owned(), "Notice relay is enabled").await?;
    robin.sees(":news!").await?;

    let maker = api(room.maker.access_token.clone()).await?;
    let path = format!("/_matrix/client/v3/rooms/{}/send/m.room.message/1", room.id);
    maker.put(&path, &json!({ "msgtype": "m.notice", "body": "The fair is on Friday." })).await?.ok()?;
    let line = robin.sees("The fair is on Friday.").await?;
    assert!(line.contains("NOTICE #news :<news-maker> The fair"), "{line}");
    assert_eq!(sam.next_from(&room.maker.user_id).await?.body(), Some("The fair is on Friday."));

    robin.say("#news", "Where?").await?;
    let said = json!({ "msgtype": "m.text", "body": "Where?" });
    assert_eq!(room.bridge_tries(&bot(), "send/m.room.message/1", said).await?, 403);
    let robin = json!({ "user_id": ghost("news", "newsreader") });
    assert_eq!(room.bridge_tries(&bot(), "invite", robin).await?, 403);
    assert_eq!(sam.unexpected().await?, []);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_from_irc_who_was_removed_comes_back_with_their_next_word_and_a_ban_keeps_them_out() -> Result<()> {
    let steward = Steward::connect(&net().await.server, "chess").await?;
    let room = Room::make("chess", Writers::Everybody).await?;
    let sam = room.member("chess-sam").await?;
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
    // Heard on IRC before the next words, and the bridge passes on in order what it hears.
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
    let sam = room.member("music-sam").await?;
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
