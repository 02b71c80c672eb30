//! Every stage of an introduction with everything that can happen to it, as one table to be read.

use std::fmt::Write;

use lodge_core::consent::Consent;
use lodge_core::id::Ids;
use lodge_core::introduction::{
    Consequence, Happening, Here, Introduction, Known, Opening, Outcome, Party, Quiet, Side, Stage, Venue, transition,
};
use lodge_core::time::Timestamp;

use crate::talk::{START, Talk};

fn accepted() -> Introduction {
    let mut talk = Talk::new();
    talk.asks("sam", "alex");
    talk.says("alex", "yes");
    talk.newest().clone()
}

fn stages(introduction: &Introduction) -> Vec<(&'static str, Stage)> {
    let Stage::Opening { yes, .. } = introduction.stage.clone() else { panic!("{introduction:?}") };
    let room = Venue("!room".to_owned());
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
    all.push(Happening::RoomMade(Venue("!room".to_owned())));
    all.extend(both.map(Happening::Invited));
    all.extend(both.map(Happening::Blocked));
    all.push(Happening::RoomFailed);
    all.extend(both.map(Happening::Joined));
    all.extend(both.map(Happening::Left));
    all.extend([Happening::Deadline, Happening::JoinTimeOver, Happening::WentBack]);
    all
}

/// The legend of the signs in the table's cells.
const SIGNS: &str = "\
·  nothing happens    =  the stage stays    a r  the addressee, the requester    {a}  who is in the room
0 1 2  to somebody who knew of nothing, of the invitations, of the meeting

Q  the addressee is asked                  C  the room is created
Y  their yes is confirmed                  I  somebody is invited
N  their answer is confirmed               D  both are told, with what each agreed to show
R  their reason is passed on               L  the opening note, speech, and the porter leaves
T  they hear that it was taken back        X  the room is closed
K  they hear that they turn invitations away   G  whoever came first hears that the porter waits
F  they hear that the room failed          B  what was shown to somebody is taken back
O  the requester gets the one answer       A  somebody's withdrawal is acknowledged
M  both hear that they did not meet        W  somebody hears that the other withdrew
";

fn party(party: Party) -> char {
    match party {
        Party::Addressee => 'a',
        Party::Requester => 'r',
    }
}

fn known(known: Known) -> char {
    match known {
        Known::Before => '0',
        Known::Invited => '1',
        Known::Met => '2',
    }
}

fn inside(here: &Here) -> String {
    if here.is_empty() {
        String::new()
    } else {
        format!(" {{{}}}", here.iter().copied().map(party).collect::<String>())
    }
}

/// A stage in short. The yes, the room and the moment are the same everywhere in the table.
fn stage_in_short(stage: &Stage, introduction: &Introduction) -> String {
    let Stage::Opening { yes: given, .. } = &introduction.stage else { panic!("{introduction:?}") };
    let same = |yes: &Consent, room: Option<&Venue>, at: Timestamp| {
        assert!(yes == given && room.is_none_or(|room| room.0 == "!room") && at == START, "{stage:?}");
    };
    match stage {
        Stage::Waiting(Side::Sent) => "sent".to_owned(),
        Stage::Waiting(Side::Asked) => "asked".to_owned(),
        Stage::Waiting(Side::Quiet(why)) => format!("{why:?}"),
        Stage::Opening { yes, room } => {
            let (short, room, here) = match room {
                Opening::Creating => ("creating", None, &Here::new()),
                Opening::InvitingAddressee(room, here) => ("inviting a", Some(room), here),
                Opening::InvitingRequester(room, here) => ("inviting r", Some(room), here),
            };
            same(yes, room, START);
            format!("{short}{}", inside(here))
        }
        Stage::Invited { yes, room, here } => {
            same(yes, Some(room), START);
            format!("invited{}", inside(here))
        }
        Stage::Met { yes, room, at } => {
            same(yes, Some(room), *at);
            "met".to_owned()
        }
        Stage::Ended { outcome, at } => {
            same(given, None, *at);
            match outcome {
                Outcome::NoIntroduction => "ended".to_owned(),
                Outcome::Withdrawn(by) => format!("ended by {}", party(*by)),
                Outcome::Gone(who) => format!("ended, {} gone", party(*who)),
                Outcome::NotMet => "not met".to_owned(),
                Outcome::SaidNo => "said no".to_owned(),
            }
        }
    }
}

