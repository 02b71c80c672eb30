//! The consequences of a happening to an introduction: words, rooms and timers.

use crate::audit::Noted;
use crate::consent::Both;
use crate::dialogue::Asks;
use crate::domain_event::DomainEvent;
use crate::effect::Act;
use crate::id::{IntroductionId, MemberId};
use crate::interview::is_interview;
use crate::introduction::{
    Consequence, Happening, Introduction, Outcome, Party, Quiet, Side, Stage, Venue, transition,
};
use crate::mark::Marked;
use crate::people::named::Named;
use crate::policy::PurposeId;
use crate::say::{Answering, Ending, Next, Requesting, Say};
use crate::timer::{Subject, Wait};
use crate::turn::Turn;

impl Turn<'_> {
    /// Lets something happen to an introduction.
    pub(crate) fn apply(&mut self, id: IntroductionId, happening: Happening) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let Some((next, follow)) = transition(&introduction.stage, happening, self.now) else { return };
        let Some(introduction) = self.state.introductions.get_mut(id) else { return };
        let moves = introduction.stage != next;
        let ends = moves && matches!(next, Stage::Ended { .. });
        if never_heard_of_a_yes(&introduction.stage, &next) {
            // Taking their questions back later would show that the other has gone (the rule of one answer).
            let requester = introduction.requester;
            introduction.shown.retain(|_, to| *to != requester);
        }
        introduction.stage = next;
        if moves {
            self.adjust_prompts(id);
            self.adjust_timers(id);
        }
        for follow in follow {
            self.follow(id, follow);
        }
        self.forget_name(id);
        if ends {
            // The two hear of the end first, and then of whatever ends with it.
            self.announce(DomainEvent::IntroductionEnded(id));
        }
        self.close_if_past_deadline(id);
    }

    /// Forgets the name of a mentors' list's entry with the end of the request, even if both are still here.
    fn forget_name(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let named = matches!(introduction.named, Named::Entry { shown_as: Some(_), .. });
        if named && matches!(introduction.stage, Stage::Ended { .. }) {
            self.introduction(id, |introduction| introduction.named = introduction.named.clone().without_name());
        }
    }

    /// A room that failed after the deadline had come leaves nothing to wait for.
    ///
    /// A deadline that is still to come, or due and not heard of yet, is left to its timer. Otherwise what an addressee does at
    /// that moment would put the one answer before what else is due to the requester.
    fn close_if_past_deadline(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        if self.state.waits_for(Wait::Deadline { introduction: id }) {
            return;
        }
        let waiting = match introduction.stage {
            Stage::Waiting(_) => true,
            Stage::Opening { .. } | Stage::Invited { .. } | Stage::Met { .. } | Stage::Ended { .. } => false,
        };
        if waiting && introduction.deadline <= self.now {
            self.apply(id, Happening::Deadline);
        }
    }

    /// Closes prompts that can no longer be answered. The requester's side of it stays as it is until they know how it
    /// ended.
    fn adjust_prompts(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        match introduction.stage {
            Stage::Waiting(Side::Sent | Side::Asked) => {}
            Stage::Waiting(side) if side.can_answer() => self.lay_aside(id),
            Stage::Waiting(_) | Stage::Opening { .. } => self.close_prompt(id),
            Stage::Invited { .. } | Stage::Met { .. } | Stage::Ended { .. } => self.close_prompts(id),
        }
    }

    fn adjust_timers(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let subject = Subject::Introduction(id);
        match introduction.stage {
            Stage::Waiting(Side::Sent | Side::Asked) => {}
            Stage::Waiting(Side::Quiet(_)) => {
                self.stop_waiting(Wait::Reminder { introduction: id });
                self.announce(DomainEvent::WentQuiet(id));
            }
            Stage::Opening { .. } => self.stop_waiting(Wait::Reminder { introduction: id }),
            Stage::Invited { .. } => {
                let join_by = Wait::JoinBy { introduction: id };
                self.stop_timers(subject, |wait| wait != join_by);
                if !self.state.waits_for(join_by) {
                    let due = self.now.after(self.settings.join_within);
                    self.once(id, "join-by", |turn| turn.wait(due, join_by));
                }
            }
            Stage::Met { .. } => {
                self.stop_timers(subject, |_| true);
                let due = self.now.after(self.settings.ask_after);
                self.once(id, "ask-after", |turn| turn.wait(due, Wait::AskAfter { introduction: id }));
                self.announce(DomainEvent::Met(id));
            }
            Stage::Ended { .. } => {
                self.stop_timers(subject, |wait| wait != (Wait::Settled { introduction: id }));
                self.step.noted.push(Noted::Ended(id));
            }
        }
    }

    fn follow(&mut self, id: IntroductionId, follow: Consequence) {
        match once(&follow) {
            Some(what) => self.once(id, &what, |turn| turn.follow_up(id, follow)),
            None => self.follow_up(id, follow),
        }
    }

    fn follow_up(&mut self, id: IntroductionId, follow: Consequence) {
        let Some(introduction) = self.state.introduction(id).cloned() else { return };
        match follow {
            Consequence::Ask => self.ask(id),
            Consequence::ConfirmYes => {
                if let Some(addressee) = introduction.addressee {
                    let say = self.yes_recorded(addressee, &introduction);
                    self.tell_asking(addressee, Asks::Regret(id), say);
                }
            }
            Consequence::ConfirmQuiet(why) => self.confirm_quiet(&introduction, why),
            Consequence::PassOnReason(reason) => self.pass_on_reason(&introduction, reason),
            Consequence::TellTakenBack => self.tell_party(&introduction, Party::Addressee, Answering::TakenBack),
            Consequence::TakeBack(party) => self.take_back(&introduction, party),
            Consequence::Acknowledge(party, known) => self.acknowledge_later(id, party, known),
            Consequence::CreateRoom => {
                self.effect(introduction.owners(), Act::CreateRoom(id));
            }
            Consequence::Invite(room, party) => {
                if let Some(member) = introduction.member(party) {
                    self.effect(introduction.owners(), Act::Invite(id, room, member));
                }
            }
            Consequence::TellBoth => self.tell_both(&introduction),
            Consequence::GreetFirst(room) => {
                self.effect(introduction.owners(), Act::Note(id, room, Say::Ending(Ending::FirstHere)));
            }
            Consequence::LeaveThemToIt(room) => {
                let owners = introduction.owners();
                self.effect(owners.clone(), Act::Note(id, room.clone(), Say::Ending(Ending::OpeningNote)));
                self.effect(owners.clone(), Act::OpenSpeech(id, room.clone()));
                self.effect(owners, Act::Leave(id, room));
            }
            Consequence::CloseRoom(room) => self.close_room(&introduction, &room),
            Consequence::TellBlocked => self.tell_party(&introduction, Party::Addressee, Ending::YouBlock),
            Consequence::TellRoomFailed => self.tell_party(&introduction, Party::Addressee, Ending::RoomFailed),
            Consequence::TellNoIntroduction => {
                let to = introduction.named.clone();
                let next = self.next_step(&introduction.request.purpose, introduction.sought.as_deref());
                self.tell_party(&introduction, Party::Requester, Ending::NoIntroduction { to, next });
            }
            Consequence::TellWithdrawn(party, known) => {
                self.tell_party(&introduction, party, Ending::WithdrawnByOther { known });
            }
            Consequence::TellNotMet => {
                // Both had said yes, and both know that it was the room they missed.
                self.let_ask_again(id);
                self.tell_party(&introduction, Party::Requester, Ending::NotMet);
                self.tell_party(&introduction, Party::Addressee, Ending::NotMet);
            }
        }
    }

    /// The next step after a request for an information interview that did not come about, by the field that its requester had
    /// looked for. Nothing in it depends on the addressee, or on anybody who may be in the list.
    pub(crate) fn next_step(&self, purpose: &PurposeId, sought: Option<&str>) -> Option<Next> {
        const FIELD_CHARS_MAX: usize = 60;
        let field = sought.filter(|field| self.settings.offers.mentors && field.chars().count() <= FIELD_CHARS_MAX);
        is_interview(purpose).then(|| Next { field: field.map(str::to_owned) })
    }

    fn confirm_quiet(&mut self, introduction: &Introduction, why: Quiet) {
        let number = introduction.addressee.and_then(|addressee| self.number_of(addressee, introduction.id));
        let say = match (why, number) {
            (Quiet::Declined, Some(number)) => Answering::NoRecorded { number },
            (Quiet::TakenBack, _) => Answering::TurnedDown,
            (Quiet::Ignored, Some(number)) => Answering::IgnoreRecorded { number },
            // Nobody said anything that is to be confirmed, or it is confirmed with all that a report or a block does.
            (
                Quiet::Declined
                | Quiet::Ignored
                | Quiet::Reported
                | Quiet::Blocked
                | Quiet::NotTaking
                | Quiet::TooSoon
                | Quiet::TakesNoPart
                | Quiet::NotAMember
                | Quiet::Gone
                | Quiet::Stopped
                | Quiet::RoomFailed
                | Quiet::InvitationTurnedAway,
                _,
            ) => return,
        };
        self.tell_party(introduction, Party::Addressee, say);
    }

    fn pass_on_reason(&mut self, introduction: &Introduction, reason: String) {
        self.tell_party(introduction, Party::Addressee, Answering::ReasonPassedOn { reason: reason.clone() });
        let effect = self.tell(introduction.requester, Requesting::SaidNo { to: introduction.named.clone(), reason });
        self.has_shown(introduction.id, introduction.requester, effect);
    }

    fn tell_party(&mut self, introduction: &Introduction, party: Party, say: impl Into<Say>) {
        if let Some(member) = introduction.member(party) {
            self.tell(member, say);
        }
    }

    /// Tells both that both said yes, and passes on what each agreed to show the other.
    fn tell_both(&mut self, introduction: &Introduction) {
        let id = introduction.id;
        let Some((to_requester, to_addressee)) = self.exchange(introduction) else {
            // A consent lapsed while the room could not be opened: nothing is disclosed and the room is closed.
            return self.apply(id, Happening::JoinTimeOver);
        };
        self.step.noted.push(Noted::BothInvited(id));
        for say in [&to_requester, &to_addressee] {
            let notes = say.disclosures().into_iter().map(|disclosure| Noted::Disclosed(id, disclosure.consent()));
            self.step.noted.extend(notes);
        }
        self.tell_party(introduction, Party::Requester, to_requester);
        if let Some(addressee) = introduction.addressee {
            self.tell_asking(addressee, Asks::Regret(id), to_addressee);
        }
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
        let times = introduction.search.given(Party::Addressee).is_some();
        let of_addressee = both.of_addressee(addressee, requester, self.now)?;
        let of_requester = both.of_requester(requester, addressee, self.now)?;
        Some((
            Say::Ending(Ending::AgreedRequester { to: introduction.named.clone(), of: of_addressee, within, times }),
            Say::Ending(Ending::AgreedAddressee { of: of_requester, within, times }),
        ))
    }

    fn close_room(&mut self, introduction: &Introduction, room: &Venue) {
        let (id, owners) = (introduction.id, introduction.owners());
        for party in [Party::Addressee, Party::Requester] {
            if let Some(member) = introduction.member(party) {
                self.effect(owners.clone(), Act::Remove(id, room.clone(), member));
            }
        }
        self.effect(owners, Act::Leave(id, room.clone()));
    }

    /// Somebody came into an introduction's room, or went out.
    pub(crate) fn moved(&mut self, id: IntroductionId, member: MemberId, what: fn(Party) -> Happening) {
        if let Some(party) = self.state.introduction(id).and_then(|introduction| introduction.party(member)) {
            self.apply(id, what(party));
        }
    }

    /// The requester may ask the same person again at once.
    pub(super) fn let_ask_again(&mut self, id: IntroductionId) {
        let Some(introduction) = self.state.introduction(id) else { return };
        let addressee = introduction.addressee.and_then(|addressee| self.state.member(addressee));
        let whom = addressee.map(|member| &member.person.address).or(introduction.named.typed()).cloned();
        let requester = self.state.member(introduction.requester).map(|member| member.person.address.clone());
        if let (Some(by), Some(whom)) = (requester, whom) {
            let mark = self.settings.mark_key.id(Marked::Asked { by: &by, whom: &whom });
            self.unmark(mark);
        }
    }
}

