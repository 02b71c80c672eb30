//! Taking something from the desk, so that colleagues know who sees to it; and putting it back.

use std::collections::BTreeSet;

use super::super::Waits;
use crate::effect::Act;
use crate::id::MemberId;
use crate::input::{Reply, Said};
use crate::people::member::Standing;
use crate::say::{Desk, Holder};
use crate::turn::Turn;

impl Turn<'_> {
    /// A member of staff puts their name on something that waits: on the line of this number, or on the thing that they
    /// were just shown.
    pub(super) fn take(&mut self, said: &Said, number: Option<u32>) {
        if self.staff_role(said).is_none() {
            return;
        }
        let (staff, now) = (said.member, self.now);
        let what = match number {
            Some(number) => self.line_of_desk(said, number),
            None => self.just_brought(said).or_else(|| self.only_line(said)).ok_or(Desk::WhichLine),
        };
        let what = match what {
            Ok(what) => what,
            Err(why) => {
                self.tell(staff, why);
                return;
            }
        };
        let Some(waiting) = self.waiting(staff).into_iter().find(|waiting| waiting.what == what) else {
            self.tell(staff, Desk::Settled);
            return;
        };
        let holder = self.holder(what).and_then(|(holder, at)| Some((self.named_for(staff, holder)?, holder, at)));
        let (say, owners) = match holder {
            Some((Holder::You, ..)) => (Desk::TookBefore, BTreeSet::from([staff])),
            Some((Holder::Colleague(by), holder, at)) => {
                (Desk::TakenBy { by, since: self.age(Some(at)) }, BTreeSet::from([staff, holder]))
            }
            None => {
                if let Some(dialogue) = self.dialogue(staff) {
                    dialogue.tray.take(what, now);
                }
                let owners = waiting.owners.into_iter().chain([staff]).collect();
                (Desk::Took { matter: waiting.matter }, owners)
            }
        };
        self.effect(owners, Act::Tell(staff, say.into()));
    }

    /// A member of staff takes their name off again.
    pub(super) fn put_back(&mut self, said: &Said, number: Option<u32>) {
        if self.staff_role(said).is_none() {
            return;
        }
        let staff = said.member;
        let what = match number {
            Some(number) => self.line_of_desk(said, number),
            None => self.just_brought(said).or_else(|| self.only_taken(staff)).ok_or(Desk::WhichLine),
        };
        let say = match what {
            Ok(what) => {
                let had = self.dialogue(staff).is_some_and(|dialogue| dialogue.tray.put_back(what));
                if had { Desk::PutBack } else { Desk::NotWithYou }
            }
            Err(why) => why,
        };
        self.tell(staff, say);
    }

    /// A member of staff answers the line of this number.
    pub(super) fn tell_numbered(&mut self, said: &Said, number: u32, words: &str) {
        if self.staff_role(said).is_none() {
            return;
        }
        match self.line_of_desk(said, number) {
            Ok(Waits::Enquiry(id)) => self.answer_enquiry(said, id, words),
            Ok(Waits::Visitor(id)) => match self.state.member(id).map(|visitor| visitor.person.address.clone()) {
                Some(who) => self.staff_tell(said, who, words),
                None => {
                    self.tell(said.member, Desk::Settled);
                }
            },
            Ok(Waits::Organisation(_) | Waits::Proposal(_) | Waits::Case(_)) => {
                self.tell(said.member, Desk::NotAQuestion { number });
            }
            Err(why) => {
                self.tell(said.member, why);
            }
        }
    }

    /// A member of staff closes the question on the line of this number.
    pub(super) fn done(&mut self, said: &Said, number: u32) {
        if self.staff_role(said).is_none() {
            return;
        }
        match self.line_of_desk(said, number) {
            Ok(Waits::Enquiry(id)) => self.close_enquiry(said, id),
            Ok(Waits::Visitor(_) | Waits::Organisation(_) | Waits::Proposal(_) | Waits::Case(_)) => {
                self.tell(said.member, Desk::NotAQuestion { number });
            }
            Err(why) => {
                self.tell(said.member, why);
            }
        }
    }

    /// The thing on the line of this number, as the desk was last shown to them.
    fn line_of_desk(&self, said: &Said, number: u32) -> Result<Waits, Desk> {
        let shown = self.state.member(said.member).and_then(|own| own.dialogue.tray.shown.as_ref());
        let shown = shown.filter(|shown| said.before.stood(shown.message)).ok_or(Desk::WhichLine)?;
        shown.line(number).ok_or(Desk::NoSuchLine { number })
    }

    /// The question that these words reply to, or that was brought immediately before them.
    fn just_brought(&self, said: &Said) -> Option<Waits> {
        let message = match said.reply {
            Reply::To(message) => Some(message),
            Reply::None => said.before.last(),
            Reply::Elsewhere => None,
        };
        self.state.member(said.member)?.dialogue.tray.brought_by(message?).map(Waits::Enquiry)
    }

    /// The only line of the desk as it was last shown.
    fn only_line(&self, said: &Said) -> Option<Waits> {
        let first = self.line_of_desk(said, 1).ok()?;
        self.line_of_desk(said, 2).is_err().then_some(first)
    }

    fn only_taken(&self, staff: MemberId) -> Option<Waits> {
        self.state.member(staff)?.dialogue.tray.only_taken()
    }

    /// Somebody who works for the service no longer has nothing on its desk.
    pub(crate) fn clear_tray(&mut self, member: MemberId) {
        let Some(own) = self.state.member(member) else { return };
        let works = own.standing == Standing::Current && own.person.role.is_staff();
        if !works
            && own.dialogue.tray.has_taken()
            && let Some(dialogue) = self.dialogue(member)
        {
            dialogue.tray.keep_taken(|_| false);
        }
    }
}
