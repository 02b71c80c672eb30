//! The people of `tests/containers/run`: real encrypted clients, who do as standard input says.
//!
//! `containers HOMESERVER PASSWORD` logs people in there. Each line of the input is a deed in JSON, and each line of
//! the output its outcome: `{"done": …}` or `{"failed": "why"}`. The people live as long as the input.

use std::collections::{BTreeMap, BTreeSet};
use std::io::stdin;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use lodge_demo::Person;
use lodge_demo::household::Guest;
use lodge_demo::person::{Kind, Seen};
use matrix_sdk::ruma::{OwnedRoomId, OwnedUserId};
use serde::Deserialize;
use serde_json::{Value, json};

/// The time for which somebody waits for something: a container may be starting meanwhile.
const PATIENCE: Duration = Duration::from_mins(4);

/// A deed of somebody's. `who` is the name before the colon; `to` is the account of a service.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
enum Deed {
    /// They log in.
    LogIn { who: String },
    /// They accept the service's invitation to their conversation.
    ComeIn { who: String, to: OwnedUserId },
    /// They write to the service first, and come into the conversation that it opens instead.
    Visit { who: String, to: OwnedUserId },
    /// They say something to the service.
    Say { who: String, to: OwnedUserId, text: String },
    /// They read the words with this id from the service, encrypted; the words.
    Hear { who: String, to: OwnedUserId, wording: String },
    /// They come into a room that the service invites them to; the room.
    Enter { who: String, to: OwnedUserId },
    /// They see the service leave that room.
    SeeLeave { who: String, to: OwnedUserId, room: OwnedRoomId },
    /// They say something in that room, encrypted, and somebody else reads it there.
    Tell { who: String, room: OwnedRoomId, text: String, other: String },
    /// Waits until all that was sent has arrived, and then gives everything that each of them was told by a service, in
    /// order.
    Told,
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(homeserver), Some(password)) = (arguments.next(), arguments.next()) else {
        anyhow::bail!("usage: containers HOMESERVER PASSWORD")
    };
    let mut town = Town { homeserver, password, people: BTreeMap::new(), guests: BTreeMap::new() };
    // The people follow their rooms on threads of their own meanwhile.
    for line in stdin().lines() {
        let line = line?;
        let deed = serde_json::from_str(&line).with_context(|| format!("this is no deed: {line}"))?;
        let answer = match town.play(deed).await {
            Ok(done) => json!({ "done": done }),
            Err(why) => json!({ "failed": format!("{why:#}") }),
        };
        println!("{answer}");
    }
    Ok(())
}

struct Town {
    homeserver: String,
    password: String,
    people: BTreeMap<String, Arc<Person>>,
    /// The people in a conversation, each with the service.
    guests: BTreeMap<(String, OwnedUserId), Guest>,
}

impl Town {
    async fn play(&mut self, deed: Deed) -> Result<Value> {
        match deed {
            Deed::LogIn { who } => {
                let mut person = Person::log_in(&self.homeserver, &who, &self.password).await?;
                person.set_patience(PATIENCE);
                self.people.insert(who, Arc::new(person));
            }
            Deed::ComeIn { who, to } => {
                let guest = Guest::come_in(self.person(&who)?, &to).await?;
                self.guests.insert((who, to), guest);
            }
            Deed::Visit { who, to } => {
                let guest = Guest::visit(self.person(&who)?, &to).await?;
                self.guests.insert((who, to), guest);
            }
            Deed::Say { who, to, text } => self.guest(who, to)?.says(&text).await?,
            Deed::Hear { who, to, wording } => return Ok(self.guest(who, to)?.hears(&wording).await?.into()),
            Deed::Enter { who, to } => {
                let person = self.person(&who)?;
                let room = person.invited_by(&to).await?.room;
                person.join(&room).await?;
                return Ok(room.as_str().into());
            }
            Deed::SeeLeave { who, to, room } => drop(self.person(&who)?.sees_leaving(&room, &to).await?),
            Deed::Tell { who, room, text, other } => self.tell(&who, &room, &text, &other).await?,
            Deed::Told => return self.told().await,
        }
        Ok(Value::Null)
    }

    fn person(&self, who: &str) -> Result<Arc<Person>> {
        self.people.get(who).cloned().with_context(|| format!("{who} has not logged in"))
    }

    fn guest(&self, who: String, to: OwnedUserId) -> Result<&Guest> {
        self.guests.get(&(who, to)).context("they are in no conversation with that service")
    }

    async fn tell(&self, who: &str, room: &OwnedRoomId, text: &str, other: &str) -> Result<()> {
        let (who, other) = (self.person(who)?, self.person(other)?);
        who.say(room, text).await?;
        let heard = other.next_from(who.user_id()).await?;
        let encrypted = heard.message().is_some_and(|message| message.encrypted);
        ensure!(encrypted && heard.body() == Some(text) && heard.room == *room, "this arrived: {heard}");
        Ok(())
    }

    async fn told(&self) -> Result<Value> {
        let services: BTreeSet<&OwnedUserId> = self.guests.keys().map(|(_, service)| service).collect();
        let mut all = BTreeMap::new();
        for (who, person) in &self.people {
            person.settle().await?;
            let seen = person.seen();
            let told = seen.iter().filter(|one| services.contains(&one.sender)).filter_map(|one| words(one, &seen));
            all.insert(who, told.collect::<Vec<_>>());
        }
        Ok(json!(all))
    }
}

/// The service, the id of the wording, and the id of the effect, if this is a message. The wording is `?` where it
/// could never be read.
fn words(one: &Seen, seen: &[Seen]) -> Option<Value> {
    match &one.kind {
        Kind::Message(message) => {
            let wording = message.wording.as_deref().unwrap_or("(no wording)");
            Some(json!({ "from": one.sender, "wording": wording, "for": message.effect }))
        }
        Kind::Undecryptable => {
            let later = seen.iter().any(|other| other.event_id == one.event_id && other.message().is_some());
            (!later).then(|| json!({ "from": one.sender, "wording": "?", "for": null }))
        }
        Kind::Reaction { .. }
        | Kind::Invited { .. }
        | Kind::Joined { .. }
        | Kind::Left { .. }
        | Kind::Redacted { .. }
        | Kind::Other { .. } => None,
    }
}
