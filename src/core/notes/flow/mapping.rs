//! The network map is shown, and lines are added and taken out.

use super::super::Notebook;
use super::super::network::{LINE_CHARS_MAX, LINES_MAX, List, Spot, reaches};
use crate::id::MemberId;
use crate::input::Said;
use crate::name::clean_line;
use crate::say::Notes;
use crate::turn::Turn;

impl Turn<'_> {
    pub(super) fn show_network(&mut self, member: MemberId) {
        let lines: Vec<Spot> = self.state.notebook(member).into_iter().flat_map(Notebook::map).cloned().collect();
        let mentors = self.settings.offers.mentors;
        let map = (!lines.is_empty()).then(|| Notes::Map { lines: lines.clone() });
        self.tell(member, Notes::Network { lines, mentors });
        if let Some(map) = map {
            self.tell(member, map);
        }
    }

    pub(super) fn add_to_network(&mut self, member: MemberId, list: List, words: &str) {
        let words = clean_line(words);
        let found = words.chars().count();
        let say = match found {
            0 => Notes::NothingToAdd,
            _ if found > LINE_CHARS_MAX => Notes::TooLong { limit: LINE_CHARS_MAX, found },
            _ if reaches(&words) => Notes::NoAddresses,
            _ => {
                let mut book = self.state.notebook(member).cloned().unwrap_or_else(|| Notebook::new(member));
                match book.add(list, words.clone()) {
                    Ok(number) => {
                        self.state.notebooks.put(book);
                        Notes::Added { line: Spot { number, list, words }, mentors: self.settings.offers.mentors }
                    }
                    Err(_) => Notes::ListFull { most: LINES_MAX },
                }
            }
        };
        self.tell(member, say);
    }

    pub(super) fn remove_from_network(&mut self, said: &Said, number: Option<u32>) {
        let member = said.member;
        let book = self.state.notebook(member);
        let there = number.filter(|number| book.is_some_and(|book| book.map().any(|line| line.number == *number)));
        let Some(number) = there else {
            self.tell(member, Notes::RemoveWhich);
            return;
        };
        if !self.is_proven(said) {
            return;
        }
        let removed = self.state.notebooks.get_mut(member).and_then(|book| book.remove(number));
        if let Some(Spot { words, .. }) = removed {
            self.tell(member, Notes::Removed { words });
        }
    }
}
