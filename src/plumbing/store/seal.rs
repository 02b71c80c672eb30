//! Sealing: what a row looks like on disk.
//!
//! The place of a row (its sled key) is its table's number and a keyed hash of table and row key, cut to 16 bytes. Its
//! content is sealed by the key of each owner in turn and then, with the list of owners, by a key derived from the
//! master key. Each layer is bound to the place, so that rows cannot change places.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use lodge_ground::id::MemberId;
use lodge_ground::store::{Owners, Row, StoreError, Table};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::keyring::{Held, Keyring};
use super::master::MasterKey;

/// A secret key, wiped when dropped.
pub(crate) type Key = Zeroizing<[u8; 32]>;

const NONCE: usize = 24;
const ID: usize = 16;

#[cfg(test)]
thread_local! {
    /// The number of rows that were opened.
    pub(super) static OPENED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Seals rows and opens them again.
pub(super) struct RowSeal {
    places: Key,
    outer: Key,
}

impl RowSeal {
    pub(super) fn new(master: &MasterKey) -> Self {
        Self { places: master.derive("store places"), outer: master.derive("store rows") }
    }

    /// The place of the row with this key. Audit entries are in the order of their numbers, which tell nobody anything;
    /// all other places are keyed hashes.
    pub(super) fn place(&self, table: Table, key: &[u8]) -> Vec<u8> {
        let number = table as u8;
        let mut place = vec![number];
        if table == Table::Audit {
            place.extend_from_slice(key);
        } else {
            place.extend_from_slice(&mac(&self.places, &[&[number], key])[..ID]);
        }
        place
    }

    /// The row as it goes to disk. Every owner's key must be in `keyring`.
    pub(super) fn seal(&self, row: &Row, keyring: &Keyring) -> Result<(Vec<u8>, Vec<u8>), StoreError> {
        let place = self.place(row.table, &row.key);
        let mut content = Zeroizing::new(framed(&row.key, &row.value));
        for owner in &row.owners {
            let Held::Key(key) = keyring.held(*owner) else {
                return Err(StoreError::Forgotten { member: *owner });
            };
            content = Zeroizing::new(seal(key, &bound(&place, *owner), &content)?);
        }
        let mut whole = Vec::with_capacity(4 + ID * row.owners.len() + content.len());
        whole.extend_from_slice(&length(row.owners.len()));
        row.owners.iter().for_each(|owner| whole.extend_from_slice(&owner.to_bytes()));
        whole.extend_from_slice(&content);
        let sealed = self.seal_raw(&place, &whole)?;
        Ok((place, sealed))
    }

    /// Opens a row; `None` when one of its owners was forgotten.
    pub(super) fn open(&self, place: &[u8], sealed: &[u8], keyring: &Keyring) -> Result<Option<Row>, StoreError> {
        let whole = self.open_raw(place, sealed)?;
        let (owners, mut content) = split(&whole).ok_or_else(|| damaged(place))?;
        for owner in owners.iter().rev() {
            match keyring.held(*owner) {
                Held::Key(key) => {
                    content = open(key, &bound(place, *owner), &content).ok_or_else(|| damaged(place))?;
                }
                Held::Forgotten => return Ok(None),
                Held::Never => {
                    let what = format!("the key file has no key of {owner}, who owns a row; it may be an old copy");
                    return Err(StoreError::Damaged { what });
                }
            }
        }
        let table = Table::ALL.into_iter().find(|table| place.first() == Some(&(*table as u8)));
        let (table, (key, value)) = table.zip(unframed(&content)).ok_or_else(|| damaged(place))?;
        Ok(Some(Row { table, key, owners, value }))
    }

    /// The owners of a row, which are readable without their keys.
    pub(super) fn owners(&self, place: &[u8], sealed: &[u8]) -> Result<Owners, StoreError> {
        let whole = self.open_raw(place, sealed)?;
        split(&whole).map(|(owners, _)| owners).ok_or_else(|| damaged(place))
    }

    /// Seals something that is neither a row nor anybody's.
    pub(super) fn seal_raw(&self, place: &[u8], content: &[u8]) -> Result<Vec<u8>, StoreError> {
        seal(&self.outer, place, content)
    }

    /// Opens what [`Self::seal_raw`] sealed for the same place.
    pub(super) fn open_raw(&self, place: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        #[cfg(test)]
        OPENED.with(|opened| opened.set(opened.get() + 1));
        open(&self.outer, place, sealed).ok_or_else(|| damaged(place))
    }
}

/// Seals `content` under a new random nonce, which stands first in the result. `about` must be the same on opening.
pub(crate) fn seal(key: &Key, about: &[u8], content: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut nonce = [0; NONCE];
    random(&mut nonce)?;
    let payload = Payload { msg: content, aad: about };
    let sealed = XChaCha20Poly1305::new(key.as_ref().into())
        .encrypt(XNonce::from_slice(&nonce), payload)
        .map_err(|_| StoreError::Engine { doing: "seal a row", cause: "it is too long".to_owned() })?;
    Ok([&nonce, sealed.as_slice()].concat())
}

/// Opens something that [`seal`] sealed; `None` when it is not that, or not about that, or not with that key.
pub(crate) fn open(key: &Key, about: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
    let payload = Payload { msg: sealed, aad: about };
    XChaCha20Poly1305::new(key.as_ref().into()).decrypt(XNonce::from_slice(nonce), payload).ok().map(Zeroizing::new)
}

/// A keyed hash of parts, each with its length before it.
pub(super) fn mac(key: &Key, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key.as_ref()).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(&length(part.len()));
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

pub(super) fn random_key() -> Result<Key, StoreError> {
    let mut key = Zeroizing::new([0; 32]);
    random(key.as_mut())?;
    Ok(key)
}

pub(super) fn random(bytes: &mut [u8]) -> Result<(), StoreError> {
    crate::random::fill(bytes)
        .map_err(|cause| StoreError::Engine { doing: "get random numbers from the system", cause: cause.to_string() })
}

fn bound(place: &[u8], owner: MemberId) -> Vec<u8> {
    [place, &owner.to_bytes()].concat()
}

fn framed(key: &[u8], value: &[u8]) -> Vec<u8> {
    [&length(key.len()), key, value].concat()
}

fn unframed(content: &[u8]) -> Option<(Vec<u8>, Vec<u8>)> {
    let (length, rest) = counted(content)?;
    let (key, value) = rest.split_at_checked(length)?;
    Some((key.to_vec(), value.to_vec()))
}

/// The owners, and what their keys seal.
fn split(whole: &[u8]) -> Option<(Owners, Zeroizing<Vec<u8>>)> {
    let (count, rest) = counted(whole)?;
    let (ids, content) = rest.split_at_checked(count.checked_mul(ID)?)?;
    let owners = ids.chunks(ID).map(|id| id.try_into().map(MemberId::from_bytes)).collect::<Result<_, _>>().ok()?;
    Some((owners, Zeroizing::new(content.to_vec())))
}

fn counted(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (count, rest) = bytes.split_first_chunk::<4>()?;
    Some((usize::try_from(u32::from_be_bytes(*count)).ok()?, rest))
}

/// Lengths here are far below 4 GiB: rows are limited, and so are keys and owners.
fn length(of: usize) -> [u8; 4] {
    u32::try_from(of).unwrap_or(u32::MAX).to_be_bytes()
}

fn damaged(place: &[u8]) -> StoreError {
    let table = place.first().copied().unwrap_or_default();
    StoreError::Damaged { what: format!("a row of table {table} does not open with its keys") }
}
