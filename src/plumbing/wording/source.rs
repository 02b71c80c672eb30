//! Reads wording files and examines every message in them.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement, Resource};
use fluent_syntax::parser::{ParserError, parse_runtime};
use fluent_syntax::serializer::serialize;

use super::error::{Fault, Place, Problem, WordingError};

/// A message as it was read.
#[derive(Debug)]
pub(super) struct Template {
    /// Its Fluent text in one fixed form, without comments.
    pub text: String,
    place: Place,
    shown: BTreeSet<String>,
    chosen_by: BTreeSet<String>,
}

/// Reads one file's messages and adds them.
pub(super) fn read(file: &str, text: &str, templates: &mut BTreeMap<String, Template>) -> Result<(), WordingError> {
    let at = |position: usize| Place { file: file.to_owned(), line: line_of(text, position) };
    let resource = parse_runtime(text).map_err(|(_, errors)| not_a_message(file, text, &errors))?;
    for entry in resource.body {
        match entry {
            Entry::Message(message) => {
                let place = at(position_in(text, message.id.name));
                add(message, place, templates)?;
            }
            Entry::Term(term) => {
                let place = at(position_in(text, term.id.name));
                return Err(unfit(place, format!("-{}", term.id.name), Fault::Unsupported("a term")));
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => {}
        }
    }
    Ok(())
}

/// Examines whether a service's message can take the place of the one of that name: it uses only variables that it
/// gets, and shows all that the original shows.
pub(super) fn stands_in(id: &str, own: &Template, originals: &BTreeMap<String, Template>) -> Result<(), WordingError> {
    let Some(original) = originals.get(id) else {
        let problem = Problem::UnknownId { id: id.to_owned(), known: originals.keys().cloned().collect() };
        return Err(WordingError::Unusable { place: own.place.clone(), problem });
    };
    let wrong = |fault| Err(unfit(own.place.clone(), id.to_owned(), fault));
    let gets: BTreeSet<&String> = original.shown.union(&original.chosen_by).collect();
    let variables = || gets.iter().map(|name| (*name).clone()).collect();
    if let Some(variable) = own.shown.union(&own.chosen_by).find(|name| !gets.contains(name)) {
        let variable = variable.clone();
        return wrong(Fault::UnknownVariable { variable, variables: variables() });
    }
    if let Some(variable) = original.shown.difference(&own.shown).next() {
        let variable = variable.clone();
        return wrong(Fault::MissingVariable { variable, variables: variables() });
    }
    Ok(())
}

fn add(message: Message<&str>, place: Place, templates: &mut BTreeMap<String, Template>) -> Result<(), WordingError> {
    let id = message.id.name.to_owned();
    let mut seen = Seen::default();
    let examined = match &message.value {
        Some(words) if message.attributes.is_empty() => seen.pattern(words),
        Some(_) | None => Err(Fault::Unsupported("an attribute (a line that begins with \".\")")),
    };
    let twice = || templates.get(&id).map(|first| Fault::Twice(first.place.clone()));
    if let Some(fault) = examined.err().or_else(twice) {
        return Err(unfit(place, id, fault));
    }
    let text = serialize(&Resource { body: vec![Entry::Message(message)] });
    templates.insert(id, Template { text, place, shown: seen.shown, chosen_by: seen.chosen_by });
    Ok(())
}

fn unfit(place: Place, id: String, fault: Fault) -> WordingError {
    WordingError::Unusable { place, problem: Problem::Unfit { id, fault } }
}

/// The variables that a message uses.
#[derive(Default)]
struct Seen {
    shown: BTreeSet<String>,
    chosen_by: BTreeSet<String>,
}

impl Seen {
    fn pattern(&mut self, pattern: &Pattern<&str>) -> Result<(), Fault> {
        let mut open = false;
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => open = stars(value, open)?,
                PatternElement::Placeable { expression } => self.expression(expression)?,
            }
        }
        if open { Err(Fault::UnpairedStars) } else { Ok(()) }
    }

    fn expression(&mut self, expression: &Expression<&str>) -> Result<(), Fault> {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector: InlineExpression::VariableReference { id }, variants } => {
                self.chosen_by.insert(id.name.to_owned());
                variants.iter().try_for_each(|variant| self.pattern(&variant.value))
            }
            Expression::Select { .. } => Err(Fault::Unsupported("a choice by something that is no variable")),
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) -> Result<(), Fault> {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.shown.insert(id.name.to_owned());
                Ok(())
            }
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => Ok(()),
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::FunctionReference { .. } => Err(Fault::Unsupported("a function")),
            InlineExpression::MessageReference { .. } => Err(Fault::Unsupported("another message")),
            InlineExpression::TermReference { .. } => Err(Fault::Unsupported("a term")),
        }
    }
}

/// Whether strong words are open after this text. They may not go on over the end of a line.
fn stars(text: &str, open: bool) -> Result<bool, Fault> {
    let mut open = open;
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 && open {
            return Err(Fault::UnpairedStars);
        }
        open ^= line.matches("**").count() % 2 == 1;
    }
    Ok(open)
}

/// The error for a file that cannot be read: the usual mistake by its own name, any other by the parser's.
fn not_a_message(file: &str, text: &str, errors: &[ParserError]) -> WordingError {
    let Some(first) = errors.first() else {
        let place = Place { file: file.to_owned(), line: 1 };
        return WordingError::Unusable { place, problem: Problem::NotAMessage("nothing more is known".to_owned()) };
    };
    let line = line_of(text, first.pos.start);
    let words = text.lines().nth(line - 1).unwrap_or_default();
    let start = words.trim_start().chars().next().filter(|c| "*[.".contains(*c) && words.starts_with(' '));
    let problem = start.map_or_else(|| Problem::NotAMessage(first.kind.to_string()), Problem::LineStart);
    WordingError::Unusable { place: Place { file: file.to_owned(), line }, problem }
}

fn line_of(text: &str, position: usize) -> usize {
    text.bytes().take(position).filter(|byte| *byte == b'\n').count() + 1
}

/// The offset at which `part` begins in `text`, of which it is a slice.
fn position_in(text: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(text.as_ptr().addr())
}
