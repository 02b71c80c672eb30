//! Finding a Python that can run Synapse, and other programs from the Python package index.

use std::process::{Command, Stdio};

use anyhow::{Result, bail};

/// The oldest Python that the packages run on.
const OLDEST: (u32, u32) = (3, 10);

/// Programs that may be a Python, the newest version that the pinned packages were tried with first.
const CANDIDATES: [&str; 6] = ["python3.13", "python3.12", "python3.11", "python3.10", "python3", "python"];

/// Prints the version, and whether a virtual environment with pip can be made.
const QUESTION: &str = "\
import sys
try:
    import venv, ensurepip
    able = 1
except ImportError:
    able = 0
print(sys.version_info[0], sys.version_info[1], able)";

/// The command of a Python that can make an environment for the program of this name.
///
/// # Errors
/// When none is there, or all are too old, or none can make virtual environments: says what to install.
pub(super) fn find(program: &str) -> Result<String> {
    choose(program, ask)
}

/// A Python's description of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    version: (u32, u32),
    /// Whether the modules `venv` and `ensurepip` are there.
    makes_environments: bool,
}

fn choose(program: &str, ask: impl Fn(&str) -> Option<Found>) -> Result<String> {
    let mut too_old = None;
    let mut unable = None;
    for candidate in CANDIDATES {
        match ask(candidate) {
            Some(found) if found.version < OLDEST => too_old = too_old.or(Some(found.version)),
            Some(found) if !found.makes_environments => unable = unable.or(Some(found.version)),
            Some(_) => return Ok(candidate.to_owned()),
            None => {}
        }
    }
    if let Some((major, minor)) = unable {
        bail!(
            "Python {major}.{minor} is here but cannot make virtual environments. Install its venv module (on Debian \
             and Ubuntu: apt install python{major}.{minor}-venv) and try again."
        );
    }
    if let Some((major, minor)) = too_old {
        bail!("Python {major}.{minor} is too old for {program}. Install Python 3.10 or later and try again.");
    }
    bail!("{program} needs Python 3.10 or later, and none was found. Install it and try again.");
}

/// A command may exist and yet not run (version managers leave such stand-ins), so it is asked, not looked up.
fn ask(candidate: &str) -> Option<Found> {
    let output = Command::new(candidate)
        .args(["-c", QUESTION])
        .env_remove("PYTHONHOME")
        .env_remove("PYTHONPATH")
        .stdin(Stdio::null())
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut numbers = text.split_whitespace().map(str::parse::<u32>);
    let mut next = || numbers.next()?.ok();
    Some(Found { version: (next()?, next()?), makes_environments: next()? == 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn python(minor: u32, makes_environments: bool) -> Found {
        Found { version: (3, minor), makes_environments }
    }

    #[test]
    fn a_python_that_can_make_environments_is_preferred_to_a_newer_one_that_cannot() {
        let chosen = choose("Synapse", |name| match name {
            "python3.12" => Some(python(12, false)),
            "python3" => Some(python(11, true)),
            _ => None,
        });
        assert_eq!(chosen.unwrap(), "python3");
    }

    #[test]
    fn a_python_without_venv_says_which_package_to_install() {
        let error = choose("Synapse", |name| (name == "python3").then(|| python(11, false))).unwrap_err().to_string();
        assert!(error.contains("apt install python3.11-venv"), "{error}");
    }

    #[test]
    fn an_old_python_is_named_with_the_version_that_would_do() {
        let error = choose("Synapse", |name| (name == "python3").then(|| python(9, true))).unwrap_err().to_string();
        assert!(error.contains("Python 3.9 is too old") && error.contains("3.10 or later"), "{error}");
    }

    #[test]
    fn a_missing_python_says_what_to_install() {
        let error = choose("Synapse", |_| None).unwrap_err().to_string();
        assert!(error.contains("needs Python 3.10 or later, and none was found"), "{error}");
    }
}
