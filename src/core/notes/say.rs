//! The porter's messages about notes: to their author, and to nobody else.

use serde::{Deserialize, Serialize};

use super::network::{self, List, Spot};
use super::reflection::Occasion;
use crate::arranging::say::other;
use crate::consent::Disclosure;
use crate::say::{Meant, Say};
use crate::time::Timestamp;
use crate::wording::{Arg, Drawing, File, Wording, nth, number};

/// A message about somebody's own notes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notes {
    /// The words are kept.
    Kept {
        /// The number of the note.
        number: u32,
        /// The other person of the introduction that it is about.
        about: Option<Meant>,
    },
    /// They wrote "note" and no words.
    NothingToKeep,
    /// There are too many notes already.
    Full,
    /// The words are too many for one note.
    TooLong {
        /// The most, in characters.
        limit: usize,
        /// The number of characters there were.
        found: usize,
    },
    /// Some of their notes.
    Listed {
        /// The notes, oldest first.
        lines: Vec<NoteLine>,
        /// The number up to which those before them are shown, if there are any.
        earlier: Option<u32>,
        /// The number of notes they have.
        all: usize,
    },
    /// They have none.
    None,
    /// The note is deleted.
    Deleted {
        /// The number that it had.
        number: u32,
    },
    /// There is no note with that number.
    NoSuchNote {
        /// The number they gave.
        number: u32,
    },
    /// Which note is to be deleted?
    DeleteWhich,
    /// All their notes come as a file, below this.
    Follows {
        /// The number of notes in it.
        all: usize,
    },
    /// That file.
    File {
        /// The days on which they wrote notes, oldest first.
        days: Vec<NoteDay>,
        /// The time at which they asked for it.
        at: Timestamp,
    },
    /// All their notes in one text, in the place of a file that could not be sent.
    Export {
        /// The notes, oldest first.
        lines: Vec<NoteLine>,
        /// The time at which they asked for it.
        at: Timestamp,
    },
    /// A question of a reflection.
    Reflect {
        /// Its place, counted from 1.
        place: usize,
        /// The number of questions.
        of: usize,
        /// The question, in the service's words.
        question: String,
        /// Their answer so far, if there is one.
        had: Option<String>,
        /// The beginning of the reflection, which this message is.
        begins: Option<Begins>,
    },
    /// The reflection waits until they go on.
    Saved {
        /// The answers that are kept.
        kept: usize,
    },
    /// They want no more of it.
    Dropped {
        /// The answers that are kept.
        kept: usize,
    },
    /// The network map.
    Network {
        /// Its lines, in the order in which they were written.
        lines: Vec<Spot>,
        /// Whether there is a list of mentors, where wishes and gaps can be looked for.
        mentors: bool,
    },
    /// The network map as a picture.
    Map {
        /// Its lines, in the order in which they were written.
        lines: Vec<Spot>,
    },
    /// A line was added to it.
    Added {
        /// The line.
        line: Spot,
        /// Whether there is a list of mentors.
        mentors: bool,
    },
    /// A line is gone from it.
    Removed {
        /// The words that stood there.
        words: String,
    },
    /// There is no line with that number, or they gave none.
    RemoveWhich,
    /// They gave no words for a line.
    NothingToAdd,
    /// The list has as many lines as it can.
    ListFull {
        /// The most.
        most: usize,
    },
    /// The words hold an address or a telephone number, which a map needs not.
    NoAddresses,
    /// It is over.
    Reflected {
        /// The answers that are kept.
        kept: usize,
        /// Whether there is a list of mentors.
        mentors: bool,
    },
}

/// A note as its author reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteLine {
    /// The number by which it is named.
    pub number: u32,
    /// The time at which it was written.
    pub at: Timestamp,
    /// The other person of the introduction that it is about.
    pub about: Option<Meant>,
    /// The question that it answers.
    pub question: Option<String>,
    /// The author's words.
    pub words: String,
}

/// The notes of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteDay {
    /// A moment of that day.
    pub at: Timestamp,
    /// The notes, in the order in which they were written.
    pub lines: Vec<NoteLine>,
}

/// The beginning of a reflection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begins {
    /// The matter that it is about.
    pub occasion: Occasion,
    /// The other person, if it is about one.
    pub about: Option<Meant>,
}

impl From<Notes> for Say {
    fn from(say: Notes) -> Self {
        Self::Notes(say)
    }
}

