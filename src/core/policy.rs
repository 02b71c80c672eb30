//! The service's rules and settings, as the core needs them.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use crate::arranging::call::CallLink;
use crate::command::courtesy::without_thanks;
use crate::command::phrases::Phrases;
use crate::command::{numbered, plain_words};
use crate::consent::Versions;
use crate::interview::{Lists, asks_about_work, is_interview};
use crate::mark::MarkKey;
use crate::name::Address;
use crate::rooms::RoomSettings;
use crate::time::{OfficeHour, Span, Timestamp};

/// A purpose from the service's closed list, by its short name, such as `information-interview`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PurposeId(String);

impl PurposeId {
    /// The purpose with this short name.
    pub fn new(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// The short name, as the configuration has it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PurposeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Something that people may be introduced for. The list is closed; personal purposes are not on it (requirement C5).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purpose {
    /// Its short name, which is kept in consents.
    pub id: PurposeId,
    /// The purpose as people read it, such as "an information interview".
    pub label: String,
}

/// The service's settings. Every duration and limit of the core is here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The service's name, as people know it.
    pub service: String,
    /// The porter's own address.
    pub porter: Address,
    /// The least time for which a request that was sent is on its way, whomever it names; the most is twice that. Until then
    /// it can be taken back as if it had never been (decision 27).
    pub bring_after: Span,
    /// An addressee has this long to answer (requirement A8).
    pub answer_within: Span,
    /// The time of day at which a wait ends.
    pub office: OfficeHour,
    /// Each reminder to the addressee goes this long after the request.
    pub reminders: Vec<Span>,
    /// Two people have this long to come into the room that was opened for them.
    pub join_within: Span,
    /// A withdrawal is acknowledged after this long: time enough for messages on their way to arrive and be taken back,
    /// and the same for every addressee.
    pub settle: Span,
    /// Each is asked how it went this long after both came into their room.
    pub ask_after: Span,
    /// The form of the links by which two people who meet can call each other.
    pub call_link: Option<CallLink>,
    /// An introduction is kept this long once it has ended, or once both have met.
    pub kept_for: Span,
    /// Somebody who asks for it is forgotten within this time (requirement A22).
    pub forget_within: Span,
    /// The limits on what one member may do.
    pub limits: Limits,
    /// The longest message in a request, in characters.
    pub message_chars_max: usize,
    /// The longest reason, question or answer that is carried, in characters.
    pub words_chars_max: usize,
    /// The closed list of purposes. Never empty.
    pub purposes: Vec<Purpose>,
    /// Words of purposes that are personal and are refused with the policy (requirement C5), in lower case.
    pub personal: Vec<String>,
    /// The policy page, as the service wrote it (requirement C8). Its edition stands in the versions.
    pub policy: String,
    /// The editions in force.
    pub versions: Versions,
    /// The settings of joining.
    pub joining: Joining,
    /// The rooms for many.
    pub rooms: RoomSettings,
    /// The features that the service offers by now.
    pub offers: Offers,
    /// The settings of the mentors' list.
    pub directory: Directory,
    /// The accounts that counsel, and their service's own. They are public and never members: a requester who asks for
    /// one gets the one answer (requirements B2 and B10).
    pub counsels: BTreeSet<Address>,
    /// The things that people write without knowing any command, in the porter's language.
    pub phrases: Arc<Phrases>,
    /// The service's lists that help with requests.
    pub lists: Lists,
    /// The key of the marks that outlive those they are about.
    pub mark_key: MarkKey,
}

/// The settings of joining.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joining {
    /// The edition of the boundaries, which everybody agrees to before their first request (requirement B1).
    pub boundaries: String,
    /// A link to the confidential service, if there is one (requirement B5).
    pub quiet_room: Option<String>,
    /// Somebody whom nobody has verified may stay this long.
    pub visit: Span,
    /// There may be this many such people at a time. Anybody else who comes then is not let in.
    pub visitors: usize,
    /// One person may ask the staff for help this often in a day.
    pub help_a_day: usize,
}

/// The features that the service offers by now: it can start small (requirement D9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is switched on or off by itself")]
pub struct Offers {
    /// Asking to be introduced to somebody.
    pub introductions: bool,
    /// Rooms for many.
    pub rooms: bool,
    /// The mentors' list.
    pub mentors: bool,
    /// Events. Older rows do not tell, for there were none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub events: bool,
}

/// A part of the service that can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// Asking to be introduced to somebody.
    Introductions,
    /// Rooms for many.
    Rooms,
    /// The mentors' list.
    Mentors,
    /// Events that staff announce and members come to.
    Events,
}

impl Offers {
    /// Whether the service offers this.
    pub fn has(self, feature: Feature) -> bool {
        match feature {
            Feature::Introductions => self.introductions,
            Feature::Rooms => self.rooms,
            Feature::Mentors => self.mentors,
            Feature::Events => self.events,
        }
    }
}

impl Default for Offers {
    fn default() -> Self {
        Self { introductions: true, rooms: true, mentors: true, events: true }
    }
}

/// The settings of the mentors' list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    /// The time of day at which its entries change, in the service's zone.
    pub changes_at: Time,
    /// This many entries are shown at a time.
    pub page: usize,
    /// Somebody in the list may say nothing for this long, once a request was brought to them, before they are asked
    /// whether they still want to be in it.
    pub silent_after: Span,
    /// The last days of terms, by month and day. Without any, a mentor who is asked has as long again as they were
    /// silent.
    pub term_ends: Vec<(i8, i8)>,
}

