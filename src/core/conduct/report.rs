//! Reports: what one member says about another's conduct. They wait for a person to look at them.

use serde::{Deserialize, Serialize};

use crate::id::{IntroductionId, MemberId, ReportId};
use crate::introduction::Venue;
use crate::time::Timestamp;

/// A report about an introduction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The id that the operator sees.
    pub id: ReportId,
    /// The introduction it is about.
    pub introduction: IntroductionId,
    /// The member who reports.
    pub by: MemberId,
    /// The words they gave, if any.
    pub words: Option<String>,
    /// The room of the two that the porter has left already, which only the channel's operator can close.
    pub room: Option<Venue>,
    /// The time of the report.
    pub at: Timestamp,
}
