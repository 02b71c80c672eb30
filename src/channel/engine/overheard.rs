//! What is written in rooms for many, as far as the hub has to do with it: what seems to be meant for the porter, and
//! who writes too much. Nothing else is looked at, and no words are kept.

use lodge_core::id::{MemberId, RoomId};
use lodge_core::input::{InRoom, Input};
use lodge_core::introduction::RoomRef;
use lodge_core::moderation::{Flood, MessageRef, Wrote};
use lodge_core::step::meant_for_porter;
use lodge_core::time::{Span, Timestamp};

use super::cause::Cause;
use super::{Engine, Place};
use crate::homeserver::EventRef;
use crate::news::Text;
use crate::store::StoreError;
use crate::tables::Stage;

/// What came in a response was written since the one before it. If that one is older than this, nobody can tell by the
/// time of arrival how fast it was written.
const FRESH: Span = Span::from_millis(60_000);

impl Engine {
    /// Somebody wrote something in a room for many.
    pub(super) fn written_in(
        &mut self,
        room: &RoomRef,
        event: &EventRef,
        text: Text,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Some(Place::Room(id)) = self.places.get(room).copied() else { return Ok(()) };
        let wrote = Wrote {
            who: text.sender,
            message: MessageRef(event.0.clone()),
            text: text.body,
            replies: text.reply_to.is_some(),
            mentions: text.mentions,
            everybody: text.everybody,
        };
        let happened = match self.flood(id, &wrote, now) {
            Some((member, how)) => InRoom::Flooded(member, how),
            None if self.is_for_porter(&wrote) => InRoom::Wrote(wrote),
            None => return self.spoken_in(room, event, now),
        };
        if self.first_time(room, event, now)? {
            return self.step(Cause::Heard(event), Input::InRoom(id, happened), now);
        }
        Ok(())
    }

    /// Whether a member goes beyond what a room can bear by writing this.
    fn flood(&mut self, room: RoomId, wrote: &Wrote, now: Timestamp) -> Option<(MemberId, Flood)> {
        let member = self.state.member_at(&wrote.who)?.id;
        let fresh = self.heard_at.is_some_and(|heard| heard.after(FRESH) > now) && self.restoring.is_none();
        let limits = &self.options.settings.rooms.conduct;
        Some((member, self.floods.count(limits, (room, member), wrote, now, fresh)?))
    }

