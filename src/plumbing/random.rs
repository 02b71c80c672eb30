//! The operating system's random numbers, of which every key, nonce and token is made.

pub use getrandom::Error;

/// Fills `bytes` with random numbers of the operating system.
#[expect(clippy::disallowed_methods, reason = "the one place at which they are asked for")]
pub fn fill(bytes: &mut [u8]) -> Result<(), Error> {
    getrandom::fill(bytes)
}
