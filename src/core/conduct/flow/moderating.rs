//! The measures of staff about conduct in rooms: each is recorded with who took it, confirmed in a line that says what
//! the person sees, and can be undone (requirement A19).

use std::collections::BTreeSet;

use crate::audit::Noted;
use crate::command::ModerationCommand;
use crate::conduct::{BAN_KEPT, Case, Judged, Measure, Occasion, Reported};
use crate::domain_event::DomainEvent;
use crate::effect::Act;
use crate::id::{MemberId, RoomId};
use crate::input::Said;
use crate::mark::Marked;
use crate::name::{Address, clean_text};
use crate::people::member::Role;
use crate::rooms::Place;
use crate::say::{CasePlace, Conduct, ConductDesk, Say};
use crate::step::LISTED_MAX;
use crate::time::Span;
use crate::turn::Turn;
use crate::when;

/// The longest that somebody can be kept from writing at a time.
const MUTE_MAX: Span = Span::from_days(365);

impl Turn<'_> {
    /// Somebody says something about conduct in rooms.
    pub(crate) fn moderation(&mut self, said: &Said, command: ModerationCommand) {
        match command {
            ModerationCommand::TakeAway => self.take_away(said),
            ModerationCommand::Report(about, words) => self.report_conduct(said, about, &words),
            ModerationCommand::How => self.moderation_how(said.member),
            ModerationCommand::Reports
            | ModerationCommand::Warn(..)
            | ModerationCommand::Dismiss(_)
            | ModerationCommand::Mute(..)
            | ModerationCommand::Unmute(..)
            | ModerationCommand::Remove(..)
            | ModerationCommand::Allow(..)
            | ModerationCommand::Ban(_)
            | ModerationCommand::LiftBan(_) => {
                if let Some(own) = self.staff_role(said) {
                    self.moderate(said, own, command);
                }
            }
        }
    }

    fn moderate(&mut self, said: &Said, own: Role, command: ModerationCommand) {
        let staff = said.member;
        match command {
            ModerationCommand::Reports => self.conduct_reports(staff),
            ModerationCommand::Warn(number, words) => self.warn(said, number, &words),
            ModerationCommand::Dismiss(number) => self.dismiss(said, number),
            ModerationCommand::Mute(who, room, until) => {
                self.in_reach(staff, own, &who, &room, |turn, member, id, name| {
                    turn.mute_member(staff, (member, &who), (id, name), &until);
                });
            }
            ModerationCommand::Unmute(who, room) => {
                self.in_reach(staff, own, &who, &room, |turn, member, id, name| {
                    turn.unmute_member(staff, (member, who.clone()), (id, name));
                });
            }
            ModerationCommand::Remove(who, room) => {
                self.in_reach(staff, own, &who, &room, |turn, member, id, name| {
                    turn.remove_member(staff, (member, who.clone()), (id, name));
                });
            }
            ModerationCommand::Allow(who, room) => {
                self.in_reach(staff, own, &who, &room, |turn, member, id, name| {
                    turn.allow_member(staff, (member, who.clone()), (id, name));
                });
            }
            ModerationCommand::Ban(who) => self.ban(staff, own, who),
            ModerationCommand::LiftBan(who) => self.lift_ban(staff, who),
            ModerationCommand::TakeAway | ModerationCommand::Report(..) | ModerationCommand::How => {}
        }
    }

    fn moderation_how(&mut self, member: MemberId) {
        let staff = self.role(member).is_some_and(Role::is_staff);
        self.tell(member, if staff { Say::from(ConductDesk::How) } else { Conduct::ReportHow.into() });
    }

    /// Does something about a member and a room, if there are such, and the speaker may.
    fn in_reach(
        &mut self,
        staff: MemberId,
        own: Role,
        who: &Address,
        key: &str,
        act: impl FnOnce(&mut Self, MemberId, RoomId, String),
    ) {
        let Some((room, name)) = self.any_room(key).map(|room| (room.id, room.declared.name.clone())) else {
            self.tell(staff, ConductDesk::NoSuchRoom { key: key.to_owned() });
            return;
        };
        if let Some(member) = self.within_reach(staff, own, who) {
            act(self, member, room, name);
        }
    }

    /// Tells the reports that staff have still to judge. Nobody sees a report about themselves, in any role.
    fn conduct_reports(&mut self, staff: MemberId) {
        let mut open: Vec<&Case> = self.state.cases().filter(|case| is_before(case, staff)).collect();
        open.sort_by_key(|case| case.number);
        open.truncate(LISTED_MAX);
        let owners: BTreeSet<MemberId> = open.iter().flat_map(|case| case.owners()).chain([staff]).collect();
        let lines = open.into_iter().filter_map(|case| self.case_line(case)).collect();
        self.effect(owners, Act::Tell(staff, ConductDesk::Reports { lines }.into()));
    }

    /// The case of this number, if it waits to be judged; the member of staff hears if not.
    fn case_to_judge(&mut self, said: &Said, number: u32) -> Option<Case> {
        let staff = said.member;
        let found = self.case_numbered(said, number).filter(|case| case.about != Reported::Member(staff));
        match found.cloned() {
            Some(case) if case.is_open() => Some(case),
            Some(case) if case.judged.is_some() => {
                self.tell(staff, ConductDesk::JudgedBefore { number });
                None
            }
            Some(_) | None => {
                self.tell(staff, ConductDesk::NoSuchReport { number });
                None
            }
        }
    }

    /// Warns the person whom a report is about, in the service's name; only the audit log knows which of its people
    /// wrote.
    fn warn(&mut self, said: &Said, number: u32, words: &str) {
        let staff = said.member;
        let (words, limit) = (clean_text(words), self.settings.message_chars_max);
        let found = words.chars().count();
        if words.is_empty() || found > limit {
            let long = Say::WordsTooLong { limit, found };
            self.tell(staff, if words.is_empty() { ConductDesk::How.into() } else { long });
            return;
        }
        let Some(case) = self.case_to_judge(said, number) else { return };
        let Reported::Member(member) = case.about else {
            self.tell(staff, ConductDesk::CannotWarn { number });
            return;
        };
        let Some(line) = self.case_line(&case) else { return };
        let CasePlace::Room { room, .. } = line.place else {
            self.tell(staff, ConductDesk::WarningTells { number });
            return;
        };
        self.step.noted.push(Noted::CaseWarned(case.id, staff));
        self.judge(case, staff, Measure::Warned);
        self.tell(member, Conduct::Warned { room, words });
        self.tell(staff, ConductDesk::Warned { number, who: line.who });
    }

    fn dismiss(&mut self, said: &Said, number: u32) {
        let staff = said.member;
        let Some(case) = self.case_to_judge(said, number) else { return };
        self.step.noted.push(Noted::CaseDismissed(case.id, staff));
        self.judge(case, staff, Measure::Dismissed);
        self.tell(staff, ConductDesk::Dismissed { number });
    }

    fn judge(&mut self, case: Case, by: MemberId, measure: Measure) {
        let judged = Some(Judged { by, measure, at: self.now });
        self.state.cases.put(Case { judged, ..case });
    }

    /// Judges the reports about somebody by the measure that is taken.
    fn judge_all(&mut self, staff: MemberId, about: MemberId, room: Option<RoomId>, measure: Measure) {
        let meant = |case: &&Case| {
            let here = room.is_none_or(|room| case.occasion == Occasion::Room(room));
            here && is_before(case, staff) && case.about == Reported::Member(about)
        };
        for case in self.state.cases().filter(meant).cloned().collect::<Vec<_>>() {
            self.judge(case, staff, measure);
        }
    }

    fn mute_member(&mut self, staff: MemberId, who: (MemberId, &Address), room: (RoomId, String), words: &str) {
        let ((member, who), (id, room)) = (who, room);
        let until = when::moment(words, self.now, &self.settings.office);
        let Some(until) = until.filter(|until| *until <= self.now.after(MUTE_MAX)) else {
            self.tell(staff, Say::WhenUnclear { command: "mute … for".to_owned() });
            return;
        };
        self.step.noted.push(Noted::MutedBy(staff, member, id));
        self.judge_all(staff, member, Some(id), Measure::Muted);
        self.mute_until(member, id, until);
        self.tell(member, Conduct::Muted { room: room.clone(), until });
        self.tell(staff, ConductDesk::Muted { who: who.clone(), room, until });
    }

    fn unmute_member(&mut self, staff: MemberId, (member, who): (MemberId, Address), (id, room): (RoomId, String)) {
        let say = if self.unmute_now(member, id) {
            self.step.noted.push(Noted::UnmutedBy(staff, member, id));
            ConductDesk::Unmuted { who, room }
        } else {
            ConductDesk::NothingToUndo { who }
        };
        self.tell(staff, say);
    }

    fn remove_member(&mut self, staff: MemberId, (member, who): (MemberId, Address), (id, room): (RoomId, String)) {
        self.step.noted.push(Noted::RemovedBy(staff, member, id));
        self.judge_all(staff, member, Some(id), Measure::Removed);
        let place = self.state.member(member).and_then(|own| own.rooms.at.get(&id).copied());
        if let Some(own) = self.member(member) {
            own.rooms.barred.insert(id);
        }
        if place.is_some_and(|place| place != Place::Leaving) {
            self.announce(DomainEvent::Removed(member, id));
            self.tell(member, Conduct::Removed { room: room.clone() });
        }
        self.tell(staff, ConductDesk::Removed { who, room });
    }

    fn allow_member(&mut self, staff: MemberId, (member, who): (MemberId, Address), (id, room): (RoomId, String)) {
        let barred = self.member(member).is_some_and(|own| own.rooms.barred.remove(&id));
        let key = self.state.room(id).map(|room| room.declared.key.clone());
        let Some(key) = key.filter(|_| barred) else {
            self.tell(staff, ConductDesk::NothingToUndo { who });
            return;
        };
        self.step.noted.push(Noted::AllowedBy(staff, member, id));
        self.tell(member, Conduct::AllowedBack { room: room.clone(), key });
        self.tell(staff, ConductDesk::Allowed { who, room });
    }

    /// Ends somebody's membership, and keeps every list from renewing it until staff say so. Members who asked for
    /// them, or were asked by them, hear of it no sooner than of any other role's end.
    fn ban(&mut self, staff: MemberId, own: Role, who: Address) {
        let Some(member) = self.within_reach(staff, own, &who) else { return };
        self.step.noted.push(Noted::BannedBy(staff, member));
        self.judge_all(staff, member, None, Measure::Banned);
        self.mark(Marked::Banned(&who), Some(self.now.after(BAN_KEPT)));
        self.announce(DomainEvent::Banned(member));
        let service = self.settings.service.clone();
        self.tell(member, Conduct::Banned { service });
        self.tell(staff, ConductDesk::Banned { who });
    }

    fn lift_ban(&mut self, staff: MemberId, who: Address) {
        if !self.is_banned(&who) {
            self.tell(staff, ConductDesk::NothingToUndo { who });
            return;
        }
        self.unmark(self.settings.mark_key.id(Marked::Banned(&who)));
        if let Some(member) = self.state.member_at(&who).map(|member| member.id) {
            self.step.noted.push(Noted::BanLiftedBy(staff, member));
            self.announce(DomainEvent::BanLifted(member));
        }
        self.tell(staff, ConductDesk::BanLifted { who });
    }
}

/// Whether a case waits to be judged by this member of staff.
pub(crate) fn is_before(case: &Case, staff: MemberId) -> bool {
    case.is_open() && case.about != Reported::Member(staff)
}
