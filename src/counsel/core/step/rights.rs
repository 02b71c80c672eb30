//! A client's rights: to see what is kept about them, and to have nothing kept.

use std::collections::BTreeSet;

use lodge_ground::time::Timestamp;
use serde_json::{Value, json};

use super::Turn;
use crate::case::{Case, Stage};
use crate::effect::Act;
use crate::id::PersonId;
use crate::people::Talk;
use crate::say::{ToClient, ToCounsellor};
use crate::state::Wait;

impl Turn<'_> {
    /// Shows a client everything that is kept about them.
    pub(super) fn show_data(&mut self, person: PersonId) {
        let Some(client) = self.state.client(person) else { return };
        let cases: Vec<_> =
            self.state.cases().filter(|one| one.client == person).map(|case| self.data_of(case)).collect();
        let agreed = client.agreed.as_ref();
        let agreed = agreed.map(|it| json!({ "edition": it.edition, "wording": it.wording, "at": moment(it.at) }));
        let asking = match &client.talk {
            Talk::Terms(edition) => json!({ "terms": edition }),
            Talk::Whom => json!("whom"),
            Talk::About(wanted) => json!({ "wanted": self.only_one_of(wanted) }),
            Talk::Showing(wanted, line) => json!({ "wanted": self.only_one_of(wanted), "line": line }),
            Talk::Nothing => json!(null),
        };
        let data = json!({
            "account": client.address,
            "agreed": agreed,
            "heard": moment(client.heard),
            "asked": client.asked.iter().copied().map(moment).collect::<Vec<_>>(),
            "asking": asking,
            "cases": cases,
        });
        let data = serde_json::to_string_pretty(&data).unwrap_or_default();
        self.tell(person, ToClient::Data(data));
    }

    fn data_of(&self, case: &Case) -> Value {
        let (stage, until) = match &case.stage {
            Stage::Offered { until, .. } => ("asked", Some(*until)),
            Stage::Opening { .. } => ("opening", None),
            Stage::Open { .. } => ("open", None),
            Stage::Closing { .. } => ("closing", None),
            Stage::Closed { .. } => ("closed", None),
        };
        let counsellor = match case.stage {
            Stage::Closed { counsellor } => counsellor,
            Stage::Offered { .. } | Stage::Opening { .. } | Stage::Open { .. } | Stage::Closing { .. } => {
                case.counsellor()
            }
        };
        let room = match &case.stage {
            Stage::Opening { room, .. } => room.room().map(|room| room.0.as_str()),
            Stage::Open { room, .. } => Some(room.0.as_str()),
            Stage::Offered { .. } | Stage::Closing { .. } | Stage::Closed { .. } => None,
        };
        json!({
            "word": case.word,
            "wanted": self.only_one_of(&case.wanted),
            "about": case.about,
            "stage": stage,
            "until": until.map(moment),
            "room": room,
            "counsellor": counsellor.map(|id| self.name_of(id)),
            "meeting": case.meeting.map(moment),
            "suggested": case.suggested.as_ref().map(|suggested| moment(suggested.at)),
            "handover": case.handover.as_ref().map(|handover| json!({ "to": self.only_one_of(&handover.to) })),
        })
    }

    /// A client is forgotten: their counsellor learns that it is over, and nobody learns why.
    pub(super) fn forget(&mut self, person: PersonId) {
        self.tell(person, ToClient::Forgetting);
        self.let_go(person);
    }

    /// Sets the timer by which somebody is forgotten who is not heard of and of whom there is no case: soon, where they
    /// have not agreed to the terms.
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
        self.state.clients.take(person);
    }
}

/// A moment as programs and people read it.
fn moment(at: Timestamp) -> Option<String> {
    jiff::Timestamp::from_millisecond(at.as_millis()).ok().map(|at| at.to_string())
}
