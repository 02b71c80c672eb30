//! Samples of messages about people's rights.

use crate::say::samples::deadline;
use crate::say::{Rights, Say};
use crate::time::Span;

/// Every kind of message about rights.
pub(crate) fn everything() -> Vec<Say> {
    rights().into_iter().map(Say::Rights).collect()
}

fn rights() -> Vec<Rights> {
    let text = "How it works\n============\n\nBoth are asked. *Nothing* here is <b>markup</b>.\n".to_owned();
    let json = "{\n  \"name\": \"<Sam> & *Alex*\"\n}".to_owned();
    vec![
        Rights::Policy { version: "1".to_owned(), text },
        Rights::PolicyChanged { version: "2".to_owned() },
        Rights::MyData { part: 1, of: 1, json: json.clone() },
        Rights::MyData { part: 2, of: 3, json },
        Rights::ForgetAsk { within: Span::from_days(1) },
        Rights::Forgetting { by: deadline() },
        Rights::NoLongerMember,
    ]
}
