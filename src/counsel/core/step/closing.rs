//! It ends: both leave, and what is kept is erased in time; or somebody else goes on with it.

use std::collections::BTreeSet;

use super::Turn;
use crate::case::{Case, Stage, Wanted};
use crate::id::{CaseId, PersonId};
use crate::say::{ToClient, ToCounsellor};
use crate::state::Wait;
use crate::word::CaseWord;

impl Turn<'_> {
    pub(super) fn close_by_client(&mut self, client: PersonId) {
        match self.open_of(client) {
            Some((case, counsellor)) => self.close(&case, counsellor, Some(client)),
            None => self.tell(client, ToClient::NoneOpen),
        }
    }

    pub(super) fn close_by_counsellor(&mut self, counsellor: PersonId, word: Option<CaseWord>) {
        if let Some(case) = self.open_with(counsellor, word) {
            self.close(&case, counsellor, Some(counsellor));
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
        let closing = |case: &&Case| case.client == client && is_closing(case);
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
        let own = |case: &Case, one: PersonId| is_closing(case) && case.counsellor() == Some(one);
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

    /// The time in which both should have left is over. Who has left learns that the other has not said so.
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
        // What it was about has served.
        case.about = None;
        let erase = self.now.after(self.settings.keep_closed);
        let before = self.settings.warn_before.as_millis().min(self.settings.keep_closed.as_millis());
        let warn = erase.as_millis().saturating_sub(i64::try_from(before).unwrap_or(i64::MAX));
        self.wait(lodge_ground::time::Timestamp::from_millis(warn), Wait::Warn(id));
        self.wait(erase, Wait::Erase(id));
    }

    /// What is kept is erased soon.
    pub(super) fn warn(&mut self, id: CaseId) {
        let Some(case) = self.state.case(id).cloned() else { return };
        let erase = self.state.timers().find(|timer| timer.wait == Wait::Erase(id)).map(|timer| timer.due);
        let Some(at) = erase else { return };
        self.tell(case.client, ToClient::ErasureSoon(at));
        if let Stage::Closed { counsellor: Some(counsellor) } = case.stage {
            self.tell_of(case.client, counsellor, ToCounsellor::ErasureSoon(case.word, at));
        }
    }

    /// It is erased, and with their last case everything about its client.
    pub(super) fn erase(&mut self, id: CaseId) {
        let Some(case) = self.take_case(id) else { return };
        if !self.state.cases().any(|other| other.client == case.client) {
            self.let_go(case.client);
        }
    }

    /// A counsellor would like somebody else to go on. The client is asked before anybody.
    pub(super) fn hand_over(&mut self, counsellor: PersonId, word: Option<CaseWord>, to: Option<String>) {
        let Some(case) = self.open_with(counsellor, word) else { return };
        let wanted = match to.map(|name| name.to_lowercase()) {
            None => Wanted::AnybodyBut(counsellor),
            Some(name) if ["anybody", "anyone"].contains(&name.as_str()) => Wanted::AnybodyBut(counsellor),
            Some(name) => {
                let others: Vec<_> = self.state.counsellors().into_iter().filter(|one| one.id != counsellor).collect();
                let Some(one) = others.iter().find(|one| one.name.to_lowercase() == name) else {
                    let names = others.iter().map(|one| one.name.clone()).collect();
                    return self.tell(counsellor, ToCounsellor::NoSuchCounsellor(names));
                };
                Wanted::Named(one.id)
            }
        };
        self.ask_handover(&case, wanted);
        self.tell_of(case.client, counsellor, ToCounsellor::HandoverAsked(case.word));
    }

    /// The client is asked: in these words whatever the reason is.
    pub(super) fn ask_handover(&mut self, case: &Case, wanted: Wanted) {
        let to = match &wanted {
            Wanted::Named(counsellor) => Some(self.name_of(*counsellor)),
            Wanted::Anybody | Wanted::AnybodyBut(_) => None,
        };
        if let Some(case) = self.case(case.id) {
            case.handover = Some(wanted);
        }
        self.tell(case.client, ToClient::AskHandover { to });
    }

    /// The client says whether somebody else may go on. Nothing that was said is carried over, their line included.
    pub(super) fn handover_answered(&mut self, case: &Case, counsellor: PersonId, wanted: Wanted, yes: bool) {
        let stays = self.state.counsellor(counsellor).is_some_and(|one| one.current);
        if let Some(case) = self.case(case.id) {
            case.handover = None;
        }
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

fn is_closing(case: &Case) -> bool {
    match case.stage {
        Stage::Closing { .. } => true,
        Stage::Offered { .. } | Stage::Opening { .. } | Stage::Open { .. } | Stage::Closed { .. } => false,
    }
}
