//! The dialogue between the porter and one member: the draft in hand and the prompts that await an answer.

use std::collections::BTreeMap;
use std::mem::discriminant;

use lodge_ground::bounded::{AtMost, Bulk};
use lodge_ground::proof::Waiting;
use serde::{Deserialize, Serialize};

use crate::conduct::Overheard;
use crate::consent::{Ask, Offer};
use crate::desk::Tray;
use crate::events::making::Making;
use crate::id::{EffectId, EnquiryId, EventId, IntroductionId, PromptId, WordsId};
use crate::input::Before;
use crate::interview::Reading;
pub use crate::introduction::draft::{Draft, Given, Planning, Ready, SAVED_MAX, Ticked};
use crate::mentors::directory::Browsing;
use crate::notes::reflection::Reflecting;

/// The highest number of a prompt. After it they begin anew, so none is used again for as long as this many prompts
/// take.
const NUMBER_MAX: u32 = 999;

/// Of the messages that put one prompt, the last ones are kept, at most this many.
const PUT_MAX: usize = 100;

/// Of the messages that ask for the same thing, the last ones are kept, at most this many; and there is a bound for all
/// things together.
const ASKED_MAX: usize = 4;
const ASKING_MAX: usize = 13 * ASKED_MAX;

/// The most words that counted and are kept: the last ones.
const COUNTED_MAX: usize = 50;

/// Of the answers that the staff gave somebody, the last ones can be replied to, at most this many.
const STAFF_SAID_MAX: usize = 10;

/// The state of a conversation with one member.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Dialogue {
    /// The request they are writing.
    pub draft: Option<Draft>,
    /// Requests that they put aside unfinished, oldest first.
    #[serde(default)]
    pub saved: AtMost<Draft, SAVED_MAX>,
    /// The prompts, by the number they were told, for as long as they can be answered.
    pub prompts: BTreeMap<u32, Prompt>,
    /// The last number that a prompt was given. Older rows do not tell: their numbers are passed over.
    #[serde(default = "numbered_before")]
    pub numbered: u32,
    /// The introductions that they were last asked to choose among, in the order of its numbers from 1.
    #[serde(default)]
    pub choosing: Vec<IntroductionId>,
    /// The part of the mentors' list that they were last shown, for its numbers.
    #[serde(default)]
    pub browsing: Option<Browsing>,
    /// An opportunity that they were shown and could send.
    #[serde(default)]
    pub offer: Option<Offer>,
    /// Words of theirs that they were shown and could have carried to the other person.
    #[serde(default)]
    pub carry: Option<Carry>,
    /// A message that they wrote in a room for many and can have taken away.
    #[serde(default)]
    pub overheard: Option<Overheard>,
    /// The messages that ask for something other than the answer to a prompt, oldest first.
    #[serde(default)]
    pub asking: AtMost<Asking, ASKING_MAX>,
    /// The message that told them last that something had not been asked yet.
    #[serde(default)]
    pub told_early: Option<EffectId>,
    /// Devices of theirs that wait to be confirmed.
    #[serde(default)]
    pub devices: Waiting,
    /// The staff's desk, as they have it before them.
    #[serde(default)]
    pub tray: Tray,
    /// Answers of the staff to which they can reply, oldest first.
    #[serde(default)]
    pub(crate) staff_said: AtMost<StaffSaid, STAFF_SAID_MAX>,
    /// The questions for an information interview that they were last shown.
    #[serde(default)]
    pub reading: Option<Reading>,
    /// The reflection that they have begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reflecting: Option<Reflecting>,
    /// The event that they are making.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub making: Option<Making>,
    /// Their last messages in a row that were not understood, counted.
    #[serde(default)]
    pub misses: usize,
    /// Words of theirs that counted for something, oldest first.
    #[serde(default)]
    counted: AtMost<Counted, COUNTED_MAX>,
}

/// A message that brought somebody an answer of the staff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StaffSaid {
    /// The message.
    pub message: EffectId,
    /// The question that it answers, if it is one.
    pub answers: Option<EnquiryId>,
}

/// Words that counted, should their writer edit them or take them away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Counted {
    words: WordsId,
    counts: Counts,
}

/// The purpose for which somebody's words counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Counts {
    /// Part of the request that they are writing.
    Draft,
    /// Part of this request, which has gone out since.
    Request(IntroductionId),
    /// Their yes to this introduction; a requester's is their "send".
    Yes(IntroductionId),
    /// Their no to it, or whatever else lets it pass.
    No(IntroductionId),
}

