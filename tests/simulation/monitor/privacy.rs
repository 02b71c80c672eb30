//! Notes and network maps (D2, D3): their words are said to their author, and stand in no row that can be read without their author's key.

use lodge_channel::store::{Store, Table};
use lodge_core::id::MemberId;
use lodge_core::name::Address;
use lodge_core::notes::Notebook;
use lodge_core::people::member::Member;

use super::{Found, Rule};
use crate::hub::Hub;
use crate::world::World;
use crate::world::log::{Sight, What};

/// The mark that people put before a token in the words of their notes.
const MARK: &str = "private-";

/// The length of the mark with its token.
const LENGTH: usize = MARK.len() + 8;

pub fn examine(world: &World, hub: &Hub, found: &mut Found) {
    let rows = |table| hub.disk.load(table).unwrap_or_default().into_iter();
    let members: Vec<Member> = rows(Table::Members).filter_map(|row| row.read().ok()).collect();
    for notebook in rows(Table::Notebooks).filter_map(|row| row.read::<Notebook>().ok()) {
        let Some(author) = members.iter().find(|member| member.id == notebook.of) else { continue };
        let notes = notebook.notes().into_iter().map(|note| &note.words);
        let marks: Vec<String> =
            notes.chain(notebook.map().map(|line| &line.words)).flat_map(|words| marks(words)).collect();
        if !marks.is_empty() {
            are_said_to_nobody_else(world, &author.person.address, &marks, found);
            stand_in_no_other_row(hub, author.id, &marks, found);
        }
    }
}

fn are_said_to_nobody_else(world: &World, author: &Address, marks: &[String], found: &mut Found) {
    for entry in &world.log {
        let What::Saw(viewer, room, Sight::Porter(message)) = &entry.what else { continue };
        let shown = marks.iter().find(|mark| viewer != author && message.text.contains(*mark));
        if let Some(mark) = shown {
            found.add(Rule::Private, format!("[{}] shows {viewer} in {} {mark} of {author}", message.wording, room.0));
        }
    }
}

fn stand_in_no_other_row(hub: &Hub, author: MemberId, marks: &[String], found: &mut Found) {
    for table in Table::ALL {
        let others = hub.disk.load(table).unwrap_or_default().into_iter().filter(|row| !row.owners.contains(&author));
        for row in others {
            let value = String::from_utf8_lossy(&row.value);
            if let Some(mark) = marks.iter().find(|mark| value.contains(*mark)) {
                found.add(Rule::Private, format!("{table:?} holds {mark} of {author:?} for others"));
            }
        }
    }
}

/// The marks in a text, each with its token.
fn marks(text: &str) -> Vec<String> {
    text.match_indices(MARK).filter_map(|(at, _)| text.get(at..at + LENGTH)).map(str::to_owned).collect()
}
