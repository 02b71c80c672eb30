//! People's words about introductions, and the answers.

use lodge_core::effect::Act;
use lodge_core::input::{Input, Performed, Proof, Reply};
use lodge_core::introduction::{Outcome, Quiet, Side, Stage};
use lodge_core::people::member::Field;
use lodge_core::people::roster::Roster;
use lodge_core::say::{Answering, Ending, Requesting, Say};
use lodge_core::time::{Span, Timestamp};
use lodge_core::timer::Wait;

use crate::talk::{START, Talk, address, people};

#[test]
fn a_guided_request_leads_to_one_room_for_two() {
    let mut talk = Talk::new();
    assert_eq!(talk.says("sam", "I'd like to meet @alex:example.org"), ["ask-purpose"]);
    assert_eq!(talk.says("sam", "a chat about life"), ["purpose-not-offered"]);
    assert_eq!(talk.says("sam", "1"), ["ask-known-how"]);
    assert_eq!(talk.says("sam", "We met at the autumn talk"), ["ask-message"]);
    assert_eq!(talk.says("sam", "Dear Alex, how did you begin?"), ["ask-questions"]);
    assert_eq!(talk.says("sam", "skip"), ["ask-time"]);
    assert_eq!(talk.says("sam", "20 minutes, by phone"), ["preview"]);
    assert_eq!(talk.says("sam", "add email"), ["preview"]);
    assert_eq!(talk.says("sam", "send"), ["sent"]);
    assert_eq!(talk.hears("alex"), ["asked"]);
    assert_eq!(talk.says("alex", "yes"), ["yes-recorded"]);
    assert_eq!(talk.hears("sam"), [""; 0], "nothing is told before both are invited");
    let done = talk.perform();
    assert!(matches!(done[..], [Act::CreateRoom(_), Act::Invite(..), Act::Invite(..)]), "{done:?}");
    assert_eq!(talk.hears("sam"), ["agreed-requester"]);
    assert_eq!(talk.hears("alex"), ["agreed-addressee"]);
    let id = talk.newest().id;
    let (sam, alex) = (talk.id("sam"), talk.id("alex"));
    talk.input(Input::CameIn(id, alex));
    let waits = talk.perform();
    assert!(matches!(waits[..], [Act::Note(..)]), "the porter says that it waits until both are in: {waits:?}");
    talk.input(Input::CameIn(id, alex));
    assert!(talk.acts().is_empty(), "it says so once");
    talk.input(Input::CameIn(id, sam));
    let done = talk.perform();
    assert!(matches!(done[..], [Act::Note(..), Act::OpenSpeech(..), Act::Leave(..)]), "{done:?}");
    assert!(matches!(talk.stage(id), Stage::Met { .. }));
    let waits: Vec<Wait> = talk.state.timers().map(|timer| timer.wait).collect();
    assert_eq!(waits, [Wait::AskAfter { introduction: id }], "nothing is waited for but the time to ask how it went");
}

#[test]
fn c14_the_addressee_sees_the_fields_that_were_ticked_and_no_others() {
    let mut talk = Talk::new();
    talk.says("sam", "introduce @alex:example.org for career advice: How did you begin?");
    talk.says("sam", "no");
    talk.says("sam", "add email");
    talk.says("sam", "add course");
    talk.says("sam", "send");
    let asked = talk.hears_whole("alex");
    let [(_, Say::Answering(Answering::Asked { of, yes_shows, .. }))] = &asked[..] else { panic!("{asked:?}") };
    let fields =
        |shown: &[lodge_core::consent::Shown]| shown.iter().map(lodge_core::consent::Shown::field).collect::<Vec<_>>();
    assert_eq!(fields(of.fields()), [Field::Name, Field::Course]);
    assert_eq!(fields(yes_shows), [Field::Name, Field::Address]);
    talk.says("alex", "yes with email");
    talk.perform();
    let told = talk.hears_whole("sam");
    let Some((_, Say::Ending(Ending::AgreedRequester { of, .. }))) = told.last() else { panic!("{told:?}") };
    assert_eq!(fields(of.fields()), [Field::Name, Field::Address, Field::Email]);
    let told = talk.hears_whole("alex");
    let Some((_, Say::Ending(Ending::AgreedAddressee { of, .. }))) = told.last() else { panic!("{told:?}") };
    assert_eq!(fields(of.fields()), [Field::Name, Field::Address, Field::Course, Field::Email]);
}

