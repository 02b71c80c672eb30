//! A draft takes the words it asked for, whatever they begin with, and loses none.

use lodge_core::command::{Answer, Command};
use lodge_core::dialogue::{Draft, Question};
use lodge_core::input::{Proof, Reply};
use lodge_core::people::member::Field;

use super::talk::Talk;

/// Words with which messages begin, and which read like something else.
const BEGINNINGS: &[&str] = &[
    "Hi, I'd like to meet you to talk about museum work. Noor",
    "I'd like to meet you for twenty minutes. May I ask how you began?",
    "I would like to meet with you about careers",
    "Could you introduce me to your work?",
    "introduce @alex:example.org",
    "Pause for thought: what would you do in my place?",
    "Hello!\nI study history, and would like to ask how you began.",
    "hello",
    "limit 2",
    "Opportunity: that is what I see in museums",
    "mentors like you are rare",
    "mentors in law",
    "no because",
    "Yes we met at the fair",
    "ask me anything you like",
    "Later this term I shall apply",
    "what is this",
    "who are you",
    "profile of a curator: yours is the one I like",
    "From last week",
    "verify me if you can",
    "join me for a coffee",
    "rooms",
    "add email",
    "agree",
    "thanks",
    "yes",
    "no",
    "block printing is what I like best",
    "report writing is what I like best",
    "withdraw from the world, my tutor said, but I would rather meet you",
];

fn at_message() -> Talk {
    let mut talk = Talk::new();
    talk.says("sam", "introduce @robin:example.org for career advice");
    assert_eq!(talk.says("sam", "no"), ["ask-message"]);
    talk
}

fn draft(talk: &Talk) -> Option<Draft> {
    talk.state.member(talk.id("sam"))?.dialogue.draft.clone()
}

fn message(talk: &Talk) -> Option<String> {
    if let Some(Draft::Ready(ready)) = draft(talk) { Some(ready.request.message) } else { None }
}

fn known_how(talk: &Talk) -> Option<String> {
    if let Some(Draft::Message { known_how, .. }) = draft(talk) { known_how } else { None }
}

#[test]
fn a_message_is_whatever_somebody_writes_when_asked_for_it() {
    for text in BEGINNINGS {
        let mut talk = at_message();
        assert_eq!(talk.says("sam", text), ["preview"], "{text}");
        assert_eq!(message(&talk).as_deref(), Some(*text));
    }
}

#[test]
fn a_message_is_taken_while_somebody_elses_request_is_open() {
    for text in ["I'd like to meet you, and ask how you began.", "no because I moved", "yes", "Ask me anything"] {
        let mut talk = Talk::new();
        talk.asks("noor", "sam");
        talk.says("sam", "introduce @robin:example.org for career advice");
        talk.says("sam", "no");
        assert_eq!(talk.says("sam", text), ["preview"], "{text}: the porter's last words asked for the message");
        assert_eq!(message(&talk).as_deref(), Some(text));
        assert!(talk.acts().is_empty(), "{text} is no answer to the request");
    }
}

#[test]
fn a_request_that_was_brought_in_the_meantime_is_answered_first() {
    let mut talk = at_message();
    talk.asks("noor", "sam");
    talk.forget();
    assert_eq!(talk.says("sam", "no thanks"), ["no-recorded"]);
    assert!(matches!(draft(&talk), Some(Draft::Message { .. })), "nothing of the draft is lost");
}

#[test]
fn how_two_people_know_each_other_is_said_in_any_words() {
    for text in [
        "Meet the Alumni evening, October",
        "introduction to museums module",
        "mentor scheme last year",
        "Same home town",
        "From last week",
        "the mentors evening",
        "limit of the law, the Tuesday lecture",
        "hello, we met at the fair",
        "Yes, we met at the fair",
    ] {
        let mut talk = Talk::new();
        talk.says("sam", "introduce @robin:example.org for career advice");
        assert_eq!(talk.says("sam", text), ["ask-message"], "{text}");
        assert_eq!(known_how(&talk).as_deref(), Some(text));
    }
}

#[test]
fn people_who_do_not_know_each_other_say_so_in_many_words() {
    for text in [
        "no",
        "No.",
        "nope",
        "nope, never",
        "no we haven\u{2019}t met",
        "no we havent met",
        "I don't think so",
        "don't think so",
        "no idea",
        "not really",
        "never met",
        "we've never met",
        "we haven't",
        "not that I know of",
        "no, I don't know her",
        "I don\u{2019}t know them",
        "I'm not sure",
        "nah",
        "none",
        "nothing",
        "n/a",
        "-",
        "\u{2014}",
        "skip",
        "not yet",
        "no thanks",
        "we don't know each other",
    ] {
        let mut talk = Talk::new();
        talk.says("sam", "introduce @robin:example.org for career advice");
        assert_eq!(talk.says("sam", text), ["ask-message"], "{text}");
        assert_eq!(known_how(&talk), None, "{text}");
    }
    for text in ["?", "yes", "ok", "sure", "@noor:example.org", "https://matrix.to/#/@noor:example.org"] {
        let mut talk = Talk::new();
        talk.says("sam", "introduce @robin:example.org for career advice");
        talk.says("sam", text);
        assert!(matches!(draft(&talk), Some(Draft::KnownHow { .. })), "{text} says nothing, so they are asked again");
    }
}

