//! Counsellors: their names, their settings, and their requests.

use lodge_ground::name::clean_text;

use super::Turn;
use crate::asked::Asked;
use crate::case::{Case, Stage, Wanted};
use crate::command::FromCounsellor;
use crate::hours::Hours;
use crate::id::{CaseId, PersonId};
use crate::input::Said;
use crate::people::{Counsellor, Named, Own, Talk};
use crate::say::{OwnCase, ToCounsellor};

/// The most conversations that anybody can say they hold at once.
const CAPACITY_MAX: u32 = 100;

/// The longest text of a counsellor's own, in characters.
const TEXT_MAX: usize = 1000;

impl Turn<'_> {
    /// Takes the list of counsellors. Somebody who is not on it counsels no more: each of their clients is asked who
    /// should go on.
    pub(super) fn counsellors(&mut self, named: Vec<Named>) {
        let gone: Vec<PersonId> = self
            .state
            .known_counsellors()
            .filter(|one| one.current && !named.iter().any(|name| name.address == one.address))
            .map(|one| one.id)
            .collect();
        let choice = self.choice();
        for Named { address, name, card } in named {
            let known = self.state.person_at(&address).filter(|id| self.state.counsellor(*id).is_some());
            let before = known.and_then(|id| self.state.counsellor(id)).cloned();
            if let Some(client) = self.state.person_at(&address).filter(|id| self.state.client(*id).is_some()) {
                // An account that counsels does nothing else.
                self.forget(client);
            }
            let new = before.as_ref().is_none_or(|one| !one.current);
            let own = before.as_ref().map_or_else(Own::default, |one| one.own.clone());
            let id = before.as_ref().map_or_else(|| self.ids.draw(), |one| one.id);
            let devices = before.as_ref().map(|one| one.devices.clone()).unwrap_or_default();
            let counsellor = Counsellor { id, address, name: name.clone(), card, current: true, own, devices };
            if before.as_ref() != Some(&counsellor) {
                self.state.known_counsellors.put(counsellor);
            }
            if new {
                self.tell(id, ToCounsellor::Welcome(name));
            }
        }
        for id in gone {
            self.has_gone(id);
        }
        if self.choice() != choice {
            self.chooses_anew();
        }
        self.offer_all();
    }

    /// The counsellors that a client can choose from, by number or name.
    fn choice(&self) -> Vec<(PersonId, String)> {
        self.state.counsellors().into_iter().map(|one| (one.id, one.name.clone())).collect()
    }

    /// Asks every client who is choosing once more when they answer: the list that they were shown is out of date.
    fn chooses_anew(&mut self) {
        let choosing: Vec<PersonId> =
            self.state.clients().filter(|client| client.talk == Talk::Whom).map(|client| client.id).collect();
        for id in choosing {
            if let Some(client) = self.client(id) {
                client.question = Asked::default();
            }
        }
    }

    fn has_gone(&mut self, id: PersonId) {
        if let Some(one) = self.counsellor_of(id) {
            one.current = false;
        }
        let cases: Vec<Case> = self.state.cases().cloned().collect();
        for case in cases {
            match case.stage {
                Stage::Open { counsellor, .. } if counsellor == id => self.ask_handover(&case, Wanted::AnybodyBut(id)),
                Stage::Opening { counsellor, .. } if counsellor == id => self.not_opened(case.id),
                Stage::Offered { .. } if case.wanted == Wanted::Named(id) => self.nobody_claimed(case.id),
                Stage::Offered { .. } => self.ask_no_more(case.id, id),
                Stage::Opening { .. } | Stage::Open { .. } | Stage::Closing { .. } | Stage::Closed { .. } => {}
            }
        }
    }

    /// Takes an offer back from somebody who no longer counsels and cannot take a case either.
    fn ask_no_more(&mut self, id: CaseId, counsellor: PersonId) {
        let Some(case) = self.case(id) else { return };
        let Stage::Offered { to, questions, .. } = &mut case.stage else { return };
        let word = case.word.clone();
        questions.remove(&counsellor);
        if to.remove(&counsellor) {
            self.tell(counsellor, ToCounsellor::Taken(word));
        }
    }

    pub(super) fn by_counsellor(&mut self, said: &Said, command: FromCounsellor) {
        let id = said.person;
        match command {
            FromCounsellor::Help => self.tell(id, ToCounsellor::Help),
            FromCounsellor::Claim(word) => self.claim(said, word),
            FromCounsellor::Pass(word) => self.pass(id, word),
            FromCounsellor::OwnDevice(code) => self.own_device(id, code.as_ref()),
            FromCounsellor::Cases => self.list_cases(id),
            FromCounsellor::Close(word) => self.close_by_counsellor(id, word),
            FromCounsellor::Left(word) => self.counsellor_left(id, word),
            FromCounsellor::Time(word, words) => self.time_by_counsellor(id, word, &words),
            FromCounsellor::CancelTime(word) => self.cancel_time_by_counsellor(id, word),
            FromCounsellor::AnswerTime(word, yes) => self.answer_of_counsellor(said, word, yes),
            FromCounsellor::HandOver(word, to) => self.hand_over(id, word, to),
            FromCounsellor::Hours(words) => self.set_hours(id, words),
            FromCounsellor::Capacity(words) => self.set_capacity(id, &words),
            FromCounsellor::Away(text) => self.set_away(id, Some(&text)),
            FromCounsellor::Back => self.set_away(id, None),
            FromCounsellor::Settings => self.show_settings(id),
            FromCounsellor::Policy => self.policy(id),
            FromCounsellor::Tone(text) => self.set_tone(id, text.as_deref()),
            FromCounsellor::Text => self.tell(id, ToCounsellor::NotUnderstood),
        }
    }

    pub(super) fn list_cases(&mut self, id: PersonId) {
        let of = |case: &Case| {
            let standing = case.standing_for(id)?;
            Some(OwnCase { word: case.word.clone(), standing, meeting: case.meeting })
        };
        let mut cases: Vec<OwnCase> = self.state.cases().filter_map(of).collect();
        cases.sort_by(|one, other| one.word.cmp(&other.word));
        self.tell(id, ToCounsellor::Cases(cases));
    }

    fn set_hours(&mut self, id: PersonId, words: Option<String>) {
        let hours = match words.map(|words| words.parse::<Hours>().map_err(|_| words)).transpose() {
            Ok(hours) => hours,
            Err(words) => return self.tell(id, ToCounsellor::HoursHow(words)),
        };
        if let Some(one) = self.counsellor_of(id) {
            one.own.hours = hours;
        }
        self.show_settings(id);
        self.offer_all();
    }

    fn set_capacity(&mut self, id: PersonId, words: &str) {
        let Some(capacity) = words.parse().ok().filter(|capacity| *capacity <= CAPACITY_MAX) else {
            return self.tell(id, ToCounsellor::CapacityHow);
        };
        if let Some(one) = self.counsellor_of(id) {
            one.own.capacity = capacity;
        }
        self.show_settings(id);
        self.offer_all();
    }

    fn set_away(&mut self, id: PersonId, text: Option<&str>) {
        if let Some(one) = self.counsellor_of(id) {
            one.own.away = text.map(shortened);
        }
        self.show_settings(id);
        self.offer_all();
    }

    fn show_settings(&mut self, id: PersonId) {
        let Some(own) = self.state.counsellor(id).map(|one| one.own.clone()) else { return };
        let hours = own.hours.as_ref().map(Hours::to_string);
        self.tell(id, ToCounsellor::Settings { hours, capacity: own.capacity, away: own.away });
    }

    /// Gives a counsellor words for somebody who asks for a connection, an introduction or a reference (B6).
    fn policy(&mut self, id: PersonId) {
        let tone = self.state.counsellor(id).and_then(|one| one.own.tone.clone());
        let (policy, account) = (self.settings.policy.clone(), self.settings.account.clone());
        self.tell(id, ToCounsellor::Policy { tone, policy, account });
    }

    fn set_tone(&mut self, id: PersonId, text: Option<&str>) {
        if let Some(one) = self.counsellor_of(id) {
            one.own.tone = text.map(shortened);
        }
        self.policy(id);
    }

    /// The counsellor, whose row changes.
    pub(super) fn counsellor_of(&mut self, id: PersonId) -> Option<&mut Counsellor> {
        self.state.known_counsellors.get_mut(id)
    }
}

/// Somebody's text, as far as it is kept.
fn shortened(text: &str) -> String {
    clean_text(text).chars().take(TEXT_MAX).collect()
}
