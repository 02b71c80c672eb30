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
    /// The host of an event reads how many people come, to the last one.
    HostReadsAll,
    /// Members read who comes to an event.
    GuestsToMembers,
    /// The host reads a number while people can sign up.
    CountBeforeEnd,
    /// Members who are not the host read a number.
    CountToOthers,
    /// The number that the host reads is not rounded.
    CountNotRounded,
    /// A place that is free is offered to two.
    PlaceToTwo,
    /// A change to an event is told twice.
    ChangeTwice,
    /// People who are not on the list of an event hear that it is called off.
    CalledOffToAll,
    /// People who do not come to an event, or not any more, are reminded of it.
    ReminderToAll,
    /// Those who wait for a place are in the opposite order after each start.
    LineReversed,
    /// After a start events have no limit of places.
    PlacesForgotten,
    /// After a start nothing happens at the end of sign-up.
    SignUpNeverOver,
    /// The host is told the contact of everybody who is asked whether they would like to stay in touch.
    ContactUnasked,
    /// Members who are not the host are told a contact, too.
    ContactToOthers,
    /// After a start everybody who was asked has said yes.
    SilenceIsYes,
    /// The list of events counts the people who come among the further events.
    ListTellsComing,
    /// All places seem to be taken as soon as somebody comes.
    StepTellsComing,
    /// The counselling service hears each bare yes late, as if it had come after the messages since. It has a test of
    /// its own.
    CounselHearsLate,
    /// Something that only pairs of lives can show.
    Leak(Leak),
    /// Something that only pairs of lives with a counselling service beside the hub can show.
    Counsel(counsel::leaks::Leak),
}

impl Planted {
    /// Every one of them but those of consent, those about events and the leaks, which have lists of their own.
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

    /// The bugs about events that the monitor sees.
    pub const OF_EVENTS: [Self; 15] = [
        Self::HostReadsAll,
        Self::GuestsToMembers,
        Self::CountBeforeEnd,
        Self::CountToOthers,
        Self::CountNotRounded,
        Self::PlaceToTwo,
        Self::ChangeTwice,
        Self::CalledOffToAll,
        Self::ReminderToAll,
        Self::LineReversed,
        Self::PlacesForgotten,
        Self::SignUpNeverOver,
        Self::ContactUnasked,
        Self::ContactToOthers,
        Self::SilenceIsYes,
    ];

    /// The bugs by which somebody learns from an event that another comes to it. Pairs of lives show them.
    pub const OF_COMING: [Self; 2] = [Self::ListTellsComing, Self::StepTellsComing];
}
