//! Staying in touch after an event: its guests are asked, and those who say yes have their contact passed on, all at one time.

use std::collections::BTreeMap;

use super::super::hand_over::{HandOver, HandOverStage};
use super::super::{DECIDE, Event, KEPT, Stage, Standing};
use crate::arranging::plan;
use crate::audit::Noted;
use crate::consent::{Contact, ContactConsent, ContactTerms};
use crate::dialogue::{Asked, Asks};
use crate::effect::Act;
use crate::id::{EffectId, EventId, HandOverId, MemberId};
use crate::input::Said;
use crate::mark::Marked;
use crate::people::member::{Field, Standing as Membership};
use crate::say::{Contacts, Events, NoHandOver};
use crate::time::Timestamp;
use crate::turn::Turn;

impl Turn<'_> {
    /// The office hour at which the contacts of an event are passed on, all together.
    pub(super) fn passes_contacts_at(&self, event: &Event) -> Timestamp {
        plan::day_after(event.plan.until.after(DECIDE), &self.settings.office)
    }

    /// Asks a guest of an event that is over whether its host may have their contact.
    pub(super) fn ask_to_stay_in_touch(&mut self, member: MemberId, event: &Event, with_email: bool) {
        let (Some(organisation), Some(own)) = (event.plan.organisation.clone(), self.state.member(member)) else {
            return;
        };
        let terms = ContactTerms::of(own, event.id, organisation, with_email, &self.settings.versions);
        let until = self.passes_contacts_at(event);
        let say = Contacts::Ask { event: event.told(), shows: terms.values().to_vec(), until };
        let by = self.tell_asking_anew(member, Asks::StayInTouch(event.id), say);
        let id = self.own_hand_over(member, event.id).map_or_else(|| self.ids.draw(), |own| own.id);
        let stage = HandOverStage::Asked { terms, by };
        self.state.hand_overs.put(HandOver { id, event: event.id, member, stage });
    }

    /// Somebody would like to stay in touch. They are shown the terms, for this is no yes to any.
    pub(super) fn stay_in_touch(&mut self, said: &Said, number: Option<u32>, with_email: bool) {
        if !self.is_proven(said) {
            return;
        }
        let member = said.member;
        let Some(event) = self.event_to_stay_in_touch(said, number) else { return };
        let (told, until) = (event.told(), self.passes_contacts_at(&event));
        let no = |why| Contacts::Not { event: event.told(), why };
        let came = self.sign_up(member, event.id).is_some_and(|own| own.standing == Standing::Coming);
        let say = match self.own_hand_over(member, event.id).map(|own| own.stage) {
            Some(HandOverStage::Agreed(_)) if with_email => Contacts::Agreed { event: told, until, before: true },
            Some(HandOverStage::Passed { contact, .. }) => {
                let kept_until = event.plan.until.after(KEPT);
                Contacts::Passed { event: told, shows: contact.fields().to_vec(), kept_until }
            }
            _ if event.stage == Stage::Ahead => no(NoHandOver::Later),
            _ if !came => no(NoHandOver::NotThere),
            _ if self.now >= until => no(NoHandOver::TooLate),
            _ if self.hosts_of(event.id).is_empty() => no(NoHandOver::NoHost),
            None | Some(HandOverStage::Asked { .. } | HandOverStage::Agreed(_) | HandOverStage::TakenBack { .. }) => {
                return self.ask_to_stay_in_touch(member, &event, with_email);
            }
        };
        self.tell(member, say);
    }

    /// The event that somebody means: the one they name, the one they are asked about, or the only one there is.
    fn event_to_stay_in_touch(&mut self, said: &Said, number: Option<u32>) -> Option<Event> {
        let member = said.member;
        if let Some(number) = number {
            let event = self.event_for(member, number).cloned();
            if event.is_none() {
                self.tell(member, Events::NoSuch { number });
            }
            return event;
        }
        if let Some(Asked::Other(Asks::StayInTouch(id))) = self.asked_about(said) {
            return self.state.event(id).cloned();
        }
        let own: Vec<EventId> = self.hand_overs_of(member).into_iter().map(|own| own.event).collect();
        if let [only] = own.as_slice() {
            return self.state.event(*only).cloned();
        }
        self.tell(member, Contacts::WhichEvent);
        None
    }

    /// A yes or a no to the question whether they would like to stay in touch.
    pub(crate) fn yes_or_no_to_contact(&mut self, said: &Said, id: EventId, is_no: bool) {
        let member = said.member;
        let (Some(event), Some(own)) = (self.state.event(id).cloned(), self.own_hand_over(member, id)) else {
            self.tell(member, Contacts::WhichEvent);
            return;
        };
        let HandOverStage::Asked { terms, by } = own.stage.clone() else {
            return self.stay_in_touch(said, Some(event.number), true);
        };
        let (told, until) = (event.told(), self.passes_contacts_at(&event));
        if is_no {
            if self.may_take_back(said) {
                self.drop_hand_over(own.id);
                self.tell(member, Contacts::Kept { event: told, until });
            }
            return;
        }
        let Some(word) = self.word(said, &[by]) else { return };
        let (consent, now) = (self.ids.draw(), self.now);
        let Some(consent) = ContactConsent::give(consent, word, terms, by, now) else { return };
        self.step.noted.push(Noted::ContactAgreed(id, consent.id()));
        self.state.hand_overs.put(HandOver { stage: HandOverStage::Agreed(consent), ..own });
        if let Some(dialogue) = self.dialogue(member) {
            dialogue.asks_no_more(Asks::StayInTouch(id));
        }
        self.tell(member, Contacts::Agreed { event: told, until, before: false });
    }

    /// The hour has come at which the contacts of an event are passed on: of those who agreed, and of nobody else.
    pub(crate) fn pass_contacts(&mut self, id: EventId) {
        let Some(event) = self.state.event(id).cloned() else { return };
        let (told, kept_until) = (event.told(), event.plan.until.after(KEPT));
        // Nobody can tell from the order who said yes first.
        let mut agreed: BTreeMap<HandOverId, (HandOver, ContactConsent)> = BTreeMap::new();
        for own in self.hand_overs_for(id) {
            match own.stage.clone() {
                HandOverStage::Asked { .. } => drop(self.drop_hand_over(own.id)),
                HandOverStage::Agreed(consent) => drop(agreed.insert(self.ids.draw(), (own, consent))),
                HandOverStage::Passed { .. } | HandOverStage::TakenBack { .. } => {}
            }
        }
        if agreed.is_empty() {
            return;
        }
        let mut passed: BTreeMap<HandOverId, (Contact, BTreeMap<EffectId, MemberId>)> = BTreeMap::new();
        for host in self.hosts_of(id) {
            // The number says nothing of those who have blocked this one.
            let welcome: Vec<(HandOverId, Contact)> = agreed
                .values()
                .filter_map(|(own, consent)| Some((own.id, self.contact_for(own.member, consent, host)?)))
                .collect();
            if welcome.is_empty() {
                continue;
            }
            self.tell(host, Contacts::Come { event: told.clone(), people: welcome.len(), kept_until });
            for (own, contact) in welcome {
                let message = self.tell(host, Contacts::One { contact: contact.clone() });
                passed.entry(own).or_insert_with(|| (contact, BTreeMap::new())).1.insert(message, host);
            }
        }
        for (own, consent) in agreed.into_values() {
            let Some((contact, shown)) = passed.remove(&own.id) else {
                self.drop_hand_over(own.id);
                self.tell(own.member, Contacts::NotPassed { event: told.clone() });
                continue;
            };
            self.step.noted.push(Noted::ContactPassed(id, consent.id()));
            let receipt = Contacts::Passed { event: told.clone(), shows: contact.fields().to_vec(), kept_until };
            self.tell(own.member, receipt);
            let stage = HandOverStage::Passed { consent, contact, shown };
            self.state.hand_overs.put(HandOver { stage, ..own });
        }
    }

    /// A member's contact for somebody who speaks for the host, unless its owner has blocked them.
    fn contact_for(&self, of: MemberId, consent: &ContactConsent, host: MemberId) -> Option<Contact> {
        let (own, host) = (self.state.member(of)?, self.state.member(host)?);
        let (by, who) = (&own.person.address, &host.person.address);
        let is_blocked = self.is_marked(Marked::Blocked { by, who });
        consent.contact(own).filter(|_| !is_blocked && own.id != host.id)
    }

    /// Somebody takes their contact back.
    pub(super) fn take_back_contact(&mut self, said: &Said, number: Option<u32>) {
        if !self.may_take_back(said) {
            return;
        }
        let mut own = self.hand_overs_of(said.member);
        if let Some(number) = number {
            own.retain(|own| self.state.event(own.event).is_some_and(|event| event.number == number));
        }
        match own.as_slice() {
            [] => drop(self.tell(said.member, Contacts::NothingToTakeBack)),
            [own] => self.take_back_one(own),
            _ => drop(self.tell(said.member, Contacts::WhichEvent)),
        }
    }

    fn take_back_one(&mut self, own: &HandOver) {
        let Some(event) = self.state.event(own.event).map(Event::told) else { return };
        match own.stage.clone() {
            HandOverStage::Asked { .. } | HandOverStage::Agreed(_) => {
                self.drop_hand_over(own.id);
                self.tell(own.member, Contacts::TakenBack { event, passed: false });
            }
            HandOverStage::Passed { consent, shown, .. } => {
                let shown = self.take_contact_away(own.event, &consent, shown, true);
                self.state
                    .hand_overs
                    .put(HandOver { stage: HandOverStage::TakenBack { consent, shown }, ..own.clone() });
                self.acknowledge_contact(own.id);
            }
            HandOverStage::TakenBack { .. } => drop(self.tell(own.member, Contacts::TakingBack { event })),
        }
    }

    /// A message was taken away, or was never said. Once none is left that shows a contact, its owner hears that it is taken back.
    pub(crate) fn contact_taken_away(&mut self, said: EffectId) {
        let waits =
            |own: &&HandOver| matches!(&own.stage, HandOverStage::TakenBack { shown, .. } if shown.contains_key(&said));
        let Some(own) = self.state.hand_overs().find(waits).map(|own| own.id) else { return };
        if let Some(HandOver { stage: HandOverStage::TakenBack { shown, .. }, .. }) = self.state.hand_overs.get_mut(own)
        {
            shown.remove(&said);
        }
        self.acknowledge_contact(own);
    }

    /// Somebody was forgotten, and with them each message to them.
    pub(crate) fn contacts_without(&mut self, host: MemberId) {
        let ids: Vec<HandOverId> = self.state.hand_overs().map(|own| own.id).collect();
        for id in ids {
            if let Some(HandOver { stage: HandOverStage::TakenBack { shown, .. }, .. }) =
                self.state.hand_overs.get_mut(id)
            {
                shown.retain(|_, to| *to != host);
                self.acknowledge_contact(id);
            }
        }
    }

    fn acknowledge_contact(&mut self, id: HandOverId) {
        let Some(own) = self.state.hand_over(id).cloned() else { return };
        if matches!(&own.stage, HandOverStage::TakenBack { shown, .. } if shown.is_empty()) {
            self.drop_hand_over(id);
            if let Some(event) = self.state.event(own.event).map(Event::told) {
                self.tell(own.member, Contacts::TakenBack { event, passed: true });
            }
        }
    }

    /// Lets go of somebody's contact, and takes away what showed it. The host hears of it where `told`.
    pub(super) fn take_back_hand_over(&mut self, id: HandOverId, told: bool) {
        let Some(own) = self.drop_hand_over(id) else { return };
        if let HandOverStage::Passed { consent, shown, .. } = own.stage {
            self.take_contact_away(own.event, &consent, shown, told);
        }
    }

    /// Takes these messages away that show a contact. Returns those that somebody could read.
    fn take_contact_away(
        &mut self,
        event: EventId,
        consent: &ContactConsent,
        shown: BTreeMap<EffectId, MemberId>,
        told: bool,
    ) -> BTreeMap<EffectId, MemberId> {
        self.step.noted.push(Noted::ContactTakenBack(event, consent.id()));
        let event = self.state.event(event).map(Event::told).filter(|_| told);
        // Nothing is left to be read by somebody who was forgotten.
        let there: BTreeMap<EffectId, MemberId> =
            shown.into_iter().filter(|(_, host)| self.state.member(*host).is_some()).collect();
        for (message, host) in &there {
            self.step.cancelled.push(*message);
            self.effect([*host].into(), Act::TakeBack(*host, *message));
            let is_here = self.state.member(*host).is_some_and(|host| host.standing == Membership::Current);
            if let Some(event) = event.clone().filter(|_| is_here) {
                self.tell(*host, Contacts::Gone { event });
            }
        }
        there
    }

    fn drop_hand_over(&mut self, id: HandOverId) -> Option<HandOver> {
        let own = self.state.hand_overs.take(id)?;
        if let Some(dialogue) = self.dialogue(own.member) {
            dialogue.asks_no_more(Asks::StayInTouch(own.event));
        }
        Some(own)
    }

    /// An older copy of the store was put back: a yes of before may have been taken back since, and counts for nothing. As long as
    /// there is time for it, its giver is asked again.
    pub(crate) fn contacts_went_back(&mut self) {
        for own in self.state.hand_overs().cloned().collect::<Vec<_>>() {
            let terms = match &own.stage {
                HandOverStage::Asked { terms, .. } => terms,
                HandOverStage::Agreed(consent) => consent.terms(),
                HandOverStage::Passed { .. } | HandOverStage::TakenBack { .. } => continue,
            };
            let with_email = terms.values().iter().any(|shown| shown.field() == Field::Email);
            self.drop_hand_over(own.id);
            let event = self.state.event(own.event).cloned();
            if let Some(event) = event.filter(|event| self.now < self.passes_contacts_at(event)) {
                self.ask_to_stay_in_touch(own.member, &event, with_email);
            }
        }
    }

    fn own_hand_over(&self, member: MemberId, event: EventId) -> Option<HandOver> {
        self.hand_overs_of(member).into_iter().find(|own| own.event == event)
    }

    /// A member's contacts after all events.
    pub(super) fn hand_overs_of(&self, member: MemberId) -> Vec<HandOver> {
        let (_, by_member) = self.state.hand_overs.index();
        by_member.get(member).filter_map(|id| self.state.hand_over(id)).cloned().collect()
    }

    /// The contacts of an event, whatever became of them.
    pub(super) fn hand_overs_for(&self, event: EventId) -> Vec<HandOver> {
        let (by_event, _) = self.state.hand_overs.index();
        by_event.get(event).filter_map(|id| self.state.hand_over(id)).cloned().collect()
    }
}
