//! Turns the end of a call into an outcome that the outbox acts on. No text in here holds an id.

use std::error::Error;
use std::sync::atomic::{AtomicBool, Ordering};

use lodge_matrix::homeserver::{CallError, Refusal};
use matrix_sdk::HttpError;
use matrix_sdk::encryption::identities::ManualVerifyError;
use matrix_sdk::encryption::recovery::RecoveryError;
use matrix_sdk::encryption::secret_storage::SecretStorageError;
use matrix_sdk::media::MediaError;
use matrix_sdk::ruma::api::error::{ErrorKind, RetryAfter};

use crate::clock::{clock, system_time};

/// The wait, in milliseconds, after a limit for which the homeserver gives none.
const WAIT_MS: u64 = 1000;

/// Whether the homeserver has said that the token is good for nothing any more.
#[derive(Debug, Default)]
pub(super) struct LoggedOut(AtomicBool);

impl LoggedOut {
    pub(super) fn get(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// The meaning of an answer with an error. `wait_ms` is the wait that the homeserver asks for, if it does.
    pub(super) fn answer(&self, status: u16, code: Option<&str>, wait_ms: Option<u64>) -> CallError {
        match (status, code) {
            (429, _) | (_, Some("M_LIMIT_EXCEEDED")) => {
                CallError::Limited { retry_after_ms: wait_ms.unwrap_or(WAIT_MS) }
            }
            (401, _) | (_, Some("M_UNKNOWN_TOKEN" | "M_MISSING_TOKEN" | "M_USER_DEACTIVATED")) => {
                self.0.store(true, Ordering::Relaxed);
                unknown("the homeserver no longer takes the porter's token")
            }
            // The second code is that of homeservers from before Matrix 1.18 (MSC4155).
            (403, Some("M_INVITE_BLOCKED" | "ORG.MATRIX.MSC4155.INVITE_BLOCKED")) => {
                CallError::Refused { why: Refusal::InviteBlocked }
            }
            (400..500, Some(code)) => CallError::Refused { why: Refusal::Other { code: code.to_owned() } },
            _ => unknown(format!("the homeserver, or something before it, answered {status}")),
        }
    }

    /// The meaning of an error of the SDK.
    pub(super) fn sdk(&self, error: &matrix_sdk::Error) -> CallError {
        tracing::debug!(%error, "a call through the SDK failed");
        if let matrix_sdk::Error::Http(error) = error {
            self.http(error)
        } else if matches!(error, matrix_sdk::Error::Media(MediaError::MediaTooLargeToUpload { .. })) {
            // The SDK knows the most that the homeserver takes, and does not try.
            CallError::Refused { why: Refusal::Other { code: "M_TOO_LARGE".to_owned() } }
        } else {
            unknown("the SDK could not do it")
        }
    }

    fn http(&self, error: &HttpError) -> CallError {
        if let Some(answer) = error.as_client_api_error() {
            let kind = answer.error_kind();
            let code = kind.map(ErrorKind::errcode);
            let code = code.as_ref().map(AsRef::as_ref);
            return self.answer(answer.status_code.as_u16(), code, kind.and_then(wait_ms));
        }
        if let HttpError::Reqwest(error) = error {
            return connection(error);
        }
        if let HttpError::Cached(error) = error {
            return self.http(error);
        }
        unknown("an answer that does not read as one")
    }
}

/// The end of a call to the homeserver, where that made one of the SDK's undertakings fail.
pub(super) fn call_in(error: &(dyn Error + 'static)) -> Option<CallError> {
    let inner: Option<&(dyn Error + 'static)> = if let Some(http) = error.downcast_ref::<HttpError>() {
        return Some(LoggedOut::default().http(http));
    } else if let Some(matrix_sdk::Error::Http(http)) = error.downcast_ref() {
        return Some(LoggedOut::default().http(http));
    } else if let Some(RecoveryError::Sdk(error)) = error.downcast_ref() {
        Some(error)
    } else if let Some(RecoveryError::SecretStorage(error)) = error.downcast_ref() {
        Some(error)
    } else if let Some(SecretStorageError::Sdk(error)) = error.downcast_ref() {
        Some(error)
    } else if let Some(ManualVerifyError::Http(error)) = error.downcast_ref() {
        Some(error)
    } else {
        None
    };
    inner.and_then(call_in)
}

/// The outcome of a call that ended without an answer.
pub(super) fn connection(error: &reqwest::Error) -> CallError {
    unknown(if error.is_timeout() {
        "the homeserver did not answer in time"
    } else if error.is_connect() {
        "no connection to the homeserver"
    } else {
        "the connection broke off"
    })
}

/// The outcome of a call of which nobody knows whether it was done.
pub(super) fn unknown(why: impl Into<String>) -> CallError {
    CallError::Unknown { why: why.into() }
}

fn wait_ms(kind: &ErrorKind) -> Option<u64> {
    let ErrorKind::LimitExceeded(data) = kind else { return None };
    let wait = match data.retry_after.as_ref()? {
        RetryAfter::Delay(wait) => *wait,
        RetryAfter::DateTime(until) => until.duration_since(system_time(clock())).ok()?,
    };
    u64::try_from(wait.as_millis()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, code: Option<&str>, wait_ms: Option<u64>) -> (CallError, bool) {
        let logged_out = LoggedOut::default();
        (logged_out.answer(status, code, wait_ms), logged_out.get())
    }

    #[test]
    fn a_wait_is_the_one_asked_for_or_a_second() {
        let limited = |retry_after_ms| (CallError::Limited { retry_after_ms }, false);
        assert_eq!(answer(429, Some("M_LIMIT_EXCEEDED"), Some(4200)), limited(4200));
        assert_eq!(answer(429, None, None), limited(1000));
    }

    #[test]
    fn only_an_answer_in_matrix_terms_is_a_refusal() {
        let refused = |why| (CallError::Refused { why }, false);
        assert_eq!(answer(403, Some("M_INVITE_BLOCKED"), None), refused(Refusal::InviteBlocked));
        let code = "M_FORBIDDEN".to_owned();
        assert_eq!(answer(403, Some("M_FORBIDDEN"), None), refused(Refusal::Other { code }));
        for (status, code) in [(403, None), (404, None), (500, Some("M_UNKNOWN")), (502, None), (302, None)] {
            assert!(matches!(answer(status, code, None), (CallError::Unknown { .. }, false)), "{status} {code:?}");
        }
    }

    #[test]
    fn a_token_that_is_no_longer_good_is_noticed() {
        for (status, code) in [(401, Some("M_UNKNOWN_TOKEN")), (401, None), (403, Some("M_USER_DEACTIVATED"))] {
            assert!(matches!(answer(status, code, None), (CallError::Unknown { .. }, true)), "{status} {code:?}");
        }
    }
}
