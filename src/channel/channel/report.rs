//! The outcomes of tasks: acknowledged, tried again later, or given up with a fault.

use lodge_core::effect::Lane;
use lodge_core::id::{EffectId, MemberId, RoomId};
use lodge_core::input::Performed;
use lodge_core::time::{Span, Timestamp};
use lodge_engine::End;
use lodge_matrix::homeserver::RoomRef;

use super::Channel;
use crate::homeserver::{CallError, Called, EventRef, Refusal};
use crate::outbox::{Chore, Line};
use crate::perform::{Task, Tried, What};
use crate::store::StoreError;
use crate::tables::Stage;

/// Something went wrong that an administrator should know of. It names ids only.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The homeserver refuses something that it should not.
    #[error("the homeserver refuses effect {effect}: {why}")]
    Refused {
        /// The effect that is refused.
        effect: EffectId,
        /// The homeserver's error code.
        why: String,
    },
    /// Somebody was in a conversation who should not have been. Nothing was said there; another is opened.
    #[error("the conversation with member {member} was not of two; nothing was said in it, and another is opened")]
    Overheard {
        /// The member whose conversation it is.
        member: MemberId,
    },
    /// A message was to be taken back and cannot be, so its reader can still read it.
    #[error("what effect {effect} said cannot be taken back and still stands: {why}")]
    StillStands {
        /// The effect that said it.
        effect: EffectId,
        /// The homeserver's error code.
        why: String,
    },
    /// Encrypted words that had been heard were put into a conversation again under new ids. None of them counts.
    #[error(
        "words of member {member} that had been heard came again under new ids, {times} in all; none of them counts. \
         Whoever runs the homeserver, or has the member's access token, put them there"
    )]
    Copied {
        /// The member who wrote the words.
        member: MemberId,
        /// The number of copies.
        times: u32,
    },
    /// The homeserver no longer knew how far it had been heard: it was put back to an earlier state, or lets nobody go on from
    /// there any more. It was heard anew.
    #[error(
        "the homeserver does not know any more what was heard from it, as when it was put back from a backup; it is heard \
         anew. What was said between its backup and its start may be lost; administrators are told"
    )]
    BeganAnew,
    /// Somebody was in a room of the hub's whose id cannot be read, so that staff cannot be told who. They are taken out.
    #[error("for effect {effect} somebody whose id cannot be read was taken out of a room")]
    Nameless {
        /// The effect that was to say something.
        effect: EffectId,
    },
    /// Somebody else had changed a room for many, and it was changed back as far as it could be.
    #[error("room {room} was not as it should be; what can be changed back was")]
    Drift {
        /// The room that differs.
        room: RoomId,
    },
}

impl Channel {
    /// The faults that came with what was heard since the last call.
    pub fn take_faults(&mut self) -> Vec<Fault> {
        let copies = self.hearing.take_copies().into_iter().map(|(member, times)| Fault::Copied { member, times });
        copies.chain(self.hearing.take_began_anew().then_some(Fault::BeganAnew)).collect()
    }

    /// Takes in how a task turned out.
    pub fn report(&mut self, task: &Task, outcome: Called<Tried>, now: Timestamp) -> Result<Option<Fault>, StoreError> {
        let (fault, end) = self.take_outcome(task, outcome, now)?;
        self.ended(&task.line, end, now);
        Ok(fault)
    }

    /// Takes in an outcome; how the try ended for its line.
    fn take_outcome(
        &mut self,
        task: &Task,
        outcome: Called<Tried>,
        now: Timestamp,
    ) -> Result<(Option<Fault>, End), StoreError> {
        Ok(match outcome {
            Ok(tried) => (self.tried(task, tried, now)?, End::Finished),
            Err(CallError::Limited { retry_after_ms }) => {
                // A greeting is several calls; it may have been said before the one that must wait.
                if matches!(task.what, What::Greet(..)) {
                    self.ended(&task.line, End::Uncertain, now);
                }
                (None, End::Delayed(now.after(Span::from_millis(retry_after_ms))))
            }
            // Nothing depends on it, and a homeserver that never answers is not asked again and again.
            Err(CallError::Unknown { .. }) if matches!(task.line, Line::Declining(_)) => {
                self.drop_chore(task.id);
                (None, End::Finished)
            }
            Err(CallError::Unknown { .. }) => (None, End::Uncertain),
            Err(CallError::Refused { why }) => (self.refused(task, &why, now)?, End::Finished),
        })
    }

    /// The conversation that a task opens, where it is for no job of its own.
    fn opens(task: &Task) -> Option<MemberId> {
        let Line::Lane(Lane::Conversation(member) | Lane::Files(member)) = task.line else { return None };
        match task.what {
            What::Create(_) | What::Invite(..) => Some(member),
            What::Remove(..)
            | What::Say { .. }
            | What::OpenSpeech(_)
            | What::TakeBack(_)
            | What::Leave(_)
            | What::Greet(..)
            | What::Make(_)
            | What::Tend(..)
            | What::Oust(..)
            | What::Post(..)
            | What::Look(..) => None,
        }
    }

