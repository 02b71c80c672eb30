//! Accounts on a homeserver of one's own.

use anyhow::{Context, Result, bail, ensure};
use hmac::{Hmac, Mac};
use matrix_sdk::ruma::{OwnedUserId, UserId};
use secrecy::SecretString;
use serde_json::{Value, json};
use sha1::Sha1;

use super::{Api, Homeserver};

/// An account that exists, with a token to act as it.
#[derive(Debug, Clone)]
pub struct Account {
    /// Its full Matrix id.
    pub user_id: OwnedUserId,
    /// The token of a device without encryption keys, for plain calls.
    pub access_token: SecretString,
}

/// The homeserver's administrator, for calls that need one.
const ADMINISTRATOR: &str = "operator";

impl Homeserver {
    /// Makes an account, or logs in to the one that is there from an earlier run.
    ///
    /// # Errors
    /// When the name is not allowed, or taken with another password.
    pub async fn register(&self, localpart: &str, password: &str, admin: bool) -> Result<Account> {
        let api = self.api()?;
        let nonce = api.get("/_synapse/admin/v1/register").await?.ok()?;
        let nonce = nonce["nonce"].as_str().context("the homeserver gave no nonce for a registration")?;
        let answer = api
            .post(
                "/_synapse/admin/v1/register",
                &json!({
                    "nonce": nonce,
                    "username": localpart,
                    "password": password,
                    "admin": admin,
                    "mac": mac(self.registration_secret(), nonce, localpart, password, admin)?,
                }),
            )
            .await?;
        if answer.error_code() == Some("M_USER_IN_USE") {
            return log_in(&api, localpart, password).await;
        }
        account(&answer.ok().with_context(|| format!("{localpart} could not be registered"))?)
    }

    /// Makes an account as people do who were sent a registration token; its Matrix id.
    ///
    /// # Errors
    /// When the token is not known or used up, or the name is taken.
    pub async fn register_with_token(&self, localpart: &str, password: &str, token: &str) -> Result<OwnedUserId> {
        const PATH: &str = "/_matrix/client/v3/register";
        let api = self.api()?;
        let mut request = json!({ "username": localpart, "password": password, "inhibit_login": true });
        let first = api.post(PATH, &request).await?;
        ensure!(first.status == 401, "the homeserver asked for nothing: {first:?}");
        request["auth"] =
            json!({ "type": "m.login.registration_token", "token": token, "session": first.body["session"] });
        let mut answer = api.post(PATH, &request).await?;
        if answer.status == 401 && answer.body["completed"] == json!(["m.login.registration_token"]) {
            request["auth"] = json!({ "type": "m.login.dummy", "session": first.body["session"] });
            answer = api.post(PATH, &request).await?;
        }
        let made = answer.ok().with_context(|| format!("{localpart} could not register with a token"))?;
        made["user_id"].as_str().context("the homeserver gave no Matrix id")?.try_into().context("no valid Matrix id")
    }

    /// Calls as an administrator, who is registered when first needed.
    pub async fn administrator(&self) -> Result<Api> {
        Ok(self.api()?.with_token(self.administrator_token().await?))
    }

    /// The token of an administrator, who is registered when first needed.
    pub async fn administrator_token(&self) -> Result<SecretString> {
        let account = self.register(ADMINISTRATOR, self.administrator_password(), true).await?;
        Ok(account.access_token)
    }

    /// Exempts an account from the homeserver's limits on requests.
    pub async fn override_ratelimit(&self, user: &UserId) -> Result<()> {
        let path = format!("/_synapse/admin/v1/users/{user}/override_ratelimit");
        let none = json!({ "messages_per_second": 0, "burst_count": 0 });
        self.administrator().await?.post(&path, &none).await?.ok()?;
        Ok(())
    }
}

async fn log_in(api: &Api, localpart: &str, password: &str) -> Result<Account> {
    let request = json!({
        "type": "m.login.password",
        "identifier": { "type": "m.id.user", "user": localpart },
        "password": password,
    });
    let answer = api.post("/_matrix/client/v3/login", &request).await?;
    if answer.status == 403 {
        bail!("the account {localpart} is there already, with another password");
    }
    account(&answer.ok()?)
}

fn account(body: &Value) -> Result<Account> {
    let field = |name: &str| body[name].as_str().with_context(|| format!("the homeserver gave no {name}"));
    Ok(Account {
        user_id: field("user_id")?.try_into().context("the homeserver gave no valid Matrix id")?,
        access_token: field("access_token")?.into(),
    })
}

/// Proves to the homeserver that the caller knows the shared secret for registering.
fn mac(secret: &str, nonce: &str, localpart: &str, password: &str, admin: bool) -> Result<String> {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret.as_bytes()).context("the registration secret is not usable")?;
    let role = if admin { "admin" } else { "notadmin" };
    mac.update([nonce, localpart, password, role].join("\0").as_bytes());
    Ok(format!("{:x}", mac.finalize().into_bytes()))
}
