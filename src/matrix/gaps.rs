//! The filling of gaps that a sync response left, before its token is taken: a gap that is passed over is lost for
//! good.

use crate::anew::REACH;
use crate::homeserver::{Called, Events, Homeserver, Page, RoomRef, unless_refused};
use crate::news::{Delivery, News};
use lodge_ground::time::Timestamp;

/// The end of a gap.
#[derive(Debug, Clone, Copy)]
pub enum Back<'a> {
    /// The end of the response before it.
    To(&'a str),
    /// There is no such response, so the gap is filled back to events that were sent before this moment. The ledger
    /// knows which of the others were dealt with.
    Until(Timestamp),
}

impl<'a> Back<'a> {
    /// To the response that ended at `since`; where there is none, as far as is heard anew.
    pub fn after(since: Option<&'a str>, now: Timestamp) -> Self {
        since.map_or_else(|| Self::Until(now.before(REACH)), Self::To)
    }
}

/// Fills every gap in the hub's rooms. Rooms that are not the hub's are passed over, for their history may be endless;
/// `wanted` says what of the others is looked at.
///
/// Gives the rooms whose history the homeserver refuses to show, as of one that the account was taken out of and has let go of.
/// It would refuse again, and nothing else could be heard meanwhile.
pub async fn fill(
    server: &impl Homeserver,
    back: Back<'_>,
    wanted: impl Fn(&RoomRef) -> Option<Events>,
    delivery: &mut Delivery,
) -> Called<Vec<RoomRef>> {
    let mut refused = Vec::new();
    let (since, until) = match back {
        Back::To(token) => (Some(token), None),
        Back::Until(moment) => (None, Some(moment)),
    };
    for room in &mut delivery.rooms {
        let Some((start, events)) = room.gap.take().zip(wanted(&room.room)) else { continue };
        let mut from = Some(start);
        let mut older: Vec<News> = Vec::new();
        while let Some(start) = from {
            let page = unless_refused(server.history(&room.room, events, &start, since).await)?;
            let Some(Page { news, next }) = page else {
                refused.push(room.room.clone());
                break;
            };
            let is_enough = !news.is_empty() && news.iter().all(|news| until.is_some_and(|until| news.at < until));
            older.extend(news);
            from = next.filter(|_| !is_enough);
        }
        older.reverse();
        older.append(&mut room.news);
        room.news = older;
    }
    Ok(refused)
}
