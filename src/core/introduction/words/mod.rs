//! The words by which people ask for an introduction, and answer.

pub(crate) mod own;
pub(crate) mod answers;
pub(crate) mod introducing;
pub(crate) mod knowing;
mod missed;
