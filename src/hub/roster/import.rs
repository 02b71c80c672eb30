//! `lodge roster import`: shows the changes that a file would make; or makes them, with letters for people who have no
//! account yet.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use lodge_core::people::roster::{Endings, Reach};
use lodge_core::time::Timestamp;

use super::letters::{self, Letter, Letterhead};
use super::{AboutLine, FileError, Invited, List, Reading, Said, Sheet, read, shown, tokens};
use crate::admin::Admin;
use crate::config::{Config, Registration};
use crate::control::{self, Answer, Did, Request};
use crate::run::clock;

/// An import of a roster, as it was asked for.
#[derive(Debug, Clone)]
pub struct Import {
    /// The roster's file.
    pub file: PathBuf,
    /// The way in which it is to be read, where it does not show that itself.
    pub reading: Reading,
    /// Whether it is everybody the service's records know.
    pub whole: bool,
    /// Whether it is taken in, or only looked at.
    pub apply: bool,
    /// The number of people for whom it ends something. It has to be said where that is many, and to be right.
    pub ends: Option<usize>,
    /// The letters to be written to people who have no account yet, if any.
    pub letters: Option<Letters>,
}

/// The letters to be written.
#[derive(Debug, Clone)]
pub struct Letters {
    /// The new file.
    pub file: PathBuf,
    /// A file with the token of an administrator of the homeserver, who lets each of the people register once.
    pub admin_token_file: Option<PathBuf>,
}

/// Does the import, and describes it in lines.
///
/// # Errors
/// When a line of the file cannot be taken in, nothing is.
pub async fn import(config: &Config, import: &Import) -> anyhow::Result<Vec<String>> {
    let Import { file, reading, whole, apply, ends: said, letters } = import;
    let sheet = read(config, file, reading)?;
    let post = letters.as_ref().map(|letters| Post::prepare(config, letters)).transpose()?;
    let reach = if *whole { Reach::Whole } else { Reach::These };
    let request = Request::Roster(List { entries: sheet.entries.clone(), reach, apply: *apply, ends: *said });
    let (answer, did) = control::ask(config, request).await?;
    let (changes, ends, invited) = match answer {
        Answer::Roster(Said::Fine { changes, ends, invited }) => (changes, ends, invited),
        Answer::Roster(Said::Ends(ends)) => bail!("{}: {}", file.display(), too_much(ends, *said)),
        Answer::Roster(Said::Wrong(wrong)) => return Err(named(file, &sheet, wrong).into()),
        Answer::NotNow(why) => bail!("{why}"),
        Answer::Rooms(_) | Answer::RoomsApplied => bail!(control::UNEXPECTED),
    };
    let notes = sheet.notes.iter().map(|note| format!("look at       {note}"));
    let shown = shown::lines(&changes, sheet.entries.len(), clock(), &config.service.zone);
    let mut lines: Vec<String> = notes.chain(shown).collect();
    if !*apply && ends.are_many() {
        lines.push(format!("{}. To take it in, give --apply and --ends {}.", losing(ends), ends.people));
    } else {
        lines.push(closing(changes.iter().any(shown::is_change), *apply, did).to_owned());
    }
    if let Some(post) = post {
        lines.push(post.write(config, &invited).await?);
    }
    Ok(lines)
}

/// The reason for which a list is not taken in that ends something for these people.
fn too_much(ends: Endings, said: Option<usize>) -> String {
    let number = ends.people;
    let and = match said {
        Some(said) => {
            format!("and not for {said}, as --ends says; so nothing is taken in. Look at the list without --apply")
        }
        None => "so nothing is taken in. Look at the list without --apply".to_owned(),
    };
    format!("{}, {and}; if all of it is meant, give --ends {number}", losing(ends))
}

/// The people for whom a list ends something, in words.
fn losing(ends: Endings) -> String {
    let Endings { people, of, all_staff } = ends;
    let staff = if all_staff { ", and among them for everybody who works for the service" } else { "" };
    format!("The list ends membership, or work for the service, for {people} of {of} people{staff}")
}

