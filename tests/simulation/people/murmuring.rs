//! The words that people write in passing, at any moment: a word too many, a word to nobody, a word in an old thread.

use lodge_channel::homeserver::EventRef;
use lodge_core::input::Proof;
use lodge_core::people::member::{Field, Fields};
use lodge_core::time::Span;
use lodge_matrix::homeserver::RoomRef;

use super::answering::yes;
use super::{How, Intent, Somebody};
use crate::world::log::{Form, Meaning, Message, Sight, What};
use crate::world::room::Key;
use crate::world::{Utterance, World};

/// The words in passing. Those that stand twice are said twice as often.
const SAYINGS: [&str; 27] = [
    "ok",
    "ok",
    "okay",
    "thanks",
    "thanks",
    "ok thanks",
    "yes",
    "yes",
    "yes",
    "y",
    "sure",
    "1 yes",
    "1 yes",
    "2 yes",
    "yes 1",
    "no",
    "send",
    "send",
    "hello",
    "yes with headline",
    "yes, Tue or Thu after 4",
    "times Thursday after 4",
    "1",
    "list me now",
    "my headline",
    "my note",
    "notes",
];

/// A person writes at most this many words in passing.
const MURMURS_MAX: u32 = 30;

impl Somebody {
    /// Whether it comes to their mind to write something now: once in this many moments.
    pub fn muses(&mut self, rate: u64) -> bool {
        self.passing.one_in(rate)
    }

    /// They are going to write something in passing, within this span.
    pub fn will_murmur(&mut self, world: &World, within: Span) {
        let at = world.now.after(Span::from_millis(self.passing.below(within.as_millis())));
        self.intents.push((at, Intent::Murmur));
    }

    /// They write something in passing: mostly by itself, at times as a reply or in the thread of something they saw.
    pub fn murmur(&mut self, world: &mut World) {
        let Some(home) = self.home.clone() else { return };
        if self.murmurs >= MURMURS_MAX {
            return;
        }
        self.murmurs += 1;
        let saying = *self.passing.pick(&SAYINGS);
        let target = if self.passing.one_in(3) { self.something_seen(world, &home) } else { None };
        let threaded = self.passing.one_in(2);
        let form = match target {
            None => Form::Original,
            Some(target) if threaded => Form::Thread(target),
            Some(target) => Form::Reply(target),
        };
        let (text, meaning) = self.put(saying, &form);
        // A request for help in a reply is not counted among those for help.
        let form = if meaning == Meaning::Help { Form::Original } else { form };
        let own = self.address().clone();
        world.utter(&home, &own, Utterance { text, meaning, form, proof: Proof::Proven, key: Key::Here });
    }

    /// The words, and their meaning.
    fn put(&mut self, saying: &str, form: &Form) -> (String, Meaning) {
        let reply = match form {
            Form::Reply(to) | Form::Thread(to) => Some(to.clone()),
            Form::Original | Form::Edit(_) | Form::Notice | Form::Reaction(_) => None,
        };
        let yes_to = |number: u32| Meaning::Yes(Fields::new(), Some(number), reply.clone());
        let meaning = match saying {
            "yes" | "y" | "sure" if reply.is_none() => yes(),
            "yes" | "y" | "sure" => Meaning::Yes(Fields::new(), None, reply),
            "yes, Tue or Thu after 4" => Meaning::Yes(Fields::new(), None, reply),
            "yes with headline" => Meaning::Yes(Fields::from([Field::Headline]), None, reply),
            "1 yes" | "yes 1" => yes_to(1),
            "2 yes" => yes_to(2),
            "send" => Meaning::Send,
            "my note" => return (self.something_private(), Meaning::Other),
            "my headline" => return (self.new_headline(), Meaning::Other),
            _ => Meaning::Other,
        };
        (saying.to_owned(), meaning)
    }

    /// They write a headline of their own.
    fn new_headline(&mut self) -> String {
        let headline = format!("head-{}", self.passing.token());
        self.values.push((Field::Headline, headline.clone()));
        format!("profile headline: {headline}")
    }

    /// They keep something for themselves: a note, a line of their map, or an answer to the reflection that they begin.
    fn something_private(&mut self) -> String {
        let kept = *self.passing.pick(&["note", "network add know:", "network add want:", "reflect"]);
        if kept == "reflect" { kept.to_owned() } else { format!("{kept} {}", self.private_words()) }
    }

    /// They are asked a question of a reflection.
    pub fn reflects(&mut self, world: &World) {
        let words = if self.passing.one_in(4) { "skip".to_owned() } else { self.private_words() };
        self.soon(world.now, Intent::Say(words, Meaning::Other, How::Plainly));
    }

    fn private_words(&mut self) -> String {
        let words = format!("private-{}", self.passing.token());
        self.wrote.insert(words.clone());
        words
    }

    /// A message of the porter's that they have had in their conversation: one that asked something, or any.
    fn something_seen(&mut self, world: &World, home: &RoomRef) -> Option<EventRef> {
        let asking = self.passing.one_in(2);
        let seen: Vec<&Message> = world
            .view(&world.porter, self.address())
            .iter()
            .filter_map(|index| {
                let What::Saw(_, room, Sight::Porter(message)) = &world.log[*index].what else { return None };
                (room == home).then_some(message)
            })
            .filter(|message| !asking || ["asked", "reminder", "preview"].contains(&message.wording.as_str()))
            .collect();
        if seen.is_empty() { None } else { Some(self.passing.pick(&seen).event.clone()) }
    }
}
