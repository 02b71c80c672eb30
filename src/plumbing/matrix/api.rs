//! Plain calls to the homeserver, beside the SDK.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use jiff::fmt::rfc2822;
use lodge_ground::time::{Span, Timestamp};
use lodge_matrix::homeserver::Called;
use reqwest::header::{DATE, RETRY_AFTER};
use reqwest::{Method, Response};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use url::Url;

use super::failure::{self, LoggedOut};

/// After this long without an answer, a call's outcome counts as unknown.
pub(super) const ANSWER_WITHIN: Duration = Duration::from_secs(30);

const UNREADABLE: &str = "an answer that does not read as one";

/// The client-server interface, with or without a token.
#[derive(Debug, Clone)]
pub(super) struct Api {
    http: reqwest::Client,
    base: Url,
    token: Option<SecretString>,
    logged_out: Arc<LoggedOut>,
    clock: Arc<Mutex<Option<Told>>>,
}

/// A time by the homeserver's clock, and the moment at which it was said.
#[derive(Debug, Clone, Copy)]
struct Told {
    time: Timestamp,
    heard: Instant,
}

impl Api {
    /// The interface of the homeserver at `base`.
    pub(super) fn new(base: Url) -> reqwest::Result<Self> {
        let http = reqwest::Client::builder().user_agent("lodge").timeout(ANSWER_WITHIN).build()?;
        Ok(Self { http, base, token: None, logged_out: Arc::default(), clock: Arc::default() })
    }

    /// The same interface for the account that this token belongs to; the token has not been refused yet.
    pub(super) fn with_token(&self, token: SecretString) -> Self {
        Self { token: Some(token), logged_out: Arc::default(), ..self.clone() }
    }

    /// The connections, to be shared with the SDK.
    pub(super) fn http(&self) -> &reqwest::Client {
        &self.http
    }

    /// The sign that is set once the homeserver no longer accepts the token.
    pub(super) fn logged_out(&self) -> &LoggedOut {
        &self.logged_out
    }

    /// The time by the homeserver's clock now, from the date of the last answer that had one; `None` where none had.
    pub(super) fn time(&self) -> Option<Timestamp> {
        let told = self.clock.lock().ok().and_then(|told| *told)?;
        let since = u64::try_from(told.heard.elapsed().as_millis()).unwrap_or(u64::MAX);
        Some(told.time.after(Span::from_millis(since)))
    }

    /// Reads `path` on the homeserver.
    pub(super) async fn get(&self, path: &[&str], query: &[(&str, &str)]) -> Called<Value> {
        self.call(Method::GET, path, query, None).await
    }

    /// Reads something that may be long: `None` when it is longer than this many bytes, of which no more is read.
    pub(super) async fn get_at_most(&self, path: &[&str], bytes: usize) -> Called<Option<Value>> {
        let mut response = self.ask(Method::GET, path, &[], None).await?;
        if !response.status().is_success() {
            return self.read(response).await.map(Some);
        }
        let mut read = Vec::new();
        while let Some(part) = response.chunk().await.map_err(|error| failure::connection(&error))? {
            if read.len() + part.len() > bytes {
                return Ok(None);
            }
            read.extend_from_slice(&part);
        }
        serde_json::from_slice(&read).map(Some).map_err(|_| failure::unknown(UNREADABLE))
    }

    /// Makes the change at `path` on the homeserver.
    pub(super) async fn post(&self, path: &[&str], body: &Value) -> Called<Value> {
        self.call(Method::POST, path, &[], Some(body)).await
    }

    /// The same, as an application service does in the name of one of its users.
    pub(super) async fn post_as(&self, user: &str, path: &[&str], body: &Value) -> Called<Value> {
        self.call(Method::POST, path, &[("user_id", user)], Some(body)).await
    }

    /// Puts something in its place.
    pub(super) async fn put(&self, path: &[&str], body: &Value) -> Called<Value> {
        self.call(Method::PUT, path, &[], Some(body)).await
    }

    async fn call(&self, method: Method, path: &[&str], query: &[(&str, &str)], body: Option<&Value>) -> Called<Value> {
        self.read(self.ask(method, path, query, body).await?).await
    }

    async fn ask(
        &self,
        method: Method,
        path: &[&str],
        query: &[(&str, &str)],
        body: Option<&Value>,
    ) -> Called<Response> {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(["_matrix", "client", "v3"]).extend(path);
        }
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        let mut request = self.http.request(method, url);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token.expose_secret());
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        request.send().await.map_err(|error| {
            tracing::debug!(%error, "a call got no answer");
            failure::connection(&error)
        })
    }

    async fn read(&self, response: Response) -> Called<Value> {
        let status = response.status();
        if let Some(told) = response.headers().get(DATE).and_then(|date| date.to_str().ok()).and_then(told)
            && let Ok(mut clock) = self.clock.lock()
        {
            *clock = Some(told);
        }
        let seconds = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        let body = match response.bytes().await {
            Ok(bytes) => serde_json::from_slice::<Value>(&bytes).ok(),
            Err(error) => return Err(failure::connection(&error)),
        };
        if status.is_success() {
            return body.ok_or_else(|| failure::unknown(UNREADABLE));
        }
        let field = |name: &str| body.as_ref().and_then(|body| body.get(name));
        let code = field("errcode").and_then(Value::as_str);
        let wait = field("retry_after_ms").and_then(Value::as_u64);
        let wait = wait.or(seconds.map(|seconds| seconds.saturating_mul(1000)));
        let error = self.logged_out.answer(status.as_u16(), code, wait);
        tracing::debug!(%status, %error, "a call failed");
        Err(error)
    }
}

/// The time that a date in an answer (RFC 9110, section 6.6.1) gives, heard now.
fn told(date: &str) -> Option<Told> {
    let moment = rfc2822::DateTimeParser::new().parse_timestamp(date).ok()?;
    Some(Told { time: Timestamp::from_millis(moment.as_millisecond()), heard: Instant::now() })
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    /// A homeserver that answers one call with this much.
    async fn answering(length: usize) -> Api {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move {
            let (mut client, _) = listener.accept().await.unwrap();
            assert!(client.read(&mut [0; 4096]).await.unwrap() > 0);
            let head = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
            client.write_all(head.as_bytes()).await.unwrap();
            let mut left = format!("\"{}\"", "x".repeat(length)).into_bytes();
            // The stream has no end of its own, so it ends when the client has read enough and closes the connection.
            while client.write_all(&left).await.is_ok() && length > 100 {
                left = vec![b'x'; 4096];
            }
        });
        Api::new(url.parse().unwrap()).unwrap()
    }

    #[test]
    fn a_date_is_read_as_answers_have_it() {
        let read = |date: &str| told(date).map(|told| told.time.as_millis());
        assert_eq!(read("Mon, 02 Nov 2026 09:00:00 GMT"), Some(1_793_610_000_000));
        assert_eq!((read(""), read("yesterday"), read("Mon, 02 Nov 2026 25:00:00 GMT")), (None, None, None));
    }

    #[tokio::test]
    async fn of_an_answer_that_goes_on_and_on_no_more_is_read_than_was_asked_for() {
        assert_eq!(answering(1000).await.get_at_most(&["rooms"], 500).await, Ok(None));
        let short = answering(3).await.get_at_most(&["rooms"], 500).await;
        assert_eq!(short, Ok(Some(Value::String("xxx".to_owned()))));
    }
}
