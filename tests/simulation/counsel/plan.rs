//! The plan for the counselling service in one life: its visitors, their questions, and the answers. Everything is
//! drawn for a case and not for the person whose it is, so that two lives can differ in whose it is and in nothing
//! else.

use lodge_core::time::{Span, Timestamp};

use crate::chance::Chance;
use crate::world::START;
use crate::world::faults::Rates;

/// The names of the counsellors, in the order in which clients read of them.
pub const COUNSELLORS: [&str; 3] = ["Kim", "Lee", "Max"];

/// At most this many people come. A slot stands for one of them.
pub const SLOTS: usize = 6;

/// The part that the counselling service plays in a life.
#[derive(Debug, Clone, Default)]
pub struct Activity {
    /// The visits, the first or later ones: each makes a room and invites the service.
    pub visits: Vec<(Timestamp, usize)>,
    /// The questions of clients.
    pub cases: Vec<Case>,
    /// The answers of counsellors, in the order in which they are asked. A handover asks once more.
    pub works: Vec<Work>,
    /// The settings that counsellors change, and the times.
    pub diary: Vec<(Timestamp, usize, &'static str)>,
    /// The time at which one of them is not named any more.
    pub gone: Option<(Timestamp, usize)>,
    /// The rates at which the service's calls go wrong; and those of its deaths.
    pub rates: Rates,
}

/// One client's question, from their side.
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
#[derive(Debug, Clone)]
pub struct Case {
    /// The slot of the client.
    pub slot: usize,
    /// The time at which they ask.
    pub at: Timestamp,
    /// The counsellor they would like; any, where none stands.
    pub whom: Option<usize>,
    /// The subject that they would give: no two give the same.
    pub line: String,
    /// Whether they say it, and whether it may be shown.
    pub about: Option<bool>,
    /// Whether they come into the room.
    pub comes: bool,
    /// Whether they suggest a time there.
    pub suggests: bool,
    /// Whether they tell the service that they agree while the two talk, without being asked.
    pub murmurs: bool,
    /// Their answer to a time, and to a handover; none is silence.
    pub says: Option<bool>,
    /// The way in which they end it, if they do.
    pub ends: Option<ClientEnds>,
    /// Whether they leave the room when they are asked to.
    pub leaves: bool,
    /// Whether they also ask for their data and the terms.
    pub curious: bool,
}

/// The way in which a client ends a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientEnds {
    /// They take the question back while counsellors are asked.
    TakesBack,
    /// They ask to be forgotten while counsellors are asked.
    ForgottenEarly,
    /// They close the conversation.
    Closes,
    /// They ask to be forgotten in the middle of it.
    Forgotten,
}

/// The answer of counsellors to one question.
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
#[derive(Debug, Clone)]
pub struct Work {
    /// The counsellor who takes it, if anybody does.
    pub taken_by: Option<usize>,
    /// They take it this long after they are asked.
    pub after: Span,
    /// Whether they come into the room.
    pub comes: bool,
    /// Whether they suggest a time there.
    pub suggests: bool,
    /// Their answer to a time; none is silence.
    pub says: Option<bool>,
    /// Whether they cancel a time that was agreed on.
    pub cancels: bool,
    /// The way in which they end it, if they do.
    pub ends: Option<CounsellorEnds>,
    /// Whether they leave the room when they are asked to.
    pub leaves: bool,
}

/// The way in which a counsellor ends a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CounsellorEnds {
    /// They close the conversation.
    Closes,
    /// They would like somebody else to go on: this one, or anybody.
    HandsOver(Option<usize>),
}

/// The kind of an activity, so that each comes often enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One case, taken by somebody, and everything that comes of it.
    Taken,
    /// One case that nobody takes, or that its client takes back.
    Untaken,
    /// Two cases, one after the other.
    Again,
    /// Many clients come at once.
    Flood,
}

impl Activity {
    /// Some activity, beginning at one of these moments or soon after: when something goes on at the hub.
    pub fn draw(kind: Kind, near: &[Timestamp], chance: &mut Chance) -> Self {
        let begins = chance.pick(near).after(minutes(chance.below(8)));
        let mut activity = Self::default();
        match kind {
            Kind::Taken | Kind::Untaken => {
                activity.visits.push((begins, 0));
                let mut case = Case::draw(0, begins.after(hours(chance.between(1, 30))), chance);
                let mut work = Work::draw(kind == Kind::Taken, chance);
                // A named counsellor is the only one who is asked.
                work.taken_by = work.taken_by.map(|by| case.whom.unwrap_or(by));
                if kind == Kind::Untaken && chance.one_in(2) {
                    case.ends = Some(*chance.pick(&[ClientEnds::TakesBack, ClientEnds::ForgottenEarly]));
                    work.after = hours(24);
                }
                activity.cases.push(case);
                activity.works.push(work);
                activity.works.push(Work::draw(chance.one_in(2), chance));
            }
            Kind::Again => activity.two_cases(begins, chance),
            Kind::Flood => activity.flood(begins, chance),
        }
        activity.counsellors_work(begins, chance);
        // While things go wrong a first case may not be over when a second is asked for, and nobody can have two.
        if kind != Kind::Again && chance.one_in(3) {
            let mut rate = |usual: u64| if chance.one_in(3) { 0 } else { chance.between(usual / 2, usual * 2) };
            activity.rates = Rates {
                lost_request: rate(10),
                lost_reply: rate(10),
                limited: rate(12),
                crash: rate(30),
                repeated: rate(4),
                jump: 0,
                outage: rate(3),
            };
        }
        activity
    }

