//! Samples of messages about cards, the mentors' list and features that the service does not offer.

#![expect(clippy::unwrap_used, reason = "samples are made of values that are known to be right")]

use crate::consent::{Published, Shown};
use crate::mentors::card::Audience;
use crate::people::member::Field;
use crate::policy::Offers;
use crate::say::{Cards, Listing, Say, Unfit};
use serde_json::json;

use crate::say::samples::{alex, deadline};

/// Every kind of message about cards and the mentors' list.
pub(crate) fn everything() -> Vec<Say> {
    let cards = own_card().into_iter().chain(listing()).chain(looking());
    cards.map(Say::Cards).chain(unfit().into_iter().map(Say::from)).collect()
}

fn shown(field: Field, value: &str) -> Shown {
    serde_json::from_value(json!({ "field": field, "value": value })).unwrap()
}

fn own_card() -> Vec<Cards> {
    let headline = || shown(Field::Headline, "Museum curator");
    let field = Field::Headline;
    let all = [Audience::Nobody, Audience::Meeting, Audience::Directory, Audience::Members];
    let lines = all.map(|audience| (headline(), audience)).into();
    let shown_to = |audience, listed, from| Cards::ShownTo { field, audience, listed, from };
    vec![
        Cards::Own { lines: vec![], empty: Field::ALL.into(), listing: Listing::Could },
        Cards::Own { lines, empty: vec![], listing: Listing::Is },
        Cards::Own {
            lines: Field::ALL.map(|field| (shown(field, "something"), Audience::Meeting)).into(),
            empty: vec![Field::Year],
            listing: Listing::From(deadline()),
        },
        Cards::Own { lines: vec![], empty: vec![Field::Year], listing: Listing::NotForThem },
        Cards::Written { shown: headline(), audience: Audience::Meeting, from: None },
        Cards::Written { shown: headline(), audience: Audience::Directory, from: Some(deadline()) },
        Cards::Emptied { field, listed: false },
        Cards::Emptied { field, listed: true },
        shown_to(Audience::Nobody, true, None),
        shown_to(Audience::Directory, false, None),
        shown_to(Audience::Directory, true, Some(deadline())),
        shown_to(Audience::Members, false, None),
    ]
}

fn unfit() -> Vec<Unfit> {
    let field = Field::Headline;
    vec![
        Unfit::NoSuchField { found: "shoe size: 9".to_owned(), fields: vec![Field::Headline, Field::Work] },
        Unfit::KeptByService { field: Field::Organisation },
        Unfit::TooLong { field, limit: 100, found: 132 },
        Unfit::NotOne { field: Field::Email },
        Unfit::Empty { field },
        Unfit::WhoSees { field, listable: false },
        Unfit::WhoSees { field, listable: true },
        Unfit::ReachesOnly { field: Field::Phone },
        Unfit::NotForThem,
        Unfit::AlreadyListed,
        Unfit::NotListed,
        Unfit::ForNobody { field },
    ]
}

fn listing() -> Vec<Cards> {
    let (name, gladly) = (shown(Field::Name, "Alex Lindqvist"), shown(Field::Gladly, "changing careers"));
    vec![
        Cards::ListOffer { shows: vec![name.clone()], from: deadline() },
        Cards::ListOffer { shows: vec![name, gladly], from: deadline() },
        Cards::Listed { from: deadline() },
        Cards::Unlisted,
        Cards::StillWilling { by: deadline() },
        Cards::StillListed,
        Cards::LeftList,
    ]
}

fn looking() -> Vec<Cards> {
    let topic = || Some("museums".to_owned());
    let offers = |introductions, rooms, mentors| Cards::NotOffered {
        offers: Offers { introductions, rooms, mentors, events: false },
    };
    let whole = [
        (Field::Name, "Alex Lindqvist"),
        (Field::Headline, "Museum curator"),
        (Field::Organisation, "City Museum"),
        (Field::Gladly, "starting out in a museum"),
        (Field::RatherNot, "reading CVs"),
        (Field::AnswerTime, "on Sundays"),
    ];
    let entries = vec![(1, entry(&whole)), (2, entry(&whole[..3])), (3, entry(&whole[..1]))];
    vec![
        Cards::Mentors { topic: None, entries: entries.clone(), more: true },
        Cards::Mentors { topic: topic(), entries, more: false },
        Cards::NoMentors { topic: None, empty: true },
        Cards::NoMentors { topic: topic(), empty: false },
        Cards::NoMore,
        Cards::WhichEntry,
        Cards::NoListShown,
        Cards::NoSuchEntry { number: 7 },
        Cards::EntryGone { number: 2 },
        Cards::Contact { card: entry(&whole) },
        offers(true, false, false),
        offers(false, true, true),
    ]
}

fn entry(fields: &[(Field, &str)]) -> Published {
    let fields: Vec<Shown> = fields.iter().map(|(field, value)| shown(*field, value)).collect();
    let entry = json!({ "of": alex().id, "consent": "0".repeat(32), "fields": fields });
    serde_json::from_value(entry).unwrap()
}
