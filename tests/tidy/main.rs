//! The code keeps to the shape which the documents describe. Each rule looks at the files as text and names everything
//! that does not fit; beside each stands an example that it would find.

mod comments;
mod channels;
mod commands;
mod files;
mod knots;
mod lexicon;
mod manifests;
mod papers;
mod services;
mod shape;

use files::{File, project};

/// Fails with every problem that a rule found.
fn none(problems: Vec<String>) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

/// Whether a rule finds `part` wrong in a project that consists of these files.
fn finds(rule: fn(&[File]) -> Vec<String>, planted: &[(&str, &str)], part: &str) {
    let files: Vec<File> = planted.iter().map(|(path, text)| File::new(path, text)).collect();
    let problems = rule(&files);
    assert!(problems.iter().any(|problem| problem.contains(part)), "{part:?} was not found: {problems:?}");
}

#[test]
fn the_core_and_the_channel_touch_neither_disk_nor_network_nor_clock() {
    none(shape::purity(&project()));
    finds(shape::purity, &[("src/core/a.rs", "fn f() { tokio::spawn(g()) }")], "tokio");
    finds(shape::purity, &[("src/core/a.rs", "let x = \"//\"; std::fs::read(p);")], "std::fs");
    finds(shape::purity, &[("src/core/a.rs", "const C: char = '\"'; std::env::var(\"A\");")], "std::env");
    finds(shape::purity, &[("src/channel/a.rs", "use std::{\n    collections::BTreeMap,\n    net,\n};")], "std::net");
    finds(shape::purity, &[("src/channel/a.rs", "use std::time::Instant;")], "Instant");
    finds(shape::purity, &[("src/core/a.rs", "pub async fn f() {}")], "async");
    none(shape::purity(&[File::new("src/core/a.rs", "/// Unlike SystemTime::now, it needs no tokio.\nfn f() {}")]));
    none(shape::purity(&[File::new("src/channel/a.rs", "pub async fn f() {}")]));
}

#[test]
fn the_core_and_its_engine_say_nothing_in_the_terms_of_a_channel() {
    none(channels::terms(&project()));
    finds(channels::terms, &[("src/core/a.rs", "use lodge_matrix::homeserver::RoomRef;")], "roomref");
    finds(channels::terms, &[("src/core/a.rs", "/// The room's Matrix id.\nplace: Venue,")], "src/core/a.rs:1");
    finds(channels::terms, &[("src/core/a.rs", "let (_, path) = word.split_once(\"matrix.to/#/\")?;")], "matrix");
    none(channels::terms(&[File::new("src/core/a.rs", "\"id\" | \"matrix\" => Some(Self::Address),")]));
    finds(
        channels::terms,
        &[("src/engine/a.rs", "/// The sync response that shows it.\nfn f() {}")],
        "src/engine/a.rs:1",
    );
    none(channels::terms(&[File::new("src/channel/a.rs", "use crate::homeserver::RoomRef;")]));
}

#[test]
fn what_is_derived_for_debugging_is_in_no_id() {
    none(shape::debug_text(&project()));
    finds(
        shape::debug_text,
        &[("src/core/a.rs", "ids.apart(&[format!(\"{follow:?}\").as_bytes()])")],
        "src/core/a.rs:1",
    );
    finds(shape::debug_text, &[("src/channel/a.rs", "\nlet part = format!(\"{:#?}\", field);")], "src/channel/a.rs:2");
    let fit = ["#[error(\"found {found:?}\")]", "// {:?}", "#[cfg(test)]\nmod tests {\n    panic!(\"{said:?}\");\n}"];
    none(shape::debug_text(&fit.map(|text| File::new("src/core/a.rs", text))));
}

