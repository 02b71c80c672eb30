//! The time that a member waits for an answer while many are forgotten who were dropped from a roster: before, and from the drop
//! until the last of them is forgotten; and how soon the hub stops in the midst of it.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Result, ensure};
use lodge_core::name::DisplayName;
use lodge_core::people::roster::{Entry, MailAddress, Reach};
use lodge_hub::config::{self, Config};
use lodge_hub::control::{self, Answer, Request};
use lodge_hub::roster::{self, List, Said};

use crate::figures::{Figures, Times, progress};
use crate::grounds::{Grounds, People};
use crate::replies::WARM_UP;
use crate::settings::count;

/// The growth of the erasure journal with each who is forgotten together with others, in bytes.
const JOURNALLED: u64 = 61;

pub async fn measure(figures: &mut Figures, grounds: &Grounds) -> Result<()> {
    let (replies, dropped) = (count("LODGE_BENCH_REPLIES", 100)?, count("LODGE_BENCH_DROPPED", 4000)?);
    progress(&format!("forgetting: {dropped} people on a roster"));
    let (hub, mut people) =
        grounds.people("forgetful", ["forgetful-sam", "forgetful-alex"], &grounds.homeserver.url(), &[]).await?;
    let at = grounds.directory(people.porter.localpart());
    let (config, members) = records(&at)?;
    let everybody: Vec<Entry> = members.iter().cloned().chain(entries(&members, dropped)?).collect();
    take_in(&config, everybody.clone(), None).await?;
    answers(&mut people, |number| number < WARM_UP).await?;
    let before = answers(&mut people, |number| number < replies).await?;

    progress(&format!("forgetting: all but {} are dropped", members.len()));
    let journal = Journal::of(&config);
    let began = Instant::now();
    let dropping = tokio::spawn({
        let (config, members) = (config.clone(), members.clone());
        async move { take_in(&config, members, Some(dropped)).await }
    });
    let during = answers(&mut people, |_| !dropping.is_finished() || journal.forgotten() < dropped as u64).await?;
    let time = began.elapsed();
    dropping.await??;
    figures.rate("forgotten, and members answered", "people", dropped, time);
    figures.beside(&format!("reply while {dropped} are forgotten"), &during, &before, "before", 2.0);
    figures.slowest("the slowest of these", &during, &before, 2.0);

    take_in(&config, everybody, None).await?;
    take_in(&config, members, Some(dropped)).await?;
    let began = Instant::now();
    hub.stop().await?;
    figures.took("stop while they are forgotten", began.elapsed());
    Ok(())
}

/// The configuration of the hub in this directory, and its records.
fn records(at: &Path) -> Result<(Config, Vec<Entry>)> {
    let config = config::load(&at.join("lodge.toml"), &[])?;
    let members = roster::read(&config, &at.join("roster.csv"), &roster::Reading::default())?.entries;
    Ok((config, members))
}

/// So many people who are known by an email address alone, otherwise like the first of these.
fn entries(like: &[Entry], count: usize) -> Result<Vec<Entry>> {
    let entry = |number: usize| {
        let mail = MailAddress::parse(&format!("person{number}@example.org"))?;
        let name = DisplayName::parse(&format!("Person {number}"))?;
        Ok(Entry { mail: Some(mail), address: None, name, ..like[0].clone() })
    };
    (0..count).map(entry).collect()
}

async fn take_in(config: &Config, entries: Vec<Entry>, ends: Option<usize>) -> Result<()> {
    let list = Request::Roster(List { entries, reach: Reach::Whole, apply: true, ends });
    let (answer, _) = control::ask(config, list).await?;
    ensure!(matches!(answer, Answer::Roster(Said::Fine { .. })), "the roster was not taken in: {answer:?}");
    Ok(())
}

/// Answers of the hub, one after the other, while `goes_on`.
async fn answers(people: &mut People, goes_on: impl Fn(usize) -> bool) -> Result<Times> {
    let People { sam, porter, with_porter: [room, _], .. } = people;
    let mut times = Times::default();
    let mut number = 0;
    while goes_on(number) {
        times.add(sam.exchange(room, "help", porter, "help").await?);
        number += 1;
    }
    Ok(times)
}

/// The erasure journal of a hub, which tells how many are forgotten while the hub runs.
struct Journal {
    path: PathBuf,
    before: u64,
}

impl Journal {
    fn of(config: &Config) -> Self {
        let path = config.store.directory.join("store/erasures");
        let mut journal = Self { path, before: 0 };
        journal.before = journal.length();
        journal
    }

    fn length(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |found| found.len())
    }

    fn forgotten(&self) -> u64 {
        (self.length() - self.before) / JOURNALLED
    }
}
