//! The homeserver no longer knows how far it was heard: it is heard anew, and counsellors are told ([`lodge_matrix::anew`]).

use std::collections::BTreeSet;

use lodge_counsel_core::effect::Act;
use lodge_counsel_core::id::PersonId;
use lodge_counsel_core::say::{Say, ToCounsellor};
use lodge_ground::store::StoreError;

use super::Channel;
use crate::errand::Errand;

impl Channel {
    /// The homeserver refuses to go on from the end of the last response, or has lost events of it. The next response
    /// begins without a token; events of it that are in the ledger are not heard again.
    pub fn cannot_go_on(&mut self) -> Result<(), StoreError> {
        if !self.hearing.cannot_go_on(&mut self.batch) {
            return Ok(());
        }
        let current: Vec<PersonId> = self.state.counsellors().iter().map(|one| one.id).collect();
        for person in current {
            let id = self.ids.draw();
            self.ensure_conversation(person)?;
            let say = Say::Counsellor(ToCounsellor::BeganAnew);
            self.add_job(id, BTreeSet::from([person]), Errand::Act(Act::Tell(person, say)))?;
        }
        Ok(())
    }
}
