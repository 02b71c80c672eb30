//! Samples of messages about the time at which two people meet.

use crate::arranging::calendar::Entry;
use crate::arranging::say::{Either, Unclear};
use crate::people::named::Named;
use crate::say::samples::{alex, deadline, now, with_request};
use crate::say::{Arranging, Matter, Meant, Reminders, Say};

/// Every kind of message about meetings.
pub(crate) fn everything() -> Vec<Say> {
    news().into_iter().chain(unclear().into_iter().map(Arranging::Unclear)).map(Say::from).collect()
}

fn news() -> Vec<Arranging> {
    let at = deadline();
    let with = || Meant::To(Named::from(alex().person.address));
    let by = || Meant::From(with_request());
    let matter = |number, which| Matter { number, which, stands: None };
    let matters = || vec![matter(1, with()), matter(2, by()), matter(3, Meant::On(now()))];
    let mut all: Vec<Arranging> = [Reminders::Both, Reminders::DayBefore, Reminders::HourBefore, Reminders::None]
        .into_iter()
        .map(|reminders| Arranging::Noted { with: with(), at, reminders })
        .collect();
    all.extend([
        Arranging::Told { by: by(), at, reminders: Reminders::Both },
        Arranging::Told { by: Meant::On(now()), at, reminders: Reminders::None },
        Arranging::NotedBefore { with: with(), at },
        Arranging::Dropped { with: with(), at },
        Arranging::DroppedByOther { by: by(), at },
        Arranging::Calendar(Entry::sample(with(), at, true)),
        Arranging::Calendar(Entry::sample(by(), at, false)),
        Arranging::Calendar(Entry::sample(Meant::On(now()), at, true)),
        Arranging::NoCalendar,
        Arranging::Reminder { with: with(), at },
        Arranging::Reminder { with: Meant::On(now()), at },
        Arranging::Enough { with: with(), at: Some(at) },
        Arranging::Enough { with: with(), at: None },
        Arranging::Nobody,
        Arranging::NotNoted,
        Arranging::Which { matters: matters(), when: Some("Thursday 17:00".to_owned()) },
        Arranging::Which { matters: matters(), when: None },
    ]);
    all
}

fn unclear() -> Vec<Unclear> {
    let part = str::to_owned;
    vec![
        Unclear::Nothing,
        Unclear::Words(part("at the library")),
        Unclear::Either(part("at 8"), [Either::Clock(part("08:00")), Either::Clock(part("20:00"))]),
        Unclear::Either(part("12/1"), [Either::Day(now()), Either::Day(deadline())]),
        Unclear::WhichDay(part("17:00")),
        Unclear::WhichHour(part("Thursday afternoon")),
        Unclear::WhichZone(part("CST")),
        Unclear::Past(part("yesterday")),
        Unclear::Far(part("1 May 17:00")),
        Unclear::Vague(part("after exams")),
        Unclear::Night(part("3am")),
        Unclear::Several(part("Thursday or Friday at 5")),
        Unclear::OnlyNot,
        Unclear::NothingLeft,
        Unclear::TooLong,
    ]
}
