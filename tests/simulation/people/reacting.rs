//! What people do about what the porter says.

use lodge_core::introduction::RoomRef;
use lodge_core::member::{Field, Fields};
use lodge_core::say::Say;
use lodge_core::time::Span;

use super::plan::{Answering, Greeting, Meeting};
use super::{How, Intent, Somebody};
use crate::world::World;
use crate::world::log::{Meaning, Message};
use crate::world::room::Kind;

fn yes() -> Meaning {
    Meaning::Yes(Fields::new(), None, None)
}

impl Somebody {
    /// The porter invites them to a room.
    pub(super) fn invited(&mut self, world: &World, room: &RoomRef) {
        let Some(kind) = world.room(room).map(|found| &found.kind) else { return };
        let now = world.now;
        match kind {
            Kind::Conversation(_) => match self.traits.greeting {
                Greeting::Comes | Greeting::Elsewhere => self.soon(now, Intent::Join(room.clone())),
                Greeting::TurnsDown => self.soon(now, Intent::Leave(room.clone())),
                Greeting::Ignores | Greeting::Blocks => {}
            },
            Kind::Introduction(_) => match self.traits.meeting {
                Meeting::Comes => self.soon(now, Intent::Join(room.clone())),
                Meeting::Ignores => {}
                Meeting::TurnsDown => self.soon(now, Intent::Leave(room.clone())),
                Meeting::ComesAndGoes => {
                    self.in_order(world, [Intent::Join(room.clone()), Intent::Leave(room.clone())]);
                }
            },
            Kind::Own(_) => {}
        }
    }

    /// The porter says something to them.
    pub(super) fn told(&mut self, world: &World, room: &RoomRef, message: &Message) {
        if self.home.as_ref() != Some(room) {
            return;
        }
        let now = world.now;
        let plainly = |text: &str| Intent::Say(text.to_owned(), Meaning::Other, How::Plainly);
        match message.wording.as_str() {
            "ask-whom" | "not-an-address" => self.about_goal(world, |goal| goal.to.to_string()),
            "ask-purpose" | "purpose-not-offered" => self.about_goal(world, |_| "2".to_owned()),
            "ask-known-how" => {
                let words = *self.chance.pick(&["no", "we met at the law fair", "not yet"]);
                self.about_goal(world, |_| words.to_owned());
            }
            "ask-message" => self.about_goal(world, |goal| goal.message.clone()),
            "preview" | "field-empty" | "id-comes-with-room" | "name-comes-with-request" => self.at_preview(world),
            // They wait for the answer to what they did about the preview before.
            "draft-waits" if !self.deciding => self.at_preview(world),
            "not-that-one" | "already-waiting" | "too-many-waiting" => self.soon(now, plainly("cancel")),
            "sent" | "draft-dropped" => {
                (self.goal, self.deciding) = (None, false);
                self.soon(now, Intent::Begin);
            }
            "device-unknown" | "unreadable" => {
                if let Some((_, text, meaning)) = self.last.clone() {
                    self.soon(now, Intent::Say(text, meaning, How::Plainly));
                }
            }
            "asked" => self.asked(world, message),
            "answer-unclear" if self.traits.answering == Answering::UnclearThenYes => {
                self.soon(now, Intent::Say("yes".to_owned(), yes(), How::Plainly));
            }
            "which-one" => {
                let numbered = if let Say::WhichOne { open } = &message.say { open.first().map(|o| o.0) } else { None };
                if let Some(number) = numbered.filter(|_| self.says_yes()) {
                    let meaning = Meaning::Yes(Fields::new(), Some(number), None);
                    self.soon(now, Intent::Say(format!("yes {number}"), meaning, How::Plainly));
                }
            }
            "welcome" => self.soon(now, Intent::Begin),
            _ => {}
        }
    }

    fn says_yes(&self) -> bool {
        !matches!(
            self.traits.answering,
            Answering::Silent
                | Answering::No
                | Answering::NoEdited
                | Answering::UndecidedEdited
                | Answering::Unclear
                | Answering::Leaves
        )
    }

    fn about_goal(&mut self, world: &World, words: impl FnOnce(&super::plan::Goal) -> String) {
        if let Some(text) = self.goal.as_ref().map(words) {
            self.soon(world.now, Intent::Say(text, Meaning::Other, How::Plainly));
        }
    }

