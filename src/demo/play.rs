//! A day at the careers service, played by people with real encrypted clients. Each step waits until it is seen from
//! the people's side; a step that is not seen ends the play with an error.

mod calendar;
mod event;
mod quiet_room;

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use matrix_sdk::ruma::{OwnedRoomId, OwnedUserId, RoomId, UserId};

use crate::hour::Hour;
use crate::household::Guest;
use crate::person::{Kind, Seen};
use crate::stage::Stage;
use calendar::Entry;

/// Sam's question to Alex.
const QUESTION: &str = "What does a week at the museum look like?";

/// The effect of a file about a meeting that is off.
const OFF: &str = "by which a calendar finds that meeting again, and takes it out";

/// The people of the play.
pub struct Cast {
    /// A student of history, who asks for introductions.
    pub sam: Guest,
    /// A student who arrives by letter.
    pub noor: Guest,
    /// A graduate who works in a museum.
    pub alex: Guest,
    /// A graduate who is busy.
    pub robin: Guest,
    /// An employer's representative, who speaks for a museum.
    pub erin: Guest,
    /// A careers adviser, who is on the staff.
    pub casey: Guest,
    /// The counsellors, in their conversations with the service that has them.
    pub counsellors: [Guest; 2],
}

impl Cast {
    /// The play, from the first question to the last answer.
    ///
    /// `waits` says how long a request waits, and the hour is to come.
    pub async fn play(&self, stage: &Stage, waits: &str, hour: &Hour) -> Result<()> {
        self.an_organisation(stage).await?;
        self.alex_would_like_to_be_found(stage).await?;
        self.a_room_for_many(stage).await?;
        self.sam_asks(stage).await?;
        self.alex_answers(stage, hour).await?;
        self.they_meet(stage).await?;
        let meeting = self.they_find_a_time(stage).await?;
        let asked = self.three_questions(stage).await?;
        self.at_the_quiet_room(stage).await?;
        self.one_answer(stage, waits, &asked).await?;
        self.the_day_before(stage, hour).await?;
        self.sam_thinks_it_over(stage).await?;
        self.taken_back(stage, &meeting).await?;
        self.a_question_first(stage).await?;
        self.a_mentor_found(stage).await?;
        self.an_event(stage).await
    }

    async fn an_organisation(&self, stage: &Stage) -> Result<()> {
        stage.scene("Casey approves Erin’s organisation");
        let erin = Line::porters(stage, "Erin", &self.erin);
        let casey = Line::porters(stage, "Casey", &self.casey);
        erin.hears("waits-for-organisation").await?;
        casey.hears("organisation-waits").await?;
        casey.guest.asks("agree", "agreed").await?;
        casey.asks("approve organisation City Museum", "organisation-approved").await?;
        erin.hears("welcome").await?;
        erin.guest.asks("agree", "agreed").await?;
        Ok(())
    }

    async fn alex_would_like_to_be_found(&self, stage: &Stage) -> Result<()> {
        stage.scene("Alex would like to be found");
        let alex = Line::porters(stage, "Alex", &self.alex);
        alex.asks("profile", "profile").await?;
        alex.asks("profile gladly: how to begin in a museum", "profile-written").await?;
        alex.asks("list me", "list-offer").await?;
        alex.asks("list me now", "list-agreed").await?;
        // The list of whoever tries the stayed service afterwards has more than one to choose from.
        self.robin.asks("list me", "list-offer").await?;
        self.robin.asks("list me now", "list-agreed").await?;
        stage.happens("Robin does the same.");
        Ok(())
    }

    async fn a_room_for_many(&self, stage: &Stage) -> Result<()> {
        stage.scene("A room for many");
        let noor = Line::porters(stage, "Noor", &self.noor);
        let alex = Line::porters(stage, "Alex", &self.alex);
        noor.asks("rooms", "rooms").await?;
        let room = noor.joins("museums").await?;
        ensure!(alex.joins("museums").await? == room, "Noor and Alex were invited to different rooms");
        let text = "Our archive opens its doors on Saturday at two. Come and have a look behind the scenes.";
        alex.guest.person.say(&room, text).await?;
        let heard = noor.guest.person.next_from(alex.guest.person.user_id()).await?;
        ensure!(heard.room == room && heard.body() == Some(text), "Alex said {text:?}, and this arrived: {heard}");
        stage.says("Alex", "the room, as Noor sees it", text);
        Ok(())
    }

