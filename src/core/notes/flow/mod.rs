//! Notes are kept, read and deleted, and a reflection leads through its questions.

mod keeping;
mod mapping;
mod reflecting;

use crate::command::NotesCommand;
use crate::input::Said;
use crate::turn::Turn;

impl Turn<'_> {
    /// Somebody says something about their own notes.
    pub(crate) fn notes_command(&mut self, said: &Said, command: &NotesCommand) {
        match command {
            NotesCommand::Reflect(name) => self.reflect(said.member, name.as_deref()),
            NotesCommand::Note(words) => self.note(said.member, words),
            NotesCommand::List(last) => self.list_notes(said.member, *last),
            NotesCommand::Export => self.export_notes(said.member),
            NotesCommand::Network => self.show_network(said.member),
            NotesCommand::Add(list, words) => self.add_to_network(said.member, *list, words),
            NotesCommand::Remove(number) => self.remove_from_network(said, *number),
            NotesCommand::Delete(number) => self.delete_note(said, *number),
        }
    }
}
