//! Calls that have no id of their own, made so that they can be made again after any outcome.

use crate::homeserver::{CallError, Called, Homeserver, Membership, Refusal, RoomRef, unless_refused};
use crate::occupant::Occupant;
use crate::room::Direct;
use lodge_ground::id::EffectId;
use lodge_ground::name::Address;
use serde_json::{Value, json};

/// Invites somebody, unless an earlier try of unknown outcome did.
pub async fn invite(
    server: &impl Homeserver,
    room: &RoomRef,
    (who, direct): (&Address, Direct),
    uncertain: bool,
) -> Called<()> {
    let so = |now| now != Membership::Left;
    // An invitation has no id by which a second one would be known.
    if uncertain && so(membership(server, room, who).await?) {
        return Ok(());
    }
    let invited = server.invite(room, who, direct).await;
    unless_so(server, room, who, invited, so).await
}

/// Takes somebody out of a room, or their invitation back, unless they are not there.
pub async fn remove(server: &impl Homeserver, room: &RoomRef, who: &Address) -> Called<()> {
    let so = |now| now == Membership::Left;
    if so(membership(server, room, who).await?) {
        return Ok(());
    }
    let removed = server.remove(room, &who.into()).await;
    unless_so(server, room, who, removed, so).await
}

/// Takes a room's name away, so that clients name it after the people in it.
pub async fn unname(server: &impl Homeserver, room: &RoomRef) -> Called<()> {
    server.put_state(room, "m.room.name", "", &json!({ "name": "" })).await
}

/// Leaves; a refusal means that the account is not in it.
pub async fn leave(server: &impl Homeserver, room: &RoomRef) -> Called<()> {
    unless_refused(server.leave(room).await).map(drop)
}

/// Comes into a room that somebody else made, says this where few enough are there, and leaves.
pub async fn greet(server: &impl Homeserver, room: &RoomRef, effect: EffectId, content: Value) -> Called<()> {
    server.join(room).await?;
    // In an encrypted room, words need a key for every device of everybody's there.
    if server.is_small(room).await? {
        server.send(room, effect, content).await?;
    }
    leave(server, room).await
}

/// Whether exactly these two are in a room or invited to it, now (invariant I9). Somebody whose id cannot be read is a third.
pub async fn is_of_two(server: &impl Homeserver, room: &RoomRef, own: &Address, other: &Address) -> Called<bool> {
    let mut here: Vec<Occupant> =
        server.members(room).await?.into_iter().filter(|(_, m)| *m != Membership::Left).map(|(who, _)| who).collect();
    here.sort();
    let mut expected = [own.into(), other.into()];
    expected.sort();
    Ok(here == expected)
}

/// Somebody's membership of a room, as the homeserver has it now.
async fn membership(server: &impl Homeserver, room: &RoomRef, who: &Address) -> Called<Membership> {
    let members = server.members(room).await?;
    Ok(members.iter().find(|(member, _)| member.is(who)).map_or(Membership::Left, |(_, now)| *now))
}

/// A refusal to change a membership is no failure where the membership is already so: an earlier try did it.
async fn unless_so(
    server: &impl Homeserver,
    room: &RoomRef,
    who: &Address,
    called: Called<()>,
    so: impl Fn(Membership) -> bool,
) -> Called<()> {
    match called {
        Err(CallError::Refused { why: Refusal::Other { .. } }) if so(membership(server, room, who).await?) => Ok(()),
        called => called,
    }
}
