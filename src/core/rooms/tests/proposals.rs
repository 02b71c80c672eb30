//! Proposals of members to staff: rooms they would like, and employers' opportunities.

use lodge_core::effect::{Act, RoomAct};
use lodge_core::input::{InRoom, Proof, Reply};
use lodge_core::say::{Joining, Posted, Rooms, Say};
use lodge_core::time::Span;

use crate::rooms::{happens, id, service};
use crate::talk::START;

#[test]
fn a_suggested_room_is_made_when_the_first_of_staff_approves() {
    let mut talk = service();
    assert_eq!(talk.says("sam", "suggest room"), ["suggest-how"]);
    assert_eq!(talk.says("sam", "suggest room Pharma: working in pharma"), ["suggestion-noted"]);
    assert_eq!(talk.says("sam", "suggest room Chess: chess"), ["proposal-waits"]);
    assert_eq!(talk.hears("admin"), [""; 0]);
    for staff in ["casey", "adviser"] {
        assert_eq!(talk.hears(staff), ["room-proposed"]);
    }
    assert_eq!(talk.says("alex", "approve 1"), ["not-staff"]);
    assert_eq!(talk.says("casey", "approve 1"), ["proposal-approved"]);
    assert_eq!(talk.hears("sam"), ["suggestion-approved"]);
    assert_eq!(talk.says("adviser", "decline 1"), ["proposal-approved-before"]);
    let noted: Vec<&str> = talk.last.noted.iter().map(|noted| noted.code()).collect();
    assert_eq!(noted, [""; 0]);
    talk.perform();
    assert_eq!(talk.says("robin", "join pharma"), ["room-invitation"]);
    assert_eq!(talk.says("noor", "suggest room Pharma: the same"), ["suggestion-noted"]);
    assert_eq!(talk.hears("adviser"), ["room-proposed-taken"]);
    assert_eq!(talk.says("adviser", "approve 2"), ["room-key-taken"]);
    assert_eq!(talk.says("adviser", "decline"), ["proposal-declined"]);
    assert_eq!(talk.hears("noor"), ["suggestion-declined"]);
}

#[test]
fn what_staff_decide_is_recorded_with_who_decided() {
    let mut talk = service();
    talk.says("sam", "suggest room Pharma: working in pharma");
    talk.types("casey", "approve 1");
    let casey = talk.id("casey").to_string();
    let noted = talk.last.noted.iter().find(|noted| noted.code() == "proposal-approved").unwrap();
    assert!(noted.about().contains(&casey));
}

#[test]
fn a_quiet_room_is_warned_and_then_archived_unless_somebody_has_a_word_for_it() {
    for speaks in [false, true] {
        let mut talk = service();
        talk.says("sam", "suggest room Pharma: working in pharma");
        talk.says("casey", "approve 1");
        talk.perform();
        talk.until(START.after(Span::from_days(181)));
        let warns = |act: &Act| matches!(act, Act::Room(_, RoomAct::Post(_, Say::Posted(Posted::Quiet { .. }))));
        let warned = talk.acts().into_iter().filter(warns);
        assert_eq!(warned.count(), 1);
        if speaks {
            happens(&mut talk, "pharma", InRoom::Spoken);
        }
        talk.until(START.after(Span::from_days(200)));
        assert_eq!(talk.state.room(id("pharma")).unwrap().is_archived(), !speaks);
        assert!(!talk.state.room(id("lobby")).unwrap().is_archived(), "a declared room is never too quiet");
    }
}

#[test]
fn d06_an_employers_opportunity_is_posted_in_the_words_they_agreed_to() {
    let mut talk = service();
    assert_eq!(talk.says("sam", "opportunity: a job"), ["offer-not-theirs"]);
    assert_eq!(talk.says("firm", "opportunity: a job"), ["offer-needs-organisation"]);
    assert_eq!(talk.says("erin", "opportunity"), ["offer-how"]);
    assert_eq!(talk.says("erin", "opportunity: A summer in our archive."), ["offer-preview"]);
    assert_eq!(talk.says("erin", "send"), ["offer-sent"]);
    assert_eq!(talk.says("erin", "send"), ["no-draft"]);
    assert_eq!(talk.hears("casey"), ["offer-proposed"]);
    assert_eq!(talk.says("casey", "approve"), ["proposal-approved"]);
    assert_eq!(talk.hears("erin"), ["offer-posted"]);
    let posted = talk.acts().into_iter().find_map(|act| {
        let Act::Room(room, RoomAct::Post(_, Say::Posted(Posted::Opportunity { posting }))) = act else { return None };
        Some((room, posting))
    });
    let (room, posting) = posted.unwrap();
    assert_eq!((room, posting.giver()), (id("openings"), talk.id("erin")));
    assert_eq!(posting.offer().organisation(), "City Museum");
    assert_eq!(posting.offer().words(), "A summer in our archive.");
}

#[test]
fn an_opportunity_that_is_declined_or_let_go_is_not_posted() {
    let mut talk = service();
    talk.says("erin", "opportunity: A summer in our archive.");
    assert_eq!(talk.says("erin", "cancel"), ["draft-dropped"]);
    assert_eq!(talk.says("erin", "send"), ["no-draft"]);
    talk.says("erin", "opportunity: A summer in our archive.");
    talk.says("erin", "send");
    talk.says("adviser", "decline 1");
    assert_eq!(talk.hears("erin"), ["offer-declined"]);
    assert!(!talk.acts().iter().any(|act| matches!(act, Act::Room(_, RoomAct::Post(..)))));
}

#[test]
fn somebody_whose_offer_is_declined_for_a_reason_reads_the_reason_and_can_write_back() {
    let mut talk = service();
    talk.says("erin", "opportunity: A summer in our archive.");
    talk.says("erin", "send");
    talk.forget();
    assert_eq!(talk.says("adviser", "decline 9: please add the pay"), ["no-such-proposal"]);
    assert_eq!(talk.hears("erin"), [""; 0], "nothing is said of what is not there");
    assert_eq!(talk.says("adviser", "decline 1: please add the pay"), ["proposal-declined", "staff-told"]);
    let told = talk.hears_whole("erin");
    let [(_, Say::Rooms(Rooms::OfferDeclined)), (message, Say::Joining(Joining::StaffSay { words }))] = &told[..]
    else {
        panic!("{told:?}")
    };
    assert_eq!(words, "please add the pay");
    let answer = talk.says_as("erin", "It is 12 pounds an hour", Reply::To(*message), Proof::Proven);
    assert_eq!(answer, ["staff-asked"]);
    talk.forget();
    // A second reason changes nothing that was decided, and is brought to nobody.
    assert_eq!(talk.says("adviser", "decline 1: and the hours"), ["proposal-declined-before"]);
    assert_eq!(talk.hears("erin"), [""; 0]);
}
