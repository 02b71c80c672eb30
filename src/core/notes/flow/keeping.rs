//! Notes are kept, read, deleted and let go of.

use super::super::{NOTE_CHARS_MAX, Note, Notebook};
use crate::id::{IntroductionId, MemberId};
use crate::input::Said;
use crate::introduction::{Introduction, Stage};
use crate::name::clean_text;
use crate::say::{NoteDay, NoteLine, Notes};
use crate::turn::Turn;

/// One look shows this many notes, so that they fit a phone.
const SHOWN_MAX: usize = 8;

/// The words of the notes that one look shows have this many characters, unless one alone has more.
const SHOWN_CHARS_MAX: usize = 1_500;

impl Turn<'_> {
    /// Somebody wants these words kept.
    pub(super) fn note(&mut self, member: MemberId, words: &str) {
        if clean_text(words).is_empty() {
            self.tell(member, Notes::NothingToKeep);
            return;
        }
        let about = self.plainly_about(member);
        match self.keep_note(member, about, words) {
            Ok(number) => {
                let about = about.and_then(|id| self.meant(member, id));
                self.tell(member, Notes::Kept { number, about });
            }
            Err(why) => {
                self.tell(member, why);
            }
        }
    }

    /// Keeps these words, or says why they cannot be kept. Gives the number of the note.
    pub(crate) fn keep_note(&mut self, of: MemberId, about: Option<IntroductionId>, words: &str) -> Result<u32, Notes> {
        self.keep_as(of, Note { number: 0, at: self.now, about, question: None, words: clean_text(words) })
    }

    /// Keeps this note, in the place of the one with its number if there is one.
    pub(super) fn keep_as(&mut self, of: MemberId, note: Note) -> Result<u32, Notes> {
        let found = note.words.chars().count();
        if found > NOTE_CHARS_MAX {
            return Err(Notes::TooLong { limit: NOTE_CHARS_MAX, found });
        }
        let mut book = self.state.notebook(of).cloned().unwrap_or_else(|| Notebook::new(of));
        let number = book.keep(note).map_err(|_| Notes::Full)?;
        self.state.notebooks.put(book);
        Ok(number)
    }

    /// Shows the last notes, or the last of those up to this number.
    pub(super) fn list_notes(&mut self, member: MemberId, last: Option<u32>) {
        let Some(book) = self.state.notebook(member) else {
            self.tell(member, Notes::None);
            return;
        };
        let notes = book.notes();
        let upto: Vec<&Note> =
            notes.iter().copied().filter(|note| last.is_none_or(|last| note.number <= last)).collect();
        let mut chars = 0;
        let fits = |note: &&&Note| {
            let first = chars == 0;
            chars += note.words.chars().count();
            first || chars <= SHOWN_CHARS_MAX
        };
        let shown = upto.iter().rev().take(SHOWN_MAX).take_while(fits).count();
        let (earlier, shown) = upto.split_at(upto.len() - shown);
        let say = match (shown, last) {
            ([], Some(number)) if !notes.is_empty() => Notes::NoSuchNote { number },
            ([], _) => Notes::None,
            _ => Notes::Listed {
                lines: shown.iter().map(|note| self.line_of(member, note)).collect(),
                earlier: earlier.last().map(|note| note.number),
                all: notes.len(),
            },
        };
        self.tell(member, say);
    }

    /// Sends all of them as a file, by the days on which they were written. They have so few bytes together that one message can say
    /// them where no file can be sent.
    pub(super) fn export_notes(&mut self, member: MemberId) {
        let mut notes = self.state.notebook(member).map(Notebook::notes).unwrap_or_default();
        if notes.is_empty() {
            self.tell(member, Notes::None);
            return;
        }
        notes.sort_by_key(|note| (note.at, note.number));
        let day = |note: &Note| self.settings.office.day(note.at);
        let days: Vec<NoteDay> = notes
            .chunk_by(|one, next| day(one) == day(next))
            .map(|of_day| NoteDay {
                at: of_day.first().map_or(self.now, |note| note.at),
                lines: of_day.iter().map(|note| self.line_of(member, note)).collect(),
            })
            .collect();
        self.tell(member, Notes::Follows { all: days.iter().map(|day| day.lines.len()).sum() });
        self.tell(member, Notes::File { days, at: self.now });
    }

    pub(super) fn delete_note(&mut self, said: &Said, number: Option<u32>) {
        let member = said.member;
        let Some(number) = number else {
            let none = self.state.notebook(member).is_none_or(|book| book.notes().is_empty());
            self.tell(member, if none { Notes::None } else { Notes::DeleteWhich });
            return;
        };
        if self.state.notebook(member).is_none_or(|book| book.note(number).is_none()) {
            self.tell(member, Notes::NoSuchNote { number });
            return;
        }
        if !self.is_proven(said) {
            return;
        }
        if let Some(book) = self.state.notebooks.get_mut(member) {
            book.delete(number);
        }
        self.tell(member, Notes::Deleted { number });
    }

    /// Lets go of all notes of a member.
    pub(crate) fn drop_notes(&mut self, member: MemberId) {
        self.state.notebooks.take(member);
    }

    fn line_of(&self, member: MemberId, note: &Note) -> NoteLine {
        NoteLine {
            number: note.number,
            at: note.at,
            about: note.about.and_then(|id| self.meant(member, id)),
            question: note.question.clone(),
            words: note.words.clone(),
        }
    }

    /// The introduction that a note of this member's can only be about: the one person they have met, or else the one they
    /// have asked to meet.
    fn plainly_about(&self, member: MemberId) -> Option<IntroductionId> {
        let all = self.state.introductions_of(member);
        let met = |one: &&&Introduction| matches!(one.stage, Stage::Met { .. });
        let asked = |one: &&&Introduction| one.requester == member;
        let only = |fits: &dyn Fn(&&&Introduction) -> bool| {
            let mut found = all.iter().filter(fits);
            let first = found.next();
            first.filter(|_| found.next().is_none()).map(|one| one.id)
        };
        if all.iter().any(|one| met(&one)) { only(&met) } else { only(&asked) }
    }
}
