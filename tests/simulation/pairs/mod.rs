//! Pairs of lives that differ in what goes on at the addressee's side, and in nothing that anybody else may see: the
//! rule of one answer, as far as a world of a few people can show it.

pub mod leaks;
mod observing;
pub mod occasions;
pub(crate) mod requester;

use lodge_core::people::member::Role;
use lodge_core::time::{Span, Timestamp};

use crate::chance::Chance;
use crate::life::{Lived, Script, part};
use crate::people::plan::{Answering, Greeting, Then, Traits};
use crate::planted::Planted;
use crate::world::START;
use crate::world::log::{Sight, What};
use crate::world::strain::Strain;
use leaks::Leak;
use requester::Way;

pub use observing::{difference, difference_but_for_times, wordings};

/// This many lives are compared with one life of silence.
pub const OTHERS: usize = 4;

/// The places of the people in these lives.
pub const REQUESTER: usize = 0;
/// The place of the addressee among the people.
pub const ADDRESSEE: usize = 1;
/// Somebody who may ask either of them.
pub const THIRD: usize = 2;
/// A member of staff, whom nobody asks.
pub const STAFF: usize = 3;

/// The doings at the addressee's side instead of silence: anything short of a yes that stands, and of a reason or a
/// question, by which they choose to speak.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Instead {
    /// They answer like this.
    Answers(Answering),
    /// They do this about their conversation.
    Greets(Greeting),
    /// They write this at this hour of the life. The first request is sent after a day.
    Writes(u64, &'static str),
    /// They are no member, and write to the porter elsewhere.
    IsNoMember,
    /// There is no such account.
    NoSuchAccount,
    /// Their role takes no part.
    TakesNoPart,
    /// They counsel, and write to the porter elsewhere.
    Counsels,
    /// Their role ends on this day.
    LosesRole(u64),
    /// They are taken off the service's list on this day.
    LeavesTheList(u64),
}

const BEFORE: u64 = 1;

const AFTER_SILENCE: [Instead; 41] = [
    Instead::Answers(Answering::No),
    Instead::Answers(Answering::Ignore),
    Instead::Answers(Answering::Block),
    Instead::Answers(Answering::Report),
    Instead::Answers(Answering::Pause),
    Instead::Answers(Answering::Later),
    Instead::Answers(Answering::NoEdited),
    Instead::Answers(Answering::UndecidedEdited),
    Instead::Answers(Answering::Unclear),
    Instead::Answers(Answering::Late),
    Instead::Answers(Answering::Notice),
    Instead::Answers(Answering::Reaction),
    Instead::Answers(Answering::Leaves),
    Instead::Answers(Answering::BlocksThenYes),
    Instead::Greets(Greeting::Ignores),
    Instead::Greets(Greeting::TurnsDown),
    Instead::Greets(Greeting::Blocks),
    Instead::Greets(Greeting::Elsewhere),
    Instead::Writes(BEFORE, "block {requester}"),
    Instead::Writes(BEFORE, "pause 8w"),
    Instead::Writes(BEFORE, "limit 0"),
    Instead::Writes(BEFORE, "limit 1 a month"),
    Instead::Writes(BEFORE, "forget me now"),
    Instead::Writes(3 * 24, "block {requester}"),
    Instead::Writes(4 * 24, "pause 2w"),
    Instead::Writes(5 * 24, "limit 1 a month"),
    Instead::Writes(6 * 24, "forget me now"),
    Instead::Writes(16 * 24, "forget me now"),
    Instead::Writes(3 * 24, "times Tue or Thu after 4"),
    Instead::Writes(4 * 24, "I'm free Tue or Thu after 4, but it's a no"),
    Instead::Writes(BEFORE, "note private-tok00000001"),
    Instead::Writes(4 * 24, "note private-tok00000002"),
    Instead::Writes(4 * 24, "reflect"),
    Instead::IsNoMember,
    Instead::NoSuchAccount,
    Instead::TakesNoPart,
    Instead::Counsels,
    Instead::LosesRole(3),
    Instead::LeavesTheList(1),
    Instead::LeavesTheList(7),
    Instead::LeavesTheList(13),
];

