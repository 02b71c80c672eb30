//! The master key: 32 random bytes in a file of their own, from which every other key is derived.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use lodge_ground::store::StoreError;
use zeroize::Zeroizing;

use super::durable;
use super::seal::{self, Key};
use crate::files::is_open_to_others;

/// No master key is longer than this as text: 64 digits and a line end.
const LONGEST_FILE: u64 = 66;

/// The key that opens a store. It is wiped from memory when dropped.
#[derive(Clone)]
pub struct MasterKey(Key);

impl MasterKey {
    /// Makes a new key and writes it to a file at `path`, readable by its owner alone. A file that is there already is
    /// left as it is, and named in the error.
    pub fn create(path: &Path) -> Result<Self, StoreError> {
        let key = Self(seal::random_key()?);
        let mut text = Zeroizing::new(hex(key.0.as_ref()));
        text.push('\n');
        durable::create(path, text.as_bytes()).map_err(|cause| StoreError::Locked {
            why: format!("no master key can be written to {}: {cause}", path.display()),
        })?;
        Ok(key)
    }

    /// Reads the key from a file: 64 hexadecimal digits or 32 raw bytes.
    ///
    /// The file must not be open to others. Its group may read it, since that is how systemd hands out credentials.
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        let locked = |why: String| StoreError::Locked { why: format!("the master key {} {why}", path.display()) };
        let mut file = File::open(path).map_err(|cause| locked(format!("cannot be read: {cause}")))?;
        let found = file.metadata().map_err(|cause| locked(format!("cannot be examined: {cause}")))?;
        if !found.is_file() {
            return Err(locked("is not a file".to_owned()));
        }
        if is_open_to_others(found.permissions().mode()) {
            let mode = found.mode() & 0o777;
            return Err(locked(format!("is open to others (mode {mode:03o}); chmod it to 600")));
        }
        let mut content = Zeroizing::new(Vec::with_capacity(128));
        file.by_ref()
            .take(LONGEST_FILE + 1)
            .read_to_end(&mut content)
            .map_err(|cause| locked(format!("cannot be read: {cause}")))?;
        parse(&content)
            .map(Self)
            .ok_or_else(|| locked("is not a key: 64 hexadecimal digits or 32 bytes were expected".to_owned()))
    }

    /// The key made of these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The master key of a service of this name. With the same file no other service opens anything of it.
    #[must_use]
    pub fn of_service(&self, name: &str) -> Self {
        Self(self.derive(&format!("service {name}")))
    }

    /// A key for one purpose, from which neither this one nor that of another purpose can be found.
    pub fn derive(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(seal::mac(&self.0, &[b"lodge key 1", purpose.as_bytes()]))
    }

    /// An opaque name for `about`: always the same, and telling nothing to who has not the key.
    pub fn marker(&self, purpose: &str, about: &[u8]) -> [u8; 16] {
        let mut marker = [0; 16];
        marker.copy_from_slice(&seal::mac(&self.derive(purpose), &[about])[..16]);
        marker
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey")
    }
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn parse(content: &[u8]) -> Option<Key> {
    let mut key = Zeroizing::new([0; 32]);
    if content.len() == key.len() {
        key.copy_from_slice(content);
        return Some(key);
    }
    let digits = content.trim_ascii_end();
    if digits.len() != 2 * key.len() {
        return None;
    }
    for (byte, pair) in key.iter_mut().zip(digits.chunks(2)) {
        *byte = byte_of(pair)?;
    }
    Some(key)
}

/// The bytes that these hexadecimal digits are.
pub(super) fn unhex(digits: &str) -> Option<Vec<u8>> {
    if digits.len().is_multiple_of(2) { digits.as_bytes().chunks(2).map(byte_of).collect() } else { None }
}

fn byte_of(pair: &[u8]) -> Option<u8> {
    let value = |digit: u8| char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    Some(value(pair[0])? << 4 | value(pair[1])?)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn chmod(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    #[test]
    fn a_created_key_is_the_owners_alone_reads_back_and_is_not_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("master.key");
        let key = MasterKey::create(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        assert_eq!(MasterKey::read(&path).unwrap().0, key.0);
        let text = fs::read_to_string(&path).unwrap();
        assert!(matches!(MasterKey::create(&path), Err(StoreError::Locked { .. })));
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }

    #[test]
    fn a_key_is_hexadecimal_or_raw_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("master.key");
        let read = |content: &[u8]| {
            fs::write(&path, content).unwrap();
            chmod(&path, 0o600);
            MasterKey::read(&path).map(|key| *key.0)
        };
        assert_eq!(read(&[7; 32]).unwrap(), [7; 32]);
        assert_eq!(read(&b"aB".repeat(32)).unwrap(), [0xab; 32]);
        assert_eq!(read(format!("{}\r\n", "ab".repeat(32)).as_bytes()).unwrap(), [0xab; 32]);
        for wrong in [&b""[..], &[7; 31], &[7; 33], &b"xy".repeat(32), &b"ab".repeat(33)] {
            assert!(read(wrong).unwrap_err().to_string().contains("64 hexadecimal digits"), "{wrong:?}");
        }
    }

    #[test]
    fn a_key_open_to_others_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("master.key");
        MasterKey::create(&path).unwrap();
        for mode in [0o604, 0o644, 0o660, 0o602] {
            chmod(&path, mode);
            let error = MasterKey::read(&path).unwrap_err().to_string();
            assert!(error.contains("open to others") && error.contains("600"), "{error}");
        }
        chmod(&path, 0o440);
        assert!(MasterKey::read(&path).is_ok());
    }

    #[test]
    fn derived_keys_differ_by_purpose_and_by_master() {
        let (one, two) = (MasterKey::from_bytes([1; 32]), MasterKey::from_bytes([2; 32]));
        assert_eq!(one.derive("a"), one.derive("a"));
        assert_ne!(one.derive("a"), one.derive("b"));
        assert_ne!(one.derive("a"), two.derive("a"));
        assert_ne!(one.of_service("a").derive("a"), one.derive("a"));
        assert_eq!(one.of_service("a").derive("a"), one.of_service("a").derive("a"));
        assert_ne!(one.marker("a", b"x"), one.marker("a", b"y"));
        assert_eq!(format!("{one:?}"), "MasterKey");
    }
}
