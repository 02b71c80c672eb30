//! Conduct in the rooms for many: what is kept of a report, and how much anybody may write.

use lodge_core::moderation::Limits;
use lodge_core::time::Span;
use serde::Deserialize;

use super::introductions::{lasting, within};

/// What holds for conduct in the rooms.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Moderation {
    /// How long a report and what it quotes are kept.
    pub evidence: Span,
    /// How often one member may report in a day.
    pub reports_a_day: usize,
    /// How many messages one member may write in one room in a minute.
    pub messages_a_minute: usize,
    /// How many people one message may mention.
    pub mentions: usize,
    /// For how long whoever goes beyond that may not write there.
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
