//! Everything the service can say, as values. None of them has a Matrix id but the service's own, and what a counsellor
//! reads before they have taken a case has nothing of the client but a line that the client released.

use lodge_ground::device::DeviceCode;
use lodge_ground::name::Address;
use lodge_ground::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use crate::input::{LeftOut, Retouch};
use crate::word::CaseWord;

/// Something that is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Say {
    /// To a client.
    Client(ToClient),
    /// To a counsellor.
    Counsellor(ToCounsellor),
    /// In the room of two, when both are in it: the first and last word of the service there.
    OpeningNote,
    /// Something could not be read.
    Unreadable,
    /// Words of theirs were left out at a bound.
    LeftOut(LeftOut),
    /// They write more in a minute than is read in one; the rest is read later.
    Hurried,
    /// Their words answered nothing that stood before them. The question follows once more.
    AskedAgain,
    /// They edited a message or took it away, and what they wrote first stands.
    Retouched {
        /// Which of the two.
        how: Retouch,
        /// Whether they counsel.
        counsels: bool,
    },
    /// The message cannot be tied to a device of theirs.
    DeviceUnknown,
    /// The message came from a device that is not known to be theirs; how it is confirmed.
    DeviceNew {
        /// By which code it is named.
        code: DeviceCode,
        /// Whether they counsel.
        counsels: bool,
    },
    /// How a device is confirmed, to somebody who writes from one that is known.
    DeviceHow,
    /// No device waits under that code.
    DeviceCodeUnknown,
    /// It is confirmed.
    DeviceConfirmed,
    /// Something went wrong.
    Fault,
}

/// What a client is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ToClient {
    /// What holds here, before anything else is asked (C10).
    Terms {
        /// How long counsellors have to answer.
        within: Span,
        /// How long a conversation that is over is kept.
        keep: Span,
        /// What to do in an emergency.
        emergency: String,
        /// Where they stand with them.
        standing: TermsStanding,
    },
    /// A yes is needed for that.
    TermsFirst,
    /// Then nothing happens.
    NotNow,
    /// With whom?
    AskWhom(Vec<CounsellorCard>),
    /// That is none of them.
    NotOneOfThem(Vec<CounsellorCard>),
    /// There is nobody who counsels.
    NobodyHere {
        /// Where else they can turn.
        alternatives: String,
    },
    /// What about?
    AskAbout {
        /// The one they would like to talk with, if it is one.
        whom: Option<String>,
    },
    /// That line is too long.
    LineTooLong {
        /// How many characters it may have.
        limit: usize,
    },
    /// May those who are asked read that line?
    AskShowing(String),
    /// Counsellors are asked.
    Asking {
        /// The one who is asked, if only one is.
        whom: Option<String>,
        /// When there is an answer.
        until: Timestamp,
    },
    /// They have asked as often as anybody may in a day; what they chose and wrote stays.
    AskedOften {
        /// From when on they may ask again.
        from: Timestamp,
        /// What to do in an emergency.
        emergency: String,
    },
    /// That they are asked already.
    AlreadyAsking(Timestamp),
    /// There is a conversation already.
    AlreadyOpen,
    /// The question is taken back.
    TakenBack,
    /// Nobody could take it in time.
    Nobody {
        /// The one who was asked, and what they say while they are away.
        whom: Option<(String, Option<String>)>,
        /// Where else they can turn.
        alternatives: String,
    },
    /// This counsellor has time for them; the room comes.
    Claimed {
        /// Their name.
        name: String,
        /// How long both have to come in.
        within: Span,
    },
    /// It did not come about, for one of the two did not come in.
    NotMet,
    /// It could not be opened, for something went wrong.
    NotOpened,
    /// A time is suggested.
    TimeSuggested(Timestamp),
    /// The time was passed on.
    TimePassedOn(Timestamp),
    /// That is no time.
    TimeHow,
    /// Both agreed on this time.
    TimeAgreed(Timestamp),
    /// That time was suggested, and one of the two said no to it: the same words for both.
    TimeDeclined(Timestamp),
    /// The time that was agreed on is cancelled.
    TimeCancelled(Timestamp),
    /// It is soon.
    Reminder(Timestamp),
    /// There is no conversation to do that with.
    NoneOpen,
    /// It is closed: please leave the room, and say when you have.
    Closing {
        /// Whether they closed it themselves.
        own: bool,
        /// Until when that is waited for.
        until: Timestamp,
    },
    /// Thank you for leaving.
    Left,
    /// The other has not said that they left, so the room is there until whoever runs the homeserver deletes it.
    StillThere,
    /// What is kept of it is erased then.
    ErasureSoon(Timestamp),
    /// May somebody else go on with it? Nothing that was said is passed on.
    AskHandover {
        /// Whom they are asked to go on with, if it is one.
        to: Option<String>,
        /// Until when their answer is waited for.
        until: Timestamp,
    },
    /// It stays as it is.
    HandoverDeclined,
    /// What forgetting means, and how to ask for it.
    ForgetHow,
    /// They are forgotten.
    Forgetting,
    /// What is kept about them.
    Data(String),
    /// What can be asked.
    Help {
        /// Whether they have agreed to the terms.
        agreed: bool,
        /// Whether a conversation is open.
        open: bool,
        /// What to do in an emergency.
        emergency: String,
    },
    /// That was not understood.
    NotUnderstood,
}

