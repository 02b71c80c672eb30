//! The faults of calls: lost requests, lost replies, limits, and crashes at any call or commit.

use lodge_core::time::Span;

use super::strain::Strain;
use crate::chance::Chance;

/// The fate of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is done and its answer comes.
    Fine,
    /// It is not done; the homeserver asks to wait this many milliseconds.
    Limited(u64),
    /// The request never arrived.
    LostRequest,
    /// It is done; its answer never comes.
    LostReply,
    /// The program dies before it is done.
    CrashBefore,
    /// It is done, and the program dies before it hears of it.
    CrashAfter,
}

/// The rates of faults: once in so many calls; 0 is never.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rates {
    /// Requests that do not arrive.
    pub lost_request: u64,
    /// Answers that do not arrive.
    pub lost_reply: u64,
    /// Calls that must wait.
    pub limited: u64,
    /// Crashes, of all the points where one is possible.
    pub crash: u64,
    /// Responses that repeat the content of the one before.
    pub repeated: u64,
    /// Jumps of the clock, of all steps.
    pub jump: u64,
    /// Crashes after which the program stays down for a while.
    pub outage: u64,
}

/// The faults of one life.
#[derive(Debug)]
pub struct Faults {
    /// Whether anything goes wrong at present.
    pub on: bool,
    /// The rates of faults.
    pub rates: Rates,
    /// The one point at which a crash is ordered, counted from 0.
    pub crash_at: Option<u64>,
    /// The number of points at which a crash was possible.
    pub points: u64,
    /// The number of crashes.
    pub crashes: u64,
    /// The program is dead and has to be started again.
    pub crashed: bool,
    /// The strain that decides in the place of chance, where lives are to meet the same.
    pub strain: Option<Strain>,
    chance: Chance,
}

impl Faults {
    /// Faults at these rates.
    pub fn new(rates: Rates, crash_at: Option<u64>, chance: Chance) -> Self {
        Self { on: true, rates, crash_at, points: 0, crashes: 0, crashed: false, strain: None, chance }
    }

    /// A point at which a crash is possible; true when there is one.
    pub fn crashes_here(&mut self) -> bool {
        let ordered = self.crash_at == Some(self.points);
        self.points += 1;
        let crash = ordered || (self.on && self.chance.one_in(self.rates.crash));
        if crash {
            self.crashed = true;
            self.crashes += 1;
        }
        crash
    }

    /// The fate of the next call, which is for this.
    pub fn fate(&mut self, errand: &str) -> Fate {
        if let Some(strain) = &mut self.strain {
            let mut chance = strain.chance(errand);
            return if self.on { mishap(strain.rates, &mut chance) } else { Fate::Fine };
        }
        if self.crashes_here() {
            return Fate::CrashBefore;
        }
        let fate = if self.on { mishap(self.rates, &mut self.chance) } else { Fate::Fine };
        // A crash after a call that was lost on the way is the same as one before it.
        if fate == Fate::Fine && self.crashes_here() { Fate::CrashAfter } else { fate }
    }

    /// The time that the next call for this takes, where calls take time.
    pub fn delay(&mut self, errand: &str) -> Span {
        self.strain.as_mut().map_or(Span::from_millis(0), |strain| strain.delay(errand))
    }

    /// Whether a response repeats the content of the one before.
    pub fn repeats(&mut self) -> bool {
        self.on && self.chance.one_in(self.rates.repeated)
    }

    /// The time for which the program stays down after a crash, in milliseconds.
    pub fn outage(&mut self) -> u64 {
        if self.on && self.chance.one_in(self.rates.outage) { self.chance.below(2 * 86_400_000) } else { 0 }
    }

    /// The jump of the clock now, in milliseconds: mostly none.
    pub fn jump(&mut self) -> Option<u64> {
        const LONGEST: [u64; 4] = [60_000, 3_600_000, 86_400_000, 3 * 86_400_000];
        (self.on && self.chance.one_in(self.rates.jump)).then(|| {
            let longest = *self.chance.pick(&LONGEST);
            self.chance.between(1, longest)
        })
    }
}

fn mishap(rates: Rates, chance: &mut Chance) -> Fate {
    let Rates { lost_request, lost_reply, limited, .. } = rates;
    if chance.one_in(limited) {
        return Fate::Limited(chance.between(1, 30_000));
    }
    if chance.one_in(lost_request) {
        return Fate::LostRequest;
    }
    if chance.one_in(lost_reply) { Fate::LostReply } else { Fate::Fine }
}