impl Bulk for Counted {
    fn bytes(&self) -> usize {
        0
    }
}

impl Bulk for StaffSaid {
    fn bytes(&self) -> usize {
        0
    }
}

impl Bulk for Asking {
    fn bytes(&self) -> usize {
        0
    }
}

fn numbered_before() -> u32 {
    9
}

/// A message of the porter's that asks for something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asking {
    /// The message that asks.
    pub message: EffectId,
    /// The thing that it asks for.
    pub what: Asks,
}

/// The thing that a message of the porter's asks for, where that is no prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asks {
    /// The next part of the draft, or its "send".
    Draft,
    /// The "send" of an opportunity.
    Offer,
    /// The "send" of words that are to be carried.
    Carry,
    /// "list me now", as an answer to the offer of an entry.
    ListMe,
    /// Whether they want to stay in the mentors' list.
    Stay,
    /// Whether a message of theirs is to be taken away.
    TakeAway,
    /// A choice among several things to take back.
    Choice,
    /// A choice among several things to report.
    ReportChoice,
    /// A choice among several people whom they have met, for the time of a meeting.
    MeetingChoice,
    /// The times at which they are free for this meeting, or a choice among the other's.
    Times(IntroductionId),
    /// Whether they agree to the boundaries.
    Boundaries,
    /// Whether they agree to the boundaries, and with that to this introduction, to which they have said yes.
    BoundariesForYes(IntroductionId),
    /// The words that they would like to be passed on to the staff.
    Staff,
    /// The next part of an event that they are making, or that they announce it.
    Making,
    /// Whether they come to this event.
    Come(EventId),
    /// Whether the host of this event may have their contact.
    StayInTouch(EventId),
    /// Nothing; but it confirms their yes to this introduction, and a "no" after it takes that back.
    Regret(IntroductionId),
}

/// Words for the other person that wait for their writer's "send".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carry {
    /// The introduction they are about.
    pub introduction: IntroductionId,
    /// The number of its prompt.
    pub number: u32,
    /// The kind of words.
    pub kind: Carried,
    /// The words to be carried.
    pub words: String,
}

/// The kind of words that one of the two has carried to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Carried {
    /// A question before an answer.
    Question,
    /// The reason of a no.
    Reason,
    /// The answer to a question.
    Answer,
}

/// The thing that the porter's last message before some words asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// The answer to the prompt with this number.
    Prompt(u32),
    /// Something else than a prompt's answer.
    Other(Asks),
}

impl Dialogue {
    /// The purpose for which these words counted; `None` where there was none, or others have taken their place.
    pub fn counted(&self, words: WordsId) -> Option<Counts> {
        self.counted.iter().find(|counted| counted.words == words).map(|counted| counted.counts)
    }

    /// Words counted for this.
    pub fn count(&mut self, words: WordsId, counts: Counts) {
        self.counted.push(Counted { words, counts });
    }

    /// The draft is gone: into a request, where it was sent.
    pub fn count_draft_as(&mut self, request: Option<IntroductionId>) {
        match request {
            Some(request) => {
                let drafts = self.counted.iter_mut().filter(|counted| counted.counts == Counts::Draft);
                drafts.for_each(|counted| counted.counts = Counts::Request(request));
            }
            None => drop(self.counted.retain(|counted| counted.counts != Counts::Draft)),
        }
    }

    /// Takes the next number for a prompt: one that no other has had for long.
    pub fn take_number(&mut self) -> u32 {
        let after = |step: u32| (self.numbered + step) % NUMBER_MAX + 1;
        let free = (0..NUMBER_MAX).map(after).find(|number| !self.prompts.contains_key(number));
        self.numbered = free.unwrap_or_else(|| self.prompts.keys().max().map_or(1, |number| number + 1));
        self.numbered
    }

    /// The dialogue of somebody with whom nothing is being talked about any more. Numbers go on, so that none comes again.
    #[must_use]
    pub fn anew(&self) -> Self {
        Self { numbered: self.numbered, devices: self.devices.clone(), ..Self::default() }
    }

