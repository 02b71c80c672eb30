//! Everything the service can say, as values. None of them has a Matrix id but the service's own, and a counsellor who
//! has not taken a case reads nothing of the client but a line that the client released.

use lodge_ground::name::Address;
use lodge_ground::proof::DeviceCode;
use lodge_ground::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use crate::input::{LeftOut, Retouch};
use crate::word::CaseWord;

/// Something that is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Say {
    /// A message to a client.
    Client(ToClient),
    /// A message to a counsellor.
    Counsellor(ToCounsellor),
    /// The name of the room of two, while it waits for both.
    RoomName,
    /// The topic of the room of two.
    RoomTopic,
    /// In the room of two, to whoever comes first.
    FirstHere,
    /// In the room of two, when both are in it: the last word of the service there.
    OpeningNote,
    /// In a room that somebody else made: where the service is to be found.
    Elsewhere,
    /// Something could not be read.
    Unreadable,
    /// They sent something that is not in words.
    Wordless,
    /// Words of theirs were left out at a bound.
    LeftOut(LeftOut),
    /// They write more in a minute than is read in one; the rest is read later.
    Hurried,
    /// Their words answered nothing that stood before them. The question follows once more.
    AskedAgain,
    /// They edited a message or took it away, and their first words stand.
    Retouched {
        /// The kind of change they made.
        how: Retouch,
        /// Whether they counsel.
        counsels: bool,
    },
    /// The message cannot be tied to a device of theirs.
    DeviceUnknown,
    /// The message came from a device that is not known to be theirs; how it is confirmed.
    DeviceNew {
        /// The code by which the device is named.
        code: DeviceCode,
        /// Whether they counsel.
        counsels: bool,
    },
    /// The way to confirm a device, to somebody who writes from one that is known.
    DeviceHow,
    /// No device waits under that code.
    DeviceCodeUnknown,
    /// The device is confirmed as theirs.
    DeviceConfirmed,
    /// One more device of theirs cannot show what was said before. What waits for their answer follows.
    DeviceOnceMore,
    /// Something went wrong on the service's side.
    Fault,
}

/// A message to a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ToClient {
    /// The terms, before anything else is asked (C10).
    Terms {
        /// Counsellors have this long to answer.
        within: Span,
        /// A conversation that is over is kept this long.
        keep: Span,
        /// The page on what to do in an emergency.
        emergency: String,
        /// The client's standing with the terms.
        standing: TermsStanding,
    },
    /// A yes is needed for that.
    TermsFirst,
    /// They said no to the terms, and nothing happens.
    NotNow,
    /// They are asked for the counsellor they would like to talk with.
    AskWhom(Vec<CounsellorCard>),
    /// Their answer names none of these counsellors.
    NotOneOfThem(Vec<CounsellorCard>),
    /// There is nobody who counsels.
    NobodyHere {
        /// The page of other places to turn to.
        alternatives: String,
    },
    /// They are asked for the subject.
    AskAbout {
        /// The one they would like to talk with, if it is one.
        whom: Option<String>,
    },
    /// The subject they gave goes beyond the limit.
    LineTooLong {
        /// The number of characters it may have.
        limit: usize,
    },
    /// They are asked whether the counsellors who are asked may read that line.
    AskShowing(String),
    /// Counsellors are being asked.
    Asking {
        /// The one who is asked, if only one is.
        whom: Option<String>,
        /// The time by which there is an answer.
        until: Timestamp,
    },
    /// They have asked as often as anybody may in a day; their choice and their line stay.
    AskedOften {
        /// The time from which they may ask again.
        from: Timestamp,
        /// The page on what to do in an emergency.
        emergency: String,
    },
    /// Counsellors are being asked already, until this time.
    AlreadyAsking(Timestamp),
    /// There is a conversation already.
    AlreadyOpen,
    /// The question is taken back.
    TakenBack,
    /// Nobody could take it in time.
    Nobody {
        /// The one who was asked, and their words for while they are away.
        whom: Option<(String, Option<String>)>,
        /// The page of other places to turn to.
        alternatives: String,
    },
    /// This counsellor has time for them; the room comes.
    Claimed {
        /// The counsellor's name.
        name: String,
        /// Both have this long to come in.
        within: Span,
    },
    /// It did not come about, for one of the two did not come in.
    NotMet,
    /// It could not be opened, for something went wrong.
    NotOpened,
    /// The counsellor suggests this time.
    TimeSuggested(Timestamp),
    /// The time was passed on.
    TimePassedOn(Timestamp),
    /// Their words name no time that can be suggested.
    TimeHow,
    /// Both agreed on this time.
    TimeAgreed(Timestamp),
    /// One of the two said no to the time that was suggested: the same words for both.
    TimeDeclined(Timestamp),
    /// The time that was agreed on is cancelled.
    TimeCancelled(Timestamp),
    /// The meeting at this time is soon.
    Reminder(Timestamp),
    /// There is no conversation to do that with.
    NoneOpen,
    /// It is closed: please leave the room, and say when you have.
    Closing {
        /// Whether they closed it themselves.
        own: bool,
        /// The time until which their word is waited for.
        until: Timestamp,
    },
    /// Thank you for leaving.
    Left,
    /// The other has not said that they left, so the room is there until the homeserver's operator deletes it.
    StillThere,
    /// The service erases everything that it keeps of the case at this time.
    ErasureSoon(Timestamp),
    /// May somebody else go on with it? Nothing that was said is passed on.
    AskHandover {
        /// The counsellor they are asked to go on with, if it is one.
        to: Option<String>,
        /// The time until which their answer is waited for.
        until: Timestamp,
    },
    /// The conversation stays with its counsellor.
    HandoverDeclined,
    /// The consequences of being forgotten, and the words to ask for it.
    ForgetHow,
    /// They are being forgotten.
    Forgetting,
    /// The data that is kept about them.
    Data(String),
    /// The requests that are understood.
    Help {
        /// Whether they have agreed to the terms.
        agreed: bool,
        /// Whether a conversation is open.
        open: bool,
        /// The page on what to do in an emergency.
        emergency: String,
    },
    /// Their words were not understood.
    NotUnderstood,
}

