//! The table of stages: what becomes of an introduction when something happens to it.

use super::{Consequence, Happening, Here, Known, Opening, Outcome, Party, Quiet, Side, Stage, Venue};
use crate::consent::Consent;
use crate::time::Timestamp;

/// The transition of a stage when something happens: the next stage, and the consequences.
///
/// `None` where nothing changes: the happening comes late, or twice. Every stage is matched with every happening.
pub fn transition(stage: &Stage, happening: Happening, now: Timestamp) -> Option<(Stage, Vec<Consequence>)> {
    match stage {
        Stage::Waiting(side) => waiting(*side, happening, now),
        Stage::Opening { yes, room: Opening::Creating } => creating(yes, happening, now),
        Stage::Opening { yes, room: Opening::InvitingAddressee(room, here) } => {
            inviting_addressee(yes, room, here, happening, now)
        }
        Stage::Opening { yes, room: Opening::InvitingRequester(room, here) } => {
            inviting_requester(yes, room, here, happening, now)
        }
        Stage::Invited { yes, room, here } => invited(yes, room, here, happening, now),
        Stage::Met { .. } => met(happening, now),
        Stage::Ended { .. } => after_the_end(stage, happening),
    }
}

fn waiting(side: Side, happening: Happening, now: Timestamp) -> Option<(Stage, Vec<Consequence>)> {
    match happening {
        Happening::Brought if side == Side::Sent => Some((Stage::Waiting(Side::Asked), vec![Consequence::Ask])),
        // Nobody was asked, so there is nobody to confirm it to.
        Happening::Quiet(why) if side == Side::Sent => Some((quiet(why), vec![])),
        Happening::Yes(yes) if side.can_answer() => {
            let follow = vec![Consequence::ConfirmYes, Consequence::CreateRoom];
            Some((Stage::Opening { yes, room: Opening::Creating }, follow))
        }
        Happening::Quiet(why) if side.can_answer() => Some((quiet(why), vec![Consequence::ConfirmQuiet(why)])),
        Happening::WentBack if side.can_answer() || side == Side::Sent => Some((quiet(Quiet::Stopped), vec![])),
        Happening::NoBecause(reason) if side.can_answer() => {
            Some((Stage::Ended { outcome: Outcome::SaidNo, at: now }, vec![Consequence::PassOnReason(reason)]))
        }
        Happening::Gone(Party::Addressee) if side.can_answer() || side == Side::Sent => {
            Some((quiet(Quiet::Gone), vec![]))
        }
        Happening::Deadline => {
            Some((Stage::Ended { outcome: Outcome::NoIntroduction, at: now }, vec![Consequence::TellNoIntroduction]))
        }
        Happening::Withdrawn(Party::Requester) => {
            let mut follow = unasked(side);
            follow.push(Consequence::Acknowledge(Party::Requester, Known::Before));
            Some((ended(Outcome::Withdrawn(Party::Requester), now), follow))
        }
        Happening::Gone(Party::Requester) => Some((ended(Outcome::Gone(Party::Requester), now), unasked(side))),
        // It was being made when they took their yes back.
        Happening::RoomMade(room) => Some((Stage::Waiting(side), vec![Consequence::CloseRoom(room)])),
        Happening::Brought
        | Happening::Yes(_)
        | Happening::Quiet(_)
        | Happening::NoBecause(_)
        | Happening::Withdrawn(Party::Addressee)
        | Happening::Gone(Party::Addressee)
        | Happening::Invited(_)
        | Happening::Blocked(_)
        | Happening::RoomFailed
        | Happening::Joined(_)
        | Happening::Left(_)
        | Happening::JoinTimeOver
        | Happening::WentBack => None,
    }
}

/// Tells an addressee who was asked and could still answer that there is nothing to answer any more.
fn unasked(side: Side) -> Vec<Consequence> {
    let mut follow = vec![Consequence::TakeBack(Party::Addressee)];
    if side == Side::Asked {
        follow.push(Consequence::TellTakenBack);
    }
    follow
}

