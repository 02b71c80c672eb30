//! The delays of the porter's messages on their way to the homeserver.

use crate::chance::Chance;

/// The rate of messages that take their time.
#[derive(Debug, Clone, Default)]
pub struct Slowness(Option<(u64, Chance)>);

impl Slowness {
    /// One in this many messages is slow; 0 is never.
    pub fn new(rate: u64, chance: Chance) -> Self {
        Self(Some((rate, chance)))
    }

    /// The number of beats that the next message takes. Between two beats anything can happen.
    pub fn delay(&mut self) -> u64 {
        const LONGEST: [u64; 3] = [3, 12, 60];
        let Some((rate, chance)) = &mut self.0 else { return 0 };
        if !chance.one_in(*rate) {
            return 0;
        }
        let longest = *chance.pick(&LONGEST);
        chance.between(1, longest)
    }
}
