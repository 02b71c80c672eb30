//! The kinds of identifier that the hub has beside those of both services.

pub use lodge_ground::id::*;

lodge_ground::ids! {
    /// An introduction of two members.
    IntroductionId;
    /// A question put to one member.
    PromptId;
    /// One party's recorded yes.
    ConsentId;
    /// A moment the hub waits for.
    TimerId;
    /// A report of one member about another.
    ReportId;
    /// An organisation that employs people.
    OrganisationId;
    /// A room for many.
    RoomId;
    /// Something that a member proposed and staff decide.
    ProposalId;
    /// A report about somebody's conduct in a room.
    CaseId;
    /// A question that somebody asks of the staff.
    EnquiryId;
    /// An event at which people meet.
    EventId;
    /// A member's place on the list of an event.
    SignUpId;
    /// A member's contact for the host of an event.
    HandOverId;
    /// The room of a call, which nobody can guess.
    CallId;
    /// Words that a member wrote to the porter.
    WordsId;
}
