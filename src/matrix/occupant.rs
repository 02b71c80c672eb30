//! The people in a room, as a homeserver names them.

use lodge_ground::name::Address;
use serde::{Deserialize, Serialize};

/// Somebody whom a homeserver says to be in a room, or to have come or gone. Their id may be none that can be read, and
/// they are there all the same, a third beside any two.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Occupant(String);

impl Occupant {
    /// The occupant with this id, as the homeserver writes it.
    pub fn named(id: &str) -> Self {
        Self(id.to_owned())
    }

    /// Their address; `None` where the id is none that can be read, so that they are nobody whom a service knows.
    pub fn address(&self) -> Option<Address> {
        Address::exact(&self.0).ok()
    }

    /// Whether they are who has this address.
    pub fn is(&self, who: &Address) -> bool {
        self.0 == who.as_str()
    }

    /// The id as the homeserver writes it, for calls to it alone: it may hold anything, and is not fit to be shown.
    pub fn id(&self) -> &str {
        &self.0
    }
}

impl From<&Address> for Occupant {
    fn from(who: &Address) -> Self {
        Self(who.as_str().to_owned())
    }
}

impl From<Address> for Occupant {
    fn from(who: Address) -> Self {
        Self(who.as_str().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_cannot_be_read_is_somebody_all_the_same() {
        let alex = Address::exact("@alex:example.org").unwrap();
        for id in ["@\u{430}lex:example.org", "@:example.org", "@alex", "", "@alex:example.org "] {
            let who = Occupant::named(id);
            assert_eq!((who.address(), who.is(&alex), who.id()), (None, false, id));
        }
        assert!(Occupant::named("@alex:example.org").is(&alex));
        assert!(!Occupant::named("@Alex:example.org").is(&alex));
    }
}
