//! Takes in a list, a part of it at a time, so that a long one holds up nobody who writes meanwhile.
//!
//! If the program ends in the midst of it, the parts that were taken in stay, and the administrator is not told that
//! all were. The same list given again does the rest.

use std::collections::VecDeque;

use lodge_channel::Channel;
use lodge_channel::store::StoreError;
use lodge_core::input::Input;
use lodge_core::people::roster::{self, Change, Endings, Lister, Roster};
use lodge_core::time::Timestamp;

use super::{Invited, List, Said};

/// The number of people about whom one part is.
const AT_ONCE: usize = 100;

/// A list that is being taken in.
#[derive(Debug)]
pub(crate) struct Intake {
    roster: Roster,
    /// The changes that the list makes, as things stood at the beginning.
    changes: Vec<Change>,
    ends: Endings,
    parts: VecDeque<Input>,
}

impl Intake {
    /// Looks at a list. It is to be taken in where it can be and that was asked for.
    ///
    /// # Errors
    /// The reason for the operator, if it is not taken in.
    pub(crate) fn begin(engine: &Channel, list: &List, now: Timestamp) -> Result<Self, Said> {
        let List { entries, reach, apply, ends: said } = list;
        let roster = Roster { entries: entries.clone(), reach: *reach, by: Lister::Records };
        let problems = roster::problems(engine.state(), engine.settings(), &roster);
        if !problems.is_empty() {
            return Err(Said::Wrong(problems.into_iter().map(|(at, problem)| (at, problem.to_string())).collect()));
        }
        let changes = roster::plan(engine.state(), &engine.settings().mark_key, &roster);
        let ends = roster::endings(engine.state(), &roster, now);
        if !apply {
            return Err(Said::Fine { changes, ends, invited: Vec::new() });
        }
        if said.map_or_else(|| ends.are_many(), |said| said != ends.people) {
            return Err(Said::Ends(ends));
        }
        let parts = roster::parts(engine.state(), &roster, AT_ONCE);
        Ok(Self { roster, changes, ends, parts })
    }

    /// Takes in the next part; returns the verdict when that was the last.
    pub(crate) fn go_on(&mut self, engine: &mut Channel, now: Timestamp) -> Result<Option<Said>, StoreError> {
        if let Some(part) = self.parts.pop_front() {
            engine.part_of_roster(part, now)?;
            return Ok(None);
        }
        engine.roster(self.roster.clone(), now)?;
        let invited = roster::invitees(engine.state(), &engine.settings().mark_key, &self.roster);
        let invited = invited.into_iter().map(|(entry, code)| Invited { entry, code }).collect();
        Ok(Some(Said::Fine { changes: std::mem::take(&mut self.changes), ends: self.ends, invited }))
    }
}

/// Looks at a list, or takes it in at once.
pub(crate) fn take_in(engine: &mut Channel, list: &List, now: Timestamp) -> Result<Said, StoreError> {
    let mut intake = match Intake::begin(engine, list, now) {
        Ok(intake) => intake,
        Err(said) => return Ok(said),
    };
    loop {
        if let Some(said) = intake.go_on(engine, now)? {
            return Ok(said);
        }
    }
}
