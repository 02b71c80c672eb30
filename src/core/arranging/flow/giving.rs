//! Free times are given, by either of the two, and weighed against the other's.

use lodge_calendar::free::Free;

use super::super::say::{Because, Searching, Times, Unclear};
use super::super::{search, time, words};
use crate::command::{Answer, ArrangingCommand, Command};
use crate::dialogue::{Asked, Asks};
use crate::id::{IntroductionId, MemberId};
use crate::input::{Reply, Said};
use crate::introduction::words::answers::behind_yes;
use crate::say::Arranging;
use crate::time::Span;
use crate::turn::Turn;

impl Turn<'_> {
    /// The command that somebody's words are, where the porter has just asked them for times: a choice among those that they
    /// were shown, or times of their own.
    pub(crate) fn times_meant(&self, said: &Said, command: &Command) -> Option<Command> {
        self.times_asked(said)?;
        let words = if let Command::Text(_) = command {
            said.text.clone()
        } else if let Command::Answer { number: None, answer: Answer::Unclear } = command {
            behind_yes(&said.text).unwrap_or(&said.text).to_owned()
        } else if let Command::Answer { number: Some(number), answer: Answer::Yes(with) } = command
            && with.is_empty()
            && !self.has_prompt(said.member, *number)
        {
            // No request has this number, so it is a moment's.
            number.to_string()
        } else {
            return None;
        };
        if words::refuses(&words) {
            return Some(Command::Answer { number: None, answer: Answer::No });
        }
        let drafts = self.state.member(said.member).is_some_and(|own| own.dialogue.draft.is_some());
        let about_times = match self.read_free(&words) {
            Ok(_) => true,
            Err(why) => why.is_about_times(&words) && !drafts,
        };
        let is_it = about_times || words::chosen(&words).is_some();
        is_it.then(|| ArrangingCommand::Times { times: words, plainly: true }.into())
    }

    /// Asks once more for times, where the words that came instead could be anything.
    pub(crate) fn ask_for_times_again(&mut self, member: MemberId, id: IntroductionId) {
        self.ask_for_times(member, id, Searching::Unclear(Unclear::Nothing));
    }

    /// The introduction for which the porter has just asked these words' writer for times, or whose message they reply to.
    pub(crate) fn times_asked(&self, said: &Said) -> Option<IntroductionId> {
        let dialogue = &self.state.member(said.member)?.dialogue;
        let asked = match said.reply {
            Reply::None => dialogue.asked_last(&said.before),
            Reply::To(message) => dialogue.asked_by(message),
            Reply::Elsewhere => None,
        };
        match asked? {
            Asked::Other(Asks::Times(id)) => Some(id),
            Asked::Prompt(_) | Asked::Other(_) => None,
        }
    }

    /// Whether a time is being found for a meeting of this member's, or the time that is noted for one is still to come.
    pub(crate) fn is_finding_a_time(&self, member: MemberId) -> bool {
        let met = self.met(member, |_| true);
        let mut met = met.into_iter().filter_map(|id| self.state.introduction(id));
        met.any(|one| one.search.goes_on() || one.arranged.as_ref().is_some_and(|arranged| arranged.at > self.now))
    }

    fn has_prompt(&self, member: MemberId, number: u32) -> bool {
        self.state.member(member).is_some_and(|own| own.dialogue.prompts.contains_key(&number))
    }

    /// The free times that these words mean.
    pub(crate) fn read_free(&self, words: &str) -> Result<Free, Unclear> {
        time::free(words, self.now, &self.settings.office.zone)
    }

    /// Somebody gives times, chooses a moment, or would like to look for one.
    pub(super) fn times(&mut self, said: &Said, words: &str) {
        let all = self.met(said.member, |_| true);
        let asked = self.times_asked(said).filter(|id| all.contains(id));
        let numbered =
            words::numbered(words).and_then(|(number, rest)| Some((self.numbered(said, number, &all)?, rest)));
        if let Some(number) = words::chosen(words)
            && let Some(id) = asked.or_else(|| self.chooses_in(said.member, &all))
        {
            return self.choose_moment(said, id, number);
        }
        match (asked, &all[..], numbered) {
            (Some(id), ..) => self.give_times(said, id, words),
            (None, [], _) => {
                self.tell(said.member, Arranging::Nobody);
            }
            (None, [only], Some((_, rest))) if self.read_free(words).is_err() => self.give_times(said, *only, rest),
            (None, [only], _) => self.give_times(said, *only, words),
            (None, _, Some((id, rest))) => self.give_times(said, id, rest),
            (None, several, None) => {
                let times = words.to_owned();
                self.ask_whom(said.member, several, |matters| Searching::Which { matters, times }.into());
            }
        }
    }

    /// The only introduction in which somebody can choose among moments.
    fn chooses_in(&self, member: MemberId, all: &[IntroductionId]) -> Option<IntroductionId> {
        let can = |id: &&IntroductionId| {
            let one = self.state.introduction(**id);
            one.is_some_and(|one| one.party(member).is_some_and(|party| one.search.offered(party).is_some()))
        };
        let mut found = all.iter().filter(can);
        found.next().copied().filter(|_| found.next().is_none())
    }

    fn give_times(&mut self, said: &Said, id: IntroductionId, words: &str) {
        let member = said.member;
        let Some(with) = self.meant(member, id) else { return };
        let free = match self.read_free(words) {
            _ if words.is_empty() => return self.ask_for_times(member, id, Searching::When { with }),
            Ok(free) => free,
            Err(why) => return self.ask_for_times(member, id, Searching::Unclear(why)),
        };
        if !self.is_proven(said) {
            return;
        }
        let Some(introduction) = self.state.introduction(id) else { return };
        let (Some(party), length) = (introduction.party(member), search::length(&introduction.request.plan)) else {
            return;
        };
        let Some(times) = search::kept(&free, length) else {
            return self.ask_for_times(member, id, Searching::TooShort { length });
        };
        if introduction.search.is_worn_out() {
            self.tell(member, Searching::Enough { with });
            return;
        }
        let own = self.settings.office.zone.clone();
        self.introduction(id, |one| one.search.give(party, times.clone(), words, &own));
        self.weigh_times(said, id, &times, length);
    }

    /// Weighs times that somebody has just given against the other's.
    fn weigh_times(&mut self, said: &Said, id: IntroductionId, times: &Free, length: Span) {
        let member = said.member;
        let Some(introduction) = self.state.introduction(id) else { return };
        let (Some(party), Some(with)) = (introduction.party(member), self.meant(member, id)) else { return };
        let (to, read) = (party.other(), Times::of(times, introduction.search.zone()));
        // Nobody is asked again who has not answered yet.
        let waits = introduction.search.offered(to).is_some();
        let Some(other) = introduction.search.given(to).filter(|_| !waits).cloned() else {
            self.tell(member, Searching::Kept { with, times: read, waits });
            if !waits {
                self.offer_times(id, to, Because::Given);
            }
            return;
        };
        if let Some(at) = search::only_moment(times).filter(|at| search::holds(&other, *at, length)) {
            return self.note_meeting(said, id, at);
        }
        let slots = search::proposed(times, &other, length, &self.settings.office.zone, self.now);
        if slots.is_empty() {
            self.ask_for_times(member, id, Searching::Apart { with, times: read });
            self.offer_times(id, to, Because::Apart);
        } else {
            self.propose_moments(member, id, slots);
        }
    }
}
