//! Fills sentences in.
//!
//! Fluent gets a placeholder, one private-use character, for every argument but numbers. The markup is read from what
//! Fluent gives back, in which there is not a letter of anybody else's; then each placeholder gives way to its argument.

use fluent_bundle::{FluentArgs, FluentValue};
use jiff::tz::TimeZone;
use lodge_ground::wording::{Arg, Wording};

use super::page::{POINT, Page};
use super::{Rendered, Wordings, english};

/// The first placeholder, in Unicode's supplementary private use area. No message has as many arguments as there are.
const FIRST_PLACEHOLDER: u32 = 0xF_0000;

/// The sentence for whatever goes wrong.
const FAULT: &str = "fault";

impl Wordings {
    /// The sentence with its arguments filled in, its moments in the service's time zone.
    ///
    /// A sentence that is missing, or that is not given all its arguments, is a mistake in the program: it is logged,
    /// and the reader gets the sentence for a fault and no half-filled one.
    pub fn render(&self, wording: &Wording, zone: &TimeZone) -> Rendered {
        let mut page = Page::new();
        if let Err(Unfilled { id, problem }) = self.write(wording, zone, &mut page, false) {
            tracing::error!(wording = wording.id, part = id, problem, "a sentence could not be filled in");
            page = Page::new();
            if self.write(&Wording { id: FAULT, args: vec![] }, zone, &mut page, false).is_err() {
                tracing::error!(wording = FAULT, "the sentence for a fault could not be filled in either");
            }
        }
        page.finish()
    }

    /// Writes a sentence; `strong` where it stands among strong words.
    fn write(&self, wording: &Wording, zone: &TimeZone, page: &mut Page, strong: bool) -> Result<(), Unfilled> {
        let mut places: Vec<&Arg> = vec![];
        let mut fluent = FluentArgs::with_capacity(wording.args.len());
        for (name, arg) in &wording.args {
            if let Arg::Number(number) = arg {
                fluent.set(*name, FluentValue::from(*number));
            } else {
                fluent.set(*name, FluentValue::from(placeholder(places.len()).to_string()));
                places.push(arg);
            }
        }
        let text = self.fluent_text(wording.id, &fluent)?;
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                page.next_line();
            }
            self.write_line((line.trim(), strong), &places, zone, page)?;
        }
        Ok(())
    }

    /// The template with its placeholders.
    fn fluent_text(&self, id: &'static str, args: &FluentArgs<'_>) -> Result<String, Unfilled> {
        let unfilled = |problem| Unfilled { id, problem };
        let message = self.bundle.get_message(id).and_then(|message| message.value());
        let pattern = message.ok_or_else(|| unfilled("there is no such sentence".to_owned()))?;
        let mut errors = vec![];
        let text = self.bundle.format_pattern(pattern, Some(args), &mut errors);
        match errors.first() {
            None => Ok(text.into_owned()),
            Some(error) => Err(unfilled(error.to_string())),
        }
    }

    fn write_line(
        &self,
        (line, mut strong): (&str, bool),
        places: &[&Arg],
        zone: &TimeZone,
        page: &mut Page,
    ) -> Result<(), Unfilled> {
        let (quoted, line) = line.strip_prefix('>').map_or((false, line), |rest| (true, rest.trim_start()));
        let (is_point, line) = line.strip_prefix(POINT).map_or((false, line), |rest| (true, rest.trim_start()));
        if quoted {
            page.quote();
        }
        if is_point {
            page.point();
        }
        let mut letters = line.chars().peekable();
        while let Some(letter) = letters.next() {
            if letter == '*' && letters.next_if_eq(&'*').is_some() {
                strong = !strong;
            } else if let Some(arg) = place_of(letter).and_then(|place| places.get(place)) {
                self.write_arg(arg, strong, zone, page)?;
            } else {
                page.own(letter, strong);
            }
        }
        Ok(())
    }

    fn write_arg(&self, arg: &Arg, strong: bool, zone: &TimeZone, page: &mut Page) -> Result<(), Unfilled> {
        match arg {
            Arg::Text(words) => page.put_in(words, strong),
            Arg::Number(number) => page.put_in(&number.to_string(), strong),
            Arg::When(moment) => page.put_in(&english::moment(*moment, zone), strong),
            Arg::Between(from, to) => page.put_in(&english::between(*from, *to, zone), strong),
            Arg::There(from, to, there) => page.put_in(&english::there(*from, *to, there, zone), strong),
            Arg::Day(moment) => page.put_in(&english::day(*moment, zone), strong),
            Arg::Long(span) => page.put_in(&english::span(*span), strong),
            Arg::Page(text) => page.put_page(text, strong),
            Arg::Way(to) => page.put_way(to),
            Arg::Code(text) => page.put_code(text),
            Arg::Lines(parts) => {
                for (index, part) in parts.iter().enumerate() {
                    if index > 0 {
                        page.next_line();
                    }
                    self.write(part, zone, page, false)?;
                }
            }
            Arg::Listed(parts) => {
                for (index, part) in parts.iter().enumerate() {
                    if index > 0 {
                        page.put_in(english::BETWEEN, strong);
                    }
                    self.write(part, zone, page, strong)?;
                }
            }
        }
        Ok(())
    }
}

/// A sentence that could not be filled in. Neither part holds anybody's words.
struct Unfilled {
    id: &'static str,
    problem: String,
}

/// The placeholder of the argument at this place.
fn placeholder(place: usize) -> char {
    let code = u32::try_from(place).ok().and_then(|place| FIRST_PLACEHOLDER.checked_add(place));
    code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The place that a character is the placeholder of, if it could be one.
fn place_of(letter: char) -> Option<usize> {
    u32::from(letter).checked_sub(FIRST_PLACEHOLDER).and_then(|place| usize::try_from(place).ok())
}
