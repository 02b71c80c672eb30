//! The hub and the counselling service are installed apart: as users of their own, on directories, keys and
//! registrations of their own. The one thing that both may read is the list of accounts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::files::File;

/// The one file that both services may be given to read.
const COMMON: &str = "accounts.toml";

/// The files that `setup` alone writes. The homeserver reads the registrations, and whoever can write there can be any account on it.
const OF_SETUP: [&str; 4] = ["keys", "registration", "counsel-keys", "counsel-registration"];

/// The settings of a systemd unit by section and name, such as `Service.User`; each may be given several times.
type Unit = BTreeMap<String, Vec<String>>;

/// Nothing but the list of accounts is given to both services, and each runs as a user of its own.
pub fn apart(files: &[File]) -> Vec<String> {
    let text = |path: &str| files.iter().find(|file| file.path == path).map(|file| file.text.as_str());
    let mut problems = Vec::new();
    match text("docker-compose.yml").map(serde_saphyr::from_str::<Value>) {
        Some(Ok(compose)) => {
            problems.extend(containers(&compose["services"]["lodge"], &compose["services"]["counsel"]));
        }
        Some(Err(error)) => problems.push(format!("docker-compose.yml: not YAML: {error}")),
        None => problems.push("docker-compose.yml is missing".to_owned()),
    }
    match (text("config/lodge.service"), text("config/lodge-counsel.service")) {
        (Some(hub), Some(counsel)) => problems.extend(units(&unit(hub), &unit(counsel))),
        _ => problems.push("config/lodge.service or config/lodge-counsel.service is missing".to_owned()),
    }
    problems
}

/// Of two containers: neither is root's, they have different users, no volume or file in common, and nothing to write that the
/// homeserver reads; and neither leaves keys in a core dump.
fn containers(hub: &Value, counsel: &Value) -> Vec<String> {
    let mut problems = Vec::new();
    for (name, service) in [("lodge", hub), ("counsel", counsel)] {
        if !service.is_object() {
            return vec![format!("docker-compose.yml: there is no service {name}")];
        }
        if service["cap_drop"] != serde_json::json!(["ALL"]) || service["privileged"] == true {
            problems.push(format!("docker-compose.yml: {name} may do more than it needs; expected cap_drop: [ALL]"));
        }
        if service["ulimits"]["core"] != 0 {
            problems.push(format!(
                "docker-compose.yml: {name} leaves core dumps, with keys in them; expected ulimits: {{ core: 0 }}"
            ));
        }
        for key in ["volumes_from", "pid", "ipc"].into_iter().filter(|key| !service[key].is_null()) {
            problems.push(format!("docker-compose.yml: {name} has {key}, by which another container is reached"));
        }
    }
    // Without one of its own, a container runs as the user that the image names.
    let user = |service: &Value| service["user"].as_str().map(str::to_owned);
    if user(hub) == user(counsel) {
        problems.push(format!("docker-compose.yml: lodge and counsel run as the same user, {:?}", user(hub)));
    }
    let [hub, counsel] = [hub, counsel].map(|service| service["volumes"].as_array().cloned().unwrap_or_default());
    let sources = |volumes: &[Value]| volumes.iter().map(source).collect::<BTreeSet<String>>();
    let common: Vec<String> = sources(&hub).intersection(&sources(&counsel)).cloned().collect();
    problems.extend(
        common
            .iter()
            .filter(|source| !source.ends_with(COMMON))
            .map(|source| format!("docker-compose.yml: lodge and counsel both have {source}; give each its own")),
    );
    let written = hub.iter().chain(&counsel).filter(|volume| source(volume).ends_with(COMMON) && !is_read_only(volume));
    problems.extend(written.map(|_| format!("docker-compose.yml: {COMMON} is for reading; expected :ro")));
    let written = hub
        .iter()
        .chain(&counsel)
        .filter(|volume| OF_SETUP.contains(&source(volume).as_str()) && !is_read_only(volume));
    problems.extend(
        written.map(|volume| format!("docker-compose.yml: setup alone writes {}; expected :ro", source(volume))),
    );
    problems
}

/// The source of a volume: the part before the first colon, or the name in its long form.
fn source(volume: &Value) -> String {
    let short = volume.as_str().map(|text| text.split(':').next().unwrap_or_default());
    short.or_else(|| volume["source"].as_str()).unwrap_or_default().to_owned()
}

fn is_read_only(volume: &Value) -> bool {
    volume.as_str().is_some_and(|text| text.ends_with(":ro")) || volume["read_only"] == true
}

/// Of two units: users, groups, directories, credentials and configuration files of their own.
fn units(hub: &Unit, counsel: &Unit) -> Vec<String> {
    let mut problems = Vec::new();
    for key in ["Service.User", "Service.Group", "Service.StateDirectory", "Service.ExecStart"] {
        let [one, other] = [hub, counsel].map(|unit| unit.get(key).cloned().unwrap_or_default());
        if one.is_empty() || other.is_empty() {
            problems.push(format!("config/lodge.service, config/lodge-counsel.service: each needs {key}"));
        } else if one == other {
            problems.push(format!("config/lodge-counsel.service: {key} is the hub's, {}", one.join(", ")));
        }
    }
    for (name, unit) in [("lodge", hub), ("lodge-counsel", counsel)] {
        if unit.get("Service.User").is_some_and(|user| user.iter().any(|user| user == "root" || user == "0")) {
            problems.push(format!("config/{name}.service: it must not run as root"));
        }
    }
    let [ours, theirs] = [hub, counsel].map(named);
    let common = ours.intersection(&theirs).filter(|path| !path.ends_with(COMMON));
    problems.extend(common.map(|path| format!("config/lodge-counsel.service: it names {path}, which is the hub's")));
    problems
}

/// The files and directories that a unit names, but for the program: of its credentials, its command, and what it may
/// read or write.
fn named(unit: &Unit) -> BTreeSet<String> {
    let settings = ["LoadCredential", "LoadCredentialEncrypted", "ReadWritePaths", "ReadOnlyPaths", "BindPaths"];
    let settings = settings.into_iter().chain(["EnvironmentFile"]);
    let values = settings.filter_map(|name| unit.get(&format!("Service.{name}"))).flatten();
    let values = values.flat_map(|value| value.split([':', ' '])).map(str::to_owned);
    // The state directory and the credentials are the unit's own, under any name in it.
    let command =
        unit.get("Service.ExecStart").into_iter().flatten().flat_map(|command| command.split([' ', '=']).skip(1));
    let command = command.filter(|word| !word.starts_with("%d/")).map(str::to_owned);
    values.chain(command).filter(|word| word.contains('/')).collect()
}

/// Reads a unit as systemd does: a line that ends with a backslash goes on in the next one that is no comment.
fn unit(text: &str) -> Unit {
    let mut unit = Unit::new();
    let (mut section, mut begun) = (String::new(), String::new());
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with(['#', ';'])) {
        begun.push_str(line.strip_suffix('\\').unwrap_or(line));
        if line.ends_with('\\') {
            begun.push(' ');
            continue;
        }
        let whole = std::mem::take(&mut begun);
        if let Some(name) = whole.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            name.clone_into(&mut section);
        } else if let Some((key, value)) = whole.split_once('=') {
            unit.entry(format!("{section}.{}", key.trim())).or_default().push(value.trim().to_owned());
        }
    }
    unit
}
