//! The inputs: everything that the core can be told. The channel turns its news into these; the core never sees one
//! in the channel's own form.

use std::collections::BTreeSet;

use crate::conduct::{Flood, Found, Wrote};
use crate::effect::Act;
use crate::id::{EffectId, IntroductionId, MemberId, RoomId, TimerId, WordsId};
use crate::introduction::Venue;
use crate::name::Address;
use crate::people::roster::{Lister, Roster};
use crate::rooms::{Aspect, Key};
use crate::time::Timestamp;

use lodge_ground::audit::Head;
pub use lodge_ground::bounded::LeftOut;
pub use lodge_ground::positions::{Before, Reply};
pub use lodge_ground::proof::Proof;

/// Something that came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A list of people was taken in.
    Roster(Roster),
    /// These people are no longer on the list of this lister, which is being taken in. A listing that another has made
    /// since stays.
    Unlisted(Lister, Vec<MemberId>),
    /// Somebody whom the hub does not know would like to talk with the porter.
    Visited(Address),
    /// A member said something in their conversation with the porter.
    Said(Said),
    /// A member edited words of theirs. The new words are not read.
    Edited(MemberId, WordsId),
    /// A member took words of theirs away, or the channel's operator did.
    TakenAway(MemberId, WordsId),
    /// A member sent something that is not in words.
    Wordless(MemberId),
    /// A member said something that could not be read in time, for want of its key.
    Unreadable(MemberId),
    /// Words of a member's were left out at a bound, and count for nothing.
    LeftOut(MemberId, LeftOut),
    /// A member came into the room of an introduction.
    CameIn(IntroductionId, MemberId),
    /// A member left the room of an introduction, or turned its invitation down.
    WentOut(IntroductionId, MemberId),
    /// An effect of this kind was performed.
    Performed(Act, Performed),
    /// The message of this effect to a member was given up: it does not stand in their conversation, and never will.
    Unsaid(MemberId, EffectId),
    /// A moment that was waited for has come.
    Due(TimerId),
    /// An older copy of the store was put back: nothing is known of the time after this moment.
    WentBack(Timestamp),
    /// The time has come to let go of rows that have been kept for long enough.
    Tidy,
    /// The rooms for many are to be as the settings say.
    Rooms,
    /// The end of the audit log is to be told in the room for many of this name.
    AuditHead(Key, Head),
    /// Somebody was in a room for two who is none of the two, and is taken out.
    Intruded(Address),
    /// Something happened in a room for many.
    InRoom(RoomId, InRoom),
}

/// Something that happened in a room for many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InRoom {
    /// This account was invited.
    Invited(Address),
    /// This account came in.
    Came(Address),
    /// Somebody left, was taken out, or turned the invitation down.
    Went(Address),
    /// Somebody wrote something, in words that are not looked at.
    Spoken,
    /// Somebody other than the porter changed how it is.
    Changed,
    /// Somebody wrote something that seems to be meant for the porter.
    Wrote(Wrote),
    /// A member writes more than a room can bear.
    Flooded(MemberId, Flood),
}

/// One original message of a member's, never an edit, a notice, a reaction or a forwarded copy.
///
/// Consent rests on it, so only a channel makes one, of a message that it heard, and nobody changes it afterwards:
///
/// ```compile_fail,E0616
/// fn trusted(mut said: lodge_core::input::Said) {
///     said.proof = lodge_core::input::Proof::Proven;
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The member who wrote it.
    pub(crate) member: MemberId,
    /// The id of the words, by which they are meant should they be edited or taken away.
    pub(crate) words: WordsId,
    /// The words as they wrote them.
    pub(crate) text: String,
    /// The porter's message that they replied to, by their client's own means.
    pub(crate) reply: Reply,
    /// The porter's messages that stood in the conversation before it, as far as they await an answer
    /// ([`Dialogue::awaited`](crate::dialogue::Dialogue::awaited)).
    pub(crate) before: Before,
    /// The accounts that they mentioned by a client's own means, so that a full id need not be typed.
    pub(crate) mentions: Vec<Address>,
    /// The proof that they wrote it.
    pub(crate) proof: Proof,
    /// Whether it came from one more device of theirs, where what was said before cannot be read.
    pub(crate) from_further_device: bool,
}

impl Said {
    /// Words of this member's, of which the channel says how far they are proved to be theirs. They hang on
    /// no other message, mention nobody, and nothing stood before them.
    ///
    /// The lints let nobody call it but a channel, and tests in its place (`clippy.toml`).
    pub fn heard(member: MemberId, words: WordsId, text: String, proof: Proof) -> Self {
        let (reply, before, mentions) = (Reply::None, Before::default(), vec![]);
        Self { member, words, text, reply, before, mentions, proof, from_further_device: false }
    }

    /// The same, from one more device of theirs, where what was said before cannot be read; or not.
    #[must_use]
    pub fn from_further_device(self, is_further: bool) -> Self {
        Self { from_further_device: is_further, ..self }
    }

    /// The same, as a reply.
    #[must_use]
    pub fn replying(self, reply: Reply) -> Self {
        Self { reply, ..self }
    }

    /// The same, where these messages stood before it.
    #[must_use]
    pub fn after(self, before: Before) -> Self {
        Self { before, ..self }
    }

    /// The same, with these people mentioned.
    #[must_use]
    pub fn mentioning(self, mentions: Vec<Address>) -> Self {
        Self { mentions, ..self }
    }

    /// The member who wrote it.
    pub fn member(&self) -> MemberId {
        self.member
    }

    /// The words as they wrote them.
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// The outcome of an effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Performed {
    /// It is done, with nothing more to tell.
    Done,
    /// The room was created, or the one already created was found.
    RoomMade(Venue),
    /// The invited account turns invitations away.
    Blocked,
    /// The channel refuses it for good.
    Refused,
    /// Somebody was in a room for many who should not have been, and is taken out.
    Ousted,
    /// A room for many is as it should be.
    Tended(Tended),
    /// A message was looked at; `None` where it is not there, or has no words.
    Looked(Option<Found>),
}

/// The changes that it took to make a room as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tended {
    /// The edition of how it should be.
    pub edition: u64,
    /// The aspects that were not so, and are now.
    pub changed: BTreeSet<Aspect>,
    /// The aspects that are not so and cannot be changed.
    pub fixed: BTreeSet<Aspect>,
}
