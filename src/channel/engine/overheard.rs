//! What is written in rooms for many, as far as the hub has to do with it: what seems to be meant for the porter, and
//! who writes too much. Nothing else is looked at, and no words are kept.

use lodge_core::id::{MemberId, RoomId};
use lodge_core::input::{InRoom, Input};
use lodge_core::introduction::RoomRef;
use lodge_core::moderation::{Flood, MessageRef, Wrote};
use lodge_core::step::meant_for_porter;
use lodge_core::time::{Span, Timestamp};

use super::cause::Cause;
use super::{Engine, Place};
use crate::homeserver::EventRef;
use crate::news::Text;
use crate::store::StoreError;
use crate::tables::Stage;

/// What came in a response was written since the one before it. If that one is older than this, nobody can tell by the
/// time of arrival how fast it was written.
const FRESH: Span = Span::from_millis(60_000);

impl Engine {
    /// Somebody wrote something in a room for many.
    pub(super) fn written_in(
        &mut self,
        room: &RoomRef,
        event: &EventRef,
        text: Text,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let Some(Place::Room(id)) = self.places.get(room).copied() else { return Ok(()) };
        let wrote = Wrote {
            who: text.sender,
            message: MessageRef(event.0.clone()),
            text: text.body,
            replies: text.reply_to.is_some(),
            mentions: text.mentions,
            everybody: text.everybody,
        };
        let happened = match self.flood(id, &wrote, now) {
            Some((member, how)) => InRoom::Flooded(member, how),
            None if self.is_for_porter(&wrote) => InRoom::Wrote(wrote),
            None => return self.spoken_in(room, event, now),
        };
        if self.first_time(room, event, now)? {
            return self.step(Cause::Heard(event), Input::InRoom(id, happened), now);
        }
        Ok(())
    }

    /// Whether a member goes beyond what a room can bear by writing this.
    fn flood(&mut self, room: RoomId, wrote: &Wrote, now: Timestamp) -> Option<(MemberId, Flood)> {
        let member = self.state.member_at(&wrote.who)?.id;
        let fresh = self.heard_at.is_some_and(|heard| heard.after(FRESH) > now) && self.restoring.is_none();
        let limits = &self.options.settings.rooms.conduct;
        Some((member, self.floods.count(limits, (room, member), wrote, now, fresh)?))
    }

    /// Whether this is meant for the porter, and its writer is there to hear so: in no conversation, nothing is answered.
    fn is_for_porter(&self, wrote: &Wrote) -> bool {
        let Some(member) = meant_for_porter(&self.state, &self.options.settings, wrote) else { return false };
        matches!(self.conversation(member).map(|conversation| &conversation.stage), Some(Stage::Open(_)))
    }
}
