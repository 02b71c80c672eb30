//! Conversations with the porter from the first word to the last, as each person reads them: plays in the English
//! words. The people and the porter's decisions are the core's; only the homeserver is made up, and never fails unless
//! the scene says so.

#![expect(clippy::unwrap_used, reason = "what a test makes up is there")]

mod addressee;
mod afterwards;
mod arranging;
mod cards;
mod community;
mod counts;
mod desk;
mod events;
mod interview;
mod joining;
mod notes;
mod pages;
mod play;
mod requester;
mod rights;
mod withdrawing;
mod wrong_words;
