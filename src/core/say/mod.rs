//! Everything the porter can say, as values. The sentences stand in the wording files, by the ids given here.

mod disclosures;
mod parts;

use serde::{Deserialize, Serialize};

use crate::consent::{Disclosure, Shown, shown_or_older};
use crate::introduction::{Known, Party, Went};
use crate::member::{Field, Role};
use crate::named::Named;
use crate::policy::Offers;
use crate::time::{Span, Timestamp};

pub use crate::conduct::say::{CaseLine, Conduct, ConductDesk};
pub use crate::mentors::say::{Cards, Listing, Unfit};
pub use crate::people::say::devices::Devices;
pub use crate::people::say::joining::{Boundaries, Joining, Staffing};
pub use crate::rooms::say::{Posted, RoomDesk, RoomLine, RoomStanding, Rooms};
pub use parts::{Carrying, Matter, Meant, NotTaken, OwnBlock, RequestText, SentLine, SentStanding, Tip, Unchanged};

/// Something the porter says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Say {
    /// To somebody who joins, or whose role changes.
    Joining(Joining),
    /// To those who work for the service, about members.
    Staffing(Staffing),
    /// What one can ask of the porter.
    Help {
        /// What the service offers.
        offers: Offers,
        /// What the reader is here.
        role: Role,
    },
    /// The words were not understood.
    NotUnderstood,
    /// To a member who wrote in a room that the porter did not open.
    Elsewhere,
    /// A message could not be read.
    Unreadable,
    /// They write more in a minute than is read in one; the rest is read later.
    Hurried,
    /// A message could not be tied to a device of its sender, so it was not taken for an answer.
    DeviceUnknown,
    /// About a device that is not known to be its owner's.
    Devices(Devices),
    /// Whose role takes no part in introductions.
    TakesNoPart,
    /// Whom would they like to meet?
    AskWhom,
    /// That is no full Matrix id.
    NotAnAddress {
        /// What was found instead.
        found: String,
    },
    /// That is their own id, or the porter's.
    NotThatOne,
    /// They have a request waiting to the same address.
    AlreadyWaiting {
        /// To whom.
        to: Named,
        /// Until when.
        deadline: Timestamp,
    },
    /// They have as many requests waiting as the service allows.
    TooManyWaiting {
        /// How many that is.
        limit: usize,
    },
    /// They have sent as many requests in a month as the service allows.
    TooManySent {
        /// How many that is.
        limit: usize,
        /// When the next can be sent.
        from: Timestamp,
    },
    /// What they would like to meet for is personal, and that is not what introductions are for (requirement C5).
    PurposePersonal {
        /// The list.
        purposes: Vec<String>,
    },
    /// What for?
    AskPurpose {
        /// Whom they named.
        to: Named,
        /// The service's closed list, as people read it.
        purposes: Vec<String>,
    },
    /// That is not on the list.
    PurposeNotOffered {
        /// The list.
        purposes: Vec<String>,
    },
    /// How do they know each other?
    AskKnownHow {
        /// Whom they named.
        to: Named,
    },
    /// What would they like to write?
    AskMessage {
        /// Whom they named.
        to: Named,
        /// The longest message, in characters.
        limit: usize,
    },
    /// The message is too long.
    MessageTooLong {
        /// The longest message, in characters.
        limit: usize,
        /// How long it was.
        found: usize,
    },
    /// Exactly what the other will see, and what is shown once both have said yes.
    Preview {
        /// Whom they named.
        to: Named,
        /// The request as the addressee will read it.
        request: RequestText,
        /// Their own details beside it.
        #[serde(default)]
        beside: Vec<Shown>,
        /// What is shown once both have said yes.
        after_both: Vec<Shown>,
        /// Fields they could still add.
        could_add: Vec<Field>,
        /// Advice on the draft; it blocks nothing.
        tips: Vec<Tip>,
    },
    /// What they were shown has changed since, so it is not sent; they are shown it again.
    ChangedSince,
    /// Their words were not taken for an answer.
    NotTaken(NotTaken),
    /// About words of theirs that are to be carried.
    Carrying(Carrying),
    /// They have nothing written in that field.
    FieldEmpty {
        /// Which.
        field: Field,
    },
    /// A room shows the Matrix id, so that cannot be kept back once both agree.
    IdComesWithRoom,
    /// Nobody is asked to meet somebody without a name, so the name goes with the request.
    NameComesWithRequest,
    /// The request is on its way.
    Sent {
        /// To whom.
        to: Named,
        /// When they hear at the latest.
        deadline: Timestamp,
    },
    /// The draft is thrown away.
    DraftDropped,
    /// There is no draft.
    NoDraft,
    /// What to do next with the draft, when a word does not fit.
    DraftWaits,
    /// Would they like to meet this person?
    Asked {
        /// The number by which they can answer.
        number: u32,
        /// The request.
        request: RequestText,
        /// The requester's details that go with it, by the requester's consent.
        of: Disclosure,
        /// Their own details that a yes shows.
        yes_shows: Vec<Shown>,
        /// Details they could add, as in "yes with email", with what stands in them.
        #[serde(deserialize_with = "shown_or_older")]
        could_add: Vec<Shown>,
        /// Until when they can answer.
        deadline: Timestamp,
    },
    /// A request still waits.
    Reminder {
        /// Its number.
        number: u32,
        /// The requester's details that went with it.
        of: Disclosure,
        /// Until when they can answer.
        deadline: Timestamp,
    },
    /// Their yes is recorded.
    YesRecorded,
    /// Their no is recorded.
    NoRecorded {
        /// The number by which they can still change their mind.
        number: u32,
    },
    /// They let it pass.
    IgnoreRecorded {
        /// The number by which they can still change their mind.
        number: u32,
    },
    /// They turned the invitation down before the other had theirs.
    TurnedDown,
    /// Their no was passed on, with these words.
    ReasonPassedOn {
        /// What they wrote.
        reason: String,
    },
    /// To the requester: the addressee said no, and chose to say why.
    SaidNo {
        /// Whom they named.
        to: Named,
        /// The addressee's words.
        reason: String,
    },
    /// Their question is on its way.
    QuestionPassedOn {
        /// The number of the request.
        number: u32,
        /// What they wrote.
        question: String,
        /// How many more they can ask about it.
        left: usize,
    },
    /// They have asked as many questions about it as the service allows.
    QuestionsUsedUp {
        /// The number of the request.
        number: u32,
        /// How many that is.
        limit: usize,
    },
    /// To the requester: the addressee would like to know something first.
    QuestionCame {
        /// The number by which they can answer.
        number: u32,
        /// Whom they named.
        to: Named,
        /// The addressee's words.
        question: String,
        /// Until when an answer can reach them.
        deadline: Timestamp,
    },
    /// They wrote something that could be the answer to a question.
    MaybeAnAnswer {
        /// The number of the question.
        number: u32,
    },
    /// To the requester: their answer goes with their request.
    AnswerNoted {
        /// Whom they named.
        to: Named,
        /// What they wrote.
        answer: String,
    },
    /// To the addressee: the answer to their question.
    AnswerCame {
        /// The number of the request.
        number: u32,
        /// Their question.
        question: String,
        /// The requester's words.
        answer: String,
        /// The requester's details that went with the request.
        of: Disclosure,
        /// Until when they can answer.
        deadline: Timestamp,
    },
    /// They began an answer that carries words, and gave none.
    WordsMissing {
        /// What they typed.
        command: String,
    },
    /// Their words are longer than what is carried.
    WordsTooLong {
        /// The most, in characters.
        limit: usize,
        /// How many there were.
        found: usize,
    },
    /// They are reminded then.
    LaterNoted {
        /// The number of the request.
        number: u32,
        /// When.
        at: Timestamp,
    },
    /// Then the request is no longer open.
    LaterTooLate {
        /// The number of the request.
        number: u32,
        /// When they would like to come back to it.
        at: Timestamp,
        /// When it closes.
        deadline: Timestamp,
    },
    /// A date was not understood.
    WhenUnclear {
        /// What it was for, as they typed it.
        command: String,
    },
    /// A request was reported, and nothing more of its sender reaches them.
    ReportRecorded {
        /// Until when.
        until: Timestamp,
    },
    /// An introduction whose room the porter has left was reported.
    ReportedMet {
        /// Until when nothing of the other reaches them.
        until: Timestamp,
    },
    /// Nothing there is to report.
    NothingToReport,
    /// Several things could be reported; which one?
    WhichToReport {
        /// Those, by number.
        matters: Vec<Matter>,
    },
    /// Nothing of somebody reaches them any more.
    BlockRecorded {
        /// Until when.
        until: Timestamp,
    },
    /// Whom would they like to block?
    BlockWhom,
    /// A block is taken away.
    Unblocked,
    /// Nobody is blocked, or not by that number.
    NotBlocked,
    /// They are brought no requests until then.
    Paused {
        /// Until when.
        until: Timestamp,
        /// How many requests are open with them already.
        open: usize,
    },
    /// A pause cannot be so long.
    PauseTooLong {
        /// The last moment at which it can end.
        latest: Timestamp,
    },
    /// They are brought requests again.
    Resumed,
    /// They are brought so many requests a month at most.
    LimitSet {
        /// How many.
        limit: u32,
    },
    /// They are brought as many as the service sets.
    LimitOff {
        /// How many.
        limit: u32,
    },
    /// How things stand with what they are brought.
    OwnSettings {
        /// Until when they pause.
        paused: Option<Timestamp>,
        /// How many requests a month they are brought at most.
        limit: u32,
        /// Whom they block.
        blocks: Vec<OwnBlock>,
    },
    /// A request was taken back by its sender before it was answered.
    TakenBack,
    /// Their withdrawal is done.
    WithdrawalDone {
        /// How far it had come, as far as they knew.
        known: Known,
        /// Which of the two they are.
        by: Party,
    },
    /// There is nothing to withdraw.
    NothingToWithdraw,
    /// Several things could be withdrawn; which one?
    WhichToWithdraw {
        /// Those, by number.
        matters: Vec<Matter>,
    },
    /// How did it go?
    HowWasIt {
        /// The number by which they can answer.
        number: u32,
        /// Which introduction.
        which: Meant,
    },
    /// Several such questions wait; which one is meant?
    WhichMeeting {
        /// Those, by the numbers under which they were put.
        matters: Vec<Matter>,
    },
    /// Thank you for telling how it went.
    ThankYou {
        /// How it went.
        went: Went,
    },
    /// The policy page.
    Policy {
        /// Its edition.
        version: String,
        /// The page.
        text: String,
    },
    /// The policy page has changed.
    PolicyChanged {
        /// Its edition.
        version: String,
    },
    /// What is kept about them, or a part of it.
    MyData {
        /// Which part.
        part: usize,
        /// Of how many.
        of: usize,
        /// The part, as JSON.
        json: String,
    },
    /// Are they sure that they would like to be forgotten?
    ForgetAsk {
        /// How long it takes at most.
        within: Span,
    },
    /// They are being forgotten.
    Forgetting {
        /// By when it is done.
        by: Timestamp,
    },
    /// They are no longer a member.
    NoLongerMember,
    /// That began like an answer and could mean either; it was not taken for one.
    AnswerUnclear,
    /// Nothing awaits an answer.
    NothingToAnswer,
    /// Several requests wait; which one is meant?
    WhichOne {
        /// Number and sender's shown details of each.
        open: Vec<(u32, Disclosure)>,
    },
    /// There is no open request with that number.
    NoSuchNumber {
        /// The number.
        number: u32,
    },
    /// It is no longer open.
    TooLate,
    /// Both said yes: to the requester.
    AgreedRequester {
        /// Whom they named.
        to: Named,
        /// What the addressee agreed to show.
        of: Disclosure,
        /// How long they have to come in.
        within: Span,
    },
    /// Both said yes: to the addressee.
    AgreedAddressee {
        /// What the requester agreed to show.
        of: Disclosure,
        /// How long they have to come in.
        within: Span,
    },
    /// The one answer.
    NoIntroduction {
        /// Whom they named.
        to: Named,
    },
    /// The first and only words in an introduction's room.
    OpeningNote,
    /// The other took it back, or turned the invitation down.
    WithdrawnByOther {
        /// How far it had come.
        known: Known,
    },
    /// The room was closed, for not both came.
    NotMet,
    /// Their own account turns invitations away, so no room could be opened.
    YouBlock,
    /// The room could not be opened.
    RoomFailed,
    /// Their requests, and those that await their answer.
    Requests {
        /// What they sent.
        sent: Vec<SentLine>,
        /// What awaits their answer.
        to_answer: Vec<(u32, Disclosure, Timestamp)>,
        /// Questions about their requests that await their answer: number, whom they named, the question.
        questions: Vec<(u32, Named, String)>,
    },
    /// To a member, about rooms for many.
    Rooms(Rooms),
    /// To staff and administrators, about rooms for many.
    RoomDesk(RoomDesk),
    /// What stands or is said in a room for many.
    Posted(Posted),
    /// To a member, about conduct in rooms for many.
    Conduct(Conduct),
    /// To staff, about conduct in rooms for many.
    ConductDesk(ConductDesk),
    /// Something about cards and the mentors' list.
    Cards(Cards),
    /// Something went wrong on the porter's side.
    Fault,
}
