//! The answers to what the porter asks: one word, or a word and some of one's own.

use crate::command::courtesy::{behind_marks, unaddressed};
use crate::command::overheard::InPublic;
use crate::command::row::rows;
use crate::command::{Answer, Command, bare, divides, fields};
use crate::introduction::Went;
use crate::introduction::words::missed::{have_not_talked, missed};
use crate::people::member::Fields;

rows! {
    Answer {
        Self::Yes(with) => "yes" [OnceAgreed, KeepsList] InPublic::command_if(!with.is_empty());
        Self::No => "no" [KeepsList];
        Self::NoBecause(words) => "no because I am away" [KeepsList] InPublic::command_if(!words.is_empty());
        Self::Ask(_) => "ask Which year are you in?" [KeepsList]
            InPublic::If(|words| words.len() > 1 && words.starts_with(&["ask"]));
        Self::Tell(_) => "answer the second" [KeepsList];
        Self::Later(_) => "later friday" [KeepsList];
        Self::Ignore => "ignore" [KeepsList];
        Self::Report(_) => "report this is spam" [KeepsList, Chooses, InHelp] InPublic::COMMAND;
        Self::Block => "block" [KeepsList, AtOnce] InPublic::COMMAND;
        Self::Went(_) => "well" [KeepsList];
        Self::Missed(_) => "they did not come" [KeepsList];
        Self::Unclear => "yes but not now" [KeepsList, Undocumented];
    }
}

/// An answer in these words, if it is one. `text` is what the words were taken from.
pub(crate) fn answer(words: &[&str], text: &str) -> Option<Command> {
    let (number, rest) = match words {
        [first, rest @ ..] if first.parse::<u32>().is_ok() && !rest.is_empty() => (first.parse().ok(), rest),
        _ => (None, words),
    };
    let text = if number.is_some() { after_first_word(text) } else { text };
    // "Yes?" asks something, and answers nothing.
    let asks = text.trim_end().ends_with('?');
    let plain = plain(rest).map(|(behind, answer)| {
        let unsaid = asks && matches!(answer, Answer::Yes(_) | Answer::No);
        (behind, if unsaid { Answer::Unclear } else { answer })
    });
    carried(rest, text).or(plain).map(|(behind, answer)| Command::Answer { number: number.or(behind), answer })
}

/// Answers whose words are carried or kept: they are taken from the text as it was typed.
fn carried(words: &[&str], text: &str) -> Option<(Option<u32>, Answer)> {
    let rest = |skipped: usize| {
        let mut rest = text;
        for _ in 0..skipped {
            rest = after_first_word(rest);
        }
        rest.trim_start_matches(|c: char| c.is_whitespace() || ":,-".contains(c)).to_owned()
    };
    let answer = match words {
        ["no", "because", ..] => Answer::NoBecause(rest(2)),
        ["ask", "again"] => return None,
        ["ask", "again", ..] => Answer::Later(rest(2)),
        ["ask", "me", "later" | "again", ..] => Answer::Later(rest(3)),
        ["ask", "me", "next" | "on" | "in" | "tomorrow" | "after" | "this" | "once" | "when", ..] => {
            Answer::Later(rest(2))
        }
        ["ask", "me", when, ..] if begins_a_day(when) => Answer::Later(rest(2)),
        ["ask" | "question", ..] => Answer::Ask(rest(1)),
        ["answer", ..] => {
            let (number, skipped) = behind(words.get(1).copied(), 1);
            return Some((number, Answer::Tell(rest(skipped))));
        }
        ["later", ..] => Answer::Later(rest(1)),
        ["report", ..] => {
            let (number, skipped) = behind(words.get(1).copied(), 1);
            return Some((number, Answer::Report(rest(skipped))));
        }
        _ => return None,
    };
    Some((None, answer))
}

/// A number behind the word that begins an answer, and how many words come before the rest.
fn behind(word: Option<&str>, skipped: usize) -> (Option<u32>, usize) {
    match word.and_then(|word| word.parse().ok()) {
        Some(number) => (Some(number), skipped + 1),
        None => (None, skipped),
    }
}

