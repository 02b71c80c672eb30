//! Reads the configuration: a file, and the values that the command line sets over it.

use std::path::Path;

use lodge_plumbing::accounts::Accounts;
use lodge_plumbing::config;
pub use lodge_plumbing::config::{ConfigError, Override};

use super::Config;

/// Reads the configuration at `path`. Paths in it that are relative are taken from where the file stands.
pub fn load(path: &Path, overrides: &[Override]) -> Result<Config, ConfigError> {
    examined(config::table(path, overrides)?, path)
}

fn examined(table: toml::Table, path: &Path) -> Result<Config, ConfigError> {
    let has = |section: &str, key: &str| table.get(section).is_some_and(|section| section.get(key).is_some());
    if let Some((section, key, problem)) = RETIRED.into_iter().find(|(section, key, _)| has(section, key)) {
        let (key, problem) = (format!("{section}.{key}"), problem.to_owned());
        return Err(ConfigError::Value { path: path.to_owned(), key, problem });
    }
    let mut config: Config = config::read(table, path)?;
    let base = path.parent().unwrap_or_else(|| Path::new(""));
    let matrix = &mut config.matrix;
    let paths =
        [&mut config.store.directory, &mut config.store.key_file, &mut matrix.registration, &mut config.policy.file];
    let named = [
        matrix.token_file.as_mut(),
        matrix.picture.as_mut(),
        config.wording.directory.as_mut(),
        config.service.accounts.as_mut(),
        config.audit.heads_file.as_mut(),
    ];
    for path in paths.into_iter().chain(named.into_iter().flatten()) {
        *path = base.join(&*path);
    }
    config.accounts = config.service.accounts.as_deref().map(Accounts::read).transpose()?;
    let problems = config.problems();
    if problems.is_empty() { Ok(config) } else { Err(ConfigError::Problems { path: path.to_owned(), problems }) }
}

/// The keys of earlier editions that there are no more, and what to do instead.
const RETIRED: [(&str, &str, &str); 3] = [
    ("introductions", "waiting_requests_max", "this key has moved: write limits.waiting instead"),
    ("introductions", "policy_version", "this key has moved: write policy.version instead"),
    (
        "moderation",
        "policy_lists",
        "the hub follows no policy lists any more: take this key out, and have a moderation bot follow them, as \
         docs/running.md says under \"A moderation bot beside the hub\"",
    ),
];

#[cfg(test)]
mod tests {
    use lodge_core::time::Span;
    use lodge_plumbing::store::MasterKey;

    use super::*;

    const EXAMPLE: &str = include_str!("../../../config/lodge.example.toml");

    fn with(overrides: &[&str]) -> Result<Config, String> {
        let overrides: Vec<Override> = overrides.iter().map(|text| text.parse().unwrap()).collect();
        let path = Path::new("lodge.toml");
        let table = config::overridden(EXAMPLE, path, &overrides).map_err(|error| error.to_string())?;
        examined(table, path).map_err(|error| error.to_string())
    }

    fn assert_default<T: Default + std::fmt::Debug>(example: &T) {
        assert_eq!(format!("{example:?}"), format!("{:?}", T::default()));
    }

    #[test]
    fn the_example_is_a_configuration_and_shows_the_defaults() {
        let example = with(&[]).unwrap();
        assert_default(&example.introductions);
        assert_default(&example.limits);
        assert_default(&example.offers);
        assert_default(&example.directory);
        assert_default(&example.rights);
        assert_default(&example.policy);
        assert_default(&example.log);
        assert_default(&example.observe);
        assert_default(&example.audit);
        assert_default(&example.community);
        assert_default(&example.moderation);
        assert_eq!(example.rooms.len(), 5);
        assert_eq!(example.roster().entries.len(), 1);
    }

    #[test]
    fn every_key_of_the_configuration_stands_in_the_example() {
        for key in [
            "accounts",
            "token_file",
            "device_id",
            "directory",
            "key_file",
            "cache_mb",
            "mirror",
            "mirror_fault",
            "export_directory",
            "export_every",
            "export_keep",
            "heads_file",
            "heads_room",
            "heads_every",
            "audit_kept_for",
            "bring_after",
            "answer_within",
            "answer_at",
            "reminders",
            "join_within",
            "settle",
            "ask_after",
            "call_link",
            "kept_for",
            "message_chars_max",
            "words_chars_max",
            "personal_words",
            "waiting",
            "sent_a_month",
            "received_a_month",
            "cooldown",
            "questions",
            "block",
            "pause",
            "mentors",
            "changes_at",
            "page",
            "silent_after",
            "term_ends",
            "forget_within",
            "file",
            "version",
            "matrix_library",
            "evidence",
            "reports_a_day",
            "messages_a_minute",
            "mentions",
            "mute",
        ] {
            assert!(EXAMPLE.lines().any(|l| l.trim_start_matches("# ").starts_with(&format!("{key} ="))), "{key}");
        }
    }

