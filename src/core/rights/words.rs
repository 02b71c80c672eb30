//! Commands about the rules, and about what is kept about somebody.

use crate::command::Command;
use crate::command::overheard::InPublic;
use crate::command::row::rows;

/// A request about the rules, or about what is kept about its writer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RightsCommand {
    /// They ask for the policy.
    Policy,
    /// They ask for the data that is kept about them.
    MyData,
    /// Forget me: the first word of it, or the last.
    Forget {
        /// Whether they have been told the consequences.
        sure: bool,
    },
}

rows! {
    RightsCommand {
        Self::Policy => "policy" [Visitors, Bystanders, Former, KeepsList, InHelp];
        Self::MyData => "my data" [Visitors, Bystanders, Former, InHelp] InPublic::If(|words| words.len() > 1);
        Self::Forget { .. } => "forget me" [Visitors, Bystanders, Former, AtOnce, InHelp] InPublic::COMMAND;
    }
}

impl From<RightsCommand> for Command {
    fn from(command: RightsCommand) -> Self {
        Self::Rights(command)
    }
}

/// Reads a word about the rules, or about what is kept about its writer.
pub(crate) fn rights(words: &[&str]) -> Option<Command> {
    let command = match words {
        ["policy" | "rules"] | ["the", "policy" | "rules"] => RightsCommand::Policy,
        ["data"] | ["my", "data"] => RightsCommand::MyData,
        ["forget" | "delete", "me"] | ["forget", "my", "data"] => RightsCommand::Forget { sure: false },
        ["forget" | "delete", "me", "now"] => RightsCommand::Forget { sure: true },
        _ => return None,
    };
    Some(command.into())
}
