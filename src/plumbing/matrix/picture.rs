//! The picture that clients show for a service's account.

use std::path::{Path, PathBuf};

use matrix_sdk::Client;
use matrix_sdk::media::MediaFormat;
use tracing::warn;

/// A picture for an account: a PNG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture(Vec<u8>);

/// The largest picture, in bytes. Each client of each member fetches it.
const BYTES_MAX: usize = 256 * 1024;

/// The bytes with which each PNG begins (RFC 2083, 3.1).
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The file that was named holds no picture.
#[derive(Debug, thiserror::Error)]
#[error("{path}: expected a picture, a PNG of at most {} KiB; {problem}", BYTES_MAX / 1024)]
pub struct NoPicture {
    path: PathBuf,
    problem: String,
}

impl Picture {
    /// The picture in this file, or else this one, with which the program comes.
    ///
    /// # Errors
    /// When a file is named and holds none.
    pub fn read(path: Option<&Path>, or_else: &[u8]) -> Result<Self, NoPicture> {
        let Some(path) = path else { return Ok(Self(or_else.to_vec())) };
        let problem = |problem| NoPicture { path: path.to_owned(), problem };
        let bytes = std::fs::read(path).map_err(|error| problem(error.to_string()))?;
        if !bytes.starts_with(SIGNATURE) {
            return Err(problem("found something else".to_owned()));
        }
        if bytes.len() > BYTES_MAX {
            return Err(problem(format!("found {} KiB", bytes.len() / 1024)));
        }
        Ok(Self(bytes))
    }

    /// Shows it, unless it is shown already: a new one is announced in every room. A homeserver that takes no pictures
    /// does not keep anybody from meeting, so it is only warned about.
    pub(super) async fn show(&self, client: &Client) {
        let account = client.account();
        match account.get_avatar(MediaFormat::File).await {
            Ok(Some(shown)) if shown == self.0 => {}
            Ok(_) => {
                if let Err(error) = account.upload_avatar(&mime::IMAGE_PNG, self.0.clone()).await {
                    warn!(%error, "the homeserver does not take the account's picture; clients show a letter in its place");
                }
            }
            Err(error) => {
                warn!(%error, "the homeserver does not say which picture the account has; it is left as it is");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_no_picture_is_refused_by_its_name() {
        let directory = tempfile::tempdir().unwrap();
        let read = |name: &str, bytes: &[u8]| {
            let path = directory.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            Picture::read(Some(&path), &[]).map_err(|error| error.to_string().replace(&*path.to_string_lossy(), name))
        };
        let own = [SIGNATURE, b"rest"].concat();
        assert_eq!(read("own.png", &own), Ok(Picture(own.clone())));
        let expected = "expected a picture, a PNG of at most 256 KiB";
        assert_eq!(read("page.html", b"<html>"), Err(format!("page.html: {expected}; found something else")));
        let large = [SIGNATURE, &vec![0; 300 * 1024]].concat();
        assert_eq!(read("large.png", &large), Err(format!("large.png: {expected}; found 300 KiB")));
        assert!(Picture::read(Some(Path::new("/nowhere.png")), &own).is_err());
        assert_eq!(Picture::read(None, &own).ok(), Some(Picture(own)));
    }
}
