//! A homeserver that no longer knows how far it was heard: put back from its backup, or refusing the token.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use lodge_demo::Homeserver;
use lodge_demo::household::Guest;

use crate::gate::Gate;
use crate::house;
use crate::lodging::{Lodging, times_told};
use crate::quiet::{Quiet, ask_anybody};

/// A copy of everything that a homeserver keeps, made and put back while it is stopped.
struct Backup(Vec<(PathBuf, Vec<u8>)>);

impl Backup {
    /// Stops the homeserver, copies its database, and starts it again.
    async fn of(homeserver: &mut Homeserver) -> Result<Self> {
        homeserver.stop().await?;
        let files = database(homeserver)?.into_iter().map(|file| Ok((file.clone(), fs::read(file)?)));
        let backup = Self(files.collect::<Result<_>>()?);
        homeserver.resume().await?;
        Ok(backup)
    }

    /// Stops it and puts that back, while these people's clients are closed.
    async fn put_back(&self, homeserver: &mut Homeserver, guests: &[&Guest]) -> Result<()> {
        for guest in guests {
            guest.person.offline().await?;
        }
        homeserver.stop().await?;
        database(homeserver)?.iter().try_for_each(fs::remove_file)?;
        self.0.iter().try_for_each(|(file, content)| fs::write(file, content))?;
        homeserver.resume().await?;
        for guest in guests {
            guest.person.online().await?;
        }
        Ok(())
    }
}

/// The files of its database.
fn database(homeserver: &Homeserver) -> Result<Vec<PathBuf>> {
    let directory = homeserver.configuration().parent().context("a file without a directory")?;
    let files = fs::read_dir(directory)?.map(|entry| Ok(entry?.path()));
    let files: Vec<PathBuf> = files.collect::<Result<_>>()?;
    let is_part =
        |file: &PathBuf| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("homeserver.db"));
    Ok(files.into_iter().filter(is_part).collect())
}

/// A hub with Sam, and Robin as the administrator.
async fn hub(homeserver: &Homeserver, name: &str, url: Option<&str>) -> Result<(Lodging, Guest, Guest)> {
    let robin = format!("@{name}-robin:{}", homeserver.server_name());
    let mut set = vec![format!("administrator.address={robin}"), "administrator.name=Robin".to_owned()];
    set.extend(url.map(|url| format!("matrix.homeserver={url}")));
    let set: Vec<&str> = set.iter().map(String::as_str).collect();
    let mut lodging = Lodging::prepare(homeserver, name, &["sam"], &set).await?;
    lodging.start();
    let mut guests = Vec::new();
    for who in ["sam", "robin"] {
        guests.push(Guest::arrive(lodging.person(homeserver, name, who).await?, &lodging.porter).await?);
    }
    let [sam, robin] = guests.try_into().ok().context("two guests")?;
    Ok((lodging, sam, robin))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_homeserver_that_was_put_back_from_its_backup_is_heard_anew_and_nothing_twice() -> Result<()> {
    let mut homeserver = house::another_homeserver().await;
    let (mut lodging, sam, robin) = hub(&homeserver, "backup", None).await?;
    sam.asks("help", "help").await?;
    let backup = Backup::of(&mut homeserver).await?;
    for _ in 0..5 {
        sam.asks("requests", "requests").await?;
    }
    lodging.stop().await?;
    backup.put_back(&mut homeserver, &[&sam, &robin]).await?;
    // It is said before the hub looks, and Synapse goes on from there without a word.
    sam.says("policy").await?;
    lodging.start();
    sam.hears("policy").await?;
    let told = robin.hears("began-anew").await?;
    assert!(told.contains("put back from a backup"), "{told}");
    sam.asks("drafts", "no-draft").await?;
    let times = ["help", "requests", "policy", "began-anew"].map(|wording| times_told(&sam, wording));
    assert_eq!((times, times_told(&robin, "began-anew")), ([1, 5, 1, 0], 1));
    lodging.stop().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_the_homeserver_refuses_is_let_go_of_and_what_was_said_since_is_heard_once() -> Result<()> {
    let homeserver = house::homeserver().await;
    let gate = Gate::before(homeserver.port()).await?;
    let (mut lodging, sam, robin) = hub(homeserver, "expired", Some(&gate.url())).await?;
    sam.asks("help", "help").await?;
    lodging.stop().await?;
    sam.says("policy").await?;
    gate.expire()?;
    lodging.start();
    sam.hears("policy").await?;
    robin.hears("began-anew").await?;
    // It goes on from there as ever, also over a start.
    sam.asks("drafts", "no-draft").await?;
    lodging.stop().await?;
    lodging.start();
    sam.asks("requests", "requests").await?;
    let times = ["help", "policy", "no-draft"].map(|wording| times_told(&sam, wording));
    assert_eq!((times, times_told(&robin, "began-anew")), ([1, 1, 1], 1));
    lodging.close(&[&sam, &robin]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_counselling_service_hears_a_homeserver_anew_that_was_put_back_from_its_backup() -> Result<()> {
    let mut quiet = Quiet::open(&[]).await?;
    let kim = quiet.counsellor("kim-quiet").await?;
    let sam = quiet.visitor("sam").await?;
    let backup = Backup::of(&mut quiet.homeserver).await?;
    for _ in 0..5 {
        kim.asks("help", "counsellor-help").await?;
    }
    quiet.stop().await?;
    backup.put_back(&mut quiet.homeserver, &[&kim, &sam]).await?;
    kim.says("cases").await?;
    quiet.start(&[])?;
    kim.hears("counsellor-began-anew").await?;
    kim.hears("counsellor-cases").await?;
    ask_anybody(&sam, &kim).await?;
    let times =
        ["counsellor-help", "counsellor-cases", "counsellor-began-anew"].map(|wording| times_told(&kim, wording));
    assert_eq!((times, times_told(&sam, "terms")), ([5, 1, 1], 1));
    quiet.stop().await
}
