//! The form of the key ring on disk: slots of 128 bytes, the first for the ring itself and each other for one member.
//!
//! | slot | in the clear | sealed |
//! |---|---|---|
//! | the first | the format, and a mark of the master key, so that a wrong one is recognised | the number of the store |
//! | each other | nothing | a member's id, and the key or that it was destroyed |
//!
//! A slot is written over where it lies, and lies within one sector, so no loss of power leaves half of it. It is bound to
//! the store and to its place. What does not open was never whole, or is damaged; it is nobody's slot.
//!
//! An older ring was sealed as one; it is read, and written as slots when its store opens.

use lodge_ground::id::MemberId;
use lodge_ground::store::StoreError;
use zeroize::Zeroizing;

use super::master::MasterKey;
use super::seal::{self, Key};

/// The length of a slot. It divides that of a sector.
pub(super) const SLOT: usize = 128;

const FORMAT: &[u8; 12] = b"lodge keys 2";
const OLDER: &[u8; 12] = b"lodge keys 1";
const MARK: usize = 16;
const HEAD: usize = FORMAT.len() + MARK;
/// The bytes that sealing adds.
const SEAL: usize = 24 + 16;
const HAS_KEY: u8 = 1;
const FORGOTTEN: u8 = 0;
/// An id, whether there is a key, and the key.
const ENTRY: usize = 16 + 1 + 32;

/// A member, and their key if it was not destroyed.
pub(super) type Entry = (MemberId, Option<Key>);

/// The content of a ring's file.
pub(super) struct Slots {
    pub(super) store: [u8; 16],
    /// The entries in the order of their places; `None` where a slot does not open.
    pub(super) entries: Vec<Option<Entry>>,
    /// Whether it is still in the older format.
    pub(super) older: bool,
}

/// The ways in which a ring's file cannot be read.
pub(super) enum Unread {
    /// The file was made with another master key.
    OtherKey,
    /// The file is not as it was written.
    Damaged,
}

/// Seals slots and opens them.
pub(super) struct SlotSeal {
    wrap: Key,
    mark: [u8; MARK],
}

impl SlotSeal {
    pub(super) fn new(master: &MasterKey) -> Self {
        Self { wrap: master.derive("store key ring"), mark: master.marker("store key ring mark", b"") }
    }

    /// The bytes of a whole file with these entries.
    pub(super) fn file(&self, store: [u8; 16], entries: &[Option<Entry>]) -> Result<Vec<u8>, StoreError> {
        let head = self.head(FORMAT);
        let mut first = [0; SLOT - HEAD - SEAL];
        first[..16].copy_from_slice(&store);
        let mut file = [head.clone(), seal::seal(&self.wrap, &head, &first)?].concat();
        for (number, entry) in (1..).zip(entries) {
            match entry {
                Some(entry) => file.extend(self.slot(store, number, entry)?),
                None => file.extend([0; SLOT]),
            }
        }
        Ok(file)
    }

    /// The slot with this number, which counts from 1.
    pub(super) fn slot(&self, store: [u8; 16], number: u64, entry: &Entry) -> Result<Vec<u8>, StoreError> {
        let (member, key) = entry;
        let mut inside = Zeroizing::new([0; SLOT - SEAL]);
        inside[..16].copy_from_slice(&member.to_bytes());
        inside[16] = if key.is_some() { HAS_KEY } else { FORGOTTEN };
        if let Some(key) = key {
            inside[17..ENTRY].copy_from_slice(key.as_ref());
        }
        seal::seal(&self.wrap, &self.about(store, number), inside.as_ref())
    }

    /// Reads a file. Bytes after the last whole slot were never acknowledged.
    pub(super) fn read(&self, file: &[u8]) -> Result<Slots, Unread> {
        let (head, rest) = file.split_at_checked(HEAD).ok_or(Unread::Damaged)?;
        let older = head.starts_with(OLDER);
        if !older && !head.starts_with(FORMAT) {
            return Err(Unread::Damaged);
        }
        if head[FORMAT.len()..] != self.mark {
            return Err(Unread::OtherKey);
        }
        if older {
            let inside = seal::open(&self.wrap, head, rest).ok_or(Unread::Damaged)?;
            let (store, entries) = inside.split_first_chunk::<16>().ok_or(Unread::Damaged)?;
            let entries: Vec<_> = entries.chunks(ENTRY).map(entry).collect();
            let whole = entries.iter().all(Option::is_some);
            return whole.then_some(Slots { store: *store, entries, older }).ok_or(Unread::Damaged);
        }
        let (first, slots) = rest.split_at_checked(SLOT - HEAD).ok_or(Unread::Damaged)?;
        let first = seal::open(&self.wrap, head, first).ok_or(Unread::Damaged)?;
        let store = *first.first_chunk::<16>().ok_or(Unread::Damaged)?;
        let open = |(number, slot): (u64, &[u8])| {
            seal::open(&self.wrap, &self.about(store, number), slot).and_then(|inside| entry(&inside))
        };
        Ok(Slots { store, entries: (1..).zip(slots.chunks_exact(SLOT)).map(open).collect(), older })
    }

    fn head(&self, format: &[u8; 12]) -> Vec<u8> {
        [&format[..], &self.mark].concat()
    }

    fn about(&self, store: [u8; 16], number: u64) -> Vec<u8> {
        [&self.head(FORMAT)[..], &store, &number.to_be_bytes()].concat()
    }
}

fn entry(inside: &[u8]) -> Option<Entry> {
    let (member, rest) = inside.split_first_chunk::<16>()?;
    let (state, rest) = rest.split_first()?;
    let key = rest.first_chunk::<32>()?;
    let key = match *state {
        HAS_KEY => Some(Zeroizing::new(*key)),
        FORGOTTEN => None,
        _ => return None,
    };
    Some((MemberId::from_bytes(*member), key))
}
