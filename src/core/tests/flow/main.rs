//! The core, by table: conversations in, words and effects out.

#![expect(clippy::unwrap_used, reason = "what a test makes up is there")]

mod introductions;
mod stages;
mod talk;
