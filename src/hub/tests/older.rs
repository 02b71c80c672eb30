//! A store and an export as the program kept them before there was a commit log: both still open.
//!
//! They hold Casey, who administers, Sam and Alex, the messages that were on their way to them, and the steps that
//! messages bore witness of then. They were made by that program: `lodge setup`, `lodge roster import people.csv
//! --apply`, `lodge export`.

#![expect(clippy::unwrap_used, reason = "what a test makes up is there")]

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use lodge_hub::config::{self, Config};
use lodge_hub::export::{self, RestoreFrom};
use lodge_hub::roster::{Import, Reading, import};
use lodge_plumbing::store::MasterKey;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/older");

/// The length of sled's file: it ends in zeros, which the fixture leaves out.
const ROWS_BYTES: u64 = 16_777_215;

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
            // A clone gives files to read to everybody; the program had not.
            fs::set_permissions(&to, Permissions::from_mode(0o600)).unwrap();
        }
    }
}

/// The house as that program left it.
fn house() -> (tempfile::TempDir, Config) {
    let house = tempfile::tempdir().unwrap();
    let at = |name: &str| house.path().join(name);
    copy(Path::new(FIXTURES), house.path());
    fs::create_dir(at("data")).unwrap();
    fs::rename(at("store"), at("data/store")).unwrap();
    fs::OpenOptions::new().write(true).open(at("data/store/rows/db")).unwrap().set_len(ROWS_BYTES).unwrap();
    fs::create_dir(at("mirror")).unwrap();
    for file in ["keys", "erasures"] {
        fs::copy(at("data/store").join(file), at("mirror").join(file)).unwrap();
    }
    let written = fs::read_to_string(at("lodge.toml")).unwrap().replace("MIRROR", at("mirror").to_str().unwrap());
    fs::write(at("lodge.toml"), written).unwrap();
    fs::write(at("policy.md"), "We introduce people for work and studies.").unwrap();
    let config = config::load(&at("lodge.toml"), &[]).unwrap();
    (house, config)
}

/// The changes that taking in the list of people would make.
async fn would_change(config: &Config, file: PathBuf, apply: bool) -> Vec<String> {
    let list = Import { file, reading: Reading::default(), whole: false, apply, ends: None, letters: None };
    import(config, &list).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_store_opens_with_all_that_it_had() {
    let (house, config) = house();
    let people = house.path().join("people.csv");
    assert_eq!(would_change(&config, people.clone(), true).await.last().unwrap(), "Nothing has changed.");
    let exported = export::export(&config, &house.path().join("new.export"), &mut Vec::new()).unwrap();
    assert!(exported.commit > 2, "it goes on from commit 2");
    assert_eq!(would_change(&config, people, false).await.last().unwrap(), "Nothing would change.");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_export_is_restored_and_says_what_is_lost() {
    let (house, config) = house();
    fs::rename(house.path().join("data/store"), house.path().join("damaged")).unwrap();
    let mut from = RestoreFrom {
        export: house.path().join("old.export"),
        keys: house.path().join("mirror"),
        erasures: None,
        without_log: false,
    };
    let refused = export::restore(&config, &from, &mut |_| {}).unwrap_err().to_string();
    assert!(refused.contains("there is no commit log in"), "{refused}");
    from.without_log = true;
    let told = export::told(&export::restore(&config, &from, &mut |_| {}).unwrap());
    insta::assert_snapshot!(told.join("\n"));
    let people = house.path().join("people.csv");
    assert_eq!(would_change(&config, people, true).await.last().unwrap(), "Nothing has changed.");
    let master = MasterKey::read(&config.store.key_file).unwrap();
    drop(lodge_hub::run::open_store(&config, &master).unwrap());
}
