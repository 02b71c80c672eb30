//! Every question that a client can put to Synapse, with an address, a room or a name in it wherever there is place for one.
//!
//! `routes.py` lists the paths by running Synapse's own registration code with the homeserver's own configuration; a path
//! that is not asked about here, and one that is here and not there, fails `every_path_of_synapse_is_probed`. Where
//! several versions of a path share one implementation, one of them stands for all. Below `/_synapse/admin` nothing needs
//! to be listed: whatever is there must be refused.

/// A question that a client can put to the homeserver.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// The method, and the path below `/_matrix/client/` with its parameters in braces.
    pub route: &'static str,
    /// The rest of the address, with its question mark.
    pub query: &'static str,
    /// The body, which GET and DELETE go without.
    pub body: &'static str,
    /// The answer that gives nothing away.
    pub answer: Expected,
}

/// An answer by which nobody learns anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// The same, whether it is about the member or about nobody.
    Alike,
    /// Nothing that names the member. Somebody with the id of a room or a message, which nobody can guess, learns at
    /// most that there is one.
    Unnamed,
    /// The same as [`Self::Unnamed`], and a refusal.
    Refused,
    /// About the student's own affairs, in which the member is not named.
    Own,
    /// The end of the student's session, so that only strangers ask.
    Farewell,
    /// Known to be different, with nothing to be done about it. `docs/security.md` says so.
    GivenAway,
}

const fn ask(route: &'static str, answer: Expected) -> Question {
    Question { route, query: "", body: "{}", answer }
}

const fn alike(route: &'static str) -> Question {
    ask(route, Expected::Alike)
}

const fn refused(route: &'static str) -> Question {
    ask(route, Expected::Refused)
}

const fn unnamed(route: &'static str) -> Question {
    ask(route, Expected::Unnamed)
}

const fn own(route: &'static str) -> Question {
    ask(route, Expected::Own)
}

impl Question {
    /// One that is not in the list, and whose two answers must be alike.
    pub const fn further(body: &'static str) -> Self {
        alike("").body(body)
    }

    const fn query(self, query: &'static str) -> Self {
        Self { query, ..self }
    }

    const fn body(self, body: &'static str) -> Self {
        Self { body, ..self }
    }
}

/// The questions about people.
pub fn about_people() -> impl Iterator<Item = &'static Question> {
    PEOPLE.iter()
}

/// All of them, the student's own affairs first.
pub fn questions() -> impl Iterator<Item = &'static Question> {
    OWN.iter().chain(PEOPLE).chain(ACCOUNTS).chain(ROOMS).chain(INVITING)
}

/// Outside the interface of clients: what other servers and browsers are answered. A method and a path each.
pub const ELSEWHERE: &[(&str, &str)] = &[
    ("GET", "/_matrix/federation/v1/query/profile?user_id={user_id}"),
    ("GET", "/_matrix/federation/v1/user/devices/{user_id}"),
    ("POST", "/_matrix/federation/v1/user/keys/query"),
    ("GET", "/_matrix/federation/v1/publicRooms"),
    ("GET", "/_matrix/federation/v1/state_ids/{room_id}?event_id={event_id}"),
    ("GET", "/_matrix/federation/v1/make_join/{room_id}/{user_id}"),
    ("GET", "/_matrix/federation/v1/hierarchy/{room_id}"),
    ("GET", "/_matrix/federation/v1/openid/userinfo?access_token={token}"),
    ("GET", "/_matrix/media/v3/download/{server_name}/{media_id}"),
    ("GET", "/_synapse/client/pick_username/check?username={localpart}"),
    ("GET", "/_synapse/client/unsubscribe?access_token={token}&app_id=m.email&pushkey={email}"),
    ("GET", "/_synapse/client/password_reset/email/submit_token?token={token}&client_secret=abc&sid=1"),
    ("GET", "/.well-known/matrix/client"),
];

