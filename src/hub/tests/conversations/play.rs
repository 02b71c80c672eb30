//! A play: members and the porter on a stage. Everything that each says and does is written down in order, in the words
//! that people read.

mod rooms;

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write;

use jiff::civil::Time;
use jiff::tz::TimeZone;
use lodge_core::consent::Versions;
use lodge_core::effect::{Act, Effect, Lane};
use lodge_core::id::{EffectId, Ids, IntroductionId, MemberId, TimerId, WordsId};
use lodge_core::input::{Before, Input, Performed, Proof, Reply, Said};
use lodge_core::mark::MarkKey;
use lodge_core::name::{Address, DisplayName};
use lodge_core::people::member::{Field, Person, Role};
use lodge_core::people::roster::{Code, MailAddress, Roster};
use lodge_core::policy::{Directory, Joining, Limits, Offers, Purpose, PurposeId, Settings};
use lodge_core::rooms::RoomSettings;
use lodge_core::say::Say;
use lodge_core::state::State;
use lodge_core::step::step;
use lodge_core::time::{OfficeHour, Span, Timestamp};
use lodge_core::timer::{Timer, Wait};
use lodge_matrix::homeserver::RoomRef;
use lodge_plumbing::wording::{Rendered, Wordings};

/// Monday 2 November 2026, ten in the morning in London.
const START: Timestamp = Timestamp::from_millis(1_793_613_600_000);

/// Scenes about one topic, each with its own beginning.
#[derive(Default)]
pub struct Story {
    scenes: Vec<Play>,
}

impl Story {
    /// The next scene; everybody has been welcomed.
    pub fn scene(&mut self, title: &str) -> &mut Play {
        self.scenes.push(Play::begin(title));
        self.scenes.last_mut().unwrap()
    }

    /// Compares the whole with the script that a reviewer last read.
    pub fn is_as_reviewed(&self, name: &str) {
        let script: Vec<&str> = self.scenes.iter().map(|play| play.script.trim_end()).collect();
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(name, script.join("\n\n\n"));
        });
    }
}

/// One scene, as it is written down while it is played.
pub struct Play {
    pub settings: Settings,
    /// The person whose account turns the porter's invitations away.
    pub turns_invitations_away: Option<&'static str>,
    /// Whether the homeserver refuses rooms.
    pub refuses_rooms: bool,
    /// Whether everything about rooms takes time, until [`Play::the_homeserver_goes_on`].
    pub is_slow: bool,
    state: State,
    now: Timestamp,
    ids: Ids,
    wordings: Wordings,
    script: String,
    /// The moment of the last line.
    told: Timestamp,
    /// Effects that are still to be performed.
    outbox: VecDeque<Effect>,
    /// The messages that were sent, by the effect that sent each, with their readers.
    said: BTreeMap<EffectId, (MemberId, &'static str)>,
    /// The effects that said something, in order.
    order: Vec<EffectId>,
    /// Whether the events are left out of the script.
    is_offstage: bool,
    /// The people on the service's list.
    listed: Vec<Person>,
}

impl Play {
    fn begin(title: &str) -> Self {
        let mut play = Self {
            settings: settings(),
            turns_invitations_away: None,
            refuses_rooms: false,
            is_slow: false,
            state: State::default(),
            now: START,
            ids: Ids::from_seed([9; 32]),
            wordings: Wordings::load(lodge_core::wording::ENGLISH, None).unwrap(),
            script: format!("════════ {title}\n"),
            told: START,
            outbox: VecDeque::new(),
            said: BTreeMap::new(),
            order: vec![],
            is_offstage: false,
            listed: people(),
        };
        play.offstage(|play| {
            play.input(Input::Roster(Roster::whole(people())));
            for person in people() {
                play.says(person.name.as_str(), "agree");
            }
        });
        play
    }

    /// The number of messages that begin so in the script: "Sam:", "The porter to Sam".
    pub fn count(&self, beginning: &str) -> usize {
        self.script.lines().filter(|line| line.starts_with(beginning)).count()
    }

