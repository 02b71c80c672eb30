//! Every stage of an introduction with everything that can happen to it, as one table to be read.

use std::fmt::Write;

use lodge_core::id::Ids;
use lodge_core::introduction::{
    Follow, Happening, Here, Introduction, Opening, Outcome, Party, Quiet, RoomRef, Side, Stage, turn,
};

use crate::talk::{START, Talk};

fn accepted() -> Introduction {
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    talk.says("alex", "yes");
    talk.newest().clone()
}

fn stages(introduction: &Introduction) -> Vec<(&'static str, Stage)> {
    let Stage::Opening { yes, .. } = introduction.stage.clone() else { panic!("{introduction:?}") };
    let room = RoomRef("!room".to_owned());
    let opening = |room| Stage::Opening { yes: yes.clone(), room };
    let addressee = Here::from([Party::Addressee]);
    let requester = Here::from([Party::Requester]);
    vec![
        ("sent", Stage::Waiting(Side::Sent)),
        ("asked", Stage::Waiting(Side::Asked)),
        ("declined", Stage::Waiting(Side::Quiet(Quiet::Declined))),
        ("reported", Stage::Waiting(Side::Quiet(Quiet::Reported))),
        ("creating", opening(Opening::Creating)),
        ("inviting addressee", opening(Opening::InvitingAddressee(room.clone(), Here::new()))),
        ("inviting requester", opening(Opening::InvitingRequester(room.clone(), Here::new()))),
        ("inviting requester, addressee in", opening(Opening::InvitingRequester(room.clone(), addressee.clone()))),
        ("inviting requester, who is in", opening(Opening::InvitingRequester(room.clone(), requester))),
        ("invited", Stage::Invited { yes: yes.clone(), room: room.clone(), here: Here::new() }),
        ("invited, addressee in", Stage::Invited { yes: yes.clone(), room: room.clone(), here: addressee }),
        ("met", Stage::Met { yes, room, at: START }),
        ("ended", Stage::Ended { outcome: Outcome::NoIntroduction, at: START }),
    ]
}

fn happenings(introduction: &Introduction) -> Vec<Happening> {
    let Stage::Opening { yes, .. } = introduction.stage.clone() else { panic!("{introduction:?}") };
    let both = [Party::Addressee, Party::Requester];
    let mut all = vec![Happening::Brought, Happening::Yes(yes)];
    all.extend([Quiet::Declined, Quiet::Reported].map(Happening::Quiet));
    all.push(Happening::NoBecause("busy".to_owned()));
    all.extend(both.map(Happening::Withdrawn));
    all.extend(both.map(Happening::Gone));
    all.push(Happening::RoomMade(RoomRef("!room".to_owned())));
    all.extend(both.map(Happening::Invited));
    all.extend(both.map(Happening::Blocked));
    all.push(Happening::RoomFailed);
    all.extend(both.map(Happening::Joined));
    all.extend(both.map(Happening::Left));
    all.extend([Happening::Deadline, Happening::JoinTimeOver, Happening::WentBack]);
    all
}

fn in_short(text: &str) -> String {
    // A consent is long and the same everywhere in the table.
    let start = text.find("Consent {");
    match start {
        Some(start) => {
            let mut depth = 0;
            let end = text[start..].char_indices().find_map(|(at, c)| {
                depth += i32::from(c == '{') - i32::from(c == '}');
                (c == '}' && depth == 0).then_some(start + at + 1)
            });
            in_short(&format!("{}yes{}", &text[..start], &text[end.unwrap_or(text.len())..]))
        }
        None => text.to_owned(),
    }
}

#[test]
fn every_stage_with_everything_that_can_happen() {
    let introduction = accepted();
    let mut table = String::new();
    for (name, stage) in stages(&introduction) {
        writeln!(table, "{name}").unwrap();
        for happening in happenings(&introduction) {
            let label = in_short(&format!("{happening:?}"));
            match turn(&stage, happening, START) {
                None => writeln!(table, "  {label:<28} -").unwrap(),
                Some((next, follow)) => {
                    writeln!(table, "  {label:<28} {}", in_short(&format!("{next:?}"))).unwrap();
                    for follow in follow {
                        writeln!(table, "  {:<28}   then {follow:?}", "").unwrap();
                    }
                }
            }
        }
    }
    insta::assert_snapshot!(table);
}

/// Whatever order things happen in, what can be told follows the rule of one answer and a room is asked for once.
#[test]
fn no_order_of_happenings_tells_early_or_opens_twice() {
    use proptest::prelude::*;
    let introduction = accepted();
    let happenings = happenings(&introduction);
    let count = happenings.len();
    proptest!(ProptestConfig::with_cases(2000), |(order in proptest::collection::vec(0..count, 1..30))| {
        let mut stage = Stage::Waiting(Side::Asked);
        let (mut rooms, mut told, mut deadline, mut invited_both) = (0, 0, false, false);
        for index in order {
            let happening = happenings[index].clone();
            deadline |= happening == Happening::Deadline;
            let Some((next, follow)) = turn(&stage, happening, START) else { continue };
            stage = next;
            for follow in follow {
                rooms += i32::from(follow == Follow::CreateRoom);
                invited_both |= follow == Follow::TellBoth;
                told += i32::from(follow == Follow::TellBoth || follow == Follow::TellNoIntroduction);
                prop_assert!(deadline || follow != Follow::TellNoIntroduction, "the one answer came early");
                prop_assert!(invited_both || !matches!(follow, Follow::LeaveThemToIt(_)));
            }
        }
        prop_assert!(rooms <= 1 && told <= 1, "rooms {rooms}, told {told}");
    });
}

#[test]
fn ids_are_drawn_from_the_seed_alone() {
    let mut first = Ids::from_seed([3; 32]);
    let mut second = Ids::from_seed([3; 32]);
    let drawn: (lodge_core::id::EffectId, lodge_core::id::EffectId) = (first.draw(), second.draw());
    assert_eq!(drawn.0, drawn.1);
}
