//! A look from outside at a homeserver's privacy settings, by calls that anybody with an account can make.
//!
//! Questions name an address that nobody has at the homeserver, and a server that does not exist: a homeserver that
//! keeps the settings gives these the same answer as any other.

use reqwest::{Client, Method};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use url::Url;

/// The state of a setting, as it is seen from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// The setting is kept.
    Kept,
    /// The setting is not kept.
    Missing,
    /// The setting cannot be seen from outside.
    Hidden,
}

/// The account from which the questions are asked.
#[derive(Debug)]
pub(super) struct Asker<'a> {
    /// The HTTP client for all questions.
    pub client: Client,
    /// The homeserver's address.
    pub at: &'a Url,
    /// The hub's token.
    pub token: &'a SecretString,
    /// The account that the token belongs to: the porter, or the application service's own.
    pub own: String,
    /// The porter's localpart.
    pub porter: &'a str,
    /// The part of the porter's address after the colon.
    pub server: &'a str,
}

/// No account has this name: an account cannot be made with it.
const NOBODY: &str = "lodge check";

/// No server has this name, for none may end in this.
const NOWHERE: &str = "lodge-check.invalid";

/// A homeserver's answer.
struct Reply {
    status: u16,
    body: Value,
}

impl Reply {
    fn is(&self, error: &str) -> bool {
        self.body["errcode"] == error
    }
}