#[test]
fn the_manifests_keep_the_packages_apart() {
    none(shape::dependencies(&project()));
    let core = |lines: &str| format!("[package]\nname = \"lodge-core\"\n[dependencies]\n{lines}\n");
    finds(shape::dependencies, &[("src/core/Cargo.toml", &core("sled.workspace = true"))], "sled");
    finds(shape::dependencies, &[("src/core/Cargo.toml", &core("matrix-sdk = \"0.18\""))], "matrix-sdk");
    finds(shape::dependencies, &[("src/core/Cargo.toml", &core("lodge-channel.workspace = true"))], "lodge-channel");
    let engine = "[package]\nname = \"lodge-engine\"\n[dependencies]\nlodge-matrix.workspace = true\n";
    finds(shape::dependencies, &[("src/engine/Cargo.toml", engine)], "lodge-matrix");
    let test = "[dev-dependencies]\ntokio.workspace = true\n";
    finds(shape::dependencies, &[("src/channel/Cargo.toml", test)], "tokio");
    let table = "[target.'cfg(unix)'.dependencies.sled]\nversion = \"0.34.7\"\n";
    finds(shape::dependencies, &[("src/channel/Cargo.toml", table)], "sled");
    let hub = "[dependencies]\nlodge-demo.workspace = true\n";
    finds(shape::dependencies, &[("src/hub/Cargo.toml", hub)], "lodge-demo");
    // Neither of the two services has the other's core.
    let counsel = "[dependencies]\nlodge-counsel-core.workspace = true\n";
    finds(shape::dependencies, &[("src/hub/Cargo.toml", counsel)], "lodge-counsel-core");
    for package in ["src/counsel/core", "src/counsel/channel", "src/counsel/service"] {
        let manifest = format!("{package}/Cargo.toml");
        for theirs in ["lodge-core", "lodge-channel", "lodge-hub"] {
            let hub = format!("[dependencies]\n{theirs}.workspace = true\n");
            finds(shape::dependencies, &[(&manifest, &hub)], theirs);
        }
    }
    finds(shape::dependencies, &[("src/new/Cargo.toml", "[package]\n")], "src/new");
}

#[test]
fn flows_form_no_knots_and_change_nothing_in_another_features_name() {
    none(knots::knots(&project()));
    none(knots::crossings(&project()));
    let method = |name: &str, calls: &str| {
        format!(
            "impl Turn<'_> {{\n    pub(crate) fn {name}(&mut self) {{\n        self\n            .{calls}();\n    }}\n}}\n"
        )
    };
    let (one, two, three, four) =
        (method("one", "two"), method("two", "three"), method("three", "four"), method("four", "one"));
    let circle = [
        ("src/core/people/flow/a.rs", one.as_str()),
        ("src/core/people/flow/b.rs", &two),
        ("src/core/people/flow/c.rs", &three),
        ("src/core/people/flow/d.rs", &four),
    ];
    finds(knots::knots, &circle, "4 files of flows reach each other: src/core/people/flow/a.rs");
    let line = circle[..3].iter().map(|(path, text)| File::new(path, text)).collect::<Vec<_>>();
    none(knots::knots(&line));
    let across = [("src/core/people/flow/a.rs", one.as_str()), ("src/core/rooms/flow/b.rs", &two)];
    finds(knots::crossings, &across, "calls `two` of src/core/rooms/flow/b.rs");
    let reads = two.replace("&mut self", "&self");
    none(knots::crossings(&[File::new(across[0].0, &one), File::new(across[1].0, &reads)]));
    none(knots::crossings(&[File::new(across[0].0, &one), File::new("src/core/turn/b.rs", &two)]));
}

#[test]
fn the_manifests_hold_no_dependency_that_is_not_used() {
    none(manifests::unused(&project()));
    let root = ("Cargo.toml", "[workspace.dependencies]\nserde = \"1\"\nrand = \"0.10\"\n");
    let manifest = "[[test]]\npath = \"../../tests/a/main.rs\"\n[dependencies]\nserde-saphyr.workspace = true\n";
    let package = ("src/core/Cargo.toml", manifest);
    finds(manifests::unused, &[root, package], "no package depends on rand");
    finds(manifests::unused, &[package, ("src/core/a.rs", "// serde_saphyr::from_str")], "uses serde-saphyr");
    finds(manifests::unused, &[package, ("src/corelike/a.rs", "use serde_saphyr::from_str;")], "uses serde-saphyr");
    for place in ["src/core/a.rs", "tests/a/b.rs"] {
        let used = [package, (place, "use serde_saphyr::from_str;")];
        none(manifests::unused(&used.map(|(path, text)| File::new(path, text))));
    }
}

