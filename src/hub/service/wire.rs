//! What the running hub needs of its connection, beside the calls that the performer makes.

use std::future::Future;
use std::time::Duration;

use lodge_channel::homeserver::{Called, Homeserver, RoomState};
use lodge_channel::news::{Delivery, News};
use lodge_core::introduction::RoomRef;

/// A sync response.
#[derive(Debug)]
pub struct Received {
    /// What it brings.
    pub delivery: Delivery,
    /// Whether it may have brought keys, so that messages which wait for one are worth another look.
    pub keys_came: bool,
}

/// How the hub hears.
pub trait Ears: Send + 'static {
    /// The next sync response after `since`; the homeserver may hold it for as long as `wait` when there is nothing new.
    fn next(&mut self, since: Option<&str>, wait: Duration) -> impl Future<Output = Called<Received>> + Send;
}

/// How the hub acts.
pub trait Wire: Homeserver + Send + Sync + 'static {
    /// Tries to read a message that waits for its key.
    fn unseal(&self, room: &RoomRef, sealed: &str) -> impl Future<Output = Option<News>> + Send;

    /// Comes into a policy list, if the porter is not in it yet, and reads its state.
    fn policy_list(&self, room: &RoomRef) -> impl Future<Output = Called<RoomState>> + Send;

    /// Whether the session is over for good, so that nothing will work until somebody sets it up again.
    fn is_logged_out(&self) -> bool;
}
