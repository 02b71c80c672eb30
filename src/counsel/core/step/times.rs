//! Times to meet: either suggests, the other says yes, and both are reminded.

use jiff::civil::Time;
use lodge_ground::time::{OfficeHour, Timestamp};
use lodge_ground::when;

use super::Turn;
use crate::asked::Asked;
use crate::case::{Case, Stage, Suggested};
use crate::id::{CaseId, PersonId};
use crate::input::Said;
use crate::say::{Say, Standing, ToClient, ToCounsellor};
use crate::state::Wait;
use crate::word::CaseWord;

impl Turn<'_> {
    pub(super) fn time_by_client(&mut self, client: PersonId, words: &str) {
        let Some((case, counsellor)) = self.open_of(client) else { return self.tell(client, ToClient::NoneOpen) };
        if let Some(handover) = &case.handover {
            // One question at a time: a plain yes must not mean two things.
            return self.say_handover(case.id, handover);
        }
        let Some(at) = moment(words, self.now, &self.settings.office) else {
            return self.tell(client, ToClient::TimeHow);
        };
        self.suggest(case.id, client, at);
        self.tell(client, ToClient::TimePassedOn(at));
        self.ask_about_case(case.id, counsellor, ToCounsellor::TimeSuggested(case.word, at), suggestion);
    }

    pub(super) fn time_by_counsellor(&mut self, counsellor: PersonId, word: Option<CaseWord>, words: &str) {
        let Some(case) = self.open_with(counsellor, word) else { return };
        if case.handover.is_some() {
            return self.tell_of(case.client, counsellor, ToCounsellor::HandoverAsked(case.word));
        }
        let Some(at) = moment(words, self.now, &self.settings.office) else {
            return self.tell(counsellor, ToCounsellor::TimeHow);
        };
        self.suggest(case.id, counsellor, at);
        self.tell_of(case.client, counsellor, ToCounsellor::TimePassedOn(case.word, at));
        self.ask_about_case(case.id, case.client, ToClient::TimeSuggested(at), suggestion);
    }

    fn suggest(&mut self, id: CaseId, by: PersonId, at: Timestamp) {
        if let Some(case) = self.case(id) {
            case.suggested = Some(Suggested { by, at, question: Asked::default() });
        }
    }

    /// A client's yes or no, where nothing else was asked. Whether there was anything that it could answer.
    pub(super) fn answer_of_client(&mut self, said: &Said, yes: bool) -> bool {
        let Some((case, counsellor)) = self.open_of(said.person) else { return false };
        if let Some(handover) = case.handover.clone() {
            if handover.question.is_answered(said) {
                self.handover_answered(&case, counsellor, handover.to, yes);
            } else {
                let say = self.handover_question(&handover);
                self.ask_again_about_case(said, case.id, say, handing_over);
            }
            return true;
        }
        match case.suggested.clone() {
            Some(Suggested { by, at, question }) if by == counsellor => {
                if question.is_answered(said) {
                    self.time_answered(&case, counsellor, said.person, at, yes);
                } else {
                    self.ask_again_about_case(said, case.id, ToClient::TimeSuggested(at), suggestion);
                }
                true
            }
            Some(_) | None => false,
        }
    }

    /// A counsellor's yes or no to a time. With the case's word it is to the time that stood before it, even if the
    /// service has said more since; without, it is to the last question.
    pub(super) fn answer_of_counsellor(&mut self, said: &Said, word: Option<CaseWord>, yes: bool) {
        let (counsellor, named) = (said.person, word.is_some());
        let Some(word) = self.asked_about(said, word, |case, one| suggested_to(case, one).map(|it| it.question)) else {
            return;
        };
        let found = self.state.case_called(&word).cloned();
        let found = found.and_then(|case| Some((suggested_to(&case, counsellor)?, case)));
        let Some((Suggested { at, question, .. }, case)) = found else {
            return self.tell(counsellor, ToCounsellor::NoSuchCase);
        };
        if if named { question.stood(said) } else { question.is_answered(said) } {
            self.time_answered(&case, counsellor, counsellor, at, yes);
        } else {
            self.ask_again_about_case(said, case.id, ToCounsellor::TimeSuggested(word, at), suggestion);
        }
    }

    fn time_answered(&mut self, case: &Case, counsellor: PersonId, by: PersonId, at: Timestamp, yes: bool) {
        let id = case.id;
        if let Some(case) = self.case(id) {
            case.suggested = None;
        }
        let word = case.word.clone();
        if !yes {
            return self.tell_both(case, counsellor, ToClient::TimeDeclined(at), ToCounsellor::TimeDeclined(word, at));
        }
        if at <= self.now {
            let say = if by == counsellor { ToCounsellor::TimeHow.into() } else { Say::from(ToClient::TimeHow) };
            return self.tell(by, say);
        }
        if let Some(case) = self.case(id) {
            case.meeting = Some(at);
        }
        self.drop_timers(|wait| wait == Wait::Meeting(id));
        let remind = at.before(self.settings.remind_before);
        self.wait(if remind > self.now { remind } else { at }, Wait::Meeting(id));
        self.tell_both(case, counsellor, ToClient::TimeAgreed(at), ToCounsellor::TimeAgreed(word, at));
    }

    pub(super) fn cancel_time_by_client(&mut self, client: PersonId) {
        match self.open_of(client) {
            Some((case, counsellor)) if case.meeting.is_some() => self.cancel_time(&case, counsellor),
            Some(_) | None => self.tell(client, ToClient::NoneOpen),
        }
    }

    pub(super) fn cancel_time_by_counsellor(&mut self, counsellor: PersonId, word: Option<CaseWord>) {
        let Some(case) = self.open_with(counsellor, word) else { return };
        if case.meeting.is_some() {
            self.cancel_time(&case, counsellor);
        } else {
            self.tell(counsellor, ToCounsellor::NoSuchCase);
        }
    }

    fn cancel_time(&mut self, case: &Case, counsellor: PersonId) {
        let Some(at) = case.meeting else { return };
        let id = case.id;
        if let Some(case) = self.case(id) {
            case.meeting = None;
        }
        self.drop_timers(|wait| wait == Wait::Meeting(id));
        let word = case.word.clone();
        self.tell_both(case, counsellor, ToClient::TimeCancelled(at), ToCounsellor::TimeCancelled(word, at));
    }

    /// The meeting is soon; or it is now, and the next can be arranged.
    pub(super) fn remind(&mut self, id: CaseId) {
        let Some(case) = self.state.case(id).cloned() else { return };
        let Some((at, counsellor)) = case.meeting.zip(case.counsellor()) else { return };
        if at <= self.now {
            if let Some(case) = self.case(id) {
                case.meeting = None;
            }
            return;
        }
        self.wait(at, Wait::Meeting(id));
        let word = case.word.clone();
        self.tell_both(&case, counsellor, ToClient::Reminder(at), ToCounsellor::Reminder(word, at));
    }

    /// A client's open conversation.
    pub(super) fn open_of(&self, client: PersonId) -> Option<(Case, PersonId)> {
        let case = self.state.case_of(client)?;
        match &case.stage {
            Stage::Open { counsellor, .. } => Some((case.clone(), *counsellor)),
            Stage::Offered { .. } | Stage::Opening { .. } | Stage::Closing { .. } | Stage::Closed { .. } => None,
        }
    }

    /// The open conversation that a counsellor means; they are told where there is none.
    pub(super) fn open_with(&mut self, counsellor: PersonId, word: Option<CaseWord>) -> Option<Case> {
        let word = self.chosen(counsellor, word, is_open_with)?;
        let found = self.state.case_called(&word).filter(|case| is_open_with(case, counsellor)).cloned();
        if found.is_none() {
            self.tell(counsellor, ToCounsellor::NoSuchCase);
        }
        found
    }
}

