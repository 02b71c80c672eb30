//! From what is said to a sentence's id and arguments.
