//! Programs from Debian's packages. Nothing on the machine is changed, and nobody has to be
//! root: the package, and every package it needs that is not installed, is unpacked into a directory of its own.

use std::{
    env,
    ffi::OsString,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use anyhow::{Context, Result, bail};
use lodge_demo::homeserver::{Installer, ensure_installed};

/// A program that Debian, and what descends from it, has as a package.
#[derive(Debug, Clone, Copy)]
pub struct DebianPackage {
    /// The package, and the program in it.
    pub name: &'static str,
    /// The path of the program in the package, from the root.
    pub path: &'static str,
}

/// A program that is there to be run.
#[derive(Debug, Clone)]
pub struct Installed {
    program: PathBuf,
    /// The directory of its libraries, when they came with it.
    libraries: Option<OsString>,
}

impl DebianPackage {
    /// The program as the machine has it, or else unpacked into `directory`; `tell` is told of the steps in plain
    /// lines. Blocks: for a moment when all is there, for some seconds when not.
    ///
    /// # Errors
    /// In one line with the remedy: neither the program nor `apt-get`, no network, or a directory with something else
    /// in it.
    pub fn find_or_install(&self, directory: &Path, tell: &dyn Fn(&str)) -> Result<Installed> {
        if let Some(program) = self.on_this_machine() {
            return Ok(Installed { program, libraries: None });
        }
        ensure_installed(self, directory, tell)?;
        Ok(self.unpacked(directory))
    }

    /// Also where a system keeps what administrators run, which is often not in everybody's search path.
    fn on_this_machine(&self) -> Option<PathBuf> {
        let search = env::var_os("PATH").unwrap_or_default();
        let program = Path::new("/").join(self.path);
        env::split_paths(&search).map(|path| path.join(self.name)).chain([program]).find(|path| path.is_file())
    }

    fn unpacked(&self, directory: &Path) -> Installed {
        let root = root(directory);
        Installed { program: root.join(self.path), libraries: Some(libraries(&root)) }
    }
}

impl Installed {
    /// A command that runs the program, with its libraries.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.envs(self.environment());
        command
    }

    /// The variable that must stand in its environment, if any.
    fn environment(&self) -> Option<(&'static str, OsString)> {
        self.libraries.clone().map(|libraries| ("LD_LIBRARY_PATH", libraries))
    }
}

impl Installer for DebianPackage {
    fn name(&self) -> &'static str {
        self.name
    }

    fn fingerprint(&self) -> String {
        format!("{} from Debian", self.name)
    }

    fn usable(&self, directory: &Path) -> bool {
        // It does not start once a library of the machine's own has been upgraded away.
        let asked = self.unpacked(directory).command().arg("--version").stdin(Stdio::null()).output();
        asked.is_ok_and(|output| output.status.success())
    }

    fn make(&self, directory: &Path, tell: &dyn Fn(&str)) -> Result<()> {
        let name = self.name;
        tell(&format!("Fetching {name} from Debian's packages (about 15 MB to download, once)…"));
        let lists = directory.join("apt");
        for part in ["lists/partial", "archives/partial"] {
            let part = lists.join(part);
            fs::create_dir_all(&part).with_context(|| format!("{} cannot be made", part.display()))?;
        }
        self.apt_get(&lists, &["update"])?;
        self.apt_get(&lists, &["install", "--yes", "--download-only", "--no-install-recommends", name])?;
        unpack(&lists.join("archives"), &root(directory))?;
        fs::remove_dir_all(&lists).with_context(|| format!("{} cannot be removed", lists.display()))?;
        if !self.usable(directory) {
            bail!("{name} was fetched but does not run here. Install it (apt install {name}) and try again.");
        }
        Ok(())
    }
}

