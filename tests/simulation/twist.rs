//! The planted bugs that change what goes into the engine and what comes out of it.

use std::collections::BTreeMap;

use lodge_channel::homeserver::{Called, EventRef};
use lodge_channel::news::{Delivery, Heard};
use lodge_channel::outbox::Line;
use lodge_channel::perform::{Task, Tried, What};
use lodge_channel::store::{Batch, Memory, Store, StoreError, Table, Write};
use lodge_channel::tables::{self, Ciphers, Seen};
use lodge_core::effect::Lane;
use lodge_core::input::Proof;
use lodge_core::introduction::{Quiet, Side, Stage};
use lodge_core::notes::Note;
use lodge_core::say::{Answering, Ending, NoteLine, Notes, Say};
use lodge_core::time::Span;
use lodge_core::timer::Timer;
use serde_json::{Value, json};

use lodge_channel::Channel;
use lodge_channel::content;
use lodge_core::consent::Disclosure;

use crate::mislisting;
use crate::pairs::leaks;
use crate::planted::Planted;
use crate::world::account::{Account, PlainVoice};
use crate::world::room::Event;

/// Every value of each person's fields, by their name.
pub type Details = BTreeMap<String, Vec<String>>;

/// An event as the porter gets it.
pub fn event(planted: Option<Planted>, event: &Event) -> (Value, Proof) {
    let (mut plain, mut proof) = (event.plain.clone(), event.proof);
    match planted {
        Some(Planted::EditCounts) if plain["content"].get("m.new_content").is_some() => {
            plain["content"] = plain["content"]["m.new_content"].clone();
        }
        Some(Planted::NoticeCounts) if plain["content"]["msgtype"] == "m.notice" => {
            plain["content"]["msgtype"] = json!("m.text");
        }
        Some(Planted::UntiedCounts) => proof = Proof::Proven,
        Some(_) | None => {}
    }
    (plain, proof)
}

/// A response as the engine gets it.
pub fn delivery(planted: Option<Planted>, delivery: &mut Delivery) {
    let drops = |heard: &Heard| match heard {
        Heard::Created(_) => planted == Some(Planted::AdoptionIgnored),
        Heard::Own(_) | Heard::Echo(_) => planted == Some(Planted::EchoIgnored),
        Heard::Sealed(_) => planted == Some(Planted::SealedDropped),
        Heard::Redacted(_) => planted == Some(Planted::RedactionIgnored),
        Heard::Text(_) | Heard::Edited(_) | Heard::Wordless(_) | Heard::Moved(..) | Heard::Changed | Heard::Nothing => {
            false
        }
    };
    for room in &mut delivery.rooms {
        room.news.retain(|news| !drops(&news.heard));
    }
}

/// The text of a message, as a bug writes it.
pub fn words(planted: Option<Planted>, details: &Details, say: &Say, plain: String) -> String {
    let (asked, agreed) = (planted == Some(Planted::FieldUnticked), planted == Some(Planted::FieldWithoutYes));
    let all_of = |of: &Disclosure| {
        let name = of.fields().first().map(|shown| shown.value().to_owned()).unwrap_or_default();
        details.get(&name).cloned().unwrap_or_default().join(", ")
    };
    if let (true, Say::Answering(Answering::Asked { of, .. })) = (asked, say) {
        return format!("{plain}\n{}", all_of(of));
    }
    if let (true, Say::Ending(Ending::AgreedRequester { of, .. })) = (agreed, say) {
        return format!("{plain}\n{}", all_of(of));
    }
    plain
}

/// The disk as a start finds it.
pub fn disk(planted: Option<Planted>, disk: &mut Memory) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    match planted {
        Some(Planted::LedgerLost) => {
            let rows = disk.load(Table::Seen)?;
            batch.extend(rows.into_iter().map(|row| tables::delete::<Seen>(row.key)));
            let rows = disk.load(Table::Ciphers)?;
            batch.extend(rows.into_iter().map(|row| tables::delete::<Ciphers>(row.key)));
        }
        Some(Planted::TimersLost) => {
            let rows = disk.load(Table::Timers)?;
            batch.extend(rows.into_iter().map(|row| tables::delete::<Timer>(row.key)));
        }
        Some(Planted::DeadlineShifted) => {
            for row in disk.load(Table::Timers)? {
                let mut timer: Timer = row.read()?;
                timer.due = timer.due.after(Span::from_days(1));
                batch.push(tables::put(&timer)?);
            }
        }
        Some(planted) => mislisting::disk(planted, disk, &mut batch)?,
        None => {}
    }
    disk.commit(&batch)
}