impl Default for Directory {
    fn default() -> Self {
        Self {
            changes_at: Time::constant(6, 0, 0, 0),
            page: 6,
            silent_after: Span::from_days(120),
            term_ends: vec![(3, 20), (6, 20), (12, 12)],
        }
    }
}

/// The least time that somebody has to say that they still want to be in the mentors' list.
const TERM_NOTICE: Span = Span::from_days(7);

impl Settings {
    /// A try to say something that shows somebody's details may take this long. So a message that was on its way when
    /// somebody withdrew has arrived, or been given up, before the withdrawal is acknowledged.
    pub fn words_within(&self) -> Span {
        Span::from_millis(self.settle.as_millis() / 5 * 4)
    }

    /// The first moment, from this one on, at which entries of the mentors' list change.
    pub fn list_changes(&self, from: Timestamp) -> Timestamp {
        self.list_hour().not_before(from)
    }

    /// The last moment, up to this one, at which they changed.
    pub fn list_changed(&self, until: Timestamp) -> Timestamp {
        self.list_hour().not_after(until)
    }

    /// The time at which a mentor who is asked now whether they still want to be in the list leaves it, if they say
    /// nothing.
    pub fn term_end(&self, asked: Timestamp) -> Timestamp {
        let Directory { silent_after, term_ends, .. } = &self.directory;
        let hour = self.list_hour();
        let notice = asked.after(TERM_NOTICE);
        let ends = term_ends.iter().filter_map(|(month, day)| hour.next_date(*month, *day, notice));
        ends.min().unwrap_or_else(|| hour.not_before(asked.after(*silent_after)))
    }

    fn list_hour(&self) -> OfficeHour {
        OfficeHour { zone: self.office.zone.clone(), at: self.directory.changes_at }
    }
}

/// The limits on asking and being asked. A month is thirty days, counted back from now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// One member may have this many requests waiting (requirement A9). They are told at once.
    pub waiting: usize,
    /// One member may send this many requests in a month. They are told at once.
    pub sent_a_month: usize,
    /// One member is brought this many requests in a month, unless they set another number themselves. Requests beyond
    /// that get the one answer.
    pub received_a_month: u32,
    /// After a request the same two are left in peace for this long, however it ended. A request before that gets the
    /// one answer.
    pub cooldown: Span,
    /// An addressee may ask this many questions about one request.
    pub questions: usize,
    /// A block lasts this long.
    pub block: Span,
    /// A pause may end this far ahead.
    pub pause: Span,
}

impl Settings {
    /// Whether this account counsels, or is the counselling service's own, and so has no part in anything here.
    pub fn counsels(&self, account: &Address) -> bool {
        self.counsels.contains(account)
    }

    /// The purpose with this id, if the service still offers it.
    pub fn purpose(&self, id: &PurposeId) -> Option<&Purpose> {
        self.purposes.iter().find(|purpose| purpose.id == *id)
    }

    /// Whether these words name a personal purpose: one of the service's words for them, as a word of its own.
    pub fn is_personal(&self, words: &str) -> bool {
        let words = words.to_lowercase();
        let words: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        self.personal.iter().any(|personal| {
            let personal: Vec<&str> = personal.split_whitespace().collect();
            !personal.is_empty() && words.windows(personal.len()).any(|window| window == personal)
        })
    }

    /// The purpose that a person means: by its number in the list, its short name, or words from its label.
    pub fn purpose_meant(&self, words: &str) -> Option<&Purpose> {
        const BEFORE: [&str; 23] = [
            "an", "a", "the", "some", "for", "about", "id", "i", "would", "like", "want", "need", "to", "get", "its",
            "just", "my", "if", "that", "possible", "on", "in", "with",
        ];
        if let Some(number) = numbered(words) {
            return number.checked_sub(1).and_then(|index| self.purposes.get(index));
        }
        let all = plain_words(words);
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let meant: Vec<&str> = without_thanks(&all).iter().copied().skip_while(|word| BEFORE.contains(word)).collect();
        // "Careers advice" is career advice.
        let plain = |text: &str| {
            let words = plain_words(&text.replace('-', " "));
            words.iter().map(|word| word.trim_end_matches('s')).collect::<Vec<_>>().join(" ")
        };
        let words = plain(&meant.join(" "));
        if words.len() < 3 {
            return None;
        }
        let only = |has: &dyn Fn(&str) -> bool| {
            let mut hits = self.purposes.iter().filter(|p| has(&plain(&p.label)) || has(&plain(p.id.as_str())));
            let first = hits.next();
            if hits.next().is_none() { first } else { None }
        };
        // "Info interview", or "advice about my career": in another order, shortened, with other words between.
        let all_in = |label: &str| {
            let of_label =
                |word: &str| label.split(' ').any(|own| own == word || (word.len() > 3 && own.starts_with(word)));
            words.split(' ').filter(|word| !BEFORE.contains(word)).all(of_label)
        };
        let exactly = self.purposes.iter().find(|p| plain(p.id.as_str()) == words);
        let about_work = || self.purposes.iter().find(|p| is_interview(&p.id) && asks_about_work(&all));
        exactly.or_else(|| only(&|label| label.contains(&words))).or_else(|| only(&all_in)).or_else(about_work)
    }
}
