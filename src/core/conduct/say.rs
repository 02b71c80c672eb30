//! The porter's messages about conduct in rooms for many: to members, and to staff.

use serde::{Deserialize, Serialize};

use crate::conduct::Flood;
use crate::id::IntroductionId;
use crate::name::Address;
use crate::rooms::Key;
use crate::say::Say;
use crate::time::{Span, Timestamp};
use crate::wording::{Arg, Wording};

/// A message to a member about conduct in rooms, their own or somebody else's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Conduct {
    /// They wrote something to the porter where others read it.
    Overheard {
        /// The room's name.
        room: String,
        /// The beginning of their message.
        words: String,
    },
    /// Their message is taken away, as they asked.
    TakenAway {
        /// The room's name.
        room: String,
    },
    /// Their message cannot be taken away.
    NotTakenAway {
        /// The room's name.
        room: String,
    },
    /// There is no message to be taken away.
    NothingToTakeAway,
    /// The way to report somebody's conduct.
    ReportHow,
    /// Their report is with the staff.
    ReportKept {
        /// The report is kept this long.
        kept: Span,
    },
    /// The message that they mean is not to be found.
    MessageNotFound,
    /// They have reported as often as they can in a day.
    ReportedEnough,
    /// Staff have something to say to them.
    Warned {
        /// The room's name.
        room: String,
        /// The staff's words.
        words: String,
    },
    /// They may not write in a room for a while.
    Muted {
        /// The room's name.
        room: String,
        /// The time until which they may not write.
        until: Timestamp,
    },
    /// The same, because they wrote more than the room can bear.
    Flooded {
        /// The room's name.
        room: String,
        /// The limit that they went beyond.
        how: Flood,
        /// The time until which they may not write.
        until: Timestamp,
    },
    /// They may write again.
    SpeechBack {
        /// The room's name.
        room: String,
    },
    /// They are taken out of a room and may not come in again.
    Removed {
        /// The room's name.
        room: String,
    },
    /// They may come in again.
    AllowedBack {
        /// The room's name.
        room: String,
        /// The short name by which they ask for it.
        key: Key,
    },
    /// They are taken out of everything. Earlier programs had words of their own for whom a policy list named.
    #[serde(alias = "banned-as-listed")]
    Banned {
        /// The service's name.
        service: String,
    },
}

/// A message to staff about conduct in rooms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConductDesk {
    /// A member reported something.
    Reported {
        /// The report.
        line: CaseLine,
        /// The member who reported.
        by: Address,
        /// The words of the message that is meant, if one is.
        quoted: Option<String>,
    },
    /// The reports that staff have still to judge.
    Reports {
        /// The reports, by number.
        lines: Vec<CaseLine>,
    },
    /// The ways in which staff act.
    How,
    /// No report that waits has that number.
    NoSuchReport {
        /// The number they gave.
        number: u32,
    },
    /// A report was judged before.
    JudgedBefore {
        /// The report's number.
        number: u32,
    },
    /// A warning would tell the person that a request of theirs was reported.
    WarningTells {
        /// The report's number.
        number: u32,
    },
    /// It is about somebody whom the porter does not talk with.
    CannotWarn {
        /// The report's number.
        number: u32,
    },
    /// The person is warned.
    Warned {
        /// The report's number.
        number: u32,
        /// The person who is warned.
        who: Address,
    },
    /// Nothing is done about it.
    Dismissed {
        /// The report's number.
        number: u32,
    },
    /// There is no room of that short name.
    NoSuchRoom {
        /// The short name they typed.
        key: String,
    },
    /// Somebody may not write in a room for a while.
    Muted {
        /// The person's account.
        who: Address,
        /// The room's name.
        room: String,
        /// The time until which they may not write.
        until: Timestamp,
    },
    /// Somebody may write again.
    Unmuted {
        /// The person's account.
        who: Address,
        /// The room's name.
        room: String,
    },
    /// Somebody is taken out of a room.
    Removed {
        /// The person's account.
        who: Address,
        /// The room's name.
        room: String,
    },
    /// Somebody may come in again.
    Allowed {
        /// The person's account.
        who: Address,
        /// The room's name.
        room: String,
    },
    /// Nothing of the kind stands against somebody.
    NothingToUndo {
        /// The person's account.
        who: Address,
    },
    /// Somebody is taken out of everything. Earlier programs said so in other words where a policy list was the cause.
    #[serde(alias = "banned-by-list")]
    Banned {
        /// The person's account.
        who: Address,
    },
    /// Somebody is banned, so they cannot be verified.
    IsBanned {
        /// The person's account.
        who: Address,
    },
    /// Somebody may be a member again.
    BanLifted {
        /// The person's account.
        who: Address,
    },
    /// Somebody wrote more than a room can bear.
    Flooding {
        /// The writer's account.
        who: Address,
        /// The room's name.
        room: String,
        /// The limit that they went beyond.
        how: Flood,
        /// The time until which they may not write there.
        until: Timestamp,
    },
}

