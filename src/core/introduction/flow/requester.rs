//! The requester's side: writing a request, seeing exactly what the other will see, and sending it.

use crate::command;
use crate::consent::{Ask, Terms};
use crate::dialogue::{Asks, Counts, Draft, Given, Planning, Ready, Ticked};
use crate::id::{IntroductionId, MemberId};
use crate::input::Said;
use crate::interview::is_interview;
use crate::interview::plan::Part;
use crate::introduction::flow::planning;
use crate::introduction::words::knowing::{self, Knowing};
use crate::introduction::{Introduction, Outcome, Party, Request, Stage};
use crate::name::{Address, clean_line, clean_text};
use crate::people::availability::MONTH;
use crate::people::member::{Field, Fields};
use crate::people::named::Named;
use crate::policy::PurposeId;
use crate::say::{Cards, Carrying, Requesting, Rooms, Say, SentStanding};
use crate::turn::{InHand, Turn};

impl Turn<'_> {
    pub(crate) fn introduce(
        &mut self,
        said: &Said,
        to: Option<Result<Address, String>>,
        purpose: Option<String>,
        message: Option<String>,
    ) {
        let draft = self.state.member(said.member).and_then(|own| own.dialogue.draft.as_ref());
        // A request that is ready is sent or thrown away by a word of its own, and by no other request.
        if matches!(draft, Some(Draft::Ready(_))) {
            self.tell_asking(said.member, Asks::Draft, Say::DraftWaits);
            return;
        }
        let before = match draft {
            Some(Draft::Whom(given) | Draft::WhatFor { given, .. } | Draft::KnownHow { given, .. }) => given.clone(),
            Some(Draft::Message { .. } | Draft::Plan(_) | Draft::Ready(_)) | None => Given::default(),
        };
        self.let_go_of_offer(said.member);
        let meant = purpose.as_deref().and_then(|words| self.settings.purpose_meant(words));
        // Words that name no purpose are the message, or its beginning; they are not lost.
        let message = match (meant, purpose.as_deref(), message) {
            (None, Some(words), Some(message)) => Some(format!("{words}\n{message}")),
            (None, Some(words), None) => Some(words.to_owned()),
            (None, None, message) | (Some(_), _, message) => message,
        };
        let given = Given { purpose: meant.map(|purpose| purpose.id.clone()), message };
        let personal =
            given.purpose.is_none() && purpose.as_deref().is_some_and(|words| self.settings.is_personal(words));
        let given = Given { purpose: given.purpose.or(before.purpose), message: given.message.or(before.message) };
        let to: Option<Result<Named, String>> = match (to, said.mentions.as_slice()) {
            (Some(Ok(address)), _) => Some(Ok(address.into())),
            (_, [mentioned]) => Some(Ok(mentioned.clone().into())),
            (Some(Err(found)), _) => match self.entry_meant(said.member, &found) {
                Some(Ok(named)) => Some(Ok(named)),
                Some(Err(say)) => return self.draft(said.member, Draft::Whom(given), say),
                None => Some(Err(found)),
            },
            (None, _) => None,
        };
        match to {
            Some(Ok(named)) if personal => {
                let refused = Requesting::PurposePersonal { purposes: self.purpose_labels() };
                // Words that were written for a personal purpose are not those they would write for another.
                self.draft(said.member, Draft::WhatFor { named, given: Given::default() }, refused);
            }
            None | Some(Err(_)) if personal => {
                let purposes = self.purpose_labels();
                self.tell(said.member, Requesting::PurposePersonal { purposes });
            }
            None => self.draft(said.member, Draft::Whom(given), Requesting::AskWhom),
            Some(Err(found)) => self.draft(said.member, Draft::Whom(given), Requesting::NotAnAddress { found }),
            Some(Ok(named)) => self.named(said.member, named, given),
        }
    }

    /// Words that the draft's question asked for.
    pub(crate) fn draft_text(&mut self, said: &Said, text: &str) {
        let Some(draft) = self.state.member(said.member).and_then(|own| own.dialogue.draft.clone()) else { return };
        let asking = self.state.member(said.member).map(|own| own.dialogue.asking_for(Asks::Draft)).unwrap_or_default();
        // Older rows do not tell by which message a draft's question was asked.
        if !asking.is_empty() && !asking.iter().any(|message| said.before.stood(*message)) {
            return self.early(said);
        }
        match draft {
            Draft::Whom(given) => match (command::address_in(text), said.mentions.as_slice()) {
                (Ok(address), _) => self.named(said.member, address.into(), given),
                (Err(_), [mentioned]) => self.named(said.member, mentioned.clone().into(), given),
                (Err(found), _) => match self.entry_meant(said.member, text) {
                    Some(Ok(entry)) => self.named(said.member, entry, given),
                    Some(Err(say)) => {
                        self.tell(said.member, say);
                    }
                    None => self.lost_in_draft(said.member, Requesting::NotAnAddress { found: clean_line(&found) }),
                },
            },
            Draft::WhatFor { named, given } => match self.settings.purpose_meant(text) {
                Some(purpose) => {
                    let purpose = purpose.id.clone();
                    self.purposed(said.member, named, purpose, given);
                }
                None => {
                    let purposes = self.purpose_labels();
                    let personal = self.settings.is_personal(text);
                    let say = if personal {
                        Requesting::PurposePersonal { purposes }
                    } else {
                        Requesting::PurposeNotOffered { purposes }
                    };
                    // Why a personal purpose is refused is no misunderstanding.
                    if personal {
                        self.note_miss(said.member, false);
                    }
                    self.lost_in_draft(said.member, say);
                }
            },
            Draft::KnownHow { named, purpose, given } => {
                let known_how = match knowing::known_how(text) {
                    Knowing::Unsaid => return self.repeat_question(said.member),
                    Knowing::NotAtAll => None,
                    Knowing::Somehow(words) => Some(words),
                };
                match given.message {
                    Some(message) => self.written(said.member, named, purpose, known_how, &message, None),
                    None => self.ask_message(said.member, named, purpose, known_how, None),
                }
            }
            Draft::Message { named, purpose, known_how, ticked } => {
                self.written(said.member, named, purpose, known_how, &said.text, ticked);
            }
            Draft::Plan(planning) => self.planned(said.member, planning, &said.text),
            Draft::Ready(_) => self.repeat_question(said.member),
        }
    }

    fn named(&mut self, member: MemberId, to: Named, given: Given) {
        if let Some(refusal) = self.refusal(member, &to) {
            return self.draft(member, Draft::Whom(given), refusal);
        }
        self.show_contact_card(member, &to);
        match given.purpose.clone() {
            Some(purpose) => self.purposed(member, to, purpose, given),
            None => {
                let ask = Requesting::AskPurpose { to: to.clone(), purposes: self.purpose_labels() };
                self.draft(member, Draft::WhatFor { named: to, given }, ask);
            }
        }
    }

    pub(super) fn purposed(&mut self, member: MemberId, named: Named, purpose: PurposeId, given: Given) {
        let ask = Requesting::AskKnownHow { to: named.clone() };
        self.draft(member, Draft::KnownHow { named, purpose, given }, ask);
    }

    pub(super) fn ask_message(
        &mut self,
        member: MemberId,
        named: Named,
        purpose: PurposeId,
        known_how: Option<String>,
        ticked: Option<Ticked>,
    ) {
        let ask = Requesting::AskMessage { to: named.clone(), limit: self.settings.message_chars_max };
        self.draft(member, Draft::Message { named, purpose, known_how, ticked }, ask);
    }

    fn written(
        &mut self,
        member: MemberId,
        named: Named,
        purpose: PurposeId,
        known_how: Option<String>,
        text: &str,
        ticked: Option<Ticked>,
    ) {
        let message = clean_text(text);
        let (limit, found) = (self.settings.message_chars_max, message.chars().count());
        if found > limit {
            let draft = Draft::Message { named, purpose, known_how, ticked };
            return self.draft(member, draft, Requesting::MessageTooLong { limit, found });
        }
        let plan = ticked.as_ref().map(|ticked| ticked.plan.clone()).unwrap_or_default();
        let request = Request { purpose, known_how, message, plan };
        if is_interview(&request.purpose) {
            self.ask_part(member, Planning { named, request, ticked, part: Part::Questions });
        } else {
            self.whole(member, named, request, ticked);
        }
    }

    /// A request of which all parts are there is shown.
    pub(super) fn whole(&mut self, member: MemberId, named: Named, request: Request, ticked: Option<Ticked>) {
        let Some(own) = self.state.member(member) else { return };
        let (with_request, after_both) = match ticked {
            // A detail that they no longer have is not shown.
            Some(Ticked { with_request, after_both, .. }) => {
                let has = |field: &Field| *field == Field::Address || own.fields().contains(field);
                (with_request.into_iter().filter(has).collect(), after_both.into_iter().filter(has).collect())
            }
            None => (own.open_fields(), own.open_fields().into_iter().chain([Field::Address]).collect()),
        };
        let introduction = self.ids.draw();
        self.show(member, introduction, named, request, with_request, after_both);
    }

    /// Shows the requester exactly the text that the other will see, and keeps it as the terms of "send".
    pub(super) fn show(
        &mut self,
        member: MemberId,
        introduction: IntroductionId,
        named: Named,
        request: Request,
        with_request: Fields,
        after_both: Fields,
    ) {
        let Some(own) = self.state.member(member) else { return };
        let could_add: Vec<Field> = own.fields().difference(&after_both).copied().collect();
        let fields = (with_request, after_both);
        let terms = Terms::of_request(introduction, (own, &named), &request, fields, &self.settings.versions);
        let say = Requesting::Preview {
            to: named.clone(),
            request: self.request_text(&request),
            beside: terms.beside(),
            after_both: terms.afterwards(),
            could_add,
            tips: self.tips(member, &named, &request),
        };
        self.draft(member, Draft::Ready(Ready { named, request, ask: Ask::new(terms) }), say);
    }

    pub(crate) fn add(&mut self, member: MemberId, fields: Fields) {
        let Some(own) = self.state.member(member) else { return };
        if let Some(field) = fields.difference(&own.fields()).next().copied() {
            let say = self.for_nobody(member, field).unwrap_or(Say::Requesting(Requesting::FieldEmpty { field }));
            self.tell(member, say);
            return;
        }
        self.tick(member, |with_request, after_both| {
            with_request.extend(fields.iter().filter(|field| !field.reaches()));
            after_both.extend(fields.iter());
        });
    }

    pub(crate) fn hide(&mut self, member: MemberId, fields: &Fields) {
        if fields.contains(&Field::Name) {
            self.tell(member, Requesting::NameComesWithRequest);
            return;
        }
        let shown = self.state.member(member).and_then(|own| match &own.dialogue.draft {
            Some(Draft::Ready(ready)) => Some(ready.ask.terms().with_request().contains(&Field::Address)),
            Some(
                Draft::Whom(_)
                | Draft::WhatFor { .. }
                | Draft::KnownHow { .. }
                | Draft::Message { .. }
                | Draft::Plan(_),
            )
            | None => None,
        });
        if fields.contains(&Field::Address) && shown == Some(false) {
            self.tell(member, Requesting::IdComesWithRoom);
            return;
        }
        self.tick(member, |with_request, after_both| {
            with_request.retain(|field| !fields.contains(field));
            after_both.retain(|field| *field == Field::Address || !fields.contains(field));
        });
    }

    fn tick(&mut self, member: MemberId, tick: impl FnOnce(&mut Fields, &mut Fields)) {
        match self.state.member(member).and_then(|own| own.dialogue.draft.clone()) {
            Some(Draft::Ready(Ready { named, request, ask })) => {
                let terms = ask.terms();
                let (mut with_request, mut after_both) = (terms.with_request().clone(), terms.after_both().clone());
                tick(&mut with_request, &mut after_both);
                self.show(member, terms.introduction(), named, request, with_request, after_both);
            }
            Some(
                Draft::Whom(_)
                | Draft::WhatFor { .. }
                | Draft::KnownHow { .. }
                | Draft::Message { .. }
                | Draft::Plan(_),
            ) => {
                self.repeat_question(member);
            }
            None => {
                self.tell(member, Say::NoDraft);
            }
        }
    }

    pub(crate) fn requests(&mut self, member: MemberId) {
        let say = self.own_requests(member);
        self.tell(member, say);
    }

    /// Keeps the draft and says the next step.
    pub(super) fn draft(&mut self, member: MemberId, draft: Draft, say: impl Into<Say>) {
        self.counts = Some(Counts::Draft);
        if let Some(dialogue) = self.dialogue(member) {
            dialogue.draft = Some(draft);
            dialogue.misses = 0;
        }
        let message = self.tell_asking_anew(member, Asks::Draft, say);
        if let Some(dialogue) = self.dialogue(member)
            && let Some(Draft::Ready(ready)) = &mut dialogue.draft
        {
            ready.ask.shown_by(message);
        }
    }

    /// Repeats the next step with the thing in hand.
    pub(crate) fn repeat_question(&mut self, member: MemberId) {
        let in_hand = self.in_hand(member);
        let Some(own) = self.state.member(member) else { return };
        let say = match (in_hand, &own.dialogue.draft) {
            (InHand::Carry, _) => Carrying::Waits.into(),
            (InHand::Offer, _) => Rooms::OfferWaits.into(),
            (InHand::Making, _) => match self.question_about_event(member) {
                Some(question) => question.into(),
                None => return,
            },
            (InHand::Draft, Some(draft)) => self.question_of(draft),
            (InHand::Draft, None) => return,
        };
        self.tell_asking(member, in_hand.asks(), say);
    }

    pub(super) fn question_of(&self, draft: &Draft) -> Say {
        let question = match draft {
            Draft::Whom(_) => Requesting::AskWhom,
            Draft::WhatFor { named, .. } => {
                Requesting::AskPurpose { to: named.clone(), purposes: self.purpose_labels() }
            }
            Draft::KnownHow { named, .. } => Requesting::AskKnownHow { to: named.clone() },
            Draft::Message { named, .. } => {
                Requesting::AskMessage { to: named.clone(), limit: self.settings.message_chars_max }
            }
            Draft::Plan(planning) => return planning::question_of(planning).into(),
            Draft::Ready(_) => return Say::DraftWaits,
        };
        question.into()
    }

    pub(super) fn purpose_labels(&self) -> Vec<String> {
        self.settings.purposes.iter().map(|purpose| purpose.label.clone()).collect()
    }

    /// The reason for which this member cannot ask for this address now, if there is one, by facts that concern the
    /// member alone.
    ///
    /// Nothing here may depend on the addressee: that would tell (the rule of one answer).
    pub(crate) fn refusal(&self, member: MemberId, to: &Named) -> Option<Say> {
        let own = self.state.member(member)?;
        if to.means(own) || to.typed() == Some(&self.settings.porter) {
            return Some(Say::NotThatOne);
        }
        let waiting: Vec<&Introduction> =
            self.state.requests_of(member).into_iter().filter(|m| sent_standing(m).is_waiting()).collect();
        if let Some(same) = waiting.iter().find(|introduction| introduction.named.is(to)) {
            return Some(Say::Requesting(Requesting::AlreadyWaiting { to: to.clone(), deadline: same.deadline }));
        }
        let limit = self.settings.limits.waiting;
        if waiting.len() >= limit {
            return Some(Say::Requesting(Requesting::TooManyWaiting { limit }));
        }
        let limit = self.settings.limits.sent_a_month;
        let sent = self.state.requests_of(member);
        let first = sent.len().checked_sub(limit).and_then(|at| sent.get(at)).map(|first| first.sent_at.after(MONTH));
        first.filter(|from| *from > self.now).map(|from| Say::Requesting(Requesting::TooManySent { limit, from }))
    }

    /// Before anybody writes to somebody whom they chose from the list, they are shown that person's contact card. For a
    /// address that they typed nothing is shown, for it would tell that there is such a member.
    fn show_contact_card(&mut self, reader: MemberId, named: &Named) {
        if let Named::Entry { member, .. } = named
            && let Some(card) = self.published(*member)
        {
            let effect = self.tell(reader, Cards::Contact { card });
            let own = self.member(reader);
            if let Some(browsing) = own.and_then(|own| own.dialogue.browsing.as_mut()) {
                browsing.said.push(effect);
            }
        }
    }
}

