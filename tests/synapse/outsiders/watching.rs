//! Somebody outside, who asks the homeserver everything that it answers a member.

use anyhow::{Context, Result};
use lodge_demo::Homeserver;
use lodge_demo::homeserver::{Answer, Api};
use lodge_demo::household::Guest;
use serde_json::{Value, json};

use crate::house;

/// This many rooms are asked about each time; rooms that never were fill up the number.
const ROOMS: usize = 8;

/// Fields that mean nothing: the place where a response goes on, and the age of something.
const FRESH: [&str; 7] = ["next_batch", "prev_batch", "start", "end", "pos", "age", "age_ts"];

/// A person outside, who looks at everything.
pub struct Watcher {
    pub guest: Guest,
    name: String,
    api: Api,
    /// The token from which they look for news.
    since: String,
    /// Their questions with the answers of the first look.
    first: Vec<(String, String)>,
}

impl Watcher {
    /// They take another device, which nobody sends anything to.
    pub async fn log_in(homeserver: &Homeserver, guest: Guest) -> Result<Self> {
        let localpart = guest.person.user_id().localpart().to_owned();
        let log_in = json!({
            "type": "m.login.password",
            "identifier": { "type": "m.id.user", "user": localpart },
            "password": house::PASSWORD,
        });
        let session = homeserver.api()?.post("/_matrix/client/v3/login", &log_in).await?.ok()?;
        let token = session["access_token"].as_str().context("a token")?.to_owned();
        let name = localpart.rsplit('-').next().unwrap_or_default().to_owned();
        let api = homeserver.api()?.with_token(token);
        Ok(Self { guest, name, api, since: String::new(), first: Vec::new() })
    }

    /// They look for the first time.
    pub async fn look_at_first(&mut self, whom: &[String], rooms: &[String]) -> Result<()> {
        let sync = self.api.get("/_matrix/client/v3/sync?timeout=0").await?.ok()?;
        sync["next_batch"].as_str().context("a token")?.clone_into(&mut self.since);
        self.first = self.look(whom, rooms).await?;
        Ok(())
    }

    /// The things they find out now and could not at first, a line each.
    pub async fn finds_out(&self, whom: &[String], rooms: &[String]) -> Result<Vec<String>> {
        let now = self.look(whom, rooms).await?;
        let both = self.first.iter().zip(&now).filter(|(first, now)| first != now);
        let line = |((asked, first), (_, now)): (&(String, String), &(String, String))| {
            format!("{} asks {asked}: …{}…, not …{}…", self.name, differing(now, first), differing(first, now))
        };
        Ok(both.map(line).collect())
    }

    /// Everything they can ask, and the answers without what means nothing.
    async fn look(&self, whom: &[String], rooms: &[String]) -> Result<Vec<(String, String)>> {
        let mut found = Vec::new();
        for (method, path, body) in self.questions(whom, rooms) {
            let path_of = format!("/_matrix/client/{path}");
            let answer = match method {
                "POST" => self.api.post(&path_of, &body).await?,
                _ => self.api.get(&path_of).await?,
            };
            found.push((plain(&format!("{method} {path} {body}"), rooms), plain(&told(answer), rooms)));
        }
        Ok(found)
    }

    fn questions(&self, whom: &[String], rooms: &[String]) -> Vec<(&'static str, String, Value)> {
        let get = |path: String| ("GET", path, Value::Null);
        let mut questions = vec![
            get("v3/sync?timeout=0&full_state=true".to_owned()),
            get(format!("v3/sync?timeout=0&since={}", self.since)),
            get("v3/joined_rooms".to_owned()),
            get("v3/publicRooms".to_owned()),
            get("v3/notifications".to_owned()),
            ("POST", "v3/publicRooms".to_owned(), json!({ "filter": { "generic_search_term": "quiet" } })),
            ("POST", "unstable/org.matrix.simplified_msc3575/sync".to_owned(), sliding()),
        ];
        let own = self.guest.person.client().joined_rooms();
        let mut own: Vec<String> = own.iter().map(|room| room.room_id().to_string()).collect();
        own.sort();
        for room in own {
            questions.push(get(format!("v1/rooms/{room}/hierarchy")));
            questions.push(get(format!("v3/rooms/{room}/members")));
            questions.push(get(format!("v3/rooms/{room}/messages?dir=b&limit=100")));
        }
        for user in whom {
            let localpart = user.trim_start_matches('@').split(':').next().unwrap_or_default();
            let alias = user.replacen('@', "%23", 1);
            questions.extend([
                ("POST", "v3/user_directory/search".to_owned(), json!({ "search_term": localpart })),
                get(format!("v3/profile/{user}")),
                get(format!("v3/presence/{user}/status")),
                ("POST", "v3/keys/query".to_owned(), json!({ "device_keys": { user: [] } })),
                get(format!("unstable/uk.half-shot.msc2666/user/mutual_rooms?user_id={user}")),
                get(format!("v3/directory/room/{alias}")),
                get(format!("v3/rooms/{}/state/m.room.member/{user}", self.guest.room)),
            ]);
        }
        for at in 0..ROOMS {
            let room = rooms.get(at).cloned().unwrap_or_else(|| never(at));
            questions.extend(
                ["state", "members", "joined_members", "messages?dir=b", "aliases"]
                    .map(|what| get(format!("v3/rooms/{room}/{what}"))),
            );
            // A room's summary tells whether there is such a room, for any room. Nobody can guess its id.
        }
        questions
    }
}

/// A client that shows all its rooms at once.
fn sliding() -> Value {
    let room = json!({ "required_state": [["*", "*"]], "timeline_limit": 20 });
    json!({
        "lists": { "all": { "ranges": [[0, 99]], "required_state": room["required_state"], "timeline_limit": 20 } },
        "extensions": {
            "to_device": { "enabled": true }, "e2ee": { "enabled": true }, "account_data": { "enabled": true },
            "receipts": { "enabled": true }, "typing": { "enabled": true },
        },
    })
}

/// A room that there never was.
fn never(at: usize) -> String {
    format!("!{at}{}", "N".repeat(42))
}

/// The part of one text from where it is not as another, with a little before it.
fn differing<'a>(text: &'a str, other: &str) -> &'a str {
    let same = text.bytes().zip(other.bytes()).take_while(|(one, two)| one == two).count();
    let (from, to) = (text.floor_char_boundary(same.saturating_sub(80)), text.floor_char_boundary(same + 200));
    &text[from..to]
}

fn told(answer: Answer) -> String {
    let Answer { status, mut body } = answer;
    strip(&mut body);
    format!("{status} {body}")
}

/// Takes away fields that mean nothing, at any depth.
fn strip(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !FRESH.contains(&name.as_str()));
            // A list that has room for all rooms has them in no order.
            if let Some(Value::Array(rooms)) = fields.get_mut("room_ids") {
                rooms.sort_by_key(Value::to_string);
            }
            fields.values_mut().for_each(strip);
        }
        Value::Array(values) => values.iter_mut().for_each(strip),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The text with the rooms that were asked about, and those that there never were, by their places.
fn plain(text: &str, rooms: &[String]) -> String {
    let rooms = rooms.iter().cloned().enumerate();
    let named = rooms.chain((0..ROOMS).map(|at| (at, never(at))));
    named.fold(text.to_owned(), |text, (at, room)| text.replace(&room, &format!("room {at}")))
}
