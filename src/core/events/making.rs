//! An event that a member of staff is making: part by part, until all of it can be shown.

use std::collections::BTreeSet;

use jiff::civil::Time;
use lodge_calendar::reading;
use lodge_ground::link;
use serde::{Deserialize, Serialize};

use super::{Event, PLACES_MAX, Plan};
use crate::command::{NUMBER_WORDS, plain_words};
use crate::id::EventId;
use crate::name::{clean_line, clean_text};
use crate::people::member::Role;
use crate::time::{OfficeHour, Span, Timestamp};
use crate::when;

/// The longest texts of an event, in characters.
const TITLE_CHARS_MAX: usize = 80;
const PLACE_CHARS_MAX: usize = 150;
const ABOUT_CHARS_MAX: usize = 600;

/// An event is no longer than this. A time that is longer says no hour.
const LONGEST: Span = Span::from_millis(12 * 3_600_000);

/// A day until which people can sign up ends at this time, when nobody sleeps who hears of it.
const EVENING: Time = Time::constant(18, 0, 0, 0);

/// An event can be this far ahead.
const FAR: Span = Span::from_days(365);

/// A part of an event that staff are asked for, in the order of the questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// The line by which people know it.
    Title,
    /// The organisation that it is held with.
    Organisation,
    /// The beginning and the end.
    When,
    /// The way to it: a building, a link, or a room here.
    Place,
    /// The people who may come.
    OpenTo,
    /// The most people who can come.
    Places,
    /// The time until which people can sign up.
    SignUpBy,
    /// The reason to come.
    About,
}

impl Part {
    /// All of them, in the order of the questions.
    pub const ALL: [Self; 8] = [
        Self::Title,
        Self::Organisation,
        Self::When,
        Self::Place,
        Self::OpenTo,
        Self::Places,
        Self::SignUpBy,
        Self::About,
    ];

    /// The part before this one.
    fn before(self) -> Self {
        Self::ALL.into_iter().take_while(|part| *part != self).last().unwrap_or(self)
    }

    /// The part that these words name, such as "the title".
    fn named(words: &[&str]) -> Option<Self> {
        match words {
            ["the" | "its", rest @ ..] => Self::named(rest),
            ["title" | "name"] => Some(Self::Title),
            ["with" | "organisation" | "organization" | "employer" | "host"] => Some(Self::Organisation),
            ["when" | "time" | "times" | "date" | "day" | "hours"] => Some(Self::When),
            ["where" | "place" | "room" | "venue" | "location"] => Some(Self::Place),
            ["for" | "who" | "roles" | "open"] | ["open", "to"] | ["who", "can", "come"] => Some(Self::OpenTo),
            ["places" | "seats" | "number"] => Some(Self::Places),
            ["sign-up" | "signup" | "deadline"] | ["sign", "up"] | ["sign", "up", "by"] => Some(Self::SignUpBy),
            ["about" | "text" | "description" | "words"] => Some(Self::About),
            _ => None,
        }
    }
}

/// An event that is being made or changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Making {
    /// The parts that are known.
    pub sketch: Sketch,
    /// The part that is asked for; `None` where all of it was shown.
    pub asks: Option<Part>,
    /// The event that it changes, if it is one.
    pub of: Option<EventId>,
}

/// The parts of an event, as far as they are known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sketch {
    title: Option<String>,
    organisation: Option<OrNone<String>>,
    when: Option<(Timestamp, Timestamp)>,
    place: Option<String>,
    open_to: Option<BTreeSet<Role>>,
    places: Option<OrNone<u32>>,
    sign_up_by: Option<Timestamp>,
    about: Option<String>,
}

/// A part of which it is known that the event has it, or that it has none. A row tells the two from a part that is not known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum OrNone<T> {
    /// The event has it.
    This(T),
    /// The event has none.
    None,
}

impl<T> From<Option<T>> for OrNone<T> {
    fn from(part: Option<T>) -> Self {
        part.map_or(Self::None, Self::This)
    }
}

impl<T> From<OrNone<T>> for Option<T> {
    fn from(part: OrNone<T>) -> Self {
        match part {
            OrNone::This(part) => Some(part),
            OrNone::None => None,
        }
    }
}

