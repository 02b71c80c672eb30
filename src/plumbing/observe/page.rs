//! The figures as lines for a terminal, none wider than a phone.

use std::time::Duration;

use super::figures::{COARSE_BYTES, COARSE_TIME, MEMBERS, rounded};
use super::{Figures, Which};

/// The width of the names of figures.
const NAMES: usize = 14;

impl Figures {
    /// The whole status page, line by line.
    pub(super) fn lines(&self) -> Vec<String> {
        let name = match self.which {
            Which::Hub => "The hub",
            Which::Counsel => "Counselling",
        };
        let does = if self.runs() { "runs" } else { "waits for its homeserver" };
        let mut lines = vec![format!("{name} {does}."), String::new()];
        let mut line = |name: &str, value: String| lines.push(format!("{name:<NAMES$}{value}"));
        match self.which {
            Which::Hub => self.of_hub(&mut line),
            Which::Counsel => {
                line("homeserver", self.heard.map_or_else(|| "not heard yet".to_owned(), recently));
                line(
                    "to do",
                    if self.oldest < COARSE_TIME { "nothing late".to_owned() } else { long(self.oldest) + " late" },
                );
                line("timers", on_time(self.late));
                line("store", coarse(self.sizes.store));
            }
        }
        lines.push(String::new());
        let troubles = self.troubles();
        if troubles.is_empty() {
            lines.push("All is well.".to_owned());
        }
        lines.extend(troubles);
        lines
    }

    fn of_hub(&self, line: &mut impl FnMut(&str, String)) {
        let seen = &self.seen;
        line("started", seen.started.utc());
        line(
            "homeserver",
            self.heard.map_or_else(|| "not heard yet".to_owned(), |heard| format!("heard {} ago", long(heard))),
        );
        let to_do = match (seen.vitals.to_do, seen.on_their_way) {
            (0, _) => "nothing".to_owned(),
            (count, tried) => format!("{count}, {tried} of them now"),
        };
        line("to do", to_do);
        if seen.vitals.to_do > 0 {
            line("the oldest", format!("since {}", long(self.oldest)));
        }
        line("without keys", seen.vitals.without_key.to_string());
        line("timers", on_time(self.late));
        let commits = seen.commits.count();
        line("commits", commits.to_string());
        if let Some(mean) = u32::try_from(commits).ok().and_then(|count| seen.commits.total.checked_div(count)) {
            line("each took", format!("{} ms, at most {} ms", mean.as_millis(), seen.commits.longest.as_millis()));
        }
        line("store", bytes(self.sizes.store));
        line("commit log", if self.sizes.log == 0 { "none".to_owned() } else { bytes(self.sizes.log) });
        line("last export", self.sizes.export_age.map_or_else(|| "none".to_owned(), |age| long(age) + " ago"));
        line("faults", if seen.faults == 0 { "none".to_owned() } else { format!("{}: see the log", seen.faults) });
        for (role, count) in &seen.members {
            line(
                role,
                match rounded(*count as u64, MEMBERS) {
                    0 => "one or two".to_owned(),
                    count => format!("about {count}"),
                },
            );
        }
    }
}

fn recently(heard: Duration) -> String {
    if heard < COARSE_TIME { "heard just now".to_owned() } else { format!("heard {} ago", long(heard)) }
}

/// A size of which only the tens of megabytes are told.
fn coarse(size: u64) -> String {
    match rounded(size, COARSE_BYTES) {
        0 => "less than 10 MB".to_owned(),
        size => bytes(size),
    }
}

fn on_time(late: Duration) -> String {
    if late < Duration::from_secs(5) { "on time".to_owned() } else { long(late) + " late" }
}

/// A duration in its largest unit.
fn long(time: Duration) -> String {
    let seconds = time.as_secs();
    let (count, unit) = match seconds {
        0..=119 => (seconds, "s"),
        120..=7_199 => (seconds / 60, "min"),
        7_200..=172_799 => (seconds / 3600, "h"),
        172_800.. => (seconds / 86_400, "days"),
    };
    format!("{count} {unit}")
}

/// A size in its largest unit.
fn bytes(bytes: u64) -> String {
    let (unit, name) = match bytes {
        0..=999_999 => (1_000, "kB"),
        1_000_000..=999_999_999 => (1_000_000, "MB"),
        1_000_000_000.. => (1_000_000_000, "GB"),
    };
    format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit)
}
