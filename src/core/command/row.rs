//! One row for each command: all that holds for it, whoever writes it.

use super::overheard::{InPublic, Seems};
use crate::policy::Feature;

/// All that holds for one command.
#[derive(Debug, Clone)]
pub struct Row {
    /// An example of it, as people type it.
    pub words: &'static str,
    /// The traits that it has and not every command has.
    pub traits: &'static [Trait],
    /// Its look in a room for many: a command, or talk.
    pub in_public: InPublic,
}

/// Something that holds for some commands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trait {
    /// It is there where the service offers this. Nothing is needed to end what was begun.
    Needs(Feature),
    /// It counts only for somebody who has agreed to the boundaries.
    OnceAgreed,
    /// Somebody whom nobody has verified can use it.
    Visitors,
    /// Members who take no part in introductions can use it.
    Bystanders,
    /// Somebody who is a member no longer can use it.
    Former,
    /// Its writer still looks at the part of the mentors' list that they were shown.
    KeepsList,
    /// It steers the draft in hand, and is none of its words.
    Steers,
    /// By it somebody looks after themselves, so it is never taken for words that are meant for somebody else.
    AtOnce,
    /// It chooses among the things that its writer was shown for that.
    Chooses,
    /// The answer to "help" names it.
    InHelp,
    /// README.md does not name it: the porter understands it, and nobody has to know.
    Undocumented,
}

impl Row {
    /// The row of a command that is talk in a room for many.
    pub(crate) fn of(words: &'static str, traits: &'static [Trait]) -> Self {
        Self { words, traits, in_public: InPublic::Is(Seems::Talk) }
    }

    /// The row, where the command seems to be something else there.
    pub(crate) fn in_public(self, in_public: InPublic) -> Self {
        Self { in_public, ..self }
    }

    /// Whether this holds for the command.
    pub fn is(&self, what: Trait) -> bool {
        self.traits.contains(&what)
    }
}

/// Makes the rows of a kind of command: words, [traits](Trait), and what it seems to be in a room for many, which is talk
/// where nothing stands. A command without a row does not compile.
///
/// Behind `of` stand the commands that hold one of another kind, which has their rows.
macro_rules! rows {
    (
        $kind:ident {
            $($command:pat => $words:literal [$($trait:ident $(($feature:ident))?),*] $($in_public:expr)?;)*
        }
        $(of { $($whole:pat => $part:ident: $of:ident;)* })?
    ) => {
        impl $kind {
            /// Words for each command of this kind.
            pub fn all_words() -> Vec<&'static str> {
                [&[$($words),*][..], $($(&$of::all_words()),*)?].concat()
            }

            /// All that holds for this command.
            pub fn row(&self) -> $crate::command::row::Row {
                use $crate::command::row::{Row, Trait};
                match self {
                    $($command => {
                        Row::of($words, &[$(Trait::$trait $(($crate::policy::Feature::$feature))?),*])
                            $(.in_public($in_public))?
                    })*
                    $($($whole => $part.row(),)*)?
                }
            }
        }
    };
}

pub(crate) use rows;

#[cfg(test)]
mod tests {
    use super::super::{Command, read};

    #[test]
    fn the_words_of_each_row_are_read_as_the_command_whose_row_it_is() {
        for words in Command::all_words() {
            assert_eq!(read(words).row().words, words);
        }
    }
}
