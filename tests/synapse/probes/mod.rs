//! No call of a client shows who else is a member, outside the rooms that one shares.
//!
//! A student puts every question that Synapse answers twice: about a member, who has a conversation with the porter and
//! shares no room with the student, and about an address that nobody has. The two answers must be equal, status and
//! body, but for the names in the question itself. The time that an answer takes is not compared.
//!
//! Things that Synapse gives away whatever its settings are named here as such ([`Expected::GivenAway`] and the tests
//! that begin with `synapse_tells`); they fail when it no longer does, so that `docs/security.md` can be corrected.

mod asking;
mod place;
mod questions;

use std::collections::BTreeSet;

use lodge_demo::homeserver::{Answer, Api};
use lodge_plumbing::privacy::privacy_settings;
use serde_json::{Value, json};

use self::asking::{Asker, compare, leak, names};
use self::place::Place;
use self::questions::{ELSEWHERE, Expected, Question, about_people, questions};

const CLIENTS: &str = "/_matrix/client/";

/// The questions that leak with the settings as Synapse comes, each with the setting that closes it.
const STOCK: [(&str, &str); 16] = [
    ("GET v3/profile/{user_id}", "require_auth_for_profile_requests"),
    ("GET v3/profile/{user_id}", "limit_profile_requests_to_users_who_share_rooms"),
    ("GET v3/profile/{user_id}/avatar_url", "limit_profile_requests_to_users_who_share_rooms"),
    ("GET v3/profile/{user_id}/displayname", "limit_profile_requests_to_users_who_share_rooms"),
    ("GET v3/profile/{user_id}/{field_name}", "limit_profile_requests_to_users_who_share_rooms"),
    ("POST v3/user_directory/search", "user_directory"),
    ("GET v3/publicRooms", "enable_room_list_search"),
    ("POST v3/publicRooms", "enable_room_list_search"),
    ("POST v3/keys/query", "experimental_features"),
    ("GET v3/register/available", "inhibit_user_in_use_error"),
    ("POST v3/register", "inhibit_user_in_use_error"),
    ("POST v3/register/email/requestToken", "request_token_inhibit_3pid_errors"),
    ("POST v3/account/password/email/requestToken", "request_token_inhibit_3pid_errors"),
    ("POST v3/account/3pid/email/requestToken", "request_token_inhibit_3pid_errors"),
    ("POST v3/register/msisdn/requestToken", "allowed_local_3pids"),
    ("POST v3/rooms/{room_id}/report", "experimental_features"),
];

/// Settings that these probes cannot tell from Synapse's own. The content of an invitation has a test of its own;
/// presence shows to people who share a room, other servers are not there to ask, and the rest is not about secrecy.
const UNSEEN: [&str; 6] = [
    "include_profile_data_on_invite",
    "presence",
    "federation_domain_whitelist",
    "caches",
    "enable_registration",
    "registration_requires_token",
];

