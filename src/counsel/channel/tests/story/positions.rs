//! Words answer only messages that stood before them in their room: those that the service has sent, is about to send,
//! or was told that it had sent.

use lodge_counsel_core::case::{About, Case};
use lodge_ground::store::Table;
use lodge_matrix::homeserver::{EventRef, Membership, RoomRef};
use lodge_matrix::news::Heard;

use crate::world::{Service, address};
use crate::{after, comes_in, heard, says, until_open};

const LINE: &str = "I would like to leave my course";

/// Sam is asked for the subject of the conversation.
fn about() -> (Service, RoomRef, RoomRef) {
    after(&["yes", "anybody"])
}

/// Sam was asked whether those who are asked may read the line.
fn showing() -> (Service, RoomRef, RoomRef) {
    after(&["yes", "anybody", LINE])
}

/// The line of each case, as those read it who are asked.
fn put_before_counsellors(service: &Service) -> Vec<Option<String>> {
    let line = |case: &Case| case.about.as_ref().and_then(About::shown).map(str::to_owned);
    service.engine().state().cases().map(line).collect()
}

/// The last messages of the service in a room, this many.
fn last(service: &Service, room: &RoomRef, count: usize) -> Vec<String> {
    let heard = heard(service, room);
    heard[heard.len() - count..].to_vec()
}

/// Nobody is asked yet; Sam is asked again, reads that, and says yes to it.
fn is_asked_again_and_says_yes(service: &mut Service, sam: &RoomRef) {
    assert_eq!(put_before_counsellors(service), []);
    assert_eq!(last(service, sam, 2), ["asked-again", "ask-showing"]);
    says(service, "sam", sam, "yes");
    assert_eq!(put_before_counsellors(service), [Some(LINE.to_owned())]);
}

#[test]
fn a_line_and_a_yes_in_one_response_put_it_before_nobody() {
    for yes in ["yes", "ok", "I agree"] {
        let (mut service, sam, kim) = about();
        let kims = heard(&service, &kim);
        service.world.say(&address("sam"), &sam, LINE);
        says(&mut service, "sam", &sam, yes);
        assert_eq!(heard(&service, &kim), kims, "{yes}");
        is_asked_again_and_says_yes(&mut service, &sam);
    }
}

#[test]
fn a_question_that_the_homeserver_has_taken_and_does_not_show_is_not_answered() {
    let (mut service, sam, _) = about();
    service.world.withhold();
    says(&mut service, "sam", &sam, LINE);
    assert_eq!(last(&service, &sam, 1), ["ask-showing"], "it was taken");
    for _ in 0..3 {
        says(&mut service, "sam", &sam, "yes");
    }
    // Its presence there is the homeserver's word alone.
    service.world.make_up();
    says(&mut service, "sam", &sam, "yes");
    assert_eq!(last(&service, &sam, 3), ["ask-showing", "asked-again", "ask-showing"], "that is said once");
    service.world.show();
    service.settle();
    is_asked_again_and_says_yes(&mut service, &sam);
}

#[test]
fn where_messages_stand_outlasts_the_service() {
    let (mut service, sam, _) = about();
    service.world.withhold();
    says(&mut service, "sam", &sam, LINE);
    service.dies_now();
    says(&mut service, "sam", &sam, "yes");
    service.world.show();
    service.settle();
    service.dies_now();
    service.settle();
    is_asked_again_and_says_yes(&mut service, &sam);

    // While it is down Sam says both, and it hears of both at once.
    let (mut service, sam, _) = about();
    service.dies_now();
    service.world.say(&address("sam"), &sam, LINE);
    says(&mut service, "sam", &sam, "yes");
    service.dies_now();
    service.settle();
    is_asked_again_and_says_yes(&mut service, &sam);
}

#[test]
fn a_message_that_waited_for_its_key_stands_where_it_stood() {
    let (mut service, sam, _) = about();
    let yes = service.world.say_sealed(&address("sam"), &sam, "yes");
    says(&mut service, "sam", &sam, LINE);
    service.dies_now();
    service.settle();
    service.unseals(yes);
    is_asked_again_and_says_yes(&mut service, &sam);

    // Something else was said before its key came, and after it.
    let (mut service, sam, _) = showing();
    let yes = service.world.say_sealed(&address("sam"), &sam, "yes");
    service.settle();
    says(&mut service, "sam", &sam, "forget me");
    service.unseals(yes);
    assert_eq!(put_before_counsellors(&service), [Some(LINE.to_owned())]);
}

#[test]
fn a_question_that_the_homeserver_refused_is_not_answered() {
    let (mut service, sam, _) = about();
    service.world.refuse(1);
    says(&mut service, "sam", &sam, LINE);
    assert_eq!(last(&service, &sam, 1), ["fault"]);
    says(&mut service, "sam", &sam, "yes");
    is_asked_again_and_says_yes(&mut service, &sam);

    // So it is with the one that puts it again: nobody waits for that.
    let (mut service, sam, _) = showing();
    service.world.refuse(2);
    service.world.reply(&address("sam"), &sam, "yes", EventRef("$other".to_owned()));
    service.settle();
    assert_eq!(last(&service, &sam, 2), ["fault", "fault"]);
    says(&mut service, "sam", &sam, "yes");
    is_asked_again_and_says_yes(&mut service, &sam);
}