/// A report, as staff read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseLine {
    /// The number by which staff judge it.
    pub number: u32,
    /// The person it is about.
    pub who: Address,
    /// The place of what is reported.
    #[serde(flatten)]
    pub place: CasePlace,
    /// The reporter's words; none where they gave none.
    pub words: String,
    /// The time of the report.
    pub at: Timestamp,
}

/// The place of what is reported, as staff read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CasePlace {
    /// A room for many.
    Room {
        /// The room's name.
        room: String,
        /// The room's short name.
        key: Key,
    },
    /// An introduction, or a request for one.
    Introduction {
        /// The id that the operator's list of reports shows.
        introduction: IntroductionId,
    },
}

impl From<Conduct> for Say {
    fn from(say: Conduct) -> Self {
        Self::Conduct(say)
    }
}

impl From<ConductDesk> for Say {
    fn from(say: ConductDesk) -> Self {
        Self::ConductDesk(say)
    }
}

impl Conduct {
    /// Whether it shows anybody's words, the reader's own among them.
    pub(crate) fn shows_details(&self) -> bool {
        matches!(self, Self::Overheard { .. } | Self::Warned { .. })
    }

    /// The sentence for it.
    pub fn wording(&self) -> Wording {
        let room = |name: &String| ("room", text(name));
        match self {
            Self::Overheard { room: name, words } => {
                Wording::with("overheard", vec![room(name), ("words", text(words))])
            }
            Self::TakenAway { room: name } => Wording::with("taken-away", vec![room(name)]),
            Self::NotTakenAway { room: name } => Wording::with("not-taken-away", vec![room(name)]),
            Self::NothingToTakeAway => Wording::plain("nothing-to-take-away"),
            Self::ReportHow => Wording::plain("report-how"),
            Self::ReportKept { kept } => Wording::with("report-kept", vec![("kept", Arg::Long(*kept))]),
            Self::MessageNotFound => Wording::plain("message-not-found"),
            Self::ReportedEnough => Wording::plain("reported-enough"),
            Self::Warned { room: name, words } => Wording::with("warned", vec![room(name), ("words", text(words))]),
            Self::Muted { room: name, until } => Wording::with("muted", vec![room(name), ("until", Arg::When(*until))]),
            Self::Flooded { room: name, how: Flood::Messages, until } => {
                Wording::with("flooded", vec![room(name), ("until", Arg::When(*until))])
            }
            Self::Flooded { room: name, how: Flood::Mentions, until } => {
                Wording::with("flooded-mentions", vec![room(name), ("until", Arg::When(*until))])
            }
            Self::SpeechBack { room: name } => Wording::with("speech-back", vec![room(name)]),
            Self::Removed { room: name } => Wording::with("removed", vec![room(name)]),
            Self::AllowedBack { room: name, key } => {
                Wording::with("allowed-back", vec![room(name), ("key", text(key.as_str()))])
            }
            Self::Banned { service } => Wording::with("banned", vec![("service", text(service))]),
        }
    }
}

