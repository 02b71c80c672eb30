//! The porter's messages about events, to those who may come and to the host.

mod contacts;
mod desk;
mod manner;

use serde::{Deserialize, Serialize};

use super::{Plan, Rounded, Standing};
use crate::events::calendar::Entry;
use crate::people::member::Role;
use crate::rooms::say::readers_id;
use crate::say::{Reminders, Say};
use crate::time::Timestamp;
use crate::wording::{Arg, Wording, nth, number};

pub use contacts::{Contacts, NoHandOver};
pub use desk::{EventDesk, Guest};

/// A message about events to a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Events {
    /// The events that are ahead and open to them.
    List {
        /// The first of them, by time.
        lines: Vec<EventLine>,
        /// The number of further ones.
        more: usize,
        /// The topic that they asked for.
        topic: Option<String>,
    },
    /// One event in full.
    Shown {
        /// The event, as its reader is told of it.
        event: EventTold,
        /// The next step with it.
        next: EventNext,
        /// The number of people who come, to its host.
        host: Option<HostSees>,
    },
    /// There is no such event for them.
    NoSuch {
        /// The number they gave.
        number: u32,
    },
    /// Several events could be meant.
    Which {
        /// Those.
        lines: Vec<EventLine>,
        /// Whether they want to come, or not to.
        comes: bool,
    },
    /// They are on the list.
    Coming {
        /// The event, as its reader is told of it.
        event: EventTold,
        /// The reminders that follow.
        reminders: Reminders,
        /// Whether they were before.
        before: bool,
    },
    /// All places are taken, and they wait for one.
    Waits {
        /// The event, as its reader is told of it.
        event: EventTold,
        /// Whether they did before.
        before: bool,
    },
    /// A place is free, and kept for them.
    PlaceOffered {
        /// The event, as its reader is told of it.
        event: EventTold,
        /// It is kept until then.
        until: Timestamp,
    },
    /// The place that was kept for them goes to somebody else.
    PlacePassed {
        /// The event, as its reader is told of it.
        event: EventTold,
    },
    /// Nobody can sign up any more, and no place came free.
    NoPlaceCame {
        /// The event, as its reader is told of it.
        event: EventTold,
    },
    /// They are off the list, as they asked.
    NotComing {
        /// The event, as its reader is told of it.
        event: EventTold,
        /// The standing that they had, if they were on it.
        was: Option<Standing>,
    },
    /// Nobody can sign up any more.
    SignUpOver {
        /// The event, as its reader is told of it.
        event: EventTold,
    },
    /// They have signed up for as many events as can be.
    TooMany {
        /// The most.
        limit: usize,
    },
    /// An event for which they signed up is otherwise than it was.
    Changed {
        /// The event, as it is now.
        event: EventTold,
        /// Whether they have a place.
        coming: bool,
    },
    /// An event for which they signed up does not take place.
    CalledOff {
        /// The event, as its reader is told of it.
        event: EventTold,
    },
    /// An event to which they come is near.
    Reminder {
        /// The event, as its reader is told of it.
        event: EventTold,
    },
    /// They are there.
    Here {
        /// The event, as its reader is told of it.
        event: EventTold,
    },
    /// No event with that code is going on.
    NotHere,
    /// An event to which they came is over.
    Thanks {
        /// The event, as its reader is told of it.
        event: EventTold,
    },
    /// To the host: sign-up is over, and about so many come.
    HostCount {
        /// The event, as its reader is told of it.
        event: EventTold,
        /// The number.
        count: Rounded,
    },
    /// The file for their calendar.
    Calendar(Entry),
    /// The file could not be sent.
    NoCalendar,
    /// About staying in touch.
    Contacts(Contacts),
}

/// An event as people are told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventTold {
    /// The number by which they mean it.
    pub number: u32,
    /// All that staff say of it.
    pub plan: Plan,
}

/// An event in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventLine {
    /// The event, as its reader is told of it.
    pub event: EventTold,
    /// The reader's own standing on its list.
    pub standing: Option<Standing>,
}

/// The next step of somebody who looks at an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventNext {
    /// They can sign up.
    Come,
    /// They can wait for a place.
    Wait,
    /// They have this standing on its list.
    Stands(Standing),
    /// It is not for them to come to; they speak for its host.
    Hosts,
    /// Nobody can sign up any more.
    Closed,
    /// It was called off.
    CalledOff,
}

/// The news of an event that is posted in a room for many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EventNews {
    /// It is announced.
    New,
    /// Something about it is otherwise than it was.
    Changed,
    /// It does not take place.
    CalledOff,
}

