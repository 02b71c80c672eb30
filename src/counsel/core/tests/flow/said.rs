//! Every message of the service, at least once, and in each of its forms.

use lodge_counsel_core::input::{LeftOut, Retouch};
use lodge_counsel_core::say::{CounsellorCard, OwnCase, Say, Standing, TermsStanding, ToClient, ToCounsellor};
use lodge_counsel_core::word::CaseWord;
use lodge_ground::proof::DeviceCode;
use lodge_ground::time::Timestamp;

use crate::talk::{START, address, settings};

fn word() -> CaseWord {
    CaseWord::read("tobek").unwrap()
}

fn at() -> Timestamp {
    START.after(settings().claim_within)
}

fn cards() -> Vec<CounsellorCard> {
    let card = |name: &str, away: Option<&str>| CounsellorCard {
        name: name.to_owned(),
        card: "I listen first.".to_owned(),
        away: away.map(str::to_owned),
    };
    vec![card("Kim Example", None), card("Lee Example", Some("")), card("Noa Example", Some("Back on Monday."))]
}

pub fn everything() -> Vec<Say> {
    let new = |counsels| Say::DeviceNew { code: DeviceCode::read("K7QM").unwrap(), counsels };
    let devices =
        [new(false), new(true), Say::DeviceHow, Say::DeviceCodeUnknown, Say::DeviceConfirmed, Say::DeviceOnceMore];
    let not_read =
        [Say::Wordless, Say::Unreadable, Say::LeftOut(LeftOut::Sealed), Say::LeftOut(LeftOut::Hurried), Say::Hurried]
            .into_iter();
    let common = [
        Say::RoomName,
        Say::RoomTopic,
        Say::FirstHere,
        Say::OpeningNote,
        Say::Elsewhere,
        Say::AskedAgain,
        Say::DeviceUnknown,
        Say::Fault,
    ]
    .into_iter();
    let common = common.chain(not_read).chain(devices);
    let retouched = |how, counsels| Say::Retouched { how, counsels };
    let retouched =
        [retouched(Retouch::Edit, false), retouched(Retouch::Redaction, false), retouched(Retouch::Edit, true)];
    let clients = to_clients().into_iter().chain(to_clients_of_a_case()).map(Say::from);
    let counsellors = to_counsellors().into_iter().chain(to_counsellors_of_a_case()).map(Say::from);
    common.into_iter().chain(retouched).chain(clients).chain(counsellors).collect()
}

fn to_clients() -> Vec<ToClient> {
    let (kim, set) = (|| Some("Kim Example".to_owned()), settings());
    let terms = |standing| {
        let (within, keep, emergency) = (set.claim_within, set.keep_closed, set.emergency.clone());
        ToClient::Terms { within, keep, emergency, standing }
    };
    let help = |agreed, open| ToClient::Help { agreed, open, emergency: set.emergency.clone() };
    vec![
        terms(TermsStanding::New),
        terms(TermsStanding::Changed),
        terms(TermsStanding::Shown),
        ToClient::TermsFirst,
        ToClient::NotNow,
        ToClient::AskWhom(cards()),
        ToClient::NotOneOfThem(cards()),
        ToClient::NobodyHere { alternatives: set.alternatives.clone() },
        ToClient::AskAbout { whom: None },
        ToClient::AskAbout { whom: kim() },
        ToClient::LineTooLong { limit: 300 },
        ToClient::AskShowing("My next step".to_owned()),
        ToClient::Asking { whom: None, until: at() },
        ToClient::Asking { whom: kim(), until: at() },
        ToClient::AskedOften { from: at(), emergency: set.emergency.clone() },
        ToClient::AlreadyAsking(at()),
        ToClient::AlreadyOpen,
        ToClient::TakenBack,
        ToClient::ForgetHow,
        ToClient::Forgetting,
        ToClient::Data("[]".to_owned()),
        help(false, false),
        help(true, false),
        help(true, true),
        ToClient::NotUnderstood,
    ]
}

