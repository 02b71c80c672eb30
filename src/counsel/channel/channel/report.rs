//! The outcomes of tasks: acknowledged, tried again later, or given up with a fault.

use lodge_counsel_core::effect::{Act, Lane};
use lodge_counsel_core::id::{EffectId, PersonId};
use lodge_counsel_core::input::{Input, Performed};
use lodge_counsel_core::say::Say;
use lodge_ground::store::StoreError;
use lodge_ground::time::{Span, Timestamp};
use lodge_matrix::homeserver::{CallError, Called, Refusal, RoomRef};

use super::Channel;
use crate::errand::{Errand, Line};
use crate::perform::{Task, Tried, What};
use crate::rows::{self, Stage};

/// A fault that an administrator should know of. It names ids of this moment only, never a case or a person.
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
    #[error("for effect {effect} a conversation was not of two; nothing was said in it, and another is opened")]
    Overheard {
        /// The effect that was to say something.
        effect: EffectId,
    },
    /// A room was made otherwise than asked. Nobody was invited to it, and it is left.
    #[error("the homeserver made a room otherwise than effect {effect} asked, in {differences:?}; nobody was invited")]
    Unfit {
        /// The effect that asked for the room.
        effect: EffectId,
        /// The types of the events that differ.
        differences: Vec<String>,
    },
    /// Encrypted words that had been heard were put into a conversation again under new ids. None of them counts.
    #[error(
        "words that had been heard came again under new ids, {times} in all; none of them counts. Whoever runs the \
         homeserver, or has somebody's access token, put them there"
    )]
    Copied {
        /// The number of copies.
        times: u32,
    },
    /// The homeserver no longer knew how far it had been heard: it was put back to an earlier state, or lets nobody go on from
    /// there any more. It was heard anew.
    #[error(
        "the homeserver does not know any more what was heard from it, as when it was put back from a backup; it is heard \
         anew. What was said between its backup and its start may be lost; counsellors are told"
    )]
    BeganAnew,
}

impl Channel {
    /// The faults that came with what was heard since the last call.
    pub fn take_faults(&mut self) -> Vec<Fault> {
        let times = self.hearing.take_copies().into_values().sum();
        let copied = (times > 0).then_some(Fault::Copied { times });
        let anew = self.hearing.take_began_anew().then_some(Fault::BeganAnew);
        copied.into_iter().chain(anew).collect()
    }

    /// Takes in how a task turned out.
    pub fn report(&mut self, task: &Task, outcome: Called<Tried>, now: Timestamp) -> Result<Option<Fault>, StoreError> {
        match outcome {
            Ok(tried) => {
                let fault = self.tried(task, tried, now)?;
                self.outbox.finished(&task.line);
                Ok(fault)
            }
            Err(CallError::Limited { retry_after_ms }) => {
                self.outbox.delayed(&task.line, now.after(Span::from_millis(retry_after_ms)));
                Ok(None)
            }
            Err(CallError::Unknown { .. }) => {
                self.outbox.uncertain(&task.line, now);
                Ok(None)
            }
            Err(CallError::Refused { why }) => {
                let fault = self.refused(task, &why, now)?;
                self.outbox.finished(&task.line);
                Ok(fault)
            }
        }
    }

    /// The conversation that a task opens, where it is for no job of its own.
    fn opens(task: &Task) -> Option<PersonId> {
        let Line::Lane(Lane::Conversation(person)) = task.line else { return None };
        match task.what {
            What::Create(_) | What::Invite(..) => Some(person),
            What::Check(..)
            | What::Remove(..)
            | What::Tell(..)
            | What::Note(..)
            | What::OpenSpeech(..)
            | What::Leave(_)
            | What::Greet(..) => None,
        }
    }

    fn tried(&mut self, task: &Task, tried: Tried, now: Timestamp) -> Result<Option<Fault>, StoreError> {
        if let Some(person) = Self::opens(task) {
            match tried {
                Tried::RoomMade(room) => self.made_for(person, task.id, room)?,
                Tried::Done => self.conversation_invited(person, true)?,
                Tried::Fits | Tried::Unfit(_) | Tried::Said(_) | Tried::Overheard => {}
            }
            return Ok(None);
        }
        match tried {
            Tried::Done | Tried::Said(_) => self.done(task.id, now)?,
            Tried::RoomMade(room) => self.room_made(task.id, room)?,
            Tried::Fits => self.checked(task.id, true, now)?,
            Tried::Unfit(differences) => {
                self.checked(task.id, false, now)?;
                return Ok(Some(Fault::Unfit { effect: task.id, differences }));
            }
            Tried::Overheard => {
                if let Line::Lane(Lane::Conversation(person)) = task.line {
                    self.conversation_spoilt(person, now)?;
                }
                return Ok(Some(Fault::Overheard { effect: task.id }));
            }
        }
        Ok(None)
    }

