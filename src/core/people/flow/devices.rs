//! Devices that are not known to be their owner's: what does not count from them, and how they are confirmed.
//!
//! Which device somebody writes from is not known here, only how far it counts. A device that waits is named by a code,
//! which its owner reads on it and confirms where the homeserver has no say: at a device that is known, or face to face
//! with staff. The code is no secret, for devices that a homeserver adds can read it; they cannot use it.

use lodge_ground::device::{DeviceCode, DeviceWord};

use crate::audit::Noted;
use crate::id::{ConfirmationId, MemberId};
use crate::input::{Said, Trust};
use crate::name::Address;
use crate::say::{Devices, Say, Staffing};
use crate::step::Turn;

impl Turn<'_> {
    /// Whether this counts as its writer's own; if not, they hear what to do.
    pub(crate) fn is_tied(&mut self, said: &Said) -> bool {
        match said.trust {
            Trust::Tied => true,
            Trust::Unconfirmed => {
                self.ask_whose_device(said.member);
                false
            }
            Trust::Untied => {
                self.tell(said.member, Say::DeviceUnknown);
                false
            }
        }
    }

    /// Whether this counts where it takes back rather than gives. A homeserver that writes "no" in somebody's name has
    /// gained nothing, for it could have kept their "yes" to itself.
    pub(crate) fn may_take_back(&mut self, said: &Said) -> bool {
        said.trust == Trust::Unconfirmed || self.is_tied(said)
    }

    /// The device that this was said from waits to be confirmed.
    fn ask_whose_device(&mut self, member: MemberId) {
        let (id, now): (ConfirmationId, _) = (self.ids.draw(), self.now);
        let Some(own) = self.member(member) else { return };
        own.dialogue.devices.add(id, now);
        self.step.devices.push((member, DeviceWord::Waits(id)));
        self.tell(member, Devices::WhoseIsIt { code: DeviceCode::of(id) }.into());
    }

    /// "My new device": said from that device, it waits; said with its code from one that is known, it is confirmed.
    pub(crate) fn own_device(&mut self, said: &Said, code: Option<&DeviceCode>) {
        if !self.is_tied(said) {
            return;
        }
        let Some(code) = code else {
            self.tell(said.member, Devices::HowTo.into());
            return;
        };
        let say = if self.is_theirs(said.member, code) {
            self.step.noted.push(Noted::DeviceConfirmed(said.member));
            Devices::Confirmed
        } else {
            Devices::NoSuchCode
        };
        self.tell(said.member, say.into());
    }

    /// A member of staff, who has asked the person, says that the device with this code is theirs.
    pub(crate) fn device_of(&mut self, said: &Said, who: Address, code: Option<&DeviceCode>) {
        if self.staff_role(said).is_none() {
            return;
        }
        let Some(code) = code else {
            self.tell(said.member, Staffing::DeviceHow { who }.into());
            return;
        };
        let id = self.state.member_at(&who).map(|member| member.id);
        let Some(id) = id.filter(|id| self.is_theirs(*id, code)) else {
            self.tell(said.member, Staffing::NoDeviceWaits { who }.into());
            return;
        };
        self.step.noted.push(Noted::DeviceConfirmedBy(said.member, id));
        self.tell(id, Devices::ConfirmedByStaff.into());
        self.tell(said.member, Staffing::DeviceConfirmed { who }.into());
    }

    /// Takes the device of this member's with this code for theirs, if one waits.
    fn is_theirs(&mut self, member: MemberId, code: &DeviceCode) -> bool {
        let now = self.now;
        let Some(id) = self.member(member).and_then(|own| own.dialogue.devices.take(code, now)) else { return false };
        self.step.devices.push((member, DeviceWord::IsTheirs(id)));
        true
    }
}
