//! The pace at which somebody is listened to, and the words that they wrote faster ([`lodge_matrix::pace`]).

use lodge_counsel_core::id::PersonId;
use lodge_counsel_core::input::{Input, LeftOut};
use lodge_ground::proof::Proof;
use lodge_ground::store::StoreError;
use lodge_ground::time::Timestamp;
use lodge_matrix::homeserver::{EventRef, RoomRef};
use lodge_matrix::news::Text;

use super::Channel;
use crate::rows::Unread;

impl Channel {
    /// Words that have just come in, if they are read now; otherwise they are kept.
    pub(super) fn read_now(
        &mut self,
        person: PersonId,
        (room, event): (&RoomRef, &EventRef),
        text: Text,
        now: Timestamp,
    ) -> Result<Option<Text>, StoreError> {
        if self.paces.may_hear(person, self.options.messages_a_minute, now) {
            return Ok(Some(text));
        }
        let thread = text.thread.as_ref().map(|thread| (person, thread.answering(room, event)));
        let Text { sender, body, reply_to, thread: within, mentions, everybody: _, proof, cipher: _, device } = text;
        let message = Unread {
            number: 0,
            event: event.0.clone(),
            room: room.clone(),
            member: person,
            since: now,
            sender,
            body,
            reply_to: reply_to.map(|event| event.0),
            thread: within,
            mentions,
            is_proven: proof == Proof::Proven,
            position: self.position(person),
            device,
            more: false,
        };
        if self.paces.keep(message, &mut self.batch)? {
            self.step_in(thread, Input::Hurried(person), now)?;
        }
        Ok(None)
    }

    /// Reads on in the words that were kept, as many of each person's as a minute allows.
    pub(super) fn read_on(&mut self, now: Timestamp) -> Result<(), StoreError> {
        let limit = self.options.messages_a_minute;
        for person in self.paces.behind() {
            while let Some(message) = self.paces.read_on(person, limit, now, &mut self.batch) {
                let Unread {
                    event, room, position, sender, body, reply_to, thread, mentions, is_proven, device, ..
                } = message;
                let proof = if is_proven { Proof::Proven } else { Proof::Unproven };
                let reply_to = reply_to.map(EventRef);
                let text =
                    Text { sender, body, reply_to, thread, mentions, everybody: false, proof, cipher: None, device };
                self.heard_words(person, (&room, &EventRef(event)), text, position, now)?;
                if message.more {
                    self.step(Input::LeftOut(person, LeftOut::Hurried), now)?;
                }
            }
        }
        Ok(())
    }
}
