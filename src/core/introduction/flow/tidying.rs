//! Rows that are kept for a time only. Once a day they are let go of, without a word to anybody: the people concerned
//! have long heard how it ended, and see the same for anything that the other had done.

use crate::id::IntroductionId;
use crate::introduction::{Introduction, Stage};
use crate::policy::Settings;
use crate::state::State;
use crate::time::Timestamp;
use crate::turn::Turn;

/// This many introductions are let go of in one step.
const TIDIED_MAX: usize = 500;

/// The introductions that have been kept for as long as the service keeps them: those that came to an end then, and those
/// of people who met then. A withdrawal that is still to be acknowledged comes first.
pub fn outlived(state: &State, settings: &Settings, now: Timestamp) -> impl Iterator<Item = IntroductionId> {
    let kept_for = settings.kept_for;
    let is_over = move |introduction: &&Introduction| match &introduction.stage {
        Stage::Ended { at, .. } | Stage::Met { at, .. } => {
            let met = introduction.arranged.as_ref().map_or(*at, |arranged| arranged.at.max(*at));
            introduction.withdrawals.is_empty() && met.after(kept_for) <= now
        }
        Stage::Waiting(_) | Stage::Opening { .. } | Stage::Invited { .. } => false,
    };
    state.introductions().filter(is_over).map(|introduction| introduction.id)
}

impl Turn<'_> {
    /// Lets go of what has been kept for long enough. The reports about an introduction go with it.
    pub(crate) fn tidy(&mut self) {
        let over: Vec<IntroductionId> = outlived(self.state, self.settings, self.now).take(TIDIED_MAX).collect();
        for id in &over {
            self.drop_introduction(*id);
        }
        let kept_for = self.settings.kept_for;
        let about = |id| self.state.introduction(id).is_some();
        let reports = self.state.reports().filter(|report| report.at.after(kept_for) <= self.now);
        for report in reports.filter(|report| !about(report.introduction)).map(|r| r.id).collect::<Vec<_>>() {
            self.state.reports.take(report);
        }
        let ended = self.state.marks().filter(|mark| mark.until.is_some_and(|until| until <= self.now));
        for mark in ended.map(|mark| mark.id).collect::<Vec<_>>() {
            self.unmark(mark);
        }
    }
}
