//! The disk after the power went: put together from the bytes that were synced and, with luck, some of those that were
//! only written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{self, Command};
use std::sync::OnceLock;
use std::time::UNIX_EPOCH;

use tempfile::TempDir;

const PAGE: usize = 4096;

/// The fate of bytes that were written and not synced.
#[derive(Debug, Clone, Copy)]
pub enum Luck {
    /// All of it is lost.
    None,
    /// Each page, length and directory entry reached the disk or did not, as the seed says.
    Mixed(u64),
}

/// A small stream of random numbers from a seed.
pub struct Dice(u64);

impl Dice {
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number below `limit`.
    pub fn roll(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }
}

/// The library that keeps synced bytes, to preload into the writer.
pub fn preload() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| compiled("unsynced"))
}

/// The library by which a disk fails, to preload into the writer.
pub fn faulty() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| compiled("faulty"))
}

fn compiled(name: &str) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/power_loss").join(name).with_extension("c");
    let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).with_extension("so");
    let new = library.with_extension(process::id().to_string());
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-pthread", "-o"])
        .arg(&new)
        .arg(&source)
        .arg("-ldl")
        .status();
    assert!(
        compiled.expect("a C compiler called cc, which Rust needs too").success(),
        "{} does not compile",
        source.display()
    );
    fs::rename(new, &library).expect("the library in its place");
    library
}

/// A directory that lives in memory, where the system has such: its files are opened thousands of times, and the time
/// that a real disk needs for that shows nothing here.
pub fn in_memory() -> TempDir {
    let shared = Path::new("/dev/shm");
    let there = if shared.is_dir() { tempfile::tempdir_in(shared) } else { tempfile::tempdir() };
    there.expect("a directory")
}

/// The files as the process sees them, through the page cache, and as they were synced.
pub struct Disk<'a> {
    platter: &'a Path,
    live: BTreeMap<String, PathBuf>,
    luck: Option<Dice>,
}

impl<'a> Disk<'a> {
    /// Puts what `top` has on the disk after the loss into the directory `to`.
    pub fn recover(top: &Path, platter: &'a Path, luck: Luck, to: &Path) {
        let mut live = BTreeMap::new();
        identify_all(top, &mut live);
        let luck = match luck {
            Luck::None => None,
            Luck::Mixed(seed) => Some(Dice::new(seed)),
        };
        let mut disk = Disk { platter, live, luck };
        disk.directory(&id_of(&fs::metadata(top).expect("the top directory")), to);
    }

    fn directory(&mut self, id: &str, to: &Path) {
        fs::create_dir_all(to).expect("a directory");
        let synced = self.synced_entries(id);
        let written = self.written_entries(id);
        let names: BTreeSet<&String> = synced.keys().chain(written.keys()).collect();
        for name in names {
            let entry = if self.is_lucky() { written.get(name) } else { synced.get(name) };
            match entry {
                None => {}
                Some((true, id)) => self.directory(id, &to.join(name)),
                Some((false, id)) => fs::write(to.join(name), self.content(id)).expect("a file"),
            }
        }
    }

    fn content(&mut self, id: &str) -> Vec<u8> {
        let synced = fs::read(self.platter.join(id)).unwrap_or_default();
        let written = self.live.get(id).and_then(|path| fs::read(path).ok()).unwrap_or_else(|| synced.clone());
        let mut content = if self.is_lucky() { written.clone() } else { synced.clone() };
        for (number, page) in content.chunks_mut(PAGE).enumerate() {
            let from = if self.is_lucky() { &written } else { &synced };
            let start = (number * PAGE).min(from.len());
            let found = &from[start..(start + page.len()).min(from.len())];
            page[..found.len()].copy_from_slice(found);
            page[found.len()..].fill(0);
        }
        content
    }

    fn is_lucky(&mut self) -> bool {
        self.luck.as_mut().is_some_and(|dice| dice.roll(2) == 1)
    }

    /// Names, whether each is a directory, and which.
    fn synced_entries(&self, id: &str) -> BTreeMap<String, (bool, String)> {
        let list = fs::read_to_string(self.platter.join(id)).unwrap_or_default();
        let entry = |line: &str| {
            let mut parts = line.splitn(3, ' ');
            let (kind, id, name) = (parts.next()?, parts.next()?, parts.next()?);
            Some((name.to_owned(), (kind == "directory", id.to_owned())))
        };
        list.lines().map(|line| entry(line).expect("a directory's list")).collect()
    }

    fn written_entries(&self, id: &str) -> BTreeMap<String, (bool, String)> {
        let Some(path) = self.live.get(id) else { return BTreeMap::new() };
        let entry = |entry: std::io::Result<fs::DirEntry>| {
            let entry = entry.expect("an entry");
            let found = entry.metadata().expect("its metadata");
            (entry.file_name().into_string().expect("a plain name"), (found.is_dir(), id_of(&found)))
        };
        fs::read_dir(path).expect("a directory").map(entry).collect()
    }
}

fn identify_all(path: &Path, into: &mut BTreeMap<String, PathBuf>) {
    let found = fs::metadata(path).expect("its metadata");
    into.insert(id_of(&found), path.to_owned());
    if found.is_dir() {
        fs::read_dir(path).expect("a directory").for_each(|entry| identify_all(&entry.expect("an entry").path(), into));
    }
}

/// The name of a file, as `unsynced.c` writes it.
fn id_of(found: &Metadata) -> String {
    let born = found.created().ok().and_then(|born| born.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    format!("{}.{}.{}", found.ino(), born.as_secs(), born.subsec_nanos())
}
