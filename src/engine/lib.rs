//! The core with everything that is committed with each of its steps, whatever the channel: the seam between the core and
//! those who speak with people.
//!
//! A channel turns what it hears into inputs, and the acts of the outbox into calls of its own; the engine knows neither.
//! Nothing here does any input or output. The modules stand in reading order.

pub mod outbox;
pub mod tables;
mod cause;
mod consequences;
mod engine;
mod acts;
mod lanes;
mod forgetting;
mod tidying;
mod heads;
mod going_back;

pub use cause::Cause;
pub use consequences::Consequences;
pub use engine::{Answer, Engine, Opened, Options};
pub use heads::Heads;
pub use lodge_ground::outbox::{Beside, End};
