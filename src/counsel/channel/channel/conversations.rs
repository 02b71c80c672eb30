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
        self.set_conversation(person, Stage::Inviting(room))
    }

    /// They were invited to their conversation, or cannot be.
    pub(super) fn conversation_invited(&mut self, person: PersonId, accepted: bool) -> Result<(), StoreError> {
        match self.conversations.get(&person).map(|conversation| conversation.stage.clone()) {
            Some(Stage::Inviting(room)) => {
                self.set_conversation(person, if accepted { Stage::Invited(room) } else { Stage::Left(room) })
            }
            // They came in, or went, before the answer to the invitation was known.
            Some(Stage::Creating(_) | Stage::Invited(_) | Stage::Open(_) | Stage::Left(_)) | None => Ok(()),
        }
    }

    /// They came into their conversation, or left it.
    pub(super) fn conversation_moved(
        &mut self,
        person: PersonId,
        room: &RoomRef,
        now: Membership,
    ) -> Result<(), StoreError> {
        if self.conversations.get(&person).and_then(|conversation| conversation.stage.room()) != Some(room) {
            return Ok(());
        }
        match now {
            Membership::Joined => self.set_conversation(person, Stage::Open(room.clone())),
            Membership::Left => self.set_conversation(person, Stage::Left(room.clone())),
            Membership::Invited => Ok(()),
        }
    }

    /// They ask for the service elsewhere: they are invited again if they are not in their conversation.
    pub(super) fn invite_again(&mut self, person: PersonId) -> Result<(), StoreError> {
        match self.conversations.get(&person).map(|conversation| conversation.stage.clone()) {
            Some(Stage::Left(room) | Stage::Invited(room)) => self.set_conversation(person, Stage::Inviting(room)),
            Some(Stage::Creating(_) | Stage::Inviting(_) | Stage::Open(_)) | None => Ok(()),
        }
    }

    /// Gives a conversation up that is no longer of two, or that the service cannot speak in, and begins another.
    pub(super) fn conversation_spoilt(&mut self, person: PersonId, now: Timestamp) -> Result<(), StoreError> {
        let room = self.conversations.get(&person).and_then(|conversation| conversation.stage.room().cloned());
        // Without a room another is on its way already, or they were forgotten.
        let Some(room) = room else { return Ok(()) };
        self.places.remove(&room);
        self.leave_room(room)?;
        self.begin_conversation(person)?;
        self.stands_no_more(person, now)
    }

    /// Leaves a room that the service has no more use for.
    pub(super) fn leave_room(&mut self, room: RoomRef) -> Result<(), StoreError> {
        let id = self.ids.draw();
        self.add_job(id, BTreeSet::new(), Errand::Leave(room))
    }

    fn set_conversation(&mut self, person: PersonId, stage: Stage) -> Result<(), StoreError> {
        let Some(conversation) = self.conversations.get(&person).cloned() else { return Ok(()) };
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
