//! The other program that reads calendar files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use lodge_demo::homeserver::{Environment, Package};
use serde_json::Value;

const ICALENDAR: Package =
    Package { name: "icalendar", version: "7.3.2", download_mb: 2, requirements: include_str!("requirements.txt") };

/// The sayings of the other program about these files, one for each.
///
/// # Panics
/// When it cannot be installed, or does not read one of them.
pub fn as_read_by_another(files: &[String]) -> Vec<Value> {
    let installed = Path::new(env!("CARGO_TARGET_TMPDIR")).join("icalendar");
    let environment = Environment::install_package(&ICALENDAR, &installed, &|line| eprintln!("{line}")).unwrap();
    let directory = tempfile::tempdir().unwrap();
    let paths: Vec<PathBuf> = (0..files.len()).map(|number| directory.path().join(format!("{number}.ics"))).collect();
    for (path, file) in paths.iter().zip(files) {
        fs::write(path, file).unwrap();
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/calendar/reader.py");
    // The zones are those of the packages above, whatever the machine has.
    let output = Command::new(environment.python()).env("PYTHONTZPATH", "").arg(script).args(&paths).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
