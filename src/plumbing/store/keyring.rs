//! The members' keys. Without a member's key none of the rows the member owns can be read, wherever copies of them are.
//!
//! The whole ring is one file, sealed by a key derived from the master key: a mark of that key, so that a wrong one is
//! recognised; then, sealed, the number of the store it belongs to and, for every member, the id and the key. For a
//! forgotten member the id stays, without a key, so that the member cannot come back by mistake.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use lodge_ground::id::MemberId;
use lodge_ground::store::{Owners, StoreError};
use zeroize::Zeroizing;

use super::commit_log::{MirrorFault, alert};
use super::durable::{self, Old};
use super::master::MasterKey;
use super::seal::{self, Key};

const FORMAT: &[u8; 12] = b"lodge keys 1";
const HEAD: usize = FORMAT.len() + 16;
const ENTRY: usize = 16 + 1 + 32;
const HAS_KEY: u8 = 1;
const FORGOTTEN: u8 = 0;

/// Every member's key, or that it was destroyed.
type Keys = BTreeMap<MemberId, Option<Key>>;

/// The ring, as it stands in the file.
pub(super) struct Keyring {
    /// The file, and the copy of it that is kept equal where there is one.
    paths: Vec<PathBuf>,
    wrap: Key,
    mark: [u8; 16],
    store: [u8; 16],
    keys: Keys,
    /// What becomes of new keys when the copy cannot be written.
    on_fault: MirrorFault,
}

/// What the ring has of a member.
pub(super) enum Held<'a> {
    Key(&'a Key),
    /// There was a key and it was destroyed.
    Forgotten,
    Never,
}

impl Keyring {
    /// Makes an empty ring for a new store. It is on disk when this returns.
    pub(super) fn create(path: &Path, master: &MasterKey) -> Result<Self, StoreError> {
        let mut ring = Self::empty(path, master);
        seal::random(&mut ring.store)?;
        ring.write(&ring.keys, Old::Leave)?;
        Ok(ring)
    }

    /// Reads the ring; nothing when there is no file.
    pub(super) fn read(path: &Path, master: &MasterKey) -> Result<Option<Self>, StoreError> {
        let content = match fs::read(path) {
            Ok(content) => content,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(cause) => return Err(engine("read the key file", &cause)),
        };
        let damaged =
            || StoreError::Damaged { what: format!("the key file {} is not what was written", path.display()) };
        let mut ring = Self::empty(path, master);
        let (head, sealed) = content.split_at_checked(HEAD).ok_or_else(damaged)?;
        if !head.starts_with(FORMAT) {
            return Err(damaged());
        }
        if head[FORMAT.len()..] != ring.mark {
            let why = format!(
                "the master key is not the one that {} was made with, or that store is another service's",
                path.display()
            );
            return Err(StoreError::Locked { why });
        }
        let inside = seal::open(&ring.wrap, head, sealed).ok_or_else(damaged)?;
        (ring.store, ring.keys) = decode(&inside).ok_or_else(damaged)?;
        Ok(Some(ring))
    }

    /// The number of the store that this ring belongs to.
    pub(super) const fn store(&self) -> [u8; 16] {
        self.store
    }

    /// Whether it never had a key.
    pub(super) fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The members whose keys were destroyed.
    pub(super) fn forgotten(&self) -> Owners {
        self.keys.iter().filter(|(_, key)| key.is_none()).map(|(member, _)| *member).collect()
    }

