//! The limits on what each account may do, as Synapse counts it: buckets that fill again slowly.

use std::collections::BTreeMap;

use lodge_core::name::Address;
use lodge_core::time::Timestamp;

/// A bucket: the thing that is counted, and the account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bucket {
    /// Invitations to this account, from anybody (`rc_invites.per_user`).
    Invitee(Address),
    /// Invitations of this account (`rc_invites.per_issuer`).
    Issuer(Address),
    /// Events that this account sends (`rc_message`).
    Sender(Address),
}

/// The size of a bucket, and the time in which it fills by one.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// A full bucket holds this much.
    pub holds: u64,
    /// The time in which it fills by one, in milliseconds.
    pub fills_ms: u64,
}

/// The buckets that something was taken from.
#[derive(Debug, Default)]
pub struct Limiter(BTreeMap<Bucket, (u64, Timestamp)>);

impl Limiter {
    /// Takes one out of a bucket.
    ///
    /// # Errors
    /// The wait until there is one, in milliseconds.
    pub fn take(&mut self, bucket: Bucket, size: Size, now: Timestamp) -> Result<(), u64> {
        let (used, since) = self.0.entry(bucket).or_insert((0, now));
        let passed = u64::try_from(now.as_millis() - since.as_millis()).unwrap_or_default();
        let drained = passed / size.fills_ms;
        if drained >= *used {
            (*used, *since) = (0, now);
        } else {
            *used -= drained;
            *since =
                Timestamp::from_millis(now.as_millis() - i64::try_from(passed % size.fills_ms).unwrap_or_default());
        }
        if *used < size.holds {
            *used += 1;
            return Ok(());
        }
        let waited = u64::try_from(now.as_millis() - since.as_millis()).unwrap_or_default();
        Err(size.fills_ms - waited)
    }
}
