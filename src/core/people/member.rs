//! Members: the people whom the hub knows, their roles, and the fields that they let others see.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::dialogue::Dialogue;
use crate::id::MemberId;
use crate::mentors::card::{Audience, Card};
use crate::name::{Address, DisplayName};
use crate::people::availability::Availability;
use crate::rooms::Places;
use crate::time::Timestamp;

/// The role of a member at this careers service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Nobody has verified their role yet: they can read the welcome and ask for help.
    Unverified,
    /// Somebody who studies here.
    Student,
    /// Somebody who studied here.
    Alumnus,
    /// Speaks for an organisation that employs people.
    Employer,
    /// A careers adviser, who may broker.
    Staff,
    /// A social media intern: time-boxed, with no access to requests (requirement D10).
    Intern,
    /// Somebody who runs the hub.
    Administrator,
}

impl Role {
    /// Every role, in the order of the variants.
    pub const ALL: [Self; 7] = [
        Self::Unverified,
        Self::Student,
        Self::Alumnus,
        Self::Employer,
        Self::Staff,
        Self::Intern,
        Self::Administrator,
    ];

    /// Whether this role takes part in introductions at all. No other role is refused outright (requirement A10).
    pub fn takes_part(self) -> bool {
        match self {
            Self::Student | Self::Alumnus | Self::Employer | Self::Staff | Self::Administrator => true,
            Self::Unverified | Self::Intern => false,
        }
    }

    /// Whether people of this role verify others, approve organisations and hear from people who ask the staff for
    /// help.
    pub fn is_staff(self) -> bool {
        match self {
            Self::Staff | Self::Administrator => true,
            Self::Unverified | Self::Student | Self::Alumnus | Self::Employer | Self::Intern => false,
        }
    }

    /// A stable short name for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unverified => "unverified",
            Self::Student => "student",
            Self::Alumnus => "alumnus",
            Self::Employer => "employer",
            Self::Staff => "staff",
            Self::Intern => "intern",
            Self::Administrator => "administrator",
        }
    }

    /// The role a person means by this word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "student" => Some(Self::Student),
            "alumnus" | "alumna" | "alum" | "alumni" | "graduate" => Some(Self::Alumnus),
            "employer" => Some(Self::Employer),
            "staff" | "adviser" | "advisor" => Some(Self::Staff),
            "intern" => Some(Self::Intern),
            "administrator" | "admin" => Some(Self::Administrator),
            _ => None,
        }
    }
}

/// Something about a member that another can be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The name that the service lists.
    Name,
    /// The address of their account. A shared room shows it, so it always comes with one.
    #[serde(rename = "matrix-id")]
    Address,
    /// Their occupation, in a line.
    Headline,
    /// The course that they study or studied.
    Course,
    /// The organisation that they work for.
    Organisation,
    /// The kind of work they do.
    Work,
    /// The year they are in, or finished in.
    Year,
    /// Topics that they gladly talk about.
    Gladly,
    /// Topics that they would rather not be asked about.
    RatherNot,
    /// The languages they speak.
    Languages,
    /// The time in which they usually answer, as they state it (requirement A4).
    AnswerTime,
    /// An email address.
    Email,
    /// A telephone number.
    Phone,
}

impl Field {
    /// Every field, in the order in which people are shown them.
    pub const ALL: [Self; 13] = [
        Self::Name,
        Self::Address,
        Self::Headline,
        Self::Course,
        Self::Organisation,
        Self::Work,
        Self::Year,
        Self::Gladly,
        Self::RatherNot,
        Self::Languages,
        Self::AnswerTime,
        Self::Email,
        Self::Phone,
    ];

    /// Whether it is a way to reach somebody outside. Such a field goes only once both have said yes; the others, when
    /// ticked, stand in the request.
    pub fn reaches(self) -> bool {
        match self {
            Self::Email | Self::Phone => true,
            Self::Name
            | Self::Address
            | Self::Headline
            | Self::Course
            | Self::Organisation
            | Self::Work
            | Self::Year
            | Self::Gladly
            | Self::RatherNot
            | Self::Languages
            | Self::AnswerTime => false,
        }
    }

