//! Who agreed to what, from what people saw and typed and from nothing else; and who saw whose details.

use std::collections::{BTreeMap, BTreeSet};

use lodge_channel::homeserver::EventRef;
use lodge_core::consent;
use lodge_core::input::Trust;
use lodge_core::introduction::RoomRef;
use lodge_core::member::{Field, Fields, Person};
use lodge_core::name::Address;
use lodge_core::named::Named;
use lodge_core::say::{Cards, RequestText, Say};
use lodge_core::time::Timestamp;

use super::{Found, Rule};
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
}

/// A request that somebody sent, having seen it.
#[derive(Debug)]
struct Wish {
    from: Address,
    shown: Shown,
}

/// A question that somebody saw.
#[derive(Debug)]
struct Question {
    number: u32,
    event: EventRef,
    message: String,
    deadline: Timestamp,
}

/// A yes to a question that was seen.
#[derive(Debug)]
struct Yes {
    by: Address,
    message: String,
    /// The deadline of what was asked. No two requests of one person to another have the same.
    deadline: Timestamp,
    fields: Fields,
}

/// What people have agreed to so far.
#[derive(Debug, Default)]
struct Agreed {
    previews: BTreeMap<Address, Shown>,
    wishes: Vec<Wish>,
    questions: BTreeMap<Address, Vec<Question>>,
    yeses: Vec<Yes>,
    invited: BTreeMap<RoomRef, Vec<Address>>,
    typed: BTreeMap<Address, String>,
    /// What the mentors' list would show of somebody, as they saw it.
    offered: BTreeMap<Address, Fields>,
    /// What they agreed to have shown there, and have not taken back.
    published: BTreeMap<Address, Fields>,
    /// Who asked for somebody by the name that they found in the list.
    found: Vec<(Address, Address)>,
}

pub fn examine(world: &World, people: &[Somebody], found: &mut Found) {
    let mut agreed = Agreed::default();
    let details: Vec<Details<'_>> =
        people.iter().map(|somebody| (somebody.address(), details(&somebody.person))).collect();
    for Entry { at, what } in &world.log {
        agreed.invitation(world, what, found);
        if let What::Saw(who, room, sight) = what {
            agreed.check_details(who, room, sight, &details, found);
        }
        agreed.learn(world, *at, what, &details, found);
    }
    agreed.count_rooms(found);
}

/// Somebody, and what stands in their fields.
type Details<'a> = (&'a Address, Vec<(Field, String)>);

/// Whom somebody asked for. Whoever is in the mentors' list has a name that nobody else has.
fn meant<'a>(named: &'a Named, details: &[Details<'a>]) -> Option<&'a Address> {
    match named {
        Named::Address(address) => Some(address),
        Named::Entry { shown_as, .. } => {
            let is_called = |(_, fields): &&Details<'a>| {
                let name = fields.iter().find(|(field, _)| *field == Field::Name).map(|(_, name)| name);
                name.is_some() && name == shown_as.as_ref()
            };
            details.iter().find(is_called).map(|(address, _)| *address)
        }
    }
}

fn details(person: &Person) -> Vec<(Field, String)> {
    let mut details = vec![(Field::Name, person.name.to_string()), (Field::MatrixId, person.address.to_string())];
    details.extend(person.details.iter().map(|(field, value)| (*field, value.clone())));
    details
}

