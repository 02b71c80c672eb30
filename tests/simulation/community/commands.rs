//! Every command there is, in words by which it is read.

use lodge_core::command::{Answer, Command, ModerationCommand, Profile, RoomCommand};

/// Names each command there is, with words by which it is read. A command that is missing here does not compile.
macro_rules! every_command {
    ($($kind:pat => $text:literal,)*) => {
        /// Words for each command there is.
        pub const SAMPLES: &[&str] = &[$($text),*];

        /// The first sample of the kind that this command is of.
        pub fn sample_of(command: &Command) -> &'static str {
            match command {
                $($kind => $text,)*
            }
        }
    };
}

every_command! {
    Command::Help => "help",
    Command::Introduce { .. } => "introduce @p6:example.org for career advice: Dear six",
    Command::Send => "send",
    Command::Change => "change",
    Command::Cancel => "cancel",
    Command::Add(_) => "add email",
    Command::Hide(_) => "hide phone",
    Command::Requests => "requests",
    Command::Drafts => "drafts",
    Command::Again => "again",
    Command::Withdraw(_) => "withdraw 1",
    Command::Pause(_) => "pause until friday",
    Command::Resume => "unpause",
    Command::Limit(_) => "limit 3",
    Command::BlockAddress(_) => "block @p6:example.org",
    Command::Unblock(_) => "unblock 1",
    Command::OwnSettings => "my settings",
    Command::Policy => "policy",
    Command::MyData => "my data",
    Command::Forget { sure: false } => "forget me",
    Command::Forget { sure: true } => "forget me now",
    Command::Agree => "agree",
    Command::Boundaries => "boundaries",
    Command::Code(_) => "2345-AAAA-6789",
    Command::OwnDevice(_) => "my new device K7QM",
    Command::DeviceOf(..) => "new device @p6:example.org K7QM",
    Command::AskStaff(_) => "ask staff: may I come by",
    Command::Verify(_) => "verify @p6:example.org as alumnus",
    Command::EndRole(_) => "end @p6:example.org",
    Command::Approve(_) => "approve organisation City Museum",
    Command::Organisations => "organisations",
    Command::Room(RoomCommand::List) => "rooms",
    Command::Room(RoomCommand::Join(_)) => "join lobby",
    Command::Room(RoomCommand::Leave(_)) => "leave lobby",
    Command::Room(RoomCommand::Suggest(..)) => "suggest room Museums: about museums",
    Command::Room(RoomCommand::Offer(_)) => "opportunity: a summer at the archive",
    Command::Room(RoomCommand::Decide { approve: true, .. }) => "approve 1",
    Command::Room(RoomCommand::Decide { approve: false, .. }) => "decline 1",
    Command::Moderation(ModerationCommand::TakeAway) => "take it away",
    Command::Moderation(ModerationCommand::Report(..)) => "report @p6:example.org in lobby: they shout",
    Command::Moderation(ModerationCommand::Reports) => "reports",
    Command::Moderation(ModerationCommand::Warn(..)) => "warn 1: more softly please",
    Command::Moderation(ModerationCommand::Dismiss(_)) => "dismiss 1",
    Command::Moderation(ModerationCommand::Mute(..)) => "mute @p6:example.org in lobby for 2 days",
    Command::Moderation(ModerationCommand::Unmute(..)) => "unmute @p6:example.org in lobby",
    Command::Moderation(ModerationCommand::Remove(..)) => "remove @p6:example.org from lobby",
    Command::Moderation(ModerationCommand::Allow(..)) => "allow @p6:example.org in lobby",
    Command::Moderation(ModerationCommand::Ban(_)) => "ban @p6:example.org",
    Command::Moderation(ModerationCommand::LiftBan(_)) => "allow @p6:example.org",
    Command::Moderation(ModerationCommand::How) => "mute",
    Command::Profile(Profile::Show) => "my profile",
    Command::Profile(Profile::Write(..)) => "profile headline: Curator",
    Command::Profile(Profile::ShowTo(..)) => "profile hide phone",
    Command::Profile(Profile::List { .. }) => "list me",
    Command::Profile(Profile::Unlist) => "unlist me",
    Command::Profile(Profile::Unclear(_)) => "profile shoe size: 9",
    Command::Mentors(_) => "mentors in law",
    Command::More => "more",
    Command::Stay => "still here",
    Command::Undo => "undo",
    Command::Closing => "ok thanks",
    Command::Answer { answer: Answer::Yes(_), .. } => "yes 1",
    Command::Answer { answer: Answer::No, .. } => "no 1",
    Command::Answer { answer: Answer::NoBecause(_), .. } => "no because I am away",
    Command::Answer { answer: Answer::Ask(_), .. } => "ask Which year are you in?",
    Command::Answer { answer: Answer::Tell(_), .. } => "answer 1 the second",
    Command::Answer { answer: Answer::Later(_), .. } => "later 1 friday",
    Command::Answer { answer: Answer::Ignore, .. } => "ignore 1",
    Command::Answer { answer: Answer::Report(_), .. } => "report 1 this is spam",
    Command::Answer { answer: Answer::Block, .. } => "block 1",
    Command::Answer { answer: Answer::Went(_), .. } => "1 well",
    Command::Answer { answer: Answer::Unclear, .. } => "yes but not now",
    Command::Text(_) => "good morning everybody",
}