    fn at_preview(&mut self, world: &World) {
        let Some(goal) = &mut self.goal else { return };
        self.deciding = true;
        let intent = if !goal.edits.is_empty() {
            Intent::Say(goal.edits.remove(0).to_owned(), Meaning::Other, How::Plainly)
        } else if goal.cancels {
            Intent::Say("cancel".to_owned(), Meaning::Other, How::Plainly)
        } else {
            let how = match self.chance.below(20) {
                0 => How::KeyLater(Span::from_millis(self.chance.below(86_400_000))),
                1 => How::Untied,
                _ => How::Plainly,
            };
            Intent::Say("send".to_owned(), Meaning::Send, how)
        };
        self.soon(world.now, intent);
    }

    /// They are asked to meet somebody. They answer once, however often they are asked.
    fn asked(&mut self, world: &World, message: &Message) {
        let Say::Asked { number, request, could_add, deadline, .. } = &message.say else { return };
        if !self.answered.insert(request.request.message.clone()) {
            return;
        }
        let (now, event) = (world.now, message.event.clone());
        let say = |text: &str, meaning: Meaning, how: How| Intent::Say(text.to_owned(), meaning, how);
        match self.traits.answering {
            Answering::Silent => {}
            Answering::Yes => self.soon(now, say("yes", yes(), How::Plainly)),
            Answering::Unclear | Answering::UnclearThenYes => {
                self.soon(now, say("yes but not this month", Meaning::Other, How::Plainly));
            }
            Answering::YesWithMore => {
                let field = could_add.iter().copied().find(|field| field.reaches());
                let words = field
                    .map_or("yes", |field| if field == Field::Email { "yes with email" } else { "yes with phone" });
                let fields: Fields = field.into_iter().collect();
                self.soon(now, say(words, Meaning::Yes(fields, None, None), How::Plainly));
            }
            Answering::YesByReply => {
                let meaning = Meaning::Yes(Fields::new(), None, Some(event.clone()));
                self.soon(now, say("yes", meaning, How::Reply(event)));
            }
            Answering::YesByNumber => {
                let meaning = Meaning::Yes(Fields::new(), Some(*number), None);
                self.soon(now, say(&format!("yes {number}"), meaning, How::Plainly));
            }
            Answering::YesTwice => {
                for _ in 0..2 {
                    self.soon(now, say("yes", yes(), How::Plainly));
                }
            }
            Answering::YesThenNo => self.in_order(world, [say("yes", yes(), How::Plainly), Self::no()]),
            Answering::No => self.soon(now, Self::no()),
            Answering::NoThenYes => self.in_order(world, [Self::no(), say("yes", yes(), How::Plainly)]),
            Answering::NoEdited => self.in_order(world, [Self::no(), say("yes", yes(), How::EditLast)]),
            Answering::UndecidedEdited => {
                let undecided = say("let me think", Meaning::Other, How::Plainly);
                self.in_order(world, [undecided, say("yes", yes(), How::EditLast)]);
            }
            Answering::Late => {
                let at = deadline.after(Span::from_millis(self.chance.below(86_400_000)));
                self.intents.push((at, say("yes", yes(), How::Plainly)));
            }
            Answering::Notice => self.soon(now, say("yes", yes(), How::Notice)),
            Answering::Reaction => self.soon(now, say("yes", yes(), How::React(event))),
            Answering::Untied => self.soon(now, say("yes", yes(), How::Untied)),
            Answering::Sealed => {
                let later = Span::from_millis(self.chance.below(20 * 86_400_000));
                self.soon(now, say("yes", yes(), How::KeyLater(later)));
            }
            Answering::SealedForEver => self.soon(now, say("yes", yes(), How::KeyNever)),
            Answering::Leaves => self.soon(now, Intent::LeaveHome),
            Answering::BlocksThenYes => self.in_order(world, [Intent::Block, say("yes", yes(), How::Plainly)]),
        }
    }

    fn no() -> Intent {
        Intent::Say("no".to_owned(), Meaning::Other, How::Plainly)
    }

    fn in_order(&mut self, world: &World, intents: [Intent; 2]) {
        let mut at = world.now;
        for intent in intents {
            at = self.after_a_while(at);
            self.intents.push((at, intent));
        }
    }
}