#[test]
fn one_rust_is_asked_for_everywhere() {
    none(manifests::one_rust(&project()));
    let cargo = ("Cargo.toml", "rust-version = \"1.95\"\n");
    finds(manifests::one_rust, &[cargo, ("rust-toolchain.toml", "channel = \"1.96.0\"\n")], "1.96");
    finds(manifests::one_rust, &[cargo, ("Dockerfile", "FROM docker.io/library/rust:1.93-slim\n")], "1.93");
    finds(manifests::one_rust, &[cargo, ("README.md", "You need Rust.\n")], "README.md: no version");
}

#[test]
fn no_source_file_is_longer_than_can_be_read_at_once() {
    none(shape::length(&project()));
    let long = "fn f() {}\n".repeat(501);
    finds(shape::length, &[("src/core/a.rs", &long)], "501 lines");
    none(shape::length(&[File::new("src/core/a.rs", &"fn f() {}\n".repeat(500))]));
}

#[test]
fn comments_begin_with_their_subject() {
    none(comments::noun_clauses(&project()));
    for word in comments::CLAUSE_WORDS {
        finds(
            comments::noun_clauses,
            &[("src/core/a.rs", &format!("/// {word} is meant.\nfn f() {{}}\n"))],
            "src/core/a.rs: 1",
        );
    }
    finds(
        comments::noun_clauses,
        &[("tests/a.rs", "//! What is here.\n\n    // How it is done.\n")],
        "in lines [1, 3]",
    );
    finds(comments::noun_clauses, &[("src/a.rs", "//! A module.\n// `Where` it stands.\n")], "in lines [2]");
    // One block is one, however long it is.
    let long = "/// A timer fires once.\n/// What is due is done.\nfn f() {} // Why not?\n";
    none(comments::noun_clauses(&[File::new("src/core/a.rs", long), File::new("docs/a.md", "// What is this?")]));
}

#[test]
fn docstrings_say_more_than_the_names_below_them() {
    none(comments::repeated_names(&project()));
    let repeats =
        |count: usize| "/// The rooms' members.\n#[derive(Debug)]\npub(crate) struct RoomMembers {\n".repeat(count);
    finds(comments::repeated_names, &[("src/core/a.rs", &repeats(1000))], "src/core/a.rs:1:");
    let more = "/// The member with this id.\npub fn member() {}\n    /// A room of two:\n    /// rooms are private.\n    room: Room,\n";
    none(comments::repeated_names(&[File::new("src/core/a.rs", &more.repeat(1000))]));
}

#[test]
fn the_code_map_names_every_package_and_folder_and_no_other() {
    none(papers::code_map(&project()));
    let manifest = ("src/core/Cargo.toml", "[package]\n");
    let map =
        "## Code map\n### `src/core`: the core\n| `step` | is there |\n| `gone` | is not |\n## Next\n| `late` |\n";
    let architecture = ("ARCHITECTURE.md", map);
    let file = |path| (path, "//! What it is.\n");
    let consent = [file("src/core/consent/mod.rs"), file("src/core/consent/ask.rs")];
    let planted = [manifest, architecture, consent[0], consent[1], file("src/core/step/mod.rs")];
    finds(papers::code_map, &planted, "`consent` of src/core is not in");
    finds(papers::code_map, &planted, "names `gone`");
    finds(papers::code_map, &[("src/new/Cargo.toml", "[package]\n"), architecture], "src/new has no heading");
    finds(papers::code_map, &[manifest, architecture, ("src/core/step.rs", "use std::fmt;\n")], "step.rs: it does not");
    // A file of the package itself, a folder of one file, and tests need no row.
    none(papers::code_map(
        &[
            manifest,
            ("ARCHITECTURE.md", "## Code map\n### `src/core`\n"),
            file("src/core/lib.rs"),
            consent[0],
            ("src/core/tests/flow/main.rs", ""),
            ("src/core/tests/flow/talk.rs", ""),
        ]
        .map(|(path, text)| File::new(path, text)),
    ));
}

