//! The porter's messages about cards, about the mentors' list, and about features that the service does not offer.

use serde::{Deserialize, Serialize};

use crate::consent::{Published, Shown};
use crate::id::MemberId;
use crate::mentors::card::Audience;
use crate::people::member::Field;
use crate::policy::Offers;
use crate::say::Say;
use crate::time::Timestamp;
use crate::wording::{Arg, Wording, lines, offered};

/// Something the porter says about cards and the mentors' list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cards {
    /// Their own card, and who sees what of it.
    Own {
        /// The fields in it, each with its audience.
        lines: Vec<(Shown, Audience)>,
        /// Fields with nothing in them.
        empty: Vec<Field>,
        /// Their standing in the mentors' list.
        listing: Listing,
    },
    /// A field has this in it now.
    Written {
        /// The field as it is now.
        shown: Shown,
        /// The people who may see it.
        audience: Audience,
        /// From when the mentors' list says so, where it does.
        from: Option<Timestamp>,
    },
    /// A field is empty now.
    Emptied {
        /// The field that is empty now.
        field: Field,
        /// Whether the mentors' list showed it.
        listed: bool,
    },
    /// This audience sees a field from now on.
    ShownTo {
        /// The field whose audience changed.
        field: Field,
        /// The people who may see it now.
        audience: Audience,
        /// Whether they are in the mentors' list.
        listed: bool,
        /// From when the mentors' list shows it, where it did not.
        from: Option<Timestamp>,
    },
    /// Nothing is changed: why, and what would be right.
    Unfit(Unfit),
    /// The entry that the mentors' list would show of them, before they agree to it.
    ListOffer {
        /// The fields it would show.
        shows: Vec<Shown>,
        /// The time from which it would show them.
        from: Timestamp,
    },
    /// They are going to be in the mentors' list.
    Listed {
        /// The time from which the entry shows.
        from: Timestamp,
    },
    /// They are out of the mentors' list.
    Unlisted,
    /// Do they still want to be in the mentors' list?
    StillWilling {
        /// The time at which they leave the list, if they say nothing.
        by: Timestamp,
    },
    /// They stay in it.
    StillListed,
    /// They left it, having said nothing for long.
    LeftList,
    /// A part of the mentors' list.
    Mentors {
        /// The topic that was looked for.
        topic: Option<String>,
        /// The entries, by the numbers under which they can be chosen.
        entries: Vec<(usize, Published)>,
        /// Whether there are more.
        more: bool,
    },
    /// There is nobody in the mentors' list, or nobody whose entry is about this.
    NoMentors {
        /// The topic that was looked for.
        topic: Option<String>,
        /// Whether the whole list is empty.
        #[serde(default)]
        empty: bool,
    },
    /// They have seen the whole list.
    NoMore,
    /// They picked from the list, and it is open whom, or whom first.
    WhichEntry,
    /// They chose by a number, and were shown no list.
    NoListShown,
    /// No entry that they were shown has that number.
    NoSuchEntry {
        /// The number they gave.
        number: usize,
    },
    /// The entry of that number is no longer in the list.
    EntryGone {
        /// The number they gave.
        number: usize,
    },
    /// The contact card of whomever they chose, before they write to them (requirement A1).
    Contact {
        /// The entry as readers see it.
        card: Published,
    },
    /// The service does not offer that (requirement D9).
    NotOffered {
        /// The features that it does offer.
        offers: Offers,
    },
}

/// Somebody's standing in the mentors' list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Listing {
    /// It is not for their role, or the service has none.
    NotForThem,
    /// They could be in it.
    Could,
    /// They are going to be in it from then on.
    From(Timestamp),
    /// They are in it.
    Is,
}

/// The reasons for which a card is left as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unfit {
    /// No field is called that, or it is not on the card of their role.
    NoSuchField {
        /// The words that they wrote for a field.
        found: String,
        /// The fields there are.
        fields: Vec<Field>,
    },
    /// The service alone says what stands in it.
    KeptByService {
        /// The field that the service keeps.
        field: Field,
    },
    /// The value goes beyond the field's limit.
    TooLong {
        /// The field that is too long.
        field: Field,
        /// The most, in characters.
        limit: usize,
        /// The number of characters there were.
        found: usize,
    },
    /// The words are no email address, or no telephone number.
    NotOne {
        /// The field that they were meant for.
        field: Field,
    },
    /// There is nothing in it.
    Empty {
        /// The field without a value.
        field: Field,
    },
    /// The audience was not understood.
    WhoSees {
        /// The field that was meant.
        field: Field,
        /// Whether the mentors' list is for them.
        listable: bool,
    },
    /// A way to reach them goes to people they agree to meet, and no further.
    ReachesOnly {
        /// The field that is shown to some only.
        field: Field,
    },
    /// The mentors' list is for others.
    NotForThem,
    /// They are in it already.
    AlreadyListed,
    /// They are not in it.
    NotListed,
    /// They said that nobody is to see this, so it is not added.
    ForNobody {
        /// The field that nobody may see.
        field: Field,
    },
}

