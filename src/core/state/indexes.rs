//! The keys that rows are found by, beside their ids.

use lodge_ground::index::By;

use crate::events::{HandOver, SignUp};
use crate::id::{EventId, MemberId};
use crate::introduction::Introduction;
use crate::mark::MarkId;
use crate::name::Address;
use crate::people::member::Member;
use crate::people::roster::{Listing, MailAddress};
use crate::time::Timestamp;
use crate::timer::{Subject, Timer, Wait};

impl By<Address> for Member {
    fn keys(&self) -> impl Iterator<Item = Address> {
        [self.person.address.clone()].into_iter()
    }
}

/// Both parties find it.
impl By<MemberId> for Introduction {
    fn keys(&self) -> impl Iterator<Item = MemberId> {
        self.addressee.into_iter().chain([self.requester])
    }
}

impl By<EventId> for SignUp {
    fn keys(&self) -> impl Iterator<Item = EventId> {
        [self.event].into_iter()
    }
}

impl By<MemberId> for SignUp {
    fn keys(&self) -> impl Iterator<Item = MemberId> {
        [self.member].into_iter()
    }
}

impl By<EventId> for HandOver {
    fn keys(&self) -> impl Iterator<Item = EventId> {
        [self.event].into_iter()
    }
}

impl By<MemberId> for HandOver {
    fn keys(&self) -> impl Iterator<Item = MemberId> {
        [self.member].into_iter()
    }
}

impl By<(Timestamp, Wait)> for Timer {
    fn keys(&self) -> impl Iterator<Item = (Timestamp, Wait)> {
        [(self.due, self.wait)].into_iter()
    }
}

impl By<Subject> for Timer {
    fn keys(&self) -> impl Iterator<Item = Subject> {
        [self.wait.subject()].into_iter()
    }
}

impl By<MailAddress> for Listing {
    fn keys(&self) -> impl Iterator<Item = MailAddress> {
        self.entry.mail.clone().into_iter()
    }
}

impl By<MarkId> for Listing {
    fn keys(&self) -> impl Iterator<Item = MarkId> {
        self.code.into_iter()
    }
}
