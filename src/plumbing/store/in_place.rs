//! Files that are written over where they lie, so that a simple disk has nothing of their former content.
//!
//! The whole of a file is written over from a copy that was safe first, so a loss of power leaves the old file, or the
//! new one, or that copy, from which [`finish`] goes on. A copy is wiped before its place on the disk is given back.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::{FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::durable::{self, if_there};

/// Puts `content` in the place of the file's content, or makes the file. It is on disk when this returns.
pub(super) fn write_over(path: &Path, content: &[u8]) -> io::Result<()> {
    finish(path)?;
    durable::create(&unfinished(path), content)?;
    fs::rename(unfinished(path), copy(path))?;
    durable::sync_directory_of(path)?;
    finish(path)
}

/// Goes on with a write that a loss of power broke off.
pub(super) fn finish(path: &Path) -> io::Result<()> {
    wipe_away(&unfinished(path))?;
    // Older versions left such a one behind, which may not be whole.
    wipe_away(&path.with_extension("new"))?;
    let Some(content) = if_there(fs::read(copy(path)))? else { return Ok(()) };
    let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path)?;
    let (length, before) = (content.len() as u64, file.metadata()?.len());
    file.write_all_at(&content, 0)?;
    if before > length {
        let rest = usize::try_from(before - length).map_err(io::Error::other)?;
        file.write_all_at(&vec![0; rest], length)?;
        file.sync_all()?;
        file.set_len(length)?;
    }
    file.sync_all()?;
    durable::sync_directory_of(path)?;
    // Under its name it would be taken for whole.
    fs::rename(copy(path), unfinished(path))?;
    durable::sync_directory_of(path)?;
    wipe_away(&unfinished(path))
}

/// The content of the file, or the one that it is about to have; `None` where there is no file. It changes nothing.
pub(super) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match if_there(fs::read(copy(path)))? {
        None => if_there(fs::read(path)),
        about_to => Ok(about_to),
    }
}

/// Writes each of these pieces over what is at its place in the file. All are on disk when this returns; a loss of power
/// before leaves any of them, each as it was or as it is to be as long as it lies within a sector.
pub(super) fn write_pieces(path: &Path, pieces: &[(u64, Vec<u8>)]) -> io::Result<()> {
    let file = OpenOptions::new().write(true).open(path)?;
    pieces.iter().try_for_each(|(at, piece)| file.write_all_at(piece, *at))?;
    file.sync_data()
}

fn copy(path: &Path) -> PathBuf {
    path.with_extension("whole")
}

fn unfinished(path: &Path) -> PathBuf {
    path.with_extension("part")
}

/// Takes a file away, and its former content with it.
fn wipe_away(path: &Path) -> io::Result<()> {
    match if_there(OpenOptions::new().write(true).open(path))? {
        Some(file) => wipe(&file).and_then(|()| fs::remove_file(path)),
        None => Ok(()),
    }
}

fn wipe(file: &File) -> io::Result<()> {
    let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
    file.write_all_at(&vec![0; length], 0)?;
    file.sync_data()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_a_loss_of_power_left_is_finished_or_wiped() {
        for (left, whole) in [("part", false), ("new", false), ("whole", true)] {
            for old in [None, Some(vec![7; 5000])] {
                let dir = tempfile::tempdir().unwrap();
                let (path, left) = (dir.path().join("keys"), dir.path().join("keys").with_extension(left));
                if let Some(old) = &old {
                    fs::write(&path, old).unwrap();
                    fs::hard_link(&path, dir.path().join("old sectors")).unwrap();
                }
                fs::write(&left, [9; 300]).unwrap();
                fs::hard_link(&left, dir.path().join("sectors")).unwrap();
                let expected = if whole { Some(vec![9; 300]) } else { old.clone() };
                assert_eq!(read(&path).unwrap(), expected);
                finish(&path).unwrap();
                assert_eq!((if_there(fs::read(&path)).unwrap(), left.exists()), (expected.clone(), false));
                assert_eq!(fs::read(dir.path().join("sectors")).unwrap(), [0; 300]);
                // It is the same file as before.
                assert_eq!(if_there(fs::read(dir.path().join("old sectors"))).unwrap(), old.and(expected));
                write_over(&path, b"new").unwrap();
                assert_eq!(fs::read(&path).unwrap(), b"new");
                let names = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name());
                assert!(names.into_iter().all(|name| ["keys", "sectors", "old sectors"].iter().any(|n| name == **n)));
            }
        }
    }
}
