//! Sync responses and history: the newest few events of each room, a gap where there were more, pages to fill it.

use lodge_channel::homeserver::{Called, EventRef, Events, Membership, Page};
use lodge_channel::news::{self, Delivery, Invitation, News, RoomNews};
use lodge_core::name::Address;
use lodge_matrix::homeserver::RoomRef;

use super::room::{Event, Key, Room};
use super::{World, cipher, forbidden, strain};
use crate::mishearing;
use crate::planted::Planted;

/// The most events of one room in a response or a page.
const PAGE: usize = 4;

impl World {
    /// Everything that is new for a service since `since`.
    pub fn sync(&mut self, own: &Address, since: Option<&str>) -> Delivery {
        let since = position(since);
        let repeats = self.session(own).faults.repeats();
        let mut rooms = Vec::new();
        let mut invitations = Vec::new();
        for room in self.rooms.values() {
            if let Some(from) = invitation(own, room, since) {
                invitations.push(Invitation { room: room.id.clone(), from });
            } else if let Some(news) = self.news_of(own, room, since, repeats) {
                rooms.push(news);
            }
        }
        match &self.session(own).faults.strain {
            Some(strain) => {
                let seed = strain.seed;
                rooms.sort_by_cached_key(|news| strain::number(seed, &self.whose(&news.room)));
            }
            None => self.session(own).chance.shuffle(&mut rooms),
        }
        Delivery { token: format!("s{}", self.session(own).last), rooms, invitations }
    }

    /// A service lets go of all rooms that it has left: they show in no response any more.
    pub fn lose_sight_of_left_rooms(&mut self, own: &Address) {
        let left = self.rooms.values().filter(|room| !room.has(own)).map(|room| room.id.clone()).collect();
        self.session(own).lost_sight_of = left;
    }

    /// Whether there is anything new for a service since `since`.
    pub fn has_news(&self, own: &Address, since: Option<&str>) -> bool {
        self.sessions.get(own).is_some_and(|session| position(since) < session.last)
    }

    /// A page of history, as somebody who is or was in the room gets it.
    pub fn history(
        &mut self,
        own: &Address,
        id: &RoomRef,
        events: Events,
        from: &str,
        to: Option<&str>,
    ) -> Called<Page> {
        let (from, to) = (position(Some(from)), position(to));
        let repeats = self.session(own).faults.repeats();
        let room = self.room(id).ok_or_else(forbidden)?;
        let (first, last) = self.visible(own, room).ok_or_else(forbidden)?;
        // The older end is sometimes passed over; readers must know how far they have read.
        let to = if repeats { 0 } else { to };
        let looked_at = |event: &Event| match events {
            Events::All => true,
            Events::States => event.plain.get("state_key").is_some(),
        };
        let within = |e: &&Event| e.pos < from && e.pos > to && e.pos >= first && e.pos <= last;
        let older: Vec<&Event> = room.events.iter().filter(within).filter(|event| looked_at(event)).collect();
        let page: Vec<&Event> = older.iter().rev().take(PAGE).copied().collect();
        let next = page.last().filter(|_| older.len() > page.len()).map(|event| format!("t{}", event.pos));
        Ok(Page { news: page.into_iter().filter_map(|event| self.read(own, event)).collect(), next })
    }

    /// A message that came without its key, if the key is here now.
    pub fn unseal(&self, own: &Address, id: &RoomRef, event: &EventRef) -> Option<News> {
        let event = self.room(id)?.events.iter().find(|e| e.id == *event)?;
        if self.is_sealed(event) { None } else { self.read(own, event) }
    }

    /// The next moment at which a key comes.
    pub fn next_key(&self) -> Option<lodge_core::time::Timestamp> {
        let keys = self.rooms.values().flat_map(|room| &room.events).filter_map(|event| match event.key {
            Key::Later(at) if at > self.now => Some(at),
            Key::Later(_) | Key::Here | Key::Never => None,
        });
        keys.min()
    }

    fn is_sealed(&self, event: &Event) -> bool {
        match event.key {
            Key::Here => false,
            Key::Later(at) => self.now < at,
            Key::Never => true,
        }
    }

    /// The first and the last event that a service can see of a room; `None` when it never was in it.
    fn visible(&self, own: &Address, room: &Room) -> Option<(u64, u64)> {
        let its = |event: &&Event, word: &str| {
            event.plain["state_key"] == own.as_str() && event.plain["content"]["membership"] == word
        };
        let first = room.events.iter().find(|event| its(event, "join"))?.pos;
        let first = if room.creator == *own { 0 } else { first };
        let last =
            if room.has(own) { self.last } else { room.events.iter().rev().find(|event| its(event, "leave"))?.pos };
        Some((first, last))
    }

    fn news_of(&self, own: &Address, room: &Room, since: u64, repeats: bool) -> Option<RoomNews> {
        let let_go = &self.sessions.get(own)?.lost_sight_of;
        let (first, last) = self.visible(own, room).filter(|_| !let_go.contains(&room.id))?;
        let seen = |event: &&Event| event.pos >= first && event.pos <= last;
        let new: Vec<&Event> = room.events.iter().filter(seen).filter(|event| event.pos > since).collect();
        let begin = new.len().saturating_sub(PAGE);
        let mut gap = new.get(begin).filter(|_| begin > 0).map(|event| format!("t{}", event.pos));
        let mut shown: Vec<&Event> = Vec::new();
        if gap.is_some() {
            // Some state may have dropped out of the timeline; it comes with the response.
            shown.extend(new[..begin].iter().filter(|event| event.plain["type"] == "m.room.create"));
        } else if repeats {
            shown.extend(room.events.iter().filter(seen).filter(|event| event.pos <= since).rev().take(3));
            shown.reverse();
        }
        shown.extend(&new[begin..]);
        if self.planted == Some(Planted::GapDropped) {
            gap = None;
        }
        let news: Vec<News> = shown.into_iter().filter_map(|event| self.read(own, event)).collect();
        (!new.is_empty()).then(|| RoomNews { room: room.id.clone(), gap, news })
    }

    fn read(&self, own: &Address, event: &Event) -> Option<News> {
        if self.is_sealed(event) {
            return news::read(&cipher::sealed(event), own, event.proof);
        }
        let (plain, proof) = crate::twist::event(self.planted, event);
        let plain = mishearing::heard(self, event, plain);
        let cipher = mishearing::cipher(self.planted, event);
        news::read(&plain, own, proof).map(|news| cipher::with_cipher(news, cipher))
    }
}

/// The sender of an invitation of a service to a room, if it stands and is new.
fn invitation(own: &Address, room: &Room, since: u64) -> Option<Address> {
    if room.membership(own) != Membership::Invited {
        return None;
    }
    let event = room.events.iter().rev().find(|event| event.plain["state_key"] == own.as_str())?;
    let sender = event.plain["sender"].as_str()?;
    (event.pos > since).then(|| Address::exact(sender).ok()).flatten()
}

/// The place in the order of events that a token stands for.
fn position(token: Option<&str>) -> u64 {
    token.and_then(|token| token.get(1..)?.parse().ok()).unwrap_or(0)
}
