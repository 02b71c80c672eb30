//! Afterwards: each of the two is asked in private how it went.

use crate::dialogue::Question;
use crate::id::{IntroductionId, MemberId};
use crate::input::{Reply, Said};
use crate::interview::is_interview;
use crate::introduction::flow::choosing::Kind;
use crate::introduction::{Introduction, Missed, Party, Stage, Went};
use crate::people::member::Standing;
use crate::say::Ending;
use crate::timer::Wait;
use crate::turn::Turn;

impl Turn<'_> {
    pub(crate) fn ask_how_it_went(&mut self, id: IntroductionId) {
        if self.state.introduction(id).is_none() {
            return;
        }
        for party in [Party::Requester, Party::Addressee] {
            let Some(member) = self.state.introduction(id).and_then(|introduction| introduction.member(party)) else {
                continue;
            };
            let current = self.state.member(member).is_some_and(|member| member.standing == Standing::Current);
            // Somebody who said already that they missed each other is not asked how it was.
            let told = self.state.introduction(id).is_some_and(|introduction| introduction.went.contains_key(&party));
            if current && !told {
                self.once(id, &format!("how was it, {}", party.code()), |turn| {
                    if let Some(number) = turn.prompt(member, id, Question::HowWasIt) {
                        turn.put_how_was_it(member, number, id);
                    }
                });
            }
        }
        let due = self.now.after(self.settings.ask_after);
        self.once(id, "ask-over", |turn| turn.wait(due, Wait::AskOver { introduction: id }));
    }

    pub(crate) fn tell_how_it_went(&mut self, said: &Said, number: Option<u32>, went: Went) {
        let Some(id) = self.told_how_it_went(said, number) else { return };
        let Some(party) = self.party_of(id, said.member) else { return };
        self.introduction(id, |introduction| {
            introduction.went.insert(party, went);
        });
        let interview = self.interview_party(id, said.member);
        self.tell(said.member, Ending::ThankYou { went, interview });
    }

    /// Somebody told in words of their own how it went; they are kept as this note of theirs.
    pub(crate) fn thank_for_words(&mut self, said: &Said, number: u32, note: u32) {
        let Some(id) = self.told_how_it_went(said, Some(number)) else { return };
        let interview = self.interview_party(id, said.member);
        self.tell(said.member, Ending::ThankYouForWords { note, interview });
    }

    /// One of the two did not come. Nobody else hears of it, and it is not asked for again, unless they tell another time.
    pub(crate) fn tell_missed(&mut self, said: &Said, number: Option<u32>, missed: Missed) {
        let named = number.is_some() || said.reply != Reply::None;
        let asked = self.state.member(said.member).is_some_and(|own| own.dialogue.asks_how_it_was());
        let id = if named || asked { self.told_how_it_went(said, number) } else { self.last_met(said.member) };
        let Some(id) = id else { return };
        let Some(party) = self.party_of(id, said.member) else { return };
        self.introduction(id, |introduction| {
            introduction.went.insert(party, Went::NotYet);
        });
        let interview = self.interview_party(id, said.member);
        self.tell(said.member, Ending::Missed { missed, interview });
    }

    /// The introduction by which a member should have talked with somebody last: one whose time has passed comes first.
    pub(crate) fn last_met(&self, member: MemberId) -> Option<IntroductionId> {
        let all = self.state.introductions_of(member).into_iter();
        let met = all.filter(|one| matches!(one.stage, Stage::Met { .. }));
        let over = |one: &Introduction| one.arranged.as_ref().map(|arranged| arranged.at).filter(|at| *at <= self.now);
        met.max_by_key(|one| (over(one), one.sent_at, one.id)).map(|one| one.id)
    }

    /// Closes the question that somebody answers how a meeting went; they hear where there is none.
    fn told_how_it_went(&mut self, said: &Said, number: Option<u32>) -> Option<IntroductionId> {
        let prompted = match self.prompt_meant(said, number, Kind::HowWasIt) {
            Ok(prompted) => prompted,
            Err(say) => {
                self.not_taken(said, say);
                return None;
            }
        };
        if let Some(dialogue) = self.dialogue(said.member) {
            dialogue.prompts.remove(&prompted.number);
        }
        Some(prompted.introduction)
    }

    fn party_of(&self, id: IntroductionId, member: MemberId) -> Option<Party> {
        self.state.introduction(id)?.party(member)
    }

    /// The party of an information interview that a member is.
    pub(super) fn interview_party(&self, id: IntroductionId, member: MemberId) -> Option<Party> {
        let introduction = self.state.introduction(id)?;
        introduction.party(member).filter(|_| is_interview(&introduction.request.purpose))
    }
}
