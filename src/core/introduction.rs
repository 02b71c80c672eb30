//! An introduction: the aggregate that brings two members together, and everything that can become of it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::consent::Consent;
use crate::id::{IntroductionId, MemberId};
use crate::name::Address;
use crate::policy::PurposeId;
use crate::time::Timestamp;

/// A room in the channel, as the channel calls it. The core only hands it back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RoomRef(pub String);

/// One of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Party {
    /// Who asks.
    Requester,
    /// Who is asked.
    Addressee,
}

impl Party {
    /// The other of the two.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Requester => Self::Addressee,
            Self::Addressee => Self::Requester,
        }
    }
}

/// What the requester wrote, as the addressee reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// What for.
    pub purpose: PurposeId,
    /// How they know each other, if they do (requirement A15).
    pub known_how: Option<String>,
    /// The message.
    pub message: String,
}

/// An introduction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Introduction {
    /// Its id.
    pub id: IntroductionId,
    /// Who asks.
    pub requester: MemberId,
    /// Whom they asked for, as they typed it. All that the requester is ever shown of the addressee before a yes.
    pub named: Address,
    /// Who that is, where it is a member.
    pub addressee: Option<MemberId>,
    /// What the requester wrote.
    pub request: Request,
    /// The requester's yes to both what the request shows and what follows when both agree.
    pub asked: Consent,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// When the requester hears at the latest, told to them at the start (requirement A8).
    pub deadline: Timestamp,
    /// How far it has come.
    pub stage: Stage,
}

impl Introduction {
    /// Whose details are in it.
    pub fn owners(&self) -> BTreeSet<MemberId> {
        self.addressee.into_iter().chain([self.requester]).collect()
    }

    /// Which of the two this member is.
    pub fn party(&self, member: MemberId) -> Option<Party> {
        if member == self.requester {
            Some(Party::Requester)
        } else if Some(member) == self.addressee {
            Some(Party::Addressee)
        } else {
            None
        }
    }

    /// The member that is this party.
    pub fn member(&self, party: Party) -> Option<MemberId> {
        match party {
            Party::Requester => Some(self.requester),
            Party::Addressee => self.addressee,
        }
    }
}

/// How far an introduction has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Sent. Whatever goes on at the addressee's side, the requester sees the same until the deadline.
    Waiting(Side),
    /// Both said yes; the room is being opened.
    Opening {
        /// The addressee's yes.
        yes: Consent,
        /// How far the room is.
        room: Opening,
    },
    /// Both were invited and told.
    Invited {
        /// The addressee's yes.
        yes: Consent,
        /// The room.
        room: RoomRef,
        /// Who has come in: never both, for then they have met.
        here: Here,
    },
    /// Both came in, and the porter has left them to it.
    Met {
        /// The addressee's yes.
        yes: Consent,
        /// The room they met in.
        room: RoomRef,
        /// When the second came in.
        at: Timestamp,
    },
    /// Over.
    Ended {
        /// How it ended. Only staff statistics and the two themselves ever see more than "no introduction".
        outcome: Outcome,
        /// When.
        at: Timestamp,
    },
}

/// The addressee's side while the requester waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Asked, and has not answered.
    Asked,
    /// Nothing more will come from that side; kept from the requester until the deadline.
    Quiet(Quiet),
}

/// Why nothing more will come from the addressee's side. To the requester all of these are one and the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quiet {
    /// They said no.
    Declined,
    /// They chose to let it pass.
    Ignored,
    /// They reported it.
    Reported,
    /// They, or the requester, have blocked the other.
    Blocked,
    /// They are not taking requests now: paused, or full.
    NotTaking,
    /// A member of that address takes no part in introductions.
    TakesNoPart,
    /// No member has that address.
    NotAMember,
    /// They were a member, and left or were erased.
    Gone,
    /// Staff stopped it.
    Stopped,
    /// The room could not be opened.
    RoomFailed,
}

/// How far the room of an introduction is.
///
/// Somebody may come in before the answer to their invitation is known here, so who is in is kept from the start.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Opening {
    /// It is being created, empty.
    Creating,
    /// The addressee is being invited.
    InvitingAddressee(RoomRef, Here),
    /// The addressee was invited; the requester is being invited.
    InvitingRequester(RoomRef, Here),
}

/// Who is in the room.
pub type Here = BTreeSet<Party>;

/// How an introduction ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The deadline came without two yeses. Why is not kept any longer.
    NoIntroduction,
    /// One of them took it back, by word or by turning the invitation down.
    Withdrawn(Party),
    /// One of them did not come into the room in time.
    NotMet,
}

