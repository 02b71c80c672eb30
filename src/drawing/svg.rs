//! A drawing as an SVG. It is made for a phone: 390 wide, with letters that are read at that width.

use std::fmt::Write as _;

use lodge_ground::drawing::{Drawing, Group};

use super::font::Font;
use super::wrap::{self, LEFT_OUT};

/// The width of every picture, in units of the SVG: that of a phone's screen.
pub(crate) const WIDTH: f32 = 390.0;

/// The space around everything, and between two cards.
const MARGIN: f32 = 12.0;

/// The space within a card, around its words.
const PADDING: f32 = 12.0;

/// The space in which the middle stands, with the ties above and below it.
const BETWEEN: f32 = 104.0;

/// The height of the middle.
const MIDDLE: f32 = 44.0;

/// The space between two entries of a card.
const GAP: f32 = 6.0;

/// The diameter of a number's disc, and the space behind it.
const DISC: f32 = 18.0;
const BEHIND_DISC: f32 = 7.0;

/// A size of letters, and the height of a line of them.
struct Letters {
    size: f32,
    line: f32,
}

const TITLE: Letters = Letters { size: 15.0, line: 20.0 };
const WORDS: Letters = Letters { size: 14.0, line: 18.0 };
const NUMBER: Letters = Letters { size: 10.5, line: 18.0 };
const SMALL: Letters = Letters { size: 12.0, line: 16.0 };

/// The look of a group: its dark colour, its light one, and the dashes of its lines, by which it is known without colours.
pub(crate) struct Look {
    pub dark: &'static str,
    pub light: &'static str,
    dashes: &'static str,
}

/// The looks of the three groups. Each dark colour has a contrast of more than 7 to its light one and to white.
pub(crate) const LOOKS: [Look; 3] = [
    Look { dark: "#0b5345", light: "#e3f4ee", dashes: "" },
    Look { dark: "#37348b", light: "#ecebfa", dashes: " stroke-dasharray=\"7 4\"" },
    Look { dark: "#7a3e06", light: "#fcf0e1", dashes: " stroke-dasharray=\"2 4\"" },
];

/// The marks around words that are read from the right, and those of other scripts among them from the left.
const FROM_RIGHT: char = '\u{202B}';
const AS_BEFORE: char = '\u{202C}';

/// The colours of words and of the middle.
const INK: &str = "#1f2937";
const GREY: &str = "#4b5563";

/// A card, as it is laid out: its lines, and the room that they take.
struct Card<'a> {
    look: &'a Look,
    title: Vec<String>,
    entries: Vec<(Option<u32>, Vec<String>)>,
    disc: f32,
    width: f32,
    height: f32,
}

/// The drawing as an SVG. The same drawing is the same text.
pub(crate) fn svg(font: &Font, drawing: &Drawing) -> String {
    let [above, left, right] = &drawing.groups;
    let half = (WIDTH - 3.0 * MARGIN) / 2.0;
    let place = |group, look, width| Card::new(font, (group, &drawing.none), look, width);
    let [first, second, third] = &LOOKS;
    let above = place(above, first, WIDTH - 2.0 * MARGIN);
    let (left, right) = (place(left, second, half), place(right, third, half));
    let middle = MARGIN + above.height + BETWEEN / 2.0;
    let below = MARGIN + above.height + BETWEEN;
    let mut height = below + left.height.max(right.height) + MARGIN;
    let note = if [&above, &left, &right].into_iter().any(Card::leaves_out) {
        let words = wrap::words(font, &drawing.left_out);
        wrap::lines(font, &words, SMALL.size, WIDTH - 2.0 * MARGIN)
    } else {
        Vec::new()
    };
    let mut body = String::new();
    let from = (WIDTH / 2.0, middle);
    tie(&mut body, from, (WIDTH / 2.0, MARGIN + above.height), first);
    tie(&mut body, from, (MARGIN + half / 2.0, below), second);
    tie(&mut body, from, (WIDTH - MARGIN - half / 2.0, below), third);
    pill(&mut body, font, &drawing.middle, middle);
    above.write(&mut body, MARGIN, MARGIN);
    left.write(&mut body, MARGIN, below);
    right.write(&mut body, 2.0 * MARGIN + half, below);
    for line in &note {
        text(&mut body, (MARGIN, height + SMALL.size), &SMALL, (GREY, ""), line);
        height += SMALL.line;
    }
    if !note.is_empty() {
        height += MARGIN;
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\">\
         <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>{body}</svg>"
    )
}

