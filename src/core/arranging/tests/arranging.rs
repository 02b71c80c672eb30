//! Two people who were introduced tell when they meet, and both are reminded.

use std::collections::BTreeSet;

use lodge_core::effect::Act;
use lodge_core::id::{EffectId, IntroductionId};
use lodge_core::input::{Input, Proof, Reply};
use lodge_core::introduction::Introduction;
use lodge_core::people::roster::Roster;
use lodge_core::rights::data;
use lodge_core::say::{Arranging, Say};
use lodge_core::time::{Span, Timestamp};
use lodge_core::wording::Rendered;

use crate::talk::{START, Talk, address, people};

const HOUR: Span = Span::from_millis(3_600_000);
const DAY: Span = Span::from_days(1);

/// Thursday 5 November 2026, five in the afternoon; the tests begin on the Monday before, at ten.
fn thursday() -> Timestamp {
    START.after(Span::from_days(3)).after(Span::from_millis(7 * HOUR.as_millis()))
}

/// Sam and Alex have met in their room.
fn met() -> (Talk, IntroductionId) {
    let mut talk = Talk::new();
    let id = talk.meet("sam", "alex");
    talk.forget();
    (talk, id)
}

fn arranged() -> (Talk, IntroductionId) {
    let (mut talk, id) = met();
    talk.says("sam", "arranged Thursday 17:00");
    talk.forget();
    (talk, id)
}

fn meets(talk: &Talk, id: IntroductionId) -> Option<Timestamp> {
    talk.state.introduction(id).and_then(|one: &Introduction| one.arranged.as_ref()).map(|arranged| arranged.at)
}

/// The messages to somebody until then, each with the time at which it came.
fn hears_until(talk: &mut Talk, who: &str, end: Timestamp) -> Vec<(Timestamp, &'static str)> {
    let mut heard = vec![];
    while let Some((due, _)) = talk.state.next_due().filter(|(due, _)| *due <= end) {
        talk.until(due);
        heard.extend(talk.hears(who).into_iter().map(|id| (due, id)));
    }
    talk.until(end);
    heard
}

#[test]
fn either_tells_the_time_and_both_hear_it_once() {
    for (teller, other) in [("sam", "alex"), ("alex", "sam")] {
        for words in ["arranged Thursday 17:00", "We’re meeting on Thursday at 5", "arranged 1 Thursday 5pm"] {
            let (mut talk, id) = met();
            assert_eq!(talk.says(teller, words), ["meeting-noted"], "{words}");
            assert_eq!(talk.hears(other), ["meeting-told"], "{words}");
            assert_eq!(meets(&talk, id), Some(thursday()), "{words}");
            assert_eq!(talk.says(other, words), ["meeting-noted-before"]);
            assert_eq!(talk.hears(teller), [""; 0]);
        }
    }
}

#[test]
fn both_are_reminded_the_day_before_and_an_hour_before_and_asked_the_day_after() {
    let (mut talk, _) = arranged();
    let nine = |days| START.after(Span::from_days(days)).before(HOUR);
    let expected =
        [(nine(2), "meeting-reminder"), (thursday().before(HOUR), "meeting-reminder"), (nine(4), "how-was-it")];
    let mut other = talk_again();
    assert_eq!(hears_until(&mut talk, "sam", START.after(Span::from_days(13))), expected);
    assert_eq!(hears_until(&mut other, "alex", START.after(Span::from_days(13))), expected);
    assert_eq!(hears_until(&mut talk, "sam", START.after(Span::from_days(15))), []);
}

fn talk_again() -> Talk {
    arranged().0
}

#[test]
fn another_time_moves_it_and_the_first_is_forgotten() {
    let (mut talk, id) = arranged();
    assert_eq!(talk.says("alex", "arranged Friday 11:00"), ["meeting-noted"]);
    assert_eq!(talk.hears("sam"), ["meeting-told"]);
    let friday = thursday().after(Span::from_millis(18 * HOUR.as_millis()));
    assert_eq!(meets(&talk, id), Some(friday));
    let nine = |days| START.after(Span::from_days(days)).before(HOUR);
    let expected = [(nine(3), "meeting-reminder"), (friday.before(HOUR), "meeting-reminder"), (nine(5), "how-was-it")];
    assert_eq!(hears_until(&mut talk, "sam", START.after(Span::from_days(9))), expected);
}

