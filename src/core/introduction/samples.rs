//! Samples of messages about introductions.

#![expect(clippy::unwrap_used, reason = "samples are made of values that are known to be right")]

use crate::consent::{self, Both};
use crate::dialogue::Carried;
use crate::interview::samples::plan;
use crate::introduction::{Known, Missed, Party, Request, Went};
use crate::people::member::{Field, Fields};
use crate::people::named::Named;
use crate::say::samples::{alex, consent_of, deadline, now, sam, with_request, words};
use crate::say::{
    Answering, Carrying, DraftLine, Ending, Matter, Meant, Next, RequestText, Requesting, Say, SentLine, SentStanding,
    Stands, Tip,
};
use crate::time::Span;

/// Every kind of message about introductions.
pub(crate) fn everything() -> Vec<Say> {
    let requesting = requesting().into_iter().map(Say::from);
    let answering = answering().into_iter().chain(answers()).chain(reporting()).map(Say::from);
    let ending = outcome().into_iter().chain(taking_back()).map(Say::from);
    requesting.chain(answering).chain(carrying().into_iter().map(Say::from)).chain(ending).collect()
}

fn requesting() -> Vec<Requesting> {
    let (to, deadline) = (Named::from(alex().person.address), deadline());
    let purposes: Vec<String> =
        ["an information interview", "advice on a career", "a mock interview"].map(str::to_owned).into();
    let own = |fields: &[Field]| consent::preview(&sam(), &fields.iter().copied().collect());
    let after_both = own(&[Field::Name, Field::Address, Field::Course]);
    let preview = |known: bool, could_add: Vec<Field>, tips: Vec<Tip>| Requesting::Preview {
        to: to.clone(),
        request: request(known),
        beside: consent::preview(&sam(), &Fields::from([Field::Name, Field::Course])),
        after_both: after_both.clone(),
        could_add,
        tips,
    };
    let line = |standing| SentLine { to: to.clone(), standing };
    let to_answer = vec![(1, with_request(), deadline)];
    let question = "Which year are you in, and why museums?".to_owned();
    let mut all = vec![
        Requesting::AskWhom,
        Requesting::NotAnAddress { found: "alex from the law fair".to_owned() },
        Requesting::AlreadyWaiting { to: to.clone(), deadline },
        Requesting::TooManyWaiting { limit: 1 },
        Requesting::TooManyWaiting { limit: 5 },
        Requesting::TooManySent { limit: 1, from: deadline },
        Requesting::TooManySent { limit: 10, from: deadline },
        Requesting::AskPurpose { to: to.clone(), purposes: purposes.clone() },
        Requesting::PurposeNotOffered { purposes: purposes.clone() },
        Requesting::PurposePersonal { purposes },
        Requesting::SavedDrafts { saved: saved_drafts(), in_hand: false },
        Requesting::SavedDrafts { saved: saved_drafts(), in_hand: true },
        Requesting::DraftSaved { number: 2 },
        Requesting::TooManyDrafts { limit: 5 },
        Requesting::NoSuchDraft { number: 4 },
        Requesting::AskKnownHow { to: to.clone() },
        Requesting::AskMessage { to: to.clone(), limit: 1500 },
        Requesting::MessageTooLong { limit: 1500, found: 1723 },
        Requesting::Preview {
            to: to.clone(),
            request: planned(),
            beside: consent::preview(&sam(), &Fields::from([Field::Name, Field::Course])),
            after_both: own(&[Field::Name, Field::Address, Field::Course]),
            could_add: vec![],
            tips: vec![],
        },
        preview(true, vec![Field::Email, Field::Phone], vec![]),
        preview(false, vec![], vec![Tip::Short]),
        preview(false, vec![Field::Email], vec![Tip::Phone, Tip::AnotherPerson]),
        preview(false, vec![], vec![Tip::JobApplication, Tip::Pasted]),
        preview(false, vec![], vec![Tip::Flattery, Tip::Long]),
        preview(false, vec![], vec![Tip::NoQuestion]),
        preview(false, vec![], vec![Tip::ForPorter, Tip::Short]),
        Requesting::IdComesWithRoom,
        Requesting::NameComesWithRequest,
        Requesting::Sent { to: to.clone(), deadline },
        Requesting::ChangedSince,
        Requesting::Requests { sent: vec![], to_answer: vec![], questions: vec![] },
        Requesting::Requests {
            sent: vec![line(SentStanding::Waiting(deadline))],
            to_answer: to_answer.clone(),
            questions: vec![(3, to.clone(), "Which year are you in?".to_owned())],
        },
        Requesting::Requests {
            sent: [
                SentStanding::Waiting(deadline),
                SentStanding::Agreed,
                SentStanding::NoIntroduction,
                SentStanding::SaidNo,
                SentStanding::Withdrawn,
                SentStanding::MembershipEnded,
            ]
            .map(line)
            .into(),
            to_answer: vec![to_answer[0].clone(), (2, with_request(), deadline)],
            questions: [3, 4].map(|number| (number, to.clone(), "Which year are you in?".to_owned())).into(),
        },
        Requesting::SaidNo { to: to.clone(), reason: "I am away until May.\nDo ask me again then.".to_owned() },
        Requesting::QuestionCame { number: 2, to: to.clone(), question, deadline },
        Requesting::AnswerNoted { to: to.clone(), answer: "The second.".to_owned() },
    ];
    all.extend(Field::ALL.map(|field| Requesting::FieldEmpty { field }));
    all
}