impl From<Cards> for Say {
    fn from(cards: Cards) -> Self {
        Self::Cards(cards)
    }
}

impl From<Unfit> for Say {
    fn from(unfit: Unfit) -> Self {
        Self::Cards(Cards::Unfit(unfit))
    }
}

impl Cards {
    /// The mentors whose entries it shows.
    pub fn shows(&self) -> Vec<MemberId> {
        match self {
            Self::Mentors { entries, .. } => entries.iter().map(|(_, card)| card.of()).collect(),
            Self::Contact { card } => vec![card.of()],
            Self::Own { .. }
            | Self::Written { .. }
            | Self::Emptied { .. }
            | Self::ShownTo { .. }
            | Self::Unfit(_)
            | Self::ListOffer { .. }
            | Self::Listed { .. }
            | Self::Unlisted
            | Self::StillWilling { .. }
            | Self::StillListed
            | Self::LeftList
            | Self::NoMentors { .. }
            | Self::NoMore
            | Self::WhichEntry
            | Self::NoListShown
            | Self::NoSuchEntry { .. }
            | Self::EntryGone { .. }
            | Self::NotOffered { .. } => vec![],
        }
    }

    /// Whether it shows anybody's details, the reader's own among them.
    pub fn shows_details(&self) -> bool {
        let own = matches!(self, Self::Own { .. } | Self::Written { .. } | Self::ListOffer { .. });
        own || !self.shows().is_empty()
    }

    /// The sentence for it.
    pub(crate) fn wording(&self) -> Wording {
        use Arg::{Lines, Number, Text, When};
        match self {
            Self::Own { lines: own, empty, listing } => Wording::with(
                "profile",
                vec![
                    ("filled", count(own.len())),
                    ("card", Lines(own.iter().map(|(shown, audience)| own_line(shown, *audience)).collect())),
                    ("unfilled", count(empty.len())),
                    ("empty", Arg::Listed(titles(empty))),
                    ("listing", Lines(vec![listing.wording()])),
                ],
            ),
            Self::Written { shown, audience, from } => Wording::with(
                "profile-written",
                vec![
                    ("line", Lines(lines(std::slice::from_ref(shown)))),
                    ("who", Lines(vec![who_sees(*audience)])),
                    ("listed", flag(from.is_some())),
                    ("from", When(from.unwrap_or(Timestamp::from_millis(0)))),
                ],
            ),
            Self::Emptied { field, listed } => {
                Wording::with("profile-emptied", vec![("field", word(*field)), ("listed", flag(*listed))])
            }
            Self::ShownTo { field, audience, listed, from } => Wording::with(
                "profile-shown-to",
                vec![
                    ("field", word(*field)),
                    ("who", Lines(vec![who_sees(*audience)])),
                    ("invites", flag(!listed && *audience == Audience::Directory)),
                    ("later", flag(from.is_some())),
                    ("from", When(from.unwrap_or(Timestamp::from_millis(0)))),
                ],
            ),
            Self::Unfit(unfit) => unfit.wording(),
            Self::ListOffer { shows, from } => Wording::with(
                "list-offer",
                vec![("shows", Lines(lines(shows))), ("fields", count(shows.len())), ("from", When(*from))],
            ),
            Self::Listed { from } => Wording::with("list-agreed", vec![("from", When(*from))]),
            Self::Unlisted => Wording::plain("list-left"),
            Self::StillWilling { by } => Wording::with("list-still-willing", vec![("by", When(*by))]),
            Self::StillListed => Wording::plain("list-still-in"),
            Self::LeftList => Wording::plain("list-left-silent"),
            Self::Mentors { topic, entries, more } => Wording::with(
                "mentors",
                vec![
                    ("searched", flag(topic.is_some())),
                    ("topic", Text(topic.clone().unwrap_or_default())),
                    ("entries", Lines(entries.iter().map(|(number, card)| entry_line(*number, card)).collect())),
                    ("example", Number(entries.first().map_or(1, |(number, _)| *number as u64))),
                    ("more", flag(*more)),
                ],
            ),
            Self::NoMentors { topic, empty } => Wording::with(
                "mentors-none",
                vec![("searched", flag(topic.is_some() && !empty)), ("topic", Text(topic.clone().unwrap_or_default()))],
            ),
            Self::NoMore => Wording::plain("mentors-no-more"),
            Self::WhichEntry => Wording::plain("mentors-which"),
            Self::NoListShown => Wording::plain("mentors-not-shown"),
            Self::NoSuchEntry { number } => Wording::with("mentors-no-such-number", vec![("number", count(*number))]),
            Self::EntryGone { number } => Wording::with("mentors-gone", vec![("number", count(*number))]),
            Self::Contact { card } => Wording::with(
                "contact-card",
                vec![
                    ("name", Text(card.value(Field::Name).unwrap_or_default().to_owned())),
                    ("card", Lines(lines(card.fields()))),
                ],
            ),
            Self::NotOffered { offers } => Wording::with("not-offered", offered(*offers)),
        }
    }
}

