//! The messages that stood in one person's conversation when they wrote something, and the meaning of their word there.
//!
//! A conversation is an order of messages, the porter's and the member's, and both have the same one: the homeserver's.
//! A word is about a message before it, as people read: the one it is a reply to, the one it names by a number, or, if
//! it does neither, the porter's last.

use std::collections::{BTreeMap, BTreeSet};

use lodge_channel::homeserver::EventRef;
use lodge_core::id::IntroductionId;
use lodge_core::say::{Answering, Aside, Carrying, Ending, Joining, NotTaken, OpenRequest, Requesting, Say};
use lodge_core::time::{Span, Timestamp};

use crate::world::log::{Form, Message, Typed};

/// A number names the last thing it named, and nothing else, for this long.
const NUMBERS_STAND: Span = Span::from_days(14);

/// Words by which answers begin, or that the porter might take for one.
const ANSWERS: [&str; 10] = ["yes", "y", "sure", "no", "ok", "okay", "later", "ignore", "ask", "thanks"];

/// A request as it stood on the screen.
#[derive(Debug, Clone)]
pub struct Screen {
    /// The time until which it could be answered. No two requests of one person to another have the same deadline.
    pub deadline: Timestamp,
    /// The porter's last prompt, and everything it asked about it since.
    pub text: String,
}

/// One message that put a request.
#[derive(Debug)]
pub struct Put {
    /// The number that it gave.
    pub number: u32,
    /// The event of the message.
    pub event: EventRef,
    /// The request that it put.
    pub introduction: IntroductionId,
}

/// One person's conversation with the porter in one room.
#[derive(Debug, Default)]
pub struct Timeline {
    puts: Vec<Put>,
    /// The messages that were taken back: a client shows nothing in their place that words could hang on.
    gone: BTreeSet<EventRef>,
    screens: BTreeMap<IntroductionId, Screen>,
    /// The requests that the porter's last message was about, if it asked for an answer.
    last: BTreeSet<IntroductionId>,
    /// The requests that the member's words since then were answers to.
    answered: BTreeSet<IntroductionId>,
    /// Everything that each number has named, with the last time: a request, or something else.
    numbers: BTreeMap<u32, Vec<(Option<IntroductionId>, Timestamp)>>,
}

impl Timeline {
    /// The member reads a message of the porter's. Returns a number that names two things now.
    pub fn reads(&mut self, at: Timestamp, message: &Message) -> Option<u32> {
        let about = self.about(message);
        if let Say::Answering(Answering::Asked { deadline, .. }) = &message.say {
            for id in &about {
                self.screens.insert(*id, Screen { deadline: *deadline, text: String::new() });
            }
        }
        for id in &about {
            if let Some(screen) = self.screens.get_mut(id) {
                screen.text.push_str(&message.text);
            }
        }
        self.last = about;
        // Until it has asked about one, or put another question, an answer may still be on its way to the porter.
        if !self.last.is_empty() {
            self.answered.clear();
        }
        let named = named(&message.say);
        named.into_iter().filter(|(number, names)| self.names(at, *number, *names)).map(|(number, _)| number).next()
    }

    /// The porter takes a message back.
    pub fn loses(&mut self, event: &EventRef) {
        self.gone.insert(event.clone());
    }

    /// The member writes something.
    pub fn writes(&mut self, at: Timestamp, typed: &Typed) {
        let words = |c: char| !c.is_alphanumeric();
        let words: Vec<&str> = typed.text.split(words).filter(|word| !word.is_empty()).collect();
        let number = words.first().or(words.last()).and_then(|word| word.parse().ok());
        let first = words.iter().find(|word| word.parse::<u32>().is_err()).map(|word| word.to_lowercase());
        if first.is_some_and(|first| ANSWERS.contains(&first.as_str())) {
            let meant = self.meant(at, number, &typed.form);
            self.answered.extend(meant);
        }
    }

    /// The requests that an answer in this form is about, to somebody who reads the conversation: one at the most, but
    /// where the porter asked about two answers at once.
    pub fn meant(&self, at: Timestamp, number: Option<u32>, form: &Form) -> Vec<IntroductionId> {
        let target = match form {
            Form::Reply(to) | Form::Thread(to) => Some(to),
            Form::Original => None,
            Form::Edit(_) | Form::Notice | Form::Reaction(_) => return vec![],
        };
        let put = |target: &EventRef| {
            let found = self.puts.iter().find(|put| put.event == *target && !self.gone.contains(target));
            found.map(|put| put.introduction)
        };
        let replied = target.map(put);
        match (number.map(|number| self.named(at, number)), replied) {
            (None, None) => self.last.iter().copied().collect(),
            (None, Some(replied)) => replied.into_iter().collect(),
            (Some(named), None | Some(None)) => named.into_iter().collect(),
            (Some(named), Some(replied)) => named.filter(|named| Some(*named) == replied).into_iter().collect(),
        }
    }

