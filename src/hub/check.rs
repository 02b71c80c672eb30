//! `lodge check`: the configuration, the keys, the store, the homeserver and the clock, a line each.

use std::fmt;
use std::time::Duration;

use lodge_channel::store::StoreError;
use lodge_plumbing::matrix::Credentials;
use lodge_plumbing::privacy::privacy_settings;
use lodge_plumbing::store::MasterKey;
use lodge_plumbing::wording::Wordings;
use reqwest::StatusCode;
use secrecy::ExposeSecret;
use serde_json::Value;

use crate::config::Config;
use crate::run::{clock, credentials, open_store};

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How it is.
    pub verdict: Verdict,
    /// What was found, and what to do where it is not right.
    pub what: String,
}

/// How a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// As it should be.
    Good,
    /// It works, and should be looked at.
    Doubtful,
    /// It does not work, or gives people away.
    Wrong,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let verdict = match self.verdict {
            Verdict::Good => "ok   ",
            Verdict::Doubtful => "look ",
            Verdict::Wrong => "WRONG",
        };
        write!(f, "{verdict}  {}", self.what)
    }
}

/// A clock that differs from the homeserver's by more than this is doubtful: deadlines would be told wrongly.
const CLOCK_MAY_DIFFER: Duration = Duration::from_mins(1);

/// How long the homeserver may take to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Looks at everything, and goes on after what is wrong.
pub async fn check(config: &Config) -> Vec<Finding> {
    let mut findings = vec![good("The configuration can be used.")];
    findings.push(match Wordings::load(config.wording.directory.as_deref()) {
        Ok(wordings) => good(format!("The wording is complete; its edition is {}.", wordings.version())),
        Err(error) => wrong(error.to_string()),
    });
    match MasterKey::read(&config.store.key_file) {
        Ok(master) => {
            findings.push(good("The master key can be read, and only by its owner."));
            findings.push(match open_store(config, &master) {
                Ok(_) => good("The store opens."),
                Err(error) if is_held(&error) => good("The store is held by a running hub."),
                Err(error) => wrong(error.to_string()),
            });
        }
        Err(error) => findings.push(wrong(format!("{error}; `lodge setup` makes one"))),
    }
    if !config.matrix.encrypt_conversations {
        let what =
            "matrix.encrypt_conversations is false: the homeserver can read conversations. For experiments only.";
        findings.push(Finding { verdict: Verdict::Doubtful, what: what.to_owned() });
    }
    findings.extend(homeserver(config).await);
    findings
}

async fn homeserver(config: &Config) -> Vec<Finding> {
    let client = match reqwest::Client::builder().timeout(ANSWER_WITHIN).build() {
        Ok(client) => client,
        Err(error) => return vec![wrong(format!("No connection can be made: {error}"))],
    };
    let at = |path: &str| config.matrix.homeserver.join(path).map(String::from).unwrap_or_default();
    let versions = match client.get(at("_matrix/client/versions")).send().await {
        Ok(answer) if answer.status().is_success() => answer,
        Ok(answer) => {
            return vec![wrong(format!("The homeserver answers {}; look at matrix.homeserver.", answer.status()))];
        }
        Err(_) => {
            let at = &config.matrix.homeserver;
            return vec![wrong(format!("Nothing answers at {at}; start the homeserver, or change matrix.homeserver."))];
        }
    };
    let mut findings = vec![good("The homeserver answers.")];
    findings.extend(clock_of(&versions));
    findings.push(porter(config, &client, &at("_matrix/client/v3/account/whoami")).await);
    findings.push(profile(&client, &at(&format!("_matrix/client/v3/profile/{}", config.matrix.user))).await);
    findings
}

/// Whether this machine's clock and the homeserver's agree.
fn clock_of(answer: &reqwest::Response) -> Option<Finding> {
    let theirs = answer.headers().get("date")?.to_str().ok()?;
    let theirs = jiff::fmt::rfc2822::parse(theirs).ok()?.timestamp().as_millisecond();
    let differs = Duration::from_millis(clock().as_millis().abs_diff(theirs));
    Some(if differs <= CLOCK_MAY_DIFFER {
        good("The clock agrees with the homeserver's.")
    } else {
        let what = format!("The clock differs from the homeserver's by {} s; set both.", differs.as_secs());
        Finding { verdict: Verdict::Doubtful, what }
    })
}

/// Whether the homeserver knows the hub.
async fn porter(config: &Config, client: &reqwest::Client, whoami: &str) -> Finding {
    let credentials = match credentials(&config.matrix) {
        Ok(credentials) => credentials,
        Err(error) => return wrong(error.to_string()),
    };
    let token = match &credentials {
        Credentials::AppService { as_token } => as_token,
        Credentials::Token { access_token, .. } => access_token,
    };
    match client.get(whoami).bearer_auth(token.expose_secret()).send().await {
        Ok(answer) if answer.status().is_success() => good("The homeserver knows the hub."),
        Ok(answer) if answer.status() == StatusCode::UNAUTHORIZED => wrong(
            "The homeserver does not know the hub: take the lines that `lodge setup` wrote over into homeserver.yaml, \
             and restart it.",
        ),
        Ok(answer) => wrong(format!("Asked who the hub is, the homeserver answers {}.", answer.status())),
        Err(error) => wrong(format!("Asked who the hub is, the homeserver does not answer: {error}")),
    }
}

/// Whether strangers can find out who has an account.
async fn profile(client: &reqwest::Client, url: &str) -> Finding {
    let settings = privacy_settings();
    let setting = settings.first().map(|setting| format!("{}: {}", setting.name, setting.value)).unwrap_or_default();
    match client.get(url).send().await {
        Ok(answer) if answer.status() == StatusCode::UNAUTHORIZED || answer.status() == StatusCode::FORBIDDEN => {
            good("Strangers cannot ask who has an account.")
        }
        Ok(answer) => {
            let known = answer.json::<Value>().await.is_ok();
            let what = "Anyone on the network can ask whether an account exists";
            wrong(format!("{what}{}; put `{setting}` in homeserver.yaml.", if known { "" } else { ", it seems" }))
        }
        Err(error) => wrong(format!("Asked for a profile, the homeserver does not answer: {error}")),
    }
}

/// Whether a store cannot be opened only because a program has it open.
fn is_held(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(StoreError::Held { .. }))
}

fn good(what: impl Into<String>) -> Finding {
    Finding { verdict: Verdict::Good, what: what.into() }
}

fn wrong(what: impl Into<String>) -> Finding {
    Finding { verdict: Verdict::Wrong, what: what.into() }
}
