//! Reports about conduct, and the measures of staff.

pub(crate) mod cases;
pub(crate) mod moderating;
pub(crate) mod overheard;
