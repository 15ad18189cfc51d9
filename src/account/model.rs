//! What MongoDB stores about people.

use mongodb::bson::oid::ObjectId;
use serde::{Deserialize, Serialize};

use crate::domain::place::Place;
use crate::time::Timestamp;

/// The collection of accounts.
pub const ACCOUNTS: &str = "accounts";

/// An account. One account can be a customer here and a provider there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Its id.
    #[serde(rename = "_id")]
    pub id: ObjectId,
    /// The address in lower case, unique.
    pub email: String,
    /// The name shown.
    pub name: String,
    /// The argon2id hash, in PHC form.
    pub password_hash: String,
    /// Whether it is an admin's.
    pub is_admin: bool,
    /// Whether the address was confirmed.
    pub email_verified: bool,
    /// With country code.
    pub phone: Option<String>,
    /// The home or business address.
    pub address: Option<String>,
    /// The same on the map; nothing for an address that was never looked up.
    #[serde(default)]
    pub place: Option<Place>,
    /// The IANA zone.
    pub zone: String,
    /// When it was made.
    pub created_at: Timestamp,
}

impl Account {
    /// Whether everything a request needs to know about its customer is there: name, phone, address.
    pub fn profile_complete(&self) -> bool {
        !self.name.is_empty() && self.phone.is_some() && self.address.is_some()
    }
}
