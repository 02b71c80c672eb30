//! Reads words as a request. Forgiving about politeness, strict about consent.

pub mod overheard;
pub mod row;

use lodge_ground::proof::DeviceCode;

use crate::introduction::Went;
use crate::name::{Address, clean_text};
use crate::people::member::{Field, Fields, Role};
use crate::people::roster::Code;

pub use crate::conduct::words::{About, ModerationCommand};
pub use crate::introduction::words::introducing::address_in;
pub use crate::mentors::words::Profile;
pub use crate::rooms::words::RoomCommand;

use overheard::InPublic;

/// A request that somebody's words make, as far as the words alone tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// They ask what can be asked.
    Help,
    /// They ask for an introduction.
    Introduce {
        /// The addressee: an address, or the text that stood where one should be.
        to: Option<Result<Address, String>>,
        /// The purpose, in their words.
        purpose: Option<String>,
        /// The message to the addressee.
        message: Option<String>,
    },
    /// "Send", about the draft.
    Send,
    /// Write the draft's message anew.
    Change,
    /// Throw the draft away.
    Cancel,
    /// Tick these fields of the draft.
    Add(Fields),
    /// Untick these fields of the draft.
    Hide(Fields),
    /// They ask for the state of their requests.
    Requests,
    /// Show me my draft.
    Drafts,
    /// They ask for the open questions once more.
    Again,
    /// I take it back: a request, or a yes.
    Withdraw(Chosen),
    /// They want nothing brought to them until then, in their words.
    Pause(String),
    /// Bring me requests again.
    Resume,
    /// They want this many requests a month at most; `None` restores the service's number.
    Limit(Option<u32>),
    /// They want nothing brought to them from the person behind this address.
    BlockAddress(Address),
    /// Take the block of this number away.
    Unblock(Option<usize>),
    /// They ask for their settings of requests they are brought.
    OwnSettings,
    /// They ask for the policy.
    Policy,
    /// They ask for the data that is kept about them.
    MyData,
    /// Forget me: the first word of it, or the last.
    Forget {
        /// Whether they have been told the consequences.
        sure: bool,
    },
    /// I agree to what holds here.
    Agree,
    /// They ask for the boundaries.
    Boundaries,
    /// My code from the roster.
    Code(Code),
    /// They vouch for the device with this code, or ask how to vouch for one.
    OwnDevice(Option<DeviceCode>),
    /// The device of this account's with this code is its owner's.
    DeviceOf(Address, Option<DeviceCode>),
    /// Please pass these words on to the staff.
    AskStaff(String),
    /// Staff say somebody's role.
    Verify(Verify),
    /// Somebody's role is over.
    EndRole(Address),
    /// This organisation's people may be verified.
    Approve(String),
    /// They ask for the organisations that wait to be approved.
    Organisations,
    /// Something about rooms for many.
    Room(RoomCommand),
    /// Something about conduct in them.
    Moderation(ModerationCommand),
    /// They ask something about their card.
    Profile(Profile),
    /// They ask for the mentors' list, or for those in it with this topic.
    Mentors(Option<String>),
    /// Show me more of it.
    More,
    /// I would like to stay in it.
    Stay,
    /// Take back what I just agreed to.
    Undo,
    /// Words by which people close a talk, such as "ok, thanks". They answer nothing.
    Closing,
    /// An answer to a prompt.
    Answer {
        /// The number of the prompt, if given.
        number: Option<u32>,
        /// The answer itself.
        answer: Answer,
    },
    /// Anything else: the answer to a question of the porter's, or not understood.
    Text(String),
}

