//! Commands about requests of one's own: writing one, and what becomes of it.

use lodge_ground::link;

use crate::command::overheard::InPublic;
use crate::command::row::rows;
use crate::command::{Command, fields, numbered};
use crate::name::Address;
use crate::people::member::Fields;

/// A request of one's own: to write one, or about those there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RequestCommand {
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
    /// Take back what I just agreed to.
    Undo,
    /// Tick these fields of the draft.
    Add(Fields),
    /// Untick these fields of the draft.
    Hide(Fields),
    /// They ask for the state of their requests.
    Requests,
    /// Show me my draft.
    Drafts,
    /// Put my draft aside.
    Save,
    /// Go on with the draft of this number.
    GoOn(usize),
    /// Ask me once more for the part before.
    Back,
    /// They ask for the open questions once more.
    Again,
    /// They ask for everything that they can do with a request that is open.
    Choices,
    /// I take it back: a request, or a yes.
    Withdraw(Chosen),
}

rows! {
    RequestCommand {
        Self::Introduce { to, .. } => "introduce @alex:example.org for career advice: May I ask you about law?"
            [Needs(Introductions), KeepsList, InHelp] match to {
                Some(to) => InPublic::command_if(to.is_ok()),
                None => InPublic::If(|words| words.starts_with(&["introduce"])),
            };
        Self::Send => "send" [Needs(Introductions), OnceAgreed, KeepsList, Steers, InHelp] InPublic::COMMAND;
        Self::Change => "change" [Needs(Introductions), KeepsList, Steers];
        Self::Cancel => "cancel" [KeepsList, Steers];
        Self::Undo => "undo" [];
        Self::Add(_) => "add email" [Needs(Introductions), KeepsList] InPublic::COMMAND;
        Self::Hide(_) => "hide email" [Needs(Introductions), KeepsList] InPublic::COMMAND;
        Self::Requests => "requests" [InHelp] InPublic::COMMAND;
        Self::Drafts => "drafts" [KeepsList, Steers, InHelp] InPublic::COMMAND;
        Self::Save => "save" [KeepsList, Steers];
        Self::GoOn(_) => "drafts 2" [KeepsList, Steers];
        Self::Back => "back" [KeepsList, Steers];
        Self::Again => "again" [InHelp];
        // While no list is shown, "more" says it too.
        Self::Choices => "more answers" [Undocumented];
        // People say "take it back" of many things.
        Self::Withdraw(_) => "withdraw" [Bystanders, Former, AtOnce, Chooses, InHelp]
            InPublic::If(|words| words.starts_with(&["withdraw"]));
    }
}

impl From<RequestCommand> for Command {
    fn from(command: RequestCommand) -> Self {
        Self::Request(command)
    }
}

/// One of several things that somebody was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chosen {
    /// Nothing: there may be only one.
    Only,
    /// The thing with this number.
    Number(usize),
    /// The thing that is about the person with this address.
    To(Address),
    /// The thing that is about the person whom they call so.
    Called(String),
}

/// Reads a word about requests of one's own.
pub(crate) fn own(words: &[&str]) -> Option<Command> {
    let command = match words {
        ["send" | "submit"] | ["send", "it"] => RequestCommand::Send,
        ["change" | "edit" | "rewrite"] | ["change", "message" | "it"] | ["change", "the" | "my", "message"] => {
            RequestCommand::Change
        }
        ["cancel" | "discard"] | ["cancel", "it" | "draft" | "that" | "this" | "request"] => RequestCommand::Cancel,
        ["cancel", "my" | "the" | "this" | "that", "draft" | "request"] => RequestCommand::Cancel,
        ["requests" | "status"] | ["my", "requests"] => RequestCommand::Requests,
        ["again" | "repeat"] | ["ask", "again"] => RequestCommand::Again,
        ["more" | "other", "answers" | "options" | "choices"] | ["options" | "choices"] => RequestCommand::Choices,
        ["drafts" | "draft"] | ["my", "drafts" | "draft"] => RequestCommand::Drafts,
        ["drafts" | "draft", number] => RequestCommand::GoOn(numbered(number)?),
        ["save" | "park"] | ["save", "it" | "this" | "draft"] => RequestCommand::Save,
        ["save", "it" | "this", "for", "later"] | ["save", "for", "later"] => RequestCommand::Save,
        ["save", "my" | "the" | "this", "draft" | "request"] => RequestCommand::Save,
        ["back"] | ["go" | "step", "back"] | ["one", "step", "back"] => RequestCommand::Back,
        ["undo"] | ["undo", "it" | "that"] => RequestCommand::Undo,
        ["withdraw", rest @ ..] => RequestCommand::Withdraw(chosen(rest)?),
        ["take", rest @ .., "back"] | ["take", "back", rest @ ..] => RequestCommand::Withdraw(chosen(rest)?),
        _ => return None,
    };
    Some(command.into())
}

/// The thing to withdraw: the only one, or one by its number, an address or a name.
fn chosen(words: &[&str]) -> Option<Chosen> {
    const BEFORE: [&str; 12] =
        ["my", "the", "this", "that", "it", "a", "request", "yes", "answer", "number", "to", "introduction"];
    let which: Vec<&str> = words.iter().copied().skip_while(|word| BEFORE.contains(word)).collect();
    match which[..] {
        [] => Some(Chosen::Only),
        [which] => Some(match (which.parse(), link::to_account(which)) {
            (Ok(number), _) => Chosen::Number(number),
            (Err(_), Ok(address)) => Chosen::To(address),
            (Err(_), Err(_)) => Chosen::Called(which.to_owned()),
        }),
        [first, second] if first != "from" && first != "your" => Some(Chosen::Called(format!("{first} {second}"))),
        _ => None,
    }
}

/// Reads a word about the fields that a draft shows.
pub(crate) fn fields_of_draft(words: &[&str]) -> Option<Command> {
    let (first, rest) = words.split_first()?;
    let (first, rest) = if let ["leave", "out", rest @ ..] = words { (&"hide", rest) } else { (first, rest) };
    let fields = fields(rest)?;
    match *first {
        "add" | "share" | "show" | "include" => Some(RequestCommand::Add(fields).into()),
        "hide" | "remove" | "without" => Some(RequestCommand::Hide(fields).into()),
        _ => None,
    }
}
