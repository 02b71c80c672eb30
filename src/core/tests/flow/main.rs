//! The core, by table: conversations in, words and effects out.

#![expect(clippy::unwrap_used, reason = "what a test makes up is there")]

mod answers;
mod bringing;
mod cards;
mod counsellors;
mod devices;
mod going_back;
mod introductions;
mod joining;
mod mentors;
mod moderation;
mod proposals;
mod receipts;
mod retouching;
mod rights;
mod rooms;
mod settings;
mod stages;
mod talk;
mod withdrawing;
