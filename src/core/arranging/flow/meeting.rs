//! A time is told, moved, or called off, by either of the two.

use super::super::{Arranged, plan, time, words};
use crate::command::ArrangingCommand;
use crate::dialogue::{Asked, Asks};
use crate::id::{IntroductionId, MemberId};
use crate::input::Said;
use crate::introduction::{Introduction, Stage};
use crate::say::{Arranging, Matter};
use crate::step::LISTED_MAX;
use crate::time::Timestamp;
use crate::timer::Wait;
use crate::turn::Turn;

/// Two people tell so many times for their meeting: each one rings at the other's.
const TIMES_TOLD_MAX: u32 = 10;

impl Turn<'_> {
    /// Whether these words can be about somebody whom their writer has met, or about a meeting that was noted. The commands
    /// themselves are always that.
    pub(crate) fn is_about_meeting(&self, said: &Said, command: &ArrangingCommand) -> bool {
        let member = said.member;
        match command {
            ArrangingCommand::Arranged { plainly, .. } => *plainly || !self.met(member, |_| true).is_empty(),
            ArrangingCommand::NotArranged { plainly, .. } => *plainly || !self.met(member, is_arranged).is_empty(),
            ArrangingCommand::Times { times, plainly } => *plainly || self.is_for_search(said, times),
        }
    }

    /// Whether these words, which say in no command when somebody is free, are for one whom they have met: nothing else was
    /// asked of them last, and all of the words are times.
    fn is_for_search(&self, said: &Said, times: &str) -> bool {
        let asked = matches!(self.asked_last(said), Some(Asked::Prompt(_)));
        !asked && !self.met(said.member, |_| true).is_empty() && self.read_free(times).is_ok()
    }

    pub(super) fn arrange(&mut self, said: &Said, when: &str) {
        let (member, zone) = (said.member, self.settings.office.zone.clone());
        let all = self.met(member, |_| true);
        let whole = time::read(when, self.now, &zone);
        let numbered = words::numbered(when).and_then(|(number, rest)| {
            let one = self.numbered(said, number, &all)?;
            Some((one, time::read(rest, self.now, &zone)))
        });
        let found = match (&all[..], numbered) {
            ([], _) => Err(Arranging::Nobody),
            (_, Some((one, at))) if whole.is_err() => at.map(|at| (one, at)).map_err(Arranging::Unclear),
            ([only], _) => whole.map(|at| (*only, at)).map_err(Arranging::Unclear),
            (several, _) => match whole {
                Ok(_) => {
                    let when = Some(when.to_owned());
                    return self.ask_whom(member, several, |matters| Arranging::Which { matters, when });
                }
                Err(why) => Err(Arranging::Unclear(why)),
            },
        };
        match found {
            Ok((id, at)) => self.note_meeting(said, id, at),
            Err(say) => {
                self.tell(member, say);
            }
        }
    }

    pub(super) fn call_off(&mut self, said: &Said, number: Option<usize>) {
        let all = self.met(said.member, is_arranged);
        let found = match number {
            Some(number) => self.numbered(said, number, &all),
            None if all.len() == 1 => all.first().copied(),
            None => None,
        };
        match found {
            Some(id) => self.drop_meeting(said, id),
            None if all.is_empty() => {
                self.tell(said.member, Arranging::NotNoted);
            }
            None => self.ask_whom(said.member, &all, |matters| Arranging::Which { matters, when: None }),
        }
    }

    /// The introductions that a member has met somebody by, oldest first.
    pub(super) fn met(&self, member: MemberId, fits: fn(&Introduction) -> bool) -> Vec<IntroductionId> {
        let met = |one: &&&Introduction| matches!(one.stage, Stage::Met { .. }) && fits(one);
        self.state.introductions_of(member).iter().filter(met).map(|one| one.id).collect()
    }

    /// The one of these with that number in the list that was last shown, if it stood before these words; if there is no other,
    /// the first.
    pub(super) fn numbered(&self, said: &Said, number: usize, all: &[IntroductionId]) -> Option<IntroductionId> {
        let shown = self.state.member(said.member).is_some_and(|own| !own.dialogue.choosing.is_empty());
        match all {
            [only] if number == 1 && !shown => Some(*only),
            _ if !self.chose_among_shown(said) => None,
            _ => self.chosen(said.member, number).filter(|id| all.contains(id)),
        }
    }

    /// Asks which one is meant, and keeps which number is which.
    pub(super) fn ask_whom(
        &mut self,
        member: MemberId,
        all: &[IntroductionId],
        say: impl FnOnce(Vec<Matter>) -> Arranging,
    ) {
        let shown: Vec<IntroductionId> = all.iter().rev().take(LISTED_MAX).rev().copied().collect();
        let matters = shown.iter().zip(1..);
        let matters =
            matters.filter_map(|(id, number)| Some(Matter { number, which: self.meant(member, *id)?, stands: None }));
        let say = say(matters.collect());
        if let Some(dialogue) = self.dialogue(member) {
            dialogue.choosing = shown;
        }
        self.tell_asking_anew(member, Asks::MeetingChoice, say);
    }

    pub(super) fn note_meeting(&mut self, said: &Said, id: IntroductionId, at: Timestamp) {
        let member = said.member;
        let Some(with) = self.meant(member, id) else { return };
        let before = self.state.introduction(id).and_then(|one| one.arranged.as_ref()).map(|arranged| arranged.at);
        if before == Some(at) {
            let call = self.call(id);
            self.tell(member, Arranging::NotedBefore { with, at, call });
            return;
        }
        if !self.is_proven(said) {
            return;
        }
        let told = self.state.introduction(id).map_or(0, |one| one.times_told);
        if told >= TIMES_TOLD_MAX {
            self.tell(member, Arranging::Enough { with, at: before });
            return;
        }
        let moved = self.end_meeting(id).and_then(|arranged| arranged.call);
        let due = plan::reminders(at, self.now, &self.settings.office);
        for due in due.into_iter().flatten() {
            self.wait(due, Wait::Meeting { introduction: id });
        }
        self.ask_afterwards(id, plan::day_after(at, &self.settings.office));
        // The link to a call stays where its time is moved.
        let call = moved.or_else(|| self.new_call(id));
        self.introduction(id, |one| {
            (one.arranged, one.times_told) = (Some(Arranged { at, told: <_>::default(), call }), told + 1);
            // Whoever had missed the other is asked again after this one.
            one.went.clear();
        });
        let reminders = plan::told(due);
        let call = self.call(id);
        self.tell(member, Arranging::Noted { with, at, reminders, call: call.clone() });
        self.bring_news(member, id, |by| Arranging::Told { by, at, reminders, call });
        self.bring_entries(member, id, at, true);
    }

    fn drop_meeting(&mut self, said: &Said, id: IntroductionId) {
        let member = said.member;
        let Some(with) = self.meant(member, id) else { return };
        if !self.may_take_back(said) {
            return;
        }
        let Some(Arranged { at, .. }) = self.end_meeting(id) else { return };
        if let Some(Stage::Met { at: met, .. }) = self.state.introduction(id).map(|one| &one.stage) {
            // Somebody who has just called it off is not asked at once how it went.
            let usual = met.after(self.settings.ask_after);
            self.ask_afterwards(id, usual.max(plan::day_after(self.now, &self.settings.office)));
        }
        self.tell_asking(member, Asks::Times(id), Arranging::Dropped { with, at });
        self.bring_news(member, id, |by| Arranging::DroppedByOther { by, at });
        self.bring_entries(member, id, at, false);
    }

    /// The question how it went comes at this time, unless it was put before.
    fn ask_afterwards(&mut self, introduction: IntroductionId, due: Timestamp) {
        let ask = Wait::AskAfter { introduction };
        if self.state.waits_for(ask) {
            self.stop_waiting(ask);
            self.wait(due, ask);
        }
    }
}

fn is_arranged(introduction: &Introduction) -> bool {
    introduction.arranged.is_some()
}
