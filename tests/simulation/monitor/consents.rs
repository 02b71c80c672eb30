//! The consents that people gave, found from what they saw and typed and from nothing else; and the details that others
//! saw.

use std::collections::{BTreeMap, BTreeSet};

use lodge_channel::homeserver::EventRef;
use lodge_core::consent;
use lodge_core::id::IntroductionId;
use lodge_core::input::Proof;
use lodge_core::introduction::Request;
use lodge_core::mentors::card::Audience;
use lodge_core::name::Address;
use lodge_core::people::member::{Field, Fields};
use lodge_core::people::named::Named;
use lodge_core::say::{
    Answering, Cards, CasePlace, ConductDesk, Ending, EventDesk, RequestText, Requesting, Rights, Say,
};
use lodge_core::time::Timestamp;
use lodge_matrix::homeserver::RoomRef;

use super::timeline::{Put, Timeline};
use super::{Found, Rigour, Rule, contacts};
use crate::people::Somebody;
use crate::world::World;
use crate::world::log::{Entry, Form, Meaning, Message, Sight, Typed, What};
use crate::world::room::{Key, Kind};

/// A preview that somebody saw.
#[derive(Debug, Clone)]
struct Shown {
    to: Address,
    request: RequestText,
    with: Fields,
    after: Fields,
    /// The text of the preview.
    screen: String,
}

/// A request that somebody sent, having seen it.
#[derive(Debug)]
struct Wish {
    from: Address,
    shown: Shown,
    /// The introductions that came of it. One word sends one request.
    sent: BTreeSet<IntroductionId>,
}

/// A yes to a question that was seen.
#[derive(Debug)]
struct Yes {
    by: Address,
    introduction: IntroductionId,
    fields: Fields,
    /// The text of the question.
    screen: String,
}

/// Everything that people have agreed to so far.
#[derive(Debug)]
struct Agreed {
    rigour: Rigour,
    previews: BTreeMap<(Address, RoomRef), Shown>,
    wishes: Vec<Wish>,
    timelines: BTreeMap<(Address, RoomRef), Timeline>,
    yeses: Vec<Yes>,
    invited: BTreeMap<RoomRef, Vec<Address>>,
    typed: BTreeMap<Address, String>,
    /// The fields of somebody that the mentors' list would show, as they saw it.
    offered: BTreeMap<Address, Fields>,
    /// The fields that they agreed to have shown there, and have not taken back.
    published: BTreeMap<Address, Fields>,
    /// The people who asked for somebody by the name that they found in the list, each with whom they asked for.
    found: Vec<(Address, Address)>,
    /// Everything they had agreed to before the service went back to an older copy of its store.
    before: Option<Box<Agreed>>,
}

pub fn examine(world: &World, people: &[Somebody], rigour: Rigour, found: &mut Found) {
    let mut agreed = Agreed::new(rigour);
    let (mut said, mut before) = (BTreeSet::new(), BTreeSet::new());
    let details: Vec<Details<'_>> =
        people.iter().map(|somebody| (somebody.address(), somebody.values.as_slice())).collect();
    for Entry { at, what } in &world.log {
        if let What::Said(_, message) = what {
            said.insert(message.effect);
        }
        // No consent from before counts for anything that is shown from here on.
        if matches!(what, What::Restored) {
            agreed.count_rooms(found);
            let typed = agreed.typed.clone();
            agreed = Agreed { typed, before: Some(Box::new(agreed)), ..Agreed::new(rigour) };
            before.clone_from(&said);
        }
        // It was shown before, though it is read only now.
        if matches!(what, What::Saw(_, _, Sight::Porter(message)) if before.contains(&message.effect)) {
            continue;
        }
        agreed.invitation(world, what, found);
        if let What::Saw(who, room, sight) = what {
            agreed.check_details(who, room, sight, &details, found);
        }
        agreed.learn(world, *at, what, &details, found);
    }
    agreed.count_rooms(found);
}

/// Somebody, and what has stood in their fields.
type Details<'a> = (&'a Address, &'a [(Field, String)]);

/// The person whom somebody asked for. Everybody in the mentors' list has a name that nobody else has.
fn meant<'a>(named: &'a Named, details: &[Details<'a>]) -> Option<&'a Address> {
    match named {
        Named::Address(address) => Some(address),
        Named::Entry { shown_as, .. } => {
            let is_called = |(_, fields): &&Details<'a>| {
                fields.iter().any(|(field, value)| *field == Field::Name && Some(value) == shown_as.as_ref())
            };
            details.iter().find(is_called).map(|(address, _)| *address)
        }
    }
}

