//! The rooms in which the service talks with each person: opened by the service alone, before the first word.

use std::collections::{BTreeMap, BTreeSet};

use lodge_counsel_core::effect::Lane;
use lodge_counsel_core::id::PersonId;
use lodge_ground::positions::Places;
use lodge_ground::store::StoreError;
use lodge_ground::time::Timestamp;
use lodge_matrix::homeserver::{Membership, RoomRef};
use lodge_matrix::room::Direct;

use super::{Channel, Place};
use crate::errand::{Errand, Line};
use crate::perform::{Task, What};
use crate::room;
use crate::rows::{self, Conversation, Stage};

impl Channel {
    /// Makes sure that there is, or will be, a conversation with this person.
    pub(super) fn ensure_conversation(&mut self, person: PersonId) -> Result<(), StoreError> {
        if self.conversations.contains_key(&person) {
            return Ok(());
        }
        self.begin_conversation(person)
    }

    fn begin_conversation(&mut self, person: PersonId) -> Result<(), StoreError> {
        let marker = self.ids.draw();
        self.keep_conversation(Conversation {
            person,
            stage: Stage::Creating(marker),
            stands: Places { said: Some(0), ..Places::default() },
            events: BTreeMap::new(),
        })
    }

    /// The room to talk in, or the task that must come first; neither when only the person can do something.
    pub(super) fn conversation_task(
        &self,
        person: PersonId,
        line: Line,
        uncertain: bool,
    ) -> Result<RoomRef, Option<Task>> {
        let Some(conversation) = self.conversations.get(&person) else { return Err(None) };
        match &conversation.stage {
            Stage::Creating(marker) => {
                let what = What::Create(room::conversation(self.options.federation));
                Err(Some(Task { line, id: *marker, what, uncertain }))
            }
            Stage::Inviting(room) => {
                let job = self.outbox.head(&line).map(|job| job.id);
                let what = self.address(person).map(|who| What::Invite(room.clone(), who, Direct::Yes));
                Err(job.zip(what).map(|(id, what)| Task { line, id, what, uncertain }))
            }
            Stage::Invited(_) | Stage::Left(_) => Err(None),
            Stage::Open(room) => Ok(room.clone()),
        }
    }

    /// The room of a conversation exists.
    pub(super) fn conversation_made(&mut self, person: PersonId, room: RoomRef) -> Result<(), StoreError> {
        self.places.insert(room.clone(), Place::Conversation(person));
        self.set_conversation(person, |_| Some(Stage::Inviting(room.clone())))
    }

    /// They were invited to their conversation, or cannot be.
    pub(super) fn conversation_invited(&mut self, person: PersonId, accepted: bool) -> Result<(), StoreError> {
        self.set_conversation(person, |stage| stage.invited(accepted))
    }

    /// They came into their conversation, or left it.
    pub(super) fn conversation_moved(
        &mut self,
        person: PersonId,
        room: &RoomRef,
        now: Membership,
    ) -> Result<(), StoreError> {
        self.set_conversation(person, |stage| stage.moved(room, now))
    }

    /// They ask for the service elsewhere: they are invited again if they are not in their conversation.
    pub(super) fn invite_again(&mut self, person: PersonId) -> Result<(), StoreError> {
        self.set_conversation(person, Stage::again)
    }

    /// Gives a conversation up that is no longer of two, or that the service cannot speak in, and begins another. Its person hears
    /// there of words that were not read in time.
    pub(super) fn conversation_spoilt(&mut self, person: PersonId, now: Timestamp) -> Result<(), StoreError> {
        let room = self.conversations.get(&person).and_then(|conversation| conversation.stage.room().cloned());
        // Without a room another is on its way already, or they were forgotten.
        let Some(room) = room else { return Ok(()) };
        self.places.remove(&room);
        self.leave_room(room)?;
        self.begin_conversation(person)?;
        self.stands_no_more(person, now)?;
        let left_out = self.hearing.give_up(person, &mut self.batch);
        self.all_happened(left_out, now)
    }

    /// Leaves a room that the service has no more use for.
    pub(super) fn leave_room(&mut self, room: RoomRef) -> Result<(), StoreError> {
        let id = self.ids.draw();
        self.add_job(id, BTreeSet::new(), Errand::Leave(room))
    }

    /// Goes on to the stage that follows, where one does.
    fn set_conversation(&mut self, person: PersonId, next: impl Fn(&Stage) -> Option<Stage>) -> Result<(), StoreError> {
        let conversation = self.conversations.get(&person);
        let Some((conversation, stage)) = conversation.and_then(|one| Some((one.clone(), next(&one.stage)?))) else {
            return Ok(());
        };
        self.keep_conversation(Conversation { stage, ..conversation })
    }

    fn keep_conversation(&mut self, conversation: Conversation) -> Result<(), StoreError> {
        let person = conversation.person;
        self.batch.push(rows::put(&conversation)?);
        self.conversations.insert(person, conversation);
        self.outbox.wake(Line::Lane(Lane::Conversation(person)));
        if self.forgetting.contains_key(&person) {
            self.drop_unsaid(person);
        }
        Ok(())
    }
}
