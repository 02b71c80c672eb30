//! One or more samples of everything the porter can say, made as the core makes them.

mod affairs;
mod cards;
mod community;
mod joining;
mod moderation;

use std::collections::BTreeSet;

use lodge_core::people::availability::Availability;
use lodge_core::mentors::card::Card;
use lodge_core::consent::{self, Ask, Both, Consent, Disclosure, Terms, Versions, Word};
use lodge_core::dialogue::{Carried, Dialogue};
use lodge_core::id::{ConsentId, EffectId, IntroductionId, MemberId, WordsId};
use lodge_core::input::{Before, LeftOut, Proof, Said};
use lodge_core::introduction::{Known, Request};
use lodge_core::people::member::{Field, Fields, Member, Person, Role, Standing};
use lodge_core::name::{Address, DisplayName};
use lodge_core::people::named::Named;
use lodge_core::policy::{Offers, PurposeId};
use lodge_core::say::{Carrying, Devices, Joining, Meant, NotTaken, RequestText, Say, SentLine, SentStanding, Staffing, Tip, Unchanged};
use lodge_core::time::{Span, Timestamp};
use lodge_ground::proof::DeviceCode;

/// Every kind of saying, some more than once where they read differently.
pub fn everything() -> Vec<Say> {
    let mut all = conversation();
    all.extend(writing());
    all.extend(answering());
    all.extend(affairs::everything());
    all.extend(rooms());
    all.extend(community::everything());
    all.extend(joining::everything());
    all.extend(cards::everything());
    all.extend(moderation::everything());
    all
}

/// The name of a saying's kind.
pub fn kind(say: &Say) -> String {
    let value = serde_json::to_value(say).unwrap();
    value.as_str().or_else(|| Some(value.as_object()?.keys().next()?.as_str())).unwrap().to_owned()
}

