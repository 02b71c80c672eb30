//! A bound on one person's things. Everything that people can make grow is in one of these, so that its bound, and what
//! happens there, is written where it is kept.
//!
//! There are two ways at a bound. Where only the newest count, one more *pushes* the oldest out; where the first count,
//! one more is *offered* and may be refused. Either way nothing is lost in silence: things that do not fit come back to
//! the caller, who has to say something about them.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::{ConfirmationId, EffectId, MemberId};
use crate::time::Timestamp;

/// A thing whose size its writer may choose.
pub trait Bulk {
    /// The bytes of it that count. The number stays the same for as long as the thing is kept.
    fn bytes(&self) -> usize;
}

/// At most `COUNT` things of one person's, and together at most `BYTES` bytes of them; the oldest first. As a row it is a
/// plain list; of a row that is longer the newest are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtMost<T, const COUNT: usize, const BYTES: usize = { usize::MAX }> {
    things: VecDeque<T>,
    bytes: usize,
}

/// The same for everybody: at most `COUNT` and `BYTES` for each person, or for whatever else `K` names.
#[derive(Debug, Clone)]
pub struct Shares<T, const COUNT: usize, const BYTES: usize = { usize::MAX }, K = MemberId>(
    BTreeMap<K, AtMost<T, COUNT, BYTES>>,
);

impl<T, const COUNT: usize, const BYTES: usize> Default for AtMost<T, COUNT, BYTES> {
    fn default() -> Self {
        Self { things: VecDeque::new(), bytes: 0 }
    }
}

impl<T: Bulk, const COUNT: usize, const BYTES: usize> AtMost<T, COUNT, BYTES> {
    /// Puts one more at the end. Gives those for which there is no room any more: the oldest, and the thing itself where
    /// it alone is too big.
    pub fn push(&mut self, thing: T) -> Vec<T> {
        self.bytes = self.bytes.saturating_add(thing.bytes());
        self.things.push_back(thing);
        let mut over = Vec::new();
        while self.things.len() > COUNT || self.bytes > BYTES {
            let Some(oldest) = self.pop() else { break };
            over.push(oldest);
        }
        over
    }

    /// Puts one more at the end if there is room for it.
    ///
    /// # Errors
    /// Gives it back where there is none.
    pub fn offer(&mut self, thing: T) -> Result<(), T> {
        let bytes = self.bytes.saturating_add(thing.bytes());
        if self.things.len() >= COUNT || bytes > BYTES {
            return Err(thing);
        }
        self.bytes = bytes;
        self.things.push_back(thing);
        Ok(())
    }

    /// Takes out the oldest.
    pub fn pop(&mut self) -> Option<T> {
        self.take_at(0)
    }

    /// Takes out the oldest that `is_meant` picks.
    pub fn take(&mut self, is_meant: impl Fn(&T) -> bool) -> Option<T> {
        self.things.iter().position(is_meant).and_then(|at| self.take_at(at))
    }

    /// Takes out the newest that `is_meant` picks.
    pub fn take_newest(&mut self, is_meant: impl Fn(&T) -> bool) -> Option<T> {
        self.things.iter().rposition(is_meant).and_then(|at| self.take_at(at))
    }

    /// Takes out all that `stays` does not pick, oldest first.
    pub fn retain(&mut self, stays: impl Fn(&T) -> bool) -> Vec<T> {
        let all = std::mem::take(&mut self.things);
        let (stay, gone): (VecDeque<T>, VecDeque<T>) = all.into_iter().partition(stays);
        self.things = stay;
        self.bytes -= gone.iter().map(Bulk::bytes).sum::<usize>();
        gone.into()
    }

    fn take_at(&mut self, at: usize) -> Option<T> {
        let thing = self.things.remove(at)?;
        self.bytes -= thing.bytes();
        Some(thing)
    }
}

impl<T, const COUNT: usize, const BYTES: usize> AtMost<T, COUNT, BYTES> {
    /// Every thing, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> + ExactSizeIterator {
        self.things.iter()
    }

    /// The same, to be changed in anything but their bulk.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut T> {
        self.things.iter_mut()
    }

    /// The newest, to be changed in anything but its bulk.
    pub fn last_mut(&mut self) -> Option<&mut T> {
        self.things.back_mut()
    }

    /// The thing that was added last.
    pub fn last(&self) -> Option<&T> {
        self.things.back()
    }

    /// The number of things.
    pub fn len(&self) -> usize {
        self.things.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.things.is_empty()
    }
}

