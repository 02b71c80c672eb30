//! Words that are part of nothing that goes on: greetings, questions about how things are here, a wish to be left alone,
//! and those that are not understood.

use crate::command::clauses;
use crate::command::phrases::{Nearest, Wishes};
use crate::command::row::Trait;
use crate::command::{
    self, Answer, ArrangingCommand, Chosen, Command, MentorsCommand, PeopleCommand, RequestCommand, RightsCommand,
    Topic, numbered,
};
use crate::dialogue::{Asked, Asks, Dialogue, Draft, Prompt};
use crate::expecting::Meant;
use crate::id::MemberId;
use crate::input::{Reply, Said};
use crate::introduction::flow::choosing::{Kind, open_before};
use crate::introduction::flow::requester::sent_standing;
use crate::mentors::flow::picking::Picked;
use crate::people::member::Role;
use crate::people::named::Named;
use crate::people::say::joining::Joining;
use crate::say::{Aside, Cards, Desk, OpenRequest, Say, SentStanding};
use crate::time::Timestamp;
use crate::turn::Turn;

/// After this many messages in a row that were not understood, a person is offered.
const MISSES_MAX: usize = 3;

/// So many words are a sentence rather than an answer.
const SEVERAL_WORDS_MIN: usize = 4;

impl Turn<'_> {
    /// The meaning of words that are no command of their own, should a phrase say it.
    pub(super) fn phrased(&self, dialogue: &Dialogue, said: &Said, meant: Meant) -> Meant {
        if let Some(chosen) = self.chosen_by_number(said, &meant) {
            return Meant::Command(chosen);
        }
        let (phrases, wishes) = (&self.settings.phrases, self.wishes(said.member));
        let text = match (&meant, &dialogue.draft) {
            (Meant::Command(Command::Text(text)), _) if self.picked(dialogue, said, text).is_some() => return meant,
            (Meant::Command(Command::Text(text)), _) => text,
            // "I'd like to meet you to hear about law" may be the answer to a question, and names nobody.
            (Meant::Command(Command::Request(RequestCommand::Introduce { to: Some(Err(_)), .. })), _)
                if self.question_asked_last(said).is_some() =>
            {
                return text_of(said);
            }
            // Where nothing waits for an answer, a sentence that begins like one is hardly ever one. A yes may come late.
            (Meant::Command(Command::Answer { number: None, answer }), _)
                if answer.is_of_words() && self.is_no_answer(dialogue, said) =>
            {
                let found = phrases.read(&said.text, wishes);
                let otherwise = if matches!(answer, Answer::Yes(_)) { meant } else { text_of(said) };
                return found.or_else(|| self.nearly(dialogue, said, &said.text)).map_or(otherwise, Meant::Command);
            }
            // "No more requests, please" begins like an answer, and is none.
            (Meant::Command(Command::Answer { number: None, answer: Answer::Unclear }), _) => {
                return phrases.read(&said.text, wishes).map_or(meant, Meant::Command);
            }
            // A purpose comes before a phrase, and words of their own are no phrase.
            (Meant::Draft(text), Some(Draft::WhatFor { .. }))
                if self.settings.purpose_meant(text).is_none() && !self.settings.is_personal(text) =>
            {
                text
            }
            // Nobody says by a question how they know somebody.
            (Meant::Draft(text), Some(Draft::KnownHow { .. })) if asks(text) => {
                let about_it = |command: &Command| {
                    matches!(
                        command,
                        Command::Explain(Topic::Outcome) | Command::Request(RequestCommand::Drafts) | Command::Help
                    )
                };
                return phrases.read(text, wishes).filter(about_it).map_or(meant, Meant::Command);
            }
            (Meant::Draft(text), Some(Draft::Whom(_) | Draft::Ready(_))) => text,
            // An account of a meeting may be a call for help, or ask something.
            (Meant::Meeting(_), _) => {
                let helps = |command: &Command| {
                    matches!(command, Command::Explain(Topic::Trouble | Topic::HardTime) | Command::Stop { .. })
                };
                let found = phrases.read(&said.text, wishes).filter(|command| helps(command) || asks(&said.text));
                return found.map_or(meant, Meant::Command);
            }
            (
                Meant::Command(_)
                | Meant::Draft(_)
                | Meant::Reply
                | Meant::Enquiry(_)
                | Meant::ToStaff(_)
                | Meant::Event(_)
                | Meant::Reflection(_),
                _,
            ) => return meant,
        };
        // An answer to a question of somebody's may have sentences of any kind, and a purpose is one.
        let is_free = self.question_asked_last(said).is_some() || matches!(dialogue.draft, Some(Draft::WhatFor { .. }));
        let among = || phrases.read_among(text, wishes).filter(|_| !is_free);
        // Somebody who was asked talks about that, and somebody who says what for has found whom: neither looks for anybody.
        let says_what_for = matches!(dialogue.draft, Some(Draft::WhatFor { .. })) && !looks_further(text);
        let looks = |command: &Command| matches!(command, Command::Mentors(MentorsCommand::Find(_)));
        let found = phrases.read(text, wishes).filter(|command| !(wishes.asked || says_what_for) || !looks(command));
        let command = found.or_else(|| self.nearly(dialogue, said, text));
        let command = command.or_else(|| command::roughly(text)).or_else(among);
        match command {
            // There is more of a list, or else of what can be answered, or else of everything.
            Some(Command::Mentors(MentorsCommand::More) | Command::Request(RequestCommand::Choices)) => {
                Meant::Command(match (wishes.browses, wishes.asked) {
                    (true, _) => MentorsCommand::More.into(),
                    (false, true) => RequestCommand::Choices.into(),
                    (false, false) => Command::Help,
                })
            }
            Some(Command::Request(RequestCommand::Drafts | RequestCommand::Change)) if dialogue.draft.is_none() => {
                meant
            }
            // Somebody whom nobody knows yet hears how that is done, or is asked about an end.
            Some(command) if !command.row().is(Trait::Visitors) && self.role(said.member) == Some(Role::Unverified) => {
                let ends = matches!(command, Command::Stop { .. });
                Meant::Command(if ends { RightsCommand::Forget { sure: false }.into() } else { Command::Help })
            }
            command => command.map_or(meant, Meant::Command),
        }
    }

    /// Whether these are several words, and nothing waits for an answer that they could be.
    fn is_no_answer(&self, dialogue: &Dialogue, said: &Said) -> bool {
        let waits = !dialogue.prompts.is_empty() || self.asked_last(said).is_some() || said.reply != Reply::None;
        !waits && said.text.split_whitespace().count() >= SEVERAL_WORDS_MIN
    }

    /// The command that these words are nearest to. Where something waits for words of theirs, it is one that helps with that.
    fn nearly(&self, dialogue: &Dialogue, said: &Said, text: &str) -> Option<Command> {
        let asked = self.wishes(said.member).asked
            || matches!(self.asked_last(said), Some(Asked::Prompt(_) | Asked::Other(Asks::Times(_))));
        // Times alone are like any sentence with a day in it. They are given where a time is being found and nothing else waits
        // that they could be about.
        if self.read_free(text).is_ok() {
            let gives = !asked && dialogue.draft.is_none() && self.is_finding_a_time(said.member);
            return gives.then(|| ArrangingCommand::Times { times: text.to_owned(), plainly: true }.into());
        }
        let Nearest::Clear(_, command) = self.nearest(said.member, text) else { return None };
        let tells = matches!(command, Command::Explain(_) | Command::Rights(RightsCommand::Policy));
        let fits = if asked {
            let protects = matches!(command, Command::Explain(Topic::Trouble | Topic::HardTime) | Command::Stop { .. });
            protects || (tells && asks(text))
        } else if dialogue.draft.is_some() {
            tells || matches!(command, Command::People(PeopleCommand::About))
        } else {
            true
        };
        fits.then_some(command)
    }

    fn nearest(&self, member: MemberId, text: &str) -> Nearest {
        self.settings.phrases.nearest(text, self.wishes(member))
    }

    fn wishes(&self, member: MemberId) -> Wishes {
        let dialogue = self.state.member(member).map(|own| &own.dialogue);
        let browses = dialogue.is_some_and(|dialogue| dialogue.browsing.is_some());
        let asked = dialogue.is_some_and(|dialogue| dialogue.prompts.values().any(Prompt::is_open_request));
        Wishes { staff: self.role(member).is_some_and(Role::is_staff), browses, asked }
    }

    /// A bare number, where the porter's last message was a list of things to take back or to report.
    fn chosen_by_number(&self, said: &Said, meant: &Meant) -> Option<Command> {
        let Meant::Command(Command::Text(text)) = meant else { return None };
        let number = numbered(text)?;
        match self.asked_last(said)? {
            Asked::Other(Asks::Choice) => Some(RequestCommand::Withdraw(Chosen::Number(number)).into()),
            Asked::Other(Asks::ReportChoice) => Some(Command::Answer {
                number: Some(u32::try_from(number).ok()?),
                answer: Answer::Report(String::new()),
            }),
            Asked::Other(
                Asks::Draft
                | Asks::Offer
                | Asks::Carry
                | Asks::Making
                | Asks::Come(_)
                | Asks::StayInTouch(_)
                | Asks::ListMe
                | Asks::Stay
                | Asks::TakeAway
                | Asks::MeetingChoice
                | Asks::Times(_)
                | Asks::Boundaries
                | Asks::BoundariesForYes(_)
                | Asks::Staff
                | Asks::Regret(_),
            )
            | Asked::Prompt(_) => None,
        }
    }

    /// Counts messages in a row that were not understood.
    pub(crate) fn note_miss(&mut self, member: MemberId, missed: bool) {
        let before = self.state.member(member).map_or(0, |own| own.dialogue.misses);
        let now = if missed { before.saturating_add(1) } else { 0 };
        if before != now
            && let Some(dialogue) = self.dialogue(member)
        {
            dialogue.misses = now;
        }
    }

    pub(super) fn greet(&mut self, said: &Said) {
        if self.role(said.member) == Some(Role::Unverified) {
            return self.help(said.member);
        }
        match self.only_open(said) {
            Some(open) => self.tell_about(said.member, open.number, Aside::HelloOpen(open)),
            None => {
                self.tell(said.member, Aside::Hello { offers: self.settings.offers });
            }
        }
    }

    /// "Stop": a draft, if that was the last thing talked about; otherwise they say what.
    pub(super) fn stop(&mut self, said: &Said, plainly: bool) {
        let Some(own) = self.state.member(said.member) else { return };
        let has_words = own.dialogue.draft.is_some() || own.dialogue.carry.is_some() || own.dialogue.offer.is_some();
        if plainly && has_words && !matches!(self.asked_last(said), Some(Asked::Prompt(_))) {
            return self.cancel_in_hand(said.member);
        }
        let (open, listed) = (self.only_open(said), own.is_listed());
        let (draft, withdraw) = (has_words, !self.withdrawable(said.member).is_empty());
        let say = Aside::StopWhat { open, draft, withdraw, listed, leave: speaks_of_leaving(&said.text) };
        // A bare yes to this would be a yes to who knows what, so it asks for no answer: it gives the words with their number.
        self.tell(said.member, say);
    }

    pub(super) fn explain(&mut self, member: MemberId, topic: Topic) {
        let say = match topic {
            Topic::Outcome => Aside::HowItEnds,
            Topic::Advice => Aside::Example,
            Topic::Language => Aside::Languages,
            Topic::Trouble => Aside::Trouble,
            Topic::Code if self.role(member) == Some(Role::Unverified) => return self.help(member),
            Topic::Code => {
                self.tell(member, Joining::CodeNotNeeded);
                return;
            }
            Topic::HardTime => Aside::HardTime { quiet_room: self.settings.joining.quiet_room.clone() },
            Topic::Figures | Topic::Announcements | Topic::Events if !self.role(member).is_some_and(Role::is_staff) => {
                return self.help(member);
            }
            Topic::Figures => Aside::Figures,
            Topic::Announcements => Aside::Announcements,
            Topic::Events => Aside::Events,
        };
        self.tell(member, say);
    }

    /// Words that nothing had asked for. The answer names what is open, and is not the same twice in a row.
    pub(super) fn not_understood(&mut self, said: &Said, text: &str) {
        let member = said.member;
        let Some(own) = self.state.member(member) else { return };
        let (misses, browses) = (own.dialogue.misses, own.dialogue.browsing.is_some());
        let own_words = own.dialogue.draft.is_some() || own.dialogue.carry.is_some() || own.dialogue.offer.is_some();
        if browses && self.entry_meant(member, text).is_some() {
            return self.introduce(said, Some(Err(text.to_owned())), None, None);
        }
        if !own_words
            && own.dialogue.prompts.is_empty()
            && let Ok(address) = lodge_ground::link::to_account(text.trim())
        {
            return self.introduce(said, Some(Ok(address)), None, None);
        }
        match self.picked(&own.dialogue, said, text) {
            Some(Picked::Entry(entry)) => return self.introduce(said, Some(Err(entry)), None, None),
            Some(Picked::Nobody) => return self.more(member),
            Some(Picked::Unclear) => {
                self.tell(member, Cards::WhichEntry);
                return;
            }
            None => {}
        }
        if own_words && !matches!(self.asked_last(said), Some(Asked::Prompt(_))) {
            return self.repeat_question(member);
        }
        if let Some(id) = self.times_asked(said).filter(|_| misses < MISSES_MAX) {
            return self.ask_for_times_again(member, id);
        }
        // From the third on a person is offered every other time.
        let in_turn = if misses > MISSES_MAX { MISSES_MAX - (misses + 1) % 2 } else { misses };
        if let Some(open) = self.only_open(said) {
            let number = open.number;
            let wishes = match self.nearest(member, text) {
                Nearest::OneOf(wishes) if misses <= 1 => wishes,
                Nearest::Clear(wish, _) if misses <= 1 && wish.line_id().is_some() => vec![wish],
                Nearest::OneOf(_) | Nearest::Clear(..) | Nearest::Nothing => vec![],
            };
            let say = if wishes.is_empty() {
                Aside::StillWaits { open, misses: in_turn }
            } else {
                Aside::OrOneOf { wishes, open }
            };
            return self.tell_about(member, number, say);
        }
        let several = self.state.member(member).is_some_and(|own| open_before(&own.dialogue, said).len() > 1);
        if several {
            let say = self.which_one(member, Kind::Meet);
            self.tell(member, say);
            return;
        }
        match self.open_questions(member)[..] {
            [] => {}
            [(number, ..)] => return self.show_answer(said, number),
            [(number, ..), ..] => {
                self.tell(member, Say::MaybeAnAnswer { number });
                return;
            }
        }
        if said.reply != Reply::None && self.role(member).is_some_and(Role::is_staff) {
            self.tell(member, Desk::WhichQuestion);
            return;
        }
        if clauses::answers_late(text) {
            self.tell(member, Say::NothingToAnswer);
            return;
        }
        let own = self.own_waiting(member);
        if let Nearest::OneOf(wishes) = self.nearest(member, text)
            && misses <= 1
        {
            self.tell(member, Aside::IsItOneOf { wishes, own });
            return;
        }
        if let Some((to, deadline)) = own {
            self.tell(member, Aside::OwnWaits { to, deadline, misses: in_turn });
            return;
        }
        let say = match misses {
            0 | 1 => Say::NotUnderstood,
            misses if misses.is_multiple_of(2) => Aside::LostAgain.into(),
            _ => Aside::LostToPerson.into(),
        };
        self.tell(member, say);
    }

    /// A draft's question was answered in words that fit none of its answers: once too often, a person is offered.
    pub(crate) fn lost_in_draft(&mut self, member: MemberId, say: impl Into<Say>) {
        let misses = self.state.member(member).map_or(0, |own| own.dialogue.misses);
        if misses >= MISSES_MAX && misses.is_multiple_of(MISSES_MAX) {
            self.tell_asking(member, Asks::Draft, Aside::LostInDraft);
        } else {
            self.tell(member, say);
        }
    }

    /// The last of a member's own requests that wait, as far as they know, and the time by which they hear.
    fn own_waiting(&self, member: MemberId) -> Option<(Named, Timestamp)> {
        let mut requests = self.state.requests_of(member).into_iter().rev();
        requests.find_map(|request| match sent_standing(request) {
            SentStanding::Waiting(deadline) => Some((request.named.clone(), deadline)),
            SentStanding::Agreed
            | SentStanding::NoIntroduction
            | SentStanding::SaidNo
            | SentStanding::Withdrawn
            | SentStanding::MembershipEnded => None,
        })
    }

    /// The request that waits for somebody and stood before their words, if it is the only one.
    fn only_open(&self, said: &Said) -> Option<OpenRequest> {
        let own = self.state.member(said.member)?;
        let [number] = open_before(&own.dialogue, said)[..] else { return None };
        let open = self.open_prompts(said.member).into_iter().find(|(open, ..)| *open == number);
        open.map(|(number, of, deadline)| OpenRequest { number, of, deadline })
    }
}

