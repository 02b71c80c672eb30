//! A person's rights: to read the policy, to see their own data, and to be forgotten (requirements A22, C8, C15).

use std::collections::BTreeSet;

use crate::audit::Noted;
use crate::domain_event::DomainEvent;
use crate::effect::Act;
use crate::id::{IntroductionId, MemberId};
use crate::input::Said;
use crate::mark::Marked;
use crate::people::member::Standing;
use crate::rights::data;
use crate::rights::short::Short;
use crate::say::{Rights, Say};
use crate::timer::Wait;
use crate::turn::Turn;

/// The longest part of somebody's data that goes into one message, in bytes: as much again is needed for its markup,
/// and a message has at most 65,536.
const PART_BYTES_MAX: usize = 20_000;

impl Turn<'_> {
    pub(crate) fn policy(&mut self, member: MemberId) {
        let (version, text) = (self.settings.versions.policy.clone(), self.settings.policy.clone());
        self.tell(member, Rights::Policy { version, text });
    }

    /// Tells everybody once that the policy page has changed.
    pub(crate) fn tell_of_policy(&mut self) {
        let version = self.settings.versions.policy.clone();
        let current = self.state.members().filter(|member| member.standing == Standing::Current);
        let untold = current.filter(|member| member.policy_told.as_ref() != Some(&version));
        let untold: Vec<(MemberId, bool)> = untold.map(|member| (member.id, member.policy_told.is_some())).collect();
        for (id, told_before) in untold {
            if let Some(member) = self.member(id) {
                member.policy_told = Some(version.clone());
            }
            // A new member reads of it in the welcome.
            if told_before {
                let say = Say::Rights(Rights::PolicyChanged { version: version.clone() });
                self.apart(&[b"policy", &id.to_bytes(), version.as_bytes()], |turn| turn.tell(id, say));
            }
        }
    }

    /// Shows a member everything that is kept about them, but for facts that would tell them of somebody else's no.
    pub(crate) fn my_data(&mut self, member: MemberId) {
        let pages = data::pages(data::about(self.state, self.settings, member, self.now), PART_BYTES_MAX);
        let of = pages.len();
        // A request that was taken back is not in it, even if its id is, beside words of their own.
        let received = self.state.introductions_of(member).into_iter();
        let received = received.filter(|one| one.requester != member && one.is_shown_to(member));
        let received: Vec<(IntroductionId, MemberId)> = received.map(|one| (one.id, one.requester)).collect();
        for (at, json) in pages.into_iter().enumerate() {
            let of_others = received.iter().filter(|(id, _)| json.contains(&id.to_string()));
            let of_others: Vec<(IntroductionId, MemberId)> = of_others.copied().collect();
            let owners = of_others.iter().map(|(_, requester)| *requester).chain([member]).collect();
            let short = if at == 0 { Short::about(self.state, self.settings, member) } else { None };
            let say = Say::Rights(Rights::MyData { part: at + 1, of, json, short });
            let effect = self.effect(owners, Act::Tell(member, say));
            // It holds details that others showed them, and is taken back with the other messages.
            for (id, _) in of_others {
                self.has_shown(id, member, effect);
            }
        }
    }

    pub(crate) fn forget_me(&mut self, said: &Said, sure: bool) {
        if !sure {
            self.tell(said.member, Rights::ForgetAsk { within: self.settings.forget_within });
            return;
        }
        if !self.is_proven(said) {
            return;
        }
        let (id, by) = (said.member, self.now.after(self.settings.forget_within));
        self.step.noted.push(Noted::ForgetAsked(id));
        if let Some(member) = self.member(id) {
            member.standing = Standing::Leaving(by);
            member.dialogue.draft = None;
            member.dialogue.saved = <_>::default();
            member.dialogue.offer = None;
            member.dialogue.carry = None;
            member.dialogue.browsing = None;
            member.dialogue.reflecting = None;
        }
        self.announce(DomainEvent::Leaving(id));
        self.wait(by, Wait::Forget { member: id });
        self.tell(id, Rights::Forgetting { by });
    }

    /// Forgets somebody whose time has come. Matters that others need to know of go on without them; all else goes with
    /// them.
    pub(crate) fn forget(&mut self, id: MemberId) {
        let Some(address) = self.state.member(id).map(|member| member.person.address.clone()) else { return };
        self.mark(Marked::Forgotten(&address), None);
        let mail = self.state.listing(id).and_then(|listing| listing.entry.mail.clone());
        if let Some(mail) = mail {
            self.mark(Marked::ForgottenMail(mail.as_str()), None);
        }
        self.let_go_of(id);
    }

    /// Forgets somebody without a mark. Matters that others need to know of go on without them.
    pub(crate) fn let_go_of(&mut self, id: MemberId) {
        self.announce(DomainEvent::Forgetting(id));
        self.effect(BTreeSet::new(), Act::Forget(id));
    }
}
