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
    /// A message to somebody who joins, or whose role changes.
    Joining(Joining),
    /// A message about members to people who work for the service.
    Staffing(Staffing),
    /// The requests that the porter understands.
    Help {
        /// The features that the service offers.
        offers: Offers,
        /// The reader's role.
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
    /// Their role takes no part in introductions.
    TakesNoPart,
    /// They are asked for the person they would like to meet.
    AskWhom,
    /// Their words hold no full Matrix id.
    NotAnAddress {
        /// The text that was found instead.
        found: String,
    },
    /// They named themselves, or the porter.
    NotThatOne,
    /// They have a request waiting to the same address.
    AlreadyWaiting {
        /// The person they named.
        to: Named,
        /// The time at which that request ends at the latest.
        deadline: Timestamp,
    },
    /// They have as many requests waiting as the service allows.
    TooManyWaiting {
        /// The number of requests that may wait.
        limit: usize,
    },
    /// They have sent as many requests in a month as the service allows.
    TooManySent {
        /// The number of requests in a month.
        limit: usize,
        /// The time from which the next can be sent.
        from: Timestamp,
    },
    /// Their purpose is personal, and introductions are not for that (requirement C5).
    PurposePersonal {
        /// The purposes on the list.
        purposes: Vec<String>,
    },
    /// They are asked for the purpose.
    AskPurpose {
        /// The person they named.
        to: Named,
        /// The service's closed list, as people read it.
        purposes: Vec<String>,
    },
    /// Their purpose is not on the list.
    PurposeNotOffered {
        /// The purposes on the list.
        purposes: Vec<String>,
    },
    /// They are asked how the two know each other.
    AskKnownHow {
        /// The person they named.
        to: Named,
    },
    /// They are asked for their message.
    AskMessage {
        /// The person they named.
        to: Named,
        /// The longest message, in characters.
        limit: usize,
    },
    /// Their message goes beyond the limit.
    MessageTooLong {
        /// The longest message, in characters.
        limit: usize,
        /// The length of theirs.
        found: usize,
    },
    /// Exactly what the other will see, and what is shown once both have said yes.
    Preview {
        /// The person they named.
        to: Named,
        /// The request as the addressee will read it.
        request: RequestText,
        /// Their own details beside it.
        #[serde(default)]
        beside: Vec<Shown>,
        /// The details that are shown once both have said yes.
        after_both: Vec<Shown>,
        /// Fields they could still add.
        could_add: Vec<Field>,
        /// Advice on the draft; it blocks nothing.
        tips: Vec<Tip>,
    },
    /// Something they were shown has changed since, so it is not sent; they are shown it again.
    ChangedSince,
    /// Their words were not taken for an answer.
    NotTaken(NotTaken),
    /// About words of theirs that are to be carried.
    Carrying(Carrying),
    /// They have nothing written in that field.
    FieldEmpty {
        /// The field without a value.
        field: Field,
    },
    /// A room shows the Matrix id, so that cannot be kept back once both agree.
    IdComesWithRoom,
    /// Nobody is asked to meet somebody without a name, so the name goes with the request.
    NameComesWithRequest,
    /// The request is on its way.
    Sent {
        /// The person they named.
        to: Named,
        /// The time at which they hear at the latest.
        deadline: Timestamp,
    },
    /// The draft is thrown away.
    DraftDropped,
    /// There is no draft.
    NoDraft,
    /// The next steps with the draft, when a word does not fit.
    DraftWaits,
    /// Would they like to meet this person?
    Asked {
        /// The number by which they can answer.
        number: u32,
        /// The words of the request.
        request: RequestText,
        /// The requester's details that go with it, by the requester's consent.
        of: Disclosure,
        /// Their own details that a yes shows.
        yes_shows: Vec<Shown>,
        /// Details they could add, as in "yes with email", with their values.
        #[serde(deserialize_with = "shown_or_older")]
        could_add: Vec<Shown>,
        /// The time until which they can answer.
        deadline: Timestamp,
    },
    /// A request still waits.
    Reminder {
        /// The number by which they can answer.
        number: u32,
        /// The requester's details that went with it.
        of: Disclosure,
        /// The time until which they can answer.
        deadline: Timestamp,
    },
    /// Their yes counts from now on.
    YesRecorded,
    /// Their no counts from now on.
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
        /// The words that were passed on.
        reason: String,
    },
    /// To the requester: the addressee said no, and chose to say why.
    SaidNo {
        /// The person they named.
        to: Named,
        /// The addressee's words.
        reason: String,
    },
    /// Their question is on its way.
    QuestionPassedOn {
        /// The number of the request.
        number: u32,
        /// The words that were passed on.
        question: String,
        /// The number of further questions they can ask about it.
        left: usize,
    },
    /// They have asked as many questions about it as the service allows.
    QuestionsUsedUp {
        /// The number of the request.
        number: u32,
        /// The number of questions that one may ask.
        limit: usize,
    },
    /// To the requester: the addressee would like to know something first.
    QuestionCame {
        /// The number by which they can answer.
        number: u32,
        /// The person they named.
        to: Named,
        /// The addressee's words.
        question: String,
        /// The time until which an answer can reach them.
        deadline: Timestamp,
    },
    /// They wrote something that could be the answer to a question.
    MaybeAnAnswer {
        /// The number of the question.
        number: u32,
    },
    /// To the requester: their answer goes with their request.
    AnswerNoted {
        /// The person they named.
        to: Named,
        /// Their answer, as it was passed on.
        answer: String,
    },
    /// To the addressee: the answer to their question.
    AnswerCame {
        /// The number of the request.
        number: u32,
        /// Their question, as it was passed on.
        question: String,
        /// The requester's words.
        answer: String,
        /// The requester's details that went with the request.
        of: Disclosure,
        /// The time until which they can answer.
        deadline: Timestamp,
    },
    /// They began an answer that carries words, and gave none.
    WordsMissing {
        /// The command as they typed it.
        command: String,
    },
    /// Their words are longer than what is carried.
    WordsTooLong {
        /// The most, in characters.
        limit: usize,
        /// The number of characters there were.
        found: usize,
    },
    /// They are reminded then.
    LaterNoted {
        /// The number of the request.
        number: u32,
        /// The time at which they are reminded.
        at: Timestamp,
    },
    /// Then the request is no longer open.
    LaterTooLate {
        /// The number of the request.
        number: u32,
        /// The time at which they would like to come back to it.
        at: Timestamp,
        /// The time at which it closes.
        deadline: Timestamp,
    },
    /// A date was not understood.
    WhenUnclear {
        /// The command that the time was for, as they typed it.
        command: String,
    },
    /// A request was reported, and nothing more of its sender reaches them.
    ReportRecorded {
        /// The time until which nothing reaches them.
        until: Timestamp,
    },
    /// An introduction whose room the porter has left was reported.
    ReportedMet {
        /// The time until which nothing of the other reaches them.
        until: Timestamp,
    },
    /// Nothing there is to report.
    NothingToReport,
    /// Several things could be reported; which one?
    WhichToReport {
        /// The things to choose from, by number.
        matters: Vec<Matter>,
    },
    /// Nothing of somebody reaches them any more.
    BlockRecorded {
        /// The time until which it lasts.
        until: Timestamp,
    },
    /// They are asked for the person they would like to block.
    BlockWhom,
    /// A block is taken away.
    Unblocked,
    /// Nobody is blocked, or not by that number.
    NotBlocked,
    /// They are brought no requests until then.
    Paused {
        /// The end of the pause.
        until: Timestamp,
        /// The number of requests that are open with them already.
        open: usize,
    },
    /// A pause cannot be so long.
    PauseTooLong {
        /// The last moment at which it can end.
        latest: Timestamp,
    },
    /// They are brought requests again.
    Resumed,
    /// They are brought this many requests a month at most.
    LimitSet {
        /// The number of requests a month.
        limit: u32,
    },
    /// They are brought as many requests as the service sets.
    LimitOff {
        /// The number of requests a month that the service sets.
        limit: u32,
    },
    /// Their settings for the requests they are brought.
    OwnSettings {
        /// The end of their pause.
        paused: Option<Timestamp>,
        /// The most requests a month that they are brought.
        limit: u32,
        /// The people they block.
        blocks: Vec<OwnBlock>,
    },
    /// A request was taken back by its sender before it was answered.
    TakenBack,
    /// Everything that they take back is out of the other's reach.
    WithdrawalDone {
        /// The point it had come to, as far as they knew.
        known: Known,
        /// The party that they are.
        by: Party,
    },
    /// There is nothing to withdraw.
    NothingToWithdraw,
    /// Several things could be withdrawn; which one?
    WhichToWithdraw {
        /// The things to choose from, by number.
        matters: Vec<Matter>,
    },
    /// They are asked how the meeting went.
    HowWasIt {
        /// The number by which they can answer.
        number: u32,
        /// The introduction that is meant.
        which: Meant,
    },
    /// Several such questions wait; which one is meant?
    WhichMeeting {
        /// Those, by the numbers under which they were put.
        matters: Vec<Matter>,
    },
    /// Thank you for telling how it went.
    ThankYou {
        /// Their word on how it went.
        went: Went,
    },
    /// The whole policy page.
    Policy {
        /// The edition of the policy.
        version: String,
        /// The page in full.
        text: String,
    },
    /// The policy page has changed.
    PolicyChanged {
        /// The edition of the policy.
        version: String,
    },
    /// The data that is kept about them, or a part of it.
    MyData {
        /// The number of this part, counted from 1.
        part: usize,
        /// The number of parts.
        of: usize,
        /// The part, as JSON.
        json: String,
    },
    /// Are they sure that they would like to be forgotten?
    ForgetAsk {
        /// They are forgotten within this time.
        within: Span,
    },
    /// They are being forgotten.
    Forgetting {
        /// The time by which it is done.
        by: Timestamp,
    },
    /// They are no longer a member.
    NoLongerMember,
    /// Their words began like an answer and could mean either; they were not taken for one.
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
        /// The number they gave.
        number: u32,
    },
    /// The request is no longer open.
    TooLate,
    /// Both said yes: to the requester.
    AgreedRequester {
        /// The person they named.
        to: Named,
        /// The details that the addressee agreed to show.
        of: Disclosure,
        /// They have this long to come in.
        within: Span,
    },
    /// Both said yes: to the addressee.
    AgreedAddressee {
        /// The details that the requester agreed to show.
        of: Disclosure,
        /// They have this long to come in.
        within: Span,
    },
    /// The one answer: there is no introduction.
    NoIntroduction {
        /// The person they named.
        to: Named,
    },
    /// The first and only words in an introduction's room.
    OpeningNote,
    /// The other took it back, or turned the invitation down.
    WithdrawnByOther {
        /// The point it had come to.
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
        /// The requests they sent.
        sent: Vec<SentLine>,
        /// The requests that await their answer: number, the requester's details, the deadline.
        to_answer: Vec<(u32, Disclosure, Timestamp)>,
        /// Questions about their requests that await their answer: number, whom they named, the question.
        questions: Vec<(u32, Named, String)>,
    },
    /// To a member, about rooms for many.
    Rooms(Rooms),
    /// To staff and administrators, about rooms for many.
    RoomDesk(RoomDesk),
    /// A text that stands in a room for many, or is said there.
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
