//! Words by the meaning that their writers had in mind, and the answers that are right for each meaning.

use std::collections::BTreeMap;

use super::corpus::{ACTS, heard, is_right};

/// The words, each in a line with the state of the conversation and the meaning.
const WORDS: &str = include_str!("fourth.txt");

/// The part of them, in a hundred, that is understood or asked back rightly.
const RIGHT_MIN: usize = 90;

/// The answers that are right for a meaning, wherever it is said: those that are meant, and those that ask the right thing
/// back. A preview asks whether to send or to cancel; somebody whom nobody knows yet hears what to do about that first.
pub fn right(meaning: &str) -> &'static [&'static str] {
    match meaning {
        "greeting" => &["hello", "hello-open", "help", "about", "visitor-help", "silence"],
        "thanks" | "closing" => &["silence", "hello", "hello-open", "answer-unclear"],
        "help" => &[
            "help",
            "about",
            "choices",
            "how-it-ends",
            "hello",
            "hello-open",
            "visitor-help",
            "drafts",
            "guide",
            "purpose-not-offered",
            "tip-for-porter",
        ],
        "about" => &["about", "help", "visitor-help", "policy"],
        "mentors" => &["mentors", "mentors-none", "mentors-no-more", "ask-whom", "list-not-for-them", "not-verified"],
        "introduce" => &[
            "ask-whom",
            "ask-purpose",
            "mentors-none",
            "mentors",
            "not-an-address",
            "contact-card",
            "ask-known-how",
            "not-verified",
            "mentors-which",
        ],
        "requests" => &["requests", "own-waits", "still-waits", "how-it-ends", "hello-open"],
        "outcome" => &["how-it-ends", "requests", "own-waits", "an-example", "about", "help"],
        "privacy" | "policy" => &[
            "policy",
            "boundaries-again",
            "how-it-ends",
            "about",
            "my-data",
            "contact-card",
            "profile",
            "tip-for-porter",
        ],
        "advice" => &["an-example", "help", "how-it-ends", "guide", "purpose-not-offered", "tip-for-porter"],
        "rooms" => {
            &["rooms", "rooms-none", "room-not-there", "no-such-room", "offer-how", "suggest-how", "not-verified"]
        }
        "profile" => &["profile", "contact-card", "profile-how", "profile-written", "my-data"],
        "list" => &["list-offer", "list-not-for-them", "profile", "contact-card", "not-verified"],
        "unlist" => &["list-not-in", "stop-what", "unlisted", "withdrawn"],
        "stop" => &[
            "stop-what",
            "withdrawn",
            "withdraw-instead",
            "nothing-to-withdraw",
            "draft-dropped",
            "forget-ask",
            "block-whom",
        ],
        "pause" => &["paused", "when-unclear", "stop-what", "later-noted"],
        "resume" => &["resumed", "own-settings", "not-paused"],
        "limit" => &["limit-set", "own-settings", "stop-what", "limit-unclear"],
        "settings" => &["own-settings", "help"],
        "data" => &["my-data", "policy"],
        "forget" => &["forget-ask", "stop-what"],
        "block" => &["block-whom", "trouble", "block-recorded", "stop-what", "report-how", "nothing-to-report"],
        "trouble" => &[
            "trouble",
            "report-how",
            "nothing-to-report",
            "block-whom",
            "report-recorded",
            "which-to-report",
            "hard-time",
        ],
        "hard-time" => &["hard-time", "boundaries-again"],
        "staff" => &["ask-staff-what", "staff-asked"],
        "reflect" => &["reflect"],
        "notes" => &["notes", "notes-none"],
        "network" => &["network"],
        "thank-you" => &["thank-you-example"],
        "device" => &["device-how", "no-device-waits"],
        "language" => &["other-languages"],
        "offer" => &["offer-how", "offer-not-theirs", "rooms", "not-verified", "visitor-help"],
        "code" => &["visitor-help", "not-verified", "code-unknown", "code-not-needed", "ask-staff-what"],
        "chat" => {
            &["not-understood", "not-understood-again", "still-waits", "own-waits", "draft-waits", "silence", "help"]
        }
        _ => right_where_something_waits(meaning),
    }
}

/// The same for what is said where something waits for it, and by staff.
fn right_where_something_waits(meaning: &str) -> &'static [&'static str] {
    match meaning {
        "yes" => {
            &["yes-recorded", "search-yes-with-times", "answer-unclear", "do-you-mean", "still-waits", "carry-preview"]
        }
        "no" => &["no-recorded", "answer-unclear", "do-you-mean", "still-waits", "carry-preview", "stop-what"],
        "ignore" => &["ignore-recorded", "still-waits", "stop-what", "do-you-mean"],
        "later" => &["later-noted", "when-unclear", "still-waits", "stop-what", "paused"],
        "question" => &["carry-preview", "still-waits", "answer-unclear", "again", "choices", "asked"],
        "unclear" => &["answer-unclear", "do-you-mean", "still-waits", "carry-preview", "later-noted"],
        "purpose" => &["ask-known-how", "ask-message", "purpose-not-offered", "ask-purpose"],
        "other-purpose" => &["purpose-not-offered", "purpose-personal", "ask-purpose"],
        "cancel" => &["draft-dropped", "stop-what", "draft-waits", "preview", "ask-purpose", "purpose-not-offered"],
        "free-text" => &["preview", "ask-message", "draft-waits"],
        "send" => &["sent", "draft-waits"],
        "change" => &["ask-message", "draft-waits", "ask-purpose", "preview"],
        "times" => &["search-when", "meeting-with-nobody"],
        "more" => &["mentors-no-more", "mentors"],
        "desk" => &["desk", "desk-nothing"],
        "verify" => &["verify-how", "verify-unclear", "verified", "desk", "organisations"],
        "organisations" => &["organisations", "organisation-none-waits", "organisation-approved", "desk"],
        "reports" => &["conduct-reports", "desk", "no-such-report"],
        "moderate" => &["moderation-how", "conduct-reports", "staff-muted", "staff-removed", "rooms", "no-such-room"],
        _ => panic!("no meaning is called {meaning}"),
    }
}

#[test]
fn words_mean_what_their_writers_had_in_mind() {
    let mut rates: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let (mut missed, mut wrong) = (vec![], vec![]);
    for line in WORDS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let parts: Vec<&str> = line.splitn(3, " | ").collect();
        let [state, meanings, words] = parts[..] else { panic!("state, meaning and words: {line}") };
        let heard = heard(state, words);
        let right: Vec<&str> = meanings.split('/').flat_map(right).copied().collect();
        let (all, good) = rates.entry(state).or_default();
        *all += 1;
        if is_right(&heard, &right) {
            *good += 1;
        } else {
            missed.push(format!("{state}: {words:?} -> {heard:?}, not {meanings}"));
        }
        if heard.iter().any(|id| ACTS.contains(id) && !right.contains(id)) {
            wrong.push(format!("{state}: {words:?} -> {heard:?}, not {meanings}"));
        }
    }
    let all: usize = rates.values().map(|(all, _)| all).sum();
    let good: usize = rates.values().map(|(_, good)| good).sum();
    println!("{good} of {all}: {rates:?}\n{}", missed.join("\n"));
    assert_eq!(wrong, Vec::<String>::new(), "done, and not meant");
    assert!(good * 100 >= all * RIGHT_MIN, "{good} of {all}");
}
