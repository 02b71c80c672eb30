//! The porter's messages about events to staff, who make them and see who comes.

use serde::{Deserialize, Serialize};

use super::{EventTold, details, rounded};
use crate::events::making::{Part, Unfit};
use crate::events::{Rounded, Stage, Standing};
use crate::name::Address;
use crate::say::Say;
use crate::wording::{Arg, Wording, nth, number};

/// A message about events to staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventDesk {
    /// A part of an event is asked for.
    Ask {
        /// The part that they are to give next.
        part: Part,
        /// The reason why their words were not taken for it.
        unfit: Option<Unfit>,
    },
    /// All of an event, as it will be announced.
    Preview {
        /// The event; its number is 0 while it is new.
        event: EventTold,
        /// Whether it was announced before, and changes.
        changes: bool,
    },
    /// The event that they were making is let go of.
    Dropped,
    /// They are making none.
    NothingToAnnounce,
    /// The event is announced.
    Announced {
        /// The event, as its reader is told of it.
        event: EventTold,
        /// Whether it was posted in a room.
        posted: bool,
        /// The code of the door.
        code: u16,
    },
    /// Those on the list hear of the change.
    ChangeTold {
        /// The event, as its reader is told of it.
        event: EventTold,
        /// The number of people who were told.
        people: usize,
    },
    /// Nothing about the event is otherwise than before.
    Unchanged {
        /// The event, as its reader is told of it.
        event: EventTold,
    },
    /// As many events are ahead as can be.
    TooManyAhead {
        /// The most.
        limit: usize,
    },
    /// No event is named.
    WhichOne,
    /// The event is over, or was called off.
    OverAlready {
        /// The event, as its reader is told of it.
        event: EventTold,
    },
    /// Before an event is called off.
    CallOffSure {
        /// The event, as its reader is told of it.
        event: EventTold,
        /// The number of people who would be told.
        people: usize,
    },
    /// The event is called off.
    CalledOff {
        /// The event, as its reader is told of it.
        event: EventTold,
        /// The number of people who were told.
        people: usize,
    },
    /// One event, with its numbers.
    Overview {
        /// The event, as its reader is told of it.
        event: EventTold,
        /// Whether it is ahead, and if not, why.
        stage: Stage,
        /// The number of people with a place.
        coming: usize,
        /// The number of people who wait for one, or for whom one is kept.
        waiting: usize,
        /// The number of people who said at the door that they were there.
        came: usize,
        /// The code of the door.
        code: u16,
    },
    /// The people on the list of an event.
    Guests {
        /// The event, as its reader is told of it.
        event: EventTold,
        /// The first of them, in the order of their signing up.
        guests: Vec<Guest>,
        /// The number of further ones.
        more: usize,
    },
    /// The numbers of an event that is over, as staff can pass them on.
    Summary {
        /// The event, as its reader is told of it.
        event: EventTold,
        /// The number of people who had a place.
        coming: Rounded,
        /// The number of people who said at the door that they were there.
        came: Rounded,
    },
}

/// Somebody on the list of an event, as staff read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    /// The name that the service lists.
    pub name: String,
    /// Their account.
    pub address: Address,
    /// Whether they have a place, or wait for one.
    pub standing: Standing,
    /// Whether they said at the door that they were there.
    pub came: bool,
}