/// Ways to a yes, where the requester's own account turns invitations away. They have to look like silence: a requester
/// who could learn of a yes so would learn of it for nothing, without ever meeting anybody.
const AFTER_ONE_WHO_BLOCKS: [Instead; 13] = [
    Instead::Answers(Answering::Yes),
    Instead::Answers(Answering::YesWithMore),
    Instead::Answers(Answering::YesByReply),
    Instead::Answers(Answering::YesByNumber),
    Instead::Answers(Answering::YesTwice),
    Instead::Answers(Answering::YesWithTimes),
    Instead::Answers(Answering::YesThenNo),
    Instead::Answers(Answering::NoThenYes),
    Instead::Answers(Answering::NoThenYesByNumber),
    Instead::Answers(Answering::UnclearThenYes),
    Instead::Answers(Answering::IgnoreThenYes),
    Instead::Answers(Answering::BlocksThenYes),
    Instead::NoSuchAccount,
];

const AFTER_A_QUESTION: [Instead; 10] = [
    Instead::Answers(Answering::Ask(Then::No)),
    Instead::Answers(Answering::Ask(Then::Ignore)),
    Instead::Answers(Answering::Ask(Then::Block)),
    Instead::Answers(Answering::Ask(Then::Report)),
    Instead::Answers(Answering::Ask(Then::Later)),
    Instead::Writes(4 * 24, "block {requester}"),
    Instead::Writes(4 * 24, "pause 2w"),
    Instead::Writes(5 * 24, "forget me now"),
    Instead::LosesRole(6),
    Instead::LeavesTheList(7),
];

/// The doings of a mentor whom the requester found in the list, while the requester looks at the list again and again.
const AFTER_LISTING: [Instead; 15] = [
    Instead::Answers(Answering::No),
    Instead::Answers(Answering::Ignore),
    Instead::Answers(Answering::Block),
    Instead::Answers(Answering::Report),
    Instead::Answers(Answering::Pause),
    Instead::Answers(Answering::Later),
    Instead::Answers(Answering::NoEdited),
    Instead::Answers(Answering::Unclear),
    Instead::Answers(Answering::Late),
    Instead::Writes(BEFORE, "block {requester}"),
    Instead::Writes(BEFORE, "pause 8w"),
    Instead::Writes(BEFORE, "limit 0"),
    Instead::Writes(3 * 24, "block {requester}"),
    Instead::Writes(4 * 24, "pause 2w"),
    Instead::Writes(5 * 24, "limit 1 a month"),
];

/// The ways for a mentor out of the list, which anybody who looks may see; a requester who has asked and does not look
/// learns nothing.
const OUT_OF_THE_LIST: [Instead; 9] = [
    Instead::Answers(Answering::No),
    Instead::Answers(Answering::Block),
    Instead::Writes(3 * 24, "unlist me"),
    Instead::Writes(4 * 24, "profile clear organisation"),
    Instead::Writes(6 * 24, "forget me now"),
    Instead::Writes(16 * 24, "forget me now"),
    Instead::LosesRole(3),
    Instead::LeavesTheList(7),
    Instead::LeavesTheList(13),
];

/// The weather of a pair of lives: the trouble that both meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weather {
    /// Nothing goes wrong, and the hub needs no time.
    Calm,
    /// Calls take time, fail, have to wait, and lose their answers, and the hub dies: the same in every life of a group.
    Strain,
    /// The homeserver lets the porter send only so many messages, as Synapse does with its own settings. A message to
    /// anybody delays those to everybody, so times are not compared.
    Limits,
}

/// A life of silence and the lives that must look the same.
#[derive(Debug, Clone)]
pub struct Group {
    silence: Script,
    way: Way,
    /// The doings of the other lives in the place of silence.
    pub others: [Instead; OTHERS],
}

