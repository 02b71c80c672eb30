//! Pausing, limits and blocks: what a member is brought, by their own settings.

use crate::domain_event::DomainEvent;
use crate::id::MemberId;
use crate::input::Said;
use crate::mark::{MarkId, Marked};
use crate::name::Address;
use crate::people::availability::{BLOCKS_MAX, Block};
use crate::people::monthly::Monthly;
use crate::say::{NotTaken, OwnBlock, Receiving, Say};
use crate::turn::Turn;
use crate::when;

impl Turn<'_> {
    pub(crate) fn pause(&mut self, member: MemberId, words: &str) {
        let Some(until) = when::moment(words, self.now, &self.settings.office) else {
            self.tell(member, Say::WhenUnclear { command: "pause until".to_owned() });
            return;
        };
        let latest = self.now.after(self.settings.limits.pause);
        if until > latest {
            self.tell(member, Receiving::PauseTooLong { latest });
            return;
        }
        if let Some(own) = self.member(member) {
            own.availability.paused_until = Some(until);
        }
        let open = self.open_prompts(member).len();
        self.tell(member, Receiving::Paused { until, open });
    }

    pub(crate) fn resume(&mut self, member: MemberId) {
        if let Some(own) = self.member(member) {
            own.availability.paused_until = None;
        }
        self.tell(member, Receiving::Resumed);
    }

    pub(crate) fn limit(&mut self, member: MemberId, limit: Option<Monthly>) {
        // A limit by the week asks for fewer requests, and never for more than everybody is brought.
        let received = self.settings.limits.received_a_month;
        let limit = limit.map(|own| if own.converted { Monthly { most: own.most.min(received), ..own } } else { own });
        if let Some(own) = self.member(member) {
            own.availability.monthly_max = limit.map(|limit| limit.most);
        }
        self.tell(
            member,
            match limit {
                Some(Monthly { most, converted }) => Receiving::LimitSet { limit: most, converted },
                None => Receiving::LimitOff { limit: received },
            },
        );
    }

    pub(crate) fn own_settings(&mut self, member: MemberId) {
        let Some(own) = self.state.member(member) else { return };
        let paused = own.availability.paused(self.now);
        let limit = own.availability.limit(&self.settings.limits);
        let blocks = self.own_blocks(member);
        self.tell(member, Receiving::OwnSettings { paused, limit, blocks });
    }

    /// Blocks the person with this address, member or not.
    pub(crate) fn block_address(&mut self, said: &Said, who: Address) {
        if !self.may_take_back(said) {
            return;
        }
        let Some(own) = self.state.member(said.member) else { return };
        if who == own.person.address || who == self.settings.porter {
            self.tell(said.member, Receiving::BlockWhom);
            return;
        }
        let until = self.now.after(self.settings.limits.block);
        let by = own.person.address.clone();
        let mark = self.settings.mark_key.id(Marked::Blocked { by: &by, who: &who });
        // A block is refused in words or holds: none is dropped for another.
        let others = own.availability.blocks(self.now).filter(|block| block.mark != mark).count();
        if others >= BLOCKS_MAX {
            self.tell(said.member, NotTaken::TooManyBlocks { limit: BLOCKS_MAX });
            return;
        }
        self.announce(DomainEvent::Blocked { by: said.member, who: who.clone(), address: Some(who) });
        self.tell(said.member, Receiving::BlockRecorded { until });
    }

    pub(crate) fn unblock(&mut self, member: MemberId, number: Option<usize>) {
        let Some(own) = self.state.member(member) else { return };
        let blocks: Vec<MarkId> = own.availability.blocks(self.now).map(|block| block.mark).collect();
        let index = match (number, blocks.len()) {
            (None, 1) => Some(0),
            (Some(number), _) => number.checked_sub(1),
            (None, _) => None,
        };
        let Some(mark) = index.and_then(|index| blocks.get(index)).copied() else {
            if blocks.is_empty() {
                self.tell(member, Receiving::NotBlocked);
            } else {
                self.own_settings(member);
            }
            return;
        };
        self.unmark(mark);
        if let Some(own) = self.member(member) {
            own.availability.blocks.retain(|block| block.mark != mark);
        }
        self.tell(member, Receiving::Unblocked);
    }

    /// A member's own blocks, by the numbers under which they can be taken away.
    pub(crate) fn own_blocks(&self, member: MemberId) -> Vec<OwnBlock> {
        let Some(own) = self.state.member(member) else { return vec![] };
        let blocks = own.availability.blocks(self.now).enumerate();
        let listed = blocks.map(|(at, block)| OwnBlock {
            number: at + 1,
            address: block.address.clone(),
            at: block.at,
            until: block.until,
        });
        listed.collect()
    }

    /// A member blocks the account `who`, and knows it as `address`, if at all.
    pub(crate) fn block(&mut self, member: MemberId, who: &Address, address: Option<Address>) {
        let Some(by) = self.state.member(member).map(|own| own.person.address.clone()) else { return };
        let (at, until) = (self.now, self.now.after(self.settings.limits.block));
        let mark = self.mark(Marked::Blocked { by: &by, who }, Some(until));
        if let Some(own) = self.member(member) {
            own.availability.blocks.retain(|block| block.mark != mark && block.until > at);
            // A member who blocks the sender of a request is never refused. Beyond the bound the oldest block leaves the list,
            // and holds until its end all the same.
            own.availability.blocks.push(Block { mark, address, at, until });
        }
    }
}
