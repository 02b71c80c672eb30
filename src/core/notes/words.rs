//! Commands by which people keep notes for themselves, and the words that steer a reflection.

use crate::arranging::words::behind;
use crate::command::courtesy::without_thanks;
use crate::command::row::rows;
use crate::command::{Command, RequestCommand, plain_words};
use crate::notes::network::List;

/// A word about notes of one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotesCommand {
    /// They think over a talk, perhaps one with the person whom they call so.
    Reflect(Option<String>),
    /// They keep these words.
    Note(String),
    /// They read their notes, up to the one with this number.
    List(Option<u32>),
    /// They want all of them as a file.
    Export,
    /// They delete the note with this number.
    Delete(Option<u32>),
    /// They look at their network map.
    Network,
    /// They add this to a list of it.
    Add(List, String),
    /// They take the line with this number out of it.
    Remove(Option<u32>),
}

rows! {
    NotesCommand {
        Self::Reflect(_) => "reflect" [Needs(Introductions), KeepsList];
        Self::Note(_) => "note Ask about Mondays" [KeepsList];
        Self::List(_) => "notes" [KeepsList];
        Self::Export => "notes export" [KeepsList];
        Self::Delete(_) => "delete note 3" [KeepsList];
        Self::Network => "network" [KeepsList];
        Self::Add(..) => "network add want: somebody at a museum" [KeepsList];
        Self::Remove(_) => "network remove 2" [KeepsList];
    }
}

impl From<NotesCommand> for Command {
    fn from(command: NotesCommand) -> Self {
        Self::Notes(command)
    }
}

/// Reads a word about notes of one's own. `text` is the original that the words were taken from.
pub(crate) fn notes(words: &[&str], text: &str) -> Option<Command> {
    let command = match words {
        ["reflect" | "reflection"] | ["reflect", "now"] | ["reflect", "on" | "about", "it" | "this" | "that"] => {
            NotesCommand::Reflect(None)
        }
        ["start" | "begin" | "continue", "reflection" | "reflecting"] => NotesCommand::Reflect(None),
        ["start" | "begin" | "continue", "a" | "my" | "the", "reflection"] => NotesCommand::Reflect(None),
        ["reflect", "on" | "about", name @ ..] if name.len() <= NAME_WORDS_MAX => {
            NotesCommand::Reflect(Some(name.join(" ")))
        }
        ["notes" | "notebook"] | ["my" | "all", "notes"] | ["my", "notebook"] | ["all", "my", "notes"] => {
            NotesCommand::List(None)
        }
        ["read" | "list" | "see" | "open", "notes"] | ["read" | "list" | "see" | "open", "my", "notes"] => {
            NotesCommand::List(None)
        }
        ["notes" | "note", number] if digits(number).is_some() => NotesCommand::List(digits(number)),
        ["notes", "export"] | ["export" | "download", "notes"] | ["export" | "download", "my" | "the", "notes"] => {
            NotesCommand::Export
        }
        ["export" | "download", "all", "notes"] | ["export" | "download", "all", "my", "notes"] => NotesCommand::Export,
        ["network" | "network-map"]
        | ["my", "network" | "contacts"]
        | ["network", "map"]
        | ["my", "network", "map"] => NotesCommand::Network,
        ["network", "remove" | "delete" | "drop", rest @ ..]
        | ["remove" | "delete", rest @ .., "from", "my", "network"] => {
            NotesCommand::Remove(rest.last().and_then(|number| digits(number)))
        }
        _ if let Some((list, begins)) = added(words, text) => NotesCommand::Add(list, behind(text, begins)),
        ["delete" | "remove" | "erase" | "drop", rest @ ..] => deleted(rest)?,
        _ => NotesCommand::Note(kept(words, text)?),
    };
    Some(command.into())
}

/// A name has no more words than this.
const NAME_WORDS_MAX: usize = 3;

/// The command to delete a note, behind its first word.
fn deleted(words: &[&str]) -> Option<NotesCommand> {
    match words {
        ["note" | "notes"] | ["a" | "my" | "the" | "that" | "this", "note" | "notes"] => {
            Some(NotesCommand::Delete(None))
        }
        ["all", "notes"] | ["all", "my" | "the" | "of", "notes"] | ["all", "of", "my", "notes"] => {
            Some(NotesCommand::Delete(None))
        }
        ["note", "number", number] | ["my" | "the", "note", number] | ["note", number] => {
            Some(NotesCommand::Delete(digits(number)))
        }
        _ => None,
    }
}

