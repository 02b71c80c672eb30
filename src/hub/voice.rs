//! The porter's voice: the wording files, in the service's time zone.

use jiff::tz::TimeZone;
use lodge_channel::content::{Rendered, Voice};
use lodge_core::say::Say;
use lodge_plumbing::wording::Wordings;

/// Turns the porter's messages into words.
pub struct PorterVoice {
    wordings: Wordings,
    zone: TimeZone,
}

impl PorterVoice {
    /// The voice with these words, its moments in this zone.
    pub fn new(wordings: Wordings, zone: TimeZone) -> Self {
        Self { wordings, zone }
    }
}

impl Voice for PorterVoice {
    fn render(&self, say: &Say) -> Rendered {
        self.wordings.render(&say.wording(), &self.zone)
    }
}
