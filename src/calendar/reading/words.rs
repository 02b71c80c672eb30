//! Words and numbers of a text, each with its place in it.

use std::ops::Range;

use jiff::civil::Weekday;

use super::feast::Feast;
use super::table;

/// A part of the day that people have a name for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Lunch,
    AfterLunch,
    Afternoon,
    Evening,
    OfficeHours,
}

/// A word, or a few that mean one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Today,
    Tonight,
    Tomorrow,
    AfterTomorrow,
    Yesterday,
    Weekday(Weekday),
    /// "Tuesdays": every one of them.
    Weekdays(Weekday),
    Workdays,
    Weekend,
    Weekends,
    Month(i8),
    Feast(Feast),
    /// "any", "every", "each".
    Every,
    /// "any time".
    Whole,
    This,
    Next,
    NextMonth,
    Day,
    /// "every day".
    Daily,
    Week,
    ThisWeek,
    WeekAfterNext,
    Fortnight,
    /// "w/c".
    Commencing,
    Part(Part),
    /// "mornings": each day has one.
    Parts(Part),
    Early,
    Late,
    Noon,
    Half,
    Quarter,
    Past,
    Clock,
    Am,
    Pm,
    At,
    About,
    Ish,
    From,
    After,
    Before,
    Until,
    Between,
    To,
    Onwards,
    And,
    Or,
    But,
    /// A word that takes away. One that `joins` can stand between what somebody is free at and what they are not.
    Not {
        joins: bool,
    },
    Yes,
    /// A zone by its name in the time zone database, with the letters that it must go by at the time, if they are exact.
    Zone(&'static str, Option<&'static str>),
    /// Letters that name several zones.
    Zones,
    /// A place with this zone. It can be the place of its writer, or of the meeting.
    Place(&'static str),
    /// Words that nobody can turn into hours.
    Vague,
    /// Days that differ from one person to the next: "exams".
    SomeDay,
    /// A time of the day that differs from one person to the next: "teatime".
    SomeHour,
    /// Something that keeps people busy: "lecture", "at work". Its hours are not known.
    Task,
    /// "finishes", of a task.
    Ends,
    Begins,
    When,
    Because,
    /// "so", "say": the words after it tell more exactly, or follow from those before.
    So,
    /// "if that's": it asks whether the time suits the reader, and no more.
    Courtesy,
    For,
    Hour,
    Minute,
    /// So many of them.
    Minutes(i16),
    In,
    /// "on", "the", "of".
    Small,
    Filler,
}

/// The kinds of things that a text consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word(Word),
    /// A number and how many digits it was written with; a number in words has none.
    Number(i16, usize),
    /// "3rd".
    Ordinal(i8),
    /// "17:00", "9.30". An hour that is padded, such as 05, is one of twenty-four.
    Clock {
        hour: i16,
        minute: i16,
        padded: bool,
    },
    /// A date in numbers. One that can be turned round is another date where months are written first.
    Date {
        year: Option<i16>,
        month: i8,
        day: i8,
        turns: bool,
    },
    Comma,
    /// The end of a sentence.
    Stop,
    /// The end of a line.
    Line,
    Dash,
    Slash,
    Unknown,
}

/// A thing in the text, and the bytes that it was read from.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub kind: Kind,
    pub place: Range<usize>,
}

/// A run of letters or of digits in small letters, or one sign.
#[derive(Debug)]
struct Atom {
    text: String,
    place: Range<usize>,
    /// Nothing stands between it and the one before.
    close: bool,
}

impl Atom {
    fn number(&self) -> Option<i16> {
        (self.text.len() <= 4 && self.text.bytes().all(|b| b.is_ascii_digit())).then(|| self.text.parse().ok())?
    }
}

/// The things that the text consists of, without blanks.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let atoms = atoms(text);
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = atoms.as_slice();
    while let Some(first) = rest.first() {
        // Words with a number in them ("2moro") come before numbers.
        let phrase = table::longest(rest.iter().map(|atom| atom.text.as_str()));
        let found = phrase.filter(|(_, count)| *count > 1).or_else(|| numeric(rest)).or(phrase);
        let found = found.unwrap_or((sign(&first.text), 1));
        let (kind, count) = among_others(text, tokens.last(), found, rest);
        let end = rest.get(count - 1).map_or(first.place.end, |last| last.place.end);
        tokens.push(Token { kind, place: first.place.start..end });
        rest = rest.get(count..).unwrap_or_default();
    }
    // A kiss at the end; "Wednesday x" may be a cross.
    if let [.., before, last] = tokens.as_mut_slice()
        && matches!(before.kind, Kind::Stop | Kind::Word(Word::Filler | Word::Yes))
        && text.get(last.place.clone()).is_some_and(|typed| typed.eq_ignore_ascii_case("x"))
    {
        last.kind = Kind::Word(Word::Filler);
    }
    without_points(text, &tokens)
}

