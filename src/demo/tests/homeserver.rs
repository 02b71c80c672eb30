//! A real homeserver, and people who talk there.

#![expect(clippy::unwrap_used, reason = "a test whose preparation fails has failed")]

#[path = "../../../tests/synapse/acting.rs"]
mod acting;

use std::{
    env, fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use acting::Acts as _;
use lodge_demo::{
    Homeserver, Person,
    homeserver::{Environment, Settings, shared_environment},
    person::{Kind, private_room},
};
use matrix_sdk::ruma::OwnedRoomId;
use serde_json::json;
use tokio::{io::AsyncReadExt, net::TcpStream, sync::OnceCell, time::timeout};

const PASSWORD: &str = "open sesame";
const AS_TOKEN: &str = "a-token-for-this-test-only";

/// The homeserver that the tests of this file share; each brings its own people.
async fn homeserver() -> &'static Homeserver {
    static SHARED: OnceCell<Homeserver> = OnceCell::const_new();
    SHARED
        .get_or_init(|| async {
            let directory = fresh("shared");
            let registration = directory.join("registration.yaml");
            fs::write(&registration, service().to_string()).unwrap();
            let settings = Settings { registrations: vec![registration], ..Settings::default() };
            Homeserver::start(&environment(), &directory, &settings).await.unwrap()
        })
        .await
}

fn service() -> serde_json::Value {
    json!({
        "id": "test",
        "url": null,
        "as_token": AS_TOKEN,
        "hs_token": "never used",
        "sender_localpart": "test-service",
        "rate_limited": false,
        "namespaces": { "users": [{ "exclusive": true, "regex": "@porter:.*" }], "rooms": [], "aliases": [] },
    })
}

fn environment() -> Environment {
    Environment::install(&shared_environment(), &|line| eprintln!("{line}")).unwrap()
}

fn fresh(name: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("homeserver").join(name);
    if directory.exists() {
        fs::remove_dir_all(&directory).unwrap();
    }
    fs::create_dir_all(&directory).unwrap();
    directory
}

async fn person(localpart: &str) -> Person {
    let homeserver = homeserver().await;
    homeserver.register(localpart, PASSWORD, false).await.unwrap();
    Person::log_in(&homeserver.url(), localpart, PASSWORD).await.unwrap()
}

