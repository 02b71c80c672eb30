//! The messages that put a question, and the words that answer it.
//!
//! Words answer only messages that stood before them in the conversation. A word that names nothing, such as "yes", a
//! number or a line, is the answer to the service's last message there, or to the one that it replies to, and to
//! nothing else.

use lodge_ground::bounded::AtMost;
use serde::{Deserialize, Serialize};

use crate::id::EffectId;
use crate::input::{Reply, Said};

/// The service's messages that put one question, once or again.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Asked {
    /// The messages that put it, the newest last.
    by: AtMost<EffectId, KEPT>,
    /// The one that put it again to somebody whose words answered nothing.
    again: Option<EffectId>,
}

/// Of the messages that put the same question, the newest are kept, and at most this many.
const KEPT: usize = 16;

impl Asked {
    /// Stands for all messages that stood in a conversation before anybody counted where they stand.
    pub const UNCOUNTED: EffectId = EffectId::from_bytes([0; 16]);

    /// The question of an older row, which did not tell what had put it.
    pub fn before_counting() -> Self {
        Self::by(Self::UNCOUNTED)
    }

    /// The question that this message puts.
    pub fn by(message: EffectId) -> Self {
        Self { by: [message].into_iter().collect(), again: None }
    }

    /// This message puts it too.
    pub fn and_by(&mut self, message: EffectId) {
        self.by.push(message);
    }

    /// The newest message put it again, for somebody's words answered nothing.
    pub fn was_put_again(&mut self) {
        self.again = self.by.last().copied();
    }

    /// This message does not stand in the conversation, and never will.
    pub fn not_by(&mut self, message: EffectId) {
        self.by.retain(|by| *by != message);
        self.again = self.again.filter(|again| *again != message);
    }

    /// The messages that put it.
    pub fn messages(&self) -> impl Iterator<Item = EffectId> {
        self.by.iter().copied()
    }

    /// Whether this message put it.
    pub fn is_by(&self, message: EffectId) -> bool {
        self.by.contains(&message)
    }

    /// Whether it stood before these words.
    pub fn stood(&self, said: &Said) -> bool {
        self.by.iter().any(|message| said.before.stood(*message))
    }

    /// Whether these words are a reply to a message that put it, and came after that.
    pub fn is_replied_to(&self, said: &Said) -> bool {
        match said.reply {
            Reply::To(message) => self.is_by(message) && said.before.stood(message),
            Reply::None | Reply::Elsewhere => false,
        }
    }

    /// Whether words can mean it that do not say which question they mean, but what for: it stood before them, and they
    /// are a reply to nothing else.
    pub fn can_be_meant(&self, said: &Said) -> bool {
        self.is_replied_to(said) || (said.reply == Reply::None && self.stood(said))
    }

    /// Whether words that name nothing answer it.
    pub fn is_answered(&self, said: &Said) -> bool {
        let last = said.before.last().is_some_and(|last| self.is_by(last));
        self.is_replied_to(said) || (said.reply == Reply::None && last)
    }

    /// Whether it was put again before, and the writer of these words has that still to read.
    pub fn comes_again(&self, said: &Said) -> bool {
        self.again.is_some_and(|again| !said.before.stood(again))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use lodge_ground::positions::Before;
    use lodge_ground::proof::Proof;

    use super::*;
    use crate::id::PersonId;

    fn message(number: u8) -> EffectId {
        EffectId::from_bytes([number; 16])
    }

    fn said(reply: Reply, stood: &[u8], last: Option<u8>) -> Said {
        let stood: BTreeSet<EffectId> = stood.iter().copied().map(message).collect();
        let before = Before::new(stood, last.map(message));
        Said {
            person: PersonId::from_bytes([9; 16]),
            text: "yes".to_owned(),
            reply,
            before,
            proof: Proof::Proven,
            is_further_device: false,
        }
    }

    #[test]
    fn words_that_name_nothing_answer_the_last_message_or_the_one_they_reply_to() {
        let mut asked = Asked::by(message(1));
        asked.and_by(message(2));
        let to = |number: u8| Reply::To(message(number));
        // Their reply, what stood before them, what stood last; whether they answer, can mean it, and it stood.
        for (reply, stood, last, expected) in [
            (Reply::None, &[][..], None, [false, false, false]),
            (Reply::None, &[1], Some(1), [true, true, true]),
            (Reply::None, &[1, 2], Some(2), [true, true, true]),
            (Reply::None, &[1], None, [false, true, true]),
            (Reply::None, &[1, 3], Some(3), [false, true, true]),
            (Reply::None, &[3], Some(3), [false, false, false]),
            (Reply::Elsewhere, &[1], Some(1), [false, false, true]),
            (to(3), &[1, 3], Some(1), [false, false, true]),
            (to(1), &[1, 3], Some(3), [true, true, true]),
            (to(1), &[1], None, [true, true, true]),
            // A homeserver can make any word a reply to anything.
            (to(2), &[1], Some(1), [false, false, true]),
        ] {
            let said = said(reply, stood, last);
            let found = [asked.is_answered(&said), asked.can_be_meant(&said), asked.stood(&said)];
            assert_eq!(found, expected, "{said:?}");
        }
    }

    #[test]
    fn a_question_comes_again_until_it_shows_or_its_message_is_given_up() {
        let mut asked = Asked::by(message(1));
        assert!(!asked.comes_again(&said(Reply::None, &[], None)));
        asked.and_by(message(2));
        asked.was_put_again();
        assert!(asked.comes_again(&said(Reply::None, &[1], Some(1))));
        assert!(!asked.comes_again(&said(Reply::None, &[1, 2], Some(2))));
        asked.not_by(message(2));
        assert!(!asked.comes_again(&said(Reply::None, &[1], Some(1))));
        assert!(!asked.is_by(message(2)));
    }

    #[test]
    fn of_many_messages_that_put_one_question_the_newest_are_kept() {
        let mut asked = Asked::default();
        for number in 0..40 {
            asked.and_by(message(number));
        }
        assert_eq!(asked.messages().collect::<Vec<_>>(), (24..40).map(message).collect::<Vec<_>>());
    }
}