row::rows! {
    Command {
        Self::Help => "help" [Visitors, KeepsList];
        Self::Introduce { to, .. } => "introduce @alex:example.org for career advice: May I ask you about law?"
            [Needs(Introductions), KeepsList, InHelp] match to {
                Some(to) => InPublic::command_if(to.is_ok()),
                None => InPublic::If(|words| words.starts_with(&["introduce"])),
            };
        Self::Send => "send" [Needs(Introductions), OnceAgreed, InHelp] InPublic::COMMAND;
        Self::Change => "change" [Needs(Introductions), KeepsList];
        Self::Cancel => "cancel" [KeepsList];
        Self::Add(_) => "add email" [Needs(Introductions), KeepsList] InPublic::COMMAND;
        Self::Hide(_) => "hide email" [Needs(Introductions), KeepsList] InPublic::COMMAND;
        Self::Requests => "requests" [InHelp] InPublic::COMMAND;
        Self::Drafts => "drafts" [KeepsList, InHelp] InPublic::COMMAND;
        Self::Again => "again" [InHelp];
        // People say "take it back" of many things.
        Self::Withdraw(_) => "withdraw" [Bystanders, Former, Chooses, InHelp]
            InPublic::If(|words| words.starts_with(&["withdraw"]));
        Self::Pause(_) => "pause until 2 May" [InHelp]
            InPublic::If(|words| matches!(words, [_] | [_, "until" | "for", ..]));
        // In a careers room, "resume" is a document.
        Self::Resume => "resume" [] InPublic::If(|words| words.len() > 1 || words == ["unpause"]);
        Self::Limit(_) => "limit 2 a month" [InHelp] InPublic::If(|words| words.starts_with(&["limit"]));
        Self::BlockAddress(_) => "block @alex:example.org" [] InPublic::COMMAND;
        Self::Unblock(_) => "unblock" [] InPublic::COMMAND;
        Self::OwnSettings => "my settings" [InHelp] InPublic::COMMAND;
        Self::Policy => "policy" [Visitors, Bystanders, Former, KeepsList, InHelp];
        Self::MyData => "my data" [Visitors, Bystanders, Former, InHelp] InPublic::If(|words| words.len() > 1);
        Self::Forget { .. } => "forget me" [Visitors, Bystanders, Former, InHelp] InPublic::COMMAND;
        Self::Agree => "agree" [KeepsList];
        Self::Boundaries => "boundaries" [Visitors, KeepsList, InHelp];
        // Three short words, or one long one, look like a code to the porter, who expects one.
        Self::Code(_) => "2345-AAAA-6789" [Visitors] InPublic::If(|words| {
            words.iter().any(|word| word.contains("code") || word.contains(|c: char| c == '-' || c.is_ascii_digit()))
        });
        Self::OwnDevice(code) => "my new device K7QM" [Visitors, Bystanders, Former] InPublic::command_if(code.is_some());
        Self::DeviceOf(_, code) => "new device @alex:example.org K7QM" [InHelp] InPublic::command_if(code.is_some());
        Self::AskStaff(_) => "ask staff: may I come by?" [Visitors, KeepsList, InHelp] InPublic::COMMAND;
        Self::Verify(_) => "verify @alex:example.org as student until 30 June" [InHelp] InPublic::COMMAND;
        Self::EndRole(_) => "end @alex:example.org" [InHelp] InPublic::COMMAND;
        Self::Approve(_) => "approve organisation City Museum" [InHelp] InPublic::COMMAND;
        Self::Organisations => "organisations" [InHelp] InPublic::COMMAND;
        Self::Mentors(_) => "mentors in museums" [Needs(Mentors), KeepsList, InHelp] InPublic::If(|words| {
            let named = words.iter().position(|word| matches!(*word, "mentors" | "mentor" | "directory"));
            let next = named.and_then(|at| words.get(at + 1));
            next.is_none_or(|word| matches!(*word, "in" | "for" | "about" | "from"))
        });
        Self::More => "more" [Needs(Mentors), KeepsList];
        Self::Stay => "stay" [];
        Self::Undo => "undo" [];
        Self::Closing => "ok thanks" [KeepsList, Undocumented];
        Self::Text(_) => "good morning everybody" [KeepsList, Undocumented];
    }
    of {
        Self::Room(command) => command: RoomCommand;
        Self::Moderation(command) => command: ModerationCommand;
        Self::Profile(profile) => profile: Profile;
        Self::Answer { answer, .. } => answer: Answer;
    }
}

