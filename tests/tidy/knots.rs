//! Rules about the core's flows: they form no knots, and one feature never changes things in another's name.

use std::collections::{BTreeMap, BTreeSet};

use super::files::File;

/// At most this many flow files may reach each other in a circle. A reader can hold so many in mind at once.
const KNOT_MAX: usize = 3;

/// One file of flows: the methods that it defines, and those that it calls.
struct Flow<'a> {
    path: &'a str,
    /// The folder in `src/core` that it stands in: a feature, or `turn`.
    feature: &'a str,
    /// Each method by its name, and whether it can change anything (`&mut self`).
    defines: BTreeMap<String, bool>,
    calls: BTreeSet<String>,
}

/// No more than [`KNOT_MAX`] files of flows reach each other by calls. A domain event is no call: `step/fan_out.rs` hands it
/// to the features that it concerns, and is not looked at here.
pub fn knots(files: &[File]) -> Vec<String> {
    let flows = flows(files);
    let reached: Vec<BTreeSet<usize>> = (0..flows.len()).map(|from| reachable(&flows, from)).collect();
    let mut seen = BTreeSet::new();
    let mut problems = Vec::new();
    for from in 0..flows.len() {
        let knot: Vec<usize> = reached[from].iter().copied().filter(|to| reached[*to].contains(&from)).collect();
        if knot.len() > KNOT_MAX && knot.iter().all(|file| seen.insert(*file)) {
            let paths: Vec<&str> = knot.iter().map(|file| flows[*file].path).collect();
            problems.push(format!("{} files of flows reach each other: {}", knot.len(), paths.join(", ")));
        }
    }
    problems
}

/// A feature's flows may read by another feature's methods; they change nothing by them, and announce a domain event.
pub fn crossings(files: &[File]) -> Vec<String> {
    let flows = flows(files);
    let mut problems = Vec::new();
    for flow in &flows {
        let others = flows.iter().filter(|other| other.feature != flow.feature && other.feature != "turn");
        for other in others {
            let changing = other.defines.iter().filter(|(name, changes)| **changes && flow.calls.contains(*name));
            problems.extend(changing.map(|(name, _)| {
                format!(
                    "{} calls `{name}` of {}, which can change things: announce a domain event",
                    flow.path, other.path
                )
            }));
        }
    }
    problems
}

fn flows(files: &[File]) -> Vec<Flow<'_>> {
    files.iter().filter(|file| file.is_rust()).filter_map(flow).collect()
}

fn flow(file: &File) -> Option<Flow<'_>> {
    let (feature, rest) = file.path.strip_prefix("src/core/")?.split_once('/')?;
    let is_flow = (rest.starts_with("flow/") || feature == "turn") && !rest.ends_with("mod.rs");
    is_flow.then(|| Flow { path: &file.path, feature, defines: defines(&file.text), calls: calls(&file.text) })
}

fn defines(text: &str) -> BTreeMap<String, bool> {
    let functions = text.split("fn ").skip(1).filter_map(|after| {
        let name = name_of(after);
        let arguments = after.split_once('(')?.1.trim_start();
        let is_method = arguments.starts_with("&self") || arguments.starts_with("&mut self");
        (!name.is_empty() && is_method).then(|| (name.to_owned(), arguments.starts_with("&mut")))
    });
    functions.collect()
}

/// The methods that are called on the step being taken: on `self`, or on `turn` within a closure.
fn calls(text: &str) -> BTreeSet<String> {
    let ended = |before: &str| !before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
    let mut calls = BTreeSet::new();
    for receiver in ["self", "turn"] {
        let mut before = "";
        for part in text.split(receiver) {
            let called = part.trim_start().strip_prefix('.').map(str::trim_start);
            if let Some(called) = called.filter(|_| ended(before)) {
                let name = name_of(called);
                if called[name.len()..].starts_with('(') {
                    calls.insert(name.to_owned());
                }
            }
            before = part;
        }
    }
    calls
}

fn name_of(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

/// The files that one reaches by any number of calls, itself too if a call leads back.
fn reachable(flows: &[Flow<'_>], from: usize) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut next = vec![from];
    while let Some(file) = next.pop() {
        let called = (0..flows.len())
            .filter(|to| *to != file && flows[*to].defines.keys().any(|name| flows[file].calls.contains(name)));
        next.extend(called.filter(|to| reached.insert(*to)));
    }
    reached
}