fn creating(yes: &Consent, happening: Happening, now: Timestamp) -> Option<(Stage, Vec<Consequence>)> {
    match happening {
        Happening::RoomMade(room) => {
            let stage =
                Stage::Opening { yes: yes.clone(), room: Opening::InvitingAddressee(room.clone(), Here::new()) };
            Some((stage, vec![Consequence::Invite(room, Party::Addressee)]))
        }
        Happening::RoomFailed => Some((quiet(Quiet::RoomFailed), vec![Consequence::TellRoomFailed])),
        Happening::WentBack => Some((quiet(Quiet::Stopped), vec![])),
        Happening::Withdrawn(Party::Addressee) => Some(yes_taken_back(None)),
        Happening::Withdrawn(Party::Requester) => Some(withdrawn(Party::Requester, None, Known::Before, now)),
        Happening::Gone(party) => Some(gone(party, None, now)),
        Happening::Deadline => Some(not_in_time(None, now)),
        Happening::Brought
        | Happening::Yes(_)
        | Happening::Quiet(_)
        | Happening::NoBecause(_)
        | Happening::Invited(_)
        | Happening::Blocked(_)
        | Happening::Joined(_)
        | Happening::Left(_)
        | Happening::JoinTimeOver => None,
    }
}

fn inviting_addressee(
    yes: &Consent,
    room: &Venue,
    here: &Here,
    happening: Happening,
    now: Timestamp,
) -> Option<(Stage, Vec<Consequence>)> {
    match happening {
        Happening::Invited(Party::Addressee) => {
            let stage =
                Stage::Opening { yes: yes.clone(), room: Opening::InvitingRequester(room.clone(), here.clone()) };
            Some((stage, vec![Consequence::Invite(room.clone(), Party::Requester)]))
        }
        Happening::Joined(Party::Addressee) => {
            let greets = greets_first(here, room);
            let here = with(here, Party::Addressee);
            Some((Stage::Opening { yes: yes.clone(), room: Opening::InvitingAddressee(room.clone(), here) }, greets))
        }
        // They turned it down before the requester had theirs: nothing of it is to be seen.
        Happening::Left(Party::Addressee) => Some(turned_down(room)),
        Happening::Withdrawn(Party::Addressee) => Some(yes_taken_back(Some(room))),
        Happening::Withdrawn(Party::Requester) => Some(withdrawn(Party::Requester, Some(room), Known::Before, now)),
        Happening::Gone(party) => Some(gone(party, Some(room), now)),
        Happening::Blocked(party) => Some(turned_away(party, room)),
        Happening::RoomFailed => {
            Some((quiet(Quiet::RoomFailed), vec![Consequence::TellRoomFailed, Consequence::CloseRoom(room.clone())]))
        }
        Happening::WentBack => Some((quiet(Quiet::Stopped), vec![Consequence::CloseRoom(room.clone())])),
        Happening::Deadline => Some(not_in_time(Some(room), now)),
        Happening::Brought
        | Happening::Yes(_)
        | Happening::Quiet(_)
        | Happening::NoBecause(_)
        | Happening::RoomMade(_)
        | Happening::Invited(Party::Requester)
        | Happening::Joined(Party::Requester)
        | Happening::Left(Party::Requester)
        | Happening::JoinTimeOver => None,
    }
}

