//! The writer of words: the devices that count as theirs, and the word by which they consent.

use lodge_ground::proof::{DeviceCode, DeviceWord};

use crate::consent::{NoWord, Word};
use crate::id::{ConfirmationId, EffectId, MemberId};
use crate::input::{Proof, Said};
use crate::say::{Devices, NotTaken, Say};
use crate::turn::Turn;

impl Turn<'_> {
    /// Whether this counts as its writer's own; if not, they hear what to do.
    pub(crate) fn is_proven(&mut self, said: &Said) -> bool {
        match said.proof {
            Proof::Proven => true,
            Proof::Unconfirmed => {
                self.ask_whose_device(said.member);
                false
            }
            Proof::Unproven => {
                self.tell(said.member, Say::DeviceUnknown);
                false
            }
        }
    }

    /// Whether this counts where it takes back rather than gives. An operator who writes "no" in somebody's name has
    /// gained nothing, for it could have kept their "yes" to itself.
    pub(crate) fn may_take_back(&mut self, said: &Said) -> bool {
        said.proof == Proof::Unconfirmed || self.is_proven(said)
    }

    /// The device that this was said from waits to be confirmed.
    pub(crate) fn ask_whose_device(&mut self, member: MemberId) {
        let (id, now): (ConfirmationId, _) = (self.ids.draw(), self.now);
        let Some(own) = self.member(member) else { return };
        own.dialogue.devices.add(id, now);
        self.step.devices.push((member, DeviceWord::Waits(id)));
        self.tell(member, Devices::WhoseIsIt { code: DeviceCode::of(id) });
    }

    /// The member's word in answer to one of these messages; if it is none, they hear why.
    pub(crate) fn word(&mut self, said: &Said, shown: &[EffectId]) -> Option<Word> {
        match Word::of(said, shown) {
            Ok(word) => Some(word),
            Err(NoWord::Early) => {
                self.early(said);
                None
            }
            Err(NoWord::Unproven) => {
                // This tells them the next steps about the device.
                self.is_proven(said);
                None
            }
        }
    }

    /// These words came before the question they would answer. Their writer hears so, once.
    pub(crate) fn early(&mut self, said: &Said) {
        let told = self.state.member(said.member).and_then(|own| own.dialogue.told_early);
        if told.is_some_and(|told| !said.before.stood(told)) {
            return;
        }
        let message = self.tell(said.member, NotTaken::Early);
        if let Some(dialogue) = self.dialogue(said.member) {
            dialogue.told_early = Some(message);
        }
    }

    /// Says why words were not taken for an answer.
    pub(crate) fn not_taken(&mut self, said: &Said, why: Say) {
        if why == Say::NotTaken(NotTaken::Early) {
            self.early(said);
        } else {
            self.tell(said.member, why);
        }
    }
}