fn to_clients_of_a_case() -> Vec<ToClient> {
    let (kim, set) = (|| "Kim Example".to_owned(), settings());
    let nobody = |whom| ToClient::Nobody { whom, alternatives: set.alternatives.clone() };
    vec![
        nobody(None),
        nobody(Some((kim(), None))),
        nobody(Some((kim(), Some(String::new())))),
        nobody(Some((kim(), Some("Back on Monday.".to_owned())))),
        ToClient::Claimed { name: kim(), within: set.come_within },
        ToClient::NotMet,
        ToClient::NotOpened,
        ToClient::TimeSuggested(at()),
        ToClient::TimePassedOn(at()),
        ToClient::TimeHow,
        ToClient::TimeAgreed(at()),
        ToClient::TimeDeclined(at()),
        ToClient::TimeCancelled(at()),
        ToClient::Reminder(at()),
        ToClient::NoneOpen,
        ToClient::Closing { own: true, until: at() },
        ToClient::Closing { own: false, until: at() },
        ToClient::Left,
        ToClient::StillThere,
        ToClient::ErasureSoon(at()),
        ToClient::AskHandover { to: None, until: at() },
        ToClient::AskHandover { to: Some(kim()), until: at() },
        ToClient::HandoverDeclined,
    ]
}

fn to_counsellors() -> Vec<ToCounsellor> {
    let policy = |tone: Option<&str>| ToCounsellor::Policy {
        tone: tone.map(str::to_owned),
        policy: settings().policy,
        account: address("quiet"),
    };
    let settings = |hours: Option<&str>, capacity, away: Option<&str>| ToCounsellor::Settings {
        hours: hours.map(str::to_owned),
        capacity,
        away: away.map(str::to_owned),
    };
    vec![
        ToCounsellor::Welcome("Kim Example".to_owned()),
        ToCounsellor::Help,
        settings(None, 0, None),
        settings(Some("mon-fri 9:00-17:00"), 1, Some("")),
        settings(None, 8, Some("Back on Monday.")),
        ToCounsellor::HoursHow("whenever".to_owned()),
        ToCounsellor::CapacityHow,
        ToCounsellor::BeganAnew,
        policy(None),
        policy(Some("How kind of you to ask.")),
        ToCounsellor::NotUnderstood,
        ToCounsellor::Full(0),
        ToCounsellor::Full(1),
        ToCounsellor::Full(8),
        ToCounsellor::NoSuchCase,
        ToCounsellor::TimeHow,
        ToCounsellor::NoSuchCounsellor(vec![]),
        ToCounsellor::NoSuchCounsellor(vec!["Lee Example".to_owned(), "Noa Example".to_owned()]),
        ToCounsellor::WhichCase(vec![word(), CaseWord::read("ravun").unwrap()]),
        ToCounsellor::Cases(vec![]),
        ToCounsellor::Cases(
            [Standing::Offered, Standing::Opening, Standing::Open, Standing::Closing]
                .map(|standing| OwnCase { word: word(), standing, meeting: (standing == Standing::Open).then(at) })
                .into(),
        ),
    ]
}

fn to_counsellors_of_a_case() -> Vec<ToCounsellor> {
    let line = || Some("My next step".to_owned());
    vec![
        ToCounsellor::Offer { word: word(), about: None, only: false, until: at() },
        ToCounsellor::Offer { word: word(), about: line(), only: true, until: at() },
        ToCounsellor::Claimed { word: word(), about: None, within: settings().come_within },
        ToCounsellor::Claimed { word: word(), about: line(), within: settings().come_within },
        ToCounsellor::Taken(word()),
        ToCounsellor::Passed(word()),
        ToCounsellor::NotMet(word()),
        ToCounsellor::NotOpened(word()),
        ToCounsellor::Closing { word: word(), own: true, until: at() },
        ToCounsellor::Closing { word: word(), own: false, until: at() },
        ToCounsellor::Left(word()),
        ToCounsellor::Over(word()),
        ToCounsellor::StillThere(word()),
        ToCounsellor::ErasureSoon(word(), at()),
        ToCounsellor::TimeSuggested(word(), at()),
        ToCounsellor::TimePassedOn(word(), at()),
        ToCounsellor::TimeAgreed(word(), at()),
        ToCounsellor::TimeDeclined(word(), at()),
        ToCounsellor::TimeCancelled(word(), at()),
        ToCounsellor::Reminder(word(), at()),
        ToCounsellor::HandoverAsked(word()),
        ToCounsellor::HandoverDeclined(word()),
    ]
}