impl Agreed {
    fn learn(&mut self, world: &World, at: Timestamp, what: &What, details: &[Details<'_>], found: &mut Found) {
        match what {
            What::Saw(who, _, Sight::Porter(message)) => self.read(who, message, details, found),
            What::Typed(who, room, typed) => {
                self.typed.entry(who.clone()).or_default().push_str(&typed.text);
                let conversation = world.room(room).is_some_and(|room| matches!(room.kind, Kind::Conversation(_)));
                let original = matches!(typed.form, Form::Original | Form::Reply(_));
                if conversation && original && typed.trust == Trust::Tied && typed.key != Key::Never {
                    self.word(at, who, typed);
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
            | What::Calm
            | What::Call(..) => {}
        }
    }

    fn read(&mut self, who: &Address, message: &Message, details: &[Details<'_>], found: &mut Found) {
        if let Say::Preview { to, request, beside, after_both, .. } = &message.say {
            let fields = |shown: &[consent::Shown]| shown.iter().map(consent::Shown::field).collect();
            let (with, after) = (fields(beside), fields(after_both));
            if let Some(to) = meant(to, details) {
                self.previews.insert(who.clone(), Shown { to: to.clone(), request: request.clone(), with, after });
            }
        }
        if let Say::Cards(Cards::ListOffer { shows, .. }) = &message.say {
            let fields = shows.iter().map(consent::Shown::field).collect();
            self.offered.insert(who.clone(), fields);
        }
        if matches!(&message.say, Say::Cards(Cards::Unlisted | Cards::LeftList) | Say::Forgetting { .. }) {
            self.published.remove(who);
        }
        if let Say::Sent { to: named @ Named::Entry { .. }, .. } = &message.say {
            self.found.extend(meant(named, details).map(|to| (who.clone(), to.clone())));
        }
        if let Say::Asked { number, request, deadline, .. } = &message.say {
            let sent = self.wishes.iter().any(|wish| wish.shown.to == *who && wish.shown.request == *request);
            found.unless(sent, Rule::Request, || format!("{who} is asked what nobody saw and sent: {request:?}"));
            let question = Question {
                number: *number,
                event: message.event.clone(),
                message: request.request.message.clone(),
                deadline: *deadline,
            };
            self.questions.entry(who.clone()).or_default().push(question);
        }
        if let Say::AgreedRequester { to, .. } = &message.say {
            let to = meant(to, details);
            let both =
                self.invited.values().any(|invited| invited.contains(who) && to.is_some_and(|to| invited.contains(to)));
            found.unless(both, Rule::OneRoom, || format!("{who} hears of a yes before both were invited"));
        }
    }

    fn word(&mut self, at: Timestamp, who: &Address, typed: &Typed) {
        match &typed.meaning {
            Meaning::Send => {
                if let Some(shown) = self.previews.get(who).cloned() {
                    self.wishes.push(Wish { from: who.clone(), shown });
                }
            }
            Meaning::Yes(more, number, reply) => {
                let meant = |question: &&Question| {
                    number.is_none_or(|number| number == question.number)
                        && reply.as_ref().is_none_or(|reply| *reply == question.event)
                        && at < question.deadline
                };
                let mut fields = more.clone();
                fields.extend([Field::Name, Field::MatrixId]);
                for question in self.questions.get(who).into_iter().flatten().filter(meant) {
                    let (message, deadline) = (question.message.clone(), question.deadline);
                    self.yeses.push(Yes { by: who.clone(), message, deadline, fields: fields.clone() });
                }
            }
            Meaning::Other if typed.text == "list me now" => {
                let offered = self.offered.remove(who);
                self.published.extend(offered.map(|fields| (who.clone(), fields)));
            }
            Meaning::Help | Meaning::Other => {}
        }
    }

    /// Whether `viewer` may see this field of `owner`'s by now.
    fn allows(&self, owner: &Address, viewer: &Address, field: Field) -> bool {
        let published = self.published.get(owner).is_some_and(|fields| fields.contains(&field));
        let label = field == Field::Name && self.found.iter().any(|(by, whom)| by == viewer && whom == owner);
        if published || label {
            return true;
        }
        self.wishes.iter().any(|wish| {
            let message = &wish.shown.request.request.message;
            let yes = |by: &Address| self.yeses.iter().find(|yes| yes.by == *by && yes.message == *message);
            if wish.from == *owner && wish.shown.to == *viewer {
                wish.shown.with.contains(&field) || (wish.shown.after.contains(&field) && yes(viewer).is_some())
            } else {
                wish.from == *viewer && wish.shown.to == *owner && yes(owner).is_some_and(|y| y.fields.contains(&field))
            }
        })
    }

    /// Whether `owner` wrote this themselves in a request to `viewer`, and sent it having seen it there.
    fn wrote(&self, owner: &Address, viewer: &Address, value: &str) -> bool {
        self.wishes.iter().any(|wish| {
            let words = &wish.shown.request.request;
            let written = words.message.contains(value) || words.known_how.as_ref().is_some_and(|k| k.contains(value));
            written && wish.from == *owner && wish.shown.to == *viewer
        })
    }

    fn check_details(&self, who: &Address, room: &RoomRef, sight: &Sight, details: &[Details<'_>], found: &mut Found) {
        let known = self.typed.get(who);
        let member = details.iter().any(|(owner, _)| *owner == who);
        for (owner, fields) in details.iter().filter(|(owner, _)| *owner != who) {
            for (field, value) in fields {
                let shown = match sight {
                    Sight::Porter(message) => message.text.contains(value.as_str()),
                    Sight::Other(other, _) => *field == Field::MatrixId && other == *owner,
                    Sight::Invitation(_)
                    | Sight::Removed
                    | Sight::Counsel(_)
                    | Sight::Answer(..)
                    | Sight::Words(..)
                    | Sight::Speech
                    | Sight::TakenBack(_) => false,
                };
                let typed_it = *field == Field::MatrixId && known.is_some_and(|known| known.contains(value.as_str()));
                // Somebody whom the homeserver's operator put into a room sees who is in it.
                let forced = !member && matches!(field, Field::MatrixId | Field::Name);
                // The service's own records say which organisation somebody is listed for.
                let listed = *field == Field::Organisation && is_for_staff(sight);
                if shown
                    && !typed_it
                    && !forced
                    && !listed
                    && !self.allows(owner, who, *field)
                    && !self.wrote(owner, who, value)
                {
                    let rule = if member { Rule::Disclosure } else { Rule::OnlyTwo };
                    found.add(rule, format!("{who} sees {field:?} of {owner} in {} without their consent", room.0));
                }
            }
        }
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

    /// How many introductions of these two both agreed to.
    fn both(&self, requester: &Address, addressee: &Address) -> usize {
        let wishes = self.wishes.iter().filter(|wish| wish.from == *requester && wish.shown.to == *addressee);
        let messages: BTreeSet<&String> = wishes.map(|wish| &wish.shown.request.request.message).collect();
        let yeses = self.yeses.iter().filter(|yes| yes.by == *addressee && messages.contains(&yes.message));
        yeses.map(|yes| (&yes.message, yes.deadline)).collect::<BTreeSet<_>>().len()
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