/// A consequence in short.
fn follow_in_short(follow: &Consequence, next: &Stage) -> String {
    let in_it = |room: &Venue, sign: String| {
        assert_eq!(room.0, "!room", "{follow:?}");
        sign
    };
    match follow {
        Consequence::Ask => "Q".to_owned(),
        Consequence::ConfirmYes => "Y".to_owned(),
        Consequence::ConfirmQuiet(why) => {
            assert_eq!(
                *next,
                Stage::Waiting(Side::Quiet(*why)),
                "another answer is confirmed than the one that counts"
            );
            "N".to_owned()
        }
        Consequence::PassOnReason(reason) => {
            assert_eq!(reason, "busy");
            "R".to_owned()
        }
        Consequence::TellTakenBack => "T".to_owned(),
        Consequence::TakeBack(from) => format!("B{}", party(*from)),
        Consequence::Acknowledge(by, from) => format!("A{}{}", party(*by), known(*from)),
        Consequence::CreateRoom => "C".to_owned(),
        Consequence::Invite(room, whom) => in_it(room, format!("I{}", party(*whom))),
        Consequence::TellBoth => "D".to_owned(),
        Consequence::GreetFirst(room) => in_it(room, "G".to_owned()),
        Consequence::LeaveThemToIt(room) => in_it(room, "L".to_owned()),
        Consequence::CloseRoom(room) => in_it(room, "X".to_owned()),
        Consequence::TellBlocked => "K".to_owned(),
        Consequence::TellRoomFailed => "F".to_owned(),
        Consequence::TellNoIntroduction => "O".to_owned(),
        Consequence::TellWithdrawn(whom, from) => format!("W{}{}", party(*whom), known(*from)),
        Consequence::TellNotMet => "M".to_owned(),
    }
}

/// The heading of a column.
fn happening_in_short(happening: &Happening) -> String {
    match happening {
        Happening::Yes(_) => "yes".to_owned(),
        Happening::Quiet(why) => format!("{why:?}"),
        Happening::NoBecause(_) => "no because".to_owned(),
        Happening::RoomMade(_) => "room made".to_owned(),
        Happening::Withdrawn(by) => format!("withdrawn {}", party(*by)),
        Happening::Gone(who) => format!("gone {}", party(*who)),
        Happening::Invited(who) => format!("invited {}", party(*who)),
        Happening::Blocked(who) => format!("blocked {}", party(*who)),
        Happening::Joined(who) => format!("joined {}", party(*who)),
        Happening::Left(who) => format!("left {}", party(*who)),
        Happening::Brought => "brought".to_owned(),
        Happening::RoomFailed => "room failed".to_owned(),
        Happening::Deadline => "deadline".to_owned(),
        Happening::JoinTimeOver => "join time over".to_owned(),
        Happening::WentBack => "store went back".to_owned(),
    }
}

/// A grid: the stages down, some happenings across.
fn grid(introduction: &Introduction, happenings: &[Happening]) -> String {
    let stages = stages(introduction);
    let names = std::iter::once(String::new()).chain(stages.iter().map(|(name, _)| (*name).to_owned()));
    let mut columns = vec![names.collect::<Vec<String>>()];
    for happening in happenings {
        let cell = |stage: &Stage| match transition(stage, happening.clone(), START) {
            None => "·".to_owned(),
            Some((next, follow)) => {
                let stays = if next == *stage { "=".to_owned() } else { stage_in_short(&next, introduction) };
                follow.iter().fold(stays, |cell, then| format!("{cell} {}", follow_in_short(then, &next)))
            }
        };
        let heading = std::iter::once(happening_in_short(happening));
        columns.push(heading.chain(stages.iter().map(|(_, stage)| cell(stage))).collect());
    }
    let width = |column: &Vec<String>| column.iter().map(|cell| cell.chars().count()).max().unwrap_or_default();
    let row = |row: usize| {
        let cells = columns.iter().map(|column| format!("{:<width$}", column[row], width = width(column)));
        cells.collect::<Vec<_>>().join(" | ").trim_end().to_owned()
    };
    (0..=stages.len()).map(row).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_stage_with_everything_that_can_happen() {
    let introduction = accepted();
    let happenings = happenings(&introduction);
    // The answer; withdrawals and departures; the room; coming and going; time.
    let mut rest = &happenings[..];
    let mut page = SIGNS.to_owned();
    for count in [5, 4, 6, 4, 3] {
        let (some, others) = rest.split_at(count);
        write!(page, "\n{}\n", grid(&introduction, some)).unwrap();
        rest = others;
    }
    assert!(rest.is_empty(), "{rest:?} stands in no grid");
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(page) });
}

/// In any order of happenings, the messages follow the rule of one answer and a room is asked for once.
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
            let Some((next, follow)) = transition(&stage, happening, START) else { continue };
            stage = next;
            for follow in follow {
                rooms += i32::from(follow == Consequence::CreateRoom);
                invited_both |= follow == Consequence::TellBoth;
                told += i32::from(follow == Consequence::TellBoth || follow == Consequence::TellNoIntroduction);
                prop_assert!(deadline || follow != Consequence::TellNoIntroduction, "the one answer came early");
                prop_assert!(invited_both || !matches!(follow, Consequence::LeaveThemToIt(_)));
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
