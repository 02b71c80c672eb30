//! The arrival of the people of the play: most are known by the roster, and one comes with the letter it made for her.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use lodge_hub::config::Config;
use lodge_hub::roster::{self, Import, Letters, Reading};
use matrix_sdk::ruma::UserId;
use secrecy::ExposeSecret;

use crate::homeserver::write_private;
use crate::household::{self, Guest, Listed};
use crate::play::Line;
use crate::stage::Stage;
use crate::{Homeserver, Person};

/// The letter to somebody without an account.
#[derive(Debug, serde::Deserialize)]
pub struct Letter {
    /// The name of the person.
    pub name: String,
    /// The page on which they register.
    pub link: String,
    /// The code that lets them register, and shows the porter who they are.
    pub code: String,
    /// The account that they write to then.
    pub porter: String,
    /// A link by which a client opens a conversation with that account.
    pub porter_link: String,
    /// The last day on which they can register.
    pub register_by: String,
}

/// The careers service takes in its roster, as it does before the first start: the letters that were written.
pub async fn import(homeserver: &Homeserver, config: &Config, at: &Path, listed: &[Listed]) -> Result<Taken> {
    let (file, letters, token) = (at.join("people.csv"), at.join("letters.csv"), at.join("operator.token"));
    household::write_roster(&file, listed)?;
    write_private(&token, homeserver.administrator_token().await?.expose_secret())?;
    let letters = Letters { file: letters, admin_token_file: Some(token) };
    let import = Import {
        file,
        reading: Reading::default(),
        whole: true,
        apply: true,
        ends: None,
        letters: Some(letters.clone()),
    };
    let said = roster::import(config, &import).await?;
    if listed.iter().all(|one| one.user_id.is_some()) {
        return Ok(Taken { said, letters: Vec::new() });
    }
    let mut letters = csv::Reader::from_path(&letters.file).context("there are no letters")?;
    Ok(Taken { said, letters: letters.deserialize().collect::<Result<_, _>>()? })
}

/// The outcome of taking in a roster.
pub struct Taken {
    /// The lines that the command printed.
    pub said: Vec<String>,
    /// The letters to people who have no account yet.
    pub letters: Vec<Letter>,
}

/// Somebody makes an account with their letter, writes to the porter from it, is asked who they are, gives the code and
/// agrees to what holds.
pub async fn from_letter(
    stage: &Stage,
    homeserver: &Homeserver,
    letter: &Letter,
    localpart: &str,
    password: &str,
) -> Result<Guest> {
    let name = letter.name.as_str();
    stage.happens(&format!(
        "{name} got a letter: register at {} by {}, and write {} to {}.",
        letter.link, letter.register_by, letter.code, letter.porter
    ));
    let token = letter.code.replace('-', "");
    let account = homeserver.register_with_token(localpart, password, &token).await?;
    stage.happens(&format!("{name} registers with it, as {account}, and signs in."));
    let again = homeserver.register_with_token(&format!("{localpart}-again"), password, &token).await;
    ensure!(again.is_err(), "the same letter made a second account");
    let person = Person::log_in(&homeserver.url(), localpart, password).await?;
    let porter = letter.porter_link.rsplit('/').next().unwrap_or_default();
    let porter = UserId::parse(porter)?;
    let guest = Guest::visit(person, &porter).await?;
    guest.person.hears("elsewhere").await?;
    stage.happens(&format!(
        "{name} invites the porter, which says there that it talks elsewhere, and opens its own encrypted conversation."
    ));
    let line = Line::porters(stage, name, &guest);
    line.hears("visitor").await?;
    line.asks(&letter.code, "welcome").await?;
    line.asks("agree", "agreed").await?;
    Ok(guest)
}