#[test]
fn the_preview_is_what_the_addressee_reads() {
    let mut talk = Talk::new();
    talk.says("sam", "introduce @alex:example.org for career advice: How did you begin?");
    talk.types("sam", "no");
    let preview = talk.hears_whole("sam");
    let Some((_, Say::Requesting(Requesting::Preview { request: shown, .. }))) = preview.last() else {
        panic!("{preview:?}")
    };
    let shown = shown.clone();
    talk.says("sam", "send");
    let asked = talk.hears_whole("alex");
    let [(_, Say::Answering(Answering::Asked { request, .. }))] = &asked[..] else { panic!("{asked:?}") };
    assert_eq!(*request, shown);
}

#[test]
fn what_changed_since_it_was_shown_is_shown_again_before_it_is_sent() {
    let mut talk = Talk::new();
    talk.says("sam", "introduce @alex:example.org for career advice: How did you begin?");
    talk.says("sam", "no");
    "w2".clone_into(&mut talk.settings.versions.wording);
    assert_eq!(talk.says("sam", "send"), ["changed-since", "preview"]);
    assert_eq!(talk.hears("alex"), [""; 0]);
    assert_eq!(talk.says("sam", "send"), ["sent"]);
}

/// The messages to the requester with their times, from asking until long after.
fn requester_sees(talk: &mut Talk, to: &str, meanwhile: impl FnOnce(&mut Talk)) -> Vec<(u64, String)> {
    let mut seen = vec![];
    let look = |talk: &mut Talk, seen: &mut Vec<(u64, String)>| {
        let at = START.until(talk.now).as_millis();
        seen.extend(talk.hears_whole("sam").into_iter().map(|(_, say)| (at, format!("{:?}", say.wording()))));
    };
    talk.says("sam", &format!("introduce @{to}:example.org for career advice: How did you begin?"));
    talk.says("sam", "no");
    talk.types("sam", "send");
    look(talk, &mut seen);
    meanwhile(talk);
    for day in 1..=30 {
        talk.until(START.after(Span::from_days(day)));
        look(talk, &mut seen);
        talk.says("sam", "requests");
        talk.types("sam", "requests");
        look(talk, &mut seen);
    }
    // A second request afterwards fares the same.
    seen.extend(talk.says("sam", &format!("introduce @{to}:example.org")).iter().map(|id| (0, (*id).to_owned())));
    seen
}

/// The room is made and the addressee invited; the requester's own account turns the porter's invitation away.
fn turned_away_by_the_requester(talk: &mut Talk) {
    let room = lodge_core::introduction::Venue("!r".to_owned());
    for performed in [Performed::RoomMade(room), Performed::Done, Performed::Blocked] {
        let [act] = &talk.acts()[..] else { panic!("one thing is done after the other") };
        talk.input(Input::Performed(act.clone(), performed));
    }
    let closes: Vec<Act> = talk.acts();
    assert!(matches!(closes[..], [Act::Remove(..), Act::Remove(..), Act::Leave(..)]), "{closes:?}");
}

#[test]
fn i03_who_turns_invitations_away_cannot_ask_again_at_once_to_learn_of_the_next_yes() {
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    talk.says("alex", "yes");
    turned_away_by_the_requester(&mut talk);
    talk.says("sam", "withdraw");
    let later = talk.now.after(talk.settings.settle);
    talk.until(later);
    talk.forget();
    let again = talk.asks("sam", "alex");
    assert_eq!(*talk.stage(again), Stage::Waiting(Side::Quiet(Quiet::TooSoon)));
    assert_eq!(talk.hears("alex"), [""; 0]);
}

