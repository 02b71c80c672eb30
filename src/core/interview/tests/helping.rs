//! Help for somebody who asks for an information interview.

use lodge_core::dialogue::Draft;
use lodge_core::interview::referrals::Referrals;
use lodge_core::say::{Interview, Requesting, Say, Tip};
use lodge_core::time::Span;

use super::talk::Talk;

/// The tips in the last preview that somebody was shown.
fn tips(talk: &mut Talk, name: &str, text: &str) -> Vec<Tip> {
    talk.types(name, text);
    let plans = |talk: &Talk| matches!(talk.state.member(talk.id(name)).unwrap().dialogue.draft, Some(Draft::Plan(_)));
    while plans(talk) {
        talk.types(name, "skip");
    }
    let mut said = talk.hears_whole(name).into_iter().rev();
    let tips =
        said.find_map(
            |(_, say)| {
                if let Say::Requesting(Requesting::Preview { tips, .. }) = say { Some(tips) } else { None }
            },
        );
    tips.unwrap()
}

fn at_message(to: &str) -> Talk {
    let mut talk = Talk::new();
    talk.says("sam", &format!("introduce @{to}:example.org for an information interview"));
    assert_eq!(talk.says("sam", "no"), ["ask-message"]);
    talk
}

const HURRIED: &str =
    "Call me on 07700 900123. I work at the museum on Saturdays and would love to hear how you began.";

#[test]
fn a14_a_tip_is_given_once_for_the_same_text_and_blocks_nothing() {
    let mut talk = at_message("alex");
    assert_eq!(tips(&mut talk, "sam", HURRIED), [Tip::Phone]);
    for again in ["drafts", "add email", "hide email"] {
        assert_eq!(tips(&mut talk, "sam", again), [], "{again}");
    }
    talk.says("sam", "change");
    assert_eq!(tips(&mut talk, "sam", HURRIED), [], "the same text");
    talk.says("sam", "change");
    assert_eq!(tips(&mut talk, "sam", &format!("{HURRIED} Sam")), [Tip::Phone], "another text is looked at again");
    assert_eq!(talk.says("sam", "send"), ["sent"]);
}

#[test]
fn what_went_to_one_and_goes_to_another_gets_a_tip_and_what_others_wrote_gets_none() {
    let text = "Dear you, I am in my second year of History and work at the museum. May I ask how you began?";
    let mut talk = at_message("alex");
    assert_eq!(tips(&mut talk, "sam", text), []);
    talk.says("sam", "send");
    for (name, right) in [("sam", &[Tip::Pasted][..]), ("noor", &[])] {
        talk.says(name, "introduce @robin:example.org for career advice");
        talk.says(name, "no");
        assert_eq!(tips(&mut talk, name, text), right, "{name}");
    }
}

#[test]
fn a14_no_tip_misses_a_question_that_stands_in_the_plan() {
    for (question, right) in [("What does a week at the museum look like?", &[][..]), ("skip", &[Tip::NoQuestion])] {
        let mut talk = at_message("alex");
        let message = "Dear Alex, I am in my second year of History, and liked your talk on the archive a lot.";
        assert_eq!(talk.says("sam", message), ["ask-questions"]);
        assert_eq!(talk.says("sam", question), ["ask-time"]);
        assert_eq!(tips(&mut talk, "sam", "20 minutes, by phone"), right, "{question}");
    }
}

/// The questions in the last page that somebody was shown, and the number of those that are left.
fn page(talk: &mut Talk, name: &str, text: &str) -> (Vec<String>, usize) {
    talk.types(name, text);
    match talk.hears_whole(name).pop() {
        Some((_, Say::Interview(Interview::Questions { questions, more, .. }))) => (questions, more),
        other => panic!("{text}: {other:?}"),
    }
}

#[test]
fn d03_questions_come_six_at_a_time_and_more_shows_what_follows() {
    let mut talk = Talk::new();
    let (first, left) = page(&mut talk, "sam", "questions");
    assert_eq!((first.len(), left), (6, 6));
    let (second, left) = page(&mut talk, "sam", "more");
    assert!(second.iter().all(|question| !first.contains(question)) && left == 0);
    assert_eq!(talk.says("sam", "more"), ["no-more-questions"]);
    let (museums, _) = page(&mut talk, "sam", "questions about museums");
    assert!(museums[0].contains("collection"), "{museums:?}");
    assert_eq!(page(&mut talk, "sam", "questions beekeeping").0, first, "those that go anywhere");
    talk.says("sam", "help");
    assert_eq!(talk.says("sam", "more"), ["mentors-not-shown"], "something else was said meanwhile");
    assert_eq!(page(&mut talk, "sam", "more questions").0, second);
}

#[test]
fn d03_guide_and_questions_are_a_word_away_at_each_step_of_a_draft_and_are_no_part_of_it() {
    let mut talk = Talk::new();
    let steps = [
        ("introduce", "ask-whom"),
        ("@alex:example.org", "ask-purpose"),
        ("1", "ask-known-how"),
        ("no", "ask-message"),
        (
            "Dear Alex, I work at the museum on Saturdays. May I ask how you began? I study History. Sam",
            "ask-questions",
        ),
        ("How did you find your first exhibition?", "ask-time"),
        ("half an hour, in person", "preview"),
        ("send", "sent"),
    ];
    for (text, right) in steps {
        assert_eq!(talk.says("sam", "guide"), ["guide"]);
        page(&mut talk, "sam", "questions museums");
        page(&mut talk, "sam", "questions");
        page(&mut talk, "sam", "more");
        assert_eq!(talk.says("sam", text), [right], "{text}");
    }
}

#[test]
fn a05_referrals_are_the_institutions_own_and_mentors_of_a_field_are_named_where_there_are_some() {
    let mut talk = Talk::new();
    talk.settings.lists.referrals = Referrals::parse("[events]\nThe law fair\n").unwrap();
    let field = |talk: &mut Talk, text: &str| {
        talk.types("sam", text);
        match talk.hears_whole("sam").pop() {
            Some((_, Say::Interview(Interview::Referrals { kinds, field, mentors: true }))) => (kinds.len(), field),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(field(&mut talk, "referrals curators"), (1, None), "nobody is listed");
    talk.says("alex", "list me");
    talk.says("alex", "list me now");
    talk.until(talk.now.after(Span::from_days(1)));
    assert_eq!(field(&mut talk, "referrals curators"), (1, Some("curators".to_owned())));
    assert_eq!(field(&mut talk, "referrals beekeeping"), (1, None));
    talk.says("sam", "mentors in curating");
    assert_eq!(field(&mut talk, "referrals").0, 1);
}
