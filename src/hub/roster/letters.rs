//! Letters for people who have no account yet: a file for a mail merge, a line each.

use std::io;
use std::path::Path;

use jiff::Timestamp as Moment;
use jiff::tz::TimeZone;
use lodge_core::name::Address;
use lodge_core::time::{Span, Timestamp};
use url::Url;

use super::Invited;
use super::shown::last_day;
use lodge_plumbing::files::write_private;

/// What stands in every letter.
pub(super) struct Letterhead<'a> {
    /// Where people register, or log in.
    pub(super) link: &'a Url,
    /// Whom they give the code to.
    pub(super) porter: &'a Address,
    /// The service's zone.
    pub(super) zone: &'a TimeZone,
}

/// A letter.
pub(super) struct Letter<'a> {
    /// To whom.
    pub(super) invited: &'a Invited,
    /// The moment from which their token is taken no more, if they have one.
    pub(super) register_by: Option<Timestamp>,
}

/// The letters' columns.
const COLUMNS: [&str; 7] = ["name", "email", "link", "code", "porter", "porter_link", "register_by"];

/// Writes the letters to a new file that only its owner can read: the codes in it are worth somebody's role.
pub(super) fn write(path: &Path, head: &Letterhead<'_>, letters: &[Letter<'_>]) -> io::Result<()> {
    let mut sheet = csv::Writer::from_writer(Vec::new());
    sheet.write_record(COLUMNS)?;
    let porter_link = format!("https://matrix.to/#/{}", head.porter);
    for Letter { invited, register_by } in letters {
        let mail = invited.entry.mail.as_ref().map(ToString::to_string).unwrap_or_default();
        let by = register_by.map(|by| last_day(by, head.zone)).unwrap_or_default();
        let (name, code) = (invited.entry.name.as_str(), invited.code.to_string());
        sheet.write_record([name, &mail, head.link.as_str(), &code, head.porter.as_str(), &porter_link, &by])?;
    }
    write_private(path, &sheet.into_inner().map_err(csv::IntoInnerError::into_error)?)
}

/// The moment from which a token that is made now is taken no more: at the end of a day, and never after the role.
pub(super) fn register_by(now: Timestamp, within: Span, role_ends: Option<Timestamp>, zone: &TimeZone) -> Timestamp {
    let by = now.after(within);
    let midnight = Moment::from_millisecond(by.as_millis())
        .and_then(|by| by.to_zoned(zone.clone()).date().tomorrow()?.to_zoned(zone.clone()))
        .map_or(by, |midnight| Timestamp::from_millis(midnight.timestamp().as_millisecond()));
    role_ends.map_or(midnight, |ends| ends.min(midnight))
}
