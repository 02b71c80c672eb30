//! The hub and the counselling service on one homeserver: neither can act as the other, nor open the other's files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use lodge_channel::store::{Row, Store, Table};
use lodge_core::people::member::Role;
use lodge_counsel::run as counsel;
use lodge_demo::homeserver::Answer;
use lodge_demo::household::{self, Guest, Listed, Resident};
use lodge_demo::running::Running;
use lodge_hub::config::{self, Config};
use lodge_hub::roster::{self, Import, Reading};
use lodge_hub::run as hub;
use lodge_plumbing::registration::Registration;
use lodge_plumbing::store::{MasterKey, SledStore};
use matrix_sdk::ruma::{OwnedUserId, UserId};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::process::Command;
use tokio::time::timeout;

use crate::quiet::{Quiet, ask_anybody, come_together};

const PATIENCE: Duration = Duration::from_mins(1);

/// Both services, as they are installed: each with the registration that its own `setup` wrote.
struct Both {
    quiet: Quiet,
    porter: OwnedUserId,
    hub: Config,
    /// The path of the hub's configuration.
    configuration: PathBuf,
    _directory: TempDir,
}

impl Both {
    async fn prepare() -> Result<Self> {
        let directory = tempfile::tempdir()?;
        let porter = UserId::parse("@porter:lodge.localhost")?;
        let noor = Resident { localpart: "noor", name: "Noor", role: Role::Student, details: &[] };
        let listed = [Listed { user_id: Some(UserId::parse("@noor:lodge.localhost")?), ..noor.into() }];
        let configuration = household::configure(directory.path(), "http://127.0.0.1:1", &porter)?;
        let prepared = household::prepare(&configuration, &[])?;
        let file = directory.path().join("people.csv");
        household::write_roster(&file, &listed)?;
        let import = Import { file, reading: Reading::default(), whole: true, apply: true, ends: None, letters: None };
        Box::pin(roster::import(&prepared, &import)).await?;
        let quiet = Quiet::prepare(&[prepared.matrix.registration]).await?;
        let at = format!("matrix.homeserver={}", quiet.homeserver.url()).parse()?;
        let accounts = format!("service.accounts={}", quiet.directory().join("accounts.toml").display()).parse()?;
        let hub = config::load(&configuration, &[at, accounts])?;
        Ok(Self { quiet, porter, hub, configuration, _directory: directory })
    }

    /// The homeserver's answer to a service that calls as this account.
    async fn call(&self, service: &Registration, user: &UserId, call: &Call<'_>) -> Result<Answer> {
        let api = self.quiet.homeserver.api()?.with_token(service.token().clone());
        let (path, query) = call.path.split_once('?').unwrap_or((call.path, ""));
        let path = format!("/_matrix/client/{path}?user_id={user}&{query}");
        match &call.body {
            None => api.get(&path).await,
            Some(body) => api.post(&path, body).await,
        }
    }
}

/// A call to the homeserver.
struct Call<'a> {
    path: &'a str,
    body: Option<Value>,
}

fn get(path: &str) -> Call<'_> {
    Call { path, body: None }
}

fn post(path: &str, body: Value) -> Call<'_> {
    Call { path, body: Some(body) }
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_service_can_act_as_the_other_or_open_what_it_keeps() -> Result<()> {
    let mut both = Both::prepare().await?;
    both.quiet.start(&[])?;
    let mut running = Running::hub(both.hub.clone());
    let (kim, sam) = (both.quiet.counsellor("kim-quiet").await?, both.quiet.visitor("sam").await?);
    Guest::arrive(both.quiet.person("noor").await?, &both.porter).await?;
    ask_anybody(&sam, &kim).await?;
    kim.asks("claim", "counsellor-claimed").await?;
    sam.hears("claimed").await?;
    let room = come_together(&sam, &kim).await?;
    let rooms = [room.as_str(), sam.room.as_str(), kim.room.as_str()];
    let ended =
        tokio::select! { ended = running.ended() => Some(ended), result = tokens(&both, rooms) => { result?; None } };
    ensure!(ended.is_none(), "the hub ended: {ended:?}");
    running.stop().await?;
    both.quiet.stop().await?;
    stores(&both).await
}

