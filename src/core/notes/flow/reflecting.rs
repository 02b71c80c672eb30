//! A reflection leads through its questions, one at a time. Each answer is a note as soon as it is given, so nothing is lost
//! whenever somebody stops.

use super::super::Note;
use super::super::reflection::{Occasion, Reflecting};
use super::super::words::Move;
use crate::id::{IntroductionId, MemberId};
use crate::input::{Reply, Said};
use crate::introduction::{Introduction, Stage};
use crate::name::clean_text;
use crate::say::{Begins, Notes, SentStanding};
use crate::step::sent_standing;
use crate::turn::Turn;

impl Turn<'_> {
    /// Begins a reflection, about the person of this name if there is one; or goes on with the one that was begun.
    pub(super) fn reflect(&mut self, member: MemberId, name: Option<&str>) {
        let Some(own) = self.state.member(member) else { return };
        let begun = own.dialogue.reflecting.is_some();
        if !begun {
            let matter = self.to_think_over(member, name);
            let (about, occasion) = matter.map_or((None, Occasion::Talk), |(id, occasion)| (Some(id), occasion));
            if let Some(dialogue) = self.dialogue(member) {
                dialogue.reflecting = Some(Reflecting::new(about, occasion));
            }
        }
        self.ask_to_reflect(member, !begun);
    }

    /// Somebody writes something while a reflection goes on.
    pub(crate) fn reflects(&mut self, said: &Said, what: Move) {
        let member = said.member;
        let Some(reflecting) = self.state.member(member).and_then(|own| own.dialogue.reflecting.clone()) else {
            return;
        };
        let place = reflecting.place;
        match what {
            Move::Answer => self.reflects_in_words(said, &reflecting),
            Move::Skip => self.go_to(member, place + 1),
            Move::Back => self.go_to(member, place.saturating_sub(1)),
            Move::Again => self.ask_to_reflect(member, place == 0),
            Move::Save => {
                self.reflecting(member, |reflecting| reflecting.saved = true);
                self.tell(member, Notes::Saved { kept: reflecting.kept.len() });
            }
            Move::Drop => {
                self.end_reflection(member);
                self.tell(member, Notes::Dropped { kept: reflecting.kept.len() });
            }
        }
    }

    /// An answer: to the question that they reply to, or else to the one that they are asked.
    fn reflects_in_words(&mut self, said: &Said, reflecting: &Reflecting) {
        let (member, words) = (said.member, clean_text(&said.text));
        let replied = if let Reply::To(message) = said.reply { reflecting.asked_by(message) } else { None };
        let place = replied.unwrap_or(reflecting.place);
        let question = self.questions_of(reflecting).get(place).cloned();
        let number = reflecting.kept.get(&place).copied().unwrap_or_default();
        let note = Note { number, at: self.now, about: reflecting.about, question, words };
        match self.keep_as(member, note) {
            Ok(number) => {
                self.reflecting(member, |reflecting| {
                    reflecting.kept.insert(place, number);
                });
                self.go_to(member, if place == reflecting.place { place + 1 } else { reflecting.place });
            }
            Err(why) => {
                self.tell(member, why);
                self.ask_to_reflect(member, false);
            }
        }
    }

    /// Asks the question at this place; behind the last, the reflection is over.
    fn go_to(&mut self, member: MemberId, place: usize) {
        self.reflecting(member, |reflecting| reflecting.place = place);
        self.ask_to_reflect(member, false);
    }

    fn ask_to_reflect(&mut self, member: MemberId, begins: bool) {
        let Some(reflecting) = self.state.member(member).and_then(|own| own.dialogue.reflecting.clone()) else {
            return;
        };
        let Reflecting { about, occasion, place, .. } = reflecting;
        let questions = self.questions_of(&reflecting);
        let Some(question) = questions.get(place) else {
            self.end_reflection(member);
            let mentors = self.settings.offers.mentors;
            self.tell(member, Notes::Reflected { kept: reflecting.kept.len(), mentors });
            return;
        };
        let kept = reflecting.kept.get(&place).and_then(|number| self.state.notebook(member)?.note(*number));
        let say = Notes::Reflect {
            place: place + 1,
            of: questions.len(),
            question: question.clone(),
            had: kept.map(|note| note.words.clone()),
            begins: begins.then(|| Begins { occasion, about: about.and_then(|id| self.meant(member, id)) }),
        };
        let message = self.tell(member, say);
        self.reflecting(member, |reflecting| {
            reflecting.saved = false;
            reflecting.asked.insert(place, message);
        });
    }

    fn reflecting(&mut self, member: MemberId, change: impl FnOnce(&mut Reflecting)) {
        if let Some(reflecting) = self.dialogue(member).and_then(|dialogue| dialogue.reflecting.as_mut()) {
            change(reflecting);
        }
    }

    fn end_reflection(&mut self, member: MemberId) {
        if let Some(dialogue) = self.dialogue(member) {
            dialogue.reflecting = None;
        }
    }

    fn questions_of(&self, reflecting: &Reflecting) -> &[String] {
        self.settings.lists.reflections.on(reflecting.occasion)
    }

    /// The introduction to think over: the newest that the member knows the end of, by the name that they gave if one has it.
    ///
    /// It follows from what they know themselves, and so from nothing that an addressee did (the rule of one answer).
    fn to_think_over(&self, member: MemberId, name: Option<&str>) -> Option<(IntroductionId, Occasion)> {
        let all = self.state.introductions_of(member);
        let known = all.iter().rev().filter_map(|one| Some((one.id, known_end(one, member)?)));
        let known: Vec<(IntroductionId, Occasion)> = known.collect();
        let called = name.and_then(|name| known.iter().find(|(id, _)| self.is_called(member, *id, name)));
        called.or(known.first()).copied()
    }
}

/// The occasion that an introduction gives a member to think, as far as they know.
fn known_end(introduction: &Introduction, member: MemberId) -> Option<Occasion> {
    if matches!(introduction.stage, Stage::Met { .. }) {
        return Some(Occasion::Talk);
    }
    if introduction.requester != member {
        return None;
    }
    match sent_standing(introduction) {
        SentStanding::NoIntroduction | SentStanding::SaidNo => Some(Occasion::NoTalk),
        SentStanding::Waiting(_) | SentStanding::Agreed | SentStanding::Withdrawn | SentStanding::MembershipEnded => {
            None
        }
    }
}
