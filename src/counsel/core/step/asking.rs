//! Counsellors are asked, each alone; the first who takes it has it.

use std::collections::{BTreeMap, BTreeSet};

use lodge_ground::time::{Span, Timestamp};

use super::Turn;
use crate::case::{About, Case, Opening, Stage, Wanted};
use crate::effect::Act;
use crate::id::{CaseId, PersonId};
use crate::input::Said;
use crate::people::{Counsellor, Talk};
use crate::say::{Standing, ToClient, ToCounsellor};
use crate::state::Wait;
use crate::word::CaseWord;

/// The span for which a client's asking is counted.
const DAY: Span = Span::from_days(1);

impl Turn<'_> {
    /// A client's question is complete: counsellors are asked, unless this client has asked as often as anybody may in
    /// a day. Their choice and their line stay then, and can be sent on as soon as they may ask again.
    pub(super) fn ask_by_client(&mut self, client: PersonId, wanted: Wanted, about: Option<About>) {
        let (now, limit) = (self.now, self.settings.asks_a_day);
        let waits = self.state.case_of(client).is_some();
        let Some(own) = self.client(client) else { return };
        own.asked.retain(|at| at.after(DAY) > now);
        let from = own.asked.len().checked_sub(limit).and_then(|at| own.asked.get(at)).map(|at| at.after(DAY));
        if let Some(from) = from.filter(|_| !waits) {
            let emergency = self.settings.emergency.clone();
            return self.ask(client, ToClient::AskedOften { from, emergency });
        }
        if !waits {
            own.asked.push(now);
        }
        self.ask_counsellors(client, wanted, about);
    }

    /// Has counsellors asked, unless they are asked already or the client may not ask again yet.
    pub(super) fn ask_counsellors(&mut self, client: PersonId, wanted: Wanted, about: Option<About>) {
        self.set_talk(client, Talk::Nothing);
        match self.state.case_of(client).map(|case| case.stage.clone()) {
            Some(Stage::Offered { until, .. }) => return self.tell(client, ToClient::AlreadyAsking(until)),
            Some(Stage::Opening { .. } | Stage::Open { .. } | Stage::Closing { .. } | Stage::Closed { .. }) => {
                return self.tell(client, ToClient::AlreadyOpen);
            }
            None => {}
        }
        if let Wanted::Named(counsellor) = &wanted
            && !self.counsels(*counsellor)
        {
            return self.begin(client);
        }
        let until = self.now.after(self.settings.claim_within);
        let id = self.ids.draw();
        let known = &*self.state;
        let word = CaseWord::draw(self.ids, |word| known.case_called(word).is_some());
        let whom = self.only_one_of(&wanted);
        let stage = Stage::Offered { to: BTreeSet::new(), until, questions: BTreeMap::new() };
        self.state.cases.put(Case {
            id,
            word,
            client,
            wanted,
            about,
            stage,
            meeting: None,
            suggested: None,
            handover: None,
        });
        self.wait(until, Wait::Unclaimed(id));
        self.tell(client, ToClient::Asking { whom, until });
        self.offer(id);
    }

    /// Asks those who can be asked now and have not been, and waits for the next who comes on duty.
    pub(super) fn offer(&mut self, id: CaseId) {
        let Some(case) = self.state.case(id) else { return };
        let Stage::Offered { to, until, .. } = &case.stage else { return };
        let (say, until, asked) = (offer_of(case, *until), *until, to.clone());
        let only = matches!(case.wanted, Wanted::Named(_));
        let wanted = case.wanted.clone();
        let candidates: Vec<PersonId> =
            self.candidates(&wanted).into_iter().filter(|one| !asked.contains(one)).collect();
        let (mut now, mut next) = (Vec::new(), None);
        for one in candidates {
            match self.on_duty_from(one, only) {
                Some(from) if from <= self.now => now.push(one),
                Some(from) if from < until => next = Some(next.map_or(from, |next: Timestamp| next.min(from))),
                Some(_) | None => {}
            }
        }
        for counsellor in now {
            self.ask_about_case(id, counsellor, say.clone(), |case| case.is_offered_to(counsellor));
        }
        self.drop_timers(|wait| wait == Wait::Duty(id));
        if let Some(next) = next {
            self.wait(next, Wait::Duty(id));
        }
    }

    /// Offers every case that is still to be taken to counsellors who can be asked now.
    pub(super) fn offer_all(&mut self) {
        let open: Vec<CaseId> =
            self.state.cases().filter(|case| matches!(case.stage, Stage::Offered { .. })).map(|case| case.id).collect();
        for id in open {
            self.offer(id);
        }
    }

    /// Whether the service names this counsellor.
    pub(super) fn counsels(&self, id: PersonId) -> bool {
        self.state.counsellor(id).is_some_and(|one| one.current)
    }

    /// The counsellors who may be asked for this.
    fn candidates(&self, wanted: &Wanted) -> Vec<PersonId> {
        let fits = |one: &&&Counsellor| match wanted {
            Wanted::Anybody => true,
            Wanted::AnybodyBut(but) => one.id != *but,
            Wanted::Named(id) => one.id == *id,
        };
        self.state.counsellors().iter().filter(fits).map(|one| one.id).collect()
    }

    /// The time from which a counsellor can be asked, now at the earliest. The only one who is wanted is asked at any
    /// hour.
    fn on_duty_from(&self, id: PersonId, only: bool) -> Option<Timestamp> {
        let one = self.state.counsellor(id)?;
        if only {
            return Some(self.now);
        }
        if one.own.away.is_some() || self.state.held_by(id) >= one.own.capacity as usize {
            return None;
        }
        match &one.own.hours {
            None => Some(self.now),
            Some(hours) => hours.next(self.now, &self.settings.office.zone),
        }
    }

    /// A counsellor takes a case. A counsellor who does not name it means the only one there is, if they were asked
    /// before.
    pub(super) fn claim(&mut self, said: &Said, word: Option<CaseWord>) {
        let (counsellor, named) = (said.person, word.is_some());
        let Some(word) = self.asked_about(said, word, Case::offer_to) else { return };
        let question = self.state.case_called(&word).and_then(|case| case.offer_to(counsellor));
        if !named && question.is_some_and(|question| !question.can_be_meant(said)) {
            return self.tell(counsellor, ToCounsellor::WhichCase(vec![word]));
        }
        let found = self.state.case_called(&word).filter(|case| is_offered(case, counsellor)).cloned();
        let Some(mut case) = found else {
            let own = self.state.case_called(&word).is_some_and(|case| case.counsellor() == Some(counsellor));
            return if own { self.list_cases(counsellor) } else { self.tell(counsellor, ToCounsellor::Taken(word)) };
        };
        let capacity = self.state.counsellor(counsellor).map_or(0, |one| one.own.capacity);
        if self.state.held_by(counsellor) >= capacity as usize {
            return self.tell(counsellor, ToCounsellor::Full(capacity));
        }
        let Stage::Offered { to, .. } = &case.stage else { return };
        let others: Vec<PersonId> = to.iter().copied().filter(|one| *one != counsellor).collect();
        let (id, client, about) = (case.id, case.client, case.about.as_ref().map(|about| about.line.clone()));
        case.stage = Stage::Opening { counsellor, room: Opening::Making };
        self.drop_timers(|wait| wait.case() == Some(id));
        self.state.cases.put(case);
        let within = self.settings.come_within;
        self.wait(self.now.after(within), Wait::ComeBy(id));
        self.tell_of(client, counsellor, ToCounsellor::Claimed { word: word.clone(), about, within });
        for other in others {
            self.tell(other, ToCounsellor::Taken(word.clone()));
        }
        let name = self.name_of(counsellor);
        self.tell(client, ToClient::Claimed { name, within });
        self.effect(BTreeSet::from([client]), Act::MakeRoom(id, counsellor));
    }

    /// A counsellor leaves a case to others. Nobody hears of it: who waits, waits for the same moment.
    pub(super) fn pass(&mut self, counsellor: PersonId, word: Option<CaseWord>) {
        let Some(word) = self.chosen(counsellor, word, is_offered) else { return };
        self.tell(counsellor, ToCounsellor::Passed(word));
    }

    /// Nobody has taken it in time.
    pub(super) fn nobody_claimed(&mut self, id: CaseId) {
        let Some(case) = self.take_case(id) else { return };
        let whom = match case.wanted {
            Wanted::Named(counsellor) => {
                let away = self.state.counsellor(counsellor).and_then(|one| one.own.away.clone());
                Some((self.name_of(counsellor), away))
            }
            Wanted::Anybody | Wanted::AnybodyBut(_) => None,
        };
        self.tell_taken(&case);
        self.tell(case.client, ToClient::Nobody { whom, alternatives: self.settings.alternatives.clone() });
        self.wait_for_word(case.client);
    }

    /// A client takes their question back.
    pub(super) fn withdraw(&mut self, client: PersonId, talk: &Talk) {
        if matches!(talk, Talk::Whom | Talk::About(_) | Talk::Showing(..)) {
            self.set_talk(client, Talk::Nothing);
            return self.tell(client, ToClient::TakenBack);
        }
        let offered = self.state.case_of(client).filter(|case| matches!(case.stage, Stage::Offered { .. }));
        match offered.map(|case| case.id).and_then(|id| self.take_case(id)) {
            Some(case) => {
                self.tell_taken(&case);
                self.tell(client, ToClient::TakenBack);
                self.wait_for_word(client);
            }
            None => self.tell(client, ToClient::NoneOpen),
        }
    }

    /// Tells the counsellors who were asked that there is nothing to take any more, and not why.
    pub(super) fn tell_taken(&mut self, case: &Case) {
        let Stage::Offered { to, .. } = &case.stage else { return };
        for one in to {
            self.tell(*one, ToCounsellor::Taken(case.word.clone()));
        }
    }

    /// The word of the case that a counsellor means: the one they named, or the only one that fits. Where several fit,
    /// they are asked.
    pub(super) fn chosen(
        &mut self,
        counsellor: PersonId,
        word: Option<CaseWord>,
        fits: impl Fn(&Case, PersonId) -> bool,
    ) -> Option<CaseWord> {
        if word.is_some() {
            return word;
        }
        let words: Vec<CaseWord> =
            self.state.cases().filter(|case| fits(case, counsellor)).map(|case| case.word.clone()).collect();
        match words.as_slice() {
            [] => self.tell(counsellor, ToCounsellor::NoSuchCase),
            [word] => return Some(word.clone()),
            _ => self.tell(counsellor, ToCounsellor::WhichCase(words)),
        }
        None
    }
}

/// Whether this counsellor was asked to take the case, and nobody has.
fn is_offered(case: &Case, counsellor: PersonId) -> bool {
    case.standing_for(counsellor) == Some(Standing::Offered)
}

/// The question to a counsellor whether they take a case.
pub(super) fn offer_of(case: &Case, until: Timestamp) -> ToCounsellor {
    let about = case.about.as_ref().and_then(About::shown).map(str::to_owned);
    ToCounsellor::Offer { word: case.word.clone(), about, only: matches!(case.wanted, Wanted::Named(_)), until }
}
