//! The times that somebody is busy, where they tell them beside those at which they are free.

use super::Text;
use super::clock;
use super::contents::{Contents, days_in, ends_with_hours};
use super::reasons::{ends_part, kinds_of, stands_beside, task};
use super::words::{
    Kind::{self, Comma, Line, Stop, Word as W},
    Token, Word,
};

/// The words with each part about being busy as an exception: "I finish at 5, so 6 onwards" as "not before 5. 6 onwards".
pub(super) fn taken_away(text: &Text, tokens: &[Token]) -> Vec<Token> {
    let mut facts = Facts { text, found: Vec::new(), lent: Vec::new() };
    let mut begin = 0;
    for end in (0..=tokens.len()).filter(|at| tokens.get(*at).is_none_or(|token| ends_part(token.kind))) {
        facts.read(&tokens[begin..end], &tokens[end..]);
        begin = end + 1;
    }
    facts.found
}

struct Facts<'a> {
    text: &'a Text<'a>,
    found: Vec<Token>,
    /// The days of an exception with hours, which are those of the times that follow from it.
    lent: Vec<Token>,
}

/// The sense of words about being busy.
enum Fact {
    /// They tell no time.
    Nothing,
    /// An exception, with its words.
    Taken(Vec<Token>),
}

fn is_not(kind: Option<&Kind>) -> bool {
    matches!(kind, Some(W(Word::Not { .. })))
}

impl Facts<'_> {
    /// A part up to a sign or word that ends it, with which the words behind it begin.
    fn read(&mut self, part: &[Token], behind: &[Token]) {
        let kinds = kinds_of(part);
        let contents = Contents::of(self.text, &kinds);
        let comes_again = |kind: &Kind| matches!(kind, W(Word::Parts(_) | Word::Every));
        let lent = std::mem::take(&mut self.lent);
        if contents.clocks + contents.parts > 0 && contents.days == 0 && !kinds.iter().any(comes_again) {
            self.found.extend(lent);
        }
        let because = self.found.last().is_some_and(|last| last.kind == W(Word::Because));
        let next = behind.first().map(|next| next.kind);
        let rest = behind.split(|token| matches!(token.kind, Stop | Line)).next().unwrap_or_default();
        let rest = kinds_of(rest.get(1..).unwrap_or_default());
        // "As I finish at 5, Thursday after 6": of two commas, either could end the reason.
        let leads = because && matches!(self.found.as_slice(), [_] | [.., Token { kind: Stop | Line, .. }, _]);
        let so = next == Some(W(Word::So)) || leads && next == Some(Comma) && !rest.contains(&Comma);
        let others = Contents::of(self.text, &rest);
        let says_when = others.days + others.clocks > 0 || others.parts > 0 && !rest.contains(&W(Word::Whole));
        let (mut part, mut negative) = (part.to_vec(), is_not(kinds.first()) || because && is_not(kinds.last()));
        match self.fact(&part) {
            Some(Fact::Nothing) if because || so || self.closes(&kinds) => part.clear(),
            // "Lectures on Thursday so 5pm": that day, at that time.
            Some(Fact::Taken(_)) if so && contents.clocks + contents.parts + others.days == 0 => {
                part.retain(|token| !stands_beside(token.kind));
            }
            Some(Fact::Taken(taken)) => (part, negative) = (taken, true),
            Some(Fact::Nothing) | None => {}
        }
        // "As I'm free then" says no more.
        let says_no_more = !kinds.is_empty() && part.iter().all(|token| token.kind == W(Word::Yes));
        if because
            && (negative || says_no_more)
            && let Some(last) = self.found.last_mut()
        {
            last.kind = if negative { Stop } else { W(Word::Filler) };
        }
        let goes_on = so && says_when || rest.first() == Some(&W(Word::Yes));
        if negative && goes_on && contents.clocks > 0 && contents.days > 0 && others.days == 0 {
            self.lent = self.days_of(&part);
        }
        self.found.append(&mut part);
        self.found.extend(behind.first().map(|next| {
            let kind = if negative && so && says_when { Stop } else { next.kind };
            Token { kind, place: next.place.clone() }
        }));
    }

    /// Whether a task without hours is told behind times as one that comes after them, before or at the same time: "8-9:30,
    /// school run after", "3-4 (school run)".
    fn closes(&self, kinds: &[Kind]) -> bool {
        let [before @ .., sign @ Token { kind: Comma, .. }] = self.found.as_slice() else { return false };
        let is_bracket = self.text.part(std::slice::from_ref(sign)) == "(";
        // "Not Tuesday, I've got lectures."
        let last = before.rsplit(|token| ends_part(token.kind)).next().unwrap_or_default();
        if last.iter().any(|token| is_not(Some(&token.kind))) {
            return true;
        }
        (is_bracket || matches!(kinds.last(), Some(W(Word::After | Word::Before | Word::Until))))
            && ends_with_hours(self.text, &kinds_of(before))
    }

    /// The words of the days among these, with those that join them.
    fn days_of(&self, tokens: &[Token]) -> Vec<Token> {
        let kinds = kinds_of(tokens);
        let mut days = Vec::new();
        let mut at = 0;
        while at < kinds.len() {
            let found = days_in(self.text, &kinds[at..]);
            let time = clock::time(&kinds[at..]).map(|(.., count)| count);
            let joins = matches!(kinds[at], W(Word::And | Word::Or));
            let count = found.or(time).unwrap_or(1);
            if found.is_some() || time.is_none() && joins {
                days.extend_from_slice(&tokens[at..at + count]);
            }
            at += count;
        }
        days
    }

    /// The times that a part takes away, if it is about being busy and about nothing else.
    fn fact(&self, part: &[Token]) -> Option<Fact> {
        let kinds = kinds_of(part);
        let first = kinds.iter().position(|kind| matches!(kind, W(Word::Task | Word::Ends | Word::Begins)))?;
        let count = task(&kinds[first..]);
        let (before, rest) = (&kinds[..first], &kinds[first + count..]);
        let held = Contents::of(self.text, before);
        if held.clocks + held.parts + held.others > 0 || matches!(before.last(), Some(W(Word::And | Word::Or))) {
            return None;
        }
        let not = Token { kind: W(Word::Not { joins: false }), place: part[first].place.clone() };
        let task = &kinds[first..first + count];
        let verb = if task.contains(&W(Word::Ends)) {
            Some(Word::Before)
        } else {
            task.contains(&W(Word::Begins)).then_some(Word::After)
        };
        let mut taken = vec![not.clone()];
        taken.extend_from_slice(&part[..first]);
        let mut words = first + count;
        if let Some(relation) = verb {
            let leads = usize::from(matches!(rest.first(), Some(W(Word::Until | Word::From))));
            let (_, hour) = clock::moment(&rest[leads..])?;
            let behind = Contents::of(self.text, &rest[leads + hour..]);
            if behind.clocks + behind.parts > 0 {
                return None;
            }
            taken.push(Token { kind: W(relation), place: not.place });
            words += leads;
        } else if before.is_empty() && matches!(rest, [] | [W(Word::After | Word::Before | Word::Until)]) {
            return Some(Fact::Nothing);
        }
        taken.extend_from_slice(&part[words..]);
        let told = Contents::of(self.text, &kinds_of(&taken[1..]));
        (told.others == 0 && told.days + told.clocks + told.parts > 0).then_some(Fact::Taken(taken))
    }
}
