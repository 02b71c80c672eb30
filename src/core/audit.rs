//! What is written down about each step for the audit log: stable codes and opaque ids, never a person's data.

use crate::id::{ConsentId, IntroductionId, MemberId};

/// Something worth a line in the audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Noted {
    /// Somebody became a member.
    MemberAdded(MemberId),
    /// Somebody is no longer a member.
    MemberEnded(MemberId),
    /// A request was sent, with the requester's consent.
    RequestSent(IntroductionId, ConsentId),
    /// The addressee said yes.
    ConsentGiven(IntroductionId, ConsentId),
    /// Something was disclosed by a consent.
    Disclosed(IntroductionId, ConsentId),
    /// Both were invited.
    BothInvited(IntroductionId),
    /// The introduction ended, whatever the reason.
    Ended(IntroductionId),
}

impl Noted {
    /// A stable code for it.
    pub fn code(self) -> &'static str {
        match self {
            Self::MemberAdded(_) => "member-added",
            Self::MemberEnded(_) => "member-ended",
            Self::RequestSent(..) => "request-sent",
            Self::ConsentGiven(..) => "consent-given",
            Self::Disclosed(..) => "disclosed",
            Self::BothInvited(_) => "both-invited",
            Self::Ended(_) => "introduction-ended",
        }
    }

    /// The opaque ids it is about.
    pub fn about(self) -> Vec<String> {
        match self {
            Self::MemberAdded(member) | Self::MemberEnded(member) => vec![member.to_string()],
            Self::RequestSent(introduction, consent)
            | Self::ConsentGiven(introduction, consent)
            | Self::Disclosed(introduction, consent) => vec![introduction.to_string(), consent.to_string()],
            Self::BothInvited(introduction) | Self::Ended(introduction) => vec![introduction.to_string()],
        }
    }
}
