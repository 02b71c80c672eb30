//! Commands that help with asking for an information interview.

use crate::command::Command;
use crate::command::row::rows;
use crate::mentors::words::topic;

/// More words than this name no theme: they are the beginning of something else.
const THEME_WORDS_MAX: usize = 4;

/// A word for help with an information interview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InterviewCommand {
    /// They ask how an information interview is asked for and held.
    Guide,
    /// They ask for questions to ask, perhaps on a theme.
    Questions(Option<String>),
    /// They ask for more of them.
    MoreQuestions,
    /// They rehearse their draft.
    Rehearse(Play),
    /// They ask where else they find help.
    Referrals(Option<String>),
    /// They ask how to thank somebody.
    ThankYou,
}

/// A part of a rehearsal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Play {
    /// The request as the addressee would read it.
    Request,
    /// They would like to meet.
    Yes,
    /// A question of the addressee's.
    Question,
    /// A no, or no answer.
    No,
}

rows! {
    InterviewCommand {
        Self::Guide => "guide" [Needs(Introductions), KeepsList, Steers, InHelp];
        Self::Questions(_) => "questions museums" [Needs(Introductions), KeepsList, Steers, InHelp];
        Self::MoreQuestions => "more questions" [Needs(Introductions), KeepsList, Steers, Undocumented];
        Self::Rehearse(Play::Request) => "rehearse" [Needs(Introductions), KeepsList, Steers];
        Self::Rehearse(Play::Yes | Play::Question | Play::No) => "rehearse yes" [Needs(Introductions), KeepsList, Steers];
        Self::Referrals(_) => "referrals" [KeepsList, Steers, InHelp];
        Self::ThankYou => "thank-you" [Needs(Introductions), KeepsList];
    }
}

impl From<InterviewCommand> for Command {
    fn from(command: InterviewCommand) -> Self {
        Self::Interview(command)
    }
}

/// Reads a word for help with an information interview. `text` is the original that the words were taken from.
pub(crate) fn interview(words: &[&str], text: &str) -> Option<Command> {
    // Whoever writes on, or asks, writes to somebody.
    let theme = |words: &[&str]| {
        let is_one = words.len() <= THEME_WORDS_MAX && !text.trim().contains(['\n', ':', '?']);
        is_one.then(|| topic(words))
    };
    let command = match words {
        ["guide"] | ["the" | "show" | "interview", "guide"] | ["show", "me", "the", "guide"] => InterviewCommand::Guide,
        ["what", "is" | "are", "information" | "informational", "interview" | "interviews"]
        | ["what", "is" | "are", "an", "information" | "informational", "interview" | "interviews"]
        | ["what's" | "whats", "an", "information" | "informational", "interview"]
        | ["what", "does", "information" | "informational", "interview", "mean"] => InterviewCommand::Guide,
        ["more", "questions"] => InterviewCommand::MoreQuestions,
        ["question", "bank"] | ["questions" | "what", "to", "ask"] => InterviewCommand::Questions(None),
        ["interview" | "example" | "show", "questions"] => InterviewCommand::Questions(None),
        ["questions", rest @ ..] => InterviewCommand::Questions(theme(rest)?),
        ["rehearse" | "rehearsal"] | ["rehearse", "it"] | ["a", "rehearsal"] => {
            InterviewCommand::Rehearse(Play::Request)
        }
        ["rehearse", "a" | "the", play] | ["rehearse", play] => InterviewCommand::Rehearse(match *play {
            "yes" => Play::Yes,
            "question" | "ask" => Play::Question,
            "no" | "silence" | "nothing" => Play::No,
            _ => return None,
        }),
        ["thank-you"] => InterviewCommand::ThankYou,
        ["thank-you", "note" | "line" | "message" | "example" | "letter"] => InterviewCommand::ThankYou,
        ["thank", "you", "note" | "line" | "message" | "example" | "letter"] => InterviewCommand::ThankYou,
        ["a", "thank-you", "note" | "line" | "message" | "example" | "letter"] => InterviewCommand::ThankYou,
        ["thank", "her" | "him" | "them"] | ["how", "do" | "can" | "should", "i", "thank", ..] => {
            InterviewCommand::ThankYou
        }
        ["referrals" | "referral", rest @ ..] => InterviewCommand::Referrals(theme(rest)?),
        _ => return None,
    };
    Some(command.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::read;

    #[test]
    fn d03_help_with_an_information_interview_is_a_word_or_two() {
        let theme = || Some("museums".to_owned());
        for (text, command) in [
            ("guide", InterviewCommand::Guide),
            ("Show me the guide, please", InterviewCommand::Guide),
            ("What is an information interview?", InterviewCommand::Guide),
            ("questions", InterviewCommand::Questions(None)),
            ("Questions about museums", InterviewCommand::Questions(theme())),
            ("questions museums", InterviewCommand::Questions(theme())),
            ("question bank", InterviewCommand::Questions(None)),
            ("more questions", InterviewCommand::MoreQuestions),
            ("rehearse", InterviewCommand::Rehearse(Play::Request)),
            ("Rehearse it, please", InterviewCommand::Rehearse(Play::Request)),
            ("rehearse yes", InterviewCommand::Rehearse(Play::Yes)),
            ("rehearse a question", InterviewCommand::Rehearse(Play::Question)),
            ("rehearse silence", InterviewCommand::Rehearse(Play::No)),
            ("referrals", InterviewCommand::Referrals(None)),
            ("referrals for museums", InterviewCommand::Referrals(theme())),
            ("thank-you", InterviewCommand::ThankYou),
            ("A thank-you note, please", InterviewCommand::ThankYou),
            ("How do I thank her?", InterviewCommand::ThankYou),
        ] {
            assert_eq!(read(text), command.into(), "{text}");
        }
        for text in
            ["Questions: how did you begin?", "questions for you?", "questions\nHow did you begin", "guide me to her"]
        {
            assert!(!matches!(read(text), Command::Interview(_)), "{text}");
        }
    }
}