/// The names of all kinds there are: reading a kind that is none names those that are.
pub fn kinds() -> BTreeSet<String> {
    let error = serde_json::from_str::<Say>("\"no kind at all\"").unwrap_err().to_string();
    let (_, expected) = error.split_once("expected one of").unwrap();
    expected.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn conversation() -> Vec<Say> {
    vec![
        Say::Help { offers: Offers::default(), role: Role::Student },
        Say::Help { offers: Offers::default(), role: Role::Staff },
        Say::Help { offers: Offers { introductions: false, rooms: false, mentors: true }, role: Role::Alumnus },
        Say::NotUnderstood,
        Say::Elsewhere,
        Say::Unreadable,
        Say::Hurried,
        Say::DeviceUnknown,
        Say::Devices(Devices::WhoseIsIt { code: DeviceCode::read("K7QM").unwrap() }),
        Say::Devices(Devices::HowTo),
        Say::Devices(Devices::NoSuchCode),
        Say::Devices(Devices::Confirmed),
        Say::Devices(Devices::ConfirmedByStaff),
        Say::TakesNoPart,
        Say::Fault,
        Staffing::BeganAnew { heard: None }.into(),
        Staffing::BeganAnew { heard: Some(deadline()) }.into(),
    ]
}

fn writing() -> Vec<Say> {
    let (to, deadline) = (Named::from(alex().person.address), deadline());
    let purposes: Vec<String> =
        ["an information interview", "advice on a career", "a mock interview"].map(str::to_owned).into();
    let own = |fields: &[Field]| consent::preview(&sam(), &fields.iter().copied().collect());
    let after_both = own(&[Field::Name, Field::Address, Field::Course]);
    let preview = |known: bool, could_add: Vec<Field>, tips: Vec<Tip>| Say::Preview {
        to: to.clone(),
        request: request(known),
        beside: consent::preview(&sam(), &Fields::from([Field::Name, Field::Course])),
        after_both: after_both.clone(),
        could_add,
        tips,
    };
    let all_tips = vec![Tip::Short, Tip::NoQuestion, Tip::JobApplication];
    let line = |standing| SentLine { to: to.clone(), standing };
    let to_answer = vec![(1, with_request(), deadline)];
    let mut all = vec![
        Say::AskWhom,
        Say::NotAnAddress { found: "alex from the law fair".to_owned() },
        Say::NotThatOne,
        Say::AlreadyWaiting { to: to.clone(), deadline },
        Say::TooManyWaiting { limit: 1 },
        Say::TooManyWaiting { limit: 5 },
        Say::TooManySent { limit: 1, from: deadline },
        Say::TooManySent { limit: 10, from: deadline },
        Say::AskPurpose { to: to.clone(), purposes: purposes.clone() },
        Say::PurposeNotOffered { purposes: purposes.clone() },
        Say::PurposePersonal { purposes },
        Say::AskKnownHow { to: to.clone() },
        Say::AskMessage { to: to.clone(), limit: 1500 },
        Say::MessageTooLong { limit: 1500, found: 1723 },
        preview(true, vec![Field::Email, Field::Phone], vec![]),
        preview(false, vec![], vec![Tip::Short]),
        preview(false, vec![Field::Email], all_tips),
        Say::IdComesWithRoom,
        Say::NameComesWithRequest,
        Say::Sent { to: to.clone(), deadline },
        Say::DraftDropped,
        Say::NoDraft,
        Say::DraftWaits,
        Say::ChangedSince,
        Say::Requests { sent: vec![], to_answer: vec![], questions: vec![] },
        Say::Requests {
            sent: vec![line(SentStanding::Waiting(deadline))],
            to_answer: to_answer.clone(),
            questions: vec![(3, to.clone(), "Which year are you in?".to_owned())],
        },
        Say::Requests {
            sent: [
                SentStanding::Waiting(deadline),
                SentStanding::Agreed,
                SentStanding::NoIntroduction,
                SentStanding::SaidNo,
                SentStanding::Withdrawn,
            ]
            .map(line)
            .into(),
            to_answer: vec![to_answer[0].clone(), (2, with_request(), deadline)],
            questions: [3, 4].map(|number| (number, to.clone(), "Which year are you in?".to_owned())).into(),
        },
    ];
    all.extend(Field::ALL.map(|field| Say::FieldEmpty { field }));
    all
}

fn answering() -> Vec<Say> {
    let asked = |number, known, could_add: &[Field]| Say::Asked {
        number,
        request: request(known),
        of: with_request(),
        yes_shows: consent::preview(&alex(), &Fields::from([Field::Name, Field::Address])),
        could_add: consent::preview(&alex(), &could_add.iter().copied().collect()),
        deadline: deadline(),
    };
    vec![
        asked(1, true, &[Field::Organisation, Field::Email]),
        asked(2, false, &[]),
        Say::NotTaken(NotTaken::Changed),
        Say::NotTaken(NotTaken::Early),
        Say::NotTaken(NotTaken::TooManyBlocks { limit: 200 }),
        Say::NotTaken(NotTaken::LeftOut(LeftOut::Sealed)),
        Say::NotTaken(NotTaken::LeftOut(LeftOut::Hurried)),
        Say::NotTaken(NotTaken::Unsure { number: 1, of: with_request(), no: false }),
        Say::NotTaken(NotTaken::Unsure { number: 1, of: with_request(), no: true }),
        Unchanged::Nothing.into(),
        Unchanged::Draft { gone: false }.into(),
        Unchanged::Draft { gone: true }.into(),
        Unchanged::Request { to: alex().person.address.into(), gone: false }.into(),
        Unchanged::Request { to: alex().person.address.into(), gone: true }.into(),
        Unchanged::Yes { which: Meant::From(with_request()), gone: false }.into(),
        Unchanged::Yes { which: Meant::From(with_request()), gone: true }.into(),
        Unchanged::No { number: 1, which: Meant::From(with_request()), gone: false }.into(),
        Unchanged::No { number: 1, which: Meant::From(with_request()), gone: true }.into(),
        carry(Carried::Question, "Which year are you in?"),
        carry(Carried::Reason, "I am on leave until May."),
        Carrying::Waits.into(),
        Carrying::Dropped.into(),
        Say::Reminder { number: 1, of: with_request(), deadline: deadline() },
        Say::YesRecorded,
        Say::NoRecorded { number: 1 },
        Say::AnswerUnclear,
        Say::NothingToAnswer,
        Say::WhichOne { open: vec![(1, with_request()), (2, with_request())] },
        Say::NoSuchNumber { number: 7 },
        Say::TooLate,
    ]
}

fn rooms() -> Vec<Say> {
    let to = Named::from(alex().person.address);
    let (sam_yes, alex_yes) = (consent_of(&sam(), &alex()), consent_of(&alex(), &sam()));
    let both = Both::of(&sam_yes, &alex_yes).unwrap();
    let of_alex = both.of_addressee(&alex(), &sam(), now()).unwrap();
    let of_sam = both.of_requester(&sam(), &alex(), now()).unwrap();
    vec![
        Say::AgreedRequester { to: to.clone(), of: of_alex, within: Span::from_days(7) },
        Say::AgreedAddressee { of: of_sam, within: Span::from_days(7) },
        Say::NoIntroduction { to },
        Say::OpeningNote,
        Say::WithdrawnByOther { known: Known::Invited },
        Say::WithdrawnByOther { known: Known::Met },
        Say::NotMet,
        Joining::WentBack { to: now(), was_listed: false }.into(),
        Joining::WentBack { to: now(), was_listed: true }.into(),
        Say::YouBlock,
        Say::RoomFailed,
    ]
}

fn now() -> Timestamp {
    moment("2026-11-02T10:00:00Z")
}

fn deadline() -> Timestamp {
    moment("2026-11-17T09:00:00Z")
}

fn moment(text: &str) -> Timestamp {
    Timestamp::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

fn sam() -> Member {
    let details = [
        (Field::Headline, "Editor of the law review"),
        (Field::Course, "Law, second year"),
        (Field::Organisation, "Wadham College"),
        (Field::Email, "sam@example.org"),
        (Field::Phone, "+44 1865 000000"),
    ];
    member(1, "@sam:example.org", "Sam Okafor", Role::Student, &details)
}

fn alex() -> Member {
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
        rooms: lodge_core::rooms::Places::default(),
        card: Card::default(),
    }
}

fn words(known: bool) -> Request {
    let known_how = known.then(|| "We talked at the law fair in May.".to_owned());
    let message = "Dear Alex,\n\nI am in my second year and wonder how you chose between being a solicitor and a \
                   barrister. Would you have twenty minutes for a call?\n\nSam";
    Request { purpose: PurposeId::new("information-interview"), known_how, message: message.to_owned() }
}

fn request(known: bool) -> RequestText {
    RequestText { purpose: "an information interview".to_owned(), request: words(known) }
}

fn carry(kind: Carried, words: &str) -> Say {
    Carrying::Preview { number: 1, of: with_request(), kind, words: words.to_owned() }.into()
}

fn consent_of(giver: &Member, recipient: &Member) -> Consent {
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
fn shown() -> EffectId {
    EffectId::from_bytes([8; 16])
}

fn word(giver: &Member, text: &str) -> Word {
    let before = Before::new([shown()].into(), Some(shown()));
    #[expect(clippy::disallowed_methods, reason = "in the place of a channel")]
    let said = Said::heard(giver.id, WordsId::from_bytes([0; 16]), text.to_owned(), Proof::Proven);
    Word::of(&said.after(before), &[shown()]).unwrap()
}

fn with_request() -> Disclosure {
    consent_of(&sam(), &alex()).with_request(&sam(), &alex(), now()).unwrap()
}
