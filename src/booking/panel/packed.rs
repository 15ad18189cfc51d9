//! A booking on its way into the island.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::booking::schema::BookingView;

/// A booking that travels as a text of JSON inside the island's JSON.
///
/// Islands read their properties from text, server functions read answers from bytes: to the compiler, two parsers of
/// everything. Packed, both come the same way, and the browser's half holds one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed(pub BookingView);

impl Serialize for Packed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&serde_json::to_string(&self.0).map_err(serde::ser::Error::custom)?)
    }
}

impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = String::deserialize(deserializer)?;
        serde_json::from_slice(json.as_bytes()).map(Self).map_err(serde::de::Error::custom)
    }
}
