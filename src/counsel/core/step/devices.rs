//! Devices that are not known to be their owner's: the words that do not count from them, and the way to confirm them.
//!
//! There is nobody here who could ask a client who they are, so only a device that is known vouches for another.
//! Somebody who has none any more can still be forgotten, and begins again.

use std::collections::BTreeSet;

use lodge_ground::proof::{DeviceCode, DeviceWord, Proof, Waiting};

use super::Turn;
use super::asking::offer_of;
use super::times::suggestion;
use crate::asked::Asked;
use crate::case::{Case, Stage};
use crate::command::FromClient;
use crate::id::{ConfirmationId, EffectId, PersonId};
use crate::input::Said;
use crate::people::Talk;
use crate::say::{Say, ToClient, ToCounsellor};

impl Turn<'_> {
    /// Whether this counts as its writer's own, or takes back rather than gives; if not, they hear what to do.
    pub(super) fn counts(&mut self, said: &Said, takes_back: bool) -> bool {
        match said.proof {
            Proof::Proven => true,
            Proof::Unconfirmed if takes_back => true,
            Proof::Unconfirmed => {
                self.ask_whose_device(said.person);
                false
            }
            Proof::Unproven => {
                self.tell(said.person, Say::DeviceUnknown);
                false
            }
        }
    }

    /// The device that this was said from waits to be confirmed.
    fn ask_whose_device(&mut self, person: PersonId) {
        let (id, now): (ConfirmationId, _) = (self.ids.draw(), self.now);
        let counsels = self.state.counsellor(person).is_some();
        let Some(devices) = self.waiting_devices(person) else { return };
        devices.add(id, now);
        self.step.devices.push((person, DeviceWord::Waits(id)));
        self.tell(person, Say::DeviceNew { code: DeviceCode::of(id), counsels });
    }

    /// "My new device": said with its code from one that is known, it is confirmed.
    pub(super) fn own_device(&mut self, person: PersonId, code: Option<&DeviceCode>) {
        let Some(code) = code else { return self.tell(person, Say::DeviceHow) };
        let now = self.now;
        let found = self.waiting_devices(person).and_then(|devices| devices.take(code, now));
        let Some(id) = found else { return self.tell(person, Say::DeviceCodeUnknown) };
        self.step.devices.push((person, DeviceWord::IsTheirs(id)));
        self.tell(person, Say::DeviceConfirmed);
    }

    /// Says once more what waits for somebody's answer, where they write from one more device, or confirmed one: it cannot show
    /// what was said before.
    pub(super) fn show_on_further_devices(&mut self, said: &Said) {
        let confirmed = self.step.devices.iter().any(|(_, word)| matches!(word, DeviceWord::IsTheirs(_)));
        if !confirmed && !said.is_further_device {
            return;
        }
        let person = said.person;
        let told: BTreeSet<EffectId> = self.step.effects.iter().map(|effect| effect.id).collect();
        let is_unsaid = |question: &Asked| !question.messages().any(|message| told.contains(&message));
        let client = self.state.client(person).filter(|client| client.talk != Talk::Nothing && !client.forgetting);
        let talks = client.is_some_and(|client| is_unsaid(&client.question));
        let asks = |case: &&Case| {
            let questions = case.questions_to(person);
            !questions.is_empty() && questions.iter().all(is_unsaid)
        };
        let cases: Vec<Case> = self.state.cases().filter(asks).cloned().collect();
        if !talks && cases.is_empty() {
            return;
        }
        self.tell(person, Say::DeviceOnceMore);
        for case in cases {
            self.repeat_about_case(&case, person);
        }
        if talks {
            self.repeat(person);
        }
    }

    /// Puts the question about a case once more that waits for this person's answer.
    fn repeat_about_case(&mut self, case: &Case, person: PersonId) {
        let suggested = case.suggested.as_ref().filter(|suggested| suggested.by != person);
        match (&case.stage, &case.handover, suggested) {
            (Stage::Offered { until, .. }, _, _) => {
                let say = offer_of(case, *until);
                self.ask_about_case(case.id, person, say, |case| case.is_offered_to(person));
            }
            (_, Some(handover), _) if person == case.client => self.say_handover(case.id, handover),
            (_, _, Some(suggested)) if person == case.client => {
                self.ask_about_case(case.id, person, ToClient::TimeSuggested(suggested.at), suggestion);
            }
            (_, _, Some(suggested)) => {
                let say = ToCounsellor::TimeSuggested(case.word.clone(), suggested.at);
                self.ask_about_case(case.id, person, say, suggestion);
            }
            (Stage::Opening { .. } | Stage::Open { .. } | Stage::Closing { .. } | Stage::Closed { .. }, _, None) => {}
        }
    }

    fn waiting_devices(&mut self, person: PersonId) -> Option<&mut Waiting> {
        if self.state.counsellor(person).is_some() {
            return self.counsellor_of(person).map(|one| &mut one.devices);
        }
        self.client(person).map(|client| &mut client.devices)
    }
}

/// Whether a client's words take back rather than give. A homeserver that writes them gains nothing that it could not
/// have by keeping the client's own words to itself.
pub(super) fn takes_back(command: &FromClient) -> bool {
    match command {
        FromClient::Withdraw | FromClient::Close | FromClient::CancelTime | FromClient::Forget { .. } => true,
        // A "no" can be to showing a line, and then counsellors are asked without it.
        FromClient::No
        | FromClient::Help
        | FromClient::Terms
        | FromClient::Yes
        | FromClient::Skip
        | FromClient::Left
        | FromClient::Time(_)
        | FromClient::Data
        | FromClient::OwnDevice(_)
        | FromClient::Text(_) => false,
    }
}
