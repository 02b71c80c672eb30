//! Strangers, who come unasked. Invitations cost their senders little, so however many come, what they lead to is
//! bounded: few are turned down at a time, after everything that is for members, and beyond a number they are left
//! unanswered.
//!
//! The porter is in none of those rooms, and nothing is said there, so an invitation that is not answered is safe. It
//! does not show again once the response that brought it is taken in; its sender can send another.
//!
//! Nor is anything done about them while more come: the homeserver would work on it instead of on what is for members,
//! and tell of it in a response of its own.

use std::collections::BTreeSet;

use lodge_core::effect::Lane;
use lodge_core::id::MemberId;
use lodge_core::input::Input;
use lodge_core::name::Address;
use lodge_core::people::member::{Role, Standing};
use lodge_core::time::Timestamp;
use lodge_matrix::homeserver::RoomRef;
use lodge_matrix::occupant::Occupant;

use super::cause::Cause;
use super::{Channel, Place};
use crate::homeserver::EventRef;
use crate::news::{Invitation, Wanted};
use crate::outbox::{Chore, Line, declining};
use crate::perform::Task;
use crate::store::StoreError;

/// After a response with invitations the next one must bring none before anything is done about them. The response that
/// brings them counts as the first.
const RESPONSES_UNTIL_CALM: u8 = 2;

/// At most this many invitations wait to be turned down: some seconds of work, and as many rows.
const DECLINES_MAX: usize = 256;

impl Channel {
    /// Whether a task is for somebody whom nobody has verified, or for a room that is none of the hub's, so that it comes
    /// after all that is for members.
    pub fn comes_last(&self, task: &Task) -> bool {
        self.is_for_strangers(&task.line)
    }

    /// Whether the jobs of this line are for somebody whom nobody has verified, or for a room that is none of the
    /// hub's.
    pub(super) fn is_for_strangers(&self, line: &Line) -> bool {
        match line {
            Line::Lane(Lane::Conversation(member) | Lane::Files(member)) => self.is_unverified(*member),
            Line::Lane(_) => false,
            Line::Other(_) => !self.chores.in_line(line).any(|job| matches!(job.errand, Chore::Oust(..))),
            Line::Greeting(_) | Line::Declining(_) => true,
        }
    }

    /// The urgency with which the next sync response is wanted. Tasks for strangers wait for it without hurrying the
    /// homeserver, which has members to answer.
    pub fn news_wanted(&self) -> Wanted {
        let lanes = || self.engine.outbox().held().map(|lane| Line::Lane(*lane));
        let held = || lanes().chain(self.chores.held().cloned());
        if held().any(|line| !self.is_for_strangers(&line)) {
            Wanted::AtOnce
        } else if held().next().is_some() {
            Wanted::Soon
        } else {
            Wanted::WithNews
        }
    }

    /// Takes in the invitations of the response that ends at `token`.
    pub(super) fn invited(
        &mut self,
        invitations: Vec<Invitation>,
        token: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        // Once somebody is not let in, nobody is who comes with them: there are as many here as may be.
        let mut is_full = false;
        if invitations.is_empty() {
            return Ok(());
        }
        let mut held: BTreeSet<Line> = declining().collect();
        for Invitation { room, from } in invitations {
            if self.engine.state().member_at(&from).is_none() && self.may_visit(&from) && !is_full {
                self.step(Cause::Visited(&room, token), Input::Visited(from.clone()), now)?;
                match self.engine.state().member_at(&from).map(|member| member.id) {
                    Some(member) => {
                        held.insert(Line::Greeting(member));
                        let id = self.ids(Cause::Invited(&room, token)).draw();
                        self.add_chore(id, BTreeSet::from([member]), Chore::Greet(room, member))?;
                    }
                    None => {
                        is_full = true;
                        self.decline(room)?;
                    }
                }
            } else if let Some(member) = self.may_call(&from) {
                held.insert(Line::Greeting(member));
                self.called(member, room, token)?;
            } else {
                self.decline(room)?;
            }
        }
        for line in held {
            self.chores.hold(&line, RESPONSES_UNTIL_CALM);
        }
        Ok(())
    }