fn answering() -> Vec<Answering> {
    let asked = |number, known, could_add: &[Field]| Answering::Asked {
        number,
        request: request(known),
        of: with_request(),
        yes_shows: consent::preview(&alex(), &Fields::from([Field::Name, Field::Address])),
        could_add: consent::preview(&alex(), &could_add.iter().copied().collect()),
        deadline: deadline(),
        only: number == 3,
    };
    let planned = Answering::Asked {
        number: 3,
        request: planned(),
        of: with_request(),
        yes_shows: consent::preview(&alex(), &Fields::from([Field::Name, Field::Address])),
        could_add: vec![],
        deadline: deadline(),
        only: true,
    };
    vec![
        planned,
        Answering::Choices { number: 1 },
        asked(1, true, &[Field::Organisation, Field::Email]),
        asked(2, false, &[]),
        asked(3, false, &[]),
        Answering::Reminder { number: 1, of: with_request(), deadline: deadline() },
        Answering::YesRecorded,
        Answering::NoRecorded { number: 1 },
    ]
}

fn carrying() -> Vec<Carrying> {
    vec![
        carry(Carried::Question, "Which year are you in?"),
        carry(Carried::Reason, "I am on leave until May."),
        Carrying::Waits,
        Carrying::Dropped,
        Carrying::Answer { number: 2, to: alex().person.address.into(), words: "My second.".to_owned() },
        Carrying::AnswerDropped { number: 2 },
    ]
}

fn answers() -> Vec<Answering> {
    let question = "Which year are you in, and why museums?".to_owned();
    let passed_on = |left| Answering::QuestionPassedOn { number: 1, question: question.clone(), left };
    vec![
        Answering::IgnoreRecorded { number: 1 },
        Answering::TurnedDown,
        Answering::ReasonPassedOn { reason: "I am away until May.\nDo ask me again then.".to_owned() },
        passed_on(0),
        passed_on(1),
        passed_on(2),
        Answering::QuestionsUsedUp { number: 1, limit: 1 },
        Answering::QuestionsUsedUp { number: 1, limit: 3 },
        Answering::AnswerCame {
            number: 1,
            question,
            answer: "The second.".to_owned(),
            of: with_request(),
            deadline: deadline(),
        },
        Answering::LaterNoted { number: 1, at: deadline() },
        Answering::LaterTooLate { number: 1, at: deadline(), deadline: now() },
    ]
}

fn reporting() -> Vec<Answering> {
    let until = deadline();
    vec![
        Answering::ReportRecorded { until },
        Answering::ReportedMet { until },
        Answering::NothingToReport,
        Answering::WhichToReport { matters: matters() },
        Answering::TakenBack,
    ]
}