#[test]
fn either_calls_it_off_and_nobody_is_reminded() {
    for words in ["not arranged", "We're not meeting after all", "cancel the meeting", "not arranged 1"] {
        let (mut talk, id) = arranged();
        assert_eq!(talk.says("alex", words), ["meeting-dropped"], "{words}");
        assert_eq!(talk.hears("sam"), ["meeting-dropped-by-other"], "{words}");
        assert_eq!(meets(&talk, id), None);
        assert_eq!(talk.says("sam", "not arranged"), ["meeting-not-noted"]);
        // The question comes when it would have come.
        assert_eq!(hears_until(&mut talk, "sam", START.after(Span::from_days(15))).len(), 1);
    }
}

#[test]
fn nothing_of_it_is_there_before_both_have_met() {
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    talk.forget();
    for who in ["sam", "alex"] {
        assert_eq!(talk.says(who, "arranged Thursday 17:00"), ["meeting-with-nobody"]);
        assert_eq!(talk.says(who, "not arranged"), ["meeting-not-noted"]);
        assert_ne!(talk.says(who, "we're meeting on Thursday at 5"), ["meeting-with-nobody"]);
        assert_ne!(talk.says(who, "cancel the meeting"), ["meeting-not-noted"]);
    }
    talk.says("alex", "yes");
    talk.forget();
    assert_eq!(talk.says("alex", "arranged Thursday 17:00"), ["meeting-with-nobody"]);
}

#[test]
fn what_is_not_one_time_is_asked_back_and_nothing_is_noted() {
    let (mut talk, id) = met();
    for (words, answer) in [
        ("arranged", "meeting-when"),
        ("arranged Thursday", "meeting-which-hour"),
        ("arranged Thursday afternoon", "meeting-which-hour"),
        ("arranged 17:00", "meeting-which-day"),
        ("arranged Thursday 17:00 or Friday 17:00", "meeting-several"),
        ("arranged Thursday at 8", "meeting-either"),
        ("arranged Thursday at 5 at Alex's", "meeting-words-unclear"),
        ("arranged today 9:00", "meeting-past"),
        ("arranged 5 March 17:00", "meeting-far"),
        ("arranged after exams", "meeting-vague"),
        ("arranged Thursday 3am", "meeting-night"),
        ("arranged 2 Thursday 17:00", "meeting-words-unclear"),
    ] {
        assert_eq!(talk.says("sam", words), [answer], "{words}");
        assert_eq!((meets(&talk, id), talk.hears("alex")), (None, vec![]), "{words}");
    }
}

#[test]
fn of_several_people_one_is_named_by_a_number_that_was_shown() {
    let mut talk = Talk::new();
    let [first, second] = ["sam", "noor"].map(|who| talk.meet(who, "alex"));
    talk.forget();
    assert_eq!(talk.says("alex", "arranged 2 Thursday 17:00"), ["meeting-words-unclear"]);
    assert_eq!(talk.says("alex", "arranged Thursday 17:00"), ["meeting-with-whom"]);
    // That can also mean at two.
    assert_eq!(talk.says("alex", "arranged 2 Thursday"), ["meeting-with-whom"]);
    assert_eq!(talk.says("alex", "arranged 2"), ["meeting-when"]);
    assert_eq!(talk.says("alex", "arranged 2 Thursday 17:00"), ["meeting-noted"]);
    assert_eq!((talk.hears("sam"), talk.hears("noor")), (vec![], vec!["meeting-told"]));
    assert_eq!((meets(&talk, first), meets(&talk, second)), (None, Some(thursday())));
    // One alone is arranged, so there is no question which.
    assert_eq!(talk.says("alex", "not arranged"), ["meeting-dropped"]);
    for number in [1, 2] {
        talk.says("alex", "arranged Thursday 17:00");
        talk.says("alex", &format!("arranged {number} Thursday 17:00"));
    }
    talk.forget();
    assert_eq!(talk.says("alex", "cancel the meeting"), ["meeting-drop-which"]);
    assert_eq!(talk.says("alex", "not arranged 1"), ["meeting-dropped"]);
    assert_eq!((meets(&talk, first), meets(&talk, second)), (None, Some(thursday())));
}

