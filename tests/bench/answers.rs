//! Whether the time that the porter takes tells a requester whom they asked for: a member, or an address that nobody has.

use std::time::Instant;

use anyhow::Result;
use lodge_demo::household::Guest;
use matrix_sdk::ruma::UserId;

use crate::figures::{Figures, Times, progress};
use crate::grounds::Grounds;
use crate::replies::WARM_UP;
use crate::settings::count;

/// How long it took until the porter said that a request was on its way, and that it was taken back.
#[derive(Default)]
struct Asked {
    sent: Times,
    withdrawn: Times,
}

pub async fn measure(figures: &mut Figures, grounds: &Grounds) -> Result<()> {
    let pairs = count("LODGE_BENCH_PAIRS", 200)?;
    progress(&format!(
        "answers: {pairs} requests to a member and as many to nobody, by turns, each taken back at once"
    ));
    let names = ["asks-sam", "asks-alex"];
    let (hub, porter) = grounds.hub("porter_asked", &names, &["introductions.settle=1s"]).await?;
    let sam = Guest::arrive(grounds.person(names[0]).await?, &porter).await?;
    let alex = Guest::arrive(grounds.person(names[1]).await?, &porter).await?;
    let nobody = UserId::parse(format!("@asks-olex:{}", grounds.homeserver.server_name()))?;
    let (mut of_member, mut of_nobody) = (Asked::default(), Asked::default());
    for number in 0..WARM_UP + pairs {
        // Which of the two comes first tells nothing either.
        let member_first = number.is_multiple_of(2);
        for to_member in [member_first, !member_first] {
            let to = if to_member { alex.person.user_id() } else { &nobody };
            let (sent, withdrawn) = ask(&sam, to).await?;
            if number >= WARM_UP {
                let asked = if to_member { &mut of_member } else { &mut of_nobody };
                asked.sent.add(sent);
                asked.withdrawn.add(withdrawn);
            }
        }
    }
    figures.alike("request sent to a member", &of_member.sent, &of_nobody.sent, "to nobody");
    figures.alike("request to a member taken back", &of_member.withdrawn, &of_nobody.withdrawn, "to nobody");
    hub.stop().await
}

async fn ask(sam: &Guest, to: &UserId) -> Result<(std::time::Duration, std::time::Duration)> {
    sam.asks(&format!("introduce {to} for career advice: May I ask how you began?"), "ask-known-how").await?;
    sam.asks("no", "preview").await?;
    let began = Instant::now();
    sam.asks("send", "sent").await?;
    let sent = began.elapsed();
    let began = Instant::now();
    sam.asks("withdraw", "withdrawn").await?;
    Ok((sent, began.elapsed()))
}
