//! Erasure against somebody who has everything: the disk with its old segments, the exports, the commit log with its old
//! segments, the master key and the key file as it is now. Their reader takes every place in every file for the beginning of something sealed and tries every
//! key they can have on it, without minding whether it was meant so.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use chacha20poly1305::aead::{Aead, AeadInPlace, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use lodge_ground::id::MemberId;
use lodge_ground::store::{Batch, Row, Store, Table, Write};
use lodge_ground::time::Timestamp;
use lodge_plumbing::store::{MasterKey, Options, SledStore};

/// The beginning of every canary. Each has a number of its own behind it.
const CANARY: &[u8] = b"canary-";

/// Each row is written over this often.
const VERSIONS: usize = 6;

const NONCE: usize = 24;

/// The longest plaintext that is looked at. Canaries stand well within it.
const LOOK: usize = 256;

fn master() -> MasterKey {
    MasterKey::from_bytes([42; 32])
}

fn member(number: u8) -> MemberId {
    MemberId::from_bytes([number; 16])
}

fn canary(of: u8, version: usize, table: Table) -> String {
    format!("canary-{of}-{version}-{}.", table as u8)
}

/// One version of all that is kept of two members: rows of each, and rows of both.
fn version(number: usize) -> Batch {
    let put = |table: Table, key: &[u8], owners: &[u8], of: u8| {
        let value = format!("{{\"words\":\"{}\"}}", canary(of, number, table)).into_bytes();
        Write::Put(Row { table, key: key.to_vec(), owners: owners.iter().copied().map(member).collect(), value })
    };
    vec![
        put(Table::Members, b"one", &[1], 1),
        put(Table::Members, b"two", &[2], 2),
        put(Table::Introductions, b"of both", &[1, 2], 1),
        put(Table::Outbox, &number.to_be_bytes(), &[1, 2], 1),
        Write::Delete { table: Table::Outbox, key: (number.wrapping_sub(2)).to_be_bytes().to_vec() },
    ]
}

/// Somebody who has the master key and all files.
struct Reader {
    keys: Vec<XChaCha20Poly1305>,
    members: Vec<MemberId>,
}

impl Reader {
    fn new(store: &Path) -> Self {
        let purposes = [
            "store rows",
            "store places",
            "store key ring",
            "store last commit",
            "store erasures",
            "store export",
            "store key ring mark",
            "store erasures mark",
            "store commit log",
            "store commit log mark",
            "matrix session",
            "matrix sdk",
            "ids",
        ];
        let cipher = |key: &[u8]| XChaCha20Poly1305::new_from_slice(key).expect("a key");
        let mut keys: Vec<_> = purposes.iter().map(|purpose| cipher(master().derive(purpose).as_ref())).collect();
        keys.push(cipher(&[42; 32]));
        let ring = fs::read(store.join("keys")).expect("the key file");
        let open = |sealed: &[u8], aad: &[u8]| {
            let payload = Payload { msg: &sealed[NONCE..], aad };
            keys[2].decrypt(XNonce::from_slice(&sealed[..NONCE]), payload).expect("a slot opens")
        };
        let (head, slots) = (&ring[..12 + 16], ring.chunks(128));
        let store = open(&ring[12 + 16..128], head);
        let about = |number: u64| [head, &store[..16], &number.to_be_bytes()].concat();
        let entries: Vec<Vec<u8>> = (0..).zip(slots).skip(1).map(|(at, slot)| open(slot, &about(at))).collect();
        let mut members = Vec::new();
        for entry in entries {
            members.push(MemberId::from_bytes(entry[..16].try_into().expect("an id")));
            if entry[16] == 1 {
                keys.push(cipher(&entry[17..17 + 32]));
            }
        }
        Self { keys, members }
    }

    /// Every canary that can be read anywhere in these bytes.
    fn find(&self, bytes: &[u8]) -> BTreeSet<String> {
        let mut found = canaries(bytes);
        // Text can hold sealed bytes as digits; those are looked at by themselves.
        if bytes.is_ascii() {
            return found;
        }
        for at in 0..bytes.len().saturating_sub(NONCE) {
            // Zeroes were never written, so there is nothing to read.
            if bytes[at..at + NONCE] != [0; NONCE] {
                self.try_at(&bytes[at..], &mut found, None);
            }
        }
        found
    }