impl Group {
    /// The group of this seed in this weather, in which this leaks.
    pub fn of(seed: u64, weather: Weather, leak: Option<Leak>) -> Self {
        let mut chance = Chance::of(seed, 5000);
        let way = *chance.pick(&[
            Way::Typed,
            Way::Typed,
            Way::Typed,
            Way::Found { looks: true },
            Way::Found { looks: false },
        ]);
        let questions = way == Way::Typed && chance.one_in(4);
        let blocks = way == Way::Typed && !questions && chance.one_in(4);
        let mut silence =
            Script::plain(seed, if questions { Answering::Ask(Then::Nothing) } else { Answering::Silent });
        silence.examined = seed.is_multiple_of(16);
        silence.sent_a_month = 5;
        silence.planted = leak.map(Planted::Leak);
        silence.parts[REQUESTER].goals.clear();
        silence.parts[ADDRESSEE].traits.by_number = true;
        others_join(&mut silence, seed, blocks, &mut chance);
        let (to, other) =
            (silence.parts[ADDRESSEE].person.address.clone(), silence.parts[THIRD].person.address.clone());
        silence.parts[REQUESTER].diary = requester::diary([&to, &other], way, questions, &mut chance);
        if way != Way::Typed {
            // They have read the entry by then, whatever the weather: two lives differ in the list otherwise.
            let agrees = [(hour(2), "list me"), (hour(5), "list me now")].map(|(at, words)| (at, words.to_owned()));
            silence.parts[ADDRESSEE].diary.extend(agrees);
        }
        silence.blocks = blocks.then(|| (hour(chance.between(3, 27)), REQUESTER));
        match weather {
            Weather::Calm => {}
            Weather::Strain => {
                // A hub that is down for longer shows the requester a list in which the mentor is not any more.
                let down = if way == (Way::Found { looks: false }) { hour(1) } else { hour(48) };
                put_under_strain(&mut silence, START.until(down));
            }
            Weather::Limits => {
                silence.strain = Some(Strain::limits(seed));
                silence.examined = false;
            }
        }
        let from: &[Instead] = match way {
            Way::Typed if questions => &AFTER_A_QUESTION,
            Way::Typed if blocks => &AFTER_ONE_WHO_BLOCKS,
            Way::Typed => &AFTER_SILENCE,
            Way::Found { looks: true } => &AFTER_LISTING,
            Way::Found { looks: false } => &OUT_OF_THE_LIST,
        };
        let first = chance.index(from.len());
        Self { silence, way, others: std::array::from_fn(|index| from[(first + index) % from.len()]) }
    }

    /// Whether the requester's account turns invitations away.
    pub fn requester_blocks(&self) -> bool {
        self.silence.blocks.is_some()
    }

    /// The life in which the addressee is silent, or asks and is silent then.
    pub fn silence(&self) -> Script {
        self.silence.clone()
    }

    /// The life that has this instead.
    pub fn other(&self, instead: Instead) -> Script {
        let mut script = self.silence.clone();
        let day = |day| START.after(Span::from_days(day));
        let requester = script.parts[REQUESTER].person.address.to_string();
        let addressee = &mut script.parts[ADDRESSEE];
        match instead {
            Instead::Answers(answering) => addressee.traits.answering = answering,
            Instead::Greets(greeting) => addressee.traits.greeting = greeting,
            Instead::Writes(hours, words) => {
                addressee.diary.push((hour(hours), words.replace("{requester}", &requester)));
            }
            Instead::IsNoMember => (addressee.listed, addressee.traits.greeting) = (false, Greeting::Elsewhere),
            Instead::NoSuchAccount => addressee.listed = false,
            Instead::TakesNoPart => addressee.person.role = Role::Intern,
            Instead::Counsels => {
                (addressee.listed, addressee.traits.greeting) = (false, Greeting::Elsewhere);
                script.counsels.insert(addressee.person.address.clone());
            }
            Instead::LosesRole(on) => script.becomes = Some((day(on), ADDRESSEE, Role::Intern)),
            Instead::LeavesTheList(on) => script.leaver = Some((day(on), ADDRESSEE)),
        }
        script
    }

