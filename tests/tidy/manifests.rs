//! Rules about the manifests: nothing in them is unused, and they name one Rust.

use std::collections::BTreeSet;

use super::files::{File, code_of, packages, words};
use super::shape::dependencies_in;

/// Every dependency of a package is named in its code, and every one of the workspace by a package.
pub fn unused(files: &[File]) -> Vec<String> {
    let mut problems = Vec::new();
    let mut used = Vec::new();
    for package in packages(files) {
        let code = words_of(files, package);
        let path = format!("{package}/Cargo.toml");
        for name in files.iter().filter(|file| file.path == path).flat_map(|file| dependencies_in(&file.text)) {
            if !code.contains(name.replace('-', "_").as_str()) {
                problems.push(format!("{path}: nothing in this package uses {name}"));
            }
            used.push(name);
        }
    }
    for name in files.iter().filter(|file| file.path == "Cargo.toml").flat_map(|root| dependencies_in(&root.text)) {
        if !used.contains(&name) {
            problems.push(format!("Cargo.toml: no package depends on {name}"));
        }
    }
    problems
}

/// The words in the code of a package: of the files in its directory, and of those that these name by `path = "../…"`.
fn words_of<'a>(files: &'a [File], package: &str) -> BTreeSet<&'a str> {
    let inside = |file: &&File| file.path.strip_prefix(package).is_some_and(|rest| rest.starts_with('/'));
    let paths = files.iter().filter(inside).flat_map(|file| file.text.split("path = \"../").skip(1));
    let elsewhere: Vec<&str> = paths
        .filter_map(|after| after.split('"').next())
        .map(|path| path.trim_start_matches("../").trim_end_matches("main.rs"))
        .collect();
    let is_part = |file: &&File| inside(file) || elsewhere.iter().any(|part| file.path.contains(part));
    let code = files.iter().filter(|file| file.is_rust()).filter(is_part);
    code.flat_map(|file| file.text.lines()).flat_map(|line| words(code_of(line))).collect()
}

/// The files in which a version of Rust stands, each with the words before it.
const RUST: [(&str, &str); 7] = [
    ("Cargo.toml", "rust-version = \""),
    ("rust-toolchain.toml", "channel = \""),
    ("Dockerfile", "docker.io/library/rust:"),
    ("tests/containers/people.Containerfile", "docker.io/library/rust:"),
    ("tests/containers/run", "install Rust "),
    ("README.md", "Rust ("),
    ("CONTRIBUTING.md", "Rust ("),
];

/// The Rust that is asked for is the one that everything was checked with.
pub fn one_rust(files: &[File]) -> Vec<String> {
    let mut problems = Vec::new();
    let mut first = None;
    for (path, before) in RUST {
        let text = files.iter().find(|file| file.path == path).map_or("", |file| &file.text);
        let after = text.split_once(before).map_or("", |(_, after)| after);
        let version: Vec<&str> = after.split(|c: char| !c.is_ascii_digit()).take(2).collect();
        if version[0].is_empty() {
            problems.push(format!("{path}: no version of Rust stands after {before:?}"));
        } else if *first.get_or_insert(version.clone()) != version {
            problems.push(format!("{path}: another Rust than in Cargo.toml, {}", version.join(".")));
        }
    }
    problems
}
