//! The time that an unencrypted reply takes, from sending the words to seeing the answer.

use anyhow::Result;

use crate::figures::{Figures, Times, progress};
use crate::grounds::People;
use crate::settings::count;

/// Replies that are not counted, for everything that is made when it is first needed.
pub const WARM_UP: usize = 5;

pub async fn measure(figures: &mut Figures, people: &mut People) -> Result<()> {
    let replies = count("LODGE_BENCH_REPLIES", 100)?;
    progress(&format!("replies: {replies} of the hub and of an echo, by turns"));
    let People { sam, porter, echo, with_porter: [with_porter, _], with_echo: [with_echo, _], .. } = people;
    let (mut hub, mut bare) = (Times::default(), Times::default());
    for number in 0..WARM_UP + replies {
        let answered = sam.exchange(with_porter, "help", porter, "help").await?;
        let words = format!("help {number}");
        let echoed = sam.exchange(with_echo, &words, &echo.user, &words).await?;
        if number >= WARM_UP {
            hub.add(answered);
            bare.add(echoed);
        }
    }
    figures.beside("reply, unencrypted", &hub, &bare, "bare calls", 1.0);
    Ok(())
}
