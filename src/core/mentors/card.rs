//! Cards: what members let others see of them, field by field, each with its audience (requirements A1, C11, D5).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::consent::Publication;
use crate::people::member::{Field, Fields, Member, Person, Role};
use crate::people::roster::MailAddress;
use crate::time::Timestamp;

/// The people who may be shown a field. Each variant includes those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Nobody, even by consent.
    Nobody,
    /// People they agree to meet, when they add it to a request or a yes.
    Meeting,
    /// Everybody who reads the mentors' list, while they are in it.
    Directory,
    /// Any member: it goes with each request of theirs too, unless they take it out.
    Members,
}

impl Audience {
    /// A stable short name for it, as it stands in fingerprints: it must never change.
    pub fn code(self) -> &'static str {
        match self {
            Self::Nobody => "Nobody",
            Self::Meeting => "Meeting",
            Self::Directory => "Directory",
            Self::Members => "Members",
        }
    }

    /// The audience that a person means by these words.
    pub fn from_words(words: &[&str]) -> Option<Self> {
        let significant: Vec<&str> =
            words.iter().copied().filter(|word| !["the", "all", "only", "to", "other"].contains(word)).collect();
        Some(match significant[..] {
            ["nobody" | "none" | "noone" | "me" | "myself"] | ["no", "one"] => Self::Nobody,
            ["people" | "who", "i", ..] | ["people" | "meeting" | "introductions"] => Self::Meeting,
            ["mentors" | "mentors'" | "mentor" | "mentor's" | "list" | "directory"]
            | ["mentors" | "mentors'" | "mentor" | "mentor's", "list" | "directory"] => Self::Directory,
            ["members" | "everyone" | "everybody" | "anybody" | "anyone"] => Self::Members,
            _ => return None,
        })
    }
}

/// The state of a card that somebody agreed to. It follows from the card's content.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CardVersion(String);

/// A member's decisions about their card. The values of its fields are among their details.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Card {
    /// Fields that they wrote or emptied themselves. The service's list does not change these.
    #[serde(default)]
    pub own: BTreeSet<Field>,
    /// The audience of each field for which they set one.
    #[serde(default)]
    pub audiences: BTreeMap<Field, Audience>,
    /// Their consent to be in the mentors' list.
    #[serde(default)]
    pub publication: Option<Publication>,
    /// Their card as they were last shown it before agreeing to that.
    #[serde(default)]
    pub offered: Option<CardVersion>,
    /// Since when they have said nothing, though a request was brought to them as a mentor.
    #[serde(default)]
    pub silence: Option<Silence>,
}

impl Card {
    /// Whether they wrote this field themselves, or said who may see it.
    pub fn has_own_say(&self, field: Field) -> bool {
        self.own.contains(&field) || self.audiences.contains_key(&field)
    }
}

/// Somebody who is in the mentors' list was brought a request, and has said nothing since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Silence {
    /// The time since which they have said nothing.
    pub since: Timestamp,
    /// Whether they were asked if they still want to be in the list.
    pub asked: bool,
}

impl Role {
    /// Whether who has it can choose to be in the mentors' list (requirement D5). Nobody else ever is.
    pub fn can_be_listed(self) -> bool {
        match self {
            Self::Alumnus | Self::Employer => true,
            Self::Unverified | Self::Student | Self::Staff | Self::Intern | Self::Administrator => false,
        }
    }

    /// The fields that make sense on the card of somebody who has it, in the order in which they are shown.
    pub fn card_fields(self) -> &'static [Field] {
        use Field::{
            AnswerTime, Course, Email, Gladly, Headline, Languages, Organisation, Phone, RatherNot, Work, Year,
        };
        match self {
            Self::Student => &[Headline, Course, Year, Languages, Email, Phone],
            Self::Alumnus => {
                &[Headline, Work, Organisation, Course, Year, Gladly, RatherNot, Languages, AnswerTime, Email, Phone]
            }
            Self::Employer => &[Headline, Work, Organisation, Gladly, RatherNot, Languages, AnswerTime, Email, Phone],
            Self::Staff | Self::Administrator => {
                &[Headline, Organisation, Gladly, RatherNot, Languages, AnswerTime, Email, Phone]
            }
            Self::Unverified | Self::Intern => &[],
        }
    }

    /// Whether the service alone writes this field: the organisation that an employer's people speak for is verified.
    pub fn is_kept_for(self, field: Field) -> bool {
        self == Self::Employer && field == Field::Organisation
    }
}

impl Field {
    /// Whether it belongs to the entry of somebody who is in the mentors' list, unless they say otherwise.
    pub fn is_on_entries(self) -> bool {
        match self {
            Self::Name
            | Self::Headline
            | Self::Work
            | Self::Organisation
            | Self::Gladly
            | Self::RatherNot
            | Self::Languages
            | Self::AnswerTime => true,
            Self::Address | Self::Course | Self::Year | Self::Email | Self::Phone => false,
        }
    }

    /// The most characters that fit in it: a line, or a few for topics to talk about.
    pub fn chars_max(self) -> usize {
        match self {
            Self::Gladly | Self::RatherNot => 300,
            Self::Name
            | Self::Address
            | Self::Headline
            | Self::Work
            | Self::Organisation
            | Self::Course
            | Self::Year
            | Self::Languages
            | Self::AnswerTime
            | Self::Email
            | Self::Phone => 100,
        }
    }

