//! Events at which people meet: staff make, change and call them off; others look, come, wait, take a place, and do not come.

use lodge_core::events::{Plan, Standing};
use lodge_core::people::member::{Details, Field, Fields, Role};
use lodge_core::say::{Contacts, EventDesk, EventLine, EventNext, EventTold, Events, Say, Staffing};
use lodge_core::time::{Span, Timestamp};

use super::answering::{say, yes};
use super::plan::{Answering, Diary, Greeting, Traits};
use super::{How, Intent, Somebody};
use crate::chance::Chance;
use crate::life::{Part, details, part};
use crate::world::log::{Meaning, Message, What};
use crate::world::{START, World};

const MINUTE: u64 = 60_000;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// Somebody's dealings with events.
#[derive(Debug, Default)]
pub(super) struct Occasions {
    /// The organisations that they know of.
    organisations: Vec<String>,
}

/// More people come into a life: somebody who makes events, some who may want to come, and at times an employer who is host.
pub(crate) fn join(seed: u64, parts: &mut Vec<Part>, chance: &mut Chance) {
    let joins = |parts: &mut Vec<Part>, role: Role, chance: &mut Chance| {
        let mut joining = part(seed, parts.len(), chance);
        joining.person.role = role;
        joining.listed = true;
        joining.traits.chatter = joining.traits.chatter.min(1);
        parts.push(joining);
    };
    for _ in 0..chance.between(1, 3) {
        let role = *chance.pick(&[Role::Student, Role::Student, Role::Alumnus, Role::Intern]);
        joins(parts, role, chance);
    }
    if chance.one_in(2) {
        joins(parts, Role::Employer, chance);
        let organisation = format!("firm-{}", chance.token());
        if let Some(host) = parts.last_mut() {
            let mut all = details(&host.person);
            all.insert(Field::Organisation, organisation);
            host.person.details = Details::of(all);
            host.traits.greeting = Greeting::Comes;
        }
    }
    joins(parts, Role::Staff, chance);
    if let Some(staff) = parts.last_mut() {
        let pace_ms = *chance.pick(&[1_000, MINUTE, HOUR]);
        staff.traits = Traits { pace_ms, ..Traits::willing(Answering::No) };
    }
    let crowded = chance.one_in(2);
    for part in parts {
        part.traits.goes_out = true;
        part.diary.extend(diary(part.person.role, chance));
        if crowded && !part.person.role.is_staff() {
            part.diary.extend(crowding(chance));
        }
    }
}

/// The words about events that somebody says of their own accord.
fn diary(role: Role, chance: &mut Chance) -> Diary {
    const WISHES: [&str; 12] = [
        "events",
        "events",
        "events",
        "event 1",
        "event 1",
        "event 2",
        "come 1",
        "come 1",
        "come",
        "come 2",
        "not coming",
        "guests 1",
    ];
    let staff = role.is_staff();
    let many = if staff { chance.between(1, 2) } else { chance.between(1, 4) };
    let entry = |chance: &mut Chance| {
        let at =
            START.after(Span::from_millis(if staff { chance.below(DAY) } else { chance.between(DAY / 4, 9 * DAY) }));
        (at, if staff { "new event" } else { *chance.pick(&WISHES) }.to_owned())
    };
    (0..many).map(|_| entry(chance)).collect()
}

/// The words of somebody who wants to come to the first event early, as all others do, and may think better of it.
fn crowding(chance: &mut Chance) -> Diary {
    let comes = START.after(Span::from_millis(chance.between(DAY / 4, 2 * DAY)));
    let mut diary = vec![(comes, "come 1".to_owned())];
    if chance.one_in(3) {
        diary.push((comes.after(Span::from_millis(chance.below(4 * DAY))), "not coming 1".to_owned()));
    }
    diary
}

fn plainly(text: &str) -> Intent {
    say(text, Meaning::Other, How::Plainly)
}

impl Somebody {
    /// Somebody who is at the doors of these events at these times.
    #[must_use]
    pub(crate) fn at_doors(mut self, doors: &[(Timestamp, u32)]) -> Self {
        self.intents.extend(doors.iter().map(|(at, number)| (*at, Intent::AtTheDoor(*number))));
        self
    }

    /// The porter says something about events, or about an organisation with which one could be held.
    pub(super) fn about_events(&mut self, world: &World, message: &Message) {
        if !self.traits.goes_out {
            return;
        }
        if let Say::Staffing(Staffing::OrganisationWaits { name }) = &message.say {
            self.occasions.organisations.push(name.clone());
        }
        if let Say::EventDesk(desk) = &message.say {
            self.at_the_desk(world, desk, &message.wording);
        }
        if let Say::Events(news) = &message.say {
            self.told_of_event(world, news, message);
        }
    }

