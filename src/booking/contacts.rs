//! Who sees how to reach whom. Pure.

use crate::booking::machine::{Booking, Role};

/// Whether the two people see how to reach each other.
pub fn shows_contacts(booking: &Booking) -> bool {
    booking.state.accepted_at.is_some()
}

/// Whether contact details in a message of that author are hidden from that reader.
pub fn hides(shows_contacts: bool, author: Role, reader: Role) -> bool {
    !shows_contacts && author.other_party() == Some(reader)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contact_details_are_hidden_from_the_other_side_only_and_only_before_it_is_agreed() {
        let roles = [Role::Customer, Role::Provider, Role::Admin];
        for author in roles {
            for reader in roles {
                let other = author != reader && author != Role::Admin && reader != Role::Admin;
                assert_eq!(hides(false, author, reader), other, "{author:?} {reader:?}");
                assert!(!hides(true, author, reader));
            }
        }
    }
}
