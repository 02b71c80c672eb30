//! A homeserver of one's own, and people with real encrypted clients: for the demonstration and for every test that
//! needs a real Matrix.

pub mod homeserver;