    /// A room came of an attempt to open a conversation. A second one, of an attempt that was thought lost, is left.
    fn made_for(&mut self, person: PersonId, marker: EffectId, room: RoomRef) -> Result<(), StoreError> {
        let stage = self.conversations.get(&person).map(|conversation| conversation.stage.clone());
        if stage == Some(Stage::Creating(marker)) {
            self.conversation_made(person, room)
        } else if self.knows(&room) {
            Ok(())
        } else {
            self.leave_room(room)
        }
    }

    /// The room of a case exists. It is read back before anybody is invited.
    pub(super) fn room_made(&mut self, id: EffectId, room: RoomRef) -> Result<(), StoreError> {
        match self.drop_job(id).map(|job| (job.owners, job.errand)) {
            Some((owners, Errand::Act(Act::MakeRoom(case, counsellor)))) => {
                let check = self.ids.draw();
                self.add_job(check, owners, Errand::Check(case, counsellor, room, id))
            }
            Some(_) => Ok(()),
            // It may have shown in a response before the call that made it was answered, and be looked at already.
            None if self.knows(&room) || self.is_in_hand(&room) => Ok(()),
            None => self.leave_room(room),
        }
    }

    fn checked(&mut self, id: EffectId, fits: bool, now: Timestamp) -> Result<(), StoreError> {
        let Some(Errand::Check(case, counsellor, room, _)) = self.drop_job(id).map(|job| job.errand) else {
            return Ok(());
        };
        let performed = if fits {
            Performed::RoomMade(room.into())
        } else {
            self.leave_room(room)?;
            Performed::Refused
        };
        self.step(Input::Performed(Act::MakeRoom(case, counsellor), performed), now)
    }

    /// It is done: by the answer to a call, or because it shows in a response.
    pub(super) fn done(&mut self, id: EffectId, now: Timestamp) -> Result<(), StoreError> {
        let Some(job) = self.drop_job(id) else { return Ok(()) };
        if let Some((person, thread)) = job.errand.tells().zip(job.beside) {
            self.said_in(person, id, (&thread).into())?;
        }
        match job.errand {
            Errand::Act(act) => self.step(Input::Performed(act, Performed::Done), now),
            Errand::Check(..) | Errand::Leave(_) | Errand::Greet(..) => Ok(()),
        }
    }

    fn refused(&mut self, task: &Task, why: &Refusal, now: Timestamp) -> Result<Option<Fault>, StoreError> {
        if let Some(person) = Self::opens(task) {
            // Somebody who turns the invitation away is not pressed; they can still ask for it.
            self.conversation_invited(person, false)?;
        } else if let Line::Lane(Lane::Conversation(person)) = task.line {
            self.unsaid(task, person, why, now)?;
        } else if matches!(task.what, What::Check(..)) {
            self.checked(task.id, false, now)?;
        } else if let What::Greet(room, _) = &task.what {
            // Somebody took their invitation back, or the greeting was done before and only its answer was lost.
            self.drop_job(task.id);
            self.leave_room(room.clone())?;
            return Ok(None);
        } else if let Some(Errand::Act(act)) = self.drop_job(task.id).map(|job| job.errand) {
            self.step(Input::Performed(act, Performed::Refused), now)?;
        }
        Ok(match why {
            Refusal::InviteBlocked => None,
            Refusal::NoFile { .. } | Refusal::Other { .. } => {
                Some(Fault::Refused { effect: task.id, why: why.to_string() })
            }
        })
    }

    /// The homeserver refuses the service's words. Where it does so because the service has no place in the room, another
    /// conversation is begun; where it is the words themselves, they are given up and the person hears of a fault.
    fn unsaid(&mut self, task: &Task, person: PersonId, why: &Refusal, now: Timestamp) -> Result<(), StoreError> {
        if why.shuts_out() {
            return self.conversation_spoilt(person, now);
        }
        // It may be the thread that the homeserver does not know; the words are for their reader in the room all the
        // same.
        if let Some(job) = self.outbox.set_apart(task.id) {
            self.batch.push(rows::put(job)?);
            return Ok(());
        }
        let Some(job) = self.drop_job(task.id) else { return Ok(()) };
        if job.errand != Errand::Act(Act::Tell(person, Say::Fault)) {
            let id = self.ids.draw();
            self.add_job(id, job.owners, Errand::Act(Act::Tell(person, Say::Fault)))?;
        }
        self.step(Input::Unsaid(person, job.id), now)
    }
}
