//! The logical export: every row of a store in a file of lines, and the reading of such a file.
//!
//! | line | what it is |
//! |---|---|
//! | first | its format and that of its rows, when it was made, of which store, after which commit, how many rows, how many members forgotten |
//! | each of the others | a row: its table's number, its place and its content, both in hexadecimal digits |
//! | last | a keyed hash over all lines before it, so that nothing can be changed or cut off unseen |
//!
//! A row's content is sealed just as in the store, so an export tells whoever finds it no more than the disk would, and
//! becomes unreadable, row by row, with the keys of those who are forgotten. The keys themselves are not in it.

use std::io::{self, Write};
use std::path::Path;

use hmac::{Hmac, Mac};
use lodge_ground::store::{StoreError, Table};
use lodge_ground::time::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::journal::Sealed;
use super::log_format::Position;
use super::master::{MasterKey, hex, unhex};
use super::sled_store::SledStore;
use super::{durable, row_format};

/// The format that is written, and the only one that is read.
const FORMAT: u32 = 1;

/// The first line of an export: its description of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exported {
    /// The version of the format.
    #[serde(rename = "lodge-export")]
    format: u32,
    /// The store that was exported: 32 hexadecimal digits that say nothing else.
    pub store: String,
    /// The number of the format in which its rows are written.
    #[serde(default = "row_format::unnumbered")]
    row_format: u64,
    /// The moment at which it was made.
    pub made: Timestamp,
    /// The number of the last commit in it.
    pub commit: u64,
    /// The number of its rows.
    pub rows: usize,
    /// The number of members who had been forgotten.
    pub forgotten: usize,
    /// The link of that commit in the commit log: 32 hexadecimal digits. Older exports have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    link: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    table: u8,
    place: String,
    sealed: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Last {
    hash: String,
}

impl SledStore {
    /// Writes an export to a new file at `path`, for its owner alone. It is on disk, whole, and was read again when
    /// this returns. The commit log begins anew with it, and older segments are taken away there.
    ///
    /// # Errors
    ///
    /// When there is such a file already, or it cannot be written; then there is no file of that name. When the commit
    /// log cannot begin anew, the export is there, and the store takes nothing more.
    pub fn export(&mut self, path: &Path, master: &MasterKey, now: Timestamp) -> Result<Exported, StoreError> {
        let (rows, header) = self.to_export(now)?;
        durable::create_whole(path, |file| write(file, master, &header, &rows))
            .map_err(|cause| failed(path, &cause))?;
        let wrong = match read(path, master) {
            Ok(read) if read == (header.clone(), rows) => {
                self.is_covered()?;
                return Ok(header);
            }
            Err(error @ StoreError::Engine { .. }) => error,
            Ok(_) | Err(_) => failed(path, &io::Error::other("it does not read as it was written")),
        };
        // Nobody is to take it for an export; if it cannot be taken away, it cannot be read either.
        drop(std::fs::remove_file(path));
        Err(wrong)
    }

    /// Writes an export to `to`, which is none before its last line is there. The commit log goes on as it is, for nobody
    /// knows whether that export is kept.
    pub fn export_to(&self, to: &mut dyn Write, master: &MasterKey, now: Timestamp) -> Result<Exported, StoreError> {
        let (rows, header) = self.to_export(now)?;
        write(to, master, &header, &rows).map_err(|cause| failed(Path::new("-"), &cause))?;
        Ok(header)
    }

    fn to_export(&self, made: Timestamp) -> Result<(Sealed, Exported), StoreError> {
        let (rows, commit) = self.sealed()?;
        let header = Exported {
            format: FORMAT,
            row_format: row_format::FORMAT,
            store: hex(&self.number()),
            made,
            commit,
            rows: rows.len(),
            forgotten: lodge_ground::store::Store::forgotten(self).len(),
            link: self.link()?.map(|link| hex(&link)),
        };
        Ok((rows, header))
    }
}