    #[test]
    fn a_value_on_the_command_line_stands_over_the_file() {
        let config = with(&["introductions.answer_within=3s", "matrix.encrypt_conversations=false"]).unwrap();
        assert_eq!(config.introductions.answer_within.to_string(), "3s");
        assert!(!config.matrix.encrypt_conversations);
        assert!("nonsense".parse::<Override>().is_err());
    }

    #[test]
    fn the_core_gets_what_the_configuration_says_and_the_marks_a_key_of_their_own() {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("policy.md"), "Be kind.\n").unwrap();
        let path = directory.path().join("lodge.toml");
        let set = ["limits.cooldown=0s", "limits.waiting=2", "introductions.personal_words=[\" A Date\", \"hook-up\"]"];
        let set = set.map(|text| text.parse().unwrap());
        let config = examined(config::overridden(EXAMPLE, &path, &set).unwrap(), &path).unwrap();
        let settings = |master| config.settings("w".to_owned(), &MasterKey::from_bytes([master; 32])).unwrap();
        let one = settings(1);
        assert_eq!((one.limits.cooldown, one.limits.waiting), (Span::from_days(0), 2));
        assert_eq!((one.policy.as_str(), one.versions.policy.as_str()), ("Be kind.", "1"));
        assert_eq!(one.personal, ["a date", "hook up"]);
        let personal = |words| with(&[]).unwrap().introductions.personal_words.iter().any(|word| word == words);
        assert!(personal("a date") && !personal("date"), "what is up to date is not personal");
        assert_eq!(one.mark_key, settings(1).mark_key);
        assert_ne!(one.mark_key, settings(2).mark_key);
    }

    /// The example's configuration beside an `accounts.toml` of this text.
    fn beside(accounts: &str, set: &str) -> Result<Config, String> {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join("accounts.toml"), accounts).unwrap();
        let path = directory.path().join("lodge.toml");
        std::fs::write(&path, EXAMPLE).unwrap();
        let set = ["service.accounts=accounts.toml", set].map(|text| text.parse().unwrap());
        load(&path, &set).map_err(|error| error.to_string().replace(&*directory.path().to_string_lossy(), "."))
    }

    #[test]
    fn b10_no_account_of_the_configuration_counsels() {
        const ACCOUNTS: &str = include_str!("../../../config/accounts.example.toml");
        let good = beside(ACCOUNTS, "joining.quiet_room=@quiet:example.org").unwrap();
        assert_eq!(good.counsels().len(), 3, "two people, and the service");
        assert_eq!(with(&[]).unwrap().counsels().len(), 0);
        for (set, expected) in [
            (
                "administrator.address=@kim-quiet:example.org",
                "./lodge.toml: administrator.address: @kim-quiet:example.org counsels, as ./accounts.toml says, and no account may do both; give whoever counsels an account that does nothing else, and list that one in ./accounts.toml",
            ),
            (
                "matrix.user=@quiet:example.org",
                "./lodge.toml: matrix.user: @quiet:example.org counsels, as ./accounts.toml says, and no account may do both; give whoever counsels an account that does nothing else, and list that one in ./accounts.toml",
            ),
            (
                "joining.quiet_room=@other:example.org",
                "./lodge.toml: joining.quiet_room: expected @quiet:example.org, as ./accounts.toml names the account of the service that counsels, found @other:example.org",
            ),
        ] {
            assert_eq!(beside(ACCOUNTS, set).unwrap_err(), expected);
        }
        let both = ACCOUNTS.replace("@casey:example.org", "@kim-quiet:example.org");
        let error = beside(&both, "log.level=info").unwrap_err();
        assert!(error.starts_with("./accounts.toml: brokers: @kim-quiet:example.org both counsels and"), "{error}");
    }

    #[test]
    fn what_is_wrong_is_named_with_its_key_what_was_found_and_what_is_allowed() {
        for (set, expected) in [
            (
                "introductions.answer_within=soon",
                "lodge.toml: introductions.answer_within: not a duration: expected a number with ms, s, m, h, d or w, such as \"14d\" or \"1h 30m\", found \"soon\"",
            ),
            (
                "service.zone=Mars",
                "lodge.toml: service.zone: expected a time zone such as \"Europe/London\", found \"Mars\"",
            ),
            (
                "introductions.answer_at=9",
                "lodge.toml: introductions.answer_at: invalid type: integer `9`, expected a string",
            ),
            (
                "introductions.answer_at=25:00",
                "lodge.toml: introductions.answer_at: expected a time of day such as \"09:00\", found \"25:00\"",
            ),
            (
                "matrix.user=porter",
                "lodge.toml: matrix.user: not a full Matrix id: expected one such as \"@sam:example.org\", found \"porter\"",
            ),
            (
                "log.level=loud",
                "lodge.toml: log.level: unknown variant `loud`, expected one of `error`, `warn`, `info`, `debug`, `trace`",
            ),
            ("store.cache_mb=0", "lodge.toml: store.cache_mb: expected at least 1, found 0"),
            ("introductions.purposes=[]", "lodge.toml: introductions.purposes: expected more than nothing, found 0"),
            (
                "introductions.message_chars_max=4001",
                "lodge.toml: introductions.message_chars_max: expected 1 to 4000, found 4001",
            ),
            (
                "introductions.words_chars_max=0",
                "lodge.toml: introductions.words_chars_max: expected 1 to 1000, found 0",
            ),
            ("introductions.settle=2h", "lodge.toml: introductions.settle: expected 1s to 1h, found 2h"),
            (
                "introductions.call_link=https://meet.example.org/?jwt=abc&room={room}",
                "lodge.toml: introductions.call_link: expected a link that begins with https://, has {room} once, behind the server's name, and neither a password nor anything from a question mark on, such as \"https://meet.example.org/{room}\", found \"https://meet.example.org/?jwt=abc&room={room}\"",
            ),
            ("introductions.ask_after=0s", "lodge.toml: introductions.ask_after: expected more than nothing, found 0"),
            (
                "introductions.personal_words=[\"a date\", \" \"]",
                "lodge.toml: introductions.personal_words[1]: expected a word or several, found none",
            ),
            ("limits.waiting=0", "lodge.toml: limits.waiting: expected 1 to 100, found 0"),
            ("limits.sent_a_month=10001", "lodge.toml: limits.sent_a_month: expected 1 to 10000, found 10001"),
            ("limits.received_a_month=0", "lodge.toml: limits.received_a_month: expected 1 to 10000, found 0"),
            ("limits.questions=0", "lodge.toml: limits.questions: expected 1 to 100, found 0"),
            ("limits.block=0d", "lodge.toml: limits.block: expected more than nothing, found 0"),
            ("limits.pause=0d", "lodge.toml: limits.pause: expected more than nothing, found 0"),
            (
                "offers.introductions=false",
                "lodge.toml: offers.mentors: expected offers.introductions to be on too, since whoever finds a mentor asks for an introduction",
            ),
            (
                "directory.changes_at=6am",
                "lodge.toml: directory.changes_at: expected a time of day such as \"09:00\", found \"6am\"",
            ),
            ("directory.page=9", "lodge.toml: directory.page: expected 1 to 8, found 9"),
            ("directory.silent_after=0d", "lodge.toml: directory.silent_after: expected more than nothing, found 0"),
            (
                "directory.term_ends=[\"31-12\"]",
                "lodge.toml: directory.term_ends[0]: expected a month and a day such as \"12-31\", found \"31-12\"",
            ),
            ("rights.forget_within=31d", "lodge.toml: rights.forget_within: expected 1ms to 30d, found 31d"),
            (
                "policy.version=\"\"",
                "lodge.toml: policy.version: expected a short name of the edition, such as \"1\", found nothing",
            ),
            (
                "introductions.waiting_requests_max=5",
                "lodge.toml: introductions.waiting_requests_max: this key has moved: write limits.waiting instead",
            ),
            (
                "introductions.policy_version=2",
                "lodge.toml: introductions.policy_version: this key has moved: write policy.version instead",
            ),
            (
                "moderation.policy_lists=[\"!abc:example.org\"]",
                "lodge.toml: moderation.policy_lists: the hub follows no policy lists any more: take this key out, and have a moderation bot follow them, as docs/running.md says under \"A moderation bot beside the hub\"",
            ),
            (
                "matrix.homeserver=ftp://x",
                "lodge.toml: matrix.homeserver: expected an address that begins with http:// or https://, found \"ftp://x/\"",
            ),
            (
                "joining.quiet_room=quiet",
                "lodge.toml: joining.quiet_room: expected an account such as @quiet:example.org, or a link that begins with https://, found \"quiet\"",
            ),
            (
                "matrix.token_file=x",
                "lodge.toml: matrix.token_file and matrix.device_id: expected both or neither, found one",
            ),
        ] {
            assert_eq!(with(&[set]).unwrap_err(), expected);
        }
        let unknown = with(&["matrix.colour=blue"]).unwrap_err();
        assert!(unknown.starts_with("lodge.toml: matrix.colour: unknown field `colour`, expected one of"), "{unknown}");
    }
}
