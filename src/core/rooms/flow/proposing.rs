//! Proposals of members to staff: a room they would like, an opportunity they offer; and the decisions of staff.

use std::collections::BTreeSet;

use crate::audit::Noted;
use crate::consent::{Offer, Posting};
use crate::dialogue::Asks;
use crate::effect::{Act, RoomAct};
use crate::id::{MemberId, ProposalId};
use crate::input::Said;
use crate::people::member::Role;
use crate::rooms::{Decided, Declared, Encryption, History, Key, Matter, Origin, Proposal, Purpose, Suggested};
use crate::say::{Posted, RoomDesk, Rooms, Say};
use crate::time::Span;
use crate::timer::Wait;
use crate::turn::Turn;

/// The decision on a proposal is known this long, and its number is not given again.
const KEPT: Span = Span::from_days(90);

/// The longest name and the longest topic of a suggested room, in characters.
const NAME_CHARS_MAX: usize = 60;
const WHAT_CHARS_MAX: usize = 300;

impl Turn<'_> {
    pub(super) fn suggest_room(&mut self, member: MemberId, name: &str, what: &str) {
        let long = [(name, NAME_CHARS_MAX), (what, WHAT_CHARS_MAX)];
        let long =
            long.into_iter().map(|(text, limit)| (text.chars().count(), limit)).find(|(found, limit)| found > limit);
        if let Some((found, limit)) = long {
            self.tell(member, Say::WordsTooLong { limit, found });
            return;
        }
        let Some(key) = Key::from_words(name).filter(|_| !what.is_empty()) else {
            self.tell(member, Rooms::SuggestHow);
            return;
        };
        if self.has_proposed(member) {
            self.tell(member, Rooms::ProposalWaits);
            return;
        }
        let (name, topic) = (capitalised(name), capitalised(what));
        let matter = Matter::Room(Suggested { key: key.clone(), name: name.clone(), topic: topic.clone() });
        let number = self.propose(member, matter);
        let taken = self.state.room(key.id()).is_some_and(|room| !room.is_archived());
        for staff in self.deciders() {
            let (name, key, topic) = (name.clone(), key.clone(), topic.clone());
            let say = RoomDesk::RoomProposed { number, name, key, topic, taken };
            self.effect(BTreeSet::from([staff, member]), Act::Tell(staff, say.into()));
        }
        self.tell(member, Rooms::SuggestionNoted { name });
    }

    /// An employer offers an opportunity: they see exactly what would be posted.
    pub(crate) fn offer(&mut self, member: MemberId, words: String) {
        let Some(own) = self.state.member(member) else { return };
        let limit = self.settings.message_chars_max;
        let found = words.chars().count();
        let say = if own.person.role != Role::Employer {
            Rooms::OfferNotTheirs.into()
        } else if self.opportunities().is_none() {
            Rooms::OfferNowhere.into()
        } else if own.dialogue.draft.is_some() {
            Say::DraftWaits
        } else if words.is_empty() {
            Rooms::OfferHow.into()
        } else if found > limit {
            Say::WordsTooLong { limit, found }
        } else if let Some(offer) = Offer::of(own, words) {
            if let Some(dialogue) = self.dialogue(member) {
                dialogue.offer = Some(offer.clone());
            }
            self.tell_asking_anew(member, Asks::Offer, Rooms::OfferPreview { offer });
            return;
        } else {
            Rooms::OfferNeedsOrganisation.into()
        };
        self.tell(member, say);
    }

    /// "Send" while an offer is in hand: their yes to it as they saw it.
    pub(crate) fn send_offer(&mut self, said: &Said) {
        let member = said.member;
        let Some(own) = self.state.member(member) else { return };
        let Some(offer) = own.dialogue.offer.clone() else { return };
        let shown = own.dialogue.asking_for(Asks::Offer);
        // Their organisation has another name since they saw it.
        if Offer::of(own, offer.words().to_owned()).as_ref() != Some(&offer) {
            return self.offer(member, offer.words().to_owned());
        }
        if self.has_proposed(member) {
            self.tell(member, Rooms::ProposalWaits);
            return;
        }
        let Some(word) = self.word(said, &shown) else { return };
        let posting = Posting::agree(word, offer, self.settings.versions.clone(), self.now);
        if let Some(dialogue) = self.dialogue(member) {
            dialogue.offer = None;
        }
        let number = self.propose(member, Matter::Opportunity(posting.clone()));
        for staff in self.deciders() {
            let say = RoomDesk::OfferProposed { number, posting: posting.clone() };
            self.effect(BTreeSet::from([staff, member]), Act::Tell(staff, say.into()));
        }
        self.tell(member, Rooms::OfferSent);
    }

    /// Staff decide a proposal. The first answer counts. Returns the proposer, if it is decided now.
    pub(crate) fn decide(&mut self, said: &Said, number: Option<u32>, approve: bool) -> Option<MemberId> {
        let staff = said.member;
        self.staff_role(said)?;
        let open: Vec<u32> = self.state.proposals().filter(|one| one.decided.is_none()).map(|one| one.number).collect();
        let say = match (number, open.as_slice()) {
            (None, []) => RoomDesk::NothingToDecide,
            (None, [only]) => return self.decide_this(said, *only, approve),
            (None, _) => RoomDesk::WhichProposal { numbers: open },
            (Some(number), _) => return self.decide_this(said, number, approve),
        };
        self.tell(staff, say);
        None
    }

    fn decide_this(&mut self, said: &Said, number: u32, approve: bool) -> Option<MemberId> {
        let staff = said.member;
        let found = self.proposal_numbered(said, number).cloned();
        let Some(proposal) = found else {
            self.tell(staff, RoomDesk::NoSuchProposal { number });
            return None;
        };
        if let Some(Decided { approved, .. }) = proposal.decided {
            self.tell(staff, RoomDesk::DecidedBefore { number, approved });
            return None;
        }
        if let (true, Matter::Room(Suggested { key, .. })) = (approve, &proposal.matter)
            && self.state.room(key.id()).is_some_and(|room| !room.is_archived())
        {
            self.tell(staff, RoomDesk::KeyTaken { number, key: key.clone() });
            return None;
        }
        let (id, by) = (proposal.id, proposal.by);
        self.step.noted.push(if approve {
            Noted::ProposalApproved(id, staff)
        } else {
            Noted::ProposalDeclined(id, staff)
        });
        let decided = Some(Decided { by: staff, approved: approve, at: self.now });
        self.state.proposals.put(Proposal { decided, ..proposal.clone() });
        self.wait(self.now.after(KEPT), Wait::ProposalOver { proposal: id });
        self.tell(staff, RoomDesk::Decided { number, approved: approve });
        let answer = if approve { self.carry_out(proposal.matter) } else { declined(proposal.matter) };
        self.tell(by, answer);
        Some(by)
    }

    /// Carries a proposal out, and returns the message to its proposer.
    fn carry_out(&mut self, matter: Matter) -> Rooms {
        match matter {
            Matter::Room(suggested) => {
                let Suggested { key, name, .. } = suggested.clone();
                self.declare(of_interest(suggested), Origin::Suggested);
                Rooms::SuggestionApproved { name, key }
            }
            Matter::Opportunity(posting) => match self.opportunities() {
                Some((id, place)) => {
                    let owners = BTreeSet::from([posting.giver()]);
                    let say = Posted::Opportunity { posting };
                    self.effect(owners, Act::Room(id, RoomAct::Post(place, say.into())));
                    Rooms::OfferPosted
                }
                None => Rooms::OfferNowhere,
            },
        }
    }

    /// A proposal that was decided long ago is let go.
    pub(crate) fn proposal_over(&mut self, id: ProposalId) {
        self.state.proposals.take(id);
    }

    /// Lets go of a member's proposals.
    pub(crate) fn drop_proposals(&mut self, member: MemberId) {
        let theirs = self.state.proposals().filter(|proposal| proposal.by == member);
        for id in theirs.map(|proposal| proposal.id).collect::<Vec<_>>() {
            self.proposal_over(id);
            self.stop_waiting(Wait::ProposalOver { proposal: id });
        }
    }

    fn has_proposed(&self, member: MemberId) -> bool {
        self.state.proposals().any(|proposal| proposal.by == member && proposal.decided.is_none())
    }

    fn propose(&mut self, by: MemberId, matter: Matter) -> u32 {
        let number = self.state.proposals().map(|proposal| proposal.number).max().unwrap_or_default() + 1;
        let proposal = Proposal { id: self.ids.draw(), number, by, matter, at: self.now, decided: None };
        self.step.noted.push(Noted::Proposed(proposal.id, by));
        self.state.proposals.put(proposal);
        number
    }

    /// Whether this member of staff is brought proposals.
    pub(crate) fn decides(&self, staff: MemberId) -> bool {
        self.deciders().contains(&staff)
    }

    /// The people who decide: staff, or administrators where there are none.
    fn deciders(&self) -> Vec<MemberId> {
        let staff = self.those_who(|role| role == Role::Staff);
        if staff.is_empty() { self.staff() } else { staff }
    }
}

fn declined(matter: Matter) -> Rooms {
    match matter {
        Matter::Room(Suggested { name, .. }) => Rooms::SuggestionDeclined { name },
        Matter::Opportunity(_) => Rooms::OfferDeclined,
    }
}

/// The declaration of a suggested room: for an interest, open to everybody, readable by people who come later.
fn of_interest(suggested: Suggested) -> Declared {
    let Suggested { key, name, topic } = suggested;
    let everybody =
        BTreeSet::from([Role::Student, Role::Alumnus, Role::Employer, Role::Staff, Role::Intern, Role::Administrator]);
    Declared {
        key,
        name,
        topic,
        purpose: Purpose::Interest,
        joins: everybody.clone(),
        cohorts: BTreeSet::new(),
        posts: everybody,
        encryption: Encryption::None,
        history: History::Shared,
        bridged: false,
        federated: false,
        space: None,
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