    /// All that was said so far, and by whom.
    pub fn script(&self) -> &str {
        &self.script
    }

    /// Somebody writes to the porter.
    pub fn says(&mut self, who: &str, text: &str) {
        self.writes(who, text, Reply::None, Proof::Proven);
    }

    /// Somebody writes from a device that cannot be told to be theirs.
    pub fn says_from_a_strange_device(&mut self, who: &str, text: &str) {
        self.writes(who, text, Reply::None, Proof::Unproven);
    }

    /// Somebody replies to the last message of the porter's to them with this wording.
    pub fn replies(&mut self, who: &str, to: &str, text: &str) {
        let member = self.id(who);
        let meant = self.order.iter().rfind(|effect| self.said[*effect] == (member, self.wording_id(to)));
        let effect = *meant.unwrap_or_else(|| panic!("nobody said {to} to {who}"));
        self.writes(&format!("{who}, in reply to [{to}]"), text, Reply::To(effect), Proof::Proven);
    }

    /// Somebody asks for somebody, who is asked unless something keeps it from them; both have read such messages before.
    pub fn has_asked(&mut self, from: &str, to: &str) {
        let lower = to.to_lowercase();
        let line = format!(
            "introduce @{lower}:example.org for career advice: Dear {to}, I am in my second year of history. How did you \
             begin, and what would you do again?"
        );
        self.offstage(|play| {
            play.says(from, &line);
            play.says(from, "no");
            play.says(from, "send");
        });
        // Requests of one moment would have no order.
        self.now = self.now.after(Span::from_millis(1));
        self.write(&format!("({from} has asked to meet {to}, and got the message “sent”.)"));
    }

    /// One asks for the other, who says yes, and both come in.
    pub fn have_met(&mut self, from: &str, to: &str) {
        self.offstage(|play| {
            play.has_asked(from, to);
            play.says(to, "yes");
            play.comes_in(to);
            play.comes_in(from);
        });
        self.write(&format!("({from} has asked to meet {to}; both said yes, and have met in their room.)"));
    }

    /// Somebody comes into the room of the newest introduction.
    pub fn comes_in(&mut self, who: &str) {
        let (id, member) = (self.newest(), self.id(who));
        self.write(&format!("({who} comes into the room.)"));
        self.input(Input::CameIn(id, member));
    }

    /// Somebody leaves that room, or turns the invitation down.
    pub fn goes_out(&mut self, who: &str) {
        let (id, member) = (self.newest(), self.id(who));
        self.write(&format!("({who} turns the invitation down, or leaves the room.)"));
        self.input(Input::WentOut(id, member));
    }

    /// The service's list of members is read again, without these.
    pub fn is_listed_without(&mut self, gone: &[&str]) {
        let names =
            if gone.is_empty() { "the same people as before".to_owned() } else { format!("no {}", gone.join(", ")) };
        self.write(&format!("(The careers service’s list now has {names}.)"));
        let listed = people().into_iter().filter(|person| !gone.contains(&person.name.as_str()));
        self.input(Input::Roster(Roster::whole(listed)));
    }

    /// Takes in a list of people, which the script calls `what`.
    pub fn takes_in(&mut self, what: &str, list: Roster) {
        self.write(&format!("({what})"));
        self.input(Input::Roster(list));
    }

    /// Somebody whom the porter does not know invites it.
    pub fn visits(&mut self, who: &str) {
        self.write(&format!("({who}, whom the porter does not know, invites it. It opens a conversation with them.)"));
        self.input(Input::Visited(address(who)));
    }

    /// The code that was sent to this email address.
    pub fn code_of(&self, mail: &str) -> String {
        Code::of(&MailAddress::parse(mail).unwrap(), &self.settings.mark_key).to_string()
    }