#[test]
fn i03_a_room_that_is_not_open_by_the_deadline_does_not_make_the_answer_late() {
    for performed in [vec![], vec![Performed::RoomMade(lodge_core::introduction::Venue("!r".to_owned()))]] {
        let mut talk = Talk::new();
        let id = talk.asks("sam", "alex");
        let deadline = talk.state.introduction(id).unwrap().deadline;
        talk.until(Timestamp::from_millis(deadline.as_millis() - 1000));
        talk.forget();
        assert_eq!(talk.says("alex", "yes"), ["yes-recorded"]);
        for performed in performed {
            let [act] = &talk.acts()[..] else { panic!("one thing is done after the other") };
            talk.input(Input::Performed(act.clone(), performed));
        }
        talk.until(deadline);
        assert_eq!(talk.hears("sam"), ["no-introduction"]);
        assert_eq!(talk.hears("alex"), ["room-failed"]);
        talk.perform();
        assert_eq!(talk.hears("sam"), [""; 0]);
    }
}

#[test]
fn i03_what_an_addressee_does_when_the_deadline_is_due_brings_the_answer_no_sooner() {
    let mut talk = Talk::new();
    let id = talk.asks("sam", "alex");
    talk.hears("sam");
    // The hub was down at the deadline, and hears first the words from meanwhile.
    talk.now = talk.state.introduction(id).unwrap().deadline.after(Span::from_days(1));
    assert_eq!(talk.says("alex", "no"), ["asked", "no-recorded"]);
    assert_eq!(talk.hears("sam"), [""; 0], "what else is due to them may come first");
    let now = talk.now;
    talk.until(now);
    assert_eq!(talk.hears("sam"), ["no-introduction"]);
}

#[test]
fn i03_a_no_silence_and_an_unknown_address_are_one_answer() {
    let silence = requester_sees(&mut Talk::new(), "alex", |_| {});
    let told_at: Vec<u64> =
        silence.iter().filter(|(_, what)| what.contains("no-introduction")).map(|(at, _)| *at).collect();
    assert!(told_at.first() >= Some(&Span::from_days(14).as_millis()), "{told_at:?}");
    let declined = requester_sees(&mut Talk::new(), "alex", |talk| {
        assert_eq!(talk.says("alex", "no"), ["asked", "no-recorded"]);
    });
    assert_eq!(declined, silence);
    let gone = requester_sees(&mut Talk::new(), "alex", |talk| {
        let without_alex = people().into_iter().filter(|person| person.address != address("alex"));
        talk.input(Input::Roster(Roster::whole(without_alex)));
    });
    assert_eq!(gone, silence);
    let blocked = requester_sees(&mut Talk::new(), "alex", |talk| {
        talk.says("alex", "yes");
        let [create] = &talk.acts()[..] else { panic!("one room is created") };
        let room = lodge_core::introduction::Venue("!r".to_owned());
        talk.input(Input::Performed(create.clone(), Performed::RoomMade(room)));
        let [invite] = &talk.acts()[..] else { panic!("one is invited first") };
        talk.input(Input::Performed(invite.clone(), Performed::Blocked));
        assert_eq!(talk.hears("alex").last(), Some(&"you-block"));
    });
    assert_eq!(blocked, silence);
    let own_blocks = requester_sees(&mut Talk::new(), "alex", |talk| {
        talk.says("alex", "yes");
        turned_away_by_the_requester(talk);
        assert_eq!(talk.hears("alex").last(), Some(&"room-failed"), "they are not put out without a word");
        assert_eq!(talk.says("alex", "yes"), ["nothing-to-answer"]);
    });
    assert_eq!(own_blocks, silence, "who turns invitations away does not learn of a yes by it");
    for to in ["nobody", "ivy"] {
        let other = requester_sees(&mut Talk::new(), to, |_| {});
        let renamed: Vec<_> =
            other.into_iter().map(|(at, what)| (at, what.replace(&format!("@{to}"), "@alex"))).collect();
        assert_eq!(renamed, silence, "{to}");
    }
}