/// Whether an introduction comes to an end of which its requester learns no more than that there was none.
fn never_heard_of_a_yes(stage: &Stage, next: &Stage) -> bool {
    let before = matches!(stage, Stage::Waiting(_) | Stage::Opening { .. });
    let outcome = if let Stage::Ended { outcome, .. } = next { Some(*outcome) } else { None };
    matches!(
        outcome,
        Some(Outcome::NoIntroduction | Outcome::Withdrawn(Party::Requester) | Outcome::Gone(Party::Requester))
    ) && before
}

/// The name of something that happens once to an introduction; nothing for what may follow more than once. Ids follow from
/// these names, so they must never change.
fn once(follow: &Consequence) -> Option<String> {
    let name = match follow {
        Consequence::Ask => "Ask",
        Consequence::CreateRoom => "CreateRoom",
        Consequence::TellBoth => "TellBoth",
        Consequence::TellNoIntroduction => "TellNoIntroduction",
        Consequence::TellNotMet => "TellNotMet",
        Consequence::TellRoomFailed => "TellRoomFailed",
        Consequence::TellTakenBack => "TellTakenBack",
        Consequence::TellBlocked => "TellBlocked",
        Consequence::TellWithdrawn(party, known) => {
            return Some(format!("TellWithdrawn({}, {})", party.code(), known.code()));
        }
        // The room's id makes no difference: there is one room.
        Consequence::Invite(_, party) => return Some(format!("Invite({})", party.code())),
        Consequence::LeaveThemToIt(_) => "LeaveThemToIt",
        Consequence::CloseRoom(_) => "CloseRoom",
        Consequence::ConfirmYes
        | Consequence::GreetFirst(_)
        | Consequence::ConfirmQuiet(_)
        | Consequence::PassOnReason(_)
        | Consequence::TakeBack(_)
        | Consequence::Acknowledge(..) => return None,
    };
    Some(name.to_owned())
}
