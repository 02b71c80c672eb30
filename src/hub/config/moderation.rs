//! Conduct in the rooms for many: the parts of a report that are kept, and the amount that anybody may write.

use lodge_core::conduct::Limits;
use lodge_core::time::Span;
use serde::Deserialize;

use super::introductions::{lasting, within};

/// The settings of conduct in the rooms.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Moderation {
    /// A report and its quotations are kept this long.
    pub evidence: Span,
    /// One member may report this often in a day.
    pub reports_a_day: usize,
    /// One member may write this many messages in one room in a minute.
    pub messages_a_minute: usize,
    /// One message may mention this many people.
    pub mentions: usize,
    /// Somebody who goes beyond that may not write there for this long.
    pub mute: Span,
}

/// More mentions than these are not told apart in one message.
const MENTIONS_MAX: usize = 15;

impl Moderation {
    pub(super) fn limits(&self) -> Limits {
        let Self { evidence, reports_a_day, messages_a_minute, mentions, mute } = self.clone();
        Limits { evidence, reports_a_day, messages_a_minute, mentions, mute }
    }

    pub(super) fn problems(&self) -> impl Iterator<Item = String> {
        let found = [
            lasting("moderation.evidence", self.evidence),
            within("moderation.reports_a_day", self.reports_a_day, 1..=100),
            within("moderation.messages_a_minute", self.messages_a_minute, 2..=10_000),
            within("moderation.mentions", self.mentions, 1..=MENTIONS_MAX),
            lasting("moderation.mute", self.mute),
        ];
        found.into_iter().flatten()
    }
}

impl Default for Moderation {
    fn default() -> Self {
        let Limits { evidence, reports_a_day, messages_a_minute, mentions, mute } = Limits::default();
        Self { evidence, reports_a_day, messages_a_minute, mentions, mute }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_moderation_is_named_with_its_key() {
        for (set, expected) in [
            ("mentions = 16", "moderation.mentions"),
            ("messages_a_minute = 1", "moderation.messages_a_minute"),
            ("evidence = \"0s\"", "moderation.evidence"),
        ] {
            let found: Vec<String> = toml::from_str::<Moderation>(set).unwrap().problems().collect();
            assert!(found.len() == 1 && found[0].starts_with(expected), "{found:?}");
        }
        assert_eq!(Moderation::default().problems().count(), 0);
    }
}
