//! Words that their writer edits or takes away afterwards, and messages without words.
//!
//! The first words count (requirement I7), and their writer hears so, with the thing that stands and the way to change
//! it. But a yes that is taken away before the room is open is taken back: nobody is introduced by words that are gone.
//! A channel's operator can make both up, and so take back a consent; they can give none.

use crate::dialogue::Counts;
use crate::id::{IntroductionId, MemberId, WordsId};
use crate::input::Said;
use crate::introduction::{Party, Stage};
use crate::people::member::Standing;
use crate::say::{NotTaken, Unchanged};
use crate::turn::Turn;

impl Turn<'_> {
    /// Keeps the purpose for which these words have counted in this step, if they have.
    pub(crate) fn count(&mut self, said: &Said) {
        if let Some(counts) = self.counts
            && let Some(dialogue) = self.dialogue(said.member)
        {
            dialogue.count(said.words, counts);
        }
    }

    /// Somebody edited words of theirs.
    pub(crate) fn edited(&mut self, member: MemberId, words: WordsId) {
        let Some(own) = self.state.member(member) else { return };
        let counted = own.dialogue.counted(words);
        let stands = counted.and_then(|counts| self.unchanged(member, counts, false)).unwrap_or(Unchanged::Nothing);
        self.tell(member, stands);
    }

    /// Somebody took words of theirs away.
    pub(crate) fn words_taken_away(&mut self, member: MemberId, words: WordsId) {
        let Some(counts) = self.state.member(member).and_then(|own| own.dialogue.counted(words)) else { return };
        if let Counts::Yes(id) = counts
            && self.is_before_the_room(id)
        {
            return self.take_it_back(member, id);
        }
        if let Some(stands) = self.unchanged(member, counts, true) {
            self.tell(member, stands);
        }
    }

    /// Somebody sent something that is not in words: they hear the words that would count.
    pub(crate) fn wordless(&mut self, member: MemberId) {
        let Some(own) = self.state.member(member) else { return };
        if own.standing != Standing::Current {
            return;
        }
        let draft = own.dialogue.draft.is_some();
        let open = self.open_prompts(member).into_iter().map(|(number, of, _)| (number, of)).collect();
        self.tell(member, NotTaken::Wordless { open, draft });
    }

    fn is_before_the_room(&self, id: IntroductionId) -> bool {
        self.state.introduction(id).is_some_and(|introduction| match introduction.stage {
            Stage::Waiting(_) | Stage::Opening { .. } | Stage::Invited { .. } => true,
            Stage::Met { .. } | Stage::Ended { .. } => false,
        })
    }

    /// The matter that words counted for, as it stands; `None` where it is over.
    fn unchanged(&self, member: MemberId, counts: Counts, gone: bool) -> Option<Unchanged> {
        let id = match counts {
            Counts::Draft => {
                let draft = &self.state.member(member)?.dialogue.draft;
                return draft.as_ref().map(|_| Unchanged::Draft { gone });
            }
            Counts::Request(id) | Counts::Yes(id) | Counts::No(id) => id,
        };
        let introduction = self.state.introduction(id)?;
        match (&introduction.stage, introduction.party(member)?) {
            (Stage::Ended { .. }, _) => None,
            (_, Party::Requester) => Some(Unchanged::Request { to: introduction.named.clone(), gone }),
            (Stage::Waiting(_), Party::Addressee) => {
                let (number, which) = (self.number_of(member, id)?, self.meant(member, id)?);
                Some(Unchanged::No { number, which, gone })
            }
            (Stage::Opening { .. } | Stage::Invited { .. } | Stage::Met { .. }, Party::Addressee) => {
                Some(Unchanged::Yes { which: self.meant(member, id)?, gone })
            }
        }
    }
}
