//! The changes that a list would make, or has made, in lines for the administrator who imports it.

use jiff::Timestamp as Moment;
use jiff::tz::TimeZone;
use lodge_core::people::member::Field;
use lodge_core::people::roster::{Change, Entry};
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

/// The number of changes of each kind, in one line.
fn sum(changes: &[Change], listed: usize) -> String {
    let count = |fits: fn(&Change) -> bool| changes.iter().filter(|change| fits(change)).count();
    let new = count(|change| matches!(change, Change::New(_)));
    let other = count(|change| matches!(change, Change::Changed { .. }));
    let back = count(|change| matches!(change, Change::Returns(_)));
    let forgotten = count(|change| matches!(change, Change::Forgotten(_)));
    let waiting = count(|change| matches!(change, Change::Waits { .. }));
    let same = listed - new - other - back - forgotten;
    let counts = [
        (new, "new"),
        (other, "changed"),
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
    let detail = |(field, label)| entry.details.get(&field).map(|value| format!("{label} {value}"));
    let details = LISTED.into_iter().filter_map(detail);
    let over = if entry.lasts(now) { "" } else { ", which is over" };
    let until = entry.until.map(|until| format!("until {}{over}", last_day(until, zone)));
    let parts = [who(entry), entry.role.code().to_owned()].into_iter().chain(details).chain(cohort).chain(until);
    parts.collect::<Vec<_>>().join(", ")
}

/// The parts of an entry that differ, each from its old value to its new one.
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
    let details = LISTED.into_iter().map(|(field, label)| pair(label, detail(from, field), detail(to, field)));
    own.into_iter().chain(details).flatten().collect()
}

/// The details that a list has, and the words for them.
const LISTED: [(Field, &str); 3] =
    [(Field::Organisation, "organisation"), (Field::Course, "course"), (Field::Headline, "headline")];

/// The last day on which something holds that ends at this moment.
pub(super) fn last_day(until: Timestamp, zone: &TimeZone) -> String {
    Moment::from_millisecond(until.as_millis() - 1)
        .map_or_else(|_| String::new(), |last| last.to_zoned(zone.clone()).date().to_string())
}

#[cfg(test)]
mod tests {
    use lodge_core::people::roster::Change;

    use super::super::sheet;
    use super::*;

    /// Monday 2 November 2026, ten in the morning in London.
    const NOW: Timestamp = Timestamp::from_millis(1_793_613_600_000);

    fn london() -> TimeZone {
        TimeZone::get("Europe/London").unwrap()
    }

    fn entry(line: &str) -> Entry {
        let head = "name,email,matrix_id,role,cohort,organisation,valid_until,course,headline";
        sheet::read(format!("{head}\n{line}\n").as_bytes(), &london(), &sheet::Reading::default())
            .unwrap()
            .entries
            .remove(0)
    }

    #[test]
    fn what_a_list_would_change_reads_like_this() {
        let noor = "Noor,noor@mail.example,@noor:example.org,";
        let changes = [
            Change::New(entry("Sam Reed,sam@mail.example,,student,2026,,2027-06-30,History,")),
            Change::New(entry("Ivy,,@ivy:example.org,intern,,,2026-10-31,,")),
            Change::Changed {
                from: entry(&format!("{noor}student,2023,,2026-11-30,Physics,")),
                to: entry(&format!("{noor}alumnus,,,,Physics,Patent clerk")),
            },
            Change::Returns(entry("Robin,robin@mail.example,@robin:example.org,alumnus,,,,,Barrister")),
            Change::Ends(entry("Kim,kim@mail.example,,student,,,,,")),
            Change::Forgotten(entry("Lee,lee@mail.example,,alumnus,,,,,")),
            Change::Waits { organisation: "City Museum".to_owned(), people: 1 },
            Change::Waits { organisation: "Harbour Press".to_owned(), people: 3 },
        ];
        insta::assert_snapshot!(lines(&changes, 48, NOW, &london()).join("\n"), @r#"
        new           Sam Reed (sam@mail.example), student, course History, cohort 2026, until 2027-06-30
        new           Ivy (@ivy:example.org), intern, until 2026-10-31, which is over
        changed       Noor (noor@mail.example, @noor:example.org): role student → alumnus; cohort 2023 → nothing; until 2026-11-30 → no end; headline nothing → Patent clerk
        back          Robin (robin@mail.example, @robin:example.org), alumnus, headline Barrister
        ends          Kim (kim@mail.example), student
        not taken in  Lee (lee@mail.example), who asked to be forgotten
        waits         City Museum, 1 person: until staff write "approve organisation City Museum"
        waits         Harbour Press, 3 people: until staff write "approve organisation Harbour Press"
        2 new, 1 changed, 1 back, 1 no longer listed, 1 not taken in, 43 as before, 2 organisations wait.
        "#);
        insta::assert_snapshot!(lines(&[], 48, NOW, &london()).join("\n"), @"48 as before.");
        insta::assert_snapshot!(lines(&[], 0, NOW, &london()).join("\n"), @"Nobody is on the list.");
    }
}
