//! The time that an encrypted reply takes, beside the least that a bot can do with the Matrix SDK.

use std::time::Instant;

use anyhow::Result;
use lodge_demo::household::Guest;
use lodge_demo::person::private_room;

use crate::figures::{Figures, Times, progress};
use crate::grounds::{Grounds, PASSWORD};
use crate::replies::WARM_UP;
use crate::sdk_bot::Bot;
use crate::settings::count;

pub async fn measure(figures: &mut Figures, grounds: &Grounds) -> Result<()> {
    let replies = count("LODGE_BENCH_REPLIES", 100)?;
    progress(&format!("replies: {replies} of the hub and of an SDK bot, encrypted, by turns"));
    let (hub, porter) = grounds.hub("porter_sealed", &["sealed-sam"], &[]).await?;
    grounds.account("sealed-bot").await?;
    let bot = Bot::start(&grounds.homeserver.url(), "sealed-bot", PASSWORD, &grounds.directory("sealed-bot")).await?;
    let sam = Guest::arrive(grounds.person("sealed-sam").await?, &porter).await?;
    let room = sam.person.create_room(private_room(&[&bot.user])?).await?;
    sam.person.sees_joining(&room, &bot.user).await?;
    let (mut by_hub, mut by_bot) = (Times::default(), Times::default());
    for number in 0..WARM_UP + replies {
        let began = Instant::now();
        sam.asks("help", "help").await?;
        let answered = began.elapsed();
        let began = Instant::now();
        sam.person.say(&room, "help").await?;
        sam.person.next_from(&bot.user).await?;
        let echoed = began.elapsed();
        if number >= WARM_UP {
            by_hub.add(answered);
            by_bot.add(echoed);
        }
    }
    figures.beside("reply, encrypted", &by_hub, &by_bot, "SDK bot", 1.05);
    hub.stop().await
}
