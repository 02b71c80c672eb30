//! The calendar file of a meeting (RFC 5545, by the methods of RFC 5546): a new one, a changed one, and one that is called off.

use icalendar::{Component, Event, Property};
use jiff::tz::TimeZone;
use lodge_ground::time::Timestamp;

use crate::overlap::Slot;
use crate::reading::instant;
use crate::zone_rules;

/// A meeting, as it stands in one reader's calendar. A file with the same `uid` and a higher `sequence` takes the place of the
/// one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The meeting's name among all meetings of the world, for as long as it is kept. It is shown to nobody.
    pub uid: String,
    /// The number of changes so far.
    pub sequence: u32,
    /// The moment at which the file is made.
    pub stamp: Timestamp,
    /// The time of the meeting.
    pub slot: Slot,
    /// The zone in which the file names that time; its reader's.
    pub zone: TimeZone,
    /// Whether the meeting takes place.
    pub standing: Standing,
    /// Its name in a calendar.
    pub summary: String,
    /// Anything else that its reader is to know. It can have several lines.
    pub description: String,
    /// Its place, or words for the way in which the two meet.
    pub location: String,
    /// A link to it, if it is one that a device can open; otherwise empty.
    pub url: String,
    /// The one who makes the file.
    pub organiser: Party,
    /// The people who meet.
    pub attendees: Vec<Party>,
}

/// Whether a meeting takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Everybody in it has agreed to it.
    Agreed,
    /// It was called off.
    CalledOff,
}

/// Somebody in a meeting, as far as the reader of the file may know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The name that is shown.
    pub name: String,
    /// Any URI by which they are known, such as `https:` or `urn:`. It need not be an address for mail.
    pub uri: String,
}

/// The most letters of a text in a file; the rest is left out.
pub const TEXT_MAX: usize = 2000;

impl Invitation {
    /// The same meeting at another time. Its file takes the place of the one before.
    #[must_use]
    pub fn moved(&self, slot: Slot, stamp: Timestamp) -> Self {
        Self { slot, stamp, sequence: self.sequence.saturating_add(1), ..self.clone() }
    }

    /// The same meeting, called off. Its file takes it out of a calendar.
    #[must_use]
    pub fn called_off(&self, stamp: Timestamp) -> Self {
        Self { standing: Standing::CalledOff, stamp, sequence: self.sequence.saturating_add(1), ..self.clone() }
    }

    /// The whole file. The same invitation makes the same file.
    pub fn to_ics(&self) -> String {
        let (method, status) = match self.standing {
            Standing::Agreed => ("REQUEST", "CONFIRMED"),
            Standing::CalledOff => ("CANCEL", "CANCELLED"),
        };
        let line = zone_rules::line;
        let mut file = line("BEGIN", "VCALENDAR") + &line("VERSION", "2.0") + &line("PRODID", "-//Lodge//Lodge//EN");
        file += &(line("CALSCALE", "GREGORIAN") + &line("METHOD", method));
        let (from, to) = (instant(self.slot.from), instant(self.slot.to));
        if let Some(name) = self.named_zone() {
            file += &zone_rules::lines(name, &self.zone, from, to);
        }
        let mut event = Event::new();
        event.append_property(Property::new("UID", text(&self.uid)));
        event.append_property(Property::new("SEQUENCE", self.sequence.to_string()));
        event.append_property(Property::new("DTSTAMP", utc(instant(self.stamp))));
        event.append_property(self.moment("DTSTART", from));
        event.append_property(self.moment("DTEND", to));
        event.append_property(Property::new("SUMMARY", text(&self.summary)));
        event.append_property(Property::new("STATUS", status));
        for (key, value) in [("DESCRIPTION", &self.description), ("LOCATION", &self.location)] {
            if !value.is_empty() {
                event.append_property(Property::new(key, text(value)));
            }
        }
        if !self.url.is_empty() {
            event.append_property(Property::new("URL", uri(&self.url)));
        }
        event.append_property(party("ORGANIZER", &self.organiser));
        for attendee in &self.attendees {
            let mut property = party("ATTENDEE", attendee);
            property.add_parameter("ROLE", "REQ-PARTICIPANT").add_parameter("PARTSTAT", "ACCEPTED");
            event.append_multi_property(property);
        }
        // Nothing fails that is written into memory.
        file + &event.try_into_string().unwrap_or_default() + &line("END", "VCALENDAR")
    }

    /// The name of the zone, unless a reader of files knows it without rules.
    fn named_zone(&self) -> Option<&str> {
        self.zone.iana_name().filter(|name| !["UTC", "Etc/UTC"].contains(name))
    }

    fn moment(&self, key: &str, moment: jiff::Timestamp) -> Property {
        let Some(name) = self.named_zone() else { return Property::new(key, utc(moment)) };
        let local = moment.to_zoned(self.zone.clone()).strftime("%Y%m%dT%H%M%S").to_string();
        Property::new(key, local).add_parameter("TZID", name).done()
    }
}

fn utc(moment: jiff::Timestamp) -> String {
    moment.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// The text without anything that could end its line in the file. The library escapes the rest.
fn text(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| *c == '\n' || !c.is_control()).take(TEXT_MAX).collect()
}

/// The library quotes names and knows no sign for a quotation mark in them; it writes URIs as they are.
fn party(key: &str, party: &Party) -> Property {
    let name: String = text(&party.name).replace('"', "'").replace('\n', " ");
    Property::new(key, uri(&party.uri)).add_parameter("CN", &name).done()
}

fn uri(uri: &str) -> String {
    text(uri).chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}
