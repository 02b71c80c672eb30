//! Rules that hold whatever people say, in whatever order.

use lodge_counsel_core::case::{Opening, Stage};
use lodge_counsel_core::id::PersonId;
use lodge_counsel_core::input::{Input, Said};
use lodge_counsel_core::people::Talk as Waits;
use lodge_counsel_core::say::{Say, ToClient, ToCounsellor};
use lodge_counsel_core::state::{State, Wait};
use lodge_ground::proof::Proof;
use lodge_ground::time::{Span, Timestamp};
use proptest::prelude::*;

use crate::forgetting::assert_nothing_of;
use crate::talk::{Talk, address};

const CLIENTS: [&str; 3] = ["sam", "robin", "alex"];
const COUNSELLORS: [&str; 3] = ["kim", "lee", "noa"];

/// Words of clients. A line of each client's own, unreleased or not, has their name in it.
const BY_CLIENTS: [&str; 18] = [
    "hello",
    "yes",
    "yes",
    "no",
    "1",
    "2",
    "3",
    "skip",
    "LINE",
    "withdraw",
    "close",
    "left",
    "time tomorrow 14:00",
    "cancel time",
    "terms",
    "my data",
    "forget me now",
    "no idea",
];

const BY_COUNSELLORS: [&str; 17] = [
    "help",
    "claim",
    "claim WORD",
    "claim WORD",
    "pass",
    "cases",
    "close WORD",
    "left WORD",
    "time WORD tomorrow 15:00",
    "yes WORD",
    "no WORD",
    "cancel time WORD",
    "hand over WORD",
    "hand over WORD to Lee",
    "capacity 1",
    "away",
    "back",
];

#[derive(Debug, Clone)]
enum Move {
    /// The next thing that this client or their counsellor would do, with this answer where there is a question.
    GoesOn(usize, bool),
    Visits(usize),
    /// A client says something: the client, the words, whether from a device of theirs, and the number of the last
    /// messages to them that it comes before.
    Client(usize, usize, bool, usize),
    /// A counsellor says something: the counsellor, the words, the case, and the number of the last messages to them
    /// that it comes before.
    Counsellor(usize, usize, usize, usize),
    ComesIn(usize, usize),
    GoesOut(usize, usize),
    Performed,
    Named(usize),
    Terms(usize),
    Hours(u64),
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        25 => (0..3_usize, any::<bool>()).prop_map(|(who, yes)| Move::GoesOn(who, yes)),
        2 => (0..3_usize).prop_map(Move::Visits),
        12 => (0..3_usize, 0..BY_CLIENTS.len(), prop::bool::weighted(0.95), unseen()).prop_map(|(who, text, tied, unseen)| Move::Client(who, text, tied, unseen)),
        10 => (0..3_usize, 0..BY_COUNSELLORS.len(), 0..4_usize, unseen()).prop_map(|(who, text, case, unseen)| Move::Counsellor(who, text, case, unseen)),
        6 => (0..4_usize, 0..2_usize).prop_map(|(case, who)| Move::ComesIn(case, who)),
        1 => (0..4_usize, 0..2_usize).prop_map(|(case, who)| Move::GoesOut(case, who)),
        8 => Just(Move::Performed),
        1 => (0..8_usize).prop_map(Move::Named),
        1 => (0..2_usize).prop_map(Move::Terms),
        3 => (0..200_u64).prop_map(Move::Hours),
    ];
    prop::collection::vec(one, 1..120)
}

/// The number of the last messages that had not been read yet: mostly none.
fn unseen() -> impl Strategy<Value = usize> {
    prop_oneof![3 => Just(0_usize), 1 => 1..4_usize]
}

struct Watch {
    talk: Talk,
    /// The messages that clients said yes to straight after they had read them.
    agreed: Vec<(PersonId, ToClient)>,
    /// Times that somebody had read when they said yes.
    times: Vec<Timestamp>,
    /// Every client there ever was.
    clients: Vec<PersonId>,
}

