//! The end of a case: both leave, and everything about it is erased in time; or somebody else goes on with it.

use std::collections::BTreeSet;

use super::Turn;
use super::arriving::called;
use super::times::{handing_over, is_open_with};
use crate::asked::Asked;
use crate::case::{Case, Handover, Stage, Wanted};
use crate::id::{CaseId, PersonId};
use crate::people::Talk;
use crate::say::{Standing, ToClient, ToCounsellor};
use crate::state::Wait;
use crate::word::CaseWord;

impl Turn<'_> {
    pub(super) fn close_by_client(&mut self, client: PersonId) {
        let Some(case) = self.state.case_of(client).cloned() else { return self.tell(client, ToClient::NoneOpen) };
        match case.stage {
            Stage::Offered { .. } => self.withdraw(client, &Talk::Nothing),
            Stage::Opening { .. } => self.not_met(case.id),
            Stage::Open { counsellor, .. } => self.close(&case, counsellor, Some(client)),
            Stage::Closing { .. } | Stage::Closed { .. } => {}
        }
    }

    pub(super) fn close_by_counsellor(&mut self, counsellor: PersonId, word: Option<CaseWord>) {
        let own = |case: &Case, one: PersonId| is_opening(case, one) || is_open_with(case, one);
        let Some(word) = self.chosen(counsellor, word, own) else { return };
        match self.state.case_called(&word).filter(|case| own(case, counsellor)).cloned() {
            Some(case) if is_opening(&case, counsellor) => self.not_met(case.id),
            Some(case) => self.close(&case, counsellor, Some(counsellor)),
            None => self.tell(counsellor, ToCounsellor::NoSuchCase),
        }
    }

    /// Both are asked to leave the room, and to say when they have: the service cannot see it.
    pub(super) fn close(&mut self, case: &Case, counsellor: PersonId, by: Option<PersonId>) {
        let id = case.id;
        let until = self.now.after(self.settings.leave_within);
        self.drop_timers(|wait| wait.case() == Some(id));
        if let Some(case) = self.case(id) {
            case.stage = Stage::Closing { counsellor, left: BTreeSet::new() };
            (case.meeting, case.suggested, case.handover) = (None, None, None);
        }
        self.wait(until, Wait::LeaveBy(id));
        let word = case.word.clone();
        self.tell_both(
            case,
            counsellor,
            ToClient::Closing { own: by == Some(case.client), until },
            ToCounsellor::Closing { word, own: by == Some(counsellor), until },
        );
    }

    /// A client says that they have left the room.
    pub(super) fn client_left(&mut self, client: PersonId) {
        let closing = |case: &&Case| case.client == client && is_closing_for(case, client);
        let found = self.state.cases().find(closing).map(|case| case.id);
        match found {
            Some(id) => {
                self.tell(client, ToClient::Left);
                self.has_left(id, client);
            }
            None => self.tell(client, ToClient::NoneOpen),
        }
    }

    /// A counsellor says so.
    pub(super) fn counsellor_left(&mut self, counsellor: PersonId, word: Option<CaseWord>) {
        let own = |case: &Case, one: PersonId| is_closing_for(case, one) && case.counsellor() == Some(one);
        let Some(word) = self.chosen(counsellor, word, own) else { return };
        match self.state.case_called(&word).filter(|case| own(case, counsellor)).map(|case| (case.id, case.client)) {
            Some((id, client)) => {
                self.tell_of(client, counsellor, ToCounsellor::Left(word));
                self.has_left(id, counsellor);
            }
            None => self.tell(counsellor, ToCounsellor::NoSuchCase),
        }
    }

    fn has_left(&mut self, id: CaseId, person: PersonId) {
        let Some(case) = self.case(id) else { return };
        if let Stage::Closing { left, .. } = &mut case.stage {
            left.insert(person);
            if left.len() == 2 {
                self.closed(id);
            }
        }
    }

    /// The time in which both should have left is over. The one who has left learns that the other has not said so.
    pub(super) fn still_there(&mut self, id: CaseId) {
        let Some(case) = self.state.case(id).cloned() else { return };
        let Stage::Closing { counsellor, left } = &case.stage else { return };
        if left.contains(&case.client) && !left.contains(counsellor) {
            self.tell(case.client, ToClient::StillThere);
        }
        if left.contains(counsellor) && !left.contains(&case.client) {
            self.tell_of(case.client, *counsellor, ToCounsellor::StillThere(case.word.clone()));
        }
        self.closed(id);
    }

    fn closed(&mut self, id: CaseId) {
        self.drop_timers(|wait| wait.case() == Some(id));
        let Some(case) = self.case(id) else { return };
        case.stage = Stage::Closed { counsellor: case.counsellor() };
        // The subject has served its purpose, so it is not kept with a closed case.
        case.about = None;
        let erase = self.now.after(self.settings.keep_closed);
        let before = self.settings.warn_before.min(self.settings.keep_closed);
        self.wait(erase.before(before), Wait::Warn(id));
        self.wait(erase, Wait::Erase(id));
        self.offer_all();
    }

    /// Tells both that the case is erased soon.
    pub(super) fn warn(&mut self, id: CaseId) {
        let Some(case) = self.state.case(id).cloned() else { return };
        let erase = self.state.timers().find(|timer| timer.wait == Wait::Erase(id)).map(|timer| timer.due);
        let Some(at) = erase else { return };
        self.tell(case.client, ToClient::ErasureSoon(at));
        if let Stage::Closed { counsellor: Some(counsellor) } = case.stage {
            self.tell_of(case.client, counsellor, ToCounsellor::ErasureSoon(case.word, at));
        }
    }

    /// It is erased, and with their last case everything about its client, unless they are asking for another just now.
    pub(super) fn erase(&mut self, id: CaseId) {
        let Some(Case { client: person, .. }) = self.take_case(id) else { return };
        if self.state.cases().any(|other| other.client == person) {
            return;
        }
        let Some(client) = self.state.client(person) else { return };
        if client.talk != Talk::Nothing && client.heard.after(self.settings.keep_strangers) > self.now {
            return self.wait_for_word(person);
        }
        self.let_go(person);
    }

    /// A counsellor would like somebody else to go on. The client is asked before anybody.
    pub(super) fn hand_over(&mut self, counsellor: PersonId, word: Option<CaseWord>, to: Option<String>) {
        // A short name, such as Simon, has the shape of a case word.
        let (word, to) = match (word, to) {
            (Some(word), None) if self.state.case_called(&word).is_none() => (None, Some(word.to_string())),
            other => other,
        };
        let Some(case) = self.open_with(counsellor, word) else { return };
        let others: Vec<_> = self.state.counsellors().into_iter().filter(|one| one.id != counsellor).collect();
        let wanted = match to.map(|name| name.to_lowercase()) {
            Some(name) if !["anybody", "anyone"].contains(&name.as_str()) => {
                called(&others, &name).map(|one| Wanted::Named(one.id))
            }
            Some(_) | None => (!others.is_empty()).then_some(Wanted::AnybodyBut(counsellor)),
        };
        let Some(wanted) = wanted else {
            let names = others.iter().map(|one| one.name.clone()).collect();
            return self.tell(counsellor, ToCounsellor::NoSuchCounsellor(names));
        };
        self.ask_handover(&case, wanted);
        self.tell_of(case.client, counsellor, ToCounsellor::HandoverAsked(case.word));
    }

    /// Asks the client, in the same words for any reason.
    pub(super) fn ask_handover(&mut self, case: &Case, wanted: Wanted) {
        let id = case.id;
        let handover =
            Handover { to: wanted, until: self.now.after(self.settings.claim_within), question: Asked::default() };
        if let Some(case) = self.case(id) {
            case.suggested = None;
            case.handover = Some(handover.clone());
        }
        self.drop_timers(|wait| wait == Wait::Handover(id));
        self.wait(handover.until, Wait::Handover(id));
        self.say_handover(id, &handover);
    }

    pub(super) fn say_handover(&mut self, id: CaseId, handover: &Handover) {
        let Some(client) = self.state.case(id).map(|case| case.client) else { return };
        let say = self.handover_question(handover);
        self.ask_about_case(id, client, say, handing_over);
    }

    pub(super) fn handover_question(&self, handover: &Handover) -> ToClient {
        ToClient::AskHandover { to: self.only_one_of(&handover.to), until: handover.until }
    }

    /// The client has not said whether somebody else may go on, which is no yes.
    pub(super) fn handover_unanswered(&mut self, id: CaseId) {
        let Some(case) = self.state.case(id).cloned() else { return };
        let Stage::Open { counsellor, .. } = case.stage else { return };
        if let Some(handover) = case.handover.clone() {
            self.handover_answered(&case, counsellor, handover.to, false);
        }
    }

    /// The client says whether somebody else may go on. Nothing that was said is carried over, their line included.
    pub(super) fn handover_answered(&mut self, case: &Case, counsellor: PersonId, wanted: Wanted, yes: bool) {
        let (id, stays) = (case.id, self.counsels(counsellor));
        if let Some(case) = self.case(id) {
            case.handover = None;
        }
        self.drop_timers(|wait| wait == Wait::Handover(id));
        if yes || !stays {
            self.close(case, counsellor, None);
            if yes {
                self.ask_counsellors(case.client, wanted, None);
            }
            return;
        }
        self.tell(case.client, ToClient::HandoverDeclined);
        self.tell_of(case.client, counsellor, ToCounsellor::HandoverDeclined(case.word.clone()));
    }
}

fn is_opening(case: &Case, counsellor: PersonId) -> bool {
    case.standing_for(counsellor) == Some(Standing::Opening)
}

/// Whether a case is being closed, and this one of the two has not said that they left.
fn is_closing_for(case: &Case, person: PersonId) -> bool {
    match &case.stage {
        Stage::Closing { left, .. } => !left.contains(&person),
        Stage::Offered { .. } | Stage::Opening { .. } | Stage::Open { .. } | Stage::Closed { .. } => false,
    }
}
