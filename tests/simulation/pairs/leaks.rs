//! Leaks that are planted on purpose, to show that the pairs see them. Each twists the engine's output, or adds to it,
//! by facts that only the engine may know; none is a switch in the engine or the core.

mod words;

use std::collections::BTreeSet;

use lodge_channel::Channel;
use lodge_channel::content;
use lodge_channel::homeserver::{Called, EventRef};
use lodge_core::id::{EffectId, IntroductionId, MemberId};
use lodge_core::introduction::{Introduction, Known, Party, Quiet, Side, Stage};
use lodge_core::people::member::Role;
use lodge_core::people::named::Named;
use lodge_core::say::{Ending, Rights, Say};
use lodge_matrix::homeserver::RoomRef;

use crate::planted::Planted;
use crate::world::World;
use crate::world::account::{Account, PlainVoice};
use crate::world::log::{Sight, What};

pub use words::task;

/// A leak, planted to see that it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leak {
    /// Of the requests that one may have waiting, one that was answered counts no more.
    WaitingLimitFreed,
    /// Of the requests that one may send in a month, one that was answered counts no more.
    MonthlyLimitFreed,
    /// A reminder about somebody else's request reads differently once one's own was answered.
    ReminderDiffers,
    /// A list of records is in the order of their ids.
    InOrderOfIds,
    /// The preview of a request to an address that is no member's offers less.
    PreviewChanges,
    /// One's own data tell how far the other side is.
    DataTellStage,
    /// The list of requests says at once that one is over.
    RequestsSayClosed,
    /// The words that note an answer differ after a no.
    AnswerNotedDiffers,
    /// A question can no longer be answered after a no.
    QuestionCloses,
    /// A withdrawal is acknowledged at once where nothing has to be taken back.
    WithdrawnSooner,
    /// A withdrawal is acknowledged in other words where nobody was asked.
    WithdrawnDiffers,
    /// A requester who is blocked waits a minute longer.
    DeadlineShifted,
    /// A requester who is blocked is told when they ask.
    BlockTold,
    /// A request that comes too soon is refused, if there is such a member.
    CooldownTold,
    /// A request that goes beyond what its addressee takes is refused.
    FullTold,
    /// A request to the same address is taken at once after a no.
    SameAgainTaken,
    /// After a no an invitation is seen, and taken back.
    InvitationSeen,
    /// A sign that a request was read.
    ReadSeen,
    /// A requester who was blocked hears that the policy has changed.
    PolicyToldToBlocked,
    /// Another member hears of a no.
    OthersTold,
    /// Staff hear of a report.
    StaffTold,
    /// The one answer has other words when its addressee pauses.
    PausedDiffers,
    /// The erasure or the leaving of an addressee is told at once.
    GoneToldEarly,
    /// An erasure takes a question back that it had carried.
    QuestionTakenBack,
    /// Repeating the open questions tells after a no.
    AgainDiffers,
    /// A requester who asks for an account that counsels is told so.
    CounsellorTold,
    /// The preview of a request to an account that counsels offers less.
    CounsellorPreview,
    /// Of a request to an account that counsels its writer hears at once that it comes to nothing.
    CounsellorSooner,
    /// A requester who turns invitations away is told so at once when the other has said yes.
    BlockingToldAtOnce,
    /// A withdrawal is acknowledged only when the details that were shown are taken back, however long that takes.
    WithdrawnLater,
}

impl Leak {
    /// Every one of them.
    pub const ALL: [Self; 30] = [
        Self::WaitingLimitFreed,
        Self::MonthlyLimitFreed,
        Self::ReminderDiffers,
        Self::InOrderOfIds,
        Self::PreviewChanges,
        Self::DataTellStage,
        Self::RequestsSayClosed,
        Self::AnswerNotedDiffers,
        Self::QuestionCloses,
        Self::WithdrawnSooner,
        Self::WithdrawnDiffers,
        Self::DeadlineShifted,
        Self::BlockTold,
        Self::CooldownTold,
        Self::FullTold,
        Self::SameAgainTaken,
        Self::InvitationSeen,
        Self::ReadSeen,
        Self::PolicyToldToBlocked,
        Self::OthersTold,
        Self::StaffTold,
        Self::PausedDiffers,
        Self::GoneToldEarly,
        Self::QuestionTakenBack,
        Self::AgainDiffers,
        Self::CounsellorTold,
        Self::CounsellorPreview,
        Self::CounsellorSooner,
        Self::BlockingToldAtOnce,
        Self::WithdrawnLater,
    ];

