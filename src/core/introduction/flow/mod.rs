//! The way of an introduction: from a draft to two yeses and a room, or to the one answer.

pub(crate) mod requester;
pub(crate) mod sending;
pub(crate) mod bringing;
pub(crate) mod addressee;
pub(crate) mod prompts;
pub(crate) mod choosing;
pub(crate) mod answering;
pub(crate) mod carrying;
pub(crate) mod questions;
pub(crate) mod reporting;
pub(crate) mod outcome;
pub(crate) mod taking_back;
pub(crate) mod withdrawing;
pub(crate) mod leaving;
pub(crate) mod afterwards;
pub(crate) mod retouching;
pub(crate) mod tidying;
