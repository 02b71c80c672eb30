//! Mentions: a client puts a name into the words, and says beside them whose account it is.

use lodge_ground::link;

use super::{bare, courtesy};
use crate::name::Address;

/// Words behind which a person is named.
const BEFORE: [&str; 13] = [
    "block", "unblock", "withdraw", "report", "verify", "end", "mute", "unmute", "remove", "allow", "unban", "ban",
    "for",
];

/// Words that do not belong to a name any more.
const BEHIND: [&str; 13] =
    ["in", "from", "as", "until", "to", "at", "of", "please", "thanks", "for", "because", "this", "that"];

/// The text with the account's id in the place of the name behind such a word; `None` where there is no such place.
pub(crate) fn spelled_out(text: &str, who: &Address) -> Option<String> {
    let (text, _) = courtesy::unaddressed(text);
    let text = courtesy::asked(text).map_or(text, |(rest, _)| rest);
    let (verb, rest) = text.split_once(char::is_whitespace)?;
    let is_named = rest.split_whitespace().any(|word| link::to_account(word).is_ok());
    if !BEFORE.contains(&bare(verb).to_lowercase().as_str()) || is_named {
        return None;
    }
    let mut end = 0;
    for word in rest.split_whitespace() {
        let plain = bare(word).to_lowercase();
        if BEHIND.contains(&plain.as_str()) || plain.parse::<u32>().is_ok() {
            break;
        }
        end = rest[end..].find(word)? + end + word.trim_end_matches([':', ',', '.']).len();
        if word.ends_with([':', ',', '.']) {
            break;
        }
    }
    (end > 0).then(|| format!("{verb} {who}{}", &rest[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_that_a_client_put_there_gives_way_to_the_account() {
        let alex = Address::exact("@alex:example.org").unwrap();
        for (text, spelled) in [
            ("block Alex Reed", Some("block @alex:example.org")),
            ("Please block Alex Reed, thanks", Some("block @alex:example.org, thanks")),
            ("verify Alex Reed as alumnus until 30 June", Some("verify @alex:example.org as alumnus until 30 June")),
            ("report Alex in pharma: they shout", Some("report @alex:example.org in pharma: they shout")),
            ("mute Alex in pharma for 2 days", Some("mute @alex:example.org in pharma for 2 days")),
            ("block @sam:example.org", None),
            ("report this", None),
            ("withdraw 2", None),
            ("thanks Alex", None),
            ("block", None),
        ] {
            assert_eq!(spelled_out(text, &alex).as_deref(), spelled, "{text}");
        }
    }
}
