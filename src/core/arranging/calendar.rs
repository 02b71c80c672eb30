//! The calendar file of a meeting, as one of the two gets it: what it says is a value, so that the same message is always the same file.

use jiff::tz::TimeZone;
use lodge_calendar::invitation::{Invitation, Party, Standing};
use lodge_calendar::overlap::Slot;
use serde::{Deserialize, Serialize};

use crate::consent::Shown;
use crate::dialogue::Asks;
use crate::id::{IntroductionId, MemberId};
use crate::introduction::Stage;
use crate::name::Address;
use crate::people::member::Field;
use crate::people::named::Named;
use crate::say::{Arranging, Meant};
use crate::time::{Span, Timestamp};
use crate::turn::Turn;
use crate::wording::File;

/// A meeting is this long where nobody said how long.
const MINUTES: u8 = 30;

/// Nobody has an address in the file, whatever is known of them elsewhere: no calendar is to write to them. A file has to name
/// something all the same, and not the same for both.
const NO_ADDRESS: [&str; 2] = ["invalid:service", "invalid:nomail"];

/// A meeting as it is to stand in its reader's calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The introduction by which the two met, from which the meeting's name among all meetings follows.
    introduction: IntroductionId,
    /// The other of the two.
    pub(super) with: Meant,
    /// The time.
    at: Timestamp,
    /// Its length.
    minutes: u8,
    /// Whether it takes place, or was called off.
    takes_place: bool,
    /// The number of its changes, by which a calendar knows the newest file.
    change: u32,
    /// The time at which it was told.
    told: Timestamp,
    /// Whether it was called off because there is no introduction any more, or one of the two wants none.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) for_good: bool,
    /// The link to their call, if they have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    call: Option<String>,
    /// The name of the service.
    service: String,
    /// The porter, on whose server the meeting has its name.
    porter: Address,
    /// The zone whose clock the time is told by.
    zone: String,
}

impl Entry {
    /// The file, with its name in a calendar on the first line of `words` and a note about it on the others.
    pub(crate) fn file(&self, words: &str) -> File {
        let (summary, description) = words.split_once('\n').unwrap_or((words, ""));
        let [of_service, of_person] = NO_ADDRESS;
        let invitation = Invitation {
            uid: format!("{}@{}", self.introduction, self.porter.server()),
            sequence: self.change,
            stamp: self.told,
            slot: Slot { from: self.at, to: self.at.after(Span::from_millis(u64::from(self.minutes) * 60_000)) },
            zone: TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC),
            standing: if self.takes_place { Standing::Agreed } else { Standing::CalledOff },
            summary: summary.trim().to_owned(),
            description: description.trim().to_owned(),
            location: self.call.clone().unwrap_or_default(),
            url: self.call.clone().unwrap_or_default(),
            organiser: Party { name: self.service.clone(), uri: of_service.to_owned() },
            attendees: vec![Party {
                name: name(&self.with).unwrap_or_else(|| summary.trim()).to_owned(),
                uri: of_person.to_owned(),
            }],
        };
        let name = if self.takes_place { "meeting.ics" } else { "meeting-called-off.ics" };
        File { name, media_type: "text/calendar", bytes: invitation.to_ics().into_bytes() }
    }
}

#[cfg(any(test, feature = "samples"))]
impl Entry {
    /// A sample of one that is over for good.
    pub(super) fn sample_of_end(with: Meant, at: Timestamp) -> Self {
        Self { for_good: true, ..Self::sample(with, at, false) }
    }

    /// A sample of one.
    pub(super) fn sample(with: Meant, at: Timestamp, takes_place: bool) -> Self {
        use crate::say::samples::{alex, now};
        Self {
            introduction: IntroductionId::from_bytes([7; 16]),
            with,
            at,
            minutes: MINUTES,
            takes_place,
            change: u32::from(!takes_place),
            told: now(),
            for_good: false,
            call: None,
            service: "Careers".to_owned(),
            porter: alex().person.address,
            zone: "Europe/London".to_owned(),
        }
    }
}

/// The name of somebody, if their reader was shown or gave one.
fn name(who: &Meant) -> Option<&str> {
    match who {
        Meant::To(Named::Address(address)) => Some(address.as_str()),
        Meant::To(Named::Entry { shown_as, .. }) => shown_as.as_deref(),
        Meant::From(of) => of.fields().iter().find(|shown| shown.field() == Field::Name).map(Shown::value),
        Meant::On(_) => None,
    }
}

impl Turn<'_> {
    /// Gives both the file about the time that is noted now, or was until now. The other than `from` gets it if they want to hear of
    /// this one. The file of `from` asks for what the words asked for that it follows.
    pub(super) fn bring_entries(&mut self, from: MemberId, id: IntroductionId, at: Timestamp, takes_place: bool) {
        let Some(entry) = self.entry(from, id, at, takes_place) else { return };
        let with = |with| Arranging::Calendar(Entry { with, ..entry.clone() });
        let file = self.say_of_meeting(from, id, with);
        if let (false, Some(file)) = (takes_place, file)
            && let Some(dialogue) = self.dialogue(from)
        {
            dialogue.asks(Asks::Times(id), file);
        }
        self.bring_news(from, id, with);
    }

    /// Tells one of the two that they do not meet after all, and takes it out of their calendar. No detail is shown where details
    /// are being taken back.
    pub(super) fn tell_of_end(&mut self, reader: MemberId, id: IntroductionId, at: Timestamp) {
        let Some(entry) = self.entry(reader, id, at, false) else { return };
        let Some(introduction) = self.state.introduction(id) else { return };
        let with = match (entry.with, &introduction.stage) {
            (Meant::From(_), Stage::Ended { .. }) => Meant::On(introduction.sent_at),
            (with, _) => with,
        };
        self.tell(reader, Arranging::Ended { with: with.clone(), at });
        self.tell(reader, Arranging::Calendar(Entry { with, for_good: true, ..entry }));
    }

    fn entry(&self, reader: MemberId, id: IntroductionId, at: Timestamp, takes_place: bool) -> Option<Entry> {
        let introduction = self.state.introduction(id)?;
        // A time that is called off comes between the one that was told and the next.
        let change = introduction.times_told.saturating_mul(2).saturating_sub(if takes_place { 2 } else { 1 });
        let zone = &self.settings.office.zone;
        Some(Entry {
            introduction: id,
            with: self.meant(reader, id)?,
            at,
            minutes: introduction.request.plan.minutes.unwrap_or(MINUTES),
            takes_place,
            change,
            told: self.now,
            for_good: false,
            call: self.call(id),
            service: self.settings.service.clone(),
            porter: self.settings.porter.clone(),
            zone: zone.iana_name().unwrap_or("UTC").to_owned(),
        })
    }
}
