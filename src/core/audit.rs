//! The entries of the audit log for each step: stable codes and opaque ids, never a person's data.

use crate::id::{CaseId, ConsentId, EventId, IntroductionId, MemberId, OrganisationId, ProposalId, ReportId, RoomId};

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
    /// A question was carried to the requester.
    QuestionCarried(IntroductionId),
    /// Its answer was carried to the addressee.
    AnswerCarried(IntroductionId),
    /// One of them took it back.
    Withdrawn(IntroductionId),
    /// A member reported it.
    Reported(IntroductionId, ReportId),
    /// A member agreed to be in the mentors' list, or to the fields that it shows of them.
    Listed(MemberId, ConsentId),
    /// A member is no longer in the mentors' list.
    Unlisted(MemberId),
    /// Somebody asked to be forgotten.
    ForgetAsked(MemberId),
    /// A member is forgotten.
    Forgotten(MemberId),
    /// Both were invited to their room.
    BothInvited(IntroductionId),
    /// The introduction ended, for any reason.
    Ended(IntroductionId),
    /// Somebody agreed to the boundaries.
    Agreed(MemberId),
    /// Somebody showed by a code who they are.
    CodeUsed(MemberId),
    /// A member confirmed a device of theirs from another.
    DeviceConfirmed(MemberId),
    /// This member of staff confirmed a device of that member's.
    DeviceConfirmedBy(MemberId, MemberId),
    /// This member of staff verified that member.
    VerifiedBy(MemberId, MemberId),
    /// This member of staff ended that member's role.
    EndedBy(MemberId, MemberId),
    /// This member of staff approved that organisation.
    Approved(MemberId, OrganisationId),
    /// A room for many was made.
    RoomMade(RoomId),
    /// The room was closed to everybody's words.
    RoomArchived(RoomId),
    /// The room was opened again.
    RoomReopened(RoomId),
    /// A change by somebody else to a room was changed back.
    RoomMended(RoomId),
    /// A member asked for a room and is let in.
    Admitted(RoomId, MemberId),
    /// A member is taken out of a room.
    TakenOut(RoomId, MemberId),
    /// Something was proposed by this member.
    Proposed(ProposalId, MemberId),
    /// This member of staff approved it.
    ProposalApproved(ProposalId, MemberId),
    /// This member of staff declined it.
    ProposalDeclined(ProposalId, MemberId),
    /// A member had a message of theirs taken away in this room.
    TakenAway(RoomId, MemberId),
    /// Conduct in a room was reported by this member.
    ConductReported(CaseId, MemberId),
    /// This member of staff saw nothing to be done about it.
    CaseDismissed(CaseId, MemberId),
    /// This member of staff warned the person it is about.
    CaseWarned(CaseId, MemberId),
    /// This member of staff keeps that member from writing in this room.
    MutedBy(MemberId, MemberId, RoomId),
    /// This member of staff lets that member write in this room again.
    UnmutedBy(MemberId, MemberId, RoomId),
    /// This member of staff took that member out of this room for good.
    RemovedBy(MemberId, MemberId, RoomId),
    /// This member of staff lets that member into this room again.
    AllowedBy(MemberId, MemberId, RoomId),
    /// This member of staff took that member out of everything.
    BannedBy(MemberId, MemberId),
    /// This member of staff answered that member, who had asked the staff.
    AnsweredBy(MemberId, MemberId),
    /// This member of staff closed a question of that member's without an answer.
    ClosedBy(MemberId, MemberId),
    /// This member of staff lets that member be a member again.
    BanLiftedBy(MemberId, MemberId),
    /// This event was announced by that member of staff.
    EventAnnounced(EventId, MemberId),
    /// It was changed by that member of staff.
    EventChanged(EventId, MemberId),
    /// It was called off by that member of staff.
    EventCalledOff(EventId, MemberId),
    /// A member agreed to have their contact passed on after this event.
    ContactAgreed(EventId, ConsentId),
    /// It was passed on to the people of the host.
    ContactPassed(EventId, ConsentId),
    /// It was taken back from them.
    ContactTakenBack(EventId, ConsentId),
    /// A member wrote more than this room can bear, and may not write for a while.
    Flooded(RoomId, MemberId),
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
            Self::QuestionCarried(_) => "question-carried",
            Self::AnswerCarried(_) => "answer-carried",
            Self::Withdrawn(_) => "withdrawn",
            Self::Reported(..) => "reported",
            Self::Listed(..) => "listed",
            Self::Unlisted(_) => "unlisted",
            Self::ForgetAsked(_) => "forget-asked",
            Self::Forgotten(_) => "forgotten",
            Self::BothInvited(_) => "both-invited",
            Self::Ended(_) => "introduction-ended",
            Self::Agreed(_) => "boundaries-agreed",
            Self::CodeUsed(_) => "code-used",
            Self::DeviceConfirmed(_) => "device-confirmed",
            Self::DeviceConfirmedBy(..) => "device-confirmed-by-staff",
            Self::VerifiedBy(..) => "verified-by-staff",
            Self::EndedBy(..) => "role-ended-by-staff",
            Self::Approved(..) => "organisation-approved",
            Self::RoomMade(_) => "room-made",
            Self::RoomArchived(_) => "room-archived",
            Self::RoomReopened(_) => "room-reopened",
            Self::RoomMended(_) => "room-mended",
            Self::Admitted(..) => "admitted",
            Self::TakenOut(..) => "taken-out",
            Self::Proposed(..) => "proposed",
            Self::ProposalApproved(..) => "proposal-approved",
            Self::ProposalDeclined(..) => "proposal-declined",
            Self::TakenAway(..) => "message-taken-away",
            Self::ConductReported(..) => "conduct-reported",
            Self::CaseDismissed(..) => "case-dismissed",
            Self::CaseWarned(..) => "case-warned",
            Self::MutedBy(..) => "muted-by-staff",
            Self::UnmutedBy(..) => "unmuted-by-staff",
            Self::RemovedBy(..) => "removed-by-staff",
            Self::AllowedBy(..) => "allowed-by-staff",
            Self::BannedBy(..) => "banned-by-staff",
            Self::AnsweredBy(..) => "answered-by-staff",
            Self::ClosedBy(..) => "question-closed-by-staff",
            Self::BanLiftedBy(..) => "ban-lifted-by-staff",
            Self::EventAnnounced(..) => "event-announced",
            Self::EventChanged(..) => "event-changed",
            Self::EventCalledOff(..) => "event-called-off",
            Self::ContactAgreed(..) => "contact-agreed",
            Self::ContactPassed(..) => "contact-passed",
            Self::ContactTakenBack(..) => "contact-taken-back",
            Self::Flooded(..) => "flooded",
        }
    }

    /// The opaque ids it is about.
    pub fn about(self) -> Vec<String> {
        match self {
            Self::MemberAdded(member)
            | Self::MemberEnded(member)
            | Self::Unlisted(member)
            | Self::ForgetAsked(member)
            | Self::Agreed(member)
            | Self::CodeUsed(member)
            | Self::DeviceConfirmed(member)
            | Self::Forgotten(member) => vec![member.to_string()],
            Self::VerifiedBy(staff, member)
            | Self::EndedBy(staff, member)
            | Self::DeviceConfirmedBy(staff, member)
            | Self::BannedBy(staff, member)
            | Self::AnsweredBy(staff, member)
            | Self::ClosedBy(staff, member)
            | Self::BanLiftedBy(staff, member) => {
                vec![staff.to_string(), member.to_string()]
            }
            Self::Approved(staff, organisation) => vec![staff.to_string(), organisation.to_string()],
            Self::Listed(member, consent) => vec![member.to_string(), consent.to_string()],
            Self::Reported(introduction, report) => vec![introduction.to_string(), report.to_string()],
            Self::RequestSent(introduction, consent)
            | Self::ConsentGiven(introduction, consent)
            | Self::Disclosed(introduction, consent) => vec![introduction.to_string(), consent.to_string()],
            Self::BothInvited(introduction)
            | Self::QuestionCarried(introduction)
            | Self::AnswerCarried(introduction)
            | Self::Withdrawn(introduction)
            | Self::Ended(introduction) => vec![introduction.to_string()],
            Self::RoomMade(room) | Self::RoomArchived(room) | Self::RoomReopened(room) | Self::RoomMended(room) => {
                vec![room.to_string()]
            }
            Self::Admitted(room, member)
            | Self::TakenOut(room, member)
            | Self::TakenAway(room, member)
            | Self::Flooded(room, member) => vec![room.to_string(), member.to_string()],
            Self::ConductReported(case, by) | Self::CaseDismissed(case, by) | Self::CaseWarned(case, by) => {
                vec![case.to_string(), by.to_string()]
            }
            Self::MutedBy(staff, member, room)
            | Self::UnmutedBy(staff, member, room)
            | Self::RemovedBy(staff, member, room)
            | Self::AllowedBy(staff, member, room) => vec![staff.to_string(), member.to_string(), room.to_string()],
            Self::EventAnnounced(event, staff)
            | Self::EventChanged(event, staff)
            | Self::EventCalledOff(event, staff) => {
                vec![event.to_string(), staff.to_string()]
            }
            Self::ContactAgreed(event, consent)
            | Self::ContactPassed(event, consent)
            | Self::ContactTakenBack(event, consent) => vec![event.to_string(), consent.to_string()],
            Self::Proposed(proposal, by)
            | Self::ProposalApproved(proposal, by)
            | Self::ProposalDeclined(proposal, by) => vec![proposal.to_string(), by.to_string()],
        }
    }
}
