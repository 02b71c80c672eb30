//! The porter's messages about staying in touch after an event, to members and to the people of its host.

use serde::{Deserialize, Serialize};

use super::EventTold;
use crate::consent::{Contact, Shown};
use crate::id::MemberId;
use crate::people::member::Field;
use crate::time::Timestamp;
use crate::wording::{Arg, Manner, Wording, lines, nth, number};

/// A message about staying in touch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Contacts {
    /// The question whether they would like to, with everything that the host would read.
    Ask {
        /// The event, as its reader is told of it.
        event: EventTold,
        /// The details.
        shows: Vec<Shown>,
        /// The contacts of all are passed on then.
        until: Timestamp,
    },
    /// They agreed.
    Agreed {
        /// The event, as its reader is told of it.
        event: EventTold,
        /// The contacts of all are passed on then.
        until: Timestamp,
        /// Whether they had before.
        before: bool,
    },
    /// They would rather not.
    Kept {
        /// The event, as its reader is told of it.
        event: EventTold,
        /// They can think better of it until then.
        until: Timestamp,
    },
    /// It is too early or too late for that, or there is nobody to whom it could go.
    Not {
        /// The event, as its reader is told of it.
        event: EventTold,
        /// The reason.
        why: NoHandOver,
    },
    /// No event could be meant, or several.
    WhichEvent,
    /// The receipt: their contact was passed on.
    Passed {
        /// The event, as its reader is told of it.
        event: EventTold,
        /// The details.
        shows: Vec<Shown>,
        /// The messages that show it are taken away then.
        kept_until: Timestamp,
    },
    /// There was nobody of the host to whom it could go.
    NotPassed {
        /// The event, as its reader is told of it.
        event: EventTold,
    },
    /// They took it back.
    TakenBack {
        /// The event, as its reader is told of it.
        event: EventTold,
        /// Whether it had been passed on.
        passed: bool,
    },
    /// It is being taken back already.
    TakingBack {
        /// The event, as its reader is told of it.
        event: EventTold,
    },
    /// There was nothing to take back.
    NothingToTakeBack,
    /// To the host: so many contacts follow.
    Come {
        /// The event, as its reader is told of it.
        event: EventTold,
        /// The number of people who agreed.
        people: usize,
        /// The messages that show them are taken away then.
        kept_until: Timestamp,
    },
    /// To the host: one contact.
    One {
        /// The details, by their owner's yes to just these.
        contact: Contact,
    },
    /// To the host: somebody took theirs back.
    Gone {
        /// The event, as its reader is told of it.
        event: EventTold,
    },
}

/// The reason why no contact can be passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoHandOver {
    /// The event is not over.
    Later,
    /// They were not on its list.
    NotThere,
    /// It was held with no organisation, or nobody of it is here.
    NoHost,
    /// All contacts were passed on.
    TooLate,
}

impl Contacts {
    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        match self {
            Self::Ask { event, shows, until } => {
                let mut wording = with_host(event, "contact-ask");
                let email = shows.iter().any(|shown| shown.field() == Field::Email);
                wording.args.extend([
                    ("title", Arg::Text(event.plan.title.clone())),
                    ("number", nth(event.number)),
                    ("shows", Arg::Lines(lines(shows))),
                    ("until", Arg::When(*until)),
                    ("email", Arg::Number(u64::from(email))),
                ]);
                wording
            }
            Self::Agreed { event, until, before } => {
                let mut wording = with_host(event, if *before { "contact-agreed-before" } else { "contact-agreed" });
                wording.args.extend([("number", nth(event.number)), ("until", Arg::When(*until))]);
                wording
            }
            Self::Kept { event, until } => {
                let mut wording = with_host(event, "contact-kept");
                wording.args.extend([("number", nth(event.number)), ("until", Arg::When(*until))]);
                wording
            }
            Self::Not { event, why } => event.titled(match why {
                NoHandOver::Later => "contact-later",
                NoHandOver::NotThere => "contact-not-there",
                NoHandOver::NoHost => "contact-no-host",
                NoHandOver::TooLate => "contact-too-late",
            }),
            Self::WhichEvent => Wording::plain("contact-which-event"),
            Self::Passed { event, shows, kept_until } => {
                let mut wording = with_host(event, "contact-passed");
                wording.args.extend([
                    ("title", Arg::Text(event.plan.title.clone())),
                    ("number", nth(event.number)),
                    ("shows", Arg::Lines(lines(shows))),
                    ("until", Arg::Day(*kept_until)),
                ]);
                wording
            }
            Self::NotPassed { event } => with_host(event, "contact-not-passed"),
            Self::TakenBack { event, passed } => {
                with_host(event, if *passed { "contact-taken-back" } else { "contact-never-passed" })
            }
            Self::TakingBack { event } => with_host(event, "contact-taking-back"),
            Self::NothingToTakeBack => Wording::plain("contact-nothing-to-take-back"),
            Self::Come { event, people, kept_until } => {
                let mut wording = event.titled("contacts-come");
                wording.args.extend([("people", number(*people)), ("until", Arg::Day(*kept_until))]);
                wording
            }
            Self::One { contact } => Wording::with("contact", vec![("shows", Arg::Lines(lines(contact.fields())))]),
            Self::Gone { event } => event.titled("contact-gone"),
        }
    }

    /// Whether it rings.
    pub(super) fn manner(&self) -> Manner {
        match self {
            Self::Ask { .. } | Self::Come { .. } | Self::NotPassed { .. } => Manner::Rings,
            Self::Agreed { .. }
            | Self::Kept { .. }
            | Self::Not { .. }
            | Self::WhichEvent
            | Self::Passed { .. }
            | Self::TakenBack { .. }
            | Self::TakingBack { .. }
            | Self::NothingToTakeBack
            | Self::One { .. }
            | Self::Gone { .. } => Manner::Silent,
        }
    }

    /// Whether somebody's details stand in it.
    pub(crate) fn shows_details(&self) -> bool {
        match self {
            Self::Ask { .. } | Self::Passed { .. } | Self::One { .. } => true,
            Self::Agreed { .. }
            | Self::Kept { .. }
            | Self::Not { .. }
            | Self::WhichEvent
            | Self::NotPassed { .. }
            | Self::TakenBack { .. }
            | Self::TakingBack { .. }
            | Self::NothingToTakeBack
            | Self::Come { .. }
            | Self::Gone { .. } => false,
        }
    }

    /// The member whose contact it brings to somebody else.
    pub(crate) fn shows(&self) -> Option<MemberId> {
        if let Self::One { contact } = self { Some(contact.of()) } else { None }
    }
}

/// A sentence with the host of an event.
fn with_host(event: &EventTold, id: &'static str) -> Wording {
    Wording::with(id, vec![("host", Arg::Text(event.plan.organisation.clone().unwrap_or_default()))])
}
