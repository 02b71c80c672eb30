//! The planted bugs about events: words about those who come reach somebody else, places and news go to the wrong people.
//!
//! Each twists what the engine says, or the rows that it finds when it starts.

use lodge_channel::Channel;
use lodge_channel::content;
use lodge_channel::homeserver::{Called, EventRef};
use lodge_channel::outbox::Line;
use lodge_channel::perform::{Task, What};
use lodge_channel::store::{Batch, Memory, Store, StoreError, Table};
use lodge_channel::tables;
use lodge_core::effect::Lane;
use lodge_core::events::{Event, HandOver, HandOverStage, Rounded, SignUp, Standing};
use lodge_core::id::{EffectId, MemberId};
use lodge_core::people::member::Role;
use lodge_core::say::{Contacts, EventDesk, EventNext, EventTold, Events, Guest, HostSees, Say};
use lodge_core::timer::{Timer, Wait};
use serde_json::json;

use crate::planted::Planted;
use crate::world::account::{Account, PlainVoice};

/// A task on its way, as such a bug has it.
pub fn task(porter: &Account, voice: &PlainVoice, engine: &Channel, task: &mut Task) {
    let (Some(planted), Line::Lane(Lane::Conversation(reader))) = (voice.0, &task.line) else { return };
    let reader = *reader;
    let What::Say { say, .. } = &mut task.what else { return };
    let others = others_told(planted, engine, reader, say);
    let also = contact_of(planted, reader, say).unwrap_or_else(|| say.clone());
    if let Some(other) = instead(planted, engine, reader, say) {
        *say = other;
    }
    for (place, other) in (1..).zip(others) {
        tell(porter, voice, engine, (task.id, place), other, &also);
    }
}

/// The message in the place of this one, if the bug has another.
fn instead(planted: Planted, engine: &Channel, reader: MemberId, say: &Say) -> Option<Say> {
    let is_staff = engine.state().member(reader).is_some_and(|member| member.person.role.is_staff());
    let Say::Events(news) = say else { return None };
    match (planted, news) {
        (Planted::HostReadsAll, Events::HostCount { event, .. } | Events::Shown { event, host: Some(_), .. }) => {
            Some(overview(engine, event)?.into())
        }
        (Planted::GuestsToMembers, Events::Shown { event, .. }) if !is_staff => Some(guests(engine, event)?.into()),
        (Planted::CountBeforeEnd, Events::Shown { event, next, host: Some(HostSees::Later(_)) }) => {
            Some(shown(event, *next, HostSees::Count(Rounded::Few)))
        }
        (Planted::CountToOthers, Events::Shown { event, next: next @ EventNext::Closed, host: None }) => {
            Some(shown(event, *next, HostSees::Count(Rounded::Few)))
        }
        (Planted::CountNotRounded, Events::HostCount { event, .. }) => {
            let count = Rounded::About(coming(engine, event).count() as u64);
            Some(Events::HostCount { event: event.clone(), count }.into())
        }
        (Planted::ListTellsComing, Events::List { lines, more, topic }) => {
            let more = more + lines.iter().map(|line| coming(engine, &line.event).count()).sum::<usize>();
            Some(Events::List { lines: lines.clone(), more, topic: topic.clone() }.into())
        }
        (Planted::StepTellsComing, Events::Shown { event, next: EventNext::Come, host }) => {
            let any = coming(engine, event).next().is_some();
            any.then(|| Events::Shown { event: event.clone(), next: EventNext::Wait, host: *host }.into())
        }
        _ => None,
    }
}

/// The people whom the bug tells it, too.
fn others_told(planted: Planted, engine: &Channel, reader: MemberId, say: &Say) -> Vec<MemberId> {
    let members = || engine.state().members().filter(|member| !member.person.role.is_staff()).map(|member| member.id);
    match (planted, say) {
        (Planted::PlaceToTwo, Say::Events(Events::PlaceOffered { event, .. })) => {
            let waits = list(engine, event).filter(|one| one.standing == Standing::Waiting);
            waits.map(|one| one.member).take(1).collect()
        }
        (Planted::ContactUnasked, Say::Events(Events::Contacts(Contacts::Ask { .. }))) => {
            let employers = engine.state().members().filter(|member| member.person.role == Role::Employer);
            employers.map(|member| member.id).collect()
        }
        (Planted::ContactToOthers, Say::Events(Events::Contacts(Contacts::One { .. }))) => {
            members().filter(|member| *member != reader).collect()
        }
        (Planted::ChangeTwice, Say::Events(Events::Changed { .. })) => vec![reader],
        (Planted::CalledOffToAll, Say::Events(Events::CalledOff { .. })) => {
            members().filter(|member| *member != reader).collect()
        }
        (Planted::ReminderToAll, Say::Events(Events::Reminder { event })) => {
            let listed: Vec<MemberId> = list(engine, event).map(|one| one.member).collect();
            members().filter(|member| !listed.contains(member)).collect()
        }
        _ => vec![],
    }
}

