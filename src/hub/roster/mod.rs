//! `lodge roster`: the service's records taken in, and letters for those on them who have no account yet.

mod import;
mod intake;
mod sheet;
mod shown;
mod letters;
mod tokens;

use std::path::{Path, PathBuf};

use lodge_core::people::roster::{Change, Code, Endings, Entry, Reach};
use serde::{Deserialize, Serialize};

use crate::config::Config;

pub use import::{Import, Letters, import};
pub(crate) use intake::{Intake, take_in};
pub use sheet::{AboutLine, Encoding, Order, Reading, Sheet, Unfit};

/// A list of people for a hub to look at or to take in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// The people on the list.
    pub entries: Vec<Entry>,
    /// The meaning of the list for people who are not on it.
    pub reach: Reach,
    /// Whether it is taken in, or only looked at.
    pub apply: bool,
    /// The number of people for whom it ends something, where that was said beforehand.
    pub ends: Option<usize>,
}

/// The hub's verdict on a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Said {
    /// The list is not taken in, for these entries, counted from 0, cannot be.
    Wrong(Vec<(usize, String)>),
    /// The list is not taken in, for it ends more than that without a word about it, or something else than was said.
    Ends(Endings),
    /// The list can be, or has been, taken in.
    Fine {
        /// The changes that the list makes.
        changes: Vec<Change>,
        /// The people for whom it ends something.
        ends: Endings,
        /// Once it has been taken in: those of it who have no account yet.
        invited: Vec<Invited>,
    },
}

/// Somebody who has no account yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// Their entry on the list.
    pub entry: Entry,
    /// The code by which the porter recognises them.
    pub code: Code,
}

/// The reasons for which a file is not taken in.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file cannot be read.
    #[error("{}: cannot be read: {cause}", path.display())]
    Unreadable {
        /// The file as it was named.
        path: PathBuf,
        /// The system's answer.
        cause: std::io::Error,
    },
    /// There are lines in it that cannot be taken in. Nothing of it was.
    #[error("{}: nothing is taken in until every line can be\n{}", path.display(), lines(bad))]
    Lines {
        /// The file as it was named.
        path: PathBuf,
        /// The lines, in the file's order.
        bad: Vec<AboutLine>,
    },
    /// There are dates in it that could be read in two ways. Nothing of it was taken in.
    #[error(
        "{}: which comes first in these dates, the day or the month? Say --dates day-first or --dates month-first\n{}",
        path.display(),
        lines(unclear)
    )]
    DateOrder {
        /// The file as it was named.
        path: PathBuf,
        /// The lines with such dates, in the file's order.
        unclear: Vec<AboutLine>,
    },
}

/// Reads a roster's file.
pub fn read(config: &Config, path: &Path, reading: &Reading) -> Result<Sheet, FileError> {
    let bytes = std::fs::read(path).map_err(|cause| FileError::Unreadable { path: path.to_owned(), cause })?;
    sheet::read(&bytes, &config.service.zone, reading).map_err(|unfit| match unfit {
        Unfit::Lines(bad) => FileError::Lines { path: path.to_owned(), bad },
        Unfit::DateOrder(unclear) => FileError::DateOrder { path: path.to_owned(), unclear },
    })
}

