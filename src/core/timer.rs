//! Moments that are waited for.

use serde::{Deserialize, Serialize};

use crate::id::{CaseId, EventId, IntroductionId, MemberId, ProposalId, RoomId, SignUpId, TimerId};
use crate::time::Timestamp;

/// A moment that is waited for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timer {
    /// The id of its row.
    pub id: TimerId,
    /// The moment at which it fires.
    pub due: Timestamp,
    /// Its purpose.
    #[serde(flatten)]
    pub wait: Wait,
}

/// The purpose of a timer, with the ids that it needs.
///
/// A row holds the name as `wait` and the ids as `of`, as rows always have. Timers of one moment fire in the order in
/// which the purposes stand here: an answer comes before a question that follows from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "wait", content = "of", rename_all = "kebab-case")]
#[expect(missing_docs, reason = "a field is named after the thing whose id it holds")]
pub enum Wait {
    /// A request is brought to the addressee.
    Bring { introduction: IntroductionId },
    /// A request comes to its deadline.
    Deadline { introduction: IntroductionId },
    /// The addressee is reminded.
    Reminder { introduction: IntroductionId },
    /// Both should be in the room by now.
    JoinBy { introduction: IntroductionId },
    /// The requester's withdrawal is acknowledged.
    Settled { introduction: IntroductionId },
    /// Both are reminded of the time at which they meet.
    Meeting { introduction: IntroductionId },
    /// One of them is reminded of the times that they can choose among.
    Times { introduction: IntroductionId },
    /// Both are asked how it went.
    AskAfter { introduction: IntroductionId },
    /// The question how the meeting went can no longer be answered.
    AskOver { introduction: IntroductionId },
    /// A member who asked to be forgotten is forgotten at the latest.
    Forget { member: MemberId },
    /// A member's role ends.
    RoleEnds { member: MemberId },
    /// A visitor whom nobody has verified is forgotten.
    VisitOver { member: MemberId },
    /// A member can no longer have a message taken away.
    OfferOver { member: MemberId },
    /// A mentor who has long been silent is asked whether they still want to be in the list.
    LongSilent { member: MemberId },
    /// The term ends, and with it a silent mentor's time in the list.
    TermEnd { member: MemberId },
    /// The porter looks after a room.
    RoomDay { room: RoomId },
    /// A decided proposal is let go.
    ProposalOver { proposal: ProposalId },
    /// A member may write in a room again.
    MuteOver { place: (RoomId, MemberId) },
    /// A case is let go.
    CaseOver { case: CaseId },
    /// A place at an event is kept no longer for somebody.
    PlaceOffer { sign_up: SignUpId },
    /// The guests of an event are reminded.
    EventReminder { event: EventId },
    /// Nobody can sign up for an event any more.
    SignUpOver { event: EventId },
    /// An event has come to its end.
    EventOver { event: EventId },
    /// The guests of an event are thanked.
    EventThanks { event: EventId },
    /// The contacts of those guests of an event who agreed are passed on.
    ContactsPassed { event: EventId },
    /// An event is let go.
    EventGone { event: EventId },
    /// The mentors' list changes.
    Publish(List),
}

/// The one list that has a timer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum List {
    /// The mentors' list.
    #[serde(rename = "directory")]
    Mentors,
}

/// The thing that a timer belongs to. All timers of one can be looked up together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// An introduction.
    Introduction(IntroductionId),
    /// A member.
    Member(MemberId),
    /// A room for many.
    Room(RoomId),
    /// Something that was proposed.
    Proposal(ProposalId),
    /// A member's place in a room for many.
    Place(RoomId, MemberId),
    /// Something that was reported in one.
    Case(CaseId),
    /// Something at which people meet.
    Event(EventId),
    /// A member's place on the list of an event.
    SignUp(SignUpId),
    /// The mentors' list as a whole.
    Directory,
}

