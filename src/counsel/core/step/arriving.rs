//! Somebody comes: the terms, with whom, what about. Nothing is asked before the terms have their yes (C10).

use lodge_ground::name::Address;
use lodge_ground::proof::Waiting;

use super::Turn;
use crate::asked::Asked;
use crate::case::{About, Wanted};
use crate::command::FromClient;
use crate::id::PersonId;
use crate::input::Said;
use crate::people::{Agreed, Client, Counsellor, Talk};
use crate::say::{CounsellorCard, TermsStanding, ToClient, ToCounsellor};

/// The longest line for a subject, in characters.
const LINE_MAX: usize = 300;

impl Turn<'_> {
    /// Somebody would like to talk with the service.
    pub(super) fn visited(&mut self, address: Address) {
        let now = self.now;
        match self.state.person_at(&address) {
            Some(person) if self.state.counsellor(person).is_some() => self.tell(person, ToCounsellor::Help),
            Some(person) => {
                if let Some(client) = self.client(person).filter(|client| !client.forgetting) {
                    client.heard = now;
                    let agreed = client.agreed.is_some();
                    if agreed { self.help(person) } else { self.ask_terms(person) }
                }
            }
            None if self.settings.admits(&address) && self.has_room_for_strangers() => {
                let (id, heard) = (self.ids.draw(), now);
                let client = Client {
                    id,
                    address,
                    agreed: None,
                    talk: Talk::Nothing,
                    question: Asked::default(),
                    heard,
                    asked: vec![],
                    forgetting: false,
                    devices: Waiting::default(),
                };
                self.state.clients.put(client);
                self.wait_for_word(id);
                self.ask_terms(id);
            }
            None => {}
        }
    }

    /// Whether one more can be known who has not agreed to anything. They cost little, and anybody can make an account.
    fn has_room_for_strangers(&self) -> bool {
        self.state.clients().filter(|client| client.agreed.is_none()).take(self.settings.strangers).count()
            < self.settings.strangers
    }

    pub(super) fn by_client(&mut self, said: &Said, command: FromClient) {
        let person = said.person;
        let Some(talk) = self.state.client(person).map(|client| client.talk.clone()) else { return };
        let aside = is_aside(&command, &talk).then(|| talk.clone());
        match command {
            FromClient::Help => self.help(person),
            FromClient::Terms => self.ask_terms(person),
            FromClient::OwnDevice(code) => self.own_device(person, code.as_ref()),
            FromClient::Data => self.show_data(person),
            FromClient::Forget { sure: false } => self.tell(person, ToClient::ForgetHow),
            FromClient::Forget { sure: true } => self.forget(person),
            FromClient::Withdraw => self.withdraw(person, &talk),
            FromClient::Close => self.close_by_client(person),
            FromClient::Left => self.client_left(person),
            FromClient::Time(words) => self.time_by_client(person, &words),
            FromClient::CancelTime => self.cancel_time_by_client(person),
            FromClient::Yes | FromClient::No | FromClient::Skip | FromClient::Text(_)
                if self.is_out_of_date(person) =>
            {
                self.ask_terms(person);
            }
            FromClient::Yes | FromClient::No | FromClient::Skip | FromClient::Text(_) if !self.answers(said) => {
                self.ask_again(said);
            }
            FromClient::Yes => self.yes(said, talk),
            FromClient::No => self.no(said, talk),
            FromClient::Skip => self.skip(person, talk),
            FromClient::Text(text) => self.text(person, talk, text),
        }
        if let Some(talk) = aside {
            self.go_on(said, &talk);
        }
    }

    /// Whether somebody is asking for a conversation under terms that changed meanwhile.
    pub(super) fn is_out_of_date(&self, person: PersonId) -> bool {
        let Some(client) = self.state.client(person) else { return false };
        let asking = match client.talk {
            Talk::Whom | Talk::About(_) | Talk::Showing(..) => true,
            Talk::Terms(_) | Talk::Nothing => false,
        };
        asking && !client.has_agreed_to(&self.settings.terms)
    }

    fn yes(&mut self, said: &Said, talk: Talk) {
        let person = said.person;
        match talk {
            Talk::Terms(edition) if edition == self.settings.terms => self.agree(person, edition),
            Talk::Terms(_) => self.ask_terms(person),
            Talk::Showing(wanted, line) => self.ask_by_client(person, wanted, Some(About { line, shown: true })),
            Talk::About(wanted) => self.ask_about(person, &wanted),
            Talk::Whom => self.not_one_of_them(person),
            Talk::Nothing => {
                if !self.answer_of_client(said, true) {
                    self.anything_else(person);
                }
            }
        }
    }

    fn no(&mut self, said: &Said, talk: Talk) {
        let person = said.person;
        match talk {
            Talk::Showing(wanted, line) => self.ask_by_client(person, wanted, Some(About { line, shown: false })),
            Talk::About(wanted) => self.ask_by_client(person, wanted, None),
            Talk::Terms(_) | Talk::Whom => {
                self.set_talk(person, Talk::Nothing);
                self.tell(person, ToClient::NotNow);
            }
            Talk::Nothing => {
                if !self.answer_of_client(said, false) {
                    self.not_understood(person);
                }
            }
        }
    }

    fn skip(&mut self, person: PersonId, talk: Talk) {
        match talk {
            Talk::About(wanted) => self.ask_by_client(person, wanted, None),
            Talk::Terms(_) => self.ask(person, ToClient::TermsFirst),
            Talk::Whom => self.not_one_of_them(person),
            Talk::Showing(_, line) => self.ask(person, ToClient::AskShowing(line)),
            Talk::Nothing => self.not_understood(person),
        }
    }

    fn text(&mut self, person: PersonId, talk: Talk, text: String) {
        match talk {
            Talk::Terms(_) => self.ask(person, ToClient::TermsFirst),
            Talk::Whom => self.whom(person, &text),
            Talk::About(wanted) => self.about(person, wanted, text),
            Talk::Showing(_, line) => self.ask(person, ToClient::AskShowing(line)),
            Talk::Nothing => self.anything_else(person),
        }
    }

    /// Words that ask for nothing in particular: somebody who has agreed and has nobody yet is asked with whom.
    fn anything_else(&mut self, person: PersonId) {
        if self.state.case_of(person).is_some() {
            return self.not_understood(person);
        }
        self.begin(person);
    }

    /// Tells the requests that are understood, and asks once more for the answer that is waited for.
    pub(super) fn help(&mut self, person: PersonId) {
        let Some(client) = self.state.client(person) else { return };
        let (talk, agreed, open) = (client.talk.clone(), client.agreed.is_some(), self.state.case_of(person).is_some());
        let emergency = self.settings.emergency.clone();
        self.tell(person, ToClient::Help { agreed, open, emergency });
        if open {
            return;
        }
        match talk {
            Talk::Terms(_) => self.ask_terms(person),
            Talk::About(_) | Talk::Showing(..) if !self.is_out_of_date(person) => self.repeat(person),
            Talk::About(_) | Talk::Showing(..) | Talk::Whom | Talk::Nothing => self.begin(person),
        }
    }

    /// The terms, with the question for a yes where one is needed before anything else.
    pub(super) fn ask_terms(&mut self, person: PersonId) {
        let edition = self.settings.terms.clone();
        let going = self.state.case_of(person).is_some();
        let Some(client) = self.client(person) else { return };
        let standing = match &client.agreed {
            Some(agreed) if going || agreed.edition == edition => TermsStanding::Shown,
            Some(_) => TermsStanding::Changed,
            None => TermsStanding::New,
        };
        match standing {
            TermsStanding::New | TermsStanding::Changed => client.is_to_answer(Talk::Terms(edition)),
            // A yes to this edition is there, so nothing else that was asked meanwhile matters.
            TermsStanding::Shown if matches!(client.talk, Talk::Terms(_)) => client.is_to_answer(Talk::Nothing),
            TermsStanding::Shown => {}
        }
        let (within, keep) = (self.settings.claim_within, self.settings.keep_closed);
        let emergency = self.settings.emergency.clone();
        let terms = ToClient::Terms { within, keep, emergency, standing };
        match standing {
            TermsStanding::New | TermsStanding::Changed => self.ask(person, terms),
            TermsStanding::Shown => self.tell(person, terms),
        }
    }

    fn agree(&mut self, person: PersonId, edition: String) {
        let (wording, at) = (self.settings.wording.clone(), self.now);
        if let Some(client) = self.client(person) {
            client.agreed = Some(Agreed { edition, wording, at });
            client.is_to_answer(Talk::Nothing);
        }
        self.wait_for_word(person);
        self.begin(person);
    }

    /// Asks for the counsellor they would like to talk with, or first for a yes to the terms.
    pub(super) fn begin(&mut self, person: PersonId) {
        let Some(client) = self.state.client(person) else { return };
        if !client.has_agreed_to(&self.settings.terms) {
            return self.ask_terms(person);
        }
        let cards = self.cards();
        if cards.is_empty() {
            self.set_talk(person, Talk::Nothing);
            return self.tell(person, ToClient::NobodyHere { alternatives: self.settings.alternatives.clone() });
        }
        self.set_talk(person, Talk::Whom);
        self.ask(person, ToClient::AskWhom(cards));
    }

    /// The first choice is anybody; the others are the cards, in their order.
    fn whom(&mut self, person: PersonId, text: &str) {
        let named = self.state.counsellors();
        let plain = text.to_lowercase();
        let wanted = match plain.trim_end_matches('.').parse::<usize>() {
            Ok(1) => Some(Wanted::Anybody),
            Ok(number) => number.checked_sub(2).and_then(|at| named.get(at)).map(|one| Wanted::Named(one.id)),
            Err(_) if ["anybody", "anyone", "any", "whoever"].contains(&plain.as_str()) => Some(Wanted::Anybody),
            Err(_) => called(&named, &plain).map(|one| Wanted::Named(one.id)),
        };
        match wanted {
            Some(wanted) => {
                self.set_talk(person, Talk::About(wanted.clone()));
                self.ask_about(person, &wanted);
            }
            None => self.not_one_of_them(person),
        }
    }

    pub(super) fn ask_about(&mut self, person: PersonId, wanted: &Wanted) {
        let whom = self.only_one_of(wanted);
        self.ask(person, ToClient::AskAbout { whom });
    }

    fn about(&mut self, person: PersonId, wanted: Wanted, line: String) {
        if line.chars().count() > LINE_MAX {
            return self.ask(person, ToClient::LineTooLong { limit: LINE_MAX });
        }
        self.set_talk(person, Talk::Showing(wanted, line.clone()));
        self.ask(person, ToClient::AskShowing(line));
    }

    fn not_one_of_them(&mut self, person: PersonId) {
        self.ask(person, ToClient::NotOneOfThem(self.cards()));
    }

    pub(super) fn not_understood(&mut self, person: PersonId) {
        self.tell(person, ToClient::NotUnderstood);
    }

    pub(super) fn set_talk(&mut self, person: PersonId, talk: Talk) {
        if let Some(client) = self.client(person) {
            client.is_to_answer(talk);
        }
    }

    fn cards(&self) -> Vec<CounsellorCard> {
        let card = |one: &&Counsellor| CounsellorCard {
            name: one.name.clone(),
            card: one.card.clone(),
            away: one.own.away.clone(),
        };
        self.state.counsellors().iter().map(card).collect()
    }
}

