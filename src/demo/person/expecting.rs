//! Expectations: a person waits for something, and an error names the things that came instead.

use anyhow::{Error, Result, anyhow};
use matrix_sdk::ruma::{RoomId, UserId};
use tokio::time::{Instant, timeout_at};

use super::{Kind, Person, Seen, listening::Log};

impl Person {
    /// Waits until the person sees something that fits, which then counts as expected.
    ///
    /// In each room things are expected in the order in which they were seen: everything before an expected thing is
    /// passed over. Rooms have no order among each other.
    ///
    /// `description` completes "waited for", as in "the invitation".
    ///
    /// # Errors
    /// When the person's patience ends, with the last lines that were seen instead.
    pub async fn expect(&self, description: &str, fits: impl Fn(&Seen) -> bool + Send + Sync) -> Result<Seen> {
        let deadline = Instant::now() + self.patience;
        let mut changes = self.log.subscribe();
        loop {
            changes.mark_unchanged();
            if let Some(seen) = self.take(&fits) {
                return Ok(seen);
            }
            if timeout_at(deadline, changes.changed()).await.is_err() {
                return Err(self.failure(&format!("for {description}")));
            }
        }
    }

    /// Expects a message with this wording id, from anyone.
    pub async fn hears(&self, wording: &str) -> Result<Seen> {
        self.expect(&format!("the words {wording}"), |seen| seen.is_wording(wording)).await
    }

    /// Expects the next message of somebody, with any content.
    pub async fn next_from(&self, sender: &UserId) -> Result<Seen> {
        self.expect(&format!("a message from {sender}"), |seen| seen.sender == sender && seen.message().is_some()).await
    }

    /// Expects an invitation; accept it with [`Self::join`].
    pub async fn invited_by(&self, sender: &UserId) -> Result<Seen> {
        let me = self.user_id();
        let fits = |seen: &Seen| seen.sender == sender && matches!(&seen.kind, Kind::Invited { who } if who == me);
        self.expect(&format!("an invitation from {sender}"), fits).await
    }

    /// Expects that somebody has come into a room.
    pub async fn sees_joining(&self, room: &RoomId, who: &UserId) -> Result<Seen> {
        let fits = |seen: &Seen| seen.room == room && matches!(&seen.kind, Kind::Joined { who: seen } if seen == who);
        self.expect(&format!("{who} to come in"), fits).await
    }

    /// Expects that somebody has left a room, or was removed.
    pub async fn sees_leaving(&self, room: &RoomId, who: &UserId) -> Result<Seen> {
        let fits = |seen: &Seen| seen.room == room && matches!(&seen.kind, Kind::Left { who: seen } if seen == who);
        self.expect(&format!("{who} to leave"), fits).await
    }

    /// Everything this person has seen at this device, in order.
    pub fn seen(&self) -> Vec<Seen> {
        self.log.borrow().seen.clone()
    }

    /// Other people's messages that nobody expected, once everything sent before has been seen. Empty when nothing more
    /// was said.
    pub async fn unexpected(&self) -> Result<Vec<Seen>> {
        self.settle().await?;
        let me = self.user_id();
        let said = |seen: &Seen| seen.sender != me && (seen.message().is_some() || seen.kind == Kind::Undecryptable);
        Ok(self.log.borrow().open().map(|(_, seen)| seen).filter(|seen| said(seen)).cloned().collect())
    }

    fn take(&self, fits: &impl Fn(&Seen) -> bool) -> Option<Seen> {
        let mut taken = None;
        self.log.send_if_modified(|log| {
            let found = log.open().find(|(_, seen)| fits(seen)).map(|(index, seen)| (index, seen.clone()));
            if let Some((index, seen)) = found {
                log.passed.insert(seen.room.clone(), index + 1);
                taken = Some(seen);
            }
            false
        });
        taken
    }

    /// The error of an expectation that was not met.
    pub(super) fn failure(&self, waited: &str) -> Error {
        const LINES: usize = 10;
        let log = self.log.borrow();
        let lines = log.seen.iter().skip(log.seen.len().saturating_sub(LINES));
        let script: Vec<_> = lines.map(|seen| format!("{seen}  in {}", seen.room)).collect();
        let saw = if script.is_empty() { "nothing".to_owned() } else { script.join("\n  ") };
        let trouble = log.trouble.as_ref().map(|error| format!("\nThe last sync failed: {error}")).unwrap_or_default();
        let (me, seconds) = (self.user_id(), self.patience.as_secs_f32());
        anyhow!("{me} waited {seconds} s {waited}, in vain. Seen last:\n  {saw}{trouble}")
    }
}

impl Log {
    /// The things after the last expected one of their room, each with its place.
    fn open(&self) -> impl Iterator<Item = (usize, &Seen)> {
        let is_open = |(index, seen): &(usize, &Seen)| self.passed.get(&seen.room).is_none_or(|passed| index >= passed);
        self.seen.iter().enumerate().filter(is_open)
    }
}
