//! Domain events: what happens in one feature and concerns others. A feature announces; it does not know who listens.

use crate::id::{EventId, IntroductionId, MemberId, RoomId};
use crate::input::Said;
use crate::name::Address;
use crate::say::EventNews;
use crate::time::Timestamp;

/// Something that has happened. `step/fan_out.rs` lists the features that each of these concerns, in order.
#[derive(Debug, Clone)]
pub(crate) enum DomainEvent {
    /// A membership has ended, for whatever reason.
    MembershipEnded(MemberId),
    /// A current member was brought in line with their listing: their role, their cohort, their details.
    ListingFollowed(MemberId),
    /// A member of staff has verified somebody.
    Verified {
        /// The member of staff.
        by: MemberId,
        /// The person whose role they said.
        who: MemberId,
    },
    /// A visitor's time is over, and nobody has verified them.
    VisitEnded(MemberId),
    /// A member has asked to be forgotten, and takes no part from now on.
    Leaving(MemberId),
    /// A member is going to be forgotten now. Their key is still there.
    Forgetting(MemberId),
    /// A member's key has been destroyed.
    Forgotten(MemberId),
    /// A member blocks an account: `who` is its address. The member knows it as `address`, if at all.
    Blocked {
        /// The member who blocks.
        by: MemberId,
        /// The account that is blocked.
        who: Address,
        /// The address that the member's own list of blocks shows.
        address: Option<Address>,
    },
    /// A member reports somebody whom they know from an introduction.
    Reported {
        /// The member who reports.
        by: MemberId,
        /// The person who is reported.
        about: MemberId,
        /// The introduction.
        introduction: IntroductionId,
        /// The words they gave; empty for none.
        words: String,
    },
    /// Staff have banned a member.
    Banned(MemberId),
    /// Staff have lifted a member's ban.
    BanLifted(MemberId),
    /// Staff have removed a member from a room for many.
    Removed(MemberId, RoomId),
    /// Somebody may write in a room from now on, or may not any more.
    WritersChanged(RoomId),
    /// Nothing more will come from an introduction's addressee, for whatever reason.
    WentQuiet(IntroductionId),
    /// The two of an introduction have come into their room.
    Met(IntroductionId),
    /// An introduction is over, for whatever reason.
    IntroductionEnded(IntroductionId),
    /// An addressee has said yes in these words, and has to agree to the boundaries before it counts.
    YesBeforeAgreeing(Box<Said>, IntroductionId),
    /// An event was announced, changed or called off.
    EventAnnounced(EventId, EventNews),
    /// A request has reached its addressee.
    RequestBrought(MemberId),
    /// An older copy of the store was put back: the store is as it was at this moment (decision 28).
    WentBack(Timestamp),
}
