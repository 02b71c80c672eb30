//! The audit log's chain: every entry holds the hash of the one before, so that none can be changed, taken out or put
//! elsewhere unseen. A head kept somewhere else shows when the end was cut off.
//!
//! Entries say what happened and to which ids, never who somebody is: the log outlives the people in it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// Every hash is made over these bytes first, so that no other hash of the program can be taken for an entry's.
const DOMAIN: &[u8] = b"lodge audit entry 1\0";

/// A SHA-256 hash; as text 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Hash(pub [u8; 32]);

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place in the log; the first is 1.
    pub number: u64,
    /// The time of the entry, in milliseconds since 1970.
    pub at_ms: i64,
    /// A stable code for the thing that happened, such as `consent-withdrawn`.
    pub what: String,
    /// The ids it is about; nothing that means something outside the hub.
    pub about: Vec<String>,
    /// The hash of the entry before; all zero for the first.
    pub previous: Hash,
    /// The hash of everything above.
    pub hash: Hash,
}

/// The last entry of a log, in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Head {
    /// Its number; 0 when the log is empty.
    pub number: u64,
    /// Its hash; all zero when the log is empty.
    pub hash: Hash,
}

/// The end of a log, to which entries are added.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Chain {
    head: Head,
}

/// A part of the log has this many entries. The log is let go of part by part, so that the rest of it can still be
/// examined.
const PART_ENTRIES: u64 = 1000;

/// A part has fewer entries where this many milliseconds have passed since it began: thirty days.
const PART_MS: i64 = 30 * 86_400_000;

/// The part of a log that is kept: the entry that it follows on, and the ends of its parts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Kept {
    /// The last entry that was let go of. The first that is kept follows on it.
    pub before: Head,
    /// The rows of the entries up to this number have been taken away.
    #[serde(default)]
    pub taken_away: u64,
    /// The last entry of each part, and when it was written, in milliseconds since 1970; the oldest first.
    #[serde(default)]
    pub parts: Vec<(Head, i64)>,
}

impl Kept {
    /// An entry was added; whether a part ends with it.
    pub fn grew(&mut self, entry: &Entry) -> bool {
        let (last, at_ms) = self.parts.last().copied().unwrap_or((self.before, 0));
        let ends = entry.number >= last.number + PART_ENTRIES || entry.at_ms >= at_ms.saturating_add(PART_MS);
        if ends {
            self.parts.push((Head { number: entry.number, hash: entry.hash }, entry.at_ms));
        }
        ends
    }

    /// Lets go of the parts that ended by this moment. Gives the numbers of those entries whose rows are to be taken away
    /// now, at most `most` of them; more may be left for another time.
    pub fn let_go(&mut self, until_ms: i64, most: u64) -> std::ops::RangeInclusive<u64> {
        let over = self.parts.iter().take_while(|(_, at_ms)| *at_ms <= until_ms).count();
        if let Some((head, _)) = self.parts.drain(..over).next_back() {
            self.before = head;
        }
        let first = self.taken_away + 1;
        self.taken_away = self.before.number.min(self.taken_away + most);
        first..=self.taken_away
    }
}

/// The first fault that an examination of the log finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the audit log is broken at entry {number}: {why}")]
pub struct Broken {
    /// The first entry that is wrong or missing.
    pub number: u64,
    /// The way in which the entry is wrong.
    pub why: Why,
}

/// The ways in which an entry can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// Another number stands in its place.
    #[error("entry {found} stands in its place")]
    Displaced {
        /// The number that stands in its place.
        found: u64,
    },
    /// The entry does not follow on the one before.
    #[error("it does not follow on the entry before")]
    Unlinked,
    /// Its content is not what its hash was made of.
    #[error("its content was changed")]
    Changed,
    /// It is not the entry that the known head names.
    #[error("it is not the entry that the known head names")]
    Replaced,
    /// The entry was let go of, so nobody can tell.
    #[error("it was let go of; give the head of a later entry")]
    LetGo,
    /// The log ends before it, and the known head shows that it was there.
    #[error("the log ends before it")]
    Missing,
}

impl Chain {
    /// The chain that ends with `head`, as it was stored.
    pub const fn from_head(head: Head) -> Self {
        Self { head }
    }