impl EventDesk {
    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        match self {
            Self::Ask { part, unfit } => {
                let unfit = unfit.as_ref().map(Unfit::wording);
                Wording::with(ask_id(*part), vec![("unfit", Arg::Lines(unfit.into_iter().collect()))])
            }
            Self::Preview { event, changes } => preview(event, *changes),
            Self::Dropped => Wording::plain("event-dropped"),
            Self::NothingToAnnounce => Wording::plain("event-nothing-to-announce"),
            Self::Announced { event, posted, code } => {
                let mut wording = event.named("event-announced");
                wording.args.push(("posted", Arg::Number(u64::from(*posted))));
                wording.args.push(("code", code_arg(*code)));
                wording
            }
            Self::ChangeTold { event, people } => counted(event, "event-change-told", *people),
            Self::Unchanged { event } => event.titled("event-unchanged"),
            Self::TooManyAhead { limit } => Wording::with("event-too-many-ahead", vec![("limit", number(*limit))]),
            Self::WhichOne => Wording::plain("event-which-one"),
            Self::OverAlready { event } => event.titled("event-over-already"),
            Self::CallOffSure { event, people } => {
                let mut wording = counted(event, "event-call-off-sure", *people);
                wording.args.push(("number", nth(event.number)));
                wording
            }
            Self::CalledOff { event, people } => counted(event, "event-is-called-off", *people),
            Self::Overview { event, stage, coming, waiting, came, code } => {
                let mut wording = details("event-overview", event);
                wording.args.extend([
                    ("stage", Arg::Lines(vec![Wording::plain(stage_id(*stage))])),
                    ("coming", number(*coming)),
                    ("waiting", number(*waiting)),
                    ("came", number(*came)),
                    ("limited", Arg::Number(u64::from(event.plan.places.is_some()))),
                    ("places", Arg::Number(event.plan.places.map_or(0, u64::from))),
                    ("by", Arg::When(event.plan.sign_up_by)),
                    ("code", code_arg(*code)),
                ]);
                wording
            }
            Self::Guests { event, guests, more } => {
                let mut wording = event.titled("event-guests");
                wording.args.extend([
                    ("count", number(guests.len())),
                    ("guests", Arg::Lines(guests.iter().map(Guest::wording).collect())),
                    ("more", number(*more)),
                ]);
                wording
            }
            Self::Summary { event, coming, came } => {
                let mut wording = event.titled("event-summary");
                wording.args.extend([("coming", rounded(*coming)), ("came", rounded(*came))]);
                wording
            }
        }
    }
}

impl From<EventDesk> for Say {
    fn from(say: EventDesk) -> Self {
        Self::EventDesk(say)
    }
}

impl Guest {
    fn wording(&self) -> Wording {
        let id = match (self.came, self.standing) {
            (true, _) => "event-guest-came",
            (false, Standing::Coming) => "event-guest",
            (false, Standing::Waiting) => "event-guest-waiting",
            (false, Standing::Offered(_)) => "event-guest-offered",
        };
        Wording::with(id, vec![("name", Arg::Text(self.name.clone())), ("who", Arg::Text(self.address.to_string()))])
    }
}

impl Unfit {
    fn wording(&self) -> Wording {
        match self {
            Self::Nothing => Wording::plain("event-unfit-nothing"),
            Self::Long { limit, found } => {
                Wording::with("event-unfit-long", vec![("limit", number(*limit)), ("found", number(*found))])
            }
            Self::Account => Wording::plain("event-unfit-account"),
            Self::When => Wording::plain("event-unfit-when"),
            Self::Past => Wording::plain("event-unfit-past"),
            Self::Far => Wording::plain("event-unfit-far"),
            Self::Organisation { name } => {
                Wording::with("event-unfit-organisation", vec![("name", Arg::Text(name.clone()))])
            }
            Self::OpenTo => Wording::plain("event-unfit-open-to"),
            Self::Places => Wording::plain("event-unfit-places"),
            Self::SignUpBy => Wording::plain("event-unfit-sign-up-by"),
        }
    }
}

fn ask_id(part: Part) -> &'static str {
    match part {
        Part::Title => "event-ask-title",
        Part::Organisation => "event-ask-organisation",
        Part::When => "event-ask-when",
        Part::Place => "event-ask-place",
        Part::OpenTo => "event-ask-open-to",
        Part::Places => "event-ask-places",
        Part::SignUpBy => "event-ask-sign-up-by",
        Part::About => "event-ask-about",
    }
}

fn stage_id(stage: Stage) -> &'static str {
    match stage {
        Stage::Ahead => "event-stage-ahead",
        Stage::Over => "event-stage-over",
        Stage::CalledOff => "event-stage-called-off",
    }
}

fn preview(event: &EventTold, changes: bool) -> Wording {
    let plan = &event.plan;
    let mut wording = details("event-preview", event);
    wording.args.retain(|(name, _)| *name != "number");
    wording.args.extend([
        ("limited", Arg::Number(u64::from(plan.places.is_some()))),
        ("places", Arg::Number(plan.places.map_or(0, u64::from))),
        ("by", Arg::When(plan.sign_up_by)),
        ("changes", Arg::Number(u64::from(changes))),
    ]);
    wording
}

fn counted(event: &EventTold, id: &'static str, people: usize) -> Wording {
    let mut wording = event.titled(id);
    wording.args.push(("people", number(people)));
    wording
}

/// The code of a door, whose digits are no number.
fn code_arg(code: u16) -> Arg {
    Arg::Text(format!("{code:04}"))
}