/// The sense of a word among those before it and behind it, and the number of atoms in it.
fn among_others(text: &str, before: Option<&Token>, found: (Kind, usize), rest: &[Atom]) -> (Kind, usize) {
    match found {
        (Kind::Word(Word::Place(zone)), count) if rest.get(count).is_some_and(|next| next.text == "time") => {
            (Kind::Word(Word::Zone(zone, None)), count + 1)
        }
        (Kind::Word(Word::Feast(Feast::Easter(table::GOOD_FRIDAY))), count) => match before.map(|last| last.kind) {
            // "Thursday is good Friday is better".
            Some(Kind::Word(Word::Small)) if !is_typed(text, before, &["on", "the", "of"]) => {
                (Kind::Word(Word::Yes), 1)
            }
            Some(
                Kind::Word(Word::Weekday(_) | Word::Part(_) | Word::Parts(_) | Word::Am | Word::Pm)
                | Kind::Number(..)
                | Kind::Clock { .. },
            ) => (Kind::Unknown, count),
            Some(_) | None => found,
        },
        // "All Tuesday" is one day, and "all Tuesdays" are several.
        (Kind::Word(Word::Every), 1) if rest.first().is_some_and(|first| first.text == "all") => {
            match table::longest(rest.iter().skip(1).map(|atom| atom.text.as_str())) {
                Some((Kind::Word(Word::Weekday(_)), _)) => (Kind::Word(Word::Whole), 1),
                // "1st, 2nd, 3rd, all after 5".
                Some((
                    Kind::Word(Word::After | Word::Before | Word::From | Word::At | Word::Between | Word::Yes),
                    _,
                )) => (Kind::Word(Word::Filler), 1),
                Some(_) | None => found,
            }
        }
        // "After my 9am" is after something.
        (Kind::Word(Word::Small), 1)
            if rest.first().is_some_and(|first| first.text == "my")
                && rest.get(1).is_some_and(|next| next.number().is_some()) =>
        {
            (Kind::Unknown, 1)
        }
        // "Would Tuesday work" is about no task.
        (Kind::Unknown, 1) if rest.first().is_some_and(|first| first.text == "work") => {
            match before.map(|last| last.kind) {
                Some(Kind::Word(Word::Before | Word::Until | Word::Between | Word::Because)) => {
                    (Kind::Word(Word::Task), 1)
                }
                Some(_) | None => found,
            }
        }
        _ => found,
    }
}

fn is_typed(text: &str, token: Option<&Token>, words: &[&str]) -> bool {
    let typed = token.and_then(|token| text.get(token.place.clone())).unwrap_or_default();
    words.iter().any(|word| typed.eq_ignore_ascii_case(word))
}

/// The tokens without the points of abbreviations, which end no sentence: "Thurs. 5pm", "Tues. Dec. 3". Where something is taken away,
/// each point may be the end of that.
fn without_points(text: &str, tokens: &[Token]) -> Vec<Token> {
    if tokens.iter().any(|token| matches!(token.kind, Kind::Word(Word::Not { .. }))) {
        return tokens.to_vec();
    }
    let is_point = |at: usize| {
        let short = at.checked_sub(1).map(|before| &tokens[before]).filter(|before| {
            before.place.len() <= 5 && before.place.end == tokens[at].place.start && is_day_or_month(before.kind)
        });
        let goes_on = tokens.get(at + 1).is_some_and(|next| {
            is_day_or_month(next.kind) || !text[next.place.start..].starts_with(char::is_uppercase)
        });
        tokens[at].kind == Kind::Stop && short.is_some() && goes_on
    };
    (0..tokens.len()).filter(|at| !is_point(*at)).map(|at| tokens[at].clone()).collect()
}

fn is_day_or_month(kind: Kind) -> bool {
    matches!(kind, Kind::Word(Word::Weekday(_) | Word::Month(_)))
}

