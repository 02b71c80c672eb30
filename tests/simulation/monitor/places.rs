//! Places at events, by the rows of each commit: no more are given than there are, the one who waited longest comes first, and nobody
//! waits once sign-up is over.

use std::collections::BTreeSet;

use lodge_channel::store::{Store, Table};
use lodge_core::events::{Event, SignUp, Stage, Standing};
use lodge_core::id::SignUpId;
use lodge_core::people::member::Member;

use super::{Found, Rule};
use crate::hub::Hub;
use crate::hub::lists::Commit;

pub fn examine(hub: &Hub, found: &mut Found) {
    let commits = hub.lists.commits();
    for pair in commits.windows(2) {
        let [before, after] = pair else { continue };
        if after.restored {
            continue;
        }
        for event in after.events.values() {
            let change = Change { before, after, event };
            change.gives_no_more_than_there_are(found);
            change.passes_nobody_over(found);
            change.leaves_nobody_waiting(found);
        }
        keep_their_order(before, after, found);
    }
    nothing_is_left_of_those_who_are_gone(hub, found);
}

/// The difference that one commit makes to the list of an event.
struct Change<'a> {
    before: &'a Commit,
    after: &'a Commit,
    event: &'a Event,
}

impl<'a> Change<'a> {
    fn list(&self) -> impl Iterator<Item = &'a SignUp> {
        self.after.list(self.event.id)
    }

    /// Those who have a place now and had none before.
    fn gained(&self) -> impl Iterator<Item = &'a SignUp> {
        let had = |one: &SignUp| self.before.sign_ups.get(&one.id).is_some_and(takes_place);
        self.list().filter(move |one| takes_place(one) && !had(one))
    }

    fn gives_no_more_than_there_are(&self, found: &mut Found) {
        // Somebody who says the code at the door is there, whether or not a place is free.
        let given: BTreeSet<SignUpId> = self.gained().filter(|one| !one.came).map(|one| one.id).collect();
        let at_the_door = self.gained().filter(|one| one.came).count();
        let changed = self.before.events.get(&self.event.id).is_some_and(|before| before.plan != self.event.plan);
        let taken = self.list().filter(|one| takes_place(one)).count() - at_the_door;
        let Some(places) = self.event.plan.places.and_then(|places| usize::try_from(places).ok()) else { return };
        found.unless(given.is_empty() || changed || taken <= places, Rule::Places, || {
            format!("{taken} people have one of the {places} places of event {}", self.event.number)
        });
    }

    fn passes_nobody_over(&self, found: &mut Found) {
        let waits = |one: &&SignUp| one.standing == Standing::Waiting;
        for given in self.gained().filter(|one| !one.came) {
            let since = |one: &SignUp| self.before.sign_ups.get(&one.id).unwrap_or(one).at;
            let longer = self.list().filter(waits).find(|one| since(one) < since(given));
            found.unless(longer.is_none(), Rule::Places, || {
                format!("a place at event {} goes to somebody before one who has waited longer", self.event.number)
            });
        }
        let open = self.event.stage == Stage::Ahead && self.after.at < self.event.plan.sign_up_by;
        let taken = self.list().filter(|one| takes_place(one)).count();
        let is_free = self.event.plan.places.is_none_or(|places| taken < usize::try_from(places).unwrap_or(usize::MAX));
        found.unless(!(open && is_free && self.list().any(|one| waits(&one))), Rule::Places, || {
            format!("somebody waits for a place at event {}, and one is free", self.event.number)
        });
    }

    fn leaves_nobody_waiting(&self, found: &mut Found) {
        let waits = self.list().any(|one| one.standing != Standing::Coming);
        found.unless(self.event.stage != Stage::Over || !waits, Rule::Places, || {
            format!("somebody still waits for a place at event {}, which is over", self.event.number)
        });
    }
}

fn takes_place(one: &SignUp) -> bool {
    match one.standing {
        Standing::Coming | Standing::Offered(_) => true,
        Standing::Waiting => false,
    }
}

/// The time of signing up, by which those who wait are in order, never changes.
fn keep_their_order(before: &Commit, after: &Commit, found: &mut Found) {
    for (id, one) in &after.sign_ups {
        let same = before.sign_ups.get(id).is_none_or(|before| before.at == one.at);
        found.unless(same, Rule::Places, || "somebody has another place in the order of those who wait".to_owned());
        let there = after.events.contains_key(&one.event);
        found.unless(there, Rule::Places, || "somebody is on the list of an event that is not there".to_owned());
    }
}

/// A place on a list ends with its member at the latest.
fn nothing_is_left_of_those_who_are_gone(hub: &Hub, found: &mut Found) {
    let members = hub.disk.load(Table::Members).unwrap_or_default();
    let members: BTreeSet<_> =
        members.iter().filter_map(|row| row.read::<Member>().ok()).map(|member| member.id).collect();
    for row in hub.disk.load(Table::SignUps).unwrap_or_default() {
        let Ok(one) = row.read::<SignUp>() else { continue };
        found.unless(members.contains(&one.member), Rule::Forgotten, || {
            format!("a place on a list is kept of {:?}, who is no member", one.member)
        });
    }
}
