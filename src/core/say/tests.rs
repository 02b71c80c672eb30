//! The kinds of messages: each has a sample, and older rows hold them as these do.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::arranging::say::Unclear;

use super::{
    Answering, Arranging, Aside, Cards, Carrying, Conduct, ConductDesk, Desk, Devices, Ending, Interview, Joining,
    NotTaken, Notes, Posted, Receiving, Requesting, Rights, RoomDesk, Rooms, Say, Searching, Staffing, Unfit, samples,
};

/// A message of each kind, as it stood in the outbox when all of them were variants of one enum.
const OLDER: &str = include_str!("older.jsonl");

/// Names that older rows alone have for a kind.
const OLDER_NAMES: [&str; 2] = ["banned-as-listed", "banned-by-list"];

#[test]
fn messages_of_older_rows_are_read_and_written_as_they_were() {
    for line in OLDER.lines() {
        let say: Say = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert_eq!(serde_json::to_string(&say).ok().as_deref(), Some(line));
    }
}

#[test]
fn every_kind_of_message_has_a_sample() {
    let samples: Vec<Value> = samples::everything().iter().filter_map(|say| serde_json::to_value(say).ok()).collect();
    let said: BTreeSet<String> = samples.iter().filter_map(kind).collect();
    let within = |path: &[&str]| -> BTreeSet<String> {
        let inner = |value| path.iter().try_fold(value, |value: &Value, key| value.get(key));
        samples.iter().filter_map(inner).filter_map(kind).collect()
    };
    for (path, kinds) in [
        (&["joining"][..], kinds::<Joining>()),
        (&["staffing"], kinds::<Staffing>()),
        (&["devices"], kinds::<Devices>()),
        (&["not-taken"], kinds::<NotTaken>()),
        (&["carrying"], kinds::<Carrying>()),
        (&["aside"], kinds::<Aside>()),
        (&["cards"], kinds::<Cards>()),
        (&["cards", "unfit"], kinds::<Unfit>()),
        (&["rooms"], kinds::<Rooms>()),
        (&["room-desk"], kinds::<RoomDesk>()),
        (&["posted"], kinds::<Posted>()),
        (&["conduct"], kinds::<Conduct>()),
        (&["conduct-desk"], kinds::<ConductDesk>()),
        (&["desk"], kinds::<Desk>()),
        (&["interview"], kinds::<Interview>()),
        (&["arranging"], kinds::<Arranging>()),
        (&["notes"], kinds::<Notes>()),
        (&["arranging", "unclear"], kinds::<Unclear>()),
        (&["arranging", "searching"], kinds::<Searching>()),
    ] {
        assert_eq!(within(path), kinds, "{path:?}");
    }
    let features =
        [kinds::<Requesting>(), kinds::<Answering>(), kinds::<Ending>(), kinds::<Receiving>(), kinds::<Rights>()];
    assert_eq!(said, features.into_iter().flatten().chain(own_kinds()).collect());
}

/// The name of a message's kind, which stands around its values.
fn kind(value: &Value) -> Option<String> {
    let name = value.as_str().or_else(|| value.as_object()?.keys().next().map(String::as_str));
    name.map(str::to_owned)
}

/// The names of all kinds there are: reading a kind that is none names those that are.
fn kinds<T: DeserializeOwned>() -> BTreeSet<String> {
    let error = serde_json::from_str::<T>("\"no kind at all\"").err().map(|error| error.to_string());
    let (_, expected) = error.as_deref().and_then(|error| error.split_once("expected one of")).expect("names");
    let names = expected.split('`').skip(1).step_by(2).filter(|name| !OLDER_NAMES.contains(name));
    names.map(str::to_owned).collect()
}

/// The kinds of [`Say`] that have a name of their own around them, as its file has them: a kind that is none may be a
/// feature's, so the error does not name them.
fn own_kinds() -> BTreeSet<String> {
    let (_, text) = include_str!("mod.rs").split_once("pub enum Say {\n").expect("the enum");
    let (variants, _) = text.split_once("\n}\n").expect("its end");
    let (own, _) = variants.split_once("    #[serde(untagged)]").expect("features");
    let names =
        own.lines().filter_map(|line| line.strip_prefix("    ").filter(|name| name.starts_with(char::is_uppercase)));
    names.map(|name| kebab(name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default())).collect()
}

fn kebab(name: &str) -> String {
    let spaced = name.chars().flat_map(|c| c.is_uppercase().then_some('-').into_iter().chain(c.to_lowercase()));
    spaced.skip(1).collect()
}
