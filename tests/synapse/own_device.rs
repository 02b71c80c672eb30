//! The porter's own device is lost, in each of the ways there are. The first line of what the hub says is the way back,
//! and conversations go on.

use std::fs;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use lodge_demo::household::Guest;
use serde_json::json;
use tokio::time::Instant;

use crate::house;
use crate::lodging::{Lodging, agreed, meet, request};

const PATIENCE: Duration = Duration::from_mins(1);

/// A hub that logs in by itself, with Sam and Alex, between whom a request is open.
async fn hub(name: &str) -> Result<(Lodging, [Guest; 2])> {
    let homeserver = house::homeserver().await;
    let mut lodging = Lodging::prepare(homeserver, name, &["sam", "alex"], &[]).await?;
    lodging.log_in_by_itself(homeserver).await?;
    lodging.start();
    let mut guests = Vec::new();
    for who in ["sam", "alex"] {
        guests.push(Guest::arrive(lodging.person(homeserver, name, who).await?, &lodging.porter).await?);
    }
    let [sam, alex] = guests.try_into().ok().context("two guests")?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    alex.asks("help", "help").await?;
    Ok((lodging, [sam, alex]))
}

/// An administrator of the homeserver deletes all devices of the porter's.
async fn delete_devices(lodging: &Lodging) -> Result<()> {
    let administrator = house::homeserver().await.administrator().await?;
    let devices = format!("/_synapse/admin/v2/users/{}", lodging.porter);
    let known = administrator.get(&format!("{devices}/devices")).await?.ok()?;
    let known = known["devices"].as_array().context("no list")?.iter();
    let known: Vec<_> = known.map(|device| device["device_id"].clone()).collect();
    administrator.post(&format!("{devices}/delete_devices"), &json!({ "devices": known })).await?.ok()?;
    Ok(())
}

/// The first line of the error with which the hub ends.
async fn ends(lodging: &mut Lodging) -> Result<String> {
    let error = lodging.ended().await.err().context("the hub goes on")?;
    Ok(format!("{error:#}").lines().next().unwrap_or_default().to_owned())
}

/// The one device of the porter's, once it is another than this one and these people's apps know it.
async fn device(lodging: &Lodging, guests: &[Guest; 2], was: &str) -> Result<String> {
    let administrator = house::homeserver().await.administrator().await?;
    let deadline = Instant::now() + PATIENCE;
    let device = loop {
        let known = administrator.get(&format!("/_synapse/admin/v2/users/{}/devices", lodging.porter)).await?.ok()?;
        let known = known["devices"].as_array().context("no list")?;
        let known: Vec<_> = known.iter().filter_map(|device| device["device_id"].as_str()).collect();
        match known[..] {
            [device] if device != was => break device.to_owned(),
            _ => ensure!(Instant::now() < deadline, "the porter has these devices: {known:?}"),
        }
    };
    // It tells of its keys, and apps learn of it.
    for guest in guests {
        house::learns_of(&guest.person, &lodging.porter, &device).await;
    }
    Ok(device)
}

/// Whether the porter's identity is the one with this key.
async fn is_the_same(guest: &Guest, before: &str) -> Result<bool> {
    Ok(master_key(guest).await? == before)
}

async fn master_key(guest: &Guest) -> Result<String> {
    let identity = guest.person.client().encryption().request_user_identity(&guest.porter).await?;
    let identity = identity.context("the porter has no identity")?;
    let keys: Vec<String> = identity.master_key().keys().iter().map(|(_, key)| key.to_base64()).collect();
    Ok(keys.join(" "))
}

