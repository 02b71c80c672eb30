//! Samples of messages about the time at which two people meet.

use lodge_calendar::free::Interval;

use crate::arranging::calendar::Entry;
use crate::arranging::say::{Because, Either, Unclear};
use crate::id::CallId;
use crate::interview::samples::plan;
use crate::people::named::Named;
use crate::say::samples::{alex, deadline, now, with_request};
use crate::say::{Arranging, Matter, Meant, Reminders, Say, Searching, Times};
use crate::time::Span;

/// Every kind of message about meetings.
pub(crate) fn everything() -> Vec<Say> {
    let unclear = unclear().into_iter();
    let both = unclear.flat_map(|why| [Arranging::Unclear(why.clone()), Searching::Unclear(why).into()]);
    news().into_iter().chain(both).chain(searching().into_iter().map(Arranging::from)).map(Say::from).collect()
}

fn news() -> Vec<Arranging> {
    let at = deadline();
    let with = || Meant::To(Named::from(alex().person.address));
    let by = || Meant::From(with_request());
    let call = || Some(format!("https://meet.example.org/{}", CallId::from_bytes([9; 16])));
    let matter = |number, which| Matter { number, which, stands: None };
    let matters = || vec![matter(1, with()), matter(2, by()), matter(3, Meant::On(now()))];
    let mut all: Vec<Arranging> = [Reminders::Both, Reminders::DayBefore, Reminders::HourBefore, Reminders::None]
        .into_iter()
        .map(|reminders| Arranging::Noted { with: with(), at, reminders, call: None })
        .collect();
    all.extend([
        Arranging::Noted { with: with(), at, reminders: Reminders::Both, call: call() },
        Arranging::Told { by: by(), at, reminders: Reminders::Both, call: None },
        Arranging::Told { by: Meant::On(now()), at, reminders: Reminders::None, call: call() },
        Arranging::NotedBefore { with: with(), at, call: None },
        Arranging::NotedBefore { with: with(), at, call: call() },
        Arranging::Dropped { with: with(), at },
        Arranging::DroppedByOther { by: by(), at },
        Arranging::Calendar(Entry::sample(with(), at, true)),
        Arranging::Calendar(Entry::sample(by(), at, false)),
        Arranging::Calendar(Entry::sample(Meant::On(now()), at, true)),
        Arranging::Ended { with: with(), at },
        Arranging::Ended { with: Meant::On(now()), at },
        Arranging::Calendar(Entry::sample_of_end(with(), at)),
        Arranging::NoCalendar,
        Arranging::Reminder { with: with(), at, call: None, prepare: Some(vec![]) },
        Arranging::Reminder { with: with(), at, call: call(), prepare: Some(plan().questions) },
        Arranging::Reminder { with: Meant::On(now()), at, call: call(), prepare: None },
        Arranging::Enough { with: with(), at: Some(at) },
        Arranging::Enough { with: with(), at: None },
        Arranging::Nobody,
        Arranging::NotNoted,
        Arranging::Which { matters: matters(), when: Some("Thursday 17:00".to_owned()) },
        Arranging::Which { matters: matters(), when: None },
    ]);
    all
}

fn searching() -> Vec<Searching> {
    let hours = |from: u64, to: u64| {
        let [from, to] = [from, to].map(|hours| now().after(Span::from_millis(hours * 3_600_000)));
        Interval { from, to }
    };
    let with = || Meant::To(Named::from(alex().person.address));
    let by = || Meant::From(with_request());
    let told = |windows| Times { windows, zone: None };
    let times = || told(vec![hours(28, 33), hours(76, 81)]);
    let berlin = || Some("Europe/Berlin".to_owned());
    let many = || told((0..7).map(|day| hours(24 * day + 2, 24 * day + 5)).collect());
    let slots = || vec![hours(28, 33).from, hours(76, 81).from, hours(79, 81).from];
    let matters =
        vec![Matter { number: 1, which: with(), stands: None }, Matter { number: 2, which: by(), stands: None }];
    let offered = |because| Searching::Offered { by: by(), times: times(), slots: slots(), because };
    let suggested = |because| Searching::Offered {
        by: with(),
        times: told(vec![hours(28, 29)]),
        slots: vec![hours(28, 29).from],
        because,
    };
    let mut all: Vec<Searching> = [Because::Given, Because::Apart, Because::Again, Because::Changed]
        .into_iter()
        .flat_map(|because| [offered(because), suggested(because)])
        .collect();
    all.extend([
        Searching::When { with: with() },
        Searching::YesWithTimes { with: by(), times: times() },
        Searching::YesWithTimes { with: Meant::On(now()), times: told(vec![hours(28, 29)]) },
        Searching::Passed { with: by() },
        Searching::Kept { with: with(), times: many(), waits: false },
        Searching::Kept { with: by(), times: times(), waits: true },
        Searching::Common { with: with(), slots: slots(), zone: None },
        Searching::Common { with: with(), slots: slots(), zone: berlin() },
        Searching::Kept { with: with(), times: Times { zone: berlin(), ..times() }, waits: false },
        Searching::Chosen { with: with(), at: hours(28, 33).from, zone: berlin() },
        Searching::Confirm { by: by(), at: hours(28, 33).from, zone: None, again: false },
        Searching::Confirm { by: by(), at: hours(28, 33).from, zone: berlin(), again: true },
        Searching::Apart { with: with(), times: times() },
        Searching::NoneSuits { with: with() },
        Searching::WhichMoment { count: 3 },
        Searching::Gone,
        Searching::TooShort { length: Span::from_millis(1_800_000) },
        Searching::Enough { with: with() },
        Searching::Which { matters, times: "Tue or Thu after 4".to_owned() },
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
