//! Packages from the Python package index, at versions that do not move.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};

use super::{
    install::{Installer, python_of},
    python,
};

/// The version of Synapse that everything here is tried with.
pub const SYNAPSE_VERSION: &str = "1.163.2";

/// A program from the Python package index.
#[derive(Debug, Clone, Copy)]
pub struct Package {
    /// The name that people know it by.
    pub name: &'static str,
    /// The pinned version.
    pub version: &'static str,
    /// The amount to download, in megabytes.
    pub download_mb: u32,
    /// Everything it needs, itself included, one a line and each with its version.
    pub requirements: &'static str,
}

/// Synapse with everything that it needs.
pub(super) const SYNAPSE: Package = Package {
    name: "Synapse",
    version: SYNAPSE_VERSION,
    download_mb: 60,
    requirements: include_str!("requirements.txt"),
};

impl Installer for Package {
    fn name(&self) -> &'static str {
        self.name
    }

    fn fingerprint(&self) -> String {
        let Self { name, version, requirements, .. } = self;
        format!("{} {version} {:x}", name.to_lowercase(), Sha256::digest(requirements))
    }

    fn usable(&self, directory: &Path) -> bool {
        // The link dangles once the Python it points to has been upgraded away.
        python_of(directory).exists()
    }

    fn make(&self, directory: &Path, tell: &dyn Fn(&str)) -> Result<()> {
        let Self { name, version, download_mb, .. } = self;
        let python = python::find(name)?;
        tell(&format!("Installing {name} {version} (about {download_mb} MB to download, once)…"));
        let made = quiet(&mut Command::new(&python))
            .args(["-m", "venv"])
            .arg(directory)
            .output()
            .with_context(|| format!("{python} could not be started"))?;
        if !made.status.success() {
            bail!(
                "{python} could not make a virtual environment: {}",
                last_line(&String::from_utf8_lossy(&made.stderr))
            );
        }
        install_packages(self, directory, tell)
    }
}

fn install_packages(package: &Package, directory: &Path, tell: &dyn Fn(&str)) -> Result<()> {
    let requirements = directory.join("requirements.txt");
    fs::write(&requirements, package.requirements)
        .with_context(|| format!("{} cannot be written", requirements.display()))?;
    let log_path = directory.join("install.log");
    let mut log = File::create(&log_path).with_context(|| format!("{} cannot be written", log_path.display()))?;

    let mut pip = quiet(&mut Command::new(python_of(directory)))
        .args(["-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--prefer-binary"])
        .args(["--progress-bar", "off", "--retries", "2", "--timeout", "20", "-r"])
        .arg(&requirements)
        .stdout(Stdio::piped())
        // Into the same file, so that neither pipe can fill up unread.
        .stderr(log.try_clone().context("the log of the installation cannot be written")?)
        .spawn()
        .context("pip could not be started")?;
    let mut progress = Progress::new(tell);
    if let Some(output) = pip.stdout.take() {
        for line in BufReader::new(output).lines() {
            let line = line.context("what pip said could not be read")?;
            writeln!(log, "{line}").with_context(|| format!("{} cannot be written", log_path.display()))?;
            progress.heard(&line);
        }
    }
    if pip.wait().context("pip could not be waited for")?.success() {
        return Ok(());
    }
    // The log lies in a directory that the next attempt replaces, so the reason is said here.
    bail!(explain(package.name, &fs::read_to_string(&log_path).unwrap_or_default()))
}

/// Without what in the environment would send the packages, or the search for them, elsewhere.
fn quiet(command: &mut Command) -> &mut Command {
    command.env_remove("PYTHONHOME").env_remove("PYTHONPATH").env("PIP_USER", "0").stdin(Stdio::null())
}

/// Turns what pip prints into lines worth showing.
struct Progress<'a> {
    tell: &'a dyn Fn(&str),
    count: usize,
}

impl<'a> Progress<'a> {
    fn new(tell: &'a dyn Fn(&str)) -> Self {
        Self { tell, count: 0 }
    }

    fn heard(&mut self, line: &str) {
        if let Some(rest) = line.strip_prefix("Collecting ") {
            self.count += 1;
            let name = rest.split(|c: char| !(c.is_alphanumeric() || "-_.".contains(c))).next().unwrap_or(rest);
            (self.tell)(&format!("  package {}: {name}", self.count));
        } else if line.starts_with("Installing collected packages") {
            (self.tell)("  putting the packages in place…");
        }
    }
}

/// One line for what went wrong, from all that pip said.
fn explain(name: &str, log: &str) -> String {
    const UNREACHABLE: [&str; 7] = [
        "NewConnectionError",
        "Failed to establish a new connection",
        "name resolution",
        "NameResolutionError",
        "ConnectTimeout",
        "ProxyError",
        "Max retries exceeded",
    ];
    if UNREACHABLE.iter().any(|sign| log.contains(sign)) {
        return format!(
            "{name} could not be downloaded: the Python package index cannot be reached. Check the network (or pip's \
             proxy and index settings) and try again."
        );
    }
    if log.contains("No space left on device") {
        return format!("{name} could not be installed: the disk is full. It needs up to 300 MB.");
    }
    let reason = log.lines().rfind(|line| line.contains("ERROR")).unwrap_or_else(|| last_line(log));
    format!("{name} could not be installed. pip says: {}", reason.trim())
}

fn last_line(text: &str) -> &str {
    text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or("nothing").trim()
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;

    #[test]
    fn the_pinned_packages_include_the_version_of_synapse_that_is_announced() {
        assert!(SYNAPSE.requirements.lines().any(|line| line == format!("matrix-synapse=={SYNAPSE_VERSION}")));
    }

    #[test]
    fn every_package_is_pinned_to_one_version() {
        for line in SYNAPSE.requirements.lines().filter(|line| !line.starts_with('#')) {
            assert!(line.contains("=="), "{line}");
        }
    }

    #[test]
    fn without_a_network_the_line_says_to_check_it() {
        let log = "WARNING: Retrying (Retry(total=1)) after connection broken by 'NewConnectionError(…)'\n\
                   ERROR: Could not find a version that satisfies the requirement annotated-types==0.8.0";
        assert!(explain("Synapse", log).contains("Check the network"), "{}", explain("Synapse", log));
    }

    #[test]
    fn any_other_failure_is_told_in_the_words_of_pip() {
        let log = "Collecting x\nERROR: No matching distribution found for x==1\n\n";
        assert_eq!(
            explain("Synapse", log),
            "Synapse could not be installed. pip says: ERROR: No matching distribution found for x==1"
        );
    }

    #[test]
    fn progress_names_each_package_once_and_leaves_out_the_rest() {
        let told = RefCell::new(Vec::new());
        let tell = |line: &str| told.borrow_mut().push(line.to_owned());
        let mut progress = Progress::new(&tell);
        for line in ["Collecting attrs==26.1.0 (from -r requirements.txt (line 4))", "  Downloading attrs.whl (60 kB)"]
        {
            progress.heard(line);
        }
        assert_eq!(*told.borrow(), ["  package 1: attrs"]);
    }
}
