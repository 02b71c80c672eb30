//! `lodge rooms`: plans the homeserver's rooms as the configuration says, and makes them so.

mod shown;

use anyhow::bail;
use lodge_channel::community::Planned;

use crate::config::Config;
use crate::control::{self, Answer, Did, Request};

/// Says in lines what applying the configuration would change.
pub async fn plan(config: &Config) -> anyhow::Result<Vec<String>> {
    let planned = look(config).await?;
    let mut lines = shown::lines(&planned);
    lines.push(shown::to_come(&planned));
    Ok(lines)
}

/// Makes the rooms as the configuration says, and tells in lines what that takes as it goes on.
///
/// # Errors
/// When the hub cannot be asked, or something is not as it should be in the end.
pub async fn apply(config: &Config, mut tell: impl FnMut(&str)) -> anyhow::Result<()> {
    let planned = look(config).await?;
    for line in shown::lines(&planned) {
        tell(&line);
    }
    // Also where nothing differs: not everything that is configured shows on the homeserver.
    let (answer, did) = control::ask(config, Request::ApplyRooms(config.room_settings())).await?;
    match answer {
        Answer::RoomsApplied => {}
        Answer::NotNow(why) => bail!("{why}"),
        Answer::Roster(_) | Answer::Rooms(_) => bail!(control::UNEXPECTED),
    }
    let left = look(config).await?;
    if shown::is_left(&left) {
        bail!("this is not as it should be yet:\n{}", shown::lines(&left).join("\n"));
    }
    tell(&shown::done(&planned, did == Did::Offline));
    Ok(())
}

async fn look(config: &Config) -> anyhow::Result<Vec<Planned>> {
    let (answer, _) = control::ask(config, Request::PlanRooms(config.room_settings())).await?;
    match answer {
        Answer::Rooms(planned) => Ok(planned),
        Answer::NotNow(why) => bail!("{why}"),
        Answer::Roster(_) | Answer::RoomsApplied => bail!(control::UNEXPECTED),
    }
}
