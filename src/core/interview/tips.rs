//! Tips on the message of a request, by rules that the service can edit. They block nothing.

use std::collections::BTreeSet;
use std::ops::Range;

use lodge_ground::link;

use super::sections::{NotALine, Section, sections};
use crate::command::plain_words;
use crate::name::Address;
use crate::say::Tip;

/// A message gets this many tips at most: the first of the rules that it meets.
const TIPS_MAX: usize = 2;

/// Of the writer's earlier messages, this many are compared with a new one: the last.
pub(crate) const EARLIER_MAX: usize = 20;

/// A message of fewer words is not compared with others: anybody may say as much twice.
const COMPARED_WORDS_MIN: usize = 12;

/// Messages are compared by what stands in so many words in a row.
const RUN: usize = 3;

/// A refusal within so many words before a phrase turns it round, as in "I'm not looking for a job".
const TURNED_ROUND_WITHIN: usize = 4;

/// Words by which people turn round what they say next.
const NOT: [&str; 9] = ["not", "no", "never", "dont", "isnt", "wont", "didnt", "without", "rather"];

/// A message of more words is one, whatever stands in it.
const FOR_PORTER_WORDS_MAX: usize = 20;

/// The digits of a telephone number.
const PHONE_DIGITS: Range<usize> = 9..16;

/// The rules by which a message gets tips, most important first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules(Vec<(Tip, Rule)>);

/// The things that a rule needs from the service.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Rule {
    /// Nothing more.
    Plain,
    /// A number: of characters, or of words in a hundred.
    Number(usize),
    /// Phrases, each as its words.
    Phrases(Vec<Vec<String>>),
}

/// The rules by the names of their sections.
const NAMES: [(&str, Tip); 9] = [
    ("for-the-porter", Tip::ForPorter),
    ("phone", Tip::Phone),
    ("another-person", Tip::AnotherPerson),
    ("job", Tip::JobApplication),
    ("pasted", Tip::Pasted),
    ("flattery", Tip::Flattery),
    ("no-question", Tip::NoQuestion),
    ("long", Tip::Long),
    ("short", Tip::Short),
];

/// A message that is looked at.
#[derive(Debug, Clone)]
pub(crate) struct Looked<'a> {
    /// The writer's words.
    pub message: &'a str,
    /// Whether it asks for an information interview.
    pub interview: bool,
    /// The addresses that have a place in it: the writer's, and the addressee's as the writer typed it.
    pub known: Vec<&'a str>,
    /// Messages of the writer's other requests.
    pub earlier: Vec<&'a str>,
    /// Whether questions stand beside it, in the plan.
    pub has_questions: bool,
}

impl Rules {
    /// Reads the rules of a file.
    ///
    /// # Errors
    /// When a section has a name that is none, or a rule lacks its number or its phrases.
    pub fn parse(text: &str) -> Result<Self, NotALine> {
        sections(text)?.iter().map(rule).collect::<Result<_, _>>().map(Self)
    }

    /// The tips on a message, by the rules in their order.
    pub(crate) fn look(&self, looked: &Looked<'_>) -> Vec<Tip> {
        let words = plain_words(looked.message);
        let asks = |rule: &Rule| looked.has_questions || looked.message.contains('?') || says(&words, rule);
        let asks_nothing = self.0.iter().any(|(tip, rule)| *tip == Tip::NoQuestion && !asks(rule));
        let flatters =
            |tip: &Tip, rule| *tip == Tip::Flattery && looked.interview && asks_nothing && says(&words, rule);
        let flattered = self.0.iter().any(|(tip, rule)| flatters(tip, rule));
        let met = self.0.iter().filter(|(tip, rule)| match tip {
            Tip::ForPorter => words.len() <= FOR_PORTER_WORDS_MAX && says(&words, rule),
            Tip::Phone => has_phone(looked.message),
            Tip::AnotherPerson => names_another(looked.message, &looked.known),
            Tip::JobApplication => looked.interview && says(&words, rule),
            Tip::Pasted => looked.earlier.iter().any(|earlier| is_pasted(&words, earlier, rule)),
            Tip::Flattery => flattered,
            Tip::NoQuestion => asks_nothing && !flattered,
            Tip::Long => rule.number().is_some_and(|most| looked.message.chars().count() > most),
            Tip::Short => rule.number().is_some_and(|least| looked.message.chars().count() < least),
        });
        met.map(|(tip, _)| *tip).take(TIPS_MAX).collect()
    }
}

