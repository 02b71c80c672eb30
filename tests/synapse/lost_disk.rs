//! The hub's disk is lost: what people see of it, with the commit log and without.

use std::fs;

use anyhow::{Result, ensure};
use lodge_demo::household::Guest;
use lodge_hub::export::{self, From};
use tempfile::TempDir;

use crate::lodging::{Lodging, agreed, meet, request, times_told};

/// A hub with a second disk, on which are its mirror and an export of after its members' arrival.
struct House {
    lodging: Lodging,
    second_disk: TempDir,
}

impl House {
    async fn open(name: &str) -> Result<(Self, [Guest; 2])> {
        let second_disk = tempfile::tempdir()?;
        let mirror = second_disk.path().join("mirror");
        fs::create_dir(&mirror)?;
        let set = format!("store.mirror={}", mirror.display());
        let (mut lodging, guests) = Lodging::open(name, ["sam", "alex"], &[&set]).await?;
        lodging.stop().await?;
        export::export(&lodging.config, &second_disk.path().join("export"), &mut Vec::new())?;
        lodging.start();
        Ok((Self { lodging, second_disk }, guests))
    }

    /// The hub dies, its store is lost and restored, and it starts again. Its Matrix session is there, as a copy would be.
    async fn lose(&mut self, without_log: bool) -> Result<String> {
        self.lodging.kill().await;
        let store = self.lodging.config.store.directory.join("store");
        fs::remove_dir_all(&store)?;
        let at = |name: &str| self.second_disk.path().join(name);
        let from = From { export: at("export"), keys: at("mirror"), erasures: None, without_log };
        let rebuilt = export::restore(&self.lodging.config, &from, &mut |_| {})?;
        self.lodging.start();
        Ok(export::told(&rebuilt).join("\n"))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_log_all_goes_on_and_nobody_is_told_anything_twice() -> Result<()> {
    let (mut house, [sam, alex]) = House::open("lostlog").await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    let told = house.lose(false).await?;
    ensure!(told.contains("This is the hub after commit"), "{told}");
    alex.asks("yes", "yes-recorded").await?;
    house.lose(false).await?;
    let room = agreed(&sam, &alex).await?;
    house.lose(false).await?;
    meet(&sam, &alex, &room).await?;
    sam.asks("requests", "requests").await?;
    house.lodging.close(&[&sam, &alex]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_log_everybody_is_told_once_in_a_new_conversation_and_no_word_of_before_counts() -> Result<()> {
    let (mut house, [sam, alex]) = House::open("lostall").await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    let told = house.lose(true).await?;
    ensure!(told.contains("What came after that is lost"), "{told}");
    // The yes to what is not known any more, in the old conversation.
    alex.says("yes").await?;
    let mut anew = Vec::new();
    for guest in [&sam, &alex] {
        let new = Guest::come_in(guest.person.clone(), &guest.porter).await?;
        ensure!(new.room != guest.room, "it is the old conversation");
        let told = new.hears("went-back").await?;
        ensure!(told.contains("I’ve had to go back to how things stood"), "{told}");
        guest.person.sees_leaving(&guest.room, &guest.porter).await?;
        anew.push(new);
    }
    let [sam, alex] = &anew[..] else { unreachable!("there are two") };
    alex.asks("yes", "nothing-to-answer").await?;
    // Sam asks again, as anybody may, and it goes its way.
    request(sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    house.lodging.stop().await?;
    house.lodging.start();
    alex.asks("yes", "yes-recorded").await?;
    let room = agreed(sam, alex).await?;
    meet(sam, alex, &room).await?;
    for guest in [sam, alex] {
        ensure!(times_told(guest, "went-back") == 1, "{} is told again", guest.person.user_id());
        ensure!(guest.person.unexpected().await?.is_empty(), "{} is told more", guest.person.user_id());
    }
    house.lodging.stop().await
}
