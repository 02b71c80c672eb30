//! The settings of introductions: durations, limits, purposes, and what members may ask of the service.

use std::ops::RangeInclusive;

use jiff::civil::Time;
use lodge_core::arranging::call::CallLink;
use lodge_core::policy::{Purpose, PurposeId};
use lodge_core::time::Span;
use serde::{Deserialize, Deserializer};

/// The settings of introductions.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Introductions {
    /// The least time for which a request is on its way, and half the most.
    pub bring_after: Span,
    /// The addressee has this long to answer.
    pub answer_within: Span,
    /// The time of day at which a wait ends.
    #[serde(deserialize_with = "lodge_plumbing::config::time_of_day")]
    pub answer_at: Time,
    /// The addressee is reminded this long after the request.
    pub reminders: Vec<Span>,
    /// The two have this long to come into their room.
    pub join_within: Span,
    /// A withdrawal is acknowledged this long after it. A message that shows somebody's details has a little less to
    /// arrive.
    pub settle: Span,
    /// Each is asked how it went this long after both came in.
    pub ask_after: Span,
    /// The form of the links by which two people who meet can call each other; none where the service has no such place.
    pub call_link: Option<CallLink>,
    /// An introduction is kept this long once it has ended, or once both have met.
    pub kept_for: Span,
    /// The longest message, in characters.
    pub message_chars_max: usize,
    /// The longest reason, question or answer that is carried, in characters.
    pub words_chars_max: usize,
    /// The closed list of purposes.
    pub purposes: Vec<Purpose>,
    /// Words of purposes that are personal, in lower case.
    #[serde(deserialize_with = "plain_words")]
    pub personal_words: Vec<String>,
}

/// The limits on what one member may do.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// One member may have this many requests waiting.
    pub waiting: usize,
    /// The porter reads this many messages of one member in a minute.
    pub messages_a_minute: usize,
    /// One member may send this many requests in a month.
    pub sent_a_month: usize,
    /// This many requests are brought to one member in a month.
    pub received_a_month: u32,
    /// After a request, nothing more is brought from the one to the other for this long.
    pub cooldown: Span,
    /// An addressee may ask this many questions about one request.
    pub questions: usize,
    /// A block lasts this long.
    pub block: Span,
    /// A pause may end this far ahead.
    pub pause: Span,
}

/// The settings of members' rights.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rights {
    /// Somebody who asks for it is forgotten within this time.
    pub forget_within: Span,
}

impl Introductions {
    pub(super) fn problems(&self) -> Vec<String> {
        let key = |key: &str| format!("introductions.{key}");
        let mut problems: Vec<String> = [
            within(&key("bring_after"), self.bring_after, Span::from_millis(0)..=Span::from_millis(600_000)),
            lasting(&key("answer_within"), self.answer_within),
            lasting(&key("join_within"), self.join_within),
            lasting(&key("ask_after"), self.ask_after),
            // Everything that counts for a month, and the question how it went, must have its time.
            within(&key("kept_for"), self.kept_for, Span::from_days(60)..=Span::from_days(36_500)),
            within(&key("settle"), self.settle, Span::from_millis(1000)..=Span::from_millis(3_600_000)),
            // The longest message must fit, in its two forms and encrypted, in a Matrix event of 65,536 bytes.
            within(&key("message_chars_max"), self.message_chars_max, 1..=4000),
            // Words are carried beside a request, or several of them together.
            within(&key("words_chars_max"), self.words_chars_max, 1..=1000),
            self.purposes.is_empty().then(|| format!("{}: expected more than nothing, found 0", key("purposes"))),
        ]
        .into_iter()
        .flatten()
        .collect();
        for (index, purpose) in self.purposes.iter().enumerate() {
            if self.purposes[..index].iter().any(|other| other.id == purpose.id) {
                problems.push(format!("introductions.purposes[{index}].id: \"{}\" is listed twice", purpose.id));
            }
        }
        if let Some(index) = self.personal_words.iter().position(String::is_empty) {
            problems.push(format!("introductions.personal_words[{index}]: expected a word or several, found none"));
        }
        problems
    }
}

