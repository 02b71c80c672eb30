//! Links as people paste them into their words: the account, or the message, that one names.

use crate::venue::Venue;

/// The text before the path in a link (Matrix specification, appendices, "matrix.to navigation").
const BEFORE_PATH: &str = "matrix.to/#/";

/// The longest path that is read, in bytes: a room's and an event's id and the servers beside them.
const PATH_BYTES_MAX: usize = 600;

/// The id in a link to an account; text that is no link, as it is.
pub fn to_account(word: &str) -> &str {
    word.rsplit(BEFORE_PATH).next().unwrap_or(word)
}

/// The room and the message in a link such as `https://matrix.to/#/!room:example.org/$event?via=example.org`.
pub fn to_message(word: &str) -> Option<(Venue, String)> {
    let (_, path) = word.split_once(BEFORE_PATH)?;
    let path = path.split(['?', '>', ')', '"']).next().unwrap_or_default();
    let path = path.replace("%21", "!").replace("%24", "$").replace("%3A", ":").replace("%3a", ":");
    let (room, event) = path.trim_end_matches([',', '.', ':', ';']).split_once('/')?;
    let fits = room.starts_with('!') && event.starts_with('$') && path.len() <= PATH_BYTES_MAX && !event.contains('/');
    fits.then(|| (Venue(room.to_owned()), event.to_owned()))
}