/// The number of people who come to an event, as its host sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HostSees {
    /// Nothing before sign-up is over.
    Later(Timestamp),
    /// About so many.
    Count(Rounded),
}

impl Events {
    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        match self {
            Self::List { lines, more, topic } => list(lines, *more, topic.as_deref()),
            Self::Shown { event, next, host } => shown(event, *next, *host),
            Self::NoSuch { number } => Wording::with("event-no-such", vec![("number", nth(*number))]),
            Self::Which { lines, comes } => Wording::with(
                if *comes { "event-which-come" } else { "event-which-not" },
                vec![("lines", Arg::Lines(lines.iter().map(EventLine::wording).collect()))],
            ),
            Self::Coming { event, reminders, before: false } => {
                let mut wording = event.wording("event-coming");
                wording.args.push(("reminders", reminders_line(*reminders)));
                wording
            }
            Self::Coming { event, before: true, .. } => event.wording("event-coming-before"),
            Self::Waits { event, before: false } => event.named("event-waits"),
            Self::Waits { event, before: true } => event.named("event-waits-before"),
            Self::PlaceOffered { event, until } => {
                let mut wording = event.wording("event-place-offered");
                wording.args.push(("until", Arg::When(*until)));
                wording
            }
            Self::PlacePassed { event } => event.named("event-place-passed"),
            Self::NoPlaceCame { event } => event.titled("event-no-place-came"),
            Self::NotComing { event, was: Some(standing) } => {
                let mut wording = event.named("event-not-coming");
                wording.args.push(("coming", Arg::Number(u64::from(*standing == Standing::Coming))));
                wording
            }
            Self::NotComing { event, was: None } => event.titled("event-was-not-coming"),
            Self::SignUpOver { event } => event.titled("event-sign-up-over"),
            Self::TooMany { limit } => Wording::with("event-too-many", vec![("limit", number(*limit))]),
            Self::Changed { event, coming } => {
                let mut wording = event.wording("event-changed");
                wording.args.push(("coming", Arg::Number(u64::from(*coming))));
                wording
            }
            Self::CalledOff { event } => event.wording_when("event-called-off"),
            Self::Reminder { event } => event.wording("event-reminder"),
            Self::Here { event } => event.titled("event-here"),
            Self::NotHere => Wording::plain("event-not-here"),
            Self::Thanks { event } => event.titled("event-thanks"),
            Self::HostCount { event, count } => {
                let mut wording = event.titled("event-host-count");
                wording.args.push(("count", rounded(*count)));
                wording
            }
            Self::Calendar(entry) => {
                let id = if entry.takes_place { "event-calendar" } else { "event-calendar-called-off" };
                entry.event.named(id)
            }
            Self::NoCalendar => Wording::plain("event-no-calendar"),
            Self::Contacts(say) => say.wording(),
        }
    }
}

impl From<Contacts> for Say {
    fn from(say: Contacts) -> Self {
        Self::Events(Events::Contacts(say))
    }
}

impl From<Events> for Say {
    fn from(say: Events) -> Self {
        Self::Events(say)
    }
}

impl EventTold {
    /// A sentence with its title.
    fn titled(&self, id: &'static str) -> Wording {
        Wording::with(id, vec![("title", Arg::Text(self.plan.title.clone()))])
    }

    /// A sentence with its title and its number.
    fn named(&self, id: &'static str) -> Wording {
        let mut wording = self.titled(id);
        wording.args.push(("number", nth(self.number)));
        wording
    }

    /// A sentence with its title and its time.
    fn wording_when(&self, id: &'static str) -> Wording {
        let mut wording = self.titled(id);
        wording.args.push(("when", Arg::Between(self.plan.from, self.plan.until)));
        wording
    }

    /// A sentence with its title, number, time and place.
    fn wording(&self, id: &'static str) -> Wording {
        let mut wording = self.named(id);
        wording.args.push(("when", Arg::Between(self.plan.from, self.plan.until)));
        wording.args.push(("place", Arg::Text(self.plan.place.clone())));
        wording
    }
}

impl EventLine {
    fn wording(&self) -> Wording {
        let Plan { title, organisation, from, until, .. } = &self.event.plan;
        let standing = match self.standing {
            None => 0,
            Some(Standing::Coming) => 1,
            Some(Standing::Waiting) => 2,
            Some(Standing::Offered(_)) => 3,
        };
        let [hosted, organisation] = held_with(organisation.as_deref());
        Wording::with(
            "event-line",
            vec![
                ("number", nth(self.event.number)),
                ("title", Arg::Text(title.clone())),
                hosted,
                organisation,
                ("when", Arg::Between(*from, *until)),
                ("standing", Arg::Number(standing)),
            ],
        )
    }
}