/// A task on its way.
pub fn task(porter: &Account, voice: &PlainVoice, engine: &Channel, disk: &mut Memory, task: &mut Task) {
    match voice.0 {
        Some(Planted::Leak(leak)) => leaks::task(leak, engine, task),
        Some(Planted::AudienceUnchecked) => {
            if let What::Say { audience, .. } = &mut task.what {
                *audience = None;
            }
        }
        Some(Planted::JobStruckOffFirst) => {
            if let Some(job) = engine.outbox().job(task.id) {
                let key = job.number.to_be_bytes().to_vec();
                disk.commit(&vec![Write::Delete { table: Table::Outbox, key }]).expect("memory takes every batch");
            }
            if let Some(job) = engine.chores().job(task.id) {
                disk.commit(&vec![tables::gone(job)]).expect("memory takes every batch");
            }
        }
        Some(Planted::NoteTold) => {
            if let What::Say { say: Say::Notes(Notes::Kept { .. }), .. } = &task.what {
                tell_others_of_notes(porter, voice, engine, task);
            }
        }
        Some(Planted::DeclineToldEarly) => {
            if let What::Say { say: Say::Answering(Answering::NoRecorded { .. }), .. } = &task.what {
                tell_of_declines(porter, voice, engine, task);
            }
        }
        Some(_) => mislisting::task(porter, voice, engine, task),
        None => {}
    }
}

fn tell_others_of_notes(porter: &Account, voice: &PlainVoice, engine: &Channel, task: &Task) {
    let books = engine.state().notebooks();
    let last = books.filter_map(|book| Some((book.of, (*book.notes().last()?).clone())));
    for (author, Note { number, at, question, words, .. }) in last {
        let line = NoteLine { number, at, about: None, question, words };
        let others = engine.state().members().filter(|member| member.id != author);
        for (place, other) in (1..).zip(others) {
            let room = engine.conversation(other.id).and_then(|conversation| conversation.stage.room().cloned());
            let Some(room) = room else { continue };
            let say = Say::Notes(Notes::Listed { lines: vec![line.clone()], earlier: None, all: 1 });
            let mut id = task.id.to_bytes();
            id[0] ^= 0x80;
            id[1] ^= place;
            let id = lodge_core::id::EffectId::from_bytes(id);
            let _: Called<EventRef> =
                porter.world().send(porter.own(), &room, id, content::message(voice, &say, id, &[]));
        }
    }
}

fn tell_of_declines(porter: &Account, voice: &PlainVoice, engine: &Channel, task: &Task) {
    let declined = Stage::Waiting(Side::Quiet(Quiet::Declined));
    for introduction in engine.state().introductions().filter(|introduction| introduction.stage == declined) {
        let conversation = engine.conversation(introduction.requester).and_then(|c| c.stage.room().cloned());
        let Some(room) = conversation else { continue };
        let say = Say::Ending(Ending::NoIntroduction { to: introduction.named.clone(), next: None });
        let mut id = task.id.to_bytes();
        id[0] ^= 0x80;
        let id = lodge_core::id::EffectId::from_bytes(id);
        let _: Called<EventRef> = porter.world().send(porter.own(), &room, id, content::message(voice, &say, id, &[]));
    }
}

/// The outcome of a task, before the engine hears of it.
pub fn outcome(planted: Option<Planted>, porter: &Account, engine: &Channel, task: &Task, outcome: &Called<Tried>) {
    let Line::Lane(Lane::Introduction(id)) = task.line else { return };
    let Ok(Tried::RoomMade(room)) = outcome else { return };
    let mut world = porter.world();
    let own = world.porter.clone();
    if planted == Some(Planted::SpeechOpenedEarly) {
        let _: Called<()> = world.open_speech(&own, room, &lodge_channel::room::introduction());
    }
    let requester = engine.state().introduction(id).and_then(|i| engine.state().member(i.requester));
    if let (Some(Planted::RequesterInvitedFirst), Some(requester)) = (planted, requester) {
        let _: Called<()> = world.invite(&own, room, &requester.person.address);
    }
}
