//! What a member's words can mean, by what the porter had asked before them.
//!
//! Words answer only what stood before them in the conversation ([`Before`](crate::input::Before)). A bare "yes" or "no" is
//! the answer to the porter's last message there, and to nothing else.

use super::Turn;
use crate::command::Answer;
use crate::consent::{NoWord, Word};
use crate::dialogue::{Asked, Asks, Carried, Carry, Dialogue, Prompt};
use crate::id::{EffectId, MemberId};
use crate::input::{Reply, Said};
use crate::introduction::Went;
use crate::introduction::flow::answering::Kind;
use crate::say::{Carrying, NotTaken, Say};

impl Turn<'_> {
    /// Says something that asks for this.
    pub(crate) fn tell_asking(&mut self, member: MemberId, what: Asks, say: Say) -> EffectId {
        let message = self.tell(member, say);
        if let Some(dialogue) = self.dialogue(member) {
            dialogue.asks(what, message);
        }
        message
    }

    /// Says something that asks for this, and from now on nothing else does.
    pub(crate) fn tell_asking_anew(&mut self, member: MemberId, what: Asks, say: Say) -> EffectId {
        if let Some(dialogue) = self.dialogue(member) {
            dialogue.asks_no_more(what);
        }
        self.tell_asking(member, what, say)
    }

    /// Says something about a prompt that is still to be answered.
    pub(crate) fn tell_about(&mut self, member: MemberId, number: u32, say: Say) {
        let message = self.tell(member, say);
        self.was_asked(member, number, message, false);
    }

    /// Whether a message that asks for this stood before these words.
    pub(crate) fn was_shown(&self, said: &Said, what: Asks) -> bool {
        let asking = self.state.member(said.member).map(|own| own.dialogue.asking_for(what)).unwrap_or_default();
        asking.iter().any(|message| said.before.stood(*message))
    }

    /// These words came before what they would be the answer to. Their writer hears so, once.
    pub(crate) fn early(&mut self, said: &Said) {
        let told = self.state.member(said.member).and_then(|own| own.dialogue.told_early);
        if told.is_some_and(|told| !said.before.stood(told)) {
            return;
        }
        let message = self.tell(said.member, Say::NotTaken(NotTaken::Early));
        if let Some(dialogue) = self.dialogue(said.member) {
            dialogue.told_early = Some(message);
        }
    }

    /// Says why words were not taken for an answer.
    pub(crate) fn not_taken(&mut self, said: &Said, why: Say) {
        if why == Say::NotTaken(NotTaken::Early) {
            self.early(said);
        } else {
            self.tell(said.member, why);
        }
    }

    /// The member's word in answer to one of these messages; if it is none, they hear why.
    pub(crate) fn word(&mut self, said: &Said, shown: &[EffectId]) -> Option<Word> {
        match Word::of(said, shown) {
            Ok(word) => Some(word),
            Err(NoWord::Early) => {
                self.early(said);
                None
            }
            Err(NoWord::Untied) => {
                // This says what is to be done about the device.
                self.is_tied(said);
                None
            }
        }
    }

    /// What the porter's last message before these words asked for.
    pub(crate) fn asked_last(&self, said: &Said) -> Option<Asked> {
        self.state.member(said.member)?.dialogue.asked_last(&said.before)
    }

    /// A yes or a no that names what it is about, by its number or by a reply, or is the answer to what was asked last.
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
            Some(Asked::Other(Asks::Stay)) if !is_no => self.stay(said.member),
            Some(Asked::Other(Asks::TakeAway)) if !is_no => self.take_away(said),
            Some(Asked::Other(Asks::Draft | Asks::Offer | Asks::Carry)) => self.repeat_question(said.member),
            Some(Asked::Other(
                Asks::Regret(_) | Asks::Stay | Asks::TakeAway | Asks::ListMe | Asks::Choice | Asks::Boundaries,
            ))
            | None => self.do_you_mean(said, is_no),
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
            Kind::Tell => self.tell_about(said.member, number, Say::MaybeAnAnswer { number }),
            Kind::HowWasIt => self.tell_how_it_went(said, Some(number), went(&answer)),
        }
    }

    /// A yes or a no that nothing had asked for last: the porter asks whether a request is meant, if one is open.
    fn do_you_mean(&mut self, said: &Said, is_no: bool) {
        let Some(dialogue) = self.state.member(said.member).map(|own| &own.dialogue) else { return };
        match open_before(dialogue, said)[..] {
            [] if dialogue.prompts.values().any(Prompt::is_open_request) => self.early(said),
            [] => {
                self.tell(said.member, Say::NothingToAnswer);
            }
            [number] => {
                let introduction = dialogue.prompts.get(&number).map(|prompt| prompt.introduction);
                let of = introduction.and_then(|id| self.request_disclosure(said.member, id));
                let say =
                    of.map_or(Say::NothingToAnswer, |of| Say::NotTaken(NotTaken::Unsure { number, of, no: is_no }));
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
            Some(Asked::Other(_)) | None => self.do_you_mean(said, false),
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
                Asks::ListMe | Asks::Stay | Asks::TakeAway | Asks::Choice | Asks::Boundaries | Asks::Regret(_),
            ))
            | None => {}
        }
    }

    /// What "send" and "cancel" are about: what was shown last of what could be sent, or else the draft.
    pub(crate) fn in_hand(&self, member: MemberId) -> InHand {
        let Some(own) = self.state.member(member) else { return InHand::Draft };
        let dialogue = &own.dialogue;
        let offer = dialogue.offer.as_ref().map(|_| InHand::Offer);
        let there = |what: Asks| match what {
            Asks::Draft => dialogue.draft.as_ref().map(|_| InHand::Draft),
            Asks::Offer => offer,
            Asks::Carry => dialogue.carry.as_ref().map(|_| InHand::Carry),
            Asks::ListMe | Asks::Stay | Asks::TakeAway | Asks::Choice | Asks::Boundaries | Asks::Regret(_) => None,
        };
        let shown = dialogue.asking.iter().rev().find_map(|asking| there(asking.what));
        // Older rows do not tell by which messages a draft or an offer was shown.
        shown.or(offer.filter(|_| dialogue.draft.is_none())).unwrap_or(InHand::Draft)
    }

    /// Shows somebody exactly what would be carried to the other person, and waits for their "send".
    pub(crate) fn show_carry(&mut self, member: MemberId, carry: Carry) {
        let Some(of) = self.request_disclosure(member, carry.introduction) else { return };
        let Carry { number, kind, ref words, .. } = carry;
        let say = Carrying::Preview { number, of, kind, words: words.clone() };
        if let Some(dialogue) = self.dialogue(member) {
            dialogue.carry = Some(carry);
        }
        self.tell_asking_anew(member, Asks::Carry, say.into());
    }

    /// "Send" while words are to be carried.
    pub(crate) fn send_carry(&mut self, said: &Said) {
        let Some(carry) = self.state.member(said.member).and_then(|own| own.dialogue.carry.clone()) else { return };
        let shown = self.state.member(said.member).map(|own| own.dialogue.asking_for(Asks::Carry)).unwrap_or_default();
        if self.word(said, &shown).is_none() {
            return;
        }
        self.drop_carry(said.member);
        if self.number_of(said.member, carry.introduction).is_none() {
            self.tell(said.member, Say::TooLate);
            return;
        }
        match carry.kind {
            Carried::Question => self.carry_question(said.member, carry),
            Carried::Reason => self.carry_reason(carry),
        }
    }

    /// What was to be carried is let go.
    pub(crate) fn drop_carry(&mut self, member: MemberId) {
        if self.state.member(member).is_some_and(|own| own.dialogue.carry.is_some())
            && let Some(dialogue) = self.dialogue(member)
        {
            dialogue.carry = None;
            dialogue.asks_no_more(Asks::Carry);
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
}

/// What somebody can "send" or "cancel".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InHand {
    Draft,
    Offer,
    Carry,
}

impl InHand {
    pub(crate) fn asks(self) -> Asks {
        match self {
            Self::Draft => Asks::Draft,
            Self::Offer => Asks::Offer,
            Self::Carry => Asks::Carry,
        }
    }
}

/// The requests that were open, and stood, before these words.
pub(crate) fn open_before(dialogue: &Dialogue, said: &Said) -> Vec<u32> {
    let open = dialogue.prompts.iter().filter(|(_, prompt)| prompt.is_open_request() && prompt.stood(&said.before));
    open.map(|(number, _)| *number).collect()
}

fn went(answer: &Answer) -> Went {
    if *answer == Answer::No { Went::NotWell } else { Went::Well }
}