fn text_of(said: &Said) -> Meant {
    Meant::Command(Command::Text(said.text.clone()))
}

/// Whether somebody looks for another than the one they named.
fn looks_further(text: &str) -> bool {
    const FURTHER: [&str; 6] = ["else", "instead", "other", "another", "different", "wrong"];
    command::plain_words(text).iter().any(|word| FURTHER.contains(&word.as_str()))
}

/// Whether these words ask something.
fn asks(text: &str) -> bool {
    const BEGINNINGS: [&str; 13] =
        ["why", "what", "who", "how", "do", "does", "is", "are", "will", "must", "can", "could", "may"];
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    text.ends_with('?') || BEGINNINGS.contains(&first.as_str())
}

/// Whether these words are about deleting what is kept, or about leaving altogether, and not only about putting
/// something off.
fn speaks_of_leaving(text: &str) -> bool {
    const STEMS: [&str; 9] =
        ["delet", "eras", "unsubscrib", "unregist", "deregist", "account", "membership", "altogether", "permanent"];
    const BEFORE_OUT: [&str; 8] = ["opt", "me", "want", "need", "im", "am", "get", "sign"];
    let words = command::plain_words(text);
    let is = |at: Option<usize>, any: &[&str]| {
        at.and_then(|at| words.get(at)).is_some_and(|word| any.contains(&word.as_str()))
    };
    words.iter().enumerate().any(|(at, word)| match word.as_str() {
        "leave" | "leaving" => !is(Some(at + 1), &["me", "us", "it", "this", "that"]),
        "remove" | "take" | "forget" => is(Some(at + 1), &["me", "my"]),
        "out" => is(at.checked_sub(1), &BEFORE_OUT),
        "quit" | "exit" | "forgotten" => true,
        word => STEMS.iter().any(|stem| word.starts_with(stem)),
    })
}