    /// Whether this is meant for the porter, and its writer is there to hear so: in no conversation, nothing is answered.
    fn is_for_porter(&self, wrote: &Wrote) -> bool {
        let Some(member) = meant_for_porter(&self.state, &self.options.settings, wrote) else { return false };
        matches!(self.conversation(member).map(|conversation| &conversation.stage), Some(Stage::Open(_)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use lodge_core::command::{Answer, Command, ModerationCommand, Profile, RoomCommand, read};
    use lodge_core::input::Trust;
    use lodge_core::member::Role;
    use lodge_core::name::Address;
    use lodge_core::room::{Declared, Encryption, History, Key, Purpose, RoomSettings};
    use lodge_core::say::{Conduct, Say};

    use super::super::trial::{NOW, Trial};
    use super::*;
    use crate::homeserver::Membership;
    use crate::news::Heard;
    use crate::perform::What;

    /// Names each command there is, with words by which it is read. A command that is missing here does not compile.
    macro_rules! every_command {
        ($($kind:pat => $text:literal,)*) => {
            const SAMPLES: &[&str] = &[$($text),*];

            /// The first sample of the kind that this command is of.
            fn sample_of(command: &Command) -> &'static str {
                match command {
                    $($kind => $text,)*
                }
            }
        };
    }

    every_command! {
        Command::Help => "help",
        Command::Introduce { .. } => "introduce @alex:example.org for career advice: Dear Alex",
        Command::Send => "send",
        Command::Change => "change",
        Command::Cancel => "cancel",
        Command::Add(_) => "add email",
        Command::Hide(_) => "hide phone",
        Command::Requests => "requests",
        Command::Drafts => "drafts",
        Command::Again => "again",
        Command::Withdraw(_) => "withdraw 1",
        Command::Pause(_) => "pause until friday",
        Command::Resume => "unpause",
        Command::Limit(_) => "limit 3",
        Command::BlockAddress(_) => "block @alex:example.org",
        Command::Unblock(_) => "unblock 1",
        Command::OwnSettings => "my settings",
        Command::Policy => "policy",
        Command::MyData => "my data",
        Command::Forget { sure: false } => "forget me",
        Command::Forget { sure: true } => "forget me now",
        Command::Agree => "agree",
        Command::Boundaries => "boundaries",
        Command::Code(_) => "2345-AAAA-6789",
        Command::AskStaff(_) => "ask staff: may I come by",
        Command::Verify(_) => "verify @alex:example.org as alumnus",
        Command::EndRole(_) => "end @alex:example.org",
        Command::Approve(_) => "approve organisation City Museum",
        Command::Organisations => "organisations",
        Command::Room(RoomCommand::List) => "rooms",
        Command::Room(RoomCommand::Join(_)) => "join lobby",
        Command::Room(RoomCommand::Leave(_)) => "leave lobby",
        Command::Room(RoomCommand::Suggest(..)) => "suggest room Museums: about museums",
        Command::Room(RoomCommand::Offer(_)) => "opportunity: a summer at the archive",
        Command::Room(RoomCommand::Decide { approve: true, .. }) => "approve 1",
        Command::Room(RoomCommand::Decide { approve: false, .. }) => "decline 1",
        Command::Moderation(ModerationCommand::TakeAway) => "take it away",
        Command::Moderation(ModerationCommand::Report(..)) => "report @alex:example.org in lobby: they shout",
        Command::Moderation(ModerationCommand::Reports) => "reports",
        Command::Moderation(ModerationCommand::Warn(..)) => "warn 1: more softly please",
        Command::Moderation(ModerationCommand::Dismiss(_)) => "dismiss 1",
        Command::Moderation(ModerationCommand::Mute(..)) => "mute @alex:example.org in lobby for 2 days",
        Command::Moderation(ModerationCommand::Unmute(..)) => "unmute @alex:example.org in lobby",
        Command::Moderation(ModerationCommand::Remove(..)) => "remove @alex:example.org from lobby",
        Command::Moderation(ModerationCommand::Allow(..)) => "allow @alex:example.org in lobby",
        Command::Moderation(ModerationCommand::Ban(_)) => "ban @alex:example.org",
        Command::Moderation(ModerationCommand::LiftBan(_)) => "allow @alex:example.org",
        Command::Moderation(ModerationCommand::How) => "mute",
        Command::Profile(Profile::Show) => "my profile",
        Command::Profile(Profile::Write(..)) => "profile headline: Curator",
        Command::Profile(Profile::ShowTo(..)) => "profile hide phone",
        Command::Profile(Profile::List { .. }) => "list me",
        Command::Profile(Profile::Unlist) => "unlist me",
        Command::Profile(Profile::Unclear(_)) => "profile shoe size: 9",
        Command::Mentors(_) => "mentors in law",
        Command::More => "more",
        Command::Stay => "still here",
        Command::Answer { answer: Answer::Yes(_), .. } => "yes 1",
        Command::Answer { answer: Answer::No, .. } => "no 1",
        Command::Answer { answer: Answer::NoBecause(_), .. } => "no because I am away",
        Command::Answer { answer: Answer::Ask(_), .. } => "ask Which year are you in?",
        Command::Answer { answer: Answer::Tell(_), .. } => "answer 1 the second",
        Command::Answer { answer: Answer::Later(_), .. } => "later 1 friday",
        Command::Answer { answer: Answer::Ignore, .. } => "ignore 1",
        Command::Answer { answer: Answer::Report(_), .. } => "report 1 this is spam",
        Command::Answer { answer: Answer::Block, .. } => "block 1",
        Command::Answer { answer: Answer::Went(_), .. } => "1 well",
        Command::Answer { answer: Answer::Unclear, .. } => "yes but not now",
        Command::Text(_) => "good morning everybody",
    }

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
            let who = trial.engine.address(member).unwrap();
            trial.hear(&place, Heard::Moved(who, Membership::Joined));
        }
        trial.settle();
        trial.done.clear();
        (trial, place)
    }

