//! The calendar file of an event, as one of its guests gets it. The file names nobody but the service.

use jiff::tz::TimeZone;
use lodge_calendar::invitation::{Invitation, Party, Standing};
use lodge_calendar::overlap::Slot;
use serde::{Deserialize, Serialize};

use super::say::EventTold;
use super::{Event, Stage};
use crate::id::{EventId, MemberId};
use crate::name::Address;
use crate::say::Events;
use crate::time::Timestamp;
use crate::turn::Turn;
use crate::wording::File;

/// No calendar is to write to anybody, so the file has addresses that reach nobody: the service's and its reader's.
const NO_ADDRESS: [&str; 2] = ["invalid:service", "invalid:nomail"];

/// An event as it is to stand in a guest's calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The event, from which its name among all events follows.
    id: EventId,
    /// All that staff say of it.
    pub(super) event: EventTold,
    /// Whether its reader comes to it, and it takes place.
    pub(super) takes_place: bool,
    /// The time at which the event was announced.
    announced: Timestamp,
    /// The time at which the file was made. A calendar takes the newest one, however often somebody comes and does not.
    made: Timestamp,
    /// The name of the service.
    service: String,
    /// The porter, on whose server the event has its name.
    porter: Address,
    /// The zone whose clock the time is told by.
    zone: String,
}

impl Entry {
    /// The number by which a calendar knows the newest file: tenths of seconds since the event was announced.
    fn sequence(&self) -> u32 {
        u32::try_from(self.announced.until(self.made).as_millis() / 100).unwrap_or(u32::MAX)
    }

    /// The file, with the event's name in a calendar on the first line of `words` and a note about it on the others.
    pub(crate) fn file(&self, words: &str) -> File {
        let (summary, note) = words.split_once('\n').unwrap_or((words, ""));
        let plan = &self.event.plan;
        let [of_service, of_reader] = NO_ADDRESS;
        let link = plan.place.split_whitespace().find(|word| word.starts_with("https://"));
        let invitation = Invitation {
            uid: format!("{}@{}", self.id, self.porter.server()),
            sequence: self.sequence(),
            stamp: self.made,
            slot: Slot { from: plan.from, to: plan.until },
            zone: TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC),
            standing: if self.takes_place { Standing::Agreed } else { Standing::CalledOff },
            summary: summary.trim().to_owned(),
            description: format!("{}\n\n{}", plan.about, note.trim()),
            location: plan.place.clone(),
            url: link.unwrap_or_default().to_owned(),
            organiser: Party { name: self.service.clone(), uri: of_service.to_owned() },
            attendees: vec![Party { name: self.service.clone(), uri: of_reader.to_owned() }],
        };
        let name = if self.takes_place { "event.ics" } else { "event-called-off.ics" };
        File { name, media_type: "text/calendar", bytes: invitation.to_ics().into_bytes() }
    }
}

#[cfg(any(test, feature = "samples"))]
impl Entry {
    /// A sample of one.
    pub(super) fn sample(event: EventTold, takes_place: bool) -> Self {
        use crate::say::samples::{alex, now};
        Self {
            id: EventId::from_bytes([8; 16]),
            event,
            takes_place,
            announced: now(),
            made: now(),
            service: "Careers".to_owned(),
            porter: alex().person.address,
            zone: "Europe/London".to_owned(),
        }
    }
}

impl Turn<'_> {
    /// Gives a guest the file about an event: in its newest form, or to take it out of their calendar.
    pub(super) fn give_file(&mut self, to: MemberId, event: &Event, comes: bool) {
        let takes_place = comes && event.stage != Stage::CalledOff;
        let entry = Entry {
            id: event.id,
            event: event.told(),
            takes_place,
            announced: event.announced,
            made: self.now,
            service: self.settings.service.clone(),
            porter: self.settings.porter.clone(),
            zone: self.settings.office.zone.iana_name().unwrap_or("UTC").to_owned(),
        };
        self.tell(to, Events::Calendar(entry));
    }
}
