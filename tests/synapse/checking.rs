//! `lodge check` on homeservers that lack some of the privacy settings.
//!
//! The settings are numbered, and each homeserver lacks those whose number has a certain bit. So each setting is missing
//! once and kept once, and any two are told apart.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use anyhow::Result;
use lodge_demo::Homeserver;
use lodge_demo::homeserver::{Environment, Settings, shared_environment};
use lodge_hub::check::{Verdict, check};
use lodge_plumbing::privacy::privacy_settings;
use serde_json::{Map, json};

use crate::house;
use crate::lodging::Lodging;

/// Cannot be seen from outside, ever.
const HIDDEN: [&str; 2] = ["include_profile_data_on_invite", "caches"];

#[tokio::test]
async fn check_names_exactly_the_settings_that_a_homeserver_lacks() {
    let names: Vec<&'static str> = privacy_settings().into_iter().map(|setting| setting.name).collect();
    let bits = usize::BITS - names.len().leading_zeros();
    for bit in 0..bits {
        let numbered = names.iter().enumerate().filter(|(number, _)| (number + 1) >> bit & 1 == 1);
        let mut missing: BTreeSet<&'static str> = numbered.map(|(_, name)| *name).collect();
        // Synapse takes one only with the other.
        if missing.contains("require_auth_for_profile_requests") {
            missing.insert("limit_profile_requests_to_users_who_share_rooms");
        }
        let homeserver = lacking(&missing).await.unwrap();
        let lodging = Lodging::prepare(&homeserver, "checking", &[], &[]).await.unwrap();
        let file = homeserver.configuration().to_owned();
        let found = named(&lodging, &[file]).await;
        assert_eq!(found, (missing.clone(), BTreeSet::new()), "with the configuration");
        let unseen = unseen(&missing);
        let found = named(&lodging, &[]).await;
        assert_eq!(found, (&missing - &unseen, unseen), "from outside");
    }
}

/// The settings that cannot be seen from outside on a homeserver that lacks these.
fn unseen(missing: &BTreeSet<&'static str>) -> BTreeSet<&'static str> {
    let mut unseen = BTreeSet::from(HIDDEN);
    // There is nobody yet whom the porter could find.
    unseen.insert("user_directory");
    if missing.contains("enable_registration") {
        unseen.extend(["inhibit_user_in_use_error", "registration_requires_token"]);
    }
    unseen
}

/// The settings that a check names as wrong, and those that it says it cannot see.
async fn named(lodging: &Lodging, files: &[PathBuf]) -> (BTreeSet<&'static str>, BTreeSet<&'static str>) {
    let findings = check(&lodging.config, files).await;
    let (mut wrong, mut hidden) = (BTreeSet::new(), BTreeSet::new());
    for finding in findings.iter().filter(|finding| finding.verdict != Verdict::Good) {
        for setting in privacy_settings() {
            if finding.what.contains(&format!("put `{}` in homeserver.yaml", setting.line())) {
                assert_eq!(finding.verdict, Verdict::Wrong);
                wrong.insert(setting.name);
            }
            if finding.what.contains("--homeserver-config") && finding.what.contains(setting.name) {
                hidden.insert(setting.name);
            }
        }
    }
    let all_wrong = findings.iter().filter(|finding| finding.verdict == Verdict::Wrong).count();
    assert_eq!(all_wrong, wrong.len(), "{findings:#?}");
    (wrong, hidden)
}

/// A homeserver that can send mail, so that it could tell whose address it knows.
async fn lacking(missing: &BTreeSet<&'static str>) -> Result<Homeserver> {
    let environment = Environment::install(&shared_environment(), &|line| eprintln!("{line}"))?;
    let directory = house::own_directory();
    let registration = directory.join("registration.yaml");
    fs::write(&registration, house::service().to_string())?;
    let mut further = Map::new();
    further.insert("email".to_owned(), json!({ "smtp_host": "127.0.0.1", "notif_from": "lodge@mail.example" }));
    if missing.contains("registration_requires_token") {
        further.insert("enable_registration_without_verification".to_owned(), json!(true));
    }
    let left_out = missing.iter().copied().collect();
    let settings = Settings { registrations: vec![registration], left_out, further, ..Settings::default() };
    Homeserver::start(&environment, &directory, &settings).await
}