/// Answers of a word or two.
fn plain(words: &[&str]) -> Option<(Option<u32>, Answer)> {
    let (number, words) = match words {
        [rest @ .., last] if !rest.is_empty() && last.parse::<u32>().is_ok() => (last.parse().ok(), rest),
        _ => (None, words),
    };
    let answer = match words {
        ["ignore"] | ["just", "ignore"] => Answer::Ignore,
        ["ignore", "it" | "this" | "that"] | ["just", "ignore", "it" | "this" | "that"] => Answer::Ignore,
        ["block"] | ["block", "them" | "him" | "her" | "it" | "this" | "that"] => Answer::Block,
        ["block", "this" | "that" | "the", "person" | "one" | "request" | "sender" | "member"] => Answer::Block,
        ["well" | "good" | "great"]
        | ["it", "went", "well"]
        | ["it", "went", "very" | "really" | "so", "well"]
        | ["very", "well"] => Answer::Went(Went::Well),
        ["not", "well" | "really"] | ["badly"] | ["not", "so", "well"] => Answer::Went(Went::NotWell),
        ["not", "yet"] => Answer::Went(Went::NotYet),
        _ if have_not_talked(words) => Answer::Went(Went::NotYet),
        _ if let Some(missed) = missed(words) => Answer::Missed(missed),
        // "Sure, on Tuesday after 6" names no request.
        _ => {
            let answer = yes_or_no(words)?;
            return Some((number.filter(|_| answer != Answer::Unclear), answer));
        }
    };
    Some((number, answer))
}

/// Words that are a yes by themselves. "Ok" and "thanks" are not: people close a talk with them.
const YES: &[&[&str]] = &[
    &["yes"],
    &["y"],
    &["yeah"],
    &["yep"],
    &["yup"],
    &["yea"],
    &["yess"],
    &["sure"],
    &["absolutely"],
    &["definitely"],
    &["certainly"],
    &["gladly"],
    &["of", "course"],
    &["with", "pleasure"],
    &["go", "ahead"],
    &["sounds", "good"],
    &["sounds", "great"],
    &["sounds", "lovely"],
    &["happy", "to", "help"],
    &["happy", "to", "chat"],
    &["happy", "to", "meet"],
    &["happy", "to", "talk"],
    &["happy", "to"],
    &["i'd", "be", "happy", "to"],
    &["i'd", "love", "to"],
    &["i", "would", "love", "to"],
    &["i", "would", "be", "happy", "to"],
    &["i", "would", "be", "happy", "to", "help"],
    &["i'd", "be", "happy", "to", "help"],
    &["i'd", "love", "to", "help"],
    &["i'm", "happy", "to"],
    &["i'm", "happy", "to", "help"],
    &["i'm", "happy", "to", "chat"],
    &["i'm", "happy", "to", "meet"],
    &["i'm", "happy", "to", "talk"],
    &["sure", "thing"],
    &["that", "works"],
    &["that", "works", "for", "me"],
    &["accept"],
    &["i", "accept"],
];

/// Words that are a no by themselves.
const NO: &[&[&str]] = &[
    &["no"],
    &["n"],
    &["nope"],
    &["nah"],
    &["not", "this", "time"],
    &["not", "for", "me"],
    &["i", "meant", "no"],
    &["decline"],
    &["i", "decline"],
    &["i'd", "rather", "not"],
    &["i'm", "afraid", "not"],
    &["unfortunately", "not"],
    &["i", "can't"],
    &["i", "cannot"],
    &["pass"],
    &["i'll", "pass"],
    &["not", "available"],
    &["i'm", "not", "available"],
    &["i", "would", "rather", "not"],
    &["i'd", "prefer", "not", "to"],
    &["it's", "a", "no"],
    &["my", "answer", "is", "no"],
    &["i", "have", "to", "decline"],
    &["i", "shall", "have", "to", "decline"],
    &["i'll", "have", "to", "decline"],
    &["i", "will", "have", "to", "decline"],
    &["i'll", "have", "to", "pass"],
    &["i", "must", "decline"],
    &["i", "would", "like", "to", "decline"],
    &["i'd", "like", "to", "decline"],
];