/// A verification: the word of staff for somebody's role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verify {
    /// The account of the person.
    pub who: Address,
    /// The role; `None` where it was not understood.
    pub role: Option<Role>,
    /// The organisation that they work for or speak for.
    pub organisation: Option<String>,
    /// The end of the role, in their words.
    pub until: Option<String>,
}

/// An answer to a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Yes, and these fields beside those that come with it.
    Yes(Fields),
    /// A no, in any of the usual words.
    No,
    /// No, and these words are passed on.
    NoBecause(String),
    /// These words are a question to the requester.
    Ask(String),
    /// These words are the answer to a question.
    Tell(String),
    /// Remind me then, in their words.
    Later(String),
    /// They let the request pass.
    Ignore,
    /// This is not right; with their words, if they gave any.
    Report(String),
    /// They want nothing more brought to them from the requester.
    Block,
    /// They say how the meeting went.
    Went(Went),
    /// It began like an answer, and went on in a way that could turn it round.
    Unclear,
}

impl Answer {
    /// Whether it holds words for the other person.
    pub fn is_for_another(&self) -> bool {
        match self {
            Self::NoBecause(_) | Self::Ask(_) | Self::Tell(_) | Self::Report(_) => true,
            Self::Yes(_) | Self::No | Self::Later(_) | Self::Ignore | Self::Block | Self::Went(_) | Self::Unclear => {
                false
            }
        }
    }
}

/// One of several things that somebody was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// Nothing: there may be only one.
    Only,
    /// The thing with this number.
    Number(usize),
    /// The thing that is about the address they had asked for.
    To(Address),
}

/// Reads a member's words.
pub fn read(raw: &str) -> Command {
    let text = clean_text(raw);
    let flat = text.to_lowercase().replace('\u{2019}', "'");
    let words: Vec<&str> =
        flat.split(|c: char| c.is_whitespace() || ",;".contains(c)).map(bare).filter(|w| is_word(w)).collect();
    one_word(&words)
        .or_else(|| crate::people::words::joining(&words, &text))
        .or_else(|| own_affairs(&words))
        .or_else(|| crate::rooms::words::rooms(&words, &text))
        .or_else(|| crate::conduct::words::moderation(&words, &text))
        .or_else(|| crate::mentors::words::cards(&words, &text))
        .or_else(|| fields_command(&words))
        .or_else(|| crate::introduction::words::answers::answer(&words, &text))
        .or_else(|| crate::introduction::words::answers::closes(&words).then_some(Command::Closing))
        .or_else(|| crate::introduction::words::introducing::introduce(&text))
        .unwrap_or(Command::Text(text))
}

/// A word without the marks people put around it.
pub(crate) fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| is_mark(c) && c != '@' && c != '\'')
}

/// Whether this is a mark that people put around words or between them, or a picture.
fn is_mark(c: char) -> bool {
    let typographic = matches!(c, '\u{a1}' | '\u{ab}' | '\u{b7}' | '\u{bb}' | '\u{bf}' | '\u{2000}'..='\u{2bff}');
    let picture = matches!(c, '\u{3000}'..='\u{303f}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f000}'..='\u{1faff}');
    c.is_ascii_punctuation() || typographic || picture
}

/// Whether this holds more than marks and pictures.
fn is_word(word: &str) -> bool {
    !word.chars().all(is_mark)
}

