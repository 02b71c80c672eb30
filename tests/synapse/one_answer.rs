//! The rule of one answer, by the messages that a requester's client gets: if an introduction does not come about, for
//! any reason, they are those of silence, message for message.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use lodge_core::people::member::{Field, Role};
use lodge_demo::Person;
use lodge_demo::household::{Guest, Resident};
use lodge_demo::person::{Kind, Seen};
use matrix_sdk::ruma::{OwnedUserId, UserId};
use tokio::task::JoinSet;

use crate::house;
use crate::lodging::{Lodging, invitations, request};

/// The way in which an introduction comes to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Silence,
    No,
    BlockBefore,
    Pause,
    NotAMember,
    Counsels,
    Forgotten,
}

const WAYS: [Way; 7] =
    [Way::Silence, Way::No, Way::BlockBefore, Way::Pause, Way::NotAMember, Way::Counsels, Way::Forgotten];

/// The beginning of everybody's name.
const NAME: &str = "oneanswers";

/// Long enough that all that is said before it is answered before it, on a busy machine too.
const WITHIN_MS: u64 = 60_000;

/// Patience for things that come after the deadline.
const PATIENCE: Duration = Duration::from_mins(4);

#[tokio::test(flavor = "multi_thread")]
async fn i03_seven_ways_of_not_happening_look_like_silence_to_the_requesters_client() -> Result<()> {
    let homeserver = house::homeserver().await;
    let residents: Vec<Resident> = WAYS.iter().flat_map(|way| way.residents()).collect();
    let within = format!("introductions.answer_within={WITHIN_MS}ms");
    let directory = tempfile::tempdir()?;
    let accounts = accounts(&directory.path().join("accounts.toml"), homeserver.server_name())?;
    let set = [&within, "introductions.reminders=[\"10s\"]", "rights.forget_within=100ms", &accounts];
    let mut lodging = Lodging::prepare_for(homeserver, NAME, &residents, &set).await?;
    lodging.start();
    let mut lives = JoinSet::new();
    for way in WAYS {
        let mut requester = lodging.person(homeserver, NAME, way.requester()).await?;
        requester.set_patience(PATIENCE);
        let mut addressee = lodging.person(homeserver, NAME, way.addressee()).await?;
        addressee.set_patience(PATIENCE);
        let porter = lodging.porter.clone();
        lives.spawn(async move { live(way, requester, addressee, porter).await.with_context(|| format!("{way:?}")) });
    }
    let mut traces = BTreeMap::new();
    while let Some(life) = lives.join_next().await {
        let (way, requester, got) = life??;
        traces.insert(way, (requester, got));
    }
    let silence = &traces[&Way::Silence].1;
    for (way, (_, got)) in &traces {
        for (got, silence) in got.iter().zip(silence) {
            assert_eq!(got, silence, "{way:?} does not look like silence");
        }
        assert_eq!(got.len(), silence.len(), "{way:?} is longer or shorter than silence");
    }
    let requesters: Vec<&Guest> = traces.values().map(|(requester, _)| requester).collect();
    lodging.close(&requesters).await
}

/// Writes down who counsels; the setting that names the file.
fn accounts(file: &Path, server: &str) -> Result<String> {
    let counsels = format!("@{NAME}-{}:{server}", Way::Counsels.addressee());
    let accounts = format!("counsel = \"@quiet:{server}\"\n[[counsellors]]\nuser = \"{counsels}\"\nname = \"Alex\"\n");
    std::fs::write(file, accounts)?;
    Ok(format!("service.accounts={}", file.display()))
}

impl Way {
    fn requester(self) -> &'static str {
        match self {
            Self::Silence => "silence-sam",
            Self::No => "no-sam",
            Self::BlockBefore => "block-sam",
            Self::Pause => "pause-sam",
            Self::NotAMember => "stranger-sam",
            Self::Counsels => "counsels-sam",
            Self::Forgotten => "forgotten-sam",
        }
    }

    fn addressee(self) -> &'static str {
        match self {
            Self::Silence => "silence-alex",
            Self::No => "no-alex",
            Self::BlockBefore => "block-alex",
            Self::Pause => "pause-alex",
            Self::NotAMember => "stranger-alex",
            Self::Counsels => "counsels-alex",
            Self::Forgotten => "forgotten-alex",
        }
    }

    /// The members among the two.
    fn residents(self) -> Vec<Resident> {
        let details = &[(Field::Course, "History, second year")];
        let sam = Resident { localpart: self.requester(), name: "Sam", role: Role::Student, details };
        let alex = Resident { localpart: self.addressee(), name: "Alex", role: Role::Alumnus, details: &[] };
        if self.is_of_a_member() { vec![sam, alex] } else { vec![sam] }
    }

    /// Whether the addressee is a member.
    fn is_of_a_member(self) -> bool {
        match self {
            Self::Silence | Self::No | Self::BlockBefore | Self::Pause | Self::Forgotten => true,
            Self::NotAMember | Self::Counsels => false,
        }
    }

    /// The addressee's acts before they are asked.
    async fn before(self, addressee: &Guest, requester: &UserId) -> Result<()> {
        match self {
            Self::Silence | Self::No | Self::NotAMember | Self::Counsels => {}
            Self::BlockBefore => drop(addressee.asks(&format!("block {requester}"), "block-recorded").await?),
            Self::Pause => drop(addressee.asks("pause for 3 weeks", "paused").await?),
            Self::Forgotten => {
                addressee.asks("forget me now", "forgetting").await?;
                addressee.person.sees_leaving(&addressee.room, &addressee.porter).await?;
            }
        }
        Ok(())
    }

    /// The addressee's acts about the request.
    async fn about_it(self, addressee: &Guest) -> Result<()> {
        match self {
            Self::Silence => drop(addressee.hears("asked").await?),
            Self::No => {
                addressee.hears("asked").await?;
                addressee.asks("no", "no-recorded").await?;
            }
            Self::BlockBefore | Self::Pause | Self::NotAMember | Self::Counsels | Self::Forgotten => {}
        }
        Ok(())
    }
}

