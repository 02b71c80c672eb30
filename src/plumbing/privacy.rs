//! The settings of a homeserver without which it gives away who uses the service.

use serde_json::{Value, json};

/// One setting of Synapse that protects the people of the service.
#[derive(Debug, Clone, PartialEq)]
pub struct PrivacySetting {
    /// The key at the top level of the homeserver's configuration.
    pub name: &'static str,
    /// The value it should have.
    pub value: Value,
    /// The things that would be given away without it, as half a sentence for an administrator.
    pub otherwise: &'static str,
}

impl PrivacySetting {
    /// The setting as it stands in the homeserver's configuration.
    pub fn line(&self) -> String {
        format!("{}: {}", self.name, self.value)
    }

    /// Whether a configuration's value under this name, if any, does the same as this setting.
    pub fn is_kept_by(&self, said: &Value) -> bool {
        if self.name == "allowed_local_3pids" {
            // The institution chooses which email addresses are allowed; only the kind matters here.
            let kinds = said.as_array().into_iter().flatten().map(|kind| &kind["medium"]);
            return kinds.clone().count() > 0 && kinds.into_iter().all(|medium| medium == "email");
        }
        says(said, &self.value)
    }
}

/// Whether a configuration says this, and perhaps more beside it.
fn says(said: &Value, wanted: &Value) -> bool {
    match wanted {
        Value::Object(wanted) => wanted.iter().all(|(key, wanted)| says(&said[key], wanted)),
        // As the homeserver reads it: the older YAML has more words for yes and no.
        Value::Bool(wanted) => match said {
            Value::Bool(said) => said == wanted,
            Value::String(word) => matches!(word.to_lowercase().as_str(), "yes" | "on") == *wanted && is_truth(word),
            Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => false,
        },
        Value::Number(wanted) => said.as_f64() == wanted.as_f64(),
        Value::Null | Value::String(_) | Value::Array(_) => said == wanted,
    }
}

fn is_truth(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "yes" | "no" | "on" | "off")
}

/// The settings of a homeserver that keeps memberships confidential, in the order in which to explain them.
///
/// None of them hides the members of a room from those who share it.
pub fn privacy_settings() -> Vec<PrivacySetting> {
    let setting = |name, value, otherwise| PrivacySetting { name, value, otherwise };
    vec![
        setting(
            "require_auth_for_profile_requests",
            json!(true),
            "anyone on the network can ask whether an account exists",
        ),
        setting(
            "limit_profile_requests_to_users_who_share_rooms",
            json!(true),
            "any account can read the profile of any other",
        ),
        setting("include_profile_data_on_invite", json!(false), "an invitation shows the name of whoever is invited"),
        setting("user_directory", json!({ "enabled": false }), "people can search for each other by name"),
        setting("presence", json!({ "enabled": false }), "people can see when somebody is online"),
        setting("enable_room_list_search", json!(false), "rooms can be listed and searched"),
        setting("federation_domain_whitelist", json!([]), "other servers can join in and keep copies"),
        setting(
            "experimental_features",
            json!({ "msc4263_limit_key_queries_to_users_who_share_rooms": true, "msc4277_enabled": true }),
            "any account can list the devices of any other, and learn by reporting a room whether there is one",
        ),
        setting("inhibit_user_in_use_error", json!(true), "anyone on the network can ask whether a user name is taken"),
        setting(
            "request_token_inhibit_3pid_errors",
            json!(true),
            "anyone on the network can ask whether an email address belongs to an account",
        ),
        setting(
            "allowed_local_3pids",
            json!([{ "medium": "email", "pattern": ".*" }]),
            "anyone on the network can ask whether a telephone number belongs to an account",
        ),
        setting("enable_registration", json!(true), "nobody can use the link by which they are to join"),
        setting("registration_requires_token", json!(true), "anyone on the network can make an account"),
        // The answer to "do these two share a room" is kept and never renewed, though their first rooms come later, and
        // a client that asked before (as every one does about its own account) would wait for keys in vain.
        setting(
            "caches",
            json!({ "per_cache_factors": { "does_pair_of_users_share_a_room_joined_or_invited": 0 } }),
            "people who met after one of them had asked get no keys of each other, and messages are held up for seconds",
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_privacy_setting_is_named_twice() {
        let mut names: Vec<_> = privacy_settings().into_iter().map(|setting| setting.name).collect();
        let before = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), before);
    }

    #[test]
    fn a_setting_is_kept_by_what_says_it_and_by_nothing_else() {
        let named = |name| privacy_settings().into_iter().find(|setting| setting.name == name).unwrap();
        for setting in privacy_settings() {
            assert!(setting.is_kept_by(&setting.value), "{}", setting.name);
            assert!(!setting.is_kept_by(&Value::Null), "{}", setting.name);
        }
        for (name, said, kept) in [
            ("presence", json!({ "enabled": false, "include_offline_users_on_sync": true }), true),
            ("presence", json!({ "enabled": "off" }), true),
            ("presence", json!({ "enabled": "on" }), false),
            ("presence", json!({ "enabled": "perhaps" }), false),
            ("enable_room_list_search", json!(true), false),
            ("require_auth_for_profile_requests", json!("yes"), true),
            ("experimental_features", json!({ "msc4277_enabled": true }), false),
            ("federation_domain_whitelist", json!(["elsewhere.example"]), false),
            ("allowed_local_3pids", json!([{ "medium": "email", "pattern": "@example[.]org$" }]), true),
            (
                "allowed_local_3pids",
                json!([{ "medium": "email", "pattern": ".*" }, { "medium": "msisdn", "pattern": ".*" }]),
                false,
            ),
        ] {
            assert_eq!(named(name).is_kept_by(&said), kept, "{name}: {said}");
        }
    }
}
