//! Messages as rows of older programs hold them.

use super::Say;

/// A message of each kind, as it stood in the outbox when all of them were variants of one enum.
const OLDER: &str = include_str!("older.jsonl");

#[test]
fn messages_of_older_rows_are_read_and_written_as_they_were() {
    for line in OLDER.lines() {
        let say: Say = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert_eq!(serde_json::to_string(&say).ok().as_deref(), Some(line));
    }
}