    fn text(trial: &Trial, member: MemberId, body: &str) -> Heard {
        let sender = trial.engine.address(member).unwrap();
        let body = body.to_owned();
        Heard::Text(Text { sender, body, reply_to: None, mentions: vec![], everybody: false, trust: Trust::Tied })
    }

    fn says(trial: &mut Trial, member: MemberId, body: &str) {
        let (room, heard) = (trial.room(member), text(trial, member, body));
        trial.hear(&room, heard);
        trial.settle();
    }

    /// Sam writes this in the lobby; what was done because of it anywhere but in Sam's conversation, and whether Sam was
    /// told there.
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
    fn b05_of_every_command_in_a_room_nothing_shows_but_its_taking_away() {
        let mut answered = 0;
        for sample in SAMPLES {
            assert_eq!(sample_of(&read(sample)), *sample, "the sample is of another kind");
            let (mut trial, place) = in_lobby();
            let before = trial.engine.state().rooms().cloned().collect::<Vec<_>>();
            let (event, shown, told) = shows(&mut trial, &place, sample);
            assert_eq!(shown, [], "{sample}: what an ordinary sentence shows is nothing");
            assert_eq!(trial.engine.state().rooms().cloned().collect::<Vec<_>>(), before, "{sample}");
            let sam = trial.sam();
            says(&mut trial, sam, "take it away");
            let taken: Vec<What> =
                trial.done.iter().filter(|what| matches!(what, What::TakeBack(_))).cloned().collect();
            let expected = if told { vec![What::TakeBack(Some((place, event)))] } else { vec![] };
            assert_eq!(taken, expected, "{sample}");
            answered += usize::from(told);
        }
        assert!(answered > SAMPLES.len() / 2, "{answered} of {} were taken for what they are", SAMPLES.len());
    }

    #[test]
    fn b05_a_closed_conversation_is_not_opened_for_a_command_elsewhere() {
        let (mut trial, place) = in_lobby();
        let (sam, own) = (trial.sam(), trial.room(trial.sam()));
        let who = trial.engine.address(sam).unwrap();
        trial.hear(&own, Heard::Moved(who, Membership::Left));
        trial.settle();
        trial.done.clear();
        assert!(!shows(&mut trial, &place, "my data").2);
        assert!(trial.engine.outbox().is_empty());
    }

    #[test]
    fn a_strangers_command_is_answered_by_nothing() {
        let (mut trial, place) = in_lobby();
        let sender = Address::parse("@irc_ghost:example.org").unwrap();
        let body = "my data".to_owned();
        let words = Text { sender, body, reply_to: None, mentions: vec![], everybody: false, trust: Trust::Tied };
        trial.hear(&place, Heard::Text(words));
        trial.settle();
        assert_eq!(trial.done, []);
    }

    #[test]
    fn the_same_command_heard_twice_is_answered_once() {
        let (mut trial, place) = in_lobby();
        let heard = text(&trial, trial.sam(), "my data");
        let news = || vec![crate::news::News { event: EventRef("$same".to_owned()), at: NOW, heard: heard.clone() }];
        for token in ["a", "b"] {
            let rooms = vec![crate::news::RoomNews { room: place.clone(), gap: None, news: news() }];
            let delivery = crate::news::Delivery { token: token.to_owned(), rooms, invitations: vec![] };
            trial.engine.deliver(delivery, NOW).unwrap();
            trial.settle();
        }
        let overheard =
            |what: &&What| matches!(what, What::Say { say: Say::Conduct(Conduct::Overheard { .. }), .. });
        assert_eq!(trial.done.iter().filter(overheard).count(), 1);
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
        assert!(trial.engine.heard_at.is_none(), "what waited while the program was away is not counted");
    }
}
