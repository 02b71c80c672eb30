//! Values that are taken otherwise than they are written. Each is said, since the file may know better.

use csv::StringRecord;
use lodge_core::name::{Address, DisplayName, shown};
use lodge_core::people::roster::Entry;

use super::columns::Column;

/// A sentence for each value of a line that is not taken as it is written.
pub(super) fn notes(record: &StringRecord, columns: &[Option<Column>], entry: &Entry) -> Vec<String> {
    let cells = columns.iter().zip(record).filter_map(|(column, cell)| Some(((*column)?, cell.trim())));
    let about = |(column, cell): (Column, &str)| {
        let more = match column {
            Column::Name => cut(cell, &entry.name),
            Column::MatrixId => entry.address.as_ref().and_then(|address| folded(cell, address)),
            Column::Email
            | Column::Role
            | Column::Cohort
            | Column::Organisation
            | Column::ValidUntil
            | Column::Course
            | Column::Headline => None,
        };
        let lines = cell.contains(['\n', '\r']).then(|| {
            format!(
                "a line ends within \"{}\"; if that was not meant, look for a quotation mark that is not closed",
                shown(cell)
            )
        });
        lines.into_iter().chain(more).map(move |what| format!("{}: {what}", column.name()))
    };
    cells.flat_map(about).collect()
}

/// A name that is too long.
fn cut(cell: &str, taken: &DisplayName) -> Option<String> {
    let length = DisplayName::too_long(cell)?;
    Some(format!("{length} characters are more than fit in a name, so it is taken as \"{taken}\""))
}

/// Capital letters that make no other account of a new one, but do of an old one.
fn folded(cell: &str, taken: &Address) -> Option<String> {
    let local = cell.split(':').next().unwrap_or_default();
    local.contains(|c: char| c.is_ascii_uppercase()).then(|| {
        format!(
            "{} is taken as {taken}; an old account whose id has capital letters cannot be listed, and comes in by a code",
            shown(cell)
        )
    })
}