/// Words that people put around a yes, and that do not turn it round.
const BESIDE_YES: &[&[&str]] = &[
    &["please"],
    &["thanks"],
    &["thank", "you"],
    &["very", "much"],
    &["so", "much"],
    &["cheers"],
    &["ok"],
    &["okay"],
    &["oh"],
    &["great"],
    &["lovely"],
    &["happy"],
    &["that's", "fine"],
    &["that", "is", "fine"],
    &["that", "would", "be", "great"],
    &["that", "would", "be", "lovely"],
    &["with", "me"],
    &["i", "would"],
    &["why", "not"],
    &["that's", "ok"],
    &["no", "problem"],
    &["no", "worries"],
    &["then"],
];

/// Words that people put around a no.
const BESIDE_NO: &[&[&str]] = &[
    &["thanks"],
    &["thank", "you"],
    &["very", "much"],
    &["cheers"],
    &["sorry"],
    &["i'm", "sorry"],
    &["i'm", "afraid"],
    &["unfortunately"],
    &["from", "me"],
    &["this", "time"],
    &["oh"],
    &["oops"],
    &["wait"],
    &["actually"],
    &["too", "busy"],
    &["very", "busy"],
    &["i'm", "too", "busy"],
    &["i'm", "busy"],
    &["i", "am", "too", "busy"],
    &["i", "am", "busy"],
    &["i'm", "on", "leave"],
    &["i", "am", "on", "leave"],
    &["on", "leave"],
    &["i'm", "away"],
    &["i", "am", "away"],
    &["i", "can't"],
    &["i", "cannot"],
    &["i", "don't", "have", "time"],
    &["i", "have", "no", "time"],
    &["no", "time"],
    &["not", "now"],
    &["not", "at", "the", "moment"],
    &["not", "right", "now"],
    &["at", "the", "moment"],
];

/// Words by which a talk is closed. They answer nothing.
const CLOSING: &[&[&str]] = &[
    &["ok"],
    &["okay"],
    &["k"],
    &["fine"],
    &["thanks"],
    &["thank", "you"],
    &["thx"],
    &["ta"],
    &["cheers"],
    &["very", "much"],
    &["so", "much"],
    &["all", "right"],
    &["alright"],
    &["got", "it"],
    &["noted"],
    &["perfect"],
    &["lovely"],
    &["sorry"],
    &["bye"],
    &["goodbye"],
    &["oh"],
    &["then"],
];

/// Whether a word begins the name of a day, or of some time after now.
fn begins_a_day(word: &str) -> bool {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let is_weekday = DAYS.iter().any(|day| word.starts_with(day)) && (word.len() == 3 || word.ends_with("day"));
    is_weekday || matches!(word, "again" | "later" | "next" | "in" | "on" | "after" | "tomorrow")
}

fn yes_or_no(words: &[&str]) -> Option<Answer> {
    if words.first() != Some(&"no") && whole(words, YES, BESIDE_YES) {
        return Some(Answer::Yes(Fields::new()));
    }
    if let Some(with) = words.iter().position(|word| ["with", "and", "plus"].contains(word))
        && whole(&words[..with], YES, BESIDE_YES)
    {
        let wanted = words[with + 1..].split_last().map_or(&words[with + 1..], |(last, before)| {
            if ["please", "thanks"].contains(last) { before } else { &words[with + 1..] }
        });
        return Some(fields(wanted).map_or(Answer::Unclear, Answer::Yes));
    }
    if whole(words, NO, BESIDE_NO) {
        return Some(Answer::No);
    }
    let begins = matches!(
        words.first(),
        Some(&("yes" | "y" | "yeah" | "yep" | "yup" | "sure" | "no" | "n" | "nope" | "absolutely" | "definitely"))
    );
    let goes_on = matches!(words, ["ok" | "okay" | "oh" | "great", "yes" | "no" | "sure", ..]);
    let hedges = matches!(words, ["maybe" | "perhaps" | "possibly" | "might" | "hmm" | "depends"] | ["it", "depends"]);
    (begins || goes_on || hedges).then_some(Answer::Unclear)
}