    /// A member asks for the porter elsewhere: in rooms of people whom somebody has verified it says where it is to be
    /// found. It does so in one at a time. To others it has said so when they came the first time.
    fn called(&mut self, member: MemberId, room: RoomRef, token: &str) -> Result<(), StoreError> {
        let mut ids = self.ids(Cause::Invited(&room, token));
        self.invite_again(member, &mut ids)?;
        let greets = self.chores.in_line(&Line::Greeting(member)).next().is_some();
        if greets || self.is_unverified(member) {
            return self.decline(room);
        }
        self.add_chore(ids.draw(), BTreeSet::from([member]), Chore::Greet(room, member))
    }

    /// Turns an invitation down, unless as many wait for that as may.
    pub(super) fn decline(&mut self, room: RoomRef) -> Result<(), StoreError> {
        if declining().map(|line| self.chores.in_line(&line).count()).sum::<usize>() >= DECLINES_MAX {
            return Ok(());
        }
        let id = self.ids(Cause::Leaving(&room)).draw();
        self.add_chore(id, BTreeSet::new(), Chore::Decline(room))
    }

    /// Whether an account is in a room of the hub's in which it cannot be: one for two, if it is no member's, or a bridge's;
    /// any, if its id cannot be read.
    pub(super) fn is_third(&self, room: &RoomRef, who: &Occupant) -> bool {
        let Some(who) = &who.address() else { return self.knows(room) };
        let is_for_two = match self.places.get(room) {
            Some(Place::Conversation(_) | Place::Introduction(_)) => true,
            Some(Place::Room(_)) | None => false,
        };
        let is_nobody = self.engine.state().member_at(who).is_none();
        is_for_two && who != self.own() && (is_nobody || self.engine.settings().rooms.is_bridge(who))
    }

    /// Takes somebody out of a room. The porter is in it still, and nobody else has the power to.
    pub(super) fn oust(&mut self, room: &RoomRef, event: &EventRef, who: &Occupant) -> Result<(), StoreError> {
        let id = self.ids(Cause::Intruded(event)).draw();
        self.add_chore(id, BTreeSet::new(), Chore::Oust(room.clone(), who.clone()))
    }

    /// The member at this address, if the porter comes when they call.
    fn may_call(&self, who: &Address) -> Option<MemberId> {
        let member = self.engine.state().member_at(who).filter(|member| member.standing == Standing::Current)?;
        (!self.engine.is_forgetting(member.id)).then_some(member.id)
    }

    /// Whether an account that nobody knows may come to the porter: it is on the porter's own server, or on one that the
    /// service named, belongs to no bridge and does not counsel.
    fn may_visit(&self, who: &Address) -> bool {
        let settings = self.engine.settings();
        let near = who.server() == self.own().server() || self.servers.contains(who.server());
        near && !settings.rooms.is_bridge(who) && !settings.counsels(who)
    }

