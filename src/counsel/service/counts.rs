//! `lodge counsel counts`: how many conversations there were in each month, to the nearest five.

use anyhow::Context;
use lodge_counsel_core::tally::{Month, Tally};
use lodge_ground::store::{Store, Table};
use lodge_ground::stored;
use lodge_plumbing::service::clock;

use crate::config::Config;
use crate::run::{master_key, open_store};

/// A line for each month that is over. The one that is going on is not counted yet.
///
/// # Errors
/// When the store cannot be opened: while the service runs, it is the service's alone.
pub fn counts(config: &Config) -> anyhow::Result<Vec<String>> {
    let store = open_store(config, &master_key(config)?).context("stop the service first; it has the numbers")?;
    let mut tally: Tally = stored::single(&store.load(Table::Singles)?)?.unwrap_or_default();
    if let Some(now) = Month::of(clock(), &config.service.zone) {
        tally.turn(now);
    }
    Ok(lines(&tally))
}

fn lines(tally: &Tally) -> Vec<String> {
    if tally.months().is_empty() {
        return vec!["No month is over since the first conversation.".to_owned()];
    }
    let line = |(month, count): &(Month, u32)| format!("{}-{:02}  {count}", month.year, month.month);
    let head = "Conversations that began in each month, to the nearest five:".to_owned();
    std::iter::once(head).chain(tally.months().iter().map(line)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn i14_the_counts_are_of_months_that_are_over_and_to_the_nearest_five() {
        let month = |month| Month { year: 2026, month };
        let mut tally = Tally::default();
        tally.turn(month(11));
        for _ in 0..7 {
            tally.count(month(11));
        }
        assert_eq!(lines(&tally), ["No month is over since the first conversation."]);
        tally.turn(month(12));
        tally.count(month(12));
        assert_eq!(lines(&tally), ["Conversations that began in each month, to the nearest five:", "2026-11  5"]);
    }
}
