//! Many lives at once, on all cores.

use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// A number from the environment, such as how many lives to live.
pub fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// Does `one` for each number below `count` and gives the results of those that gave one, in order.
///
/// A line on standard error every few seconds tells the progress.
///
/// # Panics
/// When `one` does.
pub fn each<T: Send>(what: &str, count: u64, one: impl Fn(u64) -> Option<T> + Sync) -> Vec<(u64, T)> {
    let next = AtomicU64::new(0);
    let began = Instant::now();
    let worker = |first: bool| {
        let mut found = Vec::new();
        let mut spoke = Instant::now();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return found;
            }
            found.extend(one(number).map(|it| (number, it)));
            if first && spoke.elapsed() > Duration::from_secs(5) {
                spoke = Instant::now();
                eprintln!("{number} of {count} {what} in {:.0?}", began.elapsed());
            }
        }
    };
    let mut all: Vec<(u64, T)> = thread::scope(|scope| {
        let threads = thread::available_parallelism().map_or(2, usize::from);
        let worker = &worker;
        let handles: Vec<_> = (0..threads).map(|place| scope.spawn(move || worker(place == 0))).collect();
        handles.into_iter().flat_map(|handle| handle.join().expect("a worker")).collect()
    });
    all.sort_by_key(|(number, _)| *number);
    eprintln!("{count} {what} in {:.1?}", began.elapsed());
    all
}

/// Fails if anything went wrong at some seeds: names the first ten, and how to see the first again in this test.
///
/// # Panics
/// When `found` has anything.
pub fn nothing_in(found: &[(u64, String)], of: &str, count: u64, test: &str) {
    for (seed, what) in found.iter().take(10) {
        eprintln!("seed {seed}: {what}");
    }
    if let Some((first, what)) = found.first() {
        panic!(
            "{} of {count} {of} went wrong; the first is seed {first}: {what}\nto see it again:\n  \
             LODGE_SEED={first} cargo test -p lodge-simulation --test {test} -- --nocapture",
            found.len()
        );
    }
}
