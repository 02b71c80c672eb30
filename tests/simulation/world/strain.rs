//! Trouble that two lives of a pair meet alike, though they make different calls: the fate of a call, and the time it
//! takes, follow from its purpose and the number of tries before. A call that is made in one life alone has a fate of
//! its own, and moves nobody else's.

use std::collections::BTreeMap;

use lodge_core::time::{Span, Timestamp};

use super::faults::Rates;
use super::limiter::Size;
use crate::chance::Chance;

/// The strain that a life is put under.
#[derive(Debug, Clone)]
pub struct Strain {
    /// The seed that its fates follow from.
    pub seed: u64,
    /// The rates of faults in calls.
    pub rates: Rates,
    /// The times at which the program dies, and for how long.
    pub crashes: Vec<(Timestamp, Span)>,
    /// The amount that the homeserver lets the porter say, all in all.
    pub saying: Option<Size>,
    /// The number of times that something was done, by its purpose.
    done: BTreeMap<String, u64>,
}

impl Strain {
    /// Strain of this seed, in a life in which something happens at these moments. A homeserver that lets the porter
    /// send only so many messages is another matter: there, anything anybody does delays everybody. The program is down
    /// for `down` at most.
    pub fn draw(seed: u64, moments: &[Timestamp], down: Span) -> Self {
        let mut chance = Chance::of(seed, 5100);
        let mut rate = |usual: u64| if chance.one_in(3) { 0 } else { chance.between(usual / 2, usual * 2) };
        let (lost_request, lost_reply, limited) = (rate(8), rate(8), rate(4));
        let crashes = (0..chance.below(6)).map(|_| {
            let at = chance.pick(moments).after(Span::from_millis(chance.below(12_000)));
            let outage = *chance.pick(&[0, 0, 0, 5_000, 600_000, 40 * 3_600_000]);
            (at, Span::from_millis(chance.below(outage + 1)).min(down))
        });
        let crashes = crashes.collect();
        let rates = Rates { lost_request, lost_reply, limited, ..Rates::default() };
        Self { seed, rates, crashes, saying: None, done: BTreeMap::new() }
    }

    /// A homeserver on which nothing goes wrong, and the porter may say as much as Synapse lets anybody.
    pub fn limits(seed: u64) -> Self {
        Self {
            seed,
            rates: Rates::default(),
            crashes: vec![],
            saying: Some(super::looking::SAYING),
            done: BTreeMap::new(),
        }
    }

    /// The stream of chance for the next try with this purpose.
    pub fn chance(&mut self, what: &str) -> Chance {
        let times = self.done.entry(what.to_owned()).or_default();
        *times += 1;
        Chance::of(number(self.seed, what), *times)
    }

    /// The id of the next message in a room of these people's.
    pub fn next_id(&mut self, whose: &str) -> String {
        let said = self.done.entry(format!("said among {whose}")).or_default();
        *said += 1;
        format!("${:x}x{said}", number(self.seed, whose))
    }

    /// The time that the next call for this takes: mostly a moment, sometimes longer than anybody waits for it.
    pub fn delay(&mut self, what: &str) -> Span {
        let mut chance = self.chance(&format!("{what} takes"));
        let longest = *chance.pick(&[20, 20, 20, 300, 300, 5_000, 20_000]);
        Span::from_millis(chance.below(longest))
    }
}

/// A number that follows from a seed and what something is for, and from nothing else (FNV-1a).
pub fn number(seed: u64, what: &str) -> u64 {
    what.bytes()
        .fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}
