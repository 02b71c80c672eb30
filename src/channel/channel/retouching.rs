//! Messages that their writer edits or takes away, and those that are not in words.
//!
//! The first words count, so the new words of an edit are never looked at. Words that are taken away
//! before they were read count for nothing.

use lodge_core::id::{MemberId, WordsId};
use lodge_core::input::Input;
use lodge_core::name::Address;
use lodge_core::time::Timestamp;
use lodge_ground::bounded::LeftOut;
use lodge_matrix::homeserver::RoomRef;

use super::cause::Cause;
use super::{Channel, Place};
use crate::homeserver::EventRef;
use crate::news::Retouched;
use crate::store::StoreError;

impl Channel {
    /// A message was edited. Its writer is told as long as they are listened to at all.
    pub(super) fn edited(
        &mut self,
        room: &RoomRef,
        event: &EventRef,
        edit: &Retouched,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        match self.writer(room, edit) {
            Some(member) if self.hears_more_of(member, now) => {
                self.step(Cause::Heard(event), Input::Edited(member, self.words_id(&edit.message)), now)
            }
            Some(_) | None => Ok(()),
        }
    }

    /// A message was taken away.
    pub(super) fn redacted(
        &mut self,
        room: &RoomRef,
        event: &EventRef,
        taken: &Retouched,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Some(member) = self.writer(room, taken) else { return Ok(()) };
        let sealed = self.waiting.take(&taken.message, self.engine.batch())?;
        let unread = self.paces.take_out(member, &taken.message, self.engine.batch())?;
        self.step(Cause::Heard(event), Input::TakenAway(member, self.words_id(&taken.message)), now)?;
        if sealed.is_some_and(|taken| taken.owes) {
            self.left_out(member, event, LeftOut::Sealed, now)?;
        }
        if unread.is_some_and(|(_, owes)| owes) { self.left_out(member, event, LeftOut::Hurried, now) } else { Ok(()) }
    }

    /// Something came that is not in words. Its sender hears that it was not read, once in a while.
    pub(super) fn wordless(
        &mut self,
        room: &RoomRef,
        event: &EventRef,
        by: &Address,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        match self.conversation_of(room, by) {
            Some(member) if self.paces.answers_wordless(member, now) => {
                self.step(Cause::Heard(event), Input::Wordless(member), now)
            }
            Some(_) | None => Ok(()),
        }
    }

    /// The name that the core has for these words.
    pub(super) fn words_id(&self, event: &EventRef) -> WordsId {
        self.ids(Cause::Words(event)).draw()
    }

    /// The member whose conversation this is, where they did this themselves.
    fn writer(&self, room: &RoomRef, retouched: &Retouched) -> Option<MemberId> {
        self.conversation_of(room, &retouched.by)
    }

    fn conversation_of(&self, room: &RoomRef, by: &Address) -> Option<MemberId> {
        let Some(Place::Conversation(member)) = self.places.get(room).copied() else { return None };
        self.engine.address(member).is_some_and(|own| own == *by).then_some(member)
    }
}

#[cfg(test)]
mod tests {
    use lodge_core::say::{NotTaken, Say, Unchanged};
    use lodge_core::time::Span;

    use super::super::trial::{self, NOW, Trial};
    use super::*;
    use crate::news::Heard;
    use crate::perform::What;

    fn address(who: &str) -> Address {
        Address::exact(&format!("@{who}:example.org")).unwrap()
    }

    /// Sam writes this, from a ciphertext of its own.
    fn says(trial: &mut Trial, body: &str) -> EventRef {
        let room = trial.room(trial.sam());
        let event = trial.hear(&room, Heard::Text(trial::words(address("sam"), body)));
        trial.settle();
        trial.show_all();
        event
    }

    fn retouches(trial: &mut Trial, by: &str, message: &EventRef, heard: fn(Retouched) -> Heard) {
        let room = trial.room(trial.sam());
        trial.hear(&room, heard(Retouched { by: address(by), message: message.clone() }));
        trial.settle();
    }

    fn said(trial: &Trial, which: fn(&Say) -> bool) -> usize {
        trial.done.iter().filter(|done| matches!(done, What::Say { say, .. } if which(say))).count()
    }

