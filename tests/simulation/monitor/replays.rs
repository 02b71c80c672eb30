//! Things that only a word can bring about come as often as somebody typed that word: the bytes of a message, put into
//! a room again, bring nothing about.

use std::collections::BTreeSet;

use lodge_core::name::Address;
use lodge_core::say::{Answering, Arranging, Cards, Receiving, Requesting, Say, Searching};
use lodge_matrix::homeserver::RoomRef;

use super::{Found, Rule};
use crate::world::World;
use crate::world::log::{Entry, What};
use crate::world::room::Kind;

/// The words that bring it about that the porter says this.
fn brought_by(say: &Say) -> Option<&'static str> {
    let words = [
        ("pause", matches!(say, Say::Receiving(Receiving::Paused { .. }))),
        ("resume", matches!(say, Say::Receiving(Receiving::Resumed))),
        ("limit", matches!(say, Say::Receiving(Receiving::LimitSet { .. }))),
        ("block", matches!(say, Say::Receiving(Receiving::BlockRecorded { .. }))),
        ("later", matches!(say, Say::Answering(Answering::LaterNoted { .. }))),
        ("cancel", matches!(say, Say::DraftDropped)),
        ("send", matches!(say, Say::Requesting(Requesting::Sent { .. }))),
        ("yes", matches!(say, Say::Answering(Answering::YesRecorded))),
        ("yes", matches!(say, Say::Arranging(Arranging::Searching(Searching::YesWithTimes { .. })))),
        ("list me now", matches!(say, Say::Cards(Cards::Listed { .. }))),
    ];
    words.into_iter().find_map(|(words, brought)| brought.then_some(words))
}

pub fn examine(world: &World, found: &mut Found) {
    let replayed = world.log.iter().any(|entry| matches!(entry.what, What::Replayed { .. }));
    if !replayed {
        return;
    }
    let conversations = world.rooms().filter(|room| matches!(room.kind, Kind::Conversation(_)));
    for who in conversations.flat_map(|room| room.members.keys()).collect::<BTreeSet<&Address>>() {
        let words: BTreeSet<&str> = said_to(world, who).collect();
        for word in words {
            let said = said_to(world, who).filter(|brought| *brought == word).count();
            let typed = world.log.iter().filter(|entry| types(entry, who, word)).count();
            found.unless(said <= typed, Rule::OnceEach, || {
                format!("{who} typed {word:?} {typed} times, and it was done {said} times")
            });
        }
    }
}

fn said_to<'a>(world: &'a World, who: &'a Address) -> impl Iterator<Item = &'static str> {
    world.log.iter().filter_map(move |entry| {
        let What::Said(room, message) = &entry.what else { return None };
        world.room(room).filter(|room| matches!(room.kind, Kind::Conversation(_)))?;
        is_with(world, who, room).then(|| brought_by(&message.say))?
    })
}

/// Whether a conversation is with them: the porter invited them to it, and somebody who was put in it is not.
fn is_with(world: &World, who: &Address, room: &RoomRef) -> bool {
    world.log.iter().any(|entry| matches!(&entry.what, What::Invited(invited, to) if invited == who && to == room))
}

fn types(entry: &Entry, who: &Address, word: &str) -> bool {
    // A letter stands for the word, too.
    let short = word == "yes";
    let fits = |text: &str| text.contains(word) || (short && ["y", "sure"].contains(&text));
    matches!(&entry.what, What::Typed(by, _, typed) if by == who && fits(&typed.text))
}
