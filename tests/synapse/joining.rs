//! Joining as people see it: from a letter to the first "agree", through the staff, and out again.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use lodge_core::people::member::{Field, Role};
use lodge_demo::Person;
use lodge_demo::homeserver::write_private;
use lodge_demo::household::{Guest, Listed, Resident};
use lodge_hub::roster::Letters;
use matrix_sdk::ruma::UserId;
use secrecy::ExposeSecret;

use crate::house;
use crate::lodging::Lodging;

pub const CASEY: Resident = Resident { localpart: "casey", name: "Casey", role: Role::Staff, details: &[] };
pub const SAM: Resident = Resident {
    localpart: "sam",
    name: "Sam",
    role: Role::Student,
    details: &[(Field::Email, "sam@mail.example"), (Field::Course, "History, second year")],
};
pub const NOOR: Resident = Resident {
    localpart: "noor",
    name: "Noor",
    role: Role::Student,
    details: &[(Field::Email, "noor@mail.example"), (Field::Course, "Physics")],
};
pub const ERIN: Resident = Resident {
    localpart: "erin",
    name: "Erin",
    role: Role::Employer,
    details: &[(Field::Organisation, "City Museum")],
};

/// A running hub with these members, who have accounts and are not yet in their conversations.
pub async fn lodging(name: &str, members: &[Resident], set: &[&str]) -> Result<Lodging> {
    let set: Vec<&str> = set.iter().copied().chain(["joining.register_at=https://chat.example.org/"]).collect();
    let mut lodging = Lodging::prepare_for(house::homeserver().await, name, members, &set).await?;
    lodging.start();
    Ok(lodging)
}

/// One of them, in their conversation and agreed to what holds.
pub async fn guest(lodging: &Lodging, name: &str, who: &Resident) -> Result<Guest> {
    let person = lodging.person(house::homeserver().await, name, who.localpart).await?;
    Guest::arrive(person, &lodging.porter).await
}

fn account(name: &str, who: &Resident, porter: &UserId) -> Result<Listed> {
    let user_id = UserId::parse(format!("@{name}-{}:{}", who.localpart, porter.server_name()))?;
    Ok(Listed { user_id: Some(user_id), ..(*who).into() })
}

