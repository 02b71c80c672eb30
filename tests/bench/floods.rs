//! The time that a member waits for an answer while others misbehave: before, and during each of three floods. Beside
//! the hub, by turns, the echo answers the same member on the same homeserver, which has all that the flood costs the
//! homeserver to bear too; the rest is the hub's own.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, ensure};
use lodge_demo::homeserver::Api;
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::figures::{Figures, Times, progress};
use crate::grounds::{Grounds, People};
use crate::hostile::{Asked, Hostile, MEMBERS};
use crate::replies::WARM_UP;
use crate::settings::count;

/// The people who misbehave have this many accounts, or connections.
const ACCOUNTS: usize = 4;
/// Each of them invites to this many rooms.
const ROOMS: usize = 50;
/// So many that the porter does not put an end to the storm by pausing its writers.
const UNPAUSED: &str = "moderation.messages_a_minute = 10000";
/// A room for many, as it stands in a configuration.
const LOBBY: &str = r#"rooms=[{ key = "lobby", name = "Lobby", topic = "Hello.", purpose = "lobby", joins = ["student"],
    posts = ["student"], encrypted = false, history = "shared" }]"#;

pub async fn measure(figures: &mut Figures, grounds: &Grounds) -> Result<()> {
    let replies = count("LODGE_BENCH_REPLIES", 100)?;
    let hostile = Hostile::before(grounds.homeserver.port()).await?;
    progress("a hub that others are to flood, and an echo");
    let (hub, mut people) =
        grounds.people("flooded", ["flooded-sam", "flooded-alex"], &hostile.url(), &[LOBBY, UNPAUSED]).await?;
    let lobby = people.alex.asks_in(&people.with_porter[1], "join lobby", &people.porter).await?;
    by_turns(figures, "reply before any flood", &mut people, || true, replies).await?;

    let invitations = count("LODGE_BENCH_INVITATIONS", 10_000)?;
    progress(&format!("floods: {invitations} invitations from {ACCOUNTS} accounts"));
    let flood = Flood::of_invitations(grounds, &people, invitations).await?;
    by_turns(figures, &format!("reply during {invitations} invitations"), &mut people, || flood.goes_on(), usize::MAX)
        .await?;
    flood.over().await?;

    let mentions = count("LODGE_BENCH_MENTIONS", 5_000)?;
    progress(&format!("floods: {mentions} messages that mention the porter, in a room for many"));
    let flood = Flood::of_mentions(&people, &lobby, mentions);
    by_turns(figures, &format!("reply during {mentions} mentions"), &mut people, || flood.goes_on(), usize::MAX)
        .await?;
    flood.over().await?;

    progress(&format!("floods: a member invites into rooms of {MEMBERS}, one after the other"));
    hostile.begin(people.alex.user.clone(), people.porter.clone());
    by_turns(figures, "reply during invitations to rooms of 50,000", &mut people, || true, replies).await?;
    let asked = hostile.end();
    progress(&format!("floods: {asked:?}"));
    in_bounds(&asked)?;
    by_turns(figures, "reply after all floods", &mut people, || true, replies).await?;
    hub.stop().await
}

/// In a room of fifty thousand the porter looks once how many are there, and says nothing.
fn in_bounds(asked: &Asked) -> Result<()> {
    ensure!(asked.joined > 0 && asked.left > 0, "the porter did not come into any of those rooms: {asked:?}");
    ensure!(asked.said == 0 && asked.other == 0, "the porter did more than look how many are there: {asked:?}");
    ensure!(asked.lists <= asked.joined, "the porter looked again and again who is there: {asked:?}");
    Ok(())
}

/// Answers of the hub and of the echo, as many as there are to be while `goes_on`.
async fn by_turns(
    figures: &mut Figures,
    what: &str,
    people: &mut People,
    goes_on: impl Fn() -> bool,
    most: usize,
) -> Result<()> {
    let People { sam, porter, echo, with_porter: [with_porter, _], with_echo: [with_echo, _], .. } = people;
    let (mut hub, mut bare) = (Times::default(), Times::default());
    let mut number = 0;
    while number < most.saturating_add(WARM_UP) && goes_on() {
        let answered = sam.exchange(with_porter, "help", porter, "help").await?;
        let words = format!("{what} {number}");
        let echoed = sam.exchange(with_echo, &words, &echo.user, &words).await?;
        if number >= WARM_UP {
            hub.add(answered);
            bare.add(echoed);
        }
        number += 1;
    }
    figures.beside(what, &hub, &bare, "bare calls", 1.0);
    Ok(())
}

/// Something that goes on beside the measurement, until it is done or cannot go on.
struct Flood(Vec<JoinHandle<Result<()>>>);

impl Flood {
    /// Each account invites the porter into its rooms, over and over; a reason that differs makes each an invitation of
    /// its own, whether or not the last was answered.
    async fn of_invitations(grounds: &Grounds, people: &People, invitations: usize) -> Result<Self> {
        let (mut tasks, left) = (Vec::new(), Arc::new(AtomicUsize::new(invitations)));
        for account in 0..ACCOUNTS {
            let account = grounds.account(&format!("flood-{account}")).await?;
            let api = grounds.homeserver.api()?.with_token(account.access_token);
            let mut rooms = Vec::new();
            for _ in 0..ROOMS {
                rooms.push(room(&api, &json!({ "preset": "private_chat" })).await?);
            }
            let (porter, left) = (people.porter.clone(), left.clone());
            tasks.push(tokio::spawn(async move {
                for room in rooms.iter().cycle() {
                    let Some(number) = next(&left) else { break };
                    let path = format!("/_matrix/client/v3/rooms/{room}/invite");
                    api.post(&path, &json!({ "user_id": porter, "reason": number.to_string() })).await?.ok()?;
                }
                Ok(())
            }));
        }
        Ok(Self(tasks))
    }

    /// In a room for many, Alex mentions the porter over and over.
    fn of_mentions(people: &People, room: &str, mentions: usize) -> Self {
        let (mut tasks, left) = (Vec::new(), Arc::new(AtomicUsize::new(mentions)));
        for _ in 0..ACCOUNTS {
            let (room, porter, left) = (room.to_owned(), people.porter.clone(), left.clone());
            let api = people.alex.api().clone();
            tasks.push(tokio::spawn(async move {
                while let Some(number) = next(&left) {
                    let path = format!("/_matrix/client/v3/rooms/{room}/send/m.room.message/m{number}");
                    let mentions = json!({ "user_ids": [porter] });
                    let content =
                        json!({ "msgtype": "m.text", "body": format!("{porter} help"), "m.mentions": mentions });
                    api.put(&path, &content).await?.ok()?;
                }
                Ok(())
            }));
        }
        Self(tasks)
    }

    fn goes_on(&self) -> bool {
        self.0.iter().any(|task| !task.is_finished())
    }

    async fn over(self) -> Result<()> {
        for task in self.0 {
            task.await??;
        }
        Ok(())
    }
}

/// The number of the next, as long as there is one.
fn next(left: &AtomicUsize) -> Option<usize> {
    left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).ok()
}

async fn room(api: &Api, creation: &Value) -> Result<String> {
    let made = api.post("/_matrix/client/v3/createRoom", creation).await?.ok()?;
    made["room_id"].as_str().map(str::to_owned).context("a room has an id")
}