    async fn sam_asks(&self, stage: &Stage) -> Result<()> {
        stage.scene("Sam would like to meet somebody");
        let alex = self.alex.person.user_id();
        let line = Line::porters(stage, "Sam", &self.sam);
        line.asks("help", "help").await?;
        line.asks(&format!("I'd like to meet {alex}"), "ask-purpose").await?;
        line.asks("1", "ask-known-how").await?;
        line.asks("We talked after the museum evening in October.", "ask-message").await?;
        let first = "Dear Alex,\nI'm in my second year of history, and your talk about the archive stayed with me. My CV \
                     is attached. Are there any openings at your museum?\nSam";
        line.asks(first, "ask-questions").await?;
        line.asks(QUESTION, "ask-time").await?;
        let tips = line.asks("20 minutes, by phone", "preview").await?;
        ensure!(tips.contains("asking for a job"), "Sam gets no tip:\n{tips}");
        line.asks("change", "ask-message").await?;
        let letter = "Dear Alex,\nI'm in my second year of history and your talk made me wonder how one begins in a \
                      museum. Could I ask you some questions, for twenty minutes or so?\nSam";
        line.asks(letter, "ask-questions").await?;
        line.asks("skip", "ask-time").await?;
        line.asks("skip", "preview").await?;
        line.asks("rehearse", "rehearsal").await?;
        line.asks("rehearse no", "rehearsed-no").await?;
        line.asks("add course", "preview").await?;
        line.asks("send", "sent").await?;
        Ok(())
    }

    async fn alex_answers(&self, stage: &Stage, hour: &Hour) -> Result<()> {
        stage.scene("Alex is asked");
        let line = Line::porters(stage, "Alex", &self.alex);
        let asked = line.hears("asked").await?;
        let previews: Vec<String> = said(&self.sam, "preview");
        let shown = previews.last().map(|preview| quoted(preview)).unwrap_or_default();
        ensure!(
            !shown.is_empty() && quoted(&asked) == shown,
            "what Alex reads is not what Sam was shown:\n{asked}\n\nSam was shown:\n{shown:?}"
        );
        stage.happens("(What Alex reads is, line by line, what Sam was shown.)");
        line.asks(&format!("yes, {} after 4", hour.days()?), "search-yes-with-times").await?;
        line.hears("agreed-addressee").await?;
        Line::porters(stage, "Sam", &self.sam).hears("agreed-requester").await?;
        Ok(())
    }

    async fn they_meet(&self, stage: &Stage) -> Result<()> {
        stage.scene("A room for two");
        let (sam, alex) = (Line::porters(stage, "Sam", &self.sam), Line::porters(stage, "Alex", &self.alex));
        let room = sam.invited_with(&alex).await?;
        for line in [&alex, &sam] {
            line.guest.person.join(&room).await?;
            stage.happens(&format!("{} comes in.", line.name));
            if line.name == alex.name {
                line.hears_there("first-here", &room).await?;
            }
        }
        for line in [&alex, &sam] {
            line.sees_off(&room).await?;
        }
        stage.happens("The porter leaves.");
        sam.says_to(&alex, &room, "Hello Alex, thank you for saying yes.").await?;
        alex.says_to(&sam, &room, "Hello Sam. I began with small things, and by asking. Ask away!").await
    }