/// Reads an export, and makes sure that it is whole and was made with this master key.
pub(super) fn read(path: &Path, master: &MasterKey) -> Result<(Exported, Sealed), StoreError> {
    let doing = "read the export";
    let content = std::fs::read(path)
        .map_err(|cause| StoreError::Engine { doing, cause: format!("{}: {cause}", path.display()) })?;
    let content = String::from_utf8(content).map_err(|_| damaged(path, "it is no text"))?;
    let (lines, last) = content
        .strip_suffix('\n')
        .and_then(|whole| whole.rsplit_once('\n'))
        .map(|(lines, last)| (&content[..=lines.len()], last))
        .ok_or_else(|| damaged(path, "it ends too soon"))?;
    let header: Exported = lines
        .lines()
        .next()
        .and_then(|first| serde_json::from_str(first).ok())
        .ok_or_else(|| damaged(path, "its first line is not that of an export"))?;
    if header.format != FORMAT {
        let found = header.format;
        let why = format!("{} has format {found} and this version reads format {FORMAT}", path.display());
        return Err(StoreError::Locked { why });
    }
    row_format::require(header.row_format, row_format::FORMAT)?;
    let hash = serde_json::from_str::<Last>(last).ok().and_then(|last| unhex(&last.hash));
    let hash = hash.ok_or_else(|| damaged(path, "its last line is missing, so it is not whole"))?;
    let mut expected = sum(master);
    expected.update(lines.as_bytes());
    if expected.verify_slice(&hash).is_err() {
        return Err(damaged(path, "its hash does not fit: it was changed, or the master key is another one"));
    }
    let rows: Option<Sealed> = lines.lines().skip(1).map(row).collect();
    let rows = rows.filter(|rows| rows.len() == header.rows).ok_or_else(|| damaged(path, "a row does not read"))?;
    Ok((header, rows))
}

/// The number that [`Exported::store`] is the text of.
pub(super) fn store_of(header: &Exported) -> Option<[u8; 16]> {
    unhex(&header.store)?.try_into().ok()
}

/// The position in the store's history when the export was made, if it was logged.
pub(super) fn position_of(header: &Exported) -> Option<Position> {
    let link = unhex(header.link.as_ref()?)?.try_into().ok()?;
    Some(Position { number: header.commit, link })
}

fn row(line: &str) -> Option<(Vec<u8>, Vec<u8>)> {
    let Line { table, place, sealed } = serde_json::from_str(line).ok()?;
    let (place, sealed) = (unhex(&place)?, unhex(&sealed)?);
    let known = Table::ALL.into_iter().any(|known| known as u8 == table);
    (known && place.first() == Some(&table)).then_some((place, sealed))
}

fn write(to: &mut dyn Write, master: &MasterKey, header: &Exported, rows: &Sealed) -> io::Result<()> {
    let mut hash = sum(master);
    let mut line = |line: String| {
        hash.update(line.as_bytes());
        to.write_all(line.as_bytes())
    };
    line(serde_json::to_string(header)? + "\n")?;
    for (place, sealed) in rows {
        let row = Line { table: place.first().copied().unwrap_or_default(), place: hex(place), sealed: hex(sealed) };
        line(serde_json::to_string(&row)? + "\n")?;
    }
    let last = Last { hash: hex(&hash.finalize().into_bytes()) };
    to.write_all((serde_json::to_string(&last)? + "\n").as_bytes())?;
    to.flush()
}

fn sum(master: &MasterKey) -> Hmac<Sha256> {
    Hmac::new_from_slice(master.derive("store export").as_ref()).expect("HMAC takes keys of any length")
}

fn failed(path: &Path, cause: &io::Error) -> StoreError {
    StoreError::Engine { doing: "write the export", cause: format!("{}: {cause}", path.display()) }
}

fn damaged(path: &Path, why: &str) -> StoreError {
    StoreError::Damaged { what: format!("the export {} cannot be used: {why}", path.display()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_of_a_newer_edition_is_refused_and_one_in_which_no_format_stands_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let (path, master) = (dir.path().join("export"), MasterKey::from_bytes([5; 32]));
        let first = r#"{"lodge-export":1,"store":"00","made":0,"commit":1,"rows":0,"forgotten":0}"#;
        let older: Exported = serde_json::from_str(first).unwrap();
        for row_format in [1, 2] {
            let header = Exported { row_format, ..older.clone() };
            write(&mut std::fs::File::create(&path).unwrap(), &master, &header, &Sealed::new()).unwrap();
            match read(&path, &master) {
                Ok((read, _)) => assert_eq!((read, row_format), (older.clone(), 1)),
                Err(why) => assert!(why.to_string().contains("rows have format 2") && row_format == 2, "{why}"),
            }
        }
    }
}
