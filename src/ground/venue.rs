//! The places where people meet, as the services' decisions know them.

use serde::{Deserialize, Serialize};

/// The place where people meet, named in the terms of the channel that made it. Only that channel reads the name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Venue(pub String);