/// The words behind a yes, which could be times. Nothing where they ask, or turn the yes round.
pub(crate) fn behind_yes(text: &str) -> Option<&str> {
    const LONGEST: usize = 8;
    const TURNS: [&str; 5] = ["but", "though", "although", "however", "if"];
    let (mut text, _) = unaddressed(text);
    let (first, rest) = text.split_once(char::is_whitespace)?;
    if bare(first).parse::<u32>().is_ok() {
        text = rest.trim_start();
    }
    let ends = text.char_indices().filter(|(_, c)| divides(*c)).map(|(at, _)| at).take(LONGEST);
    let is_yes = |end: &usize| {
        let flat = text[..*end].to_lowercase().replace('\u{2019}', "'");
        let words: Vec<&str> = flat.split(divides).map(bare).filter(|word| !word.is_empty()).collect();
        words.first() != Some(&"no") && whole(&words, YES, BESIDE_YES)
    };
    let rest = behind_marks(&text[ends.filter(is_yes).last()?..]);
    let turns = rest.split(divides).next().is_some_and(|word| TURNS.contains(&bare(word).to_lowercase().as_str()));
    (!turns && !rest.trim_end().ends_with('?')).then_some(rest)
}

/// Whether these words close a talk, and say no more than that.
pub(crate) fn closes(words: &[&str]) -> bool {
    whole(words, CLOSING, &[])
}

/// Whether the words are nothing but these phrases, at least one of them of the `strong` ones.
pub(crate) fn whole(words: &[&str], strong: &[&[&str]], beside: &[&[&str]]) -> bool {
    let (mut rest, mut found) = (words, false);
    while !rest.is_empty() {
        let longest = |phrases: &[&[&str]]| {
            let fitting = phrases.iter().filter(|phrase| rest.starts_with(phrase));
            fitting.map(|phrase| phrase.len()).max().unwrap_or_default()
        };
        let (of_strong, of_beside) = (longest(strong), longest(beside));
        if of_strong.max(of_beside) == 0 {
            return false;
        }
        found |= of_strong > 0 && of_strong >= of_beside;
        rest = &rest[of_strong.max(of_beside)..];
    }
    found
}

/// The rest of a text after its first word, and the marks before that.
fn after_first_word(text: &str) -> &str {
    let text = behind_marks(text);
    text.find(char::is_whitespace).map_or("", |end| text[end..].trim_start())
}

#[cfg(test)]
mod tests {
    use super::behind_yes;

    #[test]
    fn words_behind_a_yes_are_found_and_those_that_turn_it_round_are_not() {
        for (text, rest) in [
            ("yes, Tue or Thu after 4", Some("Tue or Thu after 4")),
            ("Yes!Tue", None),
            ("2 yes, Tue after 4", Some("Tue after 4")),
            ("yes please, Thursday", Some("Thursday")),
            ("Yes, happy to. Thursday after 4", Some("Thursday after 4")),
            ("Sure — Thursday at 5", Some("Thursday at 5")),
            ("I’d love to, Thursday at 5", Some("Thursday at 5")),
            ("Hi, yes Thursday at 5", Some("Thursday at 5")),
            ("yes, not Tuesday", Some("not Tuesday")),
            ("yes but only Thursday", None),
            ("yes, though not before Thursday", None),
            ("yes if Thursday suits", None),
            ("yes, Thursday?", None),
            ("no, Thursday", None),
            ("Thursday, yes", None),
            ("yes", None),
        ] {
            assert_eq!(behind_yes(text), rest, "{text}");
        }
    }
}
