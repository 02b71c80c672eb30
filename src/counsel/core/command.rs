//! Reads somebody's words as a request: one reading for clients and one for counsellors.

use lodge_ground::name::clean_text;
use lodge_ground::proof::DeviceCode;

use crate::word::CaseWord;

/// A client's request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FromClient {
    /// They ask what can be asked.
    Help,
    /// They ask for the terms.
    Terms,
    /// "Yes", to a question.
    Yes,
    /// "No", to a question.
    No,
    /// They would rather say nothing about that.
    Skip,
    /// I take my question back.
    Withdraw,
    /// The conversation is over.
    Close,
    /// I have left the room.
    Left,
    /// They suggest a time, in their words.
    Time(String),
    /// The time does not suit after all.
    CancelTime,
    /// They ask what is kept about them.
    Data,
    /// Forget me: the first word of it, or the last.
    Forget {
        /// Whether they have been told the consequences.
        sure: bool,
    },
    /// They vouch for the device with this code, or ask how to vouch for one.
    OwnDevice(Option<DeviceCode>),
    /// Anything else: an answer to a question, or not understood.
    Text(String),
}

/// A counsellor's request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FromCounsellor {
    /// They ask what can be asked.
    Help,
    /// They take a case.
    Claim(Option<CaseWord>),
    /// I leave it to others.
    Pass(Option<CaseWord>),
    /// They ask for the list of their cases.
    Cases,
    /// The conversation is over.
    Close(Option<CaseWord>),
    /// I have left the room.
    Left(Option<CaseWord>),
    /// They suggest a time, in their words.
    Time(Option<CaseWord>, String),
    /// The time does not suit after all.
    CancelTime(Option<CaseWord>),
    /// The time that was suggested suits me, or not.
    AnswerTime(Option<CaseWord>, bool),
    /// Somebody else should go on with it: one of this name, or anybody.
    HandOver(Option<CaseWord>, Option<String>),
    /// They are on duty at these hours; always, where none stand.
    Hours(Option<String>),
    /// They hold at most this many conversations at once, in their words.
    Capacity(String),
    /// I am away, and clients read this.
    Away(String),
    /// They are no longer away.
    Back,
    /// They ask for their settings.
    Settings,
    /// They ask for words to refuse a connection with (B6).
    Policy,
    /// They set their own words for it; the service's, where none stand.
    Tone(Option<String>),
    /// They vouch for the device with this code, or ask how to vouch for one.
    OwnDevice(Option<DeviceCode>),
    /// No request that is known; an answer to nothing.
    Text,
}

