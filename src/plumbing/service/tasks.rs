//! The tasks on their way and those that wait for others to end: members' before strangers'.

use std::collections::VecDeque;

/// At most this many tasks are on their way at once. A homeserver answers a few dozen calls a second.
const TASKS_MAX: usize = 16;

/// At most this many of them may be for strangers. The rest is for members, however many strangers come.
const STRANGERS_MAX: usize = 4;

/// The person whom a task is for, as far as its order depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum For {
    /// Members, and the rooms they share.
    Members,
    /// People whom nobody has verified, and rooms that are none of the hub's.
    Strangers,
}

/// The tasks that may be tried.
#[derive(Debug)]
pub(super) struct Tasks<T> {
    members: VecDeque<T>,
    strangers: VecDeque<T>,
    on_their_way: usize,
    for_strangers: usize,
}

impl<T> Tasks<T> {
    /// An empty queue.
    pub(super) fn new() -> Self {
        Self { members: VecDeque::new(), strangers: VecDeque::new(), on_their_way: 0, for_strangers: 0 }
    }

    /// One more may be tried.
    pub(super) fn add(&mut self, task: T, whose: For) {
        match whose {
            For::Members => self.members.push_back(task),
            For::Strangers => self.strangers.push_back(task),
        }
    }

    /// The next one that begins now.
    pub(super) fn begin(&mut self) -> Option<(T, For)> {
        if self.on_their_way >= TASKS_MAX {
            return None;
        }
        let of_a_member = self.members.pop_front().map(|task| (task, For::Members));
        let next = of_a_member.or_else(|| {
            let task = (self.for_strangers < STRANGERS_MAX).then(|| self.strangers.pop_front()).flatten()?;
            self.for_strangers += 1;
            Some((task, For::Strangers))
        })?;
        self.on_their_way += 1;
        Some(next)
    }

    /// One that was on its way has ended.
    pub(super) fn ended(&mut self, whose: For) {
        self.on_their_way -= 1;
        match whose {
            For::Members => {}
            For::Strangers => self.for_strangers -= 1,
        }
    }

    /// The number of members' tasks on their way.
    pub(super) fn for_members(&self) -> usize {
        self.on_their_way - self.for_strangers
    }

    /// The number of tasks on their way.
    pub(super) fn on_their_way(&self) -> usize {
        self.on_their_way
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begun(tasks: &mut Tasks<usize>) -> Vec<(usize, For)> {
        std::iter::from_fn(|| tasks.begin()).collect()
    }

    #[test]
    fn members_come_first_and_strangers_never_take_all_the_places() {
        let mut tasks = Tasks::new();
        (0..100).for_each(|n| tasks.add(n, For::Strangers));
        assert_eq!(begun(&mut tasks), [0, 1, 2, 3].map(|n| (n, For::Strangers)));
        (100..200).for_each(|n| tasks.add(n, For::Members));
        assert_eq!(begun(&mut tasks), (100..112).map(|n| (n, For::Members)).collect::<Vec<_>>());
        tasks.ended(For::Strangers);
        assert_eq!(begun(&mut tasks), [(112, For::Members)], "a place that comes free is a member's");
    }

    #[test]
    fn strangers_have_their_turn_when_no_member_waits() {
        let mut tasks = Tasks::new();
        tasks.add(1, For::Members);
        (2..9).for_each(|n| tasks.add(n, For::Strangers));
        assert_eq!(begun(&mut tasks).len(), 1 + STRANGERS_MAX);
        tasks.ended(For::Strangers);
        assert_eq!(begun(&mut tasks), [(6, For::Strangers)]);
        assert_eq!((tasks.for_members(), tasks.on_their_way()), (1, 1 + STRANGERS_MAX));
    }
}
