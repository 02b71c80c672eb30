//! The members' keys. Without a member's key none of the rows the member owns can be read, wherever copies of them are.
//!
//! Each key is in a slot of its own, in one file that is only ever written over where it lies: a destroyed key is
//! overwritten, and no older file of keys is left anywhere on the disk. Forgetting leaves only the id of a member, so
//! that the member cannot come back by mistake.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use lodge_ground::id::MemberId;
use lodge_ground::store::{Owners, StoreError};

use super::commit_log::{MirrorFault, alert};
use super::in_place;
use super::master::MasterKey;
use super::seal::{self, Key};
use super::sled_store::failed;
use super::slots::{Entry, SLOT, SlotSeal, Slots, Unread};

/// The ring, as it stands in the file.
pub(super) struct Keyring {
    /// The file, and the copy of it that is kept equal where there is one.
    paths: Vec<PathBuf>,
    seal: SlotSeal,
    store: [u8; 16],
    /// Everybody there ever was: the number of their slot, and their key if it was not destroyed.
    keys: BTreeMap<MemberId, (u64, Option<Key>)>,
    forgotten: Owners,
    /// The number of slots.
    slots: u64,
    /// Slots that do not open.
    torn: Vec<u64>,
    /// Whether the file is in an older format.
    older: bool,
    /// The fate of new keys when the copy cannot be written.
    on_fault: MirrorFault,
}

/// The state of a member's key in the ring.
pub(super) enum Held<'a> {
    Key(&'a Key),
    /// There was a key and it was destroyed.
    Forgotten,
    Never,
}

impl Keyring {
    /// Makes an empty ring for a new store. It is on disk when this returns.
    pub(super) fn create(path: &Path, master: &MasterKey) -> Result<Self, StoreError> {
        let mut store = [0; 16];
        seal::random(&mut store)?;
        let slots = Slots { store, entries: Vec::new(), older: false };
        let ring = Self::of(path, SlotSeal::new(master), slots);
        ring.write_whole()?;
        Ok(ring)
    }

    /// Opens the ring, which may have been broken off by a loss of power or be an older one; `None` when there is no
    /// file.
    pub(super) fn open(path: &Path, master: &MasterKey) -> Result<Option<Self>, StoreError> {
        let Some(mut ring) = Self::read(path, master)? else { return Ok(None) };
        in_place::finish(path).map_err(|cause| unwritten(&cause))?;
        if std::mem::take(&mut ring.older) {
            ring.write_whole()?;
        }
        Ok(Some(ring))
    }

    /// Reads the ring and changes nothing; `None` when there is no file.
    pub(super) fn read(path: &Path, master: &MasterKey) -> Result<Option<Self>, StoreError> {
        let content = in_place::read(path).map_err(|cause| failed("read the key file", &cause))?;
        let Some(content) = content else { return Ok(None) };
        let seal = SlotSeal::new(master);
        match seal.read(&content) {
            Ok(slots) => Ok(Some(Self::of(path, seal, slots))),
            Err(Unread::Damaged) => {
                let what = format!("the key file {} is not what was written", path.display());
                Err(StoreError::Damaged { what })
            }
            Err(Unread::OtherKey) => {
                let why = format!(
                    "the master key is not the one that {} was made with, or that store is another service's",
                    path.display()
                );
                Err(StoreError::Locked { why })
            }
        }
    }

    /// The number of the store that this ring belongs to.
    pub(super) const fn store(&self) -> [u8; 16] {
        self.store
    }

    /// Whether it never had a key.
    pub(super) fn is_empty(&self) -> bool {
        self.slots == 0
    }

    /// The members whose keys were destroyed.
    pub(super) const fn forgotten(&self) -> &Owners {
        &self.forgotten
    }

