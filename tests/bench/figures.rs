//! The figures of a run, as a table.

use std::fmt;
use std::time::Duration;

use crate::members::Spent;

/// Everything that was measured so far.
#[derive(Debug, Default)]
pub struct Figures {
    rows: Vec<[String; 5]>,
}

/// The times that something took, one for each time it was done.
#[derive(Debug, Default)]
pub struct Times(Vec<Duration>);

/// The turns in which something was done many times, each with its rate in a second.
#[derive(Debug, Default)]
pub struct Turns {
    rates: Vec<f64>,
    processor: Duration,
    count: usize,
}

impl Turns {
    /// Adds a turn: `count` of something in `time`, with so much processor time.
    pub fn add(&mut self, count: usize, time: Duration, processor: Duration) {
        self.rates.push(precise(count) / time.as_secs_f64());
        self.rates.sort_unstable_by(f64::total_cmp);
        self.processor += processor;
        self.count += count;
    }

    fn median(&self) -> f64 {
        self.rates.get(self.rates.len() / 2).copied().unwrap_or_default()
    }
}

impl fmt::Display for Turns {
    /// The median rate, the least and the most of them, and the processor time for each.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [least, most] = [self.rates.first(), self.rates.last()].map(|rate| rate.copied().unwrap_or_default());
        let each = ms(self.processor) / precise(self.count);
        let [median, least, most] = [self.median(), least, most].map(thousands);
        write!(f, "{median}/s ({least}–{most}), {each:.2} ms of processor")
    }
}

impl Figures {
    /// Adds a rate: `count` of something in `time`.
    pub fn rate(&mut self, what: &str, unit: &str, count: usize, time: Duration) {
        let rate = precise(count) / time.as_secs_f64();
        self.add([
            what.to_owned(),
            format!("{} {unit}/s", thousands(rate)),
            String::new(),
            String::new(),
            String::new(),
        ]);
    }

    /// Adds the hub's times beside another program's; `aim` is the ratio that is hoped for.
    pub fn beside(&mut self, what: &str, hub: &Times, other: &Times, name: &str, aim: f64) {
        let ratio = hub.median().as_secs_f64() / other.median().as_secs_f64();
        self.add([
            what.to_owned(),
            hub.to_string(),
            format!("{name} {other}"),
            format!("{ratio:.2}"),
            format!("{aim:.2}"),
        ]);
    }

    /// Adds the hub's turns beside another program's; the ratio is that of the times for each.
    pub fn turns(&mut self, what: &str, hub: &Turns, other: &Turns, name: &str, aim: f64) {
        let ratio = other.median() / hub.median();
        self.add([
            what.to_owned(),
            hub.to_string(),
            format!("{name} {other}"),
            format!("{ratio:.2}"),
            format!("{aim:.2}"),
        ]);
    }

    /// Adds the hub's times for two things that must take equally long.
    pub fn alike(&mut self, what: &str, one: &Times, other: &Times, name: &str) {
        let ratio = one.median().as_secs_f64() / other.median().as_secs_f64();
        let what = format!("{what} (t {:.1})", one.standard_errors_from(other));
        self.add([what, one.to_string(), format!("{name} {other}"), format!("{ratio:.2}"), "1.00".to_owned()]);
    }

    /// The time of the slowest, beside the slowest of others.
    pub fn slowest(&mut self, what: &str, some: &Times, others: &Times, aim: f64) {
        let ratio = some.slowest().as_secs_f64() / others.slowest().as_secs_f64();
        let [some, others] = [some, others].map(|times| format!("{:.0} ms", ms(times.slowest())));
        self.add([what.to_owned(), some, others, format!("{ratio:.2}"), format!("{aim:.2}")]);
    }

    /// The time that something took, once.
    pub fn took(&mut self, what: &str, time: Duration) {
        let time = format!("{:.0} ms", ms(time));
        self.add([what.to_owned(), time, String::new(), String::new(), String::new()]);
    }

    /// The cost of something each time.
    pub fn spent(&mut self, what: &str, spent: &Spent) {
        let Spent { written, calls, kept, processor } = spent;
        let kb = |bytes: &usize| thousands(precise(*bytes) / 1000.0);
        let cost = format!(
            "{} kB written, {calls} calls, {:.1} ms of processor",
            kb(written),
            processor.as_secs_f64() * 1000.0
        );
        self.add([what.to_owned(), cost, format!("{} kB kept", kb(kept)), String::new(), String::new()]);
    }

    fn add(&mut self, row: [String; 5]) {
        progress(row.each_ref().map(String::as_str).join("  ").trim_end());
        self.rows.push(row);
    }
}

impl Times {
    /// Adds one time.
    pub fn add(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// The difference between the means of two, in standard errors (Welch's t): a few tell them apart.
    fn standard_errors_from(&self, other: &Self) -> f64 {
        let of = |times: &Self| {
            let (seconds, count) = (times.0.iter().map(Duration::as_secs_f64), precise(times.0.len()));
            let mean = seconds.clone().sum::<f64>() / count;
            let variance = seconds.map(|time| (time - mean).powi(2)).sum::<f64>() / (count - 1.0).max(1.0);
            (mean, variance / count)
        };
        let ((one, error), (two, other_error)) = (of(self), of(other));
        (one - two) / (error + other_error).sqrt().max(f64::MIN_POSITIVE)
    }

    fn slowest(&self) -> Duration {
        self.0.iter().max().copied().unwrap_or_default()
    }

    fn median(&self) -> Duration {
        self.at(1, 2)
    }

    /// The time below which this part of all times lies.
    fn at(&self, part: usize, of: usize) -> Duration {
        let mut times = self.0.clone();
        times.sort_unstable();
        times.get(times.len() * part / of).copied().unwrap_or_default()
    }
}

impl fmt::Display for Times {
    /// The median, and between which times the middle half lies.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.0} ms ({:.0}–{:.0})", ms(self.median()), ms(self.at(1, 4)), ms(self.at(3, 4)))
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = ["what", "Lodge: median (middle half)", "beside", "ratio", "aim"].map(str::to_owned);
        let line = ["---", "---", "---", "---:", "---:"].map(str::to_owned);
        for row in [&head, &line].into_iter().chain(&self.rows) {
            writeln!(f, "| {} |", row.join(" | "))?;
        }
        Ok(())
    }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Writes a line on the progress to standard error.
pub fn progress(line: &str) {
    eprintln!("bench: {line}");
}

/// A count as a number to divide. No count here comes near the limit.
fn precise(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn thousands(number: f64) -> String {
    let digits = format!("{number:.0}");
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
    groups.join(",")
}