    /// The leaks that show in no pair of a requester who can be invited, where nothing goes wrong.
    pub const UNDER_STRAIN: [Self; 2] = [Self::BlockingToldAtOnce, Self::WithdrawnLater];
}

/// A leak of events, at work.
#[derive(Debug)]
pub struct Leaking {
    leak: Leak,
    /// The introductions that it has leaked already, or let pass.
    done: BTreeSet<IntroductionId>,
    /// The introductions that their requester withdrew, and that are not acknowledged.
    withdrew: BTreeSet<IntroductionId>,
    /// The introductions that are acknowledged, as far as the engine knows.
    kept_back: BTreeSet<IntroductionId>,
}

impl Leaking {
    /// The leak that is planted, if one is.
    pub fn of(planted: Planted) -> Option<Self> {
        if let Planted::Leak(leak) = planted {
            Some(Self { leak, done: BTreeSet::new(), withdrew: BTreeSet::new(), kept_back: BTreeSet::new() })
        } else {
            None
        }
    }

    /// Leaks everything that can be leaked by now. It is called after each act of the hub.
    pub fn between(&mut self, porter: &Account, engine: &Channel) {
        let fresh: Vec<Introduction> =
            engine.state().introductions().filter(|one| !self.done.contains(&one.id)).cloned().collect();
        for introduction in fresh {
            if self.leak == Leak::WithdrawnSooner {
                self.withdrawn_sooner(porter, engine, &introduction);
            } else if self.leak == Leak::WithdrawnLater {
                self.withdrawn_later(porter, engine, &introduction);
            } else if let Stage::Waiting(Side::Quiet(why)) = introduction.stage {
                self.done.insert(introduction.id);
                self.gone_quiet(porter, engine, &introduction, why);
            }
        }
    }

    fn withdrawn_sooner(&mut self, porter: &Account, engine: &Channel, introduction: &Introduction) {
        let mut withdrawals = introduction.withdrawals.iter();
        let Some(withdrawal) = withdrawals.find(|withdrawal| withdrawal.by == Party::Requester) else { return };
        self.done.insert(introduction.id);
        if withdrawal.pending.is_empty() {
            let say = Say::Ending(Ending::WithdrawalDone { known: withdrawal.from, by: withdrawal.by });
            tell(porter, engine, introduction.requester, &say, introduction.id);
        }
    }

    /// Says the acknowledgement that [`task`] kept back, when nothing is being taken back any more.
    fn withdrawn_later(&mut self, porter: &Account, engine: &Channel, introduction: &Introduction) {
        let (id, say) =
            (introduction.id, Say::Ending(Ending::WithdrawalDone { known: Known::Before, by: Party::Requester }));
        if introduction.withdrawals.iter().any(|withdrawal| withdrawal.by == Party::Requester) {
            self.withdrew.insert(id);
        } else if self.withdrew.remove(&id) && words::takes_back(engine) {
            self.kept_back.insert(id);
        } else if self.kept_back.contains(&id) && !words::takes_back(engine) {
            self.done.insert(id);
            tell(porter, engine, introduction.requester, &say, id);
        }
    }

