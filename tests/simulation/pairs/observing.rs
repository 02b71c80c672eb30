//! Everything that somebody can observe of a life, so that two lives can be compared.

use std::collections::BTreeMap;

use lodge_core::name::Address;
use lodge_core::time::Timestamp;
use lodge_matrix::homeserver::RoomRef;

use crate::life::Lived;
use crate::world::START;
use crate::world::log::{Entry, Sight, What};

/// The first difference between the sights of this person in two lives; `None` when there is none.
pub fn difference(first: &Lived, second: &Lived, who: &Address) -> Option<String> {
    between(&seen(first, who), &seen(second, who))
}

/// The first difference in their sights, but for the times; and but for messages that were taken back beside others
/// that were sent.
pub fn difference_but_for_times(first: &Lived, second: &Lived, who: &Address) -> Option<String> {
    let [first, second] = [first, second].map(|lived| {
        let what =
            seen(lived, who).into_iter().filter_map(|line| line.split_once(' ').map(|(_, what)| what.to_owned()));
        let (mut taken_back, mut said): (Vec<_>, Vec<_>) = what.partition(|what| what.ends_with("is taken back"));
        taken_back.sort();
        said.append(&mut taken_back);
        said
    });
    between(&first, &second)
}

fn between(first: &[String], second: &[String]) -> Option<String> {
    let differ = first.iter().zip(second).find(|(a, b)| a != b);
    let longer = || match first.len().cmp(&second.len()) {
        std::cmp::Ordering::Less => Some(format!("(nothing more)\n    {}", second[first.len()])),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(format!("{}\n    (nothing more)", first[second.len()])),
    };
    differ.map(|(a, b)| format!("{a}\n    {b}")).or_else(longer)
}

/// The wording ids of the porter's messages to this person.
pub fn wordings<'a>(lived: &'a Lived, who: &'a Address) -> impl Iterator<Item = &'a str> {
    lived.log.iter().filter_map(move |entry| {
        let What::Saw(viewer, _, Sight::Porter(message)) = &entry.what else { return None };
        (viewer == who).then_some(message.wording.as_str())
    })
}

/// Everything that somebody saw, in order and with its times, in lines.
fn seen(lived: &Lived, who: &Address) -> Vec<String> {
    let mut known = Known::default();
    let seen = lived.log.iter().filter_map(|Entry { at, what }| {
        let What::Saw(viewer, room, sight) = what else { return None };
        (viewer == who && !is_report(sight)).then_some((*at, room, sight))
    });
    let mut seen: Vec<(Timestamp, &RoomRef, &Sight)> = seen.collect();
    // Words, files, and messages that are taken back wait for their own kind alone, so each kind keeps its order.
    let kind = |sight: &Sight| {
        let Sight::Porter(message) = sight else { return matches!(sight, Sight::TakenBack(_)).then_some(2) };
        Some(u8::from(message.say.is_file()))
    };
    for together in seen.chunk_by_mut(|a, b| a.0 == b.0 && kind(a.2).is_some() && kind(b.2).is_some()) {
        together.sort_by_key(|(_, _, sight)| kind(sight));
    }
    for together in seen.chunk_by_mut(|a, b| a.0 == b.0 && in_any_order(a.2, b.2)) {
        together.sort_by_cached_key(|(_, _, sight)| order(sight, &lived.log));
    }
    let lines = seen.into_iter().map(|(at, room, sight)| {
        let room = known.by_order(&room.0);
        let sight = match sight {
            Sight::Porter(message) => {
                let event = known.by_order(&message.event.0);
                format!("{event} {} {}", message.wording, known.text(&message.text))
            }
            Sight::TakenBack(event) => format!("{} is taken back", known.by_order(&event.0)),
            Sight::Counsel(_)
            | Sight::Answer(..)
            | Sight::Words(..)
            | Sight::Invitation(_)
            | Sight::Removed
            | Sight::Other(..)
            | Sight::Speech => {
                format!("{sight:?}")
            }
        };
        format!("{} {room} {sight}", at.as_millis() - START.as_millis())
    });
    lines.collect()
}

/// Whether staff are told that somebody reported a request. Its addressee wants them to know, so it is no leak; all else that
/// they see is compared.
fn is_report(sight: &Sight) -> bool {
    matches!(sight, Sight::Porter(message) if message.wording == "introduction-reported")
}

/// Whether chance alone decides which of these comes first, when both come at one moment: messages that are due at once
/// are in the order of ids, and a message is taken back beside others that are sent.
fn in_any_order(first: &Sight, second: &Sight) -> bool {
    match (first, second) {
        (Sight::Porter(a), Sight::Porter(b)) => [a, b].iter().all(|message| message.wording == "no-introduction"),
        (Sight::TakenBack(_), Sight::Porter(_) | Sight::TakenBack(_)) | (Sight::Porter(_), Sight::TakenBack(_)) => true,
        _ => false,
    }
}

/// An order for sights that have none: by their words, or by the message that is taken back. Other words stay as they
/// came.
fn order(sight: &Sight, log: &[Entry]) -> (usize, String) {
    match sight {
        Sight::Porter(message) if message.wording == "no-introduction" => (0, message.text.clone()),
        Sight::TakenBack(event) => {
            let is_it = |entry: &Entry| matches!(&entry.what, What::Said(_, message) if message.event == *event);
            (log.iter().position(is_it).unwrap_or(0), String::new())
        }
        Sight::Porter(_)
        | Sight::Counsel(_)
        | Sight::Answer(..)
        | Sight::Words(..)
        | Sight::Invitation(_)
        | Sight::Removed
        | Sight::Other(..)
        | Sight::Speech => (0, String::new()),
    }
}

/// Ids are drawn at random, so each stands for its place among those that somebody has come across. A list that is in
/// the order of its ids, and not of what happened, still differs.
#[derive(Default)]
struct Known(BTreeMap<String, usize>);

impl Known {
    fn by_order(&mut self, id: &str) -> String {
        let next = self.0.len();
        format!("#{}", *self.0.entry(id.to_owned()).or_insert(next))
    }

    /// A text in which each id, 32 hexadecimal digits, is replaced.
    fn text(&mut self, text: &str) -> String {
        let is_digit = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
        let mut out = String::with_capacity(text.len());
        let (bytes, mut done, mut at) = (text.as_bytes(), 0, 0);
        while at < bytes.len() {
            let digits = bytes[at..].iter().take_while(|byte| is_digit(byte)).count();
            if digits == 32 {
                out.push_str(&text[done..at]);
                out.push_str(&self.by_order(&text[at..at + digits]));
                done = at + digits;
            }
            at += digits.max(1);
        }
        out.push_str(&text[done..]);
        out
    }
}
