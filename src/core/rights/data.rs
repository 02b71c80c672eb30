//! A member's own data: everything they gave, were shown or agreed to, and nothing from which they could tell what
//! somebody else did before it is theirs to know.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::arranging::call;
use crate::conduct::Occasion;
use crate::consent::Shown;
use crate::dialogue::{Draft, Planning, Ready};
use crate::events::{self, HandOver, HandOverStage, SignUp};
use crate::id::MemberId;
use crate::introduction::{Introduction, Outcome, Party, Quiet, Side, Stage};
use crate::mentors::card::Audience;
use crate::notes::Notebook;
use crate::people::member::{Field, Fields, Member, Standing};
use crate::people::roster::{Lister, Listing};
use crate::policy::Settings;
use crate::rights::receipt::{publication_receipt, receipt};
use crate::rooms::{Matter, Proposal};
use crate::say::SentStanding;
use crate::state::State;
use crate::step::sent_standing;
use crate::time::Timestamp;

pub use crate::rights::receipt::pages;

/// Everything that is kept about this member, as records that stand by themselves.
pub fn about(state: &State, settings: &Settings, member: MemberId, now: Timestamp) -> Vec<Value> {
    let Some(own) = state.member(member) else { return vec![] };
    let mut records = vec![person(state, own, now)];
    records.extend(state.listing(member).map(listing));
    records.extend(card(state, own, settings));
    records.extend(own.dialogue.draft.iter().chain(own.dialogue.saved.iter()).map(draft));
    records.extend(own.dialogue.carry.as_ref().map(|carry| {
        json!({ "kind": "words you have not passed on", "introduction": carry.introduction, "words": carry.words })
    }));
    for introduction in state.introductions_of(member) {
        let mut record = match introduction.party(member) {
            Some(Party::Requester) => request(introduction, settings, now),
            Some(Party::Addressee) => request_received(state, introduction, own, settings, now),
            None => continue,
        };
        if let Some(times) = introduction.party(member).and_then(|party| introduction.search.given(party)) {
            let windows = times.intervals().iter();
            let windows: Vec<Value> =
                windows.map(|one| json!({ "from": when(one.from), "until": when(one.to) })).collect();
            record["times_you_gave"] = json!(windows);
        }
        if let Some(shown) = introduction.party(member).map(|party| introduction.search.offered_to(party))
            && !shown.is_empty()
        {
            record["times_to_choose_from"] = shown.iter().copied().map(when).collect();
        }
        if let Some(arranged) = &introduction.arranged {
            record["you_meet_at"] = json!(when(arranged.at));
            if let Some(call) = call::link(settings, arranged) {
                record["you_call_at"] = json!(call);
            }
        }
        records.push(record);
    }
    records.extend(own.dialogue.offer.as_ref().map(|offer| {
        json!({ "kind": "an opportunity you have not sent", "organisation": offer.organisation(), "words": offer.words() })
    }));
    records.extend(state.proposals().filter(|proposal| proposal.by == member).map(proposal));
    let notes = state.notebook(member).into_iter().flat_map(|notebook| notebook.notes());
    records.extend(notes.map(|note| {
        json!({
            "kind": "a note of yours",
            "number": note.number,
            "at": when(note.at),
            "about_introduction": note.about,
            "question": note.question,
            "words": note.words,
        })
    }));
    let map: Vec<Value> = state
        .notebook(member)
        .into_iter()
        .flat_map(Notebook::map)
        .map(|line| json!({ "number": line.number, "list": line.list, "words": line.words }))
        .collect();
    records.extend((!map.is_empty()).then(|| json!({ "kind": "your network map", "lines": map })));
    let mut sign_ups: Vec<&SignUp> = state.sign_ups().filter(|one| one.member == member).collect();
    // An order of ids would differ with everybody else who signs up.
    sign_ups.sort_by_key(|one| (one.at, state.event(one.event).map(|event| event.number)));
    records.extend(sign_ups.into_iter().map(|one| sign_up(state, one)));
    let mut hand_overs: Vec<&HandOver> = state.hand_overs().filter(|one| one.member == member).collect();
    hand_overs.sort_by_key(|one| state.event(one.event).map(|event| event.number));
    records.extend(hand_overs.into_iter().map(|one| hand_over(state, one)));
    let enquiries = state.enquiries().filter(|enquiry| enquiry.by == member);
    records.extend(enquiries.map(|enquiry| {
        let settled = |closed| enquiry.answered.filter(|answered| answered.closed == closed);
        json!({
            "kind": "a question you asked the staff",
            "at": when(enquiry.at),
            "words": enquiry.words,
            "answered": settled(false).map(|answered| when(answered.at)),
            "closed": settled(true).map(|answered| when(answered.at)),
        })
    }));
    // A report about an introduction stands among the next.
    let cases = state.cases().filter(|case| case.by == member);
    records.extend(cases.filter_map(|case| {
        let Occasion::Room(room) = case.occasion else { return None };
        Some(json!({
            "kind": "a report you made about a room",
            "room": state.room(room).map(|room| &room.declared.name),
            "at": when(case.at),
            "words": case.words,
            "kept_until": when(case.at.after(settings.rooms.conduct.evidence)),
        }))
    }));
    let reports = state.reports().filter(|report| report.by == member);
    records.extend(reports.map(|report| {
        json!({
            "kind": "a report you made",
            "introduction": report.introduction,
            "at": when(report.at),
            "words": report.words,
        })
    }));
    records
}

