//! Every sentence the porter can say, filled in and read.

#![expect(clippy::unwrap_used, reason = "what a test prepares either works or is the finding")]

use std::collections::BTreeSet;
use std::fs;

use jiff::tz::TimeZone;
use lodge_core::people::member::{Field, Role};
use lodge_core::rooms::{History, Readers};
use lodge_core::say::samples::everything;
use lodge_core::say::{Posted, Requesting, Say};
use lodge_core::wording::{Arg, Manner, Wording};
use lodge_plumbing::wording::{Rendered, WordingError, Wordings};
use proptest::prelude::*;

fn english() -> Wordings {
    Wordings::load(lodge_core::wording::ENGLISH, None).unwrap()
}

fn oxford() -> TimeZone {
    TimeZone::get("Europe/London").unwrap()
}

fn samples() -> Vec<Wording> {
    everything().iter().map(Say::wording).collect()
}

/// The wording and every wording within it.
fn within(wording: &Wording) -> Vec<&Wording> {
    let parts = wording.args.iter().flat_map(|(_, arg)| match arg {
        Arg::Lines(parts) | Arg::Listed(parts) => parts.as_slice(),
        Arg::Text(_)
        | Arg::Number(_)
        | Arg::When(_)
        | Arg::Between(..)
        | Arg::There(..)
        | Arg::Day(_)
        | Arg::Long(_)
        | Arg::Page(_)
        | Arg::Way(_)
        | Arg::Code(_) => &[],
    });
    std::iter::once(wording).chain(parts.flat_map(within)).collect()
}

/// One page for each wording file, with its sentences in the order of the samples.
#[test]
fn every_sentence_reads_as_it_did_when_it_was_last_reviewed() {
    let wordings = english();
    let samples: Vec<_> = everything().iter().map(|say| (say.wording(), say.manner())).collect();
    for (file, text) in lodge_core::wording::ENGLISH {
        let is_in = |sample: &Wording| format!("\n{text}").contains(&format!("\n{} =", sample.id));
        let of_file = samples.iter().filter(|(sample, _)| is_in(sample));
        let page = of_file.fold(String::new(), |page, (sample, manner)| {
            let rings = match manner {
                Manner::Rings => " (rings)",
                Manner::Silent => "",
            };
            format!("{page}════ {}{rings}\n{}\n\n", sample.id, wordings.render(sample, &oxford()).plain)
        });
        // A file of parts of sentences has none of its own.
        if !page.is_empty() {
            reviewed(file.trim_end_matches(".ftl"), &page);
        }
    }
}

/// The shortest sentence with each kind of markup. The HTML of all others is compared with their text below.
#[test]
fn each_kind_of_markup_looks_as_it_did_when_it_was_last_reviewed() {
    let wordings = english();
    let said: Vec<_> = samples().iter().map(|sample| (sample.id, wordings.render(sample, &oxford()).html)).collect();
    let kinds: BTreeSet<&str> =
        said.iter().flat_map(|(_, html)| tags(html)).filter(|tag| !tag.starts_with('/')).collect();
    let shortest = |kind: &&str| {
        let with = said.iter().filter(|(_, html)| tags(html).contains(kind));
        with.min_by_key(|(id, html)| (html.len(), *id)).unwrap()
    };
    let sentences: BTreeSet<_> = kinds.iter().map(shortest).collect();
    let page = sentences.iter().map(|(id, html)| format!("════ {id}\n{html}\n\n")).collect::<Vec<_>>().concat();
    let kinds = kinds.iter().map(|kind| format!("<{kind}\n")).collect::<Vec<_>>().concat();
    reviewed("markup", &format!("{kinds}\n{page}"));
}

/// The page is as it was when somebody last read it: `snapshots/said/{name}.snap`.
fn reviewed(name: &str, page: &str) {
    let path = "snapshots/said";
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => path }, {
        insta::assert_snapshot!(name, page);
    });
}

