//! The core and its engine know no channel: they say nothing in the terms of the one that members have now.

use super::files::File;

/// The packages that know no channel.
const PACKAGES: [&str; 2] = ["src/core/", "src/engine/"];

/// Terms of Matrix, in lower case. The core has its own: a venue, a proof, an address, the message of an effect.
const TERMS: [&str; 10] =
    ["matrix", "homeserver", "roomref", "eventref", "megolm", "redact", "cipher", "sync", "m.room", "m.notice"];

/// Text in which such a term may stand: a module's name, words that people type or read, and codes that stand in rows and
/// wordings.
const TEXTS: [&str; 8] = [
    "use std::sync::",
    "\"matrix\"",
    "\"matrix-id\"",
    "\"line-matrix-id\"",
    "\"word-matrix-id\"",
    "\"card-matrix-id\"",
    "\"matrix_id\"",
    "nor a matrix id; give one of them",
];

/// No line of these packages, comments included, holds such a term.
pub fn terms(files: &[File]) -> Vec<String> {
    let mut problems = Vec::new();
    let knows_none = |file: &&File| PACKAGES.iter().any(|package| file.path.starts_with(package));
    for file in files.iter().filter(|file| file.is_rust()).filter(knows_none) {
        // A test of the engine is a channel itself, and not the one that members have now.
        if file.path.starts_with("src/core/") && file.path.contains("/tests/") {
            continue;
        }
        let product = file.text.lines().take_while(|line| !line.ends_with("mod tests {"));
        for (number, line) in (1..).zip(product) {
            let line = TEXTS.iter().fold(line.to_lowercase(), |line, text| line.replace(text, ""));
            let line = line.replace("\"matrixid\"", "");
            for term in TERMS.iter().filter(|term| line.contains(**term)) {
                let path = &file.path;
                problems
                    .push(format!("{path}:{number}: {term:?} is a term of one channel, and this package knows none"));
            }
        }
    }
    problems
}
