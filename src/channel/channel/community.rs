//! The rooms for many: the acts that are to be done in them, and the news from them.

use lodge_core::effect::{Act, RoomAct};
use lodge_core::id::{EffectId, RoomId};
use lodge_core::input::{InRoom, Input, Tended};
use lodge_core::name::Address;
use lodge_core::policy::Settings;
use lodge_core::rooms::{CommunityRoom, RoomSettings, people};
use lodge_core::state::State;
use lodge_core::step::step;
use lodge_core::time::{Span, Timestamp};
use lodge_matrix::homeserver::RoomRef;
use lodge_matrix::room::Direct;

use super::cause::Cause;
use super::{Channel, Fault, Place};
use crate::community::{Course, Intended, Wanted};
use crate::homeserver::{EventRef, Membership};
use crate::perform::What;
use crate::store::StoreError;

/// A word in a room is noted at most this often.
const SPOKEN_AGAIN: Span = Span::from_days(1);

impl Channel {
    /// Takes the settings for the rooms: missing rooms are made, differences are changed, rooms that are not declared
    /// any more are archived.
    pub fn rooms(&mut self, rooms: RoomSettings, now: Timestamp) -> Result<(), StoreError> {
        let consequences = self.engine.rooms(rooms, now)?;
        self.attend(consequences)
    }

    /// Every room as it would be with these settings, those that they declare first. Nothing changes by asking.
    pub fn intended(&self, rooms: RoomSettings, now: Timestamp) -> Vec<Intended> {
        let settings = Settings { rooms, ..self.engine.settings().clone() };
        let mut state = self.engine.state().clone();
        step(&mut state, &settings, Input::Rooms, now, &mut self.engine.ids(lodge_engine::Cause::Rooms(now)));
        let intended = |room: &CommunityRoom| {
            let before = self.engine.state().room(room.id);
            let in_it = |state: &State| people(state, room.id).iter().filter(|(_, place)| place.is_in()).count();
            Intended {
                room: before.and_then(CommunityRoom::place).map(RoomRef::from),
                course: match (before.is_some_and(CommunityRoom::is_archived), room.is_archived()) {
                    (false, true) => Course::Archived,
                    (true, false) => Course::Reopened,
                    (true, true) | (false, false) => Course::Stays,
                },
                taken_out: in_it(self.engine.state()).saturating_sub(in_it(&state)),
                wanted: Wanted::of(&state, &settings, room),
            }
        };
        let order = |room: &&CommunityRoom| {
            let declared = settings.rooms.declared.iter().position(|declared| declared.id() == room.id);
            (declared.unwrap_or(usize::MAX), room.declared.key.clone())
        };
        let mut rooms: Vec<&CommunityRoom> = state.rooms().collect();
        rooms.sort_by_cached_key(order);
        rooms.into_iter().map(intended).collect()
    }

    /// Whether something is still to be done for the rooms to be as the settings say.
    pub fn is_at_rooms(&self) -> bool {
        self.engine.is_at_rooms()
    }

    /// The call for something that is to be done in a room.
    pub(super) fn room_task(&self, id: RoomId, act: &RoomAct) -> Option<What> {
        let wanted = || {
            let room = self.engine.state().room(id)?;
            Some(Box::new(Wanted::of(self.engine.state(), self.engine.settings(), room)))
        };
        Some(match act {
            RoomAct::Make => What::Make(wanted()?),
            RoomAct::Tend(room) => What::Tend(room.into(), wanted()?),
            RoomAct::Admit(room, member) => What::Invite(room.into(), self.engine.address(*member)?, Direct::No),
            RoomAct::Expel(room, member) | RoomAct::Oust(room, member) => {
                What::Oust(room.into(), self.engine.address(*member)?.into())
            }
            RoomAct::OustStranger(room, who) => What::Oust(room.into(), who.into()),
            RoomAct::Post(room, say) => What::Post(room.into(), say.clone()),
            RoomAct::TakeAway(room, _, message) => What::TakeBack(Some((room.into(), EventRef(message.0.clone())))),
            RoomAct::Look(room, _, _, message) => What::Look(room.into(), EventRef(message.0.clone())),
        })
    }

    /// Somebody came, went or was invited in a room.
    pub(super) fn moved_in_room(
        &mut self,
        id: RoomId,
        event: &EventRef,
        (who, membership): (&Address, Membership),
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let who = who.clone();
        let happened = match membership {
            Membership::Invited => InRoom::Invited(who),
            Membership::Joined => InRoom::Came(who),
            Membership::Left => InRoom::Went(who),
        };
        self.step(Cause::Heard(event), Input::InRoom(id, happened), now)
    }

