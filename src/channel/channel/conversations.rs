//! The rooms in which the porter talks with each member: opened by the porter alone, before the first word.

use lodge_core::effect::Lane;
use lodge_core::id::{EffectId, Ids, MemberId};
use lodge_core::say::Say;
use lodge_core::time::Timestamp;
use lodge_engine::outbox::Job;
use lodge_ground::positions::Places;
use lodge_matrix::homeserver::RoomRef;

use super::cause::Cause;
use super::{Channel, Place};
use crate::homeserver::Membership;
use crate::outbox::Line;
use crate::perform::{Task, What};
use crate::room::{Direct, RoomSpec};
use crate::store::StoreError;
use crate::tables::{self, Conversation, Stage};

impl Channel {
    /// Makes sure that there is, or will be, a conversation with this member.
    pub(super) fn ensure_conversation(&mut self, member: MemberId) -> Result<(), StoreError> {
        if self.conversations.contains_key(&member) {
            return Ok(());
        }
        self.begin_conversation(member, 0)
    }

    pub(super) fn begin_conversation(&mut self, member: MemberId, given_up: u32) -> Result<(), StoreError> {
        let marker = self.ids(Cause::Conversation(member, given_up)).draw();
        let stands = Places { said: Some(self.position(member)), ..Places::default() };
        let stage = Stage::Creating(marker);
        self.keep_conversation(Conversation { member, stage, given_up, stands })
    }

    /// The room to say these words in, or the task that must come first; neither when only the member can do something.
    pub(super) fn conversation_task(
        &self,
        lane: Lane,
        member: MemberId,
        words: EffectId,
        uncertain: bool,
    ) -> Result<RoomRef, Option<Task>> {
        let Some(conversation) = self.conversations.get(&member) else { return Err(None) };
        let task = |id, what| Task { line: Line::Lane(lane), id, what, uncertain };
        match &conversation.stage {
            Stage::Creating(marker) => {
                let spec = RoomSpec::conversation(self.encryption);
                Err(Some(task(*marker, What::Create(spec))))
            }
            Stage::Inviting(room) => {
                let what = self.engine.address(member).map(|who| What::Invite(room.clone(), who, Direct::Yes));
                Err(what.map(|what| task(words, what)))
            }
            Stage::Invited(_) | Stage::Left(_) => Err(None),
            Stage::Open(room) => Ok(room.clone()),
        }
    }

    /// Whether a file for a member must wait for words to them: for those that were to be said before it, and for any where the
    /// conversation is still to be opened, which one line does at a time.
    pub(super) fn words_come_first(&self, member: MemberId, file: &Job) -> bool {
        let is_open = self.conversation(member).is_some_and(|one| matches!(one.stage, Stage::Open(_)));
        let words = self.engine.outbox().in_line(&Lane::Conversation(member)).next();
        words.is_some_and(|words| words.number < file.number || !is_open)
    }

    /// The room of a conversation exists.
    pub(super) fn conversation_made(&mut self, member: MemberId, room: RoomRef) -> Result<(), StoreError> {
        self.places.insert(room.clone(), Place::Conversation(member));
        self.set_conversation(member, |_| Some(Stage::Inviting(room.clone())))
    }

    /// The member was invited to their conversation, or cannot be.
    pub(super) fn conversation_invited(&mut self, member: MemberId, accepted: bool) -> Result<(), StoreError> {
        self.set_conversation(member, |stage| stage.invited(accepted))
    }

    /// They came into their conversation, or left it.
    pub(super) fn conversation_moved(
        &mut self,
        member: MemberId,
        room: &RoomRef,
        now: Membership,
    ) -> Result<(), StoreError> {
        self.set_conversation(member, |stage| stage.moved(room, now))
    }

    /// The member asks for the porter elsewhere: they are invited again if they are not in their conversation.
    pub(super) fn invite_again(&mut self, member: MemberId, ids: &mut Ids) -> Result<(), StoreError> {
        self.ensure_conversation(member)?;
        self.set_conversation(member, Stage::again)?;
        if self.conversation(member).is_some_and(|one| matches!(one.stage, Stage::Open(_))) {
            return Ok(());
        }
        // It is for words that somebody is invited; if none wait, these are there when they come in.
        let none_wait = self.engine.outbox().in_line(&Lane::Conversation(member)).next().is_none();
        let role = self.engine.state().member(member).map(|member| member.person.role);
        if none_wait && let Some(role) = role {
            let say = Say::Help { offers: self.engine.settings().offers, role };
            self.tell(ids.draw(), member, say, None)?;
        }
        Ok(())
    }

    /// Gives a conversation up that is no longer of two, or that the porter cannot speak in, and begins another. The member hears
    /// there of words that were not read in time.
    pub(super) fn conversation_spoilt(&mut self, member: MemberId, now: Timestamp) -> Result<(), StoreError> {
        let room = self.conversations.get(&member).and_then(|conversation| conversation.stage.room().cloned());
        // Without a room another is on its way already, or the member was forgotten.
        let Some(room) = room else { return Ok(()) };
        self.places.remove(&room);
        self.leave_room(room)?;
        self.begin_conversation(member, self.given_up(member) + 1)?;
        let left_out = self.hearing.give_up(member, self.engine.batch());
        self.all_happened(left_out, now)
    }

    pub(super) fn given_up(&self, member: MemberId) -> u32 {
        self.conversations.get(&member).map_or(0, |conversation| conversation.given_up)
    }

    /// Goes on to the stage that follows, where one does.
    fn set_conversation(&mut self, member: MemberId, next: impl Fn(&Stage) -> Option<Stage>) -> Result<(), StoreError> {
        let conversation = self.conversations.get(&member);
        let Some((conversation, stage)) = conversation.and_then(|one| Some((one.clone(), next(&one.stage)?))) else {
            return Ok(());
        };
        self.keep_conversation(Conversation { stage, ..conversation })
    }

    fn keep_conversation(&mut self, conversation: Conversation) -> Result<(), StoreError> {
        let member = conversation.member;
        self.engine.batch().push(tables::put(&conversation)?);
        self.conversations.insert(member, conversation);
        self.engine.wake(Lane::Conversation(member));
        self.engine.wake(Lane::Files(member));
        Ok(())
    }
}