    fn at_the_desk(&mut self, world: &World, desk: &EventDesk, wording: &str) {
        let now = world.now;
        match desk {
            EventDesk::Ask { unfit, .. } => {
                let words = self.part(world, wording, unfit.is_some());
                self.soon(now, plainly(&words));
            }
            EventDesk::Preview { changes, .. } => {
                let aside = *self.chance.pick(&["the time", "the place", "places", "sign-up", "who"]);
                let words = match self.chance.below(12) {
                    0 => "cancel".to_owned(),
                    1 => format!("change {aside}"),
                    2..=6 if *changes => format!("change {aside}"),
                    _ => "announce".to_owned(),
                };
                self.soon(now, plainly(&words));
            }
            EventDesk::Announced { event, .. } => self.looks_after(world, event),
            EventDesk::ChangeTold { event, .. } => {
                self.soon(now, plainly(&format!("event {}", event.number)));
            }
            EventDesk::CallOffSure { event, .. } if !self.chance.one_in(4) => {
                self.soon(now, plainly(&format!("call off event {} now", event.number)));
            }
            EventDesk::CallOffSure { .. }
            | EventDesk::Dropped
            | EventDesk::NothingToAnnounce
            | EventDesk::Unchanged { .. }
            | EventDesk::TooManyAhead { .. }
            | EventDesk::WhichOne
            | EventDesk::OverAlready { .. }
            | EventDesk::CalledOff { .. }
            | EventDesk::Overview { .. }
            | EventDesk::Guests { .. }
            | EventDesk::Summary { .. } => {}
        }
    }

    /// The words for the part of an event that this message asks for.
    fn part(&mut self, world: &World, asked: &str, again: bool) -> String {
        let pick = |chance: &mut Chance, words: &[&str]| chance.pick(words).to_string();
        match asked {
            "event-ask-title" => {
                pick(&mut self.chance, &["Working in museums", "Law for beginners", "Meet the archivists"])
            }
            "event-ask-organisation" => {
                let known = self.occasions.organisations.clone();
                if again || known.is_empty() || self.chance.one_in(4) {
                    "none".to_owned()
                } else {
                    self.chance.pick(&known).clone()
                }
            }
            "event-ask-when" => {
                let (hour, hours) = (self.chance.between(8, 19), self.chance.between(1, 2));
                format!("{}, {hour}:00 to {}:30", self.some_day(world, 8), hour + hours)
            }
            "event-ask-place" => format!("Room {}", self.chance.between(1, 9)),
            "event-ask-open-to" => {
                const WHO: [&str; 5] =
                    ["everyone", "everyone", "students", "students and alumni", "students, alumni and interns"];
                pick(&mut self.chance, &WHO)
            }
            "event-ask-places" => pick(&mut self.chance, &["1", "1", "1", "1", "2", "2", "3", "no limit"]),
            "event-ask-sign-up-by" if self.chance.one_in(3) => self.some_day(world, 4),
            "event-ask-sign-up-by" => "until it begins".to_owned(),
            _ => "Some people tell how they began.".to_owned(),
        }
    }

    /// A day at most so many days ahead.
    fn some_day(&mut self, world: &World, within: u64) -> String {
        // Today may be too late.
        let soonest = u64::from(!self.chance.one_in(6));
        let day = world.now.after(Span::from_millis(self.chance.between(soonest, within) * DAY));
        let day = jiff::Timestamp::from_millisecond(day.as_millis()).expect("a life is short");
        day.strftime("%-d %B").to_string()
    }

    /// They have announced an event: they look who comes, and sometimes change it or call it off.
    fn looks_after(&mut self, world: &World, event: &EventTold) {
        let number = event.number;
        for words in [format!("event {number}"), format!("guests {number}")] {
            self.before(world, &event.plan, &words);
        }
        if self.chance.one_in(2) {
            self.before(world, &event.plan, &format!("change event {number}"));
        }
        if self.chance.one_in(5) {
            self.before(world, &event.plan, &format!("call off event {number}"));
        }
    }

    /// They say this at some moment before the end of an event.
    fn before(&mut self, world: &World, plan: &Plan, words: &str) {
        let left = world.now.until(plan.until).as_millis();
        let at = world.now.after(Span::from_millis(self.chance.below(left)));
        self.intents.push((at, plainly(words)));
    }