impl DebianPackage {
    /// Calls `apt-get` with lists and downloads of its own, which needs no rights and finds nothing outdated.
    fn apt_get(&self, own: &Path, arguments: &[&str]) -> Result<()> {
        let name = self.name;
        let option = |key: &str, value: &Path| format!("{key}={}/", value.display());
        let called = Command::new("apt-get")
            .args(["-q", "-o", "Debug::NoLocking=1", "-o", "APT::Sandbox::User=root"])
            .args(["-o", &option("Dir::State::Lists", &own.join("lists"))])
            .args(["-o", &option("Dir::Cache", own), "-o", &option("Dir::Cache::Archives", &own.join("archives"))])
            .args(arguments)
            .env("LC_ALL", "C")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .stdin(Stdio::null())
            .output();
        match called {
            Ok(output) if output.status.success() => Ok(()),
            Ok(output) => bail!(
                "{name} could not be fetched from Debian's packages. Check the network, or install {name}, and try \
                 again. apt-get says: {}",
                reason(&output)
            ),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                bail!(
                    "{name} is not installed, and there is no apt-get to fetch it with. Install {name} and try again."
                )
            }
            Err(error) => Err(error).context("apt-get could not be started"),
        }
    }
}

fn root(directory: &Path) -> PathBuf {
    directory.join("root")
}

/// Puts the files of all packages in `archives` below `root`, without what packages do when they are installed.
fn unpack(archives: &Path, root: &Path) -> Result<()> {
    let packages = fs::read_dir(archives).with_context(|| format!("{} cannot be read", archives.display()))?;
    for package in packages {
        let package = package.with_context(|| format!("{} cannot be read", archives.display()))?.path();
        if package.extension().is_none_or(|extension| extension != "deb") {
            continue;
        }
        let output = Command::new("dpkg-deb")
            .arg("--extract")
            .args([&package, root])
            .output()
            .context("dpkg-deb could not be started")?;
        if !output.status.success() {
            bail!("{} could not be unpacked. dpkg-deb says: {}", package.display(), reason(&output));
        }
    }
    Ok(())
}

/// Every directory below `root` in which a program may look for libraries.
fn libraries(root: &Path) -> OsString {
    let directories = ["lib", "usr/lib"].map(|part| root.join(part)).into_iter().flat_map(|above| {
        let below = fs::read_dir(&above).into_iter().flatten().flatten().map(|entry| entry.path());
        let below: Vec<PathBuf> = below.filter(|path| path.is_dir()).collect();
        [above].into_iter().chain(below)
    });
    directories.map(PathBuf::into_os_string).collect::<Vec<_>>().join(":".as_ref())
}

/// The line that names the trouble.
fn reason(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said.lines().find(|line| line.starts_with("E:")).or_else(|| said.lines().next_back());
    line.unwrap_or("nothing").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_the_machine_has_is_used_without_a_word() {
        let home = tempfile::tempdir().unwrap();
        let shell = DebianPackage { name: "sh", path: "bin/sh" };
        let tell = |line: &str| panic!("{line}");
        let found = shell.find_or_install(home.path(), &tell).unwrap();
        assert_eq!(found.command().args(["-c", "exit 7"]).status().unwrap().code(), Some(7));
    }

    #[test]
    fn libraries_that_came_with_a_program_are_found_where_packages_put_them() {
        let home = tempfile::tempdir().unwrap();
        let package = DebianPackage { name: "ngircd", path: "usr/sbin/ngircd" };
        let place = root(home.path()).join("usr/lib/x86_64-linux-gnu");
        fs::create_dir_all(&place).unwrap();
        let (_, found) = package.unpacked(home.path()).environment().unwrap();
        assert!(env::split_paths(&found).any(|path| path == place), "{found:?}");
    }

    #[test]
    fn trouble_is_told_in_the_words_of_apt() {
        let stderr = b"W: Some index files failed to download.\nE: Unable to locate package ngircd\n".to_vec();
        let output = Output { status: std::process::ExitStatus::default(), stdout: Vec::new(), stderr };
        assert_eq!(reason(&output), "E: Unable to locate package ngircd");
    }
}
