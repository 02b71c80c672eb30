//! Rules about the documents: that they are complete, and that they speak of things that exist.

use std::collections::{BTreeMap, BTreeSet};

use super::files::{File, code_of, comment_of, packages, words};

/// Marks that people write for what they mean to write later, and those for figures that are measured at a release.
pub const PLACEHOLDERS: [&str; 8] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
    concat!("TB", "D"),
    concat!("HA", "CK"),
    concat!("TIME-", "DEMO"),
    concat!("TIME-", "TEST"),
    concat!("BENCH-", "TABLE"),
];

/// Nothing is left for later.
pub fn placeholders(files: &[File]) -> Vec<String> {
    let mut problems = Vec::new();
    for file in files {
        for (number, line) in (1..).zip(file.text.lines()) {
            let mut parts = line.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'));
            if let Some(found) = parts.find(|part| PLACEHOLDERS.contains(part)) {
                problems.push(format!("{}:{number}: {found} is to be filled in", file.path));
            }
        }
    }
    problems
}

/// The heading of the code map in the architecture document.
const MAP: &str = "## Code map";

/// Each package has a heading of the third level with its directory, and under it each folder of more than one file a row
/// of a table. Single files are not in the map: the first line of each says what it is.
pub fn code_map(files: &[File]) -> Vec<String> {
    let Some(architecture) = files.iter().find(|file| file.path == "ARCHITECTURE.md") else {
        return vec!["ARCHITECTURE.md is missing".to_owned()];
    };
    let map = architecture.text.split_once(MAP).map_or("", |(_, after)| after);
    let map = map.split("\n## ").next().unwrap_or_default();
    let mut problems = Vec::new();
    for package in packages(files) {
        let Some(section) = map.split("\n### ").find(|part| part.starts_with(&format!("`{package}`"))) else {
            problems.push(format!("{package} has no heading in the code map of ARCHITECTURE.md"));
            continue;
        };
        let named: BTreeSet<&str> = section.lines().filter_map(row).collect();
        let there = folders(files, package);
        for (missing, _) in there.iter().filter(|(folder, count)| **count > 1 && !named.contains(folder.as_str())) {
            problems.push(format!("`{missing}` of {package} is not in the code map of ARCHITECTURE.md"));
        }
        for gone in named.iter().filter(|folder| !there.contains_key(**folder)) {
            problems
                .push(format!("the code map of ARCHITECTURE.md names `{gone}` in {package}, which is no folder there"));
        }
        let mapped = files.iter().filter(|file| folder(file, package).is_some());
        for unsaid in mapped.filter(|file| !file.text.starts_with("//! ")) {
            problems.push(format!(
                "{}: it does not begin with what it is (`//! …`); the code map has folders only",
                unsaid.path
            ));
        }
    }
    problems
}

/// The folder that a row of the map is about.
fn row(line: &str) -> Option<&str> {
    line.strip_prefix("| `")?.split('`').next()
}

/// The folders of a package, by their path in it, and how many files stand in each. The package's own folder is its heading.
fn folders(files: &[File], package: &str) -> BTreeMap<String, usize> {
    let mut folders = BTreeMap::new();
    for found in files.iter().filter_map(|file| folder(file, package)).filter(|found| !found.is_empty()) {
        *folders.entry(found).or_default() += 1;
    }
    folders
}

/// The folder of a file of Rust in a package, empty for the package's own. Tests and benchmarks are not in the map.
fn folder(file: &File, package: &str) -> Option<String> {
    let path = file.path.strip_prefix(package)?.strip_prefix('/')?.strip_suffix(".rs")?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let aside = folder.split('/').any(|part| part == "tests" || part == "benches");
    (!aside).then(|| folder.to_owned())
}

/// Words that put a clause in the place of a noun, or a condition before its subject.
pub const OPENINGS: [&str; 11] =
    ["What", "Who", "Whom", "Whose", "Where", "When", "Which", "How", "Whatever", "Whoever", "That"];

