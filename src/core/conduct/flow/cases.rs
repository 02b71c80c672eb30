//! Members' reports, the time for which they are kept, and members who may not write in a room for many for a
//! while. The person who is reported hears nothing of it.

use std::collections::BTreeSet;

use crate::audit::Noted;
use crate::command::About;
use crate::conduct::{Case, Flood, Found, MessageRef, Occasion, Reported};
use crate::domain_event::DomainEvent;
use crate::effect::{Act, RoomAct};
use crate::id::{CaseId, IntroductionId, MemberId, RoomId};
use crate::input::Said;
use crate::name::{Address, clean_text};
use crate::people::member::{Role, Standing};
use crate::rooms::CommunityRoom;
use crate::say::{CaseLine, CasePlace, Conduct, ConductDesk, Rooms, Say, Staffing};
use crate::time::{Span, Timestamp};
use crate::timer::Wait;
use crate::turn::Turn;

/// The span for which reports are counted.
const DAY: Span = Span::from_days(1);

impl Turn<'_> {
    /// A member reports somebody, or a message, in a room that they are in.
    pub(super) fn report_conduct(&mut self, said: &Said, about: About, words: &str) {
        let by = said.member;
        let found = words.chars().count();
        let limit = self.settings.words_chars_max;
        if found > limit {
            self.tell(by, Say::WordsTooLong { limit, found });
            return;
        }
        if !self.is_proven(said) {
            return;
        }
        let words = clean_text(words);
        match about {
            About::Person(who, key) => self.report_person(by, &who, key, words),
            About::Message(place, message) => {
                let room = self.state.rooms().find(|room| room.place() == Some(&place));
                match room.filter(|room| self.is_in(by, room.id)).map(|room| room.id) {
                    Some(room) => self.report_message(by, room, message, words),
                    None => drop(self.tell(by, Conduct::MessageNotFound)),
                }
            }
        }
    }

    fn report_person(&mut self, by: MemberId, who: &Address, key: String, words: String) {
        let room = self.state.rooms().find(|room| room.declared.key.as_str() == key);
        let Some(room) = room.filter(|room| self.is_in(by, room.id)).map(|room| room.id) else {
            self.tell(by, Rooms::NotThere { key });
            return;
        };
        let own = self.state.member(by).is_some_and(|own| own.person.address == *who);
        if own || *who == self.settings.porter {
            self.tell(by, Say::NotThatOne);
            return;
        }
        if self.reported_enough(by) {
            return;
        }
        let case = self.new_case(by, Occasion::Room(room), self.reported(who), words, None);
        self.bring_case(case);
        self.tell(by, Conduct::ReportKept { kept: self.settings.rooms.conduct.evidence });
    }

    /// A member reports somebody whom they know from an introduction: people who work for the service hear of it at once.
    pub(crate) fn report_introduced(
        &mut self,
        by: MemberId,
        about: MemberId,
        introduction: IntroductionId,
        words: String,
    ) {
        let case = self.new_case(by, Occasion::Introduction(introduction), Reported::Member(about), words, None);
        self.bring_case(case);
    }

    fn report_message(&mut self, by: MemberId, room: RoomId, message: MessageRef, words: String) {
        let Some(place) = self.state.room(room).and_then(|room| room.place().cloned()) else { return };
        if self.reported_enough(by) {
            return;
        }
        let case = self.new_case(by, Occasion::Room(room), Reported::Writer, words, Some(message.clone()));
        self.effect(BTreeSet::from([by]), Act::Room(room, RoomAct::Look(place, by, case, message)));
    }

    /// The message that a member reports was looked at.
    pub(crate) fn looked(&mut self, id: CaseId, found: Option<Found>) {
        let Some(case) = self.state.case(id).filter(|case| case.about == Reported::Writer).cloned() else { return };
        let by = self.state.member(case.by).map(|own| own.person.address.clone());
        let ours = |found: &Found| Some(&found.by) == by.as_ref() || found.by == self.settings.porter;
        let Some(found) = found.filter(|found| !ours(found)) else {
            self.drop_case(id);
            self.tell(case.by, Conduct::MessageNotFound);
            return;
        };
        let quoted = found.text.chars().take(self.settings.message_chars_max).collect();
        let by = case.by;
        self.state.cases.put(Case { about: self.reported(&found.by), quoted: Some(quoted), ..case });
        self.bring_case(id);
        self.tell(by, Conduct::ReportKept { kept: self.settings.rooms.conduct.evidence });
    }

    fn reported(&self, who: &Address) -> Reported {
        self.state.member_at(who).map_or_else(|| Reported::Stranger(who.clone()), |member| Reported::Member(member.id))
    }

    /// Whether a member has reported enough about rooms for a day; they hear so then.
    fn reported_enough(&mut self, by: MemberId) -> bool {
        let lately = self.state.cases().filter(|case| case.by == by && case.at.after(DAY) > self.now).count();
        let enough = lately >= self.settings.rooms.conduct.reports_a_day;
        if enough {
            self.tell(by, Conduct::ReportedEnough);
        }
        enough
    }

    /// A report is kept for as long as the service keeps evidence.
    fn new_case(
        &mut self,
        by: MemberId,
        occasion: Occasion,
        about: Reported,
        words: String,
        message: Option<MessageRef>,
    ) -> CaseId {
        let number = self.state.cases().map(|case| case.number).max().unwrap_or_default() + 1;
        let id = self.ids.draw();
        let at = self.now;
        self.step.noted.push(Noted::ConductReported(id, by));
        self.state.cases.put(Case { id, number, occasion, by, about, words, message, quoted: None, at, judged: None });
        self.wait(at.after(self.settings.rooms.conduct.evidence), Wait::CaseOver { case: id });
        id
    }

    /// Brings a report to everybody who works for the service, apart from the person it is about.
    fn bring_case(&mut self, id: CaseId) {
        let Some(case) = self.state.case(id).cloned() else { return };
        let by = self.state.member(case.by).map(|own| own.person.address.clone());
        let (Some(line), Some(by)) = (self.case_line(&case), by) else { return };
        for staff in self.staff().into_iter().filter(|staff| case.about != Reported::Member(*staff)) {
            let say = ConductDesk::Reported { line: line.clone(), by: by.clone(), quoted: case.quoted.clone() };
            let owners = case.owners().into_iter().chain([staff]).collect();
            self.effect(owners, Act::Tell(staff, say.into()));
        }
    }

    /// A report as staff read it; `None` while nobody knows whom it is about.
    pub(crate) fn case_line(&self, case: &Case) -> Option<CaseLine> {
        let who = match &case.about {
            Reported::Member(member) => self.state.member(*member)?.person.address.clone(),
            Reported::Stranger(who) => who.clone(),
            Reported::Writer => return None,
        };
        let place = match case.occasion {
            Occasion::Introduction(introduction) => CasePlace::Introduction { introduction },
            Occasion::Room(room) => {
                let declared = &self.state.room(room)?.declared;
                CasePlace::Room { room: declared.name.clone(), key: declared.key.clone() }
            }
        };
        Some(CaseLine { number: case.number, who, place, words: case.words.clone(), at: case.at })
    }

    /// A report has been kept long enough.
    pub(crate) fn drop_case(&mut self, id: CaseId) {
        self.state.cases.take(id);
        self.stop_waiting(Wait::CaseOver { case: id });
    }

    /// Lets go of a member's reports, and of everything that is kept about their conduct.
    pub(crate) fn drop_cases(&mut self, member: MemberId) {
        let theirs = self.state.cases().filter(|case| case.owners().contains(&member));
        for id in theirs.map(|case| case.id).collect::<Vec<_>>() {
            self.drop_case(id);
        }
        let muted = self.state.member(member).map(|own| own.rooms.muted.clone()).unwrap_or_default();
        for room in muted.into_keys() {
            self.stop_waiting(Wait::MuteOver { place: (room, member) });
        }
    }

    /// A member writes more than a room can bear: they may not write there for a while, and staff hear of it. People
    /// who work for the service are exempt.
    pub(crate) fn flooded(&mut self, id: RoomId, member: MemberId, how: Flood) {
        let until = self.now.after(self.settings.rooms.conduct.mute);
        let Some(room) = self.state.room(id).map(|room| room.declared.name.clone()) else { return };
        let Some(own) = self.state.member(member) else { return };
        let bears = own.standing != Standing::Current || own.person.role.is_staff();
        if bears || own.rooms.muted.contains_key(&id) {
            return;
        }
        let who = own.person.address.clone();
        self.mute_until(member, id, until);
        self.step.noted.push(Noted::Flooded(id, member));
        self.tell(member, Conduct::Flooded { room: room.clone(), how, until });
        self.tell_staff(member, &ConductDesk::Flooding { who, room, how, until }.into());
    }

    /// Somebody may not write in a room until then.
    pub(super) fn mute_until(&mut self, member: MemberId, room: RoomId, until: Timestamp) {
        if let Some(own) = self.member(member) {
            own.rooms.muted.insert(room, until);
        }
        self.stop_waiting(Wait::MuteOver { place: (room, member) });
        self.wait(until, Wait::MuteOver { place: (room, member) });
        self.announce(DomainEvent::WritersChanged(room));
    }

    /// Somebody may write in a room again. Whether they could not before.
    pub(crate) fn unmute_now(&mut self, member: MemberId, id: RoomId) -> bool {
        if !self.state.member(member).is_some_and(|own| own.rooms.muted.contains_key(&id)) {
            return false;
        }
        let Some(own) = self.member(member) else { return false };
        own.rooms.muted.remove(&id);
        self.stop_waiting(Wait::MuteOver { place: (id, member) });
        self.announce(DomainEvent::WritersChanged(id));
        let room = self.state.room(id).map(|room| room.declared.name.clone());
        if let Some(room) = room.filter(|_| self.is_in(member, id)) {
            self.tell(member, Conduct::SpeechBack { room });
        }
        true
    }

    pub(crate) fn is_in(&self, member: MemberId, room: RoomId) -> bool {
        let place = self.state.member(member).and_then(|own| own.rooms.at.get(&room));
        place.is_some_and(|place| place.is_in())
    }

    /// The room of this short name that a member of staff means, for any members.
    pub(super) fn any_room(&self, key: &str) -> Option<&CommunityRoom> {
        self.state.rooms().find(|room| room.declared.key.as_str() == key)
    }

    /// A current member of whom somebody who works for the service may say what becomes of them; they hear if not.
    pub(super) fn within_reach(&mut self, staff: MemberId, own: Role, who: &Address) -> Option<MemberId> {
        let member = self.state.member_at(who).filter(|member| member.standing == Standing::Current);
        let Some((id, role)) = member.map(|member| (member.id, member.person.role)) else {
            self.tell(staff, Staffing::NotListed { who: who.clone() });
            return None;
        };
        if id == staff {
            self.tell(staff, Say::NotThatOne);
            return None;
        }
        if role.is_staff() && own != Role::Administrator {
            self.tell(staff, Staffing::OnlyAdministrators { role });
            return None;
        }
        Some(id)
    }
}
