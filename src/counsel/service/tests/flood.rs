//! A flood of messages that nobody can read, on the store that is used, and its traces on the disk.

#![expect(clippy::unwrap_used, reason = "what a test makes up is there")]

#[path = "../../channel/tests/bounds/house.rs"]
mod house;

use std::fs;
use std::path::Path;

use lodge_counsel_core::input::LeftOut;
use lodge_counsel_core::say::Say;
use lodge_ground::time::Span;
use lodge_matrix::news::Heard;
use lodge_plumbing::store::{MasterKey, Options, SledStore};

use house::Service;

/// The disk may fill this far: the rows take a quarter of a megabyte, and there is what sled has not cleaned up yet.
const MEGABYTES_MAX: u64 = 20;

/// Forty kilobytes each, fifty in a response, on the store that is used.
#[test]
fn fifteen_hundred_messages_that_nobody_can_read_leave_a_few_megabytes_on_the_disk() {
    let directory = tempfile::tempdir().unwrap();
    let master = MasterKey::from_bytes([1; 32]);
    let store = SledStore::open(&directory.path().join("store"), &master, Options { log: false, ..Options::default() })
        .unwrap();
    let mut service = Service::on(store);
    let (room, before) = (service.room(), size_of(directory.path()));
    for from in (0..1500).step_by(50) {
        let sealed = |number: usize| {
            let ciphertext = format!("{number:08x}").repeat(5000);
            let event = format!(r#"{{"sender":"@sam:example.org","content":{{"ciphertext":"{ciphertext}"}}}}"#);
            (format!("$flood{number}"), Heard::Sealed(event))
        };
        service.in_room(&room, (from..from + 50).map(sealed).collect());
        service.settle();
    }
    service.now = service.now.after(Span::from_millis(600_000));
    service.settle();
    let left_out = Say::LeftOut(LeftOut::Sealed);
    assert_eq!(service.said.iter().filter(|say| **say == left_out).count(), 1, "its writer hears of it once");
    let grew = size_of(directory.path()) - before;
    println!("60 MB came, and the store grew by {grew} bytes");
    assert!(grew < MEGABYTES_MAX * 1_000_000, "{grew} bytes");
}

fn size_of(directory: &Path) -> u64 {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap());
    let size = |entry: fs::DirEntry| match entry.metadata().unwrap() {
        inner if inner.is_dir() => size_of(&entry.path()),
        file => file.len(),
    };
    entries.map(size).sum()
}