impl Agreed {
    fn new(rigour: Rigour) -> Self {
        Self {
            rigour,
            previews: BTreeMap::new(),
            wishes: Vec::new(),
            timelines: BTreeMap::new(),
            yeses: Vec::new(),
            invited: BTreeMap::new(),
            typed: BTreeMap::new(),
            offered: BTreeMap::new(),
            published: BTreeMap::new(),
            found: Vec::new(),
            before: None,
        }
    }

    fn learn(&mut self, world: &World, at: Timestamp, what: &What, details: &[Details<'_>], found: &mut Found) {
        match what {
            What::Saw(who, room, Sight::Porter(message)) => {
                self.read(who, room, message, details, found);
                let timeline = self.timelines.entry((who.clone(), room.clone())).or_default();
                let twice = timeline.reads(at, message).filter(|_| self.rigour == Rigour::Strict);
                if let Some(number) = twice {
                    found.add(Rule::Numbers, format!("{who} is shown number {number} for another thing than before"));
                }
            }
            What::Saw(who, room, Sight::TakenBack(event)) => {
                self.timelines.entry((who.clone(), room.clone())).or_default().loses(event);
            }
            What::Typed(who, room, typed) => {
                self.typed.entry(who.clone()).or_default().push_str(&typed.text);
                let conversation = world.room(room).is_some_and(|room| matches!(room.kind, Kind::Conversation(_)));
                let original = matches!(typed.form, Form::Original | Form::Reply(_) | Form::Thread(_));
                if conversation && original && typed.proof == Proof::Proven && typed.key != Key::Never {
                    self.word(at, (who, room), typed);
                }
                if let Some(timeline) = self.timelines.get_mut(&(who.clone(), room.clone())) {
                    timeline.writes(at, typed);
                }
            }
            What::Saw(..)
            | What::Said(..)
            | What::Made(..)
            | What::Invited(..)
            | What::SpeechOpened(_)
            | What::Moved(..)
            | What::Roster
            | What::Crashed
            | What::Restored
            // A copy that the homeserver puts into a room is nobody's word.
            | What::Replayed { .. }
            | What::TookAway(..)
            | What::Calm
            | What::Call(..) => {}
        }
    }

    fn read(&mut self, who: &Address, room: &RoomRef, message: &Message, details: &[Details<'_>], found: &mut Found) {
        if let Say::Requesting(Requesting::Preview { to, request, beside, after_both, .. }) = &message.say {
            let fields = |shown: &[consent::Shown]| shown.iter().map(consent::Shown::field).collect();
            let (with, after) = (fields(beside), fields(after_both));
            if let Some(to) = meant(to, details) {
                let (to, request, screen) = (to.clone(), request.clone(), message.text.clone());
                self.previews.insert((who.clone(), room.clone()), Shown { to, request, with, after, screen });
            }
        }
        if let Say::Cards(Cards::ListOffer { shows, .. }) = &message.say {
            let fields = shows.iter().map(consent::Shown::field).collect();
            self.offered.insert(who.clone(), fields);
        }
        // Somebody in the list who fills in a field hears what it shows there, before it shows.
        if let Say::Cards(Cards::Written { shown, audience: Audience::Directory | Audience::Members, from: Some(_) }) =
            &message.say
            && let Some(published) = self.published.get_mut(who)
        {
            published.insert(shown.field());
        }
        if matches!(
            &message.say,
            Say::Cards(Cards::Unlisted | Cards::LeftList) | Say::Rights(Rights::Forgetting { .. })
        ) {
            self.published.remove(who);
        }
        if let Say::Requesting(Requesting::Sent { to: named @ Named::Entry { .. }, .. }) = &message.say {
            self.found.extend(meant(named, details).map(|to| (who.clone(), to.clone())));
        }
        if let Say::Answering(Answering::Asked { request, of, .. }) = &message.say {
            self.asked(who, request, of.introduction(), found);
        }
        if let Say::Ending(Ending::AgreedRequester { to, .. }) = &message.say {
            let to = meant(to, details);
            let both =
                self.invited.values().any(|invited| invited.contains(who) && to.is_some_and(|to| invited.contains(to)));
            found.unless(both, Rule::OneRoom, || format!("{who} hears of a yes before both were invited"));
        }
    }

    /// Somebody is asked what another sent: exactly that, and by one word once.
    fn asked(&mut self, who: &Address, request: &RequestText, id: IntroductionId, found: &mut Found) {
        let strict = self.rigour == Rigour::Strict;
        let mut equal: Vec<&mut Wish> =
            self.wishes.iter_mut().filter(|wish| wish.shown.to == *who && wish.shown.request == *request).collect();
        found.unless(!equal.is_empty(), Rule::Request, || {
            format!("{who} is asked what nobody saw and sent: {request:?}")
        });
        if equal.iter().any(|wish| wish.sent.contains(&id)) {
            return;
        }
        let none = equal.is_empty();
        // A "send" that came early stays a wish, though nothing came of it; the one that was taken stands after it.
        let place = equal.iter().rposition(|wish| !strict || wish.sent.is_empty());
        match place.and_then(|place| equal.get_mut(place)) {
            Some(wish) => drop(wish.sent.insert(id)),
            None if none => {}
            None => found.add(Rule::Request, format!("{who} is asked again what was sent once: {request:?}")),
        }
    }

    fn word(&mut self, at: Timestamp, (who, room): (&Address, &RoomRef), typed: &Typed) {
        match &typed.meaning {
            Meaning::Send => {
                if let Some(shown) = self.preview(who, room).cloned() {
                    self.wishes.push(Wish { from: who.clone(), shown, sent: BTreeSet::new() });
                }
            }
            Meaning::Yes(more, number, reply) => {
                let mut fields = more.clone();
                fields.extend([Field::Name, Field::Address]);
                let theirs = self.timelines.iter().filter(|((by, place), _)| match self.rigour {
                    Rigour::Loose => by == who,
                    Rigour::Strict => by == who && place == room,
                });
                for timeline in theirs.map(|(_, timeline)| timeline) {
                    let meant = match self.rigour {
                        Rigour::Strict => timeline.meant(at, *number, &typed.form),
                        Rigour::Loose => ever_asked(timeline, *number, reply.as_ref()),
                    };
                    let open = meant.into_iter().filter_map(|id| Some((id, timeline.screen(id)?)));
                    self.yeses.extend(open.filter(|(_, screen)| at < screen.deadline).map(|(introduction, screen)| {
                        Yes { by: who.clone(), introduction, fields: fields.clone(), screen: screen.text.clone() }
                    }));
                }
            }
            Meaning::Other if typed.text == "list me now" => {
                let offered = self.offered.remove(who);
                self.published.extend(offered.map(|fields| (who.clone(), fields)));
            }
            Meaning::Help | Meaning::Other => {}
        }
    }

    /// The preview that somebody has before them.
    fn preview(&self, who: &Address, room: &RoomRef) -> Option<&Shown> {
        self.previews.get(&(who.clone(), room.clone()))
    }

    /// Whether `viewer` may see this in this field of `owner`'s by now.
    fn allows(&self, owner: &Address, viewer: &Address, field: Field, value: &str) -> bool {
        let published = self.published.get(owner).is_some_and(|fields| fields.contains(&field));
        let label = field == Field::Name && self.found.iter().any(|(by, whom)| by == viewer && whom == owner);
        if published || label {
            return true;
        }
        let stood = |screen: &str| self.rigour == Rigour::Loose || screen.contains(value);
        self.wishes.iter().any(|wish| {
            let yeses = |by: &Address| {
                let of = |yes: &&Yes| yes.by == *by && wish.sent.contains(&yes.introduction);
                self.yeses.iter().filter(of).collect::<Vec<_>>()
            };
            if wish.from == *owner && wish.shown.to == *viewer {
                let (with, after) = (wish.shown.with.contains(&field), wish.shown.after.contains(&field));
                (with || (after && !yeses(viewer).is_empty())) && stood(&wish.shown.screen)
            } else {
                let theirs = wish.from == *viewer && wish.shown.to == *owner;
                theirs && yeses(owner).iter().any(|yes| yes.fields.contains(&field) && stood(&yes.screen))
            }
        })
    }

    /// Whether `owner` wrote this themselves in a request to `viewer`, and sent it having seen it there.
    fn wrote(&self, owner: &Address, viewer: &Address, value: &str) -> bool {
        self.quoted(viewer, value).any(|from| from == owner)
    }

    /// Everybody who wrote this in a request to `viewer`, and sent it having seen it there.
    fn quoted(&self, viewer: &Address, value: &str) -> impl Iterator<Item = &Address> {
        let to = self.wishes.iter().filter(move |wish| wish.shown.to == *viewer);
        to.filter(move |wish| contains(&wish.shown.request.request, value)).map(|wish| &wish.from)
    }

    fn check_details(&self, who: &Address, room: &RoomRef, sight: &Sight, details: &[Details<'_>], found: &mut Found) {
        let known = self.typed.get(who);
        let member = details.iter().any(|(owner, _)| *owner == who);
        for (owner, fields) in details.iter().filter(|(owner, _)| *owner != who) {
            for (field, value) in *fields {
                let shown = match sight {
                    Sight::Porter(message) => message.text.contains(value.as_str()),
                    Sight::Other(other, _) => *field == Field::Address && other == *owner,
                    Sight::Invitation(_)
                    | Sight::Removed
                    | Sight::Counsel(_)
                    | Sight::Answer(..)
                    | Sight::Words(..)
                    | Sight::Speech
                    | Sight::TakenBack(_) => false,
                };
                // Staff type the names of organisations, also where a draft takes the words.
                let typed_it = matches!(field, Field::Address | Field::Organisation)
                    && (known.is_some_and(|known| known.contains(value.as_str()))
                        || quotes(sight, value)
                        || self.quoted(who, value).next().is_some());
                // Somebody whom the homeserver's operator put into a room sees who is in it.
                let forced = !member && matches!(field, Field::Address | Field::Name);
                // The service's own records say which organisation somebody is listed for.
                let listed = *field == Field::Organisation && is_for_staff(sight);
                let reported = *field == Field::Address && self.reported(sight, owner);
                let of_event = if matches!(field, Field::Name | Field::Address) {
                    is_guest(sight, owner)
                } else if *field == Field::Organisation && is_own_data(sight) {
                    self.typed.values().any(|typed| typed.contains(value.as_str()))
                } else {
                    self.says_of_event(sight, value)
                };
                // A room that they had before shows them who comes in, and their own data repeat what they were shown
                // before.
                let had = match sight {
                    Sight::Other(..) => true,
                    Sight::Porter(_) => is_own_data(sight),
                    Sight::Invitation(_)
                    | Sight::Removed
                    | Sight::Counsel(_)
                    | Sight::Answer(..)
                    | Sight::Words(..)
                    | Sight::Speech
                    | Sight::TakenBack(_) => false,
                };
                let beside = had && self.before.as_ref().is_some_and(|before| before.allows(owner, who, *field, value));
                if shown
                    && !beside
                    && !typed_it
                    && !forced
                    && !listed
                    && !reported
                    && !of_event
                    && !contacts::is_of(sight, owner)
                    && !self.allows(owner, who, *field, value)
                    && !self.wrote(owner, who, value)
                {
                    let rule = if member { Rule::Disclosure } else { Rule::OnlyTwo };
                    found.add(
                        rule,
                        format!("{who} sees {field:?} of {owner} ({value}) in {} without their consent", room.0),
                    );
                }
            }
        }
    }

    /// Whether it is about an event, of which somebody typed the words in which this stands, such as the host's name.
    fn says_of_event(&self, sight: &Sight, value: &str) -> bool {
        let typed = |words: &String| self.typed.values().any(|typed| typed.contains(words));
        words_of_event(sight, value).is_some_and(|words| words.iter().all(typed))
    }

    /// Whether staff are told, by somebody who reports an introduction, that this person reported or is reported.
    fn reported(&self, sight: &Sight, person: &Address) -> bool {
        let Sight::Porter(Message { say: Say::ConductDesk(ConductDesk::Reported { line, by, .. }), .. }) = sight else {
            return false;
        };
        let reports = self.typed.get(by).is_some_and(|typed| typed.contains("report"));
        reports && matches!(line.place, CasePlace::Introduction { .. }) && [by, &line.who].contains(&person)
    }

    fn invitation(&mut self, world: &World, what: &What, found: &mut Found) {
        let What::Invited(who, room) = what else { return };
        if !world.room(room).is_some_and(|room| matches!(room.kind, Kind::Introduction(_))) {
            return;
        }
        let invited = self.invited.entry(room.clone()).or_default();
        if invited.contains(who) {
            found.add(Rule::OneRoom, format!("{who} is invited to {} again", room.0));
            return;
        }
        invited.push(who.clone());
        let invited = invited.clone();
        let agreed = match &invited[..] {
            [addressee] => self.yeses.iter().any(|yes| yes.by == *addressee),
            [addressee, requester] => self.both(requester, addressee) > 0,
            _ => false,
        };
        found.unless(agreed, Rule::Consent, || format!("{who} is invited to {} without both their yeses", room.0));
    }

    /// The number of introductions of these two that both agreed to.
    fn both(&self, requester: &Address, addressee: &Address) -> usize {
        let wishes = self.wishes.iter().filter(|wish| wish.from == *requester && wish.shown.to == *addressee);
        let sent: BTreeSet<IntroductionId> = wishes.flat_map(|wish| wish.sent.iter().copied()).collect();
        let yeses = self.yeses.iter().filter(|yes| yes.by == *addressee && sent.contains(&yes.introduction));
        yeses.map(|yes| yes.introduction).collect::<BTreeSet<_>>().len()
    }

    fn count_rooms(&self, found: &mut Found) {
        let mut rooms: BTreeMap<(&Address, &Address), usize> = BTreeMap::new();
        for invited in self.invited.values() {
            if let [addressee, requester] = &invited[..] {
                *rooms.entry((requester, addressee)).or_default() += 1;
            }
        }
        for ((requester, addressee), count) in rooms {
            let agreed = self.both(requester, addressee);
            found.unless(count <= agreed, Rule::OneRoom, || {
                format!(
                    "{requester} and {addressee} agreed to {agreed} introductions and were invited to {count} rooms"
                )
            });
        }
    }
}

/// Whether it is said to those who work for the service as such.
fn is_for_staff(sight: &Sight) -> bool {
    if let Sight::Porter(message) = sight { matches!(message.say, Say::Staffing(_)) } else { false }
}

/// Whether somebody is shown what is kept about them.
fn is_own_data(sight: &Sight) -> bool {
    matches!(sight, Sight::Porter(Message { say: Say::Rights(Rights::MyData { .. }), .. }))
}

/// Whether staff are shown who comes to an event, and this person does.
fn is_guest(sight: &Sight, person: &Address) -> bool {
    let Sight::Porter(Message { say: Say::EventDesk(EventDesk::Guests { guests, .. }), .. }) = sight else {
        return false;
    };
    guests.iter().any(|guest| guest.address == *person)
}

/// The words of an event in which this stands; `None` where the message is about no event.
fn words_of_event(sight: &Sight, value: &str) -> Option<Vec<String>> {
    fn words(found: &mut Vec<String>, json: &serde_json::Value, value: &str) {
        found.extend(json.as_str().filter(|words| words.contains(value)).map(str::to_owned));
        json.as_array().into_iter().flatten().for_each(|part| words(found, part, value));
        json.as_object().into_iter().flatten().for_each(|(_, part)| words(found, part, value));
    }
    let Sight::Porter(Message { say: say @ (Say::Events(_) | Say::EventDesk(_)), .. }) = sight else { return None };
    let mut found = Vec::new();
    words(&mut found, &serde_json::to_value(say).ok()?, value);
    Some(found)
}

/// Every request that somebody was ever asked about, but for those with another number or another message than they
/// named: the monitor asked no more of a yes before it looked at the messages that stood before it.
fn ever_asked(timeline: &Timeline, number: Option<u32>, reply: Option<&EventRef>) -> Vec<IntroductionId> {
    let meant = |put: &&Put| number.is_none_or(|number| number == put.number) && reply.is_none_or(|r| *r == put.event);
    timeline.puts().iter().filter(meant).map(|put| put.introduction).collect()
}

/// Whether a request quotes this from its writer's own words.
fn quotes(sight: &Sight, value: &str) -> bool {
    let Sight::Porter(Message {
        say: Say::Answering(Answering::Asked { request, .. }) | Say::Requesting(Requesting::Preview { request, .. }),
        ..
    }) = sight
    else {
        return false;
    };
    contains(&request.request, value)
}

/// Whether this is among the words of a request that are its writer's own.
fn contains(words: &Request, value: &str) -> bool {
    let own = [&words.message].into_iter().chain(&words.known_how).chain(&words.plan.questions);
    own.into_iter().any(|own| own.contains(value))
}