    /// Whether this life and the one of silence need not look the same, because of what had not happened yet when they part.
    ///
    /// - The addressee chose to ask somebody something only after that: then they spoke in the one life and not in the other.
    /// - The requester, who had found the addressee in the list, had not sent the request yet, for what they were shown of it
    ///   came late. Who is still writing to somebody in the list may learn that they are not in it any more.
    pub fn parts_too_early(&self, instead: Instead, silence: &Lived) -> bool {
        let begins = match instead {
            Instead::Writes(hours, _) => hour(hours),
            Instead::LosesRole(on) | Instead::LeavesTheList(on) => START.after(Span::from_days(on)),
            Instead::Answers(_)
            | Instead::Greets(_)
            | Instead::IsNoMember
            | Instead::NoSuchAccount
            | Instead::TakesNoPart
            | Instead::Counsels => return false,
        };
        let heard = |who: usize, wording: &'static str| {
            let who = self.address(who);
            silence.log.iter().filter_map(move |entry| {
                let What::Saw(viewer, _, Sight::Porter(message)) = &entry.what else { return None };
                (viewer == who && message.wording == wording).then_some(entry.at)
            })
        };
        let mut asked = [REQUESTER, THIRD].into_iter().flat_map(|who| heard(who, "question-came"));
        let unsent = self.way == Way::Found { looks: false } && !heard(REQUESTER, "sent").any(|at| at < begins);
        unsent || asked.any(|at| at >= begins)
    }

    /// The first difference to the life of silence that anybody but the addressee can see.
    pub fn differs(&self, silence: &Lived, other: &Lived) -> Option<String> {
        let compare = if self.timeless() { difference_but_for_times } else { difference };
        [REQUESTER, THIRD, STAFF].into_iter().find_map(|place| {
            let who = &self.silence.parts[place].person.address;
            compare(silence, other, who).map(|lines| format!("{who} sees a difference:\n    {lines}"))
        })
    }

    /// Whether lives are compared without their times.
    fn timeless(&self) -> bool {
        self.silence.strain.as_ref().is_some_and(|strain| strain.saying.is_some())
    }

    /// The address of the person with this place.
    pub fn address(&self, place: usize) -> &lodge_core::name::Address {
        &self.silence.parts[place].person.address
    }
}

/// Things go wrong until long after the last request has ended, most of all when somebody writes or a request ends.
fn put_under_strain(script: &mut Script, down: Span) {
    let written = script.parts.iter().flat_map(|part| &part.diary).map(|(at, _)| *at);
    let ends = (14..36).map(|days| hour(days * 24 - 1).after(Span::from_millis(3_594_000)));
    let moments: Vec<Timestamp> = written.chain(ends).collect();
    script.strain = Some(Strain::draw(script.seed, &moments, down));
    script.calm_at = Some(hour(50 * 24));
    // People here write at set times, whatever they have seen by then; the monitor is for people who read before they
    // answer.
    script.examined = false;
}

/// The third and the member of staff come into the life. The third asks for nobody who says yes.
fn others_join(script: &mut Script, seed: u64, says_yes: bool, chance: &mut Chance) {
    for place in [THIRD, STAFF] {
        let mut joining = part(seed, place, chance);
        joining.person.role = if place == STAFF { Role::Staff } else { Role::Student };
        joining.traits = Traits::willing(Answering::Silent);
        joining.listed = true;
        script.parts.push(joining);
    }
    let answering = [Answering::Silent, Answering::Yes, Answering::No, Answering::NoBecause];
    script.parts[REQUESTER].traits.answering = *chance.pick(&answering);
    let [first, second] = [REQUESTER, ADDRESSEE].map(|place| script.parts[place].person.address.clone());
    let (asks_requester, asks_addressee) = (chance.one_in(3), chance.one_in(3) && !says_yes);
    let diary = &mut script.parts[THIRD].diary;
    for (asks, whom) in [(asks_requester, &first), (asks_addressee, &second)] {
        if asks {
            let at = hour(chance.between(2, 12 * 24));
            diary.extend(requester::request(at, whom, chance));
            diary.push((at.after(Span::from_millis(chance.below(16 * 86_400_000))), "requests".to_owned()));
        }
    }
}

fn hour(hours: u64) -> Timestamp {
    START.after(Span::from_millis(hours * 3_600_000))
}
