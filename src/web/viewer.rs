//! Who is asking.

use crate::domain::standing::ProviderStatus;

/// The account that is signed in, as far as pages and rules need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The account's id, 24 hexadecimal digits.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// Whether the account is an admin's.
    pub is_admin: bool,
    /// The IANA zone in which the person is: what the browser said, else where they live.
    pub zone: String,
    /// How far they are on the way to being a provider; nothing if they never began.
    pub provider: Option<ProviderStatus>,
}
