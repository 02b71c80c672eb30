//! What follows when something happens to an introduction: words, rooms and timers.

use super::Turn;
use crate::audit::Noted;
use crate::consent::Both;
use crate::effect::Act;
use crate::id::{IntroductionId, MemberId, TimerId};
use crate::input::Performed;
use crate::introduction::{Follow, Happening, Introduction, Party, RoomRef, Side, Stage, turn};
use crate::say::Say;
use crate::state::Wait;

impl Turn<'_> {
    /// Lets something happen to an introduction.
    pub(super) fn happen(&mut self, id: IntroductionId, happening: Happening) {
        let Some(introduction) = self.state.introduction_mut(id) else { return };
        let Some((next, follow)) = turn(&introduction.stage, happening, self.now) else { return };
        let was_asked = introduction.stage == Stage::Waiting(Side::Asked);
        introduction.stage = next;
        self.step.changes.introductions.insert(id);
        if was_asked {
            self.close_prompt(id);
        }
        self.adjust_timers(id);
        for follow in follow {
            self.follow(id, follow);
        }
        self.close_if_past_deadline(id);
    }

    /// A room that failed after the deadline had come leaves nothing to wait for.
    fn close_if_past_deadline(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let waiting = match introduction.stage {
            Stage::Waiting(_) => true,
            Stage::Opening { .. } | Stage::Invited { .. } | Stage::Met { .. } | Stage::Ended { .. } => false,
        };
        if waiting && introduction.deadline <= self.now {
            self.happen(id, Happening::Deadline);
        }
    }

    fn adjust_timers(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        match introduction.stage {
            Stage::Waiting(Side::Asked) => {}
            Stage::Waiting(Side::Quiet(_)) | Stage::Opening { .. } => {
                self.stop_waiting(id, |wait| wait == Wait::Reminder);
            }
            Stage::Invited { .. } => {
                self.stop_waiting(id, |wait| wait != Wait::JoinBy);
                let set = !self.state.timers_of(id).is_empty();
                if !set {
                    self.wait(id, self.now.after(self.settings.join_within), Wait::JoinBy);
                }
            }
            Stage::Met { .. } => self.stop_waiting(id, |_| true),
            Stage::Ended { .. } => {
                self.stop_waiting(id, |_| true);
                self.step.noted.push(Noted::Ended(id));
            }
        }
    }

    fn follow(&mut self, id: IntroductionId, follow: Follow) {
        let Some(introduction) = self.state.introduction(id).cloned() else { return };
        match follow {
            Follow::ConfirmYes => self.tell_party(&introduction, Party::Addressee, Say::YesRecorded),
            Follow::ConfirmNo => self.tell_party(&introduction, Party::Addressee, Say::NoRecorded),
            Follow::CreateRoom => {
                self.effect(introduction.owners(), Act::CreateRoom(id));
            }
            Follow::Invite(room, party) => {
                if let Some(member) = introduction.member(party) {
                    self.effect(introduction.owners(), Act::Invite(id, room, member));
                }
            }
            Follow::TellBoth => self.tell_both(&introduction),
            Follow::LeaveThemToIt(room) => {
                let owners = introduction.owners();
                self.effect(owners.clone(), Act::Note(id, room.clone(), Say::OpeningNote));
                self.effect(owners.clone(), Act::OpenSpeech(id, room.clone()));
                self.effect(owners, Act::Leave(id, room));
            }
            Follow::CloseRoom(room) => self.close_room(&introduction, &room),
            Follow::TellBlocked(party) => self.tell_party(&introduction, party, Say::YouBlock),
            Follow::TellRoomFailed => self.tell_party(&introduction, Party::Addressee, Say::RoomFailed),
            Follow::TellNoIntroduction => {
                let to = introduction.named.clone();
                self.tell_party(&introduction, Party::Requester, Say::NoIntroduction { to });
            }
            Follow::TellWithdrawn(party) => self.tell_party(&introduction, party, Say::WithdrawnByOther),
            Follow::TellNotMet => {
                self.tell_party(&introduction, Party::Requester, Say::NotMet);
                self.tell_party(&introduction, Party::Addressee, Say::NotMet);
            }
        }
    }

    fn tell_party(&mut self, introduction: &Introduction, party: Party, say: Say) {
        if let Some(member) = introduction.member(party) {
            self.tell(member, say);
        }
    }

    /// Tells both that both said yes, and passes on what each agreed to show the other.
    fn tell_both(&mut self, introduction: &Introduction) {
        let id = introduction.id;
        let Some((to_requester, to_addressee)) = self.exchange(introduction) else {
            // A consent lapsed while the room could not be opened: nothing is disclosed and the room is closed.
            return self.happen(id, Happening::JoinTimeOver);
        };
        self.step.noted.push(Noted::BothInvited(id));
        for say in [&to_requester, &to_addressee] {
            let notes = say.disclosures().into_iter().map(|disclosure| Noted::Disclosed(id, disclosure.consent()));
            self.step.noted.extend(notes);
        }
        self.tell_party(introduction, Party::Requester, to_requester);
        self.tell_party(introduction, Party::Addressee, to_addressee);
    }

    fn exchange(&self, introduction: &Introduction) -> Option<(Say, Say)> {
        let yes = match &introduction.stage {
            Stage::Invited { yes, .. } | Stage::Met { yes, .. } => yes,
            Stage::Waiting(_) | Stage::Opening { .. } | Stage::Ended { .. } => return None,
        };
        let both = Both::of(&introduction.asked, yes)?;
        let requester = self.state.member(introduction.requester)?;
        let addressee = self.state.member(introduction.addressee?)?;
        let within = self.settings.join_within;
        let of_addressee = both.of_addressee(addressee, requester, self.now)?;
        let of_requester = both.of_requester(requester, addressee, self.now)?;
        Some((
            Say::AgreedRequester { to: introduction.named.clone(), of: of_addressee, within },
            Say::AgreedAddressee { of: of_requester, within },
        ))
    }

    fn close_room(&mut self, introduction: &Introduction, room: &RoomRef) {
        let (id, owners) = (introduction.id, introduction.owners());
        for party in [Party::Addressee, Party::Requester] {
            if let Some(member) = introduction.member(party) {
                self.effect(owners.clone(), Act::Remove(id, room.clone(), member));
            }
        }
        self.effect(owners, Act::Leave(id, room.clone()));
    }

    /// Somebody came into an introduction's room, or went out.
    pub(super) fn moved(&mut self, id: IntroductionId, member: MemberId, what: fn(Party) -> Happening) {
        if let Some(party) = self.state.introduction(id).and_then(|introduction| introduction.party(member)) {
            self.happen(id, what(party));
        }
    }

    /// An effect was performed.
    pub(super) fn performed(&mut self, act: &Act, performed: Performed) {
        match (act, performed) {
            (Act::CreateRoom(id), Performed::RoomMade(room)) => self.happen(*id, Happening::RoomMade(room)),
            (Act::CreateRoom(id) | Act::Invite(id, _, _), Performed::Refused) => {
                self.happen(*id, Happening::RoomFailed);
            }
            (Act::Invite(id, _, member), Performed::Done) => self.moved(*id, *member, Happening::Invited),
            (Act::Invite(id, _, member), Performed::Blocked) => self.moved(*id, *member, Happening::Blocked),
            // Words that were said, or rooms that were left, need nothing more; a refusal is the channel's to report.
            (
                Act::Tell(..) | Act::Remove(..) | Act::Note(..) | Act::OpenSpeech(..) | Act::Leave(..),
                Performed::Done | Performed::RoomMade(_) | Performed::Blocked | Performed::Refused,
            )
            | (Act::CreateRoom(_), Performed::Done | Performed::Blocked)
            | (Act::Invite(..), Performed::RoomMade(_)) => {}
        }
    }

    /// A moment that was waited for has come.
    pub(super) fn due(&mut self, id: TimerId) {
        let Some(timer) = self.state.take_timer(id) else { return };
        self.step.changes.timers.insert(id);
        match timer.wait {
            Wait::Deadline => self.happen(timer.introduction, Happening::Deadline),
            Wait::Reminder => self.remind(timer.introduction),
            Wait::JoinBy => self.happen(timer.introduction, Happening::JoinTimeOver),
        }
    }
}
