//! The figures in the text format that Prometheus reads, version 0.0.4.

use std::fmt::{Display, Write as _};
use std::time::Duration;

use super::{COMMITS_MS, Figures, Stage, Which};

/// Numbers of members are rounded to a multiple of this.
pub(super) const MEMBERS: u64 = 5;

/// The size of a counselling service's data is rounded to a multiple of this many bytes.
pub(super) const COARSE_BYTES: u64 = 10_000_000;

/// Shorter times than this are no time, where it is told of a counselling service.
pub(super) const COARSE_TIME: Duration = Duration::from_mins(5);

impl Figures {
    /// All figures, in Prometheus's text format.
    pub(super) fn text(&self) -> String {
        let mut page = Page(String::new());
        match self.which {
            Which::Hub => self.hub(&mut page),
            Which::Counsel => self.counsel(&mut page),
        }
        page.0
    }

    fn hub(&self, page: &mut Page) {
        let seen = &self.seen;
        page.gauge("lodge_up", "1 while the hub runs, 0 while it waits for its homeserver.", u8::from(self.runs()));
        page.gauge("lodge_start_time_seconds", "When it was started, since 1970.", seen.started.as_millis() / 1000);
        if let Some(heard) = self.heard {
            page.gauge("lodge_sync_age_seconds", "How long ago the last sync response was taken in.", seconds(heard));
        }
        page.gauge("lodge_outbox_jobs", "How many things are to be done.", seen.vitals.to_do);
        page.gauge("lodge_outbox_age_seconds", "How long the oldest of them has waited.", seconds(self.oldest));
        page.gauge("lodge_calls", "How many of them are being tried.", seen.on_their_way);
        page.gauge("lodge_messages_without_key", "How many messages wait for their keys.", seen.vitals.without_key);
        page.gauge("lodge_timers_late_seconds", "By how much the next moment is late.", seconds(self.late));
        self.commits(page);
        page.gauge("lodge_store_bytes", "How large the store is, without its log.", self.sizes.store);
        page.gauge("lodge_log_bytes", "How large the commit log is, in all its copies.", self.sizes.log);
        if let Some(age) = self.sizes.export_age {
            page.gauge("lodge_export_age_seconds", "How old the newest export is.", seconds(age));
        }
        page.counter(
            "lodge_faults_total",
            "How often an administrator should have looked, since the start.",
            seen.faults,
        );
        page.about("lodge_members", "gauge", "How many members have this role, to the nearest five.");
        for (role, count) in &seen.members {
            page.line(&format!("lodge_members{{role=\"{role}\"}}"), rounded(*count as u64, MEMBERS));
        }
    }

    /// The figures of a counselling service: none shows the moment at which somebody wrote.
    fn counsel(&self, page: &mut Page) {
        let heard = self.heard.map(|heard| seconds(coarse(heard)));
        page.gauge("lodge_counsel_up", "1 while it runs, 0 while it waits for its homeserver.", u8::from(self.runs()));
        if let Some(heard) = heard {
            let about = "How long ago the last sync response was taken in; less than five minutes is 0.";
            page.gauge("lodge_counsel_sync_age_seconds", about, heard);
        }
        let about = "How long the oldest thing to do has waited; less than five minutes is 0.";
        page.gauge("lodge_counsel_outbox_age_seconds", about, seconds(coarse(self.oldest)));
        let about = "By how much the next moment is late; less than five minutes is 0.";
        page.gauge("lodge_counsel_timers_late_seconds", about, seconds(coarse(self.late)));
        let size = rounded(self.sizes.store, COARSE_BYTES);
        page.gauge("lodge_counsel_store_bytes", "How large the store is, to the nearest 10 MB.", size);
    }

    fn commits(&self, page: &mut Page) {
        page.about("lodge_commit_seconds", "histogram", "How long commits took.");
        let mut count = 0;
        for (bound, more) in COMMITS_MS.iter().zip(self.seen.commits.counts) {
            count += more;
            let bound = seconds(Duration::from_millis(*bound));
            page.line(&format!("lodge_commit_seconds_bucket{{le=\"{bound}\"}}"), count);
        }
        page.line("lodge_commit_seconds_bucket{le=\"+Inf\"}", self.seen.commits.count());
        page.line("lodge_commit_seconds_sum", seconds(self.seen.commits.total));
        page.line("lodge_commit_seconds_count", self.seen.commits.count());
        let about = "How long the longest commit took since the start.";
        page.gauge("lodge_commit_longest_seconds", about, seconds(self.seen.commits.longest));
    }

    pub(super) fn runs(&self) -> bool {
        self.seen.stage == Stage::Running
    }
}

struct Page(String);

impl Page {
    fn about(&mut self, name: &str, kind: &str, help: &str) {
        // Writing to a text cannot fail.
        let _written = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn line(&mut self, name: &str, value: impl Display) {
        let _written = writeln!(self.0, "{name} {value}");
    }

    fn gauge(&mut self, name: &str, help: &str, value: impl Display) {
        self.about(name, "gauge", help);
        self.line(name, value);
    }

    fn counter(&mut self, name: &str, help: &str, value: impl Display) {
        self.about(name, "counter", help);
        self.line(name, value);
    }
}

/// The nearest multiple of `to`.
pub(super) fn rounded(count: u64, to: u64) -> u64 {
    (count + to / 2) / to * to
}

/// No time where it is short; else in whole steps.
fn coarse(time: Duration) -> Duration {
    let steps = time.as_secs() / COARSE_TIME.as_secs();
    COARSE_TIME.saturating_mul(u32::try_from(steps).unwrap_or(u32::MAX))
}

fn seconds(time: Duration) -> f64 {
    // Milliseconds are exact enough, and read better than all digits.
    Duration::from_millis(u64::try_from(time.as_millis()).unwrap_or(u64::MAX)).as_secs_f64()
}
