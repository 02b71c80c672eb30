//! The core, by table: conversations in, words and effects out.

mod introductions;
mod stages;
mod talk;
