//! Asking for a consent: the terms, the messages that showed them, and the word that answers them.

use lodge_ground::bounded::AtMost;
use serde::{Deserialize, Serialize};

use super::{Consent, Shown, Terms, Versions, shown};
use crate::id::{ConsentId, EffectId, MemberId};
use crate::input::{Proof, Said};
use crate::people::member::{Fields, Member};
use crate::time::Timestamp;

/// Of the messages that showed the same terms, the last ones are kept, at most this many.
const SHOWN_MAX: usize = 100;

/// Terms that were put to a member, with the messages that showed all of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "AskRow")]
pub struct Ask {
    terms: Terms,
    /// The fields they could add, as they were shown.
    more: Vec<Shown>,
    shown: AtMost<EffectId, SHOWN_MAX>,
}

/// The form in which an [`Ask`] is kept. Older rows have the terms alone, and do not know by which messages they were
/// shown.
#[derive(Deserialize)]
#[serde(untagged)]
enum AskRow {
    Now { terms: Terms, more: Vec<Shown>, shown: AtMost<EffectId, SHOWN_MAX> },
    Older(Terms),
}

impl From<AskRow> for Ask {
    fn from(row: AskRow) -> Self {
        match row {
            AskRow::Now { terms, more, shown } => Self { terms, more, shown },
            AskRow::Older(terms) => Self::new(terms),
        }
    }
}

impl Ask {
    /// Terms that are about to be shown.
    pub fn new(terms: Terms) -> Self {
        Self { terms, more: vec![], shown: AtMost::default() }
    }

    /// The question that a request puts to its addressee, who can add any other detail that they let people see.
    pub fn of_addressee(asked: &Consent, own: &Member, versions: &Versions) -> Self {
        let terms = Terms::of_answer(asked, own, versions);
        let more = own.fields().difference(terms.after_both()).copied().collect();
        Self { more: shown(own, &more), terms, shown: AtMost::default() }
    }

    /// The terms that are asked for.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// The fields they could add, with their values.
    pub fn more(&self) -> &[Shown] {
        &self.more
    }

    /// The messages that showed all of it.
    pub fn shown(&self) -> Vec<EffectId> {
        self.shown.iter().copied().collect()
    }

    /// Whether another shows the same, word for word.
    pub fn is_same(&self, other: &Self) -> bool {
        self.terms == other.terms && self.more == other.more
    }

    /// This message shows all of it.
    pub fn shown_by(&mut self, message: EffectId) {
        self.shown.push(message);
    }

    /// Takes out a message that was never sent.
    pub fn never_shown_by(&mut self, message: EffectId) {
        self.shown.retain(|shown| *shown != message);
    }

    /// Records a yes to it, with these of the details that could be added. `None` when the word answers something else,
    /// or adds a detail that was not shown.
    pub fn accept(self, word: Word, more: &Fields, id: ConsentId, at: Timestamp, until: Timestamp) -> Option<Consent> {
        let Self { terms, more: offered, shown } = self;
        let added: Vec<Shown> = offered.into_iter().filter(|shown| more.contains(&shown.field())).collect();
        if word.answers.is_none_or(|answers| !shown.contains(&answers)) || added.len() != more.len() {
            return None;
        }
        Some(Consent { id, giver: word.speaker, terms: terms.with_more(added), given_at: at, until })
    }
}

/// Proof that the member themselves typed an answer, on a device that is theirs, and after a message of the porter's
/// that showed the terms. It is good for one answer.
#[derive(Debug)]
pub struct Word {
    speaker: MemberId,
    answers: Option<EffectId>,
}

/// The reasons for which words are no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoWord {
    /// No question that they could answer stood before them.
    Early,
    /// Nothing proves that they are the speaker's.
    Unproven,
}

impl Word {
    /// The word of the member who said this, in answer to the first of these messages that stood before it.
    ///
    /// Edits, reactions and forwarded messages never become a [`Said`].
    pub fn of(said: &Said, shown: &[EffectId]) -> Result<Self, NoWord> {
        let answers = shown.iter().copied().find(|message| said.before.stood(*message)).ok_or(NoWord::Early)?;
        match said.proof {
            Proof::Proven => Ok(Self { speaker: said.member, answers: Some(answers) }),
            Proof::Unconfirmed | Proof::Unproven => Err(NoWord::Unproven),
        }
    }

    /// The word of the member who said this, as a consent to show the text they typed themselves. It answers nothing.
    pub fn typed(said: &Said) -> Option<Self> {
        match said.proof {
            Proof::Proven => Some(Self { speaker: said.member, answers: None }),
            Proof::Unconfirmed | Proof::Unproven => None,
        }
    }

    /// Whether it was given in answer to this message.
    pub(super) fn is_answer_to(&self, message: EffectId) -> bool {
        self.answers == Some(message)
    }

    /// The member who gave the word.
    pub fn speaker(&self) -> MemberId {
        self.speaker
    }
}
