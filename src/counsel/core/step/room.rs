//! The room of two: made and read back, the client first, then the counsellor, then speech; and the service is gone.

use std::collections::BTreeSet;

use lodge_ground::venue::Venue;

use super::Turn;
use crate::case::{Case, Opening, Stage};
use crate::effect::Act;
use crate::id::{CaseId, PersonId};
use crate::say::{Say, ToClient, ToCounsellor};
use crate::state::Wait;
use crate::tally::Month;

impl Turn<'_> {
    /// The room exists and is as it should be: the client is invited first.
    pub(super) fn room_made(&mut self, id: CaseId, room: Venue) {
        let Some((case, counsellor, Opening::Making)) = self.opening(id) else {
            // It was given up meanwhile; an empty room is left, and is nobody's.
            self.effect(BTreeSet::new(), Act::Leave(id, room));
            return;
        };
        self.set_opening(id, counsellor, Opening::Client(room.clone()));
        self.effect(BTreeSet::from([case.client]), Act::Invite(id, room, case.client));
    }

    /// Somebody came into the room of a case.
    pub(super) fn came_in(&mut self, id: CaseId, person: PersonId) {
        let Some((case, counsellor, opening)) = self.opening(id) else { return };
        let owners = BTreeSet::from([case.client]);
        match opening {
            Opening::Client(room) if person == case.client => {
                self.set_opening(id, counsellor, Opening::Counsellor(room.clone()));
                self.effect(owners.clone(), Act::Note(id, room.clone(), Say::FirstHere));
                self.effect(owners, Act::Invite(id, room, counsellor));
            }
            Opening::Counsellor(room) if person == counsellor => {
                self.drop_timers(|wait| wait == Wait::ComeBy(id));
                self.set_opening(id, counsellor, Opening::Both(room.clone()));
                self.effect(owners.clone(), Act::Note(id, room.clone(), Say::OpeningNote));
                self.effect(owners.clone(), Act::OpenSpeech(id, room.clone()));
                self.effect(owners, Act::Leave(id, room));
            }
            Opening::Making | Opening::Client(_) | Opening::Counsellor(_) | Opening::Both(_) => {}
        }
    }

    /// Somebody went, or turned the invitation down, before both were in.
    pub(super) fn went_out(&mut self, id: CaseId, person: PersonId) {
        let Some((case, counsellor, opening)) = self.opening(id) else { return };
        match opening {
            Opening::Client(_) | Opening::Counsellor(_) if [case.client, counsellor].contains(&person) => {
                self.not_met(id);
            }
            Opening::Making | Opening::Client(_) | Opening::Counsellor(_) | Opening::Both(_) => {}
        }
    }

    /// The service has left the room. It cannot read on, and learns of it only what either of the two tells it.
    pub(super) fn room_left(&mut self, id: CaseId) {
        let Some((_, counsellor, Opening::Both(room))) = self.opening(id) else { return };
        if let Some(case) = self.case(id) {
            case.stage = Stage::Open { counsellor, room };
        }
        if let Some(month) = Month::of(self.now, &self.settings.office.zone) {
            self.state.tally.get_mut().count(month);
        }
    }

    /// One of the two has not come in: the room is closed, and both are told the same, kindly.
    pub(super) fn not_met(&mut self, id: CaseId) {
        self.give_up(id, ToClient::NotMet, ToCounsellor::NotMet);
    }

    /// The room could not be made, or somebody not be invited.
    pub(super) fn not_opened(&mut self, id: CaseId) {
        self.give_up(id, ToClient::NotOpened, ToCounsellor::NotOpened);
    }

    fn give_up(
        &mut self,
        id: CaseId,
        to_client: ToClient,
        to_counsellor: impl Fn(crate::word::CaseWord) -> ToCounsellor,
    ) {
        let Some((case, counsellor, opening)) = self.opening(id) else { return };
        self.clear_room(&case, counsellor, opening.room());
        self.take_case(id);
        let word = case.word.clone();
        self.tell_both(&case, counsellor, to_client, to_counsellor(word));
        self.wait_for_word(case.client);
        self.offer_all();
    }

    /// Takes everybody out of a room, and leaves it.
    pub(super) fn clear_room(&mut self, case: &Case, counsellor: PersonId, room: Option<&Venue>) {
        let Some(room) = room else { return };
        for person in [counsellor, case.client] {
            self.effect(BTreeSet::from([case.client]), Act::Remove(case.id, room.clone(), person));
        }
        self.effect(BTreeSet::new(), Act::Leave(case.id, room.clone()));
    }

    /// A case whose room is on its way.
    fn opening(&self, id: CaseId) -> Option<(Case, PersonId, Opening)> {
        let case = self.state.case(id)?;
        match &case.stage {
            Stage::Opening { counsellor, room } => Some((case.clone(), *counsellor, room.clone())),
            Stage::Offered { .. } | Stage::Open { .. } | Stage::Closing { .. } | Stage::Closed { .. } => None,
        }
    }

    fn set_opening(&mut self, id: CaseId, counsellor: PersonId, room: Opening) {
        if let Some(case) = self.case(id) {
            case.stage = Stage::Opening { counsellor, room };
        }
    }
}