#[tokio::test]
async fn c11_a_student_cannot_find_out_by_any_call_who_else_is_a_member() {
    let place = Place::written().await;
    let mut found = Vec::new();
    for (question, leak) in all_leaks(place).await {
        match question.answer {
            Expected::GivenAway => {}
            Expected::Alike | Expected::Unnamed | Expected::Refused | Expected::Own | Expected::Farewell => {
                found.push(leak);
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[tokio::test]
async fn with_synapses_own_settings_the_same_calls_tell() {
    let kept = ["enable_registration", "registration_requires_token"];
    let names = privacy_settings().into_iter().map(|setting| setting.name);
    let place = Place::without(names.filter(|name| !kept.contains(name)).collect()).await;
    let leaks = all_leaks(&place).await;
    let told: BTreeSet<&str> = leaks
        .iter()
        .filter(|(question, _)| question.answer != Expected::GivenAway)
        .map(|(question, _)| question.route)
        .collect();
    assert_eq!(told, STOCK.iter().map(|(route, _)| *route).collect());
    let (_, leaks) = invite(&place).await;
    assert!(leaks.iter().any(|leak| leak.contains("\"membership\":\"invite\"")), "{leaks:#?}");
}

#[test]
fn every_privacy_setting_is_seen_to_matter_or_said_not_to_be_seen() {
    let settings: BTreeSet<_> = privacy_settings().into_iter().map(|setting| setting.name).collect();
    let named = STOCK.iter().map(|(_, setting)| *setting).chain(UNSEEN).collect();
    assert_eq!(settings, named);
}

#[tokio::test]
async fn every_path_of_synapse_is_probed() {
    let registered = Place::written().await.routes();
    let clients = registered.iter().filter_map(|(method, path)| Some((method, path.strip_prefix(CLIENTS)?)));
    let clients: BTreeSet<String> = clients.map(|(method, path)| format!("{method} {path}")).collect();
    let asked: BTreeSet<String> = questions().map(|question| question.route.to_owned()).collect();
    let unknown: Vec<_> = clients.difference(&asked).collect();
    let gone: Vec<_> = asked.difference(&clients).collect();
    assert!(unknown.is_empty() && gone.is_empty(), "nobody has looked at {unknown:#?}; these are no more: {gone:#?}");
    assert!(clients.len() > 150, "only {} paths were listed", clients.len());
}

#[tokio::test]
async fn administrators_paths_and_other_servers_paths_tell_a_student_nothing() {
    let place = Place::written().await;
    let registered = place.routes();
    let administration = registered.iter().filter(|(_, path)| !path.starts_with(CLIENTS));
    let administration = administration.map(|(method, path)| (method.as_str(), path.as_str()));
    let mut leaks = Vec::new();
    for (method, path) in administration.chain(ELSEWHERE.iter().copied()) {
        for asker in askers(place) {
            leaks.extend(compare(place, method, path, &Question::further("{}"), &asker).await);
        }
    }
    assert!(leaks.is_empty(), "{leaks:#?}");
}

#[tokio::test]
async fn a_shared_space_tells_nothing_of_the_rooms_in_it_that_one_is_not_in() {
    let place = Place::written().await;
    let path = format!("/_matrix/client/v1/rooms/{}/hierarchy", place.space);
    let hierarchy = place.student().get(&path).await.unwrap().ok().unwrap();
    let rooms: Vec<&str> =
        hierarchy["rooms"].as_array().unwrap().iter().filter_map(|room| room["room_id"].as_str()).collect();
    assert_eq!(rooms, [place.space.as_str()], "{hierarchy}");
    assert!(!names(&hierarchy, &place.target), "{hierarchy}");
}

#[tokio::test]
async fn synapse_tells_whoever_invites_somebody_their_devices_and_nothing_else() {
    let place = Place::written().await;
    let (inviter, leaks) = invite(place).await;
    assert!(leaks.is_empty(), "{leaks:#?}");
    let mut told = BTreeSet::new();
    for question in about_people() {
        if leak(place, question, &inviter).await.is_some() {
            told.insert(question.route);
        }
    }
    assert_eq!(told, BTreeSet::from(["POST v3/keys/query"]));
}

#[tokio::test]
async fn synapse_tells_who_has_an_identity_for_cross_signing_to_whoever_tries_to_sign_it() {
    let place = Place::written().await;
    let [student, _] = askers(place);
    let given_away: Vec<_> = questions().filter(|question| question.answer == Expected::GivenAway).collect();
    for question in &given_away {
        let told = leak(place, question, &student).await;
        assert!(told.is_some_and(|told| told.contains("No master key found")), "{}", question.route);
    }
    assert_eq!(given_away.len(), 1);
}

#[tokio::test]
async fn synapse_tells_whoever_holds_a_registration_link_that_a_user_name_is_taken() {
    let place = Place::written().await;
    let administrator = place.homeserver.administrator().await.unwrap();
    let link = json!({ "token": "one-link", "uses_allowed": 1 });
    administrator.post("/_synapse/admin/v1/registration_tokens/new", &link).await.unwrap().ok().unwrap();
    let stranger = place.stranger();
    let session = begin(&stranger).await;
    let in_use = register(&stranger, &session, place.target.localpart).await;
    assert_eq!((in_use.status, in_use.error_code()), (400, Some("M_USER_IN_USE")), "{in_use:?}");
    // The link serves nobody else until that session is forgotten after two days.
    let other = register(&stranger, &begin(&stranger).await, "sanderling").await;
    assert_eq!((other.status, other.error_code()), (401, Some("M_UNAUTHORIZED")), "{other:?}");
    let free = register(&stranger, &session, "dunlin").await;
    assert_eq!(free.status, 200, "whoever began with the link could not choose another name: {free:?}");
}

/// The student, and somebody without an account.
fn askers(place: &Place) -> [Asker; 2] {
    [Asker { who: "the student", api: place.student() }, Asker { who: "a stranger", api: place.stranger() }]
}

/// The leaks of all questions.
async fn all_leaks(place: &Place) -> Vec<(&'static Question, String)> {
    let [student, stranger] = askers(place);
    let mut leaks = Vec::new();
    for question in questions() {
        if question.answer != Expected::Farewell {
            leaks.extend(leak(place, question, &student).await.map(|leak| (question, leak)));
        }
        leaks.extend(leak(place, question, &stranger).await.map(|leak| (question, leak)));
    }
    leaks
}

/// Invites the member and nobody to a room of a student's own; returns the student, and the differences in the
/// homeserver's answers and in the inviter's view of the room.
async fn invite(place: &Place) -> (Asker, Vec<String>) {
    let inviter = Asker { who: "an inviter", api: place.another_student("inviter").await };
    let room = json!({ "preset": "private_chat" });
    let room = inviter.api.post("/_matrix/client/v3/createRoom", &room).await.unwrap().ok().unwrap();
    let room = format!("/_matrix/client/v3/rooms/{}", room["room_id"].as_str().unwrap());
    let invitation = Question::further(r#"{"user_id":"{user_id}"}"#);
    let mut leaks = Vec::new();
    for (method, path) in
        [("POST", "invite"), ("GET", "state/m.room.member/{user_id}"), ("POST", "kick"), ("POST", "invite")]
    {
        leaks.extend(compare(place, method, &format!("{room}/{path}"), &invitation, &inviter).await);
    }
    (inviter, leaks)
}

/// Begins a registration, and says which.
async fn begin(api: &Api) -> Value {
    let begun = api.post("/_matrix/client/v3/register", &json!({})).await.unwrap();
    begun.body["session"].clone()
}

/// Goes through a registration with the one link, to its end.
async fn register(api: &Api, session: &Value, localpart: &str) -> Answer {
    let stage = async |kind: &str| {
        let auth = json!({ "type": kind, "session": session, "token": "one-link" });
        let request = json!({ "username": localpart, "password": "correct horse", "auth": auth });
        api.post("/_matrix/client/v3/register", &request).await.unwrap()
    };
    let answer = stage("m.login.registration_token").await;
    if answer.error_code().is_some() { answer } else { stage("m.login.dummy").await }
}