#[test]
fn a_number_of_a_list_that_they_had_not_seen_counts_for_nothing() {
    let mut talk = Talk::new();
    let both = ["sam", "noor"].map(|who| talk.meet(who, "alex"));
    talk.forget();
    talk.held_back = Some(vec![]);
    assert_eq!(talk.says("alex", "arranged Thursday 17:00"), ["meeting-with-whom"]);
    assert_ne!(talk.says("alex", "arranged 2 Thursday 17:00"), ["meeting-noted"]);
    assert_eq!(both.map(|id| meets(&talk, id)), [None, None]);
}

fn all_but(who: &str) -> Roster {
    Roster::whole(people().into_iter().filter(|person| person.address != address(who)))
}

type End = fn(&mut Talk);

/// The ends of a meeting that are no word about it, each with those who hear of it then.
const ENDS: [(&str, End, &[&str]); 10] = [
    ("withdrawn", |talk| talk.types("sam", "withdraw"), &["sam", "alex"]),
    ("withdrawn by the other", |talk| talk.types("alex", "withdraw"), &["sam", "alex"]),
    ("reported", |talk| talk.types("sam", "report he was rude"), &["sam"]),
    ("forgotten", |talk| talk.types("sam", "forget me now"), &["sam"]),
    ("the other forgotten", |talk| talk.types("alex", "forget me now"), &["alex"]),
    ("blocked", |talk| talk.types("sam", "block @alex:example.org"), &["sam"]),
    ("blocked by the other", |talk| talk.types("alex", "block @sam:example.org"), &["alex"]),
    ("role over", |talk| talk.input(Input::Roster(all_but("sam"))), &[]),
    ("the other's role over", |talk| talk.input(Input::Roster(all_but("alex"))), &[]),
    ("gone back", |talk| talk.input(Input::WentBack(START)), &[]),
];

#[test]
fn whatever_ends_the_meeting_takes_it_out_of_the_calendars_of_those_alone_who_hear_of_that() {
    for (name, end, hear) in ENDS {
        let (mut talk, id) = arranged();
        end(&mut talk);
        assert_eq!(meets(&talk, id), None, "{name}");
        for who in ["sam", "alex"] {
            let told = talk.last.effects.iter().filter_map(|effect| {
                let Act::Tell(to, say @ Say::Arranging(_)) = &effect.act else { return None };
                (*to == talk.id(who)).then_some(say)
            });
            let told: Vec<&Say> = told.collect();
            if !hear.contains(&who) {
                assert!(told.is_empty(), "{name}, {who}: {told:?}");
                continue;
            }
            let [Say::Arranging(Arranging::Ended { at, .. }), file] = told[..] else {
                panic!("{name}, {who}: {told:?}")
            };
            assert_eq!(*at, thursday(), "{name}");
            // Nothing is shown that may have been taken back with it.
            assert!(file.disclosures().is_empty() || !name.starts_with("withdrawn"), "{name}, {who}");
            let words = Rendered { plain: "Meeting".to_owned(), html: String::new() };
            let file = String::from_utf8(file.file(&words).unwrap().bytes).unwrap();
            let keys = ["METHOD", "SEQUENCE", "UID", "DTSTART"];
            let uid = format!("{id}@example.org");
            assert_eq!(keys.map(|key| value(&file, key)), ["CANCEL", "1", &uid, "20261105T170000"], "{name}");
        }
        talk.forget();
        talk.until(START.after(Span::from_days(13)));
        for who in ["sam", "alex"] {
            let heard = talk.hears(who);
            assert!(heard.iter().all(|id| !id.starts_with("meeting")), "{name}: {heard:?}");
        }
    }
}

#[test]
fn a_meeting_that_is_over_or_was_never_heard_of_stays_out_of_it() {
    for (name, end, _) in ENDS {
        // It has taken place.
        let (mut talk, _) = arranged();
        talk.until(thursday().after(HOUR));
        talk.forget();
        end(&mut talk);
        for who in ["sam", "alex"] {
            let heard = talk.hears(who);
            assert!(heard.iter().all(|id| !id.starts_with("meeting")), "{name}: {heard:?}");
        }
        // Alex did not want to hear of it.
        let (mut talk, _) = met();
        talk.says("alex", "block @sam:example.org");
        talk.says("sam", "arranged Thursday 17:00");
        talk.forget();
        end(&mut talk);
        assert!(talk.hears("alex").iter().all(|id| !id.starts_with("meeting")), "{name}");
    }
}

