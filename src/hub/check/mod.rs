//! `lodge check`: the configuration, the keys, the store, the homeserver and the clock, a line each.

mod privacy;
mod outside;

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use lodge_channel::store::{Row, Store as _, StoreError, Table};
use lodge_core::time::Span;
use lodge_matrix::device::Pinned;
use lodge_plumbing::store::{MasterKey, SledStore};
use lodge_plumbing::wording::Wordings;
use reqwest::StatusCode;
use secrecy::ExposeSecret;

use crate::accounts::{brokers_not_listed, nobody_does_both};
use crate::config::{Config, FIRST_POLICY, Introductions, Limits};
use crate::run::{clock, credentials, open_engine, open_store, picture};

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The state of the thing that was looked at.
    pub verdict: Verdict,
    /// A sentence about it, and the remedy where it is not right.
    pub what: String,
}

/// The state of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The thing is as it should be.
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

/// The span for which limits are counted.
const MONTH: Span = Span::from_days(30);

/// The homeserver may take this long to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Looks at everything, and goes on after a fault. Settings of the homeserver that cannot be seen from outside are
/// looked up in its configuration, where that is named: one file, or several in the homeserver's order.
pub async fn check(config: &Config, homeserver_config: &[PathBuf]) -> Vec<Finding> {
    let mut findings = vec![good("The configuration can be used.")];
    findings.push(match Wordings::load(lodge_core::wording::ENGLISH, config.wording.directory.as_deref()) {
        Ok(wordings) => good(format!("The wording is complete; its edition is {}.", wordings.version())),
        Err(error) => wrong(error.to_string()),
    });
    findings.extend(config.phrases().err().map(|error| wrong(error.to_string())));
    findings.extend(config.lists().err().map(|error| wrong(error.to_string())));
    findings.push(policy_page(config));
    findings.extend(contradictions(config).into_iter().map(look));
    findings.extend(own_picture(config));
    findings.extend(who_counsels(config));
    match MasterKey::read(&config.store.key_file) {
        Ok(master) => {
            findings.push(good("The master key can be read, and only by its owner."));
            match open_store(config, &master) {
                Ok(store) => {
                    findings.push(good("The store opens."));
                    findings.extend(accounts(config, &master, &store));
                    findings.extend(store.load(Table::Pinned).ok().and_then(|rows| weakly_known(&rows)));
                }
                Err(error) if is_held(&error) => findings.push(good("The store is held by a running hub.")),
                Err(error) => findings.push(wrong(error.to_string())),
            }
        }
        Err(error) => findings.push(wrong(format!("{error}; `lodge setup` makes one"))),
    }
    if !config.matrix.encrypt_conversations {
        let what =
            "matrix.encrypt_conversations is false: the homeserver can read conversations. For experiments only.";
        findings.push(look(what));
    }
    findings.extend(homeserver(config, homeserver_config).await);
    findings
}

/// Looks whether members can read the service's promises.
fn policy_page(config: &Config) -> Finding {
    match config.policy.read() {
        Ok(page) if page == FIRST_POLICY.trim() => look(
            "The policy page is the one that `lodge setup` writes; make it your own: who you are, and whom to ask.",
        ),
        Ok(_) => good(format!("The policy page can be read; its edition is {}.", config.policy.version)),
        Err(error) => wrong(error.to_string()),
    }
}

/// Whether the service's own picture of the porter can be used, where it has one.
fn own_picture(config: &Config) -> Option<Finding> {
    let path = config.matrix.picture.as_ref()?;
    Some(match picture(config) {
        Ok(_) => good(format!("The porter's picture can be read: {}.", path.display())),
        Err(error) => wrong(error.to_string()),
    })
}

/// Whether the hub knows who counsels, where it leads people to somebody who does.
fn who_counsels(config: &Config) -> Option<Finding> {
    let leads = config.joining.quiet_room.as_deref().is_some_and(|link| link.starts_with('@'));
    (leads && config.accounts.is_none()).then(|| {
        look(
            "joining.quiet_room names an account, and service.accounts no file: without the list of who counsels, those \
             accounts could be given a role here.",
        )
    })
}

/// Whether nobody who counsels has a role here, and the other service could notice if somebody came to do both.
fn accounts(config: &Config, master: &MasterKey, store: &SledStore) -> Vec<Finding> {
    let Some((file, _)) = config.accounts_file() else { return Vec::new() };
    let wordings = Wordings::load(lodge_core::wording::ENGLISH, config.wording.directory.as_deref());
    let engine = wordings
        .map_err(anyhow::Error::from)
        .and_then(|wordings| open_engine(config, master, &wordings, store, clock()));
    let Ok(engine) = engine else {
        return vec![look("Whether an account both counsels and brokers can be seen once the rest is right.")];
    };
    let both = match nobody_does_both(config, &engine, clock()) {
        Ok(()) => good("Nobody who counsels has a role here."),
        Err(error) => wrong(error.to_string()),
    };
    let missing: Vec<String> = brokers_not_listed(config, &engine).iter().map(ToString::to_string).collect();
    let missing = (!missing.is_empty()).then(|| {
        let (missing, file) = (missing.join(", "), file.display());
        look(format!(
            "{file}: brokers lacks {missing}; with them there, the other service notices too if one counsels."
        ))
    });
    [both].into_iter().chain(missing).collect()
}

