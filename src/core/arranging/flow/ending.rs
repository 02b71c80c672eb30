//! A time holds no longer: it is called off, or something else has ended it. Whoever has ended it by a word of their own, or is
//! told of that end, hears that the meeting is off; nobody else learns of anything by it (decision 46).

use super::super::Arranged;
use crate::dialogue::Asks;
use crate::id::{IntroductionId, MemberId};
use crate::name::Address;
use crate::timer::Wait;
use crate::turn::Turn;

impl Turn<'_> {
    /// Lets go of the time at which two people meet, with its reminders and what of it was not said yet.
    ///
    /// The search for one ends with it.
    pub(crate) fn end_meeting(&mut self, introduction: IntroductionId) -> Option<Arranged> {
        self.end_search(introduction);
        self.state.introduction(introduction)?.arranged.as_ref()?;
        let arranged = self.state.introductions.get_mut(introduction)?.arranged.take()?;
        self.stop_waiting(Wait::Meeting { introduction });
        self.step.cancelled.extend(arranged.told.iter());
        Some(arranged)
    }

    /// Lets go of the free times of both, and of the questions for them.
    fn end_search(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let (owners, goes_on, asks) = (introduction.owners(), introduction.search.goes_on(), Asks::Times(id));
        for member in owners {
            let asked = self.state.member(member).is_some_and(|own| !own.dialogue.asking_for(asks).is_empty());
            if asked && let Some(dialogue) = self.dialogue(member) {
                dialogue.asks_no_more(asks);
            }
        }
        if goes_on {
            self.stop_waiting(Wait::Times { introduction: id });
            let asked = self.state.introductions.get_mut(id).and_then(|one| one.search.end());
            self.step.cancelled.extend(asked);
        }
    }

    /// All meetings of a member who is here no longer. Nothing is said: it was not the two who ended them, and they have their
    /// room.
    pub(crate) fn end_meetings(&mut self, member: MemberId) {
        for id in self.introductions_of(member) {
            self.end_meeting(id);
        }
    }

    /// All meetings of a member who has asked to be forgotten.
    pub(crate) fn end_meetings_by(&mut self, member: MemberId) {
        for id in self.introductions_of(member) {
            self.end_meeting_for(id, &[member]);
        }
    }

    /// The meetings of a member with somebody whom they block, who hears nothing of it.
    pub(crate) fn end_meetings_with(&mut self, by: MemberId, who: &Address) {
        let Some(who) = self.state.member_at(who).map(|who| who.id) else { return };
        let theirs = self.state.introductions_of(by).into_iter();
        let theirs: Vec<IntroductionId> = theirs.filter(|one| one.party(who).is_some()).map(|one| one.id).collect();
        for id in theirs {
            self.end_meeting_for(id, &[by]);
        }
    }

    /// The meeting of an introduction that was taken back, of which both are told.
    pub(crate) fn meeting_ends_with(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let hear = introduction.owners().into_iter().filter(|member| self.hears_of_meeting(*member, id));
        let hear: Vec<MemberId> = hear.collect();
        self.end_meeting_for(id, &hear);
    }

    /// Ends a meeting, and tells these of the two if it was still to come.
    fn end_meeting_for(&mut self, id: IntroductionId, hear: &[MemberId]) {
        let Some(Arranged { at, .. }) = self.end_meeting(id).filter(|arranged| arranged.at > self.now) else { return };
        for member in hear {
            if !self.blocks_other(*member, id) {
                self.tell_of_end(*member, id, at);
            }
        }
    }

    /// Nobody knows which times were told, moved or called off after an older copy of the store was made.
    pub(crate) fn meetings_went_back(&mut self) {
        let all: Vec<IntroductionId> = self.state.introductions().map(|one| one.id).collect();
        for id in all {
            self.end_meeting(id);
        }
    }
}