/// The contact of somebody who is only asked for it. It can be made in no other way than from a row.
fn contact_of(planted: Planted, member: MemberId, say: &Say) -> Option<Say> {
    let Say::Events(Events::Contacts(Contacts::Ask { shows, .. })) = say else { return None };
    let row = json!({ "of": member, "consent": MemberId::from_bytes([7; 16]), "fields": shows });
    let contact = serde_json::from_value(row).expect("a contact");
    (planted == Planted::ContactUnasked).then(|| Contacts::One { contact }.into())
}

fn shown(event: &EventTold, next: EventNext, host: HostSees) -> Say {
    Events::Shown { event: event.clone(), next, host: Some(host) }.into()
}

fn event<'a>(engine: &'a Channel, told: &EventTold) -> Option<&'a Event> {
    engine.state().events().find(|event| event.number == told.number)
}

fn list<'a>(engine: &'a Channel, told: &EventTold) -> impl Iterator<Item = &'a SignUp> {
    let id = event(engine, told).map(|event| event.id);
    engine.state().sign_ups().filter(move |one| Some(one.event) == id)
}

fn coming<'a>(engine: &'a Channel, told: &EventTold) -> impl Iterator<Item = &'a SignUp> {
    list(engine, told).filter(|one| one.standing == Standing::Coming)
}

fn overview(engine: &Channel, told: &EventTold) -> Option<EventDesk> {
    let Event { stage, code, .. } = *event(engine, told)?;
    let (coming, all) = (coming(engine, told).count(), list(engine, told).count());
    Some(EventDesk::Overview { event: told.clone(), stage, coming, waiting: all - coming, came: 0, code })
}

fn guests(engine: &Channel, told: &EventTold) -> Option<EventDesk> {
    let guests = list(engine, told).filter_map(|one| {
        let person = &engine.state().member(one.member)?.person;
        let (name, address) = (person.name.to_string(), person.address.clone());
        Some(Guest { name, address, standing: one.standing, came: one.came })
    });
    let guests: Vec<Guest> = guests.collect();
    (!guests.is_empty()).then(|| EventDesk::Guests { event: told.clone(), guests, more: 0 })
}

/// Says something that the engine knows nothing of.
fn tell(
    porter: &Account,
    voice: &PlainVoice,
    engine: &Channel,
    (task, place): (EffectId, u8),
    member: MemberId,
    say: &Say,
) {
    let room = engine.conversation(member).and_then(|conversation| conversation.stage.room().cloned());
    let Some(room) = room else { return };
    let mut id = task.to_bytes();
    id[0] ^= 0x80;
    id[1] ^= place;
    let id = EffectId::from_bytes(id);
    let _: Called<EventRef> = porter.world().send(porter.own(), &room, id, content::message(voice, say, id, &[]));
}

/// The changes to the disk as a start finds it.
pub fn disk(planted: Planted, disk: &Memory, batch: &mut Batch) -> Result<(), StoreError> {
    if planted == Planted::LineReversed {
        let rows = disk.load(Table::SignUps)?;
        let mut waiting: Vec<SignUp> = rows.iter().filter_map(|row| row.read().ok()).collect();
        waiting.retain(|one| one.standing == Standing::Waiting);
        waiting.sort_by_key(|one| one.at);
        let times: Vec<_> = waiting.iter().rev().map(|one| one.at).collect();
        for (one, at) in waiting.into_iter().zip(times) {
            batch.push(tables::put(&SignUp { at, ..one })?);
        }
    }
    if planted == Planted::SilenceIsYes {
        for row in disk.load(Table::HandOvers)? {
            let own: HandOver = row.read()?;
            let HandOverStage::Asked { terms, .. } = &own.stage else { continue };
            let consent = json!({ "id": own.id, "giver": own.member, "terms": terms, "given_at": 0 });
            let stage = HandOverStage::Agreed(serde_json::from_value(consent).expect("a consent"));
            batch.push(tables::put(&HandOver { stage, ..own })?);
        }
    }
    if planted == Planted::PlacesForgotten {
        for row in disk.load(Table::Events)? {
            let mut event: Event = row.read()?;
            event.plan.places = None;
            batch.push(tables::put(&event)?);
        }
    }
    if planted == Planted::SignUpNeverOver {
        for row in disk.load(Table::Timers)? {
            let timer: Timer = row.read()?;
            if matches!(timer.wait, Wait::SignUpOver { .. } | Wait::PlaceOffer { .. }) {
                batch.push(tables::delete::<Timer>(row.key));
            }
        }
    }
    Ok(())
}