    /// Somebody wrote something in a room. Nobody here looks at the words.
    pub(super) fn spoken_in(&mut self, room: &RoomRef, event: &EventRef, now: Timestamp) -> Result<(), StoreError> {
        let Some(Place::Room(id)) = self.places.get(room).copied() else { return Ok(()) };
        let due = |room: &CommunityRoom| room.warned.is_some() || room.spoken.after(SPOKEN_AGAIN) <= now;
        if self.engine.state().room(id).is_some_and(due) && self.first_time(room, event, now)? {
            return self.step(Cause::Heard(event), Input::InRoom(id, InRoom::Spoken), now);
        }
        Ok(())
    }

    /// Somebody other than the porter changed how a room is.
    pub(super) fn changed_in(&mut self, room: &RoomRef, event: &EventRef, now: Timestamp) -> Result<(), StoreError> {
        let Some(Place::Room(id)) = self.places.get(room).copied() else { return Ok(()) };
        if self.first_time(room, event, now)? {
            return self.step(Cause::Heard(event), Input::InRoom(id, InRoom::Changed), now);
        }
        Ok(())
    }

    /// The fault that an administrator should know of a room that was tended, if there is one.
    pub(super) fn drift(&self, job: EffectId, tended: &Tended) -> Option<Fault> {
        let Act::Room(room, _) = self.engine.outbox().job(job)?.errand.act() else { return None };
        let explained = self.engine.state().room(*room).is_none_or(|room| room.explains(tended));
        (!explained).then_some(Fault::Drift { room: *room })
    }
}

