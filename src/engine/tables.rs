//! The rows that the engine keeps beside the core's state and the outbox.

use lodge_core::time::Timestamp;
use lodge_ground::audit::{Head, Kept as AuditParts};
use serde::{Deserialize, Serialize};

lodge_ground::stored! {
    AuditHead, b"audit";
    HeadTold, b"audit-told";
    AuditKept, b"audit-kept";
    Era, b"era";
}

/// An era of ids: an older copy of the store was put back when it began, and no id of the time that is lost comes
/// again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Era {
    /// The time at which it began.
    pub began: Timestamp,
}

/// The end of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditHead {
    /// Its number and hash.
    pub audit: Head,
}

/// The end of the audit log that was told last where the store is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadTold {
    /// Its number and hash.
    pub audit: Head,
    /// The time at which it was told.
    pub at: Timestamp,
}

/// The part of the audit log that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AuditKept {
    /// The part of the log that is kept, and the ends of its parts.
    pub audit_kept: AuditParts,
}