    /// Returns their meeting, as it stands in both calendars.
    async fn they_find_a_time(&self, stage: &Stage) -> Result<Entry> {
        stage.scene("A time");
        let (sam, alex) = (Line::porters(stage, "Sam", &self.sam), Line::porters(stage, "Alex", &self.alex));
        sam.hears("search-offered").await?;
        let noted = sam.asks("1", "meeting-noted").await?;
        ensure!(noted.contains("the day before"), "the play is too slow: the hour of the day before has passed");
        alex.hears("meeting-told").await?;
        let entry = sam.opens_file("meeting-calendar", "which puts the meeting in a calendar").await?;
        let same = alex.opens_file("meeting-calendar", "which puts the same meeting in another").await?;
        ensure!(entry.is_meeting() && entry == same, "their calendars would differ: {entry:?}, {same:?}");
        Ok(entry)
    }

    async fn the_day_before(&self, stage: &Stage, hour: &Hour) -> Result<()> {
        stage.scene("The day before they meet");
        hour.come().await;
        stage.happens(
            "(By the real clock, the hour has come at which the porter reminds people of tomorrow’s meetings, and the \
             mentors’ list changes. The play has set it for now.)",
        );
        let (sam, alex) = (Line::porters(stage, "Sam", &self.sam), Line::porters(stage, "Alex", &self.alex));
        let [of_sam, of_alex] = [sam.hears("meeting-reminder").await?, alex.hears("meeting-reminder").await?];
        ensure!(of_sam.contains(QUESTION), "Sam has nothing to prepare with:\n{of_sam}");
        ensure!(!of_alex.contains(QUESTION), "Alex reads what Sam is to prepare:\n{of_alex}");
        Ok(())
    }

    async fn sam_thinks_it_over(&self, stage: &Stage) -> Result<()> {
        stage.scene("Sam thinks it over");
        stage.happens("(Alex has told a little already, in their room, where the porter reads nothing.)");
        let sam = Line::porters(stage, "Sam", &self.sam);
        sam.asks("reflect", "reflect").await?;
        sam.asks("That one begins with small things, and by asking", "reflect").await?;
        sam.asks("save", "reflection-saved").await?;
        sam.asks("notes", "notes").await?;
        Ok(())
    }

    async fn a_question_first(&self, stage: &Stage) -> Result<()> {
        stage.scene("Robin would like to know something first");
        let (sam, robin) = (Line::porters(stage, "Sam", &self.sam), Line::porters(stage, "Robin", &self.robin));
        let to = self.robin.person.user_id();
        sam.asks(&format!("introduce {to} for career advice: How did you find your first post?"), "ask-known-how")
            .await?;
        sam.asks("no", "preview").await?;
        sam.asks("send", "sent").await?;
        robin.hears("asked").await?;
        robin.asks("ask Are you looking for a post now, or later?", "carry-preview").await?;
        robin.asks("send", "question-passed-on").await?;
        sam.hears("question-came").await?;
        sam.asks("answer Later: I have another year to go.", "answer-noted").await?;
        robin.hears("answer-came").await?;
        robin.asks("no because I change jobs this month. Please ask me again in spring.", "carry-preview").await?;
        robin.asks("send", "reason-passed-on").await?;
        sam.hears("said-no").await?;
        Ok(())
    }

    /// Noor asks for somebody who says no, for an address that nobody has, and for somebody who counsels.
    async fn three_questions(&self, stage: &Stage) -> Result<[OwnedUserId; 3]> {
        stage.scene("Somebody who says no, an address that nobody has, and somebody who counsels");
        let robin = self.robin.person.user_id().to_owned();
        let nobody = UserId::parse(format!("@nobody:{}", robin.server_name()))?;
        let asked = [robin, nobody, self.counsellors[0].person.user_id().to_owned()];
        let line = Line::porters(stage, "Noor", &self.noor);
        for to in &asked {
            line.asks(
                &format!("introduce {to} for career advice: May I ask how you chose your first job?"),
                "ask-known-how",
            )
            .await?;
            line.asks("no", "preview").await?;
            line.asks("send", "sent").await?;
        }
        let answer = Line::porters(stage, "Robin", &self.robin);
        answer.hears("asked").await?;
        answer.asks("no", "no-recorded").await?;
        Ok(asked)
    }

