//! A member's own card: its fields, and the people who may see each (requirements A1, C11, C13).

use crate::command::Profile;
use crate::consent::{Word, own_card};
use crate::id::MemberId;
use crate::input::Said;
use crate::mentors::card::Audience;
use crate::people::member::{Field, Member};
use crate::say::{Cards, Listing, Say, Unfit};
use crate::time::Timestamp;
use crate::turn::Turn;

impl Turn<'_> {
    pub(crate) fn profile(&mut self, said: &Said, profile: Profile) {
        match profile {
            Profile::Show => self.own_card(said.member),
            Profile::Unclear(found) => self.no_such_field(said.member, found),
            Profile::Unlist => self.unlist_me(said.member),
            Profile::List { sure } => self.list_me(said, sure),
            Profile::Write(field, value) => self.write_field(said, field, value),
            Profile::ShowTo(field, audience) => self.show_field(said, field, audience),
        }
    }

    fn own_card(&mut self, member: MemberId) {
        let Some(own) = self.state.member(member) else { return };
        let lines = own_card(own).into_iter().map(|shown| (own.audience(shown.field()), shown));
        let lines = lines.map(|(audience, shown)| (shown, audience)).collect();
        let fields = own.person.role.card_fields().iter();
        let empty = fields.filter(|field| !own.person.details.0.contains_key(field)).copied().collect();
        let listing = self.listing(own);
        self.tell(member, Cards::Own { lines, empty, listing });
    }

    fn listing(&self, own: &Member) -> Listing {
        if !own.person.role.can_be_listed() || !self.settings.offers.mentors {
            return Listing::NotForThem;
        }
        match (own.is_listed(), self.state.entry(own.id)) {
            (false, _) => Listing::Could,
            (true, Some(_)) => Listing::Is,
            (true, None) => Listing::From(self.settings.list_changes(self.now)),
        }
    }

    fn no_such_field(&mut self, member: MemberId, found: String) {
        let Some(own) = self.state.member(member) else { return };
        let fields = own.person.role.card_fields().to_vec();
        self.tell(member, Unfit::NoSuchField { found, fields });
    }

    fn write_field(&mut self, said: &Said, field: Field, value: String) {
        let Some(own) = self.state.member(said.member) else { return };
        match unfit(own, field, &value) {
            Some(unfit) => {
                self.tell(said.member, unfit);
            }
            None if !self.is_proven(said) => {}
            None if value.is_empty() => self.empty_field(said.member, field),
            None => self.fill_field(said, field, value),
        }
    }

    fn empty_field(&mut self, member: MemberId, field: Field) {
        let listed = self.state.member(member).is_some_and(|own| own.is_listed() && is_in_list(own, field));
        if let Some(own) = self.member(member) {
            own.person.details.0.remove(&field);
            own.card.own.insert(field);
        }
        self.plan_list_change(member);
        self.tell(member, Cards::Emptied { field, listed });
    }

    fn fill_field(&mut self, said: &Said, field: Field, value: String) {
        if let Some(own) = self.member(said.member) {
            own.person.details.0.insert(field, value);
            own.card.own.insert(field);
        }
        self.agree_to_list_anew(said);
        let Some(own) = self.state.member(said.member) else { return };
        let (audience, from) = (own.audience(field), self.listed_from(own, field));
        let Some(shown) = own_card(own).into_iter().find(|shown| shown.field() == field) else { return };
        self.plan_list_change(said.member);
        self.tell(said.member, Cards::Written { shown, audience, from });
    }

    fn show_field(&mut self, said: &Said, field: Field, audience: Option<Audience>) {
        let Some(own) = self.state.member(said.member) else { return };
        let listable = own.person.role.can_be_listed() && self.settings.offers.mentors;
        let unfit = match audience {
            _ if !own.person.details.0.contains_key(&field) => Some(Unfit::Empty { field }),
            None => Some(Unfit::WhoSees { field, listable }),
            Some(Audience::Directory | Audience::Members) if field.reaches() => Some(Unfit::ReachesOnly { field }),
            Some(Audience::Directory) if !listable => Some(Unfit::NotForThem),
            Some(_) => None,
        };
        let Some(audience) = audience.filter(|_| unfit.is_none()) else {
            let no_such = || Unfit::NoSuchField { found: String::new(), fields: vec![] };
            self.tell(said.member, unfit.unwrap_or_else(no_such));
            return;
        };
        if !self.is_proven(said) {
            return;
        }
        if let Some(own) = self.member(said.member) {
            own.card.audiences.insert(field, audience);
        }
        self.agree_to_list_anew(said);
        let Some(own) = self.state.member(said.member) else { return };
        let shown_already = self
            .state
            .entry(own.id)
            .is_some_and(|entry| entry.published(own).is_some_and(|published| published.value(field).is_some()));
        let from = self.listed_from(own, field).filter(|_| !shown_already);
        let listed = own.is_listed();
        self.plan_list_change(said.member);
        self.tell(said.member, Cards::ShownTo { field, audience, listed, from });
    }

    /// The time from which the mentors' list shows a field's present value; `None` where it does not.
    fn listed_from(&self, own: &Member, field: Field) -> Option<Timestamp> {
        (own.is_listed() && is_in_list(own, field)).then(|| self.settings.list_changes(self.now))
    }

    /// Somebody in the mentors' list who writes another line, or opens one to its readers, agrees to have it shown
    /// there.
    fn agree_to_list_anew(&mut self, said: &Said) {
        let Some(own) = self.state.member(said.member) else { return };
        if let Some(before) = &own.card.publication
            && let Some(word) = Word::typed(said)
        {
            let may = own.entry_fields();
            // They have not been asked about fields that the service's list filled in meanwhile.
            let fields =
                may.into_iter().filter(|field| before.fields().contains(field) || own.card.has_own_say(*field));
            let fields = fields.collect();
            self.record_publication(word, fields);
        }
    }

    /// A field that somebody said nobody is to see is not added to a request or a yes.
    pub(crate) fn for_nobody(&self, member: MemberId, field: Field) -> Option<Say> {
        let own = self.state.member(member)?;
        let hidden = own.person.details.0.contains_key(&field) && own.audience(field) == Audience::Nobody;
        hidden.then(|| Unfit::ForNobody { field }.into())
    }
}

/// Whether readers of the mentors' list may see it.
fn is_in_list(own: &Member, field: Field) -> bool {
    own.audience(field) >= Audience::Directory
}

/// The reason for which this cannot stand in that field of their card, if there is one.
fn unfit(own: &Member, field: Field, value: &str) -> Option<Unfit> {
    let role = own.person.role;
    let (limit, found) = (field.chars_max(), value.chars().count());
    if role.is_kept_for(field) {
        return Some(Unfit::KeptByService { field });
    }
    if value.is_empty() {
        return (!own.person.details.0.contains_key(&field)).then_some(Unfit::Empty { field });
    }
    if !role.card_fields().contains(&field) {
        let name = if field == Field::Name { "name" } else { value };
        let fields = role.card_fields().to_vec();
        return Some(Unfit::NoSuchField { found: name.chars().take(80).collect(), fields });
    }
    if found > limit {
        return Some(Unfit::TooLong { field, limit, found });
    }
    (!field.takes(value)).then_some(Unfit::NotOne { field })
}