fn lines(bad: &[AboutLine]) -> String {
    bad.iter().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::time::Instant;

    use tempfile::TempDir;

    use super::*;

    fn service() -> (TempDir, Config) {
        let directory = tempfile::tempdir().unwrap();
        let register_at = "joining.register_at=https://chat.example.org/#/register";
        let config = crate::setup::smallest(directory.path(), &[register_at]);
        (directory, config)
    }

    fn order(directory: &TempDir, people: &str, whole: bool, letters: Option<&str>) -> Import {
        let file = directory.path().join("people.csv");
        fs::write(&file, people).unwrap();
        let letters = letters.map(|name| Letters { file: directory.path().join(name), admin_token_file: None });
        Import { file, reading: Reading::default(), whole, apply: true, ends: None, letters }
    }

    /// The number of commits that the store has had.
    fn commits(config: &Config) -> u64 {
        crate::export::export(config, Path::new("-"), &mut std::io::sink()).unwrap().commit
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn five_thousand_people_are_taken_in_with_one_commit_and_each_gets_a_letter() {
        const PEOPLE: usize = 5_000;
        let (directory, config) = service();
        let line = |number| format!("Person {number},person{number}@mail.example,student,2026,2027-06-30\n");
        let people: String = (0..PEOPLE).map(line).collect();
        let people = format!("name,email,role,cohort,valid_until\n{people}");
        let before = commits(&config);
        let began = Instant::now();
        let said = import(&config, &order(&directory, &people, true, Some("letters.csv"))).await.unwrap();
        eprintln!("{PEOPLE} people taken in, and their letters written, in {} ms", began.elapsed().as_millis());
        assert_eq!(said[PEOPLE], "5000 new.");
        let letters = directory.path().join("letters.csv");
        assert_eq!(fs::metadata(&letters).unwrap().permissions().mode() & 0o777, 0o600);
        let codes: std::collections::BTreeSet<String> = csv::Reader::from_path(&letters)
            .unwrap()
            .records()
            .map(|letter| letter.unwrap().get(3).unwrap().to_owned())
            .collect();
        assert_eq!(codes.len(), PEOPLE);
        assert_eq!(commits(&config), before + 1, "each commit waits for the disk");
        let said = import(&config, &order(&directory, &people, true, None)).await.unwrap();
        assert_eq!(said, ["5000 as before.", "Nothing has changed."]);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_the_hub_cannot_take_in_is_named_by_its_line_and_nothing_is_taken_in() {
        let (directory, config) = service();
        let people = "name,email,matrix_id,role\n\
                      Sam,sam@mail.example,,student\n\
                      \n\
                      Erin,erin@mail.example,,employer\n\
                      Sam,sam@mail.example,,student\n\
                      Porter,,@porter:example.org,staff\n\
                      Kim,,,student\n";
        let error = import(&config, &order(&directory, people, true, None)).await.unwrap_err().to_string();
        let lines: Vec<&str> = error.lines().skip(1).map(str::trim).collect();
        assert_eq!(
            lines,
            [
                "line 4: organisation: an employer's people belong to one; none is given",
                "line 5: sam@mail.example stands on the list already; each person once",
                "line 6: @porter:example.org is the porter's own account, which is no member",
                "line 7: neither an email address nor a Matrix id; give one of them",
            ]
        );
        let good = "name,email,role\nSam,sam@mail.example,student\n";
        let said = import(&config, &order(&directory, good, true, None)).await.unwrap();
        assert_eq!(said[1], "1 new.", "nothing had been taken in");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_list_that_ends_much_is_taken_in_only_with_the_exact_number() {
        let (directory, config) = service();
        let line = |number: u32| {
            let role = if number < 2 { "staff" } else { "student" };
            format!("Person {number},person{number}@mail.example,{role},2027-06-30\n")
        };
        let list = |people: &[u32]| {
            format!("name,email,role,valid_until\n{}", people.iter().copied().map(line).collect::<String>())
        };
        let all: Vec<u32> = (0..10).collect();
        let full = list(&all);
        import(&config, &order(&directory, &full, true, None)).await.unwrap();
        for (people, whole, ends, staff) in [
            // Half a file, one with its first line alone, one without staff, and one with staff as students.
            (list(&all[..5]), true, 5, ""),
            (list(&[]), true, 10, ", and among them for everybody who works for the service"),
            (list(&all[2..]), true, 2, ", and among them for everybody who works for the service"),
            (full.replace("staff", "student"), false, 2, ", and among them for everybody who works for the service"),
            (full.replace("2027", "2020"), false, 10, ", and among them for everybody who works for the service"),
        ] {
            let before = commits(&config);
            let said = format!("The list ends membership, or work for the service, for {ends} of 10 people{staff}");
            let ordered = order(&directory, &people, whole, None);
            let looked = import(&config, &Import { apply: false, ..ordered.clone() }).await.unwrap();
            assert_eq!(looked.last().unwrap(), &format!("{said}. To take it in, give --apply and --ends {ends}."));
            for wrong in [None, Some(ends - 1), Some(ends + 1)] {
                let error = import(&config, &Import { ends: wrong, ..ordered.clone() }).await.unwrap_err().to_string();
                let expected = format!("if all of it is meant, give --ends {ends}");
                assert!(error.contains(&said) && error.ends_with(&expected), "{error}");
            }
            assert_eq!(commits(&config), before, "nothing was done");
            let said = import(&config, &Import { ends: Some(ends), ..ordered.clone() }).await.unwrap();
            assert!(said.last().unwrap().starts_with("It is taken in"), "{said:?}");
            import(&config, &order(&directory, &full, true, None)).await.unwrap();
        }
        // A fifth is as usual, and a number that was said has to be right also then.
        let fifth = order(&directory, &list(&all[..8]), true, None);
        assert!(import(&config, &Import { ends: Some(3), ..fifth.clone() }).await.is_err());
        import(&config, &fifth).await.unwrap();
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_letters_need_is_missed_before_anything_is_taken_in() {
        let (directory, mut config) = service();
        let good = "name,email,role\nSam,sam@mail.example,student\n";
        fs::write(directory.path().join("letters.csv"), "mine").unwrap();
        let error = import(&config, &order(&directory, good, true, Some("letters.csv"))).await.unwrap_err();
        assert!(error.to_string().contains("is there already"), "{error}");
        config.joining.register_at = None;
        let error = import(&config, &order(&directory, good, true, Some("others.csv"))).await.unwrap_err();
        assert!(error.to_string().starts_with("joining.register_at: expected the page"), "{error}");
        let said = import(&config, &order(&directory, good, true, None)).await.unwrap();
        assert_eq!(said[1], "1 new.");
    }
}