    async fn one_answer(&self, stage: &Stage, waits: &str, asked: &[OwnedUserId]) -> Result<()> {
        stage.scene("One answer");
        stage.happens(&format!("({waits} pass, in which the answer to all three is still open.)"));
        let line = Line::porters(stage, "Noor", &self.noor);
        let mut answers = BTreeSet::new();
        for _ in asked {
            let answer = line.hears("no-introduction").await?;
            answers.insert(asked.iter().fold(answer, |answer, who| answer.replace(who.as_str(), "them")));
        }
        ensure!(answers.len() == 1, "there were different answers: {answers:?}");
        stage.happens("(Three times the same words, at the same distance.)");
        let more = self.noor.person.unexpected().await?;
        ensure!(more.is_empty(), "Noor was told more: {more:?}");
        Ok(())
    }

    async fn taken_back(&self, stage: &Stage, meeting: &Entry) -> Result<()> {
        stage.scene("Sam takes it back");
        let (sam, alex) = (Line::porters(stage, "Sam", &self.sam), Line::porters(stage, "Alex", &self.alex));
        let shown = self.alex.person.seen().into_iter().find(|seen| seen.is_wording("agreed-addressee"));
        let event = shown.and_then(|seen| seen.event_id).context("Alex was never shown Sam's details")?;
        // The meeting is off at once; the details are gone a moment later, and only then does the porter say so.
        sam.asks("withdraw", "meeting-ended").await?;
        let of_sam = sam.opens_file("meeting-calendar-ended", OFF).await?;
        sam.hears("withdrawn-after-meeting").await?;
        alex.hears("withdrawn-by-other-after-meeting").await?;
        let gone = |seen: &Seen| matches!(&seen.kind, Kind::Redacted { event: redacted } if *redacted == event);
        // It may have come before the words about it, or be on its way still.
        if !self.alex.person.seen().iter().any(gone) {
            self.alex.person.expect("what showed Sam's details to be taken back", gone).await?;
        }
        stage.happens("(The message that showed Alex Sam's details is gone from their conversation.)");
        alex.hears("meeting-ended").await?;
        for off in [of_sam, alex.opens_file("meeting-calendar-ended", OFF).await?] {
            ensure!(off.calls_off(meeting), "the meeting would stay in a calendar: {meeting:?}, {off:?}");
        }
        Ok(())
    }

    async fn a_mentor_found(&self, stage: &Stage) -> Result<()> {
        stage.scene("Noor finds a mentor");
        stage.happens("(The mentors’ list has changed since. Alex and Robin are in it now.)");
        let (noor, alex) = (Line::porters(stage, "Noor", &self.noor), Line::porters(stage, "Alex", &self.alex));
        noor.asks("mentors in museums", "mentors").await?;
        let card = noor.asks("introduce 1", "contact-card").await?;
        let address = alex.guest.person.user_id();
        ensure!(!card.contains(address.as_str()), "the card shows Alex's Matrix id, which only a yes does:\n{card}");
        noor.hears("ask-purpose").await?;
        noor.asks("career advice", "ask-known-how").await?;
        noor.asks("no", "ask-message").await?;
        noor.asks("Is there a place for a physicist in a museum? I would love to hear what you think.", "preview")
            .await?;
        noor.asks("send", "sent").await?;
        alex.hears("asked").await?;
        alex.asks("yes", "yes-recorded").await?;
        alex.hears("agreed-addressee").await?;
        noor.hears("agreed-requester").await?;
        noor.invited_with(&alex).await?;
        stage.happens("(Their room waits for them.)");
        Ok(())
    }
}

/// Somebody's part in the play.
pub struct Line<'a> {
    stage: &'a Stage,
    name: &'a str,
    guest: &'a Guest,
    /// The service that they talk with, at the beginning of a sentence and within one.
    with: (&'static str, &'static str),
}

impl<'a> Line<'a> {
    /// Somebody in their conversation with the porter.
    pub fn porters(stage: &'a Stage, name: &'a str, guest: &'a Guest) -> Self {
        Self { stage, name, guest, with: ("The porter", "the porter") }
    }

    /// Somebody in their conversation with the service that counsels.
    pub fn quiet_rooms(stage: &'a Stage, name: &'a str, guest: &'a Guest) -> Self {
        Self { stage, name, guest, with: ("The quiet room", "the quiet room") }
    }