#[test]
fn the_commands_that_people_are_told_of_are_those_there_are() {
    none(commands::documented(&project()));
    let table = |words: &str| format!("# Lodge\n\n{}| `{words}` | it |\n\nMore.\n", commands::TABLE);
    finds(commands::documented, &[("README.md", &table("hepl"))], "`hepl` is no command");
    finds(commands::documented, &[("README.md", &table("help"))], "`withdraw` is missing");
    none(commands::helped(&project()));
    let text = |id: &str, words: &str| format!("{id} =\n    • **{words}**: it.\n\nother =\n    **withdraw**\n");
    let file = "config/wording/en/conversation.ftl";
    finds(commands::helped, &[(file, &text("help", "hepl"))], "**hepl** is no command");
    finds(commands::helped, &[(file, &text("help", "policy"))], "`withdraw` is missing");
    finds(commands::helped, &[(file, &text("visitor-help", "requests"))], "**requests** is not for visitors");
}

#[test]
fn i10_no_text_of_the_hub_or_its_staff_has_words_for_who_counsels_whom() {
    none(lexicon::relationships(&project()));
    let file = "config/wording/en/people.ftl";
    for word in lexicon::looked_for() {
        let text = format!("# Sam.\nwelcome =\n    Hello, {word} there.\n");
        finds(lexicon::relationships, &[(file, &text)], word);
        finds(lexicon::relationships, &[("config/wording/de/a.ftl", &text)], "welcome");
        finds(lexicon::relationships, &[("config/policy.md", &format!("Policy\n======\n{word}"))], word);
        if word.contains(' ') {
            let code = format!("fn f() -> &'static str {{ \"They are {word} here.\" }}");
            finds(lexicon::relationships, &[("src/hub/a.rs", &code)], word);
        }
    }
    // However it is written, broken over lines or hidden in a choice.
    let hidden =
        "a = { $n ->\n        [0] My\n          CLIENTS\n       *[other] \u{201c}Counselling\u{201d} session }\n";
    finds(lexicon::relationships, &[(file, hidden)], "client");
    finds(lexicon::relationships, &[(file, hidden)], "counselling session");
    finds(lexicon::relationships, &[("src/core/a.rs", "const A: &str = \"she was\\\n    a client\";")], "was a client");
    // The one line that says that there is a confidential service may say that much and no more.
    let line = |id: &str, words: &str| format!("{id} =\n    For a confidential talk, write to {{ $link }}. {words}\n");
    none(lexicon::relationships(&[File::new(file, &line("quiet-room", ""))]));
    finds(lexicon::relationships, &[(file, &line("welcome", ""))], "confidential");
    finds(lexicon::relationships, &[(file, &line("quiet-room", "Your counsellor is there."))], "your counsellor");
    // Comments, the counselling service's own words and the names of calls tell nobody anything.
    none(lexicon::relationships(
        &[
            (file, "# Never say that somebody is a client.\na = Hello.\n"),
            ("config/wording/counsel/en/client.ftl", "a = Your counsellor is there.\n"),
            ("config/wording/en/examples.txt", "[hard-time by example]\nI'd like to see a counsellor\n"),
            ("src/hub/a.rs", "// is a client of\nconst P: &str = \"/_matrix/client/v3\"; let my_client = 1;"),
        ]
        .map(|(path, text)| File::new(path, text)),
    ));
}

