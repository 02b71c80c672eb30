//! Matrix as the hub's channel: everything about it that decisions need, around the engine with the core in it.
//!
//! It does no input or output. Its driver hands in deliveries, outcomes and the time; commits the batch that it gives;
//! says that it is committed; and only then gets the tasks that follow. Several inputs may share one batch.

mod cause;
mod inbox;
mod report;
mod conversations;
mod positions;
mod threads;
mod standing;
mod taking_back;
mod community;
mod overheard;
mod strangers;
mod forgetting;
mod heads;
mod chores;
mod anew;
mod going_back;
#[cfg(test)]
mod files;
#[cfg(test)]
mod once;
#[cfg(test)]
mod pace;
#[cfg(test)]
mod devices;
#[cfg(test)]
mod retouching;
#[cfg(test)]
mod bounds;
#[cfg(test)]
mod kinds;
#[cfg(test)]
pub(crate) mod trial;

use std::collections::{BTreeMap, BTreeSet};

use lodge_core::conduct::Floods;
use lodge_core::effect::{Act, Effect, Lane};
use lodge_core::id::{EffectId, IdSecret, Ids, IntroductionId, MemberId, RoomId};
use lodge_core::input::Input;
use lodge_core::name::Address;
use lodge_core::people::roster::Roster;
use lodge_core::policy::Settings;
use lodge_core::say::Say;
use lodge_core::state::State;
use lodge_core::time::{Span, Timestamp};
use lodge_engine::{Answer, Consequences, Opened};
use lodge_matrix::content::Thread;
use lodge_matrix::hearing::{Hearing, Limits};
use lodge_matrix::homeserver::RoomRef;

use crate::homeserver::EventRef;
use crate::outbox::{Chores, Line};
use crate::perform::{Task, What};
use crate::room::{self, Direct, Encryption};
use crate::store::{Batch, Store, StoreError};
use crate::tables::{self, Asked, Conversation};

use cause::Cause;
use standing::Standings;

pub use lodge_engine::Heads;
pub use report::Fault;

/// The settings that the engine is opened with.
#[derive(Debug, Clone)]
pub struct Options {
    /// The service's settings. The porter's address is among them.
    pub settings: Settings,
    /// Whether conversations are encrypted.
    pub encryption: Encryption,
    /// The servers, beside the porter's own, whose accounts may come to the porter unknown.
    pub servers: BTreeSet<String>,
    /// A message may wait this long for its key before its sender is asked to say it again.
    pub unreadable_after: Span,
    /// This many messages of one member are read in a minute; those beyond are read later.
    pub messages_a_minute: usize,
    /// The time for which an entry of the audit log is kept at least.
    pub audit_kept_for: Span,
}

/// The hub's room that an event is in, by what the room is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Conversation(MemberId),
    Introduction(IntroductionId),
    Room(RoomId),
}

/// The hub on Matrix: the engine, and everything about Matrix that decisions need.
#[derive(Debug)]
pub struct Channel {
    /// The core, with its outbox and its log.
    engine: lodge_engine::Engine,
    /// Things that are to be done on Matrix beside the core's acts.
    chores: Chores,
    /// Whether conversations are encrypted.
    encryption: Encryption,
    /// The servers, beside the porter's own, whose accounts may come to the porter unknown.
    servers: BTreeSet<String>,
    /// Everything that is kept of what was heard.
    hearing: Hearing,
    conversations: BTreeMap<MemberId, Conversation>,
    places: BTreeMap<RoomRef, Place>,
    /// Messages that can be answered by a reply.
    asked: BTreeMap<EventRef, EffectId>,
    /// The places of messages that can be answered or taken back.
    said: BTreeMap<EffectId, Asked>,
    /// The same, by whom they were said to.
    standings: Standings,
    /// An older copy of the store was put back, and no response was taken in since.
    went_back: bool,
    /// The amount that each member writes in the rooms for many.
    floods: Floods,
}

