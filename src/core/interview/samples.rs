//! Samples of messages that help with information interviews.

use crate::consent;
use crate::interview::Lists;
use crate::interview::plan::{Plan, Way};
use crate::interview::referrals::Kind;
use crate::people::member::Field;
use crate::people::named::Named;
use crate::say::samples::{alex, deadline, sam, words};
use crate::say::{Interview, RequestText, Say};
use crate::time::Span;

/// Every kind of message about information interviews.
pub(crate) fn everything() -> Vec<Say> {
    helping().into_iter().chain(planning()).chain(rehearsing()).map(Say::from).collect()
}

/// A plan with all that it can have.
pub(crate) fn plan() -> Plan {
    let questions = ["What did your first year look like?", "Whom else would you talk to?"].map(str::to_owned).to_vec();
    let weeks = Some("the next two weeks".to_owned());
    Plan { questions, minutes: Some(20), ways: [Way::Call, Way::InPerson].into(), weeks }
}

fn planning() -> Vec<Interview> {
    let to = || Named::from(alex().person.address);
    let only = |way: Way| Plan { ways: [way].into(), ..Plan::default() };
    vec![
        Interview::AskQuestions { to: to(), had: Plan::default() },
        Interview::AskQuestions { to: to(), had: plan() },
        Interview::QuestionsUnfit { most: 3, limit: 200 },
        Interview::AskTime { to: to(), had: Plan::default() },
        Interview::AskTime { to: to(), had: plan() },
        Interview::AskTime { to: to(), had: only(Way::Here) },
        Interview::AskTime { to: to(), had: Plan { minutes: Some(30), ..Plan::default() } },
        Interview::AskTime { to: to(), had: Plan { weeks: Some("before Christmas".to_owned()), ..Plan::default() } },
        Interview::TimeUnfit,
    ]
}

fn rehearsing() -> Vec<Interview> {
    let to = || Named::from(alex().person.address);
    let own = |fields: &[Field]| consent::preview(&sam(), &fields.iter().copied().collect());
    let request = RequestText { purpose: "an information interview".to_owned(), request: words(true) };
    let shows = own(&[Field::Name, Field::Address, Field::Course]);
    vec![
        Interview::Rehearsal { to: to(), request, beside: own(&[Field::Name, Field::Course]) },
        Interview::RehearsedYes { to: to(), shows, within: Span::from_days(7) },
        Interview::RehearsedQuestion { to: to() },
        Interview::RehearsedNo { to: to(), by: deadline(), next: None },
        Interview::ThankYou,
        Interview::NothingToRehearse { drafting: false },
        Interview::NothingToRehearse { drafting: true },
    ]
}

fn helping() -> Vec<Interview> {
    let bank = Lists::english().questions;
    let general = bank.general().map(|theme| theme.questions.clone()).unwrap_or_default();
    let others = bank.general().map(|theme| bank.others(theme)).unwrap_or_default();
    let questions = |unknown: Option<&str>, page: &[String], more, others: Vec<String>| Interview::Questions {
        theme: "any job".to_owned(),
        questions: page.to_vec(),
        more,
        others,
        unknown: unknown.map(str::to_owned),
    };
    let entries = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let kinds = vec![
        (
            Kind::Appointments,
            entries(&["Write “ask staff” and what you’d like to talk about.", "Drop-in, Mondays at two"]),
        ),
        (Kind::Mentors, entries(&["The law faculty’s own mentors: law.example.org/mentors"])),
        (Kind::Events, entries(&["The law fair, 3 May", "Museum careers evening, 10 May"])),
        (Kind::Resources, entries(&["careers.example.org/sectors"])),
    ];
    vec![
        Interview::Guide { drafting: false },
        Interview::Guide { drafting: true },
        questions(None, &general[..6], 6, others.clone()),
        questions(Some("beekeeping"), &general[..6], 1, others),
        questions(None, &general[6..7], 0, vec![]),
        Interview::NoMoreQuestions,
        Interview::Referrals { kinds: kinds.clone(), mentors: true, field: Some("museums".to_owned()) },
        Interview::Referrals { kinds: kinds[..1].to_vec(), mentors: true, field: None },
        Interview::Referrals { kinds: kinds[..1].to_vec(), mentors: false, field: None },
    ]
}
