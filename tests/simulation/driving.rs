//! The drive of a service's engine, beat by beat: calls on their way, and the sync loop.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use lodge_channel::gaps::{self, Back};
use lodge_channel::homeserver::{Called, Events};
use lodge_channel::news::Delivery;
use lodge_core::time::Timestamp;
use lodge_matrix::homeserver::RoomRef;

use crate::world::account::Account;

/// Something on its way.
pub type Doing<T> = Pin<Box<dyn Future<Output = Called<T>> + Send>>;

/// The state of the sync loop.
pub enum Sync {
    /// No response is asked for.
    Idle,
    /// The part that a response left out is being fetched.
    Filling(Doing<Delivery>),
    /// A response is here, whole.
    Arrived(Delivery),
    /// It was handed over, and is not committed yet.
    Delivered,
}

impl Sync {
    /// Begins to fetch the events that a response left out of these rooms.
    pub fn fill(account: &Account, since: Option<String>, of: BTreeMap<RoomRef, Events>, delivery: Delivery) -> Self {
        let (server, mut delivery) = (account.clone(), delivery);
        Self::Filling(Box::pin(async move {
            let beginning = Timestamp::from_millis(i64::MIN);
            let back = since.as_deref().map_or(Back::Until(beginning), Back::To);
            gaps::fill(&server, back, |room| of.get(room).copied(), &mut delivery).await?;
            Ok(delivery)
        }))
    }
}

/// The next beat of something on its way.
pub fn poll<T>(doing: &mut Doing<T>) -> Poll<Called<T>> {
    doing.as_mut().poll(&mut Context::from_waker(Waker::noop()))
}
