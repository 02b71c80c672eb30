//! The homeserver's admin interface, for the commands that its operator gives with a token of their own. The hub has
//! none.

use std::path::Path;
use std::time::Duration;

use reqwest::{Method, StatusCode};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;

use lodge_plumbing::files::{SecretError, read_secret};

/// The reasons for which the homeserver did not do something.
#[derive(Debug, thiserror::Error)]
pub enum AdminError {
    /// The token cannot be read.
    #[error(transparent)]
    Token(#[from] SecretError),
    /// The token is nobody's.
    #[error("the homeserver does not know the token; it may have expired. Log in as an administrator for a new one")]
    UnknownToken,
    /// The token is not an administrator's.
    #[error("the homeserver forbids it ({said}); the token must be that of one of its administrators")]
    Forbidden {
        /// The homeserver's own words.
        said: String,
    },
    /// The object of the call is not on this homeserver, or there is no admin interface at the address that was asked.
    #[error("the homeserver does not find it ({said}); is matrix.homeserver the address of Synapse itself?")]
    NotFound {
        /// The homeserver's own words.
        said: String,
    },
    /// The homeserver does not take the values that it was given.
    #[error("the homeserver does not take it: {said}")]
    Unfit {
        /// The homeserver's own words.
        said: String,
    },
    /// The homeserver did not answer, or with something else.
    #[error("the homeserver did not do it: {why}")]
    Failed {
        /// The homeserver's answer, or the part that was missing in it.
        why: String,
    },
}

/// The homeserver may take this long for an answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(30);

/// The homeserver's admin interface, as one of its administrators.
pub(crate) struct Admin {
    http: reqwest::Client,
    base: Url,
    token: SecretString,
}

impl Admin {
    /// Calls to the homeserver at `base` with the token in a file that is not open to others.
    pub(crate) fn new(base: &Url, token_file: &Path) -> Result<Self, AdminError> {
        let http = reqwest::Client::builder().user_agent("lodge").timeout(ANSWER_WITHIN).build();
        Ok(Self { http: http.map_err(|error| failed(&error))?, base: base.clone(), token: read_secret(token_file)? })
    }

    /// A call to the path below `/_synapse/admin`, each part of which is encoded.
    pub(crate) async fn call(&self, method: Method, path: &[&str], body: Option<&Value>) -> Result<Value, AdminError> {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(["_synapse", "admin"]).extend(path);
        }
        let mut request = self.http.request(method, url).bearer_auth(self.token.expose_secret());
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await.map_err(|error| failed(&error))?;
        let status = answer.status();
        let body = answer.json::<Value>().await;
        if status.is_success() {
            return body.map_err(|error| failed(&error));
        }
        let said = body.ok().and_then(|body| body["error"].as_str().map(str::to_owned));
        let said = said.unwrap_or_else(|| status.to_string());
        Err(match status {
            StatusCode::UNAUTHORIZED => AdminError::UnknownToken,
            StatusCode::FORBIDDEN => AdminError::Forbidden { said },
            StatusCode::NOT_FOUND => AdminError::NotFound { said },
            StatusCode::BAD_REQUEST => AdminError::Unfit { said },
            _ => AdminError::Failed { why: said },
        })
    }
}

/// The error for an answer that lacks the thing that was asked for.
pub(crate) fn odd(why: &str) -> AdminError {
    AdminError::Failed { why: why.to_owned() }
}

fn failed(error: &reqwest::Error) -> AdminError {
    AdminError::Failed { why: error.to_string() }
}
