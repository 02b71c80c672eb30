//! Wishes: the things that people want of the porter, whatever their words for them.

use serde::{Deserialize, Serialize};

use super::{Answer, Command, DeskCommand, MentorsCommand, PeopleCommand, RequestCommand, Topic, numbered};
use crate::introduction::words::introducing::INDEFINITE;
use crate::mentors::words::topic;
use crate::name::Address;
use crate::people::monthly::Monthly;

/// The meaning of a wish.
#[derive(Clone, Copy)]
pub(super) enum Means {
    /// The same as these words.
    Words(&'static str),
    /// A command about the words that say what is wanted.
    Of(fn(&[&str]) -> Option<Command>),
    /// Nothing that the porter can do.
    Nothing,
}

/// Declares the wishes: each with its name in the files of phrases, the line by which it is offered to somebody whose words
/// may mean it, if it can be offered, and its meaning.
macro_rules! wishes {
    ($($(#[$about:meta])* $wish:ident $name:literal $line:expr => $means:expr,)*) => {
        /// Something that people want.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Wish {
            $($(#[$about])* $wish,)*
        }

        impl Wish {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$wish,)*];

            /// The name by which the files of phrases call it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$wish => $name,)* }
            }

            /// The line that offers it to somebody whose words may mean it.
            pub(crate) const fn line_id(self) -> Option<&'static str> {
                match self { $(Self::$wish => $line,)* }
            }

            pub(super) fn means(self) -> Means {
                match self { $(Self::$wish => $means,)* }
            }
        }
    };
}

wishes! {
    /// To know what can be done here.
    Help "help" Some("wish-help") => Means::Words("help"),
    /// To know whom one talks to.
    About "about" Some("wish-about") => Means::Words("who are you"),
    /// To know how a request ends.
    Outcome "outcome" Some("wish-outcome") => Means::Words("how it ends"),
    /// To know how a request is written.
    Advice "advice" Some("wish-advice") => Means::Words("an example"),
    /// Another language.
    Language "language" None => Means::Words("other languages"),
    /// Somebody troubles them.
    Trouble "trouble" Some("wish-trouble") => Means::Words("something is wrong"),
    /// They have a hard time.
    HardTime "hard-time" Some("wish-hard-time") => Means::Words("a hard time"),
    /// To be friendly, and no more.
    Closing "closing" None => Means::Words("ok thanks"),
    /// To greet.
    Greeting "greeting" None => Means::Words("hello"),
    /// An end of something that they do not name.
    Stop "stop" Some("wish-stop") => Means::Words("stop everything"),
    /// A person of the careers service.
    Staff "staff" Some("wish-staff") => Means::Words("ask staff"),
    /// Somebody to talk to.
    Mentors "mentors" Some("wish-mentors") => Means::Of(|subject| Some(MentorsCommand::Find(topic(subject)).into())),
    /// An introduction.
    Introduce "introduce" Some("wish-introduce") => Means::Of(|subject| Some(introduce(subject))),
    /// The rest of a list.
    More "more" None => Means::Words("more"),
    /// The other answers to a request.
    Choices "choices" None => Means::Words("more answers"),
    /// The things that wait for the staff.
    Desk "desk" Some("wish-desk") => Means::Of(|_| Some(DeskCommand::Desk { plainly: false }.into())),
    /// A time at which they meet somebody.
    Times "times" Some("wish-times") => Means::Words("times"),
    /// News of their requests.
    Requests "requests" Some("wish-requests") => Means::Words("requests"),
    /// The question once more.
    Again "again" None => Means::Words("again"),
    /// The request that they are writing.
    Drafts "drafts" None => Means::Words("drafts"),
    /// To have their draft looked over by the staff.
    Feedback "feedback" None => Means::Words("ask for feedback"),
    /// To write their words anew.
    Change "change" None => Means::Words("change"),
    /// To take something back.
    Withdraw "withdraw" None => Means::Words("withdraw"),
    /// To have back something thrown away.
    Undo "undo" None => Means::Words("undo"),
    /// To throw away something unfinished.
    Cancel "cancel" None => Means::Words("cancel"),
    /// To leave a request unanswered.
    Ignore "ignore" None => Means::Words("ignore"),
    /// To answer a request another day.
    Later "later" None => Means::Of(|day| Some(Command::Answer { number: None, answer: Answer::Later(day.join(" ")) })),
    /// No requests for some time.
    Pause "pause" Some("wish-pause") => Means::Of(|day| Some(PeopleCommand::Pause(day.join(" ")).into())),
    /// Requests again.
    Resume "resume" Some("wish-resume") => Means::Words("resume"),
    /// Fewer requests.
    Limit "limit" Some("wish-limit") => Means::Of(limit),
    /// Their say in how requests are brought to them.
    Settings "settings" Some("wish-settings") => Means::Words("my settings"),
    /// Somebody kept away.
    Block "block" Some("wish-block") => Means::Of(|subject| Some(block(subject))),
    /// To report somebody or something.
    Report "report" None => Means::Words("report"),
    /// A room for many.
    Rooms "rooms" Some("wish-rooms") => Means::Words("rooms"),
    /// A room that is not there yet.
    Suggest "suggest" None => Means::Words("suggest room"),
    /// To tell many of something.
    Offer "offer" Some("wish-offer") => Means::Words("opportunity"),
    /// Their card.
    Profile "profile" Some("wish-profile") => Means::Words("profile"),
    /// To be found as a mentor.
    List "list" Some("wish-list") => Means::Words("list me"),
    /// To be found no longer.
    Unlist "unlist" Some("wish-unlist") => Means::Words("unlist me"),
    /// A new phone or computer, or messages that cannot be read on it.
    Device "device" Some("wish-device") => Means::Words("my new device"),
    /// To think over a talk.
    Reflect "reflect" Some("wish-reflect") => Means::Words("reflect"),
    /// To read what they have noted.
    Notes "notes" Some("wish-notes") => Means::Words("notes"),
    /// To have all that they have noted as a file.
    NotesExport "notes-export" Some("wish-notes-export") => Means::Words("notes export"),
    /// To see the people whom they know and would like to know.
    Network "network" Some("wish-network") => Means::Words("network"),
    /// To thank somebody.
    ThankYou "thank-you" Some("wish-thank-you") => Means::Words("thank-you note"),
    /// The things that are kept about them.
    Data "data" Some("wish-data") => Means::Words("my data"),
    /// To be forgotten.
    Forget "forget" Some("wish-forget") => Means::Words("forget me"),
    /// The rules, and who sees what.
    Policy "policy" Some("wish-policy") => Means::Words("policy"),
    /// To be let in.
    Code "code" None => Means::Words("where is my code"),
    /// The reports that wait for staff.
    Reports "reports" Some("wish-reports") => Means::Words("reports"),
    /// Order in a room.
    Moderate "moderate" Some("wish-moderate") => Means::Words("mute"),
    /// The organisations that wait for staff.
    Organisations "organisations" Some("wish-organisations") => Means::Words("organisations"),
    /// To let somebody in.
    Verify "verify" Some("wish-verify") => Means::Words("verify"),
    /// Figures of the service.
    Figures "figures" None => Means::Words("the figures"),
    /// To tell many of something, as staff.
    Announcements "announcements" None => Means::Words("an announcement"),
    /// To know what is coming up.
    WhatsOn "whats-on" Some("wish-whats-on") => Means::Words("events"),
    /// To have an event.
    Events "events" None => Means::Words("an event"),
    /// A chat about something that the porter knows nothing of.
    Chat "chat" None => Means::Nothing,
}

