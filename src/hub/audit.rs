//! `lodge audit`: whether the audit log is what was written.

use lodge_channel::audit::{Entry, Head, verify_from};
use lodge_channel::store::{Store, Table};
use lodge_channel::tables::{self, AuditHead, AuditKept};
use lodge_plumbing::store::MasterKey;

use crate::config::Config;
use crate::run::open_store;

/// Examines the audit log of a hub that is not running. Returns its last entry's number and hash: written down
/// elsewhere, they show later whether the log was cut short or made anew.
pub fn audit(config: &Config) -> anyhow::Result<Head> {
    let master = MasterKey::read(&config.store.key_file)?;
    let store = open_store(config, &master)?;
    let entries: Vec<Entry> = store.load(Table::Audit)?.iter().map(tables::read).collect::<Result<_, _>>()?;
    let singles = store.load(Table::Singles)?;
    let known = singles.iter().find(|row| row.key == b"audit").map(tables::read::<AuditHead>).transpose()?;
    let kept = singles.iter().find(|row| row.key == b"audit-kept").map(tables::read::<AuditKept>).transpose()?;
    let before = kept.map(|kept| kept.audit_kept.before).unwrap_or_default();
    Ok(verify_from(before, &entries, known.map(|head| head.audit).unwrap_or_default())?)
}