/// The number of members whose yes rests on the homeserver's word alone, of those who have written from any device.
fn weakly_known(rows: &[Row]) -> Option<Finding> {
    let known: Vec<Pinned> = rows.iter().filter_map(|row| row.read().ok()).collect();
    let weak = known.iter().filter(|pinned| pinned.is_weak()).count();
    (weak > 0).then(|| {
        look(format!(
            "{weak} of {} members have never written from a verified device: whoever runs the homeserver could say yes in \
             their name. Ask them to verify their devices (docs/security.md, Devices).",
            known.len()
        ))
    })
}

/// Settings that are allowed one by one, and that nobody can mean together.
fn contradictions(config: &Config) -> Vec<String> {
    let Introductions { bring_after, answer_within, reminders, settle, words_chars_max, message_chars_max, .. } =
        &config.introductions;
    let brought_by = Span::from_millis(bring_after.as_millis() * 2);
    let Limits { waiting, sent_a_month, cooldown, block, .. } = &config.limits;
    let late = reminders.iter().filter(|reminder| *reminder >= answer_within).map(|reminder| {
        format!("introductions.reminders: {reminder} is not before introductions.answer_within ({answer_within}), so nobody is reminded then.")
    });
    let others = [
        (cooldown < answer_within).then(|| {
            format!("limits.cooldown ({cooldown}) is shorter than introductions.answer_within ({answer_within}): somebody can ask again as soon as they have been answered.")
        }),
        (block < cooldown).then(|| {
            format!("limits.block ({block}) is shorter than limits.cooldown ({cooldown}): a block ends before it makes a difference.")
        }),
        (waiting > sent_a_month && *answer_within <= MONTH).then(|| {
            format!("limits.waiting ({waiting}) is more than limits.sent_a_month ({sent_a_month}), so it is never reached.")
        }),
        (brought_by >= *answer_within).then(|| {
            format!("introductions.bring_after ({bring_after}) is not shorter than half of introductions.answer_within ({answer_within}).")
        }),
        (settle >= answer_within).then(|| {
            format!("introductions.settle ({settle}) is not shorter than introductions.answer_within ({answer_within}).")
        }),
        (words_chars_max > message_chars_max).then(|| {
            format!("introductions.words_chars_max ({words_chars_max}) is more than introductions.message_chars_max ({message_chars_max}): an answer may be longer than a request.")
        }),
    ];
    late.chain(others.into_iter().flatten()).collect()
}

async fn homeserver(config: &Config, its_config: &[PathBuf]) -> Vec<Finding> {
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
    findings.extend(privacy::findings(config, client, its_config).await);
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
        look(what)
    })
}

/// Whether the homeserver knows the hub.
async fn porter(config: &Config, client: &reqwest::Client, whoami: &str) -> Finding {
    let credentials = match credentials(&config.matrix) {
        Ok(credentials) => credentials,
        Err(error) => return wrong(format!("{error:#}")),
    };
    let token = credentials.token();
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

/// Whether a store cannot be opened only because a program has it open.
fn is_held(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(StoreError::Held { .. }))
}

fn good(what: impl Into<String>) -> Finding {
    Finding { verdict: Verdict::Good, what: what.into() }
}

fn look(what: impl Into<String>) -> Finding {
    Finding { verdict: Verdict::Doubtful, what: what.into() }
}

fn wrong(what: impl Into<String>) -> Finding {
    Finding { verdict: Verdict::Wrong, what: what.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = include_str!("../../../config/lodge.example.toml");

    #[test]
    fn members_for_whom_the_homeservers_word_is_all_there_is_are_counted() {
        let row = |number: u8, identity: Option<&str>| {
            let member = lodge_core::id::MemberId::from_bytes([number; 16]);
            let pinned = Pinned { identity: identity.map(str::to_owned), ..Pinned::nothing(member) };
            Row::holding(Table::Pinned, vec![number], [member].into(), &pinned).unwrap()
        };
        assert!(weakly_known(&[]).is_none() && weakly_known(&[row(1, Some("key"))]).is_none());
        let found = weakly_known(&[row(1, Some("key")), row(2, None), row(3, None)]).unwrap();
        assert!(found.verdict == Verdict::Doubtful && found.what.starts_with("2 of 3 members"), "{found}");
    }

    #[test]
    fn settings_that_contradict_each_other_are_named() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("lodge.toml");
        std::fs::write(&path, EXAMPLE).unwrap();
        let found = |set: &str| contradictions(&crate::config::load(&path, &[set.parse().unwrap()]).unwrap());
        assert_eq!(found("introductions.answer_within=14d"), [""; 0]);
        for (set, keys) in [
            ("introductions.reminders=[\"5d\", \"14d\"]", ["introductions.reminders: 14d", "answer_within (14d)"]),
            ("limits.cooldown=0s", ["limits.cooldown (0s)", "answer_within (14d)"]),
            ("limits.block=80d", ["limits.block (80d)", "limits.cooldown (90d)"]),
            ("limits.waiting=11", ["limits.waiting (11)", "limits.sent_a_month (10)"]),
            ("introductions.message_chars_max=400", ["words_chars_max (500)", "message_chars_max (400)"]),
        ] {
            let [only] = &found(set)[..] else { panic!("{set}: {:?}", found(set)) };
            assert!(keys.iter().all(|key| only.contains(key)), "{only}");
        }
        let short = found("introductions.answer_within=1s");
        assert_eq!(short.len(), 4, "two reminders, the time to bring a request, and the time to settle: {short:?}");
    }
}
