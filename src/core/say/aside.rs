//! The porter's messages beside everything that goes on: to a greeting, to questions about how things are here, and to
//! words that were not understood.

use serde::{Deserialize, Serialize};

use super::Say;
use crate::command::wish::Wish;
use crate::consent::Disclosure;
use crate::people::named::Named;
use crate::people::say::joining::quiet_room_line;
use crate::policy::Offers;
use crate::time::Timestamp;
use crate::wording::{Arg, Wording, named, nth, number, offered, who};

/// A message that is part of nothing that goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Aside {
    /// They greeted.
    Hello {
        /// The features that the service offers.
        offers: Offers,
    },
    /// They greeted while a request waits for them.
    HelloOpen(OpenRequest),
    /// They want something to stop.
    StopWhat {
        /// The request that waits for them, if there is only one.
        open: Option<OpenRequest>,
        /// Whether they are writing something.
        draft: bool,
        /// Whether they could take something back.
        withdraw: bool,
        /// Whether they are in the mentors' list.
        listed: bool,
        /// Whether they spoke of leaving altogether.
        #[serde(default)]
        leave: bool,
    },
    /// They asked how a request ends.
    HowItEnds,
    /// They asked how to write one.
    Example,
    /// They asked for another language.
    Languages,
    /// They are troubled by what somebody does.
    Trouble,
    /// They have a hard time.
    HardTime {
        /// The way to the confidential service, if there is one.
        quiet_room: Option<String>,
    },
    /// Staff asked for figures of the service.
    Figures,
    /// Staff would like to tell many of something.
    Announcements,
    /// Staff spoke of an event.
    Events,
    /// Their words were not understood, and a request waits for them.
    StillWaits {
        /// The request.
        open: OpenRequest,
        /// The number of messages in a row that were not understood.
        misses: usize,
    },
    /// Their words may be an answer to the request that waits for them, or mean something else.
    OrOneOf {
        /// The likeliest first.
        wishes: Vec<Wish>,
        /// The request.
        open: OpenRequest,
    },
    /// Their words were not understood, and a request of their own waits.
    OwnWaits {
        /// The person they named.
        to: Named,
        /// They hear by then.
        deadline: Timestamp,
        /// The number of messages in a row that were not understood.
        misses: usize,
    },
    /// Their words may mean one of these.
    IsItOneOf {
        /// The likeliest first.
        wishes: Vec<Wish>,
        /// The person whom they asked for an introduction to, and the time by which they hear, if they wait for that.
        own: Option<(Named, Timestamp)>,
    },
    /// Their words were not understood for the second time.
    LostAgain,
    /// For the third time: a person may understand them.
    LostToPerson,
    /// The same, of words that a draft asked for.
    LostInDraft,
}

/// A request that waits for somebody's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenRequest {
    /// Its number.
    pub number: u32,
    /// The requester's details that went with it.
    pub of: Disclosure,
    /// The end of the time to answer.
    pub deadline: Timestamp,
}

impl From<Aside> for Say {
    fn from(aside: Aside) -> Self {
        Self::Aside(aside)
    }
}

impl Aside {
    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        match self {
            Self::Hello { offers } => Wording::with("hello", offered(*offers)),
            Self::HelloOpen(open) => Wording::with("hello-open", open.args()),
            Self::StopWhat { open, draft, withdraw, listed, leave } => {
                let no = open.iter().map(|open| Wording::with("stop-no", open.args()));
                let plain = [
                    ("stop-draft", *draft),
                    ("stop-pause", true),
                    ("stop-withdraw", *withdraw),
                    ("stop-unlist", *listed),
                    ("stop-forget", *leave),
                ];
                let plain = plain.into_iter().filter(|(_, is)| *is).map(|(id, _)| Wording::plain(id));
                Wording::with("stop-what", vec![("choices", Arg::Lines(no.chain(plain).collect()))])
            }
            Self::HowItEnds => Wording::plain("how-it-ends"),
            Self::Example => Wording::plain("an-example"),
            Self::Languages => Wording::plain("other-languages"),
            Self::Trouble => Wording::plain("trouble"),
            Self::HardTime { quiet_room } => {
                Wording::with("hard-time", vec![("quiet", quiet_room_line(quiet_room.as_deref()))])
            }
            Self::Figures => Wording::plain("staff-figures"),
            Self::Announcements => Wording::plain("staff-announcements"),
            Self::Events => Wording::plain("staff-events"),
            Self::StillWaits { open, misses } => {
                Wording::with("still-waits", [open.args(), vec![("misses", number(*misses))]].concat())
            }
            Self::OrOneOf { wishes, open } => {
                Wording::with("still-waits-or", [open.args(), vec![("choices", choices(wishes))]].concat())
            }
            Self::OwnWaits { to, deadline, misses } => {
                let args = vec![("to", named(to)), ("deadline", Arg::When(*deadline)), ("misses", number(*misses))];
                Wording::with("own-waits", args)
            }
            Self::IsItOneOf { wishes, own } => {
                let own = own.iter().map(|(to, deadline)| {
                    Wording::with("is-it-own", vec![("to", named(to)), ("deadline", Arg::When(*deadline))])
                });
                let args = vec![("choices", choices(wishes)), ("own", Arg::Lines(own.collect()))];
                Wording::with("is-it-one-of", args)
            }
            Self::LostAgain => Wording::plain("not-understood-again"),
            Self::LostToPerson => Wording::plain("not-understood-person"),
            Self::LostInDraft => Wording::plain("not-understood-draft"),
        }
    }

    /// The details in it.
    pub(crate) fn disclosure(&self) -> Option<&Disclosure> {
        match self {
            Self::HelloOpen(open) | Self::StillWaits { open, .. } | Self::OrOneOf { open, .. } => Some(&open.of),
            Self::StopWhat { open, .. } => open.as_ref().map(|open| &open.of),
            Self::Hello { .. }
            | Self::HowItEnds
            | Self::Example
            | Self::Languages
            | Self::Trouble
            | Self::HardTime { .. }
            | Self::Figures
            | Self::Announcements
            | Self::Events
            | Self::OwnWaits { .. }
            | Self::IsItOneOf { .. }
            | Self::LostAgain
            | Self::LostToPerson
            | Self::LostInDraft => None,
        }
    }
}

/// The lines that offer wishes.
fn choices(wishes: &[Wish]) -> Arg {
    Arg::Lines(wishes.iter().filter_map(|wish| wish.line_id()).map(Wording::plain).collect())
}

impl OpenRequest {
    fn args(&self) -> Vec<(&'static str, Arg)> {
        vec![("number", nth(self.number)), ("who", who(&self.of)), ("deadline", Arg::When(self.deadline))]
    }
}
