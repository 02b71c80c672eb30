//! Exit codes: they say whose fault it is that the program ended, so that whatever watches over it knows whether starting it
//! again can help. `docs/running.md` lists them.

use std::process::ExitCode;

use lodge_ground::clock::Wrong;
use lodge_ground::store::StoreError;
use lodge_hub::accounts::DoesBoth;
use lodge_plumbing::config::ConfigError;
use lodge_plumbing::files::SecretError;
use lodge_plumbing::matrix::SessionError;
use lodge_plumbing::registration::RegistrationError;
use lodge_plumbing::service::Stopped;
use lodge_plumbing::wording::WordingError;

/// The reason for which the program ended, as far as it matters to the supervisor that starts it again. The numbers are
/// those of `sysexits.h`, where it has one that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Something else, or a fault in Lodge. Starting again may help.
    Otherwise,
    /// The store is damaged. Starting again cannot help.
    Damaged,
    /// A disk failed, is full, or is read-only. Starting again helps once it takes writes.
    Disk,
    /// Another program has the store open. Starting again helps once that has ended.
    Held,
    /// The homeserver has ended the account's session, or its keys are gone. Starting again cannot help.
    Session,
    /// This machine's clock cannot be right. Starting again helps once it is set.
    Clock,
    /// The configuration, or a file that it names, such as the key, is not as it should be. Starting again cannot help.
    Configuration,
}

impl Ended {
    /// The reason behind an error, from the errors that caused it.
    pub fn by(error: &anyhow::Error) -> Self {
        error.chain().find_map(Self::by_cause).unwrap_or(Self::Otherwise)
    }

    fn by_cause(cause: &(dyn std::error::Error + 'static)) -> Option<Self> {
        if let Some(error) = cause.downcast_ref::<StoreError>() {
            return Some(Self::by_store(error));
        }
        if let Some(error) = cause.downcast_ref::<SessionError>() {
            return Some(Self::by_session(error));
        }
        if let Some(stopped) = cause.downcast_ref::<Stopped>() {
            return match stopped {
                // Its cause comes next in the chain.
                Stopped::Store(error) => Some(Self::by_store(error)),
                Stopped::LoggedOut => Some(Self::Session),
                Stopped::Clock(_) => Some(Self::Clock),
                Stopped::Broken(_) => Some(Self::Otherwise),
            };
        }
        if cause.is::<Wrong>() {
            return Some(Self::Clock);
        }
        let configured = cause.is::<ConfigError>()
            || cause.is::<RegistrationError>()
            || cause.is::<SecretError>()
            || cause.is::<WordingError>()
            || cause.is::<DoesBoth>();
        configured.then_some(Self::Configuration)
    }

    fn by_store(error: &StoreError) -> Self {
        match error {
            StoreError::Engine { .. } | StoreError::Stopped => Self::Disk,
            StoreError::Damaged { .. } => Self::Damaged,
            StoreError::Locked { .. } => Self::Configuration,
            StoreError::Held { .. } => Self::Held,
            StoreError::Forgotten { .. } => Self::Otherwise,
        }
    }

    fn by_session(error: &SessionError) -> Self {
        match error {
            SessionError::LoggedOut { .. }
            | SessionError::Identity { .. }
            | SessionError::IdentityStays
            | SessionError::KeysLost { .. } => Self::Session,
            SessionError::NotItsToken | SessionError::Another { .. } | SessionError::Unregistered => {
                Self::Configuration
            }
            SessionError::Kept { .. } => Self::Disk,
            SessionError::Homeserver { .. } if error.passing().is_none() => Self::Configuration,
            SessionError::Homeserver { .. } | SessionError::Device { .. } => Self::Otherwise,
        }
    }

    /// The exit code of the process.
    pub fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Otherwise => 1,
            Self::Damaged => 65,
            Self::Disk => 74,
            Self::Held => 75,
            Self::Session => 77,
            Self::Configuration => 78,
            Self::Clock => 79,
        })
    }
}
