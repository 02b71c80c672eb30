//! Shows that no account that counsels has a role here: before the hub starts, and in `lodge check`.

use lodge_channel::Channel;
use lodge_core::name::Address;
use lodge_core::people::member::Standing;
use lodge_core::people::roster::doing_both;
use lodge_core::time::Timestamp;

use crate::config::Config;

/// Accounts that counsel have a role here: which, by which file, and what would be right.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct DoesBoth(String);

/// Looks for accounts that counsel and have a role in the hub.
///
/// # Errors
/// When one of them has a role here: the account, the file that lists it, and the remedy.
pub fn nobody_does_both(config: &Config, engine: &Channel, now: Timestamp) -> Result<(), DoesBoth> {
    let Some((file, _)) = config.accounts_file() else { return Ok(()) };
    let both = doing_both(engine.state(), engine.settings(), now);
    if both.is_empty() {
        return Ok(());
    }
    let both: Vec<String> = both.into_iter().map(|(account, role)| format!("{account} ({})", role.code())).collect();
    Err(DoesBoth(format!(
        "{} lists accounts that counsel and have a role on the roster here: {}; no account may do both. List the account \
         that each of these people counsels with, which does nothing else, in {0}; or end their role with `lodge roster \
         import FILE --whole --apply`, with a file that has them no more",
        file.display(),
        both.join(", "),
    )))
}

/// The accounts that broker here and that the list of accounts does not name as brokers, so that the counselling
/// service could not notice if one of them counselled: the porter and everybody who works for the service.
pub fn brokers_not_listed(config: &Config, engine: &Channel) -> Vec<Address> {
    let Some((_, accounts)) = config.accounts_file() else { return Vec::new() };
    let staff = engine.state().members().filter(|member| member.standing == Standing::Current);
    let staff = staff.filter(|member| member.person.role.is_staff()).map(|member| member.person.address.clone());
    let listed = |account: &Address| accounts.brokers.contains(account);
    std::iter::once(config.matrix.user.clone()).chain(staff).filter(|account| !listed(account)).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use lodge_plumbing::wording::Wordings;
    use tempfile::TempDir;

    use super::*;
    use crate::check::{Verdict, check};
    use crate::roster::{Import, Reading, import};
    use crate::run;
    use crate::run::clock;

    const ACCOUNTS_SET: [&str; 1] = ["service.accounts=accounts.toml"];
    const ACCOUNTS: &str = include_str!("../../config/accounts.example.toml");

    /// A hub that is set up, and knows who counsels once somebody has written that down.
    fn service() -> (TempDir, Config) {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("accounts.toml"), "counsel = \"@quiet:example.org\"").unwrap();
        let config = crate::setup::smallest(directory.path(), &ACCOUNTS_SET);
        (directory, config)
    }

    fn loaded(directory: &TempDir, accounts: &str) -> Config {
        fs::write(directory.path().join("accounts.toml"), accounts).unwrap();
        crate::setup::smallest(directory.path(), &ACCOUNTS_SET)
    }

    async fn takes_in(
        config: &Config,
        directory: &Path,
        people: &str,
        ends: Option<usize>,
    ) -> Result<Vec<String>, String> {
        let file = directory.join("people.csv");
        fs::write(&file, format!("name,matrix_id,role\n{people}")).unwrap();
        let import = import(
            config,
            &Import { file, reading: Reading::default(), whole: true, apply: true, ends, letters: None },
        )
        .await;
        import.map_err(|error| error.to_string())
    }

    /// The reason for which the hub does not start, other than the homeserver that is not there.
    async fn starts(config: &Config) -> Result<(), String> {
        // It would wait for that, and is told to stop.
        let Err(error) = Box::pin(run::run(config, std::future::ready(()))).await else { return Ok(()) };
        let error = error.to_string();
        if error.contains("no account may do both") { Err(error) } else { Ok(()) }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn b10_the_hub_does_not_start_until_an_account_that_does_both_does_one() {
        let (directory, config) = service();
        let people = "Kim,@kim-quiet:example.org,staff\nCasey,@casey:example.org,staff\n";
        takes_in(&config, directory.path(), people, None).await.unwrap();
        assert_eq!(starts(&config).await, Ok(()));
        let config = loaded(&directory, ACCOUNTS);
        let error = starts(&config).await.unwrap_err();
        assert!(error.contains("accounts.toml lists accounts that counsel"), "{error}");
        assert!(error.contains(": @kim-quiet:example.org (staff); no account may do both"), "{error}");
        let wrong: Vec<_> = check(&config, &[]).await.into_iter().filter(|one| one.verdict == Verdict::Wrong).collect();
        assert!(wrong.iter().any(|one| one.what == error), "{wrong:?}");
        takes_in(&config, directory.path(), "Casey,@casey:example.org,staff\n", Some(1)).await.unwrap();
        assert_eq!(starts(&config).await, Ok(()));
        let found = check(&config, &[]).await;
        assert!(found.iter().any(|one| one.what == "Nobody who counsels has a role here."), "{found:?}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn b10_a_roster_that_names_an_account_that_counsels_is_refused_with_its_line() {
        let (directory, _) = service();
        let config = loaded(&directory, ACCOUNTS);
        let people =
            "Casey,@casey:example.org,staff\nKim,@kim-quiet:example.org,student\nQuiet,@quiet:example.org,staff\n";
        let error = takes_in(&config, directory.path(), people, None).await.unwrap_err();
        let lines: Vec<&str> = error.lines().skip(1).map(str::trim).collect();
        let what = "counsels, and such an account is no member; list the person under an account of their own for this";
        let expected = [(3, "@kim-quiet:example.org"), (4, "@quiet:example.org")];
        assert_eq!(lines, expected.map(|(line, account)| format!("line {line}: {account} {what}")));
        assert!(
            takes_in(&config, directory.path(), "Casey,@casey:example.org,staff\n", None).await.unwrap()[1]
                .contains("1 new")
        );
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn brokers_whom_the_list_of_accounts_lacks_are_named() {
        let (directory, _) = service();
        let config = loaded(&directory, &ACCOUNTS.replace("@porter:example.org", "@other:example.org"));
        takes_in(&config, directory.path(), "Avery,@avery:example.org,administrator\n", None).await.unwrap();
        let master = lodge_plumbing::store::MasterKey::read(&config.store.key_file).unwrap();
        let store = run::open_store(&config, &master).unwrap();
        let wordings = Wordings::load(lodge_core::wording::ENGLISH, None).unwrap();
        let engine = run::open_engine(&config, &master, &wordings, &store, clock()).unwrap();
        let missing = brokers_not_listed(&config, &engine);
        assert_eq!(
            missing.iter().map(Address::as_str).collect::<Vec<_>>(),
            ["@porter:example.org", "@avery:example.org"]
        );
    }
}
