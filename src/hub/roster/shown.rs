//! What a list would change, or has changed, in lines that whoever imports it reads.

use jiff::Timestamp as Moment;
use jiff::tz::TimeZone;
use lodge_core::member::Field;
use lodge_core::roster::{Change, Entry};
use lodge_core::time::Timestamp;

/// A line for each change, then their numbers. `listed` is how many people are on the list.
pub(super) fn lines(changes: &[Change], listed: usize, now: Timestamp, zone: &TimeZone) -> Vec<String> {
    let mut lines: Vec<String> = changes.iter().map(|change| line(change, now, zone)).collect();
    lines.push(sum(changes, listed));
    lines
}

/// Whether anything would be other than it is.
pub(super) fn is_change(change: &Change) -> bool {
    match change {
        Change::New(_) | Change::Changed { .. } | Change::Returns(_) | Change::Ends(_) => true,
        Change::Forgotten(_) | Change::Waits { .. } => false,
    }
}

fn line(change: &Change, now: Timestamp, zone: &TimeZone) -> String {
    match change {
        Change::New(entry) => format!("new           {}", whole(entry, now, zone)),
        Change::Changed { from, to } => {
            format!("changed       {}: {}", who(from), differences(from, to, zone).join("; "))
        }
        Change::Returns(entry) => format!("back          {}", whole(entry, now, zone)),
        Change::Ends(entry) => format!("ends          {}, {}", who(entry), entry.role.code()),
        Change::Forgotten(entry) => format!("not taken in  {}, who asked to be forgotten", who(entry)),
        Change::Waits { organisation, people } => {
            let people = if *people == 1 { "1 person".to_owned() } else { format!("{people} people") };
            format!("waits         {organisation}, {people}: until staff write \"approve organisation {organisation}\"")
        }
    }
}

/// How many of each there are.
fn sum(changes: &[Change], listed: usize) -> String {
    let count = |fits: fn(&Change) -> bool| changes.iter().filter(|change| fits(change)).count();
    let new = count(|change| matches!(change, Change::New(_)));
    let changed = count(|change| matches!(change, Change::Changed { .. }));
    let back = count(|change| matches!(change, Change::Returns(_)));
    let forgotten = count(|change| matches!(change, Change::Forgotten(_)));
    let waiting = count(|change| matches!(change, Change::Waits { .. }));
    let same = listed - new - changed - back - forgotten;
    let counts = [
        (new, "new"),
        (changed, "changed"),
        (back, "back"),
        (count(|change| matches!(change, Change::Ends(_))), "no longer listed"),
        (forgotten, "not taken in"),
        (same, "as before"),
        (waiting, if waiting == 1 { "organisation waits" } else { "organisations wait" }),
    ];
    let counts = counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
    let counts = counts.collect::<Vec<_>>().join(", ");
    if counts.is_empty() { "Nobody is on the list.".to_owned() } else { format!("{counts}.") }
}

fn who(entry: &Entry) -> String {
    let mail = entry.mail.as_ref().map(ToString::to_string);
    let address = entry.address.as_ref().map(ToString::to_string);
    let reached = mail.into_iter().chain(address).collect::<Vec<_>>().join(", ");
    format!("{} ({reached})", entry.name)
}

fn whole(entry: &Entry, now: Timestamp, zone: &TimeZone) -> String {
    let cohort = entry.cohort.as_ref().map(|cohort| format!("cohort {cohort}"));
    let details = entry.details.iter().map(|(field, value)| format!("{} {value}", label(*field)));
    let over = if entry.lasts(now) { "" } else { ", which is over" };
    let until = entry.until.map(|until| format!("until {}{over}", last_day(until, zone)));
    let parts = [who(entry), entry.role.code().to_owned()].into_iter().chain(details).chain(cohort).chain(until);
    parts.collect::<Vec<_>>().join(", ")
}

/// What is other than it was, each from what to what.
fn differences(from: &Entry, to: &Entry, zone: &TimeZone) -> Vec<String> {
    let text = |text: Option<&dyn ToString>| text.map_or_else(|| "nothing".to_owned(), ToString::to_string);
    let day = |until: Option<Timestamp>| until.map_or_else(|| "no end".to_owned(), |until| last_day(until, zone));
    let pair = |what: &str, from: String, to: String| (from != to).then(|| format!("{what} {from} → {to}"));
    let mail = |entry: &Entry| text(entry.mail.as_ref().map(|mail| mail as &dyn ToString));
    let address = |entry: &Entry| text(entry.address.as_ref().map(|address| address as &dyn ToString));
    let cohort = |entry: &Entry| text(entry.cohort.as_ref().map(|cohort| cohort as &dyn ToString));
    let detail = |entry: &Entry, field| text(entry.details.get(&field).map(|value| value as &dyn ToString));
    let own = [
        pair("name", from.name.to_string(), to.name.to_string()),
        pair("email", mail(from), mail(to)),
        pair("Matrix id", address(from), address(to)),
        pair("role", from.role.code().to_owned(), to.role.code().to_owned()),
        pair("cohort", cohort(from), cohort(to)),
        pair("until", day(from.until), day(to.until)),
    ];
    let details = Field::ALL.into_iter().map(|field| pair(label(field), detail(from, field), detail(to, field)));
    own.into_iter().chain(details).flatten().collect()
}

fn label(field: Field) -> &'static str {
    match field {
        Field::Name => "name",
        Field::MatrixId => "Matrix id",
        Field::Headline => "headline",
        Field::Course => "course",
        Field::Organisation => "organisation",
        Field::Email => "email",
        Field::Phone => "phone",
    }
}

/// The last day on which something holds that ends at this moment.
pub(super) fn last_day(until: Timestamp, zone: &TimeZone) -> String {
    Moment::from_millisecond(until.as_millis() - 1)
        .map_or_else(|_| String::new(), |last| last.to_zoned(zone.clone()).date().to_string())
}
