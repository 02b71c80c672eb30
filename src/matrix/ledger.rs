//! The ledger of ciphertexts: which messages of each Megolm session were heard.
//!
//! Decryption does not tell whether the same ciphertext was opened before, and a homeserver can put one into its room
//! again under a new event id. The message index can be used once in a session, and is covered by the sender's signature
//! (Megolm specification, "Replay attacks"); so it is the index that is remembered, for as long as its sender is known.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::news::Cipher;
use lodge_ground::id::MemberId;

lodge_ground::ids! {
    /// A Megolm session: the beginning of a hash of its id.
    SessionId;
}

impl SessionId {
    /// The session with this id, as Matrix writes it.
    pub fn of(session: &str) -> Self {
        let mut id = [0; 16];
        id.copy_from_slice(&Sha256::digest(session)[..16]);
        Self::from_bytes(id)
    }
}

/// At most this many ranges are kept of one session. A client that follows the specification begins another session
/// after a hundred messages, some of which are words.
const RANGES_MAX: usize = 64;

/// Message indices, as ranges from the first to the last of each, in order and apart from each other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indices(Vec<(u32, u32)>);

impl Indices {
    /// Enters an index; false when it stands there already.
    ///
    /// Beyond the bound on ranges, the two oldest become one: the indices between them count as heard, though
    /// they were not. So a row stays small with any client, and no message that was heard is ever new again.
    pub fn enter(&mut self, index: u32) -> bool {
        let at = self.0.partition_point(|(_, last)| *last < index);
        if self.0.get(at).is_some_and(|(first, _)| *first <= index) {
            return false;
        }
        let follows = at > 0 && self.0[at - 1].1 + 1 == index;
        let precedes = self.0.get(at).is_some_and(|(first, _)| first - 1 == index);
        match (follows, precedes) {
            (true, true) => self.join(at - 1),
            (true, false) => self.0[at - 1].1 = index,
            (false, true) => self.0[at].0 = index,
            (false, false) => self.0.insert(at, (index, index)),
        }
        if self.0.len() > RANGES_MAX {
            self.join(0);
        }
        true
    }

    /// Makes one of a range and the next.
    fn join(&mut self, at: usize) {
        let (_, last) = self.0.remove(at + 1);
        self.0[at].1 = last;
    }
}

/// A row holds this many sessions. With one in each, a start would have four times as many rows to open; with all in
/// one, the row would grow for ever and be written with each word.
const SESSIONS: usize = 4;

/// At most this many rows are kept of one member: their last 8,192 sessions. A client begins one after a hundred
/// messages or a week, so only somebody who has a client made for it has more; and it is their own words alone that
/// could then be heard a second time.
const ROWS_MAX: usize = 2048;

/// The messages that were heard of some sessions of one member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ciphers {
    /// The member whose words they were.
    pub member: MemberId,
    /// The number of the row among this member's rows.
    pub number: u32,
    /// The indices of the messages that were heard, by session.
    pub heard: BTreeMap<SessionId, Indices>,
}

/// The messages that were heard of everybody's sessions.
#[derive(Debug, Clone, Default)]
pub struct Ledger(BTreeMap<MemberId, BTreeMap<u32, BTreeMap<SessionId, Indices>>>);

impl Ledger {
    /// The ledger that was kept as these rows.
    pub fn from_rows(rows: impl IntoIterator<Item = Ciphers>) -> Self {
        let mut ledger = Self::default();
        for Ciphers { member, number, heard } in rows {
            ledger.0.entry(member).or_default().insert(number, heard);
        }
        ledger
    }

    /// Enters a ciphertext of somebody's. Returns the row that is to be kept together with its consequences; `None`
    /// when it was heard before.
    pub fn enter(&mut self, member: MemberId, cipher: &Cipher) -> Option<Ciphers> {
        let session = SessionId::of(&cipher.session);
        let rows = self.0.entry(member).or_default();
        // Most words are of the session that began last.
        let known = rows.iter().rev().find(|(_, row)| row.contains_key(&session)).map(|(number, _)| *number);
        let last = rows.last_key_value().map(|(number, row)| if row.len() < SESSIONS { *number } else { number + 1 });
        let number = known.or(last).unwrap_or_default();
        let row = rows.entry(number).or_default();
        let is_new = row.entry(session).or_default().enter(cipher.index);
        is_new.then(|| Ciphers { member, number, heard: row.clone() })
    }

    /// The oldest row of somebody's that is let go of, where there are more than are kept. It is to be called after each entry.
    pub fn over(&mut self, member: MemberId) -> Option<Ciphers> {
        let rows = self.0.get_mut(&member).filter(|rows| rows.len() > ROWS_MAX)?;
        rows.pop_first().map(|(number, heard)| Ciphers { member, number, heard })
    }

