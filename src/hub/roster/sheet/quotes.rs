//! Quotation marks that mislead: one that is not closed would make one cell of all the people below.

use super::AboutLine;

/// The state of a look through the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// Before the first character of a cell.
    Begin,
    /// In a cell without marks.
    Plain,
    /// In a cell that a mark opened.
    Quoted,
    /// Behind the mark that closes it.
    Closed,
}

/// A cell in quotation marks, while it is looked through.
#[derive(Debug, Clone, Copy)]
struct Open {
    /// The line on which it opens.
    line: u64,
    /// The number of separators on this line of it.
    separators: usize,
    /// The first line of it, below that on which it opens, that looks like somebody's own.
    swallows: Option<u64>,
}

/// Each cell whose quotation marks are not as they should be, by the line on which it opens. `columns` is how many the
/// first line names.
pub(super) fn unclosed(text: &str, delimiter: char, columns: usize) -> Vec<AboutLine> {
    let mut wrong = Vec::new();
    let (mut at, mut line) = (At::Begin, 1);
    let mut open = Open { line: 1, separators: 0, swallows: None };
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let ends_line = c == '\n' || (c == '\r' && characters.peek() != Some(&'\n'));
        at = match (at, c) {
            (At::Begin, '"') => {
                open = Open { line, separators: 0, swallows: None };
                At::Quoted
            }
            (At::Quoted, '"') if characters.peek() == Some(&'"') => {
                characters.next();
                At::Quoted
            }
            (At::Quoted, '"') => {
                wrong.extend(open.over(line, columns).map(|swallowed| open.swallowing(swallowed)));
                At::Closed
            }
            (At::Quoted, c) => {
                open.separators += usize::from(c == delimiter);
                if ends_line {
                    open.swallows = open.over(line, columns);
                    open.separators = 0;
                }
                At::Quoted
            }
            (At::Begin | At::Plain | At::Closed, c) if ends_line || c == delimiter => At::Begin,
            (At::Closed, '\r' | ' ') => At::Closed,
            (At::Closed, _) => {
                wrong.push(open.bad("there is something behind the quotation mark that closes a value; a mark within a value is written twice, as in \"Sam \"\"Sammy\"\" Reed\""));
                At::Plain
            }
            (At::Begin | At::Plain, _) => At::Plain,
        };
        line += u64::from(ends_line);
    }
    if at == At::Quoted {
        wrong.push(open.bad(
            "a quotation mark opens a value here, and none closes it, so that everybody below would be part of it",
        ));
    }
    wrong
}

impl Open {
    /// The first line of it that looks like somebody's own, up to this one.
    fn over(&self, line: u64, columns: usize) -> Option<u64> {
        let is_somebody = columns > 1 && line > self.line && self.separators + 1 >= columns;
        self.swallows.or(is_somebody.then_some(line))
    }

    fn swallowing(&self, line: u64) -> AboutLine {
        self.bad(&format!(
            "a quotation mark opens a value here that goes on over line {line}, which looks like somebody of their own; close it, or take the line end out of the value"
        ))
    }

    fn bad(&self, what: &str) -> AboutLine {
        super::bad(self.line, what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(u64, String)> {
        unclosed(text, ',', 4).into_iter().map(|bad| (bad.line, bad.what)).collect()
    }

    #[test]
    fn a_mark_that_is_not_closed_swallows_nobody_in_silence() {
        let head = "name,email,role,course\n";
        for (rest, line, what) in [
            (
                "Sam,s@m.example,student,\"History\nNan,n@m.example,student,\nIvy,i@m.example,student,\n",
                2,
                "none closes it",
            ),
            (
                "Sam,s@m.example,student,\"History\nNan,n@m.example,student,\"Biology\"\n",
                2,
                "behind the quotation mark",
            ),
            ("Sam,s@m.example,student,\"History\nNan,n@m.example,student,\"\n", 2, "goes on over line 3"),
            (
                "A,a@m.example,student,\nSam,s@m.example,student,\"x\r\nNan,n@m.example,student,y\r\nIvy\"\r\n",
                3,
                "goes on over line 4",
            ),
            ("\"Sam\" Reed,s@m.example,student,\n", 2, "written twice"),
            ("Sam,s@m.example,student,\"", 2, "none closes it"),
        ] {
            let found = lines(&format!("{head}{rest}"));
            assert!(found.iter().any(|(at, said)| *at == line && said.contains(what)), "{rest}: {found:?}");
        }
    }

    #[test]
    fn marks_that_are_closed_are_as_they_should_be() {
        for rest in [
            "\"Sam\",\"s@m.example\",\"student\",\"History, second year\"\r\n",
            "\"Sam \"\"Sammy\"\" Reed\",s@m.example,student,\n",
            "Sam \"Sammy\" Reed,s@m.example,student,\n",
            "Sam,s@m.example,student,\"History\r\nand\r\n\r\nart, maybe\"\r\n",
            "Sam,s@m.example,student,\"\"",
            "\"Sam\" ,s@m.example,student,\"\"\r\"Nan\",n@m.example,student,\r",
        ] {
            assert_eq!(lines(&format!("name,email,role,course\n{rest}")), []);
        }
    }
}