    /// A stable short name for it, as it stands in fingerprints: it must never change.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "Name",
            Self::Address => "MatrixId",
            Self::Headline => "Headline",
            Self::Course => "Course",
            Self::Organisation => "Organisation",
            Self::Work => "Work",
            Self::Year => "Year",
            Self::Gladly => "Gladly",
            Self::RatherNot => "RatherNot",
            Self::Languages => "Languages",
            Self::AnswerTime => "AnswerTime",
            Self::Email => "Email",
            Self::Phone => "Phone",
        }
    }

    /// The field a person means by this word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "name" => Some(Self::Name),
            "id" | "matrix" | "address" | "handle" => Some(Self::Address),
            "headline" | "job" | "title" => Some(Self::Headline),
            "course" | "degree" | "subject" => Some(Self::Course),
            "organisation" | "organization" | "employer" | "company" => Some(Self::Organisation),
            "work" | "field" | "sector" | "industry" => Some(Self::Work),
            "year" => Some(Self::Year),
            "gladly" | "topics" => Some(Self::Gladly),
            "rather-not" | "don't" => Some(Self::RatherNot),
            "languages" | "language" => Some(Self::Languages),
            "answers" | "answer-time" | "availability" => Some(Self::AnswerTime),
            "email" | "e-mail" | "mail" => Some(Self::Email),
            "phone" | "telephone" | "mobile" | "number" => Some(Self::Phone),
            _ => None,
        }
    }
}

/// A set of fields.
pub type Fields = BTreeSet<Field>;

/// Whether a person is a member now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// They are a member.
    Current,
    /// They were. Nothing is asked of them any more.
    Ended,
    /// They asked to be forgotten, and will be by then.
    Leaving(Timestamp),
}

/// A person, as the service lists them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The account at which they are reached.
    pub address: Address,
    /// The name in the service's records.
    pub name: DisplayName,
    /// Their role here.
    pub role: Role,
    /// Further details they could show: only fields that are written in a line of text, never the name or the address.
    #[serde(default)]
    pub details: Details,
}

/// The details that somebody could show of themselves, field by field. Outside of the core nobody reads them but by a
/// consent, as a [`Disclosure`](crate::consent::Disclosure) or an entry that is
/// [`Published`](crate::consent::Published):
///
/// ```compile_fail,E0616
/// fn email_of(member: &lodge_core::people::member::Member) -> Option<&String> {
///     member.person.details.0.get(&lodge_core::people::member::Field::Email)
/// }
/// ```
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Details(pub(crate) BTreeMap<Field, String>);

impl Details {
    /// These fields with their values.
    pub fn of(fields: BTreeMap<Field, String>) -> Self {
        Self(fields)
    }
}

/// Prints the names of the fields, and none of the values.
impl fmt::Debug for Details {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl FromIterator<(Field, String)> for Details {
    fn from_iter<T: IntoIterator<Item = (Field, String)>>(fields: T) -> Self {
        Self(fields.into_iter().collect())
    }
}

/// A member's yes to the boundaries, which they have read (requirement B1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreement {
    /// The edition of the boundaries.
    pub edition: String,
    /// The time of the yes.
    pub at: Timestamp,
}

/// A member, with everything that is theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The member's own id, which says nothing about them.
    pub id: MemberId,
    /// The person, as the service lists them.
    pub person: Person,
    /// Whether they are a member now.
    pub standing: Standing,
    /// The number of times that they had ceased to be a member, and came back.
    #[serde(default)]
    pub returns: u32,
    /// The dialogue between the porter and the member.
    #[serde(default)]
    pub dialogue: Dialogue,
    /// Their settings for the requests they are brought.
    #[serde(default)]
    pub availability: Availability,
    /// The edition of the policy page that they were last told of.
    #[serde(default)]
    pub policy_told: Option<String>,
    /// Their decisions about their card.
    #[serde(default)]
    pub card: Card,
    /// The edition of the boundaries that they were last shown.
    #[serde(default)]
    pub boundaries_told: Option<String>,
    /// The boundaries that they agreed to.
    #[serde(default)]
    pub agreed: Option<Agreement>,
    /// The times at which they asked the staff for help in the last day.
    #[serde(default)]
    pub helped_at: Vec<Timestamp>,
    /// Their standing in the rooms for many.
    #[serde(default)]
    pub rooms: Places,
}

impl Member {
    /// Whether they agreed to this edition of the boundaries.
    pub fn has_agreed(&self, edition: &str) -> bool {
        self.agreed.as_ref().is_some_and(|agreement| agreement.edition == edition)
    }

    /// The fields that this member has something in, and lets anybody see at all.
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::from([Field::Name, Field::Address]);
        fields.extend(self.person.details.0.keys().filter(|field| self.audience(**field) != Audience::Nobody));
        fields
    }

    /// The value of one of this member's fields. Only the consent module shows it to another.
    pub(crate) fn value(&self, field: Field) -> Option<String> {
        match field {
            Field::Name => Some(self.person.name.to_string()),
            Field::Address => Some(self.person.address.to_string()),
            Field::Headline
            | Field::Course
            | Field::Organisation
            | Field::Work
            | Field::Year
            | Field::Gladly
            | Field::RatherNot
            | Field::Languages
            | Field::AnswerTime
            | Field::Email
            | Field::Phone => {
                let open = self.audience(field) != Audience::Nobody;
                self.person.details.0.get(&field).filter(|_| open).cloned()
            }
        }
    }
}
