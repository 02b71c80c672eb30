//! How often each account may do something, as Synapse counts it: a bucket that fills again slowly.

use std::collections::BTreeMap;

use lodge_core::name::Address;
use lodge_core::time::Timestamp;

/// What is counted, and for whom.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bucket {
    /// Invitations to this account, whoever sends them (`rc_invites.per_user`).
    Invitee(Address),
    /// Invitations of this account (`rc_invites.per_issuer`).
    Issuer(Address),
    /// What this account sends (`rc_message`).
    Sender(Address),
}

/// How much a bucket holds, and how long it takes to fill by one, in milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// How much it holds.
    pub holds: u64,
    /// How long it takes to fill by one, in milliseconds.
    pub fills_ms: u64,
}

/// All buckets.
#[derive(Debug, Default)]
pub struct Limiter(BTreeMap<Bucket, (u64, Timestamp)>);

impl Limiter {
    /// Takes one out of a bucket.
    ///
    /// # Errors
    /// How long to wait until there is one, in milliseconds.
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