    fn tried(&mut self, task: &Task, tried: Tried, now: Timestamp) -> Result<Option<Fault>, StoreError> {
        if let Some(member) = Self::opens(task) {
            match tried {
                Tried::RoomMade(room) => self.made_for(member, task.id, room)?,
                Tried::Done => self.conversation_invited(member, true)?,
                Tried::Said(_) | Tried::Overheard | Tried::Ousted | Tried::Tended(_) | Tried::Looked(_) => {}
            }
            return Ok(None);
        }
        match tried {
            Tried::Done => self.acknowledged(task, now)?,
            Tried::RoomMade(room) => self.room_made(task.id, room, now)?,
            Tried::Said(event) => {
                if let What::Say { room, .. } | What::Post(room, _) = &task.what {
                    self.own_message(task.id, &event, room, now)?;
                }
            }
            Tried::Overheard => return self.overheard(task, now),
            Tried::Ousted => {
                let fault = self.is_nameless(task.id).then_some(Fault::Nameless { effect: task.id });
                self.done(task.id, Performed::Ousted, now)?;
                return Ok(fault);
            }
            Tried::Looked(found) => self.done(task.id, Performed::Looked(found), now)?,
            Tried::Tended(tended) => {
                let drift = self.drift(task.id, &tended);
                self.done(task.id, Performed::Tended(tended), now)?;
                return Ok(drift);
            }
        }
        Ok(None)
    }

    fn acknowledged(&mut self, task: &Task, now: Timestamp) -> Result<(), StoreError> {
        match &task.line {
            Line::Lane(Lane::TakingBack(said)) => self.let_go(*said),
            Line::Lane(
                Lane::Conversation(_)
                | Lane::Files(_)
                | Lane::Introduction(_)
                | Lane::Forgetting(_)
                | Lane::Room(_)
                | Lane::Place(..)
                | Lane::Strangers(_)
                | Lane::Posts(_),
            )
            | Line::Other(_)
            | Line::Greeting(_)
            | Line::Declining(_) => {}
        }
        self.done(task.id, Performed::Done, now)
    }

    /// A room came of an attempt to open a conversation. A second one, of an attempt that was thought lost, is left.
    fn made_for(&mut self, member: MemberId, marker: EffectId, room: RoomRef) -> Result<(), StoreError> {
        let stage = self.conversations.get(&member).map(|conversation| conversation.stage.clone());
        if stage == Some(Stage::Creating(marker)) {
            self.conversation_made(member, room)
        } else if self.knows(&room) {
            Ok(())
        } else {
            self.leave_room(room)
        }
    }

    /// The room of an introduction exists.
    pub(super) fn room_made(&mut self, id: EffectId, room: RoomRef, now: Timestamp) -> Result<(), StoreError> {
        if self.engine.outbox().job(id).is_some() {
            self.done(id, Performed::RoomMade(room.into()), now)
        } else if self.knows(&room) {
            Ok(())
        } else {
            self.leave_room(room)
        }
    }

    /// One of the porter's messages is in its room.
    pub(super) fn own_message(
        &mut self,
        id: EffectId,
        event: &EventRef,
        room: &RoomRef,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.keep_said(id, event, room)?;
        // A greeting is done when the room is left; once it shows there, it is not said again.
        if let Some(Chore::Greet(room, _)) = self.chores.job(id).map(|job| job.errand.clone()) {
            self.drop_chore(id);
            return self.leave_room(room);
        }
        self.done(id, Performed::Done, now)
    }

    fn refused(&mut self, task: &Task, why: &Refusal, now: Timestamp) -> Result<Option<Fault>, StoreError> {
        if let Line::Lane(Lane::TakingBack(said)) = task.line {
            return self.still_stands(task.id, said, why, now);
        }
        if let Some(member) = Self::opens(task) {
            // Somebody who turns the porter's invitation away is not pressed; they can still ask for it.
            self.conversation_invited(member, false)?;
        } else if let Line::Lane(Lane::Conversation(member) | Lane::Files(member)) = task.line {
            self.unsaid(task, member, why, now)?;
        } else if *why == Refusal::InviteBlocked {
            self.done(task.id, Performed::Blocked, now)?;
        } else {
            self.done(task.id, Performed::Refused, now)?;
        }
        Ok(match why {
            Refusal::InviteBlocked => None,
            Refusal::NoFile { .. } | Refusal::Other { .. } => {
                Some(Fault::Refused { effect: task.id, why: why.to_string() })
            }
        })
    }

    /// The homeserver refuses the porter's words. Where it does so because the porter has no place in the room, another
    /// conversation is begun; where it is the words themselves, they are given up and the member hears of a fault.
    fn unsaid(&mut self, task: &Task, member: MemberId, why: &Refusal, now: Timestamp) -> Result<(), StoreError> {
        if why.shuts_out() {
            return self.conversation_spoilt(member, now);
        }
        // It may be the thread that the homeserver does not know; the words are for their reader in the room all the
        // same.
        if self.engine.set_apart(task.id)? {
            return Ok(());
        }
        let consequences = self.engine.unsaid(task.id, now)?;
        self.attend(consequences)
    }

    /// Whether a job takes somebody out whose id cannot be read.
    fn is_nameless(&self, id: EffectId) -> bool {
        match self.chores.job(id).map(|job| &job.errand) {
            Some(Chore::Oust(_, who)) => who.address().is_none(),
            Some(Chore::Greet(..) | Chore::Leave(_) | Chore::Decline(_)) | None => false,
        }
    }

    fn overheard(&mut self, task: &Task, now: Timestamp) -> Result<Option<Fault>, StoreError> {
        let Line::Lane(Lane::Conversation(member) | Lane::Files(member)) = task.line else { return Ok(None) };
        self.conversation_spoilt(member, now)?;
        Ok(Some(Fault::Overheard { member }))
    }
}
