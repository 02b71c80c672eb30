//! Registration tokens: each opens the homeserver's registration page once. It is the same code by which the porter
//! then knows who somebody is, so a letter holds one and not two.

use futures_util::{StreamExt, TryStreamExt, stream};
use lodge_core::people::roster::Code;
use lodge_core::time::Timestamp;
use reqwest::Method;
use serde_json::json;

use crate::admin::{Admin, AdminError};

/// This many tokens are made at once. A homeserver answers a few dozen calls a second.
const AT_ONCE: usize = 8;

/// Has the homeserver take each of these codes once, until the moment beside it. A code that it knows already keeps its
/// uses, and has the new end.
pub(super) async fn make(admin: &Admin, tokens: &[(&Code, Timestamp)]) -> Result<(), AdminError> {
    let made: Vec<_> = tokens.iter().map(|(code, until)| make_one(admin, code.bare(), *until)).collect();
    stream::iter(made).buffer_unordered(AT_ONCE).try_collect().await
}

async fn make_one(admin: &Admin, token: &str, until: Timestamp) -> Result<(), AdminError> {
    let until = until.as_millis();
    let new = json!({ "token": token, "uses_allowed": 1, "expiry_time": until });
    match admin.call(Method::POST, &["v1", "registration_tokens", "new"], Some(&new)).await {
        // Synapse tells of a token that exists in the same way as of anything else that is wrong with it, so its end is
        // set instead.
        Err(AdminError::Unfit { said }) => {
            let end = json!({ "expiry_time": until });
            let put = admin.call(Method::PUT, &["v1", "registration_tokens", token], Some(&end)).await;
            put.map_err(|_| AdminError::Unfit { said })?;
        }
        made => drop(made?),
    }
    Ok(())
}