impl Channel {
    /// The hub with all that `store` keeps. Its ids are made with `secret`, which stays the same from start to start.
    pub fn open(store: &impl Store, options: Options, secret: IdSecret, now: Timestamp) -> Result<Self, StoreError> {
        let Options { settings, encryption, servers, unreadable_after, messages_a_minute, audit_kept_for } = options;
        let options = lodge_engine::Options { settings, audit_kept_for };
        let limits = Limits { encryption, unreadable_after, messages_a_minute };
        let Opened { mut engine, strays, restored } = lodge_engine::Engine::open(store, options, secret, now)?;
        let conversations: BTreeMap<_, _> =
            tables::load::<Conversation>(store)?.into_iter().map(|c| (c.member, c)).collect();
        let places = places(engine.state(), &conversations);
        let mut hub = Self {
            chores: chores::load(store, strays, engine.batch())?,
            encryption,
            servers,
            conversations,
            places,
            hearing: Hearing::open(store, limits, now, engine.batch())?,
            asked: BTreeMap::new(),
            said: BTreeMap::new(),
            standings: Standings::new(),
            went_back: restored.is_some(),
            floods: Floods::default(),
            engine,
        };
        for row in tables::load::<Asked>(store)? {
            hub.keep(row);
        }
        hub.place_older();
        if let Some(restored) = restored {
            hub.go_back(&restored, now)?;
        }
        Ok(hub)
    }

    /// Takes in a part of a list ([`lodge_core::people::roster::parts`]).
    pub fn part_of_roster(&mut self, part: Input, now: Timestamp) -> Result<(), StoreError> {
        let consequences = self.engine.part_of_roster(part, now)?;
        self.attend(consequences)
    }

    /// Takes in a list of people.
    pub fn roster(&mut self, list: Roster, now: Timestamp) -> Result<(), StoreError> {
        let consequences = self.engine.roster(list, now)?;
        self.attend(consequences)
    }

    /// Lets everything happen whose moment has come.
    pub fn tick(&mut self, now: Timestamp) -> Result<(), StoreError> {
        while let Some(consequences) = self.engine.due(now)? {
            self.attend(consequences)?;
        }
        self.read_on(now)?;
        self.ask_again(now)?;
        let Some(consequences) = self.engine.tidy(now)? else { return Ok(()) };
        self.hearing.expire(now, self.engine.batch());
        self.attend(consequences)
    }

    /// The next moment at which [`Self::tick`] or [`Self::ready`] may have something to do.
    pub fn next_wake(&self) -> Option<Timestamp> {
        [self.engine.next_wake(), self.chores.next_wake(), self.hearing.next_wake()].into_iter().flatten().min()
    }

    /// Takes the rows that changed since the last call. They must be committed whole, and nothing of them may be lost.
    pub fn take_batch(&mut self) -> Result<Batch, StoreError> {
        self.engine.take_batch()
    }

    /// Releases the effects of the last batch, which is committed.
    pub fn committed(&mut self) {
        self.engine.committed();
        self.chores.committed();
    }

    /// The tasks that can be tried now. Each line has at most one on its way.
    pub fn ready(&mut self, now: Timestamp) -> Vec<Task> {
        let mut tasks = Vec::new();
        for lane in self.engine.heads(now) {
            if let Some(task) = self.task(lane) {
                self.engine.started(lane);
                tasks.push(task);
            }
        }
        self.ready_chores(&mut tasks, now);
        tasks
    }

    /// Everything that is kept of what was heard.
    pub fn hearing(&self) -> &Hearing {
        &self.hearing
    }

    /// The core's state, to look at.
    pub fn state(&self) -> &State {
        self.engine.state()
    }

    /// The settings that the core decides by.
    pub fn settings(&self) -> &Settings {
        self.engine.settings()
    }

    /// The acts that are still to be done.
    pub fn outbox(&self) -> &lodge_engine::outbox::Outbox {
        self.engine.outbox()
    }

    /// The chores that are still to be done.
    pub fn chores(&self) -> &Chores {
        &self.chores
    }

    /// The conversation with a member.
    pub fn conversation(&self, member: MemberId) -> Option<&Conversation> {
        self.conversations.get(&member)
    }

