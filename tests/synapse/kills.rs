//! The program is killed between an addressee's yes and the invitations, again and again, and started again.

mod program;
mod tap;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use anyhow::Result;
use lodge_channel::room::EFFECT_KEY;
use lodge_demo::household::Guest;
use matrix_sdk::ruma::{OwnedEventId, OwnedRoomId, UserId};
use serde_json::Value;
use tokio::time::timeout;

use self::program::Program;
use self::tap::{Call, Fault, Tap, When};
use crate::acting::Acts as _;
use crate::house::homeserver;
use crate::lodging::{self, Lodging, invitations};

/// While the hub is being killed, it may take this long to come to a moment, and people to see something.
const PATIENCE: Duration = Duration::from_mins(1);

/// At least this many kills must come before the second invitation is made.
const KILLS: usize = 20;

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_killed_between_the_yes_and_the_invitations_opens_one_room_and_tells_nobody_twice() {
    let mut house = House::open().await.unwrap();
    let pairs = (0..WHO.len()).flat_map(|one| [1, 2].map(|further| (one, (one + further) % WHO.len())));
    let pairs: Vec<(usize, usize)> = pairs.collect();
    let (mut introductions, mut kills, mut rooms) = (Vec::new(), Vec::new(), Vec::new());
    for ((requester, addressee), faults) in pairs.into_iter().zip(rows()) {
        let introduction = house.ask(requester, addressee).await.unwrap();
        kills.extend(house.agree(&introduction, &faults).await.unwrap());
        rooms.push(house.both_invited(&introduction).await.unwrap());
        introductions.push(introduction);
    }
    let in_time = kills.iter().filter(|invitations| **invitations < 2).count();
    eprintln!("killed {} times, {in_time} of them before the second invitation", kills.len());
    assert!(in_time >= KILLS, "{in_time} kills were early enough: {kills:?}");
    for (introduction, room) in introductions.iter().zip(&rooms) {
        house.meet(introduction, room).await.unwrap();
    }
    house.is_quiet().await.unwrap();
    house.nobody_was_told_twice();
    house.each_pair_has_one_room(&introductions, &rooms).await;
}

/// Everybody; each asks to meet the next two.
const WHO: [&str; 4] = ["sam", "noor", "alex", "robin"];

/// Each has made this many requests, and was asked about as many.
const EACH: usize = 2;

/// The call of one introduction at which the hub is killed.
#[derive(Debug, Clone, Copy)]
enum At {
    /// The sync response with the addressee's yes.
    Yes,
    /// The room is created.
    Create,
    /// The addressee is invited, which comes first.
    InviteAddressee,
    /// The requester is invited.
    InviteRequester,
    /// The addressee's yes is confirmed. It goes its own way beside the room.
    Say,
}

/// The moments of each introduction's kills, in order. A kill that may have come before or after a commit is followed
/// by a call that must come in either case.
fn rows() -> [Vec<(At, When)>; WHO.len() * EACH] {
    use At::{Create, InviteAddressee, InviteRequester, Say, Yes};
    use When::{Answered, Asked, Begun};
    let told = |micros| When::Told(Duration::from_micros(micros));
    [
        vec![
            (Yes, Answered),
            (Create, Asked),
            (Create, Begun),
            (InviteAddressee, Asked),
            (InviteAddressee, Begun),
            (InviteRequester, Asked),
        ],
        vec![(Create, Answered), (InviteAddressee, Answered), (InviteRequester, Begun), (InviteRequester, Answered)],
        vec![(Yes, told(0)), (InviteAddressee, told(0)), (InviteRequester, Asked)],
        vec![(Say, Asked), (InviteAddressee, Answered), (InviteRequester, Asked), (InviteRequester, Begun)],
        vec![(Yes, told(9_000)), (InviteAddressee, told(2_500)), (InviteRequester, Answered)],
        vec![(Say, Begun), (InviteAddressee, Asked), (InviteAddressee, told(7_000))],
        vec![(Create, told(500)), (InviteRequester, Asked), (InviteRequester, told(1_000))],
        vec![(Yes, told(23_000)), (InviteAddressee, Begun), (InviteRequester, Begun)],
    ]
}

