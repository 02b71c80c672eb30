//! Policy lists that the service follows: whoever they name is taken out of the rooms for many, unless staff say otherwise.

use crate::audit::Noted;
use crate::id::MemberId;
use crate::mark::Marked;
use crate::member::{Member, Standing};
use crate::moderation::BAN_KEPT;
use crate::name::Address;
use crate::say::{Conduct, ConductDesk};
use crate::turn::Turn;

impl Turn<'_> {
    /// The lists were read: whoever is in a room for many and named by one is banned, and staff hear of it.
    pub(crate) fn heed_policies(&mut self) {
        if self.settings.rooms.policies.is_empty() {
            return;
        }
        let inside = self.state.members().filter(|member| !member.rooms.at.is_empty());
        let inside: Vec<MemberId> = inside.map(|member| member.id).collect();
        for member in inside {
            self.heed_policies_about(member);
        }
    }

    /// Bans somebody whom a list names. Whether it did.
    pub(crate) fn heed_policies_about(&mut self, id: MemberId) -> bool {
        let Some((who, pattern)) = self.named_by_list(id) else { return false };
        let returns = self.state.member(id).map_or(0, |member| member.returns);
        self.step.noted.push(Noted::BannedByList(id));
        self.apart(&[b"policy lists", &id.to_bytes(), &returns.to_be_bytes()], |turn| {
            let service = turn.settings.service.clone();
            turn.put_out(id, &who, Conduct::BannedAsListed { service });
            turn.tell_staff(id, &ConductDesk::BannedByList { who, pattern }.into());
        });
        true
    }

    /// Staff decided about this account themselves: no list takes it out again.
    pub(crate) fn spare(&mut self, who: &Address) {
        if self.settings.rooms.policies.against(who, &self.ours()).is_some() {
            self.mark(Marked::Spared(who), Some(self.now.after(BAN_KEPT)));
        }
    }

    fn named_by_list(&self, id: MemberId) -> Option<(Address, String)> {
        let member = self.state.member(id)?;
        let who = &member.person.address;
        let ours = member.standing != Standing::Current || member.person.role.is_staff();
        if ours || self.is_marked(Marked::Spared(who)) {
            return None;
        }
        let rule = self.settings.rooms.policies.against(who, &self.ours())?;
        Some((who.clone(), rule.pattern.as_str().to_owned()))
    }

    /// Whom no rule may name that counts here.
    fn ours(&self) -> Vec<&Address> {
        let works = |member: &&Member| member.standing == Standing::Current && member.person.role.is_staff();
        let staff = self.state.members().filter(works).map(|member| &member.person.address);
        [&self.settings.porter].into_iter().chain(&self.settings.rooms.standby).chain(staff).collect()
    }
}
