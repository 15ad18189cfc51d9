//! Where an admin's pages begin.

/// The dashboard's address.
pub(super) const HOME: &str = "/admin";
