//! An evening with an employer: made by staff, joined by students, moved.

use anyhow::{Result, ensure};

use super::{Cast, Line};
use crate::stage::Stage;

impl Cast {
    pub(super) async fn an_event(&self, stage: &Stage) -> Result<()> {
        stage.scene("An evening with Erin’s museum");
        let casey = Line::porters(stage, "Casey", &self.casey);
        casey.asks("new event", "event-ask-title").await?;
        stage.happens("Casey answers the porter’s questions: the organisation, the time and so on.");
        for (words, heard) in [
            ("Working in museums", "event-ask-organisation"),
            ("City Museum", "event-ask-when"),
            ("tomorrow, 17:30 to 19:00", "event-ask-place"),
            ("Room 4, Main Building", "event-ask-open-to"),
            ("students and alumni", "event-ask-places"),
            ("1", "event-ask-sign-up-by"),
            ("until it begins", "event-ask-about"),
        ] {
            casey.guest.asks(words, heard).await?;
        }
        casey.asks("Three curators tell how they began. Bring your questions.", "event-preview").await?;
        casey.asks("announce", "event-announced").await?;
        self.students_sign_up(stage).await?;
        for (words, heard) in [("change event 1", "event-preview"), ("change the place", "event-ask-place")] {
            casey.guest.asks(words, heard).await?;
        }
        casey.guest.asks("Room 5, Main Building", "event-preview").await?;
        stage.happens("Casey changes the place.");
        casey.asks("announce", "event-change-told").await?;
        let noor = Line::porters(stage, "Noor", &self.noor);
        noor.hears("event-changed").await?;
        let moved = noor.opens_file("event-calendar", "by which a calendar moves the event").await?;
        ensure!(moved.is_meeting(), "it takes the event out: {moved:?}");
        Ok(())
    }

    async fn students_sign_up(&self, stage: &Stage) -> Result<()> {
        let [sam, noor] =
            [("Sam", &self.sam), ("Noor", &self.noor)].map(|(name, guest)| Line::porters(stage, name, guest));
        let [erin, casey] =
            [("Erin", &self.erin), ("Casey", &self.casey)].map(|(name, guest)| Line::porters(stage, name, guest));
        sam.asks("what's on?", "events").await?;
        sam.asks("event 1", "event-shown").await?;
        sam.asks("yes please", "event-coming").await?;
        let meets = sam.opens_file("event-calendar", "by which a calendar puts the event in").await?;
        noor.asks("come 1", "event-waits").await?;
        erin.asks("event 1", "event-shown").await?;
        casey.asks("guests 1", "event-guests").await?;
        sam.asks("Sorry, I can't come to 1", "event-not-coming").await?;
        let off = sam.opens_file("event-calendar-called-off", "by which a calendar takes it out again").await?;
        ensure!(meets.is_meeting() && off.calls_off(&meets), "{off:?} does not take out {meets:?}");
        noor.hears("event-place-offered").await?;
        noor.asks("yes", "event-coming").await?;
        noor.opens_file("event-calendar", "by which a calendar puts the event in").await?;
        Ok(())
    }
}