impl<T: PartialEq, const COUNT: usize, const BYTES: usize> AtMost<T, COUNT, BYTES> {
    /// Whether this is one of them.
    pub fn contains(&self, thing: &T) -> bool {
        self.things.contains(thing)
    }
}

impl<T, const COUNT: usize, const BYTES: usize> IntoIterator for AtMost<T, COUNT, BYTES> {
    type Item = T;
    type IntoIter = std::collections::vec_deque::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.things.into_iter()
    }
}

impl<T: Bulk, const COUNT: usize, const BYTES: usize> FromIterator<T> for AtMost<T, COUNT, BYTES> {
    /// The newest of these.
    fn from_iter<I: IntoIterator<Item = T>>(things: I) -> Self {
        let mut all = Self::default();
        for thing in things {
            all.push(thing);
        }
        all
    }
}

impl<T: Serialize, const COUNT: usize, const BYTES: usize> Serialize for AtMost<T, COUNT, BYTES> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(&self.things)
    }
}

impl<'de, T: Bulk + Deserialize<'de>, const COUNT: usize, const BYTES: usize> Deserialize<'de>
    for AtMost<T, COUNT, BYTES>
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::deserialize(deserializer)?.into_iter().collect())
    }
}

impl<T, const COUNT: usize, const BYTES: usize, K> Default for Shares<T, COUNT, BYTES, K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Bulk, const COUNT: usize, const BYTES: usize, K: Ord + Copy> Shares<T, COUNT, BYTES, K> {
    /// Adds something of this person's, as [`AtMost::push`] does.
    pub fn push(&mut self, of: K, thing: T) -> Vec<T> {
        let own = self.0.entry(of).or_default();
        let over = own.push(thing);
        self.tidy(of);
        over
    }

    /// As [`AtMost::offer`].
    ///
    /// # Errors
    /// Gives it back where there is no room.
    pub fn offer(&mut self, of: K, thing: T) -> Result<(), T> {
        let refused = self.0.entry(of).or_default().offer(thing);
        self.tidy(of);
        refused
    }

    /// Takes the oldest of this person's, as [`AtMost::pop`] does.
    pub fn pop(&mut self, of: K) -> Option<T> {
        self.change(of, AtMost::pop)
    }

    /// Takes one of this person's, as [`AtMost::take`] does.
    pub fn take(&mut self, of: K, is_meant: impl Fn(&T) -> bool) -> Option<T> {
        self.change(of, |own| own.take(is_meant))
    }

    /// Keeps some of this person's, as [`AtMost::retain`] does.
    pub fn retain(&mut self, of: K, stays: impl Fn(&T) -> bool) -> Vec<T> {
        self.change(of, |own| Some(own.retain(stays))).unwrap_or_default()
    }

    /// Takes out all of this person's, oldest first.
    pub fn forget(&mut self, of: K) -> impl Iterator<Item = T> + use<T, COUNT, BYTES, K> {
        self.0.remove(&of).into_iter().flat_map(|own| own.things)
    }

    fn change<R>(&mut self, of: K, change: impl FnOnce(&mut AtMost<T, COUNT, BYTES>) -> Option<R>) -> Option<R> {
        let changed = self.0.get_mut(&of).and_then(change);
        self.tidy(of);
        changed
    }

    fn tidy(&mut self, of: K) {
        if self.0.get(&of).is_some_and(AtMost::is_empty) {
            self.0.remove(&of);
        }
    }
}

impl<T, const COUNT: usize, const BYTES: usize, K: Ord + Copy> Shares<T, COUNT, BYTES, K> {
    /// The things of this person; `None` where they have none.
    pub fn of(&self, person: K) -> Option<&AtMost<T, COUNT, BYTES>> {
        self.0.get(&person)
    }

    /// The same, to be changed in anything but their bulk.
    pub fn of_mut(&mut self, person: K) -> Option<&mut AtMost<T, COUNT, BYTES>> {
        self.0.get_mut(&person)
    }

    /// Everybody who has at least one thing here.
    pub fn people(&self) -> impl Iterator<Item = K> {
        self.0.keys().copied()
    }

    /// Everybody's, each person's oldest first.
    pub fn all(&self) -> impl Iterator<Item = &T> {
        self.0.values().flat_map(AtMost::iter)
    }

