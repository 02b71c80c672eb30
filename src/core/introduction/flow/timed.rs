//! A yes that names times: "yes, Tue or Thu after 4". It is a yes to exactly the same as one without, and the times wait with it
//! until both have come into their room.

use lodge_calendar::free::Free;

use super::choosing::Kind;
use crate::arranging::search;
use crate::command::{Answer, Command};
use crate::dialogue::{Asked, Asks};
use crate::id::{IntroductionId, MemberId};
use crate::input::{Reply, Said};
use crate::introduction::words::answers::behind_yes;
use crate::introduction::{Introduction, Party};
use crate::people::member::Fields;
use crate::say::{Answering, Say, Searching, Times};
use crate::turn::Turn;

impl Turn<'_> {
    /// The yes that these words are, if they are one to a request that was asked last, replied to or named, and everything
    /// behind it is times.
    pub(crate) fn yes_with_times(&self, said: &Said, command: &Command) -> Option<Command> {
        let number = if let Command::Answer { number, answer: Answer::Unclear } = command {
            *number
        } else {
            matches!(command, Command::Text(_)).then_some(None)?
        };
        let prompts = &self.state.member(said.member)?.dialogue.prompts;
        let meant = match said.reply {
            Reply::To(message) => prompts.iter().find(|(_, prompt)| prompt.asked.contains(&message)).map(|(n, _)| *n),
            Reply::Elsewhere => number,
            Reply::None => number.or(match self.asked_last(said) {
                Some(Asked::Prompt(last)) => Some(last),
                Some(Asked::Other(Asks::BoundariesForYes(id))) => self.number_of(said.member, id),
                Some(Asked::Other(_)) | None => None,
            }),
        };
        let prompt = prompts.get(&meant?).filter(|prompt| Kind::of(&prompt.question) == Kind::Meet)?;
        self.times_beside_yes(said, prompt.introduction)?;
        Some(Command::Answer { number, answer: Answer::Yes(Fields::new()) })
    }

    /// The times that stand behind a yes, if all that stands there is times.
    pub(crate) fn times_beside_yes(&self, said: &Said, id: IntroductionId) -> Option<Free> {
        let plan = &self.state.introduction(id)?.request.plan;
        search::read(behind_yes(&said.text)?, plan, self.now, &self.settings.office.zone)
    }

    /// Keeps the times that stand beside somebody's yes, instead of any before.
    pub(crate) fn keep_times_of_yes(&mut self, said: &Said, id: IntroductionId) {
        self.let_times_of_yes_go(id);
        if let Some(times) = self.times_beside_yes(said, id) {
            let own = self.settings.office.zone.clone();
            self.introduction(id, |one| one.search.give(Party::Addressee, times, &said.text, &own));
        }
    }

    /// The times of a yes that counts only now, if some of them are still to come.
    pub(super) fn keep_times_to_come(&mut self, id: IntroductionId) {
        let times = self.state.introduction(id).and_then(|one| one.search.given(Party::Addressee));
        if times.is_some_and(|times| search::ahead(times, self.now).is_empty()) {
            self.let_times_of_yes_go(id);
        }
    }

    fn let_times_of_yes_go(&mut self, id: IntroductionId) {
        let has_some = self.state.introduction(id).is_some_and(|one| one.search.given(Party::Addressee).is_some());
        if has_some {
            self.introduction(id, |one| one.search.take_back(Party::Addressee));
        }
    }

    /// The confirmation of an addressee's yes, which shows the times that they gave with it.
    pub(super) fn yes_recorded(&self, addressee: MemberId, introduction: &Introduction) -> Say {
        let times = introduction.search.given(Party::Addressee);
        match times.zip(self.meant(addressee, introduction.id)) {
            Some((times, with)) => {
                let times = Times::of(times, introduction.search.zone());
                Searching::YesWithTimes { with, times }.into()
            }
            None => Answering::YesRecorded.into(),
        }
    }
}
