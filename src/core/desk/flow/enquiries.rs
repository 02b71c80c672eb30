//! Questions to the staff: brought to everybody who works for the service, and answered by one of them in the service's
//! name.

use std::collections::BTreeSet;

use super::super::{ANSWERED_KEPT, Answered, Enquiry, KEPT_MAX, KEPT_OF_ONE_MAX, OPEN_MAX};
use super::listing::excerpt;
use crate::audit::Noted;
use crate::dialogue::{Asks, StaffSaid};
use crate::effect::Act;
use crate::id::{EnquiryId, MemberId};
use crate::input::Said;
use crate::introduction::Request;
use crate::name::{Address, clean_text};
use crate::people::member::{Member, Standing};
use crate::say::{Desk, Joining, Say, Staffing};
use crate::time::Span;
use crate::turn::Turn;

/// The span for which questions are counted.
const DAY: Span = Span::from_days(1);

impl Turn<'_> {
    /// Somebody asks the staff for help: their words and their address go to all who work for the service.
    pub(crate) fn ask_staff(&mut self, from: MemberId, words: &str) {
        self.ask_staff_more(from, words, None);
    }

    /// The same, after the staff's answer to the question `after`.
    pub(crate) fn ask_staff_more(&mut self, from: MemberId, words: &str, after: Option<EnquiryId>) {
        let (most, found) = (self.settings.words_chars_max, words.chars().count());
        if words.trim().is_empty() {
            self.tell_asking_anew(from, Asks::Staff, Joining::AskStaffWhat);
        } else if found > most {
            self.tell(from, Say::WordsTooLong { limit: most, found });
        } else if self.asks_staff(from) {
            self.bring_enquiry(from, words.trim().to_owned(), after, None);
            self.tell(from, Joining::StaffAsked);
        }
    }

    /// Somebody would like the staff's view of the request that they are writing. Staff read its words, and not whom it is to.
    /// A draft is its writer's own until then, so words count for this that can be tied to a device of theirs.
    pub(crate) fn ask_feedback(&mut self, said: &Said) {
        let from = said.member;
        let request = self.state.member(from).and_then(|own| own.dialogue.draft.as_ref()?.request());
        let Some(Request { purpose, message, plan, .. }) = request.cloned() else {
            self.tell(from, Desk::FeedbackOnWhat);
            return;
        };
        if !self.is_proven(said) || !self.asks_staff(from) {
            return;
        }
        let words = [message].into_iter().chain(plan.questions).collect::<Vec<_>>().join("\n");
        let label =
            self.settings.purpose(&purpose).map_or_else(|| purpose.to_string(), |purpose| purpose.label.clone());
        self.bring_enquiry(from, words, None, Some(label));
        self.tell(from, Desk::FeedbackAsked);
    }

    /// Whether somebody can ask the staff one thing more today, which is counted then. Otherwise they hear why not.
    fn asks_staff(&mut self, from: MemberId) -> bool {
        let (now, limit) = (self.now, self.settings.joining.help_a_day);
        let waiting = self.open_enquiries(from).count();
        let Some(member) = self.member(from) else { return false };
        member.helped_at.retain(|at| at.after(DAY) > now);
        if member.helped_at.len() >= limit {
            self.tell(from, Joining::AskedStaffEnough);
            return false;
        }
        if waiting >= OPEN_MAX {
            self.tell(from, Desk::QuestionsWait { count: waiting });
            return false;
        }
        member.helped_at.push(now);
        true
    }

    fn bring_enquiry(&mut self, from: MemberId, words: String, after: Option<EnquiryId>, draft: Option<String>) {
        let Some(member) = self.state.member(from) else { return };
        let (address, role) = (member.person.address.clone(), member.person.role);
        let enquiry = Enquiry { id: self.ids.draw(), by: from, words: words.clone(), at: self.now, answered: None };
        let id = enquiry.id;
        let before = after.and_then(|after| self.state.enquiry(after)).map(|before| excerpt(&before.words));
        self.state.enquiries.put(enquiry);
        self.keep_enquiries_few(from);
        for staff in self.staff() {
            let (from_address, before, draft) = (address.clone(), before.clone(), draft.clone());
            let say = Staffing::HelpWanted { from: from_address, role, words: words.clone(), before, draft };
            let message = self.effect(BTreeSet::from([from, staff]), Act::Tell(staff, say.into()));
            if let Some(dialogue) = self.dialogue(staff) {
                dialogue.tray.bring(message, id);
            }
        }
    }

    /// A member of staff answers somebody, by their address: every question of theirs that waits is answered by that.
    pub(crate) fn staff_tell(&mut self, said: &Said, who: Address, words: &str) {
        if self.staff_role(said).is_none() {
            return;
        }
        let Some(words) = self.words_of_staff(said, words) else { return };
        let current = self.state.member_at(&who).filter(|member| member.standing == Standing::Current);
        let Some(to) = current.map(|member| member.id).filter(|to| *to != said.member) else {
            self.tell(said.member, Staffing::NotListed { who });
            return;
        };
        let answered: Vec<EnquiryId> = self.open_enquiries(to).map(|enquiry| enquiry.id).collect();
        self.pass_on(said, to, words, &answered);
    }

    /// A member of staff answers this question. The first answer counts.
    pub(crate) fn answer_enquiry(&mut self, said: &Said, id: EnquiryId, words: &str) {
        if self.staff_role(said).is_none() {
            return;
        }
        let found = self.state.enquiry(id).and_then(|enquiry| Some((enquiry, self.state.member(enquiry.by)?)));
        let found = found.filter(|(_, asker)| asker.standing == Standing::Current);
        let Some((enquiry, asker)) = found else {
            self.tell(said.member, Desk::QuestionGone);
            return;
        };
        let to = asker.id;
        if to == said.member {
            self.tell(said.member, Say::NotThatOne);
            return;
        }
        if let Some(Answered { by, closed: false, .. }) = enquiry.answered {
            let address = |member: &Member| member.person.address.clone();
            let (who, own) = (address(asker), by == said.member);
            let answerer = self.state.member(by).map(address);
            let owners =
                BTreeSet::from([said.member, to]).into_iter().chain(answerer.is_some().then_some(by)).collect();
            let say = Desk::AnsweredBefore { who, by: answerer, own };
            self.effect(owners, Act::Tell(said.member, say.into()));
            return;
        }
        if let Some(words) = self.words_of_staff(said, words) {
            self.pass_on(said, to, words, &[id]);
        }
    }

    /// The words of a member of staff, tidied; if there are none, or too many, they hear that.
    pub(crate) fn words_of_staff(&mut self, said: &Said, words: &str) -> Option<String> {
        let (words, limit) = (clean_text(words), self.settings.message_chars_max);
        let found = words.chars().count();
        let say = match found {
            0 => Say::WordsMissing { command: "tell".to_owned() },
            found if found > limit => Say::WordsTooLong { limit, found },
            _ => return Some(words),
        };
        self.tell(said.member, say);
        None
    }

    /// Words of a member of staff go to somebody in the service's name, with the author on record. Their colleagues see
    /// that it is done, and by whom.
    pub(crate) fn pass_on(&mut self, said: &Said, to: MemberId, words: String, answers: &[EnquiryId]) {
        let address = |id: MemberId| self.state.member(id).map(|member| member.person.address.clone());
        let (Some(who), Some(by)) = (address(to), address(said.member)) else { return };
        self.step.noted.push(Noted::AnsweredBy(said.member, to));
        self.settle_enquiries(answers, said.member, false);
        let message = self.tell(to, Joining::StaffSay { words: words.clone() });
        if let Some(dialogue) = self.dialogue(to) {
            dialogue.staff_said.push(StaffSaid { message, answers: answers.last().copied() });
        }
        for staff in self.staff().into_iter().filter(|staff| *staff != to) {
            let say = if staff == said.member {
                Staffing::Told { who: who.clone() }
            } else {
                Staffing::ToldBy { who: who.clone(), by: by.clone(), words: words.clone() }
            };
            self.effect(BTreeSet::from([staff, to, said.member]), Act::Tell(staff, say.into()));
        }
    }

    /// A member of staff closes a question that needs no answer in writing. Whoever asked hears that, for they wait.
    pub(super) fn close_enquiry(&mut self, said: &Said, id: EnquiryId) {
        let (staff, open) = (said.member, self.state.enquiry(id).filter(|enquiry| enquiry.answered.is_none()));
        let found = open.and_then(|enquiry| Some((enquiry.words.clone(), self.current(enquiry.by)?)));
        let Some((words, asker)) = found else {
            self.tell(staff, Desk::Settled);
            return;
        };
        let (asker, who) = (asker.id, asker.person.address.clone());
        self.step.noted.push(Noted::ClosedBy(staff, asker));
        self.settle_enquiries(&[id], staff, true);
        if asker != staff {
            self.tell(asker, Desk::QuestionClosed { words });
        }
        self.effect(BTreeSet::from([staff, asker]), Act::Tell(staff, Desk::Done { who }.into()));
    }

    fn settle_enquiries(&mut self, ids: &[EnquiryId], by: MemberId, closed: bool) {
        let answered = Some(Answered { by, at: self.now, closed });
        for id in ids {
            if let Some(enquiry) = self.state.enquiries.get_mut(*id) {
                enquiry.answered = answered;
            }
        }
    }

    /// Staff have verified somebody, and with that settled their questions.
    pub(crate) fn settled_by_verifying(&mut self, by: MemberId, member: MemberId) {
        let settled: Vec<EnquiryId> = self.open_enquiries(member).map(|enquiry| enquiry.id).collect();
        self.settle_enquiries(&settled, by, false);
    }

    /// Somebody takes back the question that they asked the staff last.
    pub(crate) fn take_enquiry_back(&mut self, said: &Said) {
        let last = self.open_enquiries(said.member).max_by_key(|enquiry| (enquiry.at, enquiry.id)).map(|last| last.id);
        let Some(last) = last else {
            self.tell(said.member, Desk::NoQuestion);
            return;
        };
        if !self.may_take_back(said) {
            return;
        }
        let Some(enquiry) = self.state.enquiries.take(last) else { return };
        self.tell(said.member, Desk::QuestionTakenBack { words: enquiry.words });
        let Some(who) = self.state.member(said.member).map(|own| own.person.address.clone()) else { return };
        for staff in self.staff().into_iter().filter(|staff| *staff != said.member) {
            let say = Desk::TakenBackBy { who: who.clone() };
            self.effect(BTreeSet::from([staff, said.member]), Act::Tell(staff, say.into()));
        }
    }

    /// The questions of this person's that wait for an answer.
    pub(crate) fn open_enquiries(&self, by: MemberId) -> impl Iterator<Item = &Enquiry> {
        self.state.enquiries().filter(move |enquiry| enquiry.by == by && enquiry.answered.is_none())
    }

    /// Lets go of questions beyond the bounds: answered ones first, and of those the oldest. One that is not answered was
    /// brought to everybody who works for the service all the same.
    fn keep_enquiries_few(&mut self, from: MemberId) {
        for (of, most) in [(Some(from), KEPT_OF_ONE_MAX), (None, KEPT_MAX)] {
            let kept = self.state.enquiries().filter(|enquiry| of.is_none_or(|of| enquiry.by == of));
            let mut kept: Vec<_> = kept.map(|one| (one.answered.is_none(), one.at, one.id)).collect();
            kept.sort_unstable();
            for (_, _, id) in kept.iter().take(kept.len().saturating_sub(most)) {
                self.state.enquiries.take(*id);
            }
        }
    }

    /// Lets go of questions that were answered a while ago.
    pub(crate) fn tidy_enquiries(&mut self) {
        let over = |enquiry: &&Enquiry| enquiry.answered.is_some_and(|one| one.at.after(ANSWERED_KEPT) <= self.now);
        for id in self.state.enquiries().filter(over).map(|enquiry| enquiry.id).collect::<Vec<_>>() {
            self.state.enquiries.take(id);
        }
    }

    /// Lets go of a member's questions.
    pub(crate) fn drop_enquiries(&mut self, member: MemberId) {
        let theirs = self.state.enquiries().filter(|enquiry| enquiry.by == member);
        for id in theirs.map(|enquiry| enquiry.id).collect::<Vec<_>>() {
            self.state.enquiries.take(id);
        }
    }
}
