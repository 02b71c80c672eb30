//! Between "send" and the addressee: a few seconds in which nothing tells whom somebody asked for.

use lodge_core::effect::Act;
use lodge_core::input::Input;
use lodge_core::introduction::{Outcome, Party, Quiet, Side, Stage};
use lodge_core::people::member::Role;
use lodge_core::people::roster::Roster;
use lodge_core::time::{Span, Timestamp};

use crate::talk::{Talk, people, person};

/// A service that brings requests five to ten seconds after they were sent.
fn talk() -> Talk {
    let mut talk = Talk::new();
    talk.settings.bring_after = Span::from_millis(5_000);
    talk
}

fn wait(talk: &mut Talk, seconds: u64) {
    let until = talk.now.after(Span::from_millis(seconds * 1_000));
    talk.until(until);
}

#[test]
fn i03_sending_does_the_same_whoever_is_named() {
    let sent = |prepare: fn(&mut Talk), to: &str| {
        let mut talk = talk();
        prepare(&mut talk);
        talk.forget();
        talk.acts();
        talk.asks("sam", to);
        assert_eq!(talk.hears("alex"), [""; 0]);
        let step = talk.last.clone();
        let told: Vec<bool> = step.effects.iter().map(|effect| matches!(effect.act, Act::Tell(..))).collect();
        let changed = &step.changes;
        (
            told,
            step.noted.len(),
            changed.members.len(),
            changed.introductions.len(),
            changed.timers.len(),
            changed.marks.len(),
        )
    };
    let nothing: fn(&mut Talk) = |_| {};
    let member = sent(nothing, "alex");
    assert_eq!(member, sent(nothing, "nobody"), "nobody of that name");
    assert_eq!(member, sent(nothing, "ivy"), "somebody who takes no part");
    assert_eq!(member, sent(nothing, "kim-quiet"), "somebody who counsels");
    assert_eq!(member, sent(|talk| talk.types("alex", "block @sam:example.org"), "alex"), "somebody who blocks");
    assert_eq!(member, sent(|talk| talk.types("alex", "pause for 3 weeks"), "alex"), "somebody who pauses");
    assert_eq!(member.0, [true], "the requester is told, and nothing else is done");
}

#[test]
fn a_request_is_brought_within_twice_the_time_and_not_before() {
    let mut moments = std::collections::BTreeSet::new();
    for _ in 0..3 {
        let mut talk = talk();
        for to in ["alex", "robin"] {
            let id = talk.asks("sam", to);
            let sent_at = talk.now;
            talk.hears(to);
            wait(&mut talk, 4);
            assert_eq!((talk.hears(to), talk.stage(id)), (vec![], &Stage::Waiting(Side::Sent)));
            let brought = brought(&mut talk, to);
            let after = sent_at.until(brought).as_millis();
            assert!((5_000..=10_000).contains(&after), "{after}");
            moments.insert(after);
            assert_eq!(*talk.stage(id), Stage::Waiting(Side::Asked));
        }
    }
    assert!(moments.len() > 1, "the moment is left to chance: {moments:?}");
}

/// The moment at which they are asked.
fn brought(talk: &mut Talk, who: &str) -> Timestamp {
    let (due, _) = talk.state.next_due().unwrap();
    talk.until(due);
    assert_eq!(talk.hears(who), ["asked"]);
    due
}

#[test]
fn i08_a_request_that_is_taken_back_on_its_way_was_never_seen() {
    let mut talk = talk();
    let id = talk.asks("sam", "alex");
    talk.forget();
    talk.types("sam", "withdraw");
    assert_eq!(*talk.stage(id), Stage::Ended { outcome: Outcome::Withdrawn(Party::Requester), at: talk.now });
    wait(&mut talk, 60);
    assert_eq!(talk.hears("alex"), [""; 0]);
    assert_eq!(talk.hears("sam"), ["withdrawn"]);
    assert!(talk.acts().is_empty(), "there is nothing to take back");
    let again = talk.asks("sam", "alex");
    wait(&mut talk, 10);
    assert_eq!(*talk.stage(again), Stage::Waiting(Side::Asked), "a mistake can be put right");
}

#[test]
fn i03_somebody_who_blocks_or_pauses_or_goes_while_it_is_on_its_way_is_not_asked() {
    for why in [Quiet::Blocked, Quiet::NotTaking, Quiet::Gone] {
        let mut talk = talk();
        let id = talk.asks("sam", "alex");
        if why == Quiet::Gone {
            let others = people().into_iter().filter(|person| person.name.as_str() != "alex");
            talk.input(Input::Roster(Roster::whole(others)));
        } else {
            let words = if why == Quiet::Blocked { "block @sam:example.org" } else { "pause for 3 weeks" };
            talk.types("alex", words);
        }
        talk.forget();
        wait(&mut talk, 10);
        assert_eq!(*talk.stage(id), Stage::Waiting(Side::Quiet(why)));
        assert!(!talk.hears("alex").contains(&"asked"));
        assert_eq!(talk.hears("sam"), [""; 0]);
    }
}

#[test]
fn i03_somebody_who_joins_while_a_request_to_their_address_is_on_its_way_is_not_asked() {
    let mut talk = talk();
    let id = talk.asks("sam", "newcomer");
    let all = people().into_iter().chain([person("newcomer", Role::Alumnus, &[])]);
    talk.input(Input::Roster(Roster::whole(all)));
    talk.types("newcomer", "agree");
    talk.forget();
    wait(&mut talk, 10);
    assert_eq!(*talk.stage(id), Stage::Waiting(Side::Quiet(Quiet::NotAMember)));
    assert_eq!(talk.hears("newcomer"), [""; 0]);
}