fn person(state: &State, own: &Member, now: Timestamp) -> Value {
    let availability = &own.availability;
    let blocks: Vec<Value> = availability
        .blocks(now)
        .map(|block| json!({ "address": block.address, "since": when(block.at), "until": when(block.until) }))
        .collect();
    let rooms: Vec<Value> = own
        .rooms
        .at
        .iter()
        .filter_map(|(id, place)| Some(json!({ "room": state.room(*id)?.declared.name, "you_are": place })))
        .collect();
    let name = |id| state.room(id).map(|room| room.declared.name.clone());
    let muted: Vec<Value> = own
        .rooms
        .muted
        .iter()
        .filter_map(|(id, until)| Some(json!({ "room": name(*id)?, "until": when(*until) })))
        .collect();
    let barred: Vec<String> = own.rooms.barred.iter().filter_map(|id| name(*id)).collect();
    let standing = match own.standing {
        Standing::Current => "member".to_owned(),
        Standing::Ended => "no longer a member".to_owned(),
        Standing::Leaving(by) => format!("to be forgotten by {}", when(by)),
    };
    json!({
        "kind": "you",
        "member": own.id,
        "name": own.person.name.to_string(),
        "matrix_id": own.person.address,
        "role": own.person.role,
        "details": own.person.details,
        "standing": standing,
        "paused_until": availability.paused(now).map(when),
        "most_requests_a_month": availability.monthly_max,
        "requests_brought_to_you_at": availability.asked_at.iter().copied().map(when).collect::<Vec<_>>(),
        "people_you_block": blocks,
        "policy_edition_you_were_told_of": own.policy_told,
        "boundaries_you_agreed_to": own.agreed.as_ref().map(|agreed| json!({ "edition": agreed.edition, "at": when(agreed.at) })),
        "you_asked_the_staff_for_help_at": own.helped_at.iter().copied().map(when).collect::<Vec<_>>(),
        "rooms": rooms,
        "rooms_you_cannot_write_in_until": muted,
        "rooms_you_cannot_join": barred,
        "questions_you_last_looked_at": own.dialogue.reading.as_ref().map(|reading| &reading.theme),
    })
}

fn listing(listing: &Listing) -> Value {
    let by = match listing.by {
        Lister::Configuration => "the service's configuration",
        Lister::Records => "the service's records",
        Lister::Staff(_) => "a member of staff",
    };
    json!({
        "kind": "how the service lists you",
        "email": listing.entry.mail,
        "matrix_id": listing.entry.address,
        "name": listing.entry.name.to_string(),
        "role": listing.entry.role,
        "cohort": listing.entry.cohort,
        "details": listing.entry.details,
        "until": listing.entry.until.map(when),
        "listed_by": by,
    })
}

fn proposal(proposal: &Proposal) -> Value {
    let decided = proposal.decided.map(|decided| json!({ "approved": decided.approved, "at": when(decided.at) }));
    let mut record = match &proposal.matter {
        Matter::Room(suggested) => {
            json!({ "kind": "a room you suggested", "name": suggested.name, "what_for": suggested.topic })
        }
        Matter::Opportunity(posting) => json!({
            "kind": "an opportunity you sent",
            "organisation": posting.offer().organisation(),
            "words": posting.offer().words(),
        }),
    };
    record["at"] = json!(when(proposal.at));
    record["decided"] = json!(decided);
    record
}

