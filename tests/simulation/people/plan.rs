//! Somebody's character and wishes: drawn once, from their own stream.

use lodge_core::name::Address;
use lodge_core::time::{Span, Timestamp};

use crate::chance::Chance;
use crate::world::START;

/// Somebody's reaction to the conversation that the porter opens with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Greeting {
    /// Accepts the invitation.
    Comes,
    /// Never answers the invitation.
    Ignores,
    /// Turns the invitation down.
    TurnsDown,
    /// Has their homeserver turn all invitations away.
    Blocks,
    /// Makes a room of their own and writes there first.
    Elsewhere,
}

/// Somebody's answer when they are asked to meet another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answering {
    /// No answer at all.
    Silent,
    /// A plain yes.
    Yes,
    /// Yes, with another field.
    YesWithMore,
    /// Yes, as a reply to the question.
    YesByReply,
    /// Yes, with the number of the question.
    YesByNumber,
    /// A yes, and another.
    YesTwice,
    /// Yes, with the times at which they are free.
    YesWithTimes,
    /// Yes, and at once no.
    YesThenNo,
    /// A plain no.
    No,
    /// A no, and a yes soon after.
    NoThenYes,
    /// No, which they edit into a yes.
    NoEdited,
    /// Something undecided, which they edit into a yes.
    UndecidedEdited,
    /// Words that could mean either, and nothing more.
    Unclear,
    /// Words that could mean either; then yes.
    UnclearThenYes,
    /// Yes, after the deadline.
    Late,
    /// A yes by their assistant program.
    Notice,
    /// A reaction with a thumb.
    Reaction,
    /// Yes, on a device nobody knows.
    Untied,
    /// Yes, whose key comes later.
    Sealed,
    /// Yes, whose key never comes; and again when asked.
    SealedForEver,
    /// They leave the conversation.
    Leaves,
    /// They begin to turn invitations away, and say yes.
    BlocksThenYes,
    /// A no with a reason.
    NoBecause,
    /// No, and then yes by the request's number.
    NoThenYesByNumber,
    /// They let it pass.
    Ignore,
    /// They let it pass, and then say yes by the request's number.
    IgnoreThenYes,
    /// They would like to know something first.
    Ask(Then),
    /// They want to be reminded later.
    Later,
    /// They want to be reminded later, and then say yes.
    LaterThenYes,
    /// They report the request.
    Report,
    /// They block the requester.
    Block,
    /// They pause, and say nothing.
    Pause,
    /// Yes, and soon they take it back.
    YesThenWithdraw,
}

/// Somebody's next step after they asked a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    /// Nothing more.
    Nothing,
    /// They ask another thing, once they have an answer.
    AsksAgain,
    /// Yes, once they have an answer.
    Yes,
    /// No, with or without an answer.
    No,
    /// They let it pass.
    Ignore,
    /// They block the requester.
    Block,
    /// They report the request.
    Report,
    /// They want to be reminded later.
    Later,
}

impl Answering {
    const OFTEN: [Self; 7] = [
        Self::Yes,
        Self::YesWithMore,
        Self::YesByReply,
        Self::YesWithTimes,
        Self::Ask(Then::Yes),
        Self::YesThenWithdraw,
        Self::No,
    ];

    /// Every way of answering.
    pub const ALL: [Self; 40] = [
        Self::Silent,
        Self::Yes,
        Self::YesWithMore,
        Self::YesByReply,
        Self::YesByNumber,
        Self::YesTwice,
        Self::YesWithTimes,
        Self::YesThenNo,
        Self::No,
        Self::NoThenYes,
        Self::NoEdited,
        Self::UndecidedEdited,
        Self::Unclear,
        Self::UnclearThenYes,
        Self::Late,
        Self::Notice,
        Self::Reaction,
        Self::Untied,
        Self::Sealed,
        Self::SealedForEver,
        Self::Leaves,
        Self::BlocksThenYes,
        Self::NoBecause,
        Self::NoThenYesByNumber,
        Self::Ignore,
        Self::IgnoreThenYes,
        Self::Ask(Then::Nothing),
        Self::Ask(Then::AsksAgain),
        Self::Ask(Then::Yes),
        Self::Ask(Then::No),
        Self::Ask(Then::Ignore),
        Self::Ask(Then::Block),
        Self::Ask(Then::Report),
        Self::Ask(Then::Later),
        Self::Later,
        Self::LaterThenYes,
        Self::Report,
        Self::Block,
        Self::Pause,
        Self::YesThenWithdraw,
    ];
}

/// Somebody's reaction to the room of an introduction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meeting {
    /// Accepts the invitation.
    Comes,
    /// Never answers the invitation.
    Ignores,
    /// Turns the invitation down.
    TurnsDown,
    /// Comes in and leaves again soon.
    ComesAndGoes,
}

/// The way in which somebody begins to ask for an introduction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opening {
    /// They write everything in one message.
    AtOnce,
    /// One thing after another, as the porter asks.
    Guided,
    /// They name the person, without the rest.
    Named,
    /// They write something that is no address.
    Muddled,
}

