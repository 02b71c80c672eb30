//! What a homeserver must be told so that it does not give away who uses the service.

use serde_json::{Value, json};

/// One setting of Synapse that protects the people of the service.
#[derive(Debug, Clone, PartialEq)]
pub struct PrivacySetting {
    /// The key at the top level of the homeserver's configuration.
    pub name: &'static str,
    /// The value it should have.
    pub value: Value,
    /// What would be given away without it, as half a sentence for an administrator.
    pub otherwise: &'static str,
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
        // whoever asked before (as every client does about its own account) would wait for keys in vain.
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
}
