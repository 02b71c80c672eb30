//! The link by which two people call each other: the service names its form, and each meeting has a room of its own there.

use serde::Deserialize;

use super::Arranged;
use crate::id::{CallId, IntroductionId};
use crate::interview::plan::Way;
use crate::policy::Settings;
use crate::turn::Turn;

/// The word that stands for the room in a service's link.
const ROOM: &str = "{room}";

/// A link is at most this long, so that a message with it fits on a telephone.
const CHARS_MAX: usize = 200;

const FORM: &str = "a link that begins with https://, has {room} once, behind the server's name, and neither a password nor \
                    anything from a question mark on, such as \"https://meet.example.org/{room}\"";

/// The form of the links to calls, such as `https://meet.example.org/{room}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct CallLink {
    before: String,
    after: String,
}

/// Text that should have been the form of a link to calls.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {form}, found {0:?}", form = FORM)]
pub struct NotACallLink(String);

impl TryFrom<String> for CallLink {
    type Error = NotACallLink;

    fn try_from(text: String) -> Result<Self, NotACallLink> {
        let parts = || {
            let (server, path) = text.strip_prefix("https://")?.split_once('/')?;
            let (before, after) = path.split_once(ROOM)?;
            let named = |c: char| c.is_ascii_alphanumeric() || "-.:".contains(c);
            let is_server = server.starts_with(|c: char| c.is_ascii_alphanumeric()) && server.chars().all(named);
            // A link is sent to people and stands in files: it must hold no secret of the service's, and end nowhere else.
            let plain = |part: &str| part.chars().all(|c| c.is_ascii_graphic() && !"?@{}<>\"'\\^`|".contains(c));
            let fits = is_server && plain(before) && plain(after) && text.len() <= CHARS_MAX;
            fits.then(|| Self { before: format!("https://{server}/{before}"), after: after.to_owned() })
        };
        parts().ok_or_else(|| NotACallLink(text.clone()))
    }
}

impl CallLink {
    /// The link to this room.
    fn to(&self, room: CallId) -> String {
        format!("{}{room}{}", self.before, self.after)
    }
}

impl Turn<'_> {
    /// A room for a call, where the service has a link for them and the two of this introduction could call each other. Nobody
    /// can guess it.
    pub(super) fn new_call(&mut self, id: IntroductionId) -> Option<CallId> {
        let calls = self.state.introduction(id)?.request.plan.ways.contains(&Way::Call);
        (calls && self.settings.call_link.is_some()).then(|| self.ids.draw())
    }

    /// The link to the call of the meeting that is noted now, if it has one.
    pub(super) fn call(&self, id: IntroductionId) -> Option<String> {
        link(self.settings, self.state.introduction(id)?.arranged.as_ref()?)
    }
}

/// The link to the call of a meeting, if it has one.
pub(crate) fn link(settings: &Settings, arranged: &Arranged) -> Option<String> {
    Some(settings.call_link.as_ref()?.to(arranged.call?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form_of(text: &str) -> Result<CallLink, NotACallLink> {
        CallLink::try_from(text.to_owned())
    }

    #[test]
    fn the_form_of_a_link_has_one_room_and_no_secret() {
        let room = CallId::from_bytes([7; 16]);
        for (text, before, after) in [
            ("https://meet.example.org/{room}", "https://meet.example.org/", ""),
            ("https://call.example.org:8443/room/#/{room}", "https://call.example.org:8443/room/#/", ""),
            ("https://meet.example.org/careers-{room}/join", "https://meet.example.org/careers-", "/join"),
        ] {
            assert_eq!(form_of(text).unwrap().to(room), format!("{before}{room}{after}"), "{text}");
        }
        for text in [
            "",
            "meet.example.org/{room}",
            "http://meet.example.org/{room}",
            "https://meet.example.org/",
            "https://{room}.example.org/",
            "https://{room}",
            "https:///{room}",
            "https://meet.example.org/{room}/{room}",
            "https://meet.example.org/{name}/{room}",
            "https://meet.example.org/{room}?jwt=abc",
            "https://meet.example.org/?room={room}",
            "https://porter:secret@meet.example.org/{room}",
            "https://meet.example.org/our room/{room}",
            "https://meet.example.org/\"{room}",
            &format!("https://meet.example.org/{}{{room}}", "a".repeat(CHARS_MAX)),
        ] {
            let error = form_of(text).unwrap_err().to_string();
            assert!(
                error.contains("https://meet.example.org/{room}") && error.ends_with(&format!("{text:?}")),
                "{error}"
            );
        }
    }
}
