//! How long the porter's messages are on their way before the homeserver has them.

use crate::chance::Chance;

/// How often a message takes its time.
#[derive(Debug, Clone, Default)]
pub struct Slowness(Option<(u64, Chance)>);

impl Slowness {
    /// Once in so many messages; 0 is never.
    pub fn new(rate: u64, chance: Chance) -> Self {
        Self(Some((rate, chance)))
    }

    /// How many beats the next message takes. Between two beats anything can happen.
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