impl Notes {
    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        use Arg::{Day, Lines, Text};
        match self {
            Self::Kept { number, about } => {
                Wording::with("note-kept", [vec![("number", nth(*number))], whom(about.as_ref())].concat())
            }
            Self::NothingToKeep => Wording::plain("note-nothing"),
            Self::Full => Wording::plain("notes-full"),
            Self::TooLong { limit, found } => {
                Wording::with("note-too-long", vec![("limit", number(*limit)), ("found", number(*found))])
            }
            Self::Listed { lines, earlier, all } => Wording::with(
                "notes",
                vec![
                    ("all", number(*all)),
                    ("shown", number(lines.len())),
                    ("lines", Lines(lines.iter().map(|line| line.wording("note-line")).collect())),
                    ("earlier", nth(earlier.unwrap_or_default())),
                ],
            ),
            Self::None => Wording::plain("notes-none"),
            Self::Deleted { number } => Wording::with("note-deleted", vec![("number", nth(*number))]),
            Self::NoSuchNote { number } => Wording::with("note-not-there", vec![("number", nth(*number))]),
            Self::DeleteWhich => Wording::plain("note-delete-which"),
            Self::Follows { all } => Wording::with("notes-follow", vec![("all", number(*all))]),
            Self::File { days, at } => Wording::with(
                "notes-file",
                vec![("at", Day(*at)), ("days", Lines(days.iter().map(NoteDay::wording).collect()))],
            ),
            Self::Export { lines, at } => Wording::with(
                "notes-export",
                vec![
                    ("at", Day(*at)),
                    ("lines", Lines(lines.iter().map(|line| line.wording("note-exported")).collect())),
                ],
            ),
            Self::Reflect { place, of, question, had, begins } => Wording::with(
                "reflect",
                vec![
                    ("begins", Lines(begins.iter().map(|begins| begins.wording(*of)).collect())),
                    ("place", number(*place)),
                    ("of", number(*of)),
                    ("question", Text(question.clone())),
                    ("had", Text(had.clone().unwrap_or_default())),
                    ("has", number(usize::from(had.is_some()))),
                ],
            ),
            Self::Saved { kept } => Wording::with("reflection-saved", vec![("kept", number(*kept))]),
            Self::Dropped { kept } => Wording::with("reflection-dropped", vec![("kept", number(*kept))]),
            Self::Network { lines, mentors } => {
                let all = List::ALL.into_iter().flat_map(|list| of_list(list, lines, *mentors));
                Wording::with("network", vec![("count", number(lines.len())), ("lists", Lines(all.collect()))])
            }
            Self::Map { lines } => {
                let count = |list| number(lines.iter().filter(|line| line.list == list).count());
                let [know, want, gap] = List::ALL.map(count);
                Wording::with("network-map", vec![("know", know), ("want", want), ("gap", gap)])
            }
            Self::Added { line, mentors } => {
                Wording::with("network-added", vec![("line", Lines(vec![spot(line, *mentors)]))])
            }
            Self::Removed { words } => Wording::with("network-removed", vec![("words", Text(words.clone()))]),
            Self::RemoveWhich => Wording::plain("network-remove-which"),
            Self::NothingToAdd => Wording::plain("network-nothing"),
            Self::ListFull { most } => Wording::with("network-full", vec![("most", number(*most))]),
            Self::NoAddresses => Wording::plain("network-no-addresses"),
            Self::Reflected { kept, mentors } => {
                Wording::with("reflected", vec![("kept", number(*kept)), ("mentors", number(usize::from(*mentors)))])
            }
        }
    }

    /// Whether it is a file, or a picture.
    pub(crate) fn is_file(&self) -> bool {
        matches!(self, Self::File { .. } | Self::Map { .. })
    }

    /// The picture that it is, from its wording in words.
    pub(crate) fn drawing(&self, words: &str) -> Option<Drawing> {
        if let Self::Map { lines } = self { Some(network::drawing(lines, words)) } else { None }
    }

    /// The file that it is, from its wording in words.
    pub(crate) fn file(&self, words: &str) -> Option<File> {
        matches!(self, Self::File { .. }).then(|| File {
            name: "notes.txt",
            media_type: "text/plain",
            bytes: format!("{words}\n").into(),
        })
    }

    /// The message that its reader gets where the file that it is cannot be sent.
    pub(crate) fn instead(&self) -> Option<Self> {
        let Self::File { days, at } = self else { return None };
        Some(Self::Export { lines: days.iter().flat_map(|day| day.lines.clone()).collect(), at: *at })
    }

    /// Whether it shows anybody's words or details.
    pub(crate) fn shows_details(&self) -> bool {
        match self {
            Self::Listed { .. }
            | Self::Export { .. }
            | Self::File { .. }
            | Self::Reflect { .. }
            | Self::Kept { .. }
            | Self::Network { .. }
            | Self::Map { .. }
            | Self::Added { .. }
            | Self::Removed { .. } => true,
            Self::NothingToKeep
            | Self::Full
            | Self::TooLong { .. }
            | Self::None
            | Self::Deleted { .. }
            | Self::NoSuchNote { .. }
            | Self::DeleteWhich
            | Self::Follows { .. }
            | Self::Saved { .. }
            | Self::Dropped { .. }
            | Self::RemoveWhich
            | Self::NothingToAdd
            | Self::ListFull { .. }
            | Self::NoAddresses
            | Self::Reflected { .. } => false,
        }
    }

    /// The disclosures by which it names other people.
    pub(crate) fn disclosures(&self) -> Vec<&Disclosure> {
        let about: Vec<&Meant> = match self {
            Self::Listed { lines, .. } | Self::Export { lines, .. } => {
                lines.iter().filter_map(|line| line.about.as_ref()).collect()
            }
            Self::File { days, .. } => {
                days.iter().flat_map(|day| &day.lines).filter_map(|line| line.about.as_ref()).collect()
            }
            Self::Kept { about, .. } => about.iter().collect(),
            Self::Reflect { begins, .. } => begins.iter().filter_map(|begins| begins.about.as_ref()).collect(),
            Self::NothingToKeep
            | Self::Full
            | Self::TooLong { .. }
            | Self::None
            | Self::Deleted { .. }
            | Self::NoSuchNote { .. }
            | Self::DeleteWhich
            | Self::Follows { .. }
            | Self::Saved { .. }
            | Self::Dropped { .. }
            | Self::Network { .. }
            | Self::Map { .. }
            | Self::Added { .. }
            | Self::Removed { .. }
            | Self::RemoveWhich
            | Self::NothingToAdd
            | Self::ListFull { .. }
            | Self::NoAddresses
            | Self::Reflected { .. } => vec![],
        };
        about.into_iter().filter_map(Meant::disclosure).collect()
    }
}

