//! Words in rooms for many, as far as the hub has to do with them: those that seem to be meant for the porter, and
//! those of somebody who writes too much. Nothing else is looked at, and no words are kept.

use lodge_core::conduct::{Flood, MessageRef, Wrote};
use lodge_core::id::{MemberId, RoomId};
use lodge_core::input::{InRoom, Input};
use lodge_core::step::meant_for_porter;
use lodge_core::time::{Span, Timestamp};
use lodge_matrix::homeserver::RoomRef;

use super::cause::Cause;
use super::{Channel, Place};
use crate::homeserver::EventRef;
use crate::news::Text;
use crate::store::StoreError;
use crate::tables::Stage;

/// Words in a response were written since the response before it. If that one is older than this, nobody can tell by
/// the time of arrival how fast they were written.
const FRESH: Span = Span::from_millis(60_000);

impl Channel {
    /// Somebody wrote something in a room for many.
    pub(super) fn written_in(
        &mut self,
        room: &RoomRef,
        event: &EventRef,
        text: Text,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Some(Place::Room(id)) = self.places.get(room).copied() else { return Ok(()) };
        let wrote = wrote(event, text);
        let happened = match self.flood(id, &wrote, now) {
            Some((member, how)) => InRoom::Flooded(member, how),
            None if self.is_for_porter(&wrote, now) => InRoom::Wrote(wrote),
            None => return self.spoken_in(room, event, now),
        };
        if self.first_time(room, event, now)? {
            return self.step(Cause::Heard(event), Input::InRoom(id, happened), now);
        }
        Ok(())
    }

    /// Whether a member goes beyond what a room can bear by writing this.
    fn flood(&mut self, room: RoomId, wrote: &Wrote, now: Timestamp) -> Option<(MemberId, Flood)> {
        let member = self.engine.state().member_at(&wrote.who)?.id;
        let fresh = self.hearing.heard_at().is_some_and(|heard| heard.after(FRESH) > now);
        let limits = &self.engine.settings().rooms.conduct;
        Some((member, self.floods.count(limits, (room, member), wrote, now, fresh)?))
    }

    /// Whether this is meant for the porter, and its writer is there to hear so: in no conversation, nothing is answered.
    fn is_for_porter(&self, wrote: &Wrote, now: Timestamp) -> bool {
        let Some(member) = meant_for_porter(self.engine.state(), self.engine.settings(), wrote, now) else {
            return false;
        };
        matches!(self.conversation(member).map(|conversation| &conversation.stage), Some(Stage::Open(_)))
    }
}