fn atoms(text: &str) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    let mut sort = ' ';
    for (at, c) in text.char_indices() {
        let c = match c {
            '\u{2019}' | '\u{2018}' | '`' => '\'',
            '\u{2013}' | '\u{2014}' | '\u{2212}' | '\u{2192}' => '-',
            other => other,
        };
        let of = match c {
            '\n' => '\n',
            c if c.is_whitespace() => ' ',
            c if c.is_ascii_digit() => '0',
            c if c.is_alphabetic() => 'a',
            // An apostrophe belongs to the word that it stands in.
            '\'' if sort == 'a' => 'a',
            other => other,
        };
        let end = at + text[at..].chars().next().map_or(0, char::len_utf8);
        let goes_on = of == sort && matches!(of, '0' | 'a');
        match atoms.last_mut().filter(|_| goes_on) {
            Some(last) => {
                last.text.extend(c.to_lowercase());
                last.place.end = end;
            }
            None if of != ' ' => {
                let close = !matches!(sort, ' ' | '\n');
                atoms.push(Atom { text: c.to_lowercase().collect(), place: at..end, close });
            }
            None => {}
        }
        sort = of;
    }
    atoms
}

/// A number, or a few that are a time or a date, and how many atoms it is made of.
fn numeric(atoms: &[Atom]) -> Option<(Kind, usize)> {
    let first = atoms.first()?;
    let number = first.number()?;
    let digits = first.text.len();
    let close: Vec<&Atom> =
        atoms.iter().enumerate().take_while(|(place, atom)| *place == 0 || atom.close).map(|(_, atom)| atom).collect();
    let (next, more) =
        (close.get(1).map_or("", |atom| atom.text.as_str()), close.get(2).and_then(|atom| atom.number()));
    let long = |place: usize| close.get(place).map_or(0, |atom| atom.text.len());
    let last =
        close.get(4).and_then(|atom| atom.number()).filter(|_| close.get(3).is_some_and(|atom| atom.text == next));
    match (next, more, last) {
        ("-" | "/" | ".", Some(more), Some(last)) if long(0) == 4 || long(4) == 4 || (long(4) == 2 && next != "-") => {
            Some((date(number, more, last, next == "/")?, 5))
        }
        (":", Some(minute), _) if digits <= 2 && long(2) == 2 => Some((clock(first, minute)?, 3)),
        // A point stands in times and in dates. No time is offered to the minute.
        (".", Some(minute), None) if digits <= 2 && long(2) == 2 && minute % 5 == 0 => Some((clock(first, minute)?, 3)),
        (".", Some(5), None)
            if digits == 1 && long(2) == 1 && atoms.get(3).is_some_and(|atom| table::is_hours(&atom.text)) =>
        {
            Some((Kind::Word(Word::Minutes(number * 60 + 30)), 4))
        }
        (".", Some(_), _) => Some((Kind::Unknown, 3)),
        ("/", Some(month), None)
            if digits <= 2 && !atoms.get(3).is_some_and(|atom| table::goes_with_numbers(&atom.text)) =>
        {
            Some((date(number, month, 0, true)?, 3))
        }
        ("st" | "nd" | "rd" | "th", _, _) => {
            Some((Kind::Ordinal(i8::try_from(number).ok().filter(|day| (1..=31).contains(day))?), 2))
        }
        _ => Some((Kind::Number(number, digits), 1)),
    }
}

fn clock(hour: &Atom, minute: i16) -> Option<Kind> {
    let padded = hour.text.starts_with('0');
    let hour = hour.number().filter(|hour| *hour < 24 && minute < 60)?;
    Some(Kind::Clock { hour, minute, padded })
}

/// A date in numbers, day first unless that is none; year first if it has four digits. The year 0 stands for none.
fn date(first: i16, second: i16, third: i16, slashes: bool) -> Option<Kind> {
    let (year, month, day) = if first > 31 { (first, second, third) } else { (third, second, first) };
    let (month, day) = if month > 12 && slashes { (day, month) } else { (month, day) };
    let turns = slashes && first <= 31 && month <= 12 && day <= 12 && day != month;
    let year = match year {
        0 => None,
        1..=99 => Some(year + 2000),
        other => Some(other),
    };
    Some(Kind::Date { year, month: i8::try_from(month).ok()?, day: i8::try_from(day).ok()?, turns })
}

fn sign(text: &str) -> Kind {
    match text {
        "," | ":" | "(" | ")" => Kind::Comma,
        "." | ";" | "!" | "?" => Kind::Stop,
        "\n" => Kind::Line,
        "-" => Kind::Dash,
        "/" => Kind::Slash,
        "&" => Kind::Word(Word::And),
        "+" => Kind::Word(Word::Onwards),
        "~" => Kind::Word(Word::About),
        "\"" | "'" => Kind::Word(Word::Small),
        _ => Kind::Unknown,
    }
}