/// One life, the same for every requester; what their client got.
async fn live(
    way: Way,
    requester: Person,
    addressee: Person,
    porter: OwnedUserId,
) -> Result<(Way, Guest, Vec<String>)> {
    let requester = Guest::arrive(requester, &porter).await?;
    let to = addressee.user_id().to_owned();
    let addressee = if way.is_of_a_member() { Ok(Guest::arrive(addressee, &porter).await?) } else { Err(addressee) };
    if let Ok(addressee) = &addressee {
        way.before(addressee, requester.person.user_id()).await?;
    }
    request(&requester, &to).await?;
    if let Ok(addressee) = &addressee {
        way.about_it(addressee).await?;
    }
    requester.asks("requests", "requests").await?;
    requester.asks("my data", "my-data").await?;
    requester.asks(&format!("introduce {to}"), "already-waiting").await?;
    requester.asks("cancel", "draft-dropped").await?;
    requester.hears("no-introduction").await?;
    requester.asks("requests", "requests").await?;
    requester.asks("my data", "my-data").await?;
    request(&requester, &to).await?;
    requester.asks("requests", "requests").await?;
    requester.hears("no-introduction").await?;
    requester.asks("withdraw", "nothing-to-withdraw").await?;
    ensure!(requester.person.unexpected().await?.is_empty(), "more was said");
    let invited = invitations(&requester.person);
    ensure!(
        invited == [requester.room.clone()],
        "the invitations were {invited:?}; all: {:?}",
        requester.person.seen()
    );
    if let Err(stranger) = &addressee {
        ensure!(invitations(stranger).is_empty(), "somebody who is no member was invited");
    }
    let got = got(&requester, &to)?;
    Ok((way, requester, got))
}

/// Everything that the requester's client got, in order, without the parts that differ from one requester to another.
fn got(requester: &Guest, to: &UserId) -> Result<Vec<String>> {
    let seen = requester.person.seen();
    let own = requester.person.user_id();
    let moments = |fits: fn(&Seen) -> bool| seen.iter().filter(|seen| fits(seen)).map(|seen| seen.at).collect();
    let sent: Vec<u64> = moments(|seen| seen.body() == Some("send"));
    let told: Vec<u64> = moments(|seen| seen.is_wording("no-introduction"));
    for (sent, told) in sent.iter().zip(&told) {
        ensure!(*told >= sent + WITHIN_MS, "it was told {} ms after it was sent", told.saturating_sub(*sent));
    }
    ensure!((sent.len(), told.len()) == (2, 2), "{} were sent, and {} answered", sent.len(), told.len());
    let people = [(to.as_str(), "@addressee"), (own.as_str(), "@requester"), (requester.porter.as_str(), "@porter")];
    Ok(seen.iter().map(|seen| line(seen, requester, &people)).collect())
}

fn line(seen: &Seen, requester: &Guest, people: &[(&str, &str)]) -> String {
    let plain = |text: &str| {
        let text = people.iter().fold(text.to_owned(), |text, (name, role)| text.replace(name, role));
        without_moments_and_ids(&text)
    };
    let what = match &seen.kind {
        Kind::Message(message) => format!(
            "{:?} {:?} encrypted: {} mentions: {} replaces: {} {}\n{}",
            message.wording,
            message.msgtype,
            message.encrypted,
            message.mentions.len(),
            message.replaces.is_some(),
            plain(&message.body),
            plain(message.html.as_deref().unwrap_or_default()),
        ),
        Kind::Other { event_type, .. } => event_type.clone(),
        other @ (Kind::Reaction { .. }
        | Kind::Invited { .. }
        | Kind::Joined { .. }
        | Kind::Left { .. }
        | Kind::Redacted { .. }
        | Kind::Undecryptable) => plain(&format!("{other:?}")),
    };
    let place = if seen.room == requester.room { "conversation" } else { "elsewhere" };
    format!("{place} {}: {what}", plain(seen.sender.as_str()))
}

/// The text with each moment and each long id as a number, in the order in which they first come.
fn without_moments_and_ids(text: &str) -> String {
    let mut known: Vec<&str> = vec![];
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(|c: char| !(c.is_ascii_alphanumeric() || "-:.".contains(c))) {
        let end = word.rfind(|c: char| c.is_ascii_alphanumeric()).map_or(0, |at| at + 1);
        let (bare, after) = word.split_at(end);
        if is_moment(bare) || is_id(bare) {
            let at = known.iter().position(|found| *found == bare).unwrap_or_else(|| {
                known.push(bare);
                known.len() - 1
            });
            out.extend(["«", &(at + 1).to_string(), "»"]);
        } else {
            out.push_str(bare);
        }
        out.push_str(after);
    }
    out
}

/// A time of day, or a moment as programs write it.
fn is_moment(word: &str) -> bool {
    let shape: String = word.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    shape == "99:99" || shape.starts_with("9999-99-99T99:99:99") && shape.ends_with('Z')
}

/// An id of Lodge's, with what may stand behind it; or the version of a card, which follows from its owner's Matrix id.
fn is_id(word: &str) -> bool {
    let digits = word.chars().take_while(char::is_ascii_hexdigit).count();
    digits == 16 || digits == 32 || digits == 64
}
