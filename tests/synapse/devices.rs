//! Devices: the member's own, and those that are put on their account, as identities are, by the homeserver's operator
//! or by somebody with their password.

use anyhow::{Context, Result, bail, ensure};
use lodge_channel::homeserver::Homeserver as _;
use lodge_channel::news::{Heard, Text};
use lodge_core::input::Proof;
use lodge_core::people::member::Role;
use lodge_demo::Person;
use lodge_demo::household::{Guest, Resident};
use lodge_demo::person::Kind;
use lodge_matrix::device::Device;
use lodge_plumbing::matrix::Devices;
use matrix_sdk::encryption::CrossSigningResetAuthType;
use matrix_sdk::ruma::api::client::uiaa::{AuthData, MatrixUserIdentifier, Password, UserIdentifier};
use serde_json::json;

use crate::acting::Acts as _;
use crate::house::{self, Porter, effect, person, room_id};
use crate::lodging::{Lodging, agreed, meet, request};

const SAM: Resident = Resident { localpart: "sam", name: "Sam", role: Role::Student, details: &[] };
const ALEX: Resident = Resident { localpart: "alex", name: "Alex", role: Role::Alumnus, details: &[] };
const CASEY: Resident = Resident { localpart: "casey", name: "Casey", role: Role::Staff, details: &[] };

/// A running hub with these three, who are in their conversations.
async fn three(name: &str) -> Result<(Lodging, [Guest; 3])> {
    let homeserver = house::homeserver().await;
    let mut lodging = Lodging::prepare_for(homeserver, name, &[SAM, ALEX, CASEY], &[]).await?;
    lodging.start();
    let mut guests = Vec::new();
    for who in ["sam", "alex", "casey"] {
        let person = lodging.person(homeserver, name, who).await?;
        guests.push(Guest::arrive(person, &lodging.porter).await?);
    }
    let guests = guests.try_into().ok().context("as many guests as names")?;
    Ok((lodging, guests))
}

/// Puts another identity in the place of the account's, signed by nothing but the password, and signs this device with it:
/// as somebody does who has lost their keys, and as anybody with their password can.
async fn replace_identity(person: &Person) -> Result<()> {
    let Some(handle) = person.client().encryption().reset_cross_signing().await? else { return Ok(()) };
    let CrossSigningResetAuthType::Uiaa(asked) = handle.auth_type() else {
        bail!("the homeserver asks for no password")
    };
    let user = UserIdentifier::Matrix(MatrixUserIdentifier::new(person.user_id().localpart().to_owned()));
    let mut password = Password::new(user, house::PASSWORD.to_owned());
    password.session.clone_from(&asked.session);
    handle.auth(Some(AuthData::Password(password))).await?;
    person.settle().await
}

/// One more device on somebody's account, in the same conversation.
async fn another_device(guest: &Guest) -> Result<Guest> {
    let person = guest.person.log_in_again(house::PASSWORD).await?.into();
    Ok(Guest { person, room: guest.room.clone(), porter: guest.porter.clone() })
}

/// The code in a message about a device that is not known.
fn code(said: &str) -> Result<&str> {
    let (_, after) = said.split_once("my new device ").context("no code")?;
    after.get(..4).context("no whole code")
}