fn sign_up(state: &State, sign_up: &SignUp) -> Value {
    let event = state.event(sign_up.event).map(|event| &event.plan);
    let (you_are, kept_until) = match sign_up.standing {
        events::Standing::Coming => ("coming", None),
        events::Standing::Waiting => ("waiting for a place", None),
        events::Standing::Offered(until) => ("offered a place", Some(until)),
    };
    json!({
        "kind": "an event you signed up for",
        "title": event.map(|plan| &plan.title),
        "begins": event.map(|plan| when(plan.from)),
        "you_signed_up_at": when(sign_up.at),
        "you_are": you_are,
        "place_kept_until": kept_until.map(when),
        "you_said_you_were_there": sign_up.came,
    })
}

fn hand_over(all: &State, own: &HandOver) -> Value {
    let (terms, agreed_at, stands) = match &own.stage {
        HandOverStage::Asked { terms, .. } => (terms, None, "you were asked, and have not agreed"),
        HandOverStage::Agreed(consent) => (consent.terms(), Some(consent.given_at()), "waits to be passed on"),
        HandOverStage::Passed { consent, .. } => (consent.terms(), Some(consent.given_at()), "was passed on"),
        HandOverStage::TakenBack { consent, .. } => (consent.terms(), Some(consent.given_at()), "is being taken back"),
    };
    let fields = if let HandOverStage::Passed { contact, .. } = &own.stage { contact.fields() } else { terms.values() };
    json!({
        "kind": "your contact for the host of an event",
        "title": all.event(own.event).map(|event| &event.plan.title),
        "organisation": terms.organisation(),
        "fields": fields,
        "stands": stands,
        "you_agreed_at": agreed_at.map(when),
    })
}

/// Their decisions about their card, if they made any, and their entry in the mentors' list.
fn card(state: &State, own: &Member, settings: &Settings) -> Option<Value> {
    let audiences: BTreeMap<Field, Audience> =
        own.person.details.0.keys().map(|field| (*field, own.audience(*field))).collect();
    let listing = own.card.publication.as_ref();
    let entry = state.entry(own.id).and_then(|entry| entry.published(own));
    let looked_at = own.dialogue.browsing.is_some();
    let empty = audiences.is_empty() && listing.is_none() && own.card.own.is_empty() && !looked_at;
    (!empty).then(|| {
        json!({
            "kind": "your card",
            "who_sees": audiences,
            "fields_you_wrote": own.card.own,
            "card_version": own.card_version(),
            "your_entry_in_the_mentors_list": entry.map(|entry| entry.fields().to_vec()),
            "quiet_since": own.card.silence.map(|silence| when(silence.since)),
            "you_last_looked_in_the_list_for": own.dialogue.browsing.as_ref().map(|browsing| &browsing.topic),
            "consent": listing.map(|listing| publication_receipt(listing, own.id, settings)),
        })
    })
}

fn draft(draft: &Draft) -> Value {
    match draft {
        Draft::Whom(given) => json!({ "kind": "your draft", "purpose": given.purpose, "message": given.message }),
        Draft::WhatFor { named, given } => {
            json!({ "kind": "your draft", "to": named.to_string(), "message": given.message })
        }
        Draft::KnownHow { named, purpose, given } => {
            json!({ "kind": "your draft", "to": named.to_string(), "purpose": purpose, "message": given.message })
        }
        Draft::Message { named, purpose, known_how, ticked } => json!({
            "kind": "your draft",
            "to": named.to_string(),
            "purpose": purpose,
            "known_how": known_how,
            "shown_with_it": ticked.as_ref().map(|ticked| &ticked.with_request),
            "shown_after_both_yes": ticked.as_ref().map(|ticked| &ticked.after_both),
            "message_before": ticked.as_ref().map(|ticked| &ticked.message),
            "plan_before": ticked.as_ref().map(|ticked| &ticked.plan),
        }),
        Draft::Plan(Planning { named, request, ticked, .. }) => json!({
            "kind": "your draft",
            "to": named.to_string(),
            "request": request,
            "shown_with_it": ticked.as_ref().map(|ticked| &ticked.with_request),
            "shown_after_both_yes": ticked.as_ref().map(|ticked| &ticked.after_both),
            "message_before": ticked.as_ref().map(|ticked| &ticked.message),
        }),
        Draft::Ready(Ready { named, request, ask }) => json!({
            "kind": "your draft",
            "to": named.to_string(),
            "request": request,
            "shown_with_it": ask.terms().with_request(),
            "shown_after_both_yes": ask.terms().after_both(),
        }),
    }
}