/// The reason why words are not taken for a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unfit {
    /// There are none that can be seen.
    Nothing,
    /// They are too long.
    Long {
        /// The most, in characters.
        limit: usize,
        /// The number of characters there were.
        found: usize,
    },
    /// An account stands in them, whose owner would be shown to everybody.
    Account,
    /// They are no time with a beginning and an end, on one day.
    When,
    /// The time is past.
    Past,
    /// The time is more than a year away.
    Far,
    /// Staff have approved no such organisation.
    Organisation {
        /// The name that they gave.
        name: String,
    },
    /// They name no people who could come.
    OpenTo,
    /// They are no number of places.
    Places,
    /// They are no day before the event.
    SignUpBy,
}

/// The step that words make an event take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Move {
    /// The event is let go of.
    Drop,
    /// The question before is asked again.
    Back,
    /// This part is asked for again.
    Change(Part),
    /// The words are the part that is asked for.
    Give(Part),
    /// All of it is shown again.
    Show,
}

impl Making {
    /// One that begins with its first question.
    pub(crate) fn new() -> Self {
        Self { sketch: Sketch::default(), asks: Some(Part::Title), of: None }
    }

    /// One by which an event changes.
    pub(crate) fn changing(event: &Event) -> Self {
        let plan = event.plan.clone();
        let sketch = Sketch {
            title: Some(plan.title),
            organisation: Some(plan.organisation.into()),
            when: Some((plan.from, plan.until)),
            place: Some(plan.place),
            open_to: Some(plan.open_to),
            places: Some(plan.places.into()),
            sign_up_by: Some(plan.sign_up_by),
            about: Some(plan.about),
        };
        Self { sketch, asks: None, of: Some(event.id) }
    }

    /// The step that these words make it take.
    pub(crate) fn moved_by(&self, text: &str) -> Move {
        let words = plain_words(text);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match (words.as_slice(), self.asks) {
            (["cancel" | "stop"] | ["cancel" | "stop", "it" | "this"], _) => Move::Drop,
            (["back"] | ["go", "back"], _) => Move::Back,
            (["change" | "edit", rest @ ..], None) => Part::named(rest).map_or(Move::Show, Move::Change),
            (_, Some(part)) => Move::Give(part),
            (rest, None) => Part::named(rest).map_or(Move::Show, Move::Change),
        }
    }

    /// Asks for the part before the one that is asked for, or for the last.
    pub(crate) fn go_back(&mut self) {
        self.asks = Some(self.asks.map_or(Part::About, Part::before));
    }

    /// Takes these words for a part, and asks for the next one that is missing.
    ///
    /// # Errors
    /// The reason why they cannot be it.
    pub(crate) fn give(
        &mut self,
        part: Part,
        words: &str,
        now: Timestamp,
        office: &OfficeHour,
        is_approved: impl Fn(&str) -> bool,
    ) -> Result<(), Unfit> {
        let sketch = &mut self.sketch;
        match part {
            Part::Title => sketch.title = Some(fits(clean_line(words), TITLE_CHARS_MAX)?),
            Part::Organisation => sketch.organisation = Some(organisation(words, is_approved)?.into()),
            Part::When => {
                sketch.when = Some(span(words, now, office)?);
                // A day that was right for the time before may be none for this one.
                sketch.sign_up_by = sketch.sign_up_by.filter(|by| sketch.when.is_some_and(|(from, _)| *by <= from));
            }
            Part::Place => sketch.place = Some(fits(clean_line(words), PLACE_CHARS_MAX)?),
            Part::OpenTo => sketch.open_to = Some(roles(words).ok_or(Unfit::OpenTo)?),
            Part::Places => sketch.places = Some(places(words).ok_or(Unfit::Places)?),
            Part::SignUpBy => {
                let begins = sketch.when.map_or(now, |(from, _)| from);
                sketch.sign_up_by = Some(sign_up_by(words, begins, now, office).ok_or(Unfit::SignUpBy)?);
            }
            Part::About => sketch.about = Some(fits(clean_text(words), ABOUT_CHARS_MAX)?),
        }
        self.asks = self.sketch.missing();
        Ok(())
    }
}

impl Sketch {
    /// The first part that is not known.
    fn missing(&self) -> Option<Part> {
        Part::ALL.into_iter().find(|part| match part {
            Part::Title => self.title.is_none(),
            Part::Organisation => self.organisation.is_none(),
            Part::When => self.when.is_none(),
            Part::Place => self.place.is_none(),
            Part::OpenTo => self.open_to.is_none(),
            Part::Places => self.places.is_none(),
            Part::SignUpBy => self.sign_up_by.is_none(),
            Part::About => self.about.is_none(),
        })
    }

