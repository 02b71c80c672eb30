//! The plan for the rooms in lines, for the administrator who applies it.

use std::collections::{BTreeMap, BTreeSet};

use lodge_channel::community::{Action, Change, Course, Doing, Planned};
use lodge_core::rooms::Aspect;
use serde_json::Value;

/// A line for each thing that is to be done, or cannot be.
pub(super) fn lines(planned: &[Planned]) -> Vec<String> {
    let entries: Vec<Entry> = planned.iter().flat_map(entries).collect();
    let width = entries.iter().map(|entry| entry.room.len()).max().unwrap_or_default();
    let line = |Entry { verb, room, what }: &Entry| format!("{verb:<10}  {room:width$}  {what}");
    entries.iter().map(line).collect()
}

/// The last line after a plan.
pub(super) fn to_come(planned: &[Planned]) -> String {
    let counted = Counted::of(planned);
    match (counted.doable, counted.not_doable) {
        (0, 0) => NOTHING.to_owned(),
        (0, _) => format!("{NOTHING} {CANNOT}"),
        (doable, 0) => format!("{}. Nothing has changed yet; \"lodge rooms apply\" does it.", things(doable)),
        (doable, _) => {
            format!("{}. Nothing has changed yet; \"lodge rooms apply\" does it. {CANNOT}", things(doable))
        }
    }
}

/// The last line after all of the plan was done.
pub(super) fn done(planned: &[Planned], offline: bool) -> String {
    let counted = Counted::of(planned);
    let did = match counted.doable {
        0 => NOTHING.to_owned(),
        1 => "Done. The rooms are as the configuration says.".to_owned(),
        doable => format!("All {doable} are done. The rooms are as the configuration says."),
    };
    let cannot = if counted.not_doable == 0 { String::new() } else { format!(" {CANNOT}") };
    let offline = if offline { " The hub was not running; it ran for this, and has stopped again." } else { "" };
    format!("{did}{cannot}{offline}")
}

/// Whether there is something that could be done.
pub(super) fn is_left(planned: &[Planned]) -> bool {
    Counted::of(planned).doable > 0
}

const NOTHING: &str = "Nothing to do.";
const CANNOT: &str = "What cannot be changed stays as it is; another key in the configuration makes another room.";

fn things(number: usize) -> String {
    if number == 1 { "1 thing to do".to_owned() } else { format!("{number} things to do") }
}

/// One line, still in its parts.
struct Entry<'a> {
    verb: &'static str,
    room: &'a str,
    what: String,
}

/// Stands in the place of a verb where nothing can be done.
const NOT_DOABLE: &str = "cannot";

struct Counted {
    doable: usize,
    not_doable: usize,
}

impl Counted {
    fn of(planned: &[Planned]) -> Self {
        let entries: Vec<Entry> = planned.iter().flat_map(entries).collect();
        let not_doable = entries.iter().filter(|entry| entry.verb == NOT_DOABLE).count();
        Self { doable: entries.len() - not_doable, not_doable }
    }
}

fn entries(planned: &Planned) -> Vec<Entry<'_>> {
    let room = planned.key.as_str();
    let entry = |verb, what| Entry { verb, room, what };
    match &planned.what {
        Action::Make { name, topic } => vec![entry("make", format!("{name:?}: {topic}"))],
        Action::Closed(why) => {
            let what = format!("the homeserver does not let the porter look into this room ({})", why.escape_debug());
            vec![entry(NOT_DOABLE, what)]
        }
        Action::Match { course, taken_out, changes } => {
            let turns = match course {
                Course::Stays => None,
                Course::Archived => Some(entry("archive", ARCHIVED.to_owned())),
                Course::Reopened => Some(entry("open again", "the configuration declares it again".to_owned())),
            };
            let out = match taken_out {
                0 => None,
                1 => Some(entry("take out", "1 person, whom it is not meant for any more".to_owned())),
                people => Some(entry("take out", format!("{people} people, whom it is not meant for any more"))),
            };
            let changes = changes.iter().map(|change| {
                let (verb, what) = changed(change);
                entry(verb, what)
            });
            turns.into_iter().chain(out).chain(changes).collect()
        }
    }
}