    /// Time passes, and everything happens when it is due.
    pub fn passes(&mut self, span: &str) {
        let end = self.now.after(span.parse().unwrap());
        while let Some((due, timer)) = self.state.next_due().filter(|(due, _)| *due <= end) {
            self.now = self.now.max(due);
            self.input(Input::Due(timer));
        }
        self.now = end;
    }

    /// The homeserver does everything that it was slow about.
    pub fn the_homeserver_goes_on(&mut self) {
        self.is_slow = false;
        self.perform();
    }

    /// Something that is left out of the script.
    pub fn offstage(&mut self, happens: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.is_offstage, true);
        happens(self);
        self.is_offstage = before;
        self.told = self.now;
    }

    /// One thing about a room that took its time is done, and the next takes its own.
    pub fn one_more_call(&mut self) {
        let held = self.outbox.iter().position(|effect| self.is_held(&effect.act)).expect("something is held");
        let Effect { id, act, .. } = self.outbox.remove(held).expect("it is there");
        let performed = self.does(id, &act);
        self.input(Input::Performed(act, performed));
    }

    fn writes(&mut self, who: &str, text: &str, reply: Reply, proof: Proof) {
        let member = self.id(who);
        let strange = if proof == Proof::Unproven { " (from a device that is not known to be theirs)" } else { "" };
        self.write(&format!("{who}{strange}: {text}"));
        // They have read all that the porter said to them.
        let read = |effect: &&EffectId| self.said.get(effect).is_some_and(|(to, _)| *to == member);
        let read: Vec<EffectId> = self.order.iter().filter(read).copied().collect();
        let before = Before::new(read.iter().copied().collect(), read.last().copied());
        #[expect(clippy::disallowed_methods, reason = "in the place of a channel")]
        let said = Said::heard(member, WordsId::from_bytes([0; 16]), text.to_owned(), proof);
        self.input(Input::Said(said.replying(reply).after(before)));
    }

    fn input(&mut self, input: Input) {
        let step = step(&mut self.state, &self.settings, input, self.now, &mut self.ids);
        self.outbox.retain(|effect| !step.cancelled.contains(&effect.id));
        self.outbox.extend(step.effects);
        self.perform();
        // A request is brought at once, as these settings say.
        while let Some(id) = self.to_bring() {
            self.input(Input::Due(id));
        }
    }

    fn to_bring(&self) -> Option<TimerId> {
        let brings = |timer: &&Timer| matches!(timer.wait, Wait::Bring { .. }) && timer.due <= self.now;
        self.state.timers().find(brings).map(|timer| timer.id)
    }

    fn perform(&mut self) {
        while let Some(at) = self.outbox.iter().position(|effect| !self.is_held(&effect.act)) {
            let Some(Effect { id, act, .. }) = self.outbox.remove(at) else { return };
            let performed = self.does(id, &act);
            self.input(Input::Performed(act, performed));
        }
    }

    /// Whether a slow homeserver has not got to it: what concerns rooms is done in order.
    fn is_held(&self, act: &Act) -> bool {
        self.is_slow && matches!(act.lane(), Lane::Introduction(_))
    }