fn rule(section: &Section<'_>) -> Result<(Tip, Rule), NotALine> {
    let Some((_, tip)) = NAMES.iter().find(|(name, _)| *name == section.name) else {
        let names = NAMES.map(|(name, _)| name).join(", ");
        return Err(NotALine::new(section.line, format!("no rule is called [{}]; there are: {names}", section.name)));
    };
    let rule = match tip {
        Tip::Phone | Tip::AnotherPerson => match section.entries[..] {
            [] => Rule::Plain,
            [(line, _), ..] => return Err(NotALine::new(line, format!("nothing stands below [{}]", section.name))),
        },
        Tip::Pasted | Tip::Long | Tip::Short => match section.entries[..] {
            [(line, text)] => Rule::Number(text.parse().map_err(|_| number_expected(line, section.name))?),
            [] => return Err(number_expected(section.line, section.name)),
            [_, (line, _), ..] => return Err(number_expected(line, section.name)),
        },
        Tip::ForPorter | Tip::JobApplication | Tip::Flattery | Tip::NoQuestion => {
            let phrases = section.entries.iter().map(|(line, text)| match plain_words(text) {
                words if words.is_empty() => Err(NotALine::new(*line, "a phrase has words")),
                words => Ok(words),
            });
            Rule::Phrases(phrases.collect::<Result<_, _>>()?)
        }
    };
    Ok((*tip, rule))
}

fn number_expected(line: usize, name: &str) -> NotALine {
    NotALine::new(line, format!("below [{name}] stands one number, such as 80"))
}

impl Rule {
    fn number(&self) -> Option<usize> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Plain | Self::Phrases(_) => None,
        }
    }
}

/// Whether one of the rule's phrases stands in these words, and nothing before it turns it round.
fn says(words: &[String], rule: &Rule) -> bool {
    let Rule::Phrases(phrases) = rule else { return false };
    phrases.iter().any(|phrase| {
        let places = words.windows(phrase.len()).enumerate().filter(|(_, window)| window == phrase);
        places.map(|(at, _)| &words[at.saturating_sub(TURNED_ROUND_WITHIN)..at]).any(|before| {
            let turned_round = before.iter().any(|word| NOT.contains(&word.as_str()));
            !turned_round
        })
    })
}

/// Whether somebody's address stands in this text, of the kind used here or of electronic mail, that is none of these.
fn names_another(text: &str, known: &[&str]) -> bool {
    link::words(text).filter(|word| is_address(word)).any(|word| {
        let account = link::to_account(word).ok();
        let named = account.as_ref().map_or(word, Address::as_str);
        !known.iter().any(|known| known.eq_ignore_ascii_case(named))
    })
}

fn is_address(word: &str) -> bool {
    let is_mail = || {
        let (local, domain) = word.split_once('@')?;
        (!local.is_empty() && domain.contains('.') && !domain.contains('@')).then_some(())
    };
    link::to_account(word).is_ok() || is_mail().is_some()
}

/// Whether something that looks like a telephone number stands in this text.
pub(crate) fn has_phone(text: &str) -> bool {
    let separates = |c: char| " -./()\u{a0}\u{2011}".contains(c);
    let parts = text.split(|c: char| !(c.is_ascii_digit() || c == '+' || separates(c)));
    // A number has no more than two marks between its digits; two dates have more.
    parts.flat_map(|part| part.split(" - ")).any(|part| {
        let part = part.trim_matches(|c: char| separates(c) && c != '(');
        let digits = part.chars().filter(char::is_ascii_digit).count();
        let groups = part.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).count();
        let leads = part.starts_with(['+', '0', '(']) && PHONE_DIGITS.contains(&digits);
        leads || (digits == 10 && groups == 3)
    })
}

/// Whether at least this share of the words stands in an earlier message, in the same order.
fn is_pasted(words: &[String], earlier: &str, share: &Rule) -> bool {
    let Some(share) = share.number().filter(|_| words.len() >= COMPARED_WORDS_MIN) else { return false };
    let earlier = plain_words(earlier);
    let earlier: BTreeSet<&[String]> = earlier.windows(RUN).collect();
    let all = words.len().saturating_sub(RUN - 1);
    let same = words.windows(RUN).filter(|run| earlier.contains(run)).count();
    same * 100 >= all * share
}

#[cfg(test)]
mod tests {
    use super::super::Lists;
    use super::*;

    const LETTER: &str = "Dear Alex, I am in my second year of History and work on Saturdays in the town museum. You \
                          are the only curator I know of. May I ask how you got from a degree to your first exhibition?";

