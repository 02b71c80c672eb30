//! Rules about the code: what may stand where, and who may depend on whom.

use super::files::{File, code_of, packages, words};

/// Words of programs that act. The core and the channel decide, and leave acting to others.
const ACTING: [&str; 11] = [
    "tokio",
    "matrix_sdk",
    "sled",
    "reqwest",
    "tracing",
    "getrandom",
    "SystemTime",
    "Instant",
    "println",
    "eprintln",
    "dbg",
];

/// Modules of the standard library that reach outside.
const OUTSIDE: [&str; 5] = ["fs", "net", "env", "process", "thread"];

/// Nothing waits in the core.
const WAITING: [&str; 2] = ["async", "await"];

/// The core and the channel name nothing by which they could act, in code outside comments.
pub fn purity(files: &[File]) -> Vec<String> {
    let mut problems = Vec::new();
    for file in files.iter().filter(|file| file.is_rust()) {
        let in_core = ["src/core/", "src/counsel/core/"].iter().any(|core| file.path.starts_with(core));
        if !decides(&file.path) {
            continue;
        }
        let code = file.text.lines().map(code_of).collect::<Vec<_>>().join("\n");
        let forbidden = ACTING.iter().chain(if in_core { &WAITING[..] } else { &[] });
        for word in forbidden.filter(|word| words(&code).any(|found| found == **word)) {
            problems.push(format!("{}: {word} has no place in it; the shell acts, {} does not", file.path, file.path));
        }
        for module in OUTSIDE.iter().filter(|module| uses_of_std(&code).any(|used| used == **module)) {
            problems.push(format!("{}: std::{module} has no place in it; the shell does that", file.path));
        }
    }
    problems
}

/// The modules that follow `std::`, alone or in braces.
fn uses_of_std(code: &str) -> impl Iterator<Item = &str> {
    code.split("std::").skip(1).flat_map(|after| match after.strip_prefix('{') {
        None => vec![words(after).next().unwrap_or_default()],
        Some(group) => {
            let group = group.split_once("};").map_or(group, |(group, _)| group);
            group.split(',').filter_map(|part| words(part).next()).collect()
        }
    })
}

/// The project's packages that each may depend on.
const MAY_USE: [(&str, &[&str]); 16] = [
    ("src/ground", &[]),
    // Times in words and calendar files are the same in every channel and in both services.
    ("src/calendar", &["lodge-ground"]),
    // Pictures are drawn at the edge; everything else holds their words only.
    ("src/drawing", &["lodge-ground"]),
    // Neither core knows a channel, so neither may depend on this package.
    ("src/matrix", &["lodge-ground"]),
    ("src/core", &["lodge-ground", "lodge-calendar"]),
    // The seam for every channel, so it knows none.
    ("src/engine", &["lodge-ground", "lodge-core"]),
    ("src/channel", &["lodge-ground", "lodge-matrix", "lodge-core", "lodge-engine"]),
    ("src/plumbing", &["lodge-ground", "lodge-matrix"]),
    ("src/hub", &["lodge-ground", "lodge-drawing", "lodge-matrix", "lodge-core", "lodge-channel", "lodge-plumbing"]),
    // The two services know nothing of each other.
    ("src/counsel/core", &["lodge-ground"]),
    ("src/counsel/channel", &["lodge-ground", "lodge-matrix", "lodge-counsel-core"]),
    (
        "src/counsel/service",
        &["lodge-ground", "lodge-matrix", "lodge-counsel-core", "lodge-counsel-channel", "lodge-plumbing"],
    ),
    (
        "src/demo",
        &[
            "lodge-ground",
            "lodge-calendar",
            "lodge-core",
            "lodge-channel",
            "lodge-plumbing",
            "lodge-hub",
            "lodge-counsel",
        ],
    ),
    (
        "src/program",
        &[
            "lodge-ground",
            "lodge-matrix",
            "lodge-core",
            "lodge-channel",
            "lodge-plumbing",
            "lodge-hub",
            "lodge-demo",
            "lodge-counsel",
            "lodge-fake",
        ],
    ),
    // A homeserver that knows nothing of who speaks to it.
    ("tests/fake", &[]),
    // Both services stand on the homeserver of the simulation, which shows that neither learns of the other. Its tests lose the
    // durable store, and hold what comes back against the one in memory.
    (
        "tests/simulation",
        &[
            "lodge-ground",
            "lodge-matrix",
            "lodge-core",
            "lodge-engine",
            "lodge-channel",
            "lodge-plumbing",
            "lodge-counsel-core",
            "lodge-counsel-channel",
        ],
    ),
];

