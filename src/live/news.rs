//! What there is to say, and whom it concerns; and what of it the features above this one know.

use mongodb::bson::Document;
use mongodb::bson::oid::ObjectId;

/// Something that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A booking has a new version.
    Booking {
        /// 24 hexadecimal digits.
        id: String,
        /// The number of its events.
        version: i64,
    },
    /// A booking's thread has a new message.
    Message {
        /// The booking's id.
        booking: String,
    },
    /// A person's notices have changed.
    Notice,
    /// A session has ended. Concerns nobody but its own streams, which close.
    SignedOut {
        /// The SHA-256 of its token.
        session: String,
    },
}

impl What {
    /// The booking that it is about.
    pub fn booking(&self) -> Option<&str> {
        match self {
            What::Booking { id, .. } | What::Message { booking: id } => Some(id),
            What::Notice | What::SignedOut { .. } => None,
        }
    }

    /// Whether the later of two such news says all that the other one said.
    pub fn replaces(&self, other: &What) -> bool {
        match (self, other) {
            (What::Booking { id, .. }, What::Booking { id: other, .. }) => id == other,
            (one, other) => one == other,
        }
    }
}

/// A change, and the people who may know of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// What changed.
    pub what: What,
    /// The accounts it concerns.
    pub to: Vec<String>,
    /// Whether every admin sees it too.
    pub admins: bool,
}

/// Changes of a collection that a feature above this one owns.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// Which changes, as a condition of a change stream.
    pub changes: fn() -> Document,
    /// The field of a change that `read` needs.
    pub field: &'static str,
    /// What such a change says. Nothing if it is none of these, or cannot be read: then it concerns nobody.
    pub read: fn(&Document) -> Option<Heard>,
}

/// The sources of one marketplace.
#[derive(Clone, Copy, Debug)]
pub struct Sources(pub &'static [Source]);

/// What a change of a source says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// That person's notices have changed.
    Notice(String),
    /// That booking's thread has a new message.
    Message(ObjectId),
}

/// Why a stream ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum Why {
    /// The person has opened more streams than one may have; this was the oldest.
    Limit,
    /// The session has ended.
    SignedOut,
    /// The server stops.
    Stopping,
    /// Some news were lost; connecting again shows which pages are old.
    Again,
}

impl Why {
    /// The name that travels.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// One event of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StreamEvent {
    /// Something changed.
    News(What),
    /// More changed than can be sent one by one, or nobody knows what: look at everything again.
    Look,
    /// The stream ends here.
    Close(Why),
}