impl Wish {
    /// The wish that the files of phrases call by this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|wish| wish.name() == name)
    }

    /// Whether only staff have it.
    pub(super) const fn is_of_staff(self) -> bool {
        matches!(
            self,
            Self::Desk
                | Self::Verify
                | Self::Organisations
                | Self::Reports
                | Self::Moderate
                | Self::Figures
                | Self::Announcements
                | Self::Events
        )
    }

    /// The command that somebody means who wishes this, by the words that say what is wanted.
    pub(super) fn command(self, subject: &[&str]) -> Option<Command> {
        match self.means() {
            Means::Words(words) => Some(super::read(words)),
            Means::Of(command) => command(subject),
            Means::Nothing => None,
        }
    }
}

fn introduce(subject: &[&str]) -> Command {
    let words = subject.join(" ");
    if subject.first().is_some_and(|first| INDEFINITE.contains(first)) && numbered(&words).is_none() {
        return MentorsCommand::Find(topic(subject)).into();
    }
    let account = account(subject);
    let to = account.map(Ok).or_else(|| (!subject.is_empty()).then_some(Err(words)));
    RequestCommand::Introduce { to, purpose: None, message: None }.into()
}

fn limit(subject: &[&str]) -> Option<Command> {
    let most = u32::try_from(numbered(&subject.join(" "))?).ok()?;
    Some(PeopleCommand::Limit(Some(Monthly { most, converted: false })).into())
}

/// Somebody whose address stands there is blocked; of anybody else they are told how that is done.
fn block(subject: &[&str]) -> Command {
    let trouble = Command::Explain(Topic::Trouble);
    account(subject).map_or(trouble, |who| PeopleCommand::BlockAddress(who).into())
}

fn account(words: &[&str]) -> Option<Address> {
    words.iter().find_map(|word| lodge_ground::link::to_account(word).ok())
}

#[cfg(test)]
mod tests {
    use super::super::courtesy;
    use super::*;

    #[test]
    fn the_words_of_every_wish_are_a_command_and_none_is_a_consent() {
        for wish in Wish::ALL {
            let Means::Words(words) = wish.means() else { continue };
            let command = super::super::read(words);
            assert!(!matches!(command, Command::Text(_)), "{wish:?}");
            let answers = matches!(command, Command::Answer { answer: Answer::Ignore | Answer::Report(_), .. });
            let closes = command == Command::Closing;
            assert!(answers || closes || courtesy::How::Asking.allows(&command), "{wish:?}");
        }
    }
}
