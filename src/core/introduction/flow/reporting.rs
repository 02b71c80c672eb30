//! Blocking and reporting: a member who does either is left in peace at once, and nobody hears of it.

use crate::audit::Noted;
use crate::conduct::report::Report;
use crate::dialogue::Asks;
use crate::domain_event::DomainEvent;
use crate::id::{IntroductionId, MemberId};
use crate::input::{Reply, Said};
use crate::introduction::flow::choosing::{Kind, Prompted};
use crate::introduction::{Happening, Introduction, Party, Quiet, Stage, Venue};
use crate::name::clean_text;
use crate::say::{Answering, Receiving, Say};
use crate::turn::Turn;

impl Turn<'_> {
    /// Blocks the sender of a request.
    pub(super) fn block_sender(&mut self, said: &Said, prompted: Prompted) {
        if !self.may_take_back(said) {
            return;
        }
        let id = prompted.introduction;
        self.block_party(said.member, id);
        self.apply(id, Happening::Quiet(Quiet::Blocked));
        self.quieten_others(said.member, id);
        self.tell(said.member, Receiving::BlockRecorded { until: self.now.after(self.settings.limits.block) });
    }

    /// Reports a request that was brought, or an introduction that was arranged.
    pub(crate) fn report(&mut self, said: &Said, number: Option<u32>, words: &str) {
        if !self.is_proven(said) {
            return;
        }
        let all = self.reportable(said);
        let listed = self.state.member(said.member).is_some_and(|member| !member.dialogue.choosing.is_empty());
        if number.is_some() && !self.chose_among_shown(said) {
            return self.early(said);
        }
        let found = match number {
            Some(number) if listed => usize::try_from(number).ok().and_then(|number| self.chosen(said.member, number)),
            None if said.reply == Reply::None => all.first().copied().filter(|_| all.len() == 1),
            Some(_) | None => match self.prompt_meant(said, number, Kind::Meet) {
                Ok(prompted) => Some(prompted.introduction),
                Err(say) if all.is_empty() => {
                    let nothing = say == Say::NothingToAnswer;
                    return self
                        .not_taken(said, if nothing { Say::Answering(Answering::NothingToReport) } else { say });
                }
                Err(_) => None,
            },
        };
        match found.filter(|id| all.contains(id)) {
            Some(id) => self.report_this(said.member, id, words),
            None if all.is_empty() => {
                self.tell(said.member, Answering::NothingToReport);
            }
            None => {
                let matters = self.matters(said.member, &all);
                self.tell_asking_anew(said.member, Asks::ReportChoice, Answering::WhichToReport { matters });
            }
        }
    }

    /// The introductions that a member can report: requests that stood before their words, and those that both said yes
    /// to.
    fn reportable(&self, said: &Said) -> Vec<IntroductionId> {
        let member = said.member;
        let stood = |id: IntroductionId| {
            let prompts = self.state.member(member).into_iter().flat_map(|own| own.dialogue.prompts.values());
            prompts.filter(|prompt| prompt.introduction == id).any(|prompt| prompt.stood(&said.before))
        };
        let can = |introduction: &&&Introduction| match &introduction.stage {
            Stage::Waiting(side) => {
                side.can_answer() && introduction.party(member) == Some(Party::Addressee) && stood(introduction.id)
            }
            // Of a yes whose room is not open yet, its requester knows nothing.
            Stage::Opening { .. } => introduction.party(member) == Some(Party::Addressee),
            Stage::Invited { .. } | Stage::Met { .. } => true,
            Stage::Ended { .. } => false,
        };
        self.state.introductions_of(member).iter().filter(can).map(|introduction| introduction.id).collect()
    }

    fn report_this(&mut self, member: MemberId, id: IntroductionId, words: &str) {
        let waits = self.state.introduction(id).is_some_and(|i| matches!(i.stage, Stage::Waiting(_)));
        if waits {
            self.report_request(member, id, words);
        } else {
            self.report_arranged(member, id, words);
        }
    }

    fn report_request(&mut self, member: MemberId, id: IntroductionId, words: &str) {
        self.keep_report(member, id, words, None);
        self.block_party(member, id);
        self.apply(id, Happening::Quiet(Quiet::Reported));
        self.quieten_others(member, id);
        self.tell(member, Answering::ReportRecorded { until: self.now.after(self.settings.limits.block) });
    }

    /// Contact ends at once, as far as it is the porter's: the rest waits for the channel's operator.
    fn report_arranged(&mut self, member: MemberId, id: IntroductionId, words: &str) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let Some(party) = introduction.party(member) else { return };
        let room = match &introduction.stage {
            Stage::Met { room, .. } => Some(room.clone()),
            Stage::Waiting(_) | Stage::Opening { .. } | Stage::Invited { .. } | Stage::Ended { .. } => None,
        };
        let until = self.now.after(self.settings.limits.block);
        self.keep_report(member, id, words, room);
        self.block_party(member, id);
        self.apply(id, Happening::Withdrawn(party));
        self.quieten_others(member, id);
        self.tell(member, Answering::ReportedMet { until });
    }

    fn keep_report(&mut self, by: MemberId, introduction: IntroductionId, words: &str, room: Option<Venue>) {
        let words = clean_text(words);
        let words: String = words.chars().take(self.settings.message_chars_max).collect();
        let kept = Some(words.clone()).filter(|words| !words.is_empty());
        let report = Report { id: self.ids.draw(), introduction, by, words: kept, room, at: self.now };
        self.step.noted.push(Noted::Reported(introduction, report.id));
        self.state.reports.put(report);
        let party = self.state.introduction(introduction).and_then(|one| one.member(one.party(by)?.other()));
        if let Some(about) = party {
            self.announce(DomainEvent::Reported { by, about, introduction, words });
        }
    }

    /// Blocks the other party of an introduction, whom the member may know by a request only.
    fn block_party(&mut self, member: MemberId, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let Some(party) = introduction.party(member) else { return };
        let known = match party {
            Party::Requester => introduction.named.typed().cloned(),
            Party::Addressee => None,
        };
        let other = introduction.member(party.other()).and_then(|other| self.state.member(other));
        let Some(who) = other.map(|other| other.person.address.clone()).or_else(|| known.clone()) else { return };
        self.announce(DomainEvent::Blocked { by: member, who, address: known });
    }

    /// Other requests of the same sender that wait for this member go quiet too.
    fn quieten_others(&mut self, member: MemberId, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let sender = introduction.party(member).and_then(|party| introduction.member(party.other()));
        let of_theirs = self.state.introductions_of(member).into_iter();
        let others: Vec<IntroductionId> =
            of_theirs.filter(|other| other.id != id && Some(other.requester) == sender).map(|other| other.id).collect();
        for other in others {
            self.apply(other, Happening::Quiet(Quiet::Blocked));
        }
    }
}