/// The list of the map to which they add something, and the number of words before that.
fn added(words: &[&str], text: &str) -> Option<(List, usize)> {
    let of = |word: &str| match word {
        "know" | "knows" | "known" => Some(List::Know),
        "want" | "wish" | "wanted" => Some(List::Want),
        "gap" | "gaps" | "missing" => Some(List::Gap),
        _ => None,
    };
    // Words to the porter may begin so too, and are meant for the map where a colon says so.
    let colon = |words: usize| text.split_whitespace().nth(words - 1).is_some_and(|last| last.ends_with(':'));
    match words {
        ["network", "add", list, ..] if of(list).is_some() => Some((of(list)?, 3)),
        ["network", list, ..] if of(list).is_some() => Some((of(list)?, 2)),
        ["network", "add", ..] => Some((List::Know, 2)),
        ["add", "to", "my" | "the", "network", ..] => Some((List::Know, 4)),
        ["i", "know", ..] if colon(2) => Some((List::Know, 2)),
        ["i", "want" | "wish", "to", "know", ..] if colon(4) => Some((List::Want, 4)),
        ["i'd" | "id", "like", "to", "know", ..] if colon(4) => Some((List::Want, 4)),
        ["i", "would", "like", "to", "know", ..] if colon(5) => Some((List::Want, 5)),
        ["a", "gap", ..] if colon(2) => Some((List::Gap, 2)),
        ["gap", ..] if colon(1) => Some((List::Gap, 1)),
        _ => None,
    }
}

fn digits(word: &str) -> Option<u32> {
    word.trim_start_matches('#').parse().ok()
}

/// The words that are to be kept: empty where there are none.
fn kept(words: &[&str], text: &str) -> Option<String> {
    let begins = match words {
        ["write" | "note" | "jot", "this" | "that" | "it", "down", ..] => 3,
        // "Please note that I'm away" is for somebody else.
        ["note", "that" | "i'm" | "i" | "we" | "taken", ..]
            if !text.trim_start().to_lowercase().starts_with("note:") =>
        {
            return None;
        }
        ["note", "to", "self" | "myself" | "me", ..] => 3,
        ["note" | "notes", "for", "me" | "myself" | "later", ..] => 3,
        ["note", ..] => 1,
        ["new" | "add" | "make" | "write", "note", ..] => 2,
        ["add" | "make" | "take" | "write" | "keep", "a", "note", "of" | "that" | "saying", ..] => 4,
        ["add" | "make" | "take" | "write" | "keep", "a", "note", ..] => 3,
        ["write" | "jot", "down", "that", ..] => 3,
        ["write" | "jot", "down", ..] => 2,
        _ => return None,
    };
    Some(behind(text, begins))
}

/// What somebody does at a question of a reflection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// They answer it.
    Answer,
    /// They pass over it.
    Skip,
    /// They go back to the one before it.
    Back,
    /// They go on later.
    Save,
    /// They want no more of it.
    Drop,
    /// They ask for the question again, or say no more than something friendly.
    Again,
}