impl Asker<'_> {
    /// Looks whether the setting of this name is kept.
    pub(super) async fn sees(&self, setting: &str) -> Seen {
        let seen = match setting {
            "require_auth_for_profile_requests" => self.profiles_need_a_token().await,
            "limit_profile_requests_to_users_who_share_rooms" => self.profiles_are_for_companions().await,
            "user_directory" => self.nobody_is_listed().await,
            "presence" => self.presence_is_off().await,
            "enable_room_list_search" => self.rooms_are_not_listed().await,
            "federation_domain_whitelist" => self.other_servers_are_denied().await,
            "experimental_features" => self.devices_and_rooms_are_not_told().await,
            "inhibit_user_in_use_error" => self.user_names_are_not_told().await,
            "request_token_inhibit_3pid_errors" => self.addresses_are_not_told().await,
            "allowed_local_3pids" => self.numbers_are_not_taken().await,
            "enable_registration" => self.registration().await.map(|registration| registration != Registration::Closed),
            "registration_requires_token" => match self.registration().await {
                Some(Registration::Open) => Some(false),
                Some(Registration::ByToken) => Some(true),
                Some(Registration::Closed) | None => None,
            },
            _ => None,
        };
        match seen {
            Some(true) => Seen::Kept,
            Some(false) => Seen::Missing,
            None => Seen::Hidden,
        }
    }

    async fn profiles_need_a_token(&self) -> Option<bool> {
        let reply = self.ask(Method::GET, &format!("v3/profile/{}", self.nobody()), None, false).await?;
        Some(reply.status == 401)
    }

    async fn profiles_are_for_companions(&self) -> Option<bool> {
        let reply = self.ask(Method::GET, &format!("v3/profile/{}", self.nobody()), None, true).await?;
        Some(reply.status == 403)
    }

    /// Whether the porter, which shares rooms with everybody, finds nobody. That may also be because there is nobody yet.
    async fn nobody_is_listed(&self) -> Option<bool> {
        let path =
            format!("v3/user_directory/search?user_id={}", encoded(&format!("@{}:{}", self.porter, self.server)));
        let reply = self.ask(Method::POST, &path, Some(json!({ "search_term": self.server })), true).await?;
        let found = reply.body["results"].as_array()?;
        if found.is_empty() { None } else { Some(false) }
    }

    /// Whether a presence that one sets is forgotten.
    async fn presence_is_off(&self) -> Option<bool> {
        let path = format!("v3/presence/{}/status", encoded(&self.own));
        let set =
            async |presence: &str| self.ask(Method::PUT, &path, Some(json!({ "presence": presence })), true).await;
        set("unavailable").await.filter(|reply| reply.status == 200)?;
        let reply = self.ask(Method::GET, &path, None, true).await?;
        set("offline").await;
        Some(reply.body["presence"].as_str()? == "offline")
    }

    async fn rooms_are_not_listed(&self) -> Option<bool> {
        // A homeserver that lists no rooms does not ask another server for its list either.
        let reply = self.ask(Method::GET, &format!("v3/publicRooms?server={NOWHERE}"), None, true).await?;
        Some(reply.status == 200)
    }

    async fn other_servers_are_denied(&self) -> Option<bool> {
        // The homeserver says for each other server why it could get no keys from there.
        let keys = json!({ "one_time_keys": { format!("@nobody:{NOWHERE}"): { "NONE": "signed_curve25519" } } });
        let reply = self.ask(Method::POST, "v3/keys/claim?timeout=3000", Some(keys), true).await?;
        let failure = reply.body["failures"].get(NOWHERE)?;
        Some(failure["status"] == 403)
    }

    async fn devices_and_rooms_are_not_told(&self) -> Option<bool> {
        let nobody = format!("@{NOBODY}:{}", self.server);
        let query = json!({ "device_keys": { &nobody: [] } });
        let devices = self.ask(Method::POST, "v3/keys/query", Some(query), true).await?;
        let told = devices.body["device_keys"].as_object()?.contains_key(&nobody);
        let room = format!("v3/rooms/{}/report", encoded(&format!("!{NOBODY}:{}", self.server)));
        let room = self.ask(Method::POST, &room, Some(json!({ "reason": "" })), true).await?;
        Some(!told && room.status == 200)
    }

    async fn user_names_are_not_told(&self) -> Option<bool> {
        let path = format!("v3/register/available?username={}", encoded(self.porter));
        let reply = self.ask(Method::GET, &path, None, false).await?;
        match reply.status {
            200 => Some(true),
            400 => Some(false),
            // A homeserver at which nobody can register answers like this with or without the setting.
            _ => None,
        }
    }

    async fn addresses_are_not_told(&self) -> Option<bool> {
        let letter = json!({ "email": format!("nobody@{NOWHERE}"), "client_secret": "lodge", "send_attempt": 1 });
        let reply = self.ask(Method::POST, "v3/account/password/email/requestToken", Some(letter), false).await?;
        if reply.status == 429 { None } else { Some(!reply.is("M_THREEPID_NOT_FOUND")) }
    }

    async fn numbers_are_not_taken(&self) -> Option<bool> {
        // A number that is kept for stories.
        let call =
            json!({ "country": "GB", "phone_number": "07700900999", "client_secret": "lodge", "send_attempt": 1 });
        let reply = self.ask(Method::POST, "v3/register/msisdn/requestToken", Some(call), false).await?;
        Some(reply.is("M_THREEPID_DENIED"))
    }

    async fn registration(&self) -> Option<Registration> {
        let reply = self.ask(Method::POST, "v3/register", Some(json!({})), false).await?;
        if reply.status == 403 {
            return Some(Registration::Closed);
        }
        let by_token = |flow: &Value| {
            let stages = flow["stages"].as_array();
            stages.is_some_and(|stages| stages.iter().any(|stage| stage == "m.login.registration_token"))
        };
        let flows = reply.body["flows"].as_array()?;
        Some(if flows.iter().all(by_token) { Registration::ByToken } else { Registration::Open })
    }

    /// An address that nobody has.
    fn nobody(&self) -> String {
        encoded(&format!("@{NOBODY}:{}", self.server))
    }

    /// Puts a question; `None` where there is no answer.
    async fn ask(&self, method: Method, path: &str, body: Option<Value>, known: bool) -> Option<Reply> {
        let url = self.at.join(&format!("_matrix/client/{path}")).ok()?;
        let mut request = self.client.request(method, url);
        if known {
            request = request.bearer_auth(self.token.expose_secret());
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.ok()?;
        let status = answer.status().as_u16();
        Some(Reply { status, body: answer.json().await.unwrap_or_default() })
    }
}

/// The way to an account on the homeserver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Registration {
    /// Nobody can make an account.
    Closed,
    /// Somebody with a token can make an account.
    ByToken,
    /// Everybody can make an account.
    Open,
}

/// A text as it stands in a path or a query.
fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}