impl NoteLine {
    /// With the day on which it was written.
    fn wording(&self, id: &'static str) -> Wording {
        let mut line = self.of_its_day(id);
        line.args.push(("at", Arg::Day(self.at)));
        line
    }

    fn of_its_day(&self, id: &'static str) -> Wording {
        let question = self.question.clone();
        let own = vec![
            ("number", nth(self.number)),
            ("asked", number(usize::from(question.is_some()))),
            ("question", Arg::Text(question.unwrap_or_default())),
            ("words", Arg::Text(self.words.clone())),
        ];
        Wording::with(id, [own, whom(self.about.as_ref())].concat())
    }
}

impl NoteDay {
    fn wording(&self) -> Wording {
        let lines = self.lines.iter().map(|line| line.of_its_day("notes-file-note")).collect();
        Wording::with("notes-file-day", vec![("day", Arg::Day(self.at)), ("lines", Arg::Lines(lines))])
    }
}

impl Begins {
    fn wording(&self, of: usize) -> Wording {
        let id = match self.occasion {
            Occasion::Talk => "reflect-on-talk",
            Occasion::NoTalk => "reflect-on-no-talk",
        };
        Wording::with(id, [vec![("of", number(of))], whom(self.about.as_ref())].concat())
    }
}

/// The lines of one list, below its name; nothing where there are none.
fn of_list(list: List, lines: &[Spot], mentors: bool) -> Vec<Wording> {
    let own: Vec<Wording> = lines.iter().filter(|line| line.list == list).map(|line| spot(line, mentors)).collect();
    let name = match list {
        List::Know => "network-know",
        List::Want => "network-want",
        List::Gap => "network-gap",
    };
    if own.is_empty() { own } else { [vec![Wording::plain(name)], own].concat() }
}

/// One line, with the words by which somebody for it can be looked for.
fn spot(line: &Spot, mentors: bool) -> Wording {
    let topic = line.topic().filter(|_| mentors);
    let own = vec![("number", nth(line.number)), ("words", Arg::Text(line.words.clone()))];
    match topic {
        Some(topic) => Wording::with("network-line-sought", [own, vec![("topic", Arg::Text(topic))]].concat()),
        None => Wording::with("network-line", own),
    }
}

/// The other person, and whether there is one.
fn whom(about: Option<&Meant>) -> Vec<(&'static str, Arg)> {
    let who = about.map_or(Arg::Text(String::new()), other);
    vec![("about", number(usize::from(about.is_some()))), ("who", who)]
}
