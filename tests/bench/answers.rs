//! Whether the time that the porter takes tells a requester whom they asked for: a member, or an address that nobody has.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use lodge_demo::homeserver::Limits;
use lodge_demo::household::Guest;
use matrix_sdk::ruma::{OwnedUserId, UserId};
use tokio::task::JoinSet;

use crate::figures::{Figures, Times, progress};
use crate::grounds::Grounds;
use crate::replies::WARM_UP;
use crate::settings::count;

/// A porter that is limited says one thing in five seconds.
const PATIENCE: Duration = Duration::from_mins(3);

const NAMES: [&str; 2] = ["asks-sam", "asks-alex"];

/// The times until the porter said something: after a request to a member, and after one to nobody.
#[derive(Default)]
struct Pair {
    member: Times,
    nobody: Times,
}

impl Pair {
    fn add(&mut self, to_member: bool, time: Duration) {
        if to_member { self.member.add(time) } else { self.nobody.add(time) }
    }

    fn show(&self, figures: &mut Figures, what: &str) {
        figures.alike(what, &self.member, &self.nobody, "to nobody");
    }
}

/// Measures it with a porter that nothing limits, as an operator is told to see to.
pub async fn measure(figures: &mut Figures, grounds: &Grounds) -> Result<()> {
    let pairs = count("LODGE_BENCH_PAIRS", 100)?;
    progress(&format!("answers: {pairs} requests to a member and as many to nobody, by turns, each taken back twice"));
    let (mut sent, mut on_its_way, mut brought) = (Pair::default(), Pair::default(), Pair::default());
    let settings = ["introductions.settle=1s", "introductions.bring_after=150ms"];
    let house = House::open(grounds, &settings).await?;
    for number in 0..WARM_UP + pairs {
        for to_member in in_turn(number) {
            let first = house.ask(to_member).await?;
            let taken_back = house.take_back().await?;
            house.ask(to_member).await?;
            // For nobody there is nothing to see; the wait is the same.
            tokio::time::sleep(Duration::from_millis(400)).await;
            let later = house.take_back().await?;
            if number >= WARM_UP {
                sent.add(to_member, first);
                on_its_way.add(to_member, taken_back);
                brought.add(to_member, later);
            }
        }
    }
    sent.show(figures, "request sent to a member");
    on_its_way.show(figures, "taken back on its way");
    brought.show(figures, "taken back after it was brought");
    house.hub.stop().await
}

/// Measures it on homeservers that limit the porter as Synapse comes, so that each word to one delays the next to another.
pub async fn limited(figures: &mut Figures) -> Result<()> {
    let (pairs, houses) = (count("LODGE_BENCH_LIMITED", 200)?, count("LODGE_BENCH_HOUSES", 20)?);
    progress(&format!("limited: {pairs} requests to a member and as many to nobody, on {houses} homeservers at once"));
    let mut running = JoinSet::new();
    for number in 0..houses {
        let grounds = Grounds::open_with(Limits::Stock).await?;
        running.spawn(limited_house(grounds, pairs.div_ceil(houses), number));
    }
    let (mut sent, mut taken_back, mut answered) = (Pair::default(), Pair::default(), Pair::default());
    while let Some(of_house) = running.join_next().await {
        for Asked { to_member, times } in of_house?? {
            sent.add(to_member, times[0]);
            taken_back.add(to_member, times[1]);
            answered.add(to_member, times[2]);
        }
        progress("limited: a homeserver is done");
    }
    sent.show(figures, "limited: request sent to a member");
    taken_back.show(figures, "limited: taken back on its way");
    answered.show(figures, "limited: no answer by the deadline");
    Ok(())
}

/// Two requests to the same address as their requester saw them: the first taken back, the second left unanswered.
struct Asked {
    to_member: bool,
    times: [Duration; 3],
}

async fn limited_house(grounds: Grounds, pairs: usize, seed: usize) -> Result<Vec<Asked>> {
    let settings = ["introductions.bring_after=2s", "introductions.answer_within=25s", "introductions.reminders=[]"];
    let house = House::open(&grounds, &settings).await?;
    let mut all = Vec::new();
    for number in 0..pairs {
        for to_member in in_turn(number + seed) {
            let sent = house.ask(to_member).await?;
            let taken_back = house.take_back().await?;
            house.ask(to_member).await?;
            house.sam.hears("no-introduction").await?;
            let answered = house.between("send", "no-introduction")?;
            all.push(Asked { to_member, times: [sent, taken_back, answered] });
        }
    }
    house.hub.stop().await?;
    grounds.close().await?;
    Ok(all)
}

/// The order of the two: that of Thue and Morse's sequence, in which each comes as often after the one as after the other,
/// and so with what came before that. So the order tells nothing either.
fn in_turn(number: usize) -> [bool; 2] {
    if number.count_ones().is_multiple_of(2) { [true, false] } else { [false, true] }
}

/// A hub, somebody who asks, and whom they ask for.
struct House {
    hub: lodge_demo::running::Running,
    sam: Guest,
    /// Somebody must read as Alex, or their client would never have the keys that the porter sends.
    alex: Guest,
    nobody: OwnedUserId,
}

impl House {
    async fn open(grounds: &Grounds, set: &[&str]) -> Result<Self> {
        let (hub, porter) = grounds.hub("porter_asked", &NAMES, set).await?;
        let mut guests = Vec::new();
        for name in NAMES {
            let mut person = grounds.person(name).await?;
            person.set_patience(PATIENCE);
            // It is the porter that is to be limited.
            grounds.homeserver.override_ratelimit(person.user_id()).await?;
            guests.push(Guest::arrive(person, &porter).await?);
        }
        let nobody = UserId::parse(format!("@asks-olex:{}", grounds.homeserver.server_name()))?;
        let [sam, alex] = <[Guest; 2]>::try_from(guests).ok().context("two guests came")?;
        Ok(Self { hub, sam, alex, nobody })
    }

    /// Sam asks; how long it takes until the porter says that it is on its way.
    async fn ask(&self, for_member: bool) -> Result<Duration> {
        let to = if for_member { self.alex.person.user_id() } else { &self.nobody };
        self.sam.asks(&format!("introduce {to} for career advice: May I ask how you began?"), "ask-known-how").await?;
        self.sam.asks("no", "preview").await?;
        let began = Instant::now();
        self.sam.asks("send", "sent").await?;
        Ok(began.elapsed())
    }

    /// Sam takes it back; how long it takes until the porter says that it is done.
    async fn take_back(&self) -> Result<Duration> {
        let began = Instant::now();
        self.sam.asks("withdraw", "withdrawn").await?;
        Ok(began.elapsed())
    }

    /// By the homeserver's clock, how long it took from Sam's last words like these to the porter's last of this wording.
    fn between(&self, words: &str, wording: &str) -> Result<Duration> {
        let seen = self.sam.person.seen();
        let typed = seen.iter().rfind(|seen| seen.body() == Some(words)).context("it was not sent")?;
        let told = seen.iter().rfind(|seen| seen.is_wording(wording)).context("it was not said")?;
        Ok(Duration::from_millis(told.at.saturating_sub(typed.at)))
    }
}
