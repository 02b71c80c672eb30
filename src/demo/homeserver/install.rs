//! A directory that holds Synapse, or another program: made once, completed or not at all, shared between runs.

use std::{
    env,
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use super::pip::{Package, SYNAPSE, SYNAPSE_VERSION};

/// The name of the file that marks the directory as ours and, once the installation is complete, says which one it
/// holds.
const MARKER: &str = "lodge-environment";

/// A directory in which Synapse or another program is installed, complete and at the pinned version.
#[derive(Debug, Clone)]
pub struct Environment {
    directory: PathBuf,
}

impl Environment {
    /// Makes sure that Synapse is installed in `directory`; `tell` is told of the steps in plain lines. Blocks: for a
    /// moment when all is there, for a minute or so when not.
    ///
    /// An installation that was left unfinished or holds another version is replaced. A second process that asks for
    /// the same directory waits for the first.
    ///
    /// # Errors
    /// In one line with the remedy: no suitable Python, no network, a full disk, or a directory with something else in
    /// it, which is left alone.
    pub fn install(directory: &Path, tell: &dyn Fn(&str)) -> Result<Self> {
        Self::install_package(&SYNAPSE, directory, tell)
    }

    /// Does the same for another program than Synapse.
    pub fn install_package(package: &Package, directory: &Path, tell: &dyn Fn(&str)) -> Result<Self> {
        ensure_installed(package, directory, tell)?;
        Ok(Self { directory: directory.to_owned() })
    }

    /// The Python that sees the installed packages.
    pub fn python(&self) -> PathBuf {
        python_of(&self.directory)
    }
}

/// Names a directory in which Synapse is installed, once for everything that is run.
const DIRECTORY: &str = "LODGE_SYNAPSE_DIR";

/// The environment that all tests and benchmarks of the project share, so that it is downloaded once: below the
/// build directory, or where `LODGE_SYNAPSE_DIR` says.
pub fn shared_environment() -> PathBuf {
    environment_or(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/synapse").join(SYNAPSE_VERSION))
}

/// The directory that `LODGE_SYNAPSE_DIR` names, or this one when it names none.
pub(crate) fn environment_or(directory: PathBuf) -> PathBuf {
    env::var_os(DIRECTORY).map_or(directory, PathBuf::from)
}

/// A way to put a program into an empty directory.
pub trait Installer {
    /// The installed thing, in a word.
    fn name(&self) -> &'static str;
    /// Names everything that is to be installed; an environment with another fingerprint is replaced.
    fn fingerprint(&self) -> String;
    /// Whether a complete environment still works on this machine.
    fn usable(&self, directory: &Path) -> bool;
    /// Installs into `directory`, which exists and holds nothing but the marker.
    fn make(&self, directory: &Path, tell: &dyn Fn(&str)) -> Result<()>;
}

/// The path of the Python of an environment.
pub(super) fn python_of(directory: &Path) -> PathBuf {
    directory.join("bin").join("python")
}

/// Makes sure that all is installed in `directory`, as [`Environment::install`] describes it.
///
/// # Errors
/// As there.
pub fn ensure_installed(installer: &dyn Installer, directory: &Path, tell: &dyn Fn(&str)) -> Result<()> {
    let name = installer.name();
    let _lock = lock(name, directory, tell)?;
    let marker = directory.join(MARKER);
    let wanted = installer.fingerprint();
    match fs::read_to_string(&marker) {
        Ok(found) if found == wanted && installer.usable(directory) => return Ok(()),
        Ok(found) => {
            tell(&match found.as_str() {
                "" => format!("The last installation of {name} was not finished; starting it again."),
                _ if found == wanted => {
                    format!("The installed {name} no longer runs on this machine; installing it again.")
                }
                _ => format!("Another version of {name} is installed; replacing it."),
            });
            fs::remove_dir_all(directory).with_context(|| format!("{} cannot be removed", directory.display()))?;
        }
        Err(_) => refuse_to_replace(name, directory)?,
    }
    fs::create_dir_all(directory).with_context(|| format!("{} cannot be made", directory.display()))?;
    // Empty until all is in place; with it there, an interrupted attempt is known as ours and can be replaced.
    write(&marker, "")?;
    installer.make(directory, tell)?;
    let complete = directory.join("lodge-environment.new");
    write(&complete, &wanted)?;
    fs::rename(&complete, &marker).with_context(|| format!("{} cannot be written", marker.display()))
}

/// Waits for another process that is installing into the same directory. Released when dropped.
fn lock(name: &str, directory: &Path, tell: &dyn Fn(&str)) -> Result<File> {
    let path = directory.with_added_extension("lock");
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(|| format!("{} cannot be made", parent.display()))?;
    }
    let file = File::create(&path).with_context(|| format!("{} cannot be written", path.display()))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            tell(&format!("{name} is being installed by another process; waiting for it…"));
            file.lock().with_context(|| format!("{} cannot be locked", path.display()))?;
        }
        Err(TryLockError::Error(error)) => {
            return Err(error).with_context(|| format!("{} cannot be locked", path.display()));
        }
    }
    Ok(file)
}