/// No paragraph and no item of a list in a document begins with such a word: the subject comes first, by its name. Headings
/// and tables may have them, and pages that people read as the service's own words.
pub fn openings(files: &[File]) -> Vec<String> {
    let mut problems = Vec::new();
    for file in files.iter().filter(|file| file.is_document() && !file.path.starts_with("config/")) {
        let (mut code, mut blank) = (false, true);
        for (number, line) in (1..).zip(file.text.lines()) {
            let line = line.trim_start();
            code ^= line.starts_with("```");
            let item = line
                .split_once(' ')
                .filter(|(mark, _)| *mark == "-" || mark.trim_end_matches('.').parse::<u8>().is_ok());
            let text = item.map(|(_, text)| text).or(blank.then_some(line)).filter(|_| !code);
            let first = text.and_then(|text| text.trim_start_matches('*').split([' ', ',', ':']).next());
            if let Some(word) = first.filter(|word| OPENINGS.contains(word)) {
                problems
                    .push(format!("{}:{number}: a paragraph begins with {word:?}; its subject comes first", file.path));
            }
            blank = line.is_empty();
        }
    }
    problems
}

/// Links from one document to another file of the project.
pub fn links(files: &[File]) -> Vec<String> {
    let there = |path: &str| files.iter().any(|file| file.path == path || file.path.starts_with(&format!("{path}/")));
    let mut problems = Vec::new();
    for file in files.iter().filter(|file| file.is_document()) {
        for after in file.text.split("](").skip(1) {
            let link = after.split([')', '#']).next().unwrap_or_default();
            let outside = link.contains("://") || link.is_empty() || link == "LICENSE";
            if !outside && !there(&resolved(&file.path, link)) {
                problems.push(format!("{}: the link {link} leads nowhere", file.path));
            }
        }
    }
    problems
}

/// The path that a link in the file at `from` leads to.
fn resolved(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.trim_end_matches('/').split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            other => parts.push(other),
        }
    }
    parts.join("/")
}

/// Every requirement or invariant that a comment or a test names has a row in the table, and every test that the table
/// names is there.
pub fn requirements(files: &[File]) -> Vec<String> {
    let Some(table) = files.iter().find(|file| file.path == "docs/requirements.md") else {
        return vec!["docs/requirements.md is missing".to_owned()];
    };
    let rows: BTreeSet<&str> =
        table.text.lines().filter_map(|line| line.strip_prefix("| ")?.split(' ').next()).collect();
    let mut problems = Vec::new();
    let mut functions = BTreeSet::new();
    for file in files.iter().filter(|file| file.is_rust() && !file.path.starts_with("tests/tidy/")) {
        for line in file.text.lines() {
            let function = code_of(line).split_once("fn ").and_then(|(_, after)| words(after).next());
            let named = words(comment_of(line)).filter_map(requirement).chain(function.and_then(proved));
            for id in named.filter(|id| !rows.contains(id.as_str())) {
                problems.push(format!("{}: {id} has no row in docs/requirements.md", file.path));
            }
            functions.extend(function);
        }
    }
    let tests =
        table.text.split('`').skip(1).step_by(2).filter(|name| name.contains('_') && !name.contains(['/', ':', ' ']));
    for test in tests.filter(|test| !functions.contains(test)) {
        problems.push(format!("docs/requirements.md: there is no test {test}"));
    }
    problems
}

/// A word such as `A8` or `I2a`.
fn requirement(word: &str) -> Option<String> {
    let number = word.strip_prefix(['A', 'B', 'C', 'D', 'I'])?;
    let digits = number.strip_suffix('a').unwrap_or(number);
    let fits = (1..=2).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| word.to_owned())
}

/// The requirement that a test with a name such as `a08_there_is_a_date` proves: `A8`.
fn proved(function: &str) -> Option<String> {
    let (id, _) = function.split_once('_')?;
    let letter = id.chars().next().filter(|letter| "abcdi".contains(*letter))?;
    let number: u8 = id.get(1..).filter(|digits| digits.len() == 2)?.parse().ok()?;
    Some(format!("{}{number}", letter.to_ascii_uppercase()))
}