fn inviting_requester(
    yes: &Consent,
    room: &Venue,
    here: &Here,
    happening: Happening,
    now: Timestamp,
) -> Option<(Stage, Vec<Consequence>)> {
    match happening {
        Happening::Invited(Party::Requester) if here.len() == 2 => {
            let stage = Stage::Met { yes: yes.clone(), room: room.clone(), at: now };
            Some((stage, vec![Consequence::TellBoth, Consequence::LeaveThemToIt(room.clone())]))
        }
        Happening::Invited(Party::Requester) => {
            let stage = Stage::Invited { yes: yes.clone(), room: room.clone(), here: here.clone() };
            Some((stage, vec![Consequence::TellBoth]))
        }
        Happening::Joined(party) => {
            let greets = greets_first(here, room);
            let here = with(here, party);
            Some((Stage::Opening { yes: yes.clone(), room: Opening::InvitingRequester(room.clone(), here) }, greets))
        }
        // A requester who has come in has seen the other's yes, and is not put out without a word.
        Happening::Left(Party::Addressee) if here.contains(&Party::Requester) => {
            Some(left(Party::Addressee, room, now))
        }
        Happening::Left(Party::Addressee) => Some(turned_down(room)),
        Happening::Left(Party::Requester) => Some(left(Party::Requester, room, now)),
        Happening::Withdrawn(Party::Addressee) if !here.contains(&Party::Requester) => Some(yes_taken_back(Some(room))),
        Happening::Withdrawn(party) => {
            let known = if here.contains(&Party::Requester) { Known::Invited } else { Known::Before };
            Some(withdrawn(party, Some(room), known, now))
        }
        Happening::Gone(party @ Party::Addressee) if here.contains(&Party::Requester) => {
            Some(ended_for(party, Outcome::Gone(party), Some(room), Known::Invited, now))
        }
        Happening::Gone(party) => Some(gone(party, Some(room), now)),
        Happening::Blocked(party) => Some(turned_away(party, room)),
        Happening::RoomFailed => {
            Some((quiet(Quiet::RoomFailed), vec![Consequence::TellRoomFailed, Consequence::CloseRoom(room.clone())]))
        }
        Happening::WentBack => Some((quiet(Quiet::Stopped), vec![Consequence::CloseRoom(room.clone())])),
        Happening::Deadline if !here.contains(&Party::Requester) => Some(not_in_time(Some(room), now)),
        Happening::Brought
        | Happening::Deadline
        | Happening::Yes(_)
        | Happening::Quiet(_)
        | Happening::NoBecause(_)
        | Happening::RoomMade(_)
        | Happening::Invited(Party::Addressee)
        | Happening::JoinTimeOver => None,
    }
}

fn invited(
    yes: &Consent,
    room: &Venue,
    here: &Here,
    happening: Happening,
    now: Timestamp,
) -> Option<(Stage, Vec<Consequence>)> {
    match happening {
        Happening::Joined(party) => {
            let greets = greets_first(here, room);
            let here = with(here, party);
            if here.len() == 2 {
                let stage = Stage::Met { yes: yes.clone(), room: room.clone(), at: now };
                Some((stage, vec![Consequence::LeaveThemToIt(room.clone())]))
            } else {
                Some((Stage::Invited { yes: yes.clone(), room: room.clone(), here }, greets))
            }
        }
        Happening::Left(party) => Some(left(party, room, now)),
        Happening::Gone(party) => Some(ended_for(party, Outcome::Gone(party), Some(room), Known::Invited, now)),
        Happening::Withdrawn(party) => Some(withdrawn(party, Some(room), Known::Invited, now)),
        Happening::JoinTimeOver => {
            let stage = Stage::Ended { outcome: Outcome::NotMet, at: now };
            Some((stage, vec![Consequence::TellNotMet, Consequence::CloseRoom(room.clone())]))
        }
        Happening::WentBack => {
            let stage = Stage::Ended { outcome: Outcome::NotMet, at: now };
            Some((stage, vec![Consequence::CloseRoom(room.clone())]))
        }
        Happening::Brought
        | Happening::Yes(_)
        | Happening::Quiet(_)
        | Happening::NoBecause(_)
        | Happening::RoomMade(_)
        | Happening::Invited(_)
        | Happening::Blocked(_)
        | Happening::RoomFailed
        | Happening::Deadline => None,
    }
}

/// Whoever comes in first is greeted, once.
fn greets_first(here: &Here, room: &Venue) -> Vec<Consequence> {
    if here.is_empty() { vec![Consequence::GreetFirst(room.clone())] } else { vec![] }
}

/// The room belongs to the two of them now: only the porter's messages with details can be taken back.
fn met(happening: Happening, now: Timestamp) -> Option<(Stage, Vec<Consequence>)> {
    match happening {
        Happening::Withdrawn(party) => Some(withdrawn(party, None, Known::Met, now)),
        Happening::Brought
        | Happening::Yes(_)
        | Happening::Quiet(_)
        | Happening::NoBecause(_)
        | Happening::Gone(_)
        | Happening::RoomMade(_)
        | Happening::Invited(_)
        | Happening::Blocked(_)
        | Happening::RoomFailed
        | Happening::Joined(_)
        | Happening::Left(_)
        | Happening::Deadline
        | Happening::JoinTimeOver
        | Happening::WentBack => None,
    }
}

