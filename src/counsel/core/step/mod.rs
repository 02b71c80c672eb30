//! One step: an input comes in, the state changes, and effects go out.

mod questions;
mod arriving;
mod devices;
mod asking;
mod room;
mod times;
mod closing;
mod counsellor;
mod rights;

use std::collections::BTreeSet;

use lodge_ground::name::clean_text;
use lodge_ground::proof::DeviceWord;
use lodge_ground::time::Timestamp;

use crate::case::{Case, Wanted};
use crate::command::{self, FromClient, FromCounsellor};
use crate::effect::{Act, Effect};
use crate::id::{CaseId, EffectId, Ids, PersonId};
use crate::input::{Input, Performed, Retouch, Said};
use crate::people::{Client, Talk};
use crate::policy::Settings;
use crate::say::{Say, ToClient, ToCounsellor};
use crate::state::{Changes, State, Timer, Wait};

/// The outcome of one step. All of it is committed together, before any effect leaves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Step {
    /// The rows of the state that changed.
    pub changes: Changes,
    /// The effects, in the order in which they are to be done.
    pub effects: Vec<Effect>,
    /// Somebody's devices, as they are known from here on.
    pub devices: Vec<(PersonId, DeviceWord)>,
}

/// Takes one step.
///
/// The state is changed in place, so a caller that cannot commit the outcome must not go on with it.
pub fn step(state: &mut State, settings: &Settings, input: Input, now: Timestamp, ids: &mut Ids) -> Step {
    let mut turn = Turn { state, settings, now, ids, step: Step::default() };
    turn.turn_month();
    match input {
        Input::Counsellors(named) => turn.counsellors(named),
        Input::Visited(address) => turn.visited(address),
        Input::Said(said) => {
            turn.said(&said);
            turn.show_on_further_devices(&said);
        }
        Input::Retouched(person, how) => turn.retouched(person, how),
        Input::Wordless(person) => {
            if turn.not_read(person, Say::Wordless) {
                // The question is asked once more, for words answer the message that asked last.
                turn.repeat(person);
            }
        }
        Input::Unreadable(person) => _ = turn.not_read(person, Say::Unreadable),
        Input::LeftOut(person, what) => _ = turn.not_read(person, Say::LeftOut(what)),
        Input::Hurried(person) => _ = turn.not_read(person, Say::Hurried),
        Input::Unsaid(person, message) => turn.unsaid(person, message),
        Input::CameIn(case, person) => turn.came_in(case, person),
        Input::WentOut(case, person) => turn.went_out(case, person),
        Input::Performed(act, performed) => turn.performed(&act, &performed),
        Input::Due(timer) => turn.due(timer),
    }
    turn.step.changes = turn.state.take_changes();
    turn.step
}

/// A step being taken.
struct Turn<'a> {
    state: &'a mut State,
    settings: &'a Settings,
    now: Timestamp,
    ids: &'a mut Ids,
    step: Step,
}