/// The question whether a suggested time suits.
pub(super) fn suggestion(case: &mut Case) -> Option<&mut Asked> {
    case.suggested.as_mut().map(|suggested| &mut suggested.question)
}

/// The question whether somebody else may go on.
pub(super) fn handing_over(case: &mut Case) -> Option<&mut Asked> {
    case.handover.as_mut().map(|handover| &mut handover.question)
}

/// The time that a client suggested to this counsellor.
fn suggested_to(case: &Case, counsellor: PersonId) -> Option<Suggested> {
    case.suggested.clone().filter(|suggested| is_open_with(case, counsellor) && suggested.by == case.client)
}

/// Whether this counsellor is in the room of this case with its client.
pub(super) fn is_open_with(case: &Case, counsellor: PersonId) -> bool {
    case.standing_for(counsellor) == Some(Standing::Open)
}

/// The moment that these words mean: a day, and a time on it. Without a time it is the office hour; without a day, today.
fn moment(words: &str, now: Timestamp, office: &OfficeHour) -> Option<Timestamp> {
    let mut day = Vec::new();
    let mut at = None;
    for word in words.split_whitespace() {
        match clock(word) {
            Some(time) if at.is_none() => at = Some(time),
            Some(_) => return None,
            None if ["at", "today"].contains(&word.to_lowercase().as_str()) => {}
            None => day.push(word),
        }
    }
    let Some(at) = at else { return when::moment(words, now, office) };
    let day = if day.is_empty() { now } else { when::moment(&day.join(" "), now, office)? };
    let day = jiff::Timestamp::from_millisecond(day.as_millis()).ok()?.to_zoned(office.zone.clone()).date();
    let at = day.to_datetime(at).to_zoned(office.zone.clone()).ok()?;
    let at = Timestamp::from_millis(at.timestamp().as_millisecond());
    (at > now).then_some(at)
}

