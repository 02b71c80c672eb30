//! Whether every yes at the counselling service was one: what its clients and counsellors had read before they wrote it, in
//! the order of their own room, as the homeserver has it.

use std::collections::{BTreeMap, BTreeSet};

use lodge_core::input::Proof;
use lodge_core::name::Address;
use lodge_core::time::Timestamp;
use lodge_counsel_core::say::{Say, ToClient, ToCounsellor};
use lodge_matrix::homeserver::RoomRef;

use crate::life::Lived;
use crate::world::log::{Entry, Form, Sight, Typed, What};

/// The yeses that people wrote, by the question.
#[derive(Debug, Default)]
struct Given {
    /// The people who said yes to terms.
    terms: BTreeSet<Address>,
    /// The lines that may be shown.
    lines: BTreeSet<String>,
    /// The people who said yes to a time, each with the time.
    times: BTreeSet<(Address, Timestamp)>,
}

/// Everything that the service took for a yes in a life, and that was none.
pub fn not_given(lived: &Lived) -> Vec<String> {
    let mut last: BTreeMap<(&Address, &RoomRef), &Say> = BTreeMap::new();
    let mut times: BTreeSet<(Address, Timestamp)> = BTreeSet::new();
    let (mut given, mut wrong) = (Given::default(), Vec::new());
    for Entry { what, .. } in &lived.log {
        if let What::Saw(who, room, Sight::Counsel(spoken)) = what {
            if spoken.say == Say::Client(ToClient::Forgetting) {
                given.terms.remove(who);
            }
            last.insert((who, room), &spoken.say);
            times.extend(suggested(&spoken.say).map(|at| (who.clone(), at)));
            wrong.extend(given.lacks(who, &spoken.say).map(|what| format!("{what}: {who} read {:?}", spoken.say)));
        } else if let What::Typed(who, room, typed) = what
            && is_yes(typed)
        {
            if let Some(say) = last.get(&(who, room)) {
                given.yes(who, say);
            }
            // With its case's word a time is named, even after other messages.
            if typed.text.split_whitespace().count() > 1 {
                given.times.extend(times.iter().filter(|(whose, _)| whose == who).cloned());
            }
        }
    }
    wrong
}

impl Given {
    /// Somebody says yes straight after they read this.
    fn yes(&mut self, who: &Address, say: &Say) {
        if let Say::Client(ToClient::Terms { .. } | ToClient::TermsFirst) = say {
            self.terms.insert(who.clone());
        } else if let Say::Client(ToClient::AskShowing(line)) = say {
            self.lines.insert(line.clone());
        }
        self.times.extend(suggested(say).map(|at| (who.clone(), at)));
    }

    /// The consent that these words rest on and that nobody gave, if one is lacking.
    fn lacks(&self, who: &Address, say: &Say) -> Option<&'static str> {
        let lacks = match say {
            Say::Client(ToClient::AskWhom(_)) => (!self.terms.contains(who), "nobody agreed to the terms"),
            Say::Counsellor(ToCounsellor::Offer { about: Some(line), .. }) => {
                (!self.lines.contains(line), "nobody released the line")
            }
            Say::Client(ToClient::TimeAgreed(at)) | Say::Counsellor(ToCounsellor::TimeAgreed(_, at)) => {
                (self.times.iter().all(|(_, agreed)| agreed != at), "nobody agreed to the time")
            }
            Say::Client(_)
            | Say::Counsellor(_)
            | Say::RoomName
            | Say::RoomTopic
            | Say::FirstHere
            | Say::OpeningNote
            | Say::AskedAgain
            | Say::Elsewhere
            | Say::Wordless
            | Say::Unreadable
            | Say::LeftOut(_)
            | Say::Hurried
            | Say::Retouched { .. }
            | Say::DeviceUnknown
            | Say::DeviceNew { .. }
            | Say::DeviceHow
            | Say::DeviceCodeUnknown
            | Say::DeviceConfirmed
            | Say::DeviceOnceMore
            | Say::Fault => (false, ""),
        };
        lacks.0.then_some(lacks.1)
    }
}

/// The time that is suggested in these words.
fn suggested(say: &Say) -> Option<Timestamp> {
    if let Say::Client(ToClient::TimeSuggested(at)) | Say::Counsellor(ToCounsellor::TimeSuggested(_, at)) = say {
        Some(*at)
    } else {
        None
    }
}

/// Whether this could be a yes, and is its writer's.
fn is_yes(typed: &Typed) -> bool {
    let first = typed.text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    typed.form == Form::Original && typed.proof == Proof::Proven && ["yes", "ok"].contains(&first)
}
