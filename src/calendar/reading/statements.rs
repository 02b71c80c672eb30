//! The statements of a text: which of its words say when somebody is free, and which take times away.

use super::contents::Contents;
use super::day::{self, Days};
use super::words::{Kind, Token, Word};
use super::{NotUnderstood, Text};

/// Words that say one of the two.
#[derive(Debug)]
pub(super) struct Statement {
    pub tokens: Vec<Token>,
    /// They say when somebody is not free.
    pub negative: bool,
}

/// The statements, in order. Words that change nothing are left out.
///
/// # Errors
/// A part of which nobody can tell whether it still belongs to what is taken away.
pub(super) fn split(text: &Text, tokens: &[Token]) -> Result<Vec<Statement>, NotUnderstood> {
    let changes = |token: &&Token| !matches!(token.kind, Kind::Word(Word::Small | Word::Filler));
    let tokens: Vec<Token> = tokens.iter().filter(changes).cloned().collect();
    let mut splitter = Splitter { text, found: Vec::new(), doubtful: false, after_exception: false };
    let mut begin = 0;
    for (at, token) in tokens.iter().enumerate() {
        let is_but = token.kind == Kind::Word(Word::But);
        let ends = matches!(token.kind, Kind::Stop | Kind::Line)
            || is_but && splitter.but_ends(&tokens[begin..at], &tokens[at..])?;
        if ends {
            splitter.sentence(&tokens[begin..at])?;
            splitter.doubtful &= token.kind == Kind::Line;
            splitter.after_exception = false;
            begin = at + 1;
        }
    }
    splitter.sentence(tokens.get(begin..).unwrap_or_default())?;
    Ok(splitter.found)
}

struct Splitter<'a> {
    text: &'a Text<'a>,
    found: Vec<Statement>,
    /// The words before began with an exception, whose list may go on.
    doubtful: bool,
    /// The words before ended with an exception. A bare day or week after it may be still about it.
    after_exception: bool,
}

fn is_not(token: &Token) -> bool {
    matches!(token.kind, Kind::Word(Word::Not { .. }))
}

fn says_yes(tokens: &[Token]) -> bool {
    tokens.iter().any(|token| token.kind == Kind::Word(Word::Yes))
}

/// Whether a time of the day is among these.
fn says_when(tokens: &[Token]) -> bool {
    let is_time = |token: &Token| {
        matches!(
            token.kind,
            Kind::Clock { .. }
                | Kind::Number(..)
                | Kind::Word(Word::Part(_) | Word::Parts(_) | Word::Am | Word::Pm | Word::Whole)
        )
    };
    tokens.iter().any(is_time)
}

/// The words without those that join or affirm at their ends.
fn trimmed(tokens: &[Token]) -> &[Token] {
    let joins = |token: &Token| {
        matches!(
            token.kind,
            Kind::Comma
                | Kind::Dash
                | Kind::Slash
                | Kind::Word(Word::And | Word::Or | Word::Yes | Word::But | Word::So)
        )
    };
    let begin = tokens.iter().position(|token| !joins(token)).unwrap_or(tokens.len());
    let end = tokens.iter().rposition(|token| !joins(token)).map_or(begin, |last| last + 1);
    tokens.get(begin..end).unwrap_or_default()
}

/// Whether the word tells in which weeks the days of a statement are.
fn is_in_a_week(text: &Text, token: &Token) -> bool {
    match day::days(std::slice::from_ref(&token.kind), text.today) {
        Ok(Some((Days::Named { names, again }, _))) => again && names.len() < 7,
        Ok(Some(_)) | Err(_) => true,
        Ok(None) => {
            matches!(token.kind, Kind::Number(..) | Kind::Word(Word::Next | Word::This | Word::Week | Word::Commencing))
        }
    }
}

