//! Samples of messages of the conversation as such, and the people and requests of all samples.
//!
//! Each feature has its own beside its messages. They are made as the core makes them.

#![expect(clippy::unwrap_used, reason = "samples are made of values that are known to be right")]

use crate::command::wish::Wish;
use crate::consent::{Ask, Consent, Disclosure, Terms, Versions, Word};
use crate::dialogue::Dialogue;
use crate::id::{ConsentId, EffectId, IntroductionId, MemberId, WordsId};
use crate::input::{Before, LeftOut, Proof, Said};
use crate::interview::plan::Plan;
use crate::introduction::Request;
use crate::mentors::card::Card;
use crate::name::{Address, DisplayName};
use crate::people::availability::Availability;
use crate::people::member::{Field, Fields, Member, Person, Role, Standing};
use crate::people::named::Named;
use crate::policy::{Offers, PurposeId};
use crate::say::{Aside, Meant, NotTaken, OpenRequest, Say, Unchanged};
use crate::time::Timestamp;
use crate::{arranging, conduct, desk, events, interview, introduction, mentors, notes, people, rights, rooms};

/// Every kind of message, some more than once where they read differently.
pub fn everything() -> Vec<Say> {
    let mut all = conversation();
    all.extend(prompts());
    all.extend(asides());
    all.extend(introduction::samples::everything());
    all.extend(arranging::samples::everything());
    all.extend(people::samples::everything());
    all.extend(mentors::samples::everything());
    all.extend(rooms::samples::everything());
    all.extend(conduct::samples::everything());
    all.extend(desk::samples::everything());
    all.extend(events::samples::everything());
    all.extend(interview::samples::everything());
    all.extend(notes::samples::everything());
    all.extend(rights::samples::everything());
    all
}

fn conversation() -> Vec<Say> {
    vec![
        Say::Help { offers: Offers::default(), role: Role::Student },
        Say::Help { offers: Offers::default(), role: Role::Staff },
        Say::Help {
            offers: Offers { introductions: false, rooms: false, mentors: true, events: false },
            role: Role::Alumnus,
        },
        Say::NotUnderstood,
        Say::Elsewhere,
        Say::Unreadable,
        Say::Hurried,
        Say::DeviceUnknown,
        Say::TakesNoPart,
        Say::NotThatOne,
        Say::DraftDropped,
        Say::NoDraft,
        Say::DraftWaits,
        Say::Fault,
    ]
}

fn prompts() -> Vec<Say> {
    vec![
        Say::NotTaken(NotTaken::Changed),
        Say::NotTaken(NotTaken::Early),
        Say::NotTaken(NotTaken::TooManyBlocks { limit: 200 }),
        Say::NotTaken(NotTaken::Wordless { open: vec![], draft: false }),
        Say::NotTaken(NotTaken::Wordless { open: vec![], draft: true }),
        Say::NotTaken(NotTaken::Wordless { open: vec![(1, with_request())], draft: true }),
        Say::NotTaken(NotTaken::LeftOut(LeftOut::Sealed)),
        Say::NotTaken(NotTaken::LeftOut(LeftOut::Hurried)),
        Say::NotTaken(NotTaken::AgreeFirst { of: with_request(), times: false }),
        Say::NotTaken(NotTaken::AgreeFirst { of: with_request(), times: true }),
        Say::NotTaken(NotTaken::Unsure { number: 1, of: with_request(), no: false, adds: [Field::Email].into() }),
        Say::NotTaken(NotTaken::Unsure { number: 1, of: with_request(), no: true, adds: Fields::new() }),
        Unchanged::Nothing.into(),
        Unchanged::Draft { gone: false }.into(),
        Unchanged::Draft { gone: true }.into(),
        Unchanged::Request { to: alex().person.address.into(), gone: false }.into(),
        Unchanged::Request { to: alex().person.address.into(), gone: true }.into(),
        Unchanged::Yes { which: Meant::From(with_request()), gone: false }.into(),
        Unchanged::Yes { which: Meant::From(with_request()), gone: true }.into(),
        Unchanged::No { number: 1, which: Meant::From(with_request()), gone: false }.into(),
        Unchanged::No { number: 1, which: Meant::From(with_request()), gone: true }.into(),
        Say::AnswerUnclear,
        Say::NothingToAnswer,
        Say::WhichOne { open: vec![(1, with_request()), (2, with_request())] },
        Say::NoSuchNumber { number: 7 },
        Say::TooLate,
        Say::MaybeAnAnswer { number: 2 },
        Say::WordsMissing { command: "no because".to_owned() },
        Say::WordsTooLong { limit: 500, found: 612 },
        Say::WhenUnclear { command: "1 later".to_owned() },
    ]
}

