//! The positions of the porter's messages in each conversation, so that words answer only messages that stood before
//! them.
//!
//! A message stands where a sync response shows it, and not from the moment at which it was sent or its sending was
//! acknowledged: anything that its reader wrote meanwhile stands before it, in that room's own order. No clock takes
//! part.

use std::collections::BTreeSet;

use lodge_core::id::{EffectId, MemberId};
use lodge_core::input::Before;
use lodge_matrix::homeserver::RoomRef;

use super::{Channel, Place};
use crate::store::StoreError;
use crate::tables;

impl Channel {
    /// One of the porter's messages shows in a conversation. Words that show there after it were written after it.
    pub(super) fn stands(&mut self, message: EffectId, room: &RoomRef) -> Result<(), StoreError> {
        let Some(Place::Conversation(member)) = self.places.get(room).copied() else { return Ok(()) };
        let awaited = self.awaited(member);
        let Some(conversation) = self.conversations.get_mut(&member) else { return Ok(()) };
        if conversation.stage.room() != Some(room) {
            return Ok(());
        }
        conversation.stands.stands(message, &awaited);
        self.engine.batch().push(tables::put(&*conversation)?);
        Ok(())
    }

    /// The position of words that show in a member's conversation now: the number of the porter's messages there.
    pub(super) fn position(&self, member: MemberId) -> u64 {
        self.conversations.get(&member).map(|conversation| conversation.stands.position()).unwrap_or_default()
    }

    /// The messages that stood before words at this position in a room.
    pub(super) fn before(&self, member: MemberId, room: &RoomRef, position: u64) -> Before {
        let conversation = self.conversations.get(&member).filter(|one| one.stage.room() == Some(room));
        let kept =
            conversation.into_iter().flat_map(|one| &one.stands.places).map(|(message, place)| (*message, *place));
        let awaited = self.awaited(member);
        Before::at(position, kept.filter(|(message, _)| awaited.contains(message)))
    }

    /// Conversations of older rows did not count: their messages stood before everything that is heard from now on.
    pub(super) fn place_older(&mut self) {
        for row in self.said.values().filter(|row| row.prompt) {
            if let Some(conversation) = self.conversations.get_mut(&row.member)
                && conversation.stands.said.is_none()
            {
                conversation.stands.places.insert(row.effect, 0);
            }
        }
    }

    pub(super) fn awaited(&self, member: MemberId) -> BTreeSet<EffectId> {
        self.engine.state().member(member).into_iter().flat_map(|own| own.dialogue.awaited()).collect()
    }
}

#[cfg(test)]
mod tests {
    use lodge_core::introduction::Stage as Introduced;
    use lodge_core::name::Address;
    use lodge_core::say::{Requesting, Say};

    use super::super::trial::{self, Trial, effect, event_of, refused};
    use super::*;
    use crate::homeserver::EventRef;
    use crate::news::{Cipher, Heard, News, RoomNews, Text};
    use crate::perform::What;
    use lodge_ground::positions::Places;

    fn words(who: &str, body: &str, event: &str) -> News {
        let sender = Address::exact(&format!("@{who}:example.org")).unwrap();
        let text = Text { cipher: Some(Cipher { session: event.to_owned(), index: 0 }), ..trial::words(sender, body) };
        News { event: EventRef(event.to_owned()), at: trial::NOW, heard: Heard::Text(text) }
    }

    fn in_room(room: &RoomRef, news: Vec<News>) -> RoomNews {
        RoomNews { room: room.clone(), gap: None, news }
    }