#[test]
fn the_addressee_is_reminded_twice_and_then_left_alone() {
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    talk.hears("alex");
    talk.until(START.after(Span::from_days(40)));
    assert_eq!(talk.hears("alex"), ["reminder", "reminder"]);
    assert_eq!(talk.says("alex", "yes"), ["nothing-to-answer"]);
    assert_eq!(talk.hears("sam"), ["no-introduction"]);
}

#[test]
fn several_requests_are_answered_by_number_or_by_reply() {
    let mut talk = Talk::new();
    let first = talk.asks("sam", "alex");
    let second = talk.asks("noor", "alex");
    let asked = talk.hears_whole("alex");
    assert_eq!(talk.says("alex", "yes"), ["which-one"]);
    assert_eq!(talk.says("alex", "yes 7"), ["no-such-number"]);
    assert_eq!(talk.says("alex", "no 2"), ["no-recorded"]);
    assert_eq!(*talk.stage(second), Stage::Waiting(Side::Quiet(Quiet::Declined)));
    assert_eq!(talk.says_as("alex", "yes", Reply::To(asked[0].0), Proof::Proven), ["yes-recorded"]);
    assert!(matches!(talk.stage(first), Stage::Opening { .. }));
}

#[test]
fn i07_words_for_one_stranger_by_reply_to_what_they_asked_are_never_part_of_a_request_to_another() {
    let request = "introduce @robin:example.org for career advice";
    for (known, words) in [(false, "ask Which year are you in?"), (true, "no because I am on leave"), (true, "ask me")]
    {
        let mut talk = Talk::new();
        talk.asks("sam", "alex");
        talk.hears("alex");
        talk.says("sam", "withdraw");
        talk.says("alex", request);
        if known {
            talk.says("alex", "we met at the law fair");
        }
        let before = talk.state.member(talk.id("alex")).unwrap().dialogue.draft.clone();
        talk.says_as("alex", words, Reply::Elsewhere, Proof::Proven);
        assert!(before.is_some(), "{words}");
        assert_eq!(talk.state.member(talk.id("alex")).unwrap().dialogue.draft, before, "{words}");
        let next: [&str; 1] = if known { ["preview"] } else { ["ask-message"] };
        let text = if known { "How did you begin?" } else { "no" };
        assert_eq!(
            talk.says_as("alex", text, Reply::Elsewhere, Proof::Proven),
            next,
            "a reply to the draft's question"
        );
    }
}

#[test]
fn i07_an_answer_to_something_else_is_no_answer() {
    let mut talk = Talk::new();
    let old = talk.asks("sam", "alex");
    let asked_before = talk.hears_whole("alex")[0].0;
    assert_eq!(talk.says("alex", "report"), ["report-recorded"]);
    let open = talk.asks("noor", "alex");
    talk.hears("alex");
    assert_eq!(talk.says_as("alex", "yes", Reply::To(asked_before), Proof::Proven), ["too-late"]);
    assert_eq!(talk.says_as("alex", "yes", Reply::Elsewhere, Proof::Proven), ["which-one"]);
    assert_eq!(talk.says("alex", "yes but only in spring"), ["do-you-mean"]);
    for id in [old, open] {
        assert!(matches!(talk.stage(id), Stage::Waiting(_)));
    }
}

#[test]
fn i07_a_word_from_a_device_that_is_not_theirs_is_no_consent() {
    let mut talk = Talk::new();
    let id = talk.asks("sam", "alex");
    talk.hears("alex");
    assert_eq!(talk.says_as("alex", "yes", Reply::None, Proof::Unproven), ["device-unknown"]);
    assert_eq!(*talk.stage(id), Stage::Waiting(Side::Asked));
    talk.says("noor", "introduce @robin:example.org for career advice: How did you begin?");
    talk.says("noor", "no");
    assert_eq!(talk.says_as("noor", "send", Reply::None, Proof::Unproven), ["device-unknown"]);
    assert_eq!(talk.hears("robin"), [""; 0]);
}