    /// Lets go of everything of somebody's: the rows that were kept.
    pub fn forget(&mut self, member: MemberId) -> impl Iterator<Item = Ciphers> + use<> {
        let rows = self.0.remove(&member).unwrap_or_default();
        rows.into_iter().map(move |(number, heard)| Ciphers { member, number, heard })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;
    use lodge_ground::stored::Stored as _;

    fn entered(all: impl IntoIterator<Item = u32>) -> Indices {
        let mut indices = Indices::default();
        for index in all {
            indices.enter(index);
        }
        indices
    }

    /// Indices that lie close together, and some at the very end.
    fn indices() -> impl Strategy<Value = Vec<u32>> {
        proptest::collection::vec(prop_oneof![8 => 0..100_u32, 1 => u32::MAX - 3..=u32::MAX], 0..90)
    }

    proptest! {
        #[test]
        fn each_index_is_new_once_in_whatever_order_they_come(all in indices()) {
            let (mut indices, mut seen) = (Indices::default(), BTreeSet::new());
            for index in &all {
                prop_assert_eq!(indices.enter(*index), seen.insert(*index));
                prop_assert!(!indices.enter(*index));
            }
        }

        #[test]
        fn ranges_are_the_same_in_any_order_and_as_few_as_can_be(all in indices()) {
            let indices = entered(all.iter().copied());
            let sorted: BTreeSet<u32> = all.iter().copied().collect();
            prop_assert_eq!(&indices, &entered(sorted.iter().rev().copied()));
            let ranges = &indices.0;
            prop_assert!(ranges.iter().all(|(first, last)| first <= last));
            prop_assert!(ranges.windows(2).all(|two| two[1].0 - two[0].1 > 1), "{ranges:?}");
            let covered: u64 = ranges.iter().map(|(first, last)| u64::from(last - first) + 1).sum();
            prop_assert_eq!(covered, sorted.len() as u64);
        }

        #[test]
        fn a_row_stays_small_and_nothing_that_was_heard_is_new_again(
            all in proptest::collection::vec(any::<u32>(), 0..400)
        ) {
            let mut indices = Indices::default();
            for (count, index) in all.iter().enumerate() {
                indices.enter(*index);
                prop_assert!(indices.0.len() <= RANGES_MAX);
                prop_assert!(all[..=count].iter().all(|before| !indices.clone().enter(*before)));
            }
        }
    }

    fn cipher(session: &str, index: u32) -> Cipher {
        Cipher { session: session.to_owned(), index }
    }

    #[test]
    fn a_ciphertext_is_new_once_for_its_sender_and_its_session() {
        let (sam, alex) = (MemberId::from_bytes([1; 16]), MemberId::from_bytes([2; 16]));
        let mut ledger = Ledger::default();
        let row = ledger.enter(sam, &cipher("one", 0)).unwrap();
        assert_eq!(ledger.enter(sam, &cipher("one", 0)), None);
        let all = [(sam, "one", 1), (sam, "two", 0), (alex, "one", 0)];
        assert!(all.iter().all(|(who, session, index)| ledger.enter(*who, &cipher(session, *index)).is_some()));

        let mut kept = Ledger::from_rows([row]);
        assert_eq!(kept.enter(sam, &cipher("one", 0)), None);
        assert_eq!(kept.forget(sam).count(), 1);
        assert!(kept.enter(sam, &cipher("one", 0)).is_some(), "they are somebody new");
    }

    #[test]
    fn however_many_sessions_there_are_each_is_found_in_its_row_and_no_row_grows() {
        let sam = MemberId::from_bytes([1; 16]);
        let (mut ledger, mut rows) = (Ledger::default(), BTreeMap::new());
        for index in [0, 1] {
            for session in 0..100 {
                let row = ledger.enter(sam, &cipher(&session.to_string(), index)).unwrap();
                assert!(row.heard.len() <= SESSIONS);
                rows.insert(row.key(), row);
            }
        }
        assert_eq!(rows.len(), 100_usize.div_ceil(SESSIONS));
        let mut kept = Ledger::from_rows(rows.into_values());
        let mut all = (0..100).flat_map(|session| [0, 1].map(|index| cipher(&session.to_string(), index)));
        assert!(all.all(|cipher| kept.enter(sam, &cipher).is_none()));
        assert!(kept.enter(sam, &cipher("new", 0)).is_some());
    }

    #[test]
    fn of_somebody_who_has_sessions_without_end_the_last_are_known() {
        let sam = MemberId::from_bytes([1; 16]);
        let (mut ledger, mut rows) = (Ledger::default(), BTreeMap::new());
        let (most, count) = (ROWS_MAX * SESSIONS, ROWS_MAX * SESSIONS + 100);
        for session in 0..count {
            let row = ledger.enter(sam, &cipher(&session.to_string(), 0)).unwrap();
            rows.insert(row.key(), row);
            if let Some(gone) = ledger.over(sam) {
                rows.remove(&gone.key());
            }
        }
        assert_eq!(rows.len(), ROWS_MAX);
        let mut kept = Ledger::from_rows(rows.into_values());
        assert!(
            (count - most + SESSIONS..count).all(|session| kept.enter(sam, &cipher(&session.to_string(), 0)).is_none())
        );
    }

    #[test]
    fn a_row_reads_as_it_was_written() {
        let (member, session) = (MemberId::from_bytes([0xAB; 16]), SessionId::of("one"));
        let row = Ciphers { member, number: 2, heard: BTreeMap::from([(session, entered([3, 0, 1]))]) };
        let text = serde_json::to_string(&row).unwrap();
        assert_eq!(text, format!(r#"{{"member":"{member}","number":2,"heard":{{"{session}":[[0,1],[3,3]]}}}}"#));
        assert_eq!(serde_json::from_str::<Ciphers>(&text).unwrap(), row);
    }
}