    /// The last entry so far.
    pub const fn head(&self) -> Head {
        self.head
    }

    /// Adds an entry. `what` is a code that stands in the program's source, so that no text of a person gets in;
    /// `about` holds ids.
    pub fn append(&mut self, at_ms: i64, what: &'static str, about: Vec<String>) -> Entry {
        let mut entry = Entry {
            number: self.head.number + 1,
            at_ms,
            what: what.to_owned(),
            about,
            previous: self.head.hash,
            hash: Hash::default(),
        };
        entry.hash = hash_of(&entry);
        self.head = Head { number: entry.number, hash: entry.hash };
        entry
    }
}

/// Examines a log of which everything up to and with `before` was let go of, and returns its head.
///
/// `known` is a head kept elsewhere: the log must still contain that entry. It may have grown since.
///
/// # Errors
/// The first place at which it differs from what was written.
pub fn verify_from<'a>(
    before: Head,
    entries: impl IntoIterator<Item = &'a Entry>,
    known: Head,
) -> Result<Head, Broken> {
    let mut head = before;
    if known.number > 0 && known.number < before.number {
        return Err(Broken { number: known.number, why: Why::LetGo });
    }
    if known.number == before.number && known.hash != before.hash {
        return Err(Broken { number: known.number, why: Why::Replaced });
    }
    // Rows of entries that were let go of may be left; the examination passes over them.
    for entry in entries.into_iter().filter(|entry| entry.number > before.number || before.number == 0) {
        let number = head.number + 1;
        let broken = |why| Err(Broken { number, why });
        if entry.number != number {
            return broken(Why::Displaced { found: entry.number });
        }
        if entry.previous != head.hash {
            return broken(Why::Unlinked);
        }
        if entry.hash != hash_of(entry) {
            return broken(Why::Changed);
        }
        if number == known.number && entry.hash != known.hash {
            return broken(Why::Replaced);
        }
        head = Head { number, hash: entry.hash };
    }
    if head.number < known.number {
        return Err(Broken { number: head.number + 1, why: Why::Missing });
    }
    Ok(head)
}

/// Every length stands before the bytes that it counts, so that no two entries have the same bytes.
fn hash_of(entry: &Entry) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update(DOMAIN);
    hasher.update(entry.previous.0);
    hasher.update(entry.number.to_be_bytes());
    hasher.update(entry.at_ms.to_be_bytes());
    let mut count = |length: usize| hasher.update((length as u64).to_be_bytes());
    count(entry.what.len());
    count(entry.about.len());
    entry.about.iter().for_each(|id| count(id.len()));
    hasher.update(&entry.what);
    entry.about.iter().for_each(|id| hasher.update(id));
    Hash(hasher.finalize().into())
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Display for Head {
    /// The form in which it is written down: `812:` and the hash.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.number, self.hash)
    }
}

/// A text that is no head.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not the end of an audit log: expected a number, a colon and 64 hexadecimal digits, found \"{0}\"")]
pub struct NotAHead(String);

impl FromStr for Head {
    type Err = NotAHead;

