//! A homeserver with the people of a probe: a student who is curious, and a member whom the student does not know.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;

use lodge_demo::homeserver::{Api, Environment, Settings, free_port, shared_environment};
use lodge_demo::{Homeserver, Person};
use matrix_sdk::ruma::UserId;
use secrecy::SecretString;
use serde_json::{Map, Value, json};
use tokio::sync::OnceCell;

use crate::house;

/// Lists the paths that Synapse registers, by running its own code.
const ROUTES: &str = include_str!("routes.py");

/// A person whom the student asks about: everything about them that a question could name.
#[derive(Debug, Clone)]
pub struct Somebody {
    pub localpart: &'static str,
    pub name: &'static str,
    pub email: &'static str,
    pub phone: &'static str,
    pub user: String,
    /// A room of theirs in which the student is not.
    pub room: String,
    /// A message in it.
    pub event: String,
}

/// The homeserver and everybody on it.
pub struct Place {
    pub homeserver: Homeserver,
    environment: Environment,
    /// The token of a student, who has an identity for cross-signing.
    student: SecretString,
    /// The member with the rooms they are in: a conversation with the porter, a room with somebody else, and a public
    /// room that the student has not joined.
    pub target: Somebody,
    /// The same of an account, a room and a message that there are not.
    pub nobody: Somebody,
    /// A Space that the student shares with the porter, in which the member's rooms are children.
    pub space: String,
}

impl Place {
    /// The one with the written settings, which the tests share.
    pub async fn written() -> &'static Self {
        static SHARED: OnceCell<Place> = OnceCell::const_new();
        SHARED.get_or_init(|| Self::without(Vec::new())).await
    }

    /// One of a test's own with the written settings, but for these.
    pub async fn without(left_out: Vec<&'static str>) -> Self {
        let environment = Environment::install(&shared_environment(), &|line| eprintln!("{line}")).unwrap();
        let homeserver = start(&environment, left_out).await;
        let porter = Porter::arrive(&homeserver).await;
        let person = async |localpart: &str| {
            homeserver.register(localpart, house::PASSWORD, false).await.unwrap();
            Person::log_in(&homeserver.url(), localpart, house::PASSWORD).await.unwrap()
        };
        let (student, member, other) = (person("student").await, person("kestrel").await, person("other").await);
        let mut target = somebody("kestrel", "Tamsin Quill", "quill@mail.example", "447700900111", &homeserver);
        let nobody = somebody("lapwing", "Rowena Marsh", "marsh@mail.example", "447700900222", &homeserver);
        describe(&homeserver, &member, &target).await;
        let space = porter.room(&json!({ "creation_content": { "type": "m.space" } }), &[&student]).await;
        let conversation = porter.room(&json!({}), &[&member]).await;
        let shared = porter.room(&json!({}), &[&member, &other]).await;
        for child in [&conversation, &shared] {
            let via = json!({ "via": [homeserver.server_name()] });
            porter.put(&format!("rooms/{space}/state/m.space.child/{child}"), &via).await;
        }
        let public =
            json!({ "preset": "public_chat", "visibility": "public", "name": format!("Meet {}", target.name) });
        porter.room(&public, &[&member, &other]).await;
        let said = json!({ "msgtype": "m.text", "body": format!("Good morning, {}", target.name) });
        let said = porter.put(&format!("rooms/{conversation}/send/m.room.message/1"), &said).await;
        said["event_id"].as_str().unwrap().clone_into(&mut target.event);
        target.room = conversation;
        Self { student: student.access_token(), homeserver, environment, target, nobody, space }
    }

    /// An interface for calls with the student's token.
    pub fn student(&self) -> Api {
        self.stranger().with_token(self.student.clone())
    }

    /// Calls without a token.
    pub fn stranger(&self) -> Api {
        self.homeserver.api().unwrap()
    }

    /// The calls of a second student, who is in no room, and whose identity for cross-signing is not made yet.
    pub async fn another_student(&self, localpart: &str) -> Api {
        let account = self.homeserver.register(localpart, house::PASSWORD, false).await.unwrap();
        self.stranger().with_token(account.access_token)
    }

    /// Every path that this homeserver registers for clients and administrators: a method and a template each.
    pub fn routes(&self) -> Vec<(String, String)> {
        let python = self.environment.python();
        let output = Command::new(python).args(["-c", ROUTES]).arg(self.homeserver.configuration()).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let lines = String::from_utf8(output.stdout).unwrap();
        let both = lines.lines().map(|line| line.split_once(' ').unwrap());
        both.map(|(method, path)| (method.to_owned(), path.to_owned())).collect()
    }
}

/// The porter, as its application service calls.
struct Porter {
    api: Api,
    user: String,
}

