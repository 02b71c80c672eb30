//! Words by which somebody tells that the two have not talked, and that one of them did not come.

use crate::introduction::Missed;

/// People of whom it is told in more than one word. Any other word may be a name.
const OTHERS: [&[&str]; 8] = [
    &["no", "one"],
    &["the", "other", "person"],
    &["the", "other", "one"],
    &["the", "other"],
    &["the", "mentor"],
    &["my", "mentor"],
    &["the", "student"],
    &["my", "student"],
];

/// Words that are no name of the other person.
const NOBODY: [&str; 12] = ["i", "we", "it", "you", "this", "that", "what", "which", "who", "why", "if", "when"];

/// Words behind it that change nothing.
const BEHIND: [&[&str]; 16] = [
    &["after", "all"],
    &["at", "all"],
    &["in", "the", "end"],
    &["on", "the", "day"],
    &["to", "it"],
    &["to", "the", "call"],
    &["to", "the", "meeting"],
    &["to", "our", "call"],
    &["to", "our", "meeting"],
    &["the", "call"],
    &["the", "meeting"],
    &["today"],
    &["yesterday"],
    &["either"],
    &["though"],
    &["sorry"],
];

/// The one who did not come, as these words tell it.
pub(super) fn missed(words: &[&str]) -> Option<Missed> {
    let words = if let ["sorry" | "oh" | "so" | "but" | "well" | "no" | "unfortunately" | "sadly", rest @ ..] = words
        && words != ["no", "show"]
        && !words.starts_with(&["no", "one"])
    {
        rest
    } else {
        words
    };
    let words = BEHIND.iter().find_map(|behind| words.strip_suffix(*behind)).unwrap_or(words);
    match words {
        ["no", "show"] | ["no-show" | "noshow"] | ["a", "no-show"] => return Some(Missed::Other),
        [.., "was", "a", "no-show"] | [.., "was", "a", "no", "show"] => return Some(Missed::Other),
        ["i", "missed" | "forgot"] | ["i", "missed" | "forgot", "it" | "them" | "her" | "him"] => {
            return Some(Missed::Own);
        }
        [
            "i" | "i've",
            "missed" | "forgot",
            "the" | "our" | "my",
            "call" | "meeting" | "talk" | "chat" | "appointment",
        ]
        | ["i", "overslept"] => return Some(Missed::Own),
        ["i", rest @ ..] => return is_absent(rest).then_some(Missed::Own),
        _ => {}
    }
    let named = OTHERS.iter().find_map(|other| words.strip_prefix(*other));
    let rest =
        named.or_else(|| words.split_first().filter(|(first, _)| !NOBODY.contains(first)).map(|(_, rest)| rest))?;
    let none = words.starts_with(&["no", "one"]) || matches!(words, ["nobody" | "noone" | "no-one", ..]);
    let forgot =
        matches!(rest, ["forgot" | "bailed"] | ["forgot" | "missed", "it" | "me" | "us"] | ["stood", "me", "up"]);
    (is_absent(rest) || forgot || (none && is_there(rest))).then_some(Missed::Other)
}

/// Whether the two have not talked, as these words tell it.
pub(super) fn have_not_talked(words: &[&str]) -> bool {
    let words = if let [words @ .., "yet"] = words { words } else { words };
    match words {
        ["we", "haven't" | "havent", talked] | ["we", "have", "not", talked] => {
            ["talked", "met", "spoken", "chatted"].contains(talked)
        }
        ["we", "didn't" | "didnt" | "never", talked] | ["we", "did", "not", talked] => {
            ["talk", "meet", "speak", "talked", "met", "spoke"].contains(talked)
        }
        _ => false,
    }
}

fn is_absent(words: &[&str]) -> bool {
    match words {
        ["didn't" | "didnt" | "never" | "hasn't" | "hasnt" | "couldn't" | "couldnt", rest @ ..]
        | ["did" | "has" | "could", "not", rest @ ..] => is_there(rest),
        ["wasn't" | "wasnt" | "weren't" | "werent", "there"] | ["was" | "were", "not", "there"] => true,
        _ => false,
    }
}

fn is_there(words: &[&str]) -> bool {
    const CAME: [&str; 12] =
        ["come", "came", "appear", "appeared", "show", "showed", "join", "joined", "attend", "attended", "go", "went"];
    match words {
        [came] => CAME.contains(came),
        ["turn" | "turned" | "show" | "showed" | "shown", "up"]
        | ["make" | "made", "it"]
        | ["was" | "get" | "got", "there"] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Answer, Command, read};
    use crate::introduction::Went;

    #[test]
    fn somebody_who_did_not_come_is_told_of_in_many_words() {
        for text in [
            "she didn't come",
            "They did not come.",
            "He never turned up",
            "alex didn’t show up in the end",
            "the other person never joined",
            "Nobody came",
            "no one was there",
            "no-one turned up",
            "no show",
            "It was a no-show",
            "she forgot",
            "he stood me up",
            "She wasn’t there, sorry",
            "Unfortunately my mentor couldn't make it to our call",
        ] {
            assert_eq!(read(text), Command::Answer { number: None, answer: Answer::Missed(Missed::Other) }, "{text}");
        }
        for text in ["I didn't go", "I couldn’t make it", "Sorry, I missed it", "i forgot", "I missed our call"] {
            assert_eq!(read(text), Command::Answer { number: None, answer: Answer::Missed(Missed::Own) }, "{text}");
        }
        for text in ["not yet", "we haven't talked yet", "we never met", "We did not speak"] {
            assert_eq!(read(text), Command::Answer { number: None, answer: Answer::Went(Went::NotYet) }, "{text}");
        }
        for text in
            ["she came", "it didn't come", "I came", "no", "no one else, thanks", "I didn't know", "she forgot my name"]
        {
            assert!(!matches!(read(text), Command::Answer { answer: Answer::Missed(_), .. }), "{text}");
        }
    }
}
