//! `lodge audit`: examines whether the audit log is as it was written.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use lodge_channel::audit::{Entry, verify_from};
use lodge_channel::store::{Store, Table};
use lodge_channel::tables::{self, AuditHead, AuditKept};
use lodge_core::time::Timestamp;
use lodge_plumbing::store::MasterKey;

use crate::config::Config;
use crate::run::open_store;

pub use lodge_channel::audit::{Head, NotAHead};

/// An end that the log had once, as it was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its number and hash.
    pub head: Head,
    /// The place where that stands, for somebody who is told that the log does not fit.
    pub from: String,
}

/// Examines the audit log of a hub that is not running: that its entries hang together, that it goes on to the end
/// which the store names, and that every end in `known` is still part of it. Returns its last entry's number and hash:
/// written down elsewhere, they show later whether the log was cut short or made anew.
///
/// # Errors
/// When the log is not as it was written: the entry that shows it, and how.
pub fn audit(config: &Config, known: &[Known]) -> anyhow::Result<Head> {
    let master = MasterKey::read(&config.store.key_file)?;
    let store = open_store(config, &master)?;
    let entries: Vec<Entry> = tables::load(&store)?;
    let singles = store.load(Table::Singles)?;
    let known_end = tables::single::<AuditHead>(&singles)?;
    let kept = tables::single::<AuditKept>(&singles)?;
    let before = kept.map(|kept| kept.audit_kept.before).unwrap_or_default();
    let head = verify_from(before, &entries, known_end.map(|head| head.audit).unwrap_or_default())?;
    for known in known {
        fits(known, before, &entries, head)?;
    }
    Ok(head)
}

/// Fails unless an end that was written down is still part of a log that hangs together.
fn fits(known: &Known, before: Head, entries: &[Entry], head: Head) -> anyhow::Result<()> {
    let Known { head: Head { number, hash }, from } = known;
    if *number > head.number {
        bail!("{from} says that the audit log had {number} entries; it has {}: its end was cut off", head.number);
    }
    if *number < before.number {
        bail!(
            "{from} names entry {number}, which has been kept for long enough and was let go of; the log begins after entry \
             {}. An export from before has it",
            before.number
        );
    }
    let found = entries.iter().find(|entry| entry.number == *number).map(|entry| entry.hash);
    let Some(found) = found.or_else(|| (*number == before.number).then_some(before.hash)) else {
        bail!("{from} names entry {number}, which this audit log does not hold, so nothing can be said about it");
    };
    if found != *hash {
        bail!(
            "entry {number} of the audit log is not the one that {from} names: the log was cut at that entry or before, and \
             written on"
        );
    }
    Ok(())
}

/// The ends in a file to which a running hub added them, a line each; only the last word of a line is read.
///
/// # Errors
/// When the file cannot be read, a line holds none, or there is no line.
pub fn read_heads(file: &Path) -> anyhow::Result<Vec<Known>> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let known: Vec<Known> = lines
        .map(|(at, line)| {
            let from = format!("{}, line {}", file.display(), at + 1);
            let head = line.split_whitespace().last().unwrap_or_default().parse();
            Ok(Known { head: head.with_context(|| from.clone())?, from })
        })
        .collect::<anyhow::Result<_>>()?;
    if known.is_empty() {
        bail!("{}: expected the ends of an audit log, a line each, found nothing", file.display());
    }
    Ok(known)
}

/// The file to whose end the running hub adds how the log ends.
#[derive(Debug)]
pub(crate) struct HeadsFile(pub(crate) PathBuf);

