//! The application service registration: how the homeserver knows a service, and where its session comes from.
//!
//! It is written as JSON, which is YAML too, so that it is read back by the same rules by which it was written.

use std::io;
use std::path::{Path, PathBuf};

use lodge_ground::name::Address;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use crate::files::{SecretError, read_private};
use crate::random;
use crate::store::hex;

/// The id of the hub's registration, as the homeserver names it.
pub const HUB: &str = "lodge-hub";

/// The id of the counselling service's.
pub const COUNSEL: &str = "lodge-counsel";

/// An application service's registration: the tokens of both sides, and the account.
#[derive(Debug, Clone)]
pub struct Registration {
    as_token: SecretString,
    hs_token: SecretString,
    account: Address,
}

/// The ways in which a registration is unfit for use.
#[derive(Debug, thiserror::Error)]
pub enum RegistrationError {
    /// The file cannot be read or written.
    #[error("{}: {cause}; `lodge setup` writes it", path.display())]
    File {
        /// The file as it was named.
        path: PathBuf,
        /// The system's answer.
        cause: io::Error,
    },
    /// Others could read it.
    #[error(
        "{}: is open to others (mode {mode:03o}): whoever reads it can act as the service. chmod it to 600, or to 640 with the \
         homeserver's group",
        path.display()
    )]
    Open {
        /// The file as it was named.
        path: PathBuf,
        /// The permission bits, without the file's type.
        mode: u32,
    },
    /// It is not one that `lodge setup` wrote.
    #[error("{}: not a registration as `lodge setup` writes it: {why}", path.display())]
    Unfit {
        /// The file as it was named.
        path: PathBuf,
        /// The part that is missing or wrong.
        why: String,
    },
}

impl Registration {
    /// A new registration for this account, with these two secrets.
    pub fn new(account: Address, as_token: SecretString, hs_token: SecretString) -> Self {
        Self { as_token, hs_token, account }
    }

    /// One with secrets of the operating system's.
    ///
    /// # Errors
    /// When the operating system gives no random numbers.
    pub fn draw(account: Address) -> Result<Self, random::Error> {
        Ok(Self::new(account, secret()?, secret()?))
    }

    /// The token by which the service makes itself known to the homeserver.
    pub fn token(&self) -> &SecretString {
        &self.as_token
    }

    /// Reads the registration of `account`.
    pub fn read(path: &Path, account: &Address) -> Result<Self, RegistrationError> {
        let unfit = |why: &str| RegistrationError::Unfit { path: path.to_owned(), why: why.to_owned() };
        let content = Zeroizing::new(read_private(path).map_err(|error| match error {
            SecretError::Unreadable { path, cause } => RegistrationError::File { path, cause },
            SecretError::Open { path, mode } => RegistrationError::Open { path, mode },
            SecretError::Unfit { path } => RegistrationError::Unfit { path, why: "nothing stands in it".to_owned() },
        })?);
        let value: Value = serde_json::from_slice(&content).map_err(|error| unfit(&error.to_string()))?;
        let secret = |key: &str| {
            let found = value.get(key).and_then(Value::as_str).filter(|found| found.len() >= 32);
            found.map(|found| SecretString::from(found.to_owned())).ok_or_else(|| unfit(&format!("no {key}")))
        };
        let registration =
            Self { as_token: secret("as_token")?, hs_token: secret("hs_token")?, account: account.clone() };
        if value["namespaces"] != registration.namespaces() {
            return Err(unfit(&format!("its namespaces are not those of {account} alone")));
        }
        Ok(registration)
    }

    /// Writes it under this id, readable by its owner alone.
    ///
    /// The account that every registration has and nobody ever sees is another one than the service's: a homeserver does
    /// not let it sync.
    pub fn write(&self, path: &Path, id: &str) -> Result<(), RegistrationError> {
        let content = json!({
            "id": id,
            "url": null,
            "as_token": self.as_token.expose_secret(),
            "hs_token": self.hs_token.expose_secret(),
            "sender_localpart": format!("{id}-service"),
            "rate_limited": false,
            "namespaces": self.namespaces(),
        });
        crate::files::write_private(path, format!("{content:#}\n").as_bytes())
            .map_err(|cause| RegistrationError::File { path: path.to_owned(), cause })
    }

    /// The service's account and no other: exclusive, so that nobody else can take it.
    fn namespaces(&self) -> Value {
        let escaped: String = self
            .account
            .as_str()
            .chars()
            .flat_map(|c| if c.is_ascii_alphanumeric() || "@:_-=/".contains(c) { vec![c] } else { vec!['\\', c] })
            .collect();
        json!({ "users": [{ "exclusive": true, "regex": format!("^{escaped}$") }], "aliases": [], "rooms": [] })
    }
}

/// 256 random bits as text.
fn secret() -> Result<SecretString, random::Error> {
    let mut bytes = [0_u8; 32];
    random::fill(&mut bytes)?;
    Ok(SecretString::from(hex(&bytes)))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn registration(porter: &str) -> Registration {
        let secret = |c: &str| SecretString::from(c.repeat(64));
        Registration::new(Address::exact(porter).unwrap(), secret("a"), secret("b"))
    }

    #[test]
    fn a_registration_reads_back_and_belongs_to_one_account() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("registration.yaml");
        let porter = Address::exact("@porter:example.org").unwrap();
        registration("@porter:example.org").write(&path, HUB).unwrap();
        let read = Registration::read(&path, &porter).unwrap();
        assert_eq!(read.token().expose_secret(), "a".repeat(64));
        assert_eq!(read.namespaces()["users"][0]["regex"], "^@porter:example\\.org$");
        let chmod = |mode| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
        for mode in [0o644, 0o604, 0o660] {
            chmod(mode);
            let error = Registration::read(&path, &porter).unwrap_err().to_string();
            assert!(
                error.contains(&format!("is open to others (mode {mode:03o})")) && error.contains("chmod"),
                "{error}"
            );
        }
        chmod(0o640);
        assert!(Registration::read(&path, &porter).is_ok(), "the homeserver has to read it");
        let other = Address::exact("@other:example.org").unwrap();
        let error = Registration::read(&path, &other).unwrap_err().to_string();
        assert!(error.contains("its namespaces are not those of @other:example.org alone"), "{error}");
    }
}