    fn told_of_event(&mut self, world: &World, news: &Events, message: &Message) {
        let now = world.now;
        match news {
            Events::List { lines, .. } => self.looks_closer(world, lines),
            Events::Which { lines, comes } => {
                if let Some(line) = lines.first() {
                    let verb = if *comes { "come" } else { "not coming" };
                    self.soon(now, plainly(&format!("{verb} {}", line.event.number)));
                }
            }
            Events::Shown { event, next: EventNext::Come | EventNext::Stands(Standing::Offered(_)), .. }
            | Events::PlaceOffered { event, .. } => self.is_asked_to_come(world, event, message),
            Events::Shown { event, next: EventNext::Wait, .. } if !self.chance.one_in(4) => {
                self.soon(now, plainly(&format!("come {}", event.number)));
            }
            Events::Coming { event, before: false, .. } => {
                self.goes_there(event);
                if self.chance.one_in(3) {
                    self.before(world, &event.plan, &format!("not coming {}", event.number));
                }
            }
            Events::Waits { event, before: false } => {
                // Some come to the door in spite of it.
                if self.chance.one_in(5) {
                    self.goes_there(event);
                }
                if self.chance.one_in(6) {
                    self.before(world, &event.plan, &format!("not coming {}", event.number));
                }
            }
            Events::Changed { event, .. } | Events::Reminder { event } if self.chance.one_in(6) => {
                self.soon(now, plainly(&format!("not coming {}", event.number)));
            }
            Events::NotComing { event, was: Some(_) } | Events::CalledOff { event } | Events::PlacePassed { event }
                if self.chance.one_in(5) =>
            {
                self.soon(now, plainly(&format!("come {}", event.number)));
            }
            Events::Shown { .. }
            | Events::Coming { .. }
            | Events::Waits { .. }
            | Events::Changed { .. }
            | Events::Reminder { .. }
            | Events::NotComing { .. }
            | Events::CalledOff { .. }
            | Events::PlacePassed { .. }
            | Events::NoSuch { .. }
            | Events::NoPlaceCame { .. }
            | Events::SignUpOver { .. }
            | Events::TooMany { .. }
            | Events::Here { .. }
            | Events::NotHere
            | Events::Thanks { .. }
            | Events::HostCount { .. }
            | Events::Calendar(_)
            | Events::NoCalendar => {}
            Events::Contacts(say) => self.about_contact(world, say, message),
        }
    }

    /// They are asked whether they would like to stay in touch, or told what became of their contact.
    fn about_contact(&mut self, world: &World, told: &Contacts, message: &Message) {
        let now = world.now;
        match told {
            Contacts::Ask { event, .. } => match self.chance.below(8) {
                0 => self.soon(now, plainly("no")),
                1 => self.soon(now, plainly(&format!("stay in touch {} without email", event.number))),
                2 => {}
                3 => {
                    let to = message.event.clone();
                    let meaning = Meaning::Yes(Fields::new(), None, Some(to.clone()));
                    self.soon(now, say("yes", meaning, How::Reply(to)));
                }
                _ => self.soon(now, say("yes", yes(), How::Plainly)),
            },
            Contacts::Kept { event, .. } if self.chance.one_in(3) => {
                self.soon(now, plainly(&format!("stay in touch {}", event.number)));
            }
            Contacts::Agreed { event, .. } if self.chance.one_in(4) => {
                self.soon(now, plainly(&format!("take back contact {}", event.number)));
            }
            Contacts::Passed { event, .. } if self.chance.one_in(2) => {
                self.soon(now, plainly(&format!("take back contact {}", event.number)));
            }
            Contacts::Kept { .. }
            | Contacts::Agreed { .. }
            | Contacts::Not { .. }
            | Contacts::WhichEvent
            | Contacts::Passed { .. }
            | Contacts::NotPassed { .. }
            | Contacts::TakenBack { .. }
            | Contacts::TakingBack { .. }
            | Contacts::NothingToTakeBack
            | Contacts::Come { .. }
            | Contacts::One { .. }
            | Contacts::Gone { .. } => {}
        }
    }

    /// They see which events there are.
    fn looks_closer(&mut self, world: &World, lines: &[EventLine]) {
        if lines.is_empty() {
            return;
        }
        let number = self.chance.pick(lines).event.number;
        let verb = *self.chance.pick(&["event", "event", "come"]);
        self.soon(world.now, plainly(&format!("{verb} {number}")));
    }

    /// An event is shown to them that they could come to, or a place is free.
    fn is_asked_to_come(&mut self, world: &World, event: &EventTold, message: &Message) {
        let number = event.number;
        let intent = match self.chance.below(10) {
            0 => return,
            1..=3 => say("yes", yes(), How::Plainly),
            4 => {
                let to = message.event.clone();
                say("yes", Meaning::Yes(Fields::new(), None, Some(to.clone())), How::Reply(to))
            }
            5 => plainly("no"),
            6 => plainly(&format!("not coming {number}")),
            _ => plainly(&format!("come {number}")),
        };
        self.soon(world.now, intent);
    }

    /// They are at the door about the time at which it begins.
    fn goes_there(&mut self, event: &EventTold) {
        if self.chance.one_in(4) {
            return;
        }
        let at = event.plan.from.before(Span::from_millis(90 * MINUTE));
        let at = at.after(Span::from_millis(self.chance.below(4 * HOUR)));
        self.intents.push((at, Intent::AtTheDoor(event.number)));
    }

    /// They hear the code at the door, and tell the porter.
    pub(super) fn at_the_door(&mut self, world: &mut World, number: u32) {
        let code = world.log.iter().rev().find_map(|entry| {
            let What::Said(_, message) = &entry.what else { return None };
            let Say::EventDesk(EventDesk::Announced { event, code, .. }) = &message.say else { return None };
            (event.number == number).then_some(*code)
        });
        if let Some(code) = code {
            self.say(world, format!("here {code}"), Meaning::Other, How::Plainly);
        }
    }
}