    fn gone_quiet(&self, porter: &Account, engine: &Channel, introduction: &Introduction, why: Quiet) {
        let (id, requester) = (introduction.id, introduction.requester);
        let no = Say::Ending(Ending::NoIntroduction { to: introduction.named.clone(), next: None });
        match (self.leak, why) {
            (Leak::InvitationSeen, Quiet::Declined) => invite_and_remove(porter, engine, introduction),
            (Leak::ReadSeen, Quiet::Ignored) => show_sign(porter, engine, requester),
            (Leak::PolicyToldToBlocked, Quiet::Blocked) => {
                tell(porter, engine, requester, &Say::Rights(Rights::PolicyChanged { version: "2".to_owned() }), id);
            }
            (Leak::OthersTold, Quiet::Declined) => {
                let others = members(engine, |role| role == Role::Student).filter(|other| *other != requester);
                others.for_each(|other| tell(porter, engine, other, &no, id));
            }
            (Leak::StaffTold, Quiet::Reported) => {
                members(engine, |role| role == Role::Staff).for_each(|staff| tell(porter, engine, staff, &no, id));
            }
            (Leak::CounsellorSooner, Quiet::NotAMember) if counsels(engine, &introduction.named) => {
                tell(porter, engine, requester, &no, id);
            }
            (Leak::BlockingToldAtOnce, Quiet::InvitationTurnedAway) if turns_away(porter, engine, requester) => {
                tell(porter, engine, requester, &Say::Ending(Ending::YouBlock), id);
            }
            (Leak::GoneToldEarly, Quiet::Gone) => tell(porter, engine, requester, &no, id),
            (Leak::QuestionTakenBack, Quiet::Gone) => take_questions_back(porter, engine, requester),
            _ => {}
        }
    }
}

/// Whether somebody asked for an account that counsels.
fn counsels(engine: &Channel, named: &Named) -> bool {
    named.typed().is_some_and(|address| engine.settings().counsels(address))
}

fn turns_away(porter: &Account, engine: &Channel, member: MemberId) -> bool {
    engine.state().member(member).is_some_and(|member| porter.world().blocks(&member.person.address))
}

fn members(engine: &Channel, of: impl Fn(Role) -> bool) -> impl Iterator<Item = MemberId> {
    engine.state().members().filter(move |member| of(member.person.role)).map(|member| member.id)
}

fn home(engine: &Channel, member: MemberId) -> Option<RoomRef> {
    engine.conversation(member).and_then(|conversation| conversation.stage.room().cloned())
}

/// Says something that the engine knows nothing of.
fn tell(porter: &Account, engine: &Channel, member: MemberId, say: &Say, about: IntroductionId) {
    let Some(room) = home(engine, member) else { return };
    let id = marker(about);
    let voice = PlainVoice(None, std::collections::BTreeMap::new());
    let _: Called<EventRef> = porter.world().send(porter.own(), &room, id, content::message(&voice, say, id, &[]));
}

fn marker(about: IntroductionId) -> EffectId {
    let mut id = about.to_bytes();
    id[0] ^= 0x80;
    EffectId::from_bytes(id)
}

fn invite_and_remove(porter: &Account, engine: &Channel, introduction: &Introduction) {
    let Some(requester) = engine.state().member(introduction.requester) else { return };
    let mut world = porter.world();
    let own = world.porter.clone();
    let room = world.create(&own, &lodge_channel::room::introduction(), marker(introduction.id));
    let _: Called<()> = world.invite(&own, &room, &requester.person.address);
    let _: Called<()> = world.kick(&own, &room, &requester.person.address);
    let _: Called<()> = world.leave(&room, &own);
}

fn show_sign(porter: &Account, engine: &Channel, member: MemberId) {
    let address = engine.state().member(member).map(|member| member.person.address.clone());
    let (Some(room), Some(who)) = (home(engine, member), address) else { return };
    let mut world = porter.world();
    let own = world.porter.clone();
    world.saw(&who, &room, Sight::Other(own, "read"));
}

fn take_questions_back(porter: &Account, engine: &Channel, requester: MemberId) {
    let Some(room) = home(engine, requester) else { return };
    let mut world = porter.world();
    for event in questions_in(&world, &room) {
        let _: Called<()> = world.redact(porter.own(), &room, &event);
    }
}

fn questions_in(world: &World, room: &RoomRef) -> Vec<EventRef> {
    let questions = world.log.iter().filter_map(|entry| {
        let What::Said(said_in, message) = &entry.what else { return None };
        (said_in == room && message.wording == "question-came").then(|| message.event.clone())
    });
    questions.collect()
}