/// A wish to be introduced.
#[derive(Debug, Clone)]
pub struct Goal {
    /// The person whom they ask for.
    pub to: Address,
    /// The way in which they begin.
    pub opening: Opening,
    /// Their words at the preview, one after another; then they send it.
    pub edits: Vec<&'static str>,
    /// Whether they throw it away at the end instead.
    pub cancels: bool,
    /// The message of the request.
    pub message: String,
}

/// Somebody's character.
#[derive(Debug, Clone)]
pub struct Traits {
    /// Their reaction to the conversation.
    pub greeting: Greeting,
    /// Their answer to requests.
    pub answering: Answering,
    /// About rooms of introductions.
    pub meeting: Meeting,
    /// The longest time they take to read and to write, in milliseconds.
    pub pace_ms: u64,
    /// The number of other things they say.
    pub chatter: u64,
    /// Whether they say them over and over.
    pub insistent: bool,
    /// Whether their answers name a question by its number.
    pub by_number: bool,
    /// They take back what they sent or agreed to once in so many times; 0 is never.
    pub regrets: u64,
    /// Whether they act on what they hear about events.
    pub goes_out: bool,
}

impl Traits {
    /// Whether they come to have their homeserver turn all invitations away.
    pub fn turns_invitations_away(&self) -> bool {
        self.greeting == Greeting::Blocks || self.answering == Answering::BlocksThenYes
    }
}

/// The words that somebody says at moments of their own, whatever they hear.
pub type Diary = Vec<(Timestamp, String)>;

/// Draws the words that somebody says of their own accord in the first weeks.
pub fn diary(others: &[Address], chance: &mut Chance) -> Diary {
    const AFFAIRS: [&str; 28] = [
        "times Tue or Thu after 4",
        "I'm free Thursday afternoon",
        "times any morning",
        "not arranged",
        "my data",
        "my data",
        "requests",
        "policy",
        "pause 2w",
        "resume",
        "limit 1 a month",
        "limit off",
        "unblock",
        "my settings",
        "withdraw",
        "drafts",
        "save",
        "drafts 1",
        "back",
        "report",
        "forget me",
        "profile",
        "profile show organisation to members",
        "list me",
        "list me now",
        "mentors",
        "mentors in law",
        "unlist me",
    ];
    let many = if chance.one_in(2) { 0 } else { chance.between(1, 3) };
    let entry = |chance: &mut Chance| {
        let at = START.after(Span::from_millis(chance.below(24 * DAY)));
        let block = chance.one_in(20).then(|| format!("block {}", chance.pick(others)));
        (at, block.unwrap_or_else(|| (*chance.pick(&AFFAIRS)).to_owned()))
    };
    (0..many).map(|_| entry(chance)).collect()
}

const SECOND: u64 = 1_000;
const HOUR: u64 = 3_600 * SECOND;
const DAY: u64 = 24 * HOUR;
const PACES: [u64; 5] = [SECOND, 60 * SECOND, HOUR, DAY, 4 * DAY];

impl Traits {
    /// Somebody as they come.
    pub fn draw(chance: &mut Chance) -> Self {
        let greeting = if chance.one_in(8) {
            *chance.pick(&[Greeting::Ignores, Greeting::TurnsDown, Greeting::Blocks, Greeting::Elsewhere])
        } else {
            Greeting::Comes
        };
        let often = chance.one_in(2);
        let answering = *chance.pick(if often { &Answering::OFTEN[..] } else { &Answering::ALL[..] });
        let meeting = if chance.one_in(3) {
            *chance.pick(&[Meeting::Ignores, Meeting::TurnsDown, Meeting::ComesAndGoes])
        } else {
            Meeting::Comes
        };
        Self {
            greeting,
            answering,
            meeting,
            pace_ms: *chance.pick(&PACES),
            chatter: chance.below(4),
            insistent: chance.one_in(4),
            by_number: chance.one_in(3),
            regrets: if chance.one_in(2) { 3 } else { 0 },
            goes_out: false,
        }
    }

    /// Somebody who does as they are asked, quickly.
    pub fn willing(answering: Answering) -> Self {
        Self {
            greeting: Greeting::Comes,
            answering,
            meeting: Meeting::Comes,
            pace_ms: 60 * SECOND,
            chatter: 0,
            insistent: false,
            by_number: false,
            regrets: 0,
            goes_out: false,
        }
    }
}

impl Goal {
    /// A wish to meet `to`, asked for in some way.
    pub fn draw(to: Address, chance: &mut Chance) -> Self {
        const EDITS: [&str; 9] = [
            "add email",
            "add phone",
            "add course",
            "share my id",
            "hide course",
            "hide email",
            "hide name",
            "hide id",
            "change",
        ];
        let opening =
            *chance.pick(&[Opening::AtOnce, Opening::AtOnce, Opening::Guided, Opening::Named, Opening::Muddled]);
        let edits = (0..chance.below(4)).map(|_| *chance.pick(&EDITS)).collect();
        let message = format!("I read your talk about law; may I ask you how you began? Yours, tok{}", chance.token());
        Self { to, opening, edits, cancels: chance.one_in(12), message }
    }
}