/// How somebody stands with the terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TermsStanding {
    /// They have not agreed to any, and are asked.
    New,
    /// They had agreed to another edition, and are asked again.
    Changed,
    /// They have agreed, or need not just now.
    Shown,
}

/// A counsellor as clients read of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CounsellorCard {
    /// Their name.
    pub name: String,
    /// A line about them.
    pub card: String,
    /// What they say while they are away.
    pub away: Option<String>,
}

/// What a counsellor is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ToCounsellor {
    /// What they can do, and what holds.
    Welcome(String),
    /// What they can do.
    Help,
    /// Somebody would like to talk.
    Offer {
        /// What it is called.
        word: CaseWord,
        /// What about, where the client released it.
        about: Option<String>,
        /// Whether only they are asked.
        only: bool,
        /// Until when.
        until: Timestamp,
    },
    /// It is theirs; the room comes.
    Claimed {
        /// Which.
        word: CaseWord,
        /// What about, if the client said.
        about: Option<String>,
        /// How long both have to come in.
        within: Span,
    },
    /// Somebody has taken it, or it is not open any more: to those who were asked the two are one.
    Taken(CaseWord),
    /// It is left to others.
    Passed(CaseWord),
    /// They hold as many as they set.
    Full(u32),
    /// There is no such case of theirs.
    NoSuchCase,
    /// Which one?
    WhichCase(Vec<CaseWord>),
    /// Their cases.
    Cases(Vec<OwnCase>),
    /// It did not come about, for one of the two did not come in.
    NotMet(CaseWord),
    /// It could not be opened, for something went wrong.
    NotOpened(CaseWord),
    /// It is closed: please leave the room, and say when you have.
    Closing {
        /// Which.
        word: CaseWord,
        /// Whether they closed it themselves.
        own: bool,
        /// Until when that is waited for.
        until: Timestamp,
    },
    /// Thank you for leaving.
    Left(CaseWord),
    /// It is over, and nothing of it is kept: please leave the room.
    Over(CaseWord),
    /// The other has not said that they left.
    StillThere(CaseWord),
    /// What is kept of it is erased then.
    ErasureSoon(CaseWord, Timestamp),
    /// A time is suggested.
    TimeSuggested(CaseWord, Timestamp),
    /// The time was passed on.
    TimePassedOn(CaseWord, Timestamp),
    /// That is no time.
    TimeHow,
    /// Both agreed on this time.
    TimeAgreed(CaseWord, Timestamp),
    /// That time was suggested, and one of the two said no to it: the same words for both.
    TimeDeclined(CaseWord, Timestamp),
    /// The time that was agreed on is cancelled.
    TimeCancelled(CaseWord, Timestamp),
    /// It is soon.
    Reminder(CaseWord, Timestamp),
    /// The client is asked whether somebody else may go on.
    HandoverAsked(CaseWord),
    /// The client would like it to stay as it is.
    HandoverDeclined(CaseWord),
    /// There is nobody of that name.
    NoSuchCounsellor(Vec<String>),
    /// How they work, as it is set.
    Settings {
        /// Their hours; nothing where they are always on duty.
        hours: Option<String>,
        /// How many conversations they hold at once.
        capacity: u32,
        /// What clients read while they are away.
        away: Option<String>,
    },
    /// Those are no hours.
    HoursHow(String),
    /// That is no number of conversations.
    CapacityHow,
    /// The homeserver did not know any more how far it had been heard, and is heard anew.
    BeganAnew,
    /// Words to answer with whoever asks for a connection, an introduction or a reference (B6): thanks, the policy, and
    /// the way to this service.
    Policy {
        /// Their own words, which stand for the thanks.
        tone: Option<String>,
        /// The policy, as the service puts it.
        policy: String,
        /// The service's account.
        account: Address,
    },
    /// That was not understood.
    NotUnderstood,
}

/// One of a counsellor's cases, in their list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnCase {
    /// What it is called.
    pub word: CaseWord,
    /// How far it is.
    pub standing: Standing,
    /// The next meeting.
    pub meeting: Option<Timestamp>,
}

/// How far a case is, for its counsellor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// They are asked to take it.
    Offered,
    /// The room is on its way.
    Opening,
    /// They are in their room.
    Open,
    /// It is being closed.
    Closing,
}

impl From<ToClient> for Say {
    fn from(say: ToClient) -> Self {
        Self::Client(say)
    }
}

impl From<ToCounsellor> for Say {
    fn from(say: ToCounsellor) -> Self {
        Self::Counsellor(say)
    }
}
