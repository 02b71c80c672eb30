//! A sentence while it is put together: lines of words, each marked as the porter's or as an argument.
//!
//! The markup is in the marks, never in the words. So plain text and HTML are each written once, at the end, and all
//! words are escaped as a whole.

use lodge_ground::link;

use super::Rendered;

/// The mark with which a point of a list begins, in the wording files and in plain text.
pub(super) const POINT: char = '•';

/// A text that is being laid out line by line.
#[derive(Debug)]
pub(super) struct Page {
    done: Vec<Line>,
    current: Line,
}

#[derive(Debug, Default)]
struct Line {
    kind: Kind,
    spans: Vec<Span>,
}

/// The part of a page that a line belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Words,
    /// A point of a list, so that a screen reader says how many there are.
    Point,
    Quotation,
    Code,
}

#[derive(Debug)]
struct Span {
    words: String,
    mark: Mark,
}

/// The mark that some words of a line bear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    Strong,
    /// They are an account or a web page, and lead there.
    Way,
}

impl Page {
    pub(super) fn new() -> Self {
        Self { done: vec![], current: Line::default() }
    }

    /// Begins a new line, no quotation.
    pub(super) fn next_line(&mut self) {
        self.done.push(std::mem::take(&mut self.current));
    }

    /// Makes what follows on this line a quotation.
    pub(super) fn quote(&mut self) {
        if !self.current.is_blank() {
            self.next_line();
        }
        self.current.kind = Kind::Quotation;
    }

    /// Makes this line a point of a list.
    pub(super) fn point(&mut self) {
        self.current.kind = Kind::Point;
    }

    /// Adds words of the porter's to the line.
    pub(super) fn own(&mut self, letter: char, strong: bool) {
        let mark = if strong { Mark::Strong } else { Mark::None };
        match self.current.spans.last_mut() {
            Some(span) if span.mark == mark => span.words.push(letter),
            Some(_) | None => self.current.spans.push(Span { words: letter.into(), mark }),
        }
    }

    /// Adds the place where a service is found. Only the settings name one, so nobody's words become a link.
    pub(super) fn put_way(&mut self, to: &str) {
        self.current.spans.push(Span { words: to.replace(is_line_break, " "), mark: Mark::Way });
    }

    /// Adds words that are not the porter's. In a quotation their lines stay lines of it; elsewhere they become one
    /// line, so that nobody can write a line that looks like the porter's own.
    pub(super) fn put_in(&mut self, words: &str, strong: bool) {
        for (index, line) in words.replace("\r\n", "\n").split(is_line_break).enumerate() {
            if index > 0 && self.current.kind == Kind::Quotation {
                self.next_line();
                self.current.kind = Kind::Quotation;
            } else if index > 0 {
                self.own(' ', strong);
            }
            line.chars().for_each(|letter| self.own(letter, strong));
        }
    }

    /// Adds a page of the service's own, whose lines stay lines and whose blank lines part its paragraphs. A line of
    /// nothing but "=" or "-" underlines a heading where the page is read as a file, and is left out here.
    pub(super) fn put_page(&mut self, text: &str, strong: bool) {
        let underlines = |line: &str| line.len() > 2 && ["=", "-"].iter().any(|mark| line.replace(mark, "").is_empty());
        for (index, line) in text.lines().filter(|line| !underlines(line.trim_end())).enumerate() {
            if index > 0 {
                self.next_line();
            }
            self.put_in(line.trim_end(), strong);
        }
    }

    /// Adds text for programs, set apart from everything else.
    pub(super) fn put_code(&mut self, text: &str) {
        if !self.current.is_blank() {
            self.next_line();
        }
        for line in text.lines() {
            self.current.kind = Kind::Code;
            self.put_in(line, false);
            self.next_line();
        }
    }

    /// The sentence as it is sent. Several blank lines are one.
    pub(super) fn finish(mut self) -> Rendered {
        self.next_line();
        let blocks: Vec<&[Line]> =
            self.done.split(Line::is_gap).flat_map(|lines| lines.chunk_by(|a, b| a.kind == b.kind)).collect();
        Rendered { plain: plain(&self.done), html: blocks.into_iter().map(html).collect() }
    }
}

impl Line {
    fn is_blank(&self) -> bool {
        self.spans.iter().all(|span| span.words.is_empty())
    }

    /// A blank line in a quotation belongs to it; any other parts two paragraphs.
    fn is_gap(&self) -> bool {
        self.kind == Kind::Words && self.is_blank()
    }

    /// Strong words mark the commands that can be typed; where nothing can be strong, they would be lost in the
    /// sentence.
    fn plain(&self) -> String {
        let span = |span: &Span| match span.mark {
            Mark::Strong => format!("\"{}\"", span.words),
            Mark::None | Mark::Way => span.words.clone(),
        };
        let words: String = self.spans.iter().map(span).collect();
        match (self.kind, words.is_empty()) {
            (Kind::Quotation, true) => ">".to_owned(),
            (Kind::Quotation, false) => format!("> {words}"),
            (Kind::Point, _) => format!("{POINT} {words}"),
            (Kind::Words | Kind::Code, _) => words,
        }
    }

    fn html(&self) -> String {
        let span = |span: &Span| {
            let words = escaped(&span.words);
            match (span.mark, link::to_way(&span.words)) {
                (Mark::Strong, _) => format!("<strong>{words}</strong>"),
                (Mark::Way, Some(to)) => format!("<a href=\"{}\">{words}</a>", escaped(&to)),
                (Mark::None | Mark::Way, _) => words,
            }
        };
        self.spans.iter().map(span).collect()
    }
}

fn plain(lines: &[Line]) -> String {
    let paragraphs = lines.split(Line::is_gap).filter(|lines| !lines.is_empty());
    let paragraph = |lines: &[Line]| lines.iter().map(Line::plain).collect::<Vec<_>>().join("\n");
    paragraphs.map(paragraph).collect::<Vec<_>>().join("\n\n")
}

fn html(block: &[Line]) -> String {
    let lines = |between| block.iter().map(Line::html).collect::<Vec<_>>().join(between);
    match block.first().map(|line| line.kind).unwrap_or_default() {
        Kind::Words => format!("<p>{}</p>", lines("<br>")),
        Kind::Point => format!("<ul><li>{}</li></ul>", lines("</li><li>")),
        Kind::Quotation => format!("<blockquote>{}</blockquote>", lines("<br>")),
        Kind::Code => format!("<pre><code>{}</code></pre>", lines("\n")),
    }
}

fn escaped(words: &str) -> String {
    let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    words.replace('"', "&quot;").replace('\'', "&#39;")
}

/// A line break in the eyes of any program that shows the text.
fn is_line_break(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
