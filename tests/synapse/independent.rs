//! The main path with a client that shares no code with the hub and does not cross-sign.

use anyhow::{Context, Result};
use lodge_demo::household::Guest;

use crate::house;
use crate::lodging::{Lodging, details_in, request, request_in};
use crate::stranger::Stranger;

#[tokio::test(flavor = "multi_thread")]
async fn somebody_with_another_client_and_no_cross_signing_is_introduced_like_anybody() -> Result<()> {
    let homeserver = house::homeserver().await;
    let mut lodging = Lodging::prepare(homeserver, "nio", &["sam", "alex"], &[]).await?;
    lodging.start();
    let sam = Guest::arrive(lodging.person(homeserver, "nio", "sam").await?, &lodging.porter).await?;
    let to = homeserver.register("nio-alex", house::PASSWORD, false).await?.user_id;
    let porter = lodging.porter.as_str();

    let mut alex = Stranger::log_in(homeserver, to.as_str()).await?;
    let conversation = alex.comes_in(porter).await?;
    alex.hears(&conversation, porter, Some("welcome")).await?;
    alex.says(&conversation, "agree").await?;
    alex.hears(&conversation, porter, Some("agreed")).await?;
    alex.says(&conversation, "help").await?;
    alex.hears(&conversation, porter, Some("help")).await?;
    request(&sam, &to).await?;
    let asked = alex.hears(&conversation, porter, Some("asked")).await?;
    let previews = sam.person.seen().into_iter().rfind(|seen| seen.is_wording("preview"));
    let shown = previews.as_ref().and_then(|preview| preview.body()).context("Sam saw a preview")?;
    assert_eq!(request_in(&asked), request_in(shown));
    alex.says(&conversation, "yes with email").await?;
    alex.hears(&conversation, porter, Some("yes-recorded")).await?;
    let of_sam = alex.hears(&conversation, porter, Some("agreed-addressee")).await?;
    assert_eq!(details_in(&of_sam), ["Name: Sam", &format!("Address: {}", sam.person.user_id())]);
    let of_alex = sam.hears("agreed-requester").await?;
    assert!(details_in(&of_alex).contains(&"Email: alex@mail.example"), "{of_alex}");

    let room = sam.person.invited_by(&sam.porter).await?.room;
    assert_eq!(alex.comes_in(porter).await?, room);
    alex.hears(room.as_str(), porter, Some("first-here")).await?;
    sam.person.join(&room).await?;
    alex.hears(room.as_str(), porter, Some("opening-note")).await?;
    assert_eq!(sam.person.hears("opening-note").await?.room, room);
    alex.sees_leaving(room.as_str(), porter).await?;
    alex.says(room.as_str(), "Hello Sam.").await?;
    assert_eq!(sam.person.next_from(&to).await?.body(), Some("Hello Sam."));
    sam.person.say(&room, "Hello Alex.").await?;
    assert_eq!(alex.hears(room.as_str(), sam.person.user_id().as_str(), None).await?, "Hello Alex.");
    alex.ends().await?;
    lodging.close(&[&sam]).await
}
