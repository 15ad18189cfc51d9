//! What people are to a booking.

use serde::{Deserialize, Serialize};

/// What somebody is to one booking. Worked out per booking, never per account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the four words are the domain's own")]
pub enum Role {
    Customer,
    Provider,
    Admin,
    System,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 4] = [Role::Customer, Role::Provider, Role::Admin, Role::System];

    /// The word for it: `customer`.
    pub fn name(self) -> &'static str {
        match self {
            Role::Customer => "customer",
            Role::Provider => "provider",
            Role::Admin => "admin",
            Role::System => "system",
        }
    }

    /// The role of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.name() == name)
    }

    /// The opposite party; none for an admin and the clock.
    pub fn other_party(self) -> Option<Role> {
        match self {
            Role::Customer => Some(Role::Provider),
            Role::Provider => Some(Role::Customer),
            Role::Admin | Role::System => None,
        }
    }
}
