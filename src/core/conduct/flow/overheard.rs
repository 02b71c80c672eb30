//! Words that were meant for the porter and written where others read them. They are not acted on: their writer hears
//! so in private, and can have the message taken away. In the room itself nothing shows.

use std::collections::BTreeSet;

use crate::audit::Noted;
use crate::command::overheard::{Seems, calls, seems};
use crate::conduct::{Overheard, Wrote};
use crate::dialogue::Asks;
use crate::effect::{Act, RoomAct};
use crate::id::{MemberId, RoomId};
use crate::input::{Performed, Said};
use crate::people::member::{Role, Standing};
use crate::policy::Settings;
use crate::rooms::opens_to;
use crate::say::Conduct;
use crate::state::State;
use crate::time::{Span, Timestamp};
use crate::timer::Wait;
use crate::turn::Turn;

/// A message can be taken away by a word for this long.
const OFFERED: Span = Span::from_days(1);

/// The writer is quoted this much of the message, in characters: enough to know which one it was.
const QUOTED_CHARS_MAX: usize = 120;

/// After one such message its writer is told of no other for this long: somebody who writes on and on would be told on
/// and on, and waits longer for answers in private, as others do.
const TOLD_AGAIN: Span = Span::from_millis(10_000);

/// The writer of this, if they are a member, it is meant for the porter, and they were not told of another just now.
pub fn meant_for_porter(state: &State, settings: &Settings, wrote: &Wrote, now: Timestamp) -> Option<MemberId> {
    let member = state.member_at(&wrote.who).filter(|member| member.standing == Standing::Current)?;
    if member.dialogue.overheard.as_ref().is_some_and(|before| before.at.after(TOLD_AGAIN) > now) {
        return None;
    }
    let meant = match seems(&wrote.text) {
        Seems::Command => true,
        Seems::Offer => member.person.role == Role::Employer,
        // Whether there is a room that is not meant for them, nobody learns by this.
        Seems::About(key) => state.rooms().any(|room| {
            let theirs = member.rooms.at.contains_key(&room.id) || opens_to(state, room, member);
            room.declared.key.as_str() == key && theirs
        }),
        Seems::Talk => false,
    };
    (meant || calls(&settings.porter, &wrote.text, &wrote.mentions, wrote.replies)).then_some(member.id)
}

impl Turn<'_> {
    /// Somebody wrote something in a room that may be meant for the porter.
    pub(crate) fn wrote(&mut self, id: RoomId, wrote: Wrote) {
        let Some(member) = meant_for_porter(self.state, self.settings, &wrote, self.now) else { return };
        let Some(room) = self.state.room(id).map(|room| room.declared.name.clone()) else { return };
        let Wrote { message, text, .. } = wrote;
        let at = self.now;
        self.stop_waiting(Wait::OfferOver { member });
        if let Some(own) = self.member(member) {
            own.dialogue.overheard = Some(Overheard { room: id, message, at });
        }
        self.wait(at.after(OFFERED), Wait::OfferOver { member });
        let say = Conduct::Overheard { room, words: beginning(&text) };
        self.tell_asking_anew(member, Asks::TakeAway, say);
    }

    /// "Take it away": the message goes, and its writer hears when it is gone.
    pub(crate) fn take_away(&mut self, said: &Said) {
        let offered = self.state.member(said.member).and_then(|own| own.dialogue.overheard.clone());
        let place = offered.as_ref().and_then(|offered| self.state.room(offered.room)?.place().cloned());
        let Some((offered, place)) = offered.zip(place) else {
            self.tell(said.member, Conduct::NothingToTakeAway);
            return;
        };
        if !self.is_proven(said) {
            return;
        }
        self.let_offer_go(said.member);
        let act = RoomAct::TakeAway(place, said.member, offered.message);
        self.effect(BTreeSet::from([said.member]), Act::Room(offered.room, act));
    }

    /// A message was taken away, or cannot be.
    pub(crate) fn taken_away(&mut self, id: RoomId, member: MemberId, performed: &Performed) {
        let Some(room) = self.state.room(id).map(|room| room.declared.name.clone()) else { return };
        if *performed == Performed::Done {
            self.step.noted.push(Noted::TakenAway(id, member));
            self.tell(member, Conduct::TakenAway { room });
        } else {
            self.tell(member, Conduct::NotTakenAway { room });
        }
    }

    /// The message is no longer offered to be taken away: which one it was is forgotten.
    pub(crate) fn let_offer_go(&mut self, member: MemberId) {
        self.stop_waiting(Wait::OfferOver { member });
        if self.state.member(member).is_some_and(|own| own.dialogue.overheard.is_some())
            && let Some(own) = self.member(member)
        {
            own.dialogue.overheard = None;
        }
    }
}

fn beginning(text: &str) -> String {
    let mut words: String = crate::name::clean_text(text).chars().take(QUOTED_CHARS_MAX).collect();
    if text.chars().count() > QUOTED_CHARS_MAX {
        words.push('…');
    }
    words
}