fn wrote(event: &EventRef, text: Text) -> Wrote {
    Wrote {
        who: text.sender,
        message: MessageRef(event.0.clone()),
        text: text.body,
        replies: text.reply_to.is_some(),
        mentions: text.mentions,
        everybody: text.everybody,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use lodge_core::name::Address;
    use lodge_core::people::member::Role;
    use lodge_core::rooms::{Declared, Encryption, History, Key, Purpose, RoomSettings};
    use lodge_core::say::{Conduct, Say};

    use super::super::trial::{NOW, Trial, words};
    use super::*;
    use crate::homeserver::Membership;
    use crate::news::{Heard, News};
    use crate::perform::What;

    /// Sam and Alex are in the lobby.
    fn in_lobby() -> (Trial, RoomRef) {
        let students = BTreeSet::from([Role::Student]);
        let key = Key::parse("lobby").unwrap();
        let lobby = Declared {
            key: key.clone(),
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
        let mut trial = Trial::new();
        trial.engine.rooms(RoomSettings { declared: vec![lobby], ..RoomSettings::default() }, NOW).unwrap();
        trial.settle();
        let place = trial.engine.state().room(key.id()).unwrap().place().unwrap().clone();
        for member in [trial.sam(), trial.alex()] {
            for words in ["agree", "join lobby"] {
                says(&mut trial, member, words);
            }
            let who = trial.engine.engine.address(member).unwrap();
            trial.hear(&RoomRef::from(&place), Heard::Moved(who.into(), Membership::Joined));
        }
        trial.settle();
        trial.done.clear();
        (trial, place.into())
    }

    fn text(trial: &Trial, member: MemberId, body: &str) -> Heard {
        let sender = trial.engine.engine.address(member).unwrap();
        Heard::Text(words(sender, body))
    }

    fn says(trial: &mut Trial, member: MemberId, body: &str) {
        let (room, heard) = (trial.room(member), text(trial, member, body));
        trial.hear(&room, heard);
        trial.settle();
    }

    /// Sam writes this in the lobby. Returns the acts that followed anywhere but in Sam's conversation, and whether Sam
    /// was told there.
    fn shows(trial: &mut Trial, place: &RoomRef, body: &str) -> (EventRef, Vec<What>, bool) {
        let heard = text(trial, trial.sam(), body);
        let event = trial.hear(place, heard);
        trial.settle();
        let own = trial.room(trial.sam());
        let told = |what: &What| matches!(what, What::Say { room, .. } if *room == own);
        let (told, shown): (Vec<_>, Vec<_>) = std::mem::take(&mut trial.done).into_iter().partition(told);
        (event, shown, !told.is_empty())
    }

    #[test]
    fn b05_a_closed_conversation_is_not_opened_for_a_command_elsewhere() {
        let (mut trial, place) = in_lobby();
        let (sam, own) = (trial.sam(), trial.room(trial.sam()));
        let who = trial.engine.engine.address(sam).unwrap();
        trial.hear(&own, Heard::Moved(who.into(), Membership::Left));
        trial.settle();
        trial.done.clear();
        assert!(!shows(&mut trial, &place, "my data").2);
        assert!(trial.is_idle());
    }

    #[test]
    fn a_strangers_command_is_answered_by_nothing() {
        let (mut trial, place) = in_lobby();
        let sender = Address::exact("@irc_ghost:example.org").unwrap();
        trial.hear(&place, Heard::Text(words(sender, "my data")));
        trial.settle();
        assert_eq!(trial.done, []);
    }

    #[test]
    fn the_same_command_heard_twice_is_answered_once() {
        let (mut trial, place) = in_lobby();
        let heard = text(&trial, trial.sam(), "my data");
        let news = || vec![News { event: EventRef("$same".to_owned()), at: NOW, heard: heard.clone() }];
        for token in ["a", "b"] {
            let rooms = vec![crate::news::RoomNews { room: place.clone(), gap: None, news: news() }];
            let delivery = crate::news::Delivery { token: token.to_owned(), rooms, invitations: vec![] };
            trial.engine.deliver(delivery, NOW).unwrap();
            trial.settle();
        }
        let overheard = |what: &&What| matches!(what, What::Say { say: Say::Conduct(Conduct::Overheard { .. }), .. });
        assert_eq!(trial.done.iter().filter(overheard).count(), 1);
    }

    #[test]
    fn of_many_commands_in_a_row_the_first_is_answered_and_after_a_while_the_next() {
        let (mut trial, place) = in_lobby();
        let heard = text(&trial, trial.sam(), "my data");
        for (number, seconds) in [0, 0, 1, 5, 9, 10, 11, 19, 20].into_iter().enumerate() {
            let event = EventRef(format!("$command{number}"));
            let news = vec![News { event, at: NOW, heard: heard.clone() }];
            let rooms = vec![crate::news::RoomNews { room: place.clone(), gap: None, news }];
            let delivery = crate::news::Delivery { token: number.to_string(), rooms, invitations: vec![] };
            trial.engine.deliver(delivery, NOW.after(Span::from_millis(seconds * 1_000))).unwrap();
            trial.settle();
        }
        let overheard = |what: &&What| matches!(what, What::Say { say: Say::Conduct(Conduct::Overheard { .. }), .. });
        assert_eq!(trial.done.iter().filter(overheard).count(), 3);
    }

    #[test]
    fn who_floods_a_room_is_muted_once_and_who_was_away_for_long_has_flooded_nothing() {
        let (mut trial, place) = in_lobby();
        for number in 0..30 {
            let heard = text(&trial, trial.sam(), &format!("hello {number}"));
            trial.hear(&place, heard);
        }
        trial.settle();
        let muted = trial.engine.state().members().filter(|member| !member.rooms.muted.is_empty()).count();
        assert_eq!(muted, 1);
        trial.restart();
        assert!(trial.engine.hearing.heard_at().is_none(), "what waited while the program was away is not counted");
    }
}