impl Watch {
    fn take(&mut self, one: &Move) {
        let talk = &mut self.talk;
        match one {
            Move::GoesOn(who, yes) => goes_on(talk, CLIENTS[*who], *yes),
            Move::Visits(who) => talk.input(Input::Visited(address(CLIENTS[*who]))),
            Move::Client(who, text, tied, unseen) => {
                let name = CLIENTS[*who];
                if talk.state.person_at(&address(name)).is_some() {
                    let text = BY_CLIENTS[*text].replace("LINE", &format!("I am {name} and stuck"));
                    let words = talk.words(talk.id(name), &text, *unseen);
                    talk.input(Input::Said(Said {
                        proof: if *tied { Proof::Proven } else { Proof::Unproven },
                        ..words
                    }));
                }
            }
            Move::Counsellor(who, text, case, unseen) => {
                let word =
                    talk.state.cases().nth(*case).map_or_else(|| "tobek".to_owned(), |case| case.word.to_string());
                if talk.state.person_at(&address(COUNSELLORS[*who])).is_some() {
                    talk.types_before(COUNSELLORS[*who], &BY_COUNSELLORS[*text].replace("WORD", &word), *unseen);
                }
            }
            Move::ComesIn(case, who) | Move::GoesOut(case, who) => {
                let case = talk.state.cases().nth(*case).map(|case| (case.id, [Some(case.client), case.counsellor()]));
                if let Some((case, people)) = case
                    && let Some(person) = people[*who]
                {
                    let comes = matches!(one, Move::ComesIn(..));
                    talk.input(if comes { Input::CameIn(case, person) } else { Input::WentOut(case, person) });
                }
            }
            Move::Performed => drop(talk.perform()),
            Move::Named(which) => {
                let names = COUNSELLORS.into_iter().enumerate().filter(|(at, _)| which & (1 << at) != 0);
                talk.name(&names.map(|(_, name)| name).collect::<Vec<_>>());
            }
            Move::Terms(edition) => talk.settings.terms = edition.to_string(),
            Move::Hours(hours) => talk.until(talk.now.after(Span::from_millis(hours * 3_600_000))),
        }
        self.look();
    }

    /// Fails unless every rule holds at this moment.
    fn look(&mut self) {
        for (person, text, read) in std::mem::take(&mut self.talk.spoken) {
            if !text.starts_with("yes") {
                continue;
            }
            if let Some(Say::Client(last)) = read.last() {
                self.agreed.push((person, last.clone()));
            }
            self.times.extend(read.iter().filter_map(suggested));
        }
        let state = &self.talk.state;
        for name in CLIENTS {
            let Some(id) = state.person_at(&address(name)) else { continue };
            if !self.clients.contains(&id) {
                self.clients.push(id);
            }
            let going = |stage: &Stage| match stage {
                Stage::Offered { .. } | Stage::Opening { .. } | Stage::Open { .. } => true,
                Stage::Closing { .. } | Stage::Closed { .. } => false,
            };
            let count = state.cases().filter(|case| case.client == id && going(&case.stage)).count();
            assert!(count <= 1, "{name} has {count} cases at once");
        }
        for client in state.clients().filter(|client| !client.forgetting) {
            let has_case = state.cases().any(|case| case.client == client.id);
            let ends = state.timers().any(|timer| timer.wait == Wait::Stranger(client.id));
            assert!(has_case || ends, "somebody without a case is never forgotten");
        }
        for case in state.cases() {
            assert!(state.client(case.client).is_some_and(|client| !client.forgetting), "a case is nobody's");
            let waits = state.timers().any(|timer| timer.wait.case() == Some(case.id));
            let both = format!("{:?}", case.stage).contains("Both");
            assert!(waits || both || matches!(case.stage, Stage::Open { .. }), "nothing ends {:?}", case.stage);
            assert!(case.counsellor().is_none_or(|one| state.counsellor(one).is_some()));
        }
        for timer in state.timers() {
            assert!(timer.wait.case().is_none_or(|id| state.case(id).is_some()), "{timer:?} is about nothing");
        }
        for client in state.clients().filter(|client| client.agreed.is_some()) {
            let to_terms = |say: &ToClient| matches!(say, ToClient::Terms { .. } | ToClient::TermsFirst);
            let agreed = self.agreed.iter().any(|(person, say)| *person == client.id && to_terms(say));
            assert!(agreed, "terms that nobody had read have a yes");
        }
        let meetings = state.cases().filter_map(|case| case.meeting);
        for at in meetings {
            assert!(self.times.contains(&at), "nobody who said yes had read of {at:?}");
        }
        for (to, say) in std::mem::take(&mut self.talk.said) {
            self.may_read(to, &say);
        }
    }