    /// Does one act, writes it down, and returns its outcome.
    fn does(&mut self, effect: EffectId, act: &Act) -> Performed {
        match act {
            Act::Tell(member, say) => {
                let wording = say.wording();
                self.said.insert(effect, (*member, wording.id));
                self.order.push(effect);
                let words = self.wordings.render(&wording, &zone());
                let to = self.name(*member);
                let name = say.file(&words).map(|file| file.name).or(say.drawing(&words).map(|drawing| drawing.name));
                let file = name.map_or_else(String::new, |name| format!(" in the file {name}"));
                self.write(&format!("The porter to {to} [{}]{file}\n{}", wording.id, without_ids(&words.plain)));
            }
            Act::CreateRoom(_) if self.refuses_rooms => {
                self.write("(The homeserver refuses to make a room.)");
                return Performed::Refused;
            }
            Act::CreateRoom(id) => {
                self.write("(A room is made.)");
                return Performed::RoomMade(RoomRef(format!("!{id}")).into());
            }
            Act::Invite(_, _, member) if self.turns_invitations_away.is_some_and(|who| who == self.name(*member)) => {
                self.write(&format!("({}’s account turns the invitation away.)", self.name(*member)));
                return Performed::Blocked;
            }
            Act::Invite(_, _, member) => self.write(&format!("({} is invited to the room.)", self.name(*member))),
            Act::Remove(_, _, member) => {
                self.write(&format!("({} is kept out of the room from now on.)", self.name(*member)));
            }
            Act::Note(_, _, say) => {
                let wording = say.wording();
                let Rendered { plain, .. } = self.wordings.render(&wording, &zone());
                self.write(&format!("The porter in the room [{}]\n{plain}", wording.id));
            }
            Act::OpenSpeech(..) => self.write("(Both can speak in the room.)"),
            Act::Leave(..) => self.write("(The porter leaves the room.)"),
            Act::TakeBack(member, said) => {
                let what = self.said.get(said).map(|(_, wording)| *wording);
                let to = self.name(*member);
                match what {
                    Some(wording) => self.write(&format!("(The porter takes back what it said to {to}: [{wording}].)")),
                    None => self.write(&format!("(What was on its way to {to} is not said.)")),
                }
            }
            Act::Room(_, act) => return self.does_in_room(act),
            // A person on the roster had a key of their own until they came, and no conversation is left for it.
            Act::Forget(member) if self.state.member(*member).is_none() => {}
            Act::Forget(member) => {
                let who = self.name(*member);
                self.write(&format!("(The porter leaves its conversation with {who}, and {who}’s key is destroyed.)"));
            }
        }
        Performed::Done
    }

    /// Adds a line, and before it the time that has passed. Further lines of it are set apart.
    fn write(&mut self, text: &str) {
        if self.is_offstage {
            return;
        }
        let later = self.told.until(self.now);
        if later >= Span::from_millis(1000) {
            let moment = jiff::Timestamp::from_millisecond(self.now.as_millis()).unwrap().to_zoned(zone());
            let moment = moment.strftime("%A %-d %B %Y, %H:%M");
            write!(self.script, "\n— {} later: {moment} —\n", in_words(later)).unwrap();
            self.told = self.now;
        }
        let mut lines = text.lines();
        let first = lines.next().unwrap_or_default();
        write!(self.script, "\n{first}\n").unwrap();
        for line in lines {
            writeln!(self.script, "{}{line}", if line.is_empty() { "" } else { "    " }).unwrap();
        }
    }

    fn id(&self, who: &str) -> MemberId {
        let name = who.split(',').next().unwrap_or(who);
        self.state.member_at(&address(name)).unwrap_or_else(|| panic!("{name} is nobody")).id
    }

    fn name(&self, member: MemberId) -> String {
        self.state.member(member).map_or_else(|| "nobody".to_owned(), |member| member.person.name.to_string())
    }

    fn wording_id(&self, id: &str) -> &'static str {
        self.said.values().map(|(_, said)| *said).find(|said| *said == id).unwrap_or_else(|| panic!("nobody said {id}"))
    }

    fn newest(&self) -> IntroductionId {
        self.state.introductions().max_by_key(|found| (found.sent_at, found.id)).expect("somebody asked").id
    }
}

/// The policy page that a service begins with.
const POLICY: &str = include_str!("../../../../config/policy.md");

fn zone() -> TimeZone {
    TimeZone::get("Europe/London").unwrap()
}