impl ConductDesk {
    /// The sentence for it.
    pub fn wording(&self) -> Wording {
        let nth = |number: &u32| ("number", Arg::Number(u64::from(*number)));
        let who = |who: &Address| ("who", text(who.as_str()));
        let room = |name: &String| ("room", text(name));
        match self {
            Self::Reported { line, by, quoted } => {
                let quoted = quoted.iter().map(|words| Wording::with("case-quoted", vec![("words", text(words))]));
                let quoted = line.place.of(Some(("quoted", Arg::Lines(quoted.collect()))), None);
                let args = line.args().into_iter().chain([("by", text(by.as_str()))]).chain(quoted);
                let id = line.place.of("conduct-reported", "introduction-reported");
                Wording::with(id, args.collect())
            }
            Self::Reports { lines } => {
                let count = ("count", Arg::Number(lines.len() as u64));
                let id = |line: &CaseLine| line.place.of("case-line", "case-line-introduction");
                let lines = lines.iter().map(|line| Wording::with(id(line), line.args())).collect();
                Wording::with("conduct-reports", vec![count, ("cases", Arg::Lines(lines))])
            }
            Self::How => Wording::plain("moderation-how"),
            Self::NoSuchReport { number } => Wording::with("no-such-report", vec![nth(number)]),
            Self::JudgedBefore { number } => Wording::with("judged-before", vec![nth(number)]),
            Self::WarningTells { number } => Wording::with("warning-tells", vec![nth(number)]),
            Self::CannotWarn { number } => Wording::with("cannot-warn", vec![nth(number)]),
            Self::Warned { number, who: warned } => Wording::with("staff-warned", vec![nth(number), who(warned)]),
            Self::Dismissed { number } => Wording::with("report-dismissed", vec![nth(number)]),
            Self::NoSuchRoom { key } => Wording::with("no-such-room", vec![("key", text(key))]),
            Self::Muted { who: muted, room: name, until } => {
                Wording::with("staff-muted", vec![who(muted), room(name), ("until", Arg::When(*until))])
            }
            Self::Unmuted { who: unmuted, room: name } => {
                Wording::with("staff-unmuted", vec![who(unmuted), room(name)])
            }
            Self::Removed { who: removed, room: name } => {
                Wording::with("staff-removed", vec![who(removed), room(name)])
            }
            Self::Allowed { who: allowed, room: name } => {
                Wording::with("staff-allowed", vec![who(allowed), room(name)])
            }
            Self::NothingToUndo { who: address } => Wording::with("nothing-to-undo", vec![who(address)]),
            Self::Banned { who: banned } => Wording::with("staff-banned", vec![who(banned)]),
            Self::IsBanned { who: banned } => Wording::with("is-banned", vec![who(banned)]),
            Self::BanLifted { who: lifted } => Wording::with("ban-lifted", vec![who(lifted)]),
            Self::Flooding { who: writer, room: name, how, until } => {
                let id = match how {
                    Flood::Messages => "flooding",
                    Flood::Mentions => "flooding-mentions",
                };
                Wording::with(id, vec![who(writer), room(name), ("until", Arg::When(*until))])
            }
        }
    }
}

impl CaseLine {
    fn args(&self) -> Vec<(&'static str, Arg)> {
        let words = (!self.words.is_empty()).then(|| Wording::with("case-words", vec![("words", text(&self.words))]));
        let room = match &self.place {
            CasePlace::Room { room, key } => vec![("room", text(room)), ("key", text(key.as_str()))],
            CasePlace::Introduction { .. } => vec![],
        };
        let args = [
            ("number", Arg::Number(u64::from(self.number))),
            ("who", text(self.who.as_str())),
            ("said", Arg::Lines(words.into_iter().collect())),
            ("at", Arg::Day(self.at)),
        ];
        args.into_iter().chain(room).collect()
    }
}

impl CasePlace {
    /// The first for a room, the second for an introduction.
    fn of<T>(&self, room: T, introduction: T) -> T {
        match self {
            Self::Room { .. } => room,
            Self::Introduction { .. } => introduction,
        }
    }
}

fn text(text: &str) -> Arg {
    Arg::Text(text.to_owned())
}
