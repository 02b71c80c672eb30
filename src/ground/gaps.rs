//! Filling in what a sync response left out, before its token is taken: a gap that is passed over is lost for good.

use crate::homeserver::{Called, Events, Homeserver, Page, RoomRef};
use crate::news::{Delivery, News};

/// Fills every gap in the hub's rooms, back to `since`, where the response before it ended.
///
/// Without a token to go back to, the whole history is read; the ledger knows what of it was dealt with. Rooms that
/// are not the hub's are passed over, for their history may be endless; `wanted` says what of the others is looked at.
pub async fn fill(
    server: &impl Homeserver,
    since: Option<&str>,
    wanted: impl Fn(&RoomRef) -> Option<Events>,
    delivery: &mut Delivery,
) -> Called<()> {
    for room in &mut delivery.rooms {
        let Some((start, events)) = room.gap.take().zip(wanted(&room.room)) else { continue };
        let mut from = Some(start);
        let mut older: Vec<News> = Vec::new();
        while let Some(start) = from {
            let Page { news, next } = server.history(&room.room, events, &start, since).await?;
            older.extend(news);
            from = next;
        }
        older.reverse();
        older.append(&mut room.news);
        room.news = older;
    }
    Ok(())
}
