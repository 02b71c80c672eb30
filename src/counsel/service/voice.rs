//! The service's voice: the wording files, in its time zone, with the same neutral words before every message.

use jiff::tz::TimeZone;
use lodge_counsel_channel::perform::Voice;
use lodge_counsel_core::say::Say;
use lodge_ground::name::DisplayName;
use lodge_ground::wording::Rendered;
use lodge_plumbing::wording::Wordings;

/// Turns the service's messages into words.
pub struct QuietVoice {
    wordings: Wordings,
    zone: TimeZone,
    first: DisplayName,
}

impl QuietVoice {
    /// The voice with these words, its moments in this zone, and these words before each message: what shows on a locked
    /// screen is its beginning.
    pub fn new(wordings: Wordings, zone: TimeZone, first: DisplayName) -> Self {
        Self { wordings, zone, first }
    }
}

impl Voice for QuietVoice {
    fn render(&self, say: &Say) -> Rendered {
        let Rendered { plain, html } = self.wordings.render(&say.wording(), &self.zone);
        // These are no messages.
        if matches!(say, Say::RoomName | Say::RoomTopic) {
            return Rendered { plain, html };
        }
        let first = self.first.as_str();
        Rendered { plain: format!("{first}\n\n{plain}"), html: format!("<p>{}</p>{html}", escaped(first)) }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_begins_with_the_neutral_words() {
        let wordings = Wordings::load(lodge_counsel_core::wording::ENGLISH, None).unwrap();
        let first = DisplayName::parse("Q & A <room>").unwrap();
        let voice = QuietVoice::new(wordings, TimeZone::UTC, first);
        let Rendered { plain, html } = voice.render(&Say::Unreadable);
        assert!(plain.starts_with("Q & A <room>\n\n"), "{plain}");
        assert!(html.starts_with("<p>Q &amp; A &lt;room&gt;</p><p>"), "{html}");
        for of_room in [Say::RoomName, Say::RoomTopic] {
            assert!(!voice.render(&of_room).plain.contains(['\n', '<']), "a room's name has one line");
        }
    }
}
