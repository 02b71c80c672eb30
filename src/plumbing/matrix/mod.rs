//! The Matrix session: the one place where the SDK is spoken to.
//!
//! [`Session::open`] logs the porter in, or takes up the session kept from last time; the session is also the
//! [`Homeserver`](lodge_matrix::homeserver::Homeserver) that effects are performed on. A [`Listener`] asks for sync
//! responses, from a token that the caller keeps.
//!
//! Calls that need no encryption are plain, so that the homeserver's error codes and waits arrive as they were sent.
//! Reading and sending messages, and joining before sending, go through the SDK.
//!
//! Logs of this module are at debug and may hold ids; errors hold none.

mod session;
mod anchors;
mod waiting;
mod login;
mod keepsake;
mod picture;
mod keys;
mod key_store;
mod listener;
mod rooms;
mod reading;
mod server;
mod api;
mod failure;

pub use keepsake::retire_device;
pub use listener::{Listener, Received};
pub use picture::{NoPicture, Picture};
pub use session::{Credentials, Devices, Session, SessionError, SessionOptions};