impl SentStanding {
    pub(super) fn is_waiting(self) -> bool {
        match self {
            Self::Waiting(_) => true,
            Self::Agreed | Self::NoIntroduction | Self::SaidNo | Self::Withdrawn | Self::MembershipEnded => false,
        }
    }
}

/// The state of an introduction to its requester. A yes whose room is not open yet is still waiting.
pub fn sent_standing(introduction: &Introduction) -> SentStanding {
    match &introduction.stage {
        Stage::Waiting(_) | Stage::Opening { .. } => SentStanding::Waiting(introduction.deadline),
        Stage::Invited { .. } | Stage::Met { .. } => SentStanding::Agreed,
        Stage::Ended { outcome: Outcome::SaidNo, .. } => SentStanding::SaidNo,
        Stage::Ended { outcome: Outcome::Withdrawn(Party::Requester), .. } => SentStanding::Withdrawn,
        Stage::Ended { outcome: Outcome::Gone(Party::Requester), .. } => SentStanding::MembershipEnded,
        Stage::Ended {
            outcome:
                Outcome::NoIntroduction
                | Outcome::NotMet
                | Outcome::Withdrawn(Party::Addressee)
                | Outcome::Gone(Party::Addressee),
            ..
        } => SentStanding::NoIntroduction,
    }
}