/// A time of day: `14:00`, `9.30`, `2pm`, `10:15am`.
fn clock(word: &str) -> Option<Time> {
    let word = word.to_lowercase();
    let (plain, add) = match (word.strip_suffix("pm"), word.strip_suffix("am")) {
        (Some(plain), _) => (plain, Some(12)),
        (None, Some(plain)) => (plain, Some(0)),
        (None, None) => (word.as_str(), None),
    };
    let (hour, minute) = match plain.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        Some(_) => return None,
        None if add.is_some() => (plain, "0"),
        None => return None,
    };
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    let hour = match add {
        None => hour,
        Some(add) if (1..=12).contains(&hour) => hour % 12 + add,
        Some(_) => return None,
    };
    Time::new(hour, minute, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    #[test]
    fn a_time_is_a_day_and_an_hour_of_it() {
        let office = OfficeHour { zone: TimeZone::get("Europe/London").unwrap(), at: Time::constant(9, 0, 0, 0) };
        let at = |text: &str| Timestamp::from_millis(text.parse::<jiff::Timestamp>().unwrap().as_millisecond());
        // A Monday.
        let now = at("2026-11-23T12:00:00Z");
        for (words, meant) in [
            ("tomorrow at 14:00", Some("2026-11-24T14:00:00Z")),
            ("Thursday 2pm", Some("2026-11-26T14:00:00Z")),
            ("3 December 9.30", Some("2026-12-03T09:30:00Z")),
            ("today 15:00", Some("2026-11-23T15:00:00Z")),
            ("12:30pm", Some("2026-11-23T12:30:00Z")),
            ("tomorrow", Some("2026-11-24T09:00:00Z")),
            ("11:00", None),
            ("some day 14:00", None),
            ("tomorrow 14:00 15:00", None),
            ("13pm", None),
        ] {
            assert_eq!(moment(words, now, &office), meant.map(at), "{words}");
        }
    }
}
