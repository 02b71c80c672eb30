//! Joining: somebody comes to the porter, shows who they are, and agrees to what holds here.

use crate::audit::Noted;
use crate::command::row::{Row, Trait};
use crate::command::{Answer, Command};
use crate::dialogue::{Asked, Asks, Prompt};
use crate::domain_event::DomainEvent;
use crate::expecting;
use crate::id::MemberId;
use crate::input::{Reply, Said};
use crate::introduction::Party;
use crate::introduction::flow::choosing::{Kind, Prompted, open_before};
use crate::mark::Marked;
use crate::name::{Address, DisplayName};
use crate::people::member::{Agreement, Details, Member, Person, Role, Standing};
use crate::people::roster::Code;
use crate::say::{Boundaries, Joining, NotTaken, Say};
use crate::timer::Wait;
use crate::turn::Turn;

impl Turn<'_> {
    /// Somebody unknown would like to talk with the porter. They are let in as somebody nobody has verified, unless as
    /// many are here as the service allows; then nothing is said, and they can come again. A counsellor never is.
    pub(crate) fn visited(&mut self, address: Address) {
        let known = self.state.member_at(&address).is_some();
        let visitors = self.state.members().filter(|member| is_visitor(member)).count();
        if known
            || self.is_banned(&address)
            || address == self.settings.porter
            || self.settings.counsels(&address)
            || visitors >= self.settings.joining.visitors
        {
            return;
        }
        let name = DisplayName::of_account(&address);
        let id: MemberId = self.ids.draw();
        // Somebody who comes of their own accord may, even after they asked to be forgotten.
        let forgotten = self.settings.mark_key.id(Marked::Forgotten(&address));
        if self.state.mark(forgotten).is_some() {
            self.unmark(forgotten);
        }
        self.add_member(id, Person { address, name, role: Role::Unverified, details: Details::default() });
        let visit = self.settings.joining.visit;
        self.wait(self.now.after(visit), Wait::VisitOver { member: id });
        let service = self.settings.service.clone();
        self.tell(id, Joining::Visitor { service, within: visit });
    }

    /// Nobody has verified them in all this time.
    pub(crate) fn visit_over(&mut self, id: MemberId) {
        if self.state.member(id).is_some_and(is_visitor) {
            self.end_quietly(id);
            self.announce(DomainEvent::VisitEnded(id));
        }
    }

    /// Of those whom nobody has verified, some turn out to counsel: they have no part in anything here.
    pub(super) fn counsellors_go(&mut self) {
        let visitors = self.state.members().filter(|member| is_visitor(member));
        let counsel = visitors.filter(|member| self.settings.counsels(&member.person.address));
        for id in counsel.map(|member| member.id).collect::<Vec<_>>() {
            self.apart(&[b"counsels", &id.to_bytes()], |turn| turn.visit_over(id));
        }
    }

    /// A code from the roster: it shows who somebody is, once.
    pub(crate) fn code(&mut self, said: &Said, code: &Code) {
        if !self.is_proven(said) {
            return;
        }
        let Some(member) = self.state.member(said.member) else { return };
        if !is_visitor(member) {
            self.tell(said.member, Joining::CodeNotNeeded);
            return;
        }
        let found = self.state.listing_with_code(code.mark(&self.settings.mark_key));
        let found = found.filter(|listing| listing.entry.lasts(self.now)).map(|listing| listing.member);
        let Some(member) = found.and_then(|listed| self.hand_over(listed, said.member)) else {
            let say = self.still_waits(said.member).unwrap_or(Joining::CodeUnknown);
            self.tell(said.member, say);
            return;
        };
        self.step.noted.push(Noted::CodeUsed(member));
        self.follow_listing(member, None);
    }

    /// The boundaries that everybody agrees to before their first request.
    pub(super) fn boundaries(&self) -> Boundaries {
        Boundaries { within: self.settings.answer_within, quiet_room: self.settings.joining.quiet_room.clone() }
    }

    pub(crate) fn read_boundaries(&mut self, member: MemberId) {
        let boundaries = self.boundaries();
        let agreed = self.state.member(member).is_some_and(|member| self.agrees(member));
        self.tell_asking(member, Asks::Boundaries, Joining::Boundaries { boundaries, agreed });
    }

    pub(crate) fn agree(&mut self, said: &Said) {
        if !self.take_agreement(said) {
            return;
        }
        let Some(dialogue) = self.state.member(said.member).map(|own| &own.dialogue) else { return };
        let drafting = dialogue.draft.is_some();
        // The answer says that a request waits; where it can be one only, a bare word after it is about that.
        let waits = match open_before(dialogue, said)[..] {
            [only] if !drafting => Some(only),
            _ => None,
        };
        let open = dialogue.prompts.values().any(Prompt::is_open_request);
        let agreed = Joining::Agreed { drafting, open, mentors: self.settings.offers.mentors };
        let about = match self.asked_last(said) {
            Some(Asked::Prompt(number)) => Some(number),
            Some(Asked::Other(_)) | None => waits,
        };
        match about {
            Some(number) => self.tell_about(said.member, number, agreed),
            None => drop(self.tell(said.member, agreed)),
        }
    }

    /// Whether somebody has agreed to the boundaries, by these words or before. Otherwise they hear why not.
    pub(crate) fn take_agreement(&mut self, said: &Said) -> bool {
        let Some(own) = self.state.member(said.member) else { return false };
        if self.agrees(own) {
            return true;
        }
        let shown = own.dialogue.asking_for(Asks::Boundaries);
        // Older rows do not tell by which message somebody was shown them.
        if shown.is_empty() {
            self.read_boundaries(said.member);
            return false;
        }
        if self.word(said, &shown).is_none() {
            return false;
        }
        let (edition, at) = (self.settings.joining.boundaries.clone(), self.now);
        let Some(member) = self.member(said.member) else { return false };
        member.agreed = Some(Agreement { edition, at });
        self.step.noted.push(Noted::Agreed(said.member));
        true
    }

    /// The request to which an "agree" is the yes too: the porter had said so just before it, or it replies to that.
    pub(crate) fn yes_agreed_with(&self, said: &Said) -> Option<Prompted> {
        let dialogue = &self.state.member(said.member)?.dialogue;
        let asked = match said.reply {
            Reply::None => self.asked_last(said),
            Reply::To(message) => dialogue.asked_by(message),
            Reply::Elsewhere => None,
        };
        let Some(Asked::Other(Asks::BoundariesForYes(introduction))) = asked else { return None };
        Some(Prompted { number: self.number_of(said.member, introduction)?, introduction })
    }

    /// Somebody has to agree to the boundaries before this counts. Where it is a yes to a request, an "agree" is to both.
    pub(crate) fn agree_first(&mut self, said: &Said, meant: &expecting::Meant, first: Say) {
        let (number, adds) = match meant {
            expecting::Meant::Command(Command::Answer { number, answer: Answer::Yes(adds) }) => (*number, adds),
            expecting::Meant::Command(_)
            | expecting::Meant::Draft(_)
            | expecting::Meant::Reply
            | expecting::Meant::Enquiry(_)
            | expecting::Meant::ToStaff(_)
            | expecting::Meant::Reflection(_)
            | expecting::Meant::Event(_)
            | expecting::Meant::Meeting(_) => {
                self.tell(said.member, first);
                return;
            }
        };
        let is_bare = number.is_none() && said.reply == Reply::None;
        let meant = match self.asked_last(said) {
            Some(Asked::Other(Asks::BoundariesForYes(id))) if is_bare => {
                self.number_of(said.member, id).map(|number| Prompted { number, introduction: id })
            }
            // A bare yes to the boundaries, or to anything else, is none to a request that happens to wait.
            Some(Asked::Other(_)) | None if is_bare => None,
            Some(Asked::Prompt(_) | Asked::Other(_)) | None => self.prompt_meant(said, number, Kind::Meet).ok(),
        };
        let Some(Prompted { number, introduction }) = meant else {
            self.tell(said.member, first);
            return;
        };
        // Details that they would add are named in the same breath as the yes, so that one is said again.
        let Some(of) = self.request_disclosure(said.member, introduction).filter(|_| adds.is_empty()) else {
            return self.tell_about(said.member, number, first);
        };
        let asks = Asks::BoundariesForYes(introduction);
        let again = self.asked_last(said) == Some(Asked::Other(asks));
        let gives_times = self.times_beside_yes(said, introduction).is_some();
        if gives_times && !self.is_proven(said) {
            return;
        }
        // A yes that is only said once more leaves the times of the first one.
        if gives_times || !again {
            self.announce(DomainEvent::YesBeforeAgreeing(Box::new(said.clone()), introduction));
        }
        let times =
            self.state.introduction(introduction).is_some_and(|one| one.search.given(Party::Addressee).is_some());
        self.tell_asking_anew(said.member, asks, NotTaken::AgreeFirst { of, times });
    }

    /// Tells everybody once that the boundaries have changed. A new member reads them in the welcome.
    pub(crate) fn tell_of_boundaries(&mut self) {
        let edition = self.settings.joining.boundaries.clone();
        let changed = |member: &&Member| member.boundaries_told.as_ref().is_some_and(|told| *told != edition);
        let current = self.state.members().filter(|member| member.standing == Standing::Current);
        let untold: Vec<MemberId> = current.filter(changed).map(|member| member.id).collect();
        for id in untold {
            if let Some(member) = self.member(id) {
                member.boundaries_told = Some(edition.clone());
            }
            let boundaries = self.boundaries();
            self.apart(&[b"boundaries", &id.to_bytes(), edition.as_bytes()], |turn| {
                turn.tell_asking_anew(id, Asks::Boundaries, Joining::BoundariesChanged { boundaries })
            });
        }
    }

    pub(crate) fn agrees(&self, member: &Member) -> bool {
        member.has_agreed(&self.settings.joining.boundaries)
    }

    /// The request to agree to the boundaries, for somebody who has to before a command counts.
    pub(crate) fn needs_agreement(&self, member: &Member, row: &Row) -> Option<Say> {
        (row.is(Trait::OnceAgreed) && !self.agrees(member)).then(|| Joining::AgreeFirst.into())
    }
}

/// Whether nobody has listed or verified them.
fn is_visitor(member: &Member) -> bool {
    member.person.role == Role::Unverified
}
