//! By which key each step is known again that was taken before a disk was lost.

use lodge_core::effect::Act;
use lodge_core::id::{EffectId, IntroductionId, MemberId, TimerId};
use lodge_core::input::{InRoom, Input, Performed};
use lodge_core::introduction::Introduction;
use lodge_core::name::Address;
use lodge_core::roster::Roster;
use lodge_core::step::Step;
use lodge_core::time::Timestamp;
use sha2::{Digest, Sha256};

use super::Engine;
use super::cause::Cause;
use crate::homeserver::{EventRef, Membership};
use crate::witness::StepKey;

/// What a step may have come of, as far as it is known again by it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Known<'a> {
    /// A list of people, as it was.
    List(&'a Roster),
    /// Somebody unknown came to the porter.
    Visited(&'a Address),
    /// The settings of the rooms for many were read.
    Rooms(Timestamp),
    /// An event in a room for many.
    InRoom(&'a EventRef),
    /// What comes of nothing that could be taken again.
    Nothing,
    /// A message that could be read when it came.
    Heard(&'a EventRef),
    /// A message came that could not be read. That is no step, but it counts when the message is read.
    Sealed(&'a EventRef),
    /// A message whose key came later.
    Late(&'a EventRef),
    /// A message with which somebody wrote too much in a room for many.
    Flood(&'a EventRef),
    /// Who sent this message was to be asked for it again.
    Unreadable(&'a EventRef),
    /// A moment came.
    Due(TimerId),
    /// This came of an effect.
    Performed(EffectId, &'a Performed),
    /// Somebody came into the room of an introduction, or went out, whichever event showed it.
    Moved(IntroductionId, MemberId, Membership),
    /// The consents of an introduction could not be confirmed.
    Unconfirmed(IntroductionId),
    /// What a member was shown could not be told.
    Unsure(MemberId),
}

impl Engine {
    /// The key of what a step comes of, and the detail of the event that shows it, where one does: of anything else, what
    /// is told because of it is the detail.
    pub(super) fn key_of(&self, cause: Cause<'_>, input: &Input) -> (StepKey, Option<u32>) {
        let known = match (cause, input) {
            (_, Input::Roster(list)) => Known::List(list),
            (_, Input::Visited(who)) => Known::Visited(who),
            (Cause::Rooms(at), _) => Known::Rooms(at),
            (Cause::Heard(event), Input::InRoom(_, InRoom::Spoken | InRoom::Wrote(_))) => Known::Heard(event),
            (Cause::Heard(event), Input::InRoom(_, InRoom::Flooded(..))) => Known::Flood(event),
            (Cause::Heard(event), Input::InRoom(..)) => Known::InRoom(event),
            (_, Input::CameIn(id, member)) => Known::Moved(*id, *member, Membership::Joined),
            (_, Input::WentOut(id, member)) => Known::Moved(*id, *member, Membership::Left),
            (_, Input::Due(timer)) => Known::Due(*timer),
            (_, Input::Unconfirmed(id) | Input::Gone(id)) => Known::Unconfirmed(*id),
            (_, Input::DraftUnsure(member)) => Known::Unsure(*member),
            (Cause::Heard(event), Input::Said(_) | Input::Edited(..) | Input::Redacted(..)) => Known::Heard(event),
            (Cause::Late(event), _) => Known::Late(event),
            (Cause::Performed(effect, performed), _) => Known::Performed(effect, performed),
            (Cause::Unreadable(event) | Cause::Heard(event), _) => Known::Unreadable(event),
            (
                Cause::List
                | Cause::Due(_)
                | Cause::Unsaid(_)
                | Cause::Conversation(..)
                | Cause::Leaving(_)
                | Cause::Invited(..)
                | Cause::Visited(..)
                | Cause::Policies(_)
                | Cause::Hurried(_)
                | Cause::LeftOut(_)
                | Cause::Tidied(_)
                | Cause::Intruded(_)
                | Cause::Unexplained(_)
                | Cause::Unsure(..)
                | Cause::Unconfirmed(_),
                Input::Said(_)
                | Input::Edited(..)
                | Input::Redacted(..)
                | Input::Unreadable(_)
                | Input::LeftOut(..)
                | Input::Tidy
                | Input::Performed(..)
                | Input::Rooms
                | Input::Policies
                | Input::InRoom(..)
                | Input::Unsaid(..)
                | Input::Intruded(_),
            ) => Known::Nothing,
        };
        let said = matches!(input, Input::Performed(Act::Tell(..), _));
        let effect = if let Cause::Performed(effect, _) = cause { Some(effect) } else { None };
        let shows = effect.filter(|_| said).map(|id| self.said.get(&id).map_or(0, |row| detail(&row.event)));
        (self.key(known), shows)
    }

    /// Compares a step that is taken again with what was told because of it. If it is something else, part of what it
    /// rests on does not show any more, and nothing of those whom it concerns is sure.
    pub(super) fn compare(&mut self, by: Option<MemberId>, step: &Step) {
        let Some(restoring) = &mut self.restoring else { return };
        if restoring.told.take().is_none_or(|told| told == tells(step)) {
            return;
        }
        let to =
            step.effects.iter().filter_map(|effect| if let Act::Tell(to, _) = &effect.act { Some(*to) } else { None });
        let changed = step.changes.introductions.iter().filter_map(|id| self.state.introduction(*id));
        restoring.unsure.extend(by.into_iter().chain(to).chain(changed.flat_map(Introduction::owners)));
    }

    /// The key of this.
    pub(super) fn key(&self, known: Known<'_>) -> StepKey {
        let of = |parts: &[&[u8]]| StepKey::of(&self.secret, parts);
        match known {
            Known::List(list) => of(&[b"list", &serde_json::to_vec(list).unwrap_or_default()]),
            Known::Visited(who) => of(&[b"visited", who.as_str().as_bytes()]),
            Known::Rooms(at) => of(&[b"rooms", &at.as_millis().to_be_bytes()]),
            Known::InRoom(event) => of(&[b"in room", event.0.as_bytes()]),
            Known::Nothing => of(&[b"nothing"]),
            Known::Heard(event) => of(&[b"heard", event.0.as_bytes()]),
            Known::Sealed(event) => of(&[b"sealed", event.0.as_bytes()]),
            Known::Late(event) => of(&[b"late", event.0.as_bytes()]),
            Known::Flood(event) => of(&[b"flood", event.0.as_bytes()]),
            Known::Unreadable(event) => of(&[b"unreadable", event.0.as_bytes()]),
            Known::Due(timer) => of(&[b"due", &timer.to_bytes()]),
            Known::Performed(effect, performed) => {
                let how: &[u8] = match performed {
                    Performed::Done => b"done",
                    Performed::RoomMade(_) => b"made",
                    Performed::Blocked => b"blocked",
                    Performed::Refused => b"refused",
                    Performed::Ousted => b"ousted",
                    Performed::Tended(_) => b"tended",
                    Performed::Looked(_) => b"looked",
                };
                of(&[b"performed", &effect.to_bytes(), how])
            }
            Known::Moved(id, member, membership) => {
                let way: &[u8] = match membership {
                    Membership::Invited => b"invited",
                    Membership::Joined => b"in",
                    Membership::Left => b"out",
                };
                of(&[b"moved", &id.to_bytes(), &member.to_bytes(), way])
            }
            Known::Unsure(member) => of(&[b"unsure", &member.to_bytes()]),
            Known::Unconfirmed(id) => of(&[b"unconfirmed", &id.to_bytes()]),
        }
    }

    /// A step is taken; nothing is noted of those that are taken again.
    pub(super) fn note(&mut self, key: StepKey, at: Timestamp, detail: u32) {
        if self.restoring.as_ref().is_none_or(|restoring| restoring.is_caught_up) {
            self.steps.note(key, at, detail);
        }
    }
}

/// A few bytes by which it is known again what a step tells.
pub(super) fn tells(step: &Step) -> u32 {
    let told = step.effects.iter().filter(|effect| matches!(effect.act, Act::Tell(..)));
    let told: Vec<_> = told.map(|effect| (effect.id, &effect.act)).collect();
    detail(&serde_json::to_string(&told).unwrap_or_default())
}

/// A few bytes by which an event is known among a few; never 0.
pub(super) fn detail(event: &str) -> u32 {
    let digest = Sha256::digest(event.as_bytes());
    u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]).max(1)
}