/// The last line of an import.
fn closing(changes: bool, applied: bool, did: Did) -> &'static str {
    match (changes, applied, did) {
        (false, false, _) => "Nothing would change.",
        (false, true, _) => "Nothing has changed.",
        (true, false, _) => "Nothing has changed yet. The same with --apply takes it in.",
        (true, true, Did::RunningHub) => "It is taken in, and the porter tells those whom it concerns.",
        (true, true, Did::Offline) => {
            "It is taken in. The hub is not running; the porter tells those whom it concerns when it starts."
        }
    }
}

/// The lines of the file that cannot be taken in.
fn named(file: &Path, sheet: &Sheet, wrong: Vec<(usize, String)>) -> FileError {
    let line = |at: usize| sheet.lines.get(at).copied().unwrap_or_default();
    let bad = wrong.into_iter().map(|(at, what)| AboutLine { line: line(at), what }).collect();
    FileError::Lines { path: file.to_owned(), bad }
}

/// Everything that letters need. It is looked at before anything is taken in, so that nothing is found missing after.
struct Post<'a> {
    head: Letterhead<'a>,
    file: &'a Path,
    admin: Option<Admin>,
}

impl<'a> Post<'a> {
    fn prepare(config: &'a Config, letters: &'a Letters) -> anyhow::Result<Self> {
        let Letters { file, admin_token_file } = letters;
        let link = config.joining.register_at.as_ref();
        let link = link.context("joining.register_at: expected the page on which people register, found nothing")?;
        if file.exists() {
            bail!("{} is there already; give the letters another file, or take it away", file.display());
        }
        if admin_token_file.is_some() && config.joining.registration == Registration::Oidc {
            bail!(
                "--admin-token-file: with joining.registration = \"oidc\" the homeserver takes no tokens; leave it out"
            );
        }
        let admin = admin_token_file.as_ref().map(|token| Admin::new(&config.matrix.homeserver, token)).transpose()?;
        let head = Letterhead {
            link,
            porter: &config.matrix.user,
            porter_name: &config.matrix.display_name,
            zone: &config.service.zone,
        };
        Ok(Self { head, file, admin })
    }

    /// Makes the tokens and writes the letters; returns a line about them.
    async fn write(&self, config: &Config, invited: &[Invited]) -> anyhow::Result<String> {
        let now = clock();
        let invited = invited.iter().filter(|invited| invited.entry.lasts(now));
        let letters: Vec<Letter<'_>> =
            invited.map(|invited| Letter { invited, register_by: self.register_by(config, invited, now) }).collect();
        if letters.is_empty() {
            return Ok("Everybody on the list has an account, so there are no letters to write.".to_owned());
        }
        let mut made = "";
        if let Some(admin) = &self.admin {
            let tokens = letters.iter().filter_map(|letter| Some((&letter.invited.code, letter.register_by?)));
            tokens::make(admin, &tokens.collect::<Vec<_>>()).await.context(
                "the list is taken in, but no letters are written; the same command makes the other tokens and writes them",
            )?;
            made = "; with its code each person in it can register once";
        }
        letters::write(self.file, &self.head, &letters)
            .with_context(|| format!("{} cannot be written", self.file.display()))?;
        let people =
            if letters.len() == 1 { "1 letter is".to_owned() } else { format!("{} letters are", letters.len()) };
        Ok(format!("{people} in {}{made}. Whoever has that file can come in as the people in it.", self.file.display()))
    }

    /// The time until which their token can be used, where one is made.
    fn register_by(&self, config: &Config, invited: &Invited, now: Timestamp) -> Option<Timestamp> {
        let within = config.joining.register_within;
        self.admin.as_ref().map(|_| letters::register_by(now, within, invited.entry.until, self.head.zone))
    }
}