/// A client's standing with the terms.
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
    /// The counsellor's name.
    pub name: String,
    /// A line about them.
    pub card: String,
    /// Their words for while they are away; `None` when they are not.
    pub away: Option<String>,
}

/// A message to a counsellor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ToCounsellor {
    /// The requests that are understood and the rules, with the name that clients know them by.
    Welcome(String),
    /// The requests that are understood.
    Help,
    /// Somebody would like to talk.
    Offer {
        /// The word for the case.
        word: CaseWord,
        /// The subject, where the client released it.
        about: Option<String>,
        /// Whether only they are asked.
        only: bool,
        /// The time until which they can take it.
        until: Timestamp,
    },
    /// It is theirs; the room comes.
    Claimed {
        /// The word for the case.
        word: CaseWord,
        /// The subject, if the client gave one.
        about: Option<String>,
        /// Both have this long to come in.
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
    /// They have several cases and are asked for one of these words.
    WhichCase(Vec<CaseWord>),
    /// The list of their cases.
    Cases(Vec<OwnCase>),
    /// It did not come about, for one of the two did not come in.
    NotMet(CaseWord),
    /// It could not be opened, for something went wrong.
    NotOpened(CaseWord),
    /// It is closed: please leave the room, and say when you have.
    Closing {
        /// The word for the case.
        word: CaseWord,
        /// Whether they closed it themselves.
        own: bool,
        /// The time until which their word is waited for.
        until: Timestamp,
    },
    /// Thank you for leaving.
    Left(CaseWord),
    /// It is over, and nothing of it is kept: please leave the room.
    Over(CaseWord),
    /// The other has not said that they left.
    StillThere(CaseWord),
    /// The service erases everything that it keeps of the case at this time.
    ErasureSoon(CaseWord, Timestamp),
    /// The client suggests this time.
    TimeSuggested(CaseWord, Timestamp),
    /// The time was passed on.
    TimePassedOn(CaseWord, Timestamp),
    /// Their words name no time that can be suggested.
    TimeHow,
    /// Both agreed on this time.
    TimeAgreed(CaseWord, Timestamp),
    /// One of the two said no to the time that was suggested: the same words for both.
    TimeDeclined(CaseWord, Timestamp),
    /// The time that was agreed on is cancelled.
    TimeCancelled(CaseWord, Timestamp),
    /// The meeting at this time is soon.
    Reminder(CaseWord, Timestamp),
    /// The client is asked whether somebody else may go on.
    HandoverAsked(CaseWord),
    /// The client would like it to stay as it is.
    HandoverDeclined(CaseWord),
    /// There is nobody of that name.
    NoSuchCounsellor(Vec<String>),
    /// The hours, the number of conversations and the absence that they have set.
    Settings {
        /// Their hours; `None` where they are always on duty.
        hours: Option<String>,
        /// The number of conversations they hold at once.
        capacity: u32,
        /// The words that clients read while they are away; `None` when they are not.
        away: Option<String>,
    },
    /// Those are no hours.
    HoursHow(String),
    /// Their words name no number of conversations.
    CapacityHow,
    /// The homeserver did not know any more how far it had been heard, and is heard anew.
    BeganAnew,
    /// Words to answer somebody with who asks for a connection, an introduction or a reference (B6): thanks, the
    /// policy, and the way to this service.
    Policy {
        /// Their own words, which stand for the thanks.
        tone: Option<String>,
        /// The policy, as the service puts it.
        policy: String,
        /// The service's account.
        account: Address,
    },
    /// Their words were not understood.
    NotUnderstood,
}

/// One of a counsellor's cases, in their list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnCase {
    /// The word for the case.
    pub word: CaseWord,
    /// The stage it is at, as far as the counsellor is told.
    pub standing: Standing,
    /// The next meeting, if both agreed on one.
    pub meeting: Option<Timestamp>,
}

/// The stage of a case, for its counsellor.
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