fn asides() -> Vec<Say> {
    let open = || OpenRequest { number: 1, of: with_request(), deadline: deadline() };
    let all = [
        Aside::Hello { offers: Offers::default() },
        Aside::Hello { offers: Offers { introductions: false, rooms: true, mentors: false, events: false } },
        Aside::HelloOpen(open()),
        Aside::StopWhat { open: Some(open()), draft: true, withdraw: true, listed: true, leave: true },
        Aside::StopWhat { open: None, draft: false, withdraw: false, listed: false, leave: false },
        Aside::HowItEnds,
        Aside::Example,
        Aside::Languages,
        Aside::Trouble,
        Aside::HardTime { quiet_room: Some("@quiet:example.org".to_owned()) },
        Aside::HardTime { quiet_room: None },
        Aside::Figures,
        Aside::Announcements,
        Aside::Events,
        Aside::StillWaits { open: open(), misses: 1 },
        Aside::StillWaits { open: open(), misses: 2 },
        Aside::StillWaits { open: open(), misses: 3 },
        Aside::OrOneOf { wishes: vec![Wish::About, Wish::Policy, Wish::Outcome], open: open() },
        Aside::OwnWaits { to: alex().person.address.into(), deadline: deadline(), misses: 1 },
        Aside::LostAgain,
        Aside::LostToPerson,
        Aside::LostInDraft,
    ];
    let wishes: Vec<Wish> = Wish::ALL.iter().copied().filter(|wish| wish.line_id().is_some()).collect();
    let own = || (alex().person.address.into(), deadline());
    let waiting = Aside::IsItOneOf { wishes: vec![Wish::Stop, Wish::Requests, Wish::Staff], own: Some(own()) };
    let choices = wishes.chunks(3).map(|some| Aside::IsItOneOf { wishes: some.to_vec(), own: None }).chain([waiting]);
    all.into_iter().chain(choices).map(Say::from).collect()
}

/// The moment of all samples.
pub(crate) fn now() -> Timestamp {
    moment("2026-11-02T10:00:00Z")
}

/// A moment after it.
pub(crate) fn deadline() -> Timestamp {
    moment("2026-11-17T09:00:00Z")
}

fn moment(text: &str) -> Timestamp {
    Timestamp::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

/// A requester.
pub(crate) fn sam() -> Member {
    let details = [
        (Field::Headline, "Editor of the law review"),
        (Field::Course, "Law, second year"),
        (Field::Organisation, "Wadham College"),
        (Field::Email, "sam@example.org"),
        (Field::Phone, "+44 1865 000000"),
    ];
    member(1, "@sam:example.org", "Sam Okafor", Role::Student, &details)
}

/// An addressee.
pub(crate) fn alex() -> Member {
    let details = [(Field::Organisation, "Harrow & Lane"), (Field::Email, "alex@example.org")];
    member(2, "@alex:example.org", "Alex Lindqvist", Role::Alumnus, &details)
}

fn member(id: u8, address: &str, name: &str, role: Role, details: &[(Field, &str)]) -> Member {
    let details = details.iter().map(|(field, text)| (*field, (*text).to_owned())).collect();
    let address = Address::exact(address).unwrap();
    let person = Person { address, name: DisplayName::parse(name).unwrap(), role, details };
    Member {
        id: MemberId::from_bytes([id; 16]),
        person,
        standing: Standing::Current,
        returns: 0,
        dialogue: Dialogue::default(),
        availability: Availability::default(),
        policy_told: None,
        boundaries_told: None,
        agreed: None,
        helped_at: vec![],
        rooms: rooms::Places::default(),
        card: Card::default(),
    }
}

/// The words of a request, with or without those on how the two know each other.
pub(crate) fn words(known: bool) -> Request {
    let known_how = known.then(|| "We talked at the law fair in May.".to_owned());
    let message = "Dear Alex,\n\nI am in my second year and wonder how you chose between being a solicitor and a \
                   barrister. Would you have twenty minutes for a call?\n\nSam";
    let purpose = PurposeId::new("information-interview");
    Request { purpose, known_how, message: message.to_owned(), plan: Plan::default() }
}

/// A yes of one to the other.
pub(crate) fn consent_of(giver: &Member, recipient: &Member) -> Consent {
    let versions = Versions { wording: "1".to_owned(), policy: "1".to_owned() };
    let fields = (Fields::from([Field::Name, Field::Course]), Field::ALL.into());
    let to = Named::Entry { member: recipient.id, shown_as: None };
    let id = IntroductionId::from_bytes([9; 16]);
    let mut ask = Ask::new(Terms::of_request(id, (giver, &to), &words(true), fields, &versions));
    ask.shown_by(shown());
    let word = word(giver, "yes");
    let id = ConsentId::from_bytes([giver.id.to_bytes()[0]; 16]);
    ask.accept(word, &Fields::new(), id, now(), deadline()).unwrap()
}

/// A message that showed somebody the things they then agreed to.
pub(crate) fn shown() -> EffectId {
    EffectId::from_bytes([8; 16])
}

/// Words as somebody wrote them after a message that showed them what they then agreed to.
pub(crate) fn word(giver: &Member, text: &str) -> Word {
    let before = Before::new([shown()].into(), Some(shown()));
    #[expect(clippy::disallowed_methods, reason = "in the place of a channel")]
    let said = Said::heard(giver.id, WordsId::from_bytes([0; 16]), text.to_owned(), Proof::Proven);
    Word::of(&said.after(before), &[shown()]).unwrap()
}

/// The details that go with a request.
pub(crate) fn with_request() -> Disclosure {
    consent_of(&sam(), &alex()).with_request(&sam(), &alex(), now()).unwrap()
}
