//! A socket in a service's directory, for its owner alone.

use std::fs::{self, File};
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tokio::net::{UnixListener, UnixStream};

use crate::store::durable::if_there;

/// Listens at the socket of this name. One that is there is that of a service which has ended, for the caller holds the store.
pub fn listen(directory: &Path, name: &str) -> io::Result<UnixListener> {
    let (_held, path) = reachable(directory, name)?;
    if_there(fs::remove_file(&path))?;
    let listener = UnixListener::bind(&path)?;
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600))?;
    Ok(listener)
}

/// Connects to the socket of this name.
pub async fn connect(directory: &Path, name: &str) -> io::Result<UnixStream> {
    let (_held, path) = reachable(directory, name)?;
    UnixStream::connect(&path).await
}

/// The socket by a path that is short enough for the system, however long the directory's own is: through the opened
/// directory, which is to be held for as long as the path is used.
fn reachable(directory: &Path, name: &str) -> io::Result<(File, PathBuf)> {
    let held = File::open(directory)?;
    let path = PathBuf::from(format!("/proc/self/fd/{}", held.as_raw_fd())).join(name);
    Ok((held, path))
}
