//! From the state of a policy room to the rules in it (Matrix specification, "Moderation policy lists").

use lodge_core::moderation::{Pattern, Rule, Whom};
use serde_json::Value;

use crate::homeserver::RoomState;

/// So many rules of one list are read, so that a hostile one costs no more than that.
const RULES_MAX: usize = 10_000;

/// The rules that recommend a ban. Everything else in the list is passed over: rules about rooms, other
/// recommendations, rules that were taken back.
pub fn rules(state: &RoomState) -> Vec<Rule> {
    let rule = |((kind, _), content): (&(String, String), &Value)| {
        let about = match kind.as_str() {
            "m.policy.rule.user" => Whom::User,
            "m.policy.rule.server" => Whom::Server,
            _ => return None,
        };
        let text = |key: &str| content.get(key).and_then(Value::as_str);
        let pattern = Pattern::parse(text("entity")?)?;
        (text("recommendation")? == "m.ban").then_some(Rule { about, pattern })
    };
    state.iter().filter_map(rule).take(RULES_MAX).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_recommends_a_ban_is_a_rule_and_nothing_else_is() {
        let rules_of = |kind: &str, content: Value| {
            rules(&RoomState::from([((kind.to_owned(), "rule:1".to_owned()), content)]))
                .into_iter()
                .map(|rule| (rule.about, rule.pattern.as_str().to_owned()))
                .collect::<Vec<_>>()
        };
        let ban = |entity: &str| json!({ "entity": entity, "recommendation": "m.ban", "reason": "spam" });
        assert_eq!(rules_of("m.policy.rule.user", ban("@spam*:x")), [(Whom::User, "@spam*:x".to_owned())]);
        assert_eq!(rules_of("m.policy.rule.server", ban("*.x")), [(Whom::Server, "*.x".to_owned())]);
        for (kind, content) in [
            ("m.policy.rule.room", ban("!room:x")),
            ("m.room.member", ban("@spam:x")),
            ("m.policy.rule.user", json!({})),
            ("m.policy.rule.user", json!("@spam:x")),
            ("m.policy.rule.user", ban("")),
            ("m.policy.rule.user", json!({ "entity": "@spam:x", "recommendation": "org.example.warn" })),
            ("m.policy.rule.user", json!({ "entity": 5, "recommendation": "m.ban" })),
        ] {
            assert_eq!(rules_of(kind, content.clone()), [], "{kind} {content}");
        }
    }

    #[test]
    fn a_list_is_read_only_so_far() {
        let content = json!({ "entity": "@spam:x", "recommendation": "m.ban" });
        let events = (0..=RULES_MAX).map(|n| (("m.policy.rule.user".to_owned(), n.to_string()), content.clone()));
        assert_eq!(rules(&events.collect()).len(), RULES_MAX);
    }
}