    /// All of it, if no part is missing.
    pub fn plan(&self) -> Option<Plan> {
        let (from, until) = self.when?;
        Some(Plan {
            title: self.title.clone()?,
            organisation: self.organisation.clone()?.into(),
            from,
            until,
            place: self.place.clone()?,
            open_to: self.open_to.clone()?,
            places: self.places.clone()?.into(),
            sign_up_by: self.sign_up_by?,
            about: self.about.clone()?,
        })
    }
}

fn fits(words: String, limit: usize) -> Result<String, Unfit> {
    match words.chars().count() {
        0 => Err(Unfit::Nothing),
        found if found > limit => Err(Unfit::Long { limit, found }),
        _ if link::has_account(&words) => Err(Unfit::Account),
        _ => Ok(words),
    }
}

/// The organisation that these words name; none where the service holds the event itself.
fn organisation(words: &str, is_approved: impl Fn(&str) -> bool) -> Result<Option<String>, Unfit> {
    let plain = plain_words(words);
    let plain: Vec<&str> = plain.iter().map(String::as_str).collect();
    let own = matches!(
        plain.as_slice(),
        ["no" | "none" | "nobody" | "us" | "we" | "ourselves" | "-"] | ["no", "one"] | ["just" | "only", "us"]
    );
    let name = clean_line(words);
    match own || name == "-" {
        true => Ok(None),
        false if is_approved(&name) => Ok(Some(name)),
        false => Err(Unfit::Organisation { name: name.chars().take(TITLE_CHARS_MAX).collect() }),
    }
}

/// The beginning and the end that these words mean.
fn span(words: &str, now: Timestamp, office: &OfficeHour) -> Result<(Timestamp, Timestamp), Unfit> {
    let found = reading::read(words, now, &office.zone).map_err(|why| match why {
        reading::NotUnderstood::Past(_) => Unfit::Past,
        reading::NotUnderstood::Far(_) => Unfit::Far,
        reading::NotUnderstood::Nothing
        | reading::NotUnderstood::Words(_)
        | reading::NotUnderstood::Either(..)
        | reading::NotUnderstood::WhichDay(_)
        | reading::NotUnderstood::WhichZone(_)
        | reading::NotUnderstood::Vague(_)
        | reading::NotUnderstood::Night(_)
        | reading::NotUnderstood::OnlyExcluded
        | reading::NotUnderstood::NothingLeft
        | reading::NotUnderstood::TooLong => Unfit::When,
    })?;
    match found.intervals() {
        [one] if one.length() > LONGEST => Err(Unfit::When),
        [one] if one.from <= now => Err(Unfit::Past),
        [one] if one.from > now.after(FAR) => Err(Unfit::Far),
        [one] => Ok((one.from, one.to)),
        _ => Err(Unfit::When),
    }
}

/// The people whom these words name.
fn roles(words: &str) -> Option<BTreeSet<Role>> {
    let all = [Role::Student, Role::Alumnus, Role::Employer, Role::Intern, Role::Staff, Role::Administrator];
    let mut found = BTreeSet::new();
    for word in plain_words(words) {
        match word.as_str() {
            "everybody" | "everyone" | "all" | "anybody" | "anyone" => found.extend(all),
            "student" | "students" => drop(found.insert(Role::Student)),
            "alumni" | "alumnus" | "alumna" | "alumnae" | "graduate" | "graduates" => {
                found.insert(Role::Alumnus);
            }
            "employer" | "employers" => drop(found.insert(Role::Employer)),
            "intern" | "interns" => drop(found.insert(Role::Intern)),
            "staff" => found.extend([Role::Staff, Role::Administrator]),
            "and" | "our" | "only" | "just" | "the" | "for" | "open" | "to" => {}
            _ => return None,
        }
    }
    (!found.is_empty()).then_some(found)
}

/// The number of places that these words mean, or that there is no limit.
fn places(words: &str) -> Option<OrNone<u32>> {
    let plain = plain_words(words);
    let plain: Vec<&str> = plain.iter().map(String::as_str).collect();
    match plain.as_slice() {
        ["no", "limit"] | ["no" | "none" | "unlimited" | "any"] | ["as", "many", "as", "come"] => Some(OrNone::None),
        [number] | [number, "places" | "seats" | "people"] => {
            let word = || NUMBER_WORDS.iter().position(|word| word == number).and_then(|at| u32::try_from(at + 1).ok());
            let number = number.parse().ok().or_else(word)?;
            (1..=PLACES_MAX).contains(&number).then_some(OrNone::This(number))
        }
        _ => None,
    }
}

