//! Devices that are not known to be their owner's: the words that do not count from them, and the way to confirm them.
//!
//! There is nobody here who could ask a client who they are, so only a device that is known vouches for another.
//! Somebody who has none any more can still be forgotten, and begins again.

use lodge_ground::proof::{DeviceCode, DeviceWord, Proof, Waiting};

use super::Turn;
use crate::command::FromClient;
use crate::id::{ConfirmationId, PersonId};
use crate::input::Said;
use crate::say::Say;

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
