//! Clients: the doings of somebody who would like to talk with a counsellor.

use lodge_core::name::Address;
use lodge_core::time::Timestamp;
use lodge_counsel_core::say::{Say, TermsStanding, ToClient};
use lodge_matrix::homeserver::RoomRef;

use super::{HURRIED, Intent, Presence};
use crate::chance::Chance;
use crate::counsel::plan::{Activity, COUNSELLORS, Case, ClientEnds, hours};
use crate::world::World;
use crate::world::log::Sight;
use crate::world::room::Kind;

/// Somebody who talks with a counsellor.
#[derive(Debug)]
pub struct Client {
    at: Presence,
    cases: Vec<(Case, Chance)>,
    /// The case they are at.
    now: Option<usize>,
    /// Whether they said whom they would like to talk with.
    asked: bool,
    own: Chance,
}

impl Client {
    /// The client who stands in these slots of an activity, if that has anything for them.
    pub fn new(who: Address, service: &Address, slots: &[usize], activity: &Activity, seed: u64) -> Self {
        let mut at = Presence::new(who, service.clone());
        let visits = activity.visits.iter().filter(|(_, slot)| slots.contains(slot));
        at.intents.extend(visits.map(|(moment, _)| (*moment, Intent::Knock)));
        let mut cases = Vec::new();
        for (place, case) in activity.cases.iter().enumerate().filter(|(_, case)| slots.contains(&case.slot)) {
            at.intents.push((case.at, Intent::Begin(cases.len())));
            cases.push((case.clone(), Chance::of(seed, 6000 + place as u64)));
        }
        let own = Chance::of(seed, 6100 + slots.first().copied().unwrap_or_default() as u64);
        Self { at, cases, now: None, asked: false, own }
    }

    /// The account that they write from.
    pub fn address(&self) -> &Address {
        &self.at.who
    }

    /// The time at which they next do something.
    pub fn next(&self) -> Option<Timestamp> {
        self.at.next()
    }

    /// They read, and do everything that is due; false when there is nothing.
    pub fn step(&mut self, world: &mut World) -> bool {
        if self.at.has_unread(world) {
            for (room, sight) in self.at.unread(world) {
                self.sees(world, room, sight);
            }
            return true;
        }
        let Some(intent) = self.at.due(world.now) else { return false };
        if let Intent::Begin(place) = intent {
            self.begin(world.now, place);
        } else {
            let chance = self.now.map_or(&mut self.own, |now| &mut self.cases[now].1);
            self.at.carry_out(intent, world, chance);
        }
        true
    }

    fn sees(&mut self, world: &World, room: RoomRef, sight: Sight) {
        let now = world.now;
        if sight == Sight::Speech {
            self.in_room(now);
        } else if sight == Sight::Invitation(self.at.service.clone()) {
            let own = world.room(&room).is_some_and(|room| matches!(room.kind, Kind::Conversation(_)));
            if own || self.case().is_none_or(|case| case.comes) {
                self.soon(now, Intent::Join(room));
            }
        } else if let Sight::Counsel(spoken) = sight {
            if let Say::Client(say) = spoken.say {
                self.told(now, &say);
            } else if spoken.say == Say::AskedAgain {
                // The question follows in any case.
                self.asked = false;
            } else if matches!(spoken.say, Say::DeviceUnknown | Say::Unreadable) {
                let again = Intent::Say(self.at.last.clone());
                self.soon(now, again);
            }
        }
    }

    fn case(&self) -> Option<&Case> {
        self.now.and_then(|now| self.cases.get(now)).map(|(case, _)| case)
    }

    fn soon(&mut self, now: Timestamp, intent: Intent) {
        let chance = self.now.map_or(&mut self.own, |at| &mut self.cases[at].1);
        self.at.soon(now, chance, intent);
    }

    fn says(&mut self, now: Timestamp, text: &str) {
        let chance = self.now.map_or(&mut self.own, |at| &mut self.cases[at].1);
        let more = chance.one_in(6).then(|| *chance.pick(&HURRIED));
        let text = text.to_owned();
        self.soon(now, more.map_or_else(|| Intent::Say(text.clone()), |more| Intent::Hurry(text.clone(), more)));
    }

    fn says_later(&mut self, now: Timestamp, within: u64, text: &str) {
        let chance = self.now.map_or(&mut self.own, |at| &mut self.cases[at].1);
        self.at.later(now, within, chance, Intent::Say(text.to_owned()));
    }

    /// They begin with a case, once they are where they can ask.
    fn begin(&mut self, now: Timestamp, place: usize) {
        if self.at.home.is_none() {
            self.at.intents.push((now.after(hours(6)), Intent::Begin(place)));
            return self.at.intents.push((now, Intent::Knock));
        }
        (self.now, self.asked) = (Some(place), false);
        // A word in haste may answer something here, depending on what they asked for before, which is not the case's.
        self.soon(now, Intent::Say("help".to_owned()));
    }

    fn told(&mut self, now: Timestamp, say: &ToClient) {
        match (say, self.case().cloned()) {
            (ToClient::Terms { standing: TermsStanding::New | TermsStanding::Changed, .. }, _) => self.says(now, "yes"),
            (ToClient::AskWhom(_), Some(case)) if !self.asked => {
                self.asked = true;
                self.says(now, case.whom.map_or("anybody", |at| COUNSELLORS[at]));
            }
            (ToClient::NotOneOfThem(_), Some(_)) => self.says(now, "anybody"),
            (ToClient::AskAbout { .. }, Some(case)) => {
                self.says(now, case.about.map_or("skip", |_| case.line.as_str()));
            }
            (ToClient::AskShowing(_), Some(case)) => {
                self.says(now, if case.about.unwrap_or_default() { "yes" } else { "no" });
            }
            (ToClient::Asking { .. }, Some(case)) => match case.ends {
                Some(ClientEnds::TakesBack) => self.says_later(now, 3, "withdraw"),
                Some(ClientEnds::ForgottenEarly) => self.says_later(now, 3, "forget me now"),
                Some(ClientEnds::Closes | ClientEnds::Forgotten) | None => {}
            },
            (ToClient::TimeSuggested(_) | ToClient::AskHandover { .. }, Some(Case { says: Some(yes), .. })) => {
                self.says(now, if yes { "yes" } else { "no" });
            }
            (ToClient::Closing { .. }, Some(case)) if case.leaves => {
                self.soon(now, Intent::LeaveRoom);
                self.says_later(now, 12, "left");
            }
            (ToClient::Forgetting, _) => self.at.home = None,
            _ => {}
        }
    }

    /// The two can speak.
    fn in_room(&mut self, now: Timestamp) {
        self.soon(now, Intent::Talk("Thank you for your time."));
        let Some(case) = self.case().cloned() else { return };
        if case.curious {
            self.says_later(now, 20, "my data");
            self.says_later(now, 20, "terms");
        }
        if case.suggests {
            self.says_later(now, 12, "time tomorrow 14:00");
        }
        if case.murmurs {
            // They answer nothing in particular.
            self.says_later(now, 12, "ok");
        }
        match case.ends {
            Some(ClientEnds::Closes) => self.says_later(now, 48, "close"),
            Some(ClientEnds::Forgotten) => self.says_later(now, 48, "forget me now"),
            Some(ClientEnds::TakesBack | ClientEnds::ForgottenEarly) | None => {}
        }
    }
}