    /// Whether this could stand in it.
    pub fn takes(self, value: &str) -> bool {
        match self {
            Self::Email => MailAddress::parse(value).is_ok(),
            Self::Phone => value.chars().filter(char::is_ascii_digit).count() >= 5,
            Self::Name
            | Self::Address
            | Self::Headline
            | Self::Work
            | Self::Organisation
            | Self::Course
            | Self::Year
            | Self::Gladly
            | Self::RatherNot
            | Self::Languages
            | Self::AnswerTime => true,
        }
    }

    /// The field that these words begin with, and how many of them name it.
    pub fn at_start(words: &[&str]) -> Option<(Self, usize)> {
        const LONG: [(&[&str], Field); 8] = [
            (&["field", "of", "work"], Field::Work),
            (&["what", "i", "gladly", "talk", "about"], Field::Gladly),
            (&["gladly", "talk", "about"], Field::Gladly),
            (&["talk", "about"], Field::Gladly),
            (&["what", "i", "don't"], Field::RatherNot),
            (&["rather", "not"], Field::RatherNot),
            (&["answer", "time"], Field::AnswerTime),
            (&["answer", "times"], Field::AnswerTime),
        ];
        let long = LONG.iter().find(|(name, _)| words.starts_with(name)).map(|(name, field)| (*field, name.len()));
        long.or_else(|| Some((Self::from_word(words.first()?)?, 1)))
    }
}

impl Member {
    /// Whether they have agreed to be in the mentors' list.
    pub fn is_listed(&self) -> bool {
        self.card.publication.is_some()
    }

    /// The person as the service lists them now, with their own words in the fields that they wrote themselves.
    pub fn with_own_words(&self, mut listed: Person) -> Person {
        for field in self.card.own.iter().filter(|field| !listed.role.is_kept_for(**field)) {
            match self.person.details.0.get(field) {
                Some(value) => listed.details.0.insert(*field, value.clone()),
                None => listed.details.0.remove(field),
            };
        }
        listed
    }

    /// The people who may be shown this field: as the member said, or else people they agree to meet, and the list's
    /// readers for fields that they agreed to have in the mentors' list.
    pub fn audience(&self, field: Field) -> Audience {
        let listed = self.card.publication.as_ref().is_some_and(|publication| publication.fields().contains(&field));
        let usual = if listed { Audience::Directory } else { Audience::Meeting };
        self.card.audiences.get(&field).copied().unwrap_or(usual)
    }

    /// The fields that their entry in the mentors' list would show if they agreed to it now.
    pub fn entry_fields(&self) -> Fields {
        let would_show = |field: &Field| match self.card.audiences.get(field) {
            Some(audience) => *audience >= Audience::Directory,
            None => field.is_on_entries(),
        };
        let there = self.person.details.0.keys().copied().filter(|field| !field.reaches());
        there.filter(would_show).chain([Field::Name]).collect()
    }

    /// The fields that go with each request of theirs unless they take them out.
    pub fn open_fields(&self) -> Fields {
        let open = |field: &Field| !field.reaches() && self.audience(*field) == Audience::Members;
        self.fields().into_iter().filter(open).chain([Field::Name]).collect()
    }

    /// The version of their card as it is now.
    pub fn card_version(&self) -> CardVersion {
        let mut hash = Sha256::new();
        let mut part = |text: &str| {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        };
        part(self.person.name.as_str());
        part(self.person.address.as_str());
        for (field, value) in &self.person.details.0 {
            part(field.code());
            part(self.audience(*field).code());
            part(value);
        }
        let digest = hash.finalize();
        let start = digest.first_chunk::<8>().copied().unwrap_or_default();
        CardVersion(format!("{:016x}", u64::from_be_bytes(start)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn d05_students_counsellors_staff_and_interns_can_never_be_listed() {
        let listable: Vec<Role> = Role::ALL.into_iter().filter(|role| role.can_be_listed()).collect();
        assert_eq!(listable, [Role::Alumnus, Role::Employer]);
    }

    #[test]
    fn a_card_has_no_field_that_makes_no_sense_for_its_role() {
        for role in Role::ALL {
            let fields = role.card_fields();
            assert!(!fields.contains(&Field::Name) && !fields.contains(&Field::Address), "{role:?}");
            assert_eq!(fields.contains(&Field::Work), role.can_be_listed(), "{role:?}");
            let studies = [Role::Student, Role::Alumnus].contains(&role);
            assert_eq!(fields.contains(&Field::Course), studies, "{role:?}");
        }
    }

    #[test]
    fn an_audience_is_understood_in_the_words_that_come_to_mind() {
        for (words, audience) in [
            ("members", Some(Audience::Members)),
            ("all members", Some(Audience::Members)),
            ("everyone", Some(Audience::Members)),
            ("the mentors list", Some(Audience::Directory)),
            ("mentors", Some(Audience::Directory)),
            ("people i meet", Some(Audience::Meeting)),
            ("people i agree to meet", Some(Audience::Meeting)),
            ("nobody", Some(Audience::Nobody)),
            ("no one", Some(Audience::Nobody)),
            ("only me", Some(Audience::Nobody)),
            ("my cat", None),
            ("", None),
        ] {
            let split: Vec<&str> = words.split_whitespace().collect();
            assert_eq!(Audience::from_words(&split), audience, "{words}");
        }
    }
}