    /// Two people come; one of them asks, and when that is over one of the two asks.
    fn two_cases(&mut self, begins: Timestamp, chance: &mut Chance) {
        let first = begins.after(hours(chance.between(2, 12)));
        let second = first.after(hours(chance.between(120, 160)));
        self.visits = vec![(begins, 0), (begins.after(minutes(7)), 1)];
        let mut case = Case::draw(0, first, chance);
        (case.comes, case.leaves, case.ends) = (true, true, Some(ClientEnds::Closes));
        let mut work = Work::draw(true, chance);
        (work.comes, work.leaves, work.ends) = (true, true, None);
        work.taken_by = case.whom.or(work.taken_by);
        let mut again = Case::draw(1, second, chance);
        again.whom = None;
        let mut next = Work::draw(true, chance);
        next.taken_by = work.taken_by;
        self.cases = vec![case, again];
        self.works = vec![work, next, Work::draw(false, chance)];
    }

    fn flood(&mut self, begins: Timestamp, chance: &mut Chance) {
        let many = usize::try_from(chance.between(3, SLOTS as u64)).unwrap_or(SLOTS);
        for slot in 0..many {
            let came = begins.after(minutes(slot as u64));
            for again in 0..chance.between(1, 4) {
                self.visits.push((came.after(minutes(again)), slot));
            }
            self.cases.push(Case::draw(slot, came.after(minutes(chance.between(60, 90))), chance));
            let taken = !chance.one_in(4);
            self.works.push(Work::draw(taken, chance));
        }
        // A counsellor who takes one conversation at a time is asked by several before they have taken any.
        if chance.one_in(2) {
            let at = begins.after(minutes(30));
            self.diary.extend((0..COUNSELLORS.len()).map(|place| (at, place, "capacity 1")));
        }
    }

    /// Counsellors set how they work, and one may be gone.
    fn counsellors_work(&mut self, begins: Timestamp, chance: &mut Chance) {
        const WORDS: [&str; 10] = [
            "away Back on Monday",
            "back",
            "hours mon-fri 9-17",
            "hours always",
            "capacity 1",
            "capacity 8",
            "cases",
            "settings",
            "policy",
            "help",
        ];
        for _ in 0..chance.below(4) {
            let at = begins.after(hours(chance.below(200)));
            self.diary.push((at, chance.index(COUNSELLORS.len()), WORDS[chance.index(WORDS.len())]));
        }
        if chance.one_in(5) {
            self.gone = Some((begins.after(hours(chance.between(20, 120))), chance.index(COUNSELLORS.len())));
        }
    }
}

impl Case {
    fn draw(slot: usize, at: Timestamp, chance: &mut Chance) -> Self {
        Self {
            slot,
            at,
            line: format!("I would like to leave my course, for {} reasons", at.as_millis()),
            whom: chance.one_in(3).then(|| chance.index(COUNSELLORS.len())),
            about: chance.one_in(2).then(|| chance.one_in(2)),
            comes: !chance.one_in(8),
            suggests: chance.one_in(3),
            murmurs: chance.one_in(3),
            says: (!chance.one_in(4)).then(|| !chance.one_in(3)),
            ends: match chance.below(5) {
                0 | 1 => Some(ClientEnds::Closes),
                2 => Some(ClientEnds::Forgotten),
                _ => None,
            },
            leaves: !chance.one_in(4),
            curious: chance.one_in(4),
        }
    }
}

impl Work {
    fn draw(taken: bool, chance: &mut Chance) -> Self {
        let by = chance.index(COUNSELLORS.len());
        let other = (by + 1) % COUNSELLORS.len();
        Self {
            taken_by: taken.then_some(by),
            after: minutes(chance.between(1, 600)),
            comes: !chance.one_in(8),
            suggests: chance.one_in(3),
            says: (!chance.one_in(4)).then(|| !chance.one_in(3)),
            cancels: chance.one_in(5),
            ends: match chance.below(5) {
                0 | 1 => Some(CounsellorEnds::Closes),
                2 => Some(CounsellorEnds::HandsOver(None)),
                3 => Some(CounsellorEnds::HandsOver(Some(other))),
                _ => None,
            },
            leaves: !chance.one_in(4),
        }
    }
}

/// A span of this many minutes.
pub fn minutes(count: u64) -> Span {
    Span::from_millis(count * 60_000)
}

/// A span of this many hours.
pub fn hours(count: u64) -> Span {
    minutes(count * 60)
}

/// The time from which things go wrong at the counselling service: after its counsellors have come, before anybody else
/// does.
pub fn trouble() -> Timestamp {
    START.after(hours(12))
}

/// The time from which nothing goes wrong at the counselling service any more.
pub fn calm() -> Timestamp {
    START.after(Span::from_days(16))
}