#[test]
fn the_way_to_a_service_is_a_link_and_nobodys_words_are() {
    let leads = |sample: &Wording| within(sample).iter().any(|part| part.id == "quiet-room");
    let mut wording = samples().into_iter().find(|sample| sample.id == "welcome" && leads(sample)).unwrap();
    let html = english().render(&wording, &oxford()).html;
    assert!(html.contains(r#"<a href="https://matrix.to/#/@quiet:example.org">@quiet:example.org</a>"#), "{html}");
    wording = with_words(&wording, "@sam:example.org https://example.org");
    let html = english().render(&wording, &oxford()).html;
    assert_eq!(html.matches("<a ").count(), 1, "{html}");
}

#[test]
fn the_html_of_every_sentence_says_what_its_text_says() {
    for sample in samples() {
        let Rendered { plain, html } = english().render(&sample, &oxford());
        let lines: Vec<&str> = plain.lines().filter(|line| !line.is_empty()).collect();
        assert_eq!(read_back(&html), lines, "{}", sample.id);
    }
}

/// The lines of a piece of HTML as the text has them: strong words in quotation marks, `>` before a quotation.
fn read_back(html: &str) -> Vec<String> {
    let text = html.replace("<br>", "\n").replace("<strong>", "\"").replace("</strong>", "\"");
    let text = text.replace("<li>", "• ").replace("</li>", "\n");
    let text = text.split("<a href=\"").map(|part| part.split_once("\">").map_or(part, |(_, words)| words));
    let text = text.collect::<String>().replace("</a>", "");
    let blocks =
        ["p", "ul", "blockquote", "pre"].iter().fold(text, |text, kind| text.replace(&format!("</{kind}>"), "\0"));
    let unescaped = |words: &str| {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
            .iter()
            .fold(words.to_owned(), |words, (escaped, raw)| words.replace(escaped, raw))
    };
    let block = |block: &str| -> Vec<String> {
        let (words, quoted) = match block.strip_prefix("<blockquote>") {
            Some(words) => (words, true),
            None => {
                let block = block.trim_start_matches("<p>").trim_start_matches("<ul>");
                (block.trim_start_matches("<pre><code>").trim_end_matches("</code>"), false)
            }
        };
        let before = if quoted { "> " } else { "" };
        words.lines().map(|line| format!("{before}{}", unescaped(line)).trim_end().to_owned()).collect()
    };
    blocks.split('\0').flat_map(block).filter(|line| !line.is_empty()).collect()
}

#[test]
fn no_sentence_shows_how_it_is_made() {
    for sample in samples() {
        let Rendered { plain, html } = english().render(&sample, &oxford());
        // JSON has its braces.
        let marks = ["{", "}", "$", "**", "!", "???", "\n\n\n"].into_iter();
        for mark in marks.filter(|mark| sample.id != "my-data" || !["{", "}"].contains(mark)) {
            assert!(!plain.contains(mark), "{} shows {mark:?}:\n{plain}", sample.id);
        }
        assert!(!html.contains("**") && !html.contains("<p></p>"), "{}:\n{html}", sample.id);
        assert!(sample.id == "fault" || plain != english().render(&fault(), &oxford()).plain, "{}", sample.id);
    }
}

#[test]
fn b04_a_rooms_topic_says_who_reads_it_from_its_settings() {
    let topic = |roles: &[Role], history, bridged| {
        let (roles, service) = (roles.iter().copied().collect(), "the Careers Service".to_owned());
        let readers = Readers { roles, cohorts: BTreeSet::new(), history, bridged, service };
        let topic = Posted::Topic { topic: "Hello.".to_owned(), readers };
        english().render(&topic.wording(), &oxford()).plain
    };
    assert_eq!(
        topic(&[], History::Shared, false),
        "Hello. This room can be read by everyone at the Careers Service, including earlier messages."
    );
    assert_eq!(
        topic(&[Role::Student, Role::Staff], History::FromJoining, false),
        "Hello. This room can be read by students, careers staff at the Careers Service, from when they come in."
    );
    assert!(topic(&[], History::Shared, true).ends_with("and on another network through a bridge."));
    for (as_written, shown) in
        [("Consulting", "Consulting. This"), ("Any (all)", "Any (all). This"), ("Why?", "Why? This")]
    {
        let (roles, service) = (BTreeSet::new(), "the Careers Service".to_owned());
        let readers = Readers { roles, cohorts: BTreeSet::new(), history: History::Shared, bridged: false, service };
        let topic = Posted::Topic { topic: as_written.to_owned(), readers };
        let plain = english().render(&topic.wording(), &oxford()).plain;
        assert!(plain.starts_with(shown), "{plain}");
    }
}

fn fault() -> Wording {
    Wording { id: "fault", args: vec![] }
}

#[test]
fn b03_no_sentence_has_a_word_that_could_tell_on_anybody_or_puzzle_them() {
    for sample in samples() {
        let plain = english().render(&sample, &oxford()).plain.to_lowercase();
        for part in ["client", "counsel"] {
            assert!(!plain.contains(part), "{} has {part:?}", sample.id);
        }
        for word in ["bot", "mxid", "homeserver", "user", "token", "encryption", "error", "invalid", "failed"] {
            let has = plain.split(|c: char| !c.is_alphanumeric()).any(|found| found == word);
            assert!(!has, "{} has the word {word:?}", sample.id);
        }
    }
}

#[test]
fn every_message_in_the_files_is_said_and_gets_what_it_uses() {
    let samples = samples();
    let said: BTreeSet<&str> = samples.iter().flat_map(within).map(|wording| wording.id).collect();
    let wordings = english();
    assert_eq!(said, wordings.ids().collect::<BTreeSet<_>>());
}

/// A service can use in its own words only arguments that the English words use, so these use all there are.
#[test]
fn every_argument_that_the_core_gives_is_used() {
    let text: String = lodge_core::wording::ENGLISH.iter().map(|(_, text)| *text).collect();
    let message = |id: &str| {
        let start = text.find(&format!("\n{id} =")).unwrap() + 1;
        let end = text[start..].find("\n#").map_or(text.len(), |end| start + end);
        &text[start..end]
    };
    for sample in samples() {
        for part in within(&sample) {
            for (name, _) in &part.args {
                let used = [format!("${name} "), format!("${name}\n")].iter().any(|v| message(part.id).contains(v));
                assert!(used, "{} does not use ${name}", part.id);
            }
        }
    }
}

#[test]
fn the_words_for_details_are_words_that_the_porter_understands() {
    let words = Field::ALL.map(|field| {
        let say = Requesting::FieldEmpty { field };
        let (_, words) = Say::from(say).wording().args.remove(0);
        let Arg::Listed(mut words) = words else { panic!("{words:?}") };
        (field, english().render(&words.remove(0), &oxford()).plain)
    });
    for (field, words) in words {
        for word in words.to_lowercase().split(' ') {
            assert_eq!(Field::from_word(word), Some(field), "{words}");
        }
    }
}

#[test]
fn preview_and_prompt_show_the_request_in_the_same_words() {
    let block = |id: &str| {
        let sample = samples().into_iter().find(|sample| sample.id == id).unwrap();
        let (_, request) = sample.args.iter().find(|(name, _)| *name == "request").unwrap().clone();
        let Arg::Lines(mut parts) = request else { panic!("{request:?}") };
        let request = english().render(&parts.remove(0), &oxford());
        let whole = english().render(&sample, &oxford());
        assert!(whole.plain.contains(&request.plain) && whole.html.contains(&request.html), "{id}");
        request
    };
    assert_eq!(block("preview"), block("asked"));
}

/// About as many letters stand in a line of a phone that is 390 pixels wide, and as many lines on its screen.
const LINE_CHARS: usize = 42;
const SCREEN_LINES: usize = 34;

/// Messages that may be longer, with the most lines of each: a request in its longest form, with all that could be added to it,
/// and lists that come when they are asked for.
const LONG: [(&str, usize); 4] = [("asked", 38), ("help", 50), ("preview", 48), ("profile", 42)];

#[test]
fn each_message_fits_a_phones_screen_and_the_long_forms_have_bounds_of_their_own() {
    let wordings = english();
    let mut over = vec![];
    for sample in samples() {
        let plain = wordings.render(&sample, &oxford()).plain;
        let lines: usize = plain.lines().map(|line| line.chars().count().div_ceil(LINE_CHARS).max(1)).sum();
        let most = LONG.iter().find(|(id, _)| *id == sample.id).map_or(SCREEN_LINES, |(_, most)| *most);
        if lines > most {
            over.push(format!("{}: {lines} lines, and {most} are the most", sample.id));
        }
    }
    assert!(over.is_empty(), "{}", over.join("\n"));
}

#[test]
fn nobody_can_write_a_line_that_looks_like_the_porters() {
    let forged = "Hello.\n\nThe request was withdrawn.\r\n> Answer yes.\u{2028}Yours, the porter";
    for id in ["preview", "asked"] {
        let sample = samples().into_iter().find(|sample| sample.id == id).unwrap();
        let (forged, benign) = (with_words(&sample, forged), with_words(&sample, "Hello."));
        let lines = |wording: &Wording| {
            let plain = english().render(wording, &oxford()).plain;
            plain.lines().filter(|line| !line.starts_with('>')).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(lines(&forged).len(), lines(&benign).len(), "{:#?}", lines(&forged));
    }
}

/// The same wording with every text in it replaced.
fn with_words(wording: &Wording, words: &str) -> Wording {
    let parts = |parts: &Vec<Wording>| parts.iter().map(|part| with_words(part, words)).collect();
    let args = wording.args.iter().map(|(name, arg)| {
        let arg = match arg {
            Arg::Text(_) => Arg::Text(words.to_owned()),
            Arg::Lines(lines) => Arg::Lines(parts(lines)),
            Arg::Listed(listed) => Arg::Listed(parts(listed)),
            // The service's own page and data in JSON are no words of somebody's.
            Arg::Number(_)
            | Arg::When(_)
            | Arg::Between(..)
            | Arg::There(..)
            | Arg::Day(_)
            | Arg::Long(_)
            | Arg::Page(_)
            | Arg::Way(_)
            | Arg::Code(_) => arg.clone(),
        };
        (*name, arg)
    });
    Wording { id: wording.id, args: args.collect() }
}

/// The tags of a piece of HTML, in order. In escaped text there is neither < nor >.
fn tags(html: &str) -> Vec<&str> {
    html.split('<').skip(1).map(|rest| &rest[..=rest.find('>').unwrap()]).collect()
}

/// Escaped by other means than the renderer's.
fn escaped(words: &str) -> String {
    [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")]
        .iter()
        .fold(words.to_owned(), |text, (raw, html)| text.replace(raw, html))
}

fn hostile_line() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "**",
        "*",
        "<b>",
        "</p>",
        "<script>",
        "&amp;",
        "&",
        "\"",
        "'",
        "{ $to }",
        "{",
        "}",
        "> ",
        ">",
        "•",
        "a",
        " ",
        "0",
        "\u{F0000}",
        "\u{F0001}",
        "\u{F0002}",
        "\u{F0003}",
        "\u{E000}",
        "\u{202E}",
        "=",
        "#",
        "[",
        "yes",
        "\t",
        "\u{0}",
    ]);
    prop::collection::vec(prop_oneof![pieces.prop_map(str::to_owned), any::<char>().prop_map(String::from)], 1..12)
        .prop_map(|pieces| pieces.concat())
        .prop_filter("one line", |line| line.chars().all(|c| !"\n\r\u{B}\u{C}\u{85}\u{2028}\u{2029}".contains(c)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_people_write_the_markup_is_the_templates(lines in prop::collection::vec(hostile_line(), 1..4)) {
        let wordings = english();
        let benign = vec!["x"; lines.len()].join("\n");
        for sample in samples() {
            let hostile = wordings.render(&with_words(&sample, &lines.join("\n")), &oxford());
            let expected = wordings.render(&with_words(&sample, &benign), &oxford());
            prop_assert_eq!(tags(&hostile.html), tags(&expected.html), "{}", sample.id);
            if within(&sample).iter().any(|part| part.args.iter().any(|(_, arg)| matches!(arg, Arg::Text(words) if !words.is_empty()))) {
                for line in &lines {
                    prop_assert!(hostile.html.contains(&escaped(line)), "{}: {line:?} in {}", sample.id, hostile.html);
                    prop_assert!(hostile.plain.contains(line), "{}: {line:?} in {}", sample.id, hostile.plain);
                }
            }
        }
    }
}

/// The outcome of loading a directory with these files.
fn loaded(files: &[(&str, &str)]) -> Result<Wordings, WordingError> {
    let dir = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(dir.path().join(name), text).unwrap();
    }
    Wordings::load(lodge_core::wording::ENGLISH, Some(dir.path()))
}

#[test]
fn a_service_puts_single_messages_in_its_own_words() {
    let own = loaded(&[(
        "ours.ftl",
        "# Ours.\nhelp =\n    Ask **us**:\n    • here\n    • **there**\nopening-note =\n    Come in.\n    > & sit\n",
    )])
    .unwrap();
    let said = |id| own.render(&Wording { id, args: vec![] }, &oxford());
    assert_eq!(said("help").plain, "Ask \"us\":\n• here\n• \"there\"");
    assert_eq!(
        said("help").html,
        "<p>Ask <strong>us</strong>:</p><ul><li>here</li><li><strong>there</strong></li></ul>"
    );
    assert_eq!(said("opening-note").plain, "Come in.\n> & sit");
    assert_eq!(said("opening-note").html, "<p>Come in.</p><blockquote>&amp; sit</blockquote>");
    assert_eq!(said("fault"), english().render(&fault(), &oxford()));
}

#[test]
fn the_version_changes_with_the_words_and_with_nothing_else() {
    let version = |files: &[(&str, &str)]| loaded(files).unwrap().version().to_owned();
    let plain = english().version().to_owned();
    assert_eq!(plain.len(), 16);
    assert_eq!(version(&[]), plain);
    assert_eq!(version(&[("notes.txt", "help = Not read.")]), plain);
    let ours = version(&[("ours.ftl", "help = Ask.\nfault = Sorry.")]);
    assert_ne!(ours, plain);
    assert_eq!(version(&[("a.ftl", "# A.\nfault =\n    Sorry."), ("b.ftl", "help = Ask.")]), ours);
    assert_ne!(version(&[("ours.ftl", "help = Ask\nfault = Sorry.")]), ours);
}

#[test]
fn a_mistake_in_a_services_words_is_named_with_its_place_and_what_is_right() {
    for (text, expected) in [
        ("\nhelpp = Ask.", vec!["own.ftl, line 2", "no sentence is called \"helpp\"", "help, "]),
        ("sent = Sent to { $to } by { $dedline }.", vec!["line 1", "$dedline", "it gets $deadline, $to"]),
        ("sent = Sent to { $to }.", vec!["line 1", "\"sent\" leaves out { $deadline }", "it gets $deadline, $to"]),
        ("fault = Ask { $to }.", vec!["$to", "it gets no variables"]),
        ("help = Ask.\n\nhelp = Ask.", vec!["line 3", "\"help\" stands here again", "own.ftl, line 1"]),
        ("help =\n    Ask.\n    **yes** is enough.", vec!["line 3", "cannot begin with \"*\""]),
        ("fault = Sorry.\nhelp = Ask { $to.", vec!["line 2", "not a whole message"]),
        ("help = Ask **us.", vec!["line 1", "without its pair"]),
        ("help = Ask **us\n    now**.", vec!["line 1", "without its pair"]),
        ("help = { fault }", vec!["uses another message"]),
        ("help = { NUMBER(1) }", vec!["uses a function"]),
        ("-brand = Lodge", vec!["line 1", "\"-brand\" uses a term"]),
        ("help = Ask.\n    .title = Help", vec!["line 1", "uses an attribute"]),
    ] {
        let found = loaded(&[("own.ftl", text)]).err().unwrap().to_string();
        for part in expected {
            assert!(found.contains(part), "{text:?} gave: {found}");
        }
    }
    let missing = tempfile::tempdir().unwrap().path().join("missing");
    assert!(
        Wordings::load(lodge_core::wording::ENGLISH, Some(&missing))
            .err()
            .unwrap()
            .to_string()
            .contains("cannot be read")
    );
}

#[test]
fn a_sentence_that_lacks_what_it_shows_is_never_said_half() {
    let fault_words = english().render(&fault(), &oxford());
    for broken in [
        Wording { id: "sent", args: vec![("to", Arg::Text("@alex:example.org".to_owned()))] },
        Wording { id: "no-such-sentence", args: vec![] },
        Wording { id: "which-one", args: vec![("open", Arg::Lines(vec![Wording { id: "line-name", args: vec![] }]))] },
    ] {
        assert_eq!(english().render(&broken, &oxford()), fault_words);
    }
}