    pub(super) fn held(&self, member: MemberId) -> Held<'_> {
        match self.keys.get(&member) {
            Some((_, Some(key))) => Held::Key(key),
            Some((_, None)) => Held::Forgotten,
            None => Held::Never,
        }
    }

    /// Goes on in these files instead, without the keys of these members. It is on disk when this returns.
    pub(super) fn move_to(mut self, paths: Vec<PathBuf>, forgotten: &Owners) -> Result<Self, StoreError> {
        self.paths = paths;
        for member in forgotten {
            self.let_go(*member);
        }
        self.write_whole()?;
        Ok(self)
    }

    /// Keeps a copy of the ring in this file from now on, in the place of any that is there.
    pub(super) fn mirror_to(&mut self, path: PathBuf) -> Result<(), StoreError> {
        let read = |path: &Path| in_place::read(path).map_err(|cause| failed("read the key file", &cause));
        let whole = read(self.path())?.unwrap_or_default();
        let same = read(&path)?.as_ref() == Some(&whole);
        let written = if same { in_place::finish(&path) } else { in_place::write_over(&path, &whole) };
        self.paths.push(path);
        written.map_err(|cause| unwritten(&cause))
    }

    /// Does this from now on when the copy does not take new keys.
    pub(super) fn on_fault(mut self, on_fault: MirrorFault) -> Self {
        self.on_fault = on_fault;
        self
    }

    /// The number of files in which it is kept.
    pub(super) fn copies(&self) -> usize {
        self.paths.len()
    }

    /// Makes keys for those who have none yet, in one write. They are on disk when this returns.
    pub(super) fn admit(&mut self, members: &Owners) -> Result<(), StoreError> {
        let (mut new, mut pieces) = (Vec::new(), Vec::new());
        for member in members {
            match self.held(*member) {
                Held::Key(_) => {}
                Held::Forgotten => return Err(StoreError::Forgotten { member: *member }),
                Held::Never => {
                    let (number, entry) = (self.slots + 1 + new.len() as u64, (*member, Some(seal::random_key()?)));
                    pieces.push((SLOT as u64 * number, self.seal.slot(self.store, number, &entry)?));
                    new.push((number, entry));
                }
            }
        }
        if new.is_empty() {
            return Ok(());
        }
        for (index, path) in std::mem::take(&mut self.paths).into_iter().enumerate() {
            match (in_place::write_pieces(&path, &pieces), self.on_fault) {
                (Ok(()), _) => self.paths.push(path),
                (Err(cause), MirrorFault::GoOn) if index > 0 => alert(&path, &cause),
                (Err(cause), _) => return Err(unwritten(&cause)),
            }
        }
        self.slots += new.len() as u64;
        self.keys.extend(new.into_iter().map(|(number, (member, key))| (member, (number, key))));
        Ok(())
    }

    /// Destroys the keys of these members, in one write. They are gone from the disk's files when this returns.
    ///
    /// They are overwritten where they lie, which reaches the same sectors on simple disks only: a disk that moves its
    /// writes, or a file system that copies on write, may keep a key until it needs the space.
    pub(super) fn forget(&mut self, members: &Owners) -> Result<(), StoreError> {
        let mut pieces = Vec::new();
        for member in members {
            let number = self.let_go(*member);
            pieces.push((SLOT as u64 * number, self.seal.slot(self.store, number, &(*member, None))?));
        }
        let mut written = self.paths.iter().map(|path| in_place::write_pieces(path, &pieces));
        written.try_for_each(|written| written.map_err(|cause| unwritten(&cause)))
    }

    /// Wipes slots that a loss of power left half written. They must not be missing keys of members who own rows.
    pub(super) fn wipe_torn(&mut self) -> Result<(), StoreError> {
        let pieces: Vec<_> = self.torn.drain(..).map(|number| (SLOT as u64 * number, vec![0; SLOT])).collect();
        if pieces.is_empty() {
            return Ok(());
        }
        in_place::write_pieces(self.path(), &pieces).map_err(|cause| unwritten(&cause))
    }

    fn of(path: &Path, seal: SlotSeal, Slots { store, entries, older }: Slots) -> Self {
        let (paths, on_fault) = (vec![path.to_owned()], MirrorFault::Stop);
        let (keys, forgotten) = (BTreeMap::new(), Owners::new());
        let slots = entries.len() as u64;
        let mut ring = Self { paths, seal, store, keys, forgotten, slots, torn: Vec::new(), older, on_fault };
        for (number, entry) in (1..).zip(entries) {
            match entry {
                Some((member, Some(key))) => drop(ring.keys.insert(member, (number, Some(key)))),
                Some((member, None)) => {
                    ring.keys.insert(member, (number, None));
                    ring.forgotten.insert(member);
                }
                None => ring.torn.push(number),
            }
        }
        ring
    }

    fn path(&self) -> &Path {
        &self.paths[0]
    }

    /// Lets go of a member's key in memory; the number of the slot, which may be a new one.
    fn let_go(&mut self, member: MemberId) -> u64 {
        let slots = &mut self.slots;
        let (number, key) = self.keys.entry(member).or_insert_with(|| {
            *slots += 1;
            (*slots, None)
        });
        *key = None;
        self.forgotten.insert(member);
        *number
    }

    fn write_whole(&self) -> Result<(), StoreError> {
        let mut by_slot: BTreeMap<u64, Entry> = BTreeMap::new();
        by_slot.extend(self.keys.iter().map(|(member, (number, key))| (*number, (*member, key.clone()))));
        let entries: Vec<Option<Entry>> = (1..=self.slots).map(|number| by_slot.remove(&number)).collect();
        let file = self.seal.file(self.store, &entries)?;
        let mut written = self.paths.iter().map(|path| in_place::write_over(path, &file));
        written.try_for_each(|written| written.map_err(|cause| unwritten(&cause)))
    }
}

fn unwritten(cause: &io::Error) -> StoreError {
    failed("write the key file", cause)
}
