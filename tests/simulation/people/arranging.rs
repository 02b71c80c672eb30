//! People arrange when they meet, change their minds, and tell the porter.

use lodge_core::say::{Arranging, Say};
use lodge_core::time::Span;

use super::answering::say;
use super::{How, Intent, Somebody};
use crate::world::World;
use crate::world::log::{Meaning, Message};

const DAY: u64 = 86_400_000;

impl Somebody {
    /// They can speak with somebody they were introduced to. Some find a time at once.
    pub(super) fn arrange(&mut self, world: &World) {
        if self.chance.one_in(2) {
            let words = self.some_time(world);
            self.soon(world.now, say(&words, Meaning::Other, How::Plainly));
        }
    }

    /// A time is noted. Sometimes it comes to nothing, or another suits them better.
    pub(super) fn arranged(&mut self, world: &World) {
        let words = match self.chance.below(6) {
            0 => "not arranged".to_owned(),
            1 => self.some_time(world),
            _ => return,
        };
        let at = world.now.after(Span::from_millis(self.chance.below(5 * DAY)));
        self.intents.push((at, Intent::Say(words, Meaning::Other, How::Plainly)));
    }

    /// They have met several, and mean the first.
    pub(super) fn which_meeting(&mut self, world: &World, message: &Message) {
        let Say::Arranging(Arranging::Which { when, .. }) = &message.say else { return };
        let words = when.as_ref().map_or_else(|| "not arranged 1".to_owned(), |when| format!("arranged 1 {when}"));
        self.soon(world.now, say(&words, Meaning::Other, How::Plainly));
    }

    fn some_time(&mut self, world: &World) -> String {
        let (days, hour) = (self.chance.between(1, 20), self.chance.between(9, 19));
        let day = world.now.after(Span::from_millis(days * DAY));
        let day = jiff::Timestamp::from_millisecond(day.as_millis()).expect("a life is short");
        format!("arranged {} {hour}:00", day.strftime("%-d %B"))
    }
}