    /// Takes these bytes for a nonce and something that was sealed under it, with every key. Bytes that look like a
    /// row's list of owners are followed into the layers beneath, of which there are as many as owners.
    fn try_at(&self, bytes: &[u8], found: &mut BTreeSet<String>, layers: Option<usize>) {
        let (nonce, sealed) = bytes.split_at(NONCE);
        let mut plain = [0; LOOK];
        let length = sealed.len().min(LOOK);
        for key in &self.keys {
            // The cipher's stream undoes itself; whether the tag fits is no matter to this reader.
            let plain = &mut plain[..length];
            plain.copy_from_slice(&sealed[..length]);
            key.encrypt_in_place_detached(XNonce::from_slice(nonce), b"", plain).expect("a short text");
            found.extend(canaries(plain));
            let beneath = match layers {
                None => self.owners_before(plain),
                Some(layers) => layers.checked_sub(1).map(|left| (0, left)),
            };
            if let Some((start, left)) = beneath.filter(|(start, left)| *left > 0 && start + NONCE < length) {
                self.try_at(&plain[start..], found, Some(left));
            }
        }
    }

    /// The beginning of a row's content and the number of its owners, if this is a row's outer layer.
    fn owners_before(&self, plain: &[u8]) -> Option<(usize, usize)> {
        let (count, rest) = plain.split_first_chunk::<4>()?;
        let count = usize::try_from(u32::from_be_bytes(*count)).ok().filter(|count| (1..=4).contains(count))?;
        let ids = rest.get(..16 * count)?;
        let known = ids.chunks(16).all(|id| self.members.iter().any(|member| member.to_bytes() == id));
        known.then_some((4 + 16 * count, count))
    }
}

fn canaries(bytes: &[u8]) -> BTreeSet<String> {
    let starts = bytes.windows(CANARY.len()).enumerate().filter(|(_, window)| *window == CANARY).map(|(at, _)| at);
    let whole = |at: usize| {
        let end = at + bytes[at..].iter().take(40).position(|byte| *byte == b'.')?;
        String::from_utf8(bytes[at..=end].to_vec()).ok()
    };
    starts.filter_map(whole).collect()
}

/// All bytes there are to read: files up to their last written byte, and the bytes that stand in them as hexadecimal
/// digits.
fn everything(under: &Path) -> Vec<Vec<u8>> {
    let mut pieces = Vec::new();
    for entry in fs::read_dir(under).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            pieces.extend(everything(&path));
            continue;
        }
        let mut content = fs::read(&path).expect("a file");
        // A segment of the log is looked at as it is: its last record may end in a zero.
        let logged = logged(&content);
        content.truncate(content.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1));
        let digits = content.split(|byte| !byte.is_ascii_hexdigit()).filter(|run| run.len() > 64);
        let value = |digit: u8| u8::try_from(char::from(digit).to_digit(16).expect("a digit")).expect("a digit");
        let hidden = digits.map(|run| run.chunks_exact(2).map(|pair| value(pair[0]) << 4 | value(pair[1])).collect());
        pieces.extend(hidden.collect::<Vec<Vec<u8>>>());
        // The rest of a segment of the log is sealed in its records.
        pieces.extend(if logged.is_empty() { vec![content] } else { logged });
    }
    pieces
}

/// The sealed content of the records of the commit log, as docs/commit-log.md says, if this is a segment of one.
fn logged(segment: &[u8]) -> Vec<Vec<u8>> {
    let mut bodies = Vec::new();
    if !segment.starts_with(b"lodge commit log") {
        return bodies;
    }
    let cipher = XChaCha20Poly1305::new_from_slice(master().derive("store commit log").as_ref()).expect("a key");
    let (store, mut link, mut rest) = (&segment[36..52], &segment[60..76], &segment[109..]);
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let (number, after) = after.split_at(8);
        let (sealed, after) = after.split_at(usize::try_from(u32::from_be_bytes(*length)).expect("a length"));
        let about = [store, number, link].concat();
        let payload = Payload { msg: &sealed[NONCE..], aad: &about };
        bodies.push(cipher.decrypt(XNonce::from_slice(&sealed[..NONCE]), payload).expect("a record opens"));
        (link, rest) = (&sealed[sealed.len() - 16..], after);
    }
    bodies
}