#[test]
fn terms_that_do_not_show_have_no_yes() {
    let mut service = Service::new(None);
    service.settle();
    service.world.knock(&address("sam"));
    service.settle();
    service.world.withhold();
    let sam = comes_in(&mut service, "sam");
    assert_eq!(last(&service, &sam, 1), ["terms"], "they were taken");
    says(&mut service, "sam", &sam, "yes");
    let agreed = |service: &Service| {
        let state = service.engine().state();
        state.client(state.person_at(&address("sam")).unwrap()).unwrap().agreed.is_some()
    };
    service.world.show();
    service.settle();
    assert_eq!(last(&service, &sam, 3), ["terms", "asked-again", "terms"]);
    assert!(!agreed(&service));
    says(&mut service, "sam", &sam, "yes");
    assert!(agreed(&service));
}

#[test]
fn a_time_is_agreed_on_by_no_word_that_came_before_it_whichever_comes_first() {
    for (by, other) in [("sam", "kim"), ("kim", "sam")] {
        for first in [true, false] {
            let mut service = Service::new(None);
            let [sam, kim, _] = until_open(&mut service);
            let room = |who: &str| if who == "sam" { &sam } else { &kim };
            let yes = |service: &Service| service.world.say(&address(other), room(other), "yes");
            let meeting = |service: &Service| service.engine().state().cases().next().and_then(|case| case.meeting);
            if first {
                yes(&service);
            }
            service.world.say(&address(by), room(by), "time 20 December 2027 14:00");
            if !first {
                yes(&service);
            }
            service.settle();
            assert_eq!(meeting(&service), None, "{other}'s yes came before that time stood there");
            yes(&service);
            service.settle();
            assert!(meeting(&service).is_some());
        }
    }
}

#[test]
fn a_reply_is_to_what_it_replies_to() {
    let (mut service, sam, _) = about();
    let about = service.world.newest(&sam);
    says(&mut service, "sam", &sam, LINE);
    let showing = service.world.newest(&sam);
    service.world.reply(&address("sam"), &sam, "yes", about);
    service.settle();
    assert_eq!(put_before_counsellors(&service), []);
    assert_eq!(last(&service, &sam, 2), ["asked-again", "ask-showing"]);
    says(&mut service, "sam", &sam, "forget me");
    service.dies_now();
    service.world.reply(&address("sam"), &sam, "yes", showing);
    service.settle();
    assert_eq!(put_before_counsellors(&service), [Some(LINE.to_owned())]);
}

#[test]
fn a_line_that_is_taken_away_before_it_could_be_read_is_never_read_and_an_edit_is_answered() {
    let (mut service, sam, _) = about();
    let line = service.world.say_sealed(&address("sam"), &sam, LINE);
    service.settle();
    service.world.retouch(&address("kim"), &sam, line.event.clone(), Heard::Redacted);
    service.settle();
    assert_eq!(service.engine().hearing().sealed().count(), 1, "it is not Kim's to take away");
    service.world.retouch(&address("sam"), &sam, line.event.clone(), Heard::Redacted);
    service.settle();
    assert_eq!(service.engine().hearing().sealed().count(), 0);
    service.unseals(line.clone());
    service.settle();
    assert_eq!(last(&service, &sam, 2), ["first-words-stand", "ask-about"]);
    service.world.retouch(&address("sam"), &sam, line.event, Heard::Edited);
    service.settle();
    assert_eq!(last(&service, &sam, 4), ["first-words-stand", "ask-about", "first-words-stand", "ask-about"]);
}

#[test]
fn what_an_older_store_waits_for_is_answered_if_nothing_was_still_to_be_said() {
    let older = |service: &mut Service| {
        service.without(Table::Conversations, &["said", "places", "events"]);
        service.without(Table::Clients, &["question"]);
    };
    let (mut service, sam, _) = showing();
    older(&mut service);
    says(&mut service, "sam", &sam, "yes");
    assert_eq!(put_before_counsellors(&service), [Some(LINE.to_owned())]);

    // Something was said since.
    let (mut service, sam, _) = showing();
    older(&mut service);
    says(&mut service, "sam", &sam, "forget me");
    says(&mut service, "sam", &sam, "yes");
    is_asked_again_and_says_yes(&mut service, &sam);

    // The terms wait for Sam, who has not come in.
    let mut service = Service::new(None);
    service.settle();
    service.world.knock(&address("sam"));
    service.settle();
    older(&mut service);
    let [sam] = service.world.rooms_of(&address("sam"), Membership::Invited)[..].to_vec().try_into().unwrap();
    service.world.join(&address("sam"), &sam);
    says(&mut service, "sam", &sam, "yes");
    assert_eq!(last(&service, &sam, 3), ["terms", "asked-again", "terms"]);
    says(&mut service, "sam", &sam, "yes");
    assert_eq!(last(&service, &sam, 1), ["ask-whom"]);
}

#[test]
fn what_was_asked_in_a_room_that_was_given_up_is_asked_again_in_the_next() {
    for withheld in [true, false] {
        let (mut service, old, _) = showing();
        if withheld {
            service.world.withhold();
            let other = EventRef("$other".to_owned());
            service.world.reply(&address("sam"), &old, "yes", other);
            service.settle();
            assert_eq!(last(&service, &old, 2), ["asked-again", "ask-showing"]);
        }
        service.world.intrude("@\u{430}lex:example.org", &old);
        says(&mut service, "sam", &old, "forget me");
        service.world.show();
        let room = comes_in(&mut service, "sam");
        assert_eq!(last(&service, &room, 1), ["forget-how"]);
        says(&mut service, "sam", &room, "yes");
        is_asked_again_and_says_yes(&mut service, &room);
    }
}
