//! The answers of people when they are asked to meet somebody.

use lodge_channel::homeserver::EventRef;
use lodge_core::consent::Shown;
use lodge_core::people::member::{Field, Fields};
use lodge_core::say::{self, Say};
use lodge_core::time::{Span, Timestamp};

use super::plan::{Answering, Then};
use super::{How, Intent, Somebody};
use crate::world::World;
use crate::world::log::{Meaning, Message};

/// The intent to say this.
pub(super) fn say(text: &str, meaning: Meaning, how: How) -> Intent {
    Intent::Say(text.to_owned(), meaning, how)
}

/// A yes to any open question.
pub(super) fn yes() -> Meaning {
    Meaning::Yes(Fields::new(), None, None)
}

/// The token in somebody's words, by which a request is told from all others.
pub(super) fn token(words: &str) -> Option<&str> {
    let at = words.rfind("tok")?;
    words.get(at..at + 11)
}

/// A request that somebody was asked about.
struct Asked<'a> {
    number: u32,
    event: &'a EventRef,
    could_add: &'a [Shown],
    deadline: Timestamp,
    token: &'a str,
}

impl Somebody {
    /// They are asked to meet somebody. They answer once, however often they are asked.
    pub(super) fn asked(&mut self, world: &World, message: &Message) {
        let Say::Answering(say::Answering::Asked { number, request, could_add, deadline, .. }) = &message.say else {
            return;
        };
        let words = &request.request.message;
        if !self.answered.insert(words.clone()) {
            return;
        }
        let token = token(words).unwrap_or_default();
        let asked = Asked { number: *number, event: &message.event, could_add, deadline: *deadline, token };
        self.answers(world, &asked);
    }

    fn answers(&mut self, world: &World, asked: &Asked<'_>) {
        let now = world.now;
        let plain_yes = || say("yes", yes(), How::Plainly);
        match self.traits.answering {
            Answering::Silent => {}
            Answering::Yes | Answering::YesThenWithdraw => self.soon(now, plain_yes()),
            Answering::Unclear | Answering::UnclearThenYes => {
                self.soon(now, say("yes but not this month", Meaning::Other, How::Plainly));
            }
            Answering::YesWithMore => self.soon(now, Self::yes_with_more(asked)),
            Answering::YesByReply => self.soon(now, Self::yes_by_reply(asked)),
            Answering::YesByNumber => self.soon(now, Self::yes_by_number(asked.number)),
            Answering::YesTwice => {
                for _ in 0..2 {
                    self.soon(now, plain_yes());
                }
            }
            Answering::YesWithTimes => self.soon(now, say("yes, Tue or Thu after 4", yes(), How::Plainly)),
            Answering::YesThenNo => self.in_order(world, [plain_yes(), self.short("no", asked)]),
            Answering::NoThenYes => self.in_order(world, [self.short("no", asked), plain_yes()]),
            Answering::NoThenYesByNumber => {
                self.in_order(world, [self.short("no", asked), Self::yes_by_number(asked.number)]);
            }
            Answering::NoEdited => {
                self.in_order(world, [self.short("no", asked), say("yes", yes(), How::EditLast)]);
            }
            Answering::UndecidedEdited => {
                let undecided = say("let me think", Meaning::Other, How::Plainly);
                self.in_order(world, [undecided, say("yes", yes(), How::EditLast)]);
            }
            Answering::IgnoreThenYes => {
                self.in_order(world, [self.short("ignore", asked), Self::yes_by_number(asked.number)]);
            }
            Answering::Late => {
                let at = asked.deadline.after(Span::from_millis(self.chance.below(86_400_000)));
                self.intents.push((at, Self::yes_by_reply(asked)));
            }
            Answering::Notice => self.soon(now, say("yes", yes(), How::Notice)),
            Answering::Reaction => self.soon(now, say("yes", yes(), How::React(asked.event.clone()))),
            Answering::Untied => self.soon(now, say("yes", yes(), How::Untied)),
            Answering::Sealed => {
                let later = Span::from_millis(self.chance.below(20 * 86_400_000));
                self.soon(now, say("yes", yes(), How::KeyLater(later)));
            }
            Answering::SealedForEver => self.soon(now, say("yes", yes(), How::KeyNever)),
            Answering::Leaves => self.soon(now, Intent::LeaveHome),
            Answering::BlocksThenYes => self.in_order(world, [Intent::Block, plain_yes()]),
            Answering::Ask(then) => self.asks(world, asked, then),
            Answering::NoBecause => {
                let carried = self.carried("no because", "I am away until May", "reason", asked);
                self.soon(now, carried);
            }
            Answering::No => self.soon(now, self.short("no", asked)),
            Answering::Ignore => self.soon(now, self.short("ignore", asked)),
            Answering::Later | Answering::LaterThenYes => self.soon(now, self.short("later in 3 days", asked)),
            Answering::Report => self.soon(now, self.short("report", asked)),
            Answering::Block => self.soon(now, self.short("block", asked)),
            Answering::Pause => self.soon(now, say("pause 4w", Meaning::Other, How::Plainly)),
        }
    }

    /// They ask something first, once in their life.
    fn asks(&mut self, world: &World, asked: &Asked<'_>, then: Then) {
        let question = self.carried("ask", "Which year are you in?", "question", asked);
        let first = !std::mem::replace(&mut self.has_asked, true);
        let answer = match then {
            Then::Nothing | Then::AsksAgain | Then::Yes if first => return self.soon(world.now, question),
            Then::Nothing | Then::AsksAgain | Then::Yes => return,
            Then::No => "no",
            Then::Ignore => "ignore",
            Then::Block => "block",
            Then::Report => "report",
            Then::Later => "later in 3 days",
        };
        let answer = self.short(answer, asked);
        if first {
            self.soon(world.now, question);
            self.once_asked = Some(answer);
        } else {
            self.soon(world.now, answer);
        }
    }

    /// An answer of a word or two.
    fn short(&self, words: &str, asked: &Asked<'_>) -> Intent {
        let text = if self.traits.by_number { format!("{} {words}", asked.number) } else { words.to_owned() };
        say(&text, Meaning::Other, How::Plainly)
    }

    /// Words that are to be carried to the other. In a reply, which can be meant for one request only, they name it.
    fn carried(&self, command: &str, words: &str, kind: &str, asked: &Asked<'_>) -> Intent {
        if self.traits.by_number {
            return say(&format!("{} {command} {words}", asked.number), Meaning::Other, How::Plainly);
        }
        let text = format!("{command} {words}; {kind}-{}", asked.token);
        say(&text, Meaning::Other, How::Reply(asked.event.clone()))
    }

    pub(super) fn yes_by_number(number: u32) -> Intent {
        say(&format!("{number} yes"), Meaning::Yes(Fields::new(), Some(number), None), How::Plainly)
    }

    fn yes_by_reply(asked: &Asked<'_>) -> Intent {
        let meaning = Meaning::Yes(Fields::new(), None, Some(asked.event.clone()));
        say("yes", meaning, How::Reply(asked.event.clone()))
    }

    fn yes_with_more(asked: &Asked<'_>) -> Intent {
        let field = asked.could_add.iter().map(Shown::field).find(|field| field.reaches());
        let words =
            field.map_or("yes", |field| if field == Field::Email { "yes with email" } else { "yes with phone" });
        say(words, Meaning::Yes(field.into_iter().collect(), None, None), How::Plainly)
    }
}