/// A request that waits for its addressee.
struct Introduction {
    requester: usize,
    addressee: usize,
    /// The message that asked the addressee.
    asked: OwnedEventId,
}

/// A hub that is killed, and its people.
struct House {
    lodging: Lodging,
    tap: Tap,
    program: Option<Program>,
    guests: Vec<Guest>,
}

impl House {
    async fn open() -> Result<Self> {
        let homeserver = homeserver().await;
        let tap = Tap::open(homeserver.port()).await;
        let through = format!("matrix.homeserver={}", tap.url());
        let lodging = Lodging::prepare(homeserver, "kills", &WHO, &[&through]).await?;
        let mut house = Self { lodging, tap, program: None, guests: Vec::new() };
        house.start();
        for who in WHO {
            let mut person = house.lodging.person(homeserver, "kills", who).await?;
            person.set_patience(PATIENCE);
            house.guests.push(Guest::arrive(person, &house.lodging.porter).await?);
        }
        Ok(house)
    }

    fn start(&mut self) {
        self.program = Some(Program::start(&self.lodging.configuration, &self.lodging.overrides));
    }

    /// One asks to meet another, who is asked.
    async fn ask(&self, requester: usize, addressee: usize) -> Result<Introduction> {
        let to = &self.guests[addressee].person;
        lodging::request(&self.guests[requester], to.user_id()).await?;
        let asked = to.hears("asked").await?.event_id.unwrap();
        Ok(Introduction { requester, addressee, asked })
    }

    /// The addressee says yes, to some by a reply and to others by the bare word, and the hub is killed at each of these
    /// moments and started again. Returns how many invitations had been made at each.
    async fn agree(&mut self, introduction: &Introduction, faults: &[(At, When)]) -> Result<Vec<usize>> {
        self.tap.forget_invitations();
        let mut invitations = Vec::new();
        for (index, (at, when)) in faults.iter().enumerate() {
            let fault = Fault { call: self.call(*at, introduction), when: *when };
            let falls = self.tap.kill_at(fault, self.program.take().unwrap());
            if index == 0 {
                let Guest { person, room, .. } = &self.guests[introduction.addressee];
                match introduction.requester % 2 {
                    0 => person.say(room, "yes").await?,
                    _ => person.reply(room, &introduction.asked, "yes").await?,
                };
            }
            let fallen = timeout(PATIENCE, falls).await;
            let fallen = fallen.unwrap_or_else(|_| panic!("waited in vain for {at:?} {when:?}, {index} of {faults:?}"));
            invitations.push(fallen?);
            self.start();
        }
        Ok(invitations)
    }

    fn call(&self, at: At, introduction: &Introduction) -> Call {
        let address = |guest: usize| self.guests[guest].person.user_id().to_string();
        match at {
            At::Yes => Call::Words(address(introduction.addressee)),
            At::Create => Call::Create,
            At::InviteAddressee => Call::Invite(address(introduction.addressee)),
            At::InviteRequester => Call::Invite(address(introduction.requester)),
            At::Say => Call::Say,
        }
    }

    fn pair(&self, introduction: &Introduction) -> [&Guest; 2] {
        [introduction.requester, introduction.addressee].map(|guest| &self.guests[guest])
    }

    /// Both are told, and invited to one and the same room.
    async fn both_invited(&self, introduction: &Introduction) -> Result<OwnedRoomId> {
        let [requester, addressee] = self.pair(introduction);
        addressee.hears("yes-recorded").await?;
        lodging::agreed(requester, addressee).await
    }

    /// Both come in, hear the opening note, and can talk.
    async fn meet(&self, introduction: &Introduction, room: &OwnedRoomId) -> Result<()> {
        let [requester, addressee] = self.pair(introduction);
        lodging::meet(requester, addressee, room).await?;
        lodging::talk(&requester.person, &addressee.person, room, "Hello").await
    }

    /// Everything has been said: the answer to a question comes after all messages that stood before it.
    async fn is_quiet(&self) -> Result<()> {
        for guest in &self.guests {
            guest.asks("help", "help").await?;
            guest.person.settle().await?;
        }
        Ok(())
    }

