//! The mentors' list: being in it, and looking at it (requirements C11, C12, D5).
//!
//! Nothing that somebody answered, set or limited shows in it, and nothing that a reader does leaves a trace but their
//! own last list.

use std::collections::BTreeSet;

use crate::audit::Noted;
use crate::command::numbered;
use crate::consent::{Publication, Published, Word, preview};
use crate::dialogue::{Asks, Draft, Given, Planning, Ready};
use crate::id::{EffectId, MemberId};
use crate::input::Said;
use crate::introduction::flow::choosing::is_named;
use crate::mentors::card::Silence;
use crate::mentors::directory::{Browsing, is_about};
use crate::name::Address;
use crate::people::member::{Field, Fields, Member};
use crate::people::named::Named;
use crate::say::{Cards, Say, Unfit};
use crate::timer::{List, Wait};
use crate::turn::Turn;

impl Turn<'_> {
    /// Shows the list, or what in it is about a topic, from its beginning.
    pub(crate) fn mentors(&mut self, reader: MemberId, topic: Option<String>) {
        let day = self.settings.list_changed(self.now);
        let browsing = Browsing { day, topic: topic.clone(), shown: vec![], said: vec![] };
        if !self.show_page(reader, browsing) {
            let empty = !self.state.entries().any(|entry| self.published(entry.of()).is_some());
            self.tell(reader, Cards::NoMentors { topic, empty });
        }
    }

    /// Shows what follows.
    pub(crate) fn more(&mut self, reader: MemberId) {
        let browsing = self.state.member(reader).and_then(|own| own.dialogue.browsing.clone());
        match browsing {
            None => {
                self.tell(reader, Cards::NoListShown);
            }
            Some(browsing) => {
                if !self.show_page(reader, browsing) {
                    self.tell(reader, Cards::NoMore);
                }
            }
        }
    }

    /// Shows the next page; false when there is none.
    fn show_page(&mut self, reader: MemberId, mut browsing: Browsing) -> bool {
        let mut rest = self.in_order(reader, &browsing);
        let more = rest.len() > self.settings.directory.page;
        rest.truncate(self.settings.directory.page);
        if rest.is_empty() {
            return false;
        }
        let first = browsing.shown.len() + 1;
        browsing.shown.extend(rest.iter().map(Published::of));
        let topic = browsing.topic.clone();
        let entries = rest.into_iter().enumerate().map(|(at, card)| (first + at, card)).collect();
        let effect = self.tell(reader, Cards::Mentors { topic, entries, more });
        browsing.said.push(effect);
        if let Some(own) = self.member(reader) {
            own.dialogue.browsing = Some(browsing);
        }
        true
    }

    /// The entries of a list that are left to show, in the order that this reader has on that day.
    fn in_order(&self, reader: MemberId, browsing: &Browsing) -> Vec<Published> {
        let fresh = self.state.entries().filter(|entry| !browsing.shown.contains(&entry.of()));
        let published = fresh.filter_map(|entry| entry.published(self.state.member(entry.of())?));
        let about = |card: &Published| browsing.topic.as_deref().is_none_or(|topic| is_about(card, topic));
        let mut found: Vec<Published> = published.filter(about).collect();
        found.sort_by_cached_key(|card| self.settings.mark_key.place(reader, browsing.day, card.of()));
        found
    }

    /// The account that a name such as "@alex" means: one on the porter's own server.
    pub(crate) fn on_own_server(&self, name: &str) -> Option<Address> {
        let local = name.trim().strip_prefix('@').filter(|local| !local.contains(':'))?;
        Address::typed(&format!("@{local}:{}", self.settings.porter.server())).ok()
    }

    /// The person that somebody means by a number in the list that they were last shown, or by a name of this server;
    /// `None` where it is neither.
    pub(crate) fn entry_meant(&self, reader: MemberId, words: &str) -> Option<Result<Named, Say>> {
        if let Some(address) = self.on_own_server(words) {
            return Some(Ok(address.into()));
        }
        match numbered(words) {
            Some(number) => Some(self.entry_of_number(reader, number).map_err(Say::from)),
            None => self.entry_called(reader, words).map(Ok),
        }
    }

    /// The only entry with this name among those that they were last shown.
    fn entry_called(&self, reader: MemberId, name: &str) -> Option<Named> {
        let shown = &self.state.member(reader)?.dialogue.browsing.as_ref()?.shown;
        let cards = shown.iter().filter_map(|member| self.published(*member));
        let mut called = cards.filter(|card| card.value(Field::Name).is_some_and(|own| is_named(own, name)));
        let card = called.next().filter(|_| called.next().is_none())?;
        Some(Named::Entry { member: card.of(), shown_as: card.value(Field::Name).map(str::to_owned) })
    }

    fn entry_of_number(&self, reader: MemberId, number: usize) -> Result<Named, Cards> {
        let browsing = self.state.member(reader).and_then(|own| own.dialogue.browsing.as_ref());
        let browsing = browsing.ok_or(Cards::NoListShown)?;
        let chosen = number.checked_sub(1).and_then(|at| browsing.shown.get(at)).copied();
        let member = chosen.ok_or(Cards::NoSuchEntry { number })?;
        let card = self.published(member).ok_or(Cards::EntryGone { number })?;
        Ok(Named::Entry { member, shown_as: card.value(Field::Name).map(str::to_owned) })
    }

    pub(crate) fn published(&self, of: MemberId) -> Option<Published> {
        self.state.entry(of)?.published(self.state.member(of)?)
    }

    /// Somebody would like to be in the list: first they see the entry that it would show, then they agree to that.
    pub(super) fn list_me(&mut self, said: &Said, sure: bool) {
        let Some(own) = self.state.member(said.member) else { return };
        if !own.person.role.can_be_listed() {
            self.tell(said.member, Unfit::NotForThem);
            return;
        }
        if own.is_listed() {
            self.tell(said.member, Unfit::AlreadyListed);
            return;
        }
        let (fields, version, from) = (own.entry_fields(), own.card_version(), self.settings.list_changes(self.now));
        if !sure || own.card.offered.as_ref() != Some(&version) {
            let shows = preview(own, &fields);
            if let Some(own) = self.member(said.member) {
                own.card.offered = Some(version);
            }
            self.tell_asking_anew(said.member, Asks::ListMe, Cards::ListOffer { shows, from });
            return;
        }
        let shown = own.dialogue.asking_for(Asks::ListMe);
        if let Some(word) = self.word(said, &shown) {
            self.record_publication(word, fields);
            self.plan_list_change(said.member);
            self.tell(said.member, Cards::Listed { from });
        }
    }

    /// Records somebody's consent to have these fields in the list.
    pub(super) fn record_publication(&mut self, word: Word, fields: Fields) {
        let (id, versions, speaker) = (self.ids.draw(), self.settings.versions.clone(), word.speaker());
        let Some(own) = self.state.member(speaker) else { return };
        let Some(publication) = Publication::give(id, word, own, fields, versions, self.now) else { return };
        self.step.noted.push(Noted::Listed(speaker, id));
        if let Some(own) = self.member(speaker) {
            own.card.publication = Some(publication);
            own.card.offered = None;
        }
    }

    pub(super) fn unlist_me(&mut self, member: MemberId) {
        let listed = self.state.member(member).is_some_and(Member::is_listed);
        self.leave_list(member);
        self.tell(member, if listed { Say::from(Cards::Unlisted) } else { Unfit::NotListed.into() });
    }

    /// Somebody is in the list no longer, from this moment: by their own wish, or because they are no mentor any more.
    pub(crate) fn leave_list(&mut self, member: MemberId) {
        if !self.state.member(member).is_some_and(Member::is_listed) {
            return;
        }
        if let Some(own) = self.member(member) {
            own.card.publication = None;
            own.card.silence = None;
        }
        self.stop_waiting(Wait::LongSilent { member });
        self.stop_waiting(Wait::TermEnd { member });
        self.step.noted.push(Noted::Unlisted(member));
        self.state.entries.take(member);
        self.drop_from_lists(member);
        self.drop_from_drafts(member);
    }

    /// Nobody is in the list until they say so again. Returns those who were.
    pub(crate) fn leave_list_all(&mut self) -> BTreeSet<MemberId> {
        let listed: BTreeSet<MemberId> =
            self.state.members().filter(|member| member.is_listed()).map(|member| member.id).collect();
        for member in &listed {
            self.leave_list(*member);
        }
        listed
    }

    /// Drops messages that show them and were not sent yet.
    fn drop_from_lists(&mut self, member: MemberId) {
        let browsing = self.state.members().filter_map(|reader| reader.dialogue.browsing.as_ref());
        let shows = browsing.filter(|browsing| browsing.shown.contains(&member));
        let said: Vec<EffectId> = shows.flat_map(|browsing| browsing.said.iter().copied()).collect();
        self.step.cancelled.extend(said);
    }

    /// No request begins from an entry that is gone; the words that were written for it are kept.
    fn drop_from_drafts(&mut self, member: MemberId) {
        let names = |named: &Named| matches!(named, Named::Entry { member: entry, .. } if *entry == member);
        let drafts = self.state.members().filter_map(|writer| {
            let given = match writer.dialogue.draft.clone()? {
                Draft::Whom(_) => return None,
                Draft::WhatFor { named, given } if names(&named) => given,
                Draft::KnownHow { named, purpose, given } if names(&named) => Given { purpose: Some(purpose), ..given },
                Draft::Message { named, purpose, known_how: _, ticked: _ } if names(&named) => {
                    Given { purpose: Some(purpose), message: None }
                }
                Draft::Plan(Planning { named, request, .. }) | Draft::Ready(Ready { named, request, .. })
                    if names(&named) =>
                {
                    Given { purpose: Some(request.purpose), message: Some(request.message) }
                }
                Draft::WhatFor { .. }
                | Draft::KnownHow { .. }
                | Draft::Message { .. }
                | Draft::Plan(_)
                | Draft::Ready(_) => {
                    return None;
                }
            };
            Some((writer.id, given))
        });
        for (writer, given) in drafts.collect::<Vec<_>>() {
            if let Some(dialogue) = self.dialogue(writer) {
                dialogue.draft = Some(Draft::Whom(given));
            }
        }
    }

    /// Takes a member who is no mentor any more out of the list at once.
    pub(crate) fn list_follows(&mut self, member: MemberId) {
        let Some(own) = self.state.member(member) else { return };
        let stays = own.card.publication.as_ref().is_some_and(|publication| publication.entry(own).is_some());
        if own.is_listed() && !stays {
            self.leave_list(member);
        } else {
            self.plan_list_change(member);
        }
    }

    /// Sets the timer for the list's next change, where the list says something else of a member than it will.
    pub(super) fn plan_list_change(&mut self, member: MemberId) {
        if self.is_list_due(member) && !self.state.waits_for(Wait::Publish(List::Mentors)) {
            let due = self.settings.list_changes(self.now);
            self.wait(due, Wait::Publish(List::Mentors));
        }
    }

    fn is_list_due(&self, member: MemberId) -> bool {
        let own = self.state.member(member);
        let will = own.and_then(|own| own.card.publication.as_ref()?.entry(own));
        match (&will, self.state.entry(member)) {
            (Some(will), Some(is)) => will != is,
            (None, None) => false,
            (Some(_), None) | (None, Some(_)) => true,
        }
    }

    /// The hour has come at which the list changes.
    pub(crate) fn publish(&mut self) {
        let due: Vec<MemberId> =
            self.state.members().map(|member| member.id).filter(|member| self.is_list_due(*member)).collect();
        for member in due {
            let own = self.state.member(member);
            match own.and_then(|own| own.card.publication.as_ref()?.entry(own)) {
                Some(entry) => self.state.entries.put(entry),
                None => drop(self.state.entries.take(member)),
            }
        }
    }

    /// A request is brought to somebody in the list: from now on their silence counts.
    pub(crate) fn silence_begins(&mut self, member: MemberId) {
        let now = self.now;
        let Some(own) = self.member(member).filter(|own| own.is_listed() && own.card.silence.is_none()) else { return };
        own.card.silence = Some(Silence { since: now, asked: false });
        self.wait(now.after(self.settings.directory.silent_after), Wait::LongSilent { member });
    }

    /// Somebody who is in the list says something: their silence is over.
    pub(crate) fn note_activity(&mut self, member: MemberId) {
        if self.state.member(member).is_none_or(|own| own.card.silence.is_none()) {
            return;
        }
        if let Some(own) = self.member(member) {
            own.card.silence = None;
        }
        self.stop_waiting(Wait::LongSilent { member });
        self.stop_waiting(Wait::TermEnd { member });
    }

    pub(crate) fn long_silent(&mut self, member: MemberId) {
        let by = self.settings.term_end(self.now);
        let Some(own) = self.member(member) else { return };
        let Some(silence) = &mut own.card.silence else { return };
        silence.asked = true;
        self.wait(by, Wait::TermEnd { member });
        self.tell_asking_anew(member, Asks::Stay, Cards::StillWilling { by });
    }

    pub(crate) fn term_end(&mut self, member: MemberId) {
        let silent = self.state.member(member).and_then(|own| own.card.silence).is_some_and(|silence| silence.asked);
        if silent {
            self.leave_list(member);
            self.tell(member, Cards::LeftList);
        }
    }
}
