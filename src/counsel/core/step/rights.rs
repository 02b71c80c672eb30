//! What a client can ask about what is kept, and that nothing is.

use std::collections::BTreeSet;

use serde_json::json;

use super::Turn;
use crate::case::{Case, Stage};
use crate::effect::Act;
use crate::id::PersonId;
use crate::say::{ToClient, ToCounsellor};
use crate::state::Wait;

impl Turn<'_> {
    /// Everything that is kept about a client, for that client.
    pub(super) fn show_data(&mut self, person: PersonId) {
        let Some(client) = self.state.client(person) else { return };
        let case = |case: &Case| {
            let stage = match &case.stage {
                Stage::Offered { .. } => "asked",
                Stage::Opening { .. } => "opening",
                Stage::Open { .. } => "open",
                Stage::Closing { .. } => "closing",
                Stage::Closed { .. } => "closed",
            };
            let counsellor = match case.stage {
                Stage::Closed { counsellor } => counsellor,
                Stage::Offered { .. } | Stage::Opening { .. } | Stage::Open { .. } | Stage::Closing { .. } => {
                    case.counsellor()
                }
            };
            json!({
                "word": case.word,
                "stage": stage,
                "counsellor": counsellor.map(|id| self.name_of(id)),
                "about": case.about,
                "meeting": case.meeting,
            })
        };
        let cases: Vec<_> = self.state.cases().filter(|one| one.client == person).map(case).collect();
        let agreed = client.agreed.as_ref().map(|agreed| json!({ "edition": agreed.edition, "at": agreed.at }));
        let data = json!({ "account": client.address, "agreed": agreed, "heard": client.heard, "cases": cases });
        let data = serde_json::to_string_pretty(&data).unwrap_or_default();
        self.tell(person, ToClient::Data(data));
    }

    /// A client is forgotten: their counsellor learns that it is over, and nobody learns why.
    pub(super) fn forget(&mut self, person: PersonId) {
        self.tell(person, ToClient::Forgetting);
        self.let_go(person);
    }

    /// Whoever is not heard of, and of whom there is no case, is forgotten: soon, where they have not agreed to the terms.
    pub(super) fn wait_for_word(&mut self, person: PersonId) {
        let Some(client) = self.state.client(person).filter(|client| !client.forgetting) else { return };
        let keep = if client.agreed.is_some() { self.settings.keep_closed } else { self.settings.keep_strangers };
        let due = client.heard.after(keep);
        self.drop_timers(|wait| wait == Wait::Stranger(person));
        self.wait(due, Wait::Stranger(person));
    }

    /// Somebody of whom there may be no case may not have been heard of for long; they are forgotten without a word.
    pub(super) fn stranger(&mut self, person: PersonId) {
        let Some(client) = self.state.client(person).filter(|client| !client.forgetting) else { return };
        if self.state.cases().any(|case| case.client == person) {
            return;
        }
        let keep = if client.agreed.is_some() { self.settings.keep_closed } else { self.settings.keep_strangers };
        if client.heard.after(keep) > self.now { self.wait_for_word(person) } else { self.let_go(person) }
    }

    /// Lets go of a client and of everything about them.
    pub(super) fn let_go(&mut self, person: PersonId) {
        let cases: Vec<_> = self.state.cases().filter(|case| case.client == person).map(|case| case.id).collect();
        for id in cases {
            let Some(case) = self.take_case(id) else { continue };
            self.tell_taken(&case);
            let Some(counsellor) = case.counsellor() else { continue };
            if let Stage::Opening { room, .. } = &case.stage {
                self.clear_room(&case, counsellor, room.room());
            }
            // It outlives the client's own rows, for the room does too.
            self.tell(counsellor, ToCounsellor::Over(case.word));
        }
        self.offer_all();
        self.drop_timers(|wait| wait == Wait::Stranger(person));
        if let Some(client) = self.client(person) {
            client.forgetting = true;
        }
        self.effect(BTreeSet::new(), Act::Forget(person));
    }

    /// Nothing of them is left in the channel: their row goes too.
    pub(super) fn forgotten(&mut self, person: PersonId) {
        self.step.changes.clients.insert(person);
        self.state.take_client(person);
    }
}
