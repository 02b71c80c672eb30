//! Plain calls to a homeserver, beside any SDK.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use reqwest::Method;
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

/// The client and administration interface of a homeserver, as one account or as nobody.
#[derive(Debug, Clone)]
pub struct Api {
    http: reqwest::Client,
    base: String,
    token: Option<SecretString>,
}

/// A homeserver's answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The HTTP status code.
    pub status: u16,
    /// The JSON body; null when there was none.
    pub body: Value,
}

impl Api {
    /// Calls as nobody in particular to the homeserver at `base`, such as `http://127.0.0.1:8008`.
    pub fn new(base: &str) -> Result<Self> {
        let http = reqwest::Client::builder()
            .timeout(Duration::from_mins(1))
            // A homeserver on this machine is never behind a proxy.
            .no_proxy()
            .build()
            .context("no HTTP client could be made")?;
        Ok(Self { http, base: base.trim_end_matches('/').to_owned(), token: None })
    }

    /// An interface to the same homeserver for the account that the token belongs to.
    #[must_use]
    pub fn with_token(&self, token: impl Into<SecretString>) -> Self {
        Self { token: Some(token.into()), ..self.clone() }
    }

    /// `path` begins with a slash and is percent-encoded; it may carry a query. A refusal is an [`Answer`] too.
    ///
    /// # Errors
    /// When there was no answer at all.
    pub async fn get(&self, path: &str) -> Result<Answer> {
        self.call(Method::GET, path, None).await
    }

    /// Posts `body` to `path`; otherwise like [`Self::get`].
    pub async fn post(&self, path: &str, body: &Value) -> Result<Answer> {
        self.call(Method::POST, path, Some(body)).await
    }

    /// Puts `body` at `path`; otherwise like [`Self::get`].
    pub async fn put(&self, path: &str, body: &Value) -> Result<Answer> {
        self.call(Method::PUT, path, Some(body)).await
    }

    /// Deletes the thing at `path`; authorised like [`Self::get`].
    pub async fn delete(&self, path: &str) -> Result<Answer> {
        self.call(Method::DELETE, path, None).await
    }

    async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Answer> {
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token.expose_secret());
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let response = request.send().await.with_context(|| format!("the homeserver did not answer {path}"))?;
        let status = response.status().as_u16();
        let bytes = response.bytes().await.with_context(|| format!("the answer to {path} broke off"))?;
        Ok(Answer { status, body: serde_json::from_slice(&bytes).unwrap_or(Value::Null) })
    }
}

impl Answer {
    /// The body of an answer, when the homeserver did as it was asked.
    ///
    /// # Errors
    /// Any status but 2xx, with the homeserver's words.
    pub fn ok(self) -> Result<Value> {
        if !(200..300).contains(&self.status) {
            bail!("the homeserver refused with {}: {}", self.status, self.body);
        }
        Ok(self.body)
    }

    /// The Matrix error code of a refusal, such as `M_FORBIDDEN`.
    pub fn error_code(&self) -> Option<&str> {
        self.body.get("errcode")?.as_str()
    }
}