impl Listing {
    fn wording(self) -> Wording {
        match self {
            Self::NotForThem => Wording::plain("listing-not-for-them"),
            Self::Could => Wording::plain("listing-could"),
            Self::From(from) => Wording::with("listing-from", vec![("from", Arg::When(from))]),
            Self::Is => Wording::plain("listing-is"),
        }
    }
}

impl Unfit {
    fn wording(&self) -> Wording {
        match self {
            Self::NoSuchField { found, fields } => Wording::with(
                "profile-no-such-field",
                vec![("found", Arg::Text(found.clone())), ("fields", Arg::Listed(titles(fields)))],
            ),
            Self::KeptByService { field } => Wording::with("profile-kept-by-service", vec![("field", word(*field))]),
            Self::TooLong { field, limit, found } => Wording::with(
                "profile-too-long",
                vec![("field", word(*field)), ("limit", count(*limit)), ("found", count(*found))],
            ),
            Self::NotOne { field } => Wording::with("profile-not-one", vec![("field", word(*field))]),
            Self::Empty { field } => Wording::with("profile-empty", vec![("field", word(*field))]),
            Self::WhoSees { field, listable } => {
                Wording::with("profile-who-sees", vec![("field", word(*field)), ("listable", flag(*listable))])
            }
            Self::ReachesOnly { field } => Wording::with("profile-reaches-only", vec![("field", word(*field))]),
            Self::NotForThem => Wording::plain("list-not-for-them"),
            Self::AlreadyListed => Wording::plain("list-already-in"),
            Self::NotListed => Wording::plain("list-not-in"),
            Self::ForNobody { field } => Wording::with("profile-for-nobody", vec![("field", word(*field))]),
        }
    }
}

fn own_line(shown: &Shown, audience: Audience) -> Wording {
    let line = Arg::Lines(lines(std::slice::from_ref(shown)));
    Wording::with("profile-line", vec![("line", line), ("who", Arg::Lines(vec![who_sees(audience)]))])
}

fn who_sees(audience: Audience) -> Wording {
    Wording::plain(match audience {
        Audience::Nobody => "sees-nobody",
        Audience::Meeting => "sees-meeting",
        Audience::Directory => "sees-directory",
        Audience::Members => "sees-members",
    })
}

/// An entry in a line: who, and what tells them apart.
fn entry_line(number: usize, card: &Published) -> Wording {
    let name = card.value(Field::Name).unwrap_or_default().to_owned();
    let about = [Field::Headline, Field::Work, Field::Organisation];
    let about: Vec<&str> = about.iter().filter_map(|field| card.value(*field)).collect();
    let gladly = card.value(Field::Gladly);
    Wording::with(
        "mentors-line",
        vec![
            ("number", count(number)),
            ("name", Arg::Text(name)),
            ("described", flag(!about.is_empty())),
            ("about", Arg::Text(about.join(", "))),
            ("talks", flag(gladly.is_some())),
            ("gladly", Arg::Text(gladly.unwrap_or_default().to_owned())),
        ],
    )
}

fn word(field: Field) -> Arg {
    Arg::Listed(titles(&[field]))
}

fn count(number: usize) -> Arg {
    Arg::Number(number as u64)
}

fn flag(is: bool) -> Arg {
    Arg::Number(u64::from(is))
}

/// The lines of a card, as people type them.
fn titles(fields: &[Field]) -> Vec<Wording> {
    let title = |field: &Field| match field {
        Field::Name => "card-name",
        Field::Address => "card-matrix-id",
        Field::Headline => "card-headline",
        Field::Course => "card-course",
        Field::Organisation => "card-organisation",
        Field::Work => "card-work",
        Field::Year => "card-year",
        Field::Gladly => "card-gladly",
        Field::RatherNot => "card-rather-not",
        Field::Languages => "card-languages",
        Field::AnswerTime => "card-answer-time",
        Field::Email => "card-email",
        Field::Phone => "card-phone",
    };
    fields.iter().map(|field| Wording::plain(title(field))).collect()
}