#[test]
fn cancel_help_and_change_still_steer_a_draft() {
    let mut talk = at_message();
    assert_eq!(talk.says("sam", "help"), ["help"]);
    assert_eq!(talk.says("sam", "?"), ["help"]);
    assert_eq!(talk.says("sam", "change"), ["ask-message"]);
    assert_eq!(talk.says("sam", "drafts"), ["ask-message"]);
    assert_eq!(talk.says("sam", "send"), ["ask-message"], "there is nothing to send yet");
    assert_eq!(talk.says("sam", "cancel"), ["draft-dropped"]);
    assert_eq!(draft(&talk), None);
}

#[test]
fn safety_and_withdrawal_are_one_word_away_even_there() {
    for (text, said) in [
        ("withdraw", "nothing-to-withdraw"),
        ("block @alex:example.org", "block-recorded"),
        ("forget me", "forget-ask"),
    ] {
        let mut talk = at_message();
        assert_eq!(talk.says("sam", text), [said]);
        assert!(matches!(draft(&talk), Some(Draft::Message { .. })), "{text}");
    }
}

#[test]
fn a_new_message_keeps_the_details_that_were_added() {
    let mut talk = at_message();
    talk.says("sam", "Dear Robin, may I ask how you began?");
    talk.says("sam", "add course");
    talk.says("sam", "add email");
    let ticked = |talk: &Talk| {
        let Some(Draft::Ready(ready)) = draft(talk) else { panic!("no draft") };
        (ready.ask.terms().with_request().clone(), ready.ask.terms().after_both().clone())
    };
    let before = ticked(&talk);
    assert!(before.0.contains(&Field::Course) && before.1.contains(&Field::Email));
    assert_eq!(talk.says("sam", "change"), ["ask-message"]);
    assert_eq!(talk.says("sam", "Dear Robin, how did you find your first post?"), ["preview"]);
    assert_eq!(ticked(&talk), before);
}

#[test]
fn asking_for_somebody_else_does_not_throw_a_message_away() {
    let mut talk = at_message();
    talk.says("sam", "Dear Robin, may I ask how you began?");
    assert_eq!(talk.says("sam", "introduce @alex:example.org"), ["draft-waits"]);
    assert_eq!(message(&talk).as_deref(), Some("Dear Robin, may I ask how you began?"));
    let mut talk = Talk::new();
    talk.says("sam", "introduce for career advice: Dear you, may I ask how you began?");
    assert_eq!(talk.says("sam", "introduce me to @robin:example.org for career advice"), ["ask-known-how"]);
    assert_eq!(talk.says("sam", "no"), ["preview"]);
    assert_eq!(message(&talk).as_deref(), Some("Dear you, may I ask how you began?"));
}

#[test]
fn a_reply_to_a_question_is_carried_whatever_it_begins_with() {
    for text in [
        "I'd like to meet you to hear about law",
        "Pause? No, I would go on at once",
        "mentors in law are what I look for",
        "help with my cover letter",
        "limit 2",
        "send",
        "yes",
        "From last week",
        "who are you",
    ] {
        let mut talk = Talk::new();
        talk.asks("sam", "alex");
        talk.says("alex", "ask Which year are you in?");
        talk.says("alex", "send");
        let member = talk.id("sam");
        let prompts = &talk.state.member(member).unwrap().dialogue.prompts;
        let asked = prompts.values().find(|prompt| matches!(prompt.question, Question::Tell { .. })).unwrap();
        let reply = Reply::To(*asked.asked.iter().next().unwrap());
        talk.forget();
        assert_eq!(talk.says_as("sam", text, reply, Proof::Proven), ["answer-noted"], "{text}");
        assert_eq!(talk.newest().questions[0].answer.as_deref(), Some(text));
    }
}

#[test]
fn an_agreement_to_the_draft_sends_nothing() {
    for text in ["yes", "ok", "looks good", "sounds good", "perfect"] {
        let mut talk = at_message();
        talk.says("sam", "Dear Robin, may I ask how you began?");
        assert_eq!(talk.says("sam", text), ["draft-waits"], "{text}");
    }
    let yes = lodge_core::command::read("yes");
    assert!(matches!(yes, Command::Answer { answer: Answer::Yes(_), .. }));
}

#[test]
fn again_repeats_the_draft_where_nothing_else_waits() {
    let mut talk = Talk::new();
    talk.says("sam", "introduce @alex:example.org for career advice: May I ask how you began?");
    talk.says("sam", "no");
    assert_eq!(talk.says("sam", "show me again"), ["preview"]);
    talk.asks("noor", "sam");
    talk.forget();
    assert_eq!(talk.says("sam", "again"), ["asked"]);
}

#[test]
fn no_answer_to_what_is_not_understood_comes_twice_in_a_row() {
    let misses = |talk: &mut Talk, who: &str| -> Vec<String> {
        let words = (0..7).map(|at| format!("purple monkey {at}"));
        words
            .map(|words| {
                talk.types(who, &words);
                format!("{:?}", talk.hears_whole(who).into_iter().map(|(_, say)| say).collect::<Vec<_>>())
            })
            .collect()
    };
    let mut talk = Talk::new();
    let nothing = misses(&mut talk, "sam");
    talk.asks("noor", "alex");
    talk.forget();
    let open = misses(&mut talk, "alex");
    for heard in [nothing, open] {
        for pair in heard.windows(2) {
            assert_ne!(pair[0], pair[1]);
        }
    }
}