impl Splitter<'_> {
    /// Whether a "but" begins another statement. It is an exception after "any" and the like.
    fn but_ends(&self, before: &[Token], from_here: &[Token]) -> Result<bool, NotUnderstood> {
        let after = from_here.get(1..).unwrap_or_default();
        let end = after.iter().position(|token| matches!(token.kind, Kind::Stop | Kind::Line)).unwrap_or(after.len());
        let after = &after[..end];
        let every = |token: &Token| matches!(token.kind, Kind::Word(Word::Every | Word::Daily | Word::Whole));
        let again = |token: &Token| matches!(token.kind, Kind::Word(Word::Parts(_) | Word::Workdays));
        let (of_every, taken) = (before.iter().any(every), before.iter().any(is_not));
        if after.iter().any(is_not) || taken && (!of_every || says_yes(after)) {
            Ok(true)
        } else if !taken && (of_every || before.iter().any(again)) && !says_yes(after) {
            Ok(false)
        } else {
            Err(NotUnderstood::Words(self.text.part(&from_here[..=end])))
        }
    }

    /// A sentence, or the part of one up to a "but".
    fn sentence(&mut self, tokens: &[Token]) -> Result<(), NotUnderstood> {
        let takes_away = |token: &Token| is_not(token) || token.kind == Kind::Word(Word::But);
        if !tokens.iter().any(takes_away) {
            return self.free(tokens);
        }
        let mut free_from = 0;
        let mut at = 0;
        for part in tokens.split(|token| token.kind == Kind::Comma) {
            let end = at + part.len();
            if let Some(first) = part.iter().position(takes_away) {
                self.exception(&tokens[free_from..at + first], &part[..first], &part[first..])?;
                free_from = end;
                self.doubtful &= at > 0 || !self.is_fronted(tokens, end);
            }
            at = end + 1;
        }
        self.free(&tokens[free_from..])
    }

    /// Whether the exception that ends here stands before all that it is one from: "apart from Tuesday, any day next week".
    fn is_fronted(&self, tokens: &[Token], end: usize) -> bool {
        let (exception, rest) = tokens.split_at(end);
        let every = |token: &Token| {
            matches!(token.kind, Kind::Word(Word::Every | Word::Daily | Word::Whole | Word::Week | Word::ThisWeek))
        };
        let typed = exception.first().map(|first| self.text.part(std::slice::from_ref(first)).to_lowercase());
        matches!(exception, [Token { kind: Kind::Word(Word::Not { joins: true }), .. }, ..])
            && typed.is_some_and(|typed| !typed.ends_with("not"))
            && rest.iter().filter(|token| token.kind == Kind::Comma).count() == 1
            && !rest.iter().any(is_not)
            && rest.iter().any(every)
    }

    fn free(&mut self, tokens: &[Token]) -> Result<(), NotUnderstood> {
        let meant = trimmed(tokens);
        if meant.is_empty() {
            return Ok(());
        }
        let is_doubtful = self.doubtful || self.after_exception && !says_when(tokens);
        if is_doubtful && self.narrows(meant) {
            self.doubtful = false;
            return Ok(());
        }
        if is_doubtful && !says_yes(tokens) {
            return Err(NotUnderstood::Words(self.text.part(meant)));
        }
        (self.doubtful, self.after_exception) = (false, false);
        self.push(meant, false);
        Ok(())
    }

    /// The words up to an exception, the last of them after a comma, and the exception itself.
    fn exception(&mut self, free: &[Token], part: &[Token], tail: &[Token]) -> Result<(), NotUnderstood> {
        let words = [part, tail].concat();
        let unclear = || NotUnderstood::Words(self.text.part(&words));
        let taken: Vec<&[Token]> = tail
            .split(|token| is_not(token) || token.kind == Kind::Word(Word::But))
            .map(trimmed)
            .filter(|taken| !taken.is_empty())
            .collect();
        let head = trimmed(part);
        let joins = |token: &Token| matches!(token.kind, Kind::Word(Word::Not { joins: true } | Word::But));
        if taken.is_empty() {
            // "Tuesday no good": it may be about all days of a list before it.
            let before = &free[..free.len() - part.len()];
            if head.is_empty() || says_yes(part) || !trimmed(before).is_empty() && !says_yes(before) {
                return Err(unclear());
            }
            self.free(before)?;
            self.push(head, true);
            self.after_exception = true;
            return Ok(());
        }
        // "not mornings (Fri isn't possible)": the last one takes away what stands before it, and nobody can tell how much.
        let ends_in_another = tail.len() > 1 && trimmed(tail).last().is_some_and(is_not);
        if ends_in_another || says_yes(tail) || !head.is_empty() && !tail.first().is_some_and(joins) {
            return Err(unclear());
        }
        self.free(free)?;
        if !trimmed(free).is_empty() {
            self.shares_week(&taken);
        }
        for taken in taken {
            self.push(taken, true);
        }
        self.doubtful = true;
        Ok(())
    }

    /// Times behind the exceptions from some days are those of the other days: "next week except Tuesday, 12 to 3". That is the narrower
    /// of the two readings.
    fn narrows(&mut self, times: &[Token]) -> bool {
        let contents =
            |tokens: &[Token]| Contents::of(self.text, &tokens.iter().map(|token| token.kind).collect::<Vec<Kind>>());
        let told = contents(times);
        let Some(last) = self.found.iter().rposition(|statement| !statement.negative) else { return false };
        let has_days_alone = |tokens: &[Token]| {
            let held = contents(tokens);
            held.days > 0 && held.clocks + held.parts + held.others == 0
        };
        // "Any evening bar Friday, 6 to 8."
        let narrowed = contents(&self.found[last].tokens);
        let is_narrowed = has_days_alone(&self.found[last].tokens)
            || narrowed.parts > 0 && told.parts == 0 && narrowed.clocks + narrowed.others == 0;
        let taken = &self.found[last + 1..];
        // "Except the 7th, 9 to 11" can be about three more days.
        let is_day = taken.iter().any(|statement| contents(&statement.tokens).numbered > 0)
            && matches!(times.first(), Some(Token { kind: Kind::Number(..), .. }))
            && !times.iter().any(|token| matches!(token.kind, Kind::Word(Word::Am | Word::Pm)));
        let fits = told.clocks + told.parts > 0
            && told.days + told.others == 0
            && !is_day
            && is_narrowed
            && !taken.is_empty()
            && taken.iter().all(|statement| has_days_alone(&statement.tokens));
        if fits {
            let meant = times.iter().filter(|token| token.kind != Kind::Word(Word::Yes)).cloned();
            self.found[last].tokens.extend(meant);
        }
        fits
    }

    /// The week of an exception is that of the times too, if they are in none: "any evening bar Friday next week",
    /// "Monday to Friday except Wednesday next week". That is the narrower
    /// of the two readings.
    fn shares_week(&mut self, taken: &[&[Token]]) {
        let [taken] = taken else { return };
        let Some(Statement { tokens, negative: false }) = self.found.last_mut() else { return };
        if tokens.iter().any(|token| is_in_a_week(self.text, token)) {
            return;
        }
        let kinds: Vec<Kind> = taken.iter().map(|token| token.kind).collect();
        let (mut named, mut at) = (false, 0);
        while at < kinds.len() {
            match day::days(&kinds[at..], self.text.today) {
                Ok(Some((Days::Named { .. }, count))) => {
                    named = true;
                    at += count;
                }
                Ok(Some((Days::Period { open: false, .. }, count))) if named => {
                    tokens.extend_from_slice(&taken[at..at + count]);
                    return;
                }
                Ok(Some((Days::Dates(_) | Days::Numbered(..) | Days::Period { .. }, _))) | Err(_) => return,
                Ok(None) => at += 1,
            }
        }
    }

    fn push(&mut self, tokens: &[Token], negative: bool) {
        let meant = tokens.iter().filter(|token| token.kind != Kind::Word(Word::Yes)).cloned().collect();
        self.found.push(Statement { tokens: meant, negative });
    }
}
