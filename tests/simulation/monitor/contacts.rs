//! Contacts (B11): the people of an event's host read somebody's contact only where they typed a yes to just that, and as long as
//! they have not taken it back.

use lodge_core::consent::Shown;
use lodge_core::name::Address;
use lodge_core::people::member::Field;
use lodge_core::say::{Contacts, Events, Say};
use lodge_matrix::homeserver::RoomRef;

use super::withdrawals::is_readable;
use super::{Found, Rule, guests};
use crate::people::Somebody;
use crate::world::World;
use crate::world::log::{Meaning, Message, Sight, What};

/// The question whether somebody would like to stay in touch, as they read it.
struct Asked<'a> {
    who: &'a Address,
    said: &'a Contacts,
    /// Whether they typed a yes after it, and nothing that takes that back.
    stands: bool,
}

/// A contact that was said to somebody.
struct Passed<'a> {
    room: &'a RoomRef,
    message: &'a Message,
    of: &'a str,
}

pub fn examine(world: &World, people: &[Somebody], found: &mut Found) {
    let mut asked: Vec<Asked<'_>> = vec![];
    let mut passed: Vec<Passed<'_>> = vec![];
    for entry in &world.log {
        match &entry.what {
            What::Typed(by, _, typed) if matches!(typed.meaning, Meaning::Yes(..)) => {
                if let Some(last) = asked.iter_mut().rev().find(|asked| asked.who == by) {
                    last.stands = true;
                }
            }
            What::Said(room, message) => {
                let Say::Events(Events::Contacts(say)) = &message.say else { continue };
                let reader = people.iter().find(|somebody| is_with(world, room, somebody));
                let Some(who) = reader.map(Somebody::address) else { continue };
                match say {
                    Contacts::Ask { .. } => asked.push(Asked { who, said: say, stands: false }),
                    Contacts::Kept { event, .. } | Contacts::TakenBack { event, .. } => {
                        let of = |asked: &&mut Asked<'_>| asked.who == who && number(asked.said) == Some(event.number);
                        asked.iter_mut().filter(of).for_each(|asked| asked.stands = false);
                        if matches!(say, Contacts::TakenBack { passed: true, .. }) {
                            stays_nowhere(world, &passed, who, found);
                        }
                    }
                    Contacts::One { contact } => {
                        let fields = contact.fields().iter();
                        let of = fields.clone().find(|shown| shown.field() == Field::Address);
                        let of = of.map(Shown::value).unwrap_or_default();
                        let agreed =
                            asked.iter().filter(|asked| asked.stands && asked.who.as_str() == of).any(|asked| {
                                let Contacts::Ask { event, shows, .. } = asked.said else { return false };
                                let is_host = reader.is_some_and(|reader| guests::is_host(reader, event));
                                is_host && fields.clone().all(|shown| shows.contains(shown))
                            });
                        found
                            .unless(agreed, Rule::Guests, || format!("{who} reads the contact of {of}, without a yes"));
                        passed.push(Passed { room, message, of });
                    }
                    Contacts::Agreed { .. }
                    | Contacts::Not { .. }
                    | Contacts::WhichEvent
                    | Contacts::Passed { .. }
                    | Contacts::NotPassed { .. }
                    | Contacts::TakingBack { .. }
                    | Contacts::NothingToTakeBack
                    | Contacts::Come { .. }
                    | Contacts::Gone { .. } => {}
                }
            }
            What::Saw(..)
            | What::Typed(..)
            | What::Made(..)
            | What::Invited(..)
            | What::SpeechOpened(_)
            | What::Moved(..)
            | What::Roster
            | What::Crashed
            | What::Restored
            | What::Replayed { .. }
            | What::TookAway(..)
            | What::Calm
            | What::Call(..) => {}
        }
    }
}

/// Whether a contact of this person's is passed on there. The rule for contacts says whether it may be.
pub(super) fn is_of(sight: &Sight, owner: &Address) -> bool {
    let Sight::Porter(message) = sight else { return false };
    let Say::Events(Events::Contacts(Contacts::One { contact })) = &message.say else { return false };
    contact.fields().iter().any(|shown| shown.value() == owner.as_str())
}

/// Everything that showed somebody's contact before they took it back is taken away in the end.
fn stays_nowhere(world: &World, passed: &[Passed<'_>], who: &Address, found: &mut Found) {
    for Passed { room, message, of } in passed.iter().filter(|passed| passed.of == who.as_str()) {
        found.unless(!is_readable(world, room, &message.event, u64::MAX), Rule::Withdrawal, || {
            format!("the contact of {of} can still be read in {} after they took it back", room.0)
        });
    }
}

fn number(say: &Contacts) -> Option<u32> {
    if let Contacts::Ask { event, .. } = say { Some(event.number) } else { None }
}

fn is_with(world: &World, room: &RoomRef, somebody: &Somebody) -> bool {
    world.room(room).is_some_and(|room| room.members.contains_key(somebody.address()))
}