/// The move that these words are, which are read as this command outside of a reflection.
pub(crate) fn moves(text: &str, command: &Command) -> Move {
    if *command == RequestCommand::Cancel.into() {
        return Move::Drop;
    }
    if *command == (Command::Stop { plainly: true }) {
        return Move::Save;
    }
    let again = [RequestCommand::Again.into(), NotesCommand::Reflect(None).into()];
    if matches!(command, Command::Help | Command::Closing | Command::Greeting) || again.contains(command) {
        return Move::Again;
    }
    let words = plain_words(text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match without_thanks(&words) {
        [] => Move::Again,
        ["skip" | "next" | "pass"] | ["skip" | "pass", "it" | "this" | "that"] | ["next" | "skip", "question"] => {
            Move::Skip
        }
        ["skip", "this" | "that" | "the", "one" | "question"] | ["id", "rather", "not"] | ["rather", "not"] => {
            Move::Skip
        }
        ["back" | "previous"] | ["go" | "one", "back"] | ["back", "one"] | ["previous" | "last", "question"] => {
            Move::Back
        }
        ["save" | "done" | "finish" | "finished" | "enough" | "later" | "quit" | "exit" | "pause"] => Move::Save,
        ["save", "it" | "this" | "that"]
        | ["save", "and", "stop"]
        | ["stop", "here"]
        | ["thats", "all" | "it" | "enough"] => Move::Save,
        ["stop" | "save" | "enough" | "done", "for", "now"] | ["continue" | "maybe" | "finish", "later"] => Move::Save,
        ["go" | "carry", "on", "later"] => Move::Save,
        _ => Move::Answer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::read;

    #[test]
    fn d03_notes_are_a_word_or_two_and_keep_the_words_as_they_were_typed() {
        let note = |words: &str| NotesCommand::Note(words.to_owned());
        for (text, command) in [
            ("reflect", NotesCommand::Reflect(None)),
            ("I'd like to reflect", NotesCommand::Reflect(None)),
            ("Reflect, please", NotesCommand::Reflect(None)),
            ("reflect on Alex", NotesCommand::Reflect(Some("alex".to_owned()))),
            ("note Ask about Mondays", note("Ask about Mondays")),
            ("note: I was too quick", note("I was too quick")),
            ("Note: the archive, 2nd floor!", note("the archive, 2nd floor!")),
            ("Note to self: bring the Essay\nand a pen", note("bring the Essay\nand a pen")),
            ("note two of them, not three", note("two of them, not three")),
            ("note Two", note("Two")),
            ("note", note("")),
            ("make a note: She knows Robin", note("She knows Robin")),
            ("could you make a note of her talk in May?", note("her talk in May?")),
            ("Write this down: ask twice", note("ask twice")),
            ("jot down Ask twice", note("Ask twice")),
            ("notes", NotesCommand::List(None)),
            ("My notes, please", NotesCommand::List(None)),
            ("show me my notes", NotesCommand::List(None)),
            ("can I see my notes?", NotesCommand::List(None)),
            ("notes 8", NotesCommand::List(Some(8))),
            ("note 8", NotesCommand::List(Some(8))),
            ("notes export", NotesCommand::Export),
            ("Export my notes", NotesCommand::Export),
            ("delete note 3", NotesCommand::Delete(Some(3))),
            ("please remove note number 12", NotesCommand::Delete(Some(12))),
            ("delete my notes", NotesCommand::Delete(None)),
            ("network", NotesCommand::Network),
            ("show me my network", NotesCommand::Network),
            ("network add know: an aunt in Law", NotesCommand::Add(List::Know, "an aunt in Law".to_owned())),
            ("network want somebody at a museum", NotesCommand::Add(List::Want, "somebody at a museum".to_owned())),
            ("I know: my old History teacher", NotesCommand::Add(List::Know, "my old History teacher".to_owned())),
            ("gap: publishing", NotesCommand::Add(List::Gap, "publishing".to_owned())),
            ("network remove 2", NotesCommand::Remove(Some(2))),
            ("remove 2 from my network", NotesCommand::Remove(Some(2))),
        ] {
            assert_eq!(read(text), command.into(), "{text}");
        }
        for text in [
            "Please note that I’m away until May",
            "note taken",
            "noted",
            "notes from the lecture were great",
            "not well",
            "delete me",
            "delete everything",
            "i know nobody in law",
            "I'd like to know more",
            "remove my email",
            "reflecting on the year that has been, what would you do again",
        ] {
            assert!(!matches!(read(text), Command::Notes(_)), "{text}");
        }
    }

    #[test]
    fn few_words_steer_a_reflection_and_all_others_answer() {
        for (text, right) in [
            ("skip", Move::Skip),
            ("Skip this one, please", Move::Skip),
            ("next", Move::Skip),
            ("back", Move::Back),
            ("Go back please", Move::Back),
            ("save", Move::Save),
            ("Stop", Move::Save),
            ("stop for now", Move::Save),
            ("that's all", Move::Save),
            ("cancel", Move::Drop),
            ("help", Move::Again),
            ("?", Move::Again),
            ("ok", Move::Again),
            ("hello", Move::Again),
            ("reflect", Move::Again),
            ("nothing", Move::Answer),
            ("No.", Move::Answer),
            ("yes", Move::Answer),
            ("Not to stop asking", Move::Answer),
            ("back in the archive she was another person", Move::Answer),
            ("mentors in law", Move::Answer),
            ("notes", Move::Answer),
            ("introduce @alex:example.org", Move::Answer),
            ("skip the small talk, she said", Move::Answer),
        ] {
            assert_eq!(moves(text, &read(text)), right, "{text}");
        }
    }
}