    fn nobody_was_told_twice(&self) {
        let once = ["welcome", "agreed", "help"].map(|words| (words, 1));
        let asking = ["ask-known-how", "preview", "sent", "agreed-requester"].map(|words| (words, EACH));
        let answering = ["asked", "yes-recorded", "agreed-addressee"].map(|words| (words, EACH));
        let meeting = [("first-here", EACH), ("opening-note", 2 * EACH)];
        let expected = once.into_iter().chain(asking).chain(answering).chain(meeting);
        let expected: BTreeMap<String, usize> = expected.map(|(words, count)| (words.to_owned(), count)).collect();
        for guest in &self.guests {
            assert_eq!(told(guest), expected, "{}", guest.person.user_id());
        }
    }

    /// Of the rooms that the porter ever made, each pair was invited to one, and nobody to any other.
    async fn each_pair_has_one_room(&self, introductions: &[Introduction], rooms: &[OwnedRoomId]) {
        let mut expected: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut expect = |room: &OwnedRoomId, guest: &Guest| {
            expected.entry(room.to_string()).or_default().insert(guest.person.user_id().to_string());
        };
        for guest in &self.guests {
            expect(&guest.room, guest);
        }
        for (introduction, room) in introductions.iter().zip(rooms) {
            for guest in self.pair(introduction) {
                expect(room, guest);
            }
        }
        let (invited, empty) = invited_to_rooms_of(&self.lodging.porter).await;
        eprintln!("{} rooms with people, {empty} that were left with nobody ever invited", invited.len());
        assert_eq!(invited, expected);
        // A room that everybody left has no state any more. The people it was shown to remember it.
        for Guest { person, .. } in &self.guests {
            let mut seen: Vec<String> = invitations(person).iter().map(ToString::to_string).collect();
            seen.sort();
            let theirs = expected.iter().filter(|(_, people)| people.contains(person.user_id().as_str()));
            assert_eq!(seen, theirs.map(|(room, _)| room.clone()).collect::<Vec<_>>(), "{}", person.user_id());
        }
    }
}

impl Drop for House {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("What the hub said:\n{}", Program::said(&self.lodging.configuration));
        }
    }
}

/// The number of times that each of the porter's wordings reached somebody. Fails if an effect reached them twice.
fn told(guest: &Guest) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let mut effects = BTreeSet::new();
    for seen in guest.person.seen() {
        let Some(message) = seen.message().filter(|_| seen.sender == guest.porter) else { continue };
        let wording = message.wording.clone().unwrap();
        assert!(effects.insert(message.effect.clone().unwrap()), "{} heard {wording} twice", guest.person.user_id());
        *counts.entry(wording).or_default() += 1;
    }
    counts
}

/// Of the marked rooms that the porter made, who was invited to each; and how many there are with nobody.
async fn invited_to_rooms_of(porter: &UserId) -> (BTreeMap<String, BTreeSet<String>>, usize) {
    let administrator = homeserver().await.administrator().await.unwrap();
    let get = async |path: &str| administrator.get(path).await.unwrap().ok().unwrap();
    let list = get("/_synapse/admin/v1/rooms?limit=10000").await;
    assert!(list["next_batch"].is_null(), "there are more rooms than one answer holds");
    let rooms = list["rooms"].as_array().unwrap().iter().filter(|room| room["creator"] == porter.as_str());
    let mut invited = BTreeMap::new();
    let mut empty = 0;
    for room in rooms.map(|room| room["room_id"].as_str().unwrap()) {
        let state = get(&format!("/_synapse/admin/v1/rooms/{room}/state")).await;
        let events = state["state"].as_array().unwrap();
        let other = |event: &&Value| event["type"] == "m.room.member" && event["state_key"] != porter.as_str();
        let people: BTreeSet<_> =
            events.iter().filter(other).map(|event| event["state_key"].as_str().unwrap().to_owned()).collect();
        if people.is_empty() {
            empty += 1;
            continue;
        }
        let created = events.iter().find(|event| event["type"] == "m.room.create").unwrap();
        assert!(created["content"][EFFECT_KEY].is_string(), "{room} has no marker");
        invited.insert(room.to_owned(), people);
    }
    (invited, empty)
}