impl Limits {
    pub(super) fn problems(self) -> Vec<String> {
        let Self { waiting, messages_a_minute, sent_a_month, received_a_month, cooldown: _, questions, block, pause } =
            self;
        [
            within("limits.waiting", waiting, 1..=100),
            within("limits.messages_a_minute", messages_a_minute, 1..=1_000_000),
            within("limits.sent_a_month", sent_a_month, 1..=10_000),
            within("limits.received_a_month", received_a_month, 1..=10_000),
            within("limits.questions", questions, 1..=100),
            lasting("limits.block", block),
            lasting("limits.pause", pause),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl Rights {
    pub(super) fn problems(self) -> Option<String> {
        // The law allows a month at most (GDPR, article 12, 3).
        within("rights.forget_within", self.forget_within, Span::from_millis(1)..=Span::from_days(30))
    }
}

impl Default for Introductions {
    fn default() -> Self {
        let purpose = |id: &str, label: &str| Purpose { id: PurposeId::new(id), label: label.to_owned() };
        Self {
            bring_after: Span::from_millis(5_000),
            answer_within: Span::from_days(14),
            answer_at: Time::constant(9, 0, 0, 0),
            reminders: vec![Span::from_days(5), Span::from_days(12)],
            join_within: Span::from_days(7),
            settle: Span::from_millis(10_000),
            ask_after: Span::from_days(14),
            call_link: None,
            kept_for: Span::from_days(730),
            message_chars_max: 2000,
            words_chars_max: 500,
            purposes: vec![
                purpose("information-interview", "an information interview"),
                purpose("career-advice", "career advice"),
                purpose("studies-and-research", "studies and research"),
                purpose("working-together", "working together on a project"),
            ],
            personal_words: PERSONAL_WORDS.map(str::to_owned).into(),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            waiting: 5,
            messages_a_minute: 60,
            sent_a_month: 10,
            received_a_month: 4,
            cooldown: Span::from_days(90),
            questions: 3,
            block: Span::from_days(730),
            pause: Span::from_days(365),
        }
    }
}

impl Default for Rights {
    fn default() -> Self {
        Self { forget_within: Span::from_days(1) }
    }
}

/// Phrases rather than words, since most of the words stand in honest purposes too: keeping up to date, managing client
/// relationships, romance languages, the drinks industry, a thing that somebody would love to learn.
#[rustfmt::skip]
const PERSONAL_WORDS: [&str; 45] = [
    "a date", "blind date", "dinner date", "dating", "flirt", "flirting", "going out", "go out with",
    "ask out", "asking out", "ask her out", "ask him out", "ask them out", "take her out", "take him out",
    "take them out", "chat up", "hook up", "hooking up", "for love", "in love", "find love", "finding love",
    "falling in love", "a romance", "something romantic", "romantic interest", "romantic relationship",
    "a relationship", "boyfriend", "girlfriend", "a kiss", "marry me", "friendship", "a friend", "be friends",
    "become friends", "make friends", "making friends", "new friends", "a drink", "for drinks", "some drinks",
    "hang out", "hanging out",
];

pub(super) fn within<T: PartialOrd + std::fmt::Display>(
    key: &str,
    found: T,
    allowed: RangeInclusive<T>,
) -> Option<String> {
    let (least, most) = (allowed.start(), allowed.end());
    (!allowed.contains(&found)).then(|| format!("{key}: expected {least} to {most}, found {found}"))
}

pub(super) fn lasting(key: &str, found: Span) -> Option<String> {
    (found.as_millis() == 0).then(|| format!("{key}: expected more than nothing, found 0"))
}

/// Words as the core compares them: in lower case, with single spaces between them and nothing else.
fn plain_words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let plain = |text: &String| {
        let text = text.to_lowercase();
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" ")
    };
    Ok(Vec::<String>::deserialize(deserializer)?.iter().map(plain).collect())
}