    /// The messages of the porter's that words of theirs could answer.
    pub fn awaited(&self) -> impl Iterator<Item = EffectId> {
        let prompts = self.prompts.values().flat_map(|prompt| prompt.asked.iter().copied());
        let others = self.asking.iter().map(|asking| asking.message);
        let staff_said = self.staff_said.iter().map(|said| said.message);
        let reading = self.reading.iter().map(|reading| reading.message);
        let reflected = self.reflecting.iter().flat_map(|reflecting| reflecting.asked.values().copied());
        let shown = staff_said.chain(reading).chain(reflected);
        prompts.chain(others).chain(self.told_early).chain(self.tray.messages()).chain(shown)
    }

    /// Notes that a message asks for this.
    pub fn asks(&mut self, what: Asks, message: EffectId) {
        let same = |asking: &Asking| discriminant(&asking.what) == discriminant(&what);
        if self.asking.iter().filter(|asking| same(asking)).count() >= ASKED_MAX {
            self.asking.take(same);
        }
        self.asking.push(Asking { message, what });
    }

    /// Nothing asks for this any more.
    pub fn asks_no_more(&mut self, what: Asks) {
        self.asking.retain(|asking| asking.what != what);
    }

    /// The messages that ask for this.
    pub fn asking_for(&self, what: Asks) -> Vec<EffectId> {
        self.asking.iter().filter(|asking| asking.what == what).map(|asking| asking.message).collect()
    }

    /// Whether they are asked how a meeting went.
    pub fn asks_how_it_was(&self) -> bool {
        self.prompts.values().any(|prompt| prompt.question == Question::HowWasIt)
    }

    /// The thing that the porter's last message before these words asked for; `None` where it asked for nothing.
    pub fn asked_last(&self, before: &Before) -> Option<Asked> {
        self.asked_by(before.last()?)
    }

    /// The thing that this message of the porter's asked for.
    pub fn asked_by(&self, message: EffectId) -> Option<Asked> {
        let prompt = self.prompts.iter().find(|(_, prompt)| prompt.asked.contains(&message));
        let by = |asking: &&Asking| asking.message == message;
        let other = || self.asking.iter().find(by).map(|asking| Asked::Other(asking.what));
        prompt.map(|(number, _)| Asked::Prompt(*number)).or_else(other)
    }
}

/// Something that awaits this member's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    /// The id, which outlives its number.
    pub id: PromptId,
    /// The introduction that it is about.
    pub introduction: IntroductionId,
    /// The messages that put it, for answers by reply.
    pub asked: AtMost<EffectId, PUT_MAX>,
    /// The question that it puts.
    pub question: Question,
}

/// A question of the porter's that awaits an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// Would they like to meet?
    Meet {
        /// The terms that a yes agrees to.
        yes: Ask,
        /// Whether they have said no or let it pass, so that it counts as open only when they name it.
        aside: bool,
    },
    /// The addressee's question that the requester is to answer, by its place among the introduction's.
    Tell {
        /// The place of the question, counted from 0.
        place: usize,
    },
    /// The question how the meeting went.
    HowWasIt,
}

impl Prompt {
    /// Whether it is a request that waits for their first answer. One that was never said is not open.
    pub fn is_open_request(&self) -> bool {
        match &self.question {
            Question::Meet { aside, .. } => !aside && !self.asked.is_empty(),
            Question::Tell { .. } | Question::HowWasIt => false,
        }
    }

    /// The terms that a yes agrees to, where the prompt asks for one.
    pub fn ask(&self) -> Option<&Ask> {
        match &self.question {
            Question::Meet { yes, .. } => Some(yes),
            Question::Tell { .. } | Question::HowWasIt => None,
        }
    }

    /// The messages after which it can be answered: those that showed all of it.
    pub fn shown(&self) -> Vec<EffectId> {
        self.ask().map_or_else(|| self.asked.iter().copied().collect(), Ask::shown)
    }

    /// Whether all of it stood before these words.
    pub fn stood(&self, before: &Before) -> bool {
        self.shown().iter().any(|message| before.stood(*message))
    }

    /// This message asks for its answer; `whole` where it shows all of it.
    pub fn asked_by(&mut self, message: EffectId, whole: bool) {
        self.asked.push(message);
        if let Question::Meet { yes, .. } = &mut self.question
            && whole
        {
            yes.shown_by(message);
        }
    }

    /// Takes out a message that was never sent.
    pub fn never_asked_by(&mut self, message: EffectId) {
        self.asked.retain(|asked| *asked != message);
        if let Question::Meet { yes, .. } = &mut self.question {
            yes.never_shown_by(message);
        }
    }
}