const ARCHIVED: &str = "the configuration does not declare it; nobody writes in it any more, its members can read";

fn changed(change: &Change) -> (&'static str, String) {
    let about = label(change.aspect);
    let nothing = Value::Object(serde_json::Map::new());
    let found = change.found.as_ref().unwrap_or(&nothing);
    match &change.doing {
        Doing::Put { key, content, .. } if change.aspect == Aspect::Space => {
            let gone = content.as_object().is_some_and(serde_json::Map::is_empty);
            ("change", format!("{about}: {} {}", if gone { "without" } else { "with" }, key.escape_debug()))
        }
        Doing::Put { content, .. } => ("change", format!("{about}: {}", differences(found, content))),
        Doing::Invite(who) if change.aspect == Aspect::Standby => ("invite", format!("the standby account {who}")),
        Doing::Invite(who) => ("invite", format!("the bridge {who}")),
        Doing::Remove(who) => ("take out", format!("the bridge’s account {who}")),
        Doing::Nothing(wanted) => (NOT_DOABLE, format!("{about}: {}", differences(found, wanted))),
    }
}

fn label(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Powers => "power levels",
        Aspect::Joining => "join rule",
        Aspect::Guests => "guests",
        Aspect::History => "history",
        Aspect::Encryption => "encryption",
        Aspect::Name => "name",
        Aspect::Topic => "topic",
        Aspect::Space => "Space",
        Aspect::Programs => "bridge or widget",
        Aspect::Standby => "standby account",
        Aspect::Making => "how it was made",
        Aspect::Replaced => "replaced",
    }
}

/// The parts that differ, each from its old value to its new one.
fn differences(found: &Value, wanted: &Value) -> String {
    let (found, wanted) = (leaves(found), leaves(wanted));
    let paths: BTreeSet<&String> = found.keys().chain(wanted.keys()).collect();
    let text = |value: Option<&String>| value.map_or("nothing", String::as_str).to_owned();
    let differs = |path: &&String| found.get(*path) != wanted.get(*path);
    let shown = |path: &String| {
        let pair = format!("{} → {}", text(found.get(path)), text(wanted.get(path)));
        if SPEAKS_FOR_ITSELF.contains(&path.as_str()) { pair } else { format!("{path} {pair}") }
    };
    let all = paths.into_iter().filter(differs).map(shown).collect::<Vec<_>>().join(", ");
    if all.is_empty() { "the same in another form".to_owned() } else { all }
}

/// Keys that say no more than the aspect of the change does.
const SPEAKS_FOR_ITSELF: [&str; 6] = ["name", "topic", "join_rule", "guest_access", "history_visibility", "algorithm"];

/// Every single value in a content, by the keys that lead to it. Somebody who changed a room may have put anything
/// there.
fn leaves(content: &Value) -> BTreeMap<String, String> {
    let mut leaves = BTreeMap::new();
    gather(content, String::new(), &mut leaves);
    leaves
}

