//! Several sentences at once, of which one says what somebody wants.

use super::{
    Answer, Command, PeopleCommand, Profile, RequestCommand, RoomCommand, courtesy, divides, is_mark, plain_words, read,
};

/// Clauses beyond these are not looked at.
const CLAUSES_MAX: usize = 12;

/// Words that join a clause to the one before it.
const JOINS: [&str; 8] = ["and", "but", "so", "also", "because", "then", "now", "or"];

/// The command in these clauses: one that shows or explains something, or else a question about the one that would end
/// something. It never is a consent, and does nothing by itself.
pub(super) fn among(text: &str, phrase: impl Fn(&str) -> Option<Command>) -> Option<Command> {
    let clauses: Vec<(&str, bool)> = clauses(text).take(CLAUSES_MAX).collect();
    if clauses.len() < 2 {
        return None;
    }
    let meant = |clause: &str| {
        let command = read(clause);
        let unread = matches!(
            command,
            Command::Text(_)
                | Command::People(PeopleCommand::Code(_))
                | Command::Answer { answer: Answer::Unclear, .. }
                | Command::Request(RequestCommand::Introduce { to: Some(Err(_)), .. })
        );
        if unread { phrase(clause) } else { Some(command) }
    };
    let all: Vec<(Option<Command>, bool)> = clauses.iter().map(|(clause, asks)| (meant(clause), *asks)).collect();
    let friendly = |command: &Command| matches!(command, Command::Closing | Command::Greeting);
    if all.iter().all(|(command, _)| command.as_ref().is_some_and(friendly)) {
        return Some(Command::Closing);
    }
    let found = |questions: bool| {
        let mut of_them = all.iter().filter(|(_, asks)| *asks == questions);
        of_them.find_map(|(command, _)| harmless(command.clone()?))
    };
    found(true).or_else(|| found(false))
}

/// The command where it is no more than a friendly word, or else a harmless one.
pub(super) fn harmless_or_kind(command: Command) -> Option<Command> {
    if matches!(command, Command::Closing | Command::Greeting) { Some(command) } else { harmless(command) }
}

/// The command, or a harmless one in its place.
pub(super) fn harmless(command: Command) -> Option<Command> {
    let tells = matches!(
        &command,
        Command::Explain(_) | Command::People(PeopleCommand::OwnDevice(None) | PeopleCommand::VerifyHow)
    );
    let asks = matches!(
        &command,
        Command::People(PeopleCommand::AskStaff(words)) | Command::Room(RoomCommand::Offer(words)) if words.is_empty()
    );
    // A name that is no address may be any words.
    let unnamed = matches!(command, Command::Request(RequestCommand::Introduce { to: Some(Err(_)), .. }));
    let begins = tells || asks || (courtesy::shows(&command) && !unnamed);
    let ends = matches!(
        command,
        Command::Stop { .. }
            | Command::Request(RequestCommand::Withdraw(_) | RequestCommand::Undo | RequestCommand::Cancel)
            | Command::People(PeopleCommand::Pause(_) | PeopleCommand::Limit(_))
            | Command::Profile(Profile::Unlist)
            | Command::Answer { answer: Answer::Later(_) | Answer::Ignore, .. }
    );
    if ends { Some(Command::Stop { plainly: false }) } else { begins.then_some(command) }
}

/// Whether these words are a yes or a no with an apology for its being late, as "sorry I missed this, yes".
pub(crate) fn answers_late(text: &str) -> bool {
    const LATE: [&str; 10] =
        ["sorry", "apologies", "apologise", "apologize", "missed", "late", "belated", "delay", "overlooked", "forgot"];
    let is_answer =
        |words: &str| matches!(read(words), Command::Answer { number: None, answer: Answer::Yes(_) | Answer::No });
    let words = plain_words(text);
    let ends = [words.get(..1), words.get(words.len().saturating_sub(1)..), words.get(words.len().saturating_sub(2)..)];
    let ends = ends.into_iter().flatten().map(|some| some.join(" "));
    words.iter().any(|word| LATE.contains(&word.as_str()))
        && !clauses(text).any(|(_, asks)| asks)
        && (clauses(text).any(|(clause, _)| is_answer(clause)) || ends.into_iter().any(|some| is_answer(&some)))
}

/// The clauses of a text, each with whether it is a question.
fn clauses(text: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = text;
    let next = move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            let end = rest.char_indices().find(|(at, c)| ends(*c, &rest[at + c.len_utf8()..]));
            let (clause, asks, after) = match end {
                Some((at, c)) => (&rest[..at], c == '?', &rest[at + c.len_utf8()..]),
                None => (rest, false, ""),
            };
            rest = after;
            let clause = unjoined(clause);
            if clause.chars().any(|c| !c.is_whitespace() && !is_mark(c)) {
                return Some((clause, asks));
            }
        }
    };
    std::iter::from_fn(next)
}

/// Whether a clause ends at this character, with these behind it. A full stop may stand in an address.
fn ends(c: char, behind: &str) -> bool {
    let spaced = behind.chars().next().is_none_or(|c| c.is_whitespace() || is_mark(c));
    c == '\n' || (divides(c) && !c.is_whitespace()) || (".!?-\u{2013}".contains(c) && spaced)
}

/// The clause without the words that join it to another.
fn unjoined(clause: &str) -> &str {
    let mut rest = clause.trim();
    while let Some((first, behind)) = rest.split_once(char::is_whitespace)
        && JOINS.contains(&first.to_lowercase().as_str())
    {
        rest = behind.trim_start();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::{Chosen, Topic};

    fn among_these(text: &str) -> Option<Command> {
        among(text, |clause| (clause == "how do I sign up").then_some(Command::Explain(Topic::Outcome)))
    }

    #[test]
    fn the_matter_is_found_among_other_sentences() {
        let found = Some(Command::Explain(Topic::Outcome));
        for text in [
            "I left in 1987. how do I sign up?",
            "Nice to meet you - so how do I sign up?",
            "thank you, and how do I sign up",
            "I wrote to @alex:example.org\nhow do I sign up",
        ] {
            assert_eq!(among_these(text), found, "{text}");
        }
        for text in
            ["how do I sign up", "I left in 1987. It was fun.", "@alex:example.org", "", "?!", "how. do I sign up"]
        {
            assert_eq!(among_these(text), None, "{text}");
        }
        assert_eq!(among_these("requests. how do I sign up?"), found, "a question comes first");
        assert_eq!(among_these("Thanks! Bye."), Some(Command::Closing));
        assert_eq!(among_these("Thanks! I left in 1987."), None);
    }

    #[test]
    fn a_sentence_among_others_does_nothing_by_itself() {
        assert_eq!(read("withdraw"), RequestCommand::Withdraw(Chosen::Only).into());
        for text in ["it is raining, withdraw", "I went home, cancel", "what a day! pause until Friday"] {
            assert_eq!(among_these(text), Some(Command::Stop { plainly: false }), "{text}");
        }
        for text in [
            "that is good, yes",
            "looks good, send",
            "what a day, agree",
            "list me now, I am here",
            "he is here, no",
            "I saw it, introduce Robin",
            "he is rude, block @sam:example.org",
            "done, verify @sam:example.org as student",
        ] {
            assert_eq!(among_these(text), None, "{text}");
        }
    }
}