/// The words, in lower case and without the marks around them.
fn words(text: &str) -> Vec<String> {
    let plain = text.to_lowercase().replace('\u{2019}', "'");
    plain
        .split(|c: char| c.is_whitespace() || ",;".contains(c))
        .map(|word| word.trim_matches(|c: char| c.is_ascii_punctuation()).to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

/// The rest of a text after its first `count` words, as it was written.
fn after(text: &str, count: usize) -> String {
    let mut rest = text.trim_start();
    for _ in 0..count {
        rest = rest.split_once(char::is_whitespace).map_or("", |(_, rest)| rest.trim_start());
    }
    rest.trim_start_matches([':', '-', ' ']).trim().to_owned()
}

/// Reads a client's words.
pub fn from_client(raw: &str) -> FromClient {
    let text = clean_text(raw);
    let words = words(&text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["help" | "hello" | "hi" | "start" | "menu"] => FromClient::Help,
        ["terms"] | ["the", "terms"] => FromClient::Terms,
        ["my", "new", "device"] => FromClient::OwnDevice(None),
        // Anything longer is words.
        ["my", "new", "device", code] => {
            DeviceCode::read(code).map_or(FromClient::Text(text), |code| FromClient::OwnDevice(Some(code)))
        }
        ["yes" | "y" | "ok" | "okay" | "agree"] | ["yes", "please"] | ["i", "agree"] => FromClient::Yes,
        ["no" | "n"] | ["no", "thanks"] | ["no", "thank", "you"] => FromClient::No,
        ["skip" | "nothing"] => FromClient::Skip,
        ["withdraw"] | ["take", "it", "back"] => FromClient::Withdraw,
        ["close"] | ["close", "it"] | ["close", "the", "conversation"] => FromClient::Close,
        ["left"] | ["i" | "i've", "left"] | ["i", "have", "left"] => FromClient::Left,
        ["cancel", "time"] | ["cancel", "the", "time"] => FromClient::CancelTime,
        ["time", ..] => FromClient::Time(after(&text, 1)),
        ["data"] | ["my", "data"] => FromClient::Data,
        ["forget" | "delete", "me"] => FromClient::Forget { sure: false },
        ["forget" | "delete", "me", "now"] => FromClient::Forget { sure: true },
        _ => FromClient::Text(text),
    }
}

/// Words that change nothing after another.
const POLITE: [&str; 5] = ["please", "thanks", "it", "that", "this"];

/// Reads a counsellor's words.
pub fn from_counsellor(raw: &str) -> FromCounsellor {
    let text = clean_text(raw);
    let words = words(&text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let case = |at: usize| words.get(at).and_then(|word| CaseWord::read(word));
    // A word that should be a case's and is none must not be taken for "the only one there is".
    if let ["claim" | "take" | "pass" | "close" | "left" | "yes" | "no", other] | ["cancel", "time", other] =
        words.as_slice()
        && CaseWord::read(other).is_none()
        && !POLITE.contains(other)
    {
        return FromCounsellor::Text;
    }
    match words.as_slice() {
        ["help" | "hello" | "hi" | "start" | "menu"] => FromCounsellor::Help,
        ["claim" | "take"] | ["claim" | "take", _] => FromCounsellor::Claim(case(1)),
        ["my", "new", "device"] => FromCounsellor::OwnDevice(None),
        ["my", "new", "device", code] => {
            DeviceCode::read(code).map_or(FromCounsellor::Text, |code| FromCounsellor::OwnDevice(Some(code)))
        }
        ["pass"] | ["pass", _] => FromCounsellor::Pass(case(1)),
        ["cases"] | ["my", "cases"] => FromCounsellor::Cases,
        ["close"] | ["close", _] => FromCounsellor::Close(case(1)),
        ["left"] | ["left", _] => FromCounsellor::Left(case(1)),
        ["cancel", "time"] | ["cancel", "time", _] => FromCounsellor::CancelTime(case(2)),
        ["time", ..] => {
            let case = case(1);
            let count = 1 + usize::from(case.is_some());
            FromCounsellor::Time(case, after(&text, count))
        }
        ["yes"] | ["yes", _] => FromCounsellor::AnswerTime(case(1), true),
        ["no"] | ["no", _] => FromCounsellor::AnswerTime(case(1), false),
        ["hand", "over", ..] => {
            let case = case(2);
            let to = after(&text, 2 + usize::from(case.is_some()));
            let to = to.strip_prefix("to ").unwrap_or(&to).trim().to_owned();
            FromCounsellor::HandOver(case, Some(to).filter(|to| !to.is_empty()))
        }
        ["hours", "always"] => FromCounsellor::Hours(None),
        ["hours", _, ..] => FromCounsellor::Hours(Some(after(&text, 1))),
        ["capacity", ..] => FromCounsellor::Capacity(after(&text, 1)),
        ["away", ..] => FromCounsellor::Away(after(&text, 1)),
        ["back"] => FromCounsellor::Back,
        ["settings" | "hours"] | ["my", "settings"] => FromCounsellor::Settings,
        ["policy"] => FromCounsellor::Policy,
        ["policy", "tone", "default"] => FromCounsellor::Tone(None),
        ["policy", "tone", _, ..] => FromCounsellor::Tone(Some(after(&text, 2))),
        _ => FromCounsellor::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_words_are_read_in_their_usual_forms() {
        for (text, meant) in [
            ("Yes, please.", FromClient::Yes),
            ("I agree", FromClient::Yes),
            ("no thanks", FromClient::No),
            ("I've left", FromClient::Left),
            ("time: tomorrow at 2", FromClient::Time("tomorrow at 2".to_owned())),
            ("my new device", FromClient::OwnDevice(None)),
            ("My new device: K7QM", FromClient::OwnDevice(DeviceCode::read("k7qm"))),
            ("my new device broke", FromClient::Text("my new device broke".to_owned())),
            ("forget me", FromClient::Forget { sure: false }),
            ("Forget me now!", FromClient::Forget { sure: true }),
            ("yes, but not with Kim", FromClient::Text("yes, but not with Kim".to_owned())),
        ] {
            assert_eq!(from_client(text), meant, "{text}");
        }
    }

    #[test]
    fn counsellors_name_a_case_by_its_word_or_not_at_all() {
        let word = CaseWord::read("tobek");
        for (text, meant) in [
            ("claim", FromCounsellor::Claim(None)),
            ("Claim Tobek", FromCounsellor::Claim(word.clone())),
            ("time tobek Tuesday 14:00", FromCounsellor::Time(word.clone(), "Tuesday 14:00".to_owned())),
            ("time Tuesday", FromCounsellor::Time(None, "Tuesday".to_owned())),
            ("hand over tobek to Kim", FromCounsellor::HandOver(word.clone(), Some("Kim".to_owned()))),
            ("hand over", FromCounsellor::HandOver(None, None)),
            ("hours mon-fri 9-17", FromCounsellor::Hours(Some("mon-fri 9-17".to_owned()))),
            ("away Back on Monday", FromCounsellor::Away("Back on Monday".to_owned())),
            ("policy tone I'm sorry,", FromCounsellor::Tone(Some("I'm sorry,".to_owned()))),
            ("no tobek", FromCounsellor::AnswerTime(word, false)),
            ("claim it", FromCounsellor::Claim(None)),
            ("yes, please", FromCounsellor::AnswerTime(None, true)),
            ("claim tobekk", FromCounsellor::Text),
            ("cancel time tobe", FromCounsellor::Text),
        ] {
            assert_eq!(from_counsellor(text), meant, "{text}");
        }
    }
}
