//! Notes, reflections and the network map: lines that a member keeps for themselves. Nobody else reads them, staff included.

pub(crate) mod flow;
pub mod network;
pub mod reflection;
#[cfg(any(test, feature = "samples"))]
pub(crate) mod samples;
pub(crate) mod say;
pub(crate) mod words;

use lodge_ground::bounded::{AtMost, Bulk};
use serde::{Deserialize, Serialize};

use crate::id::{IntroductionId, MemberId};
use crate::time::Timestamp;
use network::{ALL_MAX, LINES_MAX, List, Spot};

/// One member keeps this many notes.
const NOTES_MAX: usize = 100;

/// All notes of one member have this many bytes together, so that one message can hold them all.
const ALL_BYTES_MAX: usize = 20_000;

/// A note has this many characters at most.
pub const NOTE_CHARS_MAX: usize = 1_000;

/// The notes of one member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notebook {
    /// The member whose notes they are.
    pub of: MemberId,
    /// The notes, oldest first but for those that were written anew.
    #[serde(default)]
    notes: AtMost<Note, NOTES_MAX, ALL_BYTES_MAX>,
    /// The last number that a note was given. None is given twice, so that no other is deleted than the one that was meant.
    #[serde(default)]
    numbered: u32,
    /// The lines of their network map, in the order in which they were written.
    #[serde(default)]
    map: AtMost<Spot, ALL_MAX>,
    /// The last number that one of those was given.
    #[serde(default)]
    mapped: u32,
}

/// A line that somebody keeps, or their answer to a question of a reflection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The number by which its author names it.
    pub number: u32,
    /// The time at which it was written.
    pub at: Timestamp,
    /// The introduction that it is about, where that was plain. It may be gone by now.
    #[serde(default)]
    pub about: Option<IntroductionId>,
    /// The question that it answers, if it is part of a reflection.
    #[serde(default)]
    pub question: Option<String>,
    /// The author's words.
    pub words: String,
}

/// There is no room for another note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Full;

impl Bulk for Note {
    fn bytes(&self) -> usize {
        self.words.len() + self.question.as_ref().map_or(0, String::len)
    }
}

impl Notebook {
    /// An empty one.
    pub(crate) fn new(of: MemberId) -> Self {
        Self { of, notes: AtMost::default(), numbered: 0, map: AtMost::default(), mapped: 0 }
    }

    /// Every note, in the order of their numbers.
    pub fn notes(&self) -> Vec<&Note> {
        let mut notes: Vec<&Note> = self.notes.iter().collect();
        notes.sort_by_key(|note| note.number);
        notes
    }

    /// The note with this number.
    pub(crate) fn note(&self, number: u32) -> Option<&Note> {
        self.notes.iter().find(|note| note.number == number)
    }

    /// Keeps a note under a number of its own, which it gives, or in the place of the one with the number that it has.
    pub(crate) fn keep(&mut self, note: Note) -> Result<u32, Full> {
        let before = self.notes.take(|other| other.number == note.number);
        let number = before.as_ref().map_or(self.numbered + 1, |before| before.number);
        if self.notes.offer(Note { number, ..note }).is_err() {
            if let Some(before) = before {
                self.notes.push(before);
            }
            return Err(Full);
        }
        self.numbered = self.numbered.max(number);
        Ok(number)
    }

    /// The lines of the map.
    pub fn map(&self) -> impl Iterator<Item = &Spot> {
        self.map.iter()
    }

    /// Adds a line to a list of the map; its number.
    pub(crate) fn add(&mut self, list: List, words: String) -> Result<u32, Full> {
        if self.map().filter(|spot| spot.list == list).count() >= LINES_MAX {
            return Err(Full);
        }
        let number = self.mapped + 1;
        self.map.offer(Spot { number, list, words }).map_err(|_| Full)?;
        self.mapped = number;
        Ok(number)
    }

    /// Takes the line with this number out of the map.
    pub(crate) fn remove(&mut self, number: u32) -> Option<Spot> {
        self.map.take(|spot| spot.number == number)
    }

    /// Lets go of the note with this number, if there is one.
    pub(crate) fn delete(&mut self, number: u32) -> Option<Note> {
        self.notes.take(|note| note.number == number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(number: u32, words: &str) -> Note {
        Note { number, at: Timestamp::from_millis(0), about: None, question: None, words: words.to_owned() }
    }

    #[test]
    fn no_number_is_given_twice_and_what_is_written_anew_keeps_its_own() {
        let mut book = Notebook::new(MemberId::from_bytes([1; 16]));
        assert_eq!([book.keep(note(0, "one")), book.keep(note(0, "two"))], [Ok(1), Ok(2)]);
        assert_eq!(book.delete(2).map(|note| note.words).as_deref(), Some("two"));
        assert_eq!([book.keep(note(0, "three")), book.keep(note(1, "one, better"))], [Ok(3), Ok(1)]);
        let words: Vec<&str> = book.notes().iter().map(|note| &*note.words).collect();
        assert_eq!(words, ["one, better", "three"]);
    }

    #[test]
    fn a_full_notebook_takes_nothing_more_and_loses_nothing() {
        let mut book = Notebook::new(MemberId::from_bytes([1; 16]));
        let long = "x".repeat(NOTE_CHARS_MAX);
        let kept = (0..200).take_while(|_| book.keep(note(0, &long)).is_ok()).count();
        assert_eq!(kept, ALL_BYTES_MAX / NOTE_CHARS_MAX);
        assert_eq!(book.keep(note(3, &format!("{long}x"))), Err(Full));
        assert!(book.note(3).is_some_and(|note| note.words == long));
        let mut many = Notebook::new(book.of);
        assert_eq!((0..200).take_while(|_| many.keep(note(0, "x")).is_ok()).count(), NOTES_MAX);
    }
}
