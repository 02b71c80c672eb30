//! A sentence while it is put together: lines of words, each marked as the porter's or as put in.
//!
//! The markup is in the marks, never in the words. So plain text and HTML are each written once, at the end, and
//! whatever the words hold they are escaped as a whole.

use super::Rendered;

/// Lines of words.
#[derive(Debug)]
pub(super) struct Page {
    done: Vec<Line>,
    current: Line,
}

#[derive(Debug, Default)]
struct Line {
    quoted: bool,
    spans: Vec<Span>,
}

#[derive(Debug)]
struct Span {
    words: String,
    strong: bool,
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
        self.current.quoted = true;
    }

    /// Adds words of the porter's to the line.
    pub(super) fn own(&mut self, letter: char, strong: bool) {
        match self.current.spans.last_mut() {
            Some(span) if span.strong == strong => span.words.push(letter),
            Some(_) | None => self.current.spans.push(Span { words: letter.into(), strong }),
        }
    }

    /// Adds words that are not the porter's. In a quotation their lines stay lines of it; elsewhere they become one
    /// line, so that nobody can write a line that looks like the porter's own.
    pub(super) fn put_in(&mut self, words: &str, strong: bool) {
        for (index, line) in words.replace("\r\n", "\n").split(is_line_break).enumerate() {
            if index > 0 && self.current.quoted {
                self.next_line();
                self.current.quoted = true;
            } else if index > 0 {
                self.own(' ', strong);
            }
            line.chars().for_each(|letter| self.own(letter, strong));
        }
    }

    /// The sentence as it is sent. Several blank lines are one.
    pub(super) fn finish(mut self) -> Rendered {
        self.next_line();
        let blocks: Vec<&[Line]> =
            self.done.split(Line::is_gap).flat_map(|lines| lines.chunk_by(|a, b| a.quoted == b.quoted)).collect();
        Rendered { plain: plain(&self.done), html: blocks.into_iter().map(html).collect() }
    }
}

impl Line {
    fn is_blank(&self) -> bool {
        self.spans.iter().all(|span| span.words.is_empty())
    }

    /// A blank line in a quotation belongs to it; any other parts two paragraphs.
    fn is_gap(&self) -> bool {
        !self.quoted && self.is_blank()
    }

    /// Strong words mark what can be typed; where nothing can be strong, they would be lost in the sentence.
    fn plain(&self) -> String {
        let span = |span: &Span| if span.strong { format!("\"{}\"", span.words) } else { span.words.clone() };
        let words: String = self.spans.iter().map(span).collect();
        match (self.quoted, words.is_empty()) {
            (true, true) => ">".to_owned(),
            (true, false) => format!("> {words}"),
            (false, _) => words,
        }
    }

    fn html(&self) -> String {
        let span = |span: &Span| {
            let words = escaped(&span.words);
            if span.strong { format!("<strong>{words}</strong>") } else { words }
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
    let lines = block.iter().map(Line::html).collect::<Vec<_>>().join("<br>");
    let tag = if block.iter().any(|line| line.quoted) { "blockquote" } else { "p" };
    format!("<{tag}>{lines}</{tag}>")
}

fn escaped(words: &str) -> String {
    let mut html = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}

/// Everything that some program shows as the start of a new line.
fn is_line_break(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
