//! Samples of messages about people's rights.

use crate::name::Address;
use crate::people::member::{Field, Role};
use crate::rights::short::Short;
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
        Rights::MyData { part: 1, of: 1, json: json.clone(), short: Some(short(true)) },
        Rights::MyData { part: 1, of: 3, json: json.clone(), short: Some(short(false)) },
        Rights::MyData { part: 2, of: 3, json, short: None },
        Rights::ForgetAsk { within: Span::from_days(1) },
        Rights::Forgetting { by: deadline() },
        Rights::NoLongerMember,
    ]
}

/// The data of somebody who has used all that there is, or of somebody who is gone and did nothing.
fn short(current: bool) -> Short {
    let some = |number| if current { number } else { 0 };
    Short {
        name: "Alex Lindqvist".to_owned(),
        address: Address::exact("@alex:example.org").expect("it reads as an address"),
        role: Role::Alumnus,
        current,
        fields: [Field::Headline, Field::Email].into_iter().filter(|_| current).collect(),
        listed: current,
        sent: some(1),
        received: some(12),
        rooms: ["Museums", "Law"].map(str::to_owned).into_iter().filter(|_| current).collect(),
        notes: some(3),
        kept: Span::from_days(730),
        within: Span::from_days(1),
    }
}