/// Something that happened to an introduction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// The addressee said yes.
    Yes(Consent),
    /// The addressee's side has gone quiet.
    Quiet(Quiet),
    /// The room was created, or found.
    RoomMade(RoomRef),
    /// This party was invited.
    Invited(Party),
    /// This party's account turns invitations away.
    Blocked(Party),
    /// The room cannot be opened.
    RoomFailed,
    /// This party came into the room.
    Joined(Party),
    /// This party left the room or turned the invitation down.
    Left(Party),
    /// The deadline came.
    Deadline,
    /// The time to come into the room is over.
    JoinTimeOver,
}

/// What is to follow. The flows turn each into words and effects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Follow {
    /// Tell the addressee that their yes is recorded.
    ConfirmYes,
    /// Tell the addressee that their no is recorded, and that nobody hears of it.
    ConfirmNo,
    /// Create the room, empty and marked.
    CreateRoom,
    /// Invite this party.
    Invite(RoomRef, Party),
    /// Both are invited: tell both, and pass on what each agreed to show.
    TellBoth,
    /// Both are in: say the opening note, open speech, and go.
    LeaveThemToIt(RoomRef),
    /// Take the invitations back and leave the room.
    CloseRoom(RoomRef),
    /// Tell this party that their own account turns invitations away.
    TellBlocked(Party),
    /// Tell the addressee that the room could not be opened.
    TellRoomFailed,
    /// Give the requester the one answer.
    TellNoIntroduction,
    /// Tell this party that the other took it back.
    TellWithdrawn(Party),
    /// Tell both that the room was closed because not both came.
    TellNotMet,
}

/// What becomes of a stage when something happens: the next stage, and what is to follow.
///
/// `None` where it changes nothing: it comes late, or twice. Every stage is matched with every happening.
pub fn turn(stage: &Stage, happening: Happening, now: Timestamp) -> Option<(Stage, Vec<Follow>)> {
    match stage {
        Stage::Waiting(side) => waiting(*side, happening, now),
        Stage::Opening { yes, room: Opening::Creating } => creating(yes, happening),
        Stage::Opening { yes, room: Opening::InvitingAddressee(room, here) } => {
            inviting_addressee(yes, room, here, happening)
        }
        Stage::Opening { yes, room: Opening::InvitingRequester(room, here) } => {
            inviting_requester(yes, room, here, happening, now)
        }
        Stage::Invited { yes, room, here } => invited(yes, room, here, happening, now),
        // The room belongs to the two of them now, and an end is an end.
        Stage::Met { .. } | Stage::Ended { .. } => None,
    }
}

fn waiting(side: Side, happening: Happening, now: Timestamp) -> Option<(Stage, Vec<Follow>)> {
    match (side, happening) {
        (Side::Asked, Happening::Yes(yes)) => {
            let follow = vec![Follow::ConfirmYes, Follow::CreateRoom];
            Some((Stage::Opening { yes, room: Opening::Creating }, follow))
        }
        (Side::Asked, Happening::Quiet(why)) => {
            let follow = if why == Quiet::Declined { vec![Follow::ConfirmNo] } else { vec![] };
            Some((Stage::Waiting(Side::Quiet(why)), follow))
        }
        (Side::Asked | Side::Quiet(_), Happening::Deadline) => {
            Some((Stage::Ended { outcome: Outcome::NoIntroduction, at: now }, vec![Follow::TellNoIntroduction]))
        }
        (Side::Quiet(_), Happening::Yes(_) | Happening::Quiet(_))
        | (
            Side::Asked | Side::Quiet(_),
            Happening::RoomMade(_)
            | Happening::Invited(_)
            | Happening::Blocked(_)
            | Happening::RoomFailed
            | Happening::Joined(_)
            | Happening::Left(_)
            | Happening::JoinTimeOver,
        ) => None,
    }
}

fn creating(yes: &Consent, happening: Happening) -> Option<(Stage, Vec<Follow>)> {
    match happening {
        Happening::RoomMade(room) => {
            let stage =
                Stage::Opening { yes: yes.clone(), room: Opening::InvitingAddressee(room.clone(), Here::new()) };
            Some((stage, vec![Follow::Invite(room, Party::Addressee)]))
        }
        Happening::RoomFailed => Some((quiet(Quiet::RoomFailed), vec![Follow::TellRoomFailed])),
        // A yes before the deadline counts, however long the room takes.
        Happening::Deadline
        | Happening::Yes(_)
        | Happening::Quiet(_)
        | Happening::Invited(_)
        | Happening::Blocked(_)
        | Happening::Joined(_)
        | Happening::Left(_)
        | Happening::JoinTimeOver => None,
    }
}

