//! Pictures that the porter draws for somebody: an SVG of their words by a pure function, and the PNG of it. Nothing here reads a
//! file or asks the machine for fonts, so that a drawing is the same picture everywhere.

mod font;
mod png;
mod svg;
#[cfg(test)]
mod tests;
mod wrap;

pub use png::{Undrawn, draw};