/// The canaries that the reader finds in all these directories.
fn readable(store: &Path, places: &[&Path]) -> BTreeSet<String> {
    let reader = Reader::new(store);
    // The two copies of the log are alike.
    let pieces: BTreeSet<Vec<u8>> = places.iter().flat_map(|place| everything(place)).collect();
    let parts = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    // Pieces overlap, so that nothing is lost where they are cut.
    let cut = |piece: &Vec<u8>| -> Vec<Vec<u8>> {
        let size = piece.len().div_ceil(parts).max(1);
        (0..piece.len())
            .step_by(size)
            .map(|at| piece[at..(at + size + NONCE + LOOK).min(piece.len())].to_vec())
            .collect()
    };
    let cut: Vec<Vec<u8>> = pieces.iter().flat_map(cut).collect();
    thread::scope(|scope| {
        let of = |part: usize| cut.iter().skip(part).step_by(parts);
        let readers: Vec<_> = (0..parts)
            .map(|part| (part, &reader))
            .map(|(part, reader)| {
                scope.spawn(move || of(part).flat_map(|piece| reader.find(piece)).collect::<Vec<_>>())
            })
            .collect();
        readers.into_iter().flat_map(|reading| reading.join().expect("a reader")).collect()
    })
}

#[test]
fn a22_with_the_master_key_nothing_of_a_forgotten_person_is_read_from_old_segments_logs_or_exports() {
    let dir = tempfile::tempdir().expect("a directory");
    let at = |name: &str| -> PathBuf { dir.path().join(name) };
    let options = Options { mirror: Some(at("mirror")), ..Options::default() };
    let mut store = SledStore::open(&at("store"), &master(), options.clone()).expect("a new store");
    fs::create_dir(at("exports")).expect("a directory");
    let export = |store: &mut SledStore, name: &str| {
        let now = Timestamp::from_millis(1);
        store.export(&dir.path().join("exports").join(name), &master(), now).expect("an export");
    };
    for number in 0..VERSIONS {
        store.commit(&version(number)).expect("commit");
        if number == VERSIONS / 2 {
            // Somebody keeps the segments of the log that end here.
            fs::create_dir(at("old")).expect("a directory");
            for segment in fs::read_dir(at("mirror/log")).expect("a log").map(|entry| entry.expect("an entry")) {
                fs::copy(segment.path(), at("old").join(segment.file_name())).expect("a copy");
            }
            export(&mut store, "early");
        }
    }
    drop(store);
    let (home, mirror, exports, old) = (at("store"), at("mirror"), at("exports"), at("old"));
    let places = [home.as_path(), mirror.as_path(), exports.as_path(), old.as_path()];

    // The reader is good: before the erasure it reads old versions too, from segments and from the export.
    let before = readable(&home, &places);
    for table in [Table::Members, Table::Introductions, Table::Outbox] {
        for number in 0..VERSIONS {
            let canary = canary(1, number, table);
            assert!(before.contains(&canary), "{canary} was not found: the reader does not see what there is");
        }
    }
    let early = readable(&home, &[exports.as_path()]);
    assert!(early.contains(&canary(1, VERSIONS / 2, Table::Introductions)), "the reader does not read exports");
    for (log, versions) in [(&old, 0..=VERSIONS / 2), (&mirror, VERSIONS / 2 + 1..=VERSIONS - 1)] {
        let logged = readable(&home, &[log]);
        for number in versions {
            let canary = canary(1, number, Table::Introductions);
            assert!(logged.contains(&canary), "{canary}: the reader does not read {}", log.display());
        }
    }

    let mut store = SledStore::open(&home, &master(), options).expect("the store opens");
    store.forget(&[member(1)].into()).expect("forget");
    export(&mut store, "late");
    drop(store);
    let after = readable(&home, &places);
    let theirs: Vec<&String> = after.iter().filter(|canary| canary.starts_with("canary-1-")).collect();
    assert!(theirs.is_empty(), "these can still be read: {theirs:?}");
    for number in 0..VERSIONS {
        let others = canary(2, number, Table::Members);
        assert!(after.contains(&others), "{others} of somebody else is gone");
    }
}
