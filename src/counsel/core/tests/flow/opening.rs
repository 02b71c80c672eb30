//! The room of two.

use lodge_counsel_core::case::{Opening, Stage};
use lodge_counsel_core::effect::Act;
use lodge_counsel_core::input::{Input, Performed};
use lodge_counsel_core::say::Say;
use lodge_ground::venue::Venue;

use crate::talk::Talk;

/// A case that Kim has claimed, whose room exists and whose client is invited.
fn claimed() -> Talk {
    let mut talk = Talk::new();
    talk.asks("sam");
    talk.types("kim", "claim");
    talk.perform();
    talk.forget();
    talk
}

fn comes(talk: &mut Talk, name: &str) {
    let (case, person) = (talk.case("sam").id, talk.id(name));
    talk.input(Input::CameIn(case, person));
}

fn goes(talk: &mut Talk, name: &str) {
    let (case, person) = (talk.case("sam").id, talk.id(name));
    talk.input(Input::WentOut(case, person));
}

#[test]
fn the_client_comes_in_first_then_the_counsellor_then_speech_and_the_service_is_gone() {
    let mut talk = Talk::new();
    talk.asks("sam");
    talk.types("kim", "claim");
    let (id, sam, kim) = (talk.case("sam").id, talk.id("sam"), talk.id("kim"));
    let room = || Venue(format!("!{id}"));
    assert_eq!(talk.perform(), [Act::MakeRoom(id, kim), Act::Invite(id, room(), sam)]);
    comes(&mut talk, "kim");
    assert_eq!(talk.perform(), [], "nobody comes in before their time");
    comes(&mut talk, "sam");
    assert_eq!(talk.perform(), [Act::Note(id, room(), Say::FirstHere), Act::Invite(id, room(), kim)]);
    comes(&mut talk, "kim");
    assert_eq!(
        talk.perform(),
        [Act::Note(id, room(), Say::OpeningNote), Act::OpenSpeech(id, room()), Act::Leave(id, room())]
    );
    assert_eq!(*talk.stage(id), Stage::Open { counsellor: kim, room: room() });
    talk.forget();
    goes(&mut talk, "sam");
    comes(&mut talk, "kim");
    talk.days(400);
    assert!(talk.last.effects.is_empty() && talk.hears("sam").is_empty(), "what goes on there is theirs");
}

#[test]
fn if_one_does_not_come_in_or_goes_both_read_the_same_and_the_room_is_empty() {
    let ends: [fn(&mut Talk); 6] = [
        |talk| talk.days(4),
        |talk| {
            comes(talk, "sam");
            talk.days(4);
        },
        |talk| goes(talk, "sam"),
        |talk| {
            comes(talk, "sam");
            goes(talk, "kim");
        },
        |talk| talk.types("sam", "close"),
        |talk| talk.types("kim", "close"),
    ];
    for (at, end) in ends.into_iter().enumerate() {
        let mut talk = claimed();
        let id = talk.case("sam").id;
        end(&mut talk);
        assert_eq!((talk.hears("sam"), talk.hears("kim")), (vec!["not-met"], vec!["counsellor-not-met"]), "{at}");
        let done = talk.perform();
        for name in ["sam", "kim"] {
            let person = talk.id(name);
            assert!(done.iter().any(|act| matches!(act, Act::Remove(_, _, one) if *one == person)), "{at}: {name}");
        }
        assert!(matches!(done.last(), Some(Act::Leave(..))), "{at}: {done:?}");
        assert_eq!(talk.state.case(id), None);
        assert_eq!(talk.says("sam", "hello"), ["help", "ask-whom"], "{at}: they can ask again");
    }
}

#[test]
fn a_room_that_is_not_as_it_should_be_is_nobodys() {
    let mut talk = Talk::new();
    talk.asks("sam");
    talk.types("kim", "claim");
    talk.forget();
    let making = talk.acts().remove(0);
    talk.input(Input::Performed(making.clone(), Performed::Refused));
    assert_eq!((talk.hears("sam"), talk.hears("kim")), (vec!["not-opened"], vec!["counsellor-not-opened"]));
    assert_eq!(talk.state.cases().count(), 0);
    // It was made after all: it is left, and nobody is invited.
    talk.input(Input::Performed(making, Performed::RoomMade(Venue("!late".to_owned()))));
    assert!(matches!(&talk.acts()[..], [Act::Leave(..)]));
}

#[test]
fn an_invitation_that_is_turned_away_ends_it() {
    let mut talk = Talk::new();
    talk.asks("sam");
    talk.types("kim", "claim");
    let making = talk.acts().remove(0);
    let id = talk.case("sam").id;
    talk.input(Input::Performed(making, Performed::RoomMade(Venue("!1".to_owned()))));
    talk.forget();
    assert_eq!(talk.acts().len(), 1);
    let invitation = Act::Invite(id, Venue("!1".to_owned()), talk.id("sam"));
    talk.input(Input::Performed(invitation, Performed::Refused));
    assert_eq!(talk.hears("sam"), ["not-opened"]);
    assert!(matches!(talk.acts().last(), Some(Act::Leave(..))));
}

#[test]
fn while_the_room_is_on_its_way_it_can_be_left_but_nothing_is_arranged() {
    let mut talk = claimed();
    assert!(matches!(talk.case("sam").stage, Stage::Opening { room: Opening::Client(_), .. }));
    for text in ["time tomorrow 14:00", "cancel time", "left", "withdraw"] {
        assert_eq!(talk.says("sam", text), ["none-open"], "{text}");
    }
    for text in ["time tomorrow 14:00", "cancel time", "left", "hand over", "yes"] {
        assert_eq!(talk.says("kim", text), ["counsellor-no-such-case"], "{text}");
    }
}

#[test]
fn a_conversation_counts_for_its_month_and_no_longer_exactly_once_it_is_over() {
    let mut talk = Talk::new();
    for name in ["sam", "robin", "alex"] {
        talk.opens(name, "kim");
    }
    talk.days(60);
    talk.types("kim", "cases");
    let months: Vec<u32> = talk.state.tally().months().iter().map(|(_, count)| *count).collect();
    assert_eq!(months, [5]);
}