fn gather(value: &Value, path: String, into: &mut BTreeMap<String, String>) {
    let below = |key: &str| {
        let key = key.escape_debug();
        if path.is_empty() { key.to_string() } else { format!("{path} {key}") }
    };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| gather(value, below(key), into)),
        Value::Array(values) => {
            values.iter().enumerate().for_each(|(at, value)| gather(value, below(&at.to_string()), into));
        }
        Value::String(text) => drop(into.insert(path, format!("{text:?}"))),
        Value::Null | Value::Bool(_) | Value::Number(_) => drop(into.insert(path, value.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use lodge_core::name::Address;
    use lodge_core::rooms::Key;
    use serde_json::json;

    use super::*;

    fn planned(key: &str, course: Course, taken_out: usize, changes: Vec<Change>) -> Planned {
        Planned { key: Key::parse(key).unwrap(), what: Action::Match { course, taken_out, changes } }
    }

    fn put(aspect: Aspect, found: Value, key: &str, content: Value) -> Change {
        let doing = Doing::Put { kind: String::new(), key: key.to_owned(), content };
        Change { aspect, found: Some(found), doing }
    }

    #[test]
    fn what_would_change_reads_like_this() {
        let (name, topic) = ("Museums".to_owned(), "Working there. This room can be read by students.".to_owned());
        let powers = json!({ "users": { "@casey:example.org": 50 }, "events_default": 0, "ban": 100 });
        let wanted = json!({ "users": {}, "events_default": 50, "ban": 100 });
        let changes = vec![
            put(Aspect::Powers, powers, "", wanted),
            put(Aspect::Name, json!({ "name": "News\u{202e}\u{1b}[31m" }), "", json!({ "name": "Careers news" })),
            put(Aspect::Topic, json!({}), "", json!({ "topic": "What is on." })),
            put(Aspect::Space, json!({}), "!room", json!({ "via": ["example.org"] })),
            put(Aspect::Space, json!({ "via": [] }), "!other", json!({})),
            put(Aspect::Programs, json!({ "url": "x", "data": {} }), "widget", json!({})),
        ];
        let standby = Doing::Invite(Address::exact("@standby:example.org").unwrap());
        let standby = Change { aspect: Aspect::Standby, found: None, doing: standby };
        let sealed = Change {
            aspect: Aspect::Encryption,
            found: Some(json!({ "algorithm": "m.megolm.v1.aes-sha2" })),
            doing: Doing::Nothing(json!({})),
        };
        let closed = Action::Closed("M_FORBIDDEN".to_owned());
        let all = [
            Planned { key: Key::parse("museums").unwrap(), what: Action::Make { name, topic } },
            planned("news", Course::Stays, 0, changes),
            planned("students", Course::Stays, 12, vec![]),
            planned("law", Course::Archived, 1, vec![]),
            planned("pharma", Course::Reopened, 0, vec![standby]),
            planned("lobby", Course::Stays, 0, vec![sealed]),
            Planned { key: Key::parse("staff").unwrap(), what: closed },
        ];
        insta::assert_snapshot!(lines(&all).join("\n"), @r#"
        make        museums   "Museums": Working there. This room can be read by students.
        change      news      power levels: events_default 0 → 50, users @casey:example.org 50 → nothing
        change      news      name: "News\u{202e}\u{1b}[31m" → "Careers news"
        change      news      topic: nothing → "What is on."
        change      news      Space: with !room
        change      news      Space: without !other
        change      news      bridge or widget: url "x" → nothing
        take out    students  12 people, whom it is not meant for any more
        archive     law       the configuration does not declare it; nobody writes in it any more, its members can read
        take out    law       1 person, whom it is not meant for any more
        open again  pharma    the configuration declares it again
        invite      pharma    the standby account @standby:example.org
        cannot      lobby     encryption: "m.megolm.v1.aes-sha2" → nothing
        cannot      staff     the homeserver does not let the porter look into this room (M_FORBIDDEN)
        "#);
        assert_eq!(
            to_come(&all),
            format!("12 things to do. Nothing has changed yet; \"lodge rooms apply\" does it. {CANNOT}")
        );
        assert_eq!(done(&all, false), format!("All 12 are done. The rooms are as the configuration says. {CANNOT}"));
        assert_eq!(to_come(&all[5..]), format!("Nothing to do. {CANNOT}"));
        assert_eq!(to_come(&[planned("lobby", Course::Stays, 0, vec![])]), "Nothing to do.");
        assert!(is_left(&all) && !is_left(&all[5..]));
    }
}