/// The id of a room and its place, once it is made.
pub(super) fn place(room: &CommunityRoom) -> Option<(RoomRef, Place)> {
    room.place().map(|place| (place.into(), Place::Room(room.id)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use lodge_core::id::MemberId;
    use lodge_core::input::Proof;
    use lodge_core::people::member::Role;
    use lodge_core::rooms::{Declared, Encryption, History, Key, Purpose, Stage};
    use lodge_core::say::{Conduct, ConductDesk, Say};
    use serde_json::json;

    use super::super::trial::{NOW, Trial, unknown};
    use super::*;
    use crate::news::{Heard, Text};
    use crate::perform::Tried;
    use crate::store::{Owners, Row, Store, Table, Write};

    fn settings() -> RoomSettings {
        let students = BTreeSet::from([Role::Student]);
        let lobby = Declared {
            key: key(),
            name: "Lobby".to_owned(),
            topic: "Hello.".to_owned(),
            purpose: Purpose::Lobby,
            joins: students.clone(),
            cohorts: BTreeSet::new(),
            posts: students,
            encryption: Encryption::None,
            history: History::Shared,
            bridged: false,
            federated: false,
            space: None,
        };
        RoomSettings { declared: vec![lobby], ..RoomSettings::default() }
    }

    fn key() -> Key {
        Key::parse("lobby").unwrap()
    }

    /// A trial with a lobby that is made and tended.
    fn with_lobby() -> (Trial, RoomRef) {
        let mut trial = Trial::new();
        trial.engine.rooms(settings(), NOW).unwrap();
        trial.settle();
        let place = trial.engine.state().room(key().id()).unwrap().place().unwrap().clone();
        (trial, place.into())
    }

    fn act(trial: &mut Trial, number: u8, owners: &[MemberId], act: RoomAct) {
        trial.step(vec![(number, owners, Act::Room(key().id(), act))], &[]);
    }

    /// Sam says something to the porter.
    fn say(trial: &mut Trial, words: &str) {
        let sender = Address::exact("@sam:example.org").unwrap();
        let body = words.to_owned();
        let text = Text {
            sender,
            body,
            reply_to: None,
            thread: None,
            mentions: Vec::new(),
            everybody: false,
            proof: Proof::Proven,
            cipher: None,
            device: None,
        };
        trial.hear(&trial.room(trial.sam()), Heard::Text(text));
        trial.settle();
    }

    #[test]
    fn a_room_that_waits_to_be_tended_is_tended_once() {
        let (mut trial, place) = with_lobby();
        for number in 1..4 {
            act(&mut trial, number, &[], RoomAct::Tend(place.clone().into()));
        }
        let task = trial.task();
        act(&mut trial, 4, &[], RoomAct::Tend(place.clone().into()));
        act(&mut trial, 5, &[], RoomAct::Tend(place.into()));
        trial.succeed(&task);
        let again = trial.task();
        assert!(matches!(again.what, What::Tend(..)), "what a try on its way does not see is seen by another");
        trial.succeed(&again);
        assert_eq!(trial.tasks(), []);
    }

    #[test]
    fn a_room_whose_making_had_no_answer_is_adopted_when_it_shows() {
        let mut trial = Trial::new();
        trial.engine.rooms(settings(), NOW).unwrap();
        let making = trial.task();
        trial.report(&making, unknown());
        trial.restart();
        trial.engine.rooms(settings(), NOW).unwrap();
        let place = RoomRef("!lobby".to_owned());
        trial.hear(&place, Heard::Created(making.id));
        trial.settle();
        let room = trial.engine.state().room(key().id()).unwrap();
        assert_eq!(room.stage, Stage::Open(place.clone().into()));
        assert!(!trial.done.iter().any(|done| matches!(done, What::Make(_))));
        trial.hear(&RoomRef("!twin".to_owned()), Heard::Created(making.id));
        trial.settle();
        assert_eq!(trial.done.last(), Some(&What::Leave(RoomRef("!twin".to_owned()))));
    }

    #[test]
    fn who_is_taken_out_before_they_were_invited_is_not_invited() {
        let (mut trial, place) = with_lobby();
        let sam = trial.sam();
        act(&mut trial, 1, &[sam], RoomAct::Admit(place.clone().into(), sam));
        act(&mut trial, 2, &[sam], RoomAct::Expel(place.into(), sam));
        assert!(matches!(trial.task().what, What::Oust(..)));
    }

    #[test]
    fn one_members_invitation_waits_for_nobody_elses() {
        let (mut trial, place) = with_lobby();
        let (sam, alex) = (trial.sam(), trial.alex());
        act(&mut trial, 1, &[sam], RoomAct::Admit(place.clone().into(), sam));
        let slow = trial.task();
        act(&mut trial, 2, &[alex], RoomAct::Admit(place.clone().into(), alex));
        act(&mut trial, 3, &[], RoomAct::Tend(place.into()));
        assert_eq!(trial.tasks().len(), 2);
        trial.succeed(&slow);
    }

    #[test]
    fn what_somebody_else_changed_is_a_fault_by_ids() {
        let (mut trial, place) = with_lobby();
        trial.hear(&place, Heard::Changed);
        let task = trial.task();
        let What::Tend(_, wanted) = &task.what else { panic!("{task:?}") };
        let changed = BTreeSet::from([lodge_core::rooms::Aspect::Name]);
        let tended = Tended { edition: wanted.edition, changed, ..Tended::default() };
        let fault = trial.report(&task, Ok(Tried::Tended(tended)));
        assert_eq!(fault, Some(Fault::Drift { room: key().id() }));
    }

    #[test]
    fn what_an_earlier_program_was_to_say_about_a_policy_list_is_said_as_of_any_ban() {
        let mut trial = Trial::new();
        let (sam, alex) = (trial.sam(), trial.alex());
        let said = [
            (sam, json!({ "conduct": { "banned-as-listed": { "service": "Careers" } } })),
            (alex, json!({ "conduct-desk": { "banned-by-list": { "who": "@sam:example.org", "pattern": "@s*:*" } } })),
        ];
        for (number, (to, say)) in (1_000_u64..).zip(said) {
            let id = EffectId::from_bytes([to.to_bytes()[0]; 16]);
            let job = json!({ "number": number, "id": id, "owners": [to], "errand": { "act": { "tell": [to, say] } } });
            let row = Row::holding(Table::Outbox, number.to_be_bytes().to_vec(), Owners::from([to]), &job).unwrap();
            trial.store.commit(&vec![Write::Put(row)]).unwrap();
        }
        trial.restart();
        for _ in 0..3 {
            trial.nothing_new();
        }
        trial.settle();
        let says = |done: &What| if let What::Say { say, .. } = done { Some(say.clone()) } else { None };
        let who = Address::exact("@sam:example.org").unwrap();
        let expected: [Say; 2] =
            [Conduct::Banned { service: "Careers".to_owned() }.into(), ConductDesk::Banned { who }.into()];
        let said: Vec<Say> = trial.done.iter().filter_map(says).collect();
        assert!(said.len() == 2 && expected.iter().all(|say| said.contains(say)), "{said:?}");
    }

    #[test]
    fn what_would_change_can_be_asked_without_changing_anything() {
        let (trial, place) = with_lobby();
        let before = trial.engine.state().clone();
        let intended = trial.engine.intended(RoomSettings::default(), NOW);
        let [lobby] = &intended[..] else { panic!("{intended:?}") };
        assert_eq!((lobby.room.as_ref(), lobby.course), (Some(&place), Course::Archived));
        assert_eq!(*trial.engine.state(), before);
    }

    #[test]
    fn it_is_known_how_many_a_room_would_be_closed_to() {
        let (mut trial, place) = with_lobby();
        trial.show_all();
        say(&mut trial, "agree");
        say(&mut trial, "join lobby");
        assert_eq!(trial.engine.intended(settings(), NOW)[0].taken_out, 0);
        let mut for_staff = settings();
        for_staff.declared[0].joins = BTreeSet::from([Role::Staff]);
        let intended = trial.engine.intended(for_staff.clone(), NOW);
        assert_eq!((intended[0].taken_out, intended[0].room.as_ref()), (1, Some(&place)));
        assert!(!trial.engine.is_at_rooms());
        trial.engine.rooms(for_staff, NOW).unwrap();
        assert!(trial.engine.is_at_rooms(), "the lobby has another topic, and Sam is still in it");
        trial.settle();
        assert!(!trial.engine.is_at_rooms());
    }
}