fn one_word(words: &[&str]) -> Option<Command> {
    let command = match words {
        ["help" | "hello" | "hi" | "menu" | "start" | "commands" | "?"] => Command::Help,
        ["send" | "submit"] | ["send", "it"] | ["please", "send"] => Command::Send,
        ["change" | "edit" | "rewrite"] | ["change", "message" | "it"] | ["change", "the" | "my", "message"] => {
            Command::Change
        }
        ["cancel" | "stop" | "discard"] | ["cancel", "it" | "draft" | "that"] => Command::Cancel,
        ["requests" | "status"] | ["my", "requests"] => Command::Requests,
        ["again" | "repeat"] | ["ask", "again"] => Command::Again,
        ["drafts" | "draft"] | ["my", "drafts" | "draft"] => Command::Drafts,
        ["policy" | "rules"] | ["the", "policy" | "rules"] => Command::Policy,
        ["settings" | "blocks"] | ["my", "settings" | "blocks"] => Command::OwnSettings,
        ["data"] | ["my", "data"] => Command::MyData,
        ["forget" | "delete", "me"] | ["forget", "my", "data"] => Command::Forget { sure: false },
        ["forget" | "delete", "me", "now"] => Command::Forget { sure: true },
        ["undo"] | ["undo", "it" | "that"] => Command::Undo,
        ["resume" | "unpause"] | ["pause", "off"] | ["end" | "stop", "pause"] => Command::Resume,
        _ => return None,
    };
    Some(command)
}

/// Commands about one's own requests and what one is brought.
fn own_affairs(words: &[&str]) -> Option<Command> {
    let command = match words {
        ["withdraw"] | ["withdraw", "it" | "that"] | ["take", "it", "back"] => Command::Withdraw(Chosen::Only),
        ["withdraw", which] => match (which.parse::<usize>(), Address::typed(which)) {
            (Ok(number), _) => Command::Withdraw(Chosen::Number(number)),
            (Err(_), Ok(address)) => Command::Withdraw(Chosen::To(address)),
            (Err(_), Err(_)) => return None,
        },
        ["pause", rest @ ..] => Command::Pause(rest.join(" ")),
        ["limit", "off" | "none"] | ["no", "limit"] => Command::Limit(None),
        ["limit", number, rest @ ..] if monthly(rest) => Command::Limit(Some(number.parse().ok()?)),
        ["block", who] => Command::BlockAddress(Address::typed(who).ok()?),
        ["unblock"] => Command::Unblock(None),
        ["unblock", number] => Command::Unblock(Some(number.parse().ok()?)),
        _ => return None,
    };
    Some(command)
}

fn monthly(words: &[&str]) -> bool {
    matches!(words, [] | ["a" | "per" | "each" | "every", "month"] | ["monthly"])
}

pub(crate) fn fields_command(words: &[&str]) -> Option<Command> {
    let (first, rest) = words.split_first()?;
    let fields = fields(rest)?;
    match *first {
        "add" | "share" | "show" | "include" => Some(Command::Add(fields)),
        "hide" | "remove" | "without" => Some(Command::Hide(fields)),
        _ => None,
    }
}

