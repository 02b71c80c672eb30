//! The guide, the question bank and the referrals.

use super::super::Reading;
use super::super::bank::PAGE;
use crate::id::MemberId;
use crate::input::Said;
use crate::mentors::directory::is_about;
use crate::say::Interview;
use crate::turn::Turn;

impl Turn<'_> {
    pub(super) fn guide(&mut self, said: &Said) {
        let drafting = self.state.member(said.member).is_some_and(|own| own.dialogue.draft.is_some());
        self.tell(said.member, Interview::Guide { drafting });
    }

    /// Shows questions on a theme from the first on, or those that go anywhere.
    pub(super) fn questions(&mut self, reader: MemberId, topic: Option<String>) {
        let bank = &self.settings.lists.questions;
        let found = topic.as_deref().and_then(|topic| bank.theme(topic));
        let unknown = topic.filter(|_| found.is_none());
        let theme = found.or(bank.general()).map(|theme| theme.name().to_owned());
        self.show_questions(reader, theme, 0, unknown);
    }

    /// Shows what follows on the theme that was shown last.
    pub(super) fn more_questions(&mut self, reader: MemberId) {
        let reading = self.state.member(reader).and_then(|own| own.dialogue.reading.clone());
        match reading {
            Some(Reading { theme, next, .. }) => self.show_questions(reader, Some(theme), next, None),
            None => self.questions(reader, None),
        }
    }

    fn show_questions(&mut self, reader: MemberId, theme: Option<String>, from: usize, unknown: Option<String>) {
        let bank = &self.settings.lists.questions;
        let theme = theme.as_deref().and_then(|name| bank.theme(name));
        let left = theme.map(|theme| (theme, theme.questions.get(from..).unwrap_or_default()));
        let Some((theme, left)) = left.filter(|(_, left)| !left.is_empty()) else {
            self.tell(reader, Interview::NoMoreQuestions);
            return;
        };
        let page = &left[..PAGE.min(left.len())];
        let name = theme.name().to_owned();
        let say = Interview::Questions {
            theme: name.clone(),
            questions: page.to_vec(),
            more: left.len() - page.len(),
            others: if from == 0 { bank.others(theme) } else { vec![] },
            unknown,
        };
        let next = from + page.len();
        let message = self.tell(reader, say);
        if let Some(dialogue) = self.dialogue(reader) {
            dialogue.reading = Some(Reading { theme: name, next, message });
        }
    }

    /// Shows where else somebody finds help: the institution's own list, and mentors of the field that they look for.
    ///
    /// Nothing in it depends on a request, or on how one ended.
    pub(super) fn referrals(&mut self, reader: MemberId, topic: Option<String>) {
        let looked_for = || self.state.member(reader)?.dialogue.browsing.as_ref()?.topic.clone();
        let mentors = self.settings.offers.mentors && self.settings.offers.introductions;
        let field = topic.or_else(looked_for).filter(|field| mentors && self.has_mentor(reader, field));
        let kinds = self.settings.lists.referrals.kinds();
        self.tell(reader, Interview::Referrals { kinds, mentors, field });
    }

    /// Whether somebody other than the reader is in the mentors' list for this field.
    fn has_mentor(&self, reader: MemberId, field: &str) -> bool {
        let entries = self.state.entries().filter(|entry| entry.of() != reader);
        let mut cards = entries.filter_map(|entry| entry.published(self.state.member(entry.of())?));
        cards.any(|card| is_about(&card, field))
    }
}
