//! Words that are carried (A7): a reason, a question and its answer reach the one they are meant for and nobody else.
//!
//! Writers of such words in a reply put a token of the request into them, so that the words name it themselves.

use std::collections::{BTreeMap, BTreeSet};

use lodge_core::input::Proof;
use lodge_core::name::Address;
use lodge_core::say::{Answering, Say};

use super::{Found, Rule};
use crate::world::World;
use crate::world::log::{Form, Sight, Typed, What};

/// The marks that people put before the token of the request, in words that are carried.
const KINDS: [&str; 3] = ["reason-tok", "question-tok", "answer-tok"];

/// The length of a token, with "tok".
const TOKEN: usize = 11;

#[derive(Default)]
struct Carried<'a> {
    /// The writers of words that are carried, as answers of their own.
    wrote: BTreeSet<(&'a Address, &'a str)>,
    /// The requester of this token.
    asked: BTreeMap<&'a str, &'a Address>,
    /// The addressees of this token's request.
    were_asked: BTreeSet<(&'a Address, &'a str)>,
}

pub fn examine(world: &World, found: &mut Found) {
    let mut carried = Carried::default();
    for entry in &world.log {
        if let What::Typed(who, _, typed) = &entry.what {
            carried.typed(who, typed);
        }
        if let What::Saw(who, _, Sight::Porter(message)) = &entry.what {
            if let Say::Answering(Answering::Asked { request, .. }) = &message.say {
                let token = tokens(&request.request.message, "tok").next();
                carried.were_asked.extend(token.map(|token| (who, token)));
            }
            if message.text.contains("-tok") {
                carried.saw(who, &message.wording, &message.text, found);
            }
        }
    }
}

impl<'a> Carried<'a> {
    fn typed(&mut self, who: &'a Address, typed: &'a Typed) {
        let counts = typed.proof == Proof::Proven && matches!(typed.form, Form::Original | Form::Reply(_));
        let marked = KINDS.iter().flat_map(|kind| marks(&typed.text, kind));
        let mut any = false;
        for mark in marked {
            any = true;
            if counts {
                self.wrote.insert((who, mark));
            }
        }
        if !any && let Some(token) = tokens(&typed.text, "tok").next() {
            self.asked.entry(token).or_insert(who);
        }
    }

    fn saw(&self, who: &Address, wording: &str, text: &str, found: &mut Found) {
        for mark in KINDS.iter().flat_map(|kind| marks(text, kind)) {
            let token = &mark[mark.len() - TOKEN..];
            let own = self.wrote.iter().any(|(by, wrote)| *by == who && *wrote == mark);
            let written = self.wrote.iter().any(|(_, wrote)| *wrote == mark);
            let meant = if mark.starts_with("answer") {
                self.were_asked.iter().any(|(asked, of)| *asked == who && *of == token)
            } else {
                self.asked.get(token).is_some_and(|asked| *asked == who)
            };
            found.unless(own || (written && meant), Rule::Words, || {
                format!("[{wording}] carries {mark} to {who}, for whom it was not written")
            });
        }
    }
}

/// Marks of this kind in a text, each with its token.
fn marks<'a>(text: &'a str, kind: &'a str) -> impl Iterator<Item = &'a str> {
    let length = kind.len() - "tok".len() + TOKEN;
    text.match_indices(kind).filter_map(move |(at, _)| text.get(at..at + length))
}

fn tokens<'a>(text: &'a str, word: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(word).filter_map(|(at, _)| text.get(at..at + TOKEN))
}