    #[test]
    fn i07_whoever_edits_their_message_hears_what_stands_and_nobody_else_does() {
        let mut trial = Trial::new();
        trial.show_all();
        let unread = says(&mut trial, "hullo there");
        says(&mut trial, "agree");
        let draft = says(&mut trial, "introduce @alex:example.org for career advice");
        trial.done.clear();
        retouches(&mut trial, "alex", &draft, Heard::Edited);
        assert!(trial.done.is_empty(), "{:?}", trial.done);
        retouches(&mut trial, "sam", &draft, Heard::Edited);
        assert_eq!(said(&trial, |say| *say == Unchanged::Draft { gone: false }.into()), 1);
        retouches(&mut trial, "sam", &unread, Heard::Edited);
        assert_eq!(said(&trial, |say| *say == Unchanged::Nothing.into()), 1);
        retouches(&mut trial, "sam", &draft, Heard::Redacted);
        assert_eq!(said(&trial, |say| *say == Unchanged::Draft { gone: true }.into()), 1);
        retouches(&mut trial, "sam", &unread, Heard::Redacted);
        assert_eq!(said(&trial, |_| true), 3, "words that counted for nothing can go");
    }

    #[test]
    fn what_is_taken_away_before_it_was_read_is_never_read() {
        let mut trial = Trial::new();
        trial.show_all();
        says(&mut trial, "agree");
        trial.done.clear();
        let room = trial.room(trial.sam());
        let sealed = trial.hear(&room, Heard::Sealed(r#"{"sender":"@sam:example.org"}"#.to_owned()));
        retouches(&mut trial, "sam", &sealed, Heard::Redacted);
        assert_eq!(trial.engine.sealed().count(), 0);
        let help = || Heard::Text(trial::words(address("sam"), "help"));
        let mut last = trial.hear(&room, help());
        for _ in 0..100 {
            last = trial.hear(&room, help());
        }
        trial.settle();
        let read = said(&trial, |say| matches!(say, Say::Help { .. }));
        assert!(read < 101, "the last is not read yet");
        retouches(&mut trial, "sam", &last, Heard::Redacted);
        trial.commit();
        trial.restart();
        for minute in 1..20 {
            let later = NOW.after(Span::from_millis(60_000 * minute));
            trial.engine.tick(later).unwrap();
            trial.settle();
        }
        assert_eq!(said(&trial, |say| matches!(say, Say::Help { .. })), 100);
    }

    #[test]
    fn whoever_sends_something_without_words_hears_once_an_hour_that_it_was_not_counted() {
        let mut trial = Trial::new();
        let (room, said_so) =
            (trial.room(trial.sam()), |say: &Say| matches!(say, Say::NotTaken(NotTaken::Wordless { .. })));
        trial.done.clear();
        trial.hear(&room, Heard::Wordless(address("alex")));
        trial.hear(&RoomRef("!elsewhere".to_owned()), Heard::Wordless(address("sam")));
        trial.settle();
        assert!(trial.done.is_empty(), "{:?}", trial.done);
        for _ in 0..100 {
            trial.hear(&room, Heard::Wordless(address("sam")));
            trial.settle();
        }
        assert_eq!((said(&trial, said_so), said(&trial, |_| true)), (1, 1));
        let news = vec![crate::news::News {
            event: EventRef("$later".to_owned()),
            at: NOW,
            heard: Heard::Wordless(address("sam")),
        }];
        let rooms = vec![crate::news::RoomNews { room, gap: None, news }];
        let later = crate::news::Delivery { token: "later".to_owned(), rooms, invitations: vec![] };
        trial.engine.deliver(later, NOW.after(Span::from_millis(3_600_000))).unwrap();
        trial.settle();
        assert_eq!(said(&trial, said_so), 2);
    }

    #[test]
    fn nobody_is_answered_for_edits_without_end() {
        let mut trial = Trial::new();
        trial.show_all();
        let message = says(&mut trial, "hullo there");
        trial.done.clear();
        for _ in 0..500 {
            retouches(&mut trial, "sam", &message, Heard::Edited);
        }
        let answers = said(&trial, |_| true);
        assert!((1..100).contains(&answers), "{answers}");
    }
}