fn inviting_addressee(
    yes: &Consent,
    room: &RoomRef,
    here: &Here,
    happening: Happening,
) -> Option<(Stage, Vec<Follow>)> {
    match happening {
        Happening::Invited(Party::Addressee) => {
            let stage =
                Stage::Opening { yes: yes.clone(), room: Opening::InvitingRequester(room.clone(), here.clone()) };
            Some((stage, vec![Follow::Invite(room.clone(), Party::Requester)]))
        }
        Happening::Joined(Party::Addressee) => {
            let here = with(here, Party::Addressee);
            Some((Stage::Opening { yes: yes.clone(), room: Opening::InvitingAddressee(room.clone(), here) }, vec![]))
        }
        // They turned it down before the requester had theirs: nothing of it is to be seen.
        Happening::Left(Party::Addressee) => {
            Some((quiet(Quiet::Declined), vec![Follow::ConfirmNo, Follow::CloseRoom(room.clone())]))
        }
        Happening::Blocked(party) => {
            Some((quiet(Quiet::Blocked), vec![Follow::TellBlocked(party), Follow::CloseRoom(room.clone())]))
        }
        Happening::RoomFailed => {
            Some((quiet(Quiet::RoomFailed), vec![Follow::TellRoomFailed, Follow::CloseRoom(room.clone())]))
        }
        Happening::Deadline
        | Happening::Yes(_)
        | Happening::Quiet(_)
        | Happening::RoomMade(_)
        | Happening::Invited(Party::Requester)
        | Happening::Joined(Party::Requester)
        | Happening::Left(Party::Requester)
        | Happening::JoinTimeOver => None,
    }
}

fn inviting_requester(
    yes: &Consent,
    room: &RoomRef,
    here: &Here,
    happening: Happening,
    now: Timestamp,
) -> Option<(Stage, Vec<Follow>)> {
    match happening {
        Happening::Invited(Party::Requester) if here.len() == 2 => {
            let stage = Stage::Met { yes: yes.clone(), room: room.clone(), at: now };
            Some((stage, vec![Follow::TellBoth, Follow::LeaveThemToIt(room.clone())]))
        }
        Happening::Invited(Party::Requester) => {
            let stage = Stage::Invited { yes: yes.clone(), room: room.clone(), here: here.clone() };
            Some((stage, vec![Follow::TellBoth]))
        }
        Happening::Joined(party) => {
            let here = with(here, party);
            Some((Stage::Opening { yes: yes.clone(), room: Opening::InvitingRequester(room.clone(), here) }, vec![]))
        }
        // Who has come in has seen the other's yes, and is not put out without a word.
        Happening::Left(Party::Addressee) if here.contains(&Party::Requester) => {
            Some(withdrawn(Party::Addressee, room, now))
        }
        Happening::Left(Party::Addressee) => {
            Some((quiet(Quiet::Declined), vec![Follow::ConfirmNo, Follow::CloseRoom(room.clone())]))
        }
        Happening::Left(Party::Requester) => Some(withdrawn(Party::Requester, room, now)),
        Happening::Blocked(party) => {
            Some((quiet(Quiet::Blocked), vec![Follow::TellBlocked(party), Follow::CloseRoom(room.clone())]))
        }
        Happening::RoomFailed => {
            Some((quiet(Quiet::RoomFailed), vec![Follow::TellRoomFailed, Follow::CloseRoom(room.clone())]))
        }
        Happening::Deadline
        | Happening::Yes(_)
        | Happening::Quiet(_)
        | Happening::RoomMade(_)
        | Happening::Invited(Party::Addressee)
        | Happening::JoinTimeOver => None,
    }
}

fn invited(
    yes: &Consent,
    room: &RoomRef,
    here: &Here,
    happening: Happening,
    now: Timestamp,
) -> Option<(Stage, Vec<Follow>)> {
    match happening {
        Happening::Joined(party) => {
            let here = with(here, party);
            if here.len() == 2 {
                let stage = Stage::Met { yes: yes.clone(), room: room.clone(), at: now };
                Some((stage, vec![Follow::LeaveThemToIt(room.clone())]))
            } else {
                Some((Stage::Invited { yes: yes.clone(), room: room.clone(), here }, vec![]))
            }
        }
        Happening::Left(party) => Some(withdrawn(party, room, now)),
        Happening::JoinTimeOver => {
            let stage = Stage::Ended { outcome: Outcome::NotMet, at: now };
            Some((stage, vec![Follow::TellNotMet, Follow::CloseRoom(room.clone())]))
        }
        Happening::Yes(_)
        | Happening::Quiet(_)
        | Happening::RoomMade(_)
        | Happening::Invited(_)
        | Happening::Blocked(_)
        | Happening::RoomFailed
        | Happening::Deadline => None,
    }
}

fn quiet(why: Quiet) -> Stage {
    Stage::Waiting(Side::Quiet(why))
}

fn with(here: &Here, party: Party) -> Here {
    let mut here = here.clone();
    here.insert(party);
    here
}

fn withdrawn(party: Party, room: &RoomRef, now: Timestamp) -> (Stage, Vec<Follow>) {
    let stage = Stage::Ended { outcome: Outcome::Withdrawn(party), at: now };
    (stage, vec![Follow::TellWithdrawn(party.other()), Follow::CloseRoom(room.clone())])
}
