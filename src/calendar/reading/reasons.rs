//! Words that stand beside the times: the reasons for them, and those that tell the same less exactly.
//!
//! "After church, 1pm" is told by its clock time, and "I finish at 5 on Tuesday, so 6 onwards" by the words behind "so"; but the reason
//! takes away everything before 5. A reason that is not understood to its end is left as it is, and asked about.

use super::clock::{self, Time};
use super::contents::{Contents, begins_with_hours, days_in, ends_with_hours, is_number};
use super::day::{self, Days};
use super::words::{
    Kind::{self, Comma, Dash, Line, Number, Stop, Word as W},
    Part, Token, Word,
};
use super::{Text, facts};

/// The words with each reason as the times that it takes away, or without it where the times beside it tell all that it could.
pub(super) fn settled(text: &Text, tokens: Vec<Token>) -> Vec<Token> {
    let is_meant = |token: &&Token| !matches!(token.kind, W(Word::Small | Word::Filler));
    let mut reasons = Reasons { text, meant: tokens.iter().filter(is_meant).cloned().collect() };
    reasons.pleasantries();
    reasons.hours_of_tasks();
    reasons.exceptions();
    reasons.explained();
    let meant = facts::taken_away(text, &reasons.meant);
    // The words that change nothing are kept, to be shown with those that are asked about.
    weave(tokens.into_iter().filter(|token| !is_meant(&token)).collect(), meant)
}

/// Both lists in one, each in its own order, by the places of their words.
fn weave(small: Vec<Token>, meant: Vec<Token>) -> Vec<Token> {
    let mut woven = Vec::with_capacity(small.len() + meant.len());
    let mut small = small.into_iter().peekable();
    for token in meant {
        while let Some(before) = small.next_if(|small| small.place.start < token.place.start) {
            woven.push(before);
        }
        woven.push(token);
    }
    woven.extend(small);
    woven
}

/// Whether a word is none of a time: left over, it has to be asked about.
pub(super) fn stands_beside(kind: Kind) -> bool {
    matches!(
        kind,
        W(Word::Task
            | Word::Ends
            | Word::Begins
            | Word::When
            | Word::Because
            | Word::So
            | Word::For
            | Word::Courtesy
            | Word::Place(_)
            | Word::SomeDay
            | Word::SomeHour)
    )
}

/// Whether some of these, which are asked about, tell a time that differs from one person to the next: "after my lecture", "exams".
pub(super) fn tell_a_time(tokens: &[Token]) -> bool {
    let is_any = |token: &Token| matches!(token.kind, W(Word::SomeDay | Word::SomeHour));
    let is_strange = |token: &Token| matches!(token.kind, Kind::Unknown | W(Word::Because | Word::Place(_)));
    let relates = tokens.iter().position(|token| is_relation(token.kind));
    let is_task = |token: &Token| matches!(token.kind, W(Word::Task | Word::Ends | Word::Begins));
    let is_related = relates.is_some_and(|at| tokens[at..].iter().any(is_task));
    !tokens.iter().any(is_strange) && (is_related || tokens.iter().any(is_any))
}

struct Reasons<'a> {
    text: &'a Text<'a>,
    meant: Vec<Token>,
}

pub(super) fn ends_part(kind: Kind) -> bool {
    matches!(kind, Comma | Stop | Line | W(Word::But | Word::Because | Word::So))
}

fn is_time_word(kind: Kind) -> bool {
    matches!(kind, W(Word::After | Word::Before | Word::Until | Word::From | Word::Between | Word::When | Word::At))
}