#[test]
fn somebody_who_blocks_hears_nothing_more_and_the_other_does_not_learn_of_it() {
    let (mut talk, _) = met();
    talk.says("alex", "block @sam:example.org");
    talk.forget();
    assert_eq!(talk.says("sam", "arranged Thursday 17:00"), ["meeting-noted"]);
    talk.until(thursday());
    assert_eq!((talk.hears("sam"), talk.hears("alex")), (vec!["meeting-reminder"; 2], vec![]));
}

#[test]
fn news_that_was_not_said_yet_is_not_said_once_it_has_changed() {
    let (mut talk, _) = met();
    talk.types("sam", "arranged Thursday 17:00");
    let ids = |heard: Vec<(EffectId, Say)>| heard.into_iter().map(|(id, _)| id).collect::<BTreeSet<EffectId>>();
    let (noted, mut news) = (talk.hears_whole("sam"), ids(talk.hears_whole("alex")));
    news.extend(ids(noted.into_iter().filter(|(_, say)| say.is_file()).collect()));
    assert_eq!(news.len(), 3, "the words to Alex, and the files of both");
    talk.types("sam", "not arranged");
    assert_eq!(talk.last.cancelled.iter().copied().collect::<BTreeSet<_>>(), news);
}

#[test]
fn a_time_is_told_by_a_device_of_their_own_alone() {
    let (mut talk, id) = met();
    assert_eq!(talk.says_as("sam", "arranged Thursday 17:00", Reply::None, Proof::Unproven), ["device-unknown"]);
    assert_eq!((meets(&talk, id), talk.hears("alex")), (None, vec![]));
}

#[test]
fn an_older_copy_of_the_store_knows_of_no_meeting() {
    let (mut talk, id) = arranged();
    talk.input(Input::WentBack(START));
    assert_eq!(meets(&talk, id), None);
    talk.forget();
    talk.until(thursday().after(DAY));
    assert!(talk.hears("sam").iter().all(|id| !id.starts_with("meeting")));
}

#[test]
fn a_reminder_that_comes_too_late_is_passed_over() {
    let (mut talk, _) = arranged();
    // The service stood still from Tuesday until the meeting had begun.
    talk.now = thursday().after(HOUR);
    talk.until(talk.now);
    assert_eq!(talk.hears("sam"), [""; 0]);
}

#[test]
fn the_time_is_in_the_data_of_both_and_older_rows_have_none() {
    let (talk, id) = arranged();
    for who in ["sam", "alex"] {
        let records = data::about(&talk.state, &talk.settings, talk.id(who), talk.now);
        let found = records.iter().find_map(|record| record.get("you_meet_at"));
        assert_eq!(found.and_then(|at| at.as_str()), Some("2026-11-05T17:00:00Z"), "{who}");
    }
    let (talk, other) = met();
    let row = serde_json::to_value(talk.state.introduction(other).unwrap()).unwrap();
    assert_eq!(row.get("arranged"), None);
    assert_eq!(serde_json::from_value::<Introduction>(row).unwrap().arranged, None);
    let _ = id;
}

#[test]
fn the_one_who_is_asked_reads_no_more_than_the_name_that_was_shown() {
    let (mut talk, _) = met();
    talk.types("sam", "arranged Thursday 17:00");
    let heard = talk.hears_whole("alex");
    assert_eq!(heard.len(), 2, "{heard:?}");
    for (_, say) in &heard {
        let of: Vec<_> = say.disclosures().iter().map(|of| of.of()).collect();
        assert_eq!(of, [talk.id("sam")]);
    }
    assert!(talk.last.effects.iter().any(|effect| matches!(effect.act, Act::Tell(to, _) if to == talk.id("alex"))));
}

/// The calendar files that somebody got since the last look, each with its name, and its lines as they were before they were folded.
fn files(talk: &mut Talk, who: &str) -> Vec<(&'static str, String)> {
    let words = Rendered { plain: "Meeting with them\n\nA note.".to_owned(), html: String::new() };
    let heard = talk.hears_whole(who).into_iter();
    let files = heard.filter_map(|(_, say)| say.file(&words));
    files.map(|file| (file.name, String::from_utf8(file.bytes).unwrap().replace("\r\n ", ""))).collect()
}