/// Whether this is dealt with beside the question that is open, which is still to be answered after it.
fn is_aside(command: &FromClient, talk: &Talk) -> bool {
    match command {
        // Otherwise they are the open question.
        FromClient::Terms => !matches!(talk, Talk::Terms(_)),
        FromClient::Data | FromClient::Close | FromClient::Left | FromClient::Time(_) | FromClient::CancelTime => true,
        FromClient::Help
        | FromClient::OwnDevice(_)
        | FromClient::Yes
        | FromClient::No
        | FromClient::Skip
        | FromClient::Withdraw
        | FromClient::Forget { .. }
        | FromClient::Text(_) => false,
    }
}

/// The one of these whom a client or a counsellor means by a name, in lower case: their whole name, or a part of it that
/// nobody else has.
pub(super) fn called<'a>(named: &[&'a Counsellor], plain: &str) -> Option<&'a Counsellor> {
    let whole = |one: &&&Counsellor| one.name.to_lowercase() == plain;
    let part = |one: &&&Counsellor| one.name.to_lowercase().split_whitespace().any(|part| part == plain);
    let only = |found: Vec<&&'a Counsellor>| match found.as_slice() {
        [one] => Some(**one),
        _ => None,
    };
    only(named.iter().filter(whole).collect()).or_else(|| only(named.iter().filter(part).collect()))
}