impl Wait {
    /// The thing that such a timer belongs to.
    pub fn subject(self) -> Subject {
        match self {
            Self::Bring { introduction }
            | Self::Deadline { introduction }
            | Self::Reminder { introduction }
            | Self::JoinBy { introduction }
            | Self::Settled { introduction }
            | Self::Meeting { introduction }
            | Self::Times { introduction }
            | Self::AskAfter { introduction }
            | Self::AskOver { introduction } => Subject::Introduction(introduction),
            Self::Forget { member }
            | Self::RoleEnds { member }
            | Self::VisitOver { member }
            | Self::OfferOver { member }
            | Self::LongSilent { member }
            | Self::TermEnd { member } => Subject::Member(member),
            Self::RoomDay { room } => Subject::Room(room),
            Self::ProposalOver { proposal } => Subject::Proposal(proposal),
            Self::MuteOver { place: (room, member) } => Subject::Place(room, member),
            Self::CaseOver { case } => Subject::Case(case),
            Self::PlaceOffer { sign_up } => Subject::SignUp(sign_up),
            Self::EventReminder { event }
            | Self::SignUpOver { event }
            | Self::EventOver { event }
            | Self::EventThanks { event }
            | Self::ContactsPassed { event }
            | Self::EventGone { event } => Subject::Event(event),
            Self::Publish(List::Mentors) => Subject::Directory,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::State;

    const ONE: &str = "0000000000000000000000000000002a";
    const OTHER: &str = "0000000000000000000000000000002b";

    fn older(wait: &str, of: &str) -> String {
        format!(r#"{{"id":"{ONE}","due":1700000000000,"of":{of},"wait":"{wait}"}}"#)
    }

    #[test]
    fn timers_that_earlier_programs_wrote_are_read_and_written_alike() {
        let introduction: IntroductionId = ONE.parse().unwrap();
        let (member, room): (MemberId, RoomId) = (ONE.parse().unwrap(), OTHER.parse().unwrap());
        let (proposal, case): (ProposalId, CaseId) = (ONE.parse().unwrap(), ONE.parse().unwrap());
        let (event, sign_up): (EventId, SignUpId) = (ONE.parse().unwrap(), ONE.parse().unwrap());
        let of = |kind: &str| format!(r#"{{"{kind}":"{ONE}"}}"#);
        let of_place = format!(r#"{{"place":["{OTHER}","{ONE}"]}}"#);
        let rooms = format!(r#"{{"room":"{OTHER}"}}"#);
        for (wait, name, of) in [
            (Wait::Bring { introduction }, "bring", of("introduction")),
            (Wait::Deadline { introduction }, "deadline", of("introduction")),
            (Wait::Reminder { introduction }, "reminder", of("introduction")),
            (Wait::JoinBy { introduction }, "join-by", of("introduction")),
            (Wait::Settled { introduction }, "settled", of("introduction")),
            (Wait::Meeting { introduction }, "meeting", of("introduction")),
            (Wait::Times { introduction }, "times", of("introduction")),
            (Wait::AskAfter { introduction }, "ask-after", of("introduction")),
            (Wait::AskOver { introduction }, "ask-over", of("introduction")),
            (Wait::Forget { member }, "forget", of("member")),
            (Wait::RoleEnds { member }, "role-ends", of("member")),
            (Wait::VisitOver { member }, "visit-over", of("member")),
            (Wait::OfferOver { member }, "offer-over", of("member")),
            (Wait::LongSilent { member }, "long-silent", of("member")),
            (Wait::TermEnd { member }, "term-end", of("member")),
            (Wait::RoomDay { room }, "room-day", rooms),
            (Wait::ProposalOver { proposal }, "proposal-over", of("proposal")),
            (Wait::MuteOver { place: (room, member) }, "mute-over", of_place),
            (Wait::CaseOver { case }, "case-over", of("case")),
            (Wait::PlaceOffer { sign_up }, "place-offer", of("sign_up")),
            (Wait::EventReminder { event }, "event-reminder", of("event")),
            (Wait::SignUpOver { event }, "sign-up-over", of("event")),
            (Wait::EventOver { event }, "event-over", of("event")),
            (Wait::EventThanks { event }, "event-thanks", of("event")),
            (Wait::EventGone { event }, "event-gone", of("event")),
            (Wait::Publish(List::Mentors), "publish", r#""directory""#.to_owned()),
        ] {
            let row = older(name, &of);
            let timer = Timer { id: ONE.parse().unwrap(), due: Timestamp::from_millis(1_700_000_000_000), wait };
            assert_eq!(serde_json::from_str::<Timer>(&row).unwrap(), timer, "{row}");
            let written = serde_json::to_value(&timer).unwrap();
            assert_eq!(written, serde_json::from_str::<serde_json::Value>(&row).unwrap(), "{row}");
        }
    }

    #[test]
    fn timers_of_one_moment_come_by_purpose_whatever_their_ids() {
        let due = Timestamp::from_millis(1_700_000_000_000);
        let introduction = ONE.parse().unwrap();
        for ids in [[ONE, OTHER], [OTHER, ONE]] {
            let [deadline, after] = ids.map(|id| id.parse().unwrap());
            let mut state = State::default();
            state.timers.put(Timer { id: after, due, wait: Wait::AskAfter { introduction } });
            state.timers.put(Timer { id: deadline, due, wait: Wait::Deadline { introduction } });
            assert_eq!(state.next_due(), Some((due, deadline)));
        }
    }

    #[test]
    fn a_timer_of_the_wrong_thing_is_an_error_that_says_so() {
        let row = older("deadline", &format!(r#"{{"member":"{ONE}"}}"#));
        let error = serde_json::from_str::<Timer>(&row).unwrap_err().to_string();
        assert!(error.contains("missing field `introduction`"), "{error}");
    }
}
