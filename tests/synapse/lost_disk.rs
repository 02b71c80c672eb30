//! The hub's disk is lost: people's view of it, with the commit log and without.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use lodge_demo::household::Guest;
use lodge_hub::export::{self, RestoreFrom};
use tempfile::TempDir;

use crate::house;
use crate::lodging::{Lodging, agreed, meet, request, times_told};

/// A hub with a second disk, on which are its mirror and an export of after its members' arrival.
struct House {
    lodging: Lodging,
    second_disk: TempDir,
    restored: u32,
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
        copy(&lodging.config.store.directory.join("matrix"), &second_disk.path().join("matrix"))?;
        lodging.start();
        Ok((Self { lodging, second_disk, restored: 0 }, guests))
    }

    /// The hub dies, its data directory is lost, and it is restored. An older copy of its session's keys is put back, which must not be used.
    async fn lose(&mut self, without_log: bool, guests: [&Guest; 2]) -> Result<String> {
        self.lodging.kill().await;
        let data = &self.lodging.config.store.directory;
        fs::remove_dir_all(data.join("store"))?;
        fs::remove_dir_all(data.join("matrix"))?;
        copy(&self.second_disk.path().join("matrix"), &data.join("matrix"))?;
        let at = |name: &str| self.second_disk.path().join(name);
        let from = RestoreFrom { export: at("export"), keys: at("mirror"), erasures: None, without_log };
        let restored = export::restore(&self.lodging.config, &from, &mut |_| {})?;
        self.lodging.start();
        let refused = format!("{:#}", self.lodging.ended().await.err().context("the lost device was taken up")?);
        ensure!(refused.contains("has lost its keys"), "{refused}");
        self.restored += 1;
        let device = format!("AGAIN{}", self.restored);
        self.lodging.give_device(&device).await?;
        self.lodging.start();
        for guest in guests {
            house::learns_of(&guest.person, &guest.porter, &device).await;
        }
        Ok(export::told(&restored).join("\n"))
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), to)?;
        }
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_log_all_goes_on_and_nobody_is_told_anything_twice() -> Result<()> {
    let (mut house, [sam, alex]) = House::open("lostlog").await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    // By now the porter has seen its own question where it stands: a new device cannot tell that it is the porter's.
    alex.asks("help", "help").await?;
    let told = house.lose(false, [&sam, &alex]).await?;
    ensure!(told.contains("This is the hub after commit"), "{told}");
    alex.asks("yes", "yes-recorded").await?;
    house.lose(false, [&sam, &alex]).await?;
    let room = agreed(&sam, &alex).await?;
    house.lose(false, [&sam, &alex]).await?;
    meet(&sam, &alex, &room).await?;
    sam.asks("requests", "requests").await?;
    house.lodging.close(&[&sam, &alex]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_log_everybody_is_told_once_in_a_new_conversation_and_no_word_of_before_counts() -> Result<()> {
    let (mut house, [sam, alex]) = House::open("lostall").await?;
    request(&sam, alex.person.user_id()).await?;
    alex.hears("asked").await?;
    let told = house.lose(true, [&sam, &alex]).await?;
    ensure!(told.contains("What came after that is lost"), "{told}");
    // The yes to a request that is not known any more, in the old conversation.
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
