//! Ids and links as people paste them into their words: the account, or the message, that one names.

use crate::name::{Address, NotAnAddress};
use crate::venue::Venue;

/// The text before the path in a link (Matrix specification, appendices, "matrix.to navigation").
const BEFORE_PATH: &str = "matrix.to/#/";

/// The text before the account in a URI (Matrix specification, appendices, "Matrix URI scheme").
const BEFORE_ACCOUNT: [&str; 2] = ["matrix:u/", "matrix:user/"];

/// The longest path that is read, in bytes: a room's and an event's id and the servers beside them.
const PATH_BYTES_MAX: usize = 600;

/// The account that a word names: an id, or a link to one, with whatever marks stand around it.
///
/// # Errors
/// When it names none.
pub fn to_account(word: &str) -> Result<Address, NotAnAddress> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@' && c != ']');
    let path = word.rsplit_once(BEFORE_PATH).map(|(_, path)| path);
    let user = BEFORE_ACCOUNT.iter().find_map(|before| word.rsplit_once(before)).map(|(_, path)| path);
    let id = match (path, user) {
        (Some(path), _) => decoded(before_query(path)),
        (None, Some(path)) => format!("@{}", decoded(before_query(path))),
        (None, None) => word.to_owned(),
    };
    Address::typed(id.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ']'))
}

/// The words of a text that could be addresses, without the marks around them.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| c.is_whitespace() || "<>()[]\"\u{201c}\u{201d},;".contains(c));
    words.map(|word| word.trim_matches(['.', ':', '!', '?', '\'', '*']))
}

/// Whether an account stands in a text: its id, or a link to it.
pub fn has_account(text: &str) -> bool {
    words(text).any(|word| to_account(word).is_ok())
}

/// The link that leads to an account or a web page; `None` where the text is neither.
///
/// Clients show a link to an account by its name, and a tap on it begins a conversation (Matrix specification, appendices,
/// "matrix.to navigation").
pub fn to_way(text: &str) -> Option<String> {
    if text.starts_with("https://") && !text.contains(char::is_whitespace) {
        return Some(text.to_owned());
    }
    let account = Address::typed(text).ok()?;
    Some(format!("https://{BEFORE_PATH}{}", account.as_str().replace('/', "%2F")))
}

/// The room and the message in a link such as `https://matrix.to/#/!room:example.org/$event?via=example.org`.
pub fn to_message(word: &str) -> Option<(Venue, String)> {
    let (_, path) = word.split_once(BEFORE_PATH)?;
    let path = decoded(before_query(path));
    let (room, event) = path.trim_end_matches([',', '.', ':', ';']).split_once('/')?;
    let fits = room.starts_with('!') && event.starts_with('$') && path.len() <= PATH_BYTES_MAX && !event.contains('/');
    fits.then(|| (Venue(room.to_owned()), event.to_owned()))
}

/// A text with each link that has a name, as in `[Alex](https://example.org)`, put as the link alone.
pub fn bare_links(text: &str) -> String {
    let mut rest = text;
    let mut bare = String::with_capacity(text.len());
    while let Some((before, name)) = rest.split_once('[') {
        let link = name.split_once("](").and_then(|(name, link)| Some((name, link.split_once(')')?)));
        match link.filter(|(name, (link, _))| !name.contains('[') && link.contains("matrix")) {
            Some((_, (link, after))) => {
                bare.push_str(before);
                bare.push_str(link);
                rest = after;
            }
            None => {
                bare.push_str(before);
                bare.push('[');
                rest = name;
            }
        }
    }
    bare.push_str(rest);
    bare
}

fn before_query(path: &str) -> &str {
    path.split(['?', '>', ')', '"']).next().unwrap_or_default()
}

/// A path with the characters that stand as `%` and two digits; unchanged where those make no text.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = (*first == b'%').then(|| after.get(..2)).flatten().and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_a_service_is_an_account_or_a_page() {
        let way = |text: &str| to_way(text);
        assert_eq!(way("@quiet:example.org"), Some("https://matrix.to/#/@quiet:example.org".to_owned()));
        assert_eq!(way("@a/b:example.org"), Some("https://matrix.to/#/@a%2Fb:example.org".to_owned()));
        assert_eq!(way("https://example.org/talk"), Some("https://example.org/talk".to_owned()));
        for text in ["quiet", "", "javascript:alert(1)", "http://example.org", "https://a b", "#room:example.org"] {
            assert_eq!(way(text), None, "{text}");
        }
    }

    #[test]
    fn an_account_is_read_in_every_form_in_which_clients_write_it() {
        for word in [
            "@alex:example.org",
            "@Alex:Example.org",
            "@alex:example.org,",
            "@alex:example.org.",
            "\u{201c}@alex:example.org\u{201d}",
            "<@alex:example.org>",
            "(@alex:example.org)",
            "**@alex:example.org**",
            "https://matrix.to/#/@alex:example.org",
            "https://matrix.to/#/%40alex%3Aexample.org",
            "https://matrix.to/#/%40alex%3aexample.org?via=example.org",
            "https://matrix.to/#/@alex:example.org?via=example.org&via=matrix.org",
            "<https://matrix.to/#/@alex:example.org>",
            "https://matrix.to/#/@alex:example.org.",
            "matrix:u/alex:example.org",
            "matrix:u/alex:example.org?action=chat",
            "web+matrix:u/alex:example.org",
        ] {
            assert_eq!(to_account(word).map(|one| one.to_string()).as_deref(), Ok("@alex:example.org"), "{word}");
        }
        assert_eq!(to_account("@a:[::1]").map(|one| one.to_string()).as_deref(), Ok("@a:[::1]"));
        for word in
            ["alex", "@alex", "https://matrix.to/#/#room:example.org", "matrix:r/room:example.org", "%40", "%", ""]
        {
            assert!(to_account(word).is_err(), "{word}");
        }
    }

    #[test]
    fn a_named_link_is_put_as_the_link() {
        assert_eq!(
            bare_links("block [Alex Reed](https://matrix.to/#/@alex:example.org), please"),
            "block https://matrix.to/#/@alex:example.org, please"
        );
        for text in ["[a] (b)", "[", "[[x](y)", "no link [here](file)", "](", "[Alex](https://matrix.to"] {
            assert_eq!(bare_links(text), text);
        }
    }
}