    pub(super) fn held(&self, member: MemberId) -> Held<'_> {
        match self.keys.get(&member) {
            Some(Some(key)) => Held::Key(key),
            Some(None) => Held::Forgotten,
            None => Held::Never,
        }
    }

    /// Goes on in these files instead, without the keys of these members. It is on disk when this returns.
    pub(super) fn move_to(mut self, paths: Vec<PathBuf>, forgotten: &Owners) -> Result<Self, StoreError> {
        self.paths = paths;
        self.keys.extend(forgotten.iter().map(|member| (*member, None)));
        self.write(&self.keys, Old::Wipe)?;
        Ok(self)
    }

    /// Keeps a copy of the ring in this file from now on, in the place of any that is there.
    pub(super) fn mirror_to(&mut self, path: PathBuf) -> Result<(), StoreError> {
        self.paths.push(path);
        self.write(&self.keys, Old::Wipe)
    }

    /// Does this from now on when the copy does not take new keys.
    pub(super) fn on_fault(mut self, on_fault: MirrorFault) -> Self {
        self.on_fault = on_fault;
        self
    }

    /// In how many files it is kept.
    pub(super) fn copies(&self) -> usize {
        self.paths.len()
    }

    /// Makes keys for those who have none yet, in one rewrite. They are on disk when this returns.
    pub(super) fn admit(&mut self, members: &Owners) -> Result<(), StoreError> {
        let mut keys = BTreeMap::new();
        for member in members {
            match self.held(*member) {
                Held::Key(_) => {}
                Held::Forgotten => return Err(StoreError::Forgotten { member: *member }),
                Held::Never => {
                    keys.insert(*member, Some(seal::random_key()?));
                }
            }
        }
        if keys.is_empty() {
            return Ok(());
        }
        keys.extend(self.keys.iter().map(|(member, key)| (*member, key.clone())));
        match (self.write(&keys, Old::Leave), self.on_fault) {
            (Err(cause), MirrorFault::GoOn) if self.paths.len() > 1 => {
                let mirror = self.paths.split_off(1);
                // If it was not the mirror's fault, this fails too.
                self.write(&keys, Old::Leave)?;
                for path in &mirror {
                    alert(path, &cause);
                }
            }
            (written, _) => written?,
        }
        self.keys = keys;
        Ok(())
    }

    /// Destroys the member's key. It is gone from the disk's files when this returns.
    ///
    /// What the old file held is overwritten too, which reaches the same sectors on simple disks only: a disk that
    /// moves what is written, or a file system that copies on write, may keep it until it needs the space.
    pub(super) fn forget(&mut self, member: MemberId) -> Result<(), StoreError> {
        let mut keys = self.keys.clone();
        keys.insert(member, None);
        self.write(&keys, Old::Wipe)?;
        self.keys = keys;
        Ok(())
    }

    fn empty(path: &Path, master: &MasterKey) -> Self {
        let wrap = master.derive("store key ring");
        let mark = master.marker("store key ring mark", b"");
        let on_fault = MirrorFault::Stop;
        Self { paths: vec![path.to_owned()], wrap, mark, store: [0; 16], keys: BTreeMap::new(), on_fault }
    }

    fn write(&self, keys: &Keys, old: Old) -> Result<(), StoreError> {
        let head = [FORMAT.as_slice(), &self.mark].concat();
        let sealed = seal::seal(&self.wrap, &head, &encode(self.store, keys))?;
        let content = [head, sealed].concat();
        for path in &self.paths {
            durable::replace(path, &content, old).map_err(|cause| engine("write the key file", &cause))?;
        }
        Ok(())
    }
}

fn encode(store: [u8; 16], keys: &Keys) -> Zeroizing<Vec<u8>> {
    let mut inside = Zeroizing::new(Vec::with_capacity(16 + ENTRY * keys.len()));
    inside.extend_from_slice(&store);
    for (member, key) in keys {
        inside.extend_from_slice(&member.to_bytes());
        inside.push(if key.is_some() { HAS_KEY } else { FORGOTTEN });
        inside.extend_from_slice(key.as_ref().map_or(&[0; 32], |key| key.as_ref()));
    }
    inside
}

fn decode(inside: &[u8]) -> Option<([u8; 16], Keys)> {
    let (store, entries) = inside.split_first_chunk::<16>()?;
    let decoded = entries.chunks(ENTRY).map(|entry| {
        let (member, rest) = entry.split_first_chunk::<16>()?;
        let (state, key) = rest.split_first()?;
        let key: [u8; 32] = key.try_into().ok()?;
        let key = match *state {
            HAS_KEY => Some(Zeroizing::new(key)),
            FORGOTTEN => None,
            _ => return None,
        };
        Some((MemberId::from_bytes(*member), key))
    });
    Some((*store, decoded.collect::<Option<_>>()?))
}

fn engine(doing: &'static str, cause: &io::Error) -> StoreError {
    StoreError::Engine { doing, cause: cause.to_string() }
}