/// No call of one service as the other's account is answered by anything but a refusal.
async fn tokens(both: &Both, rooms: [&str; 3]) -> Result<()> {
    let config = both.quiet.loaded(&[])?.config;
    let counsel = Registration::read(&config.matrix.registration, &config.matrix.user)?;
    let hub = Registration::read(&both.hub.matrix.registration, &both.hub.matrix.user)?;
    let (quiet, porter) = (&*both.quiet.account, &*both.porter);
    let within = rooms.map(|room| ["state", "members", "messages?dir=b"].map(|what| format!("v3/rooms/{room}/{what}")));
    let mut calls = vec![
        get("v3/account/whoami"),
        get("v3/sync?timeout=0"),
        get("v3/joined_rooms"),
        get("v3/devices"),
        post("v3/keys/query", json!({ "device_keys": { quiet: [], porter: [] } })),
        post("v3/createRoom", json!({ "preset": "private_chat" })),
    ];
    calls.extend(within.iter().flatten().map(|path| get(path)));
    for (token, own, other) in [(&hub, porter, quiet), (&counsel, quiet, porter)] {
        let itself = both.call(token, own, &get("v3/account/whoami")).await?.ok()?;
        ensure!(itself["user_id"] == own.as_str(), "{itself}");
        for call in &calls {
            let refused = both.call(token, other, call).await?;
            ensure!((refused.status, refused.error_code()) == (403, Some("M_FORBIDDEN")), "{}: {refused:?}", call.path);
        }
        let identifier = json!({ "type": "m.id.user", "user": other });
        for call in [
            post("v3/login", json!({ "type": "m.login.application_service", "identifier": identifier })),
            post("v3/register", json!({ "type": "m.login.application_service", "username": other.localpart() })),
        ] {
            let refused = both.call(token, own, &call).await?;
            ensure!(refused.status >= 400, "{}: {refused:?}", call.path);
        }
    }
    // The hub may ask for anything as itself, and learns nothing of a room that it was never in.
    for path in within.iter().flatten() {
        let refused = both.call(&hub, porter, &get(path)).await?;
        ensure!(refused.status == 403, "{path}: {refused:?}");
    }
    Ok(())
}

/// With the other's directory, and with its key too, either program says why it does not start, and changes nothing.
async fn stores(both: &Both) -> Result<()> {
    let quiet = both.quiet.loaded(&[])?.config;
    let (ours, theirs) = (&both.hub.store, &quiet.store);
    let before = (rows(&open_hub(both)?)?, rows(&open_counsel(both)?)?);
    ensure!(before.0.len() > 1 && before.1.len() > 1, "there is little to be found: {before:?}");
    let set = |key: &str, path: &Path| format!("store.{key}={}", path.display());
    let hubs = [set("directory", &theirs.directory), set("key_file", &theirs.key_file)];
    let counsels = [set("directory", &ours.directory), set("key_file", &ours.key_file)];
    let (run, check, audit) = (&["run"][..], &["check"][..], &["audit"][..]);
    let attempts = [
        (run, &both.configuration, &hubs, &theirs.directory),
        (audit, &both.configuration, &hubs, &theirs.directory),
        (check, &both.configuration, &hubs, &theirs.directory),
        (&["counsel"][..], &both.quiet.configured.configuration, &counsels, &ours.directory),
    ];
    for (command, configuration, set, directory) in attempts {
        for set in [&set[..1], &set[..]] {
            let files = contents(directory)?;
            let output = program(command, configuration, &both.quiet, set).await?;
            let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
            ensure!(!output.status.success(), "{command:?} with {set:?} opened it: {said}");
            ensure!(said.contains("or that store is another service's"), "{command:?} with {set:?}: {said}");
            ensure!(contents(directory)? == files, "{command:?} with {set:?} wrote something");
        }
    }
    ensure!((rows(&open_hub(both)?)?, rows(&open_counsel(both)?)?) == before, "the stores are not as they were");
    Ok(())
}

async fn program(command: &[&str], configuration: &Path, quiet: &Quiet, set: &[String]) -> Result<Output> {
    let mut program = Command::new(env!("CARGO_BIN_EXE_lodge"));
    program.args(command).arg("--config").arg(configuration).kill_on_drop(true);
    program.args(["--set", &format!("matrix.homeserver={}", quiet.homeserver.url())]);
    program.args(set.iter().flat_map(|value| ["--set", value]));
    Ok(timeout(PATIENCE, program.output()).await.with_context(|| format!("{command:?} with {set:?} runs on"))??)
}

fn open_hub(both: &Both) -> Result<SledStore> {
    hub::open_store(&both.hub, &MasterKey::read(&both.hub.store.key_file)?)
}

fn open_counsel(both: &Both) -> Result<SledStore> {
    let config = both.quiet.loaded(&[])?.config;
    counsel::open_store(&config, &counsel::master_key(&config)?)
}

/// Every row of a store, in the clear.
fn rows(store: &SledStore) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for table in Table::ALL {
        rows.extend(store.load(table)?);
    }
    Ok(rows)
}

/// Every file below a directory, with its content.
fn contents(directory: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(contents(&path)?);
        } else if path.is_file() {
            found.insert(path.clone(), fs::read(&path)?);
        }
    }
    Ok(found)
}