    /// They write something, and read the words with this id.
    pub async fn asks(&self, text: &str, wording: &str) -> Result<String> {
        self.stage.says(self.name, self.with.1, text);
        self.guest.says(text).await?;
        self.hears(wording).await
    }

    /// They ask for a room for many and come in.
    async fn joins(&self, key: &str) -> Result<OwnedRoomId> {
        self.asks(&format!("join {key}"), "room-invitation").await?;
        let person = &self.guest.person;
        let room = person.invited_by(&self.guest.porter).await?.room;
        person.join(&room).await?;
        person.sees_joining(&room, person.user_id()).await?;
        self.stage.happens(&format!("{} comes in.", self.name));
        Ok(room)
    }

    /// They and somebody else are invited to the same room.
    async fn invited_with(&self, other: &Line<'_>) -> Result<OwnedRoomId> {
        let room = self.guest.person.invited_by(&self.guest.porter).await?.room;
        let too = other.guest.person.invited_by(&other.guest.porter).await?.room;
        ensure!(room == too, "{} and {} were invited to different rooms", self.name, other.name);
        Ok(room)
    }

    /// They read the opening note in a room of two, and see the service leave.
    async fn sees_off(&self, room: &RoomId) -> Result<()> {
        self.hears_there("opening-note", room).await?;
        self.guest.person.sees_leaving(room, &self.guest.porter).await.map(drop)
    }

    /// They read the message with this wording in a room of two.
    async fn hears_there(&self, wording: &str, room: &RoomId) -> Result<()> {
        let note = self.guest.person.hears(wording).await?;
        ensure!(note.room == *room, "{wording} was said elsewhere");
        self.stage.says(self.with.0, &format!("the room, as {} sees it", self.name), note.body().unwrap_or_default());
        Ok(())
    }

    /// They say something in a room of two, encrypted, and the other reads it.
    async fn says_to(&self, other: &Line<'_>, room: &RoomId, text: &str) -> Result<()> {
        let (from, name) = (&self.guest.person, self.name);
        from.say(room, text).await?;
        let heard = other.guest.person.next_from(from.user_id()).await?;
        ensure!(heard.body() == Some(text), "{name} said {text:?}, and {:?} arrived", heard.body());
        ensure!(heard.message().is_some_and(|message| message.encrypted), "what {name} said was not encrypted");
        self.stage.says(name, "the room", text);
        Ok(())
    }

    /// They open the calendar file that the porter sent them. `effect` says what it does to a calendar.
    async fn opens_file(&self, wording: &str, effect: &str) -> Result<Entry> {
        let seen = self.guest.person.hears(wording).await?;
        let message = seen.message().context("a file is a message")?;
        let name = message.file_name().context("it has a name")?;
        let file = self.guest.person.open(message).await?;
        self.stage.keeps(self.name, name, &file)?;
        let entry = Entry::read(&String::from_utf8(file)?)?;
        self.stage.happens(&format!("({} opens the file {name}, {effect}.)", self.name));
        Ok(entry)
    }

    /// Waits until they read the message with this wording; returns its text.
    pub async fn hears(&self, wording: &str) -> Result<String> {
        let words = self.guest.hears(wording).await?;
        self.stage.says(self.with.0, self.name, &words);
        Ok(words)
    }
}

/// All messages with this wording that a guest was sent.
fn said(guest: &Guest, wording: &str) -> Vec<String> {
    let seen = guest.person.seen();
    seen.iter().filter(|seen| seen.is_wording(wording)).filter_map(|seen| seen.body().map(str::to_owned)).collect()
}

/// The request in a preview or a prompt: from the name to the last quoted line.
fn quoted(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().position(|line| line.starts_with("Name: "));
    let last = lines.iter().rposition(|line| line.starts_with('>'));
    let between = first.zip(last).and_then(|(first, last)| lines.get(first..=last)).unwrap_or_default();
    between.iter().map(|line| (*line).to_owned()).collect()
}