/// Two people, and the encrypted room in which both are.
async fn pair(first: &str, second: &str) -> (Person, Person, OwnedRoomId) {
    let (first, second) = (person(first).await, person(second).await);
    let room = first.create_room(private_room(&[second.user_id()]).unwrap()).await.unwrap();
    assert_eq!(second.invited_by(first.user_id()).await.unwrap().room, room);
    second.join(&room).await.unwrap();
    first.sees_joining(&room, second.user_id()).await.unwrap();
    (first, second, room)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_people_talk_in_an_encrypted_room() {
    let (sam, alex, room) = pair("talk-sam", "talk-alex").await;
    assert!(sam.is_cross_signed().await.unwrap() && alex.is_cross_signed().await.unwrap());

    let question = sam.say(&room, "How did you get into publishing?").await.unwrap();
    let heard = alex.next_from(sam.user_id()).await.unwrap();
    assert_eq!(heard.event_id.as_ref(), Some(&question));
    assert_eq!(heard.body(), Some("How did you get into publishing?"));
    assert!(heard.message().unwrap().encrypted);

    let answer = alex.reply(&room, &question, "By acident.").await.unwrap();
    assert_eq!(sam.next_from(alex.user_id()).await.unwrap().message().unwrap().in_reply_to, Some(question));
    alex.edit(&room, &answer, "By accident.").await.unwrap();
    let edit = sam.next_from(alex.user_id()).await.unwrap();
    assert_eq!((edit.body(), &edit.message().unwrap().replaces), (Some("By accident."), &Some(answer.clone())));
    sam.react(&room, &answer, "👍").await.unwrap();
    alex.expect("a thumb", |seen| matches!(&seen.kind, Kind::Reaction { key, .. } if key == "👍")).await.unwrap();
    alex.redact(&room, &answer).await.unwrap();
    sam.expect("the answer to go", |seen| matches!(&seen.kind, Kind::Redacted { event } if *event == answer))
        .await
        .unwrap();
    alex.leave(&room).await.unwrap();
    sam.sees_leaving(&room, alex.user_id()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn that_nothing_more_was_said_is_known_without_waiting() {
    let (sam, alex, room) = pair("more-sam", "more-alex").await;
    sam.say(&room, "one").await.unwrap();
    sam.say(&room, "two").await.unwrap();
    assert_eq!(alex.next_from(sam.user_id()).await.unwrap().body(), Some("one"));
    let rest: Vec<_> = alex.unexpected().await.unwrap().iter().map(|seen| seen.body().unwrap().to_owned()).collect();
    assert_eq!(rest, ["two"]);
    alex.next_from(sam.user_id()).await.unwrap();
    assert_eq!(alex.unexpected().await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_while_somebody_was_offline_is_all_there_afterwards() {
    const COUNT: usize = 120;
    let (sam, alex, room) = pair("away-sam", "away-alex").await;
    alex.offline().await.unwrap();
    let before = alex.seen().len();
    for number in 0..COUNT {
        sam.say(&room, &number.to_string()).await.unwrap();
    }
    assert_eq!(alex.seen().len(), before, "nothing is seen offline");
    alex.online().await.unwrap();
    for number in 0..COUNT {
        assert_eq!(alex.next_from(sam.user_id()).await.unwrap().body(), Some(number.to_string().as_str()));
    }
    assert_eq!(alex.unexpected().await.unwrap(), []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_whose_key_comes_late_is_read_when_it_comes() {
    let (sam, alex, room) = pair("late-sam", "late-alex").await;
    let said = sam.say(&room, "before your new phone").await.unwrap();
    alex.next_from(sam.user_id()).await.unwrap();

    let phone = alex.log_in_again(PASSWORD).await.unwrap();
    assert_ne!(phone.client().device_id(), alex.client().device_id());
    assert!(!phone.is_cross_signed().await.unwrap(), "nobody has verified the new device");
    let fits = |seen: &lodge_demo::person::Seen| seen.event_id.as_ref() == Some(&said);
    assert_eq!(phone.expect("the message", fits).await.unwrap().kind, Kind::Undecryptable);

    let key = alex.client().encryption().recovery().enable().wait_for_backups_to_upload().await.unwrap();
    phone.client().encryption().recovery().recover(&key).await.unwrap();
    phone.client().encryption().backups().download_room_keys_for_room(&room).await.unwrap();
    phone.settle().await.unwrap();
    assert_eq!(phone.next_from(sam.user_id()).await.unwrap().body(), Some("before your new phone"));
    assert!(phone.is_cross_signed().await.unwrap(), "the recovery key vouches for the device");

    sam.say(&room, "and after").await.unwrap();
    assert_eq!(phone.next_from(sam.user_id()).await.unwrap().body(), Some("and after"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_that_is_rejected_is_seen_by_both() {
    let (sam, alex) = (person("reject-sam").await, person("reject-alex").await);
    let room = sam.create_room(private_room(&[alex.user_id()]).unwrap()).await.unwrap();
    alex.invited_by(sam.user_id()).await.unwrap();
    alex.leave(&room).await.unwrap();
    sam.sees_leaving(&room, alex.user_id()).await.unwrap();
    alex.sees_leaving(&room, alex.user_id()).await.unwrap();
    alex.settle().await.unwrap();
    let left = alex.seen().iter().filter(|seen| matches!(seen.kind, Kind::Left { .. })).count();
    assert_eq!(left, 1, "once");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expectation_that_is_not_met_tells_what_was_seen_instead() {
    let (sam, mut alex, room) = pair("vain-sam", "vain-alex").await;
    sam.say(&room, "good morning").await.unwrap();
    alex.settle().await.unwrap();
    alex.set_patience(Duration::from_millis(1));
    let error = alex.hears("introduction-asked").await.unwrap_err().to_string();
    assert!(error.contains("the words introduction-asked") && error.contains("vain-sam: good morning"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_learn_nothing_from_the_homeserver() {
    let (sam, noor) = (person("strange-sam").await, person("strange-noor").await);
    let nobody = homeserver().await.api().unwrap();
    let profile = format!("/_matrix/client/v3/profile/{}", noor.user_id());
    assert_eq!(nobody.get(&profile).await.unwrap().status, 401);
    let api = nobody.with_token(sam.access_token());
    assert_eq!(api.get(&profile).await.unwrap().status, 403);
    let search = json!({ "search_term": "strange" });
    let found = api.post("/_matrix/client/v3/user_directory/search", &search).await.unwrap().ok().unwrap();
    assert_eq!(found["results"], json!([]));
    let query = json!({ "device_keys": { noor.user_id().as_str(): [] } });
    let keys = api.post("/_matrix/client/v3/keys/query", &query).await.unwrap().ok().unwrap();
    assert_eq!(keys["device_keys"], json!({}));

    // Once they share a room they find each other's keys, although the answer was no before.
    sam.create_room(private_room(&[noor.user_id()]).unwrap()).await.unwrap();
    let keys = api.post("/_matrix/client/v3/keys/query", &query).await.unwrap().ok().unwrap();
    assert!(
        keys["device_keys"][noor.user_id().as_str()][noor.client().device_id().unwrap().as_str()].is_object(),
        "{keys}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_from_an_earlier_run_is_taken_up_with_its_password_only() {
    let homeserver = homeserver().await;
    let first = homeserver.register("again", PASSWORD, false).await.unwrap();
    let second = homeserver.register("again", PASSWORD, false).await.unwrap();
    assert_eq!(first.user_id, second.user_id);
    let error = homeserver.register("again", "another", false).await.unwrap_err().to_string();
    assert!(error.contains("with another password"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_can_exempt_an_account_from_limits() {
    let homeserver = homeserver().await;
    let account = homeserver.register("exempt", PASSWORD, false).await.unwrap();
    homeserver.override_ratelimit(&account.user_id).await.unwrap();
    let path = format!("/_synapse/admin/v1/users/{}/override_ratelimit", account.user_id);
    let found = homeserver.administrator().await.unwrap().get(&path).await.unwrap().ok().unwrap();
    assert_eq!(found, json!({ "messages_per_second": 0, "burst_count": 0 }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registered_application_service_has_its_user_to_itself() {
    let homeserver = homeserver().await;
    assert!(homeserver.register("porter", PASSWORD, false).await.is_err(), "the namespace is exclusive");
    let service = homeserver.api().unwrap().with_token(AS_TOKEN.to_owned());
    let request = json!({ "type": "m.login.application_service", "username": "porter", "inhibit_login": true });
    let answer = service.post("/_matrix/client/v3/register", &request).await.unwrap().ok().unwrap();
    assert_eq!(answer["user_id"], "@porter:lodge.localhost");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restarted_homeserver_keeps_its_people_and_its_address() {
    let mut homeserver = Homeserver::start(&environment(), &fresh("restart"), &Settings::default()).await.unwrap();
    let url = homeserver.url();
    homeserver.register("sam", PASSWORD, false).await.unwrap();
    let sam = Person::log_in(&url, "sam", PASSWORD).await.unwrap();
    let room = sam.create_room(private_room(&[]).unwrap()).await.unwrap();

    homeserver.stop().await.unwrap();
    assert!(homeserver.api().unwrap().get("/_matrix/client/versions").await.is_err());
    sam.offline().await.unwrap();
    homeserver.resume().await.unwrap();
    assert_eq!(homeserver.url(), url);
    sam.online().await.unwrap();
    sam.say(&room, "still here").await.unwrap();
    sam.expect("my own words", |seen| seen.body() == Some("still here")).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_port_is_one_clear_line() {
    let taken = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let settings = Settings { port: Some(port), ..Settings::default() };
    let error = Homeserver::start(&environment(), &fresh("taken"), &settings).await.err().unwrap().to_string();
    assert_eq!(error, format!("Port {port} on 127.0.0.1 is taken by another program. End it, or choose another port."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_homeserver_that_cannot_start_shows_its_last_words() {
    let settings = Settings { server_name: "not a server name".to_owned(), ..Settings::default() };
    let error = Homeserver::start(&environment(), &fresh("wrong"), &settings).await.err().unwrap().to_string();
    assert!(error.contains("ended while it was starting") && error.contains("invalid format"), "{error}");
}

/// Plays both parts: the test starts itself again as the program that is killed.
#[tokio::test(flavor = "multi_thread")]
async fn a_homeserver_ends_when_its_program_is_killed() {
    const NAME: &str = "a_homeserver_ends_when_its_program_is_killed";
    const PART: &str = "LODGE_TEST_IS_THE_KILLED_PROGRAM";
    if env::var_os(PART).is_some() {
        let homeserver = Homeserver::start(&environment(), &fresh("killed"), &Settings::default()).await.unwrap();
        println!("\nport {}", homeserver.port());
        return std::future::pending().await;
    }
    let mut program = Command::new(env::current_exe().unwrap())
        .args(["--exact", NAME, "--nocapture"])
        .env(PART, "1")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
    let port: u16 = lines.find_map(|line| line.unwrap().strip_prefix("port ")?.parse().ok()).unwrap();
    let first = TcpStream::connect(("127.0.0.1", port)).await.unwrap();

    program.kill().unwrap();
    program.wait().unwrap();
    let gone = async {
        // A connection that is still let in waits until Synapse ends, and then the next is tried.
        let mut connection = Ok(first);
        while let Ok(mut open) = connection {
            assert!(open.read_u8().await.is_err(), "nobody asked for anything");
            connection = TcpStream::connect(("127.0.0.1", port)).await;
        }
    };
    timeout(Duration::from_secs(30), gone).await.expect("Synapse outlives its program");
}
