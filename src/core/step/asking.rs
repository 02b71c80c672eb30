//! The meanings that a member's words can have, by the questions that the porter had put before them.
//!
//! Words answer only messages that stood before them in the conversation ([`Before`](crate::input::Before)). A bare
//! "yes" or "no" is the answer to the porter's last message there, and to nothing else.

use crate::command::Answer;
use crate::dialogue::{Asked, Asks, Carried, Prompt};
use crate::id::{EffectId, MemberId};
use crate::input::{Reply, Said};
use crate::introduction::Went;
use crate::introduction::flow::choosing::{Kind, open_before};
use crate::people::member::Fields;
use crate::say::{Carrying, NotTaken, Say};
use crate::turn::{InHand, Turn};

impl Turn<'_> {
    /// A yes or a no that names its question, by a number or by a reply, or is the answer to the last one.
    pub(crate) fn yes_or_no(&mut self, said: &Said, number: Option<u32>, answer: Answer) {
        let dialogue = self.state.member(said.member).map(|own| &own.dialogue);
        let replied = match said.reply {
            Reply::To(message) => {
                let replied = |(_, prompt): &(&u32, &Prompt)| prompt.asked.contains(&message);
                dialogue.and_then(|dialogue| dialogue.prompts.iter().find(replied)).map(|(number, _)| *number)
            }
            Reply::None | Reply::Elsewhere => None,
        };
        let kind = |number: u32| {
            let prompt = dialogue.and_then(|dialogue| dialogue.prompts.get(&number));
            prompt.map_or(Kind::Meet, |prompt| Kind::of(&prompt.question))
        };
        match (replied.or(number).map(kind), said.reply) {
            (Some(Kind::HowWasIt), _) => self.tell_how_it_went(said, number, went(&answer)),
            (Some(Kind::Meet | Kind::Tell), _) | (None, Reply::To(_) | Reply::Elsewhere) => {
                self.answer_request(said, number, answer);
            }
            (None, Reply::None) => self.bare(said, answer),
        }
    }

    /// A yes or a no that names nothing.
    fn bare(&mut self, said: &Said, answer: Answer) {
        let is_no = answer == Answer::No;
        match self.asked_last(said) {
            Some(Asked::Prompt(number)) => self.bare_to_prompt(said, number, answer),
            Some(Asked::Other(Asks::Regret(id))) if is_no => self.regret(said, id),
            Some(Asked::Other(Asks::BoundariesForYes(id))) => {
                self.answer_request(said, self.number_of(said.member, id), answer);
            }
            Some(Asked::Other(Asks::Stay)) if !is_no => self.stay(said.member),
            Some(Asked::Other(Asks::TakeAway)) if !is_no => self.take_away(said),
            Some(Asked::Other(Asks::Times(id))) => self.yes_or_no_to_times(said, id, is_no),
            Some(Asked::Other(Asks::Come(id))) => self.yes_or_no_to_event(said, id, is_no),
            Some(Asked::Other(Asks::StayInTouch(id))) => self.yes_or_no_to_contact(said, id, is_no),
            Some(Asked::Other(Asks::Draft | Asks::Offer | Asks::Carry)) => self.repeat_question(said.member),
            Some(Asked::Other(
                Asks::Regret(_)
                | Asks::Making
                | Asks::Stay
                | Asks::TakeAway
                | Asks::ListMe
                | Asks::Choice
                | Asks::ReportChoice
                | Asks::MeetingChoice
                | Asks::Boundaries
                | Asks::Staff,
            ))
            | None => self.do_you_mean(said, &answer),
        }
    }

    fn bare_to_prompt(&mut self, said: &Said, number: u32, answer: Answer) {
        let Some(dialogue) = self.state.member(said.member).map(|own| &own.dialogue) else { return };
        let Some(kind) = dialogue.prompts.get(&number).map(|prompt| Kind::of(&prompt.question)) else { return };
        match kind {
            Kind::Meet if open_before(dialogue, said).iter().all(|open| *open == number) => {
                self.answer_request(said, Some(number), answer);
            }
            Kind::Meet => {
                let say = self.which_one(said.member, Kind::Meet);
                self.tell(said.member, say);
            }
            Kind::Tell => self.show_answer(said, number),
            Kind::HowWasIt => self.tell_how_it_went(said, Some(number), went(&answer)),
        }
    }

    /// A yes or a no that nothing had asked for last: the porter asks whether a request is meant, if one is open.
    fn do_you_mean(&mut self, said: &Said, answer: &Answer) {
        let Some(dialogue) = self.state.member(said.member).map(|own| &own.dialogue) else { return };
        match open_before(dialogue, said)[..] {
            [] if dialogue.prompts.values().any(Prompt::is_open_request) => self.early(said),
            [] => self.answers_nothing(said),
            [number] => {
                let introduction = dialogue.prompts.get(&number).map(|prompt| prompt.introduction);
                let of = introduction.and_then(|id| self.request_disclosure(said.member, id));
                let adds = if let Answer::Yes(adds) = answer { adds.clone() } else { Fields::new() };
                let no = *answer == Answer::No;
                let say =
                    of.map_or(Say::NothingToAnswer, |of| Say::NotTaken(NotTaken::Unsure { number, of, no, adds }));
                self.tell_about(said.member, number, say);
            }
            _ => {
                let say = self.which_one(said.member, Kind::Meet);
                self.tell(said.member, say);
            }
        }
    }

    /// Words that begin like an answer, name nothing, and could be meant either way.
    pub(crate) fn unclear_answer(&mut self, said: &Said) {
        match self.asked_last(said) {
            Some(Asked::Prompt(_)) => self.answer_request(said, None, Answer::Unclear),
            Some(Asked::Other(Asks::Draft | Asks::Offer | Asks::Carry)) => self.repeat_question(said.member),
            Some(Asked::Other(_)) | None => self.do_you_mean(said, &Answer::Unclear),
        }
    }

    /// Words that close a talk: where the porter had asked something, it still waits for the answer. Those that hang on
    /// another message are about that one.
    pub(crate) fn closing(&mut self, said: &Said) {
        let asked = match said.reply {
            Reply::None => self.asked_last(said),
            Reply::To(_) => self.prompt_meant(said, None, Kind::Meet).ok().map(|meant| Asked::Prompt(meant.number)),
            Reply::Elsewhere => None,
        };
        match asked {
            Some(Asked::Prompt(number)) => {
                let open = self.state.member(said.member).and_then(|own| own.dialogue.prompts.get(&number));
                if open.is_some_and(Prompt::is_open_request) {
                    self.tell_about(said.member, number, Say::AnswerUnclear);
                }
            }
            Some(Asked::Other(Asks::Draft | Asks::Offer | Asks::Carry)) => self.repeat_question(said.member),
            Some(Asked::Other(
                Asks::ListMe
                | Asks::Making
                | Asks::Come(_)
                | Asks::StayInTouch(_)
                | Asks::Stay
                | Asks::TakeAway
                | Asks::Choice
                | Asks::ReportChoice
                | Asks::MeetingChoice
                | Asks::Times(_)
                | Asks::Boundaries
                | Asks::BoundariesForYes(_)
                | Asks::Staff
                | Asks::Regret(_),
            ))
            | None => {}
        }
    }

    /// "Send" while words are to be carried.
    pub(crate) fn send_carry(&mut self, said: &Said) {
        let Some(carry) = self.state.member(said.member).and_then(|own| own.dialogue.carry.clone()) else { return };
        let shown = self.state.member(said.member).map(|own| own.dialogue.asking_for(Asks::Carry)).unwrap_or_default();
        if self.word(said, &shown).is_none() {
            return;
        }
        self.drop_carry(said.member);
        let is_open = self.number_of(said.member, carry.introduction).is_some();
        match carry.kind {
            Carried::Question if is_open => self.carry_question(said.member, carry),
            Carried::Reason if is_open => self.carry_reason(carry),
            Carried::Question | Carried::Reason => {
                self.tell(said.member, Say::TooLate);
            }
            Carried::Answer => self.carry_own_answer(said.member, carry),
        }
    }

    /// A message was given up: it asks nothing, for it was never said.
    pub(crate) fn unsaid(&mut self, member: MemberId, message: EffectId) {
        if let Some(dialogue) = self.dialogue(member) {
            dialogue.asking.retain(|asking| asking.message != message);
            for prompt in dialogue.prompts.values_mut() {
                prompt.never_asked_by(message);
            }
        }
    }

    pub(crate) fn answer(&mut self, said: &Said, number: Option<u32>, answer: Answer) {
        let is_safety = matches!(answer, Answer::Tell(_) | Answer::Report(_) | Answer::Block);
        let named = number.is_some() || said.reply != Reply::None;
        if let Some(number) = self.question_asked_last(said).filter(|_| !named && !is_safety) {
            return self.show_answer(said, number);
        }
        match answer {
            Answer::Tell(words) => self.answer_question(said, number, &words),
            // "Great" is no account of a meeting where none was asked for.
            Answer::Went(went)
                if number.is_none() && said.reply == Reply::None && !self.asks_how_it_was(said.member) =>
            {
                match went {
                    Went::Well => self.closing(said),
                    Went::NotWell | Went::NotYet => self.not_understood(said, &said.text),
                }
            }
            Answer::Went(went) => self.tell_how_it_went(said, number, went),
            Answer::Missed(missed) => self.tell_missed(said, number, missed),
            Answer::Report(words) => self.report(said, number, &words),
            Answer::Yes(_) | Answer::No => self.yes_or_no(said, number, answer),
            Answer::Unclear if number.is_none() && said.reply == Reply::None => self.unclear_answer(said),
            Answer::NoBecause(_)
            | Answer::Ask(_)
            | Answer::Later(_)
            | Answer::Ignore
            | Answer::Block
            | Answer::Unclear => self.answer_request(said, number, answer),
        }
    }

    /// The number of the question about their request that the porter asked last.
    pub(crate) fn question_asked_last(&self, said: &Said) -> Option<u32> {
        let Some(Asked::Prompt(number)) = self.asked_last(said) else { return None };
        let prompt = self.state.member(said.member)?.dialogue.prompts.get(&number)?;
        (Kind::of(&prompt.question) == Kind::Tell).then_some(number)
    }

    /// "Agree": to the boundaries, and to the request to which an agreement is the yes too.
    pub(crate) fn says_agree(&mut self, said: &Said) {
        let agrees = self.state.member(said.member).is_some_and(|own| self.agrees(own));
        if agrees && matches!(self.asked_last(said), Some(Asked::Prompt(_))) {
            // Somebody who has agreed before means something else, perhaps the request.
            return self.unclear_answer(said);
        }
        match self.yes_agreed_with(said) {
            Some(prompted) if self.take_agreement(said) => self.agreed_to(said, prompted),
            Some(_) => {}
            None => self.agree(said),
        }
    }

    fn asks_how_it_was(&self, member: MemberId) -> bool {
        self.state.member(member).is_some_and(|own| own.dialogue.asks_how_it_was())
    }

    /// Somebody tells in their own words how a meeting went: they are kept among their notes.
    pub(super) fn tell_of_meeting_in_words(&mut self, said: &Said, number: u32) {
        let prompted = match self.prompt_meant(said, Some(number), Kind::HowWasIt) {
            Ok(prompted) => prompted,
            Err(why) => return self.not_taken(said, why),
        };
        match self.keep_note(said.member, Some(prompted.introduction), &said.text) {
            Ok(note) => self.thank_for_words(said, number, note),
            Err(why) => {
                self.tell(said.member, why);
            }
        }
    }

    /// "Send": sends the last one shown of the things that could be sent.
    pub(crate) fn send_in_hand(&mut self, said: &Said) {
        match self.in_hand(said.member) {
            InHand::Carry => self.send_carry(said),
            InHand::Offer => self.send_offer(said),
            InHand::Making => self.repeat_question(said.member),
            InHand::Draft => self.send(said),
        }
    }

    /// "Cancel": the same is let go.
    pub(crate) fn cancel_in_hand(&mut self, member: MemberId) {
        match self.in_hand(member) {
            InHand::Carry => {
                let carry = self.state.member(member).and_then(|own| own.dialogue.carry.as_ref());
                let answers = carry.filter(|carry| carry.kind == Carried::Answer).map(|carry| carry.number);
                self.drop_carry(member);
                match answers {
                    Some(number) => self.tell_about(member, number, Carrying::AnswerDropped { number }),
                    None => drop(self.tell(member, Carrying::Dropped)),
                }
            }
            InHand::Offer => {
                if let Some(dialogue) = self.dialogue(member) {
                    dialogue.offer = None;
                }
                self.tell(member, Say::DraftDropped);
            }
            InHand::Making => self.drop_making(member),
            InHand::Draft => self.cancel(member),
        }
    }
}

fn went(answer: &Answer) -> Went {
    if *answer == Answer::No { Went::NotWell } else { Went::Well }
}