#[test]
fn the_two_services_are_installed_apart() {
    none(services::apart(&project()));
    let compose = include_str!("../../docker-compose.yml");
    let hub = include_str!("../../config/lodge.service");
    let counsel = include_str!("../../config/lodge-counsel.service");
    let names = ["docker-compose.yml", "config/lodge.service", "config/lodge-counsel.service"];
    let with = |file: usize, from: &str, to: &str, part: &str| {
        let mut texts = [compose, hub, counsel].map(str::to_owned);
        assert!(texts[file].contains(from), "{from:?} stands nowhere in {}", names[file]);
        texts[file] = texts[file].replace(from, to);
        let planted: Vec<(&str, &str)> = names.into_iter().zip(texts.iter().map(String::as_str)).collect();
        finds(services::apart, &planted, part);
    };
    with(0, "    user: \"10002:10002\"\n", "", "run as the same user");
    with(0, "- counsel-keys:/counsel-keys", "- keys:/counsel-keys", "both have keys");
    with(0, "- counsel:/var/lib/lodge-counsel", "- { type: volume, source: lodge, target: /x }", "both have lodge");
    with(0, "accounts.toml:ro", "accounts.toml", "expected :ro");
    with(0, "- registration:/registration:ro", "- registration:/registration", "setup alone writes registration");
    with(0, "- keys:/keys:ro", "- keys:/keys", "setup alone writes keys");
    with(
        0,
        "- counsel-registration:/counsel-registration:ro",
        "- counsel-registration:/r",
        "writes counsel-registration",
    );
    with(0, "    ulimits: { core: 0 }\n", "", "leaves core dumps");
    with(0, "    cap_drop: [ALL]\n", "", "cap_drop");
    with(0, "  counsel:\n    profiles", "  other:\n    profiles", "no service counsel");
    with(2, "User=lodge-counsel", "User=lodge", "Service.User is the hub's");
    with(2, "Group=lodge-counsel", "Group=lodge", "Service.Group is the hub's");
    with(2, "StateDirectory=lodge-counsel\n", "StateDirectory=lodge\n", "Service.StateDirectory is the hub's");
    with(2, "/etc/lodge-counsel/counsel.key", "/etc/lodge/master.key", "/etc/lodge/master.key, which is the hub's");
    with(2, "store.directory=%S/lodge-counsel", "store.directory=%S/lodge", "%S/lodge, which is the hub's");
    with(1, "User=lodge\n", "User=root\n", "must not run as root");
}

#[test]
fn nothing_is_left_to_be_filled_in() {
    none(papers::placeholders(&project()));
    let planted = |word: &str| format!("It takes {word} seconds.");
    for word in papers::PLACEHOLDERS {
        finds(papers::placeholders, &[("README.md", &planted(word))], word);
        finds(papers::placeholders, &[("src/core/a.rs", &format!("// {word}: later"))], word);
    }
}

#[test]
fn every_paragraph_of_a_document_begins_with_its_subject() {
    none(papers::openings(&project()));
    for word in papers::OPENINGS {
        for before in ["", "Rows are sealed.\n\n", "- ", "- **", "The steps:\n2. "] {
            finds(papers::openings, &[("docs/a.md", &format!("{before}{word} is kept stays."))], word);
        }
    }
    // In the middle of a paragraph, in headings, tables and code, and in the policy page, they say what they should.
    let text = "# What to keep\n\nThe store says\nWhat it has.\n\n| a | b |\n|---|---|\n| What | it |\n\n```\n\nHow it goes\n```\n";
    none(papers::openings(&[File::new("docs/a.md", text), File::new("config/policy.md", "What staff see")]));
}

#[test]
fn links_between_the_documents_lead_somewhere() {
    none(papers::links(&project()));
    finds(papers::links, &[("docs/security.md", "See [the map](../ARCHITECTURE.md).")], "../ARCHITECTURE.md");
    none(papers::links(
        &[
            ("docs/a.md", "See [b](decisions/b.md#why), [this](#here) and [them](https://example.org)."),
            ("docs/decisions/b.md", ""),
        ]
        .map(|(path, text)| File::new(path, text)),
    ));
}

#[test]
fn every_requirement_that_the_code_names_is_explained_with_tests_that_exist() {
    none(papers::requirements(&project()));
    let table = ("docs/requirements.md", "| A8 | a date is told | `a08_there_is_a_date` |");
    finds(papers::requirements, &[table, ("src/core/a.rs", "/// The list (requirement C5).")], "C5");
    finds(papers::requirements, &[table, ("src/core/a.rs", "fn i07_an_edit_is_no_yes() {}")], "I7");
    finds(papers::requirements, &[table], "a08_there_is_a_date");
    let test = ("src/core/a.rs", "fn a08_there_is_a_date() {}");
    none(papers::requirements(&[table, test].map(|(path, text)| File::new(path, text))));
}
