//! The content of the porter's messages to members.

use lodge_core::say::Say;
use lodge_ground::drawing::{Drawing, Picture};
use lodge_ground::id::EffectId;
use lodge_ground::name::Address;
use lodge_ground::wording::File;
use lodge_matrix::content;
use lodge_matrix::homeserver::{CallError, Called, Homeserver, Refusal};
use serde_json::Value;

pub use lodge_ground::wording::Rendered;
pub use lodge_matrix::content::in_thread;

/// Turns messages into words.
pub trait Voice: Sync {
    /// The words for it.
    fn render(&self, say: &Say) -> Rendered;

    /// The picture of it; `None` where it cannot be drawn, and for a voice that draws nothing.
    fn draw(&self, _drawing: &Drawing) -> Option<Picture> {
        None
    }
}

/// The code by which the log tells a picture that could not be drawn.
const NOT_DRAWN: &str = "ORG.LODGE.NOT_DRAWN";

/// The content of a message that says this because of an effect: a file or a picture, which the homeserver is given first, or words
/// that mention these.
///
/// # Errors
/// As the homeserver answers. A file that it refuses is no fault of the room, nor is a picture that cannot be drawn.
pub async fn words_or_file(
    server: &impl Homeserver,
    voice: &impl Voice,
    say: &Say,
    effect: EffectId,
    to: &[Address],
) -> Called<Value> {
    let words = voice.render(say);
    let wording = say.wording().id;
    if let Some(drawing) = say.drawing(&words) {
        let picture = voice.draw(&drawing).ok_or_else(|| no_file(NOT_DRAWN.to_owned()))?;
        let stored = upload(server, &picture.file).await?;
        return Ok(content::picture(&picture, stored, wording, effect));
    }
    let Some(file) = say.file(&words) else { return Ok(message(voice, say, effect, to)) };
    let stored = upload(server, &file).await?;
    Ok(content::file(&file, stored, wording, effect))
}

async fn upload(server: &impl Homeserver, file: &File) -> Called<Value> {
    server.upload(file).await.map_err(|error| match error {
        CallError::Refused { why: Refusal::Other { code } } => no_file(code),
        error @ (CallError::Limited { .. } | CallError::Unknown { .. } | CallError::Refused { .. }) => error,
    })
}

fn no_file(code: String) -> CallError {
    CallError::Refused { why: Refusal::NoFile { code } }
}

/// The content of a message that says this because of an effect, and mentions these.
pub fn message(voice: &impl Voice, say: &Say, effect: EffectId, to: &[Address]) -> Value {
    content::message(voice.render(say), (say.wording().id, say.manner()), effect, to)
}
