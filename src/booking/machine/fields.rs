//! The fields that actions ask for: names, labels, how each is filled in.

/// An input of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Input {
    /// Which one.
    pub field: Field,
    /// Whether the action cannot be done without it.
    pub required: bool,
}

/// The fields that actions ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "each is named after the field it is")]
pub enum Field {
    Reason,
    Message,
    Text,
    Amount,
    FinalAmount,
    RefundAmount,
    StartsAt,
    Stars,
    Topic,
    Evidence,
    Photos,
    StartCode,
    Side,
}

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Several lines of text.
    Text,
    /// Dollars and cents.
    Money,
    /// A day and a time on the wall of the booking's zone.
    Time,
    /// One to five.
    Stars,
    /// One of a short list.
    Choice,
    /// Photos that are kept already, by their ids.
    Photos,
    /// Four digits.
    Code,
}

/// What a dispute can be about: the value that travels, and its words.
pub const DISPUTE_TOPICS: &[(&str, &str)] = &[
    ("not_done", "The work was not done, or not all of it"),
    ("poor_work", "The work was done badly"),
    ("price", "The price is not the agreed one"),
    ("damage", "Something was damaged"),
    ("absence", "Somebody did not come, or is said not to have come"),
    ("conduct", "Somebody was rude or unsafe"),
    ("other", "Something else"),
];

/// Whose review it is: the value that travels, and its words.
pub const SIDES: &[(&str, &str)] =
    &[("customer", "The customer's, about the provider"), ("provider", "The provider's, about the customer")];

/// The farthest a new time may lie ahead, in days.
pub const MAX_DAYS_AHEAD: i64 = 366;
/// How many digits the code for the start has.
pub const CODE_DIGITS: usize = 4;
/// Most photos with one piece of evidence.
pub const MAX_PHOTOS: usize = 4;

impl Field {
    /// A field that must be given.
    pub const fn required(self) -> Input {
        Input { field: self, required: true }
    }

    /// A field that may be left out.
    pub const fn optional(self) -> Input {
        Input { field: self, required: false }
    }

    /// The name that travels: `inputs[reason]`.
    pub fn name(self) -> &'static str {
        match self {
            Field::Reason => "reason",
            Field::Message => "message",
            Field::Text => "text",
            Field::Amount => "amount",
            Field::FinalAmount => "final_amount",
            Field::RefundAmount => "refund_amount",
            Field::StartsAt => "starts_at",
            Field::Stars => "stars",
            Field::Topic => "topic",
            Field::Evidence => "evidence",
            Field::Photos => "photos",
            Field::StartCode => "start_code",
            Field::Side => "side",
        }
    }

    /// The label of the field.
    pub fn label(self) -> &'static str {
        match self {
            Field::Reason => "Reason",
            Field::Message => "Message",
            Field::Text => "Your words",
            Field::Amount => "Price",
            Field::FinalAmount => "Final amount",
            Field::RefundAmount => "Refund to the customer",
            Field::StartsAt => "New start",
            Field::Stars => "Stars",
            Field::Topic => "What it is about",
            Field::Evidence => "What happened",
            Field::Photos => "Photos",
            Field::StartCode => "Start code",
            Field::Side => "Which review",
        }
    }

    /// How it is filled in.
    pub fn kind(self) -> Kind {
        match self {
            Field::Reason | Field::Message | Field::Text | Field::Evidence => Kind::Text,
            Field::Amount | Field::FinalAmount | Field::RefundAmount => Kind::Money,
            Field::StartsAt => Kind::Time,
            Field::Stars => Kind::Stars,
            Field::Topic | Field::Side => Kind::Choice,
            Field::Photos => Kind::Photos,
            Field::StartCode => Kind::Code,
        }
    }

    /// What can be chosen: the value that travels, and its words. None for a field that is not chosen from a list.
    pub fn choices(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Field::Topic => DISPUTE_TOPICS,
            Field::Side => SIDES,
            _ => &[],
        }
    }
}
