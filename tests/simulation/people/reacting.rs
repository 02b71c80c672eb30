//! The reactions of people to the porter's words.

use lodge_core::people::member::Fields;
use lodge_core::say::{self, Ending, NotTaken, Requesting, Say, Staffing};
use lodge_core::time::Span;
use lodge_matrix::homeserver::RoomRef;

use super::answering::{say, token, yes};
use super::plan::{Answering, Greeting, Meeting, Then};
use super::{How, Intent, Somebody};
use crate::world::World;
use crate::world::log::{Meaning, Message};
use crate::world::room::Kind;

/// The longest time until somebody regrets something, in milliseconds: about as long as a request lasts.
const REGRETS_WITHIN: u64 = 16 * 86_400_000;

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
            Kind::ForMany(_) => self.soon(now, Intent::Join(room.clone())),
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
        self.about_events(world, message);
        match message.wording.as_str() {
            "ask-whom" | "not-an-address" => self.about_goal(world, |goal| goal.to.to_string()),
            "ask-purpose" | "purpose-not-offered" => self.about_goal(world, |_| "2".to_owned()),
            "ask-known-how" => {
                let words = *self.chance.pick(&["no", "we met at the law fair", "not yet"]);
                self.about_goal(world, |_| words.to_owned());
            }
            "ask-message" => self.about_goal(world, |goal| goal.message.clone()),
            "preview" | "field-empty" | "id-comes-with-room" | "name-comes-with-request" => self.at_preview(world),
            // They wait for the answer to their words about the preview before.
            "draft-waits" if !self.deciding => self.at_preview(world),
            "not-that-one" | "already-waiting" | "too-many-waiting" => self.soon(now, plainly("cancel")),
            "sent" | "draft-dropped" => {
                (self.goal, self.deciding) = (None, false);
                self.soon(now, Intent::Begin);
                if let Say::Requesting(Requesting::Sent { to, .. }) = &message.say {
                    self.regret(world, &format!("withdraw {to}"));
                }
            }
            "yes-recorded" if self.traits.answering == Answering::YesThenWithdraw => {
                self.soon(now, plainly("withdraw"));
            }
            "agreed-requester" | "agreed-addressee" => {
                let words = *self.chance.pick(&["withdraw", "withdraw", "report"]);
                self.regret(world, words);
            }
            wording if wording.starts_with("search-") || wording == "meeting-dropped" => {
                self.finds_a_time(world, wording);
            }
            "meeting-noted" | "meeting-told" => self.arranged(world),
            "meeting-with-whom" | "meeting-drop-which" => self.which_meeting(world, message),
            "which-to-withdraw" => self.soon(now, plainly("withdraw 1")),
            "which-to-report" => self.soon(now, plainly("report 1")),
            "how-was-it" => self.how_was_it(world, message),
            // They see what would be read of them, and let it go out.
            "carry-preview" => self.soon(now, Intent::Say("send".to_owned(), Meaning::Send, How::Plainly)),
            "question-passed-on" => {
                if let Some(answer) = self.once_asked.take() {
                    self.soon(now, answer);
                }
            }
            "do-you-mean" => {
                let number = if let Say::NotTaken(NotTaken::Unsure { number, no: false, .. }) = &message.say {
                    Some(*number)
                } else {
                    None
                };
                if let Some(number) = number.filter(|_| self.says_yes()) {
                    self.soon(now, Self::yes_by_number(number));
                }
            }
            "reflect" => self.reflects(world),
            "question-came" => self.question_came(world, message),
            "answer-came" => self.answer_came(world, message),
            "reminder" => {
                if let (Answering::LaterThenYes, Say::Answering(say::Answering::Reminder { number, .. })) =
                    (self.traits.answering, &message.say)
                {
                    self.soon(now, Self::yes_by_number(*number));
                }
            }
            "forget-ask" if !self.chance.one_in(3) => self.soon(now, plainly("forget me now")),
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
            // They read it to its end, and do as it asks before anything else.
            "welcome" => {
                self.intents.push((now, plainly("agree")));
                self.soon(now, Intent::Begin);
            }
            "organisation-waits" => {
                if let Say::Staffing(Staffing::OrganisationWaits { name }) = &message.say {
                    self.soon(now, plainly(&format!("approve organisation {name}")));
                }
            }
            "agree-first" => {
                if let Some((_, text, meaning)) = self.last.clone() {
                    self.in_order(world, [plainly("agree"), Intent::Say(text, meaning, How::Plainly)]);
                }
            }
            _ => {}
        }
    }

    fn how_was_it(&mut self, world: &World, message: &Message) {
        let Say::Ending(Ending::HowWasIt { number, .. }) = &message.say else { return };
        let line = format!("A pleasure, private-{}", self.chance.token());
        let words = *self.chance.pick(&["well", "not well", "not yet", "badly", "they didn't come", &line]);
        let text = if self.traits.by_number { format!("{number} {words}") } else { words.to_owned() };
        self.soon(world.now, Intent::Say(text, Meaning::Other, How::Plainly));
    }

    /// They look for a time with somebody. A yes may come when something else was asked since, and is one to that.
    fn finds_a_time(&mut self, world: &World, wording: &str) {
        const CHOICES: [&str; 6] =
            ["1", "2", "no", "Thursday after 4", "times Wednesday morning", "arranged Friday 11:00"];
        const TIMES: [&str; 3] = ["any morning", "Tue or Thu after 4", "thanks"];
        let words: &[&str] = match wording {
            "search-offered" | "search-suggested" | "search-common" | "search-confirm" => &CHOICES,
            "search-apart" | "search-none-suits" | "meeting-dropped" => &TIMES,
            _ => return,
        };
        let intent = if words.contains(&"1") && self.chance.one_in(4) {
            say("yes", yes(), How::Plainly)
        } else {
            let text: &str = self.chance.pick::<&str>(words);
            say(text, Meaning::Other, How::Plainly)
        };
        self.soon(world.now, intent);
    }

    /// Sometimes they take back a request or a yes, at a moment of their own.
    fn regret(&mut self, world: &World, words: &str) {
        if self.chance.one_in(self.traits.regrets) {
            let at = world.now.after(Span::from_millis(self.chance.below(REGRETS_WITHIN)));
            self.intents.push((at, say(words, Meaning::Other, How::Plainly)));
        }
    }

    /// They are asked about a request of theirs. The words of their answer say which request they mean it for.
    fn question_came(&mut self, world: &World, message: &Message) {
        let Say::Requesting(Requesting::QuestionCame { number, question, .. }) = &message.say else { return };
        let intent = match (self.chance.below(4), token(question)) {
            (0, _) => return,
            (1, _) | (_, None) => say(&format!("answer {number} The second, thank you"), Meaning::Other, How::Plainly),
            (_, Some(token)) => {
                let how = How::Reply(message.event.clone());
                say(&format!("The second, thank you; answer-{token}"), Meaning::Other, how)
            }
        };
        self.soon(world.now, intent);
    }

    /// Reacts to the answer to a question of theirs.
    fn answer_came(&mut self, world: &World, message: &Message) {
        let Say::Answering(say::Answering::AnswerCame { number, .. }) = &message.say else { return };
        let Answering::Ask(then) = self.traits.answering else { return };
        if then == Then::Yes {
            self.soon(world.now, Self::yes_by_number(*number));
        } else if then == Then::AsksAgain {
            let words = format!("{number} ask And what would you like to do?");
            self.soon(world.now, say(&words, Meaning::Other, How::Plainly));
        }
    }

    fn says_yes(&self) -> bool {
        matches!(
            self.traits.answering,
            Answering::Yes
                | Answering::YesWithMore
                | Answering::YesByReply
                | Answering::YesByNumber
                | Answering::YesTwice
                | Answering::YesWithTimes
                | Answering::YesThenNo
                | Answering::YesThenWithdraw
                | Answering::UnclearThenYes
                | Answering::BlocksThenYes
                | Answering::Untied
                | Answering::Sealed
                | Answering::SealedForEver
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

    pub(super) fn in_order(&mut self, world: &World, intents: [Intent; 2]) {
        let mut at = world.now;
        for intent in intents {
            at = self.after_a_while(at);
            self.intents.push((at, intent));
        }
    }
}
