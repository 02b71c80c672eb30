//! The positions of the service's messages in each conversation, so that words answer only messages that stood before
//! them ([`lodge_ground::positions`]), and the messages that words are about.

use lodge_counsel_core::asked::Asked;
use lodge_counsel_core::effect::Lane;
use lodge_counsel_core::id::{EffectId, PersonId};
use lodge_counsel_core::input::{Before, Input, Reply};
use lodge_ground::positions::Places;
use lodge_ground::store::StoreError;
use lodge_ground::time::Timestamp;
use lodge_matrix::content::Thread;
use lodge_matrix::homeserver::{EventRef, RoomRef};
use lodge_matrix::news::Text;

use super::{Channel, Place};
use crate::errand::Line;
use crate::rows::{self, Conversation};

impl Channel {
    /// One of the service's messages shows in a conversation. Words that show there after it were written after it.
    pub(super) fn stands(&mut self, message: EffectId, event: &EventRef, room: &RoomRef) -> Result<(), StoreError> {
        let Some(Place::Conversation(person)) = self.places.get(room).copied() else { return Ok(()) };
        let awaited = self.state.awaited(person);
        let Some(conversation) = self.conversations.get_mut(&person) else { return Ok(()) };
        conversation.stands.stands(message, &awaited);
        conversation.events.retain(|message, _| awaited.contains(message));
        if awaited.contains(&message) {
            conversation.events.entry(message).or_default().event = Some(event.clone());
        }
        self.batch.push(rows::put(&*conversation)?);
        Ok(())
    }

    /// One of the service's messages was said in this thread, and is not to be said any more.
    pub(super) fn said_in(&mut self, person: PersonId, message: EffectId, thread: Thread) -> Result<(), StoreError> {
        let awaited = self.state.awaited(person).contains(&message);
        if let Some(conversation) = self.conversations.get_mut(&person).filter(|_| awaited) {
            conversation.events.entry(message).or_default().thread = Some(thread.root);
            self.batch.push(rows::put(&*conversation)?);
        }
        Ok(())
    }

    /// The position of words that show in somebody's conversation now: the number of the service's messages there.
    pub(super) fn position(&self, person: PersonId) -> u64 {
        self.conversations.get(&person).map(|conversation| conversation.stands.position()).unwrap_or_default()
    }

    /// The messages that stood before words at this position in somebody's conversation.
    pub(super) fn before(&self, person: PersonId, position: u64) -> Before {
        let conversation = self.conversations.get(&person);
        conversation.map(|one| one.stands.before(position, &self.state.awaited(person))).unwrap_or_default()
    }

    /// The message that words in somebody's conversation are about.
    pub(super) fn about(&self, person: PersonId, text: &Text) -> Reply {
        let Some(Conversation { events, .. }) = self.conversations.get(&person) else {
            return text.about(|_| None, |_, _| false);
        };
        let asked = |event: &EventRef| {
            events.iter().find(|(_, spoken)| spoken.event.as_ref() == Some(event)).map(|(message, _)| *message)
        };
        let said_there = |message: EffectId, root: &EventRef| {
            events.get(&message).is_some_and(|spoken| spoken.thread.as_ref() == Some(root))
        };
        text.about(asked, said_there)
    }

    /// Conversations of older rows did not count. Messages that had been sent in them by then stood before everything
    /// that is heard from now on, as far as none was still on its way.
    pub(super) fn place_older(&mut self) -> Result<(), StoreError> {
        for conversation in self.conversations.values_mut().filter(|one| one.stands.said.is_none()) {
            conversation.stands = Places { said: Some(1), ..Places::default() };
            let line = Line::Lane(Lane::Conversation(conversation.person));
            if self.outbox.in_line(&line).next().is_none() {
                conversation.stands.places.insert(Asked::UNCOUNTED, 1);
            }
            self.batch.push(rows::put(&*conversation)?);
        }
        Ok(())
    }

    /// Another conversation is begun with somebody: messages of the one before do not stand in it.
    pub(super) fn stands_no_more(&mut self, person: PersonId, now: Timestamp) -> Result<(), StoreError> {
        let said = self.state.awaited(person).into_iter().filter(|message| self.outbox.job(*message).is_none());
        for message in said.collect::<Vec<_>>() {
            self.step(Input::Unsaid(person, message), now)?;
        }
        Ok(())
    }
}
