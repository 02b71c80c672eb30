//! "Send": the last one shown of the things that could be sent, and a request on its way.

use std::collections::BTreeMap;

use crate::audit::Noted;
use crate::consent::{Terms, Word};
use crate::dialogue::{Counts, Ready};
use crate::input::Said;
use crate::introduction::{Introduction, Side, Stage};
use crate::mark::Marked;
use crate::people::member::Fields;
use crate::say::Requesting;
use crate::time::deadline;
use crate::timer::Wait;
use crate::turn::Turn;

impl Turn<'_> {
    pub(crate) fn send(&mut self, said: &Said) {
        let Some(ready) = self.ready(said.member) else { return };
        let Some(own) = self.state.member(said.member) else { return };
        let terms = ready.ask.terms();
        let (introduction, fields) = (terms.introduction(), (terms.with_request().clone(), terms.after_both().clone()));
        let versions = &self.settings.versions;
        let now = Terms::of_request(introduction, (own, &ready.named), &ready.request, fields.clone(), versions);
        if now != *terms {
            // Their details or the wording changed since they saw it, and "send" is for the text they see, so they see
            // it anew.
            self.tell(said.member, Requesting::ChangedSince);
            return self.show(said.member, introduction, ready.named, ready.request, fields.0, fields.1);
        }
        let Some(word) = self.word(said, &ready.ask.shown()) else { return };
        if let Some(refusal) = self.refusal(said.member, &ready.named) {
            self.tell(said.member, refusal);
            return;
        }
        self.sent(word, ready);
    }

    fn sent(&mut self, word: Word, ready: Ready) {
        let requester = word.speaker();
        let id = ready.ask.terms().introduction();
        let deadline = deadline(self.now, self.settings.answer_within, &self.settings.office);
        let until = deadline.after(self.settings.join_within);
        let Some(asked) = ready.ask.accept(word, &Fields::new(), self.ids.draw(), self.now, until) else { return };
        self.step.noted.push(Noted::RequestSent(id, asked.id()));
        let Some(own) = self.state.member(requester).map(|member| member.person.address.clone()) else { return };
        let addressee = self.state.member_named(&ready.named);
        let side = self.kept_from(&own, addressee).map_or(Side::Sent, Side::Quiet);
        let whom = addressee.map(|member| &member.person.address).or(ready.named.typed()).cloned();
        let addressee = addressee.map(|member| member.id);
        if let Some(whom) = whom {
            let cooldown = Some(self.now.after(self.settings.limits.cooldown));
            self.mark(Marked::Asked { by: &own, whom: &whom }, cooldown);
        }
        let brought_at = self.brought_at((requester, &own), &ready.request);
        self.counts = Some(Counts::Yes(id));
        let mut sought = None;
        if let Some(dialogue) = self.dialogue(requester) {
            dialogue.count_draft_as(Some(id));
            sought = dialogue.browsing.take().and_then(|browsing| browsing.topic);
        }
        self.drop_the_draft(requester);
        self.add_introduction(Introduction {
            id,
            requester,
            named: ready.named.clone(),
            addressee,
            request: ready.request,
            asked,
            sent_at: self.now,
            deadline,
            stage: Stage::Waiting(side),
            questions: vec![],
            shown: BTreeMap::new(),
            withdrawals: vec![],
            went: BTreeMap::new(),
            sought,
            arranged: None,
            times_told: 0,
            search: <_>::default(),
        });
        self.wait(brought_at, Wait::Bring { introduction: id });
        self.wait(deadline, Wait::Deadline { introduction: id });
        self.tell(requester, Requesting::Sent { to: ready.named, deadline });
    }
}
