//! Files: the homeserver stores them, and the people who get one read everything in it.

use lodge_ground::wording::File;
use serde_json::{Value, json};

use super::World;

impl World {
    /// Stores a file; the part of a message's content by which its readers get it.
    pub(super) fn store_file(&mut self, file: &File) -> Value {
        self.files.push(String::from_utf8(file.bytes.clone()).expect("services send text").replace("\r\n ", ""));
        let value = self.files.last().map(|file| value(file));
        assert!(value.is_some_and(|value| serde_json::from_str::<Value>(&value).is_ok()), "a value that is cut off");
        json!({ "file": { "url": format!("mxc://example.org/{}", self.files.len() - 1) } })
    }

    /// The file that a message is, as its reader opens it: the value that it stands for, and below it the whole file. A message that names a file which is not there shows an empty text.
    pub(super) fn file_in(&self, content: &Value) -> Option<String> {
        let url = content["file"]["url"].as_str()?;
        let number = url.rsplit('/').next().and_then(|number| number.parse::<usize>().ok());
        let file = number.and_then(|number| self.files.get(number));
        Some(file.map(|file| format!("{}\n{file}", value(file))).unwrap_or_default())
    }
}

/// The value that a file stands for: the voice of this world gives it as the name of a meeting, and as the first line of any other file.
fn value(file: &str) -> String {
    if file.starts_with("BEGIN:VCALENDAR") {
        unescaped(file.lines().find_map(|line| line.strip_prefix("SUMMARY:")).unwrap_or_default())
    } else {
        file.lines().next().unwrap_or_default().to_owned()
    }
}

/// A text of a calendar file as it was before it was escaped (RFC 5545, section 3.3.11).
fn unescaped(text: &str) -> String {
    let mut letters = text.chars();
    let mut whole = String::new();
    while let Some(letter) = letters.next() {
        whole.extend(if letter == '\\' { letters.next() } else { Some(letter) });
    }
    whole
}