/// Both go on in their conversations, and meet.
async fn go_on(lodging: Lodging, [sam, alex]: [Guest; 2]) -> Result<()> {
    sam.asks("requests", "requests").await?;
    alex.asks("again", "asked").await?;
    alex.asks("yes", "yes-recorded").await?;
    let room = agreed(&sam, &alex).await?;
    meet(&sam, &alex, &room).await?;
    lodging.close(&[&sam, &alex]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_an_administrator_deleted_is_followed_by_another_at_the_next_start() -> Result<()> {
    let (mut lodging, guests) = hub("deleted").await?;
    let (was, key) = (device(&lodging, &guests, "").await?, master_key(&guests[0]).await?);
    delete_devices(&lodging).await?;
    let said = ends(&mut lodging).await?;
    ensure!(said.contains("start again, and it logs in as a new device"), "{said}");
    lodging.start();
    let was = device(&lodging, &guests, &was).await?;
    ensure!(is_the_same(&guests[0], &key).await?, "the identity is another");
    // Nobody has to do anything else, also if it happens again.
    delete_devices(&lodging).await?;
    ends(&mut lodging).await?;
    lodging.start();
    device(&lodging, &guests, &was).await?;
    go_on(lodging, guests).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directory_or_keys_that_are_lost_are_followed_by_a_new_device_of_the_same_identity() -> Result<()> {
    let (mut lodging, guests) = hub("lostdir").await?;
    let key = master_key(&guests[0]).await?;
    let mut was = device(&lodging, &guests, "").await?;
    let lose = |lodging: &Lodging, lost: &str| {
        let lost = lodging.config.store.directory.join(lost);
        if lost.is_dir() { fs::remove_dir_all(&lost) } else { fs::remove_file(&lost) }
    };
    for lost in ["matrix", "matrix/sdk"] {
        lodging.stop().await?;
        lose(&lodging, lost)?;
        lodging.start();
        was = device(&lodging, &guests, &was).await?;
        ensure!(is_the_same(&guests[0], &key).await?, "the identity is another");
        guests[0].asks("requests", "requests").await?;
    }
    // The session alone is in its other place, and the keys are where they were.
    lodging.stop().await?;
    lose(&lodging, "matrix/session")?;
    lodging.start();
    guests[0].asks("requests", "requests").await?;
    ensure!(device(&lodging, &guests, "").await? == was, "the device is another");
    go_on(lodging, guests).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_identity_that_is_lost_with_the_key_that_recovers_it_is_replaced_where_that_is_said() -> Result<()> {
    let (mut lodging, guests) = hub("lostid").await?;
    let (was, key) = (device(&lodging, &guests, "").await?, master_key(&guests[0]).await?);
    lodging.stop().await?;
    let data = lodging.config.store.directory.clone();
    fs::remove_dir_all(data.join("matrix"))?;
    fs::remove_file(data.join("store/session"))?;
    for _ in 0..2 {
        lodging.start();
        let said = ends(&mut lodging).await?;
        ensure!(said.contains("start once with --new-identity"), "{said}");
    }
    lodging.config.new_identity = true;
    lodging.start();
    let was = device(&lodging, &guests, &was).await?;
    guests[0].asks("requests", "requests").await?;
    lodging.stop().await?;
    lodging.config.new_identity = false;
    let anew = master_key(&guests[0]).await?;
    ensure!(anew != key, "the identity is the old one");
    // The new one can be recovered as the old one could.
    fs::remove_dir_all(data.join("matrix"))?;
    lodging.start();
    device(&lodging, &guests, &was).await?;
    ensure!(is_the_same(&guests[0], &anew).await?, "the identity is another");
    let seen = guests[0].person.client().encryption().get_user_devices(&lodging.porter).await?;
    ensure!(seen.devices().all(|device| device.is_cross_signed_by_owner()), "the new identity signs no device");
    go_on(lodging, guests).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_whose_token_was_given_by_hand_is_followed_by_the_next_that_is_given() -> Result<()> {
    let (mut lodging, guests) = Lodging::open("byhand", ["sam", "alex"], &[]).await?;
    let [sam, alex] = &guests;
    request(sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    let key = master_key(sam).await?;
    delete_devices(&lodging).await?;
    ends(&mut lodging).await?;
    lodging.start();
    let said = ends(&mut lodging).await?;
    ensure!(said.contains("log in as a new device, and put its token and its id into the configuration"), "{said}");
    lodging.give_device("AGAIN").await?;
    lodging.start();
    for guest in &guests {
        house::learns_of(&guest.person, &lodging.porter, "AGAIN").await;
    }
    ensure!(is_the_same(&guests[0], &key).await?, "the identity is another");
    go_on(lodging, guests).await
}