fn outcome() -> Vec<Ending> {
    let to = Named::from(alex().person.address);
    let (sam_yes, alex_yes) = (consent_of(&sam(), &alex()), consent_of(&alex(), &sam()));
    let both = Both::of(&sam_yes, &alex_yes).unwrap();
    let of_alex = both.of_addressee(&alex(), &sam(), now()).unwrap();
    let of_sam = both.of_requester(&sam(), &alex(), now()).unwrap();
    let gone = Named::Entry { member: alex().id, shown_as: None };
    let found = Named::Entry { member: alex().id, shown_as: Some("Alex Lindqvist".to_owned()) };
    vec![
        Ending::AgreedRequester { to: to.clone(), of: of_alex.clone(), within: Span::from_days(7), times: false },
        Ending::AgreedRequester { to: to.clone(), of: of_alex, within: Span::from_days(7), times: true },
        Ending::AgreedAddressee { of: of_sam.clone(), within: Span::from_days(7), times: false },
        Ending::AgreedAddressee { of: of_sam, within: Span::from_days(7), times: true },
        Ending::NoIntroduction { to, next: None },
        Ending::NoIntroduction { to: gone, next: Some(Next { field: None }) },
        Ending::NoIntroduction { to: found, next: Some(Next { field: Some("museums".to_owned()) }) },
        Ending::RoomOfTwoName,
        Ending::RoomOfTwoTopic,
        Ending::FirstHere,
        Ending::OpeningNote,
        Ending::WithdrawnByOther { known: Known::Invited },
        Ending::WithdrawnByOther { known: Known::Met },
        Ending::NotMet,
        Ending::YouBlock,
        Ending::RoomFailed,
    ]
}

fn taking_back() -> Vec<Ending> {
    let mut all = vec![
        Ending::NothingToWithdraw,
        Ending::WithdrawInstead,
        Ending::WhichToWithdraw { matters: standing() },
        Ending::WhichMeeting { matters: matters() },
    ];
    for known in [Known::Before, Known::Invited, Known::Met] {
        all.extend([Party::Requester, Party::Addressee].map(|by| Ending::WithdrawalDone { known, by }));
    }
    let parties = [None, Some(Party::Requester), Some(Party::Addressee)];
    all.extend(matters().into_iter().zip(parties).map(|(matter, interview)| Ending::HowWasIt {
        number: 3,
        which: matter.which,
        interview,
    }));
    for interview in parties {
        all.extend([Went::Well, Went::NotWell, Went::NotYet].map(|went| Ending::ThankYou { went, interview }));
        all.push(Ending::ThankYouForWords { note: 3, interview });
    }
    for interview in [None, Some(Party::Requester)] {
        all.extend([Missed::Other, Missed::Own].map(|missed| Ending::Missed { missed, interview }));
    }
    all
}

fn matters() -> Vec<Matter> {
    let which = [Meant::To(alex().person.address.into()), Meant::From(with_request()), Meant::On(now())];
    which.into_iter().zip(1..).map(|(which, number)| Matter { number, which, stands: None }).collect()
}

fn request(known: bool) -> RequestText {
    RequestText { purpose: "an information interview".to_owned(), request: words(known) }
}

/// The request for an information interview, with all that its plan can have.
fn planned() -> RequestText {
    let RequestText { purpose, request } = request(true);
    RequestText { purpose, request: Request { plan: plan(), ..request } }
}

fn carry(kind: Carried, words: &str) -> Carrying {
    Carrying::Preview { number: 1, of: with_request(), kind, words: words.to_owned() }
}

fn standing() -> Vec<Matter> {
    let at = matters().into_iter().zip([Stands::Waiting(now()), Stands::Agreed(now()), Stands::Arranged(now())]);
    at.map(|(matter, stands)| Matter { stands: Some(stands), ..matter }).collect()
}

fn saved_drafts() -> Vec<DraftLine> {
    let to = Some(alex().person.address.into());
    let purpose = Some("an information interview".to_owned());
    vec![DraftLine { to: to.clone(), purpose }, DraftLine { to, purpose: None }, DraftLine { to: None, purpose: None }]
}