fn list(lines: &[EventLine], more: usize, topic: Option<&str>) -> Wording {
    Wording::with(
        "events",
        vec![
            ("count", number(lines.len())),
            ("lines", Arg::Lines(lines.iter().map(EventLine::wording).collect())),
            ("more", number(more)),
            ("on", Arg::Number(u64::from(topic.is_some()))),
            ("topic", Arg::Text(topic.unwrap_or_default().to_owned())),
        ],
    )
}

fn shown(event: &EventTold, next: EventNext, host: Option<HostSees>) -> Wording {
    let step = match next {
        EventNext::Come => Wording::with(
            "event-step-come",
            vec![("number", nth(event.number)), ("by", Arg::When(event.plan.sign_up_by))],
        ),
        EventNext::Wait => Wording::with("event-step-wait", vec![("number", nth(event.number))]),
        EventNext::Stands(Standing::Coming) => Wording::with("event-step-coming", vec![("number", nth(event.number))]),
        EventNext::Stands(Standing::Waiting) => {
            Wording::with("event-step-waiting", vec![("number", nth(event.number))])
        }
        EventNext::Stands(Standing::Offered(until)) => {
            Wording::with("event-step-offered", vec![("number", nth(event.number)), ("until", Arg::When(until))])
        }
        EventNext::Hosts => Wording::plain("event-step-hosts"),
        EventNext::Closed => Wording::plain("event-step-closed"),
        EventNext::CalledOff => Wording::plain("event-step-called-off"),
    };
    let host = host.map(|host| match host {
        HostSees::Later(at) => Wording::with("event-host-later", vec![("at", Arg::When(at))]),
        HostSees::Count(count) => Wording::with("event-host-sees", vec![("count", rounded(count))]),
    });
    let mut wording = details("event-shown", event);
    wording.args.push(("step", Arg::Lines(vec![step])));
    wording.args.push(("host", Arg::Lines(host.into_iter().collect())));
    wording
}

/// A sentence with everything that staff say of an event.
fn details(id: &'static str, event: &EventTold) -> Wording {
    let mut wording = event.wording(id);
    wording.args.extend(held_with(event.plan.organisation.as_deref()));
    wording.args.extend([("for", Arg::Listed(people(&event.plan))), ("about", Arg::Page(event.plan.about.clone()))]);
    wording
}

/// The people who may come.
fn people(plan: &Plan) -> Vec<Wording> {
    let all = [Role::Student, Role::Alumnus, Role::Employer].iter().all(|role| plan.open_to.contains(role));
    if all {
        return vec![Wording::plain("readers-all")];
    }
    plan.open_to
        .iter()
        .filter(|role| **role != Role::Administrator)
        .map(|role| Wording::plain(readers_id(*role)))
        .collect()
}

/// The organisation that an event is held with, as sentences choose by it.
fn held_with(organisation: Option<&str>) -> [(&'static str, Arg); 2] {
    let name = Arg::Text(organisation.unwrap_or_default().to_owned());
    [("hosted", Arg::Number(u64::from(organisation.is_some()))), ("organisation", name)]
}

fn rounded(count: Rounded) -> Arg {
    Arg::Lines(vec![match count {
        Rounded::Few => Wording::plain("rounded-few"),
        Rounded::About(count) => Wording::with("rounded-about", vec![("count", Arg::Number(count))]),
    }])
}

fn reminders_line(reminders: Reminders) -> Arg {
    Arg::Lines(vec![Wording::plain(match reminders {
        Reminders::Both => "event-reminded-twice",
        Reminders::DayBefore => "event-reminded-day-before",
        Reminders::HourBefore => "event-reminded-hour-before",
        Reminders::None => "event-reminded-not",
    })])
}

/// An event as it is posted in a room for many.
pub(crate) fn posted(event: &EventTold, news: EventNews) -> Wording {
    let id = match news {
        EventNews::New => "event-posted",
        EventNews::Changed => "event-posted-changed",
        EventNews::CalledOff => return event.wording_when("event-posted-called-off"),
    };
    let mut wording = details(id, event);
    wording.args.push(("by", Arg::When(event.plan.sign_up_by)));
    wording
}