#[test]
fn a_question_of_the_draft_is_not_taken_for_a_request_that_waits() {
    let mut talk = Talk::new();
    let id = talk.asks("sam", "alex");
    talk.hears("alex");
    talk.says("alex", "introduce @robin:example.org for career advice: May I ask you something?");
    assert_eq!(talk.says("alex", "no"), ["preview"], "do you know each other? no");
    assert_eq!(*talk.stage(id), Stage::Waiting(Side::Asked));
    assert_eq!(talk.says("alex", "no"), ["draft-waits"], "it was the draft that was shown last");
    assert_eq!(*talk.stage(id), Stage::Waiting(Side::Asked));
    assert_eq!(talk.says("alex", "1 no"), ["no-recorded"]);
}

#[test]
fn a09_what_the_requester_may_not_do_is_told_at_once() {
    let mut talk = Talk::new();
    assert_eq!(talk.says("sam", "introduce alex"), ["not-an-address"]);
    assert_eq!(talk.says("sam", "introduce @sam:example.org"), ["not-that-one"]);
    assert_eq!(talk.says("sam", "introduce @porter:example.org"), ["not-that-one"]);
    talk.asks("sam", "alex");
    assert_eq!(talk.says("sam", "introduce @alex:example.org"), ["already-waiting"]);
    talk.asks("sam", "robin");
    talk.asks("sam", "noor");
    assert_eq!(talk.says("sam", "introduce @erin:example.org"), ["too-many-waiting"]);
    assert_eq!(talk.says("ivy", "introduce @alex:example.org"), ["takes-no-part"]);
}

#[test]
fn words_out_of_place_are_answered_and_lose_nothing() {
    let mut talk = Talk::new();
    assert_eq!(talk.says("sam", "send"), ["no-draft"]);
    assert_eq!(talk.says("sam", "purple library"), ["not-understood"]);
    assert_eq!(talk.says("sam", "yes"), ["nothing-to-answer"]);
    assert_eq!(talk.says("sam", "again"), ["nothing-to-answer"]);
    talk.says("sam", "introduce @alex:example.org for career advice");
    assert_eq!(talk.says("sam", "send"), ["ask-known-how"]);
    talk.says("sam", "no");
    assert_eq!(talk.says("sam", &"long ".repeat(200)), ["message-too-long"]);
    assert_eq!(talk.says("sam", "Dear Alex, how did you begin?"), ["preview"]);
    assert_eq!(talk.says("sam", "hmm"), ["draft-waits"]);
    assert_eq!(talk.says("sam", "add phone"), ["field-empty"]);
    assert_eq!(talk.says("sam", "hide name"), ["name-comes-with-request"]);
    assert_eq!(talk.says("sam", "hide id"), ["id-comes-with-room"]);
    assert_eq!(talk.says("sam", "change"), ["ask-message"]);
    assert_eq!(talk.says("sam", "Dear Alex, may I ask how you began?"), ["preview"]);
    assert_eq!(talk.says("sam", "cancel"), ["draft-dropped"]);
}

#[test]
fn who_lost_a_device_is_asked_again() {
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    talk.asks("noor", "alex");
    talk.hears("alex");
    assert_eq!(talk.says("alex", "again"), ["asked", "asked"]);
}

#[test]
fn a08_if_one_never_comes_both_are_told_and_the_room_is_closed() {
    let mut talk = Talk::new();
    let id = talk.asks("sam", "alex");
    talk.says("alex", "yes");
    talk.perform();
    let alex = talk.id("alex");
    talk.input(Input::CameIn(id, alex));
    talk.perform();
    talk.forget();
    talk.until(talk.now.after(Span::from_days(8)));
    assert_eq!((talk.hears("sam"), talk.hears("alex")), (vec!["not-met"], vec!["not-met"]));
    let done = talk.perform();
    assert!(matches!(done[..], [Act::Remove(..), Act::Remove(..), Act::Leave(..)]), "{done:?}");
    let again = talk.asks("sam", "alex");
    assert_eq!(*talk.stage(again), Stage::Waiting(Side::Asked), "as both were told, it can be asked afresh");
}