    fn task(&self, lane: Lane) -> Option<Task> {
        let job = self.engine.outbox().head(&lane)?;
        let (id, uncertain) = (job.id, self.engine.outbox().is_uncertain(job));
        let what = match job.errand.act() {
            Act::Tell(member, say) => {
                if matches!(lane, Lane::Files(_)) && self.words_come_first(*member, job) {
                    return None;
                }
                let room = match self.conversation_task(lane, *member, id, uncertain) {
                    Ok(room) => room,
                    Err(opening) => return opening,
                };
                let to = self.engine.address(*member)?;
                let audience = say.shows_details().then(|| to.clone());
                let thread = job.beside.as_ref().map(Thread::from).filter(|thread| thread.room == room);
                What::Say { room, say: say.clone(), to: vec![to], audience, thread }
            }
            Act::CreateRoom(_) => What::Create(room::introduction()),
            Act::Invite(_, room, member) => What::Invite(room.into(), self.engine.address(*member)?, Direct::No),
            Act::Remove(_, room, member) => What::Remove(room.into(), self.engine.address(*member)?),
            Act::Note(_, room, say) => {
                What::Say { room: room.into(), say: say.clone(), to: vec![], audience: None, thread: None }
            }
            Act::OpenSpeech(_, room) => What::OpenSpeech(room.into()),
            Act::Leave(_, room) => What::Leave(room.into()),
            Act::TakeBack(member, said) => self.taking_back(*member, *said)?,
            // It is for the store to do.
            Act::Forget(_) => return None,
            Act::Room(room, act) => self.room_task(*room, act)?,
        };
        Some(Task { line: Line::Lane(lane), id, what, uncertain })
    }

    fn own(&self) -> &Address {
        &self.engine.settings().porter
    }

    /// Takes a step of the core and keeps all that comes of it.
    fn step(&mut self, cause: Cause<'_>, input: Input, now: Timestamp) -> Result<(), StoreError> {
        self.step_in(None, cause, input, now)
    }

    /// Takes a step for somebody's words in a thread: the messages to them stand there too.
    fn step_in(
        &mut self,
        thread: Option<(MemberId, Thread)>,
        cause: Cause<'_>,
        input: Input,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let answer: Option<Answer> = thread.map(|(writer, thread)| (writer, thread.into()));
        let consequences = self.engine.step_beside(answer.as_ref(), self.ids(cause), input, now)?;
        self.attend(consequences)
    }

    /// Attends to the consequences of a step.
    fn attend(&mut self, consequences: Consequences) -> Result<(), StoreError> {
        let Consequences { told, introductions, rooms, devices } = consequences;
        self.hearing.heed(devices, self.engine.batch())?;
        let mut gone = BTreeSet::new();
        for id in introductions {
            match self.engine.state().introduction(id) {
                Some(introduction) => self.places.extend(inbox::place(introduction)),
                None => drop(gone.insert(Place::Introduction(id))),
            }
        }
        if !gone.is_empty() {
            self.places.retain(|_, place| !gone.contains(place));
        }
        let rooms = rooms.into_iter().filter_map(|id| self.engine.state().room(id));
        self.places.extend(rooms.filter_map(community::place));
        told.into_iter().try_for_each(|member| self.ensure_conversation(member))
    }

    /// The ids that follow from this.
    fn ids(&self, cause: Cause<'_>) -> Ids {
        cause.ids(&self.engine)
    }

    /// Has something said to a member that the core did not decide on.
    fn tell(&mut self, id: EffectId, member: MemberId, say: Say, thread: Option<Thread>) -> Result<(), StoreError> {
        let effect = Effect { id, owners: BTreeSet::from([member]), act: Act::Tell(member, say) };
        self.engine.add(effect, thread.map(Into::into))
    }
}

/// The hub's rooms, by what each is for.
fn places(state: &State, conversations: &BTreeMap<MemberId, Conversation>) -> BTreeMap<RoomRef, Place> {
    let with = |one: &Conversation| Some((one.stage.room()?.clone(), Place::Conversation(one.member)));
    let mut places: BTreeMap<_, _> = state.introductions().filter_map(inbox::place).collect();
    places.extend(state.rooms().filter_map(community::place));
    places.extend(conversations.values().filter_map(with));
    places
}
