//! A member's own data in a few lines that a person can read, before all of it as a program reads it.

use serde::{Deserialize, Serialize};

use crate::id::MemberId;
use crate::name::Address;
use crate::people::member::{Field, Role, Standing};
use crate::people::say::joining::role_word;
use crate::policy::Settings;
use crate::state::State;
use crate::time::Span;
use crate::wording::{Arg, Wording, number, words};

/// The kinds of data that are kept about somebody, with their number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Short {
    /// The name by which they are called here.
    pub name: String,
    /// The account by which they are reached.
    pub address: Address,
    /// Their role here, or the last that they had.
    pub role: Role,
    /// Whether they are a member.
    pub current: bool,
    /// The details that are kept.
    pub fields: Vec<Field>,
    /// Whether they are in the mentors' list.
    pub listed: bool,
    /// The number of requests that they sent.
    pub sent: usize,
    /// The number of requests that they were shown.
    pub received: usize,
    /// The rooms that they are in or have asked to join.
    pub rooms: Vec<String>,
    /// The number of notes that they keep.
    #[serde(default)]
    pub notes: usize,
    /// Things that have ended are kept for this long.
    pub kept: Span,
    /// Everything is destroyed this soon after they ask for it.
    pub within: Span,
}

impl Short {
    /// The data of this member, as far as it is theirs to know.
    pub fn about(state: &State, settings: &Settings, member: MemberId) -> Option<Self> {
        let own = state.member(member)?;
        let introductions = state.introductions_of(member);
        let (sent, received): (Vec<_>, Vec<_>) = introductions.into_iter().partition(|one| one.requester == member);
        let rooms = own.rooms.at.keys().filter_map(|id| Some(state.room(*id)?.declared.name.clone()));
        Some(Self {
            name: own.person.name.to_string(),
            address: own.person.address.clone(),
            role: own.person.role,
            current: own.standing == Standing::Current,
            fields: own.person.details.0.keys().copied().collect(),
            listed: own.is_listed(),
            sent: sent.len(),
            received: received.iter().filter(|one| one.is_shown_to(member)).count(),
            rooms: rooms.collect(),
            notes: state.notebook(member).map_or(0, |notebook| notebook.notes().len()),
            kept: settings.kept_for,
            within: settings.forget_within,
        })
    }

    /// One line for each kind that there is.
    pub(super) fn lines(&self) -> Vec<Wording> {
        let text = |text: &str| Arg::Text(text.to_owned());
        let you = vec![
            ("name", text(&self.name)),
            ("address", text(self.address.as_str())),
            ("role", role_word(self.role)),
            ("current", Arg::Number(u64::from(self.current))),
        ];
        let room = |name: &String| Wording::with("my-data-room", vec![("room", text(name))]);
        let rooms = self.rooms.iter().map(room).collect::<Vec<_>>();
        let counts = vec![("sent", number(self.sent)), ("received", number(self.received))];
        let kept = vec![("kept", Arg::Long(self.kept)), ("within", Arg::Long(self.within))];
        let lines = [
            Some(Wording::with("my-data-you", you)),
            (!self.fields.is_empty())
                .then(|| Wording::with("my-data-card", vec![("fields", Arg::Listed(words(&self.fields)))])),
            self.listed.then(|| Wording::plain("my-data-listed")),
            Some(Wording::with("my-data-requests", counts)),
            (!rooms.is_empty()).then(|| Wording::with("my-data-rooms", vec![("rooms", Arg::Listed(rooms))])),
            (self.notes > 0).then(|| Wording::with("my-data-notes", vec![("notes", number(self.notes))])),
            Some(Wording::with("my-data-kept", kept)),
        ];
        lines.into_iter().flatten().collect()
    }
}