impl Porter {
    async fn arrive(homeserver: &Homeserver) -> Self {
        let api = homeserver.api().unwrap().with_token(house::AS_TOKEN);
        let user = format!("@porter_probes:{}", homeserver.server_name());
        let register =
            json!({ "type": "m.login.application_service", "username": "porter_probes", "inhibit_login": true });
        api.post("/_matrix/client/v3/register", &register).await.unwrap().ok().unwrap();
        Self { api, user }
    }

    async fn put(&self, path: &str, body: &Value) -> Value {
        let path = format!("/_matrix/client/v3/{path}?user_id={}", self.user);
        self.api.put(&path, body).await.unwrap().ok().unwrap()
    }

    /// A room for these, who come in; private unless it is said otherwise.
    async fn room(&self, how: &Value, members: &[&Person]) -> String {
        let invite: Vec<&UserId> = members.iter().map(|member| member.user_id()).collect();
        let mut create = json!({ "preset": "private_chat", "invite": invite });
        for (key, value) in how.as_object().unwrap() {
            create[key] = value.clone();
        }
        let path = format!("/_matrix/client/v3/createRoom?user_id={}", self.user);
        let created = self.api.post(&path, &create).await.unwrap().ok().unwrap();
        let room = created["room_id"].as_str().unwrap();
        for member in members {
            member.join(room.try_into().unwrap()).await.unwrap();
        }
        room.to_owned()
    }
}

/// A homeserver that listens to other servers, can send mail, and lets rooms be listed: all of it an institution's to
/// choose.
async fn start(environment: &Environment, left_out: Vec<&'static str>) -> Homeserver {
    let directory = house::own_directory();
    let registration = directory.join("registration.yaml");
    fs::write(&registration, house::service().to_string()).unwrap();
    let port = free_port().unwrap();
    let further = Map::from_iter([
        (
            "listeners".to_owned(),
            json!([{
                "type": "http",
                "port": port,
                "bind_addresses": ["127.0.0.1"],
                "tls": false,
                "resources": [{ "names": ["client", "federation"], "compress": false }],
            }]),
        ),
        ("room_list_publication_rules".to_owned(), json!([{ "action": "allow" }])),
        (
            "email".to_owned(),
            json!({
                "smtp_host": "127.0.0.1",
                "smtp_port": post_office(),
                "enable_tls": false,
                "notif_from": "Lodge <lodge@mail.example>",
            }),
        ),
    ]);
    let registrations = vec![registration];
    let settings = Settings { port: Some(port), registrations, left_out, further, ..Settings::default() };
    Homeserver::start(environment, &directory, &settings).await.unwrap()
}

/// The port of a post office that takes every letter and throws it away.
fn post_office() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            // A sender that goes away early is none of the office's business.
            std::thread::spawn(move || take_letters(client).ok());
        }
    });
    port
}

fn take_letters(client: TcpStream) -> std::io::Result<()> {
    let mut answers = client.try_clone()?;
    answers.write_all(b"220 post office\r\n")?;
    let mut in_letter = false;
    for line in BufReader::new(client).lines() {
        let line = line?;
        let answer = match (in_letter, line.as_str()) {
            (true, ".") => "250 taken",
            (true, _) => continue,
            (false, "DATA") => "354 go on",
            (false, "QUIT") => "221 good day",
            (false, _) => "250 yes",
        };
        in_letter = answer.starts_with("354");
        answers.write_all(format!("{answer}\r\n").as_bytes())?;
    }
    Ok(())
}

fn somebody(
    localpart: &'static str,
    name: &'static str,
    email: &'static str,
    phone: &'static str,
    homeserver: &Homeserver,
) -> Somebody {
    let user = format!("@{localpart}:{}", homeserver.server_name());
    // Of the right form, and of nothing.
    let room = format!("!{}", "Lapwing".repeat(7).get(..43).unwrap());
    let event = format!("${}", "Lapwing".repeat(7).get(..43).unwrap());
    Somebody { localpart, name, email, phone, user, room, event }
}

/// Gives the member everything that could be found out: a name, an avatar, a time zone, an address and a number.
async fn describe(homeserver: &Homeserver, member: &Person, target: &Somebody) {
    let own = homeserver.api().unwrap().with_token(member.access_token());
    for (field, value) in
        [("displayname", target.name), ("avatar_url", "mxc://example/plume"), ("m.tz", "Europe/Paris")]
    {
        let path = format!("/_matrix/client/v3/profile/{}/{field}", target.user);
        own.put(&path, &json!({ field: value })).await.unwrap().ok().unwrap();
    }
    let reached = json!({ "threepids": [
        { "medium": "email", "address": target.email },
        { "medium": "msisdn", "address": target.phone },
    ] });
    let path = format!("/_synapse/admin/v2/users/{}", target.user);
    homeserver.administrator().await.unwrap().put(&path, &reached).await.unwrap().ok().unwrap();
}