    /// Every message that put a request.
    pub fn puts(&self) -> &[Put] {
        &self.puts
    }

    /// A request as it stands on the screen now.
    pub fn screen(&self, id: IntroductionId) -> Option<&Screen> {
        self.screens.get(&id)
    }

    /// The requests that a bare word would be about after this message.
    fn about(&mut self, message: &Message) -> BTreeSet<IntroductionId> {
        if let Some((number, introduction)) = put(&message.say) {
            self.puts.push(Put { number, event: message.event.clone(), introduction });
            return BTreeSet::from([introduction]);
        }
        if let Say::WhichOne { open } = &message.say
            && let [(_, only)] = &open[..]
        {
            return BTreeSet::from([only.introduction()]);
        }
        // They asked for more about it, and it is the only one that is open.
        if let Say::Answering(Answering::Choices { number }) = &message.say {
            let only = self.puts.iter().rev().find(|put| put.number == *number).map(|put| put.introduction);
            return only.into_iter().collect();
        }
        // It asks about the answer itself: it is still about what that was an answer to.
        let asks_back = matches!(
            message.say,
            Say::AnswerUnclear
                | Say::DeviceUnknown
                | Say::Requesting(Requesting::FieldEmpty { .. })
                | Say::Joining(Joining::AgreeFirst)
        );
        // Somebody who has now agreed goes on where they were, or is told that the request that was put last still
        // waits.
        if let Say::Joining(Joining::Agreed { open, .. }) = &message.say {
            let waits = self.puts.last().filter(|_| *open && self.last.is_empty()).map(|put| put.introduction);
            return self.last.iter().copied().chain(waits).collect();
        }
        match asks_back {
            // It was asked twice for two answers.
            true if self.answered.is_empty() => self.last.clone(),
            true => self.answered.clone(),
            false => BTreeSet::new(),
        }
    }

    /// A number is shown for this. Whether it was shown for something else not long ago.
    fn names(&mut self, at: Timestamp, number: u32, names: Option<IntroductionId>) -> bool {
        let before = self.numbers.entry(number).or_default();
        let other = before.iter().any(|(other, last)| *other != names && last.after(NUMBERS_STAND) > at);
        before.retain(|(other, _)| *other != names);
        before.push((names, at));
        other
    }

    /// The request that a number names, if it names one thing.
    fn named(&self, at: Timestamp, number: u32) -> Option<IntroductionId> {
        let named = self.numbers.get(&number)?;
        let standing: Vec<_> = named.iter().filter(|(_, last)| last.after(NUMBERS_STAND) > at).collect();
        match standing[..] {
            [] => named.last()?.0,
            [one] => one.0,
            _ => None,
        }
    }
}

/// The request that this puts, and its number.
fn put(say: &Say) -> Option<(u32, IntroductionId)> {
    let (Say::Answering(
        Answering::Asked { number, of, .. }
        | Answering::Reminder { number, of, .. }
        | Answering::AnswerCame { number, of, .. },
    )
    | Say::NotTaken(NotTaken::Unsure { number, of, .. })
    | Say::Aside(
        Aside::HelloOpen(OpenRequest { number, of, .. })
        | Aside::StillWaits { open: OpenRequest { number, of, .. }, .. }
        | Aside::OrOneOf { open: OpenRequest { number, of, .. }, .. },
    )) = say
    else {
        return None;
    };
    Some((*number, of.introduction()))
}

/// The numbers in this message, each with the request it names; `None` for something else.
fn named(say: &Say) -> Vec<(u32, Option<IntroductionId>)> {
    if let Say::WhichOne { open } | Say::NotTaken(NotTaken::Wordless { open, .. }) = say {
        return open.iter().map(|(number, of)| (*number, Some(of.introduction()))).collect();
    }
    if let Say::Ending(Ending::HowWasIt { number, .. }) | Say::Requesting(Requesting::QuestionCame { number, .. }) = say
    {
        return vec![(*number, None)];
    }
    if let Say::Aside(Aside::StopWhat { open: Some(OpenRequest { number, of, .. }), .. }) = say {
        return vec![(*number, Some(of.introduction()))];
    }
    if let Say::Carrying(Carrying::Preview { number, of, .. }) = say {
        return vec![(*number, Some(of.introduction()))];
    }
    put(say).map(|(number, introduction)| (number, Some(introduction))).into_iter().collect()
}
