//! From a file's bytes to text. Spreadsheets write UTF-8 with and without a mark at its beginning, UTF-16, and the old
//! encodings, of which nobody can tell by their bytes which one it is: that is asked for.

use std::borrow::Cow;
use std::str::FromStr;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use lodge_core::name::shown;

use super::{AboutLine, bad};

/// The encoding that was named with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl FromStr for Encoding {
    type Err = String;

    fn from_str(label: &str) -> Result<Self, String> {
        let known = encoding_rs::Encoding::for_label(label.as_bytes());
        known.map(Self).ok_or_else(|| {
            format!("expected the name of an encoding, such as \"windows-1252\" or \"macintosh\", found \"{label}\"")
        })
    }
}

/// The first bytes of files that spreadsheets open and that are not text.
const WORKBOOKS: [(&[u8], &str); 4] = [
    (b"PK\x03\x04", "a workbook"),
    (b"\xd0\xcf\x11\xe0", "a workbook of an older kind"),
    (b"<", "a page of the web"),
    (b"%PDF", "a document to be printed"),
];

/// The bytes that are looked at to tell UTF-16 without a mark.
const LOOKED_AT: usize = 400;

/// The text in a file, without the mark at its beginning.
///
/// # Errors
/// The lines that cannot be read, and what would be right.
pub(super) fn decode(bytes: &[u8], named: Option<Encoding>) -> Result<Cow<'_, str>, Vec<AboutLine>> {
    if let Some((_, what)) = WORKBOOKS.iter().find(|(begins, _)| bytes.starts_with(begins)) {
        return Err(vec![bad(1, format!("this is {what}, and no list; save it from the spreadsheet as CSV UTF-8"))]);
    }
    let marked = encoding_rs::Encoding::for_bom(bytes);
    let rest = &bytes[marked.map_or(0, |(_, length)| length)..];
    // A byte order mark is no guess, and counts more than the encoding that was named.
    let encoding =
        marked.map(|(marked, _)| marked).or(named.map(|named| named.0)).or_else(|| unmarked(bytes)).unwrap_or(UTF_8);
    let (text, lost) = encoding.decode_without_bom_handling(rest);
    if lost {
        return Err(if encoding == UTF_8 { not_utf8(rest) } else { lines_with_losses(&text, encoding.name()) });
    }
    match text.lines().zip(1..).find(|(line, _)| line.contains('\0')) {
        Some((_, line)) => Err(vec![bad(line, "this is no text; save the list from the spreadsheet as CSV UTF-8")]),
        None => Ok(text),
    }
}

/// UTF-16 without its mark: in most alphabets every other byte of commas and line ends is zero.
fn unmarked(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let looked_at = &bytes[..bytes.len().min(LOOKED_AT)];
    let zeros = |from: usize| looked_at.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let many = looked_at.len() / 8;
    match (zeros(0), zeros(1)) {
        (high, low) if low > many && low > 4 * high => Some(UTF_16LE),
        (high, low) if high > many && high > 4 * low => Some(UTF_16BE),
        (_, _) => None,
    }
}

fn not_utf8(bytes: &[u8]) -> Vec<AboutLine> {
    let lines = bytes.split(|byte| *byte == b'\n').zip(1..);
    let unread = lines.filter(|(line, _)| std::str::from_utf8(line).is_err());
    let named = unread.map(|(line, number)| {
        let (as_windows, _) = WINDOWS_1252.decode_without_bom_handling(line);
        let what = format!(
            "not UTF-8; save the file as CSV UTF-8. If this is how the line reads, give --encoding windows-1252: {}",
            shown(as_windows.trim_end())
        );
        bad(number, what)
    });
    named.collect()
}

fn lines_with_losses(text: &str, encoding: &str) -> Vec<AboutLine> {
    let lines = text.lines().zip(1..).filter(|(line, _)| line.contains('\u{FFFD}'));
    lines.map(|(_, number)| bad(number, format!("not {encoding} throughout; save the file as CSV UTF-8"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "name,role\r\nZoë Okafor,student\r\n李 Lei,student\r\n";

    /// A text as UTF-16, in this order of bytes.
    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn a_list_reads_the_same_in_every_encoding_that_says_which_it_is() {
        let marked = format!("\u{feff}{LIST}");
        for bytes in [
            LIST.as_bytes().to_vec(),
            marked.as_bytes().to_vec(),
            utf16(&marked, u16::to_le_bytes),
            utf16(&marked, u16::to_be_bytes),
            utf16(LIST, u16::to_le_bytes),
            utf16(LIST, u16::to_be_bytes),
        ] {
            assert_eq!(decode(&bytes, None).unwrap(), LIST);
            assert_eq!(decode(&bytes[..0], None).unwrap(), "");
        }
    }

    #[test]
    fn an_encoding_that_does_not_say_which_it_is_is_asked_for_and_never_guessed() {
        let bytes = b"name,role\nZo\xeb Okafor,student\nSam,student\nRen\x8ee,student\n";
        let named = decode(bytes, None).unwrap_err();
        assert_eq!(named.iter().map(|bad| bad.line).collect::<Vec<_>>(), [2, 4]);
        let ask =
            "not UTF-8; save the file as CSV UTF-8. If this is how the line reads, give --encoding windows-1252: ";
        assert_eq!(named[0].what, format!("{ask}Zoë Okafor,student"));
        let windows = decode(bytes, Some("windows-1252".parse().unwrap())).unwrap();
        assert!(windows.contains("Zoë Okafor"), "{windows}");
        let mac = decode(bytes, Some("macintosh".parse().unwrap())).unwrap();
        assert!(mac.contains("Renée"), "{mac}");
        // A byte order mark is the file's own word.
        let marked = "\u{feff}Zoë";
        assert_eq!(decode(marked.as_bytes(), Some("windows-1252".parse().unwrap())).unwrap(), "Zoë");
        assert!("utf-7-bit".parse::<Encoding>().unwrap_err().contains("such as \"windows-1252\""));
    }

    #[test]
    fn what_is_no_list_is_named_for_what_it_is() {
        for (bytes, what) in [
            (&b"PK\x03\x04\x14\0"[..], "a workbook, and no list"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "a workbook of an older kind"),
            (b"<html><table>", "a page of the web"),
            (b"name,role\nS\0m,student\n", "this is no text"),
            (b"\xff\xfen\0a\0\x00\xd8,\0", "not UTF-16LE throughout"),
            (b"\xef\xbb\xbfname\nZo\xeb", "not UTF-8"),
        ] {
            let named = decode(bytes, None).unwrap_err();
            assert!(named[0].what.contains(what) && named[0].what.contains("CSV UTF-8"), "{named:?}");
        }
    }
}