/// A directory without the marker is not ours to remove, unless there is nothing in it.
fn refuse_to_replace(name: &str, directory: &Path) -> Result<()> {
    if fs::read_dir(directory).is_ok_and(|mut entries| entries.next().is_some()) {
        bail!(
            "{} holds something other than {name} for Lodge. Name another directory, or empty this one.",
            directory.display()
        );
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).with_context(|| format!("{} cannot be written", path.display()))
}

#[cfg(test)]
mod tests {
    use std::{cell::RefCell, sync::mpsc, thread};

    use super::*;

    /// Writes one file, like an installation of one package.
    struct Fake {
        version: &'static str,
        fails: bool,
    }

    impl Installer for Fake {
        fn name(&self) -> &'static str {
            "Synapse"
        }

        fn fingerprint(&self) -> String {
            self.version.to_owned()
        }

        fn usable(&self, directory: &Path) -> bool {
            directory.join("package").exists()
        }

        fn make(&self, directory: &Path, tell: &dyn Fn(&str)) -> Result<()> {
            tell("installing");
            assert!(!directory.join("package").exists(), "an installation starts from nothing");
            fs::write(directory.join("package"), self.version)?;
            anyhow::ensure!(!self.fails, "the network went away");
            Ok(())
        }
    }

    const GOOD: Fake = Fake { version: "1", fails: false };
    const FAILING: Fake = Fake { version: "1", fails: true };

    fn told(installer: &Fake, directory: &Path) -> (Vec<String>, Result<()>) {
        let lines = RefCell::new(Vec::new());
        let result = ensure_installed(installer, directory, &|line| lines.borrow_mut().push(line.to_owned()));
        (lines.into_inner(), result)
    }

    #[test]
    fn a_finished_installation_is_used_again_without_a_word() {
        let home = tempfile::tempdir().unwrap();
        let directory = home.path().join("synapse");
        assert_eq!(told(&GOOD, &directory).0, ["installing"]);
        let (lines, result) = told(&GOOD, &directory);
        result.unwrap();
        assert!(lines.is_empty(), "{lines:?}");
    }

    #[test]
    fn half_an_installation_is_made_again() {
        let home = tempfile::tempdir().unwrap();
        let directory = home.path().join("synapse");
        told(&FAILING, &directory).1.unwrap_err();
        let (lines, result) = told(&GOOD, &directory);
        result.unwrap();
        assert_eq!(lines, ["The last installation of Synapse was not finished; starting it again.", "installing"]);
    }

    #[test]
    fn another_version_is_replaced() {
        let home = tempfile::tempdir().unwrap();
        let directory = home.path().join("synapse");
        told(&GOOD, &directory).1.unwrap();
        let (lines, result) = told(&Fake { version: "2", fails: false }, &directory);
        result.unwrap();
        assert_eq!(lines, ["Another version of Synapse is installed; replacing it.", "installing"]);
        assert_eq!(fs::read_to_string(directory.join("package")).unwrap(), "2");
    }

    #[test]
    fn an_installation_that_stopped_working_is_made_again() {
        let home = tempfile::tempdir().unwrap();
        let directory = home.path().join("synapse");
        told(&GOOD, &directory).1.unwrap();
        fs::remove_file(directory.join("package")).unwrap();
        let (lines, result) = told(&GOOD, &directory);
        result.unwrap();
        assert!(lines[0].contains("no longer runs"), "{lines:?}");
    }

    #[test]
    fn a_directory_with_something_else_in_it_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("thesis.txt"), "years of work").unwrap();
        let error = told(&GOOD, home.path()).1.unwrap_err().to_string();
        assert!(error.contains("Name another directory"), "{error}");
        assert_eq!(fs::read_to_string(home.path().join("thesis.txt")).unwrap(), "years of work");
    }

    #[test]
    fn a_second_process_waits_for_the_first_and_then_finds_it_done() {
        let home = tempfile::tempdir().unwrap();
        let directory = home.path().join("synapse");
        let first = lock("Synapse", &directory, &|_| ()).unwrap();
        let (say, hear) = mpsc::channel();
        let second = thread::spawn({
            let directory = directory.clone();
            move || ensure_installed(&GOOD, &directory, &|line| say.send(line.to_owned()).unwrap())
        });
        assert!(hear.recv().unwrap().contains("waiting for it"), "the second says that it waits");
        fs::create_dir_all(&directory).unwrap();
        fs::write(directory.join("package"), "1").unwrap();
        fs::write(directory.join(MARKER), "1").unwrap();
        drop(first);
        second.join().unwrap().unwrap();
        assert!(hear.recv().is_err(), "the second has nothing to install");
    }
}
