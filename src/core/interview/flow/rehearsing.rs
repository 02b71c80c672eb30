//! Rehearsing a request: the porter plays the addressee, to its writer alone (requirement A13).
//!
//! A rehearsal is one message and changes nothing. It is made of the writer's draft and of the settings, and looks at nobody else.

use super::super::words::Play;
use crate::dialogue::{Draft, Ready};
use crate::id::MemberId;
use crate::say::{Interview, RequestText};
use crate::time::deadline;
use crate::turn::Turn;

impl Turn<'_> {
    /// Shows a part of what would become of the draft.
    pub(super) fn rehearse(&mut self, writer: MemberId, play: Play) {
        let draft = self.state.member(writer).and_then(|own| own.dialogue.draft.as_ref());
        let say = match draft.and_then(Draft::ready) {
            Some(Ready { named, request, ask }) => {
                let (to, terms) = (named.clone(), ask.terms());
                match play {
                    Play::Request => {
                        let label = self.settings.purpose(&request.purpose).map(|purpose| purpose.label.clone());
                        let purpose = label.unwrap_or_else(|| request.purpose.to_string());
                        let request = RequestText { purpose, request: request.clone() };
                        Interview::Rehearsal { to, request, beside: terms.beside() }
                    }
                    Play::Yes => {
                        Interview::RehearsedYes { to, shows: terms.afterwards(), within: self.settings.join_within }
                    }
                    Play::Question => Interview::RehearsedQuestion { to },
                    Play::No => {
                        let by = deadline(self.now, self.settings.answer_within, &self.settings.office);
                        let own = self.state.member(writer);
                        let sought = own.and_then(|own| own.dialogue.browsing.as_ref()?.topic.as_deref());
                        Interview::RehearsedNo { to, by, next: self.next_step(&request.purpose, sought) }
                    }
                }
            }
            None => Interview::NothingToRehearse { drafting: draft.is_some() },
        };
        self.tell(writer, say);
    }
}