    /// Fails if a counsellor reads anybody's account, or an unreleased line before the case is theirs.
    fn may_read(&self, to: PersonId, say: &Say) {
        let Say::Counsellor(said) = say else { return };
        assert!(self.talk.state.counsellor(to).is_some(), "{said:?} is no words for a client");
        let text = format!("{said:?}");
        let claimed = matches!(said, ToCounsellor::Claimed { .. });
        if let ToCounsellor::Offer { about: Some(line), .. } = said {
            let released = self.agreed.iter().any(|(_, say)| *say == ToClient::AskShowing(line.clone()));
            assert!(released, "{line:?} is shown without a yes to that");
        }
        for name in CLIENTS {
            assert!(!text.contains(address(name).as_str()), "{text}");
            let released = matches!(said, ToCounsellor::Offer { about: Some(_), word, .. }
                if self.talk.state.case_called(word).is_none_or(|case| case.about.as_ref().is_some_and(|about| about.shown)));
            assert!(claimed || released || !text.contains(name), "{text}");
        }
    }
}

/// The time that somebody reads of in this.
fn suggested(say: &Say) -> Option<Timestamp> {
    if let Say::Client(ToClient::TimeSuggested(at)) | Say::Counsellor(ToCounsellor::TimeSuggested(_, at)) = say {
        Some(*at)
    } else {
        None
    }
}

/// The next thing on the way from the first word to a room.
fn goes_on(talk: &mut Talk, name: &str, yes: bool) {
    let Some(id) = talk.state.person_at(&address(name)) else { return talk.input(Input::Visited(address(name))) };
    let Some(case) = talk.state.case_of(id).cloned() else {
        let text = match talk.state.client(id).map(|client| client.talk.clone()) {
            Some(Waits::Terms(_)) => "yes".to_owned(),
            Some(Waits::Whom) => if yes { "1" } else { "2" }.to_owned(),
            Some(Waits::About(_)) => format!("I am {name} and stuck"),
            Some(Waits::Showing(..)) => if yes { "yes" } else { "no" }.to_owned(),
            Some(Waits::Nothing) | None => "hello".to_owned(),
        };
        return talk.types(name, &text);
    };
    let mut comes = |person| talk.input(Input::CameIn(case.id, person));
    match &case.stage {
        Stage::Offered { to, .. } => {
            if let Some(one) = to.first() {
                let words = talk.words(*one, &format!("claim {}", case.word), 0);
                talk.input(Input::Said(words));
            }
        }
        Stage::Opening { room: Opening::Client(_), .. } => comes(case.client),
        Stage::Opening { room: Opening::Counsellor(_), counsellor } => comes(*counsellor),
        Stage::Opening { room: Opening::Making | Opening::Both(_), .. } => drop(talk.perform()),
        Stage::Open { .. } => talk.types(name, if yes { "close" } else { "time tomorrow 14:00" }),
        Stage::Closing { .. } | Stage::Closed { .. } => {}
    }
}

/// Everybody falls silent, what is open is closed, and time passes.
fn comes_to_rest(watch: &mut Watch) {
    watch.talk.perform();
    watch.take(&Move::Hours(24 * 10));
    for case in watch.talk.state.cases().cloned().collect::<Vec<_>>() {
        if let Stage::Open { counsellor, .. } = case.stage {
            let theirs = watch.talk.state.address(counsellor).unwrap();
            let name = COUNSELLORS.into_iter().find(|name| *theirs == address(name)).unwrap();
            watch.talk.types(name, &format!("close {}", case.word));
        }
    }
    watch.talk.perform();
    watch.take(&Move::Hours(24 * 200));
    watch.talk.perform();
    watch.take(&Move::Hours(24 * 200));
    watch.talk.perform();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_said_nobody_reads_too_much_and_everything_ends(moves in moves()) {
        let mut watch = Watch { talk: Talk::new(), agreed: vec![], times: vec![], clients: vec![] };
        watch.talk.name(&COUNSELLORS);
        for one in &moves {
            watch.take(one);
        }
        comes_to_rest(&mut watch);
        for client in &watch.clients {
            assert_nothing_of(&watch.talk.state, *client);
        }
        prop_assert_eq!(watch.talk.state.cases().count(), 0);
        prop_assert_eq!(watch.talk.state.timers().count(), 0);
    }

    #[test]
    fn the_rows_that_changed_are_all_it_takes_to_go_on(moves in moves()) {
        let mut watch = Watch { talk: Talk::new(), agreed: vec![], times: vec![], clients: vec![] };
        for one in &moves {
            watch.take(one);
            prop_assert_eq!(&State::load(&watch.talk.kept).unwrap(), &watch.talk.state);
        }
    }
}