#[test]
fn an_invitation_turned_down_is_a_withdrawal() {
    let mut talk = Talk::new();
    let id = talk.asks("sam", "alex");
    talk.says("alex", "yes");
    talk.perform();
    talk.forget();
    let sam = talk.id("sam");
    talk.input(Input::WentOut(id, sam));
    assert!(matches!(talk.stage(id), Stage::Ended { outcome: Outcome::Withdrawn(_), .. }));
    assert_eq!((talk.hears("sam"), talk.hears("alex")), (vec![], vec!["withdrawn-by-other"]));
}

#[test]
fn what_was_not_said_yet_of_a_closed_request_is_never_said() {
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    let asked = talk.hears_whole("alex")[0].0;
    let without_alex = people().into_iter().filter(|person| person.address != address("alex"));
    talk.input(Input::Roster(Roster::whole(without_alex)));
    assert_eq!(talk.last.cancelled, [asked]);
}

#[test]
fn i07_words_answer_only_what_stood_before_them() {
    let mut talk = Talk::new();
    talk.held_back = Some(vec![]);
    talk.says("sam", "introduce @alex:example.org for career advice: How did you begin?");
    assert_eq!(talk.says("sam", "no"), ["not-asked-yet"], "how they know each other was not asked yet");
    assert_eq!(talk.says("sam", "no"), [""; 0], "it is said once");
    talk.show_held_back();
    assert_eq!(talk.says("sam", "no"), ["preview"]);
    talk.held_back = Some(vec![]);
    talk.says("sam", "drafts");
    talk.show_held_back();
    assert_eq!(talk.says("sam", "send"), ["sent"]);
}

#[test]
fn i07_nothing_is_sent_or_agreed_to_before_it_shows() {
    let mut talk = Talk::new();
    talk.says("sam", "introduce @alex:example.org for career advice: How did you begin?");
    talk.held_back = Some(vec![]);
    talk.says("sam", "no");
    assert_eq!(talk.says("sam", "send"), ["not-asked-yet"], "the preview does not show yet");
    assert_eq!(talk.hears("alex"), [""; 0]);
    talk.show_held_back();
    talk.held_back = Some(vec![]);
    assert_eq!(talk.says("sam", "send"), ["sent"]);
    let id = talk.newest().id;
    assert_eq!(talk.hears("alex"), ["asked"]);
    for answer in
        ["yes", "1 yes", "yes with email", "no because I am away", "ask What about?", "later tomorrow", "ignore"]
    {
        let heard = talk.says("alex", answer);
        assert!(heard == ["not-asked-yet"] || heard.is_empty(), "{answer}: {heard:?}");
        assert_eq!(*talk.stage(id), Stage::Waiting(Side::Asked), "{answer}");
    }
    assert_eq!(talk.says("alex", "report this is odd"), ["nothing-to-report"]);
    talk.show_held_back();
    assert_eq!(talk.says("alex", "1 yes"), ["yes-recorded"]);
}

#[test]
fn i07_a_prompt_whose_saying_was_given_up_is_not_open() {
    let mut talk = Talk::new();
    talk.held_back = Some(vec![]);
    let (sam, alex) = (talk.id("sam"), talk.id("alex"));
    let _ = sam;
    talk.show_held_back();
    talk.says("sam", "introduce @alex:example.org for career advice: How did you begin?");
    talk.says("sam", "no");
    talk.held_back = Some(vec![]);
    talk.says("sam", "send");
    let (asked, _) = talk.hears_whole("alex")[0].clone();
    talk.held_back = None;
    talk.input(Input::Unsaid(alex, asked));
    assert_eq!(talk.says("alex", "yes"), ["nothing-to-answer"]);
    assert_eq!(talk.says("alex", "1 yes"), ["not-asked-yet"]);
    // The reminder is the first that they hear of it, so it shows all.
    talk.until(START.after(Span::from_days(6)));
    assert_eq!(talk.hears("alex"), ["asked"]);
    assert_eq!(talk.says("alex", "yes"), ["yes-recorded"]);
}