impl<'a> Card<'a> {
    fn new(font: &Font, (group, none): (&Group, &str), look: &'a Look, width: f32) -> Self {
        let inner = width - 2.0 * PADDING;
        let title = wrap::lines(font, &wrap::words(font, &group.title), TITLE.size, inner);
        let number = |number: &u32| font.width(&number.to_string(), NUMBER.size) + 8.0;
        let disc = group.lines.iter().map(|(nth, _)| number(nth)).fold(DISC, f32::max);
        let entry = |words: &str, room: f32| wrap::lines(font, &wrap::words(font, words), WORDS.size, room);
        let mut entries: Vec<_> = group
            .lines
            .iter()
            .map(|(number, words)| (Some(*number), entry(words, inner - disc - BEHIND_DISC)))
            .collect();
        if entries.is_empty() {
            entries.push((None, entry(none, inner)));
        }
        let entries_high: f32 = entries.iter().map(|(_, lines)| GAP + high(lines, &WORDS)).sum();
        let height = 2.0 * PADDING + high(&title, &TITLE) + entries_high;
        Self { look, title, entries, disc, width, height }
    }

    /// Whether a word in it cannot be drawn.
    fn leaves_out(&self) -> bool {
        self.entries.iter().flat_map(|(_, lines)| lines).any(|line| line.split(' ').any(|word| word == LEFT_OUT))
    }

    fn write(&self, body: &mut String, x: f32, y: f32) {
        let Self { look: Look { dark, light, dashes }, width, height, .. } = self;
        let _ = write!(
            body,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"12\" fill=\"{light}\" stroke=\"{dark}\" \
             stroke-width=\"1.5\"{dashes}/>"
        );
        let inside = x + PADDING;
        let mut top = y + PADDING;
        for line in &self.title {
            // The font has no bold letters; a thin outline makes these so.
            let bold = format!(" stroke=\"{dark}\" stroke-width=\"0.5\"");
            text(body, (inside, top + TITLE.size), &TITLE, (dark, &bold), line);
            top += TITLE.line;
        }
        for (number, lines) in &self.entries {
            top += GAP;
            if let Some(number) = number {
                let (disc, middle) = (self.disc, inside + self.disc / 2.0);
                let _ = write!(
                    body,
                    "<rect x=\"{inside}\" y=\"{top}\" width=\"{disc}\" height=\"{DISC}\" rx=\"9\" fill=\"{dark}\"/>"
                );
                let look = ("#ffffff", " text-anchor=\"middle\"");
                text(body, (middle, top + 12.8), &NUMBER, look, &number.to_string());
            }
            let (indent, ink) = if number.is_some() { (self.disc + BEHIND_DISC, INK) } else { (0.0, GREY) };
            let from_right = lines.first().is_some_and(|line| is_from_right(line));
            for line in lines {
                // An entry in a script that is written from the right stands at the right.
                if from_right {
                    let (place, look) = (x + width - PADDING, (ink, " text-anchor=\"end\""));
                    text(body, (place, top + 14.0), &WORDS, look, &format!("{FROM_RIGHT}{line}{AS_BEFORE}"));
                } else {
                    text(body, (inside + indent, top + 14.0), &WORDS, (ink, ""), line);
                }
                top += WORDS.line;
            }
        }
    }
}

/// The height of these lines.
fn high(lines: &[String], letters: &Letters) -> f32 {
    lines.iter().map(|_| letters.line).sum()
}

/// A tie from the middle to a card.
fn tie(body: &mut String, (x, y): (f32, f32), (to_x, to_y): (f32, f32), look: &Look) {
    let bend = f32::midpoint(y, to_y);
    let Look { dark, dashes, .. } = look;
    let _ = write!(
        body,
        "<path d=\"M{x} {y}C{x} {bend} {to_x} {bend} {to_x} {to_y}\" fill=\"none\" stroke=\"{dark}\" stroke-width=\"2\"{dashes}/>"
    );
}

/// The middle, around its word, at this height.
fn pill(body: &mut String, font: &Font, word: &str, middle: f32) {
    let lines = wrap::lines(font, &wrap::words(font, word), TITLE.size, WIDTH / 2.0);
    let word = lines.first().map(String::as_str).unwrap_or_default();
    let width = (font.width(word, TITLE.size) + 36.0).max(MIDDLE);
    let (x, y) = ((WIDTH - width) / 2.0, middle - MIDDLE / 2.0);
    let _ = write!(
        body,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{MIDDLE}\" rx=\"22\" fill=\"{INK}\" stroke=\"#ffffff\" \
         stroke-width=\"4\"/>"
    );
    let look = ("#ffffff", " text-anchor=\"middle\" stroke=\"#ffffff\" stroke-width=\"0.5\"");
    text(body, (WIDTH / 2.0, middle + 5.4), &TITLE, look, word);
}

fn text(body: &mut String, (x, y): (f32, f32), letters: &Letters, (colour, more): (&str, &str), words: &str) {
    let size = letters.size;
    let words = escaped(words);
    let _ = write!(body, "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{colour}\"{more}>{words}</text>");
}

/// Nobody's words become a part of the picture's language.
fn escaped(words: &str) -> String {
    let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    words.replace('"', "&quot;").replace('\'', "&#39;")
}

/// Whether a line begins with a script that is written from the right: Hebrew, Arabic and their like.
fn is_from_right(line: &str) -> bool {
    let first = line.chars().find(|letter| letter.is_alphabetic());
    first.is_some_and(
        |letter| matches!(letter, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'),
    )
}