impl Reasons<'_> {
    fn kinds(&self) -> Vec<Kind> {
        kinds_of(&self.meant)
    }

    fn drop(&mut self, from: usize, to: usize) {
        for token in &mut self.meant[from..to] {
            token.kind = W(Word::Filler);
        }
    }

    fn clear(&mut self) {
        self.meant.retain(|token| token.kind != W(Word::Filler));
    }

    /// "For" before a day, a comma before a reason, "if that's ok", and the place of somebody who names the zone of their times too.
    fn pleasantries(&mut self) {
        self.letters();
        let kinds = self.kinds();
        let is_zoned = kinds.iter().any(|kind| matches!(kind, W(Word::Zone(..))));
        for at in 0..kinds.len() {
            let after = match &kinds[at + 1..] {
                // "If that's not too soon."
                [W(Word::Not { joins: true }), W(Word::Vague | Word::Early | Word::Late), ..] => 2,
                after => after.iter().take_while(|kind| **kind == W(Word::Yes)).count(),
            };
            let is_place = is_zoned && matches!(kinds[at], W(Word::Place(_)));
            // "11 for 11.15" is something else.
            let is_time = |at: Option<usize>| {
                at.and_then(|at| kinds.get(at)).is_some_and(|kind| matches!(kind, Number(..) | Kind::Clock { .. }))
            };
            let is_for = matches!(kinds[at..], [W(Word::For), ..])
                && kinds.get(at + 1) != Some(&W(Word::Task))
                && clock::length(&kinds[at..]).is_none()
                && !(is_time(at.checked_sub(1)) && is_time(Some(at + 1)));
            let is_comma = matches!(kinds[at..], [Comma | Dash, W(Word::So | Word::Because), ..]);
            if is_for || is_comma {
                self.drop(at, at + 1);
            } else if matches!(kinds[at..], [W(Word::For), W(Word::Task), ..]) {
                self.meant[at].kind = W(Word::When);
            } else if kinds[at] == W(Word::Courtesy) && after > 0 {
                self.drop(at, at + 1 + after);
            } else if is_place {
                let from = at.checked_sub(1).filter(|before| kinds[*before] == W(Word::In)).unwrap_or(at);
                let so = usize::from(kinds.get(at + 1) == Some(&W(Word::So)));
                self.drop(from, at + 1 + so);
            }
        }
        self.clear();
    }

    /// Letters of several zones are those of the place that is named with them.
    fn letters(&mut self) {
        let mut places =
            self.meant.iter().filter_map(|token| if let W(Word::Place(zone)) = token.kind { Some(zone) } else { None });
        let (Some(zone), None) = (places.next(), places.next()) else { return };
        for token in &mut self.meant {
            if token.kind == W(Word::Zones) {
                let typed = self.text.part(std::slice::from_ref(token)).to_uppercase();
                if let Some(letters) = AMBIGUOUS.into_iter().find(|letters| *letters == typed) {
                    token.kind = W(Word::Zone(zone, Some(letters)));
                }
            }
        }
    }

    /// "After my shift ends at 6", "when I finish at 6", "until my shift starts at 6".
    fn hours_of_tasks(&mut self) {
        let mut at = 0;
        while at < self.meant.len() {
            let kinds = self.kinds();
            let rest = &kinds[at..];
            let relations = rest.iter().take_while(|kind| is_relation(**kind)).count();
            let count = task(&rest[relations..]);
            let begin = relations + count;
            let at_hour = rest.get(begin..).and_then(clock::moment);
            if let (1 | 2, 1.., Some(_)) = (relations, count, at_hour) {
                let task = &rest[relations..begin];
                let leads =
                    |words: &[Word]| rest[..relations].iter().all(|kind| words.iter().any(|word| *kind == W(*word)));
                let ends = task.contains(&W(Word::Ends));
                let begins = task.contains(&W(Word::Begins));
                let evening = rest[0] == W(Word::Part(Part::Evening));
                let relation = if ends && (evening || leads(&[Word::After, Word::From, Word::When])) {
                    Some(Word::After)
                } else if begins && leads(&[Word::Before, Word::Until]) {
                    Some(Word::Before)
                } else {
                    None
                };
                if let Some(relation) = relation {
                    self.drop(at, at + begin);
                    self.meant[at].kind = W(relation);
                    self.clear();
                }
            }
            at += 1;
        }
    }

    /// "Except when I've got a tutorial 1-2".
    fn exceptions(&mut self) {
        let kinds = self.kinds();
        for (at, token) in self.meant.clone().iter().enumerate() {
            let denies = self.text.part(std::slice::from_ref(token)).to_lowercase().ends_with("not");
            if token.kind != W(Word::Not { joins: true }) || denies {
                continue;
            }
            let from = at + 1;
            let when = usize::from(kinds.get(from) == Some(&W(Word::When)));
            let count = task(&kinds[from + when..]);
            let hours = begins_with_hours(&kinds[(from + when + count).min(kinds.len())..]);
            if count > 0 && hours && !kinds[from..from + when + count].contains(&W(Word::Ends)) {
                self.drop(from, from + when + count);
            }
        }
        self.clear();
    }

    /// Leaves out a time that the times beside it tell more exactly: "11-1, between lectures", "after church, 1pm", "teatime so 5-6",
    /// "twixmas so 28th".
    fn explained(&mut self) {
        let mut at = 0;
        while at < self.meant.len() {
            let kinds = self.kinds();
            let leads = kinds[at..].iter().take_while(|kind| is_time_word(**kind) || **kind == W(Word::In)).count();
            let named = at + leads;
            let count = match kinds.get(named) {
                // "Between Christmas and New Year."
                Some(W(Word::SomeHour | Word::SomeDay)) => match kinds[named + 1..] {
                    [W(Word::And), W(Word::SomeDay), ..] if leads > 0 => 3,
                    _ => 1,
                },
                Some(W(Word::Task | Word::Ends)) if leads > 0 => task(&kinds[named..]),
                _ => 0,
            };
            if count > 0 && self.tells(&kinds, at, named, named + count) {
                // "Any time after the school run (9.15)."
                let goes_on = at.checked_sub(1).is_some_and(|before| kinds[before] == W(Word::Whole));
                let end = named + count;
                let signs = kinds[end..].iter().take_while(|kind| matches!(kind, Comma | Dash | W(Word::So))).count();
                if goes_on && leads == 1 && begins_with_hours(&kinds[end + signs..]) {
                    self.drop(named, end + signs);
                } else {
                    self.drop(at, end);
                }
                self.clear();
            } else {
                at += 1;
            }
        }
    }

    /// Whether the words before or after the time from `at` to `end`, whose name begins at `named`, tell it by the clock or a date.
    fn tells(&self, kinds: &[Kind], at: usize, named: usize, end: usize) -> bool {
        let (before, rest) = (&kinds[..at], &kinds[end..]);
        let days_after = days_in(self.text, rest).unwrap_or_default();
        let separators =
            rest[days_after..].iter().take_while(|kind| matches!(kind, Comma | Dash | W(Word::So))).count();
        let so = rest[days_after..days_after + separators].contains(&W(Word::So));
        let after = &rest[days_after + separators..];
        if kinds[named] == W(Word::SomeDay) {
            let date = after.get(usize::from(matches!(after, [W(Word::Weekday(_)), ..]))..).unwrap_or_default();
            let is_told = date.first().is_some_and(is_number)
                && matches!(day::days(date, self.text.today), Ok(Some((Days::Dates(_) | Days::Numbered(..), _))));
            return days_after == 0 && separators > 0 && is_told;
        }
        let part = before.rsplit(|kind| ends_part(*kind)).next().unwrap_or_default();
        let days_before = Contents::of(self.text, part).days > 0;
        if begins_with_hours(after) {
            let (ranges, count) = match clock::time(after) {
                Some((Time::Range(..), _, count)) => (true, count),
                Some((.., count)) => (false, count),
                None => (false, 0),
            };
            let is_between = kinds[at] == W(Word::Between) && ranges;
            let apart = separators > 0 || kinds[named] == W(Word::SomeHour) || is_between;
            let others = days_in(self.text, &after[count..]).is_some();
            return apart && (so || !(others && (days_before || days_after > 0)));
        }
        let closes = rest.first().is_none_or(|next| ends_part(*next) || matches!(next, W(Word::And | Word::Or)));
        match before {
            [before @ .., Comma] => closes && ends_with_hours(self.text, before),
            _ => ends_with_hours(self.text, before),
        }
    }
}

/// The number of words that name a task: "kids at school", "lectures finish", "finish work".
pub(super) fn task(kinds: &[Kind]) -> usize {
    let is_task = |kind: &Kind| *kind == W(Word::Task);
    let is_verb = |kind: &Kind| matches!(kind, W(Word::Ends | Word::Begins));
    let mut count = usize::from(kinds.first().is_some_and(|first| is_task(first) || is_verb(first)));
    while count > 0 {
        count += match kinds.get(count..).unwrap_or_default() {
            [next, ..] if is_task(next) => 1,
            [next, ..] if is_verb(next) && !kinds[..count].iter().any(is_verb) => 1,
            [W(Word::At | Word::In | Word::From | Word::To | Word::And), next, ..] if is_task(next) => 2,
            _ => break,
        };
    }
    count
}

/// Letters that several zones go by.
const AMBIGUOUS: [&str; 6] = ["IST", "CST", "CDT", "AST", "MST", "WAT"];

fn is_relation(kind: Kind) -> bool {
    is_time_word(kind) && kind != W(Word::At) || kind == W(Word::Part(Part::Evening))
}

pub(super) fn kinds_of(tokens: &[Token]) -> Vec<Kind> {
    tokens.iter().map(|token| token.kind).collect()
}
