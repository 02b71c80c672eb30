//! Putting a question twice, about the member and about nobody, and comparing the answers.

use lodge_demo::homeserver::{Answer, Api};
use serde_json::Value;

use super::place::{Place, Somebody};
use super::questions::{Expected, Question};

/// Fields that the homeserver makes afresh for each answer, and that mean nothing: the id of a log-in, registration or
/// validation that was begun, a number to be used once, and the id of a room just made.
const FRESH: [&str; 4] = ["session", "sid", "nonce", "room_id"];

/// An account that asks, or nobody's.
pub struct Asker {
    /// Its part in the probe, in a word.
    pub who: &'static str,
    /// Calls with their token, if they have one.
    pub api: Api,
}

/// Puts a question and returns the words in which the two answers give something away, if they do.
pub async fn leak(place: &Place, question: &Question, asker: &Asker) -> Option<String> {
    let (method, path) = question.route.split_once(' ').unwrap();
    let path = format!("/_matrix/client/{path}{}", question.query);
    let why = compare(place, method, &path, question, asker).await?;
    Some(format!("{}, {} {}{}: {why}", asker.who, question.route, question.query, question.body))
}

/// Puts a question at any path, with the body and the expected answer of `question`.
pub async fn compare(place: &Place, method: &str, path: &str, question: &Question, asker: &Asker) -> Option<String> {
    let Asker { api, who } = asker;
    let put = async |about: &Somebody| {
        let fill = |text: &str, encoded: bool| fill(text, encoded, &|name| value(name, path, place, about, who));
        call(api, method, &fill(path, true), &fill(question.body, false)).await
    };
    let target = put(&place.target).await;
    let nobody = put(&place.nobody).await;
    let told = || {
        format!("about the member {} {}, about nobody {} {}", target.status, target.body, nobody.status, nobody.body)
    };
    let unnamed = !names(&target.body, &place.target);
    let right = match question.answer {
        // Some answers repeat the question, so the member's name may come up where the member was asked about.
        Expected::Alike => {
            let alike = without(&target, &place.target) == without(&nobody, &place.nobody);
            alike && !names(&nobody.body, &place.target)
        }
        Expected::GivenAway => without(&target, &place.target) == without(&nobody, &place.nobody),
        Expected::Refused => unnamed && target.status >= 400,
        Expected::Unnamed | Expected::Own | Expected::Farewell => unnamed,
    };
    if right { None } else { Some(told()) }
}

/// Makes a call with any method.
pub async fn call(api: &Api, method: &str, path: &str, body: &str) -> Answer {
    let body = serde_json::from_str(body).unwrap_or_else(|error| panic!("{path}: {error}: {body}"));
    let answer = match method {
        "GET" => api.get(path).await,
        "POST" => api.post(path, &body).await,
        "PUT" => api.put(path, &body).await,
        "DELETE" => api.delete(path).await,
        other => panic!("{other} {path}: nobody knows how to make this call"),
    };
    answer.unwrap()
}

/// Whether an answer names somebody, in any way.
pub fn names(body: &Value, who: &Somebody) -> bool {
    let text = body.to_string();
    [who.localpart, who.name, who.email, who.phone].iter().any(|name| text.contains(name))
}

/// Puts a value into each pair of braces around a name. A body has other braces too.
fn fill(text: &str, encoded: bool, value: &dyn Fn(&str) -> String) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let name = after.split_once('}').map(|(name, _)| name);
        match name.filter(|name| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c == '_')) {
            Some(name) => {
                let value = value(name);
                filled.push_str(&if encoded { percent_encoded(&value) } else { value });
                rest = &after[name.len() + 1..];
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled + rest
}

/// The value of a parameter of this name, in a question about somebody.
fn value(name: &str, path: &str, place: &Place, about: &Somebody, who: &str) -> String {
    let value = match name {
        "user_id" | "target_user_id" | "state_key" | "external_id" => &about.user,
        "localpart" => about.localpart,
        "name" => about.name,
        "email" | "address" => about.email,
        "phone" => about.phone,
        "room_id" | "room_identifier" => &about.room,
        "event_id" | "parent_id" => &about.event,
        "room_alias" => return format!("#{}:{}", about.localpart, place.homeserver.server_name()),
        // The homeserver remembers its answer to each transaction id.
        "txn_id" => return format!("{}-{}", about.localpart, who.replace(' ', "-")),
        "since" => "s1_0_0_0_0_0_0_0_0_0_0_0_0",
        "server_name" => place.homeserver.server_name(),
        "destination" => "elsewhere.example",
        "event_type" if path.contains("/send/") => "m.room.message",
        "event_type" => "m.room.member",
        "account_data_type" => "m.direct",
        "receipt_type" => "m.read",
        "relation_type" => "m.annotation",
        "field_name" => "m.tz",
        "medium" => "email",
        "stagetype" => "m.login.registration_token",
        "appservice_id" => "lodge",
        "path" => "pushrules/global/override/m.no.such.rule",
        "filter_id" | "version" => "1",
        // Nobody can guess these, so that nothing can be asked by them.
        "device_id" | "media_id" | "file_name" | "session_id" | "delay_id" | "message_type" | "tag" | "protocol"
        | "network_id" | "provider" | "token" | "report_id" | "delete_id" | "purge_id" | "redact_id" => "MADEUP",
        other => panic!("{path}: nobody has said what is to be asked by {other}"),
    };
    value.to_owned()
}

fn percent_encoded(value: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    value.bytes().map(byte).collect()
}

/// The answer without the names in the question, and without the fields that are new in every answer.
fn without(answer: &Answer, about: &Somebody) -> (u16, String) {
    let mut body = answer.body.clone();
    if let Value::Object(fields) = &mut body {
        fields.retain(|name, _| !FRESH.contains(&name.as_str()));
    }
    let mut text = body.to_string();
    for named in [&about.user, &about.room, &about.event, about.localpart, about.name, about.email, about.phone] {
        text = text.replace(named, "…");
    }
    (answer.status, text)
}
