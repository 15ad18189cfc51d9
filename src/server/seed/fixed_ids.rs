//! The ids of the demo, which are the same in every demo.

use mongodb::bson::oid::ObjectId;
use sha2::{Digest, Sha256};

/// An id that is the same in every demo.
pub(super) fn fixed_id(kind: &str, key: &str) -> ObjectId {
    let digest = Sha256::digest(format!("gigsta demo {kind} {key}").as_bytes());
    let mut bytes = [0; 12];
    bytes.iter_mut().zip(digest).for_each(|(byte, random)| *byte = random);
    ObjectId::from_bytes(bytes)
}

/// The id of a story's booking.
pub(super) fn booking_id(story: &str) -> ObjectId {
    fixed_id("booking", story)
}