/// The device that words came from; they were this one's.
fn device(text: Text, body: &str) -> Device {
    assert_eq!((text.body.as_str(), text.proof), (body, Proof::Proven));
    text.device.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_signs_a_device_is_told_as_the_homeserver_shows_it_now() {
    let sam = person("signs-sam").await;
    let mut porter = Porter::open("signs").await;
    let room = porter.converse(&sam, effect("signs")).await;
    let at = room_id(&room);
    sam.say(&at, "one").await.unwrap();
    let old = device(porter.next_text(&room).await, "one");
    let first = old.signed_by.clone().unwrap();
    let newcomer = sam.log_in_again(house::PASSWORD).await.unwrap();
    newcomer.say(&at, "two").await.unwrap();
    let new = device(porter.next_text(&room).await, "two");
    assert_ne!(new.key, old.key);
    assert_eq!(new.signed_by, None);

    // Another identity takes the first one's place. The session's state of before is no answer to what signs it now.
    replace_identity(&newcomer).await.unwrap();
    newcomer.say(&at, "three").await.unwrap();
    let signed = device(porter.next_text(&room).await, "three");
    assert_eq!(signed.key, new.key);
    assert!(signed.signed_by.as_ref().is_some_and(|second| *second != first), "{signed:?}");
    sam.say(&at, "four").await.unwrap();
    assert_eq!(device(porter.next_text(&room).await, "four"), Device { key: old.key, signed_by: None });
}

#[tokio::test(flavor = "multi_thread")]
async fn i07_a_yes_from_a_device_that_nobody_signed_counts_when_an_old_device_confirms_it() -> Result<()> {
    let (lodging, [sam, alex, casey]) = three("newdevice").await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    let phone = another_device(&alex).await?;
    let said = phone.asks("yes", "device-new").await?;
    alex.hears("device-new").await?;
    // The phone cannot speak for itself.
    phone.asks(&format!("my new device {}", code(&said)?), "device-new").await?;
    alex.hears("device-new").await?;
    alex.asks(&format!("my new device {}", code(&said)?), "device-confirmed").await?;
    phone.hears("device-confirmed").await?;
    // The porter has said something else since it asked.
    phone.asks("yes", "do-you-mean").await?;
    phone.asks("1 yes", "yes-recorded").await?;
    let room = agreed(&sam, &alex).await?;
    meet(&sam, &alex, &room).await?;
    lodging.close(&[&sam, &alex, &casey]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn i07_a_yes_from_whoever_replaced_the_identity_counts_when_staff_confirm_it_and_not_before() -> Result<()> {
    let (mut lodging, [sam, alex, casey]) = three("replaced").await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    let intruder = another_device(&alex).await?;
    replace_identity(&intruder.person).await?;
    ensure!(intruder.person.is_cross_signed().await?, "an identity signs it");
    intruder.asks("yes", "device-new").await?;
    alex.hears("device-new").await?;
    // The known devices outlive the process.
    lodging.stop().await?;
    lodging.start();
    let said = intruder.asks("1 yes", "device-new").await?;
    alex.hears("device-new").await?;
    // The device that was known is known still, whatever became of the identity that signed it.
    ensure!(alex.asks("requests", "requests").await?.contains("Sam"), "the request waits for Alex");

    let command = format!("new device {}", alex.person.user_id());
    casey.asks(&command, "device-of-how").await?;
    casey.asks(&format!("{command} {}", code(&said)?), "device-of-confirmed").await?;
    alex.hears("device-confirmed-by-staff").await?;
    intruder.asks("1 yes", "yes-recorded").await?;
    agreed(&sam, &alex).await?;
    casey.asks(&format!("{command} {}", code(&said)?), "no-device-waits").await?;
    lodging.close(&[&sam, &alex, &casey]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_its_owner_verifies_counts_without_a_word() -> Result<()> {
    let (lodging, [sam, alex, casey]) = three("verified").await?;
    let phone = another_device(&alex).await?;
    phone.asks("my new device", "device-new").await?;
    let recovery = alex.person.client().encryption().recovery();
    let key = recovery.enable().wait_for_backups_to_upload().await?;
    phone.person.client().encryption().recovery().recover(&key).await?;
    ensure!(phone.person.is_cross_signed().await?, "the recovery key vouches for the device");
    phone.asks("my new device", "device-how").await?;
    alex.hears("device-how").await?;
    lodging.close(&[&sam, &alex, &casey]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn where_devices_are_strict_one_that_nobody_signed_reads_nothing_and_is_not_read() {
    let sam = person("strict-sam").await;
    let mut porter = Porter::open_with("strict", |options| options.devices = Devices::CrossSigned).await;
    let room = porter.converse(&sam, effect("strict")).await;
    let newcomer = sam.log_in_again(house::PASSWORD).await.unwrap();
    assert!(!newcomer.is_cross_signed().await.unwrap());
    newcomer.say(&room_id(&room), "yes").await.unwrap();
    let news = porter.until("what it wrote", |at, heard| *at == room && matches!(heard, Heard::Sealed(_))).await;
    let Heard::Sealed(sealed) = news.heard else { unreachable!("only that fits") };
    assert_eq!(porter.session.unseal(&room, &sealed).await, None);
    sam.say(&room_id(&room), "good morning").await.unwrap();
    let signed = device(porter.next_text(&room).await, "good morning");
    assert!(signed.signed_by.is_some(), "{signed:?}");

    let id = effect("strict-say");
    let content = json!({ "msgtype": "m.notice", "body": "Alex's telephone number" });
    porter.session.send(&room, id, content).await.unwrap();
    assert_eq!(sam.next_from(&porter.user_id()).await.unwrap().body(), Some("Alex's telephone number"));
    let fits = |seen: &lodge_demo::person::Seen| seen.sender == porter.user_id() && seen.kind == Kind::Undecryptable;
    newcomer.expect("what it has no key for", fits).await.unwrap();
    newcomer.settle().await.unwrap();
    let read = newcomer.seen().into_iter().filter(|seen| seen.sender == porter.user_id() && seen.message().is_some());
    assert_eq!(read.count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_that_is_strict_about_devices_hears_who_signs_theirs_and_nobody_else() -> Result<()> {
    let (lodging, [sam, alex]) = Lodging::open("stricthub", ["sam", "alex"], &["matrix.strict_devices=true"]).await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    let phone = another_device(&alex).await?;
    phone.says("yes").await?;
    // This was said after it, and there is still a request to answer.
    alex.asks("again", "asked").await?;
    alex.asks("yes", "yes-recorded").await?;
    let room = agreed(&sam, &alex).await?;
    meet(&sam, &alex, &room).await?;
    let porters = phone.person.seen().into_iter().filter(|seen| seen.room == phone.room && seen.sender == phone.porter);
    ensure!(porters.filter(|seen| seen.message().is_some()).count() == 0, "the phone reads what the porter says");
    lodging.close(&[&sam, &alex]).await
}
