//! The purpose of a task.

use lodge_channel::Channel;
use lodge_channel::outbox::Line;
use lodge_channel::perform::{self, Task};
use lodge_core::effect::Lane;
use lodge_core::id::MemberId;

use crate::world::World;

/// The purpose of a task, in words that are the same in every life: no id of this one is in them.
pub fn errand(engine: &Channel, world: &World, task: &Task) -> String {
    let whose = |member: MemberId| {
        engine.state().member(member).map_or_else(String::new, |member| member.person.address.to_string())
    };
    let line = match &task.line {
        Line::Lane(Lane::Conversation(member)) => format!("conversation with {}", whose(*member)),
        Line::Lane(Lane::Files(member)) => format!("files for {}", whose(*member)),
        Line::Lane(Lane::Introduction(id)) => engine
            .state()
            .introduction(*id)
            .map_or_else(String::new, |one| format!("introduction of {} to {}", whose(one.requester), one.named)),
        Line::Lane(Lane::TakingBack(_)) => "taking back".to_owned(),
        Line::Lane(Lane::Forgetting(member)) => format!("forgetting {}", whose(*member)),
        Line::Lane(Lane::Room(_) | Lane::Place(..) | Lane::Strangers(_) | Lane::Posts(_)) => "a room".to_owned(),
        Line::Other(_) | Line::Declining(_) => "elsewhere".to_owned(),
        Line::Greeting(member) => format!("greeting {}", whose(*member)),
    };
    let what = match &task.what {
        perform::What::Say { say, .. } => say.wording().id.to_owned(),
        perform::What::TakeBack(Some((room, event))) => {
            let place = world.room(room).and_then(|room| room.events.iter().position(|found| found.id == *event));
            format!("{place:?} {}", world.whose(room))
        }
        perform::What::Leave(room) | perform::What::Oust(room, _) => world.whose(room),
        perform::What::TakeBack(None)
        | perform::What::Create(_)
        | perform::What::Invite(..)
        | perform::What::Remove(..)
        | perform::What::OpenSpeech(_)
        | perform::What::Greet(..)
        | perform::What::Make(_)
        | perform::What::Tend(..)
        | perform::What::Post(..)
        | perform::What::Look(..) => String::new(),
    };
    format!("{line} {what}")
}
