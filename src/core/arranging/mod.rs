//! The time at which two people meet who were introduced: they find it through the porter, or either of them tells it, and the
//! porter reminds both.

mod calendar;
pub mod call;
pub(crate) mod flow;
pub(crate) mod plan;
#[cfg(any(test, feature = "samples"))]
pub(crate) mod samples;
pub(crate) mod say;
pub(crate) mod search;
mod time;
pub(crate) mod words;

use lodge_ground::bounded::AtMost;
use serde::{Deserialize, Serialize};

use crate::id::{CallId, EffectId};
use crate::time::{Span, Timestamp};

/// A meeting can be this far ahead.
const AHEAD_MAX: Span = Span::from_days(60);

/// The messages about one time that are kept until it is over: the news of it, the files of both, and the reminders of both.
const TOLD_MAX: usize = 8;

/// The time at which the two of an introduction meet, as one of them told it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arranged {
    /// The time.
    pub at: Timestamp,
    /// The messages that brought it to somebody, so that none is said any more once it no longer holds.
    #[serde(default)]
    told: AtMost<EffectId, TOLD_MAX>,
    /// The room in which they call each other, if they could and the service has a link for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    call: Option<CallId>,
}