    fn is_unverified(&self, member: MemberId) -> bool {
        self.engine.state().member(member).is_some_and(|member| member.person.role == Role::Unverified)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Fault;
    use lodge_core::say::Say;

    use super::super::trial::{NOW, Trial, unknown, words};
    use super::*;
    use crate::homeserver::Membership;
    use crate::news::{Heard, News, RoomNews};
    use crate::perform::{Tried, What};
    use crate::store::{Store, Table};

    fn stranger(number: usize) -> Invitation {
        let from = Address::exact(&format!("@flood{}:hostile.example", number % 100)).unwrap();
        Invitation { room: RoomRef(format!("!hostile{number}:hostile.example")), from }
    }

    /// Sam asks for help.
    fn help(trial: &Trial) -> RoomNews {
        let sender = Address::exact("@sam:example.org").unwrap();
        let text = words(sender, "help");
        let news = vec![News { event: EventRef("$help".to_owned()), at: NOW, heard: Heard::Text(text) }];
        RoomNews { room: trial.room(trial.sam()), gap: None, news }
    }

    fn rows(trial: &Trial) -> usize {
        trial.store.load(Table::Outbox).unwrap().len()
    }

    #[test]
    fn among_ten_thousand_invitations_a_member_is_answered_first_and_the_work_is_bounded() {
        let mut trial = Trial::new();
        let help = help(&trial);
        trial.deliver(vec![help], (0..10_000).map(stranger).collect());
        let task = trial.task();
        assert!(matches!(task.what, What::Say { .. }) && !trial.engine.comes_last(&task), "{task:#?}");
        assert!(rows(&trial) <= DECLINES_MAX + 1, "{} rows", rows(&trial));
        trial.succeed(&task);
        trial.deliver(vec![], (0..10_000).map(stranger).collect());
        assert_eq!(trial.tasks(), [], "nothing is done about them while more come");
        assert_eq!(trial.engine.news_wanted(), Wanted::Soon, "who is answered by the same homeserver comes first");
        trial.nothing_new();
        let tasks = trial.tasks();
        assert_eq!(tasks.len(), 2, "few invitations are turned down at a time");
        for task in &tasks {
            assert!(trial.engine.comes_last(task));
            trial.succeed(task);
        }
        trial.settle();
        assert!(trial.done.iter().all(|done| matches!(done, What::Say { .. } | What::Leave(_))), "{:?}", trial.done);
        assert_eq!((trial.done.len(), rows(&trial)), (DECLINES_MAX + 1, 0));
        assert!(trial.is_idle());
    }

    #[test]
    fn an_invitation_is_declined_once_whatever_comes_of_it_and_the_next_one_again() {
        let mut trial = Trial::new();
        for _ in 0..2 {
            let again = (0..50).map(|_| stranger(1)).collect();
            trial.deliver(vec![], again);
            trial.nothing_new();
            let task = trial.task();
            assert!(matches!(task.what, What::Leave(_)));
            trial.report(&task, unknown());
            assert_eq!((trial.tasks(), rows(&trial), trial.engine.news_wanted()), (vec![], 0, Wanted::WithNews));
        }
    }

    #[test]
    fn a_members_client_that_invites_on_and_on_is_greeted_in_one_room_at_a_time() {
        let mut trial = Trial::new();
        let from = Address::exact("@sam:example.org").unwrap();
        let calls = (0..10_000).map(|n| Invitation { room: RoomRef(format!("!own{n}")), from: from.clone() });
        trial.deliver(vec![], calls.collect());
        trial.nothing_new();
        let tasks = trial.tasks();
        assert!(rows(&trial) <= DECLINES_MAX + 1, "{} rows", rows(&trial));
        assert_eq!(tasks.iter().filter(|task| matches!(task.what, What::Greet(..))).count(), 1);
        assert!(tasks.len() <= 3, "{tasks:#?}");
        assert!(tasks.iter().all(|task| trial.engine.comes_last(task)));
        for task in &tasks {
            trial.succeed(task);
        }
        trial.settle();
        assert!(trial.is_idle());
    }

    #[test]
    fn of_ten_thousand_unknown_people_as_many_are_let_in_as_may_be_and_no_more_are_looked_at() {
        let mut trial = Trial::new();
        let visit = |n: usize| Invitation {
            room: RoomRef(format!("!visit{n}")),
            from: Address::exact(&format!("@visitor{n}:example.org")).unwrap(),
        };
        trial.deliver(vec![], (0..10_000).map(visit).collect());
        trial.commit();
        let visitors = trial.engine.state().members().filter(|member| member.person.role == Role::Unverified).count();
        assert_eq!(visitors, 100);
        trial.nothing_new();
        let tasks = trial.tasks();
        let greets = tasks.iter().filter(|task| matches!(task.what, What::Greet(..))).count();
        assert_eq!(greets, 100, "nobody is turned away without a word who is let in");
        assert!(tasks.iter().all(|task| trial.engine.comes_last(task)), "{tasks:#?}");
    }

    #[test]
    fn b10_an_account_that_counsels_is_turned_down_and_whoever_comes_with_it_is_let_in() {
        let mut trial = Trial::new();
        let visits = ["@quiet:example.org", "@kim:example.org"]
            .map(|from| Invitation { room: RoomRef(format!("!of{from}")), from: Address::exact(from).unwrap() });
        trial.deliver(vec![], visits.to_vec());
        let is_known = |from: &Invitation| trial.engine.state().member_at(&from.from).is_some();
        assert_eq!(visits.each_ref().map(is_known), [false, true]);
        let [quiet, kim] = visits.map(|visit| visit.room);
        trial.nothing_new();
        trial.settle();
        assert!(trial.done.contains(&What::Leave(quiet)), "{:?}", trial.done);
        assert!(trial.done.contains(&What::Greet(kim, Say::Elsewhere)), "{:?}", trial.done);
    }

    #[test]
    fn i09_somebody_whose_id_cannot_be_read_is_taken_out_of_every_room_and_an_administrator_hears_of_it() {
        let lobby = RoomRef("!lobby".to_owned());
        for id in ["@\u{430}lex:example.org", "@:example.org", ""] {
            let mut trial = Trial::new();
            trial.engine.places.insert(lobby.clone(), Place::Room(lodge_core::id::RoomId::from_bytes([1; 16])));
            for room in [trial.room(trial.sam()), lobby.clone()] {
                trial.hear(&room, Heard::Moved(Occupant::named(id), Membership::Joined));
                trial.commit();
                trial.restart();
                trial.nothing_new();
                let task = trial.task();
                assert_eq!(task.what, What::Oust(room.clone(), Occupant::named(id)));
                assert!(!trial.engine.comes_last(&task));
                let fault = trial.report(&task, Ok(Tried::Ousted));
                assert_eq!(fault, Some(Fault::Nameless { effect: task.id }));
                trial.engine.places.insert(lobby.clone(), Place::Room(lodge_core::id::RoomId::from_bytes([1; 16])));
                trial.hear(&room, Heard::Moved(Occupant::named(id), Membership::Left));
                assert_eq!((trial.tasks(), rows(&trial)), (vec![], 0));
            }
            // In somebody else's room they are nobody's concern.
            trial.hear(&RoomRef("!theirs".to_owned()), Heard::Moved(Occupant::named(id), Membership::Joined));
            assert_eq!(trial.tasks(), []);
        }
    }

    #[test]
    fn words_of_somebody_whose_id_differs_in_case_are_not_the_members() {
        let mut trial = Trial::new();
        let mut words = help(&trial);
        for News { event, heard, .. } in &mut words.news {
            let Heard::Text(text) = heard else { panic!("{heard:?}") };
            text.sender = Address::exact("@Sam:example.org").unwrap();
            *event = EventRef("$other".to_owned());
        }
        trial.deliver(vec![words], vec![]);
        assert_eq!(trial.tasks(), []);
        let help = help(&trial);
        trial.deliver(vec![help], vec![]);
        assert!(matches!(trial.task().what, What::Say { .. }));
    }

    #[test]
    fn an_account_that_is_none_of_the_two_is_taken_out_of_their_room_at_once() {
        for membership in [Membership::Invited, Membership::Joined] {
            let mut trial = Trial::new();
            let (room, ghost) = (trial.room(trial.sam()), Occupant::named("@irc_robin:example.org"));
            trial.hear(&room, Heard::Moved(ghost.clone(), membership));
            let task = trial.task();
            assert_eq!(task.what, What::Oust(room.clone(), ghost.clone()));
            assert!(!trial.engine.comes_last(&task));
            trial.report(&task, Ok(Tried::Ousted));
            trial.settle();
            trial.hear(&room, Heard::Moved(ghost, Membership::Left));
            assert_eq!((trial.tasks(), rows(&trial)), (vec![], 0));
        }
    }
}
