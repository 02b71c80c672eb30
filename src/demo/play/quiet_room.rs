//! The scene at the quiet room: from the terms to a conversation that the service has left.

use anyhow::{Result, ensure};
use matrix_sdk::ruma::OwnedRoomId;

use super::{Cast, Line};
use crate::household::Guest;
use crate::stage::Stage;

impl Cast {
    pub(super) async fn at_the_quiet_room(&self, stage: &Stage) -> Result<()> {
        stage.scene("Meanwhile, Noor writes to the quiet room");
        stage.happens(
            "(Its address stood in the porter’s welcome. It is another program, with an account, a key and a store of its \
             own, and tells the porter nothing of what follows.)",
        );
        let [kim, lee] = &self.counsellors;
        let noor = Guest::visit(self.noor.person.clone(), &kim.porter).await?;
        noor.person.hears("elsewhere").await?;
        stage.happens("Noor invites its account, which says there that it answers elsewhere, and opens its own encrypted conversation.");
        let (noor, kim) = (Line::quiet_rooms(stage, "Noor", &noor), Line::quiet_rooms(stage, "Kim", kim));
        noor.hears("terms").await?;
        noor.asks("yes", "ask-whom").await?;
        noor.asks("anybody", "ask-about").await?;
        noor.asks("I am not sure that physics is right for me.", "ask-showing").await?;
        noor.asks("no", "asking").await?;
        let offer = kim.hears("counsellor-offer").await?;
        ensure!(!offer.contains("oor") && !offer.contains("physics"), "this tells who asks, or what about:\n{offer}");
        ensure!(lee.hears("counsellor-offer").await? == offer, "Lee was asked in other words");
        stage.happens("(Lee is asked in the same words. Neither reads whose question it is.)");
        kim.asks("claim", "counsellor-claimed").await?;
        lee.hears("counsellor-taken").await?;
        noor.hears("claimed").await?;
        let room = room_for_two(stage, &noor, &kim).await?;
        they_close_it(stage, &noor, &kim, &room).await
    }
}

/// The client comes in, then the counsellor; the service opens it for speech, and leaves.
async fn room_for_two(stage: &Stage, noor: &Line<'_>, kim: &Line<'_>) -> Result<OwnedRoomId> {
    let service = &noor.guest.porter;
    let room = noor.guest.person.invited_by(service).await?.room;
    noor.guest.person.join(&room).await?;
    stage.happens("Noor comes in.");
    noor.hears_there("first-here", &room).await?;
    let too = kim.guest.person.invited_by(service).await?.room;
    ensure!(too == room, "Noor and Kim were invited to different rooms");
    kim.guest.person.join(&room).await?;
    stage.happens("Kim is invited only now, and comes in.");
    for line in [noor, kim] {
        line.sees_off(&room).await?;
    }
    stage.happens("The quiet room leaves, and cannot read on.");
    noor.says_to(kim, &room, "Hello Kim. I have not told anybody yet.").await?;
    kim.says_to(noor, &room, "Hello Noor. Thank you for telling me. Take all the time you need.").await?;
    Ok(room)
}

/// The client closes the conversation, and both leave.
async fn they_close_it(stage: &Stage, noor: &Line<'_>, kim: &Line<'_>, room: &OwnedRoomId) -> Result<()> {
    noor.asks("close", "closing").await?;
    kim.hears("counsellor-closing").await?;
    for (line, wording) in [(noor, "left"), (kim, "counsellor-left")] {
        line.guest.person.leave(room).await?;
        stage.happens(&format!("{} leaves the room.", line.name));
        line.asks("left", wording).await?;
    }
    Ok(())
}