fn request(introduction: &Introduction, settings: &Settings, now: Timestamp) -> Value {
    json!({
        "kind": "a request you sent",
        "introduction": introduction.id,
        "to": introduction.named.to_string(),
        "request": introduction.request,
        "sent": when(introduction.sent_at),
        "you_hear_by": when(introduction.deadline),
        "stands": standing(sent_standing(introduction)),
        "questions": introduction.questions,
        "how_you_said_it_went": introduction.went.get(&Party::Requester),
        "consent": receipt(&introduction.asked, Party::Requester, withdrawn_at(introduction, Party::Requester), settings, now),
    })
}

fn request_received(
    state: &State,
    introduction: &Introduction,
    own: &Member,
    settings: &Settings,
    now: Timestamp,
) -> Value {
    let sender = state.member(introduction.requester);
    if !introduction.is_shown_to(own.id) {
        // It was not brought to them, or was taken back: its content is not theirs.
        return json!({ "kind": "a request that is not shown to you", "came": when(introduction.sent_at) });
    }
    let shown = sender.and_then(|sender| introduction.asked.with_request(sender, own, introduction.sent_at));
    let shown: Vec<Shown> = shown.map(|shown| shown.fields().to_vec()).unwrap_or_default();
    let (answer, yes) = match &introduction.stage {
        Stage::Waiting(Side::Sent) => ("not brought to you", None),
        Stage::Waiting(Side::Asked) => ("none yet", None),
        Stage::Waiting(Side::Quiet(Quiet::Declined)) => ("no", None),
        Stage::Waiting(Side::Quiet(Quiet::TakenBack)) => ("yes, and taken back", None),
        Stage::Waiting(Side::Quiet(Quiet::Ignored)) => ("let it pass", None),
        Stage::Waiting(Side::Quiet(Quiet::Reported)) => ("reported it", None),
        Stage::Waiting(Side::Quiet(Quiet::Blocked)) => ("blocked its sender", None),
        Stage::Waiting(Side::Quiet(Quiet::TooSoon | Quiet::NotTaking | Quiet::TakesNoPart)) => {
            ("not brought to you", None)
        }
        Stage::Waiting(Side::Quiet(
            Quiet::NotAMember | Quiet::Gone | Quiet::Stopped | Quiet::RoomFailed | Quiet::InvitationTurnedAway,
        )) => ("closed", None),
        Stage::Opening { yes, .. } | Stage::Invited { yes, .. } | Stage::Met { yes, .. } => ("yes", Some(yes)),
        Stage::Ended { .. } => ("over", None),
    };
    let fields: Fields = shown.iter().map(Shown::field).collect();
    json!({
        "kind": "a request you were sent",
        "introduction": introduction.id,
        "came": when(introduction.sent_at),
        "open_until": when(introduction.deadline),
        "shown_to_you": { "fields": fields, "values": shown, "request": introduction.request },
        "your_answer": answer,
        "questions": introduction.questions,
        "how_you_said_it_went": introduction.went.get(&Party::Addressee),
        "consent": yes.map(|yes| receipt(yes, Party::Addressee, None, settings, now)),
    })
}

fn standing(standing: SentStanding) -> &'static str {
    match standing {
        SentStanding::Waiting(_) => "waiting",
        SentStanding::Agreed => "you both said yes",
        SentStanding::NoIntroduction => "it did not come about",
        SentStanding::SaidNo => "they said no, and told you why",
        SentStanding::Withdrawn => "you called it off",
        SentStanding::MembershipEnded => "it ended with your membership",
    }
}

/// The time at which this party took their yes back, if they did.
fn withdrawn_at(introduction: &Introduction, party: Party) -> Option<Timestamp> {
    match &introduction.stage {
        Stage::Ended { outcome: Outcome::Withdrawn(by), at } if *by == party => Some(*at),
        Stage::Waiting(_) | Stage::Opening { .. } | Stage::Invited { .. } | Stage::Met { .. } | Stage::Ended { .. } => {
            None
        }
    }
}

/// A moment as RFC 3339 in UTC.
fn when(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.as_millis()).map(|at| at.to_string()).unwrap_or_default()
}