/// The only letter's code.
fn code_in(letters: &PathBuf) -> Result<String> {
    let mut sheet = csv::Reader::from_path(letters)?;
    let letter = sheet.records().next().context("there is a letter")??;
    Ok(letter.get(3).context("it has a code")?.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a01_somebody_comes_from_a_letters_link_to_their_first_agree() -> Result<()> {
    let homeserver = house::homeserver().await;
    let lodging = lodging("letter", &[CASEY], &[]).await?;
    let casey = guest(&lodging, "letter", &CASEY).await?;
    let (letters, token) = (lodging.directory().join("letters.csv"), lodging.directory().join("operator.token"));
    write_private(&token, homeserver.administrator_token().await?.expose_secret())?;
    let ordered = Some(Letters { file: letters.clone(), admin_token_file: Some(token.clone()) });
    let said = lodging.take_in(&[NOOR.into()], false, ordered).await?;
    assert!(said.iter().any(|line| line.starts_with("new ") && line.contains("noor@mail.example")), "{said:?}");
    // A second time nobody is new, the token is there already, and the letter is the same.
    let again = lodging.directory().join("letters-again.csv");
    let ordered = Some(Letters { file: again.clone(), admin_token_file: Some(token) });
    let said = lodging.take_in(&[NOOR.into()], false, ordered).await?;
    assert!(said.contains(&"Nothing has changed.".to_owned()), "{said:?}");
    let code = code_in(&letters)?;
    assert_eq!(code_in(&again)?, code);

    let bare = code.replace('-', "");
    homeserver.register_with_token("letter-noor", house::PASSWORD, &bare).await?;
    let twice = homeserver.register_with_token("letter-noor-again", house::PASSWORD, &bare).await;
    assert!(twice.is_err_and(|error| format!("{error:#}").contains("M_UNAUTHORIZED")), "a token serves once");
    let noor = Person::log_in(&homeserver.url(), "letter-noor", house::PASSWORD).await?;
    let noor = Guest::visit(noor, &lodging.porter).await?;
    noor.person.hears("elsewhere").await?;
    noor.hears("visitor").await?;
    noor.asks("introduce @sam:example.org", "not-verified").await?;
    noor.asks("0000-1111-2222", "code-unknown").await?;
    let welcome = noor.asks(&format!("My code is {}", code.to_lowercase()), "welcome").await?;
    assert!(welcome.contains("Hello Noor.") && welcome.contains("a student"), "{welcome}");
    noor.asks(&code, "code-not-needed").await?;
    noor.asks(&format!("introduce {} for career advice: May I ask?", casey.person.user_id()), "ask-known-how").await?;
    noor.asks("no", "preview").await?;
    noor.asks("send", "agree-first").await?;
    noor.asks("agree", "agreed").await?;
    noor.asks("send", "sent").await?;
    casey.hears("asked").await?;

    // The code is hers now, even if somebody else finds the letter.
    let finder = Guest::visit(house::person("letter-finder").await, &lodging.porter).await?;
    finder.person.hears("elsewhere").await?;
    finder.hears("visitor").await?;
    finder.asks(&code, "code-unknown").await?;
    lodging.close(&[&casey, &noor, &finder]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_unknown_asks_the_staff_who_verify_them() -> Result<()> {
    let lodging = lodging("unknown", &[CASEY], &[]).await?;
    let casey = guest(&lodging, "unknown", &CASEY).await?;
    let rey = Guest::visit(house::person("unknown-rey").await, &lodging.porter).await?;
    rey.person.hears("elsewhere").await?;
    rey.hears("visitor").await?;
    rey.asks("help", "visitor-help").await?;
    rey.asks("ask staff I am Rey, I lost my letter.", "staff-asked").await?;
    let wanted = casey.hears("help-wanted").await?;
    assert!(wanted.contains(rey.person.user_id().as_str()) && wanted.contains("I lost my letter."), "{wanted}");
    rey.asks(&format!("verify {} as staff", rey.person.user_id()), "not-verified").await?;
    casey.asks(&format!("verify {} as student until 30 June", rey.person.user_id()), "verified").await?;
    rey.hears("welcome").await?;
    rey.asks("agree", "agreed").await?;
    rey.asks(&format!("verify {} as staff", rey.person.user_id()), "not-staff").await?;
    lodging.close(&[&casey, &rey]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_employers_people_wait_until_staff_approve_the_organisation() -> Result<()> {
    let lodging = lodging("employer", &[ERIN, CASEY], &[]).await?;
    let homeserver = house::homeserver().await;
    let erin = lodging.person(homeserver, "employer", "erin").await?;
    let erin = Guest::come_in(erin, &lodging.porter).await?;
    erin.hears("waits-for-organisation").await?;
    let casey = lodging.person(homeserver, "employer", "casey").await?;
    let casey = Guest::come_in(casey, &lodging.porter).await?;
    casey.hears("welcome").await?;
    casey.hears("organisation-waits").await?;
    erin.asks("introduce", "still-waits-for-organisation").await?;
    casey.asks("organisations", "organisations").await?;
    casey.asks("approve organisation city  museum", "organisation-approved").await?;
    erin.hears("welcome").await?;
    erin.asks("agree", "agreed").await?;
    erin.asks("introduce", "ask-whom").await?;
    erin.asks("cancel", "draft-dropped").await?;
    lodging.close(&[&casey, &erin]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_roster_taken_in_while_members_talk_ends_a_role_kindly() -> Result<()> {
    let name = "whole";
    let lodging = lodging(name, &[SAM, NOOR], &[]).await?;
    let (sam, noor) = (guest(&lodging, name, &SAM).await?, guest(&lodging, name, &NOOR).await?);
    let porter = &lodging.porter;
    let rest = [account(name, &NOOR, porter)?];
    let talk = async {
        for _ in 0..5 {
            noor.asks("help", "help").await?;
        }
        Ok(())
    };
    let (said, talked) = tokio::join!(lodging.take_in_ending(&rest, 1), talk);
    talked.and_then(|()| said.map(|said| assert!(said.iter().any(|line| line.starts_with("ends ")), "{said:?}")))?;
    sam.hears("role-ended").await?;
    sam.asks("introduce", "no-longer-member").await?;
    let both = [account(name, &SAM, porter)?, account(name, &NOOR, porter)?];
    let said = lodging.take_in(&both, true, None).await?;
    ensure!(said.iter().any(|line| line.starts_with("back ")), "{said:?}");
    sam.hears("welcome").await?;
    sam.asks("introduce", "ask-whom").await?;
    sam.asks("cancel", "draft-dropped").await?;
    lodging.close(&[&sam, &noor]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_takes_in_what_it_showed_and_names_each_bad_line() -> Result<()> {
    let lodging = lodging("command", &[SAM], &[]).await?;
    let sam = guest(&lodging, "command", &SAM).await?;
    let file = lodging.directory().join("people.csv");
    std::fs::write(&file, "name,e-mail,role\nNoor,noor@mail.example,student\nKim,kim,stdent\n")?;
    let run = async |more: &[&str]| {
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_lodge"));
        command.args(["roster", "import"]).arg(&file).args(more).arg("--config").arg(&lodging.configuration);
        command.args(lodging.overrides.iter().flat_map(|set| ["--set", set]));
        let output = command.output().await?;
        let text = [output.stdout, output.stderr].concat();
        anyhow::Ok((output.status.success(), String::from_utf8_lossy(&text).into_owned()))
    };
    let (well, said) = run(&[]).await?;
    assert!(!well, "{said}");
    for bad in ["line 3: email: not an email address", "line 3: role: expected student, alumnus"] {
        assert!(said.contains(bad), "{said}");
    }
    std::fs::write(&file, "name,e-mail,role\nNoor,noor@mail.example,student\n")?;
    let (well, said) = run(&[]).await?;
    assert!(well && said.contains("1 new.") && said.contains("--apply"), "{said}");
    let (well, said) = run(&["--apply"]).await?;
    assert!(well && said.contains("the porter tells"), "{said}");
    let (well, said) = run(&[]).await?;
    assert!(well && said.contains("Nothing would change."), "{said}");
    sam.asks("my data", "my-data").await?;
    lodging.close(&[&sam]).await
}
