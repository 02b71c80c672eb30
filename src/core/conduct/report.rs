//! Reports: what one member says about another's conduct. They wait for a person to look at them.

use serde::{Deserialize, Serialize};

use crate::id::{IntroductionId, MemberId, ReportId};
use crate::introduction::RoomRef;
use crate::time::Timestamp;

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Its id.
    pub id: ReportId,
    /// What it is about.
    pub introduction: IntroductionId,
    /// Who reports.
    pub by: MemberId,
    /// What they said, if anything.
    pub words: Option<String>,
    /// The room of the two that the porter has left already, which only the homeserver's operator can close.
    pub room: Option<RoomRef>,
    /// When.
    pub at: Timestamp,
}
