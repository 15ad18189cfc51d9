//! What MongoDB stores about messages.

use mongodb::bson::oid::ObjectId;
use serde::{Deserialize, Serialize};

use crate::booking::machine::Role;
use crate::domain::photo::Photo;
use crate::time::Timestamp;

/// The collection of messages.
pub const MESSAGES: &str = "messages";
/// The collection of how far each person has read.
pub const MESSAGE_MARKS: &str = "message_marks";

/// A message as it is stored. It never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Grows with time: see [`message_id`].
    #[serde(rename = "_id")]
    pub id: ObjectId,
    /// Of which booking.
    pub booking: ObjectId,
    /// Whose account, 24 hexadecimal digits.
    pub by: String,
    /// In which role.
    pub role: Role,
    /// What was written, whatever of it is hidden from whom.
    pub text: String,
    /// What was sent with it.
    #[serde(default)]
    pub photos: Vec<Photo>,
    /// When.
    pub at: Timestamp,
    /// The sender's key: of one person and booking there is one message with it.
    pub command_id: String,
}

/// How far somebody has read in a thread. It is there as soon as there is something to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// `<booking>:<account>`.
    #[serde(rename = "_id")]
    pub key: String,
    /// In which booking's thread.
    pub booking: ObjectId,
    /// The last message that was read; all zeros before the first.
    pub read: ObjectId,
}

/// The key of somebody's mark.
pub fn mark_key(booking: ObjectId, account: &str) -> String {
    format!("{}:{account}", booking.to_hex())
}

/// An id that stands in the order of time to the millisecond: seconds, milliseconds, and chance.
pub fn message_id(at: Timestamp, chance: [u8; 6]) -> ObjectId {
    let seconds = u32::try_from(at.0.div_euclid(1000)).unwrap_or(u32::MAX);
    let millis = u16::try_from(at.0.rem_euclid(1000)).unwrap_or_default();
    let mut bytes = [0; 12];
    let parts = seconds.to_be_bytes().into_iter().chain(millis.to_be_bytes()).chain(chance);
    bytes.iter_mut().zip(parts).for_each(|(byte, part)| *byte = part);
    ObjectId::from_bytes(bytes)
}

/// The instant in such an id.
pub fn instant_of(id: ObjectId) -> Timestamp {
    let [a, b, c, d, e, f, ..] = id.bytes();
    let millis = u16::from_be_bytes([e, f]).min(999);
    Timestamp(i64::from(u32::from_be_bytes([a, b, c, d])) * 1000 + i64::from(millis))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ids_stand_in_the_order_of_time_and_tell_it(
            early in 0..4_000_000_000_000_i64, later in 1..10_000_i64, chance: [u8; 6], other: [u8; 6]
        ) {
            let (early, late) = (Timestamp(early), Timestamp(early + later));
            prop_assert!(message_id(early, chance) < message_id(late, other));
            prop_assert_eq!(instant_of(message_id(early, chance)), early);
        }
    }
}