/// The value of this property of a calendar file.
fn value<'a>(file: &'a str, key: &str) -> &'a str {
    // The rules of the zone come before the meeting.
    let line = file.lines().rev().find(|line| line.split([':', ';']).next() == Some(key));
    line.map_or("", |line| line.rsplit(':').next().unwrap_or_default())
}

#[test]
fn both_get_a_calendar_file_of_each_time_that_takes_the_place_of_the_one_before() {
    let (mut talk, id) = met();
    let mut names = BTreeSet::new();
    for (number, (teller, words, method, day)) in [
        ("sam", "arranged Thursday 17:00", "REQUEST", "20261105T170000"),
        ("alex", "arranged Friday 11:00", "REQUEST", "20261106T110000"),
        ("sam", "not arranged", "CANCEL", "20261106T110000"),
        ("alex", "arranged Thursday 17:00", "REQUEST", "20261105T170000"),
        ("alex", "not arranged", "CANCEL", "20261105T170000"),
    ]
    .into_iter()
    .enumerate()
    {
        talk.types(teller, words);
        let sequence = ["0", "2", "3", "4", "5"][number];
        for who in ["sam", "alex"] {
            let [(name, file)] = &files(&mut talk, who)[..] else { panic!("{who} gets one file: {words}") };
            assert_eq!(*name, if method == "CANCEL" { "meeting-called-off.ics" } else { "meeting.ics" });
            let keys = ["METHOD", "SEQUENCE", "DTSTART", "SUMMARY", "DESCRIPTION"];
            let expected = [method, sequence, day, "Meeting with them", "A note."];
            assert_eq!(keys.map(|key| value(file, key)), expected, "{who}: {file}");
            names.insert(value(file, "UID").to_owned());
        }
    }
    assert_eq!(names, BTreeSet::from([format!("{id}@example.org")]));
}

#[test]
fn a_calendar_file_names_the_other_as_its_reader_knows_them_and_no_address_beside() {
    let (mut talk, _) = met();
    talk.types("sam", "arranged Thursday 17:00");
    let [(_, of_sam)] = &files(&mut talk, "alex")[..] else { panic!("one file") };
    assert!(of_sam.contains("ATTENDEE;CN=sam;PARTSTAT=ACCEPTED;ROLE=REQ-PARTICIPANT:invalid:nomail"), "{of_sam}");
    for known in ["alex", "@sam", "mailto"] {
        assert!(!of_sam.contains(known), "{of_sam}");
    }
    let [(_, of_alex)] = &files(&mut talk, "sam")[..] else { panic!("one file") };
    assert!(of_alex.contains("@alex:example.org"), "as Sam named them: {of_alex}");
    assert!(!of_alex.contains("sam"), "{of_alex}");
}

#[test]
fn a_calendar_file_is_the_same_however_often_it_is_made_and_however_long_it_waited() {
    let (mut talk, _) = met();
    talk.types("sam", "arranged Thursday 17:00");
    let all = talk.hears_whole("sam");
    let say = all.iter().map(|(_, say)| say).find(|say| say.is_file()).unwrap();
    let kept: Say = serde_json::from_str(&serde_json::to_string(say).unwrap()).unwrap();
    let words = Rendered { plain: "Meeting".to_owned(), html: String::new() };
    assert_eq!(kept.file(&words), say.file(&words));
}

#[test]
fn two_people_tell_ten_times_and_then_keep_their_time_themselves() {
    let (mut talk, id) = met();
    for hour in 0..10 {
        assert_eq!(talk.says("sam", &format!("arranged Thursday {}:00", 9 + hour)), ["meeting-noted"], "{hour}");
        assert_eq!(talk.hears("alex"), ["meeting-told"]);
    }
    let noted = meets(&talk, id);
    for who in ["sam", "alex"] {
        assert_eq!(talk.says(who, "arranged Friday 11:00"), ["meeting-enough"]);
    }
    assert_eq!((meets(&talk, id), talk.hears("alex")), (noted, vec![]));
    assert_eq!(talk.says("alex", "not arranged"), ["meeting-dropped"]);
    assert_eq!(talk.hears("sam"), ["meeting-dropped-by-other"]);
    assert_eq!(talk.says("sam", "arranged Friday 11:00"), ["meeting-enough"]);
    assert_eq!(meets(&talk, id), None);
}