/// The fields that all these words name; `None` when one of them names none.
pub(crate) fn fields(words: &[&str]) -> Option<Fields> {
    let mut found = Fields::new();
    for word in words {
        match (Field::from_word(word), *word) {
            (Some(field), _) => {
                found.insert(field);
            }
            (None, "and" | "my" | "the" | "too" | "also") => {}
            (None, _) => return None,
        }
    }
    (!found.is_empty()).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alex() -> Address {
        Address::exact("@alex:example.org").unwrap()
    }

    #[test]
    fn an_introduction_is_understood_however_it_is_asked_for() {
        for text in [
            "introduce @alex:example.org",
            "Introduce me to @alex:example.org",
            "please introduce me to @Alex:example.org.",
            "Hi, I'd like to meet @alex:example.org",
            "I\u{2019}d like to meet @alex:example.org",
            "could you introduce me to https://matrix.to/#/@alex:example.org",
            "meet <@alex:example.org>",
            "introduce me to @ALEX:example.org",
            "introduce me to @Alex:Example.org",
        ] {
            let expected = Command::Introduce { to: Some(Ok(alex())), purpose: None, message: None };
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn all_of_a_request_can_be_given_at_once() {
        let whole = |purpose: Option<&str>| Command::Introduce {
            to: Some(Ok(alex())),
            purpose: purpose.map(str::to_owned),
            message: Some("Dear Alex, may I ask you about law?".to_owned()),
        };
        let message = "Dear Alex, may I ask you about law?";
        assert_eq!(
            read(&format!("introduce @alex:example.org for career advice: {message}")),
            whole(Some("career advice"))
        );
        assert_eq!(
            read(&format!("introduce @alex:example.org for career advice\n{message}")),
            whole(Some("career advice"))
        );
        assert_eq!(read(&format!("introduce @alex:example.org: {message}")), whole(None));
        assert_eq!(read("introduce"), Command::Introduce { to: None, purpose: None, message: None });
        let wrong = Command::Introduce { to: Some(Err("alex".to_owned())), purpose: None, message: None };
        assert_eq!(read("introduce alex"), wrong);
    }

    #[test]
    fn one_word_answers_are_enough() {
        let yes = |number| Command::Answer { number, answer: Answer::Yes(Fields::new()) };
        let no = |number| Command::Answer { number, answer: Answer::No };
        for text in [
            "yes",
            "Yes.",
            "y",
            "sure!",
            "yes please",
            "Yes, of course",
            "Yes, happy to",
            "absolutely",
            "Of course!",
            "happy to",
            "Happy to chat",
            "go ahead",
            "sounds good",
            "Yes \u{1f60a}",
            "yes \u{1f44d}",
            "ok yes",
            "ok great, yes",
            "Yes \u{2014} happy to",
            "\u{201c}Yes\u{201d}",
            "yes\u{2026}",
            "yes, that's fine",
            "sure, happy to help",
            "yes no problem",
            "Yes I would love to",
        ] {
            assert_eq!(read(text), yes(None), "{text}");
        }
        for text in
            ["no", "No.", "nope", "nah", "no thanks", "No, thank you.", "no, sorry", "sorry, no", "oops, I meant no"]
        {
            assert_eq!(read(text), no(None), "{text}");
        }
        for text in ["yes 2", "2 yes", "2: yes", "#2 yes"] {
            assert_eq!(read(text), yes(Some(2)), "{text}");
        }
        assert_eq!(read("no 3"), no(Some(3)));
    }

    #[test]
    fn a_word_that_closes_a_talk_is_no_yes() {
        for text in
            ["ok", "OK", "okay", "k", "thanks", "Thank you so much!", "ok thanks", "ok, thanks", "fine", "got it"]
        {
            assert_eq!(read(text), Command::Closing, "{text}");
        }
    }

    #[test]
    fn c14_a_yes_names_the_fields_it_adds() {
        for text in ["yes with email", "Yes, with my email", "yes and e-mail", "yes and my email please"] {
            let with_email = Answer::Yes(Fields::from([Field::Email]));
            assert_eq!(read(text), Command::Answer { number: None, answer: with_email }, "{text}");
        }
        assert_eq!(read("add email and phone"), Command::Add(Fields::from([Field::Email, Field::Phone])));
        assert_eq!(read("hide my phone"), Command::Hide(Fields::from([Field::Phone])));
    }

    #[test]
    fn what_could_turn_an_answer_round_is_no_answer() {
        for text in
            ["yes but not this month", "no problem, happy to", "yes with my sister", "ok yes but later", "no no yes"]
        {
            assert_eq!(read(text), Command::Answer { number: None, answer: Answer::Unclear }, "{text}");
        }
        for text in ["yesterday I wrote", "know", "notes", "not sure"] {
            assert_eq!(read(text), Command::Text(text.to_owned()), "{text}");
        }
    }

    #[test]
    fn the_other_commands() {
        for (text, command) in [
            ("help", Command::Help),
            ("Hello!", Command::Help),
            ("send", Command::Send),
            ("**send**", Command::Send),
            ("Cancel", Command::Cancel),
            ("change the message", Command::Change),
            ("my requests", Command::Requests),
            ("again", Command::Again),
        ] {
            assert_eq!(read(text), command, "{text}");
        }
    }
}