/// Packages of others that have no place beside decisions: runtimes, connections, stores, clocks and dice.
const HEAVY: [&str; 12] = [
    "tokio",
    "matrix-sdk",
    "matrix-sdk-crypto",
    "sled",
    "reqwest",
    "futures-util",
    "tracing",
    "tracing-subscriber",
    "getrandom",
    "rand",
    "anyhow",
    "clap",
];

/// Packages that decide, or that must be built as fast as they.
const LIGHT: [&str; 9] = [
    "src/ground",
    "src/calendar",
    "src/matrix",
    "src/core",
    "src/engine",
    "src/channel",
    "src/counsel/core",
    "src/counsel/channel",
    "tests/simulation",
];

/// The manifests say who depends on whom, so they must not say more than is meant.
pub fn dependencies(files: &[File]) -> Vec<String> {
    let mut problems = Vec::new();
    for package in packages(files) {
        let Some((_, may_use)) = MAY_USE.iter().find(|(known, _)| *known == package) else {
            problems.push(format!("{package}: a new package; say in tests/tidy/shape.rs what it may depend on"));
            continue;
        };
        let manifest = files.iter().find(|file| file.path.strip_suffix("/Cargo.toml") == Some(package));
        for found in manifest.into_iter().flat_map(|manifest| dependencies_in(&manifest.text)) {
            let ours = found.starts_with("lodge");
            let heavy = LIGHT.contains(&package) && HEAVY.contains(&found.as_str());
            if heavy || ours && !may_use.contains(&found.as_str()) {
                problems.push(format!("{package}/Cargo.toml: it must not depend on {found}"));
            }
        }
    }
    problems
}

/// The names of all dependencies in a manifest, those of tests and builds among them.
pub fn dependencies_in(manifest: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut inside = false;
    for line in manifest.lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end_matches(']');
            inside = section.ends_with("dependencies");
            if let Some((_, name)) = section.rsplit_once("dependencies.") {
                found.push(name.to_owned());
            }
        } else if inside && !line.starts_with('#') {
            let name = line.split(['.', '=', ' ']).next().unwrap_or_default();
            found.extend((!name.is_empty()).then(|| name.to_owned()));
        }
    }
    found
}

/// Text that is derived for people who debug changes with a name in the code. Where something is decided it stands in errors
/// and assertions and nowhere else: an id or a fingerprint that is made of it changes when a variant is renamed.
pub fn debug_text(files: &[File]) -> Vec<String> {
    let mut problems = Vec::new();
    for file in files.iter().filter(|file| file.is_rust() && decides(&file.path)) {
        let product = file.text.lines().take_while(|line| !line.ends_with("mod tests {"));
        for (number, line) in (1..).zip(product) {
            let derived = [":?}", ":#?}"].iter().any(|format| code_of(line).contains(format));
            if derived && !["error", "Error", "assert"].iter().any(|fit| line.contains(fit)) {
                problems.push(format!(
                    "{}:{number}: derived text outside of an error; give it a code of its own",
                    file.path
                ));
            }
        }
    }
    problems
}

/// Whether the file is of a package that decides, and no test.
fn decides(path: &str) -> bool {
    let packages = [
        "src/core/",
        "src/engine/",
        "src/counsel/core/",
        "src/ground/",
        "src/calendar/",
        "src/matrix/",
        "src/channel/",
        "src/counsel/channel/",
    ];
    packages.iter().any(|package| path.starts_with(package)) && !path.contains("/tests/")
}

/// The longest source file, in lines.
const LINES_MAX: usize = 500;

/// A file that is longer holds more than one thing.
pub fn length(files: &[File]) -> Vec<String> {
    let long = |file: &&File| file.is_rust() && file.text.lines().count() > LINES_MAX;
    let problem = |file: &File| {
        let lines = file.text.lines().count();
        format!("{}: {lines} lines, and {LINES_MAX} is the most; it holds more than one thing", file.path)
    };
    files.iter().filter(long).map(problem).collect()
}
