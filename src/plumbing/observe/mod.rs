//! A running service as its administrator sees it: whether it is well, and figures that tell of nobody.
//!
//! The figures are taken where everything is decided, and answered from elsewhere, so that they can be had while the
//! service waits, works or stands still. No figure has a label by which a person, a room or a request could be told
//! from another, and the figures of a counselling service are so coarse that they do not tell when somebody wrote to it
//! (`docs/decisions`, 32).

mod figures;
mod page;
mod jobs;
mod sizes;
mod answering;
mod asking;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use lodge_ground::time::Timestamp;
use serde::Deserialize;

use crate::clock::clock;
use jobs::Ages;

pub use answering::Answering;
pub use asking::{Asked, ask};
pub use sizes::Places;

/// A service is not well after this long without a sync response. A homeserver answers twice a minute when nothing is
/// new.
const DEAF_AFTER: Duration = Duration::from_mins(3);

/// A job that is to be done, or a moment that has come, is late after this long.
const LATE_AFTER: Duration = Duration::from_mins(10);

/// Upper bounds of the buckets for commits, in milliseconds.
const COMMITS_MS: [u64; 9] = [1, 2, 5, 10, 25, 50, 100, 500, 2_000];

/// The address at which figures can be asked for, beside the socket in the store's directory.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Observe {
    /// The address at which `GET /health` and `GET /metrics` are answered; nowhere when it is left out.
    pub listen: Option<SocketAddr>,
    /// Whether that may be an address that other machines reach.
    pub beyond_this_machine: bool,
}

impl Observe {
    /// The settings that do not go together, with their key.
    pub fn problem(&self) -> Option<String> {
        let listen = self.listen.filter(|listen| !listen.ip().is_loopback() && !self.beyond_this_machine)?;
        Some(format!(
            "observe.listen: {listen} can be reached from other machines, and whoever reaches it reads the figures; take an \
             address such as 127.0.0.1:9464, or say observe.beyond_this_machine = true"
        ))
    }
}

/// The service that is observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The hub with its porter.
    Hub,
    /// The counselling service, of which little is told.
    Counsel,
}

/// The progress of a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// It waits for its homeserver.
    Waiting,
    /// The homeserver is reached and news are heard.
    Running,
}

/// The figures that an engine gives of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Vitals {
    /// The numbers of the first and the last job that is still to be done, in each of at most two outboxes; `None` where there is
    /// none.
    pub jobs: [Option<(u64, u64)>; 2],
    /// The number of things to do.
    pub to_do: usize,
    /// The number of messages that wait for their keys.
    pub without_key: usize,
    /// The next moment that is waited for.
    pub next_due: Option<Timestamp>,
}

/// The number of members, by the code of their role.
pub type Members = BTreeMap<&'static str, usize>;

/// The time between two counts of the members, which takes a look at each.
const COUNT_EVERY: Duration = Duration::from_mins(1);

/// The figures of a service that runs. Clones are the same.
#[derive(Debug, Clone)]
pub struct Observed {
    which: Which,
    places: Arc<Places>,
    seen: Arc<Mutex<Seen>>,
}

/// Everything that was seen of the service by now.
#[derive(Debug, Clone)]
struct Seen {
    stage: Stage,
    started: Timestamp,
    heard: Option<Instant>,
    vitals: Vitals,
    members: Members,
    counted: Option<Instant>,
    ages: [Ages; 2],
    on_their_way: usize,
    faults: u64,
    commits: Commits,
}

/// The times that commits took.
#[derive(Debug, Clone, Copy, Default)]
struct Commits {
    /// The number that took no longer than each of [`COMMITS_MS`], and no less than the one before; the rest last.
    counts: [u64; COMMITS_MS.len() + 1],
    total: Duration,
    longest: Duration,
}

impl Commits {
    fn add(&mut self, took: Duration) {
        let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        let at = COMMITS_MS.partition_point(|bound| *bound < ms);
        self.counts[at] += 1;
        self.total += took;
        self.longest = self.longest.max(took);
    }

    fn count(&self) -> u64 {
        self.counts.iter().sum()
    }
}

impl Observed {
    /// A service that starts, and keeps its data in these places.
    pub fn new(which: Which, places: Places) -> Self {
        let seen = Seen {
            stage: Stage::Waiting,
            started: clock(),
            heard: None,
            vitals: Vitals::default(),
            members: Members::default(),
            counted: None,
            ages: Default::default(),
            on_their_way: 0,
            faults: 0,
            commits: Commits::default(),
        };
        Self { which, places: Arc::new(places), seen: Arc::new(Mutex::new(seen)) }
    }

    /// A sync response was taken in.
    pub(crate) fn heard(&self) {
        self.change(|seen| {
            seen.stage = Stage::Running;
            seen.heard = Some(Instant::now());
        });
    }

    /// Counts a commit that took this long.
    pub(crate) fn committed(&self, took: Duration) {
        self.change(|seen| seen.commits.add(took));
    }

    /// Something went wrong that an administrator should know of.
    pub(crate) fn fault(&self) {
        self.change(|seen| seen.faults += 1);
    }

    /// The engine is so now.
    pub(crate) fn stands(&self, vitals: Vitals, on_their_way: usize) {
        self.change(|seen| {
            for (ages, jobs) in seen.ages.iter_mut().zip(vitals.jobs) {
                ages.observe(jobs, Instant::now());
            }
            (seen.vitals, seen.on_their_way) = (vitals, on_their_way);
        });
    }

    /// Whether members are to be counted again.
    pub(crate) fn is_to_be_counted(&self) -> bool {
        self.seen().counted.is_none_or(|counted| counted.elapsed() > COUNT_EVERY)
    }

    /// Sets the numbers of members.
    pub(crate) fn count(&self, members: Members) {
        self.change(|seen| (seen.members, seen.counted) = (members, Some(Instant::now())));
    }

    fn change(&self, change: impl FnOnce(&mut Seen)) {
        change(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner));
    }

    fn seen(&self) -> Seen {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A service at one moment, in figures.
#[derive(Debug, Clone)]
struct Figures {
    which: Which,
    seen: Seen,
    /// The time since the last sync response; `None` before the first.
    heard: Option<Duration>,
    /// The time for which the oldest thing to do has waited.
    oldest: Duration,
    /// The time for which a moment that has come is late.
    late: Duration,
    sizes: sizes::Sizes,
}

impl Figures {
    /// Those of now. It looks at the disk.
    fn take(observed: &Observed) -> Self {
        let (seen, now) = (observed.seen(), clock());
        let late = seen.vitals.next_due.map_or(0, |due| due.until(now).as_millis());
        Self {
            which: observed.which,
            heard: seen.heard.map(|heard| heard.elapsed()),
            oldest: seen.ages.iter().map(|ages| ages.oldest(Instant::now())).max().unwrap_or_default(),
            late: Duration::from_millis(late),
            sizes: observed.places.measure(now),
            seen,
        }
    }

    /// The things that are not well, each in a line.
    fn troubles(&self) -> Vec<String> {
        let mut troubles = Vec::new();
        match (self.seen.stage, self.heard) {
            (Stage::Waiting, _) => troubles.push("It waits for the homeserver.".to_owned()),
            (Stage::Running, heard) if heard.is_none_or(|heard| heard > DEAF_AFTER) => {
                troubles.push("The homeserver is not heard any more.".to_owned());
            }
            (Stage::Running, _) => {}
        }
        if self.oldest > LATE_AFTER {
            troubles.push("What is to be done does not get done.".to_owned());
        }
        if self.late > LATE_AFTER {
            troubles.push("What was due did not happen.".to_owned());
        }
        troubles
    }
}
