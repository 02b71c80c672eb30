//! Devices that are not known to be their owner's: the words that do not count from them, and the way to confirm them.
//!
//! The device that somebody writes from is not known here, only how far it counts. A device that waits is named by a
//! code, which its owner reads on it and confirms where the channel's operator has no say: at a device that is known, or face
//! to face with staff. The code is no secret, for devices that an operator adds can read it; they cannot use it.

use lodge_ground::proof::{DeviceCode, DeviceWord};

use crate::audit::Noted;
use crate::id::MemberId;
use crate::input::Said;
use crate::name::Address;
use crate::say::{Devices, Staffing};
use crate::turn::Turn;

impl Turn<'_> {
    /// "My new device": said from that device, it waits; said with its code from one that is known, it is confirmed.
    pub(crate) fn own_device(&mut self, said: &Said, code: Option<&DeviceCode>) {
        if !self.is_proven(said) {
            return;
        }
        let Some(code) = code else {
            self.tell(said.member, Devices::HowTo);
            return;
        };
        let say = if self.is_theirs(said.member, code) {
            self.step.noted.push(Noted::DeviceConfirmed(said.member));
            Devices::Confirmed
        } else {
            Devices::NoSuchCode
        };
        self.tell(said.member, say);
    }

    /// A member of staff, who has asked the person, says that the device with this code is theirs.
    pub(crate) fn device_of(&mut self, said: &Said, who: Address, code: Option<&DeviceCode>) {
        if self.staff_role(said).is_none() {
            return;
        }
        let Some(code) = code else {
            self.tell(said.member, Staffing::DeviceHow { who });
            return;
        };
        let id = self.state.member_at(&who).map(|member| member.id);
        let Some(id) = id.filter(|id| self.is_theirs(*id, code)) else {
            self.tell(said.member, Staffing::NoDeviceWaits { who });
            return;
        };
        self.step.noted.push(Noted::DeviceConfirmedBy(said.member, id));
        self.tell(id, Devices::ConfirmedByStaff);
        self.tell(said.member, Staffing::DeviceConfirmed { who });
    }

    /// Takes the device of this member's with this code for theirs, if one waits.
    fn is_theirs(&mut self, member: MemberId, code: &DeviceCode) -> bool {
        let now = self.now;
        let Some(id) = self.member(member).and_then(|own| own.dialogue.devices.take(code, now)) else { return false };
        self.step.devices.push((member, DeviceWord::IsTheirs(id)));
        true
    }
}
