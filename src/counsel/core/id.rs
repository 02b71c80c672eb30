//! The kinds of identifier that the counselling service has beside those of both services.

pub use lodge_ground::id::*;

/// A person whom the service talks with: a client or a counsellor.
pub use lodge_ground::id::MemberId as PersonId;

lodge_ground::ids! {
    /// A case: one client's way to one counsellor.
    CaseId;
    /// A moment that is waited for.
    TimerId;
}
