//! Whether the homeserver keeps the privacy settings: seen from outside, and else read in its configuration.

use std::path::PathBuf;

use lodge_plumbing::privacy::{PrivacySetting, privacy_settings};
use reqwest::Client;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::outside::{Asker, Seen};
use super::{Finding, good, look, wrong};
use crate::config::Config;
use crate::run::credentials;

/// A line for each setting that is not kept, and one for the rest.
pub(super) async fn findings(config: &Config, client: Client, its_config: &[PathBuf]) -> Vec<Finding> {
    let said = match read(its_config) {
        Ok(said) => said,
        Err(finding) => return vec![finding],
    };
    let credentials = match credentials(&config.matrix) {
        Ok(credentials) => credentials,
        Err(error) => return vec![wrong(error.to_string())],
    };
    let token = credentials.token();
    let Some(own) = whoami(&client, config, token).await else { return Vec::new() };
    let Some((porter, server)) = config.matrix.user.as_str().trim_start_matches('@').split_once(':') else {
        return Vec::new();
    };
    let asker = Asker { client, at: &config.matrix.homeserver, token, own, porter, server };
    let mut findings = Vec::new();
    let (mut kept, mut hidden) = (0, Vec::new());
    for setting in privacy_settings() {
        let seen = asker.sees(setting.name).await;
        match judged(&setting, seen, said.as_ref()) {
            Judged::Kept => kept += 1,
            Judged::Wrong(finding) => findings.push(finding),
            Judged::Hidden => hidden.push(setting.name),
        }
    }
    findings.extend((kept > 0).then(|| good(format!("Privacy settings of the homeserver that are in force: {kept}."))));
    findings.extend((!hidden.is_empty()).then(|| {
        look(format!(
            "Not to be seen from outside: {}. Let them be looked up with --homeserver-config FILE.",
            hidden.join(", ")
        ))
    }));
    findings
}

/// The judgement on a setting.
enum Judged {
    Kept,
    Wrong(Finding),
    Hidden,
}

/// An observation counts more than the configuration, which may be one file of several, or read at the next start.
fn judged(setting: &PrivacySetting, seen: Seen, said: Option<&Value>) -> Judged {
    let said = said.map(|said| setting.is_kept_by(&said[setting.name]));
    let missing = || {
        Judged::Wrong(wrong(format!("{}; put `{}` in homeserver.yaml.", capital(setting.otherwise), setting.line())))
    };
    match (seen, said) {
        (Seen::Kept, _) | (Seen::Hidden, Some(true)) => Judged::Kept,
        (Seen::Missing, Some(true)) => Judged::Wrong(wrong(format!(
            "{}, although the homeserver's configuration says `{}`; restart the homeserver.",
            capital(setting.otherwise),
            setting.line()
        ))),
        (Seen::Missing, Some(false) | None) | (Seen::Hidden, Some(false)) => missing(),
        (Seen::Hidden, None) => Judged::Hidden,
    }
}

/// The homeserver's configuration, if any is named; a later file prevails over an earlier one.
fn read(paths: &[PathBuf]) -> Result<Option<Value>, Finding> {
    let mut said = Map::new();
    for path in paths {
        let text = std::fs::read_to_string(path).map_err(|error| wrong(format!("{}: {error}", path.display())))?;
        let unfit = |why: &str| wrong(format!("{}: not a homeserver's configuration: {why}", path.display()));
        match serde_saphyr::from_str(&text).map_err(|error| unfit(&error.to_string()))? {
            Value::Object(file) => said.extend(file),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                return Err(unfit("it has no keys"));
            }
        }
    }
    Ok((!paths.is_empty()).then_some(Value::Object(said)))
}

/// The account that the token belongs to; a token that does not count is told of elsewhere, so it is `None` here.
async fn whoami(client: &Client, config: &Config, token: &SecretString) -> Option<String> {
    let url = config.matrix.homeserver.join("_matrix/client/v3/account/whoami").ok()?;
    let answer = client.get(url).bearer_auth(token.expose_secret()).send().await.ok()?;
    let answer: Value = answer.json().await.ok()?;
    answer["user_id"].as_str().map(str::to_owned)
}

/// A sentence with a capital letter.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::Verdict;

    fn files(texts: &[&str]) -> Result<Option<Value>, Finding> {
        let directory = tempfile::tempdir().unwrap();
        let paths: Vec<PathBuf> =
            (0..texts.len()).map(|number| directory.path().join(format!("{number}.yaml"))).collect();
        for (path, text) in paths.iter().zip(texts) {
            std::fs::write(path, text).unwrap();
        }
        read(&paths)
    }

    fn presence(seen: Seen, said: &[&str]) -> String {
        let setting = privacy_settings().into_iter().find(|setting| setting.name == "presence").unwrap();
        match judged(&setting, seen, files(said).unwrap().as_ref()) {
            Judged::Kept => "kept".to_owned(),
            Judged::Wrong(finding) => finding.what,
            Judged::Hidden => "hidden".to_owned(),
        }
    }

    #[test]
    fn a_setting_is_judged_by_what_is_seen_and_else_by_what_is_said() {
        let put = "People can see when somebody is online; put `presence: {\"enabled\":false}` in homeserver.yaml.";
        let off = "# None here.\npresence:\n  enabled: false\n";
        let on = "presence: {enabled: true}\n";
        for (seen, said, expected) in [
            (Seen::Kept, &[on][..], "kept"),
            (Seen::Hidden, &[off], "kept"),
            (Seen::Hidden, &["presence:\n  enabled: off\n"], "kept"),
            (Seen::Hidden, &[on], put),
            (Seen::Hidden, &["server_name: example.org\n"], put),
            (Seen::Missing, &[], put),
            (Seen::Hidden, &[], "hidden"),
            (Seen::Hidden, &[on, off], "kept"),
            (Seen::Hidden, &[off, on], put),
        ] {
            assert_eq!(presence(seen, said), expected, "{seen:?} {said:?}");
        }
        assert!(presence(Seen::Missing, &[off]).ends_with("restart the homeserver."));
    }

    #[test]
    fn a_file_that_is_no_configuration_is_named() {
        for text in ["", "- a\n- b\n", "presence: {enabled"] {
            let finding = files(&[text]).unwrap_err();
            assert!(finding.verdict == Verdict::Wrong && finding.what.contains("0.yaml: not a"), "{text}: {finding}");
        }
    }
}