    /// The wordings that are still to be said to a member, in order.
    fn waiting(trial: &Trial, member: MemberId) -> Vec<&'static str> {
        let outbox = trial.engine.outbox();
        let words = outbox.jobs().filter_map(|job| trial.engine.engine.words(job.id));
        words.filter(|(to, _)| *to == member).map(|(_, say)| say.wording().id).collect()
    }

    /// Sam has a request to Alex in hand, and has seen its preview. `first` is whose room comes first in a response.
    fn ready() -> (Trial, RoomRef, RoomRef) {
        let mut trial = Trial::new();
        trial.show_all();
        for (number, member) in ["sam", "alex"].into_iter().enumerate() {
            let room = trial.room(if member == "sam" { trial.sam() } else { trial.alex() });
            trial.deliver(vec![in_room(&room, vec![words(member, "agree", &format!("$agree{number}"))])], vec![]);
            trial.settle();
            trial.show_all();
        }
        let (sam, alex) = (trial.room(trial.sam()), trial.room(trial.alex()));
        for (number, body) in
            ["introduce @alex:example.org for career advice: How did you begin?", "no"].iter().enumerate()
        {
            trial.deliver(vec![in_room(&sam, vec![words("sam", body, &format!("$sam{number}"))])], vec![]);
            trial.settle();
            trial.show_all();
        }
        trial.done.clear();
        (trial, sam, alex)
    }

    fn makes_a_room(trial: &Trial) -> bool {
        let stage = trial.engine.state().introductions().next().map(|introduction| introduction.stage.clone());
        matches!(stage, Some(Introduced::Opening { .. } | Introduced::Invited { .. } | Introduced::Met { .. }))
    }

    #[test]
    fn i02_a_yes_in_the_response_that_brings_the_request_is_none_whichever_room_comes_first() {
        for yes in ["ok", "yes", "1 yes", "yes with email", "sure"] {
            for alex_first in [true, false] {
                let (mut trial, sam, alex) = ready();
                let mut rooms = vec![
                    in_room(&sam, vec![words("sam", "send", "$send")]),
                    in_room(&alex, vec![words("alex", yes, "$yes")]),
                ];
                if alex_first {
                    rooms.reverse();
                }
                trial.deliver(rooms, vec![]);
                assert!(!makes_a_room(&trial), "{yes}, {alex_first}");
                trial.commit();
                assert!(waiting(&trial, trial.alex()).contains(&"asked"), "{yes}: what was asked is still said");
                trial.settle();
                // The acknowledgement came; but in the room the word stands before the message that it would answer.
                trial.deliver(vec![in_room(&alex, vec![words("alex", yes, "$yes again")])], vec![]);
                assert!(!makes_a_room(&trial), "{yes}, {alex_first}");
                trial.show_all();
                trial.deliver(vec![in_room(&alex, vec![words("alex", "1 yes", "$at last")])], vec![]);
                assert!(makes_a_room(&trial), "{yes}, {alex_first}");
            }
        }
    }

    #[test]
    fn i02_a_send_before_its_preview_sends_nothing() {
        let (mut trial, sam, _) = ready();
        let both = vec![words("sam", "change", "$change"), words("sam", "send", "$too early")];
        trial.deliver(vec![in_room(&sam, both)], vec![]);
        trial.settle();
        trial.deliver(vec![in_room(&sam, vec![words("sam", "Another message.", "$early")])], vec![]);
        trial.settle();
        trial.show_all();
        trial.deliver(vec![in_room(&sam, vec![words("sam", "Another message.", "$words")])], vec![]);
        trial.deliver(vec![in_room(&sam, vec![words("sam", "send", "$early send")])], vec![]);
        assert_eq!(trial.engine.state().introductions().count(), 0);
        trial.settle();
        trial.show_all();
        trial.deliver(vec![in_room(&sam, vec![words("sam", "send", "$send")])], vec![]);
        assert_eq!(trial.engine.state().introductions().count(), 1);
    }

    #[test]
    fn i02_what_the_homeserver_makes_up_as_the_porters_words_is_nothing_to_answer() {
        let (mut trial, sam, alex) = ready();
        trial.deliver(vec![in_room(&sam, vec![words("sam", "send", "$send")])], vec![]);
        let asked =
            trial.tasks().into_iter().find(|task| matches!(&task.what, What::Say { room, .. } if *room == alex));
        let asked = asked.expect("the request is to be said").id;
        trial.hear(&alex, Heard::Echo(asked));
        trial.deliver(vec![in_room(&alex, vec![words("alex", "1 yes", "$yes")])], vec![]);
        assert!(!makes_a_room(&trial));
    }

    #[test]
    fn i02_a_request_that_the_homeserver_refused_to_take_is_not_open() {
        let (mut trial, sam, alex) = ready();
        trial.deliver(vec![in_room(&sam, vec![words("sam", "send", "$send")])], vec![]);
        let asked =
            trial.tasks().into_iter().find(|task| matches!(&task.what, What::Say { room, .. } if *room == alex));
        trial.report(&asked.expect("the request is to be said"), refused("M_TOO_LARGE"));
        trial.settle();
        trial.show_all();
        trial.deliver(vec![in_room(&alex, vec![words("alex", "yes", "$yes")])], vec![]);
        trial.deliver(vec![in_room(&alex, vec![words("alex", "1 yes", "$1 yes")])], vec![]);
        assert!(!makes_a_room(&trial));
        trial.deliver(vec![in_room(&alex, vec![words("alex", "requests", "$requests")])], vec![]);
        let told = trial.engine.outbox().jobs().find_map(|job| match trial.engine.engine.words(job.id) {
            Some((_, Say::Requesting(Requesting::Requests { to_answer, .. }))) => Some(to_answer.len()),
            Some(_) | None => None,
        });
        assert_eq!(told, Some(0));
    }

    #[test]
    fn positions_outlast_a_restart_and_are_the_rooms_own() {
        let (mut trial, sam, alex) = ready();
        trial.deliver(vec![in_room(&sam, vec![words("sam", "send", "$send")])], vec![]);
        trial.settle();
        trial.restart();
        trial.deliver(vec![in_room(&alex, vec![words("alex", "yes", "$yes")])], vec![]);
        assert!(!makes_a_room(&trial), "what was acknowledged does not show yet");
        trial.settle();
        trial.show_all();
        trial.commit();
        trial.restart();
        trial.deliver(vec![in_room(&alex, vec![words("alex", "1 yes", "$1 yes")])], vec![]);
        assert!(makes_a_room(&trial));
    }

    #[test]
    fn a_message_that_waited_for_its_key_answers_only_what_stood_before_it() {
        let (mut trial, sam, alex) = ready();
        let sealed = News {
            heard: Heard::Sealed(r#"{"sender":"@alex:example.org"}"#.to_owned()),
            ..words("alex", "", "$sealed")
        };
        trial.deliver(vec![in_room(&alex, vec![sealed])], vec![]);
        trial.deliver(vec![in_room(&sam, vec![words("sam", "send", "$send")])], vec![]);
        trial.settle();
        trial.show_all();
        trial.engine.unsealed(words("alex", "yes", "$sealed"), trial::NOW).unwrap();
        trial.engine.unsealed(words("alex", "1 yes", "$sealed"), trial::NOW).unwrap();
        assert!(!makes_a_room(&trial));
    }

    #[test]
    fn what_stood_in_an_older_store_can_still_be_answered() {
        let (mut trial, sam, alex) = ready();
        trial.deliver(vec![in_room(&sam, vec![words("sam", "send", "$send")])], vec![]);
        trial.settle();
        trial.show_all();
        trial.commit();
        let member = trial.alex();
        let older =
            tables::Conversation { stands: Places::default(), ..trial.engine.conversation(member).unwrap().clone() };
        crate::store::Store::commit(&mut trial.store, &vec![tables::put(&older).unwrap()]).unwrap();
        trial.restart();
        trial.deliver(vec![in_room(&alex, vec![words("alex", "1 yes", "$1 yes")])], vec![]);
        assert!(makes_a_room(&trial));
        let _ = (effect(1), event_of(effect(1)));
    }
}
