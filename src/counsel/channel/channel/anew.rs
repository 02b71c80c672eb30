//! The homeserver no longer knows how far it was heard: it is heard anew, and counsellors are told ([`lodge_matrix::anew`]).

use std::collections::BTreeSet;

use lodge_counsel_core::effect::Act;
use lodge_counsel_core::id::PersonId;
use lodge_counsel_core::say::{Say, ToCounsellor};
use lodge_ground::store::StoreError;
use lodge_ground::time::Timestamp;
use lodge_matrix::anew::{self, Anchor};
use lodge_matrix::news::{Delivery, RoomNews};

use super::{Channel, Place};
use crate::errand::Errand;
use crate::rows::{self, Token};

impl Channel {
    /// Events of which the homeserver still knows, if it knows how far it was heard; newest first.
    pub fn anchors(&self) -> &[Anchor] {
        self.anchors.all()
    }

    /// The homeserver refuses to go on from the end of the last response, or has lost events of it. The next response
    /// begins without a token; events of it that are in the ledger are not heard again.
    pub fn cannot_go_on(&mut self) -> Result<(), StoreError> {
        if self.token.take().is_none() {
            return Ok(());
        }
        self.batch.push(rows::delete_single::<Token>());
        self.began_anew = true;
        self.anchors = anew::Anchors::default();
        let current: Vec<PersonId> = self.state.counsellors().iter().map(|one| one.id).collect();
        for person in current {
            let id = self.ids.draw();
            self.ensure_conversation(person)?;
            let say = Say::Counsellor(ToCounsellor::BeganAnew);
            self.add_job(id, BTreeSet::from([person]), Errand::Act(Act::Tell(person, say)))?;
        }
        Ok(())
    }

    /// Leaves out of a response without a token all that is older than the ledger: it may have been heard.
    pub(super) fn leave_out_what_was_heard(&self, delivery: &mut Delivery, now: Timestamp) {
        if self.token.is_none() {
            anew::leave_out_what_was_heard(&mut delivery.rooms, &self.seen, now);
        }
    }

    /// These rooms were heard of. The service stays in conversations; elsewhere it may have left when it looks again.
    pub(super) fn anchor(&mut self, rooms: &[RoomNews], now: Timestamp) {
        let (places, own) = (&self.places, &self.options.settings.account);
        let stays = |room: &_| matches!(places.get(room), Some(Place::Conversation(_)));
        self.anchors.heard(rooms, stays, own, now);
    }
}
