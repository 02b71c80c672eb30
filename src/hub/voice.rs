//! The porter's voice: the wording files, in the service's time zone.

use std::panic::catch_unwind;

use jiff::tz::TimeZone;
use lodge_channel::content::{Rendered, Voice};
use lodge_core::say::Say;
use lodge_ground::drawing::{Drawing, Picture};
use lodge_plumbing::wording::Wordings;
use tokio::task::block_in_place;
use tracing::warn;

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

    /// Drawing takes long for a runtime: tens of milliseconds, and some hundreds for the largest map. A library that panics at
    /// somebody's words is not to end the service.
    fn draw(&self, drawing: &Drawing) -> Option<Picture> {
        match block_in_place(|| catch_unwind(|| lodge_drawing::draw(drawing))) {
            Ok(Ok(picture)) => Some(picture),
            Ok(Err(error)) => {
                warn!(%error, "a picture is not drawn, and its reader has the words alone");
                None
            }
            Err(_) => {
                warn!("a picture is not drawn, for drawing it panicked, and its reader has the words alone");
                None
            }
        }
    }
}
