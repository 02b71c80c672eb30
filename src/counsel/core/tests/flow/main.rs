//! The core of the counselling service, by table: conversations in, words and effects out.

#![expect(clippy::unwrap_used, reason = "what a test makes up is there")]

mod answers;
mod arriving;
mod asking;
mod closing;
mod devices;
mod counsellors;
mod forgetting;
mod handing_over;
mod kinds;
mod opening;
mod pages;
mod said;
mod stories;
mod talk;
mod times;
mod whatever;
mod wording;
