//! Cases of conduct in rooms for many, as the state holds them.

use super::State;
use crate::conduct::Case;
use crate::id::CaseId;

impl State {
    /// Something that was reported in a room for many.
    pub fn case(&self, id: CaseId) -> Option<&Case> {
        self.cases.get(&id)
    }

    /// Everything that was reported in rooms for many.
    pub fn cases(&self) -> impl Iterator<Item = &Case> {
        self.cases.values()
    }

    pub(crate) fn put_case(&mut self, case: Case) {
        self.cases.insert(case.id, case);
    }

    pub(crate) fn take_case(&mut self, id: CaseId) -> Option<Case> {
        self.cases.remove(&id)
    }
}