impl HeadsFile {
    /// Adds a line, and waits until it is on the disk. Earlier lines are not touched.
    pub(crate) fn add(&self, head: Head, at: Timestamp) -> std::io::Result<()> {
        let moment = jiff::Timestamp::from_millisecond(at.as_millis()).map_err(std::io::Error::other)?;
        lodge_plumbing::store::durable::append(&self.0, &format!("{moment:.0} {head}"))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use lodge_channel::audit::Chain;
    use lodge_channel::store::Batch;
    use lodge_plumbing::store::{RestoreFrom, SledStore};
    use tempfile::TempDir;

    use super::*;
    use crate::export;

    /// A hub that is set up, with this many entries in its audit log.
    fn logged(count: u64) -> (TempDir, Config) {
        let directory = tempfile::tempdir().unwrap();
        let mut config = crate::setup::smallest(directory.path(), &[]);
        config.store.mirror = Some(directory.path().join("mirror"));
        write(&config, Head::default(), count);
        (directory, config)
    }

    fn opened(config: &Config) -> SledStore {
        open_store(config, &MasterKey::read(&config.store.key_file).unwrap()).unwrap()
    }

    /// Writes this many entries after this end; the store knows the last of them.
    fn write(config: &Config, after: Head, count: u64) {
        let mut chain = Chain::from_head(after);
        let mut batch = Batch::new();
        for number in 0..count {
            let entry = chain.append(i64::try_from(number).unwrap(), "consent-given", vec![after.to_string()]);
            batch.push(tables::put(&entry).unwrap());
        }
        batch.push(tables::put(&AuditHead { audit: chain.head() }).unwrap());
        opened(config).commit(&batch).unwrap();
    }

    /// Takes every entry after this one away, as somebody with the store and its key can.
    fn cut(config: &Config, last: u64) -> Head {
        let mut store = opened(config);
        let entries: Vec<Entry> = tables::load(&store).unwrap();
        let (kept, gone): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(|entry| entry.number <= last);
        store.commit(&gone.iter().map(tables::gone).collect()).unwrap();
        kept.last().map(|entry| Head { number: entry.number, hash: entry.hash }).unwrap_or_default()
    }

    fn told(config: &Config, known: &[Head]) -> Result<Head, String> {
        let known = known.iter().map(|head| Known { head: *head, from: "the note".to_owned() });
        audit(config, &known.collect::<Vec<_>>()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_log_that_was_cut_and_written_on_is_caught_by_an_end_that_was_written_down() {
        let (_directory, config) = logged(6);
        let written_down = told(&config, &[]).unwrap();
        let middle = cut(&config, 4);
        write(&config, middle, 5);
        let now = told(&config, &[]).expect("by itself such a log looks whole");
        assert_eq!(now.number, 9);
        let expected = "entry 6 of the audit log is not the one that the note names: the log was cut at that entry or before, \
                        and written on";
        assert_eq!(told(&config, &[middle, written_down, now]), Err(expected.to_owned()));
        assert_eq!(told(&config, &[middle, now]), Ok(now), "what was not touched still fits");
        write(&config, cut(&config, 3), 1);
        let expected = "the note says that the audit log had 6 entries; it has 4: its end was cut off";
        assert_eq!(told(&config, &[written_down]), Err(expected.to_owned()));
    }

    #[test]
    fn an_end_from_before_a_restore_still_fits() {
        let (directory, config) = logged(3);
        let export = directory.path().join("hub.export");
        export::export(&config, &export, &mut Vec::new()).unwrap();
        let before = told(&config, &[]).unwrap();
        write(&config, before, 4);
        let last = told(&config, &[]).unwrap();
        fs::remove_dir_all(&config.store.directory).unwrap();
        let from =
            RestoreFrom { export, keys: config.store.mirror.clone().unwrap(), erasures: None, without_log: false };
        export::restore(&config, &from, &mut |_| {}).unwrap();
        assert_eq!(told(&config, &[before, last]), Ok(last));
        write(&config, last, 1);
        assert_eq!(told(&config, &[before, last]).unwrap().number, 8);
    }

    #[test]
    fn ends_are_read_as_they_were_written_down() {
        let (directory, config) = logged(2);
        let head = told(&config, &[]).unwrap();
        assert_eq!(format!(" {head}\n").parse(), Ok(head));
        assert_eq!(head.to_string().to_uppercase().parse(), Ok(head));
        for wrong in ["", "2", "2:", &format!("two:{}", head.hash), &format!("2:{}0", head.hash)] {
            assert!(wrong.parse::<Head>().is_err(), "{wrong}");
        }
        let file = directory.path().join("heads.txt");
        let heads = HeadsFile(file.clone());
        heads.add(head, Timestamp::from_millis(1_793_613_600_000)).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), format!("2026-11-02T10:00:00Z {head}\n"));
        // Power was lost in the middle of a line: the next stands on its own, and the half is named.
        fs::write(&file, format!("2026-11-02T10:00:00Z {head}\n2026-11-03T10")).unwrap();
        heads.add(head, Timestamp::from_millis(1_793_700_000_123)).unwrap();
        let error = format!("{:#}", read_heads(&file).unwrap_err());
        assert!(error.contains("heads.txt, line 2: not the end of an audit log"), "{error}");
        let whole: Vec<String> = fs::read_to_string(&file).unwrap().lines().map(str::to_owned).collect();
        fs::write(&file, format!("{}\n\n{}\n", whole[0], whole[2])).unwrap();
        let known = read_heads(&file).unwrap();
        assert_eq!(known.iter().map(|known| known.head).collect::<Vec<_>>(), [head, head]);
        assert!(known[1].from.ends_with("heads.txt, line 3"), "{known:?}");
        assert_eq!(audit(&config, &known).unwrap(), head);
    }
}
