//! The format of the rows, so that no program takes those of a newer one for its own.
//!
//! Rows are read by what they hold: new data has a default, and rows of before read as they are. That needs no new format. The
//! number rises when a program of before would misread what is written now; a store of before is then kept as a fixture.

use lodge_ground::store::StoreError;

use super::seal::RowSeal;

/// The place of the number, among the rows.
pub(super) const FORMAT_PLACE: &[u8] = &[0, 4];

/// The format that this program writes. It reads all before it too.
pub(super) const FORMAT: u64 = 1;

/// The format of stores and exports in which no number stands.
pub(super) const fn unnumbered() -> u64 {
    1
}

/// The number in what lies at [`FORMAT_PLACE`].
pub(super) fn read(seal: &RowSeal, sealed: Option<&[u8]>) -> Result<u64, StoreError> {
    let Some(sealed) = sealed else { return Ok(unnumbered()) };
    let number = seal.open_raw(FORMAT_PLACE, sealed)?;
    let number = number.as_slice().try_into().map(u64::from_be_bytes);
    number.map_err(|_| StoreError::Damaged { what: "the format of its rows does not read as a number".to_owned() })
}

/// Refuses rows of a later format than `known`.
pub(super) fn require(found: u64, known: u64) -> Result<(), StoreError> {
    if found <= known {
        return Ok(());
    }
    let why = format!(
        "its rows have format {found}, and this edition of Lodge reads formats up to {known}: a newer one wrote them; run that \
         one, or restore an export of before it into another directory"
    );
    Err(StoreError::Locked { why })
}