/// An end is an end, but a room that was being made when it came is not left behind.
fn after_the_end(stage: &Stage, happening: Happening) -> Option<(Stage, Vec<Consequence>)> {
    match happening {
        Happening::RoomMade(room) => Some((stage.clone(), vec![Consequence::CloseRoom(room)])),
        Happening::Brought
        | Happening::Yes(_)
        | Happening::Quiet(_)
        | Happening::NoBecause(_)
        | Happening::Withdrawn(_)
        | Happening::Gone(_)
        | Happening::Invited(_)
        | Happening::Blocked(_)
        | Happening::RoomFailed
        | Happening::Joined(_)
        | Happening::Left(_)
        | Happening::Deadline
        | Happening::JoinTimeOver
        | Happening::WentBack => None,
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

fn ended(outcome: Outcome, now: Timestamp) -> Stage {
    Stage::Ended { outcome, at: now }
}

/// The addressee turned the invitation down before the requester knew of any: nothing of it is to be seen.
fn turned_down(room: &Venue) -> (Stage, Vec<Consequence>) {
    (quiet(Quiet::TakenBack), vec![Consequence::ConfirmQuiet(Quiet::TakenBack), Consequence::CloseRoom(room.clone())])
}

/// The addressee takes their yes back before the requester knew of it: it never happened.
fn yes_taken_back(room: Option<&Venue>) -> (Stage, Vec<Consequence>) {
    let mut follow: Vec<Consequence> = room.map(|room| Consequence::CloseRoom(room.clone())).into_iter().collect();
    follow.push(Consequence::Acknowledge(Party::Addressee, Known::Before));
    (quiet(Quiet::TakenBack), follow)
}

/// One of the two accounts turns the porter's invitations away. An addressee hears that it is theirs. A requester hears
/// nothing before the deadline: they would know that the other had said yes, again and again and without ever meeting
/// them. The one who said yes hears that it did not come about, and not why.
fn turned_away(party: Party, room: &Venue) -> (Stage, Vec<Consequence>) {
    let tell = match party {
        Party::Addressee => Consequence::TellBlocked,
        Party::Requester => Consequence::TellRoomFailed,
    };
    (quiet(Quiet::InvitationTurnedAway), vec![tell, Consequence::CloseRoom(room.clone())])
}

/// The deadline comes while the room is being opened. Were the requester to hear later than they were told, because it
/// fails in the end, they would know that the other had said yes.
fn not_in_time(room: Option<&Venue>, now: Timestamp) -> (Stage, Vec<Consequence>) {
    let mut follow = vec![Consequence::TellNoIntroduction, Consequence::TellRoomFailed];
    follow.extend(room.map(|room| Consequence::CloseRoom(room.clone())));
    (Stage::Ended { outcome: Outcome::NoIntroduction, at: now }, follow)
}

/// Somebody's membership ends while the room is being opened. The requester does not know of a yes yet.
fn gone(party: Party, room: Option<&Venue>, now: Timestamp) -> (Stage, Vec<Consequence>) {
    match party {
        Party::Addressee => {
            let follow = room.map(|room| Consequence::CloseRoom(room.clone())).into_iter().collect();
            (quiet(Quiet::Gone), follow)
        }
        Party::Requester => ended_for(party, Outcome::Gone(party), room, Known::Before, now),
    }
}

/// One of them left the room or turned its invitation down.
fn left(party: Party, room: &Venue, now: Timestamp) -> (Stage, Vec<Consequence>) {
    ended_for(party, Outcome::Withdrawn(party), Some(room), Known::Invited, now)
}

/// One of them took it back by word.
fn withdrawn(party: Party, room: Option<&Venue>, known: Known, now: Timestamp) -> (Stage, Vec<Consequence>) {
    let (stage, mut follow) = ended_for(party, Outcome::Withdrawn(party), room, known, now);
    follow.push(Consequence::Acknowledge(party, known));
    (stage, follow)
}

/// It ends on this party's side, and the other hears that it does not go ahead, and not why.
fn ended_for(
    party: Party,
    outcome: Outcome,
    room: Option<&Venue>,
    known: Known,
    now: Timestamp,
) -> (Stage, Vec<Consequence>) {
    let other = party.other();
    let mut follow = vec![Consequence::TakeBack(other), Consequence::TellWithdrawn(other, known)];
    follow.extend(room.map(|room| Consequence::CloseRoom(room.clone())));
    (ended(outcome, now), follow)
}
