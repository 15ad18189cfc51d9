//! Who is asking.

/// The account that is signed in, as far as pages and rules need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The account's id, 24 hexadecimal digits.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// Whether the account is an admin's.
    pub is_admin: bool,
    /// The IANA zone the person lives in.
    pub zone: String,
}