/// The moment until which people can sign up, by these words.
fn sign_up_by(words: &str, begins: Timestamp, now: Timestamp, office: &OfficeHour) -> Option<Timestamp> {
    let plain = plain_words(words);
    let plain: Vec<&str> = plain.iter().map(String::as_str).collect();
    if matches!(
        plain.as_slice(),
        ["no" | "none" | "never"] | ["until" | "till", "it", ..] | [.., "start" | "beginning"]
    ) {
        return Some(begins);
    }
    let evening = OfficeHour { at: EVENING, zone: office.zone.clone() };
    let day = when::moment(words, now, &evening).filter(|by| evening.day(*by) <= evening.day(begins));
    let read = || reading::read(words, now, &office.zone).ok()?.intervals().first().map(|first| first.from);
    day.map(|by| by.min(begins)).or_else(read).filter(|by| *by > now && *by <= begins)
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    fn office() -> OfficeHour {
        OfficeHour { zone: TimeZone::get("Europe/London").unwrap(), at: Time::constant(9, 0, 0, 0) }
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
    }

    fn give(making: &mut Making, words: &str) -> Result<(), Unfit> {
        let part = making.asks.unwrap();
        making.give(part, words, at("2026-11-02T10:00:00Z"), &office(), |name| name == "City Museum")
    }

    #[test]
    fn an_event_that_is_being_made_is_the_same_after_a_start() {
        let mut making = Making::new();
        for words in [
            "Working in museums",
            "none",
            "Thursday 10 December, 17:30 to 19:00",
            "Room 4",
            "everyone",
            "no limit",
            "until it begins",
            "Three curators tell how they began.",
        ] {
            let row = serde_json::to_string(&making).unwrap();
            assert_eq!(serde_json::from_str::<Making>(&row).unwrap(), making, "before {words}");
            give(&mut making, words).unwrap();
        }
        let row = serde_json::to_string(&making).unwrap();
        assert_eq!(serde_json::from_str::<Making>(&row).unwrap(), making);
    }

    #[test]
    fn b11_an_event_is_made_part_by_part_and_each_that_does_not_fit_is_asked_for_again() {
        let mut making = Making::new();
        let town = Unfit::Organisation { name: "Town Museum".to_owned() };
        for (words, unfit) in [
            (&*"x".repeat(81), Some(Unfit::Long { limit: 80, found: 81 })),
            ("\u{200b}", Some(Unfit::Nothing)),
            ("I'd like to meet @alex:lodge.example", Some(Unfit::Account)),
            ("Working in museums", None),
            ("Town Museum", Some(town)),
            ("City Museum", None),
            ("soon", Some(Unfit::When)),
            ("Thursday", Some(Unfit::When)),
            ("Tue 5pm or Wed 5pm", Some(Unfit::When)),
            ("today 09:00 to 09:30", Some(Unfit::Past)),
            ("Thursday 10 December, 17:30 to 19:00", None),
            ("ask (https://matrix.to/#/@alex:lodge.example)", Some(Unfit::Account)),
            ("Room 4, Main Building", None),
            ("friends", Some(Unfit::OpenTo)),
            ("students and alumni", None),
            ("lots", Some(Unfit::Places)),
            ("0", Some(Unfit::Places)),
            ("40", None),
            ("11 December", Some(Unfit::SignUpBy)),
            ("8 December", None),
            ("Three curators tell how they began.", None),
        ] {
            let before = making.clone();
            assert_eq!(give(&mut making, words).err(), unfit, "{words}");
            let kept = making == before;
            assert_eq!(kept, unfit.is_some(), "{words}: nothing is kept of words that do not fit");
        }
        let plan = making.sketch.plan().unwrap();
        assert_eq!((plan.from, plan.until), (at("2026-12-10T17:30:00Z"), at("2026-12-10T19:00:00Z")));
        assert_eq!(plan.sign_up_by, at("2026-12-08T18:00:00Z"));
        assert_eq!(plan.open_to, BTreeSet::from([Role::Student, Role::Alumnus]));
        assert_eq!((plan.places, plan.organisation.as_deref()), (Some(40), Some("City Museum")));
        assert_eq!(making.moved_by("change the place"), Move::Change(Part::Place));
        assert_eq!(making.moved_by("when"), Move::Change(Part::When));
        assert_eq!(making.moved_by("hm"), Move::Show);
        assert_eq!(making.moved_by("back"), Move::Back);
        making.go_back();
        assert_eq!(making.asks, Some(Part::About));
    }
}