    fn looked(message: &str) -> Looked<'_> {
        let known = vec!["@sam:example.org", "sam@example.org", "@alex:example.org"];
        Looked { message, interview: true, known, earlier: vec![], has_questions: false }
    }

    fn tips(message: &str) -> Vec<Tip> {
        Lists::english().tips.look(&looked(message))
    }

    fn padded(words: &str) -> String {
        format!("Dear Alex, I read History and work in the town museum on Saturdays. How did you begin? {words}")
    }

    #[test]
    fn a14_a_letter_that_asks_about_somebodys_work_gets_no_tip() {
        assert_eq!(tips(LETTER), []);
        for words in [
            "I'm not looking for a job, only for advice.",
            "My dissertation is on applications of statistics in archaeology from 1990 to 2005.",
            "I am free on 01.02.2027 - 05.02.2027, or after 2027-03-01.",
            "You can also write to sam@example.org or @sam:example.org.",
        ] {
            assert_eq!(tips(&padded(words)), [], "{words}");
        }
    }

    #[test]
    fn a14_words_that_ask_for_a_job_get_a_tip_in_an_information_interview_alone() {
        for words in [
            "I attach my CV.",
            "Do you have any vacancies?",
            "I\u{2019}m looking for a job in your team.",
            "Could you hire me this summer?",
            "Is there an internship at your firm?",
        ] {
            let text = padded(words);
            assert_eq!(tips(&text), [Tip::JobApplication], "{words}");
            assert_eq!(Lists::english().tips.look(&Looked { interview: false, ..looked(&text) }), [], "{words}");
        }
    }

    #[test]
    fn a_telephone_number_or_somebody_elses_address_in_a_message_gets_a_tip() {
        for number in ["+44 1865 000000", "07700 900123", "(01865) 000-000", "0049-30-1234567", "555-123-4567"] {
            assert_eq!(tips(&padded(&format!("Call me on {number}, please."))), [Tip::Phone], "{number}");
        }
        for who in ["@robin:example.org", "https://matrix.to/#/@robin:example.org", "robin@museum.example,"] {
            assert_eq!(tips(&padded(&format!("I know {who} too."))), [Tip::AnotherPerson], "{who}");
        }
    }

    #[test]
    fn a_message_that_asks_nothing_is_told_so_once_praise_alone_in_words_of_its_own() {
        let said = "Dear Alex, I am in my second year of History and work on Saturdays in the museum of our town.";
        assert_eq!(tips(said), [Tip::NoQuestion]);
        assert_eq!(tips(&format!("{said} I would love to hear how you began.")), []);
        let praise =
            "I really admire your amazing career and find your exhibitions so inspiring. You are a role model.";
        assert_eq!(tips(praise), [Tip::Flattery]);
        assert_eq!(tips(&format!("{praise} How did you begin with the first of them?")), []);
    }

    #[test]
    fn a14_a_message_with_questions_beside_it_in_the_plan_is_not_told_that_it_asks_nothing() {
        for (message, right) in [
            ("Dear Alex, I am in my second year of History and work on Saturdays in the museum of our town.", &[][..]),
            ("I really admire your amazing career and find your exhibitions so inspiring. You are a role model.", &[]),
            ("Hi!", &[Tip::Short]),
        ] {
            let with = Looked { has_questions: true, ..looked(message) };
            assert_eq!(Lists::english().tips.look(&with), right, "{message}");
        }
    }

    #[test]
    fn no_more_than_two_tips_are_given_the_most_important_ones() {
        assert_eq!(
            tips("Call +44 1865 000000 or ask robin@museum.example. Here is my CV"),
            [Tip::Phone, Tip::AnotherPerson]
        );
        assert_eq!(tips("Hi!"), [Tip::NoQuestion, Tip::Short]);
        assert_eq!(tips(&LETTER.repeat(10)), [Tip::Long]);
    }

    #[test]
    fn a_message_that_went_to_somebody_else_with_another_name_on_it_is_told_from_a_new_one() {
        let to = |message, earlier| Lists::english().tips.look(&Looked { earlier: vec![earlier], ..looked(message) });
        let other = LETTER.replace("Alex", "Robin").replace("curator", "restorer");
        assert_eq!(to(LETTER, &other), [Tip::Pasted]);
        assert_eq!(to(LETTER, &padded("How long did your first exhibition take you?")), []);
    }

    #[test]
    fn a_service_has_rules_of_its_own_and_is_told_of_a_mistake_with_its_line() {
        let own = Rules::parse("# ours\n[job]\nreference letter\n[short]\n10\n").unwrap();
        let text = padded("Please send a Reference-letter, or a reference letter. Here is my CV, call 07700 900123");
        assert_eq!(own.look(&looked(&text)), [Tip::JobApplication]);
        for (text, line, part) in [
            ("[job]\ncv\n[jobs]\n", 3, "no rule is called [jobs]; there are: for-the-porter, phone, "),
            ("[short]\neighty\n", 2, "one number"),
            ("[long]\n", 1, "one number"),
            ("[long]\n1\n2\n", 3, "one number"),
            ("[phone]\n\n12\n", 3, "nothing stands below [phone]"),
            ("cv\n", 1, "before the first section"),
            ("[job]\n?!\n", 2, "has words"),
        ] {
            let error = Rules::parse(text).unwrap_err();
            assert_eq!(error.line, line, "{text}");
            assert!(error.problem.contains(part), "{error}");
        }
    }
}