impl Turn<'_> {
    fn said(&mut self, said: &Said) {
        if self.state.counsellor(said.person).is_some() {
            let command = command::from_counsellor(&said.text);
            let takes_back = matches!(command, FromCounsellor::Pass(_) | FromCounsellor::CancelTime(_));
            if command != FromCounsellor::Help && !self.counts(said, takes_back) {
                return;
            }
            return self.by_counsellor(said, command);
        }
        let now = self.now;
        let Some(client) = self.client(said.person) else { return };
        client.heard = now;
        if client.forgetting {
            return;
        }
        let command = match (command::from_client(&said.text), &client.talk) {
            // A line for a subject may begin with "time".
            (FromClient::Time(_), Talk::About(_)) => FromClient::Text(clean_text(&said.text)),
            (command, _) => command,
        };
        if !matches!(command, FromClient::Help | FromClient::Terms) && !self.counts(said, devices::takes_back(&command))
        {
            return;
        }
        self.by_client(said, command);
    }

    /// Somebody's words were not read, or not yet. Returns whether they hear so.
    fn not_read(&mut self, person: PersonId, say: Say) -> bool {
        let client = self.state.client(person).is_some_and(|client| !client.forgetting);
        let hears = client || self.state.counsellor(person).is_some();
        if hears {
            self.tell(person, say);
        }
        hears
    }

    /// Tells somebody that their first words stand, whatever becomes of the message. A client whose words came to
    /// nothing hears nothing of their end.
    fn retouched(&mut self, person: PersonId, how: Retouch) {
        let counsels = self.state.counsellor(person).is_some();
        let client = self.state.client(person).filter(|client| !client.forgetting);
        let talks = client.is_some_and(|client| client.talk != Talk::Nothing) || self.state.case_of(person).is_some();
        let hears = match how {
            Retouch::Edit => counsels || client.is_some(),
            Retouch::Redaction => !counsels && client.is_some() && talks,
        };
        if hears {
            self.tell(person, Say::Retouched { how, counsels });
            // The question is asked once more, for words answer the message that asked last.
            self.repeat(person);
        }
    }

    /// Takes back a question whose message does not stand anywhere.
    fn unsaid(&mut self, person: PersonId, message: EffectId) {
        if self.state.client(person).is_some_and(|client| client.question.is_by(message))
            && let Some(client) = self.client(person)
        {
            client.question.not_by(message);
        }
        let about = |case: &&Case| case.questions_to(person).iter().any(|question| question.is_by(message));
        let cases: Vec<CaseId> = self.state.cases().filter(about).map(|case| case.id).collect();
        for id in cases {
            if let Some(case) = self.case(id) {
                case.not_asked_by(message);
            }
        }
    }

    fn performed(&mut self, act: &Act, performed: &Performed) {
        match (act, performed) {
            (Act::MakeRoom(id, _), Performed::RoomMade(room)) => self.room_made(*id, room.clone()),
            (Act::MakeRoom(id, _) | Act::Invite(id, _, _), Performed::Refused) => self.not_opened(*id),
            (Act::Leave(id, _), Performed::Done | Performed::Refused) => self.room_left(*id),
            (Act::Forget(person), _) => self.forgotten(*person),
            // A word that could not be said is a fault that the channel tells; the rest needs no answer.
            (
                Act::Tell(..)
                | Act::Invite(..)
                | Act::Remove(..)
                | Act::Note(..)
                | Act::OpenSpeech(..)
                | Act::MakeRoom(..)
                | Act::Leave(..),
                Performed::Done | Performed::Refused | Performed::RoomMade(_),
            ) => {}
        }
    }

    fn due(&mut self, id: crate::id::TimerId) {
        let Some(timer) = self.state.timers.take(id) else { return };
        match timer.wait {
            Wait::Duty(case) => self.offer(case),
            Wait::Unclaimed(case) => self.nobody_claimed(case),
            Wait::ComeBy(case) => self.not_met(case),
            Wait::Meeting(case) => self.remind(case),
            Wait::LeaveBy(case) => self.still_there(case),
            Wait::Warn(case) => self.warn(case),
            Wait::Erase(case) => self.erase(case),
            Wait::Handover(case) => self.handover_unanswered(case),
            Wait::Stranger(person) => self.stranger(person),
        }
    }

    fn turn_month(&mut self) {
        if let Some(month) = crate::tally::Month::of(self.now, &self.settings.office.zone)
            && self.state.tally().is_before(month)
        {
            self.state.tally.get_mut().turn(month);
        }
    }

    /// Says something to somebody. A message about a case is its client's too.
    fn tell(&mut self, to: PersonId, say: impl Into<Say>) {
        self.effect(BTreeSet::from([to]), Act::Tell(to, say.into()));
    }

    /// Says something to a counsellor that only the client may decide how long it is kept.
    fn tell_of(&mut self, client: PersonId, to: PersonId, say: impl Into<Say>) {
        self.effect(BTreeSet::from([client, to]), Act::Tell(to, say.into()));
    }

    /// Adds something that is to be done, and returns its id.
    fn effect(&mut self, owners: BTreeSet<PersonId>, act: Act) -> EffectId {
        let id = self.ids.draw();
        self.step.effects.push(Effect { id, owners, act });
        id
    }

    /// The client, whose row changes.
    fn client(&mut self, id: PersonId) -> Option<&mut Client> {
        self.state.clients.get_mut(id)
    }

    /// The case, whose row changes.
    fn case(&mut self, id: CaseId) -> Option<&mut Case> {
        self.state.cases.get_mut(id)
    }

    /// Takes a case out, and all that was waited for on its behalf.
    fn take_case(&mut self, id: CaseId) -> Option<Case> {
        self.drop_timers(|wait| wait.case() == Some(id));
        self.state.cases.take(id)
    }

    fn wait(&mut self, due: Timestamp, wait: Wait) {
        self.state.timers.put(Timer { id: self.ids.draw(), due, wait });
    }

    fn drop_timers(&mut self, of: impl Fn(Wait) -> bool) {
        let gone: Vec<_> = self.state.timers().filter(|timer| of(timer.wait)).map(|timer| timer.id).collect();
        for id in gone {
            self.state.timers.take(id);
        }
    }

    /// The name that clients know a counsellor by.
    fn name_of(&self, counsellor: PersonId) -> String {
        self.state.counsellor(counsellor).map(|one| one.name.clone()).unwrap_or_default()
    }

    /// The name of the one whom a client would like to talk with, if it is one.
    fn only_one_of(&self, wanted: &Wanted) -> Option<String> {
        match wanted {
            Wanted::Named(counsellor) => Some(self.name_of(*counsellor)),
            Wanted::Anybody | Wanted::AnybodyBut(_) => None,
        }
    }

    /// Tells both of a case what each of them reads.
    fn tell_both(&mut self, case: &Case, counsellor: PersonId, to_client: ToClient, to_counsellor: ToCounsellor) {
        self.tell(case.client, to_client);
        self.tell_of(case.client, counsellor, to_counsellor);
    }
}
