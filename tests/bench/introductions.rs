//! The time from an addressee's yes until both have seen their invitations.

use std::time::{Duration, Instant};

use anyhow::Result;
use matrix_sdk::ruma::UserId;

use crate::figures::{Figures, Times, progress};
use crate::grounds::People;
use crate::raw::{MEET, Raw};
use crate::settings::count;

pub async fn measure(figures: &mut Figures, people: &mut People) -> Result<()> {
    let introductions = count("LODGE_BENCH_INTRODUCTIONS", 25)?;
    progress(&format!("introductions: {introductions} by the hub and by bare calls, by turns"));
    let (mut hub, mut bare) = (Times::default(), Times::default());
    for number in 0..=introductions {
        request(people).await?;
        let People { sam, alex, porter, echo, with_porter, with_echo } = people;
        let agreed = yes(sam, alex, &with_porter[1], porter).await?;
        alex.hears(&with_porter[1], porter, "agreed-addressee").await?;
        sam.hears(&with_porter[0], porter, "agreed-requester").await?;
        let called = yes(sam, alex, &with_echo[1], &echo.user).await?;
        if number > 0 {
            hub.add(agreed);
            bare.add(called);
        }
    }
    figures.beside("yes to both invited", &hub, &bare, "bare calls", 1.3);
    Ok(())
}

/// Sam asks to meet Alex, who is asked.
async fn request(people: &mut People) -> Result<()> {
    let People { sam, alex, porter, with_porter, .. } = people;
    let words = format!("introduce {} for career advice: May I ask how you began?", alex.user);
    for (words, answer) in [(words.as_str(), "ask-known-how"), ("no", "preview"), ("send", "sent")] {
        sam.exchange(&with_porter[0], words, porter, answer).await?;
    }
    alex.hears(&with_porter[1], porter, "asked").await
}

async fn yes(sam: &mut Raw, alex: &mut Raw, room: &str, to: &UserId) -> Result<Duration> {
    let began = Instant::now();
    alex.send(room, "m.text", MEET).await?;
    tokio::try_join!(sam.invited_by(to), alex.invited_by(to))?;
    Ok(began.elapsed())
}