    /// The number of everybody's things together.
    pub fn len(&self) -> usize {
        self.0.values().map(AtMost::len).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Words of somebody's that a bound left out: they have counted for nothing, and their writer is told so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOut {
    /// More than one message could not be read for want of its key, and the older ones are perhaps not waited for any more.
    Sealed,
    /// They wrote faster than they are read, and more than is kept to be read later.
    Hurried,
}

/// Ids are of one size, and there is nothing in them that anybody wrote.
macro_rules! no_bulk {
    ($($kind:ty),*) => {$(
        impl Bulk for $kind {
            fn bytes(&self) -> usize {
                0
            }
        }
    )*};
}

impl<T: Bulk> Bulk for (ConfirmationId, T) {
    fn bytes(&self) -> usize {
        self.1.bytes()
    }
}

impl Bulk for String {
    fn bytes(&self) -> usize {
        self.len()
    }
}

no_bulk!(EffectId, ConfirmationId, Timestamp);

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    struct Words(String);

    impl Bulk for Words {
        fn bytes(&self) -> usize {
            self.0.len()
        }
    }

    fn words(length: usize) -> Words {
        Words("x".repeat(length))
    }

    type Few = AtMost<Words, 5, 20>;

    proptest! {
        #[test]
        fn whatever_is_pushed_what_is_kept_are_the_newest_that_fit_and_the_rest_comes_back(
            lengths in proptest::collection::vec(0..25_usize, 0..60)
        ) {
            let (mut few, mut gone) = (Few::default(), Vec::new());
            for length in &lengths {
                gone.extend(few.push(words(*length)));
                prop_assert!(few.len() <= 5 && few.iter().map(Bulk::bytes).sum::<usize>() <= 20);
                prop_assert_eq!(few.bytes, few.iter().map(Bulk::bytes).sum::<usize>());
            }
            // All are there, in their order.
            let all: Vec<Words> = gone.into_iter().chain(few.iter().cloned()).collect();
            prop_assert_eq!(&all, &lengths.iter().map(|length| words(*length)).collect::<Vec<_>>());
            // No more of them would have fitted.
            let next = all.len() - few.len();
            let larger = next.checked_sub(1).map(|next| &all[next..]);
            let fits = |all: &[Words]| all.len() <= 5 && all.iter().map(Bulk::bytes).sum::<usize>() <= 20;
            prop_assert!(larger.is_none_or(|larger| !fits(larger)));
        }

        #[test]
        fn whatever_is_offered_what_came_first_stays_and_what_is_refused_comes_back(
            lengths in proptest::collection::vec(0..25_usize, 0..60)
        ) {
            let mut few = Few::default();
            for length in &lengths {
                let before: Vec<Words> = few.iter().cloned().collect();
                let refused = few.offer(words(*length));
                prop_assert!(few.len() <= 5 && few.bytes <= 20);
                match refused {
                    Ok(()) => prop_assert_eq!(few.last(), Some(&words(*length))),
                    Err(back) => {
                        prop_assert_eq!(back, words(*length));
                        prop_assert_eq!(before, few.iter().cloned().collect::<Vec<_>>());
                    }
                }
            }
        }
    }

    #[test]
    fn a_row_is_a_plain_list_and_of_a_longer_one_the_newest_are_read() {
        let few: Few = serde_json::from_str(r#"["a","b","c","d","e","f"]"#).unwrap();
        assert_eq!(serde_json::to_string(&few).unwrap(), r#"["b","c","d","e","f"]"#);
    }

    #[test]
    fn each_has_a_share_of_their_own_and_who_has_nothing_takes_no_room() {
        let (sam, alex) = (MemberId::from_bytes([1; 16]), MemberId::from_bytes([2; 16]));
        let mut shares: Shares<Words, 2> = Shares::default();
        for length in 0..4 {
            let over = shares.push(sam, words(length));
            assert_eq!(over.len(), usize::from(length >= 2));
        }
        assert_eq!(shares.push(alex, words(9)), []);
        assert_eq!(shares.offer(sam, words(1)), Err(words(1)));
        assert_eq!((shares.len(), shares.of(sam).map(AtMost::len)), (3, Some(2)));
        assert_eq!(shares.pop(alex), Some(words(9)));
        assert_eq!(shares.people().collect::<Vec<_>>(), [sam]);
        assert_eq!(shares.take(sam, |words| words.0.len() == 3), Some(words(3)));
        assert_eq!(shares.retain(sam, |_| false), [words(2)]);
        assert!(shares.is_empty());
    }
}
