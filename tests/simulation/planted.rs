//! Bugs that are planted on purpose, to show that the monitor sees them. Each twists what goes in or comes out of the
//! engine; none is a switch in it.

use crate::counsel;
use crate::pairs::leaks::Leak;

/// A bug, planted to see that it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Planted {
    /// Each room is created twice, and people who are invited to one are invited to the other.
    RoomTwice,
    /// The program does not see that a room it made is there already.
    AdoptionIgnored,
    /// A no is passed on at once.
    DeclineToldEarly,
    /// The request shows all of the requester's fields, ticked or not.
    FieldUnticked,
    /// The requester gets all of the addressee's fields, agreed to or not.
    FieldWithoutYes,
    /// An edit is read as a new message.
    EditCounts,
    /// A notice is read as a message.
    NoticeCounts,
    /// A message of an unknown device is taken for one of a known device.
    UntiedCounts,
    /// The token advances over a gap that is not filled.
    GapDropped,
    /// The commit is acknowledged before it is on the disk.
    LosesLastCommit,
    /// Effects leave before the commit.
    EffectsBeforeCommit,
    /// The ledger of events is lost at each start.
    LedgerLost,
    /// A job is struck off before it is done.
    JobStruckOffFirst,
    /// A message that cannot be read yet is taken for done.
    SealedDropped,
    /// Timers are lost at each start.
    TimersLost,
    /// The requester is invited as soon as there is a room.
    RequesterInvitedFirst,
    /// The program does not recognise its own messages, and the homeserver has forgotten them.
    EchoIgnored,
    /// Nobody looks who else is in a conversation.
    AudienceUnchecked,
    /// A closed room keeps the people who were invited.
    RoomNotClosed,
    /// The members are let speak, and the porter goes, before the second comes.
    SpeechOpenedEarly,
    /// The porter stays in the room with the two.
    PorterStays,
    /// A start moves every timer a day later.
    DeadlineShifted,
    /// A prompt counts as open for words that came before it showed.
    OpenBeforeShown,
    /// A preview counts as shown to a "send" that came before it.
    SendBeforePreview,
    /// The bytes of an earlier message are taken for a new one.
    ReplayCounts,
    /// The bytes of a message, put into another room, are heard as words in its writer's conversation.
    WordFromElsewhere,
    /// A prompt has the number of an earlier one.
    NumberReused,
    /// A word in a thread is read as if it stood by itself.
    ThreadForgotten,
    /// A bare yes answers the last prompt, in spite of the porter's messages since.
    BareAnyTime,
    /// "ok" and "thanks" are taken for a yes.
    OkIsYes,
    /// A prompt whose saying came to nothing stays open.
    GivenUpStaysOpen,
    /// A yes that was taken away goes on counting.
    RedactionIgnored,
    /// Both see in the end the values that stand in the service's list then, not those that they agreed to show.
    ValuesOfNow,
    /// Another member is shown what somebody notes for themselves.
    NoteTold,
    /// The counselling service hears each bare yes late, as if it had come after the messages since. It has a test of
    /// its own.
    CounselHearsLate,
    /// Something that only pairs of lives can show.
    Leak(Leak),
    /// Something that only pairs of lives with a counselling service beside the hub can show.
    Counsel(counsel::leaks::Leak),
}

impl Planted {
    /// Every one of them but those of consent and the leaks, which have lists of their own.
    pub const ALL: [Self; 23] = [
        Self::RoomTwice,
        Self::AdoptionIgnored,
        Self::DeclineToldEarly,
        Self::FieldUnticked,
        Self::FieldWithoutYes,
        Self::EditCounts,
        Self::NoticeCounts,
        Self::UntiedCounts,
        Self::GapDropped,
        Self::LosesLastCommit,
        Self::EffectsBeforeCommit,
        Self::LedgerLost,
        Self::JobStruckOffFirst,
        Self::SealedDropped,
        Self::TimersLost,
        Self::RequesterInvitedFirst,
        Self::EchoIgnored,
        Self::AudienceUnchecked,
        Self::RoomNotClosed,
        Self::SpeechOpenedEarly,
        Self::PorterStays,
        Self::DeadlineShifted,
        Self::NoteTold,
    ];

    /// The bugs by which a word counts that its writer did not give, or for something they did not see.
    pub const OF_CONSENT: [Self; 11] = [
        Self::OpenBeforeShown,
        Self::SendBeforePreview,
        Self::ReplayCounts,
        Self::WordFromElsewhere,
        Self::NumberReused,
        Self::ThreadForgotten,
        Self::BareAnyTime,
        Self::OkIsYes,
        Self::GivenUpStaysOpen,
        Self::RedactionIgnored,
        Self::ValuesOfNow,
    ];
}