fn settings() -> Settings {
    let purpose = |id: &str, label: &str| Purpose { id: PurposeId::new(id), label: label.to_owned() };
    Settings {
        service: "the Careers Service".to_owned(),
        porter: address("porter"),
        bring_after: Span::from_millis(0),
        answer_within: Span::from_days(14),
        office: OfficeHour { zone: zone(), at: Time::constant(9, 0, 0, 0) },
        reminders: vec![Span::from_days(5), Span::from_days(12)],
        join_within: Span::from_days(7),
        settle: Span::from_millis(2_000),
        ask_after: Span::from_days(14),
        call_link: None,
        kept_for: Span::from_days(730),
        forget_within: Span::from_days(1),
        limits: Limits {
            waiting: 5,
            sent_a_month: 10,
            received_a_month: 4,
            cooldown: Span::from_days(90),
            questions: 3,
            block: Span::from_days(730),
            pause: Span::from_days(365),
        },
        message_chars_max: 2000,
        words_chars_max: 500,
        purposes: vec![
            purpose("information-interview", "an information interview"),
            purpose("career-advice", "career advice"),
            purpose("studies-and-research", "studies and research"),
            purpose("working-together", "working together on a project"),
        ],
        personal: ["a date", "going out"].map(str::to_owned).to_vec(),
        policy: POLICY.to_owned(),
        offers: Offers::default(),
        directory: Directory::default(),
        counsels: std::collections::BTreeSet::from([Address::exact("@kim-quiet:example.org").unwrap()]),
        mark_key: MarkKey::from_bytes([9; 32]),
        phrases: lodge_core::wording::english_phrases(),
        lists: lodge_core::interview::Lists::english(),
        joining: Joining {
            boundaries: "1".to_owned(),
            quiet_room: None,
            visit: Span::from_days(14),
            visitors: 100,
            help_a_day: 3,
        },
        rooms: RoomSettings::default(),
        versions: Versions { wording: "a2b4c6d8e0f1a3b5".to_owned(), policy: "1".to_owned() },
    }
}

fn people() -> Vec<Person> {
    let person = |name: &str, role, details: &[(Field, &str)]| Person {
        address: address(name),
        name: DisplayName::parse(name).unwrap(),
        role,
        details: details.iter().map(|(field, value)| (*field, (*value).to_owned())).collect(),
    };
    let sam = [(Field::Email, "sam@mail.example"), (Field::Course, "History, second year")];
    vec![
        person("Sam", Role::Student, &sam),
        person("Noor", Role::Student, &[]),
        person("Alex", Role::Alumnus, &[(Field::Email, "alex@mail.example"), (Field::Headline, "Museum curator")]),
        person("Robin", Role::Alumnus, &[]),
        person("Ivy", Role::Intern, &[]),
    ]
}

/// The address of somebody with this name.
pub fn address(name: &str) -> Address {
    Address::exact(&format!("@{}:example.org", name.to_lowercase())).unwrap()
}

/// The message as the porter sends it.
pub fn rendered(say: &Say) -> Rendered {
    Wordings::load(lodge_core::wording::ENGLISH, None).unwrap().render(&say.wording(), &zone())
}

/// A duration in words, roughly.
fn in_words(span: Span) -> String {
    let minutes = span.as_millis() / 60_000;
    match (minutes / 60 / 24, minutes / 60, minutes) {
        (0, 0, 0) => "a moment".to_owned(),
        (0, 0, minutes) => format!("{minutes} minutes"),
        (0, hours, _) => format!("{hours} hours"),
        (1, ..) => "a day".to_owned(),
        (days, ..) => format!("{days} days"),
    }
}

/// The text with each id and fingerprint, of 32 or 64 hexadecimal digits, as a number, in the order in which they come.
fn without_ids(text: &str) -> String {
    let mut known: Vec<&str> = vec![];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_hexdigit()) {
        let (before, from) = rest.split_at(start);
        let end = from.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(from.len());
        let (run, after) = from.split_at(end);
        let inside_a_word = before.ends_with(|c: char| c.is_ascii_alphanumeric());
        out.push_str(before);
        if [32, 64].contains(&run.len()) && !inside_a_word && run.chars().all(|c| c.is_ascii_hexdigit()) {
            let at = known.iter().position(|id| *id == run).unwrap_or_else(|| {
                known.push(run);
                known.len() - 1
            });
            write!(out, "id-{}", at + 1).unwrap();
        } else {
            out.push_str(run);
        }
        rest = after;
    }
    out + rest
}