    fn from_str(text: &str) -> Result<Self, NotAHead> {
        let head = text.trim().split_once(':').and_then(|(number, hash)| {
            let hash = from_hex(&hash.trim().to_ascii_lowercase())?;
            Some(Self { number: number.trim().parse().ok()?, hash: Hash(hash) })
        });
        head.ok_or_else(|| NotAHead(text.chars().take(80).collect()))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        from_hex(&text).map(Self).ok_or_else(|| {
            serde::de::Error::custom(format!("not a hash: expected 64 hexadecimal digits, found {text:?}"))
        })
    }
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    let mut bytes = [0; 32];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Examines a log of which nothing was let go of.
    fn verify<'a>(entries: impl IntoIterator<Item = &'a Entry>, known: Head) -> Result<Head, Broken> {
        verify_from(Head::default(), entries, known)
    }

    fn log(length: u64) -> (Vec<Entry>, Head) {
        let codes = ["introduction-sent", "consent-given", "consent-withdrawn", "room-opened"];
        let mut chain = Chain::default();
        let entries = (0..length)
            .zip(codes.into_iter().cycle())
            .map(|(at, code)| {
                let about = (0..at % 3).map(|id| format!("{:032x}", u128::from(at * 7 + id))).collect();
                chain.append(1_700_000_000_000 + i64::try_from(at).unwrap() * 250, code, about)
            })
            .collect();
        (entries, chain.head())
    }

    /// Every log that differs from `entry` in one bit of one field, or in where one id ends.
    fn forgeries(entry: &Entry) -> Vec<Entry> {
        let mut all = Vec::new();
        let mut add = |change: &dyn Fn(&mut Entry)| {
            let mut forged = entry.clone();
            change(&mut forged);
            if forged != *entry {
                all.push(forged);
            }
        };
        for bit in 0..64 {
            add(&|forged| forged.number ^= 1 << bit);
            add(&|forged| forged.at_ms ^= 1 << bit);
        }
        for bit in 0..256 {
            add(&|forged| forged.previous.0[bit / 8] ^= 1 << (bit % 8));
            add(&|forged| forged.hash.0[bit / 8] ^= 1 << (bit % 8));
        }
        for at in 0..entry.what.len() {
            add(&|forged| forged.what.replace_range(at..=at, "x"));
            add(&|forged| forged.about.push(forged.what.split_off(at)));
        }
        for id in 0..entry.about.len() {
            for at in 0..entry.about[id].len() {
                add(&|forged| forged.about[id].replace_range(at..=at, "f"));
                add(&|forged| {
                    let rest = forged.about[id].split_off(at);
                    forged.about.insert(id + 1, rest);
                });
            }
            add(&|forged| {
                if let Some(first) =
                    forged.about.get_mut(id + 1).filter(|next| !next.is_empty()).map(|next| next.remove(0))
                {
                    forged.about[id].push(first);
                }
            });
            add(&|forged| drop(forged.about.remove(id)));
            add(&|forged| forged.about.swap(0, id));
        }
        add(&|forged| forged.about.push(String::new()));
        all
    }

    #[test]
    fn an_untouched_log_verifies_against_its_head_and_every_earlier_one() {
        let (entries, head) = log(12);
        assert_eq!(verify(&entries, head), Ok(head));
        assert_eq!(verify(&entries, Head::default()), Ok(head));
        for entry in &entries {
            assert_eq!(verify(&entries, Head { number: entry.number, hash: entry.hash }), Ok(head));
        }
        assert_eq!(verify(&[], Head::default()), Ok(Head::default()));
    }

    #[test]
    fn any_change_of_any_entry_is_detected() {
        let (entries, head) = log(7);
        for at in 0..entries.len() {
            for forged in forgeries(&entries[at]) {
                let mut log = entries.clone();
                log[at] = forged;
                let broken = verify(&log, head).expect_err("a changed entry was accepted");
                assert_eq!(broken.number, at as u64 + 1, "{broken}");
            }
        }
    }

    #[test]
    fn a_changed_entry_with_its_hash_made_good_is_detected_at_the_next_one_or_at_the_head() {
        let (entries, head) = log(7);
        for at in 0..entries.len() {
            let mut log = entries.clone();
            log[at].at_ms += 1;
            log[at].hash = hash_of(&log[at]);
            let why = if at + 1 == log.len() { Why::Replaced } else { Why::Unlinked };
            let number = (at as u64 + 2).min(7);
            assert_eq!(verify(&log, head), Err(Broken { number, why }));
        }
    }

    #[test]
    fn a_history_written_anew_from_any_point_is_detected_by_the_known_head() {
        let (entries, head) = log(7);
        for at in 0..entries.len() {
            let before = at.checked_sub(1).map(|last| &entries[last]);
            let mut chain =
                Chain::from_head(before.map_or(Head::default(), |e| Head { number: e.number, hash: e.hash }));
            let mut log = entries[..at].to_vec();
            log.extend((at..9).map(|_| chain.append(0, "consent-given", Vec::new())));
            assert_eq!(verify(&log, head), Err(Broken { number: 7, why: Why::Replaced }));
        }
    }

    #[test]
    fn an_entry_taken_out_put_twice_or_elsewhere_is_detected() {
        let (entries, head) = log(7);
        for from in 0..entries.len() {
            let mut without = entries.clone();
            let taken = without.remove(from);
            assert!(verify(&without, head).is_err(), "entry {from} is missing");
            for to in (0..=without.len()).filter(|to| *to != from) {
                let mut moved = without.clone();
                moved.insert(to, taken.clone());
                assert!(verify(&moved, head).is_err(), "entry {from} stands at {to}");
            }
            let mut twice = entries.clone();
            twice.insert(from, taken);
            assert!(verify(&twice, head).is_err(), "entry {from} stands there twice");
        }
    }

    #[test]
    fn a_log_cut_off_before_the_known_head_is_detected_and_one_that_grew_is_not() {
        let (entries, head) = log(7);
        for length in 0..entries.len() {
            let number = length as u64 + 1;
            assert_eq!(verify(&entries[..length], head), Err(Broken { number, why: Why::Missing }));
        }
        let (longer, new_head) = log(9);
        assert_eq!(verify(&longer, head), Ok(new_head));
    }

    #[test]
    fn a_log_that_is_let_go_of_part_by_part_can_be_examined_from_where_it_begins() {
        let (entries, head) = log(3500);
        let mut kept = Kept::default();
        let ends: Vec<u64> = entries.iter().filter(|entry| kept.grew(entry)).map(|entry| entry.number).collect();
        // The first part ends where it is first known that there are parts.
        assert_eq!(ends, [1, 1001, 2001, 3001]);
        assert!(kept.let_go(0, 100).is_empty(), "nothing is old enough");
        let until = entries[2100].at_ms;
        let gone: Vec<u64> =
            std::iter::from_fn(|| Some(kept.let_go(until, 900)).filter(|gone| !gone.is_empty())).flatten().collect();
        assert_eq!(gone, (1..=2001).collect::<Vec<_>>());
        assert_eq!((kept.before.number, kept.parts.len()), (2001, 1));
        // Whether or not all rows are gone already.
        for rest in [&entries[2001..], &entries[1500..], &entries] {
            assert_eq!(verify_from(kept.before, rest, head), Ok(head));
        }
        let known = |at: usize| Head { number: entries[at].number, hash: entries[at].hash };
        assert_eq!(verify_from(kept.before, &entries[2001..], known(2500)), Ok(head));
        assert_eq!(verify_from(kept.before, &entries[2001..], known(2000)), Ok(head));
        let old = verify_from(kept.before, &entries[2001..], known(1999));
        assert_eq!(old, Err(Broken { number: 2000, why: Why::LetGo }));
    }

    #[test]
    fn a_log_that_was_let_go_of_in_part_shows_every_change_still() {
        let (entries, head) = log(20);
        let before = Head { number: 10, hash: entries[9].hash };
        let rest = &entries[10..];
        for at in 0..rest.len() {
            let mut without = rest.to_vec();
            without.remove(at);
            assert!(verify_from(before, &without, head).is_err(), "entry {at} is missing");
            let mut changed = rest.to_vec();
            changed[at].at_ms += 1;
            assert!(verify_from(before, &changed, head).is_err(), "entry {at} was changed");
        }
        let other = Head { hash: Hash::default(), ..before };
        assert_eq!(verify_from(other, rest, head), Err(Broken { number: 11, why: Why::Unlinked }));
        assert_eq!(verify_from(other, rest, before), Err(Broken { number: 10, why: Why::Replaced }));
    }

    #[test]
    fn a_quiet_log_has_parts_of_a_month() {
        let (mut chain, mut kept) = (Chain::default(), Kept::default());
        let day = 86_400_000;
        let ends = |at: &i64| kept.grew(&chain.append(at * day, "consent-given", vec![]));
        let ends: Vec<i64> = (100..200).filter(ends).collect();
        assert_eq!(ends, [100, 130, 160, 190]);
    }

    #[test]
    fn entries_survive_text() {
        let (entries, head) = log(4);
        let text = serde_json::to_string(&entries).unwrap();
        let read: Vec<Entry> = serde_json::from_str(&text).unwrap();
        assert_eq!(verify(&read, head), Ok(head));
        assert!(serde_json::from_str::<Hash>("\"ff\"").is_err());
        assert!(serde_json::from_str::<Hash>(&format!("\"{}\"", "+f".repeat(32))).is_err());
    }
}