/// The questions about people.
const PEOPLE: &[Question] = &[
    alike("POST v3/user_directory/search").body(r#"{"search_term":"{name}"}"#),
    alike("POST v3/user_directory/search").body(r#"{"search_term":"{user_id}"}"#),
    alike("GET v3/profile/{user_id}"),
    alike("GET v3/profile/{user_id}/displayname"),
    alike("GET v3/profile/{user_id}/avatar_url"),
    alike("GET v3/profile/{user_id}/{field_name}"),
    alike("PUT v3/profile/{user_id}/displayname").body(r#"{"displayname":"Somebody else"}"#),
    alike("PUT v3/profile/{user_id}/avatar_url").body(r#"{"avatar_url":"mxc://example/other"}"#),
    alike("PUT v3/profile/{user_id}/{field_name}").body(r#"{"m.tz":"Europe/Paris"}"#),
    alike("DELETE v3/profile/{user_id}/displayname"),
    alike("DELETE v3/profile/{user_id}/avatar_url"),
    alike("DELETE v3/profile/{user_id}/{field_name}"),
    alike("POST v3/keys/query").body(r#"{"device_keys":{"{user_id}":[]}}"#),
    alike("POST v3/keys/claim").body(r#"{"one_time_keys":{"{user_id}":{"{device_id}":"signed_curve25519"}}}"#),
    ask("POST v3/keys/signatures/upload", Expected::GivenAway).body(r#"{"{user_id}":{"{device_id}":{}}}"#),
    alike("GET v3/presence/{user_id}/status"),
    alike("PUT v3/presence/{user_id}/status").body(r#"{"presence":"online"}"#),
    alike("GET v1/mutual_rooms").query("?user_id={user_id}"),
    alike("PUT v3/sendToDevice/{message_type}/{txn_id}").body(r#"{"messages":{"{user_id}":{"*":{"greeting":"hello"}}}}"#),
    alike("POST v3/users/{target_user_id}/report").body(r#"{"reason":"none"}"#),
    alike("GET v3/admin/whois/{user_id}"),
    alike("GET v3/user/{user_id}/account_data/{account_data_type}"),
    alike("PUT v3/user/{user_id}/account_data/{account_data_type}"),
    alike("POST v3/user/{user_id}/filter"),
    alike("GET v3/user/{user_id}/filter/{filter_id}"),
    alike("POST v3/user/{user_id}/openid/request_token"),
    alike("GET v3/thirdparty/user/{protocol}").query("?userid={user_id}&fields={name}"),
    alike("GET v3/thirdparty/location/{protocol}").query("?alias={room_alias}"),
    alike("POST v3/search").body(r#"{"search_categories":{"room_events":{"search_term":"{localpart}"}}}"#),
    unnamed("POST v3/search").body(
        r#"{"search_categories":{"room_events":{"search_term":"morning","filter":{"senders":["{user_id}"],"rooms":["{room_id}"]}}}}"#,
    ),
];

/// About accounts: their names, and the addresses and numbers by which they can be reached.
const ACCOUNTS: &[Question] = &[
    alike("GET v3/register/available").query("?username={localpart}"),
    alike("POST v3/register").body(r#"{"username":"{localpart}","password":"correct horse"}"#),
    alike("POST v3/register").query("?kind=guest"),
    alike("GET v1/register/m.login.registration_token/validity").query("?token={localpart}"),
    alike("POST v3/register/email/requestToken").body(r#"{"email":"{email}","client_secret":"abc","send_attempt":1}"#),
    alike("POST v3/register/msisdn/requestToken")
        .body(r#"{"country":"GB","phone_number":"{phone}","client_secret":"abc","send_attempt":1}"#),
    alike("GET unstable/registration/{medium}/submit_token").query("?token=1&client_secret=abc&sid=1"),
    alike("GET v3/login"),
    alike("POST v3/login").body(
        r#"{"type":"m.login.password","identifier":{"type":"m.id.user","user":"{user_id}"},"password":"wrong"}"#,
    ),
    alike("POST v3/login").body(
        r#"{"type":"m.login.password","identifier":{"type":"m.id.user","user":"{localpart}"},"password":"wrong"}"#,
    ),
    alike("POST v3/login").body(r#"{"type":"m.login.password","identifier":{"type":"m.id.thirdparty","medium":"email","address":"{email}"},"password":"wrong"}"#),
    alike("POST v3/login").body(r#"{"type":"m.login.password","identifier":{"type":"m.id.phone","country":"GB","phone":"{phone}","number":"{phone}"},"password":"wrong"}"#),
    alike("POST v3/login").body(
        r#"{"type":"m.login.application_service","identifier":{"type":"m.id.user","user":"{user_id}"}}"#,
    ),
    alike("POST v3/account/password").body(r#"{"new_password":"correct horse","auth":{"type":"m.login.password","identifier":{"type":"m.id.user","user":"{user_id}"},"password":"wrong"}}"#),
    alike("POST v3/account/deactivate").body(r#"{"auth":{"type":"m.login.password","identifier":{"type":"m.id.user","user":"{user_id}"},"password":"wrong"}}"#),
    alike("POST v3/account/password/email/requestToken")
        .body(r#"{"email":"{email}","client_secret":"abc","send_attempt":1}"#),
    alike("POST v3/account/3pid/email/requestToken")
        .body(r#"{"email":"{email}","client_secret":"abc","send_attempt":1}"#),
    alike("POST v3/account/3pid/msisdn/requestToken")
        .body(r#"{"country":"GB","phone_number":"{phone}","client_secret":"abc","send_attempt":1}"#),
    alike("POST v3/account/3pid").body(r#"{"three_pid_creds":{"client_secret":"abc","sid":"1"}}"#),
    alike("POST v3/account/3pid/add").body(r#"{"client_secret":"abc","sid":"1"}"#),
    alike("POST v3/account/3pid/bind")
        .body(r#"{"client_secret":"abc","sid":"1","id_server":"localhost:1","id_access_token":"none"}"#),
    alike("POST v3/account/3pid/delete").body(r#"{"medium":"email","address":"{email}"}"#),
    alike("POST v3/account/3pid/unbind").body(r#"{"medium":"email","address":"{email}","id_server":"localhost:1"}"#),
    alike("GET unstable/add_threepid/email/submit_token").query("?token=1&client_secret=abc&sid=1"),
    alike("POST unstable/add_threepid/msisdn/submit_token").body(r#"{"token":"1","client_secret":"abc","sid":"1"}"#),
    alike("GET v3/auth/{stagetype}/fallback/web").query("?session=none"),
    alike("POST v3/auth/{stagetype}/fallback/web").query("?session=none"),
    alike("GET v3/account_validity/renew").query("?token={localpart}"),
    alike("POST v3/account_validity/send_mail"),
    alike("POST v3/refresh").body(r#"{"refresh_token":"none"}"#),
    alike("POST v3/tokenrefresh"),
    alike("POST v1/appservice/{appservice_id}/ping"),
];

/// Questions with an invitation, which are put after the others.
const INVITING: &[Question] = &[
    alike("POST v3/createRoom").body(r#"{"preset":"private_chat","invite":["{user_id}"]}"#),
    alike("PUT v3/createRoom/{txn_id}").body(r#"{"preset":"trusted_private_chat","invite":["{user_id}"]}"#),
];

/// Questions about rooms and the messages in them.
const ROOMS: &[Question] = &[
    alike("GET v3/publicRooms"),
    alike("GET v3/publicRooms").query("?server=elsewhere.example"),
    alike("POST v3/publicRooms").body(r#"{"filter":{"generic_search_term":"{name}"}}"#),
    alike("POST v3/publicRooms")
        .query("?server=elsewhere.example")
        .body(r#"{"filter":{"generic_search_term":"{name}"}}"#),
    alike("GET v3/directory/room/{room_alias}"),
    alike("DELETE v3/directory/room/{room_alias}"),
    refused("PUT v3/directory/room/{room_alias}").body(r#"{"room_id":"{room_id}"}"#),
    unnamed("GET v3/directory/list/room/{room_id}"),
    refused("PUT v3/directory/list/room/{room_id}").body(r#"{"visibility":"public"}"#),
    alike("PUT v3/directory/list/appservice/{network_id}/{room_id}").body(r#"{"visibility":"public"}"#),
    alike("DELETE v3/directory/list/appservice/{network_id}/{room_id}"),
    unnamed("GET v1/room_summary/{room_identifier}"),
    unnamed("GET unstable/im.nheko.summary/summary/{room_identifier}"),
    unnamed("GET unstable/im.nheko.summary/rooms/{room_identifier}/summary"),
    alike("GET v1/rooms/{room_id}/hierarchy"),
    alike("GET v3/rooms/{room_id}/members"),
    alike("GET v3/rooms/{room_id}/joined_members"),
    alike("GET v3/rooms/{room_id}/state"),
    alike("GET v3/rooms/{room_id}/state/{event_type}"),
    alike("GET v3/rooms/{room_id}/state/{event_type}/{state_key}"),
    alike("GET v3/rooms/{room_id}/messages").query("?dir=b"),
    alike("GET v3/rooms/{room_id}/initialSync"),
    alike("GET v3/rooms/{room_id}/aliases"),
    alike("GET unstable/org.matrix.msc2432/rooms/{room_id}/aliases"),
    unnamed("GET v3/rooms/{room_id}/context/{event_id}"),
    alike("GET v3/rooms/{room_id}/event/{event_id}"),
    alike("GET v1/rooms/{room_id}/relations/{parent_id}/{relation_type}/{event_type}"),
    alike("GET v1/rooms/{room_id}/threads"),
    alike("GET v1/rooms/{room_id}/timestamp_to_event").query("?ts=0&dir=f"),
    unnamed("GET v3/events/{event_id}"),
    refused("POST v3/join/{room_identifier}"),
    refused("PUT v3/join/{room_identifier}/{txn_id}"),
    refused("POST v3/knock/{room_identifier}"),
    refused("POST v3/rooms/{room_id}/join"),
    refused("PUT v3/rooms/{room_id}/join/{txn_id}"),
    refused("POST v3/rooms/{room_id}/leave"),
    refused("PUT v3/rooms/{room_id}/leave/{txn_id}"),
    refused("POST v3/rooms/{room_id}/invite").body(r#"{"user_id":"{user_id}"}"#),
    refused("PUT v3/rooms/{room_id}/invite/{txn_id}").body(r#"{"user_id":"{user_id}"}"#),
    refused("POST v3/rooms/{room_id}/kick").body(r#"{"user_id":"{user_id}"}"#),
    refused("PUT v3/rooms/{room_id}/kick/{txn_id}").body(r#"{"user_id":"{user_id}"}"#),
    refused("POST v3/rooms/{room_id}/ban").body(r#"{"user_id":"{user_id}"}"#),
    refused("PUT v3/rooms/{room_id}/ban/{txn_id}").body(r#"{"user_id":"{user_id}"}"#),
    refused("POST v3/rooms/{room_id}/unban").body(r#"{"user_id":"{user_id}"}"#),
    refused("PUT v3/rooms/{room_id}/unban/{txn_id}").body(r#"{"user_id":"{user_id}"}"#),
    alike("POST v3/rooms/{room_id}/forget"),
    alike("PUT v3/rooms/{room_id}/forget/{txn_id}"),
    unnamed("POST v3/rooms/{room_id}/read_markers").body(r#"{"m.fully_read":"{event_id}"}"#),
    unnamed("POST v3/rooms/{room_id}/receipt/{receipt_type}/{event_id}"),
    refused("POST v3/rooms/{room_id}/redact/{event_id}"),
    refused("PUT v3/rooms/{room_id}/redact/{event_id}/{txn_id}"),
    alike("POST v3/rooms/{room_id}/report").body(r#"{"reason":"none"}"#),
    alike("POST v3/rooms/{room_id}/report/{event_id}").body(r#"{"reason":"none"}"#),
    refused("POST v3/rooms/{room_id}/send/{event_type}"),
    refused("PUT v3/rooms/{room_id}/send/{event_type}/{txn_id}"),
    refused("PUT v3/rooms/{room_id}/send/{event_type}/{txn_id}").query("?org.matrix.msc4140.delay=1000"),
    refused("PUT v3/rooms/{room_id}/state/{event_type}").body(r#"{"membership":"invite"}"#),
    refused("PUT v3/rooms/{room_id}/state/{event_type}/{state_key}").body(r#"{"membership":"invite"}"#),
    refused("PUT v3/rooms/{room_id}/typing/{user_id}").body(r#"{"typing":true,"timeout":1000}"#),
    refused("POST v3/rooms/{room_id}/upgrade").body(r#"{"new_version":"12"}"#),
    alike("GET v3/user/{user_id}/rooms/{room_id}/account_data/{account_data_type}"),
    alike("PUT v3/user/{user_id}/rooms/{room_id}/account_data/{account_data_type}"),
    alike("GET v3/user/{user_id}/rooms/{room_id}/tags"),
    alike("PUT v3/user/{user_id}/rooms/{room_id}/tags/{tag}"),
    alike("DELETE v3/user/{user_id}/rooms/{room_id}/tags/{tag}"),
    alike("GET v3/room_keys/keys/{room_id}/{session_id}").query("?version=1"),
    alike("PUT v3/room_keys/keys/{room_id}/{session_id}").query("?version=1"),
    alike("DELETE v3/room_keys/keys/{room_id}/{session_id}").query("?version=1"),
    alike("GET v1/media/download/{server_name}/{media_id}/{file_name}"),
    alike("GET v1/media/thumbnail/{server_name}/{media_id}").query("?width=8&height=8"),
];

/// About the student's own affairs.
const OWN: &[Question] = &[
    own("GET v3/sync").query("?timeout=0&full_state=true"),
    own("POST unstable/org.matrix.simplified_msc3575/sync").query("?timeout=0").body(
        r#"{"lists":{"all":{"ranges":[[0,99]],"required_state":[["*","*"]],"timeline_limit":50}},"extensions":{"e2ee":{"enabled":true},"to_device":{"enabled":true},"account_data":{"enabled":true},"receipts":{"enabled":true},"typing":{"enabled":true}}}"#,
    ),
    own("GET v3/initialSync"),
    own("GET v3/events").query("?timeout=0"),
    own("GET v3/joined_rooms"),
    own("GET v3/keys/changes").query("?from={since}&to={since}"),
    own("GET v3/notifications"),
    own("GET v3/account/3pid"),
    own("GET v3/account/whoami"),
    own("GET v3/capabilities"),
    own("GET v3/password_policy"),
    own("GET v3/devices"),
    own("GET v3/devices/{device_id}"),
    own("PUT v3/devices/{device_id}"),
    own("DELETE v3/devices/{device_id}"),
    own("POST v3/delete_devices").body(r#"{"devices":["{device_id}"]}"#),
    own("POST v3/keys/upload"),
    own("POST v3/keys/device_signing/upload"),
    own("GET v3/room_keys/version"),
    own("POST v3/room_keys/version").body(r#"{"algorithm":"m.megolm_backup.v1","auth_data":{}}"#),
    own("GET v3/room_keys/version/{version}"),
    own("PUT v3/room_keys/version/{version}"),
    own("DELETE v3/room_keys/version/{version}"),
    own("GET v3/{path}"),
    own("PUT v3/{path}"),
    own("DELETE v3/{path}"),
    own("GET v3/pushers"),
    own("POST v3/pushers/set"),
    own("GET unstable/pushers/remove"),
    own("GET v3/thirdparty/protocols"),
    own("GET v3/thirdparty/protocol/{protocol}"),
    own("GET v3/voip/turnServer"),
    own("GET v1/media/config"),
    own("GET v1/media/preview_url").query("?url=http://127.0.0.1:1/"),
    own("GET unstable/org.matrix.msc4140/delayed_events"),
    own("GET unstable/org.matrix.msc4140/delayed_events/{delay_id}"),
    own("POST unstable/org.matrix.msc4140/delayed_events/{delay_id}").body(r#"{"action":"send"}"#),
    own("POST unstable/org.matrix.msc4140/delayed_events/{delay_id}/cancel"),
    own("POST unstable/org.matrix.msc4140/delayed_events/{delay_id}/restart"),
    own("POST unstable/org.matrix.msc4140/delayed_events/{delay_id}/send"),
    own("GET versions"),
    ask("POST v3/logout", Expected::Farewell),
    ask("POST v3/logout/all", Expected::Farewell),
];
